"""The report: a reader's words, severities, what was met; and what validation makes of whole graphs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.errors import InvalidQueryFile, UnstorableQuad
from musnad.graph.mapping import map_record
from musnad.graph.store import open_store
from musnad.graph.vocabulary import Vocabulary, load_vocabulary
from musnad.record import Record, load_record
from musnad.resources import data_folder
from musnad.terms import FINDINGS_GRAPH, VOCABULARY_GRAPH, M
from musnad.validation import Report, checks, validate, validate_store

from .conftest import EXAMPLE, GRAPH, list_cases

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def seed() -> Record:
    return load_record(SEEDS / "shafaq-2025-10-11" / "record.json")


def report_of(folder: str, why: str) -> Report:
    case = next(case for case in list_cases(folder) if case.name == why)
    return validate(case.quads())


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*/record.json")), ids=lambda path: path.parent.name)
def test_reviewed_record_gives_no_results(path: Path) -> None:
    report = validate(map_record(load_record(path)))
    assert report.problems() == []
    assert report.conforms
    assert report.met[M("ClaimShape")] >= 25


def test_vocabulary_gives_no_results() -> None:
    report = validate(load_vocabulary().quads)
    assert report.problems() == []
    assert report.met[M("PredicateShape")] > 50


def test_problem_names_the_claim_and_what_to_do_in_english() -> None:
    report = report_of("claim", "invalid.modality-unknown")
    assert not report.conforms
    assert str(report.problems()[0]) == (
        "claim claim-number: This claim has no modality, several, or an unknown one. "
        "Choose asserted, planned, possible or undetermined in “modality”. Found: m:future"
    )


def test_problem_speaks_arabic_where_asked() -> None:
    problem = report_of("claim", "invalid.polarity-missing").problems("ar")[0]
    assert problem.where == "الادعاء claim-number"
    assert problem.what.startswith("هذا الادعاء لا يثبت قضيته ولا ينفيها")


@pytest.mark.parametrize(
    ("folder", "why", "where"),
    [
        ("claim", "invalid.two-predicates", "claim claim-number, proposition"),
        ("claim", "invalid.phase-zero", "claim claim-number, slot"),
        ("statement", "invalid.depth-missing", "statement statement, hand in the chain"),
        ("statement", "invalid.words-empty", "statement statement, cue"),
        ("check/span-differs-from-text", "invalid.piece-changed", "statement statement, piece"),
        ("value", "invalid.two-upper-bounds", "mention mention-number, quantity"),
        ("value", "invalid.level-out-of-range", "place ardun"),
        ("source", "invalid.kind-missing", "source Rana Saleh"),
        ("article", "invalid.day-of-reading-missing", "the reading"),
    ],
)
def test_result_is_placed_where_a_reader_would_look(folder: str, why: str, where: str) -> None:
    places = {result.where.en for result in report_of(folder, why).results}
    assert where in places


def test_results_come_gravest_first() -> None:
    case = next(case for case in list_cases("recommended") if case.name == "warning.place-nowhere")
    broken = [quad for quad in case.quads() if quad.predicate.value != M("polarity")]
    severities = [result.severity for result in validate(broken).results]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)
    assert set(severities) == {"violation", "info"}


def test_warnings_do_not_refuse() -> None:
    report = report_of("recommended", "warning.source-not-named-in-arabic")
    assert report.conforms
    assert report.problems(severity="violation") == []
    assert [problem.where for problem in report.problems()] == ["source Rana Saleh"]


def test_article_that_says_nothing_is_warned_of(seed: Record) -> None:
    report = validate(map_record(replace(seed, statements=())))
    assert report.conforms
    unmet = {result.shape for result in report.results if result.severity == "warning"}
    assert {M("StatementShape"), M("ClaimShape"), M("PropositionShape")} <= unmet
    assert report.met[M("ClaimShape")] == 0
    assert all(result.where.en == "article shafaq-2025-10-11" for result in report.results)


def test_misspelled_class_does_not_conform_in_silence() -> None:
    case = list_cases("claim")[0]
    claim, typo = ox.NamedNode(M("Claim")), ox.NamedNode(M("Claims"))
    quads = [
        ox.Quad(quad.subject, quad.predicate, typo if quad.object == claim else quad.object, GRAPH)
        for quad in case.quads()
    ]
    shapes = {result.shape for result in validate(quads).results}
    assert {M("ClaimShape"), "term-undeclared"} <= shapes


def test_two_articles_may_name_one_entity_differently(seed: Record) -> None:
    def renamed(article: str, name: str) -> Record:
        entity = replace(seed.entities[0], id=name, labels=replace(seed.entities[0].labels, en=name))
        return replace(
            seed,
            article=article,
            text=f"{seed.text} ",
            entities=(entity,),
            statements=(),
            quantities=(),
            dates=(),
            places=(),
            alignments=(),
            sources=seed.sources[3:],
        )

    other = replace(renamed("other", "other"), text=f"{seed.text}\n")
    report = validate([*map_record(renamed("one", "one")), *map_record(other)])
    assert report.conforms
    assert {result.where.en for result in report.results} == {"article one", "article other"}


def test_places_in_several_articles_name_the_article(seed: Record) -> None:
    other = replace(seed, article="other", text=seed.text, url="https://example.org/other")
    quads = [
        quad
        for quad in [*map_record(seed), *map_record(other)]
        if quad.predicate.value != M("polarity") or "/claim/" not in str(quad.subject)
    ]
    places = {result.where.en.partition(", ")[0] for result in validate(quads).results}
    assert places == {"article shafaq-2025-10-11", "article other"}


def test_store_is_validated_as_its_quads_are(seed: Record) -> None:
    quads = [quad for quad in map_record(seed) if quad.predicate.value != M("mode")]
    with open_store() as store:
        store.replace({str(quads[0].graph_name).strip("<>"): quads})
        without_vocabulary = validate_store(store)
        store.replace({VOCABULARY_GRAPH: load_vocabulary().quads})
        report = validate_store(store)
    assert without_vocabulary.results == report.results == validate(quads).results
    assert len(report.results) == len(seed.statements)


def test_findings_are_held_against_their_own_shapes() -> None:
    findings = ox.NamedNode(FINDINGS_GRAPH)
    case = next(case for case in list_cases("finding") if case.name == "invalid.kind-unknown")
    articles = list_cases("claim")[0].quads()
    quads = [ox.Quad(quad.subject, quad.predicate, quad.object, findings) for quad in case.quads()]
    shapes = [result.shape for result in validate([*articles, *quads]).results]
    assert M("FindingShape-findingKind") in shapes
    assert M("ArticleShape") not in shapes


def test_quad_in_no_named_graph_is_refused() -> None:
    quad = ox.Quad(ox.NamedNode(EXAMPLE), ox.NamedNode(M("text")), ox.Literal("قال"))
    with pytest.raises(UnstorableQuad, match="no named graph"):
        validate([quad])


def test_node_without_iri_is_reported_like_any_other() -> None:
    report = report_of("claim", "invalid.claim-without-iri")
    assert [result.shape for result in report.results] == [M("ClaimShape")]
    assert report.results[0].where.en == "claim claim-number"


def test_fault_of_the_vocabulary_is_named_by_its_term(seed: Record) -> None:
    term = ox.NamedNode(M("misspelled"))
    vocabulary = load_vocabulary()
    stray = ox.Quad(term, ox.NamedNode(M("entals")), term, ox.NamedNode(VOCABULARY_GRAPH))
    broken = replace(vocabulary, quads=(*vocabulary.quads, stray))
    places = {result.where.en for result in validate(map_record(seed), vocabulary=broken).results}
    assert places == {"m:misspelled"}


def test_check_without_a_severity_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (data_folder("queries") / "check" / "severities.tsv").read_text(encoding="utf-8")
    path = tmp_path / "check" / "severities.tsv"
    path.parent.mkdir()
    path.write_text(text.replace("speaker-differs\tviolation\n", ""), encoding="utf-8")
    monkeypatch.setattr(checks, "data_folder", lambda _: tmp_path)
    with pytest.raises(InvalidQueryFile, match="differ: speaker-differs"):
        checks.load_checks.__wrapped__()
    path.write_text(text.replace("speaker-differs\tviolation", "speaker-differs\tgrave"), encoding="utf-8")
    with pytest.raises(InvalidQueryFile, match="differ"):
        checks.load_checks.__wrapped__()


def test_vocabulary_may_be_given(seed: Record) -> None:
    empty = Vocabulary((), {})
    shapes = {result.shape for result in validate(map_record(seed), vocabulary=empty).results}
    assert {"predicate-undeclared", "term-undeclared"} <= shapes
