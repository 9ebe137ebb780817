"""Quantities: numbers with what bounds them, as intervals of a unit under a named policy.

Ordinals, model names, clock times, years, dates, and the numbers of articles, roads and resolutions are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from musnad.meaning.counted_nouns import CountedNouns, read_dual
from musnad.meaning.dates import find_expressions
from musnad.meaning.intervals import find_limit, plain_number, scale_of
from musnad.meaning.numerals import ARABIC, Numeral, read_numeral
from musnad.meaning.pieces import Pieces, cut_clitics, cut_pieces
from musnad.meaning.wordlists import Policy, Unit, Wordlists, load_wordlists
from musnad.text.folding import Folded

__all__ = ["QuantityKind", "QuantityMention", "find_quantities", "read_quantities"]

QuantityKind = Literal["exact", "approx", "min", "max", "range", "vague", "dual"]

CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₪": "shekel", "₺": "lira"}
PERCENT = ("%", "بالمئه", "بالمائه", "percent", "pct")
# "The two have met": the number stands for its noun.
_AUXILIARIES = "have has had are were is was will would could can said say also did do met agreed"
AUXILIARIES = frozenset(_AUXILIARIES.split())


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity at `[start:end]` of the untouched text, as an interval; a missing bound is open.

    `value` is the number as put, None for a vague word; `unit` what is counted (empty when no table knows
    the noun), `role` what the noun says of it (killed, wounded), `noun` the noun as written. `policy` names
    the row of quantity-policies.tsv that gave the bounds; an open bound itself does not belong to it.
    """

    text: str
    start: int
    end: int
    kind: QuantityKind
    value: int | float | None
    unit: str
    lower: int | float | None
    upper: int | float | None
    lower_open: bool = False
    upper_open: bool = False
    role: str = ""
    noun: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity on the pieces, before its interval is worked out."""

    first: int
    end: int
    cut: int
    value: float | None
    policy: str
    unit: Unit
    noun: str = ""


def find_quantities(folded: Folded, *, words: Wordlists | None = None) -> tuple[QuantityMention, ...]:
    """Find the quantities of a text, in order.

    >>> from musnad.text.folding import fold
    >>> (found,) = find_quantities(fold("بقي أقل من 500 جندي في القاعدة"))
    >>> found.text, found.kind, found.lower, found.upper, found.unit
    ('أقل من 500', 'max', 0, 499, 'soldier')
    """
    words = words or load_wordlists()
    pieces = cut_pieces(folded)
    dated = {index for e in find_expressions(pieces, words) for index in range(e.first, e.last + 1)}
    return read_quantities(pieces, words, taken=dated)


def read_quantities(pieces: Pieces, words: Wordlists, *, taken: Iterable[int]) -> tuple[QuantityMention, ...]:
    """Find the quantities outside the pieces that dates have `taken`."""
    reader = _Reader(pieces, words, frozenset(taken))
    return tuple(_mention(pieces, words.policies[found.policy], found) for found in reader.read())


class _Reader:
    def __init__(self, pieces: Pieces, words: Wordlists, taken: frozenset[int]) -> None:
        self.p = pieces
        self.w = words
        self.taken = taken
        self.nouns = CountedNouns(pieces, words, taken)
        self.last_dual = -9

    def read(self) -> Iterator[_Found]:
        at, count = 0, len(self.p)
        while at < count:
            if at in self.taken or self.p.kind[at] in ("mark", "break"):
                at += 1
                continue
            numeral = read_numeral(self.p, self.w, at)
            if numeral is not None and self.counts(numeral):
                pair = self.range_from(numeral)
                if pair is not None:
                    yield from pair
                    at = pair[1].end
                else:
                    found = self.limited(numeral)
                    yield found
                    at = max(found.end, numeral.end)
                continue
            if numeral is not None:
                at = max(at + 1, numeral.end if numeral.digits else at + 1)
                continue
            dual = self.dual(at)
            if dual is not None:
                yield dual
                at = dual.end
                continue
            at += 1

    # what is not counted

    def counts(self, n: Numeral) -> bool:
        p = self.p
        if any(index in self.taken for index in range(n.first, n.end)):
            return False
        if n.digits and not self.stands_free(n):
            return False
        dash = n.first - (p.word(n.first - 1) == "-")  # ميغ - 29
        label = self.w.limiters.before(p, dash)
        if label is not None and label[2] == "label" and not n.magnitude:
            return False
        after = self.w.limiters_after.longest(p, n.end) if n.end < len(p) else None
        if after is not None and after[1] == "label":
            return False
        if n.value == 1 and not n.digits and not n.magnitude:
            return self.is_one(n)
        return self.is_spelt_number(n)

    def stands_free(self, n: Numeral) -> bool:
        """Whether figures are not part of a name, a time, a version, an address or a list's numbering."""
        p = self.p
        before, after = p.word(n.first - 1), p.word(n.end)
        if after == "-" and p.glued[n.end] and p.kind[min(n.end + 1, len(p) - 1)] == "number":
            return self.range_from(n) is not None  # a score (2-1) or a code is none
        if p.glued[n.first] and n.first:
            if before in ("-", "/", ":", ".", "_", "@", "#", "\\", "=", "+", "'") and n.first >= 2:
                behind = p.kind[n.first - 2]
                if before != "-" or (p.glued[n.first - 1] and behind == "word"):
                    return False
                if behind == "number" and p.glued[n.first - 1]:
                    return False
            elif p.kind[n.first - 1] == "word" and not (before > ARABIC and len(before) <= 3):
                return False  # F-16, T4
        if n.end < len(p) and p.glued[n.end] and not n.magnitude:
            if after in (":", "/", "_", "@") and n.end + 1 < len(p) and p.glued[n.end + 1]:
                return False
            if p.kind[n.end] == "word" and after not in self.w.units and after not in self.w.magnitudes:
                return False  # 4th, 25-year-old is kept: year is a unit
            if (
                after in (".", ")")
                and self.opens_line(n.first)
                and p.kind[min(n.end + 1, len(p) - 1)] == "word"
            ):
                return False
        return True

    def opens_line(self, at: int) -> bool:
        return at == 0 or self.p.kind[at - 1] == "break"

    def is_one(self, n: Numeral) -> bool:
        """Whether "one" counts: مرة واحدة, one year; not واحد من, no one, the one."""
        p = self.p
        before, after = p.word(n.first - 1), p.word(n.end)
        if p.text[n.first] > ARABIC:
            return n.cut == 0 and bool(before) and self.nouns.before(n.first - 1)[0].name != ""
        if p.kind[min(n.end, len(p) - 1)] == "number":
            return False
        if before in (
            "the",
            "this",
            "that",
            "no",
            "each",
            "every",
            "any",
            "which",
            "number",
            "another",
            "only",
        ):
            return False
        return after in self.w.units or (
            p.word(n.end + 1) in self.w.units and after not in ("of", "in", "or", "and")
        )

    def is_spelt_number(self, n: Numeral) -> bool:
        p = self.p
        word = p.text[n.first]
        if n.digits or word < ARABIC:
            # "several of them", and "the two have met", point at what is known, as "one of" does.
            after = p.word(n.end)
            pointed = p.word(n.first - 1) == "the" and after in AUXILIARIES
            return not (pointed or (n.vague == "several" and word == "several" and after == "of"))
        if word in ("الاثنان", "كلا"):
            return False
        if word[n.cut :] == "عده" and not p.raw_span(n.first, n.first)[2].endswith("ة"):
            return False  # بعده: after him
        # عدة is also gear: it counts before or after a plural, not before a definite noun.
        return not (word == "عده" and p.word(n.end).startswith("ال"))

    # what bounds a number

    def limited(self, n: Numeral) -> _Found:
        p = self.p
        first, cut, end, policy = self.bounds(n)
        unit, noun = self.nouns.after(end)
        if end > n.end:
            unit, noun = Unit("percent", measured=True), ""
        if n.value == 1 and not n.digits and p.text[n.first] > ARABIC:
            unit, noun = self.nouns.before(n.first - 1)
        elif p.word(n.first - 1) == "ال" and p.glued[n.first] and not unit.name:
            unit, noun = self.nouns.before(n.first - 2)  # الساعات الـ24
        if p.word(n.first - 1) in CURRENCIES and p.word(n.first - 1):
            unit, noun = Unit(CURRENCIES[p.word(n.first - 1)], measured=True), ""
            if p.word(end) in ("a", "per", "للبرميل") and p.word(end + 1) in self.w.units:
                unit = Unit(f"{unit.name} per {self.w.units[p.word(end + 1)].name}", measured=True)
        if n.vague and policy == "exact":
            policy = n.vague
        if n.vague and policy != n.vague:
            policy = n.vague  # "more than dozens" stays as vague as dozens are
        after = self.after_limiter(n, end)
        if after is not None and not n.vague:
            end, policy = after
        return _Found(first, end, cut, n.value, policy, unit, noun)

    def bounds(self, n: Numeral) -> tuple[int, int, int, str]:
        """Give first piece, clitics cut, end and policy of a number with currency, percent and limiter."""
        p = self.p
        first, cut, end, policy = n.first, n.cut, n.end, "exact"
        before = p.word(first - 1)
        if n.digits and before and (before in CURRENCIES or (before == "%" and p.glued[first])):
            first, cut = first - 1, 0
        limiter = self.w.limiters.before(p, first)
        if limiter is not None and limiter[2] != "label" and p.same_sentence(limiter[0], first):
            first, cut, policy = limiter
        return first, cut, self.with_percent(end), policy

    def with_percent(self, end: int) -> int:
        p = self.p
        if p.word(end) in PERCENT and p.word(end):
            return end + 1
        if p.word(end) == "في" and p.word(end + 1) in ("المئه", "المائه"):
            return end + 2
        if p.word(end) == "per" and p.word(end + 1) == "cent":
            return end + 2
        return end

    def after_limiter(self, n: Numeral, end: int) -> tuple[int, str] | None:
        """Find "at least" behind the number, or behind the noun it counts: شخصان على الأقل."""
        p = self.p
        for index in range(end, min(end + 4, len(p))):
            if p.kind[index] not in ("word", "number") or not p.same_sentence(n.first, index):
                return None
            found = self.w.limiters_after.longest(p, index)
            if found is not None and found[1] != "label":
                return found
            if index > end and p.text[index] < ARABIC:
                return None
        return None

    # ranges and duals

    def range_from(self, n: Numeral) -> tuple[_Found, _Found] | None:
        """Read a range as its two ends: أربعة إلى خمسة, 5 to 10 million, between 3 and 5."""
        p = self.p
        at = n.end
        joint = p.word(at)
        if n.value is None or not joint or not p.same_sentence(n.first, at):
            return None
        before = p.word(n.first - 1)
        between = before in ("بين", "between")
        if joint == "%":
            joint, at = p.word(at + 1), at + 1
        if joint in ("الي", "او", "to", "or", "-") or (joint in ("و", "and") and between):
            at += 1
        elif not (joint.startswith("و") and between):
            return None
        if at >= len(p) or at in self.taken:
            return None
        if joint == "او" and p.word(at) == "اكثر":
            return None
        if before in ("من", "from") and self.tells_change(n.first):
            return None
        other = read_numeral(p, self.w, at)
        if other is None or other.value is None or any(i in self.taken for i in range(at, other.end)):
            return None
        low, high = n.value, other.value
        if other.magnitude and not n.magnitude and high >= 1000 > low:
            low *= scale_of(high)
        if not low < high or (joint == "-" and not (p.glued[at] or p.glued[at - 1])):
            return None
        end = self.with_percent(other.end)
        unit, noun = self.nouns.after(end)
        if end > other.end:
            unit = Unit("percent", measured=True)
        if joint == "-" and not (unit.name or noun):
            return None
        first, cut, _, _ = self.bounds(n)
        return (
            _Found(first, n.end, cut, low, "range-low", unit, noun),
            _Found(other.first, end, other.cut, high, "range-high", unit, noun),
        )

    def tells_change(self, at: int) -> bool:
        """Whether a word before "from 5 to 10" says that one number became the other."""
        p = self.p
        return any(
            stem in self.w.changes
            for index in range(max(0, at - 8), at)
            if p.same_sentence(index, at)
            for _, stem, _ in cut_clitics(p.text[index])
        )

    def dual(self, at: int) -> _Found | None:
        """Read an Arabic dual as two of its noun; an adjective after a dual only agrees with it."""
        p = self.p
        word = p.text[at]
        if word < ARABIC or len(word) < 4 or p.kind[at] != "word":
            return None
        found = read_dual(word, self.w)
        if found is None:
            return None
        cut, unit = found
        agrees = self.last_dual >= at - 5 and p.same_sentence(self.last_dual, at)
        self.last_dual = at
        if agrees and not unit.name:
            return None
        return self.limited_dual(_Found(at, at + 1, cut, 2.0, "dual", unit, p.raw_span(at, at, cut=cut)[2]))

    def limited_dual(self, found: _Found) -> _Found:
        p = self.p
        limiter = self.w.limiters.before(p, found.first)
        if limiter is not None and limiter[2] != "label" and p.same_sentence(limiter[0], found.first):
            return replace(found, first=limiter[0], cut=limiter[1], policy=limiter[2])
        after = self.after_limiter(Numeral(found.first, found.end), found.end)
        return found if after is None else replace(found, end=after[0], policy=after[1])


def _mention(pieces: Pieces, policy: Policy, found: _Found) -> QuantityMention:
    start, end, text = pieces.raw_span(found.first, found.end - 1, cut=found.cut)
    lower, lower_open = find_limit(policy.lower, found.value, measured=found.unit.measured)
    upper, upper_open = find_limit(policy.upper, found.value, measured=found.unit.measured)
    return QuantityMention(
        text,
        start,
        end,
        policy.kind,  # type: ignore[arg-type]
        None if found.value is None else plain_number(found.value),
        found.unit.name,
        lower,
        upper,
        lower_open,
        upper_open,
        found.unit.role,
        found.noun,
        policy.name,
    )
