"""What lies around some articles in a store: all that can change when they come, change or go.

Everything is asked for in SPARQL, a handful of queries however large the store is, and laid out in a
small store of its own as it will be once the articles are in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final, TypeVar

import pyoxigraph as ox

from musnad.findings.components import question_group
from musnad.graph.sparql import Term, term_text
from musnad.graph.store import Store
from musnad.terms import ARTICLE_GRAPHS, GEO, PROV, RDF, RDFS, SCHEMA, SKOS, M

LOT: Final = 2000  # terms in one query
_NEAR: Final = ox.NamedNode(ARTICLE_GRAPHS("near"))
_SLOT, _PROPOSITION = (ox.NamedNode(M(name)) for name in ("slot", "proposition"))
_CLASS: Final = ox.NamedNode(RDF("type"))
_CLAIM: Final = ox.NamedNode(M("Claim"))
# What may change of a thing from one article to another; all else follows from its name.
THING_FACTS: Final = frozenset(
    (RDF("type"), GEO("sfWithin"), M("adminLevel"), SCHEMA("startDate"), RDFS("label"), SKOS("prefLabel"))
)
NAMES: Final = frozenset((RDFS("label"), SKOS("prefLabel")))
_PARTS: Final = frozenset(
    f"<{part}>"
    for part in (
        *(
            M(name)
            for name in ("slot", "member", "closed", "quantity", "time", "lastPhase", "aspect", "place")
        ),
        *(
            M(name)
            for name in ("phase", "unit", "role", "approximation", "tolerancePolicy", "edtf", "deadline")
        ),
        *(
            M(name)
            for name in ("tense", "startEarliest", "endLatest", "validFrom", "validUntil", "adminLevel")
        ),
        *(M(name) for name in ("minOpen", "maxOpen")),
        *(RDF(name) for name in ("type", "subject", "predicate", "object")),
        *(SCHEMA(name) for name in ("minValue", "maxValue", "value", "startDate")),
        *(GEO("sfWithin"), RDFS("label"), SKOS("prefLabel")),
    )
)
Node = Term
T = TypeVar("T")


@dataclass(slots=True)
class Change:
    """Articles' graphs as they are in a store, and as they will be."""

    store: Store
    names: frozenset[str]
    old: set[ox.Triple]
    new: set[ox.Triple]
    # What of things changes in what queries see; of what comes, in entities: all else is as its name says.
    come: set[ox.Triple] = field(default_factory=set)
    gone: set[ox.Triple] = field(default_factory=set)

    @classmethod
    def of(cls, store: Store, fresh: Mapping[str, Iterable[ox.Quad]], dropped: Iterable[str]) -> Change:
        """Tell what it means for a store that graphs take the place of their former selves, or go."""
        names = frozenset((*fresh, *dropped))
        change = cls(
            store,
            names,
            {quad.triple for name in sorted(names) for quad in store.quads(name) if quad.predicate in READ},
            {quad.triple for quads in fresh.values() for quad in quads if quad.predicate in READ},
        )
        come = {t for t in _of_things(change.new - change.old) if "/id/entity/" in str(t.subject)}
        change.come = change._unknown(come, kept_out=False)
        change.gone = change._unknown(_of_things(change.old - change.new), kept_out=True)
        return change

    def _unknown(self, triples: set[ox.Triple], *, kept_out: bool) -> set[ox.Triple]:
        """Give the triples that no other article's graph holds (`kept_out`), or that none holds."""
        others = ""
        if kept_out:
            out = ", ".join(f"<{name}>" for name in sorted(self.names))
            others = f' FILTER(STRSTARTS(STR(?graph), "{ARTICLE_GRAPHS}") && ?graph NOT IN ({out}))'
        known: set[ox.Triple] = set()
        for lot in lots(sorted(triples, key=str)):
            rows = " ".join(f"({t.subject} {t.predicate} {term_text(t.object)})" for t in lot)
            where = f"GRAPH ?graph {{ ?s ?p ?o }}{others}" if kept_out else "?s ?p ?o"
            found = self.store.stream(
                f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES (?s ?p ?o) {{ {rows} }} {where} }}"
            )
            known.update(ox.Triple(*row) for row in found)  # type: ignore[arg-type]
        return triples - known

    def propositions(self) -> set[Node]:
        """Give the propositions of all claims of the articles, before and after."""
        both = self.old | self.new
        return {triple.object for triple in both if triple.predicate == _PROPOSITION}


def _of_things(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    return {triple for triple in triples if triple.predicate.value in THING_FACTS}


def ask(store: Store, variables: str, terms: Collection[Node], where: str) -> Iterator[tuple[Node, ...]]:
    """Give the rows of a query for each of `terms` as ?it."""
    for lot in lots(sorted(terms, key=str)):
        values = " ".join(term_text(term) for term in lot)
        yield from store.stream(f"SELECT DISTINCT {variables} WHERE {{ VALUES ?it {{ {values} }} {where} }}")  # type: ignore[misc]


def lots(terms: list[T]) -> Iterator[list[T]]:
    """Give terms in lots that one query takes."""
    for start in range(0, len(terms), LOT):
        yield terms[start : start + LOT]


class After:
    """What queries will see of some things once a change is made: the store's word and the articles' own."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self._claims_gone = {t.subject for t in change.old if t.predicate == _CLASS and t.object == _CLAIM}
        self._new_about: dict[Node, list[ox.Triple]] = {}
        for triple in change.new:
            self._new_about.setdefault(triple.subject, []).append(triple)
        self._new_of: dict[Node, set[Node]] = {}
        for triple in change.new:
            if triple.predicate.value in _BACKWARDS:
                self._new_of.setdefault(triple.object, set()).add(triple.subject)

    def about(self, nodes: Collection[Node], parts: Collection[str] = _PARTS) -> set[ox.Triple]:
        """Give what is said of nodes, as far as rules and wordings read it."""
        found = {
            ox.Triple(*row)  # type: ignore[arg-type]
            for row in ask(self.change.store, "?it ?part ?value", nodes, "?it ?part ?value")
            if f"<{row[1].value}>" in parts  # type: ignore[union-attr]
        }
        found -= self.change.gone
        for node in nodes:
            found.update(t for t in self._new_about.get(node, ()) if f"<{t.predicate.value}>" in parts)
        return found

    def around(
        self,
        nodes: Collection[Node],
        seen: set[Node],
        beside: Callable[[Collection[Node]], Collection[Node]] | None = None,
    ) -> set[ox.Triple]:
        """Give what is said of nodes and of all that they refer to, but for what was `seen`, which grows.

        `beside` gives what else is to be followed where some nodes are.
        """
        found: set[ox.Triple] = set()
        todo = set(nodes) - seen
        while todo:
            seen |= todo
            about = self.about(todo)
            found |= about
            ahead: set[Node] = {
                t.object for t in about if t.predicate.value in _REFERS and isinstance(t.object, ox.NamedNode)
            }
            if beside is not None:
                ahead |= set(beside(todo))
            todo = ahead - seen
        return found

    def whose(self, parts: Iterable[str], nodes: Collection[Node]) -> set[Node]:
        """Give all that have one of `nodes` for one of the parts."""
        told = "|".join(f"<{part}>" for part in parts)
        found = {row[0] for row in ask(self.change.store, "?whose", nodes, f"?whose {told} ?it")}
        for node in nodes:
            found |= self._new_of.get(node, set())
        return found

    def claims(self, propositions: Collection[Node]) -> set[ox.Triple]:
        """Give the claims of propositions, with the days on which they were said."""
        found: set[ox.Triple] = set()
        for row in ask(self.change.store, f"?it {' '.join(_OF_CLAIMS)}", propositions, _CLAIMS):
            proposition, claim, *parts, said, article, day = row
            if claim in self._claims_gone:
                continue
            told = zip(_CLAIM_PARTS, (_CLAIM, proposition, *parts, said), strict=True)
            found.update(ox.Triple(claim, part, value) for part, value in told)  # type: ignore[arg-type]
            found.add(ox.Triple(said, _REPORTED, article))  # type: ignore[arg-type]
            found.add(ox.Triple(article, _PUBLISHED, day))  # type: ignore[arg-type]
        found.update(t for t in self.change.new if t.predicate.value in _SAID)
        return found


# What a node refers to that rules and wordings read on; a claim and its statement are asked for apart.
_REFERS: Final = frozenset(
    (
        *(M(name) for name in ("slot", "member", "quantity", "time", "place", "role")),
        *(RDF("subject"), RDF("object"), GEO("sfWithin")),
    )
)
_CLAIM_PARTS: Final = tuple(
    ox.NamedNode(iri)
    for iri in (
        *(RDF("type"), M("proposition"), M("polarity"), M("modality")),
        *(PROV("wasAttributedTo"), M("statedIn")),
    )
)
_REPORTED, _PUBLISHED = ox.NamedNode(M("reportedIn")), ox.NamedNode(SCHEMA("datePublished"))
_OF_CLAIMS: Final = ("?claim", "?polarity", "?modality", "?source", "?said", "?article", "?day")
# What queries/prepare/10-positions.rq asks of claims.
_CLAIMS: Final = " . ".join(
    f"{node} {part} {value}"
    for node, part, value in (
        *zip(repeat("?claim"), _CLAIM_PARTS[1:], ("?it", *_OF_CLAIMS[1:5]), strict=False),
        ("?said", _REPORTED, "?article"),
        ("?article", _PUBLISHED, "?day"),
    )
)
_SAID: Final = frozenset(
    (
        *(
            M(name)
            for name in ("proposition", "polarity", "modality", "statedIn", "reviewStatus", "reportedIn")
        ),
        *(RDF("type"), PROV("wasAttributedTo"), SCHEMA("datePublished")),
    )
)
# What there is more in an article's graph, where the words stand above all, bears on no finding.
READ: Final = frozenset(
    ox.NamedNode(part.strip("<>"))
    for part in (*_PARTS, *(f"<{part}>" for part in _SAID), f"<{PROV('wasGeneratedBy')}>")
)
_BACKWARDS: Final = frozenset(
    (
        *(RDF(name) for name in ("subject", "object")),
        *(M(name) for name in ("member", "place", "role", "slot", "proposition")),
    )
)


def touched_groups(slots: Iterable[ox.Triple]) -> dict[Node, set[str]]:
    """Give the subjects of slots, and for each the groups of aspects that are asked of it."""
    aspects: dict[Node, Node] = {}
    subjects: dict[Node, Node] = {}
    for triple in slots:
        if triple.predicate.value == M("aspect"):
            aspects[triple.subject] = triple.object
        elif triple.predicate.value == RDF("subject"):
            subjects[triple.subject] = triple.object
    groups: dict[Node, set[str]] = {}
    for slot, aspect in aspects.items():
        if slot in subjects:
            groups.setdefault(subjects[slot], set()).add(question_group(str(aspect)))
    return groups


def small_store_graph() -> ox.NamedNode:
    """Name the graph of what is near."""
    return _NEAR
