"""Which candidates are believed to be places, and which place each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from musnad.meaning.gazetteer import Gazetteer, Name, Place
from musnad.meaning.pieces import Pieces
from musnad.meaning.toponym_candidates import KINDS, Candidate

__all__ = ["choose", "link"]

_JOINTS = frozenset(",،/-") | {"و", "and", "or", "او"}


def link(pieces: Pieces, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the candidates that have the evidence their names ask for.

    A name that asks for little (m) is also believed in a list with a place that is believed, or when the
    article names it elsewhere with evidence.
    """
    found = list(candidates)
    believed = [_has_evidence(candidate) for candidate in found]
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        for index in order:
            neighbour = index - 1 if order.step > 0 else index + 1
            if believed[index] or found[index].evidence == "w" or not 0 <= neighbour < len(found):
                continue
            left, right = sorted((index, neighbour))
            if believed[neighbour] and _is_list(pieces, found[left], found[right]):
                believed[index] = True
                found[index] = replace(found[index], rule="list")
    for index in range(1, len(found)):
        # بلدتي نبل والدانا: the word that announced the list speaks for every name in it.
        before = found[index - 1]
        if (
            before.several
            and before.rule == "trigger"
            and _is_list(pieces, before, found[index])
            and not found[index].rule
        ):
            names = (
                tuple(name for name in found[index].names if name.place.kind in before.kinds)
                or found[index].names
            )
            found[index] = replace(
                found[index], rule="trigger", kinds=before.kinds, several=True, names=names
            )
            believed[index] = True
    known = {candidate.key for candidate, sure in zip(found, believed, strict=True) if sure}
    for index, candidate in enumerate(found):
        # A capital letter also tells a name from a word; Arabic has none, so there a word stays a word.
        if not believed[index] and candidate.key in known and (candidate.evidence == "m" or candidate.latin):
            believed[index] = True
            found[index] = replace(candidate, rule="repeated")
    return [candidate for candidate, sure in zip(found, believed, strict=True) if sure]


def _has_evidence(candidate: Candidate) -> bool:
    if candidate.evidence == "s":
        return True
    return candidate.evidence == "m" and candidate.rule in ("locative", "trigger")


def _is_list(pieces: Pieces, left: Candidate, right: Candidate) -> bool:
    between = range(left.last + 1, right.first)
    if len(between) > 2 or not pieces.same_sentence(left.first, right.last):
        return False
    if not all(pieces.text[index] in _JOINTS for index in between):
        return False
    return len(between) > 0 or right.joined


def choose(
    pieces: Pieces, gazetteer: Gazetteer, candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, str]]:
    """Yield each candidate with the id of its place; empty for one the gazetteer does not know."""
    context = _countries(gazetteer, candidates)
    for index, candidate in enumerate(candidates):
        named = candidate if candidate.rule else replace(candidate, rule="prior")
        if not candidate.names:
            yield named, ""
            continue
        around = [candidates[i] for i in (index - 1, index + 1) if 0 <= i < len(candidates)]
        beside = {
            other.names[0].place.kind
            for other in around
            if len({name.place for name in other.names}) == 1
            and _is_list(pieces, *sorted((candidate, other), key=_first))
        }
        best = _best(gazetteer, named, context, beside, pieces)
        yield named, (best if named.kinds == KINDS["town"] else _namesake(gazetteer, best)).id


def _first(candidate: Candidate) -> int:
    return candidate.first


def _countries(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> Counter[str]:
    """Count the countries that names of one meaning lie in."""
    context: Counter[str] = Counter()
    for candidate in candidates:
        countries = {gazetteer.country(name.place) for name in candidate.names}
        if len(countries) == 1:
            context.update(countries - {""})
    return context


def _best(
    gazetteer: Gazetteer, candidate: Candidate, context: Counter[str], beside: set[str], pieces: Pieces
) -> Place:
    names = _outermost(gazetteer, candidate)
    if len(names) == 1:
        return names[0].place
    if candidate.key == "عمان":
        spelt = _spelling_of_amman(candidate, pieces)
        if spelt:
            return gazetteer.by_name[spelt]

    def weight(name: Name) -> tuple[int, bool, int, bool, bool, int, str]:
        place = name.place
        return (
            # After "camp" a camp comes before a town of that name: the kinds stand in this order.
            -candidate.kinds.find(place.kind) if candidate.kinds not in ("", KINDS["any"]) else 0,
            place.kind in beside and place.kind == "c",
            min(context[gazetteer.country(place)], 3),
            # في عمان is in the city, و عمان in a list of states is not
            place.kind != "c" and candidate.rule == "locative",
            name.evidence == "s",
            place.size,
            place.id,
        )

    return max(names, key=weight).place


def _outermost(gazetteer: Gazetteer, candidate: Candidate) -> list[Name]:
    """Leave out what lies in a namesake: a bare Aleppo is the governorate, which holds the city too."""
    names = list(candidate.names)
    if candidate.kinds == KINDS["town"]:
        return names  # مدينة حلب is the city
    ids = {name.place.id for name in names}
    return [n for n in names if not any(outer.id in ids for outer in gazetteer.chain(n.place))]


def _namesake(gazetteer: Gazetteer, place: Place) -> Place:
    """Give the district or governorate that a town of the same name lies in, as for a bare Aleppo."""
    name = place.name.removesuffix(" City")
    outer = [found for found in gazetteer.chain(place) if found.name == name]
    return outer[-1] if outer else place


def _spelling_of_amman(candidate: Candidate, pieces: Pieces) -> str:
    """Tell عُمان (Oman) from عمّان (Amman) where the text is pointed."""
    text = pieces.raw_span(candidate.first, candidate.last, cut=candidate.cut)[2]
    if "\u0651" in text:
        return "Amman"
    return "Oman" if "\u064f" in text else ""
