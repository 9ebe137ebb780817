"""Whole valid records for hypothesis: every field, hostile text, spans that are exact by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from musnad.graph.naming import term_text
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import (
    Alignment,
    Claim,
    DateMention,
    Entity,
    Labels,
    PlaceMention,
    Proposition,
    QuantityMention,
    Record,
    Relay,
    Review,
    Source,
    SourceMention,
    Span,
    Statement,
)
from musnad.record import model as m
from musnad.record.checks import DECIMALS, LARGEST
from musnad.record.json_form import canonical_order
from musnad.text.folding import fold

# What goes wrong where code points are not what they seem: marks, tatweel, bidi controls, line ends, a byte
# order mark, no-break spaces, letters beyond the first plane, and what serialisers have to escape.
HOSTILE = (
    "قـ\u064e\u0651\u200f\u200e\u202b\ufeff\u00a0\u200d\r\n\t\0\U0001f600\U0001f469\u0301ﷺ\"'\\u{}<>#٥،a"
)

PREDICATES = sorted(term_text(iri) for iri in load_vocabulary().aspects)
TERMS = ["security:underWay", "security:advisers", "general:implies"]
EDTF = ["2026", "2026-09", "2026-09-30", "2025-10/2026-09", "../2026-09", "2026-09/..", "2026-09~", "2026?"]
POLICIES = ["tenPercent", "wholeNumbers", "vagueWord"]


def texts(*, least: int = 1, most: int = 8) -> SearchStrategy[str]:
    """Give texts, half of them of hostile characters alone."""
    anything = st.characters(exclude_categories=["Cs"])
    return st.text(HOSTILE, min_size=least, max_size=most) | st.text(anything, min_size=least, max_size=most)


def names() -> SearchStrategy[str]:
    """Give names that a reader could tell apart: something is left of each when it is folded."""
    return texts().filter(lambda name: bool(fold(name).text.strip()))


def days() -> SearchStrategy[str]:
    """Give days of the calendar as YYYY-MM-DD."""
    return st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)


def numbers() -> SearchStrategy[int | float]:
    """Give whole numbers and others as far as records allow them."""
    return st.integers(-LARGEST, LARGEST) | st.floats(-1e15, 1e15).map(lambda number: round(number, DECIMALS))


def labels() -> SearchStrategy[Labels]:
    """Give labels in both languages, in one, or in none."""
    return st.builds(Labels, en=st.none() | texts(), ar=st.none() | texts())


@st.composite
def spans(draw: st.DrawFn, text: str, low: int = 0, high: int | None = None) -> Span:
    """Give a stretch of `text` between two places, sometimes in pieces."""
    high = len(text) if high is None else high
    start = draw(st.integers(low, high - 1))
    end = draw(st.integers(start + 1, high))
    pieces: tuple[tuple[int, int], ...] = ()
    if end - start > 3 and draw(st.booleans()):
        first = draw(st.integers(start + 1, end - 2))
        second = draw(st.integers(first + 1, end - 1))
        pieces = ((start, first), (second, end))
    return Span(text[start:end], start, end, pieces)


@st.composite
def propositions(
    draw: st.DrawFn, record: Record, *, valued: bool = True, predicate: str | None = None, inner: bool = False
) -> Proposition:
    """Give a proposition about the record's entities; with `valued` it may have a value."""
    things = st.sampled_from([entity.id for entity in record.entities] + TERMS)
    quantities = [mention.id for mention in record.quantities]
    dates = [mention.id for mention in record.dates]
    kinds = ["none"]
    if valued:
        kinds += ["object", "members", *(["quantity"] * 2 if quantities else [])]
    if not inner:
        kinds.append("implies")
    kind = draw(st.sampled_from(kinds))
    value: dict[str, Any] = {}
    match kind:
        case "object":
            value = {"object": draw(things), "closed": draw(st.booleans())}
        case "members":
            members = draw(st.lists(things, min_size=1, max_size=3, unique=True))
            value = {"members": tuple(members), "closed": draw(st.booleans())}
        case "quantity":
            value = {"quantity": draw(st.sampled_from(quantities))}
        case "implies":
            value = {"implies": draw(propositions(record, inner=True))}
    time = draw(st.none() | st.sampled_from(dates)) if dates else None
    return Proposition(
        subject=draw(things),
        predicate=predicate or draw(st.sampled_from(PREDICATES)),
        time=time,
        deadline=time is not None and draw(st.booleans()),
        tense=draw(st.none() | st.sampled_from(get_args(m.Tense))),
        place=draw(st.none() | things),
        phase=draw(st.none() | st.integers(1, 4)),
        last_phase=draw(st.booleans()),
        unit=None if kind == "quantity" else draw(st.none() | texts()),
        role=draw(st.none() | things),
        **value,
    )


@st.composite
def claims(draw: st.DrawFn, record: Record, content: Span, local: str, key: tuple[str, str, str]) -> Claim:
    """Give a claim whose evidence lies in `content`; `key` is its predicate, polarity and modality."""
    predicate, polarity, modality = key
    return Claim(
        id=local,
        proposition=draw(propositions(record, valued=modality != "undetermined", predicate=predicate)),
        polarity=polarity,  # type: ignore[arg-type]
        modality=modality,  # type: ignore[arg-type]
        evidence=draw(spans(record.text, content.start, content.end)),
        extraction_confidence=draw(st.floats(0, 1).map(lambda number: round(number, DECIMALS))),
        rules=tuple(draw(st.lists(texts(), max_size=2, unique=True))),
        review=draw(st.none() | reviews()),
    )


def reviews() -> SearchStrategy[Review]:
    """Give reviews of any status, by anybody, on any day."""
    return st.builds(Review, st.sampled_from(get_args(m.ReviewStatus)), texts(), days())


@st.composite
def statements(draw: st.DrawFn, record: Record, local: str, content: Span) -> Statement:
    """Give a statement with this content, by one of the record's sources, through up to two hands."""
    sources = st.sampled_from(record.sources)
    source = draw(sources)
    mention = draw(spans(record.text))
    keys = st.tuples(
        st.sampled_from(PREDICATES),
        st.sampled_from(get_args(m.Polarity)),
        st.sampled_from(get_args(m.Modality)),
    )
    hands = [Relay(kind="anonymous"), *(Relay(agent=s.canonical, kind=s.kind) for s in record.sources)]
    via = []
    for hand in draw(st.lists(st.sampled_from(hands), max_size=2)):
        place, cue = draw(st.none() | spans(record.text)), draw(st.none() | spans(record.text))
        via.append(Relay(hand.agent, hand.kind, place, cue))
    return Statement(
        id=local,
        source=SourceMention(
            mention.text, mention.start, mention.end, source.canonical, source.kind, draw(st.booleans())
        ),
        cue=draw(st.none() | spans(record.text)),
        content=content,
        mode=draw(st.sampled_from(get_args(m.Mode))),
        polarity=draw(st.sampled_from(get_args(m.Polarity))),
        modality=draw(st.sampled_from(get_args(m.Modality))),
        negated_content=draw(st.booleans()),
        via=tuple(via),
        claims=tuple(
            draw(claims(record, content, f"{local}c{number}", key))
            for number, key in enumerate(draw(st.lists(keys, max_size=3, unique=True)), start=1)
        ),
    )


@st.composite
def quantity_mentions(draw: st.DrawFn, text: str, local: str) -> QuantityMention:
    """Give a number in the text with at least one bound."""
    place = draw(spans(text))
    bounds: list[int | float | None] = [*sorted([draw(numbers()), draw(numbers())])]
    missing = draw(st.sampled_from([None, 0, 1]))
    if missing is not None:
        bounds[missing] = None
    return QuantityMention(
        id=local,
        text=place.text,
        start=place.start,
        end=place.end,
        kind=draw(st.sampled_from(get_args(m.QuantityKind))),
        value=draw(st.none() | numbers()),
        unit=draw(texts()),
        lower=bounds[0],
        upper=bounds[1],
        lower_open=draw(st.booleans()),
        upper_open=draw(st.booleans()),
        policy=draw(st.none() | st.sampled_from(POLICIES)),
    )


@st.composite
def date_mentions(draw: st.DrawFn, text: str, local: str) -> DateMention:
    """Give a time in the text."""
    place, edtf = draw(spans(text)), draw(st.sampled_from(EDTF) | days())
    iso, anchor = draw(days()), draw(st.none() | days())
    return DateMention(local, place.text, place.start, place.end, iso, edtf, anchor)


@st.composite
def alignments(draw: st.DrawFn, record: Record, local: str, left: str, right: str) -> Alignment:
    """Give an alignment of two entities."""
    ids = [entity.id for entity in record.entities]
    evidence, note = draw(st.none() | spans(record.text)), draw(st.none() | texts())
    since, until = sorted((draw(days()), draw(days())))
    return Alignment(
        id=local,
        left=left,
        relation=draw(st.sampled_from(get_args(m.Relation))),
        right=right,
        author=draw(texts()),
        evidence=evidence,
        note=note if evidence or note else "why",
        place=draw(st.none() | st.sampled_from(ids)),
        valid_from=draw(st.sampled_from([None, since])),
        valid_until=draw(st.sampled_from([None, until])),
    )


@st.composite
def _entities(draw: st.DrawFn) -> list[Entity]:
    known = draw(st.lists(names(), min_size=2, max_size=4, unique_by=lambda name: fold(name).text))
    entities: list[Entity] = []
    for number, name in enumerate(known):
        kind = draw(st.sampled_from(get_args(m.EntityType)))
        event = kind == "event"
        earlier = [e.id for e in entities if not event or e.type in ("place", "facility")]
        entities.append(
            Entity(
                id=f"{draw(texts(least=0).map(lambda text: text.replace(':', '')))}{number}",
                type=kind,
                name=name,
                labels=draw(labels()),
                within=tuple(draw(st.sets(st.sampled_from(earlier)))) if earlier else (),
                level=draw(st.none() | st.integers(0, 5)),
                same_as=tuple(draw(st.sets(st.sampled_from(["https://a.example/1", "http://b.example/ب"])))),
                kind=draw(st.none() | st.just("general:Incident")) if event else None,
                day=draw(st.none() | days()) if event else None,
            )
        )
    return entities


@st.composite
def _sources(draw: st.DrawFn, outlet: str, entities: Sequence[Entity]) -> list[Source]:
    ids = [entity.id for entity in entities]
    found: dict[str, Source] = {}
    for canonical in [outlet, *draw(st.lists(names(), max_size=3))]:
        kinds = ["outlet"] if canonical == outlet else get_args(m.SourceKind)
        kind: m.SourceKind = draw(st.sampled_from(kinds))
        behalf = draw(st.none() | st.sampled_from(ids))
        found.setdefault(fold(canonical).text, Source(canonical, kind, draw(labels()), behalf))
    return list(found.values())


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Give whole records, in canonical order, against which no check has anything."""
    text = draw(texts(least=12, most=60))
    outlet = draw(names())
    entities = draw(_entities())
    ids = [entity.id for entity in entities]
    places = []
    for number in range(draw(st.integers(0, 1))):
        place = draw(spans(text))
        entity = draw(st.none() | st.sampled_from(ids))
        places.append(PlaceMention(f"p{number}", place.text, place.start, place.end, draw(texts()), entity))
    title = draw(st.none() | texts())
    frame = Record(
        article=draw(st.from_regex(r"[A-Za-z0-9._-]+", fullmatch=True)),
        lang=draw(st.sampled_from(["ar", "en", "ckb", "ar-IQ"])),
        date=draw(days()),
        outlet=outlet,
        text=text,
        review=draw(reviews()),
        url=draw(
            st.none() | st.sampled_from(["https://news.example/1?a=b&c=%20", "http://news.example/خبر"])
        ),
        title=title,
        sources=tuple(draw(_sources(outlet, entities))),
        entities=tuple(entities),
        quantities=tuple(draw(quantity_mentions(text, f"q{n}")) for n in range(draw(st.integers(0, 2)))),
        dates=tuple(draw(date_mentions(text, f"d{n}")) for n in range(draw(st.integers(0, 2)))),
        places=tuple(places),
    )
    contents = draw(
        st.lists(spans(text), max_size=3, unique_by=lambda span: (span.start, span.end, span.spans))
    )
    said = tuple(draw(statements(frame, f"s{n}", content)) for n, content in enumerate(contents, start=1))
    pairs = [(left, right) for left in ids for right in ids if left != right]
    aligned = tuple(
        draw(alignments(frame, f"a{n}", *pair))
        for n, pair in enumerate(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)))
    )
    return canonical_order(replace(frame, statements=said, alignments=aligned))
