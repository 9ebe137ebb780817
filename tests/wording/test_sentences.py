"""Claims in words, in both languages: values, times, scope, the stand taken, and the first article."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.graph.descriptions import Descriptions
from musnad.graph.mapping import map_record
from musnad.graph.wording import (
    Amount,
    Language,
    Moment,
    Name,
    Said,
    Wording,
    join_names,
    say_amount,
    say_claim,
    say_proposition,
    say_time,
)
from musnad.record import load_record

SEED = Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11" / "record.json"

PERSON = Name("person", en="person", ar="شخص")
BASE = Name("base", en="base", ar="قاعدة")
ADVISER = Name("adviser", en="adviser", ar="مستشار")
FORCES = Name("forces", en="the forces", ar="القوات")
NORTH = Name("north", en="the north", ar="الشمال")
LEAVE = Name("leaves", en="{subject} leave {value}", ar="{subject} تغادر {value}")
FAR_FROM = Name("d", en="{subject} is {value} from {role} in {place}", ar="{subject} {value} {role} {place}")
MARKET = Name("market", en="the market", ar="السوق")
PORT = Name("port", en="the port", ar="الميناء")


@pytest.mark.parametrize(
    ("amount", "english", "arabic"),
    [
        (Amount("exact", BASE, 1, 1, 1), "1 base", "قاعدة واحدة"),
        (Amount("dual", BASE, 2, 2, 2), "2 bases", "قاعدتين"),
        (Amount("exact", BASE, 3, 3, 3), "3 bases", "3 قواعد"),
        (Amount("exact", PERSON, 20, 20, 20), "20 persons", "20 شخصا"),
        (Amount("exact", BASE, 20, 20, 20), "20 bases", "20 قاعدة"),
        (Amount("exact", PERSON, 105, 105, 105), "105 persons", "105 أشخاص"),
        (Amount("approx", PERSON, 2000, 1800, 2200), "about 2,000 persons", "نحو 2000 شخص"),
        (Amount("max", PERSON, 500, 0, 499), "fewer than 500 persons", "أقل من 500 شخص"),
        (Amount("max", PERSON, 500, 0, 500), "at most 500 persons", "ما لا يزيد على 500 شخص"),
        (Amount("max", PERSON, 1.5, 0, 1.5, upper_open=True), "fewer than 1.5 persons", "أقل من 1.5 شخص"),
        (Amount("min", PERSON, 500, 501), "more than 500 persons", "أكثر من 500 شخص"),
        (Amount("min", PERSON, 500, 500), "at least 500 persons", "ما لا يقل عن 500 شخص"),
        (Amount("range", PERSON, None, 5, 10), "5 to 10 persons", "من 5 إلى 10 أشخاص"),
        (Amount("vague", ADVISER, None, 20, 99, policy="dozens"), "dozens of advisers", "عشرات المستشارين"),
        (Amount("vague", PERSON, None, 2, 19, policy="several"), "several persons", "عدة أشخاص"),
        (Amount("vague", PERSON, None, 20, 99, policy="own"), "20 to 99 persons", "من 20 إلى 99 شخصا"),
        (
            Amount("vague", PERSON),
            "an unknown number of persons",
            "عدد غير معروف من الأشخاص",
        ),
        (Amount("exact", Name("gunship"), 4, 4, 4), "4 gunships", "4 gunship"),
        (
            Amount("exact", Name("dollar", en="US dollar", ar="دولار أمريكي"), 2, 2, 2),
            "2 US dollars",
            "2 دولار أمريكي",
        ),
    ],
)
def test_amounts_are_said_as_they_were_put(amount: Amount, english: str, arabic: str) -> None:
    assert (say_amount(amount, "en"), say_amount(amount, "ar")) == (english, arabic)


@pytest.mark.parametrize(
    ("moment", "english", "arabic"),
    [
        (Moment("2026-09"), "in September 2026", "في أيلول/سبتمبر 2026"),
        (Moment("2026-09", deadline=True), "by September 2026", "بحلول أيلول/سبتمبر 2026"),
        (Moment("2025-10-11"), "on 11 October 2025", "في 11 تشرين الأول/أكتوبر 2025"),
        (Moment("2025-10-01", deadline=True), "by 1 October 2025", "بحلول 1 تشرين الأول/أكتوبر 2025"),
        (Moment("2014"), "in 2014", "في عام 2014"),
        (Moment("2014-XX"), "in 2014", "في عام 2014"),
        (Moment("2014-06-XX"), "in June 2014", "في حزيران/يونيو 2014"),
        (Moment("2014-21"), "in spring 2014", "في ربيع 2014"),
        (Moment("199X"), "in the 1990s", "في عقد 1990"),
        (Moment("2014~"), "in about 2014", "في نحو عام 2014"),
        (Moment("2014-06?"), "perhaps in June 2014", "ربما في حزيران/يونيو 2014"),
        (Moment("2014/2016-05"), "from 2014 to May 2016", "من عام 2014 إلى أيار/مايو 2016"),
        (Moment("../2026-09"), "until September 2026", "حتى أيلول/سبتمبر 2026"),
        (Moment("2026-09/.."), "from September 2026 on", "ابتداء من أيلول/سبتمبر 2026"),
        (Moment("Y-17E7"), "in Y-17E7", "في Y-17E7"),
        (Moment(tense="past"), "in the past", "في الماضي"),
        (Moment(tense="present"), "", ""),
    ],
)
def test_times_are_said_with_their_preposition(moment: Moment, english: str, arabic: str) -> None:
    assert (say_time(moment, "en"), say_time(moment, "ar")) == (english, arabic)


@pytest.mark.parametrize(
    ("names", "english", "arabic"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A وB"),
        (["A", "B", "C"], "A, B and C", "A وB وC"),
    ],
)
def test_lists_are_joined(names: list[str], english: str, arabic: str) -> None:
    assert (join_names(names, "en"), join_names(names, "ar")) == (english, arabic)


@pytest.mark.parametrize(
    ("polarity", "modality", "english", "arabic"),
    [
        ("affirmed", "asserted", "the forces leave the port", "القوات تغادر الميناء"),
        (
            "affirmed",
            "planned",
            "it is planned that the forces leave the port",
            "من المخطط أن القوات تغادر الميناء",
        ),
        (
            "affirmed",
            "possible",
            "it is possible that the forces leave the port",
            "من الممكن أن القوات تغادر الميناء",
        ),
        (
            "affirmed",
            "undetermined",
            "it is not settled whether the forces leave the port",
            "لم يُحسم هل القوات تغادر الميناء",
        ),
        ("denied", "asserted", "it is denied that the forces leave the port", "يُنفى أن القوات تغادر الميناء"),
        (
            "denied",
            "planned",
            "it is denied that the forces leave the port (planned)",
            "يُنفى أن القوات تغادر الميناء (مخطط له)",
        ),
        (
            "denied",
            "possible",
            "it is denied that the forces leave the port (possible)",
            "يُنفى أن القوات تغادر الميناء (ممكن)",
        ),
        (
            "denied",
            "undetermined",
            "it is denied that the forces leave the port (not settled)",
            "يُنفى أن القوات تغادر الميناء (غير محسوم)",
        ),
    ],
)
def test_the_stand_taken_is_said(polarity: str, modality: str, english: str, arabic: str) -> None:
    said = Said(LEAVE, FORCES, (PORT,))
    assert say_claim(said, "en", polarity=polarity, modality=modality) == english
    assert say_claim(said, "ar", polarity=polarity, modality=modality) == arabic


@pytest.mark.parametrize(
    ("said", "english", "arabic"),
    [
        (
            Said(LEAVE, FORCES, (MARKET, PORT)),
            "the forces leave the market and the port",
            "القوات تغادر السوق والميناء",
        ),
        (
            Said(LEAVE, FORCES, (PORT,), closed=True),
            "the forces leave the port only",
            "القوات تغادر الميناء فقط",
        ),
        (
            Said(LEAVE, FORCES, (PORT,), time=Moment("2026"), place=NORTH, phase=1),
            "the forces leave the port in 2026 (the north, phase 1)",
            "القوات تغادر الميناء في عام 2026 (الشمال، المرحلة 1)",
        ),
        (
            Said(LEAVE, FORCES, (PORT,), time=Moment(tense="past"), phase=2, last_phase=True, role=MARKET),
            "the forces leave the port (phase 2, the last, with respect to the market, in the past)",
            "القوات تغادر الميناء (المرحلة 2 وهي الأخيرة، بالنسبة إلى السوق، في الماضي)",
        ),
        (
            Said(
                FAR_FROM,
                PORT,
                amount=Amount("exact", BASE, 3, 3, 3),
                role=MARKET,
                place=NORTH,
            ),
            "the port is 3 bases from the market in the north",
            "الميناء 3 قواعد السوق الشمال",
        ),
        (
            Said(
                Name("on", en="{subject} happens on {value}", ar="{subject} يقع في {value}"),
                PORT,
                time=Moment("2026-09"),
                asks_time=True,
            ),
            "the port happens in September 2026",
            "الميناء يقع في أيلول/سبتمبر 2026",
        ),
        (
            Said(
                Name("implies", en="{subject} means that {value}", ar="{subject} يعني أن {value}"),
                MARKET,
                implied=Said(LEAVE, FORCES, (PORT,)),
            ),
            "the market means that the forces leave the port",
            "السوق يعني أن القوات تغادر الميناء",
        ),
    ],
)
def test_propositions_are_said_with_their_scope(said: Said, english: str, arabic: str) -> None:
    assert (say_proposition(said, "en"), say_proposition(said, "ar")) == (english, arabic)


def test_an_open_question_keeps_its_place_free() -> None:
    said = Said(LEAVE, FORCES, unit=ADVISER)
    assert say_claim(said, "en", modality="undetermined") == "it is not settled: the forces leave … advisers"
    assert say_claim(said, "ar", modality="undetermined") == "لم يُحسم: القوات تغادر … مستشارين"


def test_a_plan_need_not_say_that_it_is_of_the_future() -> None:
    said = Said(LEAVE, FORCES, (PORT,), time=Moment(tense="future"))
    assert say_claim(said, "en", modality="planned") == "it is planned that the forces leave the port"
    assert say_claim(said, "en") == "the forces leave the port (in the future)"


def test_braces_in_a_name_are_the_names_own() -> None:
    said = Said(LEAVE, Name("{value}"), (Name("{subject} {0}"),))
    assert say_claim(said, "en", polarity="denied") == "it is denied that {value} leave {subject} {0}"


def test_a_name_without_a_label_is_its_own() -> None:
    assert say_proposition(Said(LEAVE, FORCES, (Name("al-Tanf"),)), "ar") == "القوات تغادر al-Tanf"


@pytest.fixture(scope="module")
def sentences() -> dict[str, dict[Language, str]]:
    """Give the claims of the first article in words, by their ids."""
    quads = map_record(load_record(SEED))
    wording, graph = Wording(quads), Descriptions(quads)
    return {
        graph.text(claim, "dcterms:identifier") or "": {
            "en": wording.claim(claim, "en"),
            "ar": wording.claim(claim, "ar"),
        }
        for claim in graph.of_class("m:Claim")
    }


@pytest.mark.parametrize(
    ("claim", "english", "arabic"),
    [
        (
            "s2c1",
            "it is planned that US forces keep 2 bases (Iraq)",
            "من المخطط أن القوات الأميركية تُبقي قاعدتين (العراق)",
        ),
        (
            "s6c1",
            "the withdrawal of US forces starts in August 2025 (Iraq, phase 1)",
            "انسحاب القوات الأميركية يبدأ في آب/أغسطس 2025 (العراق، المرحلة 1)",
        ),
        (
            "s7c3",
            "Ain al-Asad base is 10 kilometres from al-Baghdadi",
            "المسافة بين قاعدة عين الأسد والبغدادية 10 كيلومترات",
        ),
        (
            "s8c3",
            "it is planned that the withdrawal of coalition forces ends by September 2026 (Iraq)",
            "من المخطط أن انسحاب قوات التحالف الدولي يكتمل بحلول أيلول/سبتمبر 2026 (العراق)",
        ),
        (
            "s11c1",
            "it is denied that this change from military missions to a security partnership means that "
            "there is an end to the coalition's work (Iraq)",
            "يُنفى أن هذا التحول من المهام العسكرية إلى الشراكة الأمنية يعني أن "
            "تحل نهاية عمل التحالف الدولي لهزيمة داعش (العراق)",
        ),
        (
            "s15c1",
            "coalition forces number about 2,000 persons (Iraq, in the past)",
            "عدد قوات التحالف الدولي نحو 2000 شخص (العراق، في الماضي)",
        ),
    ],
)
def test_claims_of_the_first_article_read_well(
    claim: str, english: str, arabic: str, sentences: dict[str, dict[Language, str]]
) -> None:
    assert sentences[claim] == {"en": english, "ar": arabic}


def test_every_claim_can_be_said(sentences: dict[str, dict[Language, str]]) -> None:
    for claim, said in sentences.items():
        for sentence in said.values():
            assert "{" not in sentence
            assert "https:" not in sentence
            assert ("…" in sentence) == (claim == "s5c1")


def test_wording_needs_the_proposition_to_be_there() -> None:
    with pytest.raises(KeyError, match="rdf:predicate"):
        Wording([]).proposition("urn:p", "en")


def test_a_predicate_that_no_domain_declares_is_said_by_its_name() -> None:
    lines = """
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        <urn:p> rdf:subject <urn:ex/harbour> ; rdf:predicate <urn:ex#welcomes> ; rdf:object <urn:ex#ships> .
    """
    wording = Wording(ox.parse(lines, format=ox.RdfFormat.TURTLE))
    assert wording.proposition("urn:p", "en") == "harbour welcomes ships"
