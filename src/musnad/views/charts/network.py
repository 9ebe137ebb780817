"""The sources as a network: who passes on whose words, and between whom findings stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.collection import Collection, Table
from musnad.errors import NothingToDraw
from musnad.findings import Text
from musnad.terms import M
from musnad.views.charts.picture import Picture
from musnad.views.charts.style import COLOURS, FAINT, INK, RELAY, SIGNS, Sheet, height_of, house_style, wrap
from musnad.views.charts.voices import Voice, heard_most, read_voices
from musnad.views.tables import draw_table
from musnad.views.words import FAMILIES, KINDS

if TYPE_CHECKING:
    import networkx as nx

_LARGEST = 40  # sources that a page holds
_SEED = 7  # of the layout: any number, always the same
_EDGE, _TOP, _LEGEND_HIGH = 1.0, 0.85, 0.95
_FLAT = 0.85
_COUNTS = {"agreement": "agreements", "conflict": "conflicts", "tension": "tensions"}
_LINES = {"relay": "-", "agreement": "-", "conflict": "--", "tension": ":"}
_BENDS = {"relay": 0.0, "agreement": 0.16, "conflict": -0.16, "tension": 0.3}
_TITLE = Text(
    "Who passes on whose words, and who agrees or conflicts with whom",
    "من ينقل كلام من، ومن يوافق من أو يناقضه",
)
_LEGEND = {
    "relay": Text("passes words on", "ينقل الكلام"),
    **{kind: FAMILIES[kind] for kind in ("agreement", "conflict", "tension")},
}
_HEAD = Text("kind", "النوع"), Text("from", "من"), Text("to", "إلى"), Text("count", "العدد")
_NOBODY = "no source passes words on, and no two meet in a finding"
_LEFT_OUT = Text("left out, with fewer links: {0} sources", "مصادر أُسقطت لقلة صلاتها: {0}")


@dataclass(frozen=True, slots=True)
class _Link:
    """`count` findings between two sources, or statements that `one` gave and `other` passed on."""

    kind: str
    one: str
    other: str
    count: int


def draw_network(news: Collection, language: str = "en") -> Picture:
    """Draw the sources, who relays whom, and between whom findings of agreement and conflict stand.

    Sources have the shape of their kind; relays are arrows from the one heard to the one who passes it on,
    findings have a sign and a line of their own (agreement unbroken, conflict broken, tension dotted). Above
    forty sources those with most links are drawn, and the others counted.

    Raises `NothingToDraw` where there are no two sources to link, and `MissingExtra`.
    """
    links = _links(news)
    weights = Counter[str]()
    for link in links:
        weights.update({link.one: link.count, link.other: link.count})
    if not weights:
        raise NothingToDraw(_NOBODY, remedy="Build articles into the store: `musnad build FILES`.")
    chosen = heard_most(weights, _LARGEST)
    kept = [link for link in links if link.one in chosen and link.other in chosen]
    # Of those chosen some are linked to nobody who was; alone they would say nothing.
    shown = {source for link in kept for source in (link.one, link.other)}
    voices = read_voices(news, language, sorted(shown))
    with house_style():
        sheet = _draw(voices, kept, len(weights) - len(shown), language)
    named = {voice.iri: voice.name for voice in voices}
    rows = tuple(
        (_LEGEND[link.kind].in_language(language), named[link.one], named[link.other], link.count)
        for link in kept
    )
    columns = tuple(text.in_language(language) for text in _HEAD)
    return Picture(_TITLE.in_language(language), draw_table(Table(columns, rows)), language, sheet.figure)


def _links(news: Collection) -> list[_Link]:
    links = [
        _Link("relay", row["from_hand"], row["through_hand"], row["statements"])
        for row in news.query("relays")
        if M("unnamedLink") not in (row["from_hand"], row["through_hand"])
    ]
    for row in news.query("source-pairs"):
        if row["source"] < row["other"]:  # each pair comes both ways round
            links += [
                _Link(kind, row["source"], row["other"], row[column])
                for kind, column in _COUNTS.items()
                if row[column]
            ]
    return sorted(links, key=lambda link: (link.kind, link.one, link.other))


def _places(voices: list[Voice], links: list[_Link]) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Lay the sources out by their links, always in the same way; gives their places and the sheet's size.

    Sources that no link joins, as those of different stories, stand in parts of their own, put side by side
    in rows, the largest first.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(voice.iri for voice in voices)
    for link in links:
        # Sources of one story are all linked by findings; left alone, these would draw them into one heap.
        pull = 1.0 if link.kind == "relay" else 0.12
        known = graph.get_edge_data(link.one, link.other, {}).get("weight", 0.0)
        graph.add_edge(link.one, link.other, weight=max(pull, known))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    sides = [max(4.0, 1.2 + 1.9 * len(part) ** 0.5) for part in parts]
    width = max(7.5, *sides, 1.1 * sum(side**2 for side in sides) ** 0.5)
    places: dict[str, tuple[float, float]] = {}
    x, y, row = 0.0, _TOP, 0.0
    for part, side in zip(parts, sides, strict=True):
        if x + side > width:
            x, y, row = 0.0, y + row, 0.0
        # A part alone in its row has the row; the drawing is a little flatter than it is wide.
        wide = width if len(parts) == 1 else side
        places |= _lay_out(graph.subgraph(sorted(part)), x, y, wide, side * _FLAT)
        x, row = x + side, max(row, side * _FLAT)
    return places, width, y + row + _LEGEND_HIGH


def _lay_out(
    part: nx.Graph[str], left: float, top: float, width: float, height: float
) -> dict[str, tuple[float, float]]:
    import networkx as nx

    drawn = nx.spring_layout(part, k=5.0 / len(part) ** 0.5, iterations=400, seed=_SEED)
    # Rounded, so that the last bits of another machine's arithmetic change nothing.
    spots = {iri: (round(float(x), 3), round(float(y), 3)) for iri, (x, y) in drawn.items()}
    xs, ys = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    return {
        iri: (
            _spread(x, xs, left + _EDGE, left + width - _EDGE),
            _spread(y, ys, top + 0.3, top + height - 0.8),
        )
        for iri, (x, y) in spots.items()
    }


def _spread(value: float, values: list[float], low: float, high: float) -> float:
    length = max(values) - min(values)
    return low + (high - low) * ((value - min(values)) / length if length else 0.5)


def _draw(voices: list[Voice], links: list[_Link], left_out: int, language: str) -> Sheet:
    places, width, height = _places(voices, links)
    sheet = Sheet(width, height, language)
    sheet.text(0.35, 0.3, wrap(_TITLE.in_language(language), width - 0.7, 13), 13, fontweight="bold")
    for link in links:
        _draw_link(sheet, link, places[link.one], places[link.other])
    back = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8, "alpha": 0.75}
    for voice in voices:
        x, y = places[voice.iri]
        hollow = voice.kind in ("anonymous", "collective")
        sheet.mark(
            x,
            y,
            voice.kind,
            markersize=13,
            markerfacecolor="#ffffff" if hollow else "#c9d6e4",
            markeredgecolor=INK,
        )
        sheet.text(x, y + 0.15, wrap(voice.name, 1.9, 9, 60)[:3], 9, align="center", bbox=back)
    _draw_legend(sheet, voices, left_out)
    return sheet


def _draw_link(sheet: Sheet, link: _Link, start: tuple[float, float], end: tuple[float, float]) -> None:
    relay = link.kind == "relay"
    bend = _BENDS[link.kind]
    colour = RELAY if relay else COLOURS[link.kind]
    sheet.arrow(
        start,
        end,
        bend=bend,
        color=colour,
        linestyle=_LINES[link.kind],
        linewidth=min(1.0 + 0.25 * link.count, 3.0),
        arrowstyle="-|>" if relay else "-",
        shrinkA=9,
        shrinkB=9,
    )
    # The middle of matplotlib's arc3: half the bend off the middle of the straight line.
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    off = bend / 2
    x = middle[0] + off * (end[1] - start[1])
    y = middle[1] - off * (end[0] - start[0])
    sign = str(link.count) if relay else f"{SIGNS[link.kind]} {link.count}"
    back = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6}
    high = height_of([sign], 8.5)
    sheet.text(x, y - high / 2, [sign], 8.5, align="center", color=colour, bbox=back, zorder=3)


def _draw_legend(sheet: Sheet, voices: list[Voice], left_out: int) -> None:
    y, x = sheet.height - _LEGEND_HIGH + 0.1, 0.35
    for kind in dict.fromkeys(voice.kind for voice in sorted(voices, key=lambda voice: voice.kind or "")):
        if kind:
            hollow = kind in ("anonymous", "collective")
            sheet.mark(
                x + 0.1,
                y + 0.1,
                kind,
                markersize=8,
                markerfacecolor="#ffffff" if hollow else "#c9d6e4",
                markeredgecolor=INK,
            )
            sheet.text(x + 0.28, y, [KINDS[kind].in_language(sheet.language)], 9, color=FAINT)
            x += 1.8
    y, x = y + 0.28, 0.35
    for kind, text in _LEGEND.items():
        colour = COLOURS.get(kind, RELAY)
        sheet.arrow(
            (x, y + 0.1), (x + 0.5, y + 0.1), color=colour, linestyle=_LINES[kind],
            arrowstyle="-|>" if kind == "relay" else "-", linewidth=1.5,
        )  # fmt: skip
        sheet.text(x + 0.6, y, [text.in_language(sheet.language)], 9, color=colour)
        x += 2.0
    if left_out:
        sheet.text(0.35, y + 0.24, [_LEFT_OUT.in_language(sheet.language).format(left_out)], 8.5, color=FAINT)
