"""One graph for the tests of queries, in every engine: three articles, their findings, the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset
from rdflib.query import ResultRow
from rdflib.term import Literal, URIRef

from musnad.findings import derive_findings
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.history import Decision, History, Verdict, claim_names
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_name, content_name
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.sparql import term_text
from musnad.graph.store import Rows, Store, dump_nquads
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Review, load_record
from musnad.terms import PAST_GRAPHS
from sparql_server import serve_oxigraph

ROOT = Path(__file__).resolve().parents[2]
RECORDS = (
    ROOT / "seeds" / "shafaq-2025-10-11" / "record.json",
    ROOT / "tests" / "records" / "market-blast-first-day.json",
    ROOT / "tests" / "records" / "market-blast-two-days-later.json",
)
Table = list[tuple[str, ...]]
"""Rows of terms as SPARQL writes them; an unbound one is empty."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The same graph in pyoxigraph, behind HTTP and in rdflib."""

    memory: Store
    endpoint: Store
    dataset: Dataset

    def tables(self, sparql: str) -> tuple[Table, Table, Table]:
        """Give the rows of pyoxigraph, of the server and of rdflib."""
        rows = (row for row in self.dataset.query(sparql) if isinstance(row, ResultRow))
        from_rdflib = [tuple("" if term is None else write_rdflib_term(term) for term in row) for row in rows]
        return write_rows(self.memory.query(sparql)), write_rows(self.endpoint.query(sparql)), from_rdflib


def write_rows(rows: Rows) -> Table:
    return [tuple("" if term is None else term_text(term) for term in row) for row in rows]


def write_rdflib_term(term: object) -> str:
    if isinstance(term, Literal):
        kind = None if term.datatype is None else ox.NamedNode(str(term.datatype))
        return term_text(ox.Literal(str(term), language=term.language, datatype=kind))
    assert isinstance(term, URIRef), f"{term!r} is no term for a row"
    return str(ox.NamedNode(str(term)))


@pytest.fixture(scope="session")
def graphs() -> Mapping[str, list[ox.Quad]]:
    """Give the quads of three articles, their findings and the vocabulary, by graph."""
    articles = [quad for path in RECORDS for quad in map_record(load_record(path))]
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in (*articles, *derive_findings(articles), *load_vocabulary().quads):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value].append(quad)
    return {**found, **past()}


def past() -> Mapping[str, list[ox.Quad]]:
    """Give the past of the first article, by graph: a draft, decisions about it, and the reviewed reading."""
    record = load_record(RECORDS[0])
    draft = replace(record, review=Review("draft", "a reader of old", record.date))
    article, mapped = article_name(record), map_record(draft)
    claims = sorted(claim_names(draft, mapped))
    history, kept = History(article).keep(mapped)
    accepted = decision(2, "accept", article, claims[0], "Rana", note="as printed")
    undone = decision(3, "undo", article, claims[0], "Samir", revokes=accepted.iri)
    edited = decision(4, "edit", article, claims[1], "Rana", change={}, outcome=claims[2])
    history, reviewed = history.decide(accepted, undone, edited).keep(map_record(record))
    other = article_name(load_record(RECORDS[1]))
    elsewhere = decision(2, "reject", other, claims[3], "Samir")
    decided = {one.graph: one.quads() for one in (*history.decisions, elsewhere)}
    return {**kept, **reviewed, **history.ledger(), **decided}


def decision(ordinal: int, verdict: Verdict, article: str, claim: str, by: str, **rest: object) -> Decision:
    iri = content_name("decision", article, ordinal)
    return Decision(iri, ordinal, verdict, article, claim, by, "2026-11-28", "2026-11-28", **rest)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def engines(
    graphs: Mapping[str, list[ox.Quad]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engines]:
    folder = tmp_path_factory.mktemp("queries")
    with (
        pytest.MonkeyPatch.context() as patch,
        OxigraphStore() as memory,
        serve_oxigraph(folder) as address,
    ):
        patch.setenv("no_proxy", "127.0.0.1")
        endpoint = EndpointStore(address)
        for store in (memory, endpoint):
            store.replace(graphs)
        dataset = Dataset(default_union=True)
        # rdflib's union is of all graphs; what is kept from the past is no part of ours.
        for name in memory.graphs():
            if not name.startswith(PAST_GRAPHS):
                dataset.parse(data=dump_nquads(memory, name), format="nquads")
        yield Engines(memory, endpoint, dataset)
