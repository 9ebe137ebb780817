"""Turtle and TriG that a person can read: an article, what is said in it, then what it is said about.

pyoxigraph's own serialiser is not used for the layout: it writes its prefixes in an order that changes from
run to run, and neither blank lines nor comments between subjects. Terms are escaped by pyoxigraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Final

from musnad.graph.descriptions import Descriptions, node_of, verb
from musnad.graph.exports.evidence import check_evidence
from musnad.graph.exports.notation import Layout, Notation, comment, shorten
from musnad.graph.exports.parts import Holdings, Part, parts_of
from musnad.graph.exports.spool import add_to_file
from musnad.graph.wording import Wording
from musnad.terms import ID, compact

# What a reader looks for first; the other predicates follow by name.
_FIRST: Final = (
    "rdf:type", "dcterms:identifier", "rdfs:label", "skos:prefLabel", "m:findingKind", "rdf:subject",
    "rdf:predicate", "rdf:object", "m:member", "m:polarity", "m:modality", "m:proposition", "rdf:reifies",
    "oa:start",
)  # fmt: skip
_SPANS: Final = ("m:sourceSpan", "m:cueSpan", "m:contentSpan", "m:evidence")
_RANKS: Final = {verb(name): rank for rank, name in enumerate(_FIRST)}
Block = tuple[str, list[str]]
"""A heading (empty for none) and the subjects that stand under it."""

_IN_MEMORY: Final = 8_000_000  # characters that are kept before they go to a file
_PIECE: Final = 1_000_000  # characters
_LINE: Final = "\n"
_COMMA: Final = ",\n        "
_SEMICOLON: Final = " ;\n    "
_RDF_TYPE: Final = verb("rdf:type")


def write_turtle(said: Descriptions, *, notes: Mapping[str, str] | None = None) -> Iterator[str]:
    """Give the triples of all graphs as Turtle, in chunks; only prefixes that are used are declared.

    `notes` are remarks on claims, written beside their ids.
    """
    yield from _write_parts(parts_of(said), notes or {})


def stream_turtle(holdings: Holdings) -> Iterator[str]:
    """Give what a store holds as `write_turtle` does, in memory that does not grow with it."""
    yield from _write_parts(map(_checked, holdings.parts()), {})


def _write_parts(parts: Iterable[Part], notes: Mapping[str, str]) -> Iterator[str]:
    notation = Notation()

    def body() -> Iterator[str]:
        wording = None
        for part in parts:
            if wording is None or wording.graph is not part.said:
                wording = Wording(part.said)
            yield from _body(part.said, _Outline(part, notes, wording).blocks(), notation)

    yield from _headed(body(), notation)


def write_blocks(said: Descriptions, blocks: Iterable[Block]) -> Iterator[str]:
    """Give the subjects of the blocks as Turtle, each block under its heading; one without has none."""
    notation = Notation()
    yield from _headed(_body(said, blocks, notation), notation)


def write_trig(said: Descriptions) -> Iterator[str]:
    """Give the quads as TriG, graph by graph in the order of their names, each laid out as Turtle is."""
    yield from _write_graphs((name, Part(list(part.said), part)) for name, part in said.by_graph())


def stream_trig(holdings: Holdings) -> Iterator[str]:
    """Give what a store holds as `write_trig` does, in memory that does not grow with it."""
    yield from _write_graphs((name, _checked(part)) for name, part in holdings.graph_parts())


def _write_graphs(parts: Iterable[tuple[str, Part]]) -> Iterator[str]:
    notation = Notation()

    def body() -> Iterator[str]:
        for name, part in parts:
            yield f"\n{notation.node(name)} {{\n" if name else ""
            yield from _body(part.said, _Outline(part, {}, Wording(part.said)).blocks(), notation)
            yield "}\n" if name else ""

    yield from _headed(body(), notation)


def _checked(part: Part) -> Part:
    check_evidence(part.said)
    return part


def _headed(body: Iterable[str], notation: Notation) -> Iterator[str]:
    """Give the prefixes, and then the body: only when that is written is it known which are used."""
    with ExitStack() as stack:
        held: list[str] = []
        size, file = 0, None
        for text in body:
            held.append(text)
            size += len(text)
            if size > _IN_MEMORY:
                file = add_to_file(held, stack, file)
                held, size = [], 0
        yield notation.header()
        if file:
            file.seek(0)
            while text := file.read(_PIECE):
                yield text
        yield "".join(held)


def _body(said: Descriptions, blocks: Iterable[Block], notation: Notation) -> Iterator[str]:
    for heading, subjects in blocks:
        yield f"\n{comment(heading) if heading else ''}{write_subjects(said, subjects, notation)}"


def write_subjects(said: Descriptions, subjects: Iterable[str], notation: Notation) -> str:
    """Give what is said of each subject, in the order given."""
    term = notation.names.__getitem__
    names, layouts = notation.names, notation.layouts
    written = []
    for subject in subjects:
        values = said.said[subject]
        clauses = []
        predicates = tuple(values)
        layout = layouts.get(predicates)
        if layout is None:
            layout = layouts[predicates] = _lay_out(predicates, notation)
        for predicate, word, comma in layout:
            listed = values[predicate]
            if _LINE not in listed:
                clauses.append(f"{word} {names[listed]}")
            else:
                clauses.append(f"{word} {comma.join(map(term, listed.split(_LINE)))}")
        written.append(f"{notation.node(subject)} {_SEMICOLON.join(clauses)} .\n")
    return "".join(written)


def _lay_out(predicates: tuple[str, ...], notation: Notation) -> Layout:
    """Put predicates in the order of reading; subjects of one class mostly have the same ones."""
    order = sorted(predicates, key=lambda name: (_RANKS.get(name, len(_RANKS)), compact(node_of(name))))
    return [
        (name, "a", ", ") if name == _RDF_TYPE else (name, notation.names[name], _COMMA) for name in order
    ]


class _Outline:
    """The order in which subjects are written; each stands once, and none is left out."""

    def __init__(self, part: Part, notes: Mapping[str, str], wording: Wording) -> None:
        self.said = part.said
        self._notes = notes
        self._wording = wording
        self._left = dict.fromkeys(part.names)

    def blocks(self) -> Iterator[Block]:
        """Give headings (empty for none) with the subjects that stand under them."""
        for heading, subjects in self._sections():
            taken = [subject for subject in subjects if self._left.pop(subject, self) is None]
            if taken:
                yield heading, taken

    def _sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        said = self.said
        kinds: dict[str, list[str]] = {}
        for name in self._left:
            for token in said.said[name].get(_RDF_TYPE, "").split(_LINE):
                kinds.setdefault(token, []).append(name)

        def of_class(name: str) -> list[str]:
            return kinds.get(verb(name), [])

        for article in said.in_order(of_class("m:Article")):
            yield from self._article(article)
        for finding in of_class("m:Finding"):
            parts = [finding, *said.iris(finding, "m:compares", "m:premise")]
            positions = said.iris(finding, "m:compares")
            words = " × ".join(self._sentence(position) for position in positions)
            yield f"Finding: {said.text(finding, 'm:findingKind')}: {words}", parts
        for mention in of_class("m:Mention"):
            words = self._quote(said.iri(mention, "m:evidence"))
            heading = f"Mention {self._identifier(mention)}: {words}"
            yield heading, [mention, *self._spans(mention)]
        yield from self._each("Quantity", of_class("m:Quantity"))
        yield from self._each("Time", of_class("m:TimeSpan"))
        yield from self._each("Entity", of_class("m:Entity"))
        for alignment in of_class("m:Alignment"):
            yield self._named("Alignment", alignment), [alignment, *self._spans(alignment)]
        yield from self._each("Agent", of_class("prov:Agent"))
        rest = list(self._left)
        yield "The vocabulary", [name for name in rest if not name.startswith((ID, "_:"))]
        yield "Everything else", list(self._left)

    def _article(self, article: str) -> Iterator[tuple[str, Iterable[str]]]:
        said = self.said
        day = said.text(article, "schema:datePublished")
        yield f"=== Article {self._identifier(article)}, {day}", [article]
        yield "", said.referring("prov:used", article)
        statements = said.statements(article)
        sources = [source for name in statements for source in said.iris(name, "prov:wasAttributedTo")]
        hands = [
            agent
            for name in statements
            for step in said.steps(name)
            for agent in said.iris(step, "prov:agent")
        ]
        for source in dict.fromkeys([*said.iris(article, "schema:publisher"), *sources, *hands]):
            yield self._named("Source", source), [source]
        for statement in statements:
            yield from self._statement(statement)

    def _statement(self, statement: str) -> Iterator[tuple[str, Iterable[str]]]:
        said = self.said
        source = said.label(said.iri(statement, "prov:wasAttributedTo") or "")
        words = self._quote(said.iri(statement, "m:contentSpan"))
        yield f"--- Statement {self._identifier(statement)}, {source}: {words}", [statement]
        yield "", self._spans(statement)
        for step in said.steps(statement):
            yield "", [step, *self._spans(step)]
        for claim in said.claims(statement):
            note = f" ({self._notes[claim]})" if claim in self._notes else ""
            yield f"Claim {self._identifier(claim)}{note}: {self._sentence(claim)}", [claim]
            yield "", self._spans(claim)
            for proposition in said.iris(claim, "m:proposition"):
                yield "", list(self._proposition(proposition))

    def _proposition(self, proposition: str) -> Iterator[str]:
        yield proposition
        yield from self.said.iris(proposition, "m:slot")
        for value in self.said.iris(proposition, "rdf:object"):
            if "m:Proposition" in self.said.classes(value):
                yield from self._proposition(value)

    def _spans(self, subject: str) -> Iterator[str]:
        """Give the spans of a subject, each followed by its selectors and pieces."""
        for span in self.said.iris(subject, *_SPANS):
            for piece in (span, *self.said.iris(span, "m:piece")):
                yield piece
                yield from self.said.iris(piece, "oa:hasSelector")

    def _each(self, noun: str, subjects: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
        for subject in subjects:
            if subject in self._left:
                yield self._named(noun, subject), [subject]

    def _named(self, noun: str, subject: str) -> str:
        return f"{noun}: {self.said.label(subject)}"

    def _sentence(self, claim: str) -> str:
        try:
            return self._wording.claim(claim, "en")
        except KeyError:
            return "a part of it is not here, so it cannot be put into words"

    def _quote(self, span: str | None) -> str:
        return f"«{shorten(self.said.text(f'{span}/quote', 'oa:exact') or '', 64)}»"

    def _identifier(self, subject: str) -> str:
        return self.said.text(subject, "dcterms:identifier") or ""
