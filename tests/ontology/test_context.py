"""ontology/context.jsonld names every term of ours, and nothing that is no term; graphs survive it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from musnad.graph.mapping import map_record
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import load_record
from musnad.resources import data_folder
from musnad.terms import DCTERMS, GEO, OA, OWL, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, M
from musnad.validation.shapes import to_rdflib

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
REUSED = (DCTERMS, GEO, OA, PROV, RDF, RDFS, SCHEMA, SKOS)


def read_context() -> dict[str, Any]:
    path = data_folder("ontology") / "context.jsonld"
    context: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return context


def prefixes(context: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in context.items() if isinstance(value, str) and "://" in value}


def terms(context: dict[str, Any]) -> dict[str, str]:
    """Give the IRI of each term that is neither keyword nor prefix."""
    known = prefixes(context)
    found = {}
    for key, value in context.items():
        if key.startswith("@") or key in known:
            continue
        name = value if isinstance(value, str) else value["@id"]
        prefix, _, local = name.partition(":")
        found[key] = f"{known[prefix]}{local}"
    return found


def declared() -> dict[str, set[str]]:
    """Give the classes of each declared term."""
    kinds: dict[str, set[str]] = {}
    homes = set()
    for quad in load_vocabulary().quads:
        subject = str(quad.subject).strip("<>")
        if quad.predicate.value == RDF("type"):
            kinds.setdefault(subject, set()).add(str(quad.object).strip("<>"))
        if quad.predicate.value == RDFS("isDefinedBy"):
            homes.add(subject)
    return {term: kinds.get(term, set()) for term in homes}


def test_context_names_every_term_of_the_core_by_its_own_name() -> None:
    core = {term.removeprefix(M): term for term in declared() if term.startswith(M)}
    ours = {key: iri for key, iri in terms(read_context()).items() if iri.startswith(M)}
    assert ours == core


def test_context_has_a_prefix_for_every_other_term() -> None:
    namespaces = set(prefixes(read_context()).values())
    rest = {term for term in declared() if not term.startswith(M) and "#" in term}
    assert {term.partition("#")[0] + "#" for term in rest} <= namespaces


def test_context_names_nothing_that_is_no_term() -> None:
    context = read_context()
    written = {
        str(quad.predicate).strip("<>")
        for path in SEEDS.glob("*/record.json")
        for quad in map_record(load_record(path))
    }
    written |= {
        str(quad.object).strip("<>")
        for path in SEEDS.glob("*/record.json")
        for quad in map_record(load_record(path))
        if quad.predicate.value == RDF("type")
    }
    # Optional in a record, and in none of the seeds.
    written |= {SCHEMA("headline"), SCHEMA("url"), SCHEMA("startDate"), SKOS("exactMatch")}
    others = {iri for iri in terms(context).values() if not iri.startswith(M)}
    assert others <= written
    assert all(iri.startswith(REUSED) for iri in others)
    domains = {term.partition("#")[0] + "#" for term in declared() if "#" in term}
    assert set(prefixes(context).values()) <= {*PREFIXES.values(), *domains}


def test_context_tells_the_types_of_values_as_the_ontology_does() -> None:
    context = read_context()
    for term, kinds in declared().items():
        if not term.startswith(M):
            continue
        entry = context[term.removeprefix(M)]
        is_link = isinstance(entry, dict) and entry.get("@type") in ("@id", "@vocab")
        assert is_link == (OWL("ObjectProperty") in kinds), term


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*/record.json")), ids=lambda path: path.parent.name)
def test_graph_survives_compaction_with_the_context(path: Path) -> None:
    quads = map_record(load_record(path))
    text = to_rdflib(quads).serialize(format="json-ld", context=read_context(), auto_compact=False)
    names = {key for node in json.loads(text)["@graph"] for key in node}
    # A property and a concept of ours have these names, so the others keep their prefix.
    assert {name for name in names if ":" in name} == {"oa:exact"}
    again = {quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD)}
    assert again == {quad.triple for quad in quads}
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    assert len(graph) == len(quads)
