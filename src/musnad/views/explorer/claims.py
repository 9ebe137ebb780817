"""One claim: its sentence, its chain, what speaks for and against it; and one finding."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from musnad.collection.descriptions import describe
from musnad.collection.provenance import Provenance, trace_claim
from musnad.errors import UnknownThing
from musnad.findings import Claim, Finding
from musnad.graph.naming import article_graph
from musnad.validation import validate
from musnad.views.claims import claim_object
from musnad.views.explorer.chain import WIDTH, draw_stations
from musnad.views.explorer.site import Asked, Page, Site, bound, named, position_of
from musnad.views.explorer.words import say
from musnad.views.findings import finding_object, grounds, independent, question

MOST = 8  # findings of one kind that a page shows
_GROUPS = {"agreement": "agrees", "conflict": "conflicts_with", "tension": "conflicts_with"}


def show_claim(site: Site, asked: Asked) -> Page:
    """Give one claim with everything that lets a reader check it."""
    claim = find_claim(site, asked.name)
    position = position_of(claim)
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for found in site.compared([position])[position]:
        kinds[_GROUPS.get(found.kind.partition("/")[0], "related")][found.finding] = None
    wanted = [iri for findings in kinds.values() for iri in list(findings)[:MOST]]
    provenance = trace_claim(site.reader, claim, wanted)
    groups = {
        group: {
            "findings": [finding for finding in provenance.findings if finding.iri in kinds[group]],
            "more": max(0, len(kinds[group]) - MOST),
        }
        for group in ("agrees", "conflicts_with", "related")
    }
    values: dict[str, Any] = {
        "claim": claim,
        "provenance": provenance,
        "drawing": draw_stations(provenance, asked.language),
        "drawing_width": WIDTH,
        "groups": groups,
        "slots": site.slots_of(claim.iri),
        "subject": site.label(provenance.subject),
        "predicate": site.label(provenance.predicate),
        "independence": site.origins(claim, provenance.agreeing),
        "citation": cite(provenance, asked.language),
        "turtle_text": describe_claim(site, claim),
        **finding_words(site, asked.language),
    }
    return Page(
        "claim.html",
        provenance.wording.in_language(asked.language),
        values,
        bound("claims", claim=claim.iri),
        lambda: describe(site.store, [claim.iri]),
        lambda: claim_object(provenance, asked.language),
    )


def show_finding(site: Site, asked: Asked) -> Page:
    """Give one finding: both sides, the reason and what it rests on."""
    iri = named("finding", asked.name)
    finding = site.reader.finding(iri)
    if finding is None:
        raise UnknownThing("the store holds no such finding", where=iri)
    return Page(
        "finding.html",
        f"{site.kind_label(finding.kind).in_language(asked.language)}: {question(finding, asked.language)}",
        {"finding": finding, **finding_words(site, asked.language)},
        bound("findings", finding=iri),
        lambda: describe(site.store, [iri]),
        lambda: finding_object(finding, asked.language),
    )


def show_validation(site: Site, asked: Asked) -> Page:
    """Give what the shapes have to say of an article; `claim` keeps what is said of one claim."""
    iri = named("article", asked.name)
    quads = list(site.store.quads(article_graph(iri)))
    if not quads:
        raise UnknownThing("the store holds no such article", where=iri)
    report = site.validate(iri, lambda: validate(quads))
    problems = [
        (result.severity, result.problem("ar" if asked.language == "ar" else "en"))
        for result in report.results
    ]
    values = {
        "article": iri,
        "problems": problems,
        "conforms": report.conforms,
        "met": sum(report.met.values()),
    }
    query = bound("claims", article=iri)
    data = [{"severity": severity, "where": p.where, "what": p.what} for severity, p in problems]
    return Page(
        "validation.html",
        say("shapes", asked.language),
        values,
        query,
        lambda: site.triples([iri]),
        lambda: data,
    )


def find_claim(site: Site, digest: str) -> Claim:
    """Find a claim by its digest; raises `UnknownThing`."""
    iri = named("claim", digest)
    claims = site.reader.claims(iri)
    if not claims:
        raise UnknownThing("the store holds no such claim", where=iri)
    return claims[0]


def finding_words(site: Site, language: str) -> dict[str, Any]:
    """Give what the drawing of findings needs: their names, questions, reasons and grounds in words."""
    return {
        "kind_label": site.kind_label,
        "question_of": lambda finding: question(finding, language),
        "grounds_of": lambda finding: grounds(finding, language),
        "independent_of": lambda finding: independent(finding, language).partition(": ")[2],
    }


def describe_claim(site: Site, claim: Claim) -> str:
    """Write the claim itself and its proposition as Turtle: what fits on a page."""
    return site.triples([claim.iri, claim.proposition])


def cite(provenance: Provenance, language: str) -> str:
    """Write how to cite a claim: the words, who said them, where, at which characters, under which name."""
    claim = provenance.claim
    words = " ".join(claim.quote.split())
    quote = f"«{words}»" if provenance.language == "ar" else f"“{words}”"
    place = say("characters", language, claim.start, claim.end)
    where = [claim.source_name.in_language(language), provenance.hands[-1].label, claim.day]
    named_where = [
        part.in_language(language) if part is not None and hasattr(part, "in_language") else str(part)
        for part in where
        if part is not None
    ]
    title = f"“{provenance.title}”. " if provenance.title else ""
    comma = "، " if language == "ar" else ", "
    address = f" {provenance.url}" if provenance.url else ""
    return f"{quote} {comma.join(named_where)}. {title}{place}. {claim.iri}{address}"


def side_quotes(finding: Finding, most: int = 3) -> list[tuple[list[Claim], int]]:
    """Give, for each side of a finding, the claims that are quoted, and how many more there are."""
    return [
        (list(position.claims[:most]), max(0, len(position.claims) - most)) for position in finding.positions
    ]
