"""Events of an article: which mentions are of one event, and what each statement says of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from musnad.meaning.actors import match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.episodes import episode
from musnad.meaning.event_details import FAR, NEAR, amount_of, day_of, means_of, told_just_before
from musnad.meaning.event_mentions import EventMention, Participant
from musnad.meaning.event_people import NOBODY, Cast, Speakers
from musnad.meaning.event_tables import EventType
from musnad.meaning.frame_reading import ARTICLE, INCIDENT, NAMED, SAME_CONTENT, Scene
from musnad.meaning.kin import kin_of
from musnad.meaning.main_event import is_main, is_recent
from musnad.meaning.moods import Mood, read_mood, tense_named, words_around
from musnad.meaning.names import NameMention
from musnad.meaning.places import PlaceMention
from musnad.meaning.propositions import Actor, FramedProposition
from musnad.text.spans import Span

__all__ = ["Event", "Events"]

LEAD = 60
CALLED_FOR = "general:isCalledFor"
# How far into a content a noun may stand that opens it, and how far from a noun a word that says it occurs.
OPENING, OCCURS = 3, 6


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
        speakers: Speakers,
        *,
        demonyms: Mapping[str, str],
        kinds: Iterable[EventType],
    ) -> None:
        """Tell apart the events of an article, whose mentions get the participants that words elsewhere name.

        `speakers` gives for a piece inside a content where that content begins, who speaks, and whether the
        cue denies.
        """
        self.scene = scene
        self.mentions = mentions
        self.death = next((kind for kind in kinds if kind.means), None)
        self.starts = {name.first: name for name in names}
        self.order: dict[EventType, list[tuple[int, frozenset[str]]]] = {}
        self.known: dict[EventType, list[frozenset[str]]] = {}
        self.named: set[str] = set()
        cast = Cast(scene.ground, mentions, names, speakers, demonyms)
        for at, mention in mentions.items():
            cast.settle(at, mention)
            parts = (mention.agent, mention.patient, *mention.parties)
            self.named.update(part.key for part in parts if part is not None and part.named)
            if mention.place is not None:
                self.named.add(mention.place.name_en)
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
            and (first := speakers.get(at, NOBODY)[0]) >= 0
            and speakers[at][2] != self._is_denied(mention, first)
        }

    def _is_denied(self, mention: EventMention, first: int) -> bool:
        words = words_around(self.scene.ground, mention.first, mention.inside, first)
        negated = "negation" in words and "drop" not in words and self._negates(mention, first)
        return negated != (mention.form.shape == "contrary")

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
            if mention.form.type.stands and found.predicate == "general:happens":
                continue
            yield replace(found, presupposed=granted or found.presupposed)

    def _wanted(self, mention: EventMention, first: int) -> str:
        """Give whether who speaks calls for it in so many words: "we demand an inquiry", نطالب بتحقيق."""
        pieces, tables = self.scene.ground.pieces, self.scene.ground.tables
        for at in range(mention.first - 1, max(first, mention.first - OCCURS) - 1, -1):
            if pieces.kind[at] != "word" or match_class(tables, pieces, at, "clause") is not None:
                return ""
            if match_class(tables, pieces, at, "own-demand") is not None:
                return "called for"
        return ""

    def mourned(self, own: Sequence[int]) -> Iterator[FramedProposition]:
        """Yield the death of the first person named in a content, where the cue mourns them."""
        kind = self.death
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
        for at in range(mention.first - 1, max(first, mention.first - OCCURS) - 1, -1):
            if match_class(tables, pieces, at, "negation") is not None:
                return mention.first - at <= 2
            if match_class(tables, pieces, at, "occurs") is not None:
                return True
            if at == mention.first - 1 and match_class(tables, pieces, at, "any") is not None:
                # ليست طرفا في أي هدنة: what is denied is to be a party to it.
                arabic = mention.form.language == "ar"
                return not (arabic and match_class(tables, pieces, at - 1, "preposition") is not None)
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
        before = range(max(first, mention.first - OCCURS), mention.first)
        after = range(mention.end, min(len(pieces), mention.end + OCCURS))
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
        means = means_of(self.scene.ground, self.mentions, mention) if kind.means else ""
        if means:
            yield say("general:isCausedBy", means)
        if kind.identity == "article" and (agent is not None or asserted):
            day = day_of(self.scene.ground, self.mentions, mention, FAR)
            if day is not None:
                yield say("general:happensOn", date=day)
        # "The increase will be 300,000" takes the increase for granted and says how much it is.
        opens = mention.definite and mention.first - first <= OPENING
        amount = amount_of(self.scene.ground, mention) if kind.amount and (asserted or opens) else None
        if amount is not None:
            yield replace(say(kind.amount), quantity=amount)
        if not asserted:
            return
        patient = self._who(mention.patient)
        if kind.patient and patient is not None and mention.patient is not None and mention.patient.named:
            yield say(kind.patient, patient)
        if kind.identity not in ("article", "place") and mention.place is not None:
            yield say("general:happensIn", mention.place)
        day = day_of(self.scene.ground, self.mentions, mention, NEAR) if kind.identity == "patient" else None
        if day is not None:
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
        if mention.form.shape == "again" and not told_just_before(self.mentions, mention):
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
        unnamed = kind.identity == "patient" and not full <= self.named
        if (
            unnamed
            and main is not None
            and main.shared
            and is_main(self.scene.ground, main, mention.first, self.scene.published)
        ):
            # Whoever he is, he is the one of that event: the attacker of the blast in Gao.
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
