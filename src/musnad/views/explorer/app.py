"""The application: pages, endpoint and assets behind the guard."""

from __future__ import annotations

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.types import ASGIApp

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.views.endpoint import Endpoint, ForkServer
from musnad.views.endpoint.guard import Guard
from musnad.views.endpoint.metrics import Metrics


def build_app(
    store: OxigraphStore,
    forks: ForkServer,
    metrics: Metrics,
    *,
    hosts: Collection[str],
    cors: Collection[str] = (),
) -> ASGIApp:
    """Put the application together: what is asked of it by `hosts`, and by pages of `cors`, is answered."""
    endpoint = Endpoint(forks, metrics, triples=store.count())
    return Guard(Starlette(routes=endpoint.routes()), metrics, hosts, cors)
