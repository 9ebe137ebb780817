"""Parts of a collection that are alike but for their names, so that rules need look at one of them only.

What queries tell of names is whether two are the same; of numbers and days, which is the larger. (The
names that queries make from content, and the order in which they write pairs, are made again here.) So
two parts that become equal when names are replaced by numbers in order of appearance, and numbers and
days by their rank, have the same findings with the names exchanged. The findings of the first are kept
as a text with places for names.

Rules compare numbers with nought, one and the widest bounds, and days of speaking apart from days spoken
of: the ranks keep to that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Final

import pyoxigraph as ox

from musnad.findings.facts import OWN, PREDICATE, PROPOSITION, Facts, W
from musnad.graph.naming import content_name
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import ID, RDF, SCHEMA, M

Line = tuple[str, str, str]
Shape = tuple[object, ...]

_SAID: Final = frozenset(f"<{W}{name}>" for name in ("firstSaid", "lastSaid"))
_DAYS: Final = frozenset(f"<{M(name)}>" for name in ("startEarliest", "endLatest", "validFrom", "validUntil"))
_NUMBERS: Final = frozenset(f"<{SCHEMA(name)}>" for name in ("minValue", "maxValue"))
_MARKED: Final = f"<{M('edtf')}>"  # only whether there is one matters
# What the ranks of numbers and days are counted from: the constants that queries compare with.
_FIXED_NUMBERS: Final = (Decimal(-(10**15)), Decimal(0), Decimal(1), Decimal(10**15))
_FIXED_DAYS: Final = ("0001-01-01", "9999-12-31")
_LITERAL: Final = re.compile(r'"([^"]*)"\^\^<')


def shape_of(
    facts: Facts, start: Sequence[str], joined: Mapping[str, Sequence[str]]
) -> tuple[Shape, list[str]]:
    """Give the shape of the part that positions belong to, and its names in order of appearance.

    `joined` gives the alignments that bear on a thing.
    """
    about = facts.about
    names = sorted(start, key=lambda position: _likeness(facts, position))
    index = {name: number for number, name in enumerate(names)}
    idle = _COMPANY if len(names) > 1 else _LONE
    holders = Counter(facts.value(name, _HOLDER) for name in names)
    counted = any(_grows(facts, name) for name in names)
    shape: list[object] = [len(names)]
    ranked: list[tuple[int, str, str]] = []
    at = 0
    while at < len(names):
        node = names[at]
        at += 1
        known = about.get(node, ())
        shape.append(-1)
        for i in range(0, len(known), 2):
            predicate, value = known[i], known[i + 1]
            if at <= len(start) and predicate in idle:
                alone = holders[facts.value(node, _HOLDER)] == 1 or _HOLDER not in known
                if predicate in _COUNTS or (alone and (predicate == _HOLDER or not counted)):
                    continue
            shape.append(predicate)
            if value.startswith(OWN):
                number = index.get(value)
                if number is None:
                    number = index[value] = len(names)
                    names.append(value)
                shape.append(number)
            elif predicate in _RANKED:
                ranked.append((len(shape), predicate, value))
                shape.append(None)
            else:
                shape.append(None if predicate == _MARKED else value)
        for alignment in joined.get(node, ()):
            if alignment not in index:
                index[alignment] = len(names)
                names.append(alignment)
                shape.append(-2)
    _rank(shape, ranked)
    return tuple(shape), names


_HOLDER: Final = f"<{W}soleHolder>"
_COUNTS: Final = frozenset(f"<{W}{name}>" for name in ("holders", "claims"))
# What cannot tell in a part. How many hold a position is asked only where it is compared with itself (59, 71,
# agreement), which is done for each by itself; who holds it, where two may have one holder; on what days,
# where one holder may have changed his word (71) or a figure may have grown (74).
_COMPANY: Final = _COUNTS | _SAID | {_HOLDER}
_LONE: Final = _SAID


@cache
def _cumulative() -> frozenset[str]:
    graph = load_vocabulary().quads
    grow = {quad.subject for quad in graph if quad.object == ox.NamedNode(M("cumulative"))}
    answers = M("answers")
    return frozenset(str(q.subject) for q in graph if q.predicate.value == answers and q.object in grow)


def _grows(facts: Facts, position: str) -> bool:
    return facts.value(facts.value(position, PROPOSITION) or "", PREDICATE) in _cumulative()


_RANKED: Final = _SAID | _DAYS | _NUMBERS


def _rank(shape: list[object], ranked: Iterable[tuple[int, str, str]]) -> None:
    """Put ranks in the places that wait for them."""
    numbers, days = set(_FIXED_NUMBERS), set(_FIXED_DAYS)
    said: set[str] = set()
    values = []
    for place, predicate, text in ranked:
        value = _plain(text)
        values.append((place, predicate, value))
        if predicate in _NUMBERS:
            numbers.add(Decimal(value))
        else:
            (said if predicate in _SAID else days).add(value)
    by_number = {value: rank for rank, value in enumerate(sorted(numbers))}
    by_day, by_saying = ({value: rank for rank, value in enumerate(sorted(scale))} for scale in (days, said))
    for place, predicate, value in values:
        if predicate in _NUMBERS:
            shape[place] = by_number[Decimal(value)]
        else:
            shape[place] = (by_saying if predicate in _SAID else by_day)[value]


def _plain(text: str) -> str:
    found = _LITERAL.match(text)
    return found[1] if found else text


def _likeness(facts: Facts, position: str) -> tuple[object, ...]:
    """Give what sorts positions that are alike together, so that fewer shapes come about."""
    proposition = facts.value(position, PROPOSITION) or ""
    known = facts.about.get(proposition, ())
    values = tuple(value for value in known if not value.startswith(OWN))
    own = facts.about[position]
    said = tuple(value for value in own if not value.startswith(OWN) and "#date>" not in value)
    return (said, values, _amount(facts, proposition), position)


def _amount(facts: Facts, proposition: str) -> tuple[str, ...]:
    for part in (_QUANTITY, _TIME):
        if node := facts.value(proposition, part):
            return tuple(facts.about.get(node, ()))
    return ()


_QUANTITY: Final = f"<{M('quantity')}>"
_TIME: Final = f"<{M('time')}>"


# --- findings with places for names ------------------------------------------------------------------

_FINDING: Final = f"<{ID('finding/')}"
_PREMISE: Final = f"<{ID('premise/')}"
_SLOT_NAME: Final = f"<{ID('slot/')}"
PAIRS: Final = frozenset(f"<{M(name)}>" for name in ("agreesWith", "conflictsWith"))


@dataclass(frozen=True, slots=True)
class Template:
    """Findings as a text with places: `{3}` is the fourth name of a part, or one made from its names."""

    text: str
    made: tuple[tuple[str, tuple[int | str, ...]], ...] = ()
    pairs: tuple[tuple[int, int, str], ...] = ()

    def write(self, names: Sequence[str]) -> str:
        """Write the findings of a part with these names."""
        known = list(names)
        for kind, parts in self.made:
            texts = [known[part] if isinstance(part, int) else part for part in parts]
            known.append(_make(kind, texts))
        lines = [self.text.format(*known)]
        for one, other, predicate in self.pairs:
            first, second = sorted((known[one], known[other]))
            lines.append(f"{first} {predicate} {second} .\n")
        return "".join(lines)


def _make(kind: str, texts: Sequence[str]) -> str:
    """Name a finding, premise or slot from its parts, as the queries do."""
    parts = [_word(text) for text in texts]
    if kind == "finding":
        parts[1:] = sorted(parts[1:])
    return f"<{content_name(kind, *parts)}>"


def _word(text: str) -> str:
    return text[1:-1] if text.startswith("<") else _plain(text)


@dataclass(slots=True)
class _Draft:
    """The names of a template while it is made: those of the part, then those made from them."""

    index: dict[str, int]
    made: list[tuple[str, tuple[int | str, ...]]] = field(default_factory=list)

    def token(self, text: str) -> int | str:
        return self.index.get(text, text)

    def make(self, name: str, kind: str, parts: Iterable[str]) -> bool:
        """Note how a name is made; False where that does not give this name."""
        parts = list(parts)
        if _make(kind, parts) != name:
            return False
        self.index[name] = len(self.index)
        self.made.append((kind, tuple(self.token(part) for part in parts)))
        return True


def make_template(lines: Sequence[Line], names: Sequence[str]) -> Template | None:
    """Make a template of the findings of one part; None where a name in them cannot be made again."""
    about: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in lines:
        about.setdefault(subject, {}).setdefault(predicate, []).append(value)
    draft = _Draft({name: number for number, name in enumerate(names)})
    for kind, start, parts in _MADE:
        for name in sorted(about):
            if (
                name.startswith(start)
                and name not in draft.index
                and not draft.make(name, kind, parts(about[name]))
            ):
                return None
    text, pairs = [], []
    for subject, predicate, value in lines:
        tokens = draft.token(subject), draft.token(value)
        if any(isinstance(token, str) and token.startswith(OWN) for token in tokens):
            return None
        if predicate in PAIRS:
            pairs.append((*tokens, predicate))
        else:
            text.append(f"{_place(tokens[0])} {predicate} {_place(tokens[1])} .\n")
    return Template("".join(text), tuple(draft.made), tuple(pairs))  # type: ignore[arg-type]


def _place(token: int | str) -> str:
    return f"{{{token}}}" if isinstance(token, int) else token.replace("{", "{{").replace("}", "}}")


def _of(about: Mapping[str, list[str]], name: str) -> list[str]:
    return about.get(f"<{name}>", [])


def _slot_parts(about: Mapping[str, list[str]]) -> list[str]:
    parts = (M("aspect"), RDF("subject"), *(M(name) for name in ("place", "phase", "unit", "role")))
    return [next(iter(_of(about, part)), '""^^<') for part in parts]


_MADE: Final[tuple[tuple[str, str, Callable[[Mapping[str, list[str]]], list[str]]], ...]] = (
    ("slot", _SLOT_NAME, _slot_parts),
    (
        "premise",
        _PREMISE,
        lambda a: [*_of(a, RDF("subject")), *_of(a, RDF("predicate")), *_of(a, RDF("object"))],
    ),
    ("finding", _FINDING, lambda a: [*_of(a, M("rule")), *(_of(a, M("compares")) * 2)[:2]]),
)
