"""The SPARQL editor: the competency questions as examples, and a form for readers without JavaScript."""

from __future__ import annotations

from functools import cache

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
    del site
    query = asked.get("query") or _FIRST % asked.language
    values = {"given": query, "examples": _examples(asked.language), "prefixes": dict(PREFIXES)}
    return Page("ask.html", say("editor", asked.language), values, "", lambda: "")


@cache
def _examples(language: str) -> list[dict[str, str]]:
    """Give the queries for people that need no parameter: name, what they answer, text."""
    return [
        {
            "name": found.name,
            "summary": found.header.summary.ar if language == "ar" else found.header.summary.en,
            "query": _example(found, language),
        }
        for folder in FOLDERS
        for found in list_queries(folder)
        if not any(parameter.required for parameter in found.header.params)
    ]


def _example(query: Query, language: str) -> str:
    """Give an example's text, without its header, in a language where it takes one."""
    takes_language = any(parameter.name == "lang" for parameter in query.header.params)
    text = query.bind({"lang": language} if takes_language else {})
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"
