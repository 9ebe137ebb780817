from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from musnad.meaning.counted_nouns import KINDS_OF_PERSON
from musnad.meaning.quantities import QuantityMention, find_quantities
from musnad.terms import UNIT
from musnad.text.folding import fold


def quantities(text: str) -> tuple[QuantityMention, ...]:
    return find_quantities(fold(text))


@pytest.mark.parametrize(
    ("text", "words", "kind", "value", "unit"),
    [
        ("وصل 500 جندي.", "500", "exact", 500, "soldier"),
        ("وصل ١٬٢٠٠ جندي.", "١٬٢٠٠", "exact", 1200, "soldier"),
        ("وصل نحو 2000 جندي.", "نحو 2000", "approx", 2000, "soldier"),
        ("بقي أقل من 500 شخص.", "أقل من 500", "max", 500, "person"),
        ("لأكثر من ساعتين.", "أكثر من ساعتين", "min", 2, "hour"),
        ("قُتل شخصان على الأقل.", "شخصان على الأقل", "min", 2, "person"),
        ("قُتل اثنان على الأقل.", "اثنان على الأقل", "min", 2, ""),
        ("في قاعدتين عسكريتين كبيرتين.", "قاعدتين", "dual", 2, "base"),
        ("أقلعت طائرتي إف-15 أمس.", "طائرتي", "dual", 2, "aircraft"),
        ("أصيب عشرات المستشارين.", "عشرات", "vague", None, "adviser"),
        ("نزح عشرات الآلاف من السكان.", "عشرات الآلاف", "vague", None, ""),
        ("بلغت 4.2 مليار دولار.", "4.2 مليار", "exact", 4_200_000_000, "dollar"),
        ("بلغت ثلاثة ملايين ومئتي ألف دولار.", "ثلاثة ملايين ومئتي ألف", "exact", 3_200_000, "dollar"),
        ("وصل خمسة وعشرون ألفا.", "خمسة وعشرون ألفا", "exact", 25_000, ""),
        ("وصل ثلاثة عشر مسلحا.", "ثلاثة عشر", "exact", 13, "gunman"),
        ("بنسبة 12 في المئة.", "12 في المئة", "exact", 12, "percent"),
        ("بنسبة 12%.", "12%", "exact", 12, "percent"),
        ("زارها مرة واحدة.", "واحدة", "exact", 1, "time"),
        ("بكلفة مليون ونصف المليون دولار.", "مليون ونصف المليون", "exact", 1_500_000, "dollar"),
        ("A base of 2,500 troops.", "2,500", "exact", 2500, "soldier"),
        ("Losses of around $28 billion.", "around $28 billion", "approx", 28_000_000_000, "dollar"),
        ("Prices fell below $30 a barrel.", "below $30", "max", 30, "dollar per barrel"),
        ("At least five people died.", "At least five", "min", 5, "person"),
        ("Dozens of soldiers left.", "Dozens", "vague", None, "soldier"),
        ("Twenty-five trucks left.", "Twenty-five", "exact", 25, "lorry"),
        ("Half a million people fled.", "Half a million", "exact", 500_000, "person"),
        ("Two hundred and fifty tanks.", "Two hundred and fifty", "exact", 250, "tank"),
        ("It cost 10bn dollars.", "10bn", "exact", 10_000_000_000, "dollar"),
        ("Output of 1.2 million barrels per day.", "1.2 million", "exact", 1_200_000, "barrel per day"),
    ],
)
def test_quantity_is_read(text: str, words: str, kind: str, value: float | None, unit: str) -> None:
    (found,) = quantities(text)
    assert text[found.start : found.end] == found.text
    assert (found.text, found.kind, found.value, found.unit) == (words, kind, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "حلقت طائرة إف-15 وأخرى من طراز بي-52 ومقاتلة ميغ 29.",
        "القرار 2254 والمادة 140 والساعة 03:25.",
        "المرحلة الأولى والفرقة السابعة.",
        "أحد الموظفين وواحد منهم.",
        "يوم الاثنين في 11/10/2025، عام 2014.",
        "انتظره عدد من الرجال بعده.",
        "An F-16, the first of 4th quarter, at 3:30 p.m., Article 5.",
        "One of them; no one spoke; the one who left.",
        "See http://usat.ly/1T8dRzE or @user_99 #24.",
        "It was 2014.",
    ],
)
def test_what_is_no_quantity_is_left_out(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("برفقة أربعة إلى خمسة أشخاص.", 4, 5),
        ("كان ثلاثة أو خمسة مسلحين.", 3, 5),
        ("بين 3 و5 جنود.", 3, 5),
        ("من 10 إلى 13 ألف زائر.", 10_000, 13_000),
        ("It takes 5 to 10 million dollars.", 5_000_000, 10_000_000),
        ("Between 3 and 5 soldiers.", 3, 5),
        ("Some 3-5 soldiers.", 3, 5),
    ],
)
def test_range_is_two_bounds(text: str, low: float, high: float) -> None:
    first, second = quantities(text)
    assert [(first.kind, first.value), (second.kind, second.value)] == [("min", low), ("max", high)]


def test_change_from_one_number_to_another_is_no_range() -> None:
    found = quantities("ارتفع العدد من 5 إلى 10 جنود. The toll rose from 5 to 10.")
    assert [(mention.kind, mention.value) for mention in found] == [("exact", 5), ("exact", 10)] * 2


@pytest.mark.parametrize(
    ("text", "lower", "upper", "open_ends", "policy"),
    [
        ("نحو 2000 جندي", 1800, 2200, (False, False), "about"),
        ("أقل من 500 جندي", 0, 499, (False, False), "fewer-than"),
        ("أكثر من 500 جندي", 501, None, (False, False), "more-than"),
        ("ما لا يقل عن 500 جندي", 500, None, (False, False), "at-least"),
        ("ما لا يزيد على 500 جندي", 0, 500, (False, False), "at-most"),
        ("أقل من 500 كيلومتر", 0, 500, (False, True), "fewer-than"),
        ("أكثر من 3 ساعات", 3, None, (True, False), "more-than"),
        ("عشرات المستشارين", 20, 99, (False, False), "tens"),
        ("قاعدتين", 2, 2, (False, False), "dual"),
        ("dozens of advisers", 20, 99, (False, False), "tens"),
        ("several hundred advisers", 200, 999, (False, False), "hundreds"),
        ("tens of thousands of people", 20_000, 99_999, (False, False), "tens-of-thousands"),
    ],
)
def test_wording_becomes_the_interval_of_its_policy(
    text: str, lower: float, upper: float | None, open_ends: tuple[bool, bool], policy: str
) -> None:
    (found,) = quantities(text)
    assert (found.lower, found.upper, found.policy) == (lower, upper, policy)
    assert (found.lower_open, found.upper_open) == open_ends


def test_noun_gives_unit_and_role() -> None:
    killed, wounded = quantities("سقط 16 قتيلا و32 جريحا")
    assert [(found.unit, found.role, found.noun) for found in (killed, wounded)] == [
        ("person", "killed", "قتيلا"),
        ("person", "wounded", "جريحا"),
    ]


def test_two_times_of_one_count_are_two_quantities() -> None:
    before, after = quantities("كان يبلغ نحو 2000 جندي، سينخفض إلى أقل من 500 شخص")
    assert (before.value, before.kind, after.value, after.kind) == (2000, "approx", 500, "max")


def test_endless_magnitudes_stay_finite() -> None:
    for found in quantities("9 " + "مليون " * 300 + "9 " + "million " * 300 + "9" * 400):
        assert found.value is None or found.value < 1e31


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("يضم المعسكر نحو 300 ضابط ومستشار", "person"),
        ("يضم المعسكر نحو 300 ضابط", "soldier"),
        ("يضم المعسكر 300 ضابط وجندي", "soldier"),
        ("The camp holds 300 soldiers and advisers", "person"),
        ("The camp holds 300 soldiers and weapons", "soldier"),
    ],
)
def test_two_kinds_of_person_together_are_persons(text: str, unit: str) -> None:
    assert [mention.unit for mention in find_quantities(fold(text))] == [unit]


def test_kinds_of_person_are_those_of_the_ontology() -> None:
    units = rdflib.Graph().parse(Path(__file__).parents[2] / "ontology" / "units.ttl")
    person = rdflib.URIRef(UNIT("person"))
    narrower = {str(unit).removeprefix(UNIT) for unit in units.subjects(rdflib.SKOS.broader, person)}
    assert narrower == KINDS_OF_PERSON
