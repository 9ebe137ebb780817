from __future__ import annotations

from pathlib import Path

import pytest

from musnad.meaning.gazetteer import load_gazetteer
from musnad.meaning.places import find_places
from musnad.speech.lexicon import LEXICA, LexiconError
from musnad.text.folding import fold


def test_canonical_names_are_unique_and_chains_end_at_a_country_or_a_region() -> None:
    gazetteer = load_gazetteer()
    assert len(gazetteer.by_name) == len(gazetteer.places)
    for place in gazetteer.places.values():
        chain = (place, *gazetteer.chain(place))
        assert chain[-1].kind in "crws"
        assert len({outer.id for outer in chain}) == len(chain)
        assert place.kind not in "gdt" or chain[-1].kind in "cr"


def test_levels_do_not_rise_inwards() -> None:
    gazetteer = load_gazetteer()
    for place in gazetteer.places.values():
        levels = [p.level for p in (place, *gazetteer.chain(place)) if p.level is not None]
        assert levels == sorted(levels, reverse=True), place.name


def test_generated_file_is_small_and_attributed() -> None:
    path = LEXICA / "gazetteer.tsv"
    assert path.stat().st_size <= 200_000
    assert "GeoNames" in path.read_text(encoding="utf-8").splitlines()[0]
    assert "GeoNames" in (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arabic", "name"),
    [
        ("العراق", "Iraq"),
        ("المملكة المتحدة", "United Kingdom"),
        ("القاهرة", "Cairo"),
        ("إسطنبول", "Istanbul"),
        ("طهران", "Tehran"),
        ("لوس أنجلوس", "Los Angeles"),
        ("جنيف", "Geneva"),
        ("رام الله", "Ramallah"),
        ("صنعاء", "Sanaa"),
        ("بنغازي", "Benghazi"),
        ("الخرطوم", "Khartoum"),
        ("ديار بكر", "Diyarbakir"),
    ],
)
def test_place_is_known_by_its_arabic_and_english_names(arabic: str, name: str) -> None:
    text = f"وصلوا إلى {arabic} أمس. They came to {name} then."
    assert [mention.name_en for mention in find_places(fold(text))] == [name, name]


def test_user_places_are_added(tmp_path: Path) -> None:
    row = "Zafarana\tt\tWasit\tالزعفرانة الجديدة\tNew Zafarana\tss\tفي الزعفرانة الجديدة."
    header = "name\tkind\twithin\tarabic\tenglish\tevidence\texample"
    (tmp_path / "places.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    gazetteer = load_gazetteer(tmp_path)
    (mention,) = find_places(fold("عاد من الزعفرانة الجديدة"), gazetteer=gazetteer)
    assert (mention.name_en, mention.within) == ("Zafarana", ("Wasit", "Iraq"))


def test_user_place_in_an_unknown_place_is_an_error(tmp_path: Path) -> None:
    text = "name\tkind\twithin\tarabic\tenglish\tevidence\nX\tt\tNowhere\tس\tX\tss\n"
    (tmp_path / "places.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match="lies in Nowhere"):
        load_gazetteer(tmp_path)
