"""Whose death, which visit, and what is only taken for granted."""

from __future__ import annotations

from datetime import date

import pytest

from musnad.meaning.frames import Content, find_propositions
from musnad.meaning.values import find_values
from musnad.text.folding import fold

DAY = date(2025, 10, 11)  # a Saturday


def read(text: str, *said: str, clause: bool = True, denied: int = -1) -> list[list[str]]:
    """Give in short the propositions of each stretch of the text that somebody says."""
    folded = fold(text)
    contents = []
    for number, words in enumerate(said or (text,)):
        start = text.index(words)
        contents.append(
            Content(start, start + len(words), "Alpha Beta", denied=number == denied, clause=clause)
        )
    found = find_propositions(folded, find_values(folded, published=DAY), contents, published=DAY)
    return [[str(one) for one in each if "happens |" in str(one)] for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "The blast damaged homes in Gao.",
        "The train crash is a moment of tears.",
        "Police have searched Gao since the attack.",
        "Theft of the weapons has led to more of them.",
        "مقتل محمد الحداد ضربة للتنظيم",
        "الانفجار أحدث دويا في غاو",
        "الشرطة تبحث في غاو منذ الهجوم",
    ],
)
def test_what_is_taken_for_granted_is_not_said(text: str) -> None:
    assert read(text) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "The deadly crash happened in Gao.",
        "A crash in Gao killed people.",
        "المحادثات بين تشاد والنيجر بدأت",
        "انفجار وقع في غاو",
    ],
)
def test_what_is_said_to_happen_is_said(text: str) -> None:
    assert [len(each) for each in read(text)] == [1]


def test_a_noun_governed_by_its_cue_is_said() -> None:
    assert read("مقتل محمد الحداد في غاو", clause=False) == [
        ["killing of محمد الحداد | general:happens | affirmed | asserted"]
    ]


def test_whoever_takes_for_granted_what_another_denies_takes_a_side() -> None:
    one, two = "talks between Sudan and Mali", "The talks between Sudan and Mali were useful"
    text = f"Sudan denied {one}. {two}, Mali said."
    (denied, granted) = read(text, one, two, denied=0)
    assert granted == ["talks of Mali and Sudan | general:happens | affirmed | asserted"]
    assert denied == granted  # the cue's denial comes on top


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Salim Haddad is in Gao. The son of Salim Haddad was killed.", "son of Salim Haddad"),
        ("The son of the group's leader Salim Haddad was killed.", "son of Salim Haddad"),
        ("Karim Masri, son of Salim Haddad, was killed. Karim Masri was killed.", "son of Salim Haddad"),
        ("Salim Haddad, the leader of the group, fled. The leader was killed.", "Salim Haddad"),
        ("قتل نجل زعيم التنظيم محمد الحداد في غاو", "son of محمد الحداد"),
        ("قتل نجل محمد الحداد في غاو. وتحدث عن مكان آخر. مقتله وقع في غاو", "son of محمد الحداد"),
        ("قتل نجل محمد الحداد. قتل محمد الحداد الذي أعلن مقتله سابقا", "محمد الحداد"),
        ("زعيم التنظيم محمد الحداد مريض. زعيم التنظيم ما زال على قيد الحياة", "محمد الحداد"),
    ],
)
def test_whose_death_it_is(text: str, who: str) -> None:
    (found,) = read(text)
    assert found
    assert found[-1].startswith(f"killing of {who} | ")


def test_a_leader_is_nobody_where_two_are_named() -> None:
    text = "Salim Haddad, the leader of one group, met Karim Masri, the leader of one. The leader was killed."
    assert not [one for one in read(text)[0] if "killing" in one]


def test_what_is_still_being_verified_is_open() -> None:
    assert read("قتل محمد الحداد. الوزارة تواصل التحقق من مقتله") == [
        [
            "killing of محمد الحداد | general:happens | affirmed | asserted | past",
            "killing of محمد الحداد | general:happens | affirmed | undetermined",
        ]
    ]


def test_an_old_visit_is_another_visit() -> None:
    new, old = "Sudan violated the airspace of Mali on Friday", "Sudan violated the airspace of Mali"
    text = f"{new}. Tensions rose on 24 November 2024. It had complained that {old} then."
    first, second = new, text[text.index("that ") + 5 : -1]
    assert read(text, first, second) == [
        ["violation of the airspace of Mali | general:happens | affirmed | asserted | past"],
        ["violation of the airspace of Mali (2024-11) | general:happens | affirmed | asserted | past"],
    ]
