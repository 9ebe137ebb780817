"""Stores to serve and measure with: made up by corpora.py, findings included, an article at a time.

`python benchmarks/serve_store.py CLAIMS FOLDER` makes one (100,000 claims take 5 GB of disk); serve.py makes
what it needs by itself. Nothing is checked against the shapes: how fast pages are does not hang on it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from corpora import generate_records

from musnad.collection import open_collection
from musnad.findings import find_findings
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.vocabulary import load_vocabulary
from musnad.graph.wording import Language, Wording
from musnad.terms import FINDINGS_GRAPH, M

__all__ = ["make_store"]

LANGUAGES: tuple[Language, ...] = ("en", "ar")
PROPOSITION = ox.NamedNode(M("Proposition"))


def make_store(folder: Path, claims: int) -> None:
    """Fill a store with so many made-up claims and the findings among them."""
    open_collection(folder).close()  # makes the folder a store of musnad's
    # A folder that is there is taken to be whole, so one that is stopped here must not look so.
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        engine = ox.Store(folder)
        lines = Path(temporary) / "claims.nq"
        with lines.open("wb") as file:
            worded: set[str] = set()
            for record in generate_records(claims):
                quads = map_record(record)
                file.write(_both([*quads, *_wordings(quads, worded)]))
            file.write(_both(load_vocabulary().quads))
        engine.bulk_load(path=lines, format=ox.RdfFormat.N_QUADS)
        engine.flush()
        del engine
        store = OxigraphStore(folder, create=False)
        triples = Path(temporary) / "findings.nt"
        with triples.open("w", encoding="utf-8") as text:
            text.writelines(find_findings(store))
        graph = ox.NamedNode(FINDINGS_GRAPH)
        for to_graph in (graph, ox.DefaultGraph()):
            store._engine.bulk_load(path=triples, format=ox.RdfFormat.N_TRIPLES, to_graph=to_graph)
        store.close()


def _wordings(quads: list[ox.Quad], worded: set[str]) -> Iterator[ox.Quad]:
    """Put the propositions of an article into words, but for those that were worded before."""
    words = Wording(quads)
    for quad in quads:
        name = quad.subject
        if not isinstance(name, ox.NamedNode) or quad.object != PROPOSITION or name.value in worded:
            continue
        worded.add(name.value)
        for language in LANGUAGES:
            text = ox.Literal(words.proposition(name.value, language), language=language)
            yield ox.Quad(name, ox.NamedNode(M("wording")), text, ox.NamedNode(FINDINGS_GRAPH))


def _both(quads: Iterable[ox.Quad]) -> bytes:
    """Write quads to their graphs, and to the default graph, which is what queries see."""
    quads = list(quads)
    named = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    seen = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert named is not None
    assert seen is not None
    return named + seen


if __name__ == "__main__":
    make_store(Path(sys.argv[2]), int(sys.argv[1]))
