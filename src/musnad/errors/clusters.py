"""Errors of clusters (M57x)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class InvalidCluster(MusnadError):
    """What was given for a cluster is neither a scheduler's address nor a number of processes here."""

    code = "M570"


class ClusterUnreachable(MusnadError):
    """No scheduler answers at the address, or it has no worker."""

    code = "M571"


class ClusterMismatch(MusnadError):
    """A worker of the cluster has another version of musnad, or none."""

    code = "M572"


class ClusterLost(MusnadError):
    """The cluster's last worker is gone, and no other came."""

    code = "M573"
