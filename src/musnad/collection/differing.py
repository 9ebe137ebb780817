"""What two readings differ in: claims carried over, changed, dropped and added.

Claims are compared by who says what, not by where it stands: that a paragraph moved is no difference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from musnad.collection.table import Table
from musnad.graph.history import claim_names
from musnad.graph.mapping import map_record, node
from musnad.graph.wording import Wording
from musnad.record import Record, Source
from musnad.record.claiming import text_mark
from musnad.text.folding import fold

__all__ = ["diff_records"]

_COLUMNS = ("change", "source", "before", "after", "claim_before", "claim_after")


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim as it is compared: the source by kind and folded name, and names made from content."""

    local: str
    start: int
    source: str
    speaker: Hashable
    proposition: str
    slot: str
    stance: Hashable
    says: str


def diff_records(before: Record, after: Record, language: Literal["en", "ar"] = "en") -> Table:
    """Give a row for each claim of either reading: `carried`, `changed`, `dropped` or `added`.

    A claim is carried where the same source holds the same proposition with the same polarity and modality.
    It is changed where that source answers the same question otherwise; what is left is dropped or added. The
    rows come in the order of the later text, those that are dropped last.
    """
    old, new = _claims(before, language), _claims(after, language)
    pairs: dict[str, tuple[str, _Said]] = {}
    for change, key in (("carried", _whole), ("changed", _question)):
        waiting: dict[Hashable, list[_Said]] = defaultdict(list)
        for one in old:
            waiting[key(one)].append(one)
        for one in new:
            if one.local not in pairs and waiting[key(one)]:
                pairs[one.local] = (change, waiting[key(one)].pop(0))
        matched = {former.local for _, former in pairs.values()}
        old = [one for one in old if one.local not in matched]
    rows: list[tuple[str | None, ...]] = []
    for one in new:
        how, former = pairs.get(one.local, ("added", None))
        said, local = (former.says, former.local) if former else (None, None)
        rows.append((how, one.source, said, one.says, local, one.local))
    rows += [("dropped", one.source, one.says, None, one.local, None) for one in old]
    return Table(_COLUMNS, tuple(rows))


def _whole(one: _Said) -> Hashable:
    return (one.speaker, one.proposition, one.stance)


def _question(one: _Said) -> Hashable:
    return (one.speaker, one.slot)


def _claims(record: Record, language: Literal["en", "ar"]) -> list[_Said]:
    record = _without_home(record)
    quads = map_record(record)
    iris = {local: iri for iri, local in claim_names(record, quads).items()}
    slots = _objects(quads, "m:slot")
    propositions = _objects(quads, "m:proposition")
    words = Wording(quads)
    sources = {source.canonical: source for source in record.sources}
    found = []
    for statement in record.statements:
        source = sources[statement.source.canonical]
        for claim in statement.claims:
            proposition = propositions[iris[claim.id]]
            found.append(
                _Said(
                    local=claim.id,
                    start=claim.evidence.start,
                    source=_called(source, language),
                    speaker=(source.kind, fold(source.canonical).text),
                    proposition=proposition,
                    slot=slots[proposition],
                    stance=(claim.polarity, claim.modality),
                    says=words.claim(iris[claim.id], language),
                )
            )
    return sorted(found, key=lambda one: (one.start, one.local))


def _without_home(record: Record) -> Record:
    """Give the record with the names that are made for one text (`blast (1f2e3d4c)`) freed from its mark.

    What two versions of an article call alike is then one thing.
    """
    mark = re.compile(rf" \((?:[^()]+, )?{text_mark(record.text)}\)$")
    taken = {(entity.type, entity.name) for entity in record.entities}
    entities = []
    for entity in record.entities:
        bare = mark.sub("", entity.name)
        if (entity.type, bare) not in taken:
            taken.add((entity.type, bare))
            entities.append(replace(entity, name=bare))
        else:
            entities.append(entity)
    return replace(record, entities=tuple(entities))


def _called(source: Source, language: str) -> str:
    label = source.labels.ar if language == "ar" else source.labels.en
    return label or source.canonical


def _objects(quads: list[ox.Quad], predicate: str) -> dict[str, str]:
    wanted = node(predicate)
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == wanted
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
