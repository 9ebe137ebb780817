"""Who speaks: mentions joined into speakers across an article, and speakers found for statements without one.

Candidates are scored, not taken by the last-speaker rule: recency counts statements rather than words, a
speaker quoted inside another's words counts less, verbs that continue (وأضاف, added) favour the speaker just
heard, and agreement is a soft signal, since newspapers get it wrong. The candidates passed over are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.speech.proposals import Mention, Proposal
from musnad.speech.statements import Candidate

__all__ = ["Register", "Speaker"]

_WINDOW = 8
_MEMORY = 200  # speakers kept in mind, so that a list of thousands of names stays linear
_PERSONS = frozenset({"named-person", "office", "anonymous"})


@dataclass(slots=True, eq=False)
class Speaker:
    """One speaker of an article; `heard` are the statements it made, `mentions` where it stands."""

    canonical: str
    kind: str
    head: str
    key: set[str]
    name: tuple[str, ...]
    gender: str
    number: str
    mentions: list[Mention] = field(default_factory=list)
    short: set[frozenset[str]] = field(default_factory=set)  # the names given to it in brackets
    heard: list[tuple[int, int, int, bool]] = field(default_factory=list)


class Register:
    """The speakers of one article, in the order they appear."""

    def __init__(self) -> None:
        self.speakers: list[Speaker] = []
        self.recent: list[Speaker] = []  # the last to speak, the latest at the end

    def join(self, mention: Mention) -> tuple[Speaker, Candidate]:
        """Give the speaker a mention belongs to, a new one if it fits none so far.

        Anonymous sources are joined only when the mention points back (المصدر after مصدر أمني) or repeats the
        same description; two persons only when they share a name.
        """
        best: Speaker | None = None
        best_score, reason = 0.0, "first mention"
        for age, speaker in enumerate(reversed(self.speakers[-_MEMORY:])):
            score, why = _likeness(mention, speaker)
            score -= 0.01 * age
            if score > best_score:
                best, best_score, reason = speaker, score, why
        if best is None or best_score < 0.5:
            best = Speaker(
                mention.canonical,
                mention.kind,
                mention.head,
                set(mention.key),
                mention.name,
                mention.gender,
                mention.number,
            )
            if mention.kind == "document":
                best.kind = "organisation"
            self.speakers.append(best)
            best_score, reason = 1.0, "first mention"
        elif not _is_short(mention, best):
            self._enrich(best, mention)
        best.mentions.append(mention)
        if mention.short:
            best.short.add(mention.short)
        return best, Candidate(best.canonical, round(max(best_score, 0.0), 2), reason)

    def _enrich(self, speaker: Speaker, mention: Mention) -> None:
        if mention.kind == "named-person" and len(mention.name) > len(speaker.name):
            speaker.name, speaker.canonical = mention.name, mention.canonical
            speaker.kind = "named-person"
            speaker.key |= mention.key
        elif mention.kind == speaker.kind and speaker.kind in ("organisation", "outlet"):
            if len(mention.key) > len(speaker.key):
                speaker.canonical = mention.canonical
                speaker.key |= mention.key
        elif speaker.kind == "named-person" and mention.kind == "office":
            speaker.key |= mention.key

    def infer(
        self, proposal: Proposal, number: int, actors: list[tuple[Mention, float, str]]
    ) -> tuple[Speaker | None, list[Candidate]]:
        """Find the speaker of a statement that names none; `actors` are subjects nearby, with weights."""
        scored: list[tuple[float, int, Speaker, str]] = []
        for order, speaker in enumerate(self.recent):
            turn, paragraph, sentence, nested = speaker.heard[-1]
            distance = number - turn
            if distance > _WINDOW or (paragraph, sentence) > (proposal.paragraph, proposal.sentence):
                continue
            same = (paragraph, sentence) == (proposal.paragraph, proposal.sentence)
            score = 0.85 * 0.75 ** (distance - 1)
            reason = "spoke last" if distance == 1 else f"spoke {distance} statements ago"
            if same:
                score, reason = score + 0.1, reason + ", in this sentence"
            elif proposal.paragraph - paragraph > 2:
                score *= 0.7
            if nested and not proposal.nested:
                score *= 0.55
                reason += ", quoted by another"
            if proposal.kind == "continue" and distance == 1:
                score += 0.03
            score, reason = _agree(proposal, speaker, score, reason)
            scored.append((score, order, speaker, reason))
        for mention, weight, why in actors:
            speaker, _ = self.join(mention)
            score, reason = _agree(proposal, speaker, weight, why)
            scored.append((score, len(self.speakers), speaker, reason))
        scored.sort(key=lambda item: (-item[0], -item[1]))
        seen: list[Speaker] = []
        candidates = []
        for score, _, speaker, reason in scored:
            if speaker not in seen:
                seen.append(speaker)
                candidates.append(Candidate(speaker.canonical, round(min(max(score, 0.0), 1.0), 2), reason))
        return (seen[0] if seen else None), candidates[:4]

    def hear(self, speaker: Speaker, number: int, proposal: Proposal) -> None:
        """Note that a speaker made statement `number`."""
        speaker.heard.append((number, proposal.paragraph, proposal.sentence, proposal.nested))
        if speaker in self.recent:
            self.recent.remove(speaker)
        self.recent = [*self.recent[-_WINDOW:], speaker]


def _agree(proposal: Proposal, speaker: Speaker, score: float, reason: str) -> tuple[float, str]:
    if proposal.shape == "pronoun":
        return _agree_pronoun(proposal, speaker, score, reason)
    gender, number = proposal.gender, proposal.number
    plural = speaker.number in ("p", "d") and speaker.kind in ("anonymous", "collective")
    if not gender or not speaker.gender:
        return score, reason
    if number == "p":
        return (score + 0.05, reason + ", agrees") if plural else (score - 0.15, reason + ", number differs")
    if gender == speaker.gender or (plural and gender == "f"):
        return score + 0.05, reason + ", agrees"
    return score - 0.08, reason + ", gender differs"


def _agree_pronoun(proposal: Proposal, speaker: Speaker, score: float, reason: str) -> tuple[float, str]:
    person = speaker.kind in _PERSONS and speaker.number != "p"
    plural = speaker.number == "p" or speaker.kind == "collective"
    wanted = proposal.number
    if wanted == "p":
        return (score + 0.1, reason + ", plural") if plural else (score - 0.25, reason + ", not plural")
    if proposal.gender in ("m", "f"):
        if speaker.gender and speaker.gender != proposal.gender and speaker.kind == "named-person":
            return score - 0.4, reason + ", other gender"
        return (score + 0.1, reason + ", a person") if person else (score - 0.35, reason + ", not a person")
    return (score - 0.3, reason + ", a person") if person else (score + 0.1, reason + ", a body")


def _is_short(mention: Mention, speaker: Speaker) -> bool:
    """Whether a mention is by the short name that the text gave a speaker in brackets."""
    return mention.key in speaker.short


def _likeness(mention: Mention, speaker: Speaker) -> tuple[float, str]:
    if _is_short(mention, speaker):
        return 0.9, "the short name in brackets"
    if mention.name:
        return _same_person(mention, speaker)
    if mention.kind == "document":
        recent = bool(speaker.heard)
        if any(known.kind == "document" and known.key == mention.key for known in speaker.mentions):
            return 0.9, "the same document"
        issued = mention.head in ("بيان", "تصريح", "رساله", "statement", "message", "letter", "email")
        points = recent and mention.definite and issued
        return (0.6, "the document of the speaker before") if points else (0.0, "")
    if not mention.key:
        return 0.0, ""
    if mention.kind in ("anonymous", "collective"):
        if mention.head != speaker.head or (mention.number != speaker.number and mention.head):
            return 0.0, ""
        if mention.key == speaker.key:
            return 0.95, "same description"
        if mention.definite and mention.key <= speaker.key:
            return 0.8, "points back"
        overlap = len(mention.key & speaker.key) / len(mention.key | speaker.key)
        return (0.5 + overlap / 4, "points back") if mention.definite and overlap >= 0.5 else (0.0, "")
    if mention.kind == "office":
        if mention.key == speaker.key:
            return 0.95, "same office"
        if mention.definite and mention.key <= speaker.key and speaker.kind in _PERSONS:
            return 0.8, "title of one named before"
        return 0.0, ""
    if speaker.kind in _PERSONS or speaker.kind == "collective":
        return 0.0, ""
    if mention.key == speaker.key:
        return 0.95, "same name"
    if _is_acronym(mention.canonical, speaker.canonical) or _is_acronym(speaker.canonical, mention.canonical):
        return 0.85, "acronym"
    if mention.head == speaker.head and (mention.key <= speaker.key or speaker.key <= mention.key):
        return 0.75, "part of a fuller name"
    if (
        not mention.head
        and len(mention.key) > 1
        and (mention.key <= speaker.key or speaker.key <= mention.key)
    ):
        return 0.7, "part of a fuller name"
    return 0.0, ""


def _is_acronym(short: str, full: str) -> bool:
    """Whether `short` is made of the capitals of `full`: IEA, International Energy Agency."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isupper()):
        return False
    return letters == "".join(word[0] for word in full.split() if word[:1].isupper())


def _same_person(mention: Mention, speaker: Speaker) -> tuple[float, str]:
    if speaker.name:
        shared = set(mention.name) & set(speaker.name)
        if mention.name == speaker.name:
            return 1.0, "same name"
        if mention.name[-1] == speaker.name[-1] or (
            shared and min(len(mention.name), len(speaker.name)) == 1
        ):
            return 0.9, "shares the last name"
        return 0.0, ""
    if speaker.kind == "office" and mention.key > speaker.key and len(speaker.key) > 1:
        return 0.7, "names an office mentioned before"
    return 0.0, ""
