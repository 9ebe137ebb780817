"""Lists of all articles, questions and sources, read off the store once and kept."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeVar, overload

import pyoxigraph as ox

from musnad.findings import FindingsReader, Text
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.terms import M
from musnad.views.explorer.counting import Counts, count
from musnad.views.explorer.searching import WordIndex, words_in

T = TypeVar("T")

_LASTING = ("aspects", "answered")
_SENTENCE = 45  # characters: a shorter first line is the date line
_OPENING = 90


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in the list of them."""

    iri: str
    id: str
    day: date
    outlet: str
    language: str
    title: str
    status: str
    statements: int
    claims: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list of them, with how many findings there are, by the first part of their kind."""

    iri: str
    aspect: str
    subject: str
    positions: int
    sources: int
    claims: int
    findings: dict[str, int]

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """What puts contested questions first, then those that many answer."""
        found = self.findings
        return (
            -found.get("conflict", 0),
            -found.get("tension", 0),
            -found.get("agreement", 0),
            -self.claims,
        )


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in the list of them."""

    iri: str
    kind: str
    articles: int
    statements: int
    claims: int
    denied: int


class _Named(Protocol):
    @property
    def iri(self) -> str: ...


L = TypeVar("L", bound=_Named)


class Lines(Sequence[L]):
    """A list of all there is of one kind, in order, by name and by words."""

    def __init__(self, lines: list[L], words: WordIndex) -> None:
        self._lines = lines
        self._by_name = {line.iri: line for line in lines}
        self._words = words

    @overload
    def __getitem__(self, place: int) -> L: ...
    @overload
    def __getitem__(self, place: slice) -> list[L]: ...
    def __getitem__(self, place: int | slice) -> L | list[L]:
        return self._lines[place]

    def __len__(self) -> int:
        return len(self._lines)

    def named(self, iri: str) -> L | None:
        """Give the one of this name."""
        return self._by_name.get(iri)

    def find(self, words: str) -> Sequence[L]:
        """Give those that hold all of some words, in any spelling, in order; all where no word is given."""
        found = self._words.find(words)
        return self if found is None else [self._lines[place] for place in sorted(found)]


class Index:
    """The lists, each read when it is first asked for."""

    def __init__(self, store: OxigraphStore, reader: FindingsReader) -> None:
        self._store = store
        self._reader = reader
        self._lock = threading.RLock()
        self._kept: dict[str, Any] = {}
        self._busy: list[tuple[str, int]] = []

    def articles(self) -> Lines[ArticleLine]:
        """List the articles, the latest first."""
        return self._once("articles", self._read_articles)

    def questions(self) -> Lines[QuestionLine]:
        """List the questions, the contested ones first."""
        return self._once("questions", self._read_questions)

    def sources(self) -> Lines[SourceLine]:
        """List the sources, those that claim most first."""
        return self._once("sources", self._read_sources)

    def totals(self) -> list[tuple[str, int]]:
        """Count what there is, by the key of its name in words.yaml."""
        articles = self.articles()
        return self._once(
            "totals",
            lambda: [
                ("articles", len(articles)),
                ("claims", sum(line.claims for line in articles)),
                ("sources", len(self.sources())),
                ("questions", len(self.questions())),
            ],
        )

    def questions_of_aspects(self) -> dict[str, Text]:
        """Give the question that each aspect asks."""
        return self._once("aspects", self._read_aspects)

    def renewed(self, reader: FindingsReader) -> Index:
        """Give an index to be read anew; what no decision about a claim changes is kept."""
        fresh = Index(self._store, reader)
        fresh._kept = {name: kept for name, kept in self._kept.items() if name in _LASTING}
        return fresh

    def aspects_answered(self, predicate: str) -> frozenset[str]:
        """Give the aspects that claims with a property answer."""
        return self._once("answered", self._read_answered).get(predicate, frozenset())

    def _read_answered(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for predicate, aspect in self._store.column(M("answers")):
            if isinstance(predicate, ox.NamedNode) and isinstance(aspect, ox.NamedNode):
                found[predicate.value].add(aspect.value)
        return {predicate: frozenset(aspects) for predicate, aspects in found.items()}

    def warm(self) -> None:
        """Read the lists now, so that nobody waits for them later."""
        _ = self._reader.labels
        for read in (self.articles, self.questions, self.sources):
            read()
        with self._lock:
            counts: Counts | None = self._kept.pop("counts", None)
        self._busy = counts.busy if counts else []

    def read_ahead(self) -> None:
        """Read what pages about what thousands claim would have to read for one reader, after `warm`."""
        self._reader.read_ahead(self._busy)
        self._busy = []

    def _once(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._kept:
            with self._lock:
                if name not in self._kept:
                    self._kept[name] = read()
        kept: T = self._kept[name]
        return kept

    def _counts(self) -> Counts:
        return self._once("counts", lambda: count(self._store))

    def _read_articles(self) -> Lines[ArticleLine]:
        rows: dict[str, dict[str, Any]] = {}
        for row in self._reader.rows("article-index"):
            rows.setdefault(row["article"], row)
        places = {iri: place for place, iri in enumerate(rows)}
        openings: dict[str, str] = {}

        def words() -> Iterator[tuple[int, frozenset[str]]]:
            for article, text in self._store.column(M("text")):
                if not isinstance(article, ox.NamedNode) or not isinstance(text, ox.Literal):
                    continue
                iri = article.value
                if iri in rows:
                    if not rows[iri]["title"]:
                        openings[iri] = _opening(text.value)
                    yield places[iri], words_in(rows[iri]["title"] or "", text.value)

        index = WordIndex(words())
        lines = [
            ArticleLine(
                iri=iri,
                id=row["article_id"],
                day=row["day"],
                outlet=row["outlet"],
                language=row["language"],
                title=row["title"] or openings.get(iri) or row["article_id"],
                status=row["status"].removeprefix(M),
                statements=row["statements"],
                claims=row["claims"],
            )
            for iri, row in rows.items()
        ]
        return Lines(lines, index)

    def _read_questions(self) -> Lines[QuestionLine]:
        lines = [
            QuestionLine(
                iri=slot,
                aspect=counted.aspect,
                subject=counted.subject,
                positions=counted.positions,
                sources=counted.sources,
                claims=counted.claims,
                findings=counted.findings,
            )
            for slot, counted in self._counts().slots.items()
        ]
        lines.sort(key=lambda line: (line.weight, line.iri))
        aspects = self.questions_of_aspects()
        words = cache(lambda iri: self._words_of(aspects.get(iri) or self._reader.label(iri)))
        return Lines(lines, WordIndex(enumerate(words(line.aspect) | words(line.subject) for line in lines)))

    def _read_sources(self) -> Lines[SourceLine]:
        kinds = {
            source.value: kind.value
            for source, kind in self._store.column(M("sourceKind"))
            if isinstance(source, ox.NamedNode) and isinstance(kind, ox.NamedNode)
        }
        lines = [
            SourceLine(
                iri=source,
                kind=kinds[source],
                articles=counted.articles,
                statements=counted.statements,
                claims=counted.claims,
                denied=counted.denied,
            )
            for source, counted in self._counts().sources.items()
            if source in kinds
        ]
        lines.sort(key=lambda line: (-line.claims, line.iri))
        words = (self._words_of(self._reader.label(line.iri)) for line in lines)
        return Lines(lines, WordIndex(enumerate(words)))

    @staticmethod
    def _words_of(text: Text) -> frozenset[str]:
        return words_in(text.en, text.ar)

    def _read_aspects(self) -> dict[str, Text]:
        return {
            row["aspect"]: Text(row["question_en"], row["question_ar"])
            for row in self._reader.rows("aspect-questions")
        }


def _opening(text: str) -> str:
    """Give how an article without a title begins: its first line that is more than a date line, cut short."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if len(line) >= _SENTENCE), lines[0] if lines else "")
    return line if len(line) <= _OPENING else line[:_OPENING].rsplit(" ", 1)[0] + " …"
