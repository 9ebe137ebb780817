"""Every row of language data is tested by its own example, or by its class's frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.speech import Statement, read_statements
from musnad.speech.lexicon import LEXICA, LexiconError, load_lexicon, read_table

LANGUAGES = ("ar", "en")
FRAMES = {"ar": "قالت {} إن الحدود مغلقة.", "en": "Officials and {} said the border was closed."}
PERSONS = {"ar": "قال {} الحداد على الهواء إن الباب مغلق.", "en": "{} Marlowe said the door was shut."}


def cued(text: str, language: str) -> list[Statement]:
    return [statement for statement in read_statements(text, language=language) if statement.cue is not None]


def rows(table: str) -> list[tuple[str, dict[str, str]]]:
    return [(language, row) for language in LANGUAGES for row in read_table(LEXICA / language / table)]


@pytest.mark.parametrize(("language", "row"), rows("cues.tsv"), ids=lambda value: str(value)[:2])
def test_cue_example_is_read_with_its_lemma(language: str, row: dict[str, str]) -> None:
    lemmas = [statement.lemma for statement in cued(row["example"], language)]
    # A relay's statement carries the lemma of the relayed word (قوله), the relay itself is in `via`.
    wanted = {row["lemma"], "قال", "say"} if row["class"] == "relay" else {row["lemma"]}
    assert wanted & set(lemmas), f"{row['lemma']}: {row['example']} read as {lemmas}"


@pytest.mark.parametrize(("language", "row"), rows("cues.tsv"), ids=lambda value: str(value)[:2])
def test_cue_row_is_complete(language: str, row: dict[str, str]) -> None:
    assert row["polarity"] in ("affirmed", "denied")
    assert row["modality"] in ("", "planned", "possible", "undetermined")
    kinds = ("report", "continue", "opinion", "call", "denial", "refusal", "relay", "contain")
    assert row["class"] in kinds
    assert row["frames"]


@pytest.mark.parametrize(("language", "row"), rows("heads.tsv"), ids=lambda value: str(value)[:2])
def test_head_example_has_a_source_of_that_kind(language: str, row: dict[str, str]) -> None:
    kinds = {statement.source.kind for statement in cued(row["example"], language)}
    wanted = {
        "title": {"office", "named-person"},
        "document": {"organisation", "anonymous", "collective", "office", "outlet"},
    }.get(row["kind"], {row["kind"]})
    assert wanted & kinds, f"{row['head']}: {row['example']} gave {kinds}"


@pytest.mark.parametrize(("language", "row"), rows("given-names.tsv"), ids=lambda value: str(value)[:2])
def test_given_name_makes_a_person(language: str, row: dict[str, str]) -> None:
    kinds = [statement.source.kind for statement in cued(PERSONS[language].format(row["name"]), language)]
    assert kinds == ["named-person"], row["name"]


@pytest.mark.parametrize("row", list(read_table(LEXICA / "ar" / "names.tsv")), ids=lambda row: row["name"])
def test_arabic_name_has_its_kind(row: dict[str, str]) -> None:
    (statement,) = cued(FRAMES["ar"].format(row["name"]), "ar")
    assert statement.source.kind == row["kind"], statement.source


@pytest.mark.parametrize("row", list(read_table(LEXICA / "en" / "names.tsv")), ids=lambda row: row["name"])
def test_english_name_has_its_kind(row: dict[str, str]) -> None:
    name = row["name"]
    (statement,) = cued(f"On Sunday {name} said the border was closed.", "en")
    assert statement.source.kind == row["kind"], statement.source


@pytest.mark.parametrize(("language", "row"), rows("word-classes.tsv"), ids=lambda value: str(value)[:2])
def test_word_class_frame_holds_for_each_of_its_words(language: str, row: dict[str, str]) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.word_class(row["class"]), f"no word of class {row['class']}"
    if not row["frame"]:
        return
    for word in sorted(lexicon.word_class(row["class"])):
        marked = row["frame"].replace("{}", word)
        source = marked.partition("[")[2].partition("]")[0]
        content = marked.partition("<")[2].partition(">")[0]
        found = cued(marked.translate(str.maketrans("", "", "[]<>")), language)
        read = [(s.source.mention.text if s.source.mention else "", s.content.text) for s in found]
        expected = [(source, content)] if source else []
        assert read == expected, f"{row['class']}: {word}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_a_described_class(language: str) -> None:
    described = {row["class"] for row in read_table(LEXICA / language / "word-classes.tsv")}
    used = {row["class"] for row in read_table(LEXICA / language / "words.tsv")}
    assert used == described


def test_a_folder_of_its_own_adds_rows(tmp_path: Path) -> None:
    (tmp_path / "ar").mkdir()
    header = (LEXICA / "ar" / "cues.tsv").read_text(encoding="utf-8").splitlines()[0]
    row = "دندن\tدندن\tدندنت\tيدندن\t\t\tأن\taffirmed\t\treport\tدندن المغني أن الليل طويل."
    (tmp_path / "ar" / "cues.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    text = "دندن الوزير أن الليل طويل."
    assert not [s for s in read_statements(text) if s.cue]
    (statement,) = read_statements(text, lexicon_folder=tmp_path)
    assert statement.lemma == "دندن"


def test_a_row_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("name\tkind\nA\torganisation\tx\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        list(read_table(table))
    assert caught.value.where == f"{table}:2"


def test_a_table_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_bytes("name\tkind\nقال\torganisation\n".encode("cp1256"))
    with pytest.raises(LexiconError):
        list(read_table(table))


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(LexiconError):
        load_lexicon("xx")
