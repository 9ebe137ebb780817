"""Every way in which a record can contradict its article or itself, each by one change to a small record."""

from __future__ import annotations

import ast
import inspect
import sys
from typing import Any

import pytest

from musnad.errors import InvalidRecord, Problem
from musnad.record import checks
from record.small_record import TEXT, changed, read, small_record

CLAIM = "statements/1/claims/1"
PROPOSITION = f"{CLAIM}/proposition"
# ruff: noqa: E501 - one case a line
# One change to the small record, where the problem is placed, and words that tell what is wrong.
CASES: dict[str, tuple[str, Any, str, str]] = {
    "no such day": ("date", "2026-02-30", "the article", "2026-02-30 is not a day of the calendar"),
    "no such review day": ("review/date", "2026-13-01", "the review", "not a day of the calendar"),
    "no such anchor": ("dates/0/anchor", "2026-00-10", "date d1, anchor", "not a day of the calendar"),
    "no such alignment day": ("alignments/0/valid_from", "2026-01-32", "alignment a1", "not a day"),
    "source twice": (
        "sources/+", {"canonical": "Delta", "kind": "office"}, "source Delta", "this source is given 2 times"),
    "entity twice": (
        "entities/+", {"id": "samra", "type": "entity", "name": "x"}, "entity samra", "is given 2 times"),
    "statement twice": ("statements/1/id", "s1", "statement s1", "this statement is given 2 times"),
    "claim twice": (f"{CLAIM}/id", "s1c1", "claim s1c1", "this claim is given 2 times"),
    "one name for two mentions": ("dates/0/id", "q1", "mention q1", "this mention is given 2 times"),
    "alignment twice": (
        "alignments/+", {"id": "a1", "left": "samra", "relation": "same", "right": "north-camp", "author": "x",
                         "note": "x"}, "alignment a1", "this alignment is given 2 times"),
    "behalf of nobody": (
        "sources/0/behalf_of", "police", "source Ali Hadi, behalf_of", "'police' is not among the record's entities"),
    "outlet of another kind": (
        "sources/3/kind", "organisation", "source River Post", "this is the outlet, and its kind is organisation"),
    "one source in two spellings": (
        "sources/+", {"canonical": "Ali\u0640 Hadi", "kind": "office"},
        "source Ali Hadi", "2 sources are the office of this name"),
    "unknown parent": ("entities/1/within", ["atlantis"], "entity north-camp, within", "'atlantis' is not among"),
    "place within itself": ("entities/2/within", ["north-camp"], "entity north-camp", "it lies within itself"),
    "no such day of an event": (
        "entities/+", {"id": "x", "type": "event", "name": "x", "day": "2026-02-29"}, "entity x, day", "not a day"),
    "event within a force": (
        "entities/+", {"id": "x", "type": "event", "name": "x", "within": ["guards"]}, "entity x, within",
        "an event lies within places, and 'guards' is of type force"),
    "event within nothing known": (
        "entities/+", {"id": "x", "type": "event", "name": "x", "within": ["atlantis"]}, "entity x, within",
        "'atlantis' is not among"),
    "place on a day": (
        "entities/2/day", "2026-02-01", "entity samra", "only an event has a `kind` or a `day`, and its type is place"),
    "force of a kind": (
        "entities/0/kind", "general:Incident", "entity guards", "only an event has a `kind` or a `day`"),
    "one entity in two spellings": (
        "entities/+", {"id": "x", "type": "force", "name": "Camp Guards"}, "entity guards",
        "2 entities are the force of the name camp guards"),
    "unknown source": (
        "statements/0/source/canonical", "Nobody", "statement s1", "'Nobody' is not among the record's sources"),
    "source of two kinds": (
        "statements/0/source/kind", "anonymous", "statement s1, source", "Ali Hadi is anonymous here and office"),
    "unknown relay": (
        "statements/0/via/0/agent", "Gamma", "statement s1, via 1", "'Gamma (organisation)' is not among"),
    "wrong offset": (
        "statements/0/content", {"text": "Two camps", "start": 1, "end": 10}, "statement s1, content",
        "at 1-10 the article has 'wo camps ', the record 'Two camps'"),
    "offset past the end": (
        "places/0", {"id": "p1", "text": "Samra", "name_en": "Samra", "start": 900, "end": 905}, "place p1",
        "at 900-905 the article has ''"),
    "reversed offsets": (
        "statements/0/cue", {"text": "told", "start": 9, "end": 4}, "statement s1, cue", "at 9-4 the article has ''"),
    "pieces out of order": (
        "statements/0/content", {"text": TEXT[:32], "spans": [[4, 32], [0, 3]]},
        "statement s1, content", "its pieces do not run in order"),
    "pieces that overlap": (
        "statements/0/content", {"text": TEXT[:32], "spans": [[0, 5], [5, 32]]},
        "statement s1, content", "its pieces do not run in order"),
    "pieces short of the end": (
        "statements/0/content", {"text": TEXT[:32], "spans": [[0, 3], [4, 30]]},
        "statement s1, content", "its pieces do not run in order"),
    "evidence of another statement": (
        f"{CLAIM}/evidence", {"text": "Two camps", "start": 0, "end": 9}, "claim s2c2",
        "its evidence lies outside the statement's content"),
    "value of what is undetermined": (
        f"{CLAIM}/modality", "undetermined", "claim s2c2", "what is undetermined has no value"),
    "unknown entity": (f"{PROPOSITION}/subject", "soldiers", "claim s2c2", "'soldiers' is not among"),
    "unknown scope": (f"{PROPOSITION}/place", "nowhere", "claim s2c2", "'nowhere' is not among"),
    "no term": (f"{PROPOSITION}/object", "security:two words", "claim s2c2", "is no term of a domain"),
    "unknown quantity": (
        "statements/1/claims/0/proposition/quantity", "q9", "claim s2c1", "'q9' is not among the record's quantities"),
    "unknown date": (f"{PROPOSITION}/time", "d9", "claim s2c2", "'d9' is not among the record's dates"),
    "two values": (f"{PROPOSITION}/quantity", "q1", "claim s2c2", "it gives more than one value"),
    "closed list without members": (
        "statements/1/claims/0/proposition/closed", True, "claim s2c1", "a closed list needs members"),
    "unit beside a quantity": (
        "statements/1/claims/0/proposition/unit", "person", "claim s2c1", "it gives a unit beside a quantity"),
    "deadline without a time": (f"{PROPOSITION}/deadline", True, "claim s2c2", "a deadline needs a time"),
    "implication of an implication": (
        "statements/0/claims/0/proposition/implies",
        {"subject": "guards", "predicate": "general:implies",
         "implies": {"subject": "guards", "predicate": "general:aimsAt"}},
        "claim s1c1", "what is implied implies something in turn"),
    "problem of what is implied": (
        "statements/0/claims/0/proposition/implies", {"subject": "nobody", "predicate": "general:aimsAt"},
        "claim s1c1, implies", "'nobody' is not among"),
    "reversed interval": (
        "quantities/0/lower", 331, "quantity q1", "its interval is reversed: 331 is above 330"),
    "too large a number": (
        "quantities/0/value", 10**400, "quantity q1", "one of its numbers is larger or finer than engines compare"),
    "too fine a number": (
        "quantities/0/value", 1e-13, "quantity q1", "one of its numbers is larger or finer than engines compare"),
    "no bound": (
        "quantities/0", {"id": "q1", "text": "About 300", "kind": "approx", "value": 300, "unit": "person"},
        "quantity q1", "it has no bound"),
    "unknown place": ("places/0/entity", "atlantis", "place p1", "'atlantis' is not among the record's entities"),
    "no EDTF": ("dates/0/edtf", "May 2026", "date d1", "'May 2026' is not an EDTF date"),
    "interval that ends before it starts": (
        "dates/0/edtf", "2026-05/2026-04", "date d1", "is not an interval with its start before its end"),
    "day that no month has": ("dates/0/edtf", "2026-02-30", "date d1", "2026-02-30"),
    "no such month": ("dates/0/iso", "2026-13", "date d1", "2026-13 is not in the calendar"),
    "alignment of nothing": ("alignments/0/left", "atlantis", "alignment a1", "'atlantis' is not among"),
    "alignment with itself": ("alignments/0/right", "guards", "alignment a1", "it aligns a thing with itself"),
    "alignment without ground": (
        "alignments/0", {"id": "a1", "left": "guards", "relation": "same", "right": "samra", "author": "x"},
        "alignment a1", "it gives neither evidence nor note"),
    "wrong words of an alignment": (
        "alignments/0/evidence", {"text": "Two", "start": 4, "end": 7}, "alignment a1, evidence", "at 4-7"),
    "alignment that ends before it starts": (
        "alignments/0/valid_until", "2025-01-01", "alignment a1", "its time is reversed"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_problem_is_found_and_placed(case: str) -> None:
    path, value, where, words = CASES[case]
    with pytest.raises(InvalidRecord) as caught:
        read(changed(path, value))
    told = [(problem.where, problem.what) for problem in caught.value.problems]
    assert any(place == where and words in what for place, what in told), told
    assert all(problem.remedy for problem in caught.value.problems)


def test_small_record_has_no_problem() -> None:
    assert checks.find_problems(read(small_record())) == []


def test_every_problem_that_can_be_found_has_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """The places in the code that make a problem are those that the cases reach."""
    reached: set[int] = set()

    def note(where: str, what: str, remedy: str) -> Problem:
        frame = sys._getframe(1)
        reached.add(frame.f_lineno)
        if frame.f_code.co_name == "_unknown" and frame.f_back:
            reached.add(frame.f_back.f_lineno)
        return Problem(where, what, remedy)

    monkeypatch.setattr(checks, "Problem", note)
    for path, value, _, _ in CASES.values():
        with pytest.raises(InvalidRecord):
            read(changed(path, value))
    tree = ast.parse(inspect.getsource(checks))
    makers = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "_unknown")
    ]
    assert len(makers) > 20
    assert [lines.start for lines in makers if not reached & set(lines)] == []


def test_evidence_may_be_the_whole_content() -> None:
    data = small_record()
    data["statements"][1]["claims"][0]["evidence"] = dict(data["statements"][1]["content"])
    assert read(data).statements[1].claims[0].evidence == read(data).statements[1].content


def test_content_in_pieces_runs_from_the_first_to_the_last() -> None:
    whole = TEXT[:32]
    content = {"text": whole, "start": 0, "end": 32, "spans": [[0, 9], [10, 32]]}
    assert read(changed("statements/0/content", content)).statements[0].content.spans == ((0, 9), (10, 32))
