"""Terms in Turtle's short forms, and text that is safe inside its comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from musnad.terms import ID, PREFIXES, XSD

INSTANCE_KINDS: Final = (
    "agent", "alignment", "article", "attribution", "claim", "entity", "finding", "graph", "mention",
    "nanopub", "position", "premise", "proposition", "quantity", "reading", "slot", "source", "span",
    "statement", "step", "time",
)  # fmt: skip
"""The kinds of thing that are named from their content; each is a prefix of its own in Turtle."""

TURTLE_PREFIXES: Final[dict[str, str]] = {
    **PREFIXES,
    **{kind: f"{ID(kind)}/" for kind in INSTANCE_KINDS},
}
"""The vocabularies' prefixes, and one for each kind of instance: `claim:05d3…` instead of a whole IRI."""

_NAMESPACES: Final = {namespace: prefix for prefix, namespace in TURTLE_PREFIXES.items()}
# What needs no escape in PN_LOCAL (https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL) but the
# slashes between names, which are escaped.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_]+(?:[/-][A-Za-z0-9_]+)*")
_TYPED: Final = re.compile(r'("(?:[^"\\]|\\.)*")\^\^<([^>]*)>')
_TRIPLE: Final = re.compile(r"<<\( (<[^>]*>|_:\S+) (<[^>]*>) (.*) \)>>", re.DOTALL)
# The shorthands of https://www.w3.org/TR/turtle/#abbrev; any other spelling keeps its quotation marks.
_BARE: Final = {
    XSD("integer"): re.compile(r'"([+-]?[0-9]+)"'),
    XSD("decimal"): re.compile(r'"([+-]?[0-9]*\.[0-9]+)"'),
    XSD("boolean"): re.compile(r'"(true|false)"'),
}
_ESCAPE: Final = re.compile(r"\\.")
_LONG: Final = 120  # characters from which a text of several lines is written as it stands
_BREAKS: Final = frozenset({"Cc", "Zl", "Zp", "Zs"})
_INVISIBLE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})


Layout = list[tuple[str, str, str]]
"""Predicates in the order in which they are written: each with its word, and what parts its values."""

_KEPT: Final = 50_000  # terms whose words are kept


class Notation:
    """Turns the N-Triples forms of terms into Turtle's, and remembers which prefixes that takes."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.names = _Names(self._write)
        """What has been written of each term; asking for another writes it."""
        self.layouts: dict[tuple[str, ...], Layout] = {}
        """How subjects with these predicates are laid out."""

    def term(self, token: str) -> str:
        """Write a term that is given in its N-Triples form."""
        return self.names[token]

    def node(self, key: str) -> str:
        """Write a subject given by its key: an IRI, or `_:label`."""
        return key if key.startswith("_:") else self.term(f"<{key}>")

    def header(self) -> str:
        """Write the prefixes used so far, sorted."""
        return "".join(f"@prefix {prefix}: <{TURTLE_PREFIXES[prefix]}> .\n" for prefix in sorted(self.used))

    def _write(self, token: str) -> str:
        if token.startswith('"'):
            return self._literal(token)
        if token.startswith("<<"):
            return f"<<( {' '.join(self.term(part) for part in _parts(token))} )>>"
        return self._shorten(token) if token.startswith("<") else token

    def _shorten(self, token: str) -> str:
        iri = token[1:-1]
        # Only instances have slashes within their local names: span:1f…\/position.
        instance = iri.find("/", len(ID)) + 1 if iri.startswith(ID) else 0
        cut = instance or max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = _NAMESPACES.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return token
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}".replace("/", "\\/")

    def _literal(self, token: str) -> str:
        if token.endswith('"'):
            return _paragraphs(token) if len(token) > _LONG else token
        typed = _TYPED.fullmatch(token)
        if typed is None:
            return token
        text, datatype = typed.groups()
        bare = _BARE[datatype].fullmatch(text) if datatype in _BARE else None
        return bare[1] if bare else f"{text}^^{self.term(f'<{datatype}>')}"


class _Names(dict[str, str]):
    """What terms are written as: found, in nine cases of ten, without a function being called."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, token: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        written = self[token] = self._write(token)
        return written


def shorten(text: str, limit: int) -> str:
    r"""Give text on one line without control characters, cut at a word after `limit` code points.

    Marks without a glyph are left out, so that nothing can turn the line's direction around.

    >>> shorten("two\nlines \u202e", 5)
    'two …'
    """
    start = text[: 2 * limit]
    # What is printable for Python has a glyph, the space included; the rest is looked at sign by sign.
    words = " ".join((start if start.isprintable() else "".join(map(_visible, start))).split())
    if len(words) <= limit:
        return words
    return f"{words[:limit].rpartition(' ')[0] or words[:limit]} …"


def comment(text: str) -> str:
    r"""Write text as one comment line, which no word of an article can end.

    >>> comment("two\nlines")
    '# two lines\n'
    """
    return f"# {shorten(text, 240)}\n"


def _parts(token: str) -> tuple[str, ...]:
    found = _TRIPLE.fullmatch(token)
    if found is None:
        raise ValueError(f"{token} is no triple term")
    return found.groups()


def _paragraphs(token: str) -> str:
    """Write a text of several lines between triple quotation marks, its line feeds as they are."""
    if "\\n" not in token:
        return token
    return f'""{_ESCAPE.sub(lambda found: _LINE_FEED.get(found[0], found[0]), token)}""'


_LINE_FEED: Final = {"\\n": "\n"}


@cache
def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    return " " if category in _BREAKS else "" if category in _INVISIBLE else sign
