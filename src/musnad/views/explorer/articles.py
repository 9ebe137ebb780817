"""The list of articles, and one article with its sources, cues and contents marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from io import StringIO
from typing import Any

from musnad.errors import UnknownThing
from musnad.findings import Text
from musnad.graph.exports import export
from musnad.graph.naming import article_graph
from musnad.graph.queries import find_query
from musnad.terms import M
from musnad.text.folding import fold
from musnad.views.explorer.index import ArticleLine
from musnad.views.explorer.marking import Mark, cut
from musnad.views.explorer.site import PER_PAGE, Asked, Page, Site, bound, named
from musnad.views.explorer.words import say

_PARTS = {M("sourceSpan"): "source", M("cueSpan"): "cue", M("contentSpan"): "content"}
_FACETS = ("outlet", "language", "status")


def list_articles(site: Site, asked: Asked) -> Page:
    """Give the list of articles, by facets and by words that are found in any spelling."""
    searched = _searched(site, asked.get("q"))
    found = [line for line in searched if _fits(line, asked)]
    shown = found[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    values = {
        "lines": shown,
        "count": len(found),
        "pages": max(1, -(-len(found) // PER_PAGE)),
        "facets": {name: _choices(searched, asked, name) for name in _FACETS},
        "outlets": {line.outlet: site.label(line.outlet) for line in site.index.articles()},
        "totals": [
            ("articles", len(site.index.articles())),
            ("claims", sum(line.claims for line in site.index.articles())),
            ("sources", len(site.index.sources())),
            ("questions", len(site.index.questions())),
        ],
    }
    query = find_query("read/article-index").bind_any("article", (line.iri for line in shown))
    names = [line.iri for line in shown]
    return Page("articles.html", say("articles", asked.language), values, query, lambda: site.triples(names))


def _searched(site: Site, words: str) -> list[ArticleLine]:
    wanted = fold(words).text.split()
    if not wanted:
        return site.index.articles()
    texts = site.index.texts()
    return [line for line in site.index.articles() if all(word in texts.get(line.iri, "") for word in wanted)]


def _fits(line: ArticleLine, asked: Asked, *, without: str = "") -> bool:
    values = {"outlet": line.outlet, "language": line.language, "status": line.status}
    for name, value in values.items():
        if name != without and asked.get(name) not in ("", value):
            return False
    since, until = _day(asked.get("since")), _day(asked.get("until"))
    return (since is None or line.day >= since) and (until is None or line.day <= until)


def _choices(lines: list[ArticleLine], asked: Asked, name: str) -> list[tuple[str, int]]:
    """Give the values of a facet and how many articles each would leave, the frequent ones first."""
    counts = Counter(getattr(line, name) for line in lines if _fits(line, asked, without=name))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:30]


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
    line = next(line for line in site.index.articles() if line.iri == iri)
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
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in site.reader.rows("findings-of-claims", article=article):
        found[row["claim"]][row["kind"].partition("/")[0]].add(row["finding"])
    claims = defaultdict(list)
    for claim in site.reader.claims(article=article):
        counts = {kind: len(findings) for kind, findings in found[claim.iri].items()}
        wording = wordings.get(claim.iri, Text(claim.quote, claim.quote))
        claims[claim.statement].append({"claim": claim, "wording": wording, "findings": counts})
    return claims


def _turtle(site: Site, article: str) -> str:
    text = StringIO()
    export(sorted(site.store.quads(article_graph(article)), key=str), "turtle", text)
    return text.getvalue()
