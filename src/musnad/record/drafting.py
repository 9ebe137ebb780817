"""Drafts: an article read by machine, as a record that a reviewer can go on with.

What is read comes from `musnad.speech` and `musnad.meaning`; here it gets the record's names and its order,
and whatever the record's form has no room for is left out and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from musnad import speech
from musnad.garbage import garbage_kept
from musnad.meaning import dates, quantities
from musnad.meaning.frames import Content, class_words, find_propositions, read_ground
from musnad.meaning.gazetteer import load_gazetteer
from musnad.meaning.memberships import find_memberships
from musnad.meaning.name_tables import load_actor_labels
from musnad.meaning.own_lexica import lexicon_name
from musnad.meaning.pieces import cut_pieces
from musnad.meaning.values import find_values
from musnad.record.aligning import align_activities, align_forces
from musnad.record.checks import DECIMALS, LARGEST
from musnad.record.claiming import Claims, Values
from musnad.record.confidence import calibrate
from musnad.record.entities import EntityList
from musnad.record.json_form import canonical_order
from musnad.record.model import (
    DateMention,
    Labels,
    Modality,
    Mode,
    PlaceMention,
    Polarity,
    QuantityMention,
    Record,
    Relay,
    Review,
    Source,
    SourceKind,
    SourceMention,
    Span,
    Statement,
)
from musnad.record.standing import stand_on_reports
from musnad.record.times import read_bounds
from musnad.text.article import Article
from musnad.text.folding import fold, fold_text
from musnad.text.language import script_of
from musnad.text.spans import Span as TextSpan
from musnad.text.tokens import tokenize

# The rows of quantity-policies.tsv whose bounds rest on a policy that ontology/schemes.ttl declares. The
# others need none: their bounds are what the words mean.
_POLICIES = {
    "about": "tenPercent",
    "tens": "dozens",
    "hundreds": "hundreds",
    "thousands": "thousands",
    "several": "several",
}
# Classes of frame-words.tsv for cues that want something, or do not.
DEMANDS = {"demand": "called for", "reject": "rejected"}
# The rules of speech by which a content is a noun that the cue governs, no clause.
_GOVERNED = frozenset(["content/np", "content/ba", "content/prep", "content/object", "content/charge"])
_STRICT = ("more-than", "fewer-than")
_UNKNOWN_UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record read by machine, what its statements rest on, and what it had no room for, in words."""

    record: Record
    readings: tuple[speech.Statement, ...]
    left_out: tuple[str, ...]


def draft_record(article: Article, *, read_on: date | None = None, lexicon: Path | None = None) -> Record:
    """Read an article into a record; see `draft_article`.

    >>> from musnad.text.article import Details, make_article
    >>> article = make_article("قال وزير النقل إن الجسر سيفتح غدا.", Details(date="2024-05-01"))
    >>> [(s.source.canonical, s.content.text) for s in draft_record(article).statements]
    [('وزير النقل', 'الجسر سيفتح غدا')]
    """
    return draft_article(article, read_on=read_on, lexicon=lexicon).record


@garbage_kept()
def draft_article(article: Article, *, read_on: date | None = None, lexicon: Path | None = None) -> Draft:
    """Read an article into a draft: statements, sources, dates, quantities, places, and the claims of frames.

    `read_on` is the day of the reading, that of publication when not given: drafting looks at no clock.
    `lexicon` is a folder of language data added to the package's. Where the text nowhere names an outlet or
    a speaker, the statement itself stands for the mention, marked implicit. Raises `LexiconError`.
    """
    language = article.lang or script_of(article.text)
    folded = fold(article.text)
    tokens = tokenize(folded)
    read = speech.read_passage(folded, tokens, language, outlet=article.outlet, lexicon_folder=lexicon)
    pieces = cut_pieces(folded, tokens)
    values = find_values(folded, published=article.date, pieces=pieces, lexicon=lexicon)
    left_out: list[str] = []
    names = _Names(article.outlet, read)
    readings, statements = _statements(read, names)
    gazetteer = load_gazetteer(lexicon)
    entities = EntityList(gazetteer, load_actor_labels(lexicon))
    places = tuple(
        PlaceMention(
            f"p{number}",
            place.text,
            place.start,
            place.end,
            place.name_en,
            entities.add_place(gazetteer.places[place.id]) if place.id else None,
        )
        for number, place in enumerate(values.places, 1)
    )
    amounts = tuple(_quantities(values.quantities, left_out))
    times = tuple(_dates(values.dates, left_out))
    claims = Claims(
        article.text,
        entities,
        gazetteer,
        Values({(q.start, q.end): q for q in amounts}, {(d.start, d.end): d for d in times}),
    )
    contents = [_content(*read, lexicon) for read in zip(readings, statements, strict=True)]
    ground = read_ground(pieces, values, lexicon)
    framed = find_propositions(
        folded, values, contents, published=article.date, lexicon=lexicon, ground=ground
    )
    statements = [claims.add(*pair) for pair in zip(statements, framed, strict=True)]
    statements = stand_on_reports(statements, entities, claims.home, lexicon=lexicon)
    statements = calibrate(readings, statements)
    left_out += claims.left_out
    author = f"musnad {_version()}"
    alignments = tuple(
        align_forces(
            find_memberships(folded, values, lexicon=lexicon, ground=ground),
            entities.entities,
            statements,
            author=author,
        )
    )
    record = replace(
        draft_head(article, read_on=read_on, lexicon=lexicon),
        sources=tuple(names.sources(language)),
        entities=entities.entities,
        statements=tuple(statements),
        quantities=amounts,
        dates=times,
        places=places,
        alignments=(
            *alignments,
            *align_activities(entities.entities, author=author, first=len(alignments) + 1, lexicon=lexicon),
        ),
    )
    return Draft(canonical_order(record), readings, tuple(left_out))


def draft_head(article: Article, *, read_on: date | None = None, lexicon: Path | None = None) -> Record:
    """Give the record of an article as `draft_article` begins it: who reads it and when, and nothing read.

    Who reads with language data of their own is not the reader that others have: the name says so.
    """
    own = f" with {lexicon_name(lexicon)}" if lexicon is not None else ""
    return Record(
        article=article.id,
        lang=article.lang or script_of(article.text),
        date=article.date.isoformat(),
        outlet=article.outlet,
        text=article.text,
        review=Review("draft", f"musnad {_version()}{own}", (read_on or article.date).isoformat()),
        url=article.url or None,
        title=article.title or None,
    )


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("musnad")


class _Names:
    """One name and one kind for each source of an article, however its mentions spell and class it."""

    def __init__(self, outlet: str, read: Iterable[speech.Statement]) -> None:
        self.outlet = outlet
        kinds: dict[str, Counter[str]] = {}
        self.spellings: dict[str, str] = {}
        for canonical, kind in _mentioned(read):
            key = fold_text(canonical)
            kinds.setdefault(key, Counter())[kind] += 1
            self.spellings.setdefault(key, canonical)
        # Of kinds equally frequent the first one met.
        self.kinds = {key: counted.most_common(1)[0][0] for key, counted in kinds.items()}
        self.spellings[fold_text(outlet)] = outlet
        self.kinds[fold_text(outlet)] = "outlet"

    def name(self, canonical: str) -> tuple[str, SourceKind]:
        """Give the canonical name and the kind of a source."""
        key = fold_text(canonical)
        return self.spellings[key], cast("SourceKind", self.kinds[key])

    def sources(self, language: str) -> Iterator[Source]:
        for key, canonical in self.spellings.items():
            labels = Labels(ar=canonical) if language == "ar" else Labels(en=canonical)
            yield Source(canonical, cast("SourceKind", self.kinds[key]), labels)


def _mentioned(read: Iterable[speech.Statement]) -> Iterator[tuple[str, str]]:
    for statement in read:
        yield _canonical(statement), statement.source.kind
        for relay in statement.via:
            yield relay.agent, relay.kind


def _canonical(statement: speech.Statement) -> str:
    """Give the name of a statement's source; speakers nowhere named never pass for one another."""
    source = statement.source
    if source.mention is None and source.kind == "anonymous":
        return f"{source.canonical} ({statement.id})"
    return source.canonical


def _statements(
    read: Iterable[speech.Statement], names: _Names
) -> tuple[tuple[speech.Statement, ...], list[Statement]]:
    """Give the record's statements with the readings they come from; the same one read twice is one."""
    found: dict[tuple[object, ...], tuple[speech.Statement, Statement]] = {}
    for reading in read:
        statement = _statement(reading, names)
        key = (statement.source.canonical, statement.source.start, statement.source.end)
        found.setdefault((*key, statement.cue, statement.content), (reading, statement))
    return tuple(reading for reading, _ in found.values()), [statement for _, statement in found.values()]


def _statement(reading: speech.Statement, names: _Names) -> Statement:
    canonical, kind = names.name(_canonical(reading))
    mention = reading.source.mention or reading.content
    implicit = reading.source.implicit or reading.source.mention is None
    source = SourceMention(mention.text, mention.start, mention.end, canonical, kind, implicit)
    via = []
    for relay in reading.via:
        agent, agent_kind = names.name(relay.agent)
        via.append(Relay(agent, agent_kind, _span(relay.mention), _span(relay.cue) if relay.cue else None))
    return Statement(
        reading.id,
        source,
        _span(reading.cue) if reading.cue else None,
        _span(reading.content, reading.spans),
        cast("Mode", reading.mode),
        cast("Polarity", reading.polarity),
        cast("Modality", reading.modality),
        reading.negated_content,
        tuple(via),
    )


def _content(reading: speech.Statement, statement: Statement, lexicon: Path | None) -> Content:
    """Give what a statement says, as frames take it: a demand's cue says what its events are."""
    # Who will not comment rejects nothing.
    wants = statement.cue is not None and statement.modality != "undetermined"
    demand = _demand(statement.cue.text, lexicon) if wants and statement.cue else ""
    content = statement.content
    return Content(
        content.start,
        content.end,
        statement.source.canonical,
        DEMANDS.get(demand, ""),
        statement.polarity == "denied",
        clause=_GOVERNED.isdisjoint(reading.rules),
        mourned=statement.cue is not None and _mourns(statement.cue.text, lexicon),
    )


@lru_cache(maxsize=4096)
def _demand(cue: str, lexicon: Path | None) -> str:
    return next((word for word in DEMANDS if class_words(cue, word, lexicon=lexicon)), "")


@lru_cache(maxsize=4096)
def _mourns(cue: str, lexicon: Path | None) -> bool:
    return bool(class_words(cue, "mourns", lexicon=lexicon))


def _span(span: TextSpan, pieces: tuple[TextSpan, ...] = ()) -> Span:
    """Give a span; pieces that touch are one piece."""
    edges: list[tuple[int, int]] = []
    for piece in sorted(pieces):
        if edges and piece.start <= edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], piece.end))
        else:
            edges.append((piece.start, piece.end))
    return Span(span.text, span.start, span.end, tuple(edges) if len(edges) > 1 else ())


def _quantities(
    found: Iterable[quantities.QuantityMention], left_out: list[str]
) -> Iterator[QuantityMention]:
    number = 0
    for mention in found:
        numbers = [value for value in (mention.value, mention.lower, mention.upper) if value is not None]
        bounded = mention.lower is not None or mention.upper is not None
        if not bounded or any(abs(n) > LARGEST or n != round(n, DECIMALS) for n in numbers):
            left_out.append(f"quantity {mention.text[:40]!r}: larger or finer than engines compare")
            continue
        number += 1
        strict = mention.policy in _STRICT and not (mention.lower_open or mention.upper_open)
        yield QuantityMention(
            f"q{number}",
            mention.text,
            mention.start,
            mention.end,
            mention.kind,
            mention.value,
            mention.unit or _UNKNOWN_UNIT,
            mention.lower,
            mention.upper,
            mention.lower_open,
            mention.upper_open,
            "wholeNumbers" if strict else _POLICIES.get(mention.policy),
        )


def _dates(found: Iterable[dates.DateMention], left_out: list[str]) -> Iterator[DateMention]:
    number = 0
    for mention in found:
        try:
            read_bounds(mention.edtf)
        except ValueError as error:
            left_out.append(f"date {mention.text[:40]!r}: {error}")
            continue
        number += 1
        # `iso` names one date: of a range or a decade, its first; `edtf` has the whole.
        iso = mention.iso.partition("/")[0]
        if "X" in iso:
            iso = f"{mention.earliest.year:04}"
        yield DateMention(
            f"d{number}", mention.text, mention.start, mention.end, iso, mention.edtf, mention.anchor
        )
