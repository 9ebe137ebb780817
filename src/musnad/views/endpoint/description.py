"""What the endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from musnad.terms import RDF, Namespace
from musnad.views.endpoint.evaluation import GRAPHS

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
)
_GRAPH_FORMATS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def describe_service(address: str, triples: int, media_type: str) -> bytes:
    """Describe the endpoint at `address`, whose graphs together say so many `triples`."""
    service, dataset, default = (ox.BlankNode(name) for name in ("service", "dataset", "default"))
    said: list[tuple[ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]] = [
        (service, RDF("type"), ox.NamedNode(SD("Service"))),
        (service, SD("endpoint"), ox.NamedNode(address)),
        (service, SD("supportedLanguage"), ox.NamedNode(SD("SPARQL11Query"))),
        (service, SD("feature"), ox.NamedNode(SD("UnionDefaultGraph"))),
        *(
            (service, SD("resultFormat"), ox.NamedNode(_FORMATS(name)))
            for name in (*_RESULT_FORMATS, *_GRAPH_FORMATS)
        ),
        (service, SD("defaultDataset"), dataset),
        (dataset, RDF("type"), ox.NamedNode(SD("Dataset"))),
        (dataset, SD("defaultGraph"), default),
        (default, RDF("type"), ox.NamedNode(SD("Graph"))),
        (default, VOID("triples"), ox.Literal(triples)),
    ]
    triples_said = [
        ox.Triple(subject, ox.NamedNode(predicate), object_) for subject, predicate, object_ in said
    ]
    prefixes: dict[str, str] = {"sd": SD, "void": VOID, "formats": _FORMATS}
    return ox.serialize(triples_said, format=GRAPHS[media_type], prefixes=prefixes) or b""
