"""One question over time: each position held on it in its row, each claim on the day of its article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from musnad.collection import Collection
from musnad.findings import Text
from musnad.views.charts.picture import Picture
from musnad.views.charts.questions import Question, QuestionFinder, Stand
from musnad.views.charts.style import CONFLICT, FAINT, INK, Align, Sheet, clean, height_of, house_style, wrap
from musnad.views.words import KINDS, stand_of

_WIDTH, _EDGE, _NAMES = 10.0, 0.35, 3.3
_START, _END = _EDGE + _NAMES + 0.55, _WIDTH - _EDGE - 0.75
_ROW, _LABEL = 0.42, 0.3
_MOST_DAYS = 9  # day labels that fit side by side
_LARGEST = 24  # rows
_TITLE = Text("{0} — {1}", "{0} — {1}")
_NOTE = Text(
    "each mark is one claim, on the day of its article; hollow: denied",
    "كل علامة ادعاء واحد في يوم نشر مقاله، والمفرغة منفية",
)
_LEFT_OUT = Text("left out, held by fewer: {0} positions", "مواقف أُسقطت لقلة قائليها: {0}")
_Key = tuple[str, str, str]


def draw_timeline(news: Collection, words: str, language: str = "en") -> Picture:
    """Draw who held which position on a question, and when.

    `words` name the question; see `QuestionFinder.find`, which says what is raised. Marks have the shape of
    their source's kind; the days run in the direction in which the language is read. Above 24 positions those
    with most claims are drawn, and the others counted. Raises `MissingExtra` too.
    """
    question = QuestionFinder(news).find(words)
    title = _TITLE.in_language(language).format(
        question.text.in_language(language), clean(question.about.in_language(language), 90)
    )
    with house_style():
        sheet = _draw(question, title, language)
    return Picture(title, _describe(question, language), language, sheet.figure)


def _positions(question: Question) -> list[tuple[_Key, list[Stand]]]:
    """Give the positions in the order in which they were first taken, each with its claims."""
    found: dict[_Key, list[Stand]] = {}
    for stand in question.stands:
        key = (stand.claim.proposition, stand.claim.polarity, stand.claim.modality)
        found.setdefault(key, []).append(stand)
    return list(found.items())


def _draw(question: Question, title: str, language: str) -> Sheet:
    positions = _positions(question)
    most = sorted(positions, key=lambda position: -len(position[1]))[:_LARGEST]
    shown = [position for position in positions if position in most]
    days = sorted({stand.claim.day for _, stands in shown for stand in stands})
    labels = [wrap(stands[0].wording.in_language(language), _NAMES, 9.5, 150) for _, stands in shown]
    heights = [
        max(height_of(label, 9.5) + 0.4, _ROW + _LABEL * _crowd(stands))
        for label, (_, stands) in zip(labels, shown, strict=True)
    ]
    heading = wrap(title, _WIDTH - 2 * _EDGE, 13)
    top = 0.3 + height_of(heading, 13) + 0.45
    kinds = list(dict.fromkeys(s.claim.source_kind for _, stands in shown for s in stands))
    sheet = Sheet(_WIDTH, top + sum(heights) + 0.95, language)
    sheet.text(_EDGE, 0.3, heading, 13, fontweight="bold", ours=True)
    bottom = top + sum(heights)
    _draw_days(sheet, days, top, bottom)
    y = top
    for label, height, ((_, polarity, modality), stands) in zip(labels, heights, shown, strict=True):
        sheet.line((_EDGE, y), (_WIDTH - _EDGE, y), color="#dfe3e8", linewidth=0.8)
        beneath = sheet.text(_EDGE, y + 0.08, label, 9.5, ours=True)
        colour = CONFLICT if polarity == "denied" else FAINT
        sheet.text(_EDGE, beneath, [stand_of(polarity, modality, language)], 8.5, color=colour)
        _draw_row(sheet, stands, days, y, hollow=polarity == "denied")
        y += height
    _draw_legend(sheet, kinds, bottom + 0.25, len(positions) - len(shown))
    return sheet


def _draw_days(sheet: Sheet, days: Sequence[date], top: float, bottom: float) -> None:
    step = -(-len(days) // _MOST_DAYS)
    free = _START - 1.0
    for day in days[::step]:
        x = _place(day, days)
        sheet.line((x, top), (x, bottom), color="#dfe3e8", linewidth=0.8, linestyle=":")
        if x - free >= 0.85:  # days that follow closely would be written over one another
            sheet.text(x, top - 0.25, [str(day)], 8.5, align="center", color=FAINT)
            free = x


def _draw_row(sheet: Sheet, stands: Sequence[Stand], days: Sequence[date], y: float, *, hollow: bool) -> None:
    """Draw a position's claims: those of one day beneath one another, a line from first day to last."""
    first, last = stands[0].claim.day, stands[-1].claim.day
    middle = y + 0.24
    if first != last:
        line = "--" if hollow else "-"
        ends = (_place(first, days), middle), (_place(last, days), middle)
        sheet.line(*ends, color=CONFLICT if hollow else INK, linewidth=1.4, linestyle=line)
    seen: dict[date, int] = {}
    for stand in stands:
        claim = stand.claim
        x, row = _place(claim.day, days), seen.get(claim.day, 0)
        seen[claim.day] = row + 1
        colour = CONFLICT if hollow else INK
        sheet.mark(
            x,
            middle + _LABEL * row,
            claim.source_kind,
            markersize=8,
            markeredgecolor=colour,
            markerfacecolor="#ffffff" if hollow else colour,
        )
        name = clean(claim.source_name.in_language(sheet.language), 34)
        outlet = clean(claim.outlet, 24)
        told = name if name == outlet else f"{name} ({outlet})"
        back = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6, "alpha": 0.8}
        near_end = x > (_START + _END) / 2
        align: Align = "end" if near_end else "start"
        place = x - 0.12 if near_end else x + 0.12
        sheet.text(place, middle + _LABEL * row - 0.08, [told], 8, align=align, bbox=back)


def _crowd(stands: Sequence[Stand]) -> int:
    days = [stand.claim.day for stand in stands]
    return max(days.count(day) for day in days) - 1


def _place(day: date, days: Sequence[date]) -> float:
    length = (days[-1] - days[0]).days
    return _START + (_END - _START) * ((day - days[0]).days / length if length else 0.5)


def _draw_legend(sheet: Sheet, kinds: Sequence[str], y: float, left_out: int) -> None:
    x = _EDGE
    for kind in kinds:
        sheet.mark(x + 0.08, y + 0.1, kind, markersize=7)
        sheet.text(x + 0.25, y, [KINDS[kind].in_language(sheet.language)], 9, color=FAINT)
        x += 1.8
    notes = [_NOTE.in_language(sheet.language)]
    if left_out:
        notes.append(_LEFT_OUT.in_language(sheet.language).format(left_out))
    sheet.text(_EDGE, y + 0.24, notes, 8.5, color=FAINT)


def _describe(question: Question, language: str) -> str:
    lines = []
    for (_, polarity, modality), stands in _positions(question):
        lines.append(
            f"  {clean(stands[0].wording.in_language(language))} ({stand_of(polarity, modality, language)})"
        )
        lines += [
            f"    {stand.claim.day}  {clean(stand.claim.source_name.in_language(language))}"
            f" ({clean(stand.claim.outlet)})  [{stand.claim.article_id}:{stand.claim.id}]"
            for stand in stands
        ]
    return "\n".join(lines) + "\n"
