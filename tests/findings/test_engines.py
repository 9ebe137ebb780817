"""Every query that findings are made by gives the same triples embedded, over HTTP, and in rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pyoxigraph as ox
import pytest
from rdflib import Graph

from findings.test_first_article import SEED
from musnad.findings.derivation import derive_findings
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import Query, list_queries
from musnad.graph.store import Store
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import load_record
from musnad.terms import ID, M

GRAPH = ox.NamedNode(ID("graph/working"))
STAGES = ("prepare", "derive", "conclude")


@pytest.fixture(scope="module")
def articles() -> list[ox.Quad]:
    return map_record(load_record(SEED))


@pytest.fixture(scope="module")
def graph(articles: list[ox.Quad]) -> list[ox.Quad]:
    """Give everything there is when every query has had its turn, in one graph."""
    with OxigraphStore() as store:
        made = [*articles, *load_vocabulary().quads]
        store.extend(made)
        for stage in STAGES:
            for query in list_queries(stage):
                for quads in carry_out(store, query, GRAPH):
                    store.extend(quads)
                    made += quads
    return sorted({ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH) for quad in made}, key=str)


def carry_out(store: Store, query: Query, graph: ox.NamedNode) -> Iterator[list[ox.Quad]]:
    """Give what a query gives, again and again if it is one that is repeated until it gives no more."""
    while triples := store.construct(query.text):
        yield [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
        if "repeat" not in query.header.tags:
            return


@pytest.fixture(scope="module")
def embedded(graph: list[ox.Quad]) -> Iterator[OxigraphStore]:
    with OxigraphStore() as store:
        store.extend(graph)
        yield store


@pytest.fixture(scope="module")
def served(oxigraph_server: str, graph: list[ox.Quad]) -> EndpointStore:
    """Give the same graph behind a real SPARQL server."""
    store = EndpointStore(oxigraph_server)
    store.replace({GRAPH.value: graph}, drop=store.graphs())
    return store


@pytest.fixture(scope="module")
def parsed(graph: list[ox.Quad]) -> Graph:
    """Give the same graph as rdflib holds it."""
    return Graph().parse(data="\n".join(f"{quad.triple} ." for quad in graph), format="nt")


def queries(*stages: str) -> pytest.MarkDecorator:
    found = [(stage, query.name) for stage in stages for query in list_queries(stage)]
    return pytest.mark.parametrize(("stage", "name"), found, ids=[f"{stage}/{name}" for stage, name in found])


def find(stage: str, name: str) -> Query:
    return next(query for query in list_queries(stage) if query.name == name)


@queries(*STAGES)
def test_server_gives_the_same_triples(
    embedded: OxigraphStore, served: EndpointStore, stage: str, name: str
) -> None:
    query = find(stage, name)
    assert served.construct(query.text) == embedded.construct(query.text)


@queries(*STAGES)
def test_rdflib_gives_the_same_triples(embedded: OxigraphStore, parsed: Graph, stage: str, name: str) -> None:
    query = find(stage, name)
    constructed = parsed.query(query.text).graph
    assert constructed is not None
    lines = {line for line in constructed.serialize(format="nt").splitlines() if line}
    assert lines == {f"{triple} ." for triple in embedded.construct(query.text)}


def test_server_works_its_way_to_the_same_findings(articles: list[ox.Quad], endpoint: EndpointStore) -> None:
    """Stage by stage on the server alone, what one query gives being there for the next."""
    start = [*articles, *load_vocabulary().quads]
    endpoint.replace({GRAPH.value: [ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in start]})
    names = (ox.NamedNode(f"{GRAPH.value}/{number}") for number in count())
    concluded: set[ox.Triple] = set()
    for stage in STAGES:
        for query in list_queries(stage):
            step = next(names)
            for quads in carry_out(endpoint, query, step):
                step = next(names)
                endpoint.replace(
                    {step.value: [ox.Quad(q.subject, q.predicate, q.object, step) for q in quads]}
                )
                if stage == "conclude" and "working" not in query.header.tags:
                    concluded.update(quad.triple for quad in quads)
    # How propositions are put into words is no query's matter.
    derived = {quad.triple for quad in derive_findings(articles) if quad.predicate.value != M("wording")}
    assert concluded == derived
