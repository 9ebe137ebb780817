"""Made-up corpora of records to measure with: news stories told by several outlets, decided by a seed.

`python benchmarks/corpora.py --claims 100000 > corpus.jsonl` writes one record a line; `generate_records`
gives the same as `Record` values, one at a time. A corpus of any size has the same make-up:

* eight claims in ten belong to stories of their own: two to eight outlets answer six to eighteen questions,
  each with two to eight claims; one question in five is contested, all kinds of value occur, and a third of
  the outlets print the words of the first report, heard through an agency;
* one in ten belongs to a wire story that up to a thousand outlets copied word for word;
* one in ten answers the question of the hour, on which up to ten thousand claims give a few dozen figures.

Half the articles are Arabic. Sources are named persons, offices, organisations, collectives, outlets and,
about a third of them, unnamed; there is one named source for about ten claims.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from corpus_stories import (
    Amount,
    Answer,
    Question,
    Thing,
    World,
    ask_questions,
    hot_answer,
    hot_question,
    spell,
)

from musnad.graph.vocabulary import load_vocabulary
from musnad.record import (
    Alignment,
    Claim,
    DateMention,
    Entity,
    Labels,
    Proposition,
    QuantityMention,
    Record,
    Relay,
    Review,
    Source,
    SourceMention,
    Span,
    Statement,
    dump_record,
)
from musnad.terms import M

__all__ = ["generate_records", "late_article"]

BLOCK = 100_000  # claims after which there is a new question of the hour and a new wire story
WIRE_STORY = 3  # which story of a block it is
COPIES = 1000
OUTLETS = 400
REVIEW = Review("draft", "musnad", "2026-11-27")
CUES = {"en": ("said", "announced", "told reporters"), "ar": ("قال", "أعلن", "أفاد")}
THAT = {"en": "that", "ar": "إن"}
AND = {"en": " and ", "ar": " و"}
RELAYED = {"en": "as reported by", "ar": "بحسب ما نقلت"}
WORDS = {
    "en": {"approx": "about {0} {1}", "max": "fewer than {0} {1}", "min": "more than {0} {1}",
           "exact": "{0} {1}", "vague": "dozens of {1}", "person": "people", "soldier": "soldiers",
           "adviser": "advisers", "civilian": "civilians"},
    "ar": {"approx": "نحو {0} {1}", "max": "أقل من {0} {1}", "min": "أكثر من {0} {1}",
           "exact": "{0} {1}", "vague": "عشرات من {1}", "person": "شخص", "soldier": "جندي",
           "adviser": "مستشار", "civilian": "مدني"},
}  # fmt: skip
PERSONS = {"en": "Mr {0} {1}", "ar": "السيد {0} {1}"}
OFFICES = {"en": "the spokesperson of the {0} ministry", "ar": "المتحدث باسم وزارة {0}"}
BODIES = {"en": "the {0} council", "ar": "مجلس {0}"}
UNNAMED = (
    ("anonymous", "a security source", "مصدر أمني"),
    ("anonymous", "a government source", "مصدر حكومي"),
    ("collective", "eyewitnesses", "شهود عيان"),
)


@dataclass(frozen=True, slots=True)
class _Voice:
    """A source as an article may quote it."""

    kind: str
    en: str
    ar: str

    def called(self, language: str) -> str:
        return self.ar if language == "ar" else self.en


def generate_records(claims: int, *, seed: int = 1) -> Iterator[Record]:
    """Give the records of a corpus that holds at least so many claims, the last article being whole.

    The same numbers give the same corpus; a story needs no more memory than its articles.
    """
    world = World()
    block = min(BLOCK, claims)
    written, number, opened = 0, 0, -1
    while written < claims:
        if written // block != opened:
            opened, first = written // block, number
            hot = hot_question(seed * 1000 + opened, 4 + min(36, block // 250))
        copies = min(COPIES, max(2, block // 110)) if number == first + WIRE_STORY else 0
        for record in _story(
            Random(f"{seed} {number}"),
            seed * 1_000_000 + number,
            world,
            hot,
            copies=copies,
            known=max(20, claims // 10),
        ):
            yield record
            written += sum(len(statement.claims) for statement in record.statements)
            if written >= claims:
                return
        number += 1


def _story(
    rng: Random, number: int, world: World, hot: Question, *, copies: int, known: int
) -> Iterator[Record]:
    questions = ask_questions(number, rng, world, rng.randrange(6, 19))
    day = date.fromisoformat("2023-01-01") + timedelta(days=rng.randrange(1000))
    voices = [_draw_voice(rng, known) for _ in range(rng.randrange(3, 7))]
    outlets = rng.sample(range(OUTLETS), rng.choice((2, 3, 3, 4, 4, 5, 6, 8)))
    agency = rng.randrange(OUTLETS, OUTLETS + 5)
    # Each question is answered by two articles at least, so that no slot stands alone.
    shares = [rng.sample(range(len(outlets)), rng.randrange(2, len(outlets) + 1)) for _ in questions]
    report: list[tuple[Question, Answer, _Voice]] = []
    for place, outlet in enumerate(outlets):
        said = [
            (question, rng.choice(question.answers), rng.choice(voices))
            for question, share in zip(questions, shares, strict=True)
            if place in share
        ]
        copied = bool(report) and rng.random() < 0.35
        report = report if copied else (said or report)
        extra = [(hot, hot_answer(hot, rng), voices[0])] if rng.random() < 0.85 else []
        yield _Article(
            f"story-{number}-{place}", outlet, day + timedelta(days=place // 2), agency=agency * copied
        ).write(report + extra, align=place == 0 and rng.random() < 0.05)
    for copy in range(copies):
        outlet = copy % OUTLETS
        yield _Article(f"copy-{number}-{copy}", outlet, day + timedelta(days=copy % 3), agency=agency).write(
            report
        )


def late_article(number: int, claims: int, *, seed: int = 1, count: int = 30) -> Record:
    """Give one article more for a corpus: it answers `count` questions of its stories from `number` on.

    `claims` and `seed` are those of the corpus. The question of the hour is not among those it answers.
    """
    world = World()
    said: list[tuple[Question, Answer, _Voice]] = []
    while len(said) < count:
        rng = Random(f"{seed} {number}")
        questions = ask_questions(seed * 1_000_000 + number, rng, world, rng.randrange(6, 19))
        voice = _draw_voice(rng, max(20, claims // 10))
        said += ((question, rng.choice(question.answers), voice) for question in questions)
        number += 1
    return _Article(f"late-{number}", number % OUTLETS, date(2026, 1, 1), agency=0).write(said[:count])


def _draw_voice(rng: Random, known: int) -> _Voice:
    """Draw who may be quoted: two in three by name, one of so many that are known."""
    dice = rng.random()
    if dice < 0.35:
        return _Voice(*rng.choice(UNNAMED))
    name = rng.randrange(known)
    en, ar = spell(name, "en").capitalize(), spell(name, "ar")
    if dice < 0.65:
        return _Voice(
            "named-person", PERSONS["en"].format(en, en[::-1].title()), PERSONS["ar"].format(ar, ar)
        )
    table, kind = (OFFICES, "office") if dice < 0.85 else (BODIES, "organisation")
    return _Voice(kind, table["en"].format(en), table["ar"].format(ar))


class _Article:
    """An article while its text grows, in Arabic or in English; what it names is noted as it is named."""

    def __init__(self, name: str, outlet: int, day: date, *, agency: int) -> None:
        self.name = name
        self.language = "ar" if outlet % 2 else "en"
        self.day = str(day)
        self.outlet = f"{spell(outlet, 'en').capitalize()} News"
        self.agency = f"{spell(agency, 'en').capitalize()} Agency" if agency else None
        self.text = f"{self.outlet}, {self.day}.\n"
        self.sources: dict[str, Source] = {self.outlet: Source(self.outlet, "outlet")}
        self.entities: dict[Thing, Entity] = {}
        self.quantities: list[QuantityMention] = []
        self.dates: list[DateMention] = []
        self.claims = 0

    def write(self, said: list[tuple[Question, Answer, _Voice]], *, align: bool = False) -> Record:
        """Write what was said, a sentence each; with `align`, that the first subject has another name."""
        statements = tuple(self._statement(*one) for one in said)
        alignments = (self._alignment(said[0][0].subject),) if align else ()
        return Record(
            article=self.name,
            lang=self.language,
            date=self.day,
            outlet=self.outlet,
            text=self.text,
            url=f"https://news.example/{self.name}",
            review=REVIEW,
            sources=tuple(self.sources.values()),
            entities=tuple(self.entities.values()),
            statements=statements,
            quantities=tuple(self.quantities),
            dates=tuple(self.dates),
            alignments=alignments,
        )

    def _statement(self, question: Question, answer: Answer, voice: _Voice) -> Statement:
        self.claims += 1
        number = self.claims
        own_voice = voice.kind != "named-person" and number % 9 == 0
        if own_voice:
            mention = SourceMention(self.outlet, 0, len(self.outlet), self.outlet, "outlet", True)
            cue = None
        else:
            # Known sources have one canonical name in both languages; the unnamed are called as in the text.
            called = voice.called(self.language)
            canonical = called if voice.kind in ("anonymous", "collective") else voice.en
            self.sources.setdefault(
                canonical,
                Source(canonical, voice.kind, Labels(voice.en, voice.ar)),  # type: ignore[arg-type]
            )
            span = self._put(called)
            mention = SourceMention(called, span.start, span.end, canonical, voice.kind)  # type: ignore[arg-type]
            cue = self._put(CUES[self.language][number % 3])
            self._put(THAT[self.language])
        content_start = len(self.text)
        proposition = self._proposition(question, answer)
        content = Span(self.text[content_start:-1], content_start, len(self.text) - 1)
        via = () if own_voice or not self.agency else (self._relay(self.agency),)
        self.text = f"{self.text[:-1]}.\n"
        claim = Claim(f"c{number}", proposition, answer.polarity, answer.modality, content, 0.9)  # type: ignore[arg-type]
        return Statement(
            id=f"s{number}",
            source=mention,
            cue=cue,
            content=content,
            mode="indirect",
            polarity="affirmed",
            modality=answer.modality,  # type: ignore[arg-type]
            negated_content=answer.polarity == "denied",
            via=via,
            claims=(claim,),
        )

    def _relay(self, agency: str) -> Relay:
        self.sources.setdefault(agency, Source(agency, "outlet"))
        cue = self._put(RELAYED[self.language])
        return Relay(agency, "outlet", self._put(agency), cue)

    def _proposition(self, question: Question, answer: Answer) -> Proposition:
        start = len(self.text)
        things = [thing if isinstance(thing, str) else self._thing(thing) for thing in answer.things]
        implies = question.predicate == "general:implies"
        names = [
            thing.rpartition(":")[2] if isinstance(thing, str) else thing.called(self.language)
            for thing in answer.things
        ]
        time = amount = None
        value = AND[self.language].join(names)
        subject = question.subject.called(self.language)
        if answer.amount:
            value = self._words(answer.amount)
        elif answer.time and _asks_time(question.predicate):
            value = answer.time
        if implies:
            value = _phrase("security:missionEnds", self.language).format(subject=subject)
        sentence = _phrase(question.predicate, self.language).format(subject=subject, value=value)
        if answer.modality == "undetermined":
            sentence = sentence.replace(value, "…") if value else sentence
        if question.place:
            sentence += f" ({question.place.called(self.language)})"
        if answer.time and answer.time not in sentence:
            sentence += f" {answer.time}"
        if answer.polarity == "denied":
            sentence = f"{'لا' if self.language == 'ar' else 'not'}: {sentence}"
        self._put(sentence)
        if answer.amount:
            amount = self._quantity(answer.amount, value, start + sentence.index(value))
        if answer.time:
            time = self._date(answer.time, start + sentence.index(answer.time))
        own = self._thing(question.subject)
        return Proposition(
            subject=own,
            predicate=question.predicate,
            object=things[0] if len(things) == 1 else None,
            members=tuple(things) if len(things) > 1 else (),
            closed=answer.closed,
            quantity=amount,
            time=time,
            tense=answer.tense,  # type: ignore[arg-type]
            place=self._thing(question.place) if question.place else None,
            phase=question.phase,
            unit=question.unit if not amount else None,
            implies=Proposition(own, "security:missionEnds") if implies else None,
        )

    def _words(self, amount: Amount) -> str:
        words = WORDS[self.language]
        return words[amount.kind].format(amount.value, words[amount.unit])

    def _quantity(self, amount: Amount, words: str, start: int) -> str:
        name = f"q{len(self.quantities) + 1}"
        self.quantities.append(
            QuantityMention(
                name, words, start, start + len(words), amount.kind, amount.value, amount.unit,  # type: ignore[arg-type]
                amount.lower, amount.upper, policy=amount.policy,
            )
        )  # fmt: skip
        return name

    def _date(self, edtf: str, start: int) -> str:
        name = f"d{len(self.dates) + 1}"
        self.dates.append(DateMention(name, edtf, start, start + len(edtf), edtf, edtf))
        return name

    def _thing(self, thing: Thing) -> str:
        """Give the id of a thing, noting it and all that it lies within."""
        if thing not in self.entities:
            within = tuple(self._thing(outer) for outer in thing.within)
            kind = "general:Incident" if thing.type == "event" else None
            self.entities[thing] = Entity(
                f"e{len(self.entities) + 1}", thing.type, thing.en, Labels(thing.en, thing.ar), within,  # type: ignore[arg-type]
                thing.level, kind=kind, day=thing.day,
            )  # fmt: skip
        return self.entities[thing].id

    def _alignment(self, thing: Thing) -> Alignment:
        other = Thing(thing.type, f"{thing.en} of old", f"{thing.ar} سابقا")
        note = "Two names of one thing, known from elsewhere."
        return Alignment("a1", self._thing(thing), "same", self._thing(other), "musnad", note=note)

    def _put(self, words: str) -> Span:
        start = len(self.text)
        self.text += f"{words} "
        return Span(words, start, start + len(words))


@cache
def _phrases() -> dict[tuple[str, str], str]:
    """Give the phrase of every predicate in each language, by `domain:term`."""
    phrases = {}
    for quad in load_vocabulary().quads:
        if quad.predicate.value == M("phrase"):
            domain, _, term = str(quad.subject).strip("<>").rpartition("/")[2].partition("#")
            phrases[f"{domain}:{term}", quad.object.language] = quad.object.value  # type: ignore[union-attr]
    return phrases  # type: ignore[return-value]


def _phrase(predicate: str, language: str) -> str:
    return _phrases()[predicate, language]


def _asks_time(predicate: str) -> bool:
    return predicate in ("security:endsWithdrawal", "security:endsMission", "security:isSignedOn")


def main() -> None:
    """Write a corpus to standard output, one record a line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--claims", type=int, default=1000, help="how many claims at least (1000)")
    parser.add_argument("--seed", type=int, default=1, help="which corpus of that size (1)")
    given = parser.parse_args()
    for record in generate_records(given.claims, seed=given.seed):
        sys.stdout.write(json.dumps(json.loads(dump_record(record)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
