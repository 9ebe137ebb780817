"""Events as a text names them: the word for each, and who takes part in which role.

Roles are read from what stands beside the word: its side and the preposition before it (event-roles.tsv),
in the clause of the word alone. What stands further off is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from musnad.meaning.actors import match_class
from musnad.meaning.definiteness import DETERMINERS, is_definite
from musnad.meaning.event_tables import EventForm, EventTables, event_phrases
from musnad.meaning.frame_matching import Ground
from musnad.meaning.kin import kin_of, relative_of
from musnad.meaning.names import NameMention
from musnad.meaning.pieces import cut_clitics
from musnad.meaning.places import PlaceMention

__all__ = ["EventMention", "Participant", "find_event_mentions"]

# How many pieces a participant may stand from the event's word, an English subject from its verb, and how
# many words without a role may stand between.
REACH, FAR, BETWEEN = 10, 16, 3
SPEAKER = "@speaker"
# Marks that a subject may stand beyond.
ASIDES = frozenset(",،\"'")
AWAY = "…"
ENDS = frozenset(".!?؟;؛:\n")


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part, on the pieces `[first:end]`.

    `key` is the identity; it is `named` where the name means the same in every article. `kind` is that of a
    name (person, organisation, state, group), place, or someone.
    """

    key: str
    kind: str
    first: int
    end: int
    named: bool
    place: PlaceMention | None = None


@dataclass(slots=True)
class EventMention:
    """One word for an event on the pieces `[first:end]`, with the participants found beside it."""

    form: EventForm
    first: int
    end: int
    agent: Participant | None = None
    patient: Participant | None = None
    parties: list[Participant] = field(default_factory=list)
    place: PlaceMention | None = None
    definite: bool = False
    owned: bool = False
    light: bool = False
    relative: bool = False
    somewhere: bool = False
    inside: list[int] = field(default_factory=list)

    def _suffers(self, found: Participant) -> bool:
        """Whether it may happen to a participant: nobody kills a state."""
        kind = self.form.type
        return kind.identity != "patient" or found.kind in kind.of or found.kind == "speaker"

    def take(self, role: str, found: Participant) -> bool:
        """Give a participant a role that is still free; an agent too many suffers."""
        if role == "party":
            if found.key not in [party.key for party in self.parties]:
                self.parties.append(found)
        elif role == "place":
            if found.place is None:
                return False
            self.place = self.place or found.place
        elif role == "agent" and self.agent is None and not self.relative:
            self.agent = found
        elif (
            role in ("agent", "patient")
            and self.patient is None
            and self._suffers(found)
            and (self.agent is None or self.agent.key != found.key)
        ):
            self.patient = found
        else:
            return False
        return True


def find_event_mentions(
    ground: Ground, tables: EventTables, names: Sequence[NameMention], openings: Container[int] = ()
) -> dict[int, EventMention]:
    """Find the events of a text, by the piece each one's word begins at.

    `openings` are the pieces that what somebody says begins with: no participant stands before them.
    """
    reader = _Reader(
        ground,
        tables,
        {name.first: name for name in names},
        {name.end: name for name in names},
        {end: first for first, (end, _) in ground.places.items()},
        openings,
    )
    found: dict[int, EventMention] = {}
    at, count = 0, len(ground.pieces)
    while at < count:
        mention = reader.read(at)
        if mention is not None:
            found[at] = mention
            at = mention.end
        else:
            at += 1
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    ground: Ground
    tables: EventTables
    starts: Mapping[int, NameMention]
    ends: Mapping[int, NameMention]
    place_ends: Mapping[int, int]
    openings: Container[int]

    def read(self, at: int) -> EventMention | None:
        pieces = self.ground.pieces
        if pieces.kind[at] != "word" or at in self.starts:
            return None
        phrases = event_phrases(self.tables, pieces.text[at])
        noun = bool(phrases) and pieces.word(at - 1) in DETERMINERS
        for clitics, rest, form in phrases:
            end = at + 1 + len(rest)
            if (
                tuple(pieces.text[at + 1 : end]) == rest
                and (clitics in ("", "و", "ف") or form.shape.startswith("noun"))
                and not (noun and form.shape in ("verb", "meeting"))
                and (not form.needs or self._has(form, at, end))
                and not (form.shape.startswith("noun") and self._is_modifier(end))
            ):
                return self._mention(form, at, end)
        return None

    def _is_modifier(self, end: int) -> bool:
        """Whether another noun follows that the word only says the kind of: rescue *workers*."""
        return match_class(self.ground.tables, self.ground.pieces, end, "compound") is not None

    def _has(self, form: EventForm, first: int, end: int) -> bool:
        """Whether what a row needs stands in the clause: after its words, in English before a passive too."""
        pieces = self.ground.pieces
        after = range(end, min(len(pieces), end + REACH))
        before = range(first - 1, max(-1, first - REACH), -1) if form.language == "en" else range(0)
        for where in (after, before):
            for at in where:
                if self._ends_clause(at):
                    break
                for _, stem, _ in cut_clitics(pieces.text[at]):
                    if any((stem, *pieces.text[at + 1 : at + len(words)]) == words for words in form.needs):
                        return True
        return False

    def _mention(self, form: EventForm, first: int, end: int) -> EventMention:
        pieces = self.ground.pieces
        mention = EventMention(form, first, end, definite=is_definite(self.ground, form, first, end))
        # مقتله, his death: whose it is stands in the pronoun.
        mention.owned = any(
            match_class(self.ground.tables, pieces, at, "own-event") is not None for at in (first, first - 1)
        )
        if form.language == "ar" and form.shape == "verb":
            # الغارة التي استهدفت …: its subject is what the pronoun stands for, so what follows is struck.
            mention.relative = match_class(self.ground.tables, pieces, first - 1, "relative") is not None
        shape = form.shape
        if form.language == "en" and shape == "verb" and self._is_passive(mention):
            shape = "passive"
        if form.language == "en" or shape in ("verb", "meeting", "intransitive", "contrary"):
            self._left(mention, shape)
        self._right(mention, shape)
        if shape == "passive" and form.language == "ar" and mention.patient is None:
            self._left(mention, shape)
        if shape == "noun" and mention.agent is None:
            self._light(mention)
        return mention

    def _is_passive(self, mention: EventMention) -> bool:
        for at in range(mention.first - 1, max(-1, mention.first - 4), -1):
            if match_class(self.ground.tables, self.ground.pieces, at, "be") is not None:
                mention.inside.append(at)
                return True
            if self.ground.pieces.kind[at] != "word":
                return False
        return False

    def _left(self, mention: EventMention, shape: str) -> None:
        """Look for the subject, from the word back to the beginning of its clause."""
        language = mention.form.language
        role = self.tables.roles.get((language, shape, "left", ""))
        if role is None:
            return
        noun = shape.startswith("noun")
        far = language == "en" or shape == "contrary"
        reach = 2 if noun else FAR if far else BETWEEN + 1
        at = mention.first
        while at > 0 and at not in self.openings and mention.first - at <= reach:
            placed = self.place_ends.get(at)
            if placed is not None and at not in self.ends:
                if not self._governed(placed, language):
                    place = self.ground.places[placed][1]
                    if mention.take(
                        role, Participant(place.name_en, "place", placed, at, named=True, place=place)
                    ):
                        return
                at = placed
                continue
            name = self.ends.get(at)
            if name is not None:
                if (noun or not self._governed(name.first, language)) and mention.take(
                    role, self._participant(name)
                ):
                    return
                at = name.first
                continue
            at -= 1
            pieces = self.ground.pieces
            relative = match_class(self.ground.tables, pieces, at, "relative") is not None
            if (self._ends_clause(at) and not relative) or (
                pieces.kind[at] == "mark" and (noun or pieces.text[at] not in ASIDES)
            ):
                return
            if not noun and match_class(self.ground.tables, pieces, at, "own") is not None:
                mention.take(role, Participant(SPEAKER, "speaker", at, at + 1, named=True))
                return
            if (
                not noun
                and match_class(self.ground.tables, self.ground.pieces, at, "speaker-word") is not None
            ):
                mention.take(role, Participant(SPEAKER, "speaker", at, at + 1, named=True))
                mention.definite = True
                return
            generic = self._relative(at) or self._generic(at)
            if generic is not None and not noun and not self._governed(at, language):
                mention.take(role, generic)
                return
            mention.inside.append(at)

    def _governed(self, at: int, language: str) -> bool:
        """Whether a preposition stands before a piece, an article aside: then it is no subject."""
        pieces = self.ground.pieces
        if at in self.openings:
            return False
        if language == "ar":
            name = self.starts.get(at)
            if name is not None and name.cut and pieces.text[at][name.cut - 1] in "بلك":
                return True
        before = at - 1
        while before >= 0 and pieces.text[before] in ("the", "a", "an"):
            before -= 1
        return match_class(self.ground.tables, pieces, before, "preposition") is not None

    def _right(self, mention: EventMention, shape: str) -> None:
        pieces, language = self.ground.pieces, mention.form.language
        at, marker, skipped, away = mention.end, "", 0, 0
        limit = min(len(pieces), mention.end + REACH)
        while at < limit:
            relative = match_class(self.ground.tables, pieces, at, "relative") is not None
            if (self._ends_clause(at) and not relative) or (pieces.text[at] in ",،" and not mention.parties):
                return
            if language == "en" and pieces.text[at] in ("of", "from") and away and marker not in ("", AWAY):
                at, away = at + 1, 0  # against officials *of* the state
                continue
            found = self._begins(at)
            if found is None and match_class(self.ground.tables, pieces, at, "own") is not None:
                found = Participant(SPEAKER, "speaker", at, at + 1, named=True)
            if found is not None:
                role = self.tables.roles.get((language, shape, "right", self._marker(found, marker)))
                if role is None or skipped > BETWEEN or not mention.take(role, found):
                    skipped += 1
                at = found.end
                if not (at < limit and (pieces.text[at] in ("and", "و") or pieces.text[at][0] == "و")):
                    marker, away = "", 0
                continue
            aside = match_class(self.ground.tables, pieces, at, "aside")
            if aside is not None:
                at = aside[0]
                continue
            joined = f"{pieces.text[at - 1]} {pieces.text[at]}"
            for word in (joined, pieces.text[at]):
                if (language, shape, "right", word) in self.tables.roles:
                    marker, skipped, away = word, 0, 0
                    mention.somewhere |= self.tables.roles[language, shape, "right", word] == "place"
                    break
            else:
                if pieces.text[at] not in ("the", "a", "an", "and"):
                    skipped += 1
                    away += 1
                    # A preposition governs the noun next to it, not the name after that.
                    marker = marker if away <= (2 if language == "en" else 1) else AWAY
                if match_class(self.ground.tables, pieces, at, "preposition") is not None:
                    marker, away = pieces.text[at], 0
            at += 1

    def _marker(self, found: Participant, marker: str) -> str:
        """Give the preposition of a participant, or the one written together with it."""
        name = self.starts.get(found.first)
        text = self.ground.pieces.text[found.first]
        if text.startswith("لل"):
            return "ل"
        if name is not None and name.cut and text[name.cut - 1] in "بلك":
            return text[name.cut - 1]
        return marker

    def _light(self, mention: EventMention) -> None:
        """Read who did it from a verb that only carries the noun: carried out, شن."""
        pieces, language = self.ground.pieces, mention.form.language
        for at in range(mention.end, min(len(pieces), mention.end + FAR)):
            if pieces.kind[at] == "break" or pieces.text[at] in ENDS:
                break
            # نفذتها goes back to the noun, however much stands between.
            if match_class(self.ground.tables, pieces, at, "light-back") is not None:
                found = next(self._names(range(at + 1, at + 2 + BETWEEN)), None)
                if found is not None:
                    mention.take("agent", found)
                return
        for at in range(mention.first - 1, max(-1, mention.first - 2 * BETWEEN), -1):
            if self._ends_clause(at):
                return
            hit = match_class(self.ground.tables, pieces, at, "light")
            if hit is not None:
                mention.light = True
                mention.inside.extend(range(at, mention.first))
                between = next(self._names(range(hit[0], mention.first)), None) if language == "ar" else None
                if between is not None:
                    mention.take("agent", between)
                    return
                verb = EventMention(mention.form, at, hit[0])
                self._left(verb, "verb")
                mention.inside.extend(verb.inside)
                # "denies carrying out the raid": who speaks would have done it, if it opens the content.
                mention.take("agent", verb.agent or Participant(SPEAKER, "speaker", at, at + 1, named=True))
                return

    def _names(self, where: range) -> Iterator[Participant]:
        for at in where:
            if at >= len(self.ground.pieces) or self._ends_clause(at):
                return
            if at in self.starts:
                yield self._participant(self.starts[at])

    def _begins(self, at: int) -> Participant | None:
        name = self.starts.get(at)
        if name is not None:
            return self._participant(name)
        placed = self.ground.places.get(at)
        if placed is not None:
            end, place = placed
            return Participant(place.name_en, "place", at, end, named=True, place=place)
        return self._relative(at) or self._generic(at)

    def _relative(self, at: int) -> Participant | None:
        """Give a relative of somebody: the son of Salim, نجل سالم."""
        kin = relative_of(self.ground, self.starts, at)
        if kin is None:
            return None
        end, relative, person = kin
        if person is None:
            return Participant(relative, "person", at, end, named=False)
        return Participant(f"{relative} of {person.key}", "person", at, end, " " in person.key)

    def _generic(self, at: int) -> Participant | None:
        """Give one person that only a noun names: a protester, محتج."""
        hit = match_class(self.ground.tables, self.ground.pieces, at, "someone")
        return None if hit is None else Participant(hit[1].value, "person", at, hit[0], named=False)

    def _participant(self, name: NameMention) -> Participant:
        """Give who is named, or whose relative it is, as in "the son of" somebody."""
        found = self._named(name)
        kin = kin_of(self.ground, self.starts, name) if name.kind == "person" else ""
        return replace(found, key=kin) if kin else found

    def _named(self, name: NameMention) -> Participant:
        placed = self.ground.places.get(name.first)
        place = placed[1] if placed is not None and placed[0] >= name.end else None
        named = name.kind != "person" or " " in name.key
        kind = "state" if name.kind == "capital" else name.kind
        return Participant(name.key, kind, name.first, name.end, named, place)

    def _ends_clause(self, at: int) -> bool:
        pieces = self.ground.pieces
        if pieces.kind[at] == "break" or pieces.text[at] in ENDS:
            return True
        return match_class(self.ground.tables, pieces, at, "clause") is not None
