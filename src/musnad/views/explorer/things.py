"""Anything else the graph names: what is said of it, by which graph, and what refers to it."""

from __future__ import annotations

from musnad.collection.descriptions import describe
from musnad.errors import UnknownThing
from musnad.terms import ID, compact
from musnad.views.explorer.site import Asked, Page, Site, bound

PAGES = {"article": "article", "claim": "claim", "slot": "question", "source": "source", "finding": "finding"}
"""Kinds of thing that have a page of their own, and its place."""


def show_thing(site: Site, asked: Asked) -> Page:
    """Give what the graph says of a thing of ours; a term of the vocabulary is given as `iri`."""
    iri = asked.get("iri") or ID(asked.name)
    said = list(site.reader.rows("thing-triples", thing=iri))
    mentions = list(site.reader.rows("thing-mentions", thing=iri))
    if not said and not mentions:
        raise UnknownThing("the store says nothing of this", where=iri)
    values = {
        "iri": iri,
        "name": site.label(iri),
        "said": said,
        "mentions": mentions,
        "label": site.label,
        "compact": compact,
    }
    title = site.label(iri).in_language(asked.language)
    return Page(
        "thing.html", title, values, bound("thing-triples", thing=iri), lambda: describe(site.store, [iri])
    )


def place_of(iri: str) -> str:
    """Give the path of the page about a thing."""
    from urllib.parse import quote

    if not iri.startswith(ID):
        return f"/thing?iri={quote(iri, safe='')}"
    kind, _, rest = iri.removeprefix(ID).partition("/")
    if kind in PAGES and "/" not in rest:
        return f"/{PAGES[kind]}/{quote(rest, safe='')}"
    return f"/thing/{quote(iri.removeprefix(ID), safe='/')}"
