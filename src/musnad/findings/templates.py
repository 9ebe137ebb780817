"""Findings with places for names: what rules found in one pair of positions, written for all like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from musnad.findings.facts import OWN, plain_value
from musnad.graph.naming import content_name
from musnad.terms import ID, RDF, M

Line = tuple[str, str, str]

_FINDING: Final = f"<{ID('finding/')}"
_PREMISE: Final = f"<{ID('premise/')}"
_SLOT_NAME: Final = f"<{ID('slot/')}"
PAIRS: Final = frozenset(f"<{M(name)}>" for name in ("agreesWith", "conflictsWith"))


@dataclass(frozen=True, slots=True)
class Template:
    """Findings as texts with places: `{3}` is the fourth name of a pair, or one made from its names.

    What is `told` of positions, questions and premises stands apart, each under its own number: many findings
    say the same of them.
    """

    text: str
    told: tuple[tuple[int, str], ...] = ()
    made: tuple[tuple[str, tuple[int | str, ...]], ...] = ()
    pairs: tuple[tuple[int, int, str], ...] = ()

    def write(self, names: Sequence[str], known: set[str]) -> str:
        """Write the findings of a pair with these names; of what is `known` nothing is told again."""
        if not self.text:
            return ""
        names = list(names)
        for kind, parts in self.made:
            texts = [names[part] if isinstance(part, int) else part for part in parts]
            names.append(_make(kind, texts))
        lines = [self.text.format(*names)]
        for number, text in self.told:
            if names[number] not in known:
                known.add(names[number])
                lines.append(text.format(*names))
        for one, other, predicate in self.pairs:
            first, second = sorted((names[one], names[other]))
            lines.append(f"{first} {predicate} {second} .\n")
        return "".join(lines)


def _make(kind: str, texts: Sequence[str]) -> str:
    """Name a finding, premise or slot from its parts, as the queries do."""
    parts = [_word(text) for text in texts]
    if kind == "finding":
        parts[1:] = sorted(parts[1:])
    return f"<{content_name(kind, *parts)}>"


def _word(text: str) -> str:
    return text[1:-1] if text.startswith("<") else plain_value(text)


@dataclass(slots=True)
class _Draft:
    """The names of a template while it is made: those of the pair, then those made from them."""

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
    """Make a template of the findings of one pair; None where a name in them cannot be made again."""
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
    text: list[str] = []
    told: dict[int, list[str]] = {}
    pairs = []
    for subject, predicate, value in lines:
        tokens = draft.token(subject), draft.token(value)
        if any(isinstance(token, str) and token.startswith(OWN) for token in tokens):
            return None
        if predicate in PAIRS:
            pairs.append((*tokens, predicate))
            continue
        line = f"{_place(tokens[0])} {predicate} {_place(tokens[1])} .\n"
        if subject.startswith(_FINDING):
            text.append(line)
        else:
            told.setdefault(tokens[0], []).append(line)  # type: ignore[arg-type]
    texts = tuple((number, "".join(known)) for number, known in told.items())
    return Template("".join(text), texts, tuple(draft.made), tuple(pairs))  # type: ignore[arg-type]


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
