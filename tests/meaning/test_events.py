"""Events: every row reads its example; roles, identity and what is taken for granted; hostile text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from musnad.meaning.event_tables import EventForm, load_events
from musnad.meaning.frames import Content, FramedProposition, find_propositions
from musnad.meaning.values import find_values
from musnad.speech.lexicon import LexiconError
from musnad.text.folding import fold

DAY = date(2025, 10, 11)  # a Saturday
TABLES = load_events()


def read(text: str, *contents: Content) -> tuple[tuple[FramedProposition, ...], ...]:
    folded = fold(text)
    values = find_values(folded, published=DAY)
    return find_propositions(folded, values, contents or (Content(0, len(text), "Alpha"),), published=DAY)


def lines(text: str) -> list[str]:
    (found,) = read(text)
    return [str(item) for item in found]


@pytest.mark.parametrize("form", TABLES.forms, ids=lambda form: f"{form.rule}-{form.example[:30]}")
def test_row_reads_its_example(form: EventForm) -> None:
    assert form.example
    (found,) = read(form.example)
    own = [str(item) for item in found if item.rules[0] == form.rule]
    assert " ; ".join(own) == form.reading
    assert form.reading


def test_terms_are_of_the_domains() -> None:
    ontology = Path(__file__).resolve().parents[2] / "ontology" / "domains"
    turtle = "".join(path.read_text(encoding="utf-8") for path in sorted(ontology.glob("*.ttl")))
    for kind in TABLES.types.values():
        for term in filter(None, (kind.agent, kind.patient, kind.amount)):
            prefix, name = term.split(":")
            assert f"{prefix[:3]}:{name} a " in turtle, term


def test_every_type_is_written_in_both_languages() -> None:
    written = {(form.type.name, form.language) for form in TABLES.forms}
    assert written == {(name, language) for name in TABLES.types for language in ("ar", "en")}


def test_an_unknown_type_is_named(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "events-own.tsv").write_text(
        "type\tshape\ttense\tforms\tneeds\texample\treading\nlaunch\tverb\t\tlaunched\t\t\t\n"
    )
    with pytest.raises(LexiconError, match="launch"):
        load_events(tmp_path)
