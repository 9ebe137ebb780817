"""Source by source: how often each agrees with each other one, conflicts with it, or stands in tension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from musnad.collection import Collection, Table
from musnad.errors import NothingToDraw
from musnad.findings import Text
from musnad.views.charts.picture import Picture
from musnad.views.charts.style import (
    AGREEMENT,
    COLOURS,
    CONFLICT,
    FAINT,
    SIGNS,
    TENSION,
    Sheet,
    clean,
    height_of,
    house_style,
    wrap,
)
from musnad.views.charts.voices import Voice, heard_most, read_voices
from musnad.views.tables import draw_table

_LARGEST = 20  # rows that a page holds and a person reads
_EDGE, _NAMES, _CELL, _HIGH = 0.35, 3.1, 0.82, 0.78
_COUNTS = {"agreement": "agreements", "conflict": "conflicts", "tension": "tensions"}
_TITLE = Text("Who agrees with whom, and who contradicts whom", "من يوافق من، ومن يناقض من")
_LEGEND = {
    "agreement": Text("✓ findings of agreement", "✓ نتائج توافق"),
    "conflict": Text("✗ of conflict", "✗ نتائج تعارض"),
    "tension": Text("~ of tension", "~ نتائج توتر"),
}
_CLAIMS = Text("{0}; claims: {1}", "{0}؛ الادعاءات: {1}")
_NOBODY = Text("no two sources meet in a finding", "لا نتيجة تجمع بين مصدرين")
_LEFT_OUT = Text("left out, with fewer findings: {0} sources", "مصادر أُسقطت لقلة نتائجها: {0}")


def draw_matrix(news: Collection, language: str = "en") -> Picture:
    """Draw the source × source matrix of agreement, conflict and tension.

    Each cell counts findings, with a sign for each kind; hatching, and not colour alone, tells cells of
    agreement (none), of conflict (strokes) and of both (crossed). One source's findings with itself are left
    out. Above twenty sources those with most findings are drawn, and the others counted.

    Raises `NothingToDraw` where no two sources meet in a finding, and `MissingExtra`.
    """
    rows = news.query("source-pairs", lang=language)
    pairs = {
        (row["source"], row["other"]): row for row in rows if any(row[name] for name in _COUNTS.values())
    }
    if not pairs:
        raise NothingToDraw(
            _NOBODY.en, remedy="`musnad findings` lists what there is; build more articles into the store."
        )
    weights = {
        source: sum(
            sum(row[name] for name in _COUNTS.values()) for (one, _), row in pairs.items() if one == source
        )
        for source, _ in pairs
    }
    chosen = heard_most(weights, _LARGEST)
    # Of those chosen some meet nobody who was; an empty row would say nothing.
    shown = sorted({one for one, other in pairs if one in chosen and other in chosen})
    voices = read_voices(news, language, shown)
    with house_style():
        sheet = _draw(voices, pairs, len(weights) - len(shown), language)
    counts = Table(rows.columns[:-2], tuple(row[:-2] for row in rows.rows))  # without the IRIs
    return Picture(_TITLE.in_language(language), draw_table(counts), language, sheet.figure)


def _draw(
    voices: Sequence[Voice], pairs: Mapping[tuple[str, str], Mapping[str, Any]], left_out: int, language: str
) -> Sheet:
    names = [wrap(voice.name, _NAMES - 0.7, 9.5, 90) for voice in voices]
    highs = [max(_HIGH, height_of(lines, 9.5) + height_of([""], 8) + 0.12) for lines in names]
    width = max(2 * _EDGE + _NAMES + _CELL * len(voices), 7.0)
    title = wrap(_TITLE.in_language(language), width - 2 * _EDGE, 13)
    top = 0.3 + height_of(title, 13) + 0.55
    sheet = Sheet(width, top + sum(highs) + 0.75, language)
    sheet.text(_EDGE, 0.3, title, 13, fontweight="bold")
    for number in range(len(voices)):
        sheet.text(_EDGE + _NAMES + _CELL * (number + 0.5), top - 0.28, [str(number + 1)], 10, align="center")
    y = top
    for number, (voice, lines, high) in enumerate(zip(voices, names, highs, strict=True), 1):
        sheet.text(_EDGE + 0.1, y + 0.06, [str(number)], 10, align="center")
        sheet.mark(_EDGE + 0.4, y + 0.18, voice.kind, markersize=8)
        inside = sheet.text(_EDGE + 0.6, y + 0.06, lines, 9.5)
        told = _CLAIMS.in_language(language).format(voice.kind_name, voice.claims)
        sheet.text(_EDGE + 0.6, inside, [told], 8, color=FAINT)
        for place, other in enumerate(voices):
            x = _EDGE + _NAMES + _CELL * place
            if voice.iri == other.iri:
                sheet.box(x, y, _CELL, high, facecolor="#e4e7eb", edgecolor="#c3cad2", linewidth=0.7)
            else:
                _draw_cell(sheet, x, y, high, pairs.get((voice.iri, other.iri), {}))
        y += high
    _draw_legend(sheet, y + 0.18, left_out)
    return sheet


def _draw_cell(sheet: Sheet, x: float, y: float, high: float, row: Mapping[str, Any]) -> None:
    counts = {kind: row.get(column, 0) for kind, column in _COUNTS.items()}
    against = counts["conflict"] or counts["tension"]
    if counts["agreement"] and against:
        look = {"facecolor": "#fdf3dc", "hatch": "xx"}
    elif against:
        look = {"facecolor": "#fbe4e2", "hatch": "//"}
    else:
        look = {"facecolor": "#e3f3ea" if counts["agreement"] else "#ffffff"}
    sheet.box(x, y, _CELL, high, edgecolor="#c3cad2", linewidth=0.7, **look)
    said = [(f"{SIGNS[kind]} {number}", COLOURS[kind]) for kind, number in counts.items() if number]
    step = height_of([""], 10.5)
    inside = y + high / 2 - step * len(said) / 2
    for text, colour in said:
        back = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
        inside = sheet.text(
            x + _CELL / 2, inside, [text], 10.5, align="center", color=colour, fontweight="bold", bbox=back
        )


def _draw_legend(sheet: Sheet, y: float, left_out: int) -> None:
    x = _EDGE
    for kind, colour in (("agreement", AGREEMENT), ("conflict", CONFLICT), ("tension", TENSION)):
        sheet.text(x, y, [_LEGEND[kind].in_language(sheet.language)], 9, color=colour)
        x += 2.1
    if left_out:
        sheet.text(
            _EDGE, y + 0.22, [clean(_LEFT_OUT.in_language(sheet.language).format(left_out))], 9, color=FAINT
        )
