"""The public object: put in, ask, trace, take out; over a folder, memory, and a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

import musnad
from musnad.collection import Collection, news
from musnad.errors import (
    AmbiguousClaim,
    EndpointUnreachable,
    InvalidQuery,
    InvalidRecord,
    NotAStore,
    ReviewedReading,
    StoreClosed,
    StoreLocked,
    UnknownClaim,
    UnknownForm,
    UnknownParameter,
    UnknownQuery,
    UnreadableRecord,
)
from musnad.graph.store import dump_nquads
from musnad.record import Record, dump_record, load_record
from musnad.terms import VOCABULARY_GRAPH, M

CHECKOUT = Path(__file__).resolve().parents[2]
SEED = CHECKOUT / "seeds" / "shafaq-2025-10-11"
MARKET = [
    CHECKOUT / "tests" / "records" / f"market-blast-{day}.json" for day in ("first-day", "two-days-later")
]


@pytest.fixture(scope="module")
def seed() -> Iterator[Collection]:
    with musnad.open() as opened:
        opened.add(SEED)
        yield opened


@pytest.fixture(scope="module")
def market() -> Iterator[Collection]:
    with musnad.open() as opened:
        opened.add(*MARKET)
        yield opened


def dump(empty: Collection) -> str:
    return dump_nquads(empty.store)


# --- putting in -------------------------------------------------------------------------------------


def test_add_takes_records_files_and_folders(empty: Collection) -> None:
    names = empty.add(SEED, str(MARKET[0]), load_record(MARKET[1]))
    assert len(names) == 3
    assert empty.info()["articles"] == 3
    assert set(names) <= set(empty.store.graphs())


def test_add_twice_changes_nothing(empty: Collection) -> None:
    first = empty.add(*MARKET)
    before = dump(empty)
    assert empty.add(*MARKET[::-1]) == first[::-1]
    assert dump(empty) == before


def test_add_one_after_the_other_is_add_together(empty: Collection) -> None:
    empty.add(MARKET[0])
    empty.add(MARKET[1])
    with musnad.open() as together:
        together.add(*MARKET)
        assert dump(empty) == dump(together)


def without_last_statement(record: Record) -> Record:
    return replace(record, statements=record.statements[:-1])


def test_many_articles_whose_findings_are_old_are_written_as_a_build_writes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with musnad.open() as all_at_once, musnad.open() as step_by_step:
        all_at_once.add(SEED, *MARKET)
        step_by_step.add(SEED, MARKET[0])
        monkeypatch.setattr(news, "MANY", 1)
        step_by_step.store.update(f"DELETE WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?s a <{M('Rule')}> }} }}")
        step_by_step._derived_here = False
        derived: list[object] = []
        monkeypatch.setattr(news, "derive_findings", derived.append)
        step_by_step.add(MARKET[1])
        assert not derived
        assert not step_by_step.unfinished
        assert dump_nquads(step_by_step.store) == dump_nquads(all_at_once.store)


def test_changed_record_takes_the_place_of_its_former_self(empty: Collection) -> None:
    record = load_record(MARKET[0])
    names = empty.add(record, MARKET[1])
    counts = empty.info()
    assert empty.add(without_last_statement(record)) == names[:1]
    assert empty.info()["articles"] == 2
    assert empty.info()["statements"] == counts["statements"] - 1
    with musnad.open() as anew:
        anew.add(without_last_statement(record), MARKET[1])
        assert empty.quads(vocabulary=True) == anew.quads(vocabulary=True)
    assert empty.info()["kept_readings"] == 2


def test_another_text_is_another_version(empty: Collection) -> None:
    record = load_record(MARKET[0])
    empty.add(record, replace(record, text=record.text + "\n"))
    assert empty.info()["articles"] == 2


def broken(record: Record) -> Record:
    statement = record.statements[0]
    claim = replace(
        statement.claims[0],
        proposition=replace(statement.claims[0].proposition, predicate="security:vanishes"),
    )
    return replace(
        record, statements=(replace(statement, claims=(claim,)), *record.statements[1:]), outlet="Other"
    )


def shifted(record: Record) -> Record:
    """Give a record that only its shapes and checks can refuse, since no file was read."""
    statement = record.statements[0]
    content = replace(statement.content, start=statement.content.start + 1, end=statement.content.end + 1)
    return replace(record, statements=(replace(statement, content=content), *record.statements[1:]))


@pytest.mark.parametrize("breaks", [broken, shifted])
def test_one_invalid_record_among_several_leaves_the_store_as_it_was(
    empty: Collection, breaks: Callable[[Record], Record]
) -> None:
    empty.add(MARKET[0])
    before = dump(empty)
    with pytest.raises(InvalidRecord) as caught:
        empty.add(SEED, breaks(load_record(MARKET[1])), without_last_statement(load_record(MARKET[0])))
    assert caught.value.problems
    assert dump(empty) == before


def test_unreadable_path_leaves_the_store_as_it_was(empty: Collection, tmp_path: Path) -> None:
    empty.add(MARKET[0])
    before = dump(empty)
    with pytest.raises(UnreadableRecord):
        empty.add(SEED, tmp_path / "missing.json")
    assert dump(empty) == before


def test_two_readings_of_one_article_are_refused() -> None:
    record = load_record(MARKET[0])
    with musnad.open() as empty:
        with pytest.raises(InvalidRecord, match="reads the same article"):
            empty.add(record, without_last_statement(record))
        assert empty.store.count() == 0


# --- opening and closing ----------------------------------------------------------------------------


def test_folder_keeps_what_was_put_in(tmp_path: Path) -> None:
    with musnad.open(tmp_path / "a.musnad") as empty:
        empty.add(MARKET[0])
        before = dump(empty)
        with pytest.raises(StoreLocked):
            musnad.open(tmp_path / "a.musnad")
    with musnad.open(str(tmp_path / "a.musnad")) as empty:
        assert dump(empty) == before
    with pytest.raises(StoreClosed):
        empty.info()


def test_open_refuses_a_folder_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(NotAStore):
        musnad.open(tmp_path)


def test_connect_needs_somebody_who_answers() -> None:
    with pytest.raises(EndpointUnreachable):
        musnad.connect("http://127.0.0.1:9").info()


# --- asking ------------------------------------------------------------------------------------------


def test_every_store_gives_the_same_answers(empty: Collection, market: Collection) -> None:
    empty.add(*MARKET)
    assert empty.findings() == market.findings()
    assert empty.claims() == market.claims()
    assert empty.statements() == market.statements()
    assert empty.query("conflicts") == market.query("conflicts")
    claim = market.claims()[0]
    assert empty.claim(claim.iri).provenance() == market.claim(claim.iri).provenance()
    assert empty.quads(vocabulary=True) == market.quads(vocabulary=True)


def test_each_claim_is_listed_once_however_its_source_is_spelled(market: Collection) -> None:
    names = market.sparql(
        "PREFIX m: <https://w3id.org/musnad#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?s (COUNT(DISTINCT ?label) AS ?n) { ?s a m:Source ; rdfs:label ?label } GROUP BY ?s"
    )
    assert any(row["n"] > 1 for row in names), "no source is spelled in two ways: this test shows nothing"
    claims = [claim.iri for claim in market.claims()]
    statements = [row["statement"] for row in market.statements()]
    counts = market.info()
    assert len(claims) == len(set(claims)) == counts["claims"]
    assert len(statements) == len(set(statements)) == counts["statements"]
    for finding in market.findings():
        assert len({claim.iri for claim in finding.claims}) == len(finding.claims)


def test_findings_are_agreements_conflicts_and_the_rest(seed: Collection) -> None:
    kinds = {finding.kind.split("/")[0] for finding in seed.findings()}
    assert kinds == {"agreement", "conflict", "tension", "non-conflict"}
    assert {finding.kind.split("/")[0] for finding in seed.agreements()} == {"agreement"}
    assert {finding.kind.split("/")[0] for finding in seed.conflicts()} == {"conflict", "tension"}
    assert {finding.kind for finding in seed.findings("conflict/place")} == {"conflict/place"}
    assert seed.findings("conflict/pla") == []


def test_sparql_sees_the_union_of_graphs(seed: Collection) -> None:
    table = seed.sparql(f"SELECT (COUNT(?c) AS ?claims) WHERE {{ ?c a <{M('Claim')}> }}")
    assert list(table) == [{"claims": 35}]
    with pytest.raises(InvalidQuery):
        seed.sparql("SELECT nonsense")


def test_query_takes_parameters_by_name(seed: Collection) -> None:
    everything, one = seed.query("claims-about"), seed.query("claims-about", name="Erbil")
    assert 0 < len(one) < len(everything)
    with pytest.raises(UnknownQuery):
        seed.query("claims-abuot")
    with pytest.raises(UnknownParameter):
        seed.query("claims-about", colour="red")


# --- one claim ---------------------------------------------------------------------------------------


def test_provenance_runs_from_the_triple_to_the_characters(seed: Collection) -> None:
    article = (SEED / "article.txt").read_bytes().decode()
    for claim in seed.claims():
        provenance = seed.claim(claim.iri).provenance()
        assert article[claim.start : claim.end] == claim.quote
        assert claim.quote in provenance.content
        assert article[claim.start - len(provenance.prefix) : claim.start] == provenance.prefix
        assert article[claim.end : claim.end + len(provenance.suffix)] == provenance.suffix
        assert [hand.depth for hand in provenance.hands] == list(range(len(provenance.hands)))
        assert provenance.hands[0].agent == claim.source
        assert provenance.hands[-1].role == "publisher"
        assert {*provenance.agreeing, *provenance.conflicting} <= set(provenance.findings)
        assert all(claim in finding.claims for finding in provenance.findings)
        assert provenance.wording.en
        assert provenance.wording.ar


def test_provenance_tells_who_read_it_when(seed: Collection) -> None:
    provenance = seed.claim("s3c4").provenance()
    record = load_record(SEED / "record.json")
    assert (provenance.read_by, str(provenance.read_on)) == (record.review.by, record.review.date)
    assert (provenance.language, provenance.url, provenance.title) == (record.lang, record.url, record.title)
    assert provenance.confidence == 1.0


def test_provenance_shows_the_relay_and_the_reason(market: Collection) -> None:
    relayed = [market.claim(claim.iri).provenance() for claim in market.claims()]
    roles = {tuple(hand.role for hand in provenance.hands) for provenance in relayed}
    assert ("speaker", "publisher") in roles
    assert any("relay" in hands for hands in roles)


def test_claim_of_two_articles_needs_the_article(market: Collection) -> None:
    with pytest.raises(AmbiguousClaim) as caught:
        market.claim("s1c1")
    listed = [line.split()[0] for line in caught.value.remedy.splitlines()[1:]]
    assert len(listed) == 2
    assert [market.claim(name).claim.article_id for name in listed] == [name.split(":")[0] for name in listed]
    with pytest.raises(UnknownClaim):
        market.claim("nobody said this")


def test_claim_of_one_quote_is_found_by_any_spelling(seed: Collection) -> None:
    claim = seed.claim("s13c3").claim
    assert seed.claim(claim.quote.replace("إ", "ا").replace("أ", "ا")).claim == claim


# --- taking out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [None, "turtle", "trig", "nquads"])
def test_export_is_read_by_rdflib(seed: Collection, tmp_path: Path, form: str | None) -> None:
    path = seed.export(tmp_path / "news.ttl" if form is None else tmp_path / "news", form)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=form or "turtle")
    claims = set(dataset.subjects(rdflib.RDF.type, rdflib.URIRef(M("Claim"))))
    assert len(claims) == 35
    first = path.read_bytes()
    assert seed.export(path, form or "turtle").read_bytes() == first


def test_export_of_another_form_is_refused(seed: Collection, tmp_path: Path) -> None:
    with pytest.raises(UnknownForm):
        seed.export(tmp_path / "news.pdf")
    assert list(tmp_path.iterdir()) == []


def test_graph_is_everything_as_rdflib(seed: Collection) -> None:
    dataset = seed.graph()
    assert sum(1 for _ in dataset.quads()) == seed.store.count()
    answer = dataset.query(f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{M('Claim')}> }}")
    assert [str(binding[rdflib.Variable("n")]) for binding in answer.bindings] == ["35"]


def test_quads_leave_out_what_is_not_asked_for(seed: Collection) -> None:
    def graphs(**options: bool) -> set[str]:
        return {
            str(quad.graph_name).strip("<>").rpartition("/graph/")[2].split("/")[0]
            for quad in seed.quads(**options)
        }

    assert graphs() == {"article", "findings", "digests"}
    assert graphs(findings=False) == {"article"}
    assert graphs(vocabulary=True) == {"article", "findings", "digests", "vocabulary"}


def test_record_written_to_a_file_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(dump_record(load_record(SEED / "record.json")), encoding="utf-8")
    with musnad.open() as one, musnad.open() as other:
        one.add(tmp_path)
        other.add(SEED)
        assert dump(one) == dump(other)


def test_draft_does_not_take_the_place_of_a_reviewed_reading() -> None:
    reviewed = load_record(SEED / "record.json")
    draft = replace(reviewed, review=replace(reviewed.review, status="draft"))
    with musnad.open() as empty:
        empty.add(draft)
        empty.add(reviewed)
        before = empty.quads()
        with pytest.raises(ReviewedReading, match="M503"):
            empty.add(draft)
        assert empty.quads() == before
