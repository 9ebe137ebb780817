"""The question that a person means, and who holds what on it: what findings compare goes together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from musnad.collection import Collection
from musnad.errors import AmbiguousQuestion, UnknownQuestion
from musnad.findings import Claim, FindingsReader, Text
from musnad.text.folding import fold
from musnad.views.charts.style import clean

_LISTED = 12  # questions that an error names


@dataclass(frozen=True, slots=True)
class Stand:
    """One claim's answer to a question."""

    wording: Text
    claim: Claim


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one aspect: what it is asked of, and the stands of claims in the order of their days."""

    slots: tuple[str, ...]
    text: Text
    about: Text
    stands: tuple[Stand, ...]


class QuestionFinder:
    """Finds questions in one collection.

    Slots of one aspect that a finding compares are one question: the same blast is asked after under the
    name that each outlet gives it.
    """

    def __init__(self, news: Collection) -> None:
        self._news = news
        self._reader = FindingsReader(news.store)

    def find(self, words: str) -> Question:
        """Give the question that has all of `words` in itself or in the name of what it is asked of.

        An IRI of a slot names it too. Words may be in either language, in any spelling that folds alike.

        Raises `UnknownQuestion` where none fits, `AmbiguousQuestion` where several do.
        """
        wanted = fold(words).text.split()
        found = [
            question
            for question in self.questions
            if words in question.slots or (wanted and all(word in _folded(question) for word in wanted))
        ]
        if not found:
            raise UnknownQuestion(
                f"no question has the words “{words}”", remedy=f"These are asked:\n{_listed(self.questions)}"
            )
        if len(found) > 1:
            raise AmbiguousQuestion(
                f"{len(found)} questions have the words “{words}”",
                remedy=f"Add words of the one you mean, or give its IRI:\n{_listed(found)}",
            )
        return found[0]

    @cached_property
    def questions(self) -> list[Question]:
        """All questions, those on which most claims stand first."""
        claims = {claim.iri: claim for claim in self._reader.claims()}
        aspects: dict[str, str] = {}
        slots_of: dict[str, str] = {}
        texts: dict[str, tuple[Text, str]] = {}
        stands: dict[str, list[Stand]] = defaultdict(list)
        for row in self._news.query("read/stands"):
            claim = claims.get(row["claim"])
            if claim is None:
                continue  # of a reading that another has replaced
            slot = row["slot"]
            aspects[slot] = row["aspect"]
            slots_of[row["proposition"]] = slot
            texts[slot] = (Text(row["question_en"], row["question_ar"]), row["about"])
            stands[slot].append(Stand(Text(row["wording_en"], row["wording_ar"]), claim))
        found = []
        for slots in self._compared(aspects, slots_of):
            told = sorted((stand for slot in slots for stand in stands[slot]), key=_order)
            # The name that was used first stands for all of them.
            first = next(slot for slot in slots if told[0] in stands[slot])
            text, about = texts[first]
            found.append(Question(tuple(slots), text, self._reader.label(about), tuple(told)))
        return sorted(found, key=lambda question: (-len(question.stands), question.text.en, question.slots))

    def _compared(self, aspects: dict[str, str], slots: dict[str, str]) -> list[list[str]]:
        """Group the slots of one aspect that findings compare."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(aspects)
        for finding in self._reader.findings():
            compared = sorted({slots[claim.proposition] for claim in finding.claims})
            graph.add_edges_from(
                (one, other) for one, other in combinations(compared, 2) if aspects[one] == aspects[other]
            )
        return [sorted(group) for group in nx.connected_components(graph)]


def _order(stand: Stand) -> tuple[object, ...]:
    claim = stand.claim
    return (claim.day, claim.article, claim.start, claim.end, claim.iri)


def _folded(question: Question) -> str:
    return fold(" ".join([*_both(question.text), *_both(question.about)])).text


def _both(text: Text) -> tuple[str, str]:
    return text.en, text.ar


def _listed(questions: list[Question]) -> str:
    lines = [
        f"    {question.text.en} {question.text.ar} — {clean(question.about.en, 60)}"
        f" (as in: {clean(question.stands[0].wording.en, 120)})\n      {question.slots[0]}"
        for question in questions[:_LISTED]
    ]
    if len(questions) > _LISTED:
        lines.append(f"    … and {len(questions) - _LISTED} more")
    return "\n".join(lines)
