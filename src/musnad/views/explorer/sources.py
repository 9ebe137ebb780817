"""The list of sources, and one source: names, claims, relays, and agreement with others."""

from __future__ import annotations

from collections import Counter, defaultdict

from musnad.errors import UnknownThing
from musnad.graph.queries import find_query
from musnad.views.explorer.site import PER_PAGE, Asked, Page, Site, bound, named
from musnad.views.explorer.words import say

_CLAIMS = 60
_OTHERS = 25


def list_sources(site: Site, asked: Asked) -> Page:
    """Give the sources, those that claim most first; by kind, and by words of their names."""
    everything = site.index.sources()
    lines = everything.find(asked.get("q"))
    if kind := asked.get("kind"):
        lines = [line for line in lines if line.kind == kind]
    shown = lines[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    values = {
        "lines": shown,
        "kinds": Counter(line.kind for line in everything).most_common(),
        "label": site.label,
        "count": len(lines),
        "pages": max(1, -(-len(lines) // PER_PAGE)),
    }
    names = [line.iri for line in shown]
    query = find_query("read/source-index").bind_any("source", names)
    return Page("sources.html", say("sources", asked.language), values, query, lambda: site.triples(names))


def show_source(site: Site, asked: Asked) -> Page:
    """Give one source with what it claims, through whom it is heard, and its agreement with others."""
    iri = named("source", asked.name)
    line = site.index.sources().named(iri)
    rows = list(site.reader.rows("labels", thing=iri))
    if line is None and not rows:
        raise UnknownThing("the store holds no such source", where=iri)
    name = site.label(iri)
    said = [row["claim"] for row in site.reader.rows("claims-of-source", source=iri)]
    shown = said[(asked.page - 1) * _CLAIMS : asked.page * _CLAIMS]
    claims = {claim.iri: claim for claim in site.reader.some_claims(shown)}
    wordings = site.wordings(shown)
    others: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for finding, kind, other in site.facing(iri):
        others[other][kind.partition("/")[0]].add(finding)
    agreement = sorted(
        (
            (other, {kind: len(found) for kind, found in kinds.items()}, len(set().union(*kinds.values())))
            for other, kinds in others.items()
        ),
        key=lambda entry: (-entry[2], entry[0]),
    )
    values = {
        "iri": iri,
        "line": line,
        "name": name,
        "aliases": sorted({row["label"] for row in rows} - {name.en, name.ar}),
        "claims": [(claims[name], wordings.get(name)) for name in shown if name in claims],
        "count": len(said),
        "pages": max(1, -(-len(said) // _CLAIMS)),
        "relays": list(site.reader.rows("relays-of-source", source=iri))[:_OTHERS],
        "agreement": agreement[:_OTHERS],
        "more_others": max(0, len(agreement) - _OTHERS),
        "label": site.label,
    }
    title = name.in_language(asked.language)
    return Page("source.html", title, values, bound("claims", source=iri), lambda: site.triples([iri]))
