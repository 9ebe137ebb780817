"""The list of articles, and one article with its sources, cues and contents marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from io import StringIO
from operator import attrgetter
from typing import Any

from musnad.errors import UnknownThing
from musnad.findings import Text
from musnad.graph.exports import export
from musnad.graph.naming import article_graph
from musnad.graph.queries import find_query
from musnad.terms import M
from musnad.views.explorer.index import ArticleLine
from musnad.views.explorer.marking import Mark, cut
from musnad.views.explorer.site import PER_PAGE, Asked, Page, Site, bound, named, position_of
from musnad.views.explorer.words import say

_PARTS = {M("sourceSpan"): "source", M("cueSpan"): "cue", M("contentSpan"): "content"}
FACETS = ("outlet", "language", "status")
_MOST_CHOICES = 30


def list_articles(site: Site, asked: Asked) -> Page:
    """Give the list of articles, by facets and by words that are found in any spelling."""
    everything = site.index.articles()
    searched = everything.find(asked.get("q"))
    found = _narrow(searched, asked)
    shown = found[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    values = {
        "lines": shown,
        "count": len(found),
        "pages": max(1, -(-len(found) // PER_PAGE)),
        "facets": {name: _choices(_narrow(searched, asked, without=name), name) for name in FACETS},
        "label": site.label,
        "totals": site.index.totals(),
    }
    query = find_query("read/article-index").bind_any("article", (line.iri for line in shown))
    names = [line.iri for line in shown]
    return Page("articles.html", say("articles", asked.language), values, query, lambda: site.triples(names))


def _narrow(lines: Sequence[ArticleLine], asked: Asked, *, without: str = "") -> Sequence[ArticleLine]:
    """Give the lines that fit what is chosen, whatever is chosen for one of the facets."""
    since, until = _day(asked.get("since")), _day(asked.get("until"))
    if since or until:
        first, last = since or date.min, until or date.max
        lines = [line for line in lines if first <= line.day <= last]
    for name in FACETS:
        if name != without and (chosen := asked.get(name)):
            value = attrgetter(name)
            lines = [line for line in lines if value(line) == chosen]
    return lines


def _choices(lines: Sequence[ArticleLine], name: str) -> list[tuple[str, int]]:
    """Give the values of a facet and how many articles each would leave, the frequent ones first."""
    counts = Counter(map(attrgetter(name), lines))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_CHOICES]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def show_article(site: Site, asked: Asked) -> Page:
    """Give one article: its text with marks, and a card for every statement."""
    iri = named("article", asked.name)
    rows = list(site.reader.rows("article-texts", article=iri))
    if not rows:
        raise UnknownThing("the store holds no such article", where=iri)
    line = site.index.articles().named(iri)
    if line is None:
        raise UnknownThing("the store holds no such article", where=iri)
    statements = list(site.reader.rows("article-statements", article=iri))
    ids = {row["statement"]: row["statement_id"] for row in statements}
    marks = [
        Mark(row["start"], row["end"], _PARTS[row["part"]], ids[row["statement"]])
        for row in site.reader.rows("statement-spans", article=iri)
        if row["statement"] in ids
    ]
    text = rows[0]["text"]
    cues = {mark.statement: text[mark.start : mark.end] for mark in marks if mark.part == "cue"}
    query = bound("article-statements", article=iri)
    values = {
        "article": line,
        "outlet": site.label(line.outlet),
        "url": rows[0]["url"],
        "read": [(row["by"], row["read_on"]) for row in site.reader.rows("article-readings", article=iri)],
        "stretches": cut(text, marks),
        "cues": cues,
        "statements": statements,
        "claims": _claims(site, iri),
        "label": site.label,
    }
    return Page("article.html", line.title, values, query, lambda: _turtle(site, iri))


def _claims(site: Site, article: str) -> dict[str, list[dict[str, Any]]]:
    """Give the claims of each statement, in words, with how many findings of each kind there are."""
    wordings = {
        row["claim"]: Text(row["wording_en"], row["wording_ar"])
        for row in site.reader.rows("claim-wordings", article=article)
    }
    claims = site.reader.claims(article=article)
    compared = site.compared(map(position_of, claims))
    shown = defaultdict(list)
    for claim in claims:
        wording = wordings.get(claim.iri, Text(claim.quote, claim.quote))
        found = {one.finding: one.kind.partition("/")[0] for one in compared[position_of(claim)]}
        shown[claim.statement].append(
            {"claim": claim, "wording": wording, "findings": Counter(found.values())}
        )
    return shown


def _turtle(site: Site, article: str) -> str:
    text = StringIO()
    export(sorted(site.store.quads(article_graph(article)), key=str), "turtle", text)
    return text.getvalue()
