"""Findings for people and programs: both quotations, the reason, what it rests on, how independent it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from musnad.findings import Claim, Finding, Premise, Text

RELATIONS: dict[str, Text] = {
    "m:partOf": Text("{0} is part of {1}", "{0} جزء من {1}"),
    "m:same": Text("{0} and {1} are one thing", "{0} و{1} شيء واحد"),
    "geo:sfWithin": Text("{0} lies in {1}", "{0} تقع في {1}"),
    "m:adminLevel": Text("{0} is an administrative area of level {1}", "{0} وحدة إدارية من المستوى {1}"),
    "m:entails": Text("“{0}” entails “{1}”", "«{0}» يستلزم «{1}»"),
    "m:excludes": Text("“{0}” excludes “{1}”", "«{0}» ينافي «{1}»"),
    "skos:broader": Text("{0} is counted under {1}", "{0} يُعدّ ضمن {1}"),
    "m:lastPhase": Text("“{0}” speaks of the last phase", "«{0}» يتحدث عن المرحلة الأخيرة"),
}
ASSUMPTIONS: dict[str, Text] = {
    "unknownEnds": Text(
        "times whose ends are not known are taken to overlap", "تُعد الأزمنة المجهولة الأطراف متداخلة"
    ),
    "plannedAgainstAsserted": Text(
        "one speaks of a plan, the other of a fact", "أحدهما يتحدث عن خطة والآخر عن واقع"
    ),
    "toleranceApplied": Text(
        "approximate and vague numbers are intervals by policy",
        "الأعداد التقريبية والمبهمة مجالات بحكم السياسة المتبعة",
    ),
}
_WORDS = {
    "rests": Text("rests on", "يستند إلى"),
    "independent": Text("independent origins", "المصادر المستقلة"),
    "one": Text("within one source", "ضمن مصدر واحد"),
    "alignment": Text("alignment by {0}", "مواءمة: {0}"),
    "or": Text("{0} to {1}", "من {0} إلى {1}"),
    "loop": Text("outlets cite one another in a circle", "وسائل إعلام تنقل بعضها عن بعض في حلقة"),
    "single": Text("one origin behind several outlets", "مصدر واحد وراء عدة وسائل إعلام"),
}


def describe_premise(premise: Premise, language: str) -> str:
    """Put a premise into words; an alignment names its author."""
    template = RELATIONS.get(premise.relation, Text("{0} – {1}", "{0} – {1}")).in_language(language)
    words = template.format(premise.subject.in_language(language), premise.object.in_language(language))
    if premise.author:
        words += f" ({_say('alignment', language).format(premise.author)})"
    return words


def grounds(finding: Finding, language: str) -> list[str]:
    """Put into words all that a finding rests on: premises first, then assumptions."""
    premises = [describe_premise(premise, language) for premise in finding.premises]
    return premises + [ASSUMPTIONS[name].in_language(language) for name in finding.assumptions]


def write_findings(findings: Iterable[Finding], form: str, language: str) -> str:
    """Give findings as text in `form`: table (a page to read), csv or json."""
    if form == "json":
        objects = [finding_object(finding, language) for finding in findings]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(findings, language)
    return "\n".join(draw_finding(finding, language) for finding in findings)


def finding_object(finding: Finding, language: str) -> dict[str, Any]:
    """Give a finding as JSON: sides, quotes and statements in the order of `claims`."""
    independence = finding.independence
    return {
        "id": finding.iri,
        "kind": finding.kind,
        "rule": f"{finding.rule.rpartition('#')[2]}@{finding.rule_version}",
        "question": question(finding, language),
        "sources": list(dict.fromkeys(claim.source_name.in_language(language) for claim in finding.claims)),
        "claims": [claim.iri for claim in finding.claims],
        "statements": [[claim.article_id, claim.statement_id] for claim in finding.claims],
        "quotes": [claim.quote for claim in finding.claims],
        "premises": grounds(finding, language),
        "reason": finding.reason(language),
        "independent": [independence.least, independence.most],
        "withinSource": finding.within_source,
    }


def question(finding: Finding, language: str) -> str:
    """Give the question, or the two questions, on which a finding compares."""
    return " / ".join(dict.fromkeys(text.in_language(language) for text in finding.questions))


def draw_finding(finding: Finding, language: str) -> str:
    """Draw a finding as a short page: kind and question, each quotation with its source, the reason."""
    within = f" ({_say('one', language)})" if finding.within_source else ""
    lines = [f"{finding.kind}{within} — {question(finding, language)}"]
    sided = len(finding.positions) > 1 and len(finding.claims) > len(finding.positions)
    for number, position in enumerate(finding.positions):
        lines += ["  ×"] if number and sided else []
        lines += [_quotation(claim, language) for claim in position.claims]
    lines.append(f"  {finding.reason(language)}")
    rests = grounds(finding, language)
    if rests:
        lines.append(f"  {_say('rests', language)}: {'; '.join(rests)}")
    lines.append(f"  {independent(finding, language)}")
    return "\n".join(lines) + "\n"


def independent(finding: Finding, language: str) -> str:
    """Say how many independent origins stand behind a finding's claims, and why that is an interval."""
    count = finding.independence
    span = str(count.least)
    if count.most != count.least:
        span = _say("or", language).format(count.least, count.most)
    reasons = [reason.in_language(language) for reason in count.reasons]
    if count.single_origin:
        reasons.append(_say("single", language))
    return f"{_say('independent', language)}: {span}" + (f" ({'; '.join(reasons)})" if reasons else "")


def _quotation(claim: Claim, language: str) -> str:
    words = " ".join(claim.quote.split())
    return f"  {claim.source_name.in_language(language)}: «{words}»  [{claim.article_id}:{claim.id}]"


def _csv(findings: Iterable[Finding], language: str) -> str:
    from musnad.collection.table import Table

    rows = []
    columns: tuple[str, ...] = ()
    for finding in findings:
        cells = finding_object(finding, language)
        columns = tuple(cells)
        rows.append(tuple(_cell(value) for value in cells.values()))
    return Table(columns or _COLUMNS, tuple(rows)).to_csv()


_COLUMNS = (
    "id", "kind", "rule", "question", "sources", "claims", "statements", "quotes", "premises", "reason",
    "independent", "withinSource",
)  # fmt: skip


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " | ".join(":".join(item) if isinstance(item, list) else str(item) for item in value)
    return value


def _say(name: str, language: str) -> str:
    return _WORDS[name].in_language(language)
