"""The SPARQL editor: the competency questions as examples, and a form for readers without JavaScript."""

from __future__ import annotations

from functools import lru_cache

from musnad.graph.queries import Query, list_queries
from musnad.terms import PREFIXES
from musnad.views.explorer.site import Asked, Page, Site
from musnad.views.explorer.words import say

FOLDERS = ("list", "compare", "trace")
_FIRST = """PREFIX m: <https://w3id.org/musnad#>
SELECT ?claim ?says WHERE {
  ?claim m:proposition/m:wording ?says .
  FILTER(LANG(?says) = "%s")
}
LIMIT 20"""


def show_editor(site: Site, asked: Asked) -> Page:
    """Give the editor, with the query of the address in it."""
    query = asked.get("query") or _FIRST % asked.language
    days = [line.day for line in site.index.articles()]
    span = (str(min(days)), str(max(days))) if days else ("0001-01-01", "0001-01-01")
    values = {"given": query, "examples": _examples(asked.language, *span), "prefixes": dict(PREFIXES)}
    return Page("ask.html", say("editor", asked.language), values, "", lambda: "")


@lru_cache(maxsize=8)
def _examples(language: str, first: str, last: str) -> list[dict[str, str]]:
    """Give the competency questions: name, what they answer, text; those that need two days get these."""
    known = {"lang": language, "from": first, "to": last}
    return [
        {
            "name": found.name,
            "summary": found.header.summary.ar if language == "ar" else found.header.summary.en,
            "query": _example(found, known),
        }
        for folder in FOLDERS
        for found in list_queries(folder)
    ]


def _example(query: Query, known: dict[str, str]) -> str:
    """Give an example's text, without its header, with what is known of what it needs."""
    needed = {
        parameter.name: known[parameter.name]
        for parameter in query.header.params
        if parameter.required or parameter.name == "lang"
    }
    text = query.bind(needed)
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"
