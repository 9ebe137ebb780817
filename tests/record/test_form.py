"""What breaks the form of a record is told in a reader's words, with its place."""

from __future__ import annotations

from typing import Any

import pytest

from musnad.errors import InvalidRecord
from record.small_record import DROP, changed, read, small_record


# ruff: noqa: E501 - one case a line
@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        ("outlet", DROP, "record", "`outlet` is missing. Add it."),
        ("text", DROP, "record", "the article's text is missing or given twice. Give `text` or `text_file`."),
        ("text_file", "a.txt", "record", "the article's text is missing or given twice."),
        ("outlet", "", "outlet", "this is empty or too short."),
        ("outlet", 7, "outlet", "7 is not a text. Write a text."),
        ("author", "x", "record", "`author` is not a key here. Remove it; known keys: alignments, article,"),
        ("it's", "x", "record", "`it's` is not a key here."),
        ("article", "with space", "article", '"with space" has the wrong form. It must match ^[A-Za-z0-9._-]+$.'),
        ("article", "line-end\n", "article", "has the wrong form."),
        ("date", "٢٠٢٥-١٠-١١", "date", "has the wrong form."),
        ("lang", "Arabic", "lang", "has the wrong form."),
        ("url", "news.example", "url", "has the wrong form."),
        ("review/status", "final", "review, status", "'final' is not a value here. Write: one of draft, reviewed."),
        ("statements/0/polarity", DROP, "statement s1", "`polarity` is missing. Add it: one of affirmed, denied."),
        ("statements/0/modality", DROP, "statement s1", "Add it: one of asserted, planned, possible, undetermined."),
        ("statements/0/cue", DROP, "statement s1", "`cue` is missing."),
        ("statements/0/cue", "told", "statement s1, cue", '"told" is not an object.'),
        ("statements/0/cue", {"start": 3}, "statement s1, cue", "`text` is missing."),
        ("statements/0/cue", {"text": "told", "at": 3}, "statement s1, cue", "`at` is not a key here."),
        ("statements/0/cue/start", -1, "statement s1, cue, start", "-1 is out of range. It must be at least 0."),
        ("statements/0/content/spans", [[0, 3]], "statement s1, content, spans", "this is empty or too short."),
        ("statements/0/via/0/agent", "", "statement s1, via 1, agent", "this is empty or too short."),
        ("statements/0/claims/0/polarity", DROP, "statement s1, claim s1c1", "`polarity` is missing."),
        ("statements/0/claims/0/proposition/phase", 0, "claim s1c1, proposition, phase", "0 is out of range."),
        ("statements/0/claims/0/proposition/predicate", "leaves", "proposition, predicate", "has the wrong form."),
        ("statements/0/claims/0/proposition/members", [], "proposition, members", "this is empty or too short."),
        ("statements/1/claims/0/extraction_confidence", 2, "extraction_confidence", "It must be at most 1."),
        ("statements/0/claims/0/rules", ["a", "a"], "claim s1c1, rules", "something is listed twice."),
        ("entities/0/id", "a:b", "entity a:b, id", "has the wrong form."),
        ("entities/1/within", "samra", "entity north-camp, within", '"samra" is not a list.'),
        ("quantities/0/value", "many", "quantity q1, value", '"many" is not a number or null.'),
        ("quantities/0/lower_open", "yes", "quantity q1, lower_open", "is not true or false."),
        ("quantities/0/policy", "ten percent", "quantity q1, policy", "has the wrong form."),
        ("sources/0/kind", "spokesman", "source Ali Hadi, kind", "Write: one of named-person, office,"),
        ("alignments/0/relation", "like", "alignment a1, relation", "Write: one of same, partOf."),
        ("statements/0", 5, "statements, 0", "5 is not an object."),
    ],
)  # fmt: skip
def test_broken_form_is_told_in_words(path: str, value: Any, where: str, words: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read(changed(path, value))
    (problem,) = caught.value.problems
    assert problem.where.endswith(where)
    assert words in str(problem)


@pytest.mark.parametrize("data", [[], None, 7, "record"])
def test_something_else_than_an_object_is_refused(data: Any) -> None:
    with pytest.raises(InvalidRecord, match="is not an object"):
        read(data)


def test_several_breaks_come_in_order_of_their_places() -> None:
    data = small_record()
    del data["statements"][1]["mode"]
    del data["statements"][0]["mode"]
    data["statements"][0]["claims"][0]["modality"] = "sure"
    with pytest.raises(InvalidRecord) as caught:
        read(data)
    assert [problem.where for problem in caught.value.problems] == [
        "statement s1",
        "statement s1, claim s1c1, modality",
        "statement s2",
    ]
