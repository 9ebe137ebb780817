"""What a statement says of an event: who acts where officials speak, who is mourned, what is brought up."""

from __future__ import annotations

from datetime import date

import pytest

from musnad.meaning.frames import Content, find_propositions
from musnad.meaning.values import find_values
from musnad.text.folding import fold

DAY = date(2025, 10, 11)  # a Saturday


def read(
    text: str,
    said: str = "",
    speaker: str = "Alpha Beta",
    *,
    clause: bool = True,
    denied: bool = False,
    mourned: bool = False,
) -> list[str]:
    start = text.index(said)
    end = start + len(said or text)
    content = Content(start, end, speaker, denied=denied, clause=clause, mourned=mourned)
    folded = fold(text)
    (found,) = find_propositions(folded, find_values(folded, published=DAY), [content], published=DAY)
    return [str(one) for one in found]


@pytest.mark.parametrize(
    ("text", "who"),
    [("نعت الحركة محمد الحداد", "محمد الحداد"), ("The group mourned Salim Haddad", "Salim Haddad")],
)
def test_who_is_mourned_is_dead(text: str, who: str) -> None:
    said = text[text.index(who) :]
    assert read(text, said, clause=False, mourned=True) == [
        f"killing of {who} | general:happens | affirmed | asserted"
    ]
    assert read(text, said, clause=False) == []


def test_officials_of_a_state_deny_what_the_state_would_do() -> None:
    for text, speaker in (
        ("نفى المسؤولون نشر متعاقدين في النيجر", "مسؤولون روسيون"),
        ("Officials denied the use of contractors in Niger", "Russian officials"),
    ):
        said = text[text.index("نشر" if speaker[0] > "z" else "use of") :]
        assert read(text, said, speaker, clause=False, denied=True) == [
            "use of contractors by Russia | general:happens | affirmed | asserted",
            "use of contractors by Russia | general:happensIn | Niger | affirmed | asserted",
        ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Salim Haddad was killed in an air strike.", ["air strike"]),
        ("Salim Haddad died of a heart attack.", ["illness"]),
        ("قتل محمد الحداد في اشتباكات مع الجيش", ["fighting"]),
        ("مقتل محمد الحداد كان بضربة جوية", ["air strike"]),
        ("Salim Haddad died on Friday.", []),
        ("قتل محمد الحداد. غارة وقعت بعد ذلك", []),
    ],
)
def test_what_somebody_died_of(text: str, said: list[str]) -> None:
    assert [one.split(" | ")[2] for one in read(text) if "isCausedBy" in one] == said


def test_other_attacks_are_not_the_one_told_of() -> None:
    text = "A blast hit Gao on Friday. Similar attacks happened in Gao."
    assert read(text, "Similar attacks happened in Gao") == []
    assert read(text.replace("Similar attacks", "Two attacks"), "Two attacks happened in Gao") != []
    arabic = "وقع هجوم في غاو الجمعة. هجوم آخر وقع في غاو"
    assert read(arabic, "هجوم آخر وقع في غاو") == []


def test_a_new_blast_is_brought_up_and_a_known_one_taken_for_granted() -> None:
    text = "A blast hit Gao on Friday. Windows broke in a blast in Gao."
    assert len(read(text, "Windows broke in a blast in Gao")) == 1
    assert read(text.replace("in a blast", "in the blast"), "Windows broke in the blast in Gao") == []


def test_who_carries_something_out_says_that_it_happened() -> None:
    assert read("A man carried out an attack near the market in Gao.") == [
        "event in Gao on 2025-10-11 | general:happens | affirmed | asserted"
    ]


@pytest.mark.parametrize("text", ["We demand an inquiry into it.", "نطالب بفتح تحقيق في الأمر"])
def test_who_speaks_may_call_for_it_in_so_many_words(text: str) -> None:
    assert [one.split(" | ")[1] for one in read(text)] == ["general:isCalledFor"]


def test_an_article_is_not_about_the_town_it_was_written_in() -> None:
    told = read("GAO (Agency) - Officials spoke. An attack in the town of Kidal killed six people.")
    assert all(one.startswith("event in Kidal") for one in told)
    assert told


@pytest.mark.parametrize(
    "text",
    [
        "عدد القتلى في الهجوم وصل إلى اثنين من الموظفين واثنين من المهاجمين",
        "The attack killed two employees and two gunmen",
    ],
)
def test_counts_that_make_up_the_whole_are_not_the_whole(text: str) -> None:
    assert not [one for one in read(text) if "killsNumber" in one]


def test_rescue_workers_are_no_rescue() -> None:
    assert read("Rescue workers arrived in Gao.") == []
    assert read("A rescue began in Gao.") != []


def test_what_one_believes_inside_ones_own_words_is_one_voice() -> None:
    text = "it believes Salim Haddad was killed."
    inner = Content(text.index("Salim"), len(text), "Alpha", clause=True)
    folded = fold(text)
    for speaker, counts in (("Alpha", [1, 0]), ("Beta", [0, 1])):
        outer = Content(0, len(text), speaker, clause=True)
        found = find_propositions(folded, find_values(folded, published=DAY), [outer, inner], published=DAY)
        assert [len(each) for each in found] == counts
