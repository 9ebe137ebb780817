"""What is exported, part by part: each article with all that it speaks of, then what is left.

A part is small. So what a store holds is written in memory that does not grow with the number of articles:
what is kept of a part that is done are the names that other parts may have too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from musnad.graph.descriptions import Descriptions, verb
from musnad.graph.lookups import AT_ONCE, ask_about, ask_with_words, iri_list, lots_of
from musnad.graph.sparql import graph_name
from musnad.graph.store import Store
from musnad.terms import (
    ARTICLE_GRAPHS,
    DCTERMS,
    DIGESTS_GRAPH,
    FINDINGS_GRAPH,
    HISTORY_GRAPHS,
    ID,
    PAST_GRAPHS,
    REVIEW_GRAPHS,
    SCHEMA,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
    M,
)

__all__ = ["Holdings", "Part", "parts_of"]

# What is named from its article, so that no other article has it.
_OWN_KINDS: Final = tuple(
    f"{ID(kind)}/" for kind in ("article", "claim", "mention", "reading", "span", "statement", "step")
)
_ARTICLE: Final = f"{ID('article')}/"  # which one revises is told by another graph
_CALLED: Final = tuple(f"{ID(kind)}/" for kind in ("agent", "entity", "source"))
_ORDER: Final = f"""
SELECT ?graph ?day ?identifier WHERE {{
  GRAPH ?graph {{ ?article a <{M("Article")}> }}
  OPTIONAL {{ ?article <{SCHEMA("datePublished")}> ?day }}
  OPTIONAL {{ ?article <{DCTERMS("identifier")}> ?identifier }}
  FILTER(STRSTARTS(STR(?graph), "{ARTICLE_GRAPHS}"))
}}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Some subjects that are written together, and what is said of them and of all that they refer to."""

    names: Sequence[str]
    said: Descriptions


def parts_of(said: Descriptions) -> Iterator[Part]:
    """Give what quads say: the graphs of articles by their days, then everything else."""
    kind, article = verb("rdf:type"), verb("m:Article")
    dated = []
    for name, subjects in said.homes.items():
        articles = [subject for subject in subjects if article in said.said[subject].get(kind, "")]
        if articles:
            dated.append((min(_when(said, subject) for subject in articles), name))
    met: set[str] = set()
    for _, name in sorted(dated):
        yield Part(sorted(said.homes[name].keys() - met), said)
        met.update(said.homes[name])
    yield Part([name for name in said.said if name not in met], said)


def _when(said: Descriptions, article: str) -> tuple[str, str]:
    return said.text(article, "schema:datePublished") or "", said.text(article, "dcterms:identifier") or ""


class Holdings:
    """What is exported of a store: the articles, and what is said of them that is asked for.

    Args:
        store: holds the graphs.
        findings: the findings too, and the links between versions of an article.
        vocabulary: the vocabulary too.
        history: decisions of reviewers, readings that are kept, and their lists too.
    """

    def __init__(
        self, store: Store, *, findings: bool = True, vocabulary: bool = False, history: bool = False
    ) -> None:
        self.store = store
        self.history = history
        self._articles: tuple[str, ...] = (ARTICLE_GRAPHS,)
        if history:
            self._articles += (HISTORY_GRAPHS, PAST_GRAPHS, REVIEW_GRAPHS)
        self._others = [FINDINGS_GRAPH, VERSIONS_GRAPH, DIGESTS_GRAPH] if findings else []
        self._others += [VOCABULARY_GRAPH] if vocabulary else []

    def graphs(self) -> list[str]:
        """Give the names of the graphs."""
        return [name for name in self.store.graphs() if name.startswith(self._articles)] + self._others

    def quads(self) -> Iterator[ox.Quad]:
        """Give the quads, sorted by graph and quad."""
        for name in self.graphs():
            yield from sorted(self.store.quads(name), key=str)

    def triples(self, graph: str) -> str:
        """Give what a graph says, as lines of N-Triples in no order."""
        return self.store.lines(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph_name(graph)} {{ ?s ?p ?o }} }}"
        )

    def graph_parts(self) -> Iterator[tuple[str, Part]]:
        """Give each graph that says something by itself, in the order of names."""
        for graph in sorted(self.graphs()):
            said = Descriptions.of_triples(self.triples(graph))
            if said.said:
                yield graph, Part(list(said.said), said)

    def parts(self) -> Iterator[Part]:
        """Give what the graphs say together, as `parts_of` does."""
        plain = not self._has_more()
        met: set[str] = set()
        for graph in self._dated():
            said = Descriptions.of_triples(self.triples(graph))
            common = [name for name in said.said if not name.startswith(_OWN_KINDS)]
            # What things are called stands in headings, whichever article they stand under.
            asked = [name for name in said.said if name.startswith(_CALLED) or name not in met]
            asked = [name for name in asked if name.startswith(_ARTICLE) or not name.startswith(_OWN_KINDS)]
            said.said.update(self._about(asked, plain=plain))
            yield Part([name for name in said.said if name not in met], said)
            met.update(common)
        findings = (
            self._subjects(FINDINGS_GRAPH, f"a <{M('Finding')}>") if FINDINGS_GRAPH in self._others else []
        )
        for lot in lots_of(sorted(findings), AT_ONCE):
            said = self._with_words(lot, plain=plain)
            parts = [[finding, *said.iris(finding, "m:compares", "m:premise")] for finding in lot]
            names = dict.fromkeys(name for part in parts for name in part if name in said and name not in met)
            yield Part(list(names), said)
            met.update(names)
        left = {name for graph in self._others for name in self._subjects(graph, "?p ?o") if name not in met}
        left -= self._in_articles([name for name in left if name.startswith(_OWN_KINDS)])
        said = self._with_words(sorted(left), plain=plain)
        yield Part(sorted(left), said)

    def _dated(self) -> list[str]:
        """Give the graphs of the articles by day and identifier."""
        order: dict[str, tuple[str, str]] = {}
        for graph, day, identifier in self.store.stream(_ORDER):
            when = (_value(day), _value(identifier))
            name = _value(graph)
            order[name] = min(order.get(name, when), when)
        known = [name for name in self.store.graphs() if name.startswith(ARTICLE_GRAPHS)]
        return sorted(known, key=lambda name: (order.get(name, ("", "")), name))

    def _subjects(self, graph: str, clause: str) -> Iterator[str]:
        rows = self.store.stream(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s {clause} }} }}")
        return (_value(row[0]) for row in rows)

    def _in_articles(self, names: Sequence[str]) -> set[str]:
        """Give those of the names of which an article's graph says something."""
        found: set[str] = set()
        for lot in lots_of(names, AT_ONCE):
            rows = self.store.stream(
                f"SELECT ?s WHERE {{ VALUES ?s {{ {iri_list(lot)} }} "
                f"FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} "
                f'FILTER(STRSTARTS(STR(?g), "{ARTICLE_GRAPHS}")) }} }}'
            )
            found.update(_value(row[0]) for row in rows)
        return found

    def _about(self, names: Sequence[str], *, plain: bool) -> dict[str, dict[str, str]]:
        return ask_about(self.store, names, only=self._only(names, plain=plain)).said

    def _with_words(self, names: Sequence[str], *, plain: bool) -> Descriptions:
        return ask_with_words(self.store, names, only=self._only(names, plain=plain))

    def _has_more(self) -> bool:
        """Whether graphs that are not wanted may speak of what these speak of; the vocabulary does not."""
        known = (ARTICLE_GRAPHS, PAST_GRAPHS, *self._others, VOCABULARY_GRAPH)
        return not all(name.startswith(known) for name in self.store.graphs())

    def _only(self, names: Sequence[str], *, plain: bool) -> str:
        """Give the filter that leaves only what is wanted; nothing where there is nothing else.

        What queries see is the set of all that is said, and graphs are looked into only where some of that is
        not wanted.
        """
        if plain and all(name.startswith(ID) for name in names):
            return ""
        wanted = " || ".join(f'STRSTARTS(STR(?g), "{name}")' for name in (ARTICLE_GRAPHS, *self._others))
        return f"FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({wanted}) }}"


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
