"""Times by the day: today, yesterday (Friday), the next day, يوم الخميس الماضي, Sunday evening."""

from __future__ import annotations

from dataclasses import replace

from musnad.meaning.calendar_dates import read_day_month, read_month
from musnad.meaning.date_expressions import ARABIC, DateContext, Expression
from musnad.meaning.numeric_dates import read_calendar_figures
from musnad.meaning.pieces import cut_clitics

__all__ = ["hint_future", "read_distance", "read_weekday"]

_NEAR = 10  # pieces before a date in which a word of the future is looked for
# Nouns and particles that begin like a verb of the future (سياسة, سيطر, سنوات).
# What words that are no verbs begin with: policy, car, lady, control, cinema, years, liquidity and others.
_NOT_FUTURE = (
    "سياس سيار سياد سياق سياح سيده سيدات سيدي سيدت سيطر سينا سينم سنوات سنوي ستين سيره سيرت سيرالي سيرج "
    "سيلان سيليكون ستارت ستاره ستات سنغ سنجار سنجاب سنتات سنتيم ستوك سيبير سيئ سيوله سيكولوج سيمفون سيمنس"
)
NOT_FUTURE = tuple(_NOT_FUTURE.split())
_REPORTED = frozenset({"said", "قال", "قالت", "اعلن", "اعلنت", '"'})


def read_distance(context: DateContext, at: int, stem: str, cut: int, clitics: str) -> Expression | None:
    """Read a day by its distance from the article's date or from the date before it."""
    offset, step = context.phrase("offset", at, stem), context.phrase("step", at, stem)
    if step is not None and (offset is None or offset[0] < step[0]):
        return Expression(at, step[0] - 1, "step", cut, step=int(step[1]))
    if (decade := context.phrase("decade", at, stem)) is not None:
        return Expression(at, decade[0] - 1, "decade", cut, decade=decade[1])
    if offset is None or "ك" in clitics:
        return None
    end, days = offset
    if days == "0" and not _is_today(context, at, end):
        return None
    return _with_named_day(context, Expression(at, end - 1, "offset", cut, offset=int(days)))


def _is_today(context: DateContext, at: int, end: int) -> bool:
    """Whether اليوم or today is this day: not twice a day, not the first day, not USA Today."""
    p = context.pieces
    if context.is_in("not-today", p.word(end)) or context.is_in("not-today-before", p.word(at - 1)):
        return False
    if p.text[at] == "اليوم" and p.word(at - 1) == "في":
        return False
    named = p.text[at] == "today" and p.capital[at] and p.same_sentence(at - 1, at)
    return not (named and p.capital[at - 1])


def _with_named_day(context: DateContext, found: Expression) -> Expression:
    """Take the weekday after "yesterday" along: أمس الجمعة, yesterday (Friday)."""
    p = context.pieces
    after = found.last + 1
    bracket = p.word(after) == "("
    weekday = context.words.weekdays.get(p.word(after + bracket))
    if weekday is None or (bracket and p.word(after + 2) != ")"):
        return found
    return _with_date(context, replace(found, last=after + 2 * bracket, weekday=weekday))


def read_weekday(context: DateContext, at: int, stem: str, cut: int) -> Expression | None:
    """Read a weekday with its part of the day, a relative word and a calendar date."""
    p = context.pieces
    first, relative = at, ""
    while context.is_in("day", stem) or context.is_in("day-part", stem):
        at += 1
        if at - first > 2 or not p.same_sentence(first, at):
            return None
        stem = p.text[at]
        distance = context.phrase("offset", at)
        if distance is not None and distance[1] in ("-1", "0", "1"):
            days = Expression(first, distance[0] - 1, "offset", cut, offset=int(distance[1]))
            return _with_named_day(context, days)
    while stem < ARABIC and at - first < 2 and (modifier := context.phrase("relative", at, stem)) is not None:
        at, relative = modifier
        stem = p.word(at)
    weekday = context.words.weekdays.get(stem)
    if weekday is None or (stem < ARABIC and not p.capital[at]):
        return None
    if first == at and context.is_in("not-weekday-before", p.word(first - 1)):
        return None
    last = at
    if stem < ARABIC:
        while context.is_in("day-part", p.word(last + 1)):
            last += 1
    elif (found := context.phrase("relative", last + 1)) is not None:
        last, relative = found[0] - 1, found[1]
    return _with_date(context, Expression(first, last, "weekday", cut, weekday=weekday, relative=relative))


def _with_date(context: DateContext, found: Expression) -> Expression:
    """Take the calendar date after a weekday along: Thursday, 5 May 2022; الخميس 5 أيار."""
    p = context.pieces
    after = found.last + 1 + (p.word(found.last + 1) in (",", "،", "("))
    date = None
    if after < len(p) and p.kind[after] == "number":
        date = read_calendar_figures(p, after) or read_day_month(context, after)
    elif after < len(p) and p.text[after] in context.words.months:
        date = read_month(context, after, p.text[after], 0, "")
    if date is None or date.day is None:
        return found
    closing = p.word(date.last + 1) == ")" and p.word(after - 1) == "("
    return replace(date, first=found.first, cut=found.cut, last=date.last + closing)


def hint_future(context: DateContext, found: Expression) -> Expression:
    """Note a word before the date, in its sentence, that puts it in the future; a verb of speech ends it."""
    p = context.pieces
    for index in range(found.first - 1, max(-1, found.first - 1 - _NEAR), -1):
        word = p.text[index]
        if p.sentence[index] != p.sentence[found.first] or word in _REPORTED:
            break
        hinted = any(context.is_in("future", stem) for _, stem, _ in cut_clitics(word)[:2])
        if hinted or _is_arabic_future(word):
            return replace(found, hinted_future=True)
    return found


def _is_arabic_future(word: str) -> bool:
    """Whether a word looks like a verb of the future: sa- before an imperfect (سيجتمع، ستعقد)."""
    for _, stem, _ in cut_clitics(word)[:2]:
        if len(stem) >= 5 and stem[0] == "س" and stem[1] in "يتن" and not stem.startswith(NOT_FUTURE):
            return True
    return False
