"""Pictures: what each shows, Arabic joined and right to left, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musnad.collection import Collection, open_collection
from musnad.errors import AmbiguousQuestion, MissingExtra, NothingToDraw, UnknownPicture, UnknownQuestion
from musnad.findings import FindingsReader, Text
from musnad.terms import M
from musnad.views.charts import Picture, draw_chain, draw_matrix, draw_network, draw_timeline
from musnad.views.charts.questions import QuestionFinder
from musnad.views.charts.style import MARKERS, Sheet, clean, house_style, wrap
from musnad.views.words import KINDS, MODES, STANDS
from views.conftest import BLAST, CHECKOUT, SEED

CHAIN = "s13c3"
DESTINATION = "where do withdrawn US forces"


def without_marks(text: str) -> str:
    return re.sub("[\u200e\u200f\u2066\u2069]", "", text)


def written(picture: Picture) -> list[str]:
    """Give what is written in a picture, without the marks that set the direction of a line."""
    return [without_marks(text.get_text()) for text in picture.figure.axes[0].texts]


def texts_at(picture: Picture) -> dict[str, tuple[float, float]]:
    """Give where each text of a picture stands."""
    return {without_marks(text.get_text()): text.get_position() for text in picture.figure.axes[0].texts}


def markers(picture: Picture) -> list[str]:
    return [str(line.get_marker()) for line in picture.figure.axes[0].lines if line.get_marker() != "None"]


def arrows(picture: Picture) -> list[Any]:
    from matplotlib.patches import FancyArrowPatch

    return [patch for patch in picture.figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]


# --- chains ------------------------------------------------------------------------------------------


def test_chain_runs_from_speaker_to_characters(seed: Collection) -> None:
    picture = draw_chain(seed.claim(CHAIN).provenance())
    claim = seed.claim(CHAIN).claim
    at = texts_at(picture)
    order = [
        "speaker · anonymous source",
        "a government source",
        "«وأوضح»",
        "publisher · outlet",
        "Shafaq News",
        f"article · {claim.article_id} · {claim.day} · "
        f"characters {claim.start}–{claim.end} of the article as published",
    ]
    heights = [at[text][1] for text in order]
    assert heights == sorted(heights)
    assert "affirmed, planned" in at
    lines = [text for text in written(picture) if at[text][1] > heights[-1]]
    assert " ".join(claim.quote.split()) in " ".join(lines)
    assert len(arrows(picture)) == 2


def test_chain_tells_unnamed_hands_by_their_edge(seed: Collection) -> None:
    provenance = seed.claim(CHAIN).provenance()
    speaker, outlet = provenance.hands
    unnamed = replace(outlet, role="unnamedLink", agent=None, name=None, kind=None, label=None, cue=None)
    picture = draw_chain(replace(provenance, hands=(speaker, unnamed, outlet)))
    edges = [patch.get_linestyle() for patch in picture.figure.axes[0].patches][:7]
    assert "someone unnamed" in written(picture)
    assert len(set(map(str, edges))) >= 3


def test_chain_in_arabic_begins_at_the_right(seed: Collection) -> None:
    english, arabic = (draw_chain(seed.claim(CHAIN).provenance(), language) for language in ("en", "ar"))
    assert texts_at(english)["a government source"][0] < english.figure.get_figwidth() / 4
    assert texts_at(arabic)["مصدر حكومي"][0] > arabic.figure.get_figwidth() * 3 / 4
    assert "المتكلم · مصدر مجهول" in written(arabic)


def test_what_musnad_words_has_the_direction_of_the_picture(blast: Collection) -> None:
    # The name of the event is English, the sentence around it Arabic.
    texts = [text.get_text() for text in draw_timeline(blast, "what caused it", "ar").figure.axes[0].texts]
    (worded,) = [text for text in texts if "City" in text and "سببه" in text and "؟" not in text]
    assert worded.startswith("\u200f")


def test_words_of_the_article_keep_their_side(seed: Collection) -> None:
    provenance = seed.claim(CHAIN).provenance()
    for language in ("en", "ar"):
        picture = draw_chain(provenance, language)
        text = next(t for t in picture.figure.axes[0].texts if "نقل جزء" in t.get_text())
        assert text.get_horizontalalignment() == "right"
        assert text.get_position()[0] > picture.figure.get_figwidth() * 3 / 4


# --- matrices ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_matrix_has_the_counts_of_the_query(seed: Collection, language: str) -> None:
    signs = {"agreements": "✓", "conflicts": "✗", "tensions": "~"}
    rows = seed.query("source-pairs", lang=language)
    wanted = sorted(f"{sign} {row[name]}" for row in rows for name, sign in signs.items() if row[name])
    picture = draw_matrix(seed, language)
    assert sorted(text for text in written(picture) if re.fullmatch(r"[✓✗~] \d+", text)) == wanted
    assert wanted
    said = " ".join(written(picture))
    assert all(row["source_name"] in said for row in rows)


def test_matrix_puts_each_count_in_its_row_and_column(blast: Collection) -> None:
    picture = draw_matrix(blast)
    at = texts_at(picture)
    pairs = {(r["source_name"], r["other_name"]): r for r in blast.query("source-pairs")}
    names = sorted({one for one, _ in pairs} & set(at))
    texts = [(without_marks(t.get_text()), t.get_position()) for t in picture.figure.axes[0].texts]
    conflicts = [(said, place) for said, place in texts if said.startswith("✗ ") and said[2:].isdigit()]
    assert len(conflicts) == sum(row["conflicts"] > 0 for row in pairs.values()) > 0
    columns = {x: said for said, (x, y) in texts if said.isdigit() and y < at[names[0]][1] - 0.2}
    assert len(columns) == len(names) > 4
    for said, (x, y) in conflicts:
        row = max((name for name in names if at[name][1] <= y), key=lambda name: at[name][1])
        number = columns[min(columns, key=lambda column: abs(column - x))]
        assert said == f"✗ {pairs[row, names[int(number) - 1]]['conflicts']}"


def test_matrix_tells_conflict_from_agreement_without_colour(blast: Collection) -> None:
    hatches = {patch.get_hatch() for patch in draw_matrix(blast).figure.axes[0].patches}
    assert {None, "//"} <= hatches


def test_matrix_of_nothing_says_what_to_do() -> None:
    with open_collection() as news, pytest.raises(NothingToDraw, match="no two sources") as error:
        draw_matrix(news)
    assert "build more articles" in error.value.remedy


# --- timelines ---------------------------------------------------------------------------------------


def test_timeline_puts_claims_on_the_days_of_their_articles(blast: Collection) -> None:
    picture = draw_timeline(blast, "what caused it")
    at = texts_at(picture)
    assert at["2024-03-05"][0] < at["2024-03-06"][0]
    first, later = at["مصدر في شرطة البصرة (وكالة الساحل)"], at["civil defence spokesman (Harbour Post)"]
    assert first[0] < later[0]
    assert "✗ denied, asserted" in at
    arabic = texts_at(draw_timeline(blast, "ما سببه", "ar"))
    assert arabic["2024-03-05"][0] > arabic["2024-03-06"][0]
    assert "✗ منفي، مؤكد" in arabic


def test_timeline_draws_one_mark_a_claim(blast: Collection) -> None:
    question = QuestionFinder(blast).find("what caused it")
    kinds = {stand.claim.source_kind for stand in question.stands}
    drawn = markers(draw_timeline(blast, "what caused it"))
    assert len(question.stands) == 6
    assert len(drawn) == len(question.stands) + len(kinds)  # and one of each kind in the legend
    assert set(drawn) == {MARKERS[kind] for kind in kinds}


def test_questions_that_findings_compare_are_one(blast: Collection) -> None:
    question = QuestionFinder(blast).find("What caused it?")
    assert len(question.slots) == 2
    assert {stand.claim.outlet for stand in question.stands} == {
        "وكالة الساحل", "صوت الفرات", "الراصد", "Harbour Post",
    }  # fmt: skip
    assert QuestionFinder(blast).find(question.slots[1]) == question


def test_question_is_found_in_any_spelling(seed: Collection) -> None:
    finder = QuestionFinder(seed)
    assert finder.find("إِلَى أين تذهب القوّات المنسحبة الاميركية") == finder.find(DESTINATION)


def test_unknown_and_ambiguous_questions_list_what_there_is(seed: Collection) -> None:
    with pytest.raises(UnknownQuestion) as unknown:
        draw_timeline(seed, "how deep is the sea")
    assert "Where do the withdrawn forces go?" in unknown.value.remedy
    with pytest.raises(AmbiguousQuestion) as ambiguous:
        draw_timeline(seed, "forces")
    assert "slot/" in ambiguous.value.remedy
    with pytest.raises(UnknownQuestion):
        draw_timeline(seed, " ")


# --- networks ----------------------------------------------------------------------------------------


def test_network_links_who_passes_on_and_who_meets_in_findings(seed: Collection) -> None:
    picture = draw_network(seed)
    rows = [row for row in seed.query("relays") if M("unnamedLink") not in row.values()]
    pairs = [row for row in seed.query("source-pairs") if row["source"] < row["other"]]
    findings = sum(bool(row[name]) for row in pairs for name in ("agreements", "conflicts", "tensions"))
    assert len(arrows(picture)) == len(rows) + findings + 4  # with the legend's
    said = written(picture)
    for row in rows:
        assert str(row["statements"]) in said
    assert "✗ 4" in said
    assert {str(arrow.get_linestyle()) for arrow in arrows(picture)} >= {"-", "--", ":"}


def test_network_is_mirrored_in_arabic(seed: Collection) -> None:
    english, arabic = draw_network(seed), draw_network(seed, "ar")
    width = english.figure.get_figwidth()
    assert texts_at(arabic)["مصادر مطلعة"][0] == pytest.approx(
        width - texts_at(english)["informed sources"][0]
    )


def test_network_of_nothing_says_what_to_do() -> None:
    with open_collection() as news, pytest.raises(NothingToDraw, match="no source passes"):
        draw_network(news)


# --- the file ----------------------------------------------------------------------------------------


def test_every_picture_is_svg_and_png(seed: Collection, tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    for picture in (
        draw_chain(seed.claim(CHAIN).provenance(), "ar"),
        draw_matrix(seed),
        draw_timeline(seed, DESTINATION),
        draw_network(seed, "ar"),
    ):
        root = ET.fromstring(picture.save(tmp_path / "it.svg").read_bytes())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert picture.save(tmp_path / "it.png").read_bytes().startswith(b"\x89PNG\r\n")
        # Outlines, not text: no font is asked for, and nothing from elsewhere.
        assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
        links = [
            value for node in root.iter() for name, value in node.attrib.items() if name.endswith("href")
        ]
        assert all(link.startswith(("#", "data:")) for link in links)
        assert repr(picture).startswith(f"{picture.title}\n\n")
        assert picture.description.strip()
        assert picture.title in picture.to_bytes("svg").decode()


def test_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys, musnad; from pathlib import Path; from musnad.views.charts import draw_network\n"
        "kg = musnad.open(); kg.add(sys.argv[1]); picture = draw_network(kg, 'ar')\n"
        "picture.save(sys.argv[2] + '.svg'); picture.save(sys.argv[2] + '.png')"
    )
    seed = Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11"
    (tmp_path / "matplotlibrc").write_text("font.size: 40\nsavefig.dpi: 20\naxes.facecolor: red\n")
    for name, hash_seed, rc in (("one", "1", None), ("other", "2", tmp_path)):
        env = {"PYTHONHASHSEED": hash_seed, "PATH": "/usr/bin:/bin"} | (
            {"MATPLOTLIBRC": str(rc)} if rc else {}
        )
        env |= {"PYTHONPATH": ":".join(sys.path)}
        subprocess.run([sys.executable, "-c", code, seed, tmp_path / name], check=True, env=env)
    for ending in ("svg", "png"):
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"other.{ending}").read_bytes()


def test_unknown_form_is_an_error(seed: Collection, tmp_path: Path) -> None:
    picture = draw_matrix(seed)
    with pytest.raises(UnknownPicture, match="pdf"):
        picture.save(tmp_path / "it.pdf")
    with pytest.raises(UnknownPicture):
        picture.save(tmp_path / "it")
    assert list(tmp_path.iterdir()) == []
    assert picture.save(tmp_path / "it.pdf", "svg").read_bytes().startswith(b"<?xml")


def test_without_matplotlib_the_extra_is_named(seed: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra) as error:
        draw_matrix(seed)
    assert "musnad[plot]" in error.value.remedy


# --- text --------------------------------------------------------------------------------------------


def glyphs(text: str) -> list[str]:
    """Give the glyphs with which a text is drawn, from left to right."""
    with house_style():
        sheet = Sheet(4, 1, "ar")
        sheet.text(0.2, 0.3, [text])
        picture = Picture("", "", "ar", sheet.figure)
    svg = picture.to_bytes("svg").decode()
    uses = re.findall(r'<use xlink:href="#(DejaVuSans-\w+)"(?: transform="translate\(([\d.]+))?', svg)
    return [glyph for glyph, _ in sorted(uses, key=lambda use: float(use[1] or 0))]


def test_arabic_letters_are_joined_from_the_right() -> None:
    (mark,) = set(glyphs("ق")) & set(glyphs("م"))  # of direction, which draws nothing
    final, medial, initial = (glyph for glyph in glyphs("ققق") if glyph != mark)
    (isolated,) = set(glyphs("ق")) - {mark}
    assert len({final, medial, initial, isolated}) == 4
    # The first letter stands at the right: what a word begins with is its rightmost glyph.
    assert [glyph for glyph in glyphs("قم") if glyph != mark][-1] == initial


def test_text_is_drawn_as_it_is_whatever_is_in_it(seed: Collection) -> None:
    provenance = seed.claim(CHAIN).provenance()
    hostile = "$\\frac{1}{0}$ <script>alert(1)</script> & \u202eevil\u202c \x00 \U0001f600 " + "ء" * 1_000_000
    speaker, outlet = provenance.hands
    picture = draw_chain(
        replace(
            provenance,
            wording=Text(hostile, hostile),
            prefix=hostile,
            hands=(replace(speaker, label=Text(hostile, hostile), cue=hostile), outlet),
            claim=replace(provenance.claim, quote=hostile, article_id="<b>"),
        )
    )
    assert any(text.startswith("$\\frac{1}{0}$ <script>") for text in written(picture))
    svg = picture.to_bytes("svg")
    assert b"<script" not in svg
    assert len(svg) < 500_000
    assert picture.figure.get_figheight() < 15
    html = picture._repr_html_()
    assert "<script" not in html
    assert html.count("<") == 3


def test_clean_text_has_no_controls_and_an_end() -> None:
    assert clean("a\u202eb\u2066c\nd\x00e") == "a b c d e"
    assert clean("x" * 50, 10) == "x" * 9 + "…"
    assert wrap("", 3, 10) == [""]


def test_words_are_those_of_the_vocabulary(seed: Collection) -> None:
    labels = FindingsReader(seed.store).labels
    for name, text in (KINDS | STANDS | MODES).items():
        if name != "unnamedLink":  # the vocabulary names the link, the views the person
            assert labels[M(name)] == text


def test_each_kind_of_source_has_a_shape_of_its_own() -> None:
    assert set(MARKERS) == set(KINDS)
    assert len(set(MARKERS.values())) == len(MARKERS)


def test_sources_of_one_name_are_told_apart_by_outlet() -> None:
    folder = CHECKOUT / "notebooks" / "market-blast"
    with open_collection() as news:
        news.add(folder)
        said = " ".join(written(draw_network(news)))
    assert "مصدر في شرطة البصرة (صوت الفرات)" in said
    assert "مصدر في شرطة البصرة (وكالة الساحل)" in said


def test_stories_that_share_no_source_stand_side_by_side(seed: Collection) -> None:
    with open_collection() as news:
        news.add(SEED, *BLAST)
        at = texts_at(draw_network(news))
    story = [at[name] for name in ("Shafaq News", "a government source", "informed sources")]
    other = [at[name] for name in ("Harbour Post", "police official", "صوت الفرات")]
    apart = [
        (max(p[axis] for p in one), min(p[axis] for p in two))
        for one, two in ((story, other), (other, story))
        for axis in (0, 1)
    ]
    assert any(high < low for high, low in apart)
