"""Records as quads and back: without loss, the same every time, named by their content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from musnad.errors import InvalidRecord
from musnad.graph.literals import canonical_quad
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_name, content_name, source_name
from musnad.graph.restoring import restore_record
from musnad.graph.store import Store, dump_nquads
from musnad.record import Record, load_record
from musnad.terms import DCTERMS, GEN, GEO, ID, OA, RDF, SCHEMA, XSD, M
from record.small_record import changed, read, small_record
from record.strategies import records

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = [*CHECKOUT.glob("seeds/*/record.json"), *CHECKOUT.glob("tests/records/*.json")]
SLOW = settings(max_examples=50, suppress_health_check=list(HealthCheck))


def lines(quads: Iterable[ox.Quad]) -> list[str]:
    return sorted(str(quad) for quad in quads)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Give the IRI or the text of a term."""
    assert not isinstance(term, ox.Triple)
    return term.value


def small() -> Record:
    return read(small_record())


# --- there and back -----------------------------------------------------------------------------


@SLOW
@given(records())
def test_restored_record_is_the_one_that_was_mapped(record: Record) -> None:
    assert restore_record(map_record(record)) == record


@SLOW
@given(records())
def test_quads_are_canonical_named_and_sorted(record: Record) -> None:
    quads = map_record(record)
    assert [str(quad) for quad in quads] == lines(quads)
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {quads[0].graph_name}
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode | ox.Triple)
        assert canonical_quad(quad) == quad


@settings(SLOW, max_examples=15)
@given(records())
def test_quads_survive_being_written_and_parsed(record: Record) -> None:
    quads = map_record(record)
    text = "".join(f"{quad} .\n" for quad in quads)
    assert restore_record(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == record


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_record_comes_back_from_every_store(store: Store, record: Record) -> None:
    graph = _graph(record)
    store.replace({graph: map_record(record)}, drop=[name for name in store.graphs() if name != graph])
    assert restore_record(store.quads(graph)) == record


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_record_comes_back_from_every_store(store: Store, path: Path) -> None:
    record = load_record(path)
    quads = map_record(record)
    store.replace({_graph(record): quads})
    assert restore_record(store.quads()) == record
    before = dump_nquads(store)
    assert before == "".join(f"{quad} .\n" for quad in quads)
    store.replace({_graph(record): map_record(load_record(path))})
    assert dump_nquads(store) == before


def _graph(record: Record) -> str:
    graph = map_record(record)[0].graph_name
    assert isinstance(graph, ox.NamedNode)
    return graph.value


# --- names ----------------------------------------------------------------------------------------


def test_same_record_maps_to_same_bytes_whatever_its_order() -> None:
    data = small_record()
    for key in ("sources", "entities", "statements"):
        data[key] = data[key][::-1]
    assert lines(map_record(read(data))) == lines(map_record(small()))


def test_whole_number_as_float_has_the_same_name() -> None:
    record = small()
    as_float = replace(
        record, quantities=tuple(replace(q, value=300.0, lower=270.0) for q in record.quantities)
    )
    assert lines(map_record(as_float)) == lines(map_record(record))


@pytest.mark.parametrize(
    "change",
    [{"date": "2026-02-02"}, {"outlet": "Hill Post"}, {"url": "https://news.example/other"}, {"url": None}],
    ids=["date", "outlet", "url", "no-url"],
)
def test_articles_differ_by_date_outlet_and_address(change: dict[str, Any]) -> None:
    record = small()
    assert article_name(replace(record, **change)) != article_name(record)


def test_articles_differ_by_one_code_point_of_text() -> None:
    record = small()
    for text in (
        record.text + " ",
        record.text.replace("Two", "T\u200fwo"),
        record.text.replace(" ", "\u00a0", 1),
    ):
        assert article_name(replace(record, text=text)) != article_name(record)


def test_title_language_and_local_id_do_not_make_another_article() -> None:
    record = small()
    assert article_name(replace(record, title="x", lang="ar", article="y")) == article_name(record)


def test_content_names_keep_parts_apart() -> None:
    parts = [("a", "b"), ("ab",), ("a\nb",), ("a\\nb",), ("a\\", "b"), ("", "ab"), ("a", "b", "")]
    assert len({content_name("x", *part) for part in parts}) == len(parts)
    assert content_name("x", None) == content_name("x", "")


def test_content_name_is_what_sparql_makes() -> None:
    store = ox.Store()
    query = 'SELECT (SUBSTR(SHA256(CONCAT("a", "\\n", "ب")), 1, 32) AS ?hash) {}'
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    assert content_name("x", "a", "ب") == f"{ID}x/{next(solutions)['hash'].value}"


def _sources(record: Record, kind: str) -> set[str]:
    article = article_name(record)
    return {source_name(article, s.kind, s.canonical) for s in record.sources if s.kind == kind}


def test_anonymous_sources_of_two_articles_stay_apart_and_named_ones_merge() -> None:
    first, second = small(), replace(small(), date="2026-02-03")
    assert not _sources(first, "anonymous") & _sources(second, "anonymous")
    for kind in ("office", "organisation", "outlet"):
        assert _sources(first, kind) == _sources(second, kind) != set()


def test_collectives_of_two_articles_stay_apart() -> None:
    assert source_name("a1", "collective", "residents") != source_name("a2", "collective", "residents")


@pytest.mark.parametrize(("one", "other"), [("أحمد العلي", "احمَد العلي"), ("Ali Hadi", "ALI HADI")])
def test_spellings_of_a_named_source_are_one(one: str, other: str) -> None:
    assert source_name("a1", "named-person", one) == source_name("a2", "named-person", other)


def test_one_proposition_of_two_articles_is_one_node() -> None:
    def propositions(record: Record) -> set[str]:
        return {
            str(quad.subject) for quad in map_record(record) if quad.object == ox.NamedNode(M("Proposition"))
        }

    assert propositions(small()) == propositions(replace(small(), outlet="Hill Post")) != set()


# --- what is written ------------------------------------------------------------------------------


def test_claim_is_never_a_bare_triple() -> None:
    predicates = {quad.predicate.value for quad in map_record(small())}
    assert not {
        predicate for predicate in predicates if predicate.startswith("https://w3id.org/musnad/security#")
    }


def test_numbers_and_days_are_typed_and_plain() -> None:
    data = changed("quantities/0/upper", 330.50)
    found = {quad.object for quad in map_record(read(data))}
    for value, kind in [
        ("300", "integer"),
        ("330.5", "decimal"),
        ("2026-05-31", "date"),
        ("true", "boolean"),
    ]:
        assert ox.Literal(value, datatype=ox.NamedNode(XSD(kind))) in found
    texts = [quad.object for quad in map_record(read(data)) if quad.predicate.value == OA("exact")]
    assert {text.datatype.value for text in texts if isinstance(text, ox.Literal)} == {XSD("string")}


def test_tense_bounds_a_time_by_the_day_of_the_article() -> None:
    def ends(tense: str) -> dict[str, str]:
        data = changed("statements/1/claims/1/proposition/tense", tense)
        quads = map_record(read(data))
        (time,) = {q.subject for q in quads if q.predicate.value == M("tense")}
        return {q.predicate.value.rpartition("#")[2]: value(q.object) for q in quads if q.subject == time}

    assert ends("past")["endLatest"] == "2026-02-01"
    assert ends("present")["endLatest"] == "2026-02-01"
    assert ends("future")["startEarliest"] == "2026-02-02"


def test_event_has_its_kind_day_and_places_and_gives_them_back() -> None:
    event = {"id": "fire", "type": "event", "name": "fire in Samra", "kind": "general:Incident",
             "day": "2026-01-31", "within": ["samra"]}  # fmt: skip
    record = read(changed("entities/+", event))
    quads = map_record(record)
    (name,) = (str(quad.subject) for quad in quads if quad.object == ox.NamedNode(M("Event")))
    said = {(value(quad.predicate), value(quad.object)) for quad in quads if str(quad.subject) == name}
    assert {(RDF("type"), M("Entity")), (RDF("type"), GEN("Incident"))} <= said
    assert (SCHEMA("startDate"), "2026-01-31") in said
    assert [of for predicate, of in said if predicate == GEO("sfWithin")] == [
        value(quad.subject)
        for quad in quads
        if quad.predicate.value == DCTERMS("identifier") and value(quad.object) == "samra"
    ]
    assert restore_record(quads) == record


def test_only_direct_speech_is_a_quotation() -> None:
    quads = map_record(small())
    claims = {
        value(q.object): q.subject for q in quads if q.object in (ox.Literal("s1c1"), ox.Literal("s2c1"))
    }
    used = {
        name: {q.predicate.value.rpartition("#")[2] for q in quads if q.subject == node}
        for name, node in claims.items()
    }
    assert "wasDerivedFrom" in used["s1c1"]
    assert "wasQuotedFrom" not in used["s1c1"]
    assert "wasQuotedFrom" in used["s2c1"]
    assert "wasDerivedFrom" not in used["s2c1"]


def test_chain_runs_from_speaker_to_outlet() -> None:
    data = changed("statements/0/via/+", {"agent": None})
    quads = map_record(read(data))
    (statement,) = [q.subject for q in quads if q.object == ox.Literal("s1")]
    steps = [
        q.object
        for q in quads
        if q.subject == statement and q.predicate.value.endswith("qualifiedAttribution")
    ]
    told = []
    for step in steps:
        values = {q.predicate.value.rpartition("#")[2]: value(q.object) for q in quads if q.subject == step}
        told.append((int(values["depth"]), values["hadRole"].removeprefix(M), "agent" in values))
    assert sorted(told) == [
        (0, "speaker", True),
        (1, "relay", True),
        (2, "unnamedLink", False),
        (3, "publisher", True),
    ]


# --- what is refused --------------------------------------------------------------------------------


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        map_record(read(data))
    return [(problem.where, problem.what) for problem in caught.value.problems]


def test_unknown_predicate_is_refused_by_its_claim() -> None:
    path = "statements/1/claims/1/proposition/predicate"
    assert problems(changed(path, "security:vanishes")) == [
        ("claim s2c2", "no domain declares the predicate 'security:vanishes'.")
    ]


def test_unknown_predicate_of_an_implied_proposition_is_refused() -> None:
    path = "statements/0/claims/0/proposition/implies"
    assert problems(changed(path, {"subject": "guards", "predicate": "nowhere:is"})) == [
        ("claim s1c1", "no domain declares the predicate 'nowhere:is'.")
    ]


def test_unknown_kind_of_event_is_refused_by_its_entity() -> None:
    event = {"id": "fire", "type": "event", "name": "fire", "kind": "general:Tale"}
    assert problems(changed("entities/+", event)) == [
        ("entity fire", "no domain declares the kind of event 'general:Tale'.")
    ]


@pytest.mark.parametrize(
    ("path", "where"),
    [("url", "url"), ("entities/0/same_as", "entity guards, same_as")],
    ids=["url", "same_as"],
)
def test_address_that_is_no_iri_is_refused(path: str, where: str) -> None:
    address = "https://[half/an/address"
    ((place, what),) = problems(changed(path, address if path == "url" else [address]))
    assert place == where
    assert "is not a usable web address" in what


@pytest.mark.parametrize("kind", ["statement", "claim", "alignment"])
def test_two_things_that_say_the_same_are_refused(kind: str) -> None:
    data = small_record()
    if kind == "statement":
        data["statements"].append(data["statements"][1] | {"id": "s3", "claims": []})
        wanted = ("statement s3", "it says the same as s2.")
    elif kind == "claim":
        claims = data["statements"][1]["claims"]
        claims.append(claims[1] | {"id": "s2c9", "evidence": {"text": "leave the North"}})
        wanted = ("claim s2c9", "it says the same as s2c2.")
    else:
        data["alignments"].append(data["alignments"][0] | {"id": "a2"})
        wanted = ("alignment a2", "it says the same as a1.")
    assert problems(data) == [wanted]


def _quads() -> list[ox.Quad]:
    return map_record(small())


def _swap(quads: list[ox.Quad], predicate: str, value: ox.NamedNode | ox.Literal) -> list[ox.Quad]:
    """Give the quads with the object of the first quad of this predicate changed."""
    place = next(number for number, quad in enumerate(quads) if quad.predicate.value == predicate)
    old = quads[place]
    return [*quads[:place], ox.Quad(old.subject, old.predicate, value, old.graph_name), *quads[place + 1 :]]


def _bare() -> ox.Quad:
    quads = _quads()
    one = {
        name: next(q.object for q in quads if q.predicate.value == RDF(name))
        for name in ("subject", "predicate", "object")
    }
    subject, predicate = one["subject"], one["predicate"]
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(predicate, ox.NamedNode)
    return ox.Quad(subject, predicate, one["object"], quads[0].graph_name)


STRANGERS = {
    "bare triple": _bare(),
    "foreign triple": ox.Quad(
        ox.NamedNode("http://a.example/s"),
        ox.NamedNode("http://a.example/p"),
        ox.Literal("o"),
        ox.DefaultGraph(),
    ),
    "blank node": ox.Quad(
        ox.BlankNode("b"), ox.NamedNode(RDF("type")), ox.NamedNode(M("Slot")), ox.DefaultGraph()
    ),
    "second label": ox.Quad(
        _quads()[0].subject,
        ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment"),
        ox.Literal("x"),
        ox.DefaultGraph(),
    ),
    "triple term": ox.Quad(
        ox.NamedNode("http://a.example/s"),
        ox.NamedNode("http://a.example/p"),
        ox.Triple(ox.NamedNode("http://a.example/s"), ox.NamedNode("http://a.example/p"), ox.Literal("o")),
        ox.DefaultGraph(),
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_stranger_in_a_graph_is_refused(name: str) -> None:
    with pytest.raises(InvalidRecord, match="this triple is no part of a record") as caught:
        restore_record([*_quads(), STRANGERS[name]])
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].remedy == "Remove it; claims are never bare triples."


def test_missing_triple_is_told_or_makes_another_record() -> None:
    quads, told = _quads(), 0
    for quad in quads:
        try:
            assert restore_record([other for other in quads if other != quad]) != small()
        except InvalidRecord:
            told += 1
    assert told > len(quads) / 2


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (OA("start"), ox.Literal("first")),
        ("https://schema.org/minValue", ox.Literal("some")),
        (M("depth"), ox.Literal("zero")),
        (M("sourceKind"), ox.NamedNode(M("rumour"))),
        (M("polarity"), ox.NamedNode(M("perhaps"))),
        (M("edtf"), ox.Literal("some day")),
        ("https://schema.org/datePublished", ox.Literal("yesterday")),
        (RDF("predicate"), ox.NamedNode("http://a.example/p")),
        (RDF("type"), ox.Literal("m:Article")),
        (M("proposition"), ox.NamedNode("http://a.example/nowhere")),
    ],
)
def test_graph_with_a_value_that_records_do_not_have_is_refused(
    predicate: str, value: ox.NamedNode | ox.Literal
) -> None:
    with pytest.raises(InvalidRecord):
        restore_record(_swap(_quads(), predicate, value))


@pytest.mark.parametrize("quads", [[], [*_quads(), *map_record(replace(small(), outlet="Hill Post"))]])
def test_graph_of_no_article_or_two_is_refused(quads: list[ox.Quad]) -> None:
    with pytest.raises(InvalidRecord, match="one article is needed and"):
        restore_record(quads)


def test_every_refusal_is_json_friendly() -> None:
    with pytest.raises(InvalidRecord) as caught:
        restore_record([])
    assert json.dumps([str(problem) for problem in caught.value.problems])
