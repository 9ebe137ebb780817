"""From a matched frame to a proposition: its subject, value, polarity, modality, tense and scope."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from musnad.meaning.actors import ARABIC, Named, forces_of, match_class
from musnad.meaning.dates import DateMention
from musnad.meaning.frame_matching import Ground, Match
from musnad.meaning.frame_tables import Word
from musnad.meaning.main_event import MainEvent, is_main
from musnad.meaning.moods import Mood, read_mood, tense_named, words_around
from musnad.meaning.places import PlaceMention
from musnad.meaning.propositions import Actor, FramedProposition
from musnad.text.folding import fold
from musnad.text.spans import Span

__all__ = ["Scene", "interpret"]

REACH = 14
PHASE_REACH = 70
# Within how many pieces a count beside a count makes up a whole with it.
PARTS = 8
# How far back a subject left out may stand.
BACK = 60
# A subject named in the words is sure; one that is referred back to less so. Not calibrated on data yet.
NAMED, SAME_CONTENT, SAME_SPEAKER, ARTICLE = 0.9, 0.8, 0.7, 0.6
# What an article is about, whether sources call it an attack or an accident.
INCIDENT = "general:Incident"


@dataclass(slots=True)
class Scene:
    """What frames are read against: the article's ground, its day, its country, and who was spoken of."""

    ground: Ground
    published: date
    country: str | None
    phases: int | None
    last: dict[str, Named] = field(default_factory=dict)
    event: MainEvent | None = None
    mood: tuple[int, Mood] | None = None

    def heard(self, named: Named, speaker: str) -> None:
        """Keep a force or group as what a bare "the forces" of the same speaker goes back to."""
        if named.kind in ("force", "group") and not named.bare:
            self.last[speaker] = named

    def began(self, end: int, mood: Mood) -> None:
        """Keep the mood of a predicate up to a piece as that of its sentence, for the nouns that follow."""
        if mood.modality in ("asserted", "planned") and (self.mood is None or self.mood[0] <= end):
            self.mood = (end, mood)


def interpret(scene: Scene, match: Match, first: int, speaker: str) -> FramedProposition | None:
    """Give the proposition a match says, or none where its subject or its words leave room for doubt."""
    frame, settings = match.frame, match.frame.settings
    words = words_around(scene.ground, match.first, match.skipped, first)
    if "drop" in words or ("whole" in settings and _rest_of_a_count(scene, match)):
        return None
    subject, confidence, rule = _subject(scene, match, first, speaker)
    if subject is None:
        return None
    objects = _objects(scene, match, speaker)
    when = match.date or (_leading_date(scene, match, first) if "leading" in settings else None)
    if when is None and "leading" in settings:
        return None
    found = FramedProposition(
        subject,
        frame.predicate,
        _evidence(scene, match),
        objects,
        closed="closed" in settings,
        quantity=match.quantity if frame.take != "places" else None,
        date=when,
        deadline="deadline" in settings,
        place=scene.country if "scoped" in settings else None,
        unit=(match.concept or None) if frame.unit == "slot" else frame.unit or None,
        rules=(f"{frame.language}/{frame.name}", rule),
        confidence=confidence,
    )
    found = _in_time(scene, match, words, found)
    if "scoped" in settings:
        found = _in_phase(scene, match, first, found)
    return _implied(scene, match, first, found) if "implied" in settings else found


def _rest_of_a_count(scene: Scene, match: Match) -> bool:
    """Whether a count is of "others", beside those counted before: it is not the whole."""
    if match.quantity is None:
        return False
    noun = fold(match.quantity.noun).text
    others = any(word.group == "others" for _, word in scene.ground.tables.phrases.get(noun, ()))
    return others or _is_a_part(scene, match)


def _is_a_part(scene: Scene, match: Match) -> bool:
    """Whether a count is one of those that make up the whole: two employees and two of the attackers."""
    ground, pieces = scene.ground, scene.ground.pieces
    own = next((at for at, (_, found) in ground.quantities.items() if found is match.quantity), None)
    if own is None or match.quantity is None:
        return False
    for near in (*range(own + 1, own + PARTS), *range(own - 1, own - PARTS, -1)):
        if near in ground.quantities and pieces.same_sentence(min(own, near), max(own, near)):
            first, second = sorted((own, near))
            between = range(ground.quantities[first][0], second + 1)
            joined = any(pieces.text[at] == "and" or pieces.text[at].startswith("و") for at in between)
            told = any(
                match_class(ground.tables, pieces, at, group) is not None
                for at in (*between, *range(second + 1, min(len(pieces), second + PARTS)))
                for group in ("wounded", "hurt", "arrested", "others")
            )
            return joined and not told and ground.quantities[near][1].role == match.quantity.role
    return False


def _in_time(
    scene: Scene, match: Match, words: dict[str, Word], found: FramedProposition
) -> FramedProposition:
    mood = read_mood(
        words,
        scene.published,
        tense=tense_named(match.tense),
        future=match.future,
        when=found.date,
        settings=match.frame.settings,
        sentence=None if scene.mood is None else scene.mood[1],
    )
    scene.began(match.end, mood)
    return replace(found, tense=mood.tense, modality=mood.modality, polarity=mood.polarity)


def _in_phase(scene: Scene, match: Match, first: int, found: FramedProposition) -> FramedProposition:
    """Give the phase last spoken of in the content; a complete withdrawal leaves nothing to a later one."""
    for at in range(match.end - 1, max(first, match.end - PHASE_REACH) - 1, -1):
        hit = match_class(scene.ground.tables, scene.ground.pieces, at, "phase")
        if hit is not None:
            if hit[1].value == "last":
                return replace(found, last_phase=True)
            phase = int(hit[1].value)
            complete = found.predicate.endswith("Completely") and found.polarity == "affirmed"
            return replace(found, phase=phase, last_phase=phase == scene.phases or (complete and phase > 1))
    return found


def _implied(scene: Scene, match: Match, first: int, found: FramedProposition) -> FramedProposition | None:
    """Turn "this does not mean the end of …" round: what is said to follow, or not, from what precedes."""
    pieces = scene.ground.pieces
    start = match.first
    while start > first and match.first - start < REACH and pieces.kind[start - 1] not in ("mark", "break"):
        start -= 1
    if start == match.first:
        return None
    span = Span(*pieces.raw_span(start, match.first - 1))
    inner = replace(found, polarity="affirmed", modality="asserted", tense=None)
    return FramedProposition(
        Actor("event", span.text, span),
        "general:implies",
        Span(*pieces.raw_span(start, match.end - 1)),
        implied=inner,
        polarity=found.polarity,
        rules=found.rules,
        confidence=found.confidence,
    )


def _objects(scene: Scene, match: Match, speaker: str) -> tuple[PlaceMention | Actor | str, ...]:
    frame = match.frame
    if frame.value:
        return (frame.value,)
    if "speaker" in frame.settings:
        return (Actor("group", speaker, _span(scene, match.first, match.end)),) if speaker else ()
    if frame.take == "quantity":
        return ()
    found: list[PlaceMention | Actor | str] = list(match.places)
    found += [Actor("group", actor.name, _span(scene, actor.first, actor.end)) for actor in match.actors]
    if match.concept and frame.unit != "slot":
        found.append(match.concept)
    return tuple(found)


def _span(scene: Scene, first: int, end: int) -> Span:
    return Span(*scene.ground.pieces.raw_span(first, end - 1))


def _evidence(scene: Scene, match: Match) -> Span:
    """Give the words of a match, without the conjunction written together with the first."""
    pieces = scene.ground.pieces
    text = pieces.text[match.first]
    joined = text[0] in "وف" and len(text) > 3 and text not in scene.ground.tables.phrases
    own = match.first in scene.ground.named or match.first in scene.ground.places
    return Span(*pieces.raw_span(match.first, match.end - 1, cut=1 if joined and not own else 0))


def _leading_date(scene: Scene, match: Match, first: int) -> DateMention | None:
    """Give the date that opens the sentence a match stands in, even where the content begins after it."""
    for at in range(match.first - 1, max(-1, match.first - REACH), -1):
        if not scene.ground.pieces.same_sentence(at, match.first):
            return None
        if at in scene.ground.dates:
            return scene.ground.dates[at][1]
    return None


def _subject(scene: Scene, match: Match, first: int, speaker: str) -> tuple[Actor | None, float, str]:
    match match.frame.about:
        case "force":
            return _force(scene, match, first, speaker)
        case "activity":
            return _activity(scene, match, first, speaker)
        case _:
            return _event(scene, match, first)


def _force(scene: Scene, match: Match, first: int, speaker: str) -> tuple[Actor | None, float, str]:
    if match.force is not None and not match.force.bare:
        return _as_force(scene, match.force), NAMED, "subject/named"
    ground = scene.ground
    for at in range(match.end - 1, max(first, match.first - BACK) - 1, -1):
        named = ground.named.get(at)
        if named is not None and named.kind in ("force", "group") and not named.bare:
            return _as_force(scene, named), SAME_CONTENT, "subject/content"
    if speaker in scene.last:
        return _as_force(scene, scene.last[speaker]), SAME_SPEAKER, "subject/speaker"
    return None, 0.0, ""


def _as_force(scene: Scene, named: Named) -> Actor:
    name = named.name if named.kind == "force" else forces_of(named.name)
    return Actor("force", name, _span(scene, named.first, named.end), named.country)


def _activity(scene: Scene, match: Match, first: int, speaker: str) -> tuple[Actor | None, float, str]:
    group, confidence = match.group, NAMED
    if group is None or group.bare:
        confidence = SAME_CONTENT
        back = range(match.first - 1, max(first, match.first - BACK) - 1, -1)
        earlier = (scene.ground.named.get(at) for at in back)
        group = next((named for named in earlier if named is not None and named.kind == "group"), None)
    if group is None:
        return None, 0.0, ""
    arabic = match.activity[:1] >= ARABIC
    name = f"{match.activity} {group.name}" if arabic else f"{group.name} {match.activity}"
    return Actor("activity", name, _span(scene, match.first, match.end)), confidence, "subject/activity"


def _event(scene: Scene, match: Match, first: int) -> tuple[Actor | None, float, str]:
    """Give the event a match is about: named in it, else the nearest in its sentence, or the main one."""
    main, ground = scene.event, scene.ground
    if main is None:
        return None, 0.0, ""
    event, confidence = match.event, SAME_CONTENT
    if event is None:
        sentence = [
            at
            for at in range(max(first, match.first - BACK), match.end + REACH)
            if ground.pieces.same_sentence(match.first, at)
        ]
        events = [
            ground.named[at] for at in sentence if at in ground.named and ground.named[at].kind == "event"
        ]
        event = min(events, key=lambda named: abs(named.first - match.end), default=None)
    if event is None:
        confidence = ARTICLE
    if not is_main(ground, main, match.first if event is None else event.first, scene.published):
        return None, 0.0, ""
    mention = main.named if event is None else event
    actor = Actor(
        "event",
        main.name,
        _span(scene, mention.first, mention.end),
        shared=main.shared,
        what=INCIDENT,
        place=main.place,
        day=main.on,
    )
    return actor, confidence, "subject/event"
