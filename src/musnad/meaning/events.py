"""Events of an article: which mentions are of one event, and what each statement says of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from musnad.meaning.actors import match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.episodes import episode
from musnad.meaning.event_mentions import SPEAKER, EventMention, Participant
from musnad.meaning.event_tables import EventType
from musnad.meaning.frame_reading import ARTICLE, INCIDENT, NAMED, SAME_CONTENT, Scene
from musnad.meaning.kin import apposed, kin_of, last_person
from musnad.meaning.main_event import is_main, is_recent
from musnad.meaning.moods import Mood, read_mood, tense_named, words_around
from musnad.meaning.names import NameMention
from musnad.meaning.places import PlaceMention
from musnad.meaning.propositions import Actor, FramedProposition
from musnad.meaning.quantities import QuantityMention
from musnad.text.folding import fold_text
from musnad.text.spans import Span

__all__ = ["Event", "Events"]

REACH, FAR = 8, 14
PIECES_BACK = 60
LEAD = 60
OWN = frozenset(["انها", "انه", "انهم", "انهما", "بانها", "بانه", "بانهم"])
CALLED_FOR = "general:isCalledFor"
# How far into a content a noun may stand that opens it, and how far from a noun a word that says it occurs.
OPENING, NEAR = 3, 6
# How far before "it runs normally" that may be named which does.
BEFORE = 40
# How far after it a death's cause may stand.
MEANS = 16


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an article: its name, whether that name is good in every article, and how sure we are."""

    name: str
    label: str
    shared: bool
    confidence: float
    rule: str


class Events:
    """The events of one article, and the propositions of its statements about them."""

    def __init__(
        self,
        scene: Scene,
        mentions: Mapping[int, EventMention],
        names: Sequence[NameMention],
        speakers: Mapping[int, tuple[int, str, bool]],
        demonyms: Mapping[str, str],
    ) -> None:
        """Tell apart the events of an article.

        `speakers` gives for a piece inside a content where that content begins, who speaks, and whether the
        cue denies.
        """
        self.scene = scene
        self.mentions = mentions
        self.order: dict[EventType, list[tuple[int, frozenset[str]]]] = {}
        self.known: dict[EventType, list[frozenset[str]]] = {}
        self.named: set[str] = set()
        self.demonyms = demonyms
        self.officials = frozenset(
            word
            for word, found in scene.ground.tables.phrases.items()
            if any(row.group == "officials" for _, row in found)
        )
        pieces = scene.ground.pieces
        starts = self.starts = {name.first: name for name in names}
        spelled = {
            fold_text(pieces.raw_span(name.first, name.end - 1, cut=name.cut)[2]): (name.key, name.kind)
            for name in names
        }
        accused: set[int] = set()
        relatives = self._relatives(names)
        latest: dict[EventType, tuple[int, Participant | None]] = {}
        for at, mention in mentions.items():
            first, speaker, denies = speakers.get(at, (-1, "", False))
            key, kind = spelled.get(fold_text(speaker)) or self._stands_for(speaker)
            if mention.patient is not None and mention.patient.key in relatives:
                mention.patient = replace(mention.patient, key=relatives[mention.patient.key])
            for role in ("agent", "patient"):
                part: Participant | None = getattr(mention, role)
                if part is not None and part.key == SPEAKER:
                    # A pronoun that opens what one says is oneself; one further on may be anybody.
                    own = bool(speaker) and (role == "patient" or part.first == first)
                    setattr(mention, role, replace(part, key=key, kind=kind) if own else None)
            noun = mention.form.shape.startswith("noun")
            acts = bool(mention.form.type.agent) or mention.form.type.identity in ("agent", "both")
            said = mention.form.language == "ar" and not noun and at == first and mention.agent is None
            # أنه قتل: who suffers is not named, so that he does; أنها قتلت الزعيم: who speaks did it.
            said = said and (mention.form.shape != "passive" or mention.patient is not None)
            if said and pieces.word(at - 1) in OWN:
                # أعلنت ليبيا أنها سترفع …: the pronoun before is the speaker.
                role = "patient" if mention.form.shape == "intransitive" else "agent"
                setattr(mention, role, Participant(key, kind, at, mention.end, named=True))
            if denies and acts and noun and at == first and mention.agent is None and mention.patient is None:
                # "Denies deploying troops": whoever denies an act is said to have done it.
                mention.agent = Participant(key, kind, at, mention.end, named=True)
            if mention.agent is None and first in starts and first not in accused:
                accused.add(first)
                mention.agent = self._accused(starts[first], mention)
            self.named.update(
                part.key
                for part in (mention.agent, mention.patient, *mention.parties)
                if part is not None and part.named
            )
            if mention.place is not None:
                self.named.add(mention.place.name_en)
            suffered = mention.form.type.identity == "patient" and "person" in mention.form.type.of
            if mention.patient is None and mention.definite and suffered:
                # "His death" is that spoken of last, or of the person named last.
                where, patient = latest.get(mention.form.type, (at - PIECES_BACK - 1, None))
                told = patient if at - where <= PIECES_BACK else None
                mention.patient = self._his(names, mention, first, told)
            if mention.patient is not None:
                latest[mention.form.type] = at, mention.patient
            keys = self._keys(mention)
            if keys:
                self.order.setdefault(mention.form.type, []).append((at, keys))
            known = self.known.setdefault(mention.form.type, [])
            # One who met somebody is not yet talks between two.
            whole = keys and (mention.form.type.identity != "parties" or len(keys) > 1)
            if whole and not any(keys <= other for other in known):
                known[:] = [other for other in known if not other <= keys] + [keys]
        # Whoever takes for granted what others deny takes a side.
        self.contested = {
            event.name
            for at, mention in mentions.items()
            if mention.form.type.identity != "article"
            and (event := self._event(mention)) is not None
            and (first := speakers.get(at, (-1, "", False))[0]) >= 0
            and speakers[at][2] != self._is_denied(mention, first)
        }

    def _stands_for(self, speaker: str) -> tuple[str, str]:
        """Give as whom a speaker acts: officials of a state, whom no name tells apart, as the state."""
        words = fold_text(speaker).split()
        states = {state for word in words if (state := self.demonyms.get(word))}
        officials = any(word in self.officials for word in words)
        return (states.pop(), "state") if officials and len(states) == 1 else (speaker, "organisation")

    def _is_denied(self, mention: EventMention, first: int) -> bool:
        words = words_around(self.scene.ground, mention.first, mention.inside, first)
        negated = "negation" in words and "drop" not in words and self._negates(mention, first)
        return negated != (mention.form.shape == "contrary")

    def _relatives(self, names: Sequence[NameMention]) -> dict[str, str]:
        """Give for "son" the one whose son the article names, and for a name whose son it says he is."""
        named: dict[str, set[str]] = {}
        for mention in self.mentions.values():
            if mention.patient is not None and " of " in mention.patient.key:
                named.setdefault(mention.patient.key.partition(" of ")[0], set()).add(mention.patient.key)
        for name in names:
            relative = apposed(self.scene.ground, self.starts, name) if name.kind == "person" else ""
            if relative:
                named.setdefault(name.key, set()).add(relative)
        return {called: keys.pop() for called, keys in named.items() if len(keys) == 1}

    def _meant(self, names: Sequence[NameMention], at: int, first: int) -> Participant | None:
        """Give whom a pronoun means: the person named last before a piece, from the piece `first` on."""
        name = last_person(names, at, first)
        if name is None:
            return None
        kin = kin_of(self.scene.ground, self.starts, name)
        return Participant(kin or name.key, name.kind, name.first, name.end, named=" " in name.key)

    def _his(
        self, names: Sequence[NameMention], mention: EventMention, first: int, before: Participant | None
    ) -> Participant | None:
        """Give whose death "his death" is: of the person named in the clause, else of whom it was told.

        A noun that only refers back (the killing) is the event told before.
        """
        at = mention.first
        pieces = self.scene.ground.pieces
        begins = at
        while begins > max(first, 0) and pieces.same_sentence(begins - 1, at):
            begins -= 1
        near = self._meant(names, at, begins) if mention.owned else None
        return near or before or self._meant(names, at, at - PIECES_BACK)

    def _accused(self, name: NameMention, mention: EventMention) -> Participant | None:
        """Give who is named first where somebody is accused *of* an event: accused Mali of the attack."""
        after = self.scene.ground.pieces.word(name.end)
        link = after == "of" if mention.form.language == "en" else after.startswith("ب")
        return Participant(name.key, name.kind, name.first, name.end, named=True) if link else None

    def read(
        self,
        at: int,
        first: int,
        *,
        leading: bool,
        wanted: str = "",
        denied: bool = False,
        clause: bool = False,
    ) -> Iterator[FramedProposition]:
        """Yield what is said of the event named at a piece of a content that begins at `first`, if one is.

        An event is said to happen by the first verb of a content (`leading`), by a noun that opens it, and by
        one with a word such as "took place" beside it; elsewhere it is taken for granted, and something is
        said only where others deny it. So it is for "the blast" as the subject of a `clause`.
        `wanted` is "called for" or "rejected" where the cue is a demand and the event what it is about.
        """
        mention = self.mentions.get(at)
        event = self._event(mention) if mention is not None else None
        if mention is None or event is None:
            return
        words = words_around(self.scene.ground, at, mention.inside, first)
        if "drop" in words or ("negation" in words and not self._negates(mention, first)):
            return
        mood = read_mood(
            words,
            self.scene.published,
            tense=tense_named(mention.form.tense),
            future=self._is_future(mention),
            sentence=None if self.scene.mood is None else self.scene.mood[1],
        )
        if denied and mention.form.type.identity == "article" and (mention.somewhere or mention.place):
            return  # "denies a blast inside the port": where is denied, not that there was one
        if mention.form.tense:
            self.scene.began(mention.end, mood)
        # "calls for an inquiry into the killing": the killing is no wish.
        wanted = wanted or self._wanted(mention, first)
        given = bool(wanted) and not leading and mention.form.type.identity == "patient"
        asserted = not given and self._asserted(mention, first, leading=leading, clause=clause)
        subject = clause and leading and mention.first - first <= OPENING
        granted = not asserted and (given or subject) and event.name in self.contested
        for found in self._say(
            mention, event, mood, first, asserted=asserted or granted, demanded="" if given else wanted
        ):
            yield replace(found, presupposed=granted or found.presupposed)

    def _wanted(self, mention: EventMention, first: int) -> str:
        """Give whether who speaks calls for the event in so many words: "we demand an inquiry", نطالب بتحقيق."""
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        for at in range(mention.first - 1, max(first, mention.first - NEAR) - 1, -1):
            if pieces.kind[at] != "word" or match_class(tables, pieces, at, "clause") is not None:
                return ""
            if match_class(tables, pieces, at, "own-demand") is not None:
                return "called for"
        return ""

    def mourned(self, own: Sequence[int]) -> Iterator[FramedProposition]:
        """Yield the death of the first person named in a content, where the cue mourns them."""
        kind = next((kind for kind in self.known if kind.means), None)
        name = next((found for at in own if (found := self.starts.get(at)) and found.kind == "person"), None)
        if kind is None or name is None:
            return
        key = kin_of(self.scene.ground, self.starts, name) or name.key
        arabic = self.scene.ground.pieces.text[name.first] >= "\u0600"
        span = Span(*self.scene.ground.pieces.raw_span(own[0], name.end - 1))
        label = kind.arabic.format(key) if arabic else ""
        subject = Actor("event", kind.english.format(key), span, label=label, shared=" " in key)
        yield FramedProposition(
            subject,
            "general:happens",
            span,
            rules=("mourned", "subject/participants"),
            confidence=SAME_CONTENT,
        )

    def _is_future(self, mention: EventMention) -> bool:
        """Whether a verb is in the future by its own form: will cut, سترفع."""
        text = self.scene.ground.pieces.text[mention.first].removeprefix("و")
        if mention.form.shape.startswith("noun"):
            return False
        return text == "will" or (text[:1] == "س" and text[1:2] in "يتنا" and len(text) > 4)

    def _negates(self, mention: EventMention, first: int) -> bool:
        """Whether a negation before an event's word is of the event: no talks, not of a verb beside it."""
        if not mention.form.shape.startswith("noun"):
            return True
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        for at in range(mention.first - 1, max(first, mention.first - NEAR) - 1, -1):
            if match_class(tables, pieces, at, "negation") is not None:
                return mention.first - at <= 2
            if match_class(tables, pieces, at, "occurs") is not None:
                return True
            if at == mention.first - 1 and match_class(tables, pieces, at, "any") is not None:
                return True
        return True

    def _asserted(self, mention: EventMention, first: int, *, leading: bool, clause: bool) -> bool:
        if not mention.form.shape.startswith("noun"):
            return leading
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        known = clause and (mention.definite or self._of_known(mention))
        if leading and mention.light and not known:
            return True
        if leading and mention.first - first <= OPENING and not known:
            return True
        if mention.form.type.identity == "article" and (known or self._introduced(mention)):
            return not known  # "the blast happened in a market" says where
        before = range(max(first, mention.first - NEAR), mention.first)
        after = range(mention.end, min(len(pieces), mention.end + NEAR))
        return any(match_class(tables, pieces, at, "occurs") is not None for at in (*before, *after)) or (
            not mention.definite
            and any(match_class(tables, pieces, at, "causes") is not None for at in before)
        )

    def _introduced(self, mention: EventMention) -> bool:
        """Whether a phrase brings the event up as something new: killed *in a blast*, قتل في غارة."""
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        at = mention.first - 1
        if mention.form.language == "ar":
            indefinite = not mention.definite and not self._of_known(mention)
            return indefinite and match_class(tables, pieces, at, "setting") is not None
        while at > 0 and mention.first - at <= OPENING and pieces.text[at] not in ("a", "an"):
            at -= 1
        return pieces.text[at] in ("a", "an") and match_class(tables, pieces, at - 1, "setting") is not None

    def _of_known(self, mention: EventMention) -> bool:
        """Whether a noun is definite by what it is of: مقتل سالم, theft of the weapons."""
        if mention.form.language == "ar":
            return mention.patient is not None or mention.agent is not None or bool(mention.parties)
        return self.scene.ground.pieces.word(mention.end) == "of"

    def _say(
        self, mention: EventMention, event: Event, mood: Mood, first: int, *, asserted: bool, demanded: str
    ) -> Iterator[FramedProposition]:
        kind = mention.form.type
        span = Span(*self.scene.ground.pieces.raw_span(*self._extent(mention, first)))
        main = self.scene.event if kind.identity == "article" else None
        subject = Actor(
            "event",
            event.name,
            span,
            label=event.label,
            shared=event.shared,
            what=INCIDENT if main else "",
            place=main.place if main else None,
            day=main.on if main else None,
        )

        def say(
            predicate: str,
            *objects: PlaceMention | Actor | str,
            date: DateMention | None = None,
        ) -> FramedProposition:
            return FramedProposition(
                subject,
                predicate,
                span,
                tuple(objects),
                date=date,
                tense=mood.tense,
                polarity=mood.polarity,
                modality=mood.modality,
                rules=(mention.form.rule, event.rule),
                confidence=event.confidence,
            )

        if mood.modality == "undetermined":
            yield say("general:happens")
            return
        if demanded:
            # What is called for is neither done nor planned; that it is called for is asserted.
            refused = (demanded == "rejected") != (mood.polarity == "denied")
            yield replace(
                say(CALLED_FOR),
                tense=None,
                modality="asserted",
                polarity="denied" if refused else "affirmed",
                presupposed=True,
            )
            return
        agent = self._who(mention.agent)
        if isinstance(agent, PlaceMention) or (mention.agent is not None and not mention.agent.named):
            agent = None  # a town does nothing, and "a gunman" names nobody
        if kind.agent and agent is not None and mention.form.shape != "contrary":
            yield say(kind.agent, agent)
        if mention.form.shape == "contrary":
            mood = Mood(mood.tense, mood.modality, "affirmed" if mood.polarity == "denied" else "denied")
            yield say("general:happens")
        elif mood.polarity == "affirmed":
            if asserted and (kind.identity != "article" or agent is None):
                yield say("general:happens")
        elif mention.place is not None:
            yield say("general:happensIn", mention.place)
        elif not (kind.agent and agent) and not mention.somewhere:
            # "It did not attack": who did is denied; "no blast inside the port": where. Not that it was done.
            yield say("general:happens")
        if mood.polarity == "denied" or mention.form.shape == "contrary":
            return
        means = self._means(mention)
        if means and kind.means:
            yield say("general:isCausedBy", means)
        if kind.identity == "article" and (agent is not None or asserted):
            day = self._day(mention, FAR)
            if day is not None:
                yield say("general:happensOn", date=day)
        if not asserted:
            return
        patient = self._who(mention.patient)
        if kind.patient and patient is not None and mention.patient is not None and mention.patient.named:
            yield say(kind.patient, patient)
        if kind.identity not in ("article", "place") and mention.place is not None:
            yield say("general:happensIn", mention.place)
        if kind.amount and (amount := self._amount(mention)) is not None:
            yield replace(say(kind.amount), quantity=amount)
        if kind.identity == "patient" and (day := self._day(mention, REACH)) is not None:
            yield say("general:happensOn", date=day)

    def _extent(self, mention: EventMention, first: int) -> tuple[int, int]:
        """Give first and last piece of the event's word and its participants in the same sentence."""
        pieces = self.scene.ground.pieces
        found = [
            part
            for part in (mention.agent, mention.patient, *mention.parties)
            if part is not None and part.first >= first and pieces.same_sentence(part.first, mention.first)
        ]
        return (
            min([mention.first, *(part.first for part in found)]),
            max([mention.end, *(part.end for part in found)]) - 1,
        )

    def _who(self, found: Participant | None) -> Actor | PlaceMention | None:
        if found is None:
            return None
        if found.kind == "place" and found.place is not None and found.place.level != 0:
            return found.place
        span = Span(*self.scene.ground.pieces.raw_span(found.first, found.end - 1))
        return Actor("group", found.key, span)

    def _keys(self, mention: EventMention) -> frozenset[str]:
        """Give the participants that make the mention's event what it is, as far as they are named."""
        match mention.form.type.identity:
            case "agent":
                found = [mention.agent or mention.patient]
            case "patient":
                found = [mention.patient]
            case "both":
                found = [mention.agent, mention.patient]
            case "parties":
                found = [mention.agent, mention.patient, *mention.parties]
            case _:
                found = []
        if mention.form.type.identity == "place":
            return frozenset([mention.place.name_en] if mention.place is not None else [])
        of = mention.form.type.of
        return frozenset(part.key for part in found if part is not None and part.kind in of)

    def _event(self, mention: EventMention) -> Event | None:
        kind = mention.form.type
        if kind.identity == "article":
            main = self.scene.event
            if main is None or not is_main(self.scene.ground, main, mention.first, self.scene.published):
                return None
            return Event(main.name, "", main.shared, SAME_CONTENT, "subject/event")
        if mention.form.shape == "again" and not self._told_just_before(mention):
            return None
        when = episode(self.scene.ground, mention.first, self.scene.published) if kind.repeats else ""
        if kind.identity == "kind":
            return self._only(kind, mention)
        keys = self._keys(mention)
        order = self.order.get(kind, [])
        if not keys and mention.definite and kind.amount:
            # "The increase" is the one spoken of last.
            before = bisect_left(order, mention.first, key=lambda told: told[0])
            keys = order[before - 1][1] if before else keys
        elif not keys and mention.first < LEAD and kind.identity == "patient" and mention.patient is None:
            # The lead tells of "a top commander"; who it was comes first further down.
            keys = order[0][1] if order else keys
        known = [other for other in self.known[kind] if keys <= other]
        if len(known) != 1 or not (keys or mention.definite):
            return None
        (full,) = known
        english, arabic = " and ".join(sorted(full)), " و".join(sorted(full))
        main = self.scene.event
        if not full <= self.named and main is not None and main.shared and kind.identity == "patient":
            # Whoever he is, he is the one of that event: the attacker of the blast in Gao.
            if is_main(self.scene.ground, main, mention.first, self.scene.published):
                name = f"{kind.english.format(english)} in the {main.name}"
                return Event(name, kind.arabic.format(arabic), True, ARTICLE, "subject/event")
        again = f" ({when})" if when else ""
        return Event(
            kind.english.format(english) + again,
            kind.arabic.format(arabic) + again if mention.form.language == "ar" else "",
            full <= self.named,
            NAMED if keys == full else ARTICLE,
            "subject/participants" if keys == full else "subject/event",
        )

    def _told_just_before(self, mention: EventMention) -> bool:
        """Whether words that do not name their event have one to go back to: "… it runs normally"."""
        near = range(max(0, mention.first - BEFORE), mention.first)
        found = (self.mentions.get(at) for at in near)
        return any(other is not None and other.form.type is mention.form.type for other in found)

    def _means(self, mention: EventMention) -> str:
        """Give what somebody died of, as the words after it in the sentence say: an air strike, fighting."""
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        for at in range(mention.end, min(len(pieces), mention.end + MEANS)):
            if not pieces.same_sentence(mention.first, at) or self._other(mention, at):
                return ""
            found = match_class(tables, pieces, at, "means-of-death")
            if found is not None:
                return found[1].value
        return ""

    def _other(self, mention: EventMention, at: int) -> bool:
        other = self.mentions.get(at)
        return other is not None and other.form.type is mention.form.type

    def _other_event(self, mention: EventMention, at: int) -> bool:
        """Whether another noun for another event begins at a piece, whose day a date after it is."""
        other = self.mentions.get(at)
        return other is not None and other.form.type is not mention.form.type

    def _is_relative(self, at: int) -> bool:
        """Whether a word before a date makes it the time of something else: since Friday, قبل الجمعة."""
        return (
            match_class(self.scene.ground.tables, self.scene.ground.pieces, at, "apart-in-time") is not None
        )

    def _amount(self, mention: EventMention) -> QuantityMention | None:
        quantities = self.scene.ground.quantities
        for at in range(mention.first - 2, mention.end + REACH):
            if at in quantities and self.scene.ground.pieces.same_sentence(mention.first, at):
                return quantities[at][1]
        return None

    def _only(self, kind: EventType, mention: EventMention) -> Event | None:
        """Give the one event of its kind: that of the article's own event, where there is one."""
        arabic = kind.arabic if mention.form.language == "ar" else ""
        main = self.scene.event
        if main is None:
            if not is_recent(self.scene.ground, mention.first, self.scene.published):
                return None
            return Event(kind.english, arabic, False, ARTICLE, "subject/event")
        if not is_main(self.scene.ground, main, mention.first, self.scene.published):
            return None
        return Event(f"{kind.english} of the {main.name}", arabic, main.shared, ARTICLE, "subject/event")

    def _day(self, mention: EventMention, reach: int) -> DateMention | None:
        dates = self.scene.ground.dates
        for at in range(mention.end, mention.end + reach):
            if self._other_event(mention, at) or self._is_relative(at):
                return None
            if at in dates and self.scene.ground.pieces.same_sentence(mention.first, at):
                day = dates[at][1]
                return day if day.granularity in ("day", "month", "year") else None
        return None
