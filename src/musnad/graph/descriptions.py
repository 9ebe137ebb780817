"""What quads say of each subject: the index that every export reads from.

Terms are kept as N-Triples writes them (`<iri>`, `_:label`, `"text"@en`): pyoxigraph writes a hundred
thousand triples in the time in which as many of its term objects are only handed over to Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

import pyoxigraph as ox

from musnad.terms import RDF, XSD, compact, expand


@cache
def verb(name: str) -> str:
    """Give the N-Triples form of a predicate's prefixed name.

    >>> verb("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return f"<{expand(name)}>"


# https://www.w3.org/TR/n-triples/#n-triples-grammar; RDF 1.2 adds a base direction (--ltr) to the language.
_LITERAL: Final = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?'
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
_NOTHING: Final[dict[str, str]] = {}
_SHORT_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Words:
    """A literal: its text, with its language or else the IRI of its datatype."""

    text: str
    language: str | None = None
    datatype: str = XSD("string")


def read_literal(token: str) -> Words:
    r"""Read a literal in its N-Triples form; raises ValueError for anything else.

    >>> read_literal('"a\\nb"@en')
    Words(text='a\nb', language='en', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString')
    """
    found = _LITERAL.fullmatch(token)
    if found is None:
        raise ValueError(f"{token} is no literal")
    text = found["text"]
    if "\\" in text:
        text = _ESCAPE.sub(_unescape, text)
    if found["language"]:
        return Words(text, found["language"], RDF("langString"))
    return Words(text, None, found["datatype"] or XSD("string"))


def first_text(values: str) -> str | None:
    r"""Give the text of the first of some values, one a line, if that is a literal.

    >>> first_text('"a\\nb"@en\n"c"')
    'a\nb'
    """
    if not values.startswith('"'):
        return None
    first = values.partition("\n")[0]
    text = first[1 : first.rindex('"')]  # neither a language nor a datatype has quotation marks
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def node_of(token: str) -> str:
    """Give the key of a node in its N-Triples form: the IRI without brackets, or `_:label`."""
    return token[1:-1] if token.startswith("<") else token


def read_term(token: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """Read any term in its N-Triples form."""
    if token.startswith("<") and not token.startswith("<<"):
        return ox.NamedNode(token[1:-1])
    line = f"<urn:s> <urn:p> {token} .".encode()
    quad: ox.Quad = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)))
    return quad.object


class Descriptions:
    """Quads grouped by subject, whatever graph they stand in; a triple said in two graphs counts once.

    A subject is an IRI, or `_:label` for a blank node. Predicates and classes are asked for by prefixed
    name (`m:polarity`); whatever is listed is in the order of its N-Triples form.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.quads = list(quads)
        text = _serialize(self.quads)
        if _BLANK in text and _has_blank_nodes(text):
            # Labels by RDF Dataset Canonicalization: the same quads look the same, whatever theirs were.
            dataset = ox.Dataset(self.quads)
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            self.quads = list(dataset)
            text = _serialize(self.quads)
        self.homes: dict[str, dict[str, None]] = {}
        """The subjects of each graph (empty for the default graph), in no order."""
        self._index(_group(_lines(text), self.homes))

    @classmethod
    def of_triples(cls, *texts: str) -> Self:
        """Group triples that are given as lines of N-Triples, without blank nodes, one text after another.

        What is read from here alone has no `quads` and no `homes`.
        """
        made = cls.__new__(cls)
        made.quads, made.homes = [], {}
        made._index(_group((line for text in texts for line in _lines(text)), {}, " ."))
        return made

    def _index(self, found: dict[str, dict[str, str]]) -> None:
        self._referring: dict[str, dict[str, list[str]]] = {}
        # What is said of each subject: predicates, and their values one a line. One string instead of a list
        # halves the time: dictionaries of strings alone are none of the garbage collector's business.
        self.said: dict[str, dict[str, str]] = {subject: found[subject] for subject in sorted(found)}

    def __contains__(self, subject: object) -> bool:
        return subject in self.said

    def by_graph(self) -> Iterator[tuple[str, Descriptions]]:
        """Give each graph's name (empty for the default graph) and what it says, in the order of names."""
        graphs: dict[str, list[ox.Quad]] = {}
        for quad in self.quads:
            default = isinstance(quad.graph_name, ox.DefaultGraph)
            graphs.setdefault("" if default else node_of(str(quad.graph_name)), []).append(quad)
        for name in sorted(graphs):
            yield name, Descriptions(graphs[name])

    def triples(self, subject: str) -> Iterator[ox.Triple]:
        """Give all triples of a subject."""
        node = ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)
        for predicate, tokens in self.said.get(subject, {}).items():
            for token in tokens.split("\n"):
                yield ox.Triple(node, ox.NamedNode(predicate[1:-1]), read_term(token))

    def referring(self, predicate: str, target: str) -> list[str]:
        """List the subjects that a predicate relates to `target`."""
        index = self._referring.get(predicate)
        if index is None:
            index = self._referring[predicate] = {}
            name = verb(predicate)
            for subject, said in self.said.items():
                if name in said:
                    for value in said[name].split("\n"):
                        index.setdefault(node_of(value), []).append(subject)
        return index.get(target, [])

    def of_class(self, name: str) -> list[str]:
        """List the subjects that are said to be of a class."""
        return self.referring("rdf:type", expand(name))

    def classes(self, subject: str) -> list[str]:
        """List the classes of a subject as prefixed names, as far as a prefix fits."""
        return [compact(name) for name in self.iris(subject, "rdf:type")]

    def tokens(self, subject: str, predicate: str) -> list[str]:
        """Give the values of a predicate in their N-Triples form."""
        said = self.said.get(subject)
        values = said.get(verb(predicate)) if said else None
        return values.split("\n") if values else []

    def iris(self, subject: str, *predicates: str) -> list[str]:
        """Give the IRIs that a subject is related to, predicate by predicate."""
        said = self.said.get(subject)
        found: list[str] = []
        if said is None:
            return found
        for predicate in predicates:
            values = said.get(verb(predicate))
            if values is None:
                continue
            if "\n" in values:
                found += [
                    token[1:-1]
                    for token in values.split("\n")
                    if token.startswith("<") and not token.startswith("<<")
                ]
            elif values[0] == "<" and values[1] != "<":  # as most of them are
                found.append(values[1:-1])
        return found

    def iri(self, subject: str, predicate: str) -> str | None:
        """Give the first IRI that a subject is related to, if any."""
        return next(iter(self.iris(subject, predicate)), None)

    def literals(self, subject: str, predicate: str) -> list[Words]:
        """Give the values of a predicate that are literals."""
        return [read_literal(token) for token in self.tokens(subject, predicate) if token.startswith('"')]

    def text(self, subject: str, predicate: str) -> str | None:
        """Give the first literal's text, if any."""
        return first_text(self.said.get(subject, _NOTHING).get(verb(predicate), ""))

    def label(self, subject: str, lang: str = "en") -> str:
        """Give what a thing is called in a language, else its own name, else the end of its IRI."""
        labels = [*self.literals(subject, "skos:prefLabel"), *self.literals(subject, "rdfs:label")]
        for literal in labels:
            if literal.language == lang:
                return literal.text
        name = self.text(subject, "rdfs:label")
        return name or subject.rpartition("#")[2].rpartition("/")[2]

    def articles(self) -> list[str]:
        """List the articles by date and identifier."""
        return self.in_order(self.of_class("m:Article"))

    def in_order(self, articles: Iterable[str]) -> list[str]:
        """Sort articles by date and identifier."""
        return _sorted_by(
            articles,
            lambda name: (
                self.text(name, "schema:datePublished") or "",
                self.text(name, "dcterms:identifier") or "",
            ),
        )

    def statements(self, article: str) -> list[str]:
        """List the statements of an article in the order of its text."""
        found = self.referring("m:reportedIn", article)
        return _sorted_by(found, lambda name: self._start(name, "m:contentSpan"))

    def claims(self, statement: str) -> list[str]:
        """List the claims of a statement in the order of their evidence."""
        found = self.referring("m:statedIn", statement)
        return _sorted_by(found, lambda name: self._start(name, "m:evidence"))

    def steps(self, subject: str) -> list[str]:
        """List the attribution steps of a statement or claim from the speaker outwards."""
        found = self.iris(subject, "prov:qualifiedAttribution")
        return _sorted_by(found, lambda name: int(self.text(name, "m:depth") or 0))

    def _start(self, subject: str, predicate: str) -> tuple[int, int]:
        """Give where the span in `predicate` begins and ends; what has none comes first."""
        position = f"{self.iri(subject, predicate)}/position"
        start, end = (self.text(position, part) for part in ("oa:start", "oa:end"))
        return int(start or -1), int(end or -1)


def serialize(quads: Iterable[ox.Quad]) -> list[str]:
    """Give the lines of N-Quads."""
    return _lines(_serialize(quads))


def _serialize(quads: Iterable[ox.Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def _lines(text: str) -> list[str]:
    # Not splitlines(): literals may hold the other line ends of Unicode as they are.
    return text.split("\n")[:-1]


def _has_blank_nodes(text: str) -> bool:
    return any(line.startswith(_BLANK) or _BLANK in _STRING.sub("", line) for line in _lines(text))


_BLANK: Final = "_:"
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')


def _group(
    lines: Iterable[str], homes: dict[str, dict[str, None]], end: str = "\n"
) -> dict[str, dict[str, str]]:
    """Give the values of each subject and predicate, one a line, and note which graphs have the subject.

    `end` is how lines are known to end; a line end is how none does.
    """
    found: dict[str, dict[str, str]] = {}
    several: list[tuple[dict[str, str], str]] = []
    home: dict[str, None] = {}
    values: dict[str, str] = {}
    last, size = "", len(end)
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if value.endswith(end):
            value = value[:-size]
        else:
            whole, (value, name) = value, _part_from_graph(value)
            home = homes.setdefault(name, {})
            # Lines without a graph are all looked at: others end as they do.
            end = whole[len(value) :] if name else "\n"
            size = len(end)
            last = ""
        if subject != last:
            last = subject
            key = subject[1:-1] if subject[0] == "<" else subject
            home[key] = None
            known = found.get(key)
            values = found.setdefault(key, {}) if known is None else known
        before = values.get(predicate)
        if before is None:
            values[predicate] = value
        elif before != value:
            if "\n" not in before:
                several.append((values, predicate))
            values[predicate] = f"{before}\n{value}"
    for values, predicate in several:
        values[predicate] = "\n".join(sorted(set(values[predicate].split("\n"))))
    return found


def _part_from_graph(value: str) -> tuple[str, str]:
    """Part what follows subject and predicate in a line of N-Quads into the object and the graph's key."""
    body = value[:-2]
    target, _, graph = body.rpartition(" ")
    # A literal may end like a graph's name, but for the quotation mark that no IRI holds.
    if target and graph.startswith(("<", "_:")) and '"' not in graph:
        return target, node_of(graph)
    return body, ""


def _sorted_by(subjects: Iterable[str], key: Callable[[str], tuple[int | str, ...] | int]) -> list[str]:
    return sorted(subjects, key=lambda subject: (key(subject), subject))


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _SHORT_ESCAPES.get(found[3], found[3])
