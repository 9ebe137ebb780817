"""The terms of the ontology: well declared, well used, and aligned with other vocabularies with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.graph.vocabulary import load_vocabulary, ontology_files
from musnad.resources import data_folder
from musnad.terms import PREFIXES, RDF, RDFS, SH, SKOS, M
from musnad.validation.engines import hold_against
from musnad.validation.shapes import load_shapes

ROOT = Path(__file__).resolve().parents[2]
OURS = ("m", "sec", "gen", "unit")
NAMED = re.compile(rf"(?<![\w/:@<.-])({'|'.join(OURS)}):([A-Za-z](?:[\w-]*\w)?)(?![\w:/])")
CALLED = re.compile(rf"\b({'|'.join(prefix.upper() for prefix in OURS)})\(\"(\w+)\"\)")
WHOLE = re.compile(r"<(https://w3id\.org/musnad(?:/[a-z]+)?#[\w-]+)>")
TEXTS = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:@\w+)?')


def declared() -> set[str]:
    return {
        str(quad.subject).strip("<>")
        for quad in load_vocabulary().quads
        if quad.predicate.value == RDFS("isDefinedBy")
    }


def shape_names() -> set[str]:
    kinds = {ox.NamedNode(SH("NodeShape")), ox.NamedNode(SH("PropertyShape"))}
    return {
        str(triple.subject).strip("<>")
        for path in data_folder("shapes").glob("*.ttl")
        for triple in ox.parse(path=path)
        if triple.predicate.value == RDF("type") and triple.object in kinds
    }


def used_terms(path: Path) -> Iterator[str]:
    """Give the terms of ours that a file names, as IRIs; in Turtle and SPARQL, quoted text does not count."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".ttl", ".rq"):
        text = re.sub(r"(?m)^\s*#.*$", "", text)
        text = TEXTS.sub('""', text)
    for prefix, name in (*NAMED.findall(text), *CALLED.findall(text)):
        yield PREFIXES[prefix.lower()](name)
    yield from WHOLE.findall(text)


def files_that_name_terms() -> list[Path]:
    return [
        *ontology_files(),
        *sorted(data_folder("shapes").glob("*.ttl")),
        *sorted(data_folder("queries").rglob("*.rq")),
        *sorted((ROOT / "src").rglob("*.py")),
    ]


@pytest.mark.parametrize("path", files_that_name_terms(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_term_used_is_declared(path: Path) -> None:
    assert set(used_terms(path)) - shape_names() <= declared()


def test_search_for_terms_finds_each_way_of_naming_one(tmp_path: Path) -> None:
    query = tmp_path / "some.rq"
    query.write_text('# m:comment\nSELECT * { ?a m:statedIn <https://w3id.org/musnad#b> ; sec:c "m:quoted" }')
    assert set(used_terms(query)) == {M("statedIn"), M("b"), PREFIXES["sec"]("c")}
    module = tmp_path / "some.py"
    module.write_text('M("text")\nnode("m:mode")\nf"m:{kind}"\n')
    assert set(used_terms(module)) == {M("text"), M("mode")}


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.stem)
def test_file_declares_its_terms_well(path: Path) -> None:
    # Concepts and aspects of one file may lie in another's schemes, so all of them are looked at together.
    triples = list(ox.parse(path=path, rename_blank_nodes=True))
    here = {str(triple.subject).strip("<>") for triple in triples}
    found = hold_against([[quad.triple for quad in load_vocabulary().quads]], load_shapes(("ontology",)))
    assert not [result for result in found if result.focus in here]


def test_terms_are_declared_once() -> None:
    homes: dict[str, list[str]] = {}
    for path in ontology_files():
        for triple in ox.parse(path=path, rename_blank_nodes=True):
            if triple.predicate.value == RDFS("isDefinedBy"):
                homes.setdefault(str(triple.subject), []).append(path.name)
    assert not {term: files for term, files in homes.items() if len(files) > 1}


def test_terms_are_defined_by_the_namespace_they_are_in() -> None:
    for quad in load_vocabulary().quads:
        if quad.predicate.value == RDFS("isDefinedBy"):
            term, home = str(quad.subject).strip("<>"), str(quad.object).strip("<>")
            assert term.startswith(f"{home}#") or term == home


def test_no_term_is_a_blank_node() -> None:
    assert not [quad for quad in load_vocabulary().quads if isinstance(quad.subject, ox.BlankNode)]


@pytest.mark.parametrize(
    ("term", "relation", "other"),
    [
        ("agreesWith", "rdfs:subPropertyOf", "cito:agreesWith"),
        ("conflictsWith", "rdfs:subPropertyOf", "cito:disagreesWith"),
        ("Article", "rdfs:subClassOf", "schema:NewsArticle"),
        ("AttributionStep", "rdfs:subClassOf", "prov:Attribution"),
        ("Claim", "rdfs:subClassOf", "prov:Entity"),
        ("Place", "rdfs:subClassOf", "geo:Feature"),
        ("Proposition", "rdfs:subClassOf", "rdf:Statement"),
        ("Quantity", "rdfs:subClassOf", "schema:QuantitativeValue"),
        ("Reading", "rdfs:subClassOf", "prov:Activity"),
        ("Source", "rdfs:subClassOf", "prov:Agent"),
    ],
)
def test_core_is_aligned_with_the_vocabularies_it_stands_on(term: str, relation: str, other: str) -> None:
    def node(name: str) -> ox.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode(PREFIXES[prefix](local))

    triples = {quad.triple for quad in load_vocabulary().quads}
    assert ox.Triple(node(f"m:{term}"), node(relation), node(other)) in triples


def test_every_alignment_gives_its_reason_in_both_languages() -> None:
    reasons: dict[str, set[str]] = {}
    aligned = set()
    for triple in ox.parse(path=data_folder("ontology") / "alignments.ttl"):
        subject = str(triple.subject).strip("<>")
        if triple.predicate.value == SKOS("editorialNote") and isinstance(triple.object, ox.Literal):
            reasons.setdefault(subject, set()).add(str(triple.object.language))
        else:
            aligned.add(subject)
    assert aligned == set(reasons)
    assert aligned <= declared()
    assert all(languages == {"en", "ar"} for languages in reasons.values())
