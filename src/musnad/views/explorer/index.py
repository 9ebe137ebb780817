"""Lists of all articles, questions and sources, read off the store once and kept."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from musnad.findings import FindingsReader, Text
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.terms import M
from musnad.text.folding import fold

T = TypeVar("T")

_LASTING = ("texts", "aspects")
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


class Index:
    """The lists, each read when it is first asked for."""

    def __init__(self, store: OxigraphStore, reader: FindingsReader) -> None:
        self._store = store
        self._reader = reader
        self._lock = threading.RLock()
        self._kept: dict[str, Any] = {}

    def articles(self) -> list[ArticleLine]:
        """List the articles, the latest first."""
        return self._once("articles", self._read_articles)

    def questions(self) -> list[QuestionLine]:
        """List the questions, the contested ones first."""
        return self._once("questions", self._read_questions)

    def sources(self) -> list[SourceLine]:
        """List the sources, those that claim most first."""
        return self._once("sources", self._read_sources)

    def texts(self) -> dict[str, str]:
        """Give the folded titles and texts of the articles by their IRIs."""
        return self._once("texts", self._read_texts)

    def questions_of_aspects(self) -> dict[str, Text]:
        """Give the question that each aspect asks."""
        return self._once("aspects", self._read_aspects)

    def renewed(self, reader: FindingsReader) -> Index:
        """Give an index to be read anew; what no decision about a claim changes is kept."""
        fresh = Index(self._store, reader)
        fresh._kept = {name: kept for name, kept in self._kept.items() if name in _LASTING}
        return fresh

    def warm(self) -> None:
        """Read everything now, so that nobody waits for it later."""
        _ = self._reader.labels
        for read in (self.articles, self.questions, self.sources, self.texts, self.questions_of_aspects):
            read()

    def _once(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._kept:
            with self._lock:
                if name not in self._kept:
                    self._kept[name] = read()
        kept: T = self._kept[name]
        return kept

    def _read_articles(self) -> list[ArticleLine]:
        found: dict[str, ArticleLine] = {}
        rows = list(self._reader.rows("article-index"))
        untitled = {row["article"] for row in rows if not row["title"]}
        opening = {
            row["article"]: _opening(row["text"])
            for row in self._reader.rows("article-texts")
            if row["article"] in untitled
        }
        for row in rows:
            line = ArticleLine(
                iri=row["article"],
                id=row["article_id"],
                day=row["day"],
                outlet=row["outlet"],
                language=row["language"],
                title=row["title"] or opening.get(row["article"]) or row["article_id"],
                status=row["status"].removeprefix(M),
                statements=row["statements"],
                claims=row["claims"],
            )
            found.setdefault(line.iri, line)
        return list(found.values())

    def _read_questions(self) -> list[QuestionLine]:
        findings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        asked: dict[str, tuple[str, str]] = {}
        for row in self._reader.rows("question-findings"):
            findings[row["slot"]][row["kind"].partition("/")[0]] += row["findings"]
            asked[row["slot"]] = (row["aspect"], row["subject"])
        lines = [
            QuestionLine(
                iri=row["slot"],
                aspect=row["aspect"],
                subject=row["subject"],
                positions=row["positions"],
                sources=row["sources"],
                claims=row["claims"],
                findings=dict(findings.get(row["slot"], {})),
            )
            for row in self._reader.rows("question-index")
        ]
        # Questions that nobody answers, and that findings compare on by what claims imply.
        implied = asked.keys() - {line.iri for line in lines}
        lines += [QuestionLine(slot, *asked[slot], 0, 0, 0, dict(findings[slot])) for slot in implied]
        return sorted(lines, key=lambda line: (line.weight, line.iri))

    def _read_sources(self) -> list[SourceLine]:
        found: dict[str, SourceLine] = {}
        for row in self._reader.rows("source-index"):
            line = SourceLine(
                iri=row["source"],
                kind=row["kind"],
                articles=row["articles"],
                statements=row["statements"],
                claims=row["claims"],
                denied=row["denied"],
            )
            found.setdefault(line.iri, line)
        return list(found.values())

    def _read_texts(self) -> dict[str, str]:
        titles = {line.iri: line.title for line in self.articles()}
        return {
            row["article"]: fold(f"{titles.get(row['article'], '')}\n{row['text']}").text
            for row in self._reader.rows("article-texts")
        }

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
