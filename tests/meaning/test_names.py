"""Names: every row of the tables is read; one identity in both languages; no noun is a name."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import count_calls
from musnad.errors import LexiconError
from musnad.meaning.name_tables import load_actor_labels, load_names
from musnad.meaning.names import NameMention, find_names
from musnad.meaning.person_names import name_persons, signature
from musnad.meaning.pieces import Pieces, cut_pieces
from musnad.meaning.places import PlaceMention, find_places
from musnad.speech.lexicon import LEXICA, read_table
from musnad.text.folding import fold

MARKED = re.compile(r"\[([^\[\]]+)\]|\{([^{}]+)\}")
ACTORS = list(read_table(LEXICA / "actors.tsv"))
OFFICES = list(read_table(LEXICA / "offices.tsv"))
WORDS = [
    (language, row) for language in ("ar", "en") for row in read_table(LEXICA / language / "name-words.tsv")
]
EXAMPLES = [row["example"] for _, row in WORDS if row["example"]]


def names(text: str, lexicon: Path | None = None) -> tuple[Pieces, tuple[NameMention, ...]]:
    folded = fold(text)
    pieces = cut_pieces(folded)
    starts = [folded.offsets[start] for start in pieces.start]
    placed: dict[int, tuple[int, PlaceMention]] = {}
    for place in find_places(folded):
        first = max(at for at, start in enumerate(starts) if start <= place.start)
        placed[first] = (max(at for at, start in enumerate(starts) if start < place.end) + 1, place)
    language = "ar" if re.search("[\u0621-\u064a]", text) else "en"
    return pieces, find_names(pieces, placed, language=language, lexicon=lexicon)


def read(text: str) -> list[str]:
    """Give each name of a text as kind and key."""
    return [f"{name.kind} {name.key}" for name in names(text)[1]]


def places_of(text: str) -> list[tuple[int, int]]:
    """Give where the names of a text stand."""
    pieces, found = names(text)
    return [pieces.raw_span(name.first, name.end - 1, cut=name.cut)[:2] for name in found]


@pytest.mark.parametrize("row", ACTORS, ids=lambda row: str(row["key"]))
def test_every_form_of_an_actor_has_its_key(row: dict[str, str]) -> None:
    for form in filter(None, row["en"].split(";")):
        assert f"{row['kind']} {row['key']}" in read(f"On Sunday {form} met the visitors."), form
    for form in filter(None, row["ar"].split(";")):
        assert f"{row['kind']} {row['key']}" in read(f"التقى {form} الوفد أمس."), form


def test_no_form_has_two_keys() -> None:
    keys: dict[str, set[str]] = {}
    for row in ACTORS:
        for form in filter(None, f"{row['en']};{row['ar']}".split(";")):
            keys.setdefault(fold(form).text, set()).add(row["key"])
    assert {form: found for form, found in keys.items() if len(found) > 1} == {}


@pytest.mark.parametrize("row", OFFICES, ids=lambda row: str(row["key"]))
def test_every_form_of_an_office_is_read(row: dict[str, str]) -> None:
    state = row["kind"] == "state"
    expected = "state Spain" if state else f"organisation {row['key']} of Spain"
    for form in row["en"].split(";"):
        _, (name,) = names(f"The Spanish {form} left.")
        assert (f"{name.kind} {name.key}", name.head) == (expected, row["key"]), form
    for form in row["ar"].split(";"):
        adjective = "الإسبانية" if " " in form or form.startswith("ال") else "إسبانية"
        _, (name,) = names(f"وصلت {form} {adjective} أمس.")
        assert (f"{name.kind} {name.key}", name.head) == (expected, row["key"]), form


def _unmarked(example: str) -> tuple[str, set[tuple[int, int]], set[tuple[int, int]]]:
    """Give the sentence without marks, the spans to find and those not to find."""
    text, at = "", 0
    found: set[tuple[int, int]] = set()
    unfound: set[tuple[int, int]] = set()
    for match in MARKED.finditer(example):
        text += example[at : match.start()]
        word = match.group(1) or match.group(2)
        (found if match.group(1) else unfound).add((len(text), len(text) + len(word)))
        text += word
        at = match.end()
    return text + example[at:], found, unfound


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_read_as_marked(example: str) -> None:
    text, found, unfound = _unmarked(example)
    assert found or unfound
    spans = set(places_of(text))
    assert found - spans == set()
    assert not any(start < end_ and start_ < end for start, end in unfound for start_, end_ in spans)


def test_every_class_is_described_and_has_an_example() -> None:
    described = (LEXICA / "NAMES.md").read_text(encoding="utf-8")
    classes = {row["class"] for _, row in WORDS}
    assert {name for name in classes if f"| `{name}` |" not in described} == set()
    assert classes - {row["class"] for _, row in WORDS if row["example"]} == set()


def test_no_word_is_twice_in_a_class() -> None:
    rows = [(language, row["class"], fold(row["word"]).text) for language, row in WORDS]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


def test_common_given_names_are_given_names() -> None:
    given = {fold(row["name"]).text for row in read_table(LEXICA / "ar" / "given-names.tsv")}
    common = {fold(row["word"]).text for _, row in WORDS if row["class"] in ("common", "alone")}
    assert common - given == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A state by its name, its adjective, and what acts for it.
        ("Peru recalled its envoy.", ["state Peru"]),
        ("Spanish warplanes hit the depot.", ["state Spain"]),
        ("Israeli F-15s hit the depot.", ["state Israel"]),
        ("ضربت طائرات حربية إسرائيلية المخزن.", ["state Israel"]),
        ("قصف الجيش الإسباني المخزن.", ["state Spain"]),
        ("قررت حكومة العراق التأجيل.", ["state Iraq"]),
        # Bodies of a state.
        ("The Italian foreign ministry protested.", ["organisation foreign ministry of Italy"]),
        ("Italy's foreign ministry protested.", ["organisation foreign ministry of Italy"]),
        ("The foreign ministry of Italy protested.", ["organisation foreign ministry of Italy"]),
        ("احتجت الخارجية الإيطالية.", ["organisation foreign ministry of Italy"]),
        ("احتجت وزارة الخارجية الإيطالية.", ["organisation foreign ministry of Italy"]),
        ("رفع البنك المركزي المصري الفائدة.", ["organisation central bank of Egypt"]),
        # Organisations that have a state's adjective in their name.
        (
            "The Syrian Observatory for Human Rights counted 4.",
            ["organisation Syrian Observatory for Human Rights"],
        ),
        ("أحصى المرصد السوري لحقوق الإنسان 4.", ["organisation Syrian Observatory for Human Rights"]),
        ("The Libyan Olive Council met.", ["organisation Libyan Olive Council"]),
        ("اجتمع المجلس الأعلى العماني.", ["organisation المجلس الأعلى العماني"]),
        # Adjectives of people who are no state.
        ("Spanish tourists left. A Spanish journalist stayed.", []),
        ("غادر سياح إسبان. بقي صحفي إسباني.", []),
        # What looks like a name.
        ("Who paid? The General Staff did. Security Forces left.", []),
        ("فتح الحارس الباب وقال إن حسن التصرف واجب.", []),
        ("He said that on Tuesday March rains fell.", []),
        ("Sunni Muslim leaders met Christian Arab leaders.", []),
    ],
)
def test_names_of_a_text(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Northern Grain Board (NGB) met. NGB left.", ["Northern Grain Board"] * 3),
        (
            "The Board for Salt and Water of Oran (BSWO) met. BSWO left.",
            ["Board for Salt and Water of Oran"] * 3,
        ),
        ("The Lakeside Fishers Union (UPL) met. Then UPL left.", ["Lakeside Fishers Union"] * 3),
        ("The International Energy Agency (IEA) met. The IEA left.", ["International Energy Agency"] * 3),
        ("اجتمعت هيئة المسح الجوي (هام). وقالت هام إنها تبدأ.", ["هيئة المسح الجوي"] * 3),
        ("اجتمعت منظمة رعاة الشمال (NHO). غادرت NHO أمس.", ["منظمة رعاة الشمال"] * 3),
        ("قاتل حزب العمال الكردستاني (بي كا كا). انسحب بي كا كا.", ["PKK"] * 3),
        ("Salim Haddad (left) met Nadia Omar (R).", ["Salim Haddad"]),
        ("The bridge (built in 1990) fell.", []),
        ("اجتمعت هيئة المسح الجوي (أحد فروع المركز). غادر أحد الحاضرين.", []),
        ("اجتمعت شركة نهر الشمال (السفن).", []),
    ],
)
def test_a_short_name_in_brackets_stands_for_the_full_one(text: str, expected: list[str]) -> None:
    assert [name.key for name in names(text)[1] if name.key != "Nadia Omar"] == expected


def test_a_movement_in_quotation_marks_is_a_group() -> None:
    assert read("أعلنت حركة «عطاء» موقفها وأعلنت شركة «نهر» موقفها.") == [
        "group حركة عطاء",
        "organisation شركة نهر",
    ]


@pytest.mark.parametrize(
    ("text", "key", "count"),
    [
        ("Spokesman Tarek Haddad spoke. Haddad left. Al-Haddad slept.", "Tarek Haddad", 3),
        ("President Joao Haddad spoke. President Haddad left.", "Joao Haddad", 2),
        ("Mr. Haddad spoke. Later Salim Haddad left.", "Salim Haddad", 2),
        ("Zuhra Malik, a spokeswoman for the town, left. Malik slept.", "Zuhra Malik", 2),
        ("Zuhra Malik left. Malik said the town was quiet.", "Zuhra Malik", 2),
        ("حذر رئيس الكتلة زوران كرم من الأمر. وقال كرم إن الوقت حان.", "زوران كرم", 2),
        ("وصل الوزير عصام سليمان وقال إن الوقت حان.", "عصام سليمان", 1),
        ("Muhammad al-Haddad met Mohammed Omar Haddad.", "Mohammed Omar Haddad", 2),
        ("Bashar Haddad spoke. Haddad Airport was shut.", "Bashar Haddad", 1),
        ("Omar Haddad spoke. Rifat al-Haddad left. Haddad slept.", "Omar Haddad", 1),
        ("تحدث سالم الحداد. ثم غادر الحداد المدينة.", "سالم الحداد", 2),
        ("تحدث أحمد عبد السلام. ثم غادر عبدالسلام المدينة.", "أحمد عبد السلام", 2),
        ("قال الرئيس محمود زوران إن الوقت حان. وأضاف زوران أن الطريق طويل.", "محمود زوران", 2),
        ("قتل سالم الحداد المكنى أبو طارق. وكان أبو طارق مطلوبا.", "سالم الحداد", 3),
        ("قال إبراهيم الأحمد إن ابراهيم الاحمد واحد.", "إبراهيم الأحمد", 2),
    ],
)
def test_a_person_is_one_under_the_fullest_name(text: str, key: str, count: int) -> None:
    persons = [name for name in names(text)[1] if name.kind == "person" and name.key == key]
    assert len(persons) == count


def test_a_name_that_two_bear_means_neither() -> None:
    assert read("Omar Haddad met Sarah Haddad in March. Haddad left.") == [
        "person Omar Haddad",
        "person Sarah Haddad",
    ]
    assert len(read("التقى سالم الحداد عمر الحداد. ثم غادر الحداد.")) == 2


def test_a_name_of_a_place_or_a_facility_is_no_person() -> None:
    assert read("نقلوا إلى مستشفى سالم الحداد ثم إلى جامعة عمر المختار.") == []
    assert read("They met at Omar Haddad University.") == []


def test_one_given_name_names_nobody() -> None:
    assert read("وصل عبد الله أمس. Abdul Rahman left.") == []


def test_unlike_names_stay_apart() -> None:
    assert signature("Hassan Omar") != signature("Hussein Omar")
    assert name_persons(["Omar Haddad", "Omar Malik"]) == {
        "Omar Haddad": "Omar Haddad",
        "Omar Malik": "Omar Malik",
    }


def test_clitics_are_cut_off_the_first_word() -> None:
    pieces, (name,) = names("اجتمع بسالم الحداد أمس.")
    assert pieces.raw_span(name.first, name.end - 1, cut=name.cut)[2] == "سالم الحداد"
    assert names("قدم الدعم للجيش الإسباني.")[1][0].key == "Spain"
    assert [(name.key, name.cut) for name in names("قدم الدعم لروسيا وبيرو.")[1]] == [
        ("Russia", 1),
        ("Peru", 1),
    ]


def test_labels_of_both_languages() -> None:
    labels = load_actor_labels()
    assert all(english and arabic for english, arabic in labels.values())
    assert labels["Arab League"] == ("Arab League", "جامعة الدول العربية")


def test_rows_of_ones_own_are_added(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text(
        "key\tkind\ten\tar\nSalt Board\torganisation\tSalt Board\tمكتب الملح\n", "utf-8"
    )
    assert [name.key for name in names("The Salt Board met.", tmp_path)[1]] == ["Salt Board"]
    assert [name.key for name in names("اجتمع مكتب الملح.", tmp_path)[1]] == ["Salt Board"]


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("key\tkind\ten\tar\nSalt Board\tboard\tSalt Board\t\n", "utf-8")
    with pytest.raises(LexiconError, match="board"):
        load_names(tmp_path)


PARTS = [
    "Salim",
    "al-",
    "Haddad",
    "(",
    "NGB",
    ")",
    "Syrian",
    "army",
    "of",
    '"',
    "حزب",
    "سالم",
    "ال",
    "عبد",
    "بن",
]
PARTS += [
    "الحداد",
    "\u202e",
    "\u0640",
    "U.S.",
    "Party",
    ",",
    ".",
    "\n",
    "😀",
    "السوري",
    "وزارة",
    "المكنى",
    "-",
    "٣",
]


def test_cost_grows_with_the_length_alone() -> None:
    def calls(times: int) -> int:
        pieces = cut_pieces(fold(" ".join(PARTS * times)))
        return count_calls(lambda: find_names(pieces, {}, language="ar"))

    calls(1)
    assert calls(80) < 2.2 * calls(40)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30), st.sampled_from(["", " "]))
def test_any_text_gives_ordered_names_that_do_not_overlap(parts: list[str], space: str) -> None:
    pieces, found = names(space.join(parts))
    assert all(0 <= name.first < name.end <= len(pieces) and name.key for name in found)
    assert all(one.end <= other.first for one, other in pairwise(found))


def test_empty_text_has_no_names() -> None:
    assert names("")[1] == ()
