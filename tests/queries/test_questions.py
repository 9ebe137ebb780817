"""The competency questions: each has its query, and each query for people its question."""

from __future__ import annotations

import re

from musnad.graph.queries import find_query, list_queries
from musnad.resources import data_folder

FOR_PEOPLE = ("list", "trace", "compare")
ROW = re.compile(r"\| (CQ[0-9]+) \| (.+?) \| (.+?) \| \[([a-z/-]+)\]\(\.\./queries/\4\.rq\) \|")


def read_questions() -> dict[str, tuple[str, str, str]]:
    """Give the English wording, the Arabic wording and the query of every question, by its id."""
    text = (data_folder("ontology") / "questions.md").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| CQ")]
    matches = [ROW.fullmatch(row) for row in rows]
    assert None not in matches, (
        "a row of questions.md is not | id | question | السؤال | [folder/query](path) |"
    )
    found = {match[1]: (match[2], match[3], match[4]) for match in matches if match}
    assert len(found) == len(rows), "an id is used twice"
    return found


def test_ids_count_up_from_one() -> None:
    assert list(read_questions()) == [f"CQ{number + 1}" for number in range(len(read_questions()))]


def test_questions_and_queries_name_one_another() -> None:
    answered = {
        (question, f"{query.folder}/{query.name}")
        for query in list_queries()
        for question in query.header.answers
    }
    assert answered == {(question, query) for question, (_, _, query) in read_questions().items()}


def test_every_query_for_people_answers_a_question() -> None:
    assert [q.name for folder in FOR_PEOPLE for q in list_queries(folder) if not q.header.answers] == []


def test_questions_are_worded_as_their_queries_are() -> None:
    for english, arabic, query in read_questions().values():
        summary = find_query(query).header.summary
        assert (english, arabic) == (summary.en, summary.ar)
