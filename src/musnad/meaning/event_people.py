"""Who takes part in an event where the words beside it do not say: its speaker, his son, the man killed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from musnad.meaning.event_mentions import SPEAKER, EventMention, Participant
from musnad.meaning.event_tables import EventType
from musnad.meaning.frame_matching import Ground
from musnad.meaning.frame_tables import FrameTables
from musnad.meaning.kin import apposed, kin_of, last_person
from musnad.meaning.names import NameMention
from musnad.text.folding import fold_text

__all__ = ["NOBODY", "Cast", "Speakers"]

PIECES_BACK = 60
OWN = frozenset(["انها", "انه", "انهم", "انهما", "بانها", "بانه", "بانهم"])
# For a piece inside a content: where that begins, who speaks, and whether the cue denies.
Speakers = Mapping[int, tuple[int, str, bool]]
NOBODY = (-1, "", False)


class Cast:
    """The persons, states and groups of an article, as events have to do with them."""

    def __init__(
        self,
        ground: Ground,
        mentions: Mapping[int, EventMention],
        names: Sequence[NameMention],
        speakers: Speakers,
        demonyms: Mapping[str, str],
    ) -> None:
        """Look who is named, whose relatives, and who speaks as whom. Mentions are settled in their order."""
        self.ground = ground
        self.names = names
        self.speakers = speakers
        self.demonyms = demonyms
        pieces = ground.pieces
        self.starts = {name.first: name for name in names}
        self.spelled = {
            fold_text(pieces.raw_span(name.first, name.end - 1, cut=name.cut)[2]): (name.key, name.kind)
            for name in names
        }
        self.officials = _words_of(ground.tables, "officials")
        self.accused: set[int] = set()
        self.latest: dict[EventType, tuple[int, Participant]] = {}
        self.relatives = self._relatives(mentions)

    def settle(self, at: int, mention: EventMention) -> None:
        """Give a mention the participants that stand elsewhere."""
        first, speaker, denies = self.speakers.get(at, NOBODY)
        key, kind = self.spelled.get(fold_text(speaker)) or self._stands_for(speaker)
        if mention.patient is not None and mention.patient.key in self.relatives:
            mention.patient = replace(mention.patient, key=self.relatives[mention.patient.key])
        for role in ("agent", "patient"):
            part: Participant | None = getattr(mention, role)
            if part is not None and part.key == SPEAKER:
                # A pronoun that opens what one says is oneself; one further on may be anybody.
                own = bool(speaker) and (role == "patient" or part.first == first)
                setattr(mention, role, replace(part, key=key, kind=kind) if own else None)
        if at == first and mention.agent is None:
            self._act_of_speaker(mention, Participant(key, kind, at, mention.end, named=True), denies=denies)
        if mention.agent is None and first in self.starts and first not in self.accused:
            self.accused.add(first)
            mention.agent = self._accused(self.starts[first], mention)
        suffered = mention.form.type.identity == "patient" and "person" in mention.form.type.of
        if mention.patient is None and mention.definite and suffered:
            mention.patient = self._his(mention, first)
        if mention.patient is not None:
            self.latest[mention.form.type] = at, mention.patient

    def _act_of_speaker(self, mention: EventMention, speaker: Participant, *, denies: bool) -> None:
        """Make who speaks the agent of an event that opens what is said, where the words say so."""
        kind, shape = mention.form.type, mention.form.shape
        if shape.startswith("noun"):
            acts = bool(kind.agent) or kind.identity in ("agent", "both")
            if denies and acts and mention.patient is None:
                # "Denies deploying troops": whoever denies an act is said to have done it.
                mention.agent = speaker
        elif mention.form.language == "ar" and self.ground.pieces.word(mention.first - 1) in OWN:
            # أعلنت ليبيا أنها سترفع: the pronoun before is the speaker. أنه قتل: so he who suffers.
            if shape == "intransitive":
                mention.patient = speaker
            elif shape != "passive" or mention.patient is not None:
                mention.agent = speaker

    def _stands_for(self, speaker: str) -> tuple[str, str]:
        """Give as whom a speaker acts: officials of a state, whom no name tells apart, as the state."""
        words = fold_text(speaker).split()
        # روسيون: the plural of an adjective.
        singular = (word.removesuffix("ون").removesuffix("ين") for word in words)
        states = {state for word in (*words, *singular) if (state := self.demonyms.get(word))}
        officials = any(word in self.officials for word in words)
        return (states.pop(), "state") if officials and len(states) == 1 else (speaker, "organisation")

    def _relatives(self, mentions: Mapping[int, EventMention]) -> dict[str, str]:
        """Give for "son" the one whose son the article names, and for a name whose son it says he is."""
        named: dict[str, set[str]] = {}
        for mention in mentions.values():
            if mention.patient is not None and " of " in mention.patient.key:
                named.setdefault(mention.patient.key.partition(" of ")[0], set()).add(mention.patient.key)
        for name in self.names:
            relative = apposed(self.ground, self.starts, name) if name.kind == "person" else ""
            if relative:
                named.setdefault(name.key, set()).add(relative)
        return {called: keys.pop() for called, keys in named.items() if len(keys) == 1}

    def _meant(self, at: int, first: int) -> Participant | None:
        """Give whom a pronoun means: the person named last before a piece, from the piece `first` on."""
        name = last_person(self.names, at, first)
        if name is None:
            return None
        kin = kin_of(self.ground, self.starts, name)
        return Participant(kin or name.key, name.kind, name.first, name.end, named=" " in name.key)

    def _his(self, mention: EventMention, first: int) -> Participant | None:
        """Give whose death "his death" is: of the person named in the clause, else of whom it was told.

        A noun that only refers back (the killing) is the event told before.
        """
        at, begins = mention.first, mention.first
        while begins > max(first, 0) and self.ground.pieces.same_sentence(begins - 1, at):
            begins -= 1
        near = self._meant(at, begins) if mention.owned else None
        told = self.latest.get(mention.form.type)
        before = told[1] if told is not None and at - told[0] <= PIECES_BACK else None
        return near or before or self._meant(at, at - PIECES_BACK)

    def _accused(self, name: NameMention, mention: EventMention) -> Participant | None:
        """Give who is named first where somebody is accused *of* an event: accused Mali of the attack."""
        after = self.ground.pieces.word(name.end)
        link = after == "of" if mention.form.language == "en" else after.startswith("ب")
        return Participant(name.key, name.kind, name.first, name.end, named=True) if link else None


@lru_cache(maxsize=8)
def _words_of(tables: FrameTables, group: str) -> frozenset[str]:
    """Give the first words of a class of frame-words.tsv."""
    return frozenset(
        word for word, found in tables.phrases.items() if any(row.group == group for _, row in found)
    )
