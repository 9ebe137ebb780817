"""One claim for people: the sentence, the hands it passed, the characters, and what else was said."""

from __future__ import annotations

import json
from typing import Any

from musnad.collection.provenance import Provenance
from musnad.findings import Finding, Hand, Text
from musnad.terms import compact
from musnad.views.findings import finding_object, question
from musnad.views.words import STANDS

_WORDS = STANDS | {
    "claim": Text("claim", "الادعاء"),
    "says": Text("says", "مضمونه"),
    "triple": Text("triple", "الثلاثية"),
    "words": Text("words", "كلماته"),
    "article": Text("article", "المقال"),
    "chain": Text("chain", "السلسلة"),
    "characters": Text("characters", "المواضع"),
    "reading": Text("reading", "القراءة"),
    "for": Text("for", "يؤيده"),
    "against": Text("against", "يعارضه"),
    "other": Text("other", "غير ذلك"),
    "nothing": Text("nothing", "لا شيء"),
    "read": Text("read by {0} on {1}, confidence {2}", "قرأه {0} في {1}، والثقة {2}"),
    "reviewed_by": Text("reviewed by {0} on {1}", "راجعه {0} في {1}"),
    "span": Text("{0}–{1} of the article, as published", "{0}–{1} من المقال كما نُشر"),
}


def write_claim(provenance: Provenance, form: str, language: str) -> str:
    """Give a claim's provenance as text in `form`: table (a page to read) or json."""
    if form == "json":
        return json.dumps(claim_object(provenance, language), ensure_ascii=False, indent=2) + "\n"
    return draw_claim(provenance, language)


def claim_object(provenance: Provenance, language: str) -> dict[str, Any]:
    """Give a claim's provenance as JSON; the hands run from the speaker to the outlet."""
    claim = provenance.claim
    return {
        "claim": claim.iri,
        "id": f"{claim.article_id}:{claim.id}",
        "says": provenance.wording.in_language(language),
        "triple": {
            "subject": provenance.subject,
            "predicate": provenance.predicate,
            "proposition": claim.proposition,
        },
        "polarity": claim.polarity,
        "modality": claim.modality,
        "quote": {
            "text": claim.quote,
            "start": claim.start,
            "end": claim.end,
            "prefix": provenance.prefix,
            "suffix": provenance.suffix,
        },
        "article": {
            "iri": claim.article,
            "id": claim.article_id,
            "outlet": claim.outlet,
            "date": str(claim.day),
            "title": provenance.title,
            "url": provenance.url,
        },
        "chain": [
            {"depth": hand.depth, "role": hand.role, "agent": hand.name, "kind": hand.kind, "cue": hand.cue}
            for hand in provenance.hands
        ],
        "reading": {
            "by": provenance.read_by,
            "on": str(provenance.read_on),
            "status": claim.status,
            "reviewed": {"by": provenance.reviewed_by, "on": str(provenance.reviewed_on)}
            if provenance.reviewed_by
            else None,
            "confidence": provenance.confidence,
            "rules": list(provenance.rules),
        },
        "findings": [finding_object(finding, language) for finding in provenance.findings],
    }


def draw_claim(provenance: Provenance, language: str) -> str:
    """Draw a claim's provenance as a short page."""
    claim = provenance.claim
    other = [f for f in provenance.findings if f not in (*provenance.agreeing, *provenance.conflicting)]
    lines = [
        f"{_say('claim', language)}: {claim.article_id}:{claim.id}  <{claim.iri}>",
        f"{_say('says', language)}: {provenance.wording.in_language(language)}"
        f" ({_say(claim.polarity, language)}, {_say(claim.modality, language)})",
        f"{_say('triple', language)}: <{provenance.subject}> {compact(provenance.predicate)} … "
        f"(<{claim.proposition}>)",
        f"{_say('words', language)}: …{_in_context(provenance)}…",
        f"{_say('characters', language)}: {_say('span', language).format(claim.start, claim.end)}",
        f"{_say('chain', language)}: " + draw_hands(provenance.hands, language) + f" → {claim.article_id}",
        f"{_say('article', language)}: {claim.outlet}, {claim.day}"
        + (f", {provenance.title}" if provenance.title else "")
        + (f", {provenance.url}" if provenance.url else ""),
        f"{_say('reading', language)}: "
        + _say("read", language).format(provenance.read_by, provenance.read_on, provenance.confidence)
        + (
            ", " + _say("reviewed_by", language).format(provenance.reviewed_by, provenance.reviewed_on)
            if provenance.reviewed_by
            else ""
        )
        + f" ({claim.status})",
    ]
    for name, findings in (
        ("for", provenance.agreeing),
        ("against", provenance.conflicting),
        ("other", other),
    ):
        lines.append(f"{_say(name, language)}:" + ("" if findings else f" {_say('nothing', language)}"))
        lines += [_opposite(finding, claim.iri, language) for finding in findings]
    return "\n".join(lines) + "\n"


def draw_hands(hands: tuple[Hand, ...], language: str) -> str:
    """Give the hands on one line, from the speaker to the outlet, each with its role and cue."""
    steps = []
    for hand in hands:
        cue = f" «{hand.cue}»" if hand.cue else ""
        role = _say(hand.role, language)
        name = hand.label.in_language(language) if hand.label else hand.name
        steps.append(f"{name} ({role}{cue})" if name else f"{role}{cue}")
    return " → ".join(steps)


def _in_context(provenance: Provenance) -> str:
    quote = _line(provenance.claim.quote)
    return f"{' '.join(provenance.prefix.split())} ⟦{quote}⟧ {' '.join(provenance.suffix.split())}"


def _opposite(finding: Finding, claim: str, language: str) -> str:
    others = [other for other in finding.claims if other.iri != claim]
    quotes = "; ".join(
        f"{other.source_name.in_language(language)}: «{_line(other.quote)}» [{other.article_id}:{other.id}]"
        for other in others
    )
    return f"  {finding.kind} — {question(finding, language)}\n    {quotes}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _say(name: str, language: str) -> str:
    return _WORDS[name].in_language(language)
