"""One query, carried out in a process of its own: the answer goes to a file, a word about it to the asker."""

from __future__ import annotations

from collections.abc import Callable
from errno import EFBIG
from typing import IO, Any, Final

import pyoxigraph as ox

from musnad.errors import MusnadError
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.views.endpoint.forking import Job
from musnad.views.endpoint.negotiation import choose
from musnad.views.endpoint.outreach import forbid_sockets

_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
RESULTS: Final[dict[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": _JSON,
    "application/sparql-results+xml": _XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
}
"""Media types of the answers to SELECT and ASK, the best first."""
GRAPHS: Final[dict[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
"""Media types of the answers to CONSTRUCT and DESCRIBE, the best first."""

UNFIT, INVALID, TOO_LARGE, FAILED = "unfit", "invalid", "too large", "failed"
"""Why there is no answer: no form the client takes, no SPARQL, more than is sent, the engine's fault."""
PROOF: Final[Job] = {"query": "ASK { ?s ?p ?o }", "default": (), "named": (), "accept": None}
"""A query that any store can answer at once."""


def evaluate_on(store: OxigraphStore) -> Callable[[Job, IO[bytes]], dict[str, Any]]:
    """Give the work that the fork server's children do on a store."""

    def evaluate(job: Job, answer: IO[bytes]) -> dict[str, Any]:
        forbid_sockets()
        try:
            return _evaluate(store, job, answer)
        except MusnadError as error:
            return {"failure": INVALID, "why": error.what}
        except MemoryError:
            raise
        except OSError as error:
            # The file's size is bounded; all else is the store's disk.
            return {"failure": TOO_LARGE if error.errno == EFBIG else FAILED, "why": str(error)}
        except (ValueError, RuntimeError) as error:
            return {"failure": FAILED, "why": str(error)}

    return evaluate


def _evaluate(store: OxigraphStore, job: Job, answer: IO[bytes]) -> dict[str, Any]:
    found = store.answer(job["query"], default_graphs=job["default"], named_graphs=job["named"])
    offered = list(GRAPHS if isinstance(found, ox.QueryTriples) else RESULTS)
    media_type = choose(job["accept"], offered)
    if media_type is None:
        return {"failure": UNFIT, "why": ", ".join(offered)}
    if isinstance(found, ox.QueryTriples):
        found.serialize(answer, GRAPHS[media_type])
    else:
        found.serialize(answer, RESULTS[media_type])
    return {"media_type": media_type}
