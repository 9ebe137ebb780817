"""Frames: every row reads its example; invented sentences are read whole; what is in doubt is not read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from musnad.meaning.frame_tables import Frame, FrameTables, load_frames
from musnad.meaning.frames import Content, FramedProposition, find_propositions
from musnad.meaning.values import find_values
from musnad.speech.lexicon import LexiconError
from musnad.text.folding import fold

DAY = date(2025, 10, 11)  # a Saturday
TABLES: FrameTables = load_frames()


def read(text: str, *contents: Content) -> tuple[tuple[FramedProposition, ...], ...]:
    folded = fold(text)
    values = find_values(folded, published=DAY)
    return find_propositions(folded, values, contents or (Content(0, len(text), "Alpha"),), published=DAY)


def lines(text: str) -> list[str]:
    (found,) = read(text)
    return sorted(str(item).replace("security:", "").replace("general:", "") for item in found)


@pytest.mark.parametrize("frame", TABLES.frames, ids=lambda frame: f"{frame.language}-{frame.name}")
def test_row_reads_its_example(frame: Frame) -> None:
    assert frame.example
    assert frame.reading
    (found,) = read(frame.example)
    own = [str(item) for item in found if item.rules[0] == f"{frame.language}/{frame.name}"]
    assert [line.replace("security:", "").replace("general:", "") for line in own] == [frame.reading]


def test_rows_have_names_of_their_own() -> None:
    names = [(frame.language, frame.name) for frame in TABLES.frames]
    assert len(set(names)) == len(names) > 80


def test_predicates_and_concepts_are_terms_of_the_domains() -> None:
    ontology = Path(__file__).resolve().parents[2] / "ontology" / "domains"
    turtle = "".join(path.read_text(encoding="utf-8") for path in sorted(ontology.glob("*.ttl")))
    for frame in TABLES.frames:
        for term in filter(None, (frame.predicate, frame.value)):
            prefix, name = term.split(":")
            assert f"{prefix[:3]}:{name} a " in turtle, term


SENTENCES: list[tuple[str, list[str]]] = [
    (
        "ستنسحب القوات الإسبانية من مالي بحلول أيار 2026",
        [
            "forces of Spain | endsWithdrawal | by 2026-05 | affirmed | planned | future",
            "forces of Spain | withdrawsFrom | Mali | affirmed | planned | future",
        ],
    ),
    (
        "لن تنسحب القوات الإسبانية من مالي",
        ["forces of Spain | withdrawsFrom | Mali | denied | planned | future"],
    ),
    (
        "قد تنسحب القوات الإسبانية من مالي",
        ["forces of Spain | withdrawsFrom | Mali | affirmed | possible | present"],
    ),
    (
        "انسحاب القوات الإسبانية من بنغازي وطبرق مستمر",
        [
            "forces of Spain | withdrawalStandsAt | underWay | affirmed | asserted | present",
            "forces of Spain | withdrawsFrom | Benghazi + Tobruk | affirmed | asserted | present",
        ],
    ),
    (
        "ستبقي القوات الإسبانية قاعدتين، إحداهما في مدينة طبرق والثانية في مدينة مصراتة",
        [
            "forces of Spain | keepsBaseAt | Tobruk + Misrata City only | affirmed | planned | future",
            "forces of Spain | keepsBases | 2-2 base | affirmed | planned | future",
        ],
    ),
    (
        "عدد القوات الإسبانية، الذي كان يبلغ نحو 900 جندي، سينخفض إلى أقل من 200 جندي",
        [
            "forces of Spain | numbers | 0-199 soldier | affirmed | planned | future",
            "forces of Spain | numbers | 810-990 soldier | affirmed | asserted | past",
        ],
    ),
    (
        "القوات الإسبانية سترحل، ليقتصر وجودهم على طبرق",
        ["forces of Spain | isPresentAt | Tobruk only | affirmed | asserted"],
    ),
    (
        "المرحلة الأولى تنص على انسحاب القوات الإسبانية من بنغازي",
        ["forces of Spain | withdrawsFrom | Benghazi | phase 1 | affirmed | planned | future"],
    ),
    (
        "المرحلة الثانية تتضمن الانسحاب الكامل للقوات الإسبانية في أيار 2026",
        ["forces of Spain | withdrawsCompletely | 2026-05 | phase 2 (last) | affirmed | planned | future"],
    ),
    (
        "هذه الخطوة لا تعني نهاية مهمة التحالف البحري",
        ["هذه الخطوة | implies | (مهام التحالف البحري, missionEnds) | denied | asserted"],
    ),
    (
        "ستنتهي مهام التحالف البحري في كانون الأول 2026",
        ["مهام التحالف البحري | endsMission | 2026-12 | affirmed | planned | future"],
    ),
    (
        "اتفقت الحكومة مع التحالف البحري على جدول زمني لسحب القوات الأجنبية",
        ["قوات التحالف البحري | hasAgreedTimetable | affirmed | asserted | past"],
    ),
    (
        "انسحاب القوات الإسبانية يسير وفق الجدول الزمني المتفق عليه",
        ["forces of Spain | followsTimetable | affirmed | asserted"],
    ),
    (
        "في آب الماضي انطلقت أولى مراحل انسحاب القوات الإسبانية من مالي باتجاه النيجر",
        [
            "forces of Spain | startsWithdrawal | 2025-08 | phase 1 | affirmed | asserted | past",
            "forces of Spain | withdrawsFrom | Mali | phase 1 | affirmed | asserted | past",
            "forces of Spain | withdrawsTo | Niger | phase 1 | affirmed | asserted | past",
        ],
    ),
    ("عدد القوات الإسبانية لم يحدد بعد", ["forces of Spain | numbers | affirmed | undetermined"]),
    (
        "قتل 12 شخصا وأصيب 30 آخرون في تفجير سيارة مفخخة في مقديشو يوم الاثنين",
        [
            "event in Mogadishu on 2025-10-06 | happensOn | 2025-10-06 | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-06 | isCausedBy | car bomb | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-06 | killsNumber | 12-12 person | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-06 | woundsNumber | 30-30 person | affirmed | asserted | past",
        ],
    ),
    (
        "تبنت حركة الشباب الهجوم الذي وقع في مقديشو",
        [
            "event in Mogadishu on 2025-10-11 | isClaimedBy | al-Shabaab | affirmed | asserted | past",
        ],
    ),
    (
        "انفجار وقع في بيروت بسبب تسرب غاز",
        [
            "event in Beirut on 2025-10-11 | isCausedBy | gas | affirmed | asserted | past",
            "event in Beirut on 2025-10-11 | isDeliberate | denied | asserted | past",
        ],
    ),
    (
        "أسفر القصف على طرابلس عن مقتل ما لا يقل عن سبعة مدنيين",
        [
            "event in Tripoli on 2025-10-11 | killsNumber | 7- civilian | affirmed | asserted | past",
            "event in Tripoli on 2025-10-11 | targets | Tripoli | affirmed | asserted",
        ],
    ),
    ("اعتقل خمسة أشخاص بعد الهجوم", ["الهجوم | arrestsNumber | 5-5 person | affirmed | asserted | past"]),
    (
        "Spanish troops will leave Mali by May 2026",
        [
            "forces of Spain | endsWithdrawal | by 2026-05 | affirmed | planned | future",
            "forces of Spain | withdrawsFrom | Mali | affirmed | planned | future",
        ],
    ),
    (
        "Spanish troops will not leave Mali",
        ["forces of Spain | withdrawsFrom | Mali | denied | planned | future"],
    ),
    ("Spanish troops may leave Mali", ["forces of Spain | withdrawsFrom | Mali | affirmed | possible"]),
    (
        "The withdrawal of Spanish troops from Mali is under way",
        [
            "forces of Spain | withdrawalStandsAt | underWay | affirmed | asserted | present",
            "forces of Spain | withdrawsFrom | Mali | affirmed | asserted | present",
        ],
    ),
    (
        "Spanish forces will keep two bases, one in Tobruk and the other in Misrata",
        [
            "forces of Spain | keepsBaseAt | Tobruk + Misrata only | affirmed | planned | future",
            "forces of Spain | keepsBases | 2-2 base | affirmed | planned | future",
        ],
    ),
    (
        "The number of Spanish forces, which stood at about 90 soldiers, will fall to fewer than 20 soldiers",
        [
            "forces of Spain | numbers | 0-19 soldier | affirmed | planned | future",
            "forces of Spain | numbers | 81-99 soldier | affirmed | asserted | past",
        ],
    ),
    (
        "Spanish troops did not withdraw from Benghazi",
        ["forces of Spain | withdrawsFrom | Benghazi | denied | asserted | past"],
    ),
    (
        "Spanish troops withdrew from Benghazi and Tobruk",
        ["forces of Spain | withdrawsFrom | Benghazi + Tobruk | affirmed | asserted | past"],
    ),
    (
        "The complete withdrawal of Spanish forces will take place in May 2026",
        ["forces of Spain | withdrawsCompletely | 2026-05 | affirmed | planned | future"],
    ),
    (
        "This step does not mean the end of the naval coalition mission",
        ["This step | implies | (naval coalition mission, missionEnds) | denied | asserted"],
    ),
    (
        "The naval coalition's mission will end by December 2026",
        ["naval coalition mission | endsMission | by 2026-12 | affirmed | planned | future"],
    ),
    (
        "The government agreed on a timetable for the withdrawal of coalition forces",
        ["coalition forces | hasAgreedTimetable | affirmed | asserted | past"],
    ),
    (
        "Spanish troops began withdrawing in August",
        ["forces of Spain | startsWithdrawal | 2025-08 | affirmed | asserted | past"],
    ),
    (
        "Dozens of Spanish troops will stay in Tobruk",
        [
            "forces of Spain | isPresentAt | Tobruk | affirmed | planned | future",
            "forces of Spain | numbers | 20-99 soldier | affirmed | planned | future",
        ],
    ),
    (
        "A car bomb attack in Mogadishu killed 12 people and wounded 30 others on Monday",
        [
            "event in Mogadishu on 2025-10-06 | isCausedBy | car bomb | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-06 | killsNumber | 12-12 person | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-06 | woundsNumber | 30-30 person | affirmed | asserted | past",
        ],
    ),
    (
        "Al-Shabaab claimed responsibility for the attack in Mogadishu",
        [
            "event in Mogadishu on 2025-10-11 | isClaimedBy | al-Shabaab | affirmed | asserted | past",
            "event in Mogadishu on 2025-10-11 | isDeliberate | affirmed | asserted | past",
        ],
    ),
    (
        "The blast in Beirut was caused by a gas leak",
        [
            "event in Beirut on 2025-10-11 | isCausedBy | gas | affirmed | asserted | past",
            "event in Beirut on 2025-10-11 | isDeliberate | denied | asserted | past",
        ],
    ),
    (
        "The attack was carried out by Boko Haram",
        ["attack | isCarriedOutBy | Boko Haram | affirmed | asserted | past"],
    ),
    (
        "At least seven civilians were killed in the shelling of Tripoli",
        ["event in Tripoli on 2025-10-11 | killsNumber | 7- civilian | affirmed | asserted | past"],
    ),
    (
        "Police arrested five people after the bombing",
        ["bombing | arrestsNumber | 5-5 person | affirmed | asserted | past"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_sentence_is_read(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


NOTHING = [
    "ليس فقط انسحاب القوات الإسبانية من مالي هو المطلوب",
    "انسحب الوفد الإسباني من الجلسة",
    "انسحب المنتخب من البطولة",
    "قتل 20 شخصا في حادث سير وقع عام 2019",
    "عدد السكان يبلغ 3000 شخص",
    "The delegation withdrew from the talks in Geneva",
    "Six people were killed",
    "An earlier attack in 2019 killed 30 people",
    "The two sides agreed on a timetable for the talks",
    "Not only Spanish troops will leave Mali",
    "Two soldiers and three others were killed in the attack",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_in_doubt_is_not_read(text: str) -> None:
    found = lines(text)
    assert [line for line in found if "3-3" in line] == [] if "others" in text else found == []


def test_forces_left_unnamed_are_those_the_speaker_named() -> None:
    sentences = ["تنسحب القوات الإسبانية من مالي.", "ستبقى قاعدتان عسكريتان.", "ستبقى ثلاث قواعد عسكرية."]
    text = " ".join(sentences)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    first, second, third = read(
        text, *(Content(*span, speaker) for span, speaker in zip(spans, "AAB", strict=True))
    )
    assert [item.subject.name for item in first] == ["forces of Spain"]
    assert [item.subject.name for item in second] == ["forces of Spain"]
    assert second[0].confidence < first[0].confidence
    assert third == ()


def test_words_of_an_inner_content_are_not_the_outer_speakers() -> None:
    text = "The minister said that Spanish troops will leave Mali"
    outer, inner = read(text, Content(0, len(text), "A"), Content(23, len(text), "B"))
    assert outer == ()
    assert [item.predicate for item in inner] == ["security:withdrawsFrom"]


def test_event_is_named_by_place_and_day() -> None:
    (found,) = read("A car bomb attack in Mogadishu on Monday killed 12 people, police said.")
    assert {item.subject.name for item in found} == {"event in Mogadishu on 2025-10-06"}


def test_scope_is_the_country_most_places_lie_in() -> None:
    (found,) = read("القوات الإسبانية ستنسحب من بنغازي وطبرق ومصراتة إلى مالطا")
    assert {item.place for item in found} == {"Libya"}


def test_rows_can_be_added(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "frames.tsv").write_text(
        "frame\tpattern\tpredicate\tsettings\n"
        "vacate\t<force> .. vacated <places>\tsecurity:withdrawsFrom\tof=force\n"
    )
    text = "Spanish troops vacated Tobruk"
    folded = fold(text)
    (found,) = find_propositions(
        folded,
        find_values(fold(text), published=DAY),
        [Content(0, len(text))],
        published=DAY,
        lexicon=tmp_path,
    )
    assert [item.rules[0] for item in found] == ["en/vacate"]


@pytest.mark.parametrize(
    ("pattern", "settings", "message"),
    [
        ("... withdraw", "of=force", "begins with"),
        ("<colour>", "", "no slot"),
        ("withdraw", "blue", "settings"),
    ],
)
def test_malformed_row_is_refused(tmp_path: Path, pattern: str, settings: str, message: str) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "frames.tsv").write_text(
        f"frame\tpattern\tpredicate\tsettings\nodd\t{pattern}\tsecurity:numbers\t{settings}\n"
    )
    with pytest.raises(LexiconError, match=message):
        load_frames(tmp_path)
