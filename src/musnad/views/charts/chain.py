"""One claim's way: from the speaker through every hand to the outlet, and to the characters that carry it."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.collection import Provenance
from musnad.findings import Hand, Text
from musnad.text.language import script_of
from musnad.views.charts.picture import Picture
from musnad.views.charts.style import (
    CONFLICT,
    FAINT,
    Align,
    Sheet,
    clean,
    height_of,
    house_style,
    isolated,
    wrap,
)
from musnad.views.claims import draw_claim
from musnad.views.words import KINDS, STANDS, stand_of

_WIDTH, _EDGE, _GAP, _PAD = 7.6, 0.4, 0.62, 0.14
_INNER = _WIDTH - 2 * _EDGE
_LINE_STYLES = {"anonymous": "--", "collective": "-.", None: ":"}
_CHARACTERS = Text("characters {0}–{1} of the article as published", "المواضع {0}–{1} من المقال كما نُشر")
_ARTICLE = Text("article", "المقال")
_CHAIN = Text("The chain of a claim", "سلسلة ادعاء")


@dataclass(frozen=True, slots=True)
class _Station:
    """One box: what it is, what stands in it, its edge, and the cue on the arrow that leaves it."""

    head: str
    lines: list[str]
    cue: str | None = None
    edge: str = "-"
    rounding: float = 0.12
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        context = height_of(self.before, 9.5) + height_of(self.after, 9.5)
        return 2 * _PAD + height_of([""], 8.5) + height_of(self.lines, 11) + context


def draw_chain(provenance: Provenance, language: str = "en") -> Picture:
    """Draw the hands of one claim from top to bottom, with the cue by which each gave it to the next.

    Boxes of sources without a name have a broken edge, a hand that the article does not name a dotted one,
    the outlet's a thick one; each says in words what it is.

    Raises `MissingExtra` where matplotlib is not installed.
    """
    claim = provenance.claim
    with house_style():
        heading = wrap(provenance.wording.in_language(language), _INNER, 13)
        stand = stand_of(claim.polarity, claim.modality, language)
        stations = [*(_station(hand, language) for hand in provenance.hands), _article(provenance, language)]
        top = 0.3 + height_of(heading, 13) + height_of([""], 10) + 0.25
        height = top + sum(station.height + _GAP for station in stations) - _GAP + 0.35
        sheet = Sheet(_WIDTH, height, language)
        y = sheet.text(_EDGE, 0.3, heading, 13, fontweight="bold", ours=True)
        sheet.text(_EDGE, y, [stand], 10, color=CONFLICT if claim.polarity == "denied" else FAINT)
        y = top
        for number, station in enumerate(stations):
            _draw(sheet, station, y)
            y += station.height
            if number + 1 < len(stations):
                sheet.arrow((_EDGE + 0.6, y), (_EDGE + 0.6, y + _GAP))
                if station.cue:
                    sheet.text(_EDGE + 0.75, y + 0.2, [f"«{clean(station.cue, 60)}»"], 9.5, color=FAINT)
            y += _GAP
    return Picture(_CHAIN.in_language(language), draw_claim(provenance, language), language, sheet.figure)


def _draw(sheet: Sheet, station: _Station, y: float) -> None:
    thick, edge = (2.2, "-") if station.edge == "thick" else (1.2, station.edge)
    sheet.box(_EDGE, y, _INNER, station.height, linestyle=edge, linewidth=thick, rounding=station.rounding)
    inside = sheet.text(_EDGE + _PAD, y + _PAD, [station.head], 8.5, color=FAINT, ours=True)
    # Words of the article stand at the side where their own language begins.
    ours = sheet.mirrored == (script_of(" ".join(station.lines)) == "ar")
    align: Align = "start" if ours else "end"
    x = _EDGE + (_PAD if ours else _INNER - _PAD)
    inside = sheet.text(x, inside, station.before, 9.5, align=align, color=FAINT)
    inside = sheet.text(
        x,
        inside,
        station.lines,
        11,
        align=align,
        fontweight="bold" if station.before or station.after else "normal",
    )
    sheet.text(x, inside, station.after, 9.5, align=align, color=FAINT)


def _station(hand: Hand, language: str) -> _Station:
    role = STANDS[hand.role].in_language(language)
    if hand.agent is None:
        return _Station(role, [STANDS["unnamedLink"].in_language(language)], hand.cue, ":")
    kind = KINDS[hand.kind].in_language(language) if hand.kind in KINDS else ""
    name = hand.label.in_language(language) if hand.label else hand.name or ""
    edge = "thick" if hand.role == "publisher" else _LINE_STYLES.get(hand.kind, "-")
    head = f"{role} · {kind}" if kind else role
    return _Station(head, wrap(name, _INNER - 2 * _PAD, 11, 160), hand.cue, edge)


def _article(provenance: Provenance, language: str) -> _Station:
    claim = provenance.claim
    where = _CHARACTERS.in_language(language).format(claim.start, claim.end)
    name, day = isolated(clean(claim.article_id, 60)), isolated(str(claim.day))
    head = f"{_ARTICLE.in_language(language)} · {name} · {day} · {where}"
    width = _INNER - 2 * _PAD
    return _Station(
        head,
        wrap(claim.quote, width, 12, 600),
        rounding=0.0,
        before=wrap(_whole_words(provenance.prefix, first=False), width, 9.5),
        after=wrap(_whole_words(provenance.suffix, first=True), width, 9.5),
    )


def _whole_words(context: str, *, first: bool) -> str:
    """Give the words beside a quotation without the one that the context's end cuts in two."""
    words = clean(context).split(" ")
    if len(words) < 2:
        return "…" + words[0] if words[0] else "…"
    return " ".join(words[:-1]) + " …" if first else "… " + " ".join(words[1:])
