"""Errors of stores: folders, endpoints, their layout, backups and signatures (M2xx, M75x)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class StoreLocked(MusnadError):
    """Another process, or another object of this one, has the store on disk open."""

    code = "M201"


class NotAStore(MusnadError):
    """The location is a file, a folder of other things, or holds nothing yet where a store is to be read."""

    code = "M202"


class StoreNotWritable(MusnadError):
    """The folder of the store cannot be made or written to."""

    code = "M203"


class StoreDamaged(MusnadError):
    """The folder is a store, but its files cannot be read."""

    code = "M204"


class StoreClosed(MusnadError):
    """The store was used after it was closed."""

    code = "M205"


class UpdateRefused(MusnadError):
    """The engine refused a SPARQL update; the store is as it was."""

    code = "M206"


class UnstorableQuad(MusnadError):
    """A quad names another graph than the one it is put in, or a node that has no lasting name."""

    code = "M207"


class InvalidLocation(MusnadError):
    """The location of a store is neither a folder nor a usable http or https address."""

    code = "M208"


class EndpointUnreachable(MusnadError):
    """No SPARQL endpoint answered at the address within the time allowed."""

    code = "M211"


class EndpointRefused(MusnadError):
    """The endpoint answered with an HTTP error that is not about the query's text."""

    code = "M212"


class MalformedReply(MusnadError):
    """The endpoint's answer is not what SPARQL promises, or was cut off."""

    code = "M213"


class ReadOnlyEndpoint(MusnadError):
    """The endpoint is known by its query address alone, and something is to be written."""

    code = "M215"


class OldLayout(MusnadError):
    """The store was made by an older musnad, or not by musnad, and has to be migrated first."""

    code = "M751"


class NewerLayout(MusnadError):
    """The store was made by a newer musnad than this one."""

    code = "M752"


class DamagedBackup(MusnadError):
    """The file is no backup of musnad's, or its content is not what was backed up."""

    code = "M753"


class StoreInUse(MusnadError):
    """What is to be restored would go among what a store already holds."""

    code = "M754"


class UnusableKey(MusnadError):
    """The file is no Ed25519 key in PEM of the kind that is needed, or a password keeps it."""

    code = "M756"


class NoSignature(MusnadError):
    """There is no signature beside the file, or it is not one."""

    code = "M757"


class Unverifiable(MusnadError):
    """The file has a form from which nothing can be derived again."""

    code = "M758"
