"""The chain of a claim as a drawing in the page: from the speaker to the outlet, and to the characters.

The same stations as in `musnad plot chain`, drawn as SVG elements: the browser shapes the letters, boxes of
sources lead to their pages, and nothing needs a script. Lengths are in pixels of a sheet that scales.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from musnad.collection.provenance import Provenance
from musnad.findings import Hand
from musnad.text.language import script_of
from musnad.views.charts.style import clean, isolated, wrap
from musnad.views.explorer.words import say
from musnad.views.words import KINDS, STANDS

WIDTH: Final = 720
_PAD, _GAP, _LINE, _SMALL = 14, 44, 24, 19
_INCHES: Final = 1 / 96  # of a pixel
_BORDERS: Final = {"anonymous": "unnamed", "collective": "several"}


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: where its baseline is, in which direction it is read and from which side."""

    text: str
    look: str
    x: int
    y: int
    direction: Literal["rtl", "ltr"]
    anchor: Literal["start", "end"]


@dataclass(slots=True)
class Station:
    """One box: its place, what stands in it, how its border looks, and the source it leads to."""

    y: int
    border: str
    agent: str | None = None
    lines: list[Words] = field(default_factory=list)
    height: int = 0


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way from one box to the next, with the cue by which it was said."""

    x: int
    top: int
    bottom: int
    cue: Words | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with its height; its width is `WIDTH`."""

    stations: list[Station]
    arrows: list[Arrow]
    height: int


def draw_stations(provenance: Provenance, language: str) -> Drawing:
    """Draw the hands of a claim from top to bottom, mirrored for Arabic."""
    sheet = _Sheet(language)
    stations: list[Station] = []
    arrows: list[Arrow] = []
    y = 2
    for hand in provenance.hands:
        station = _station(sheet, hand, y)
        stations.append(station)
        y += station.height
        x = sheet.at(_PAD * 3)
        cue = f"«{clean(hand.cue, 60)}»" if hand.cue else ""
        words = sheet.words(cue, "cue-words", _PAD * 4, y + _GAP // 2 + 5) if cue else None
        arrows.append(Arrow(x, y, y + _GAP, words))
        y += _GAP
    stations.append(_article(sheet, provenance, y))
    return Drawing(stations, arrows, y + stations[-1].height + 2)


class _Sheet:
    """Places words from the side where the reader begins."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._mirrored = language == "ar"

    def at(self, x: int) -> int:
        return WIDTH - x if self._mirrored else x

    def words(
        self, text: str, look: str, x: int, y: int, *, ours: bool = False, own_side: bool = False
    ) -> Words:
        """Place a line, in the sheet's direction if it is `ours`, from its own side if `own_side`."""
        rightward = (self.language if ours else script_of(text)) == "ar"
        from_right = rightward if own_side else self._mirrored
        return Words(
            text,
            look,
            WIDTH - x if from_right else x,
            y,
            "rtl" if rightward else "ltr",
            "start" if rightward == from_right else "end",
        )


def _station(sheet: _Sheet, hand: Hand, y: int) -> Station:
    role = STANDS[hand.role].in_language(sheet.language)
    if hand.agent is None:
        name, border = STANDS["unnamedLink"].in_language(sheet.language), "missing"
    else:
        kind = KINDS[hand.kind].in_language(sheet.language) if hand.kind in KINDS else ""
        role = f"{role} · {kind}" if kind else role
        name = hand.label.in_language(sheet.language) if hand.label else hand.name or ""
        border = "outlet" if hand.role == "publisher" else _BORDERS.get(hand.kind or "", "named")
    station = Station(y, border, hand.agent)
    _fill(sheet, station, role, [("name", name, 17, 160)], ours=True)
    return station


def _article(sheet: _Sheet, provenance: Provenance, y: int) -> Station:
    claim = provenance.claim
    where = say("characters", sheet.language, claim.start, claim.end)
    head = (
        f"{say('article', sheet.language)} · {isolated(clean(claim.article_id, 40))} · "
        f"{isolated(str(claim.day))} · {where}"
    )
    station = Station(y, "text")
    before, after = _context(provenance)
    _fill(
        sheet,
        station,
        head,
        [("context", before, 14, 300), ("words", claim.quote, 17, 600), ("context", after, 14, 300)],
        ours=False,
    )
    return station


def _fill(
    sheet: _Sheet, station: Station, head: str, texts: list[tuple[str, str, int, int]], *, ours: bool
) -> None:
    """Put a head and texts (look, words, size, longest) into a box, which grows with them."""
    y = station.y + _PAD + 12
    station.lines.append(sheet.words(head, "role", _PAD, y, ours=True))
    for look, text, size, longest in texts:
        step = _LINE if size > 14 else _SMALL
        for line in wrap(text, (WIDTH - 2 * _PAD) * _INCHES, size * 0.75, longest):
            if line:
                y += step
                station.lines.append(sheet.words(line, look, _PAD, y, own_side=not ours))
    station.height = y + _PAD - station.y


def _context(provenance: Provenance) -> tuple[str, str]:
    """Give the words around the quotation, without those that the context's end cuts in two."""
    before, after = clean(provenance.prefix), clean(provenance.suffix)
    first, last = before.partition(" ")[2], after.rpartition(" ")[0]
    return f"… {first}" if first else "", f"{last} …" if last else ""
