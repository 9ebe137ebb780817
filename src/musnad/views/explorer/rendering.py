"""Pages as they are sent: HTML, and the twins that carry the same as Turtle, JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from musnad.errors import UnknownForm
from musnad.findings import Text
from musnad.views.explorer.claims import side_quotes
from musnad.views.explorer.site import Asked, Page, Site
from musnad.views.explorer.things import place_of
from musnad.views.explorer.words import say

FORMS: Final = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
"""The forms of a page, by the ending of its path, with their media types; HTML is the one without ending."""

SECTIONS: Final = ("articles", "questions", "sources", "ask")
_SECTION_OF: Final = {
    "article": "articles",
    "claim": "articles",
    "validation": "articles",
    "finding": "questions",
    "question": "questions",
    "pair": "questions",
    "source": "sources",
}
_KIND_SIGNS: Final = {"agreement": "=", "conflict": "≠", "tension": "~", "non-conflict": "∥"}


def make_environment(*, reviewing: bool = False) -> Environment:
    """Give the templates; everything put into them is escaped, and a name that is not there is an error.

    With `reviewing`, pages lead to those of review.
    """
    environment = Environment(
        loader=PackageLoader("musnad.views.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["digest"] = lambda iri: quote(iri.rpartition("/")[2], safe="")
    environment.filters["place"] = place_of
    environment.filters["line"] = lambda text: " ".join(text.split())
    environment.globals["reviewing"] = reviewing
    environment.globals["sides"] = side_quotes
    environment.globals["sign"] = lambda kind: _KIND_SIGNS.get(kind.partition("/")[0], "·")
    environment.globals["direction"] = _direction
    environment.globals["safe_link"] = _safe_link
    return environment


def render(site: Site, environment: Environment, page: Page, asked: Asked, form: str) -> bytes:
    """Write a page in a form of `FORMS`."""
    if form != "html" and not page.query:
        raise UnknownForm("this page has no form as data", remedy="Ask the endpoint itself.")
    if form == "ttl":
        return page.turtle().encode()
    if form == "csv":
        return site.table(page.query).to_csv().encode()
    if form == "json":
        if page.data is None:
            return site.table(page.query).to_json().encode()
        return (json.dumps(page.data(), ensure_ascii=False, indent=2, default=str) + "\n").encode()
    if form == "html":
        template = environment.get_template(page.template)
        # Not {**…}: a name that both give would be a mistake, and is an error here.
        return template.render(dict(**page.values, **frame(page, asked))).encode()
    raise UnknownForm(f"a page has no form {form}", remedy=f"Use one of: {', '.join(FORMS)}.")


def render_error(environment: Environment, asked: Asked, title: str, text: str) -> bytes:
    """Write a page that says what is wrong."""
    page = Page("error.html", title, {"text": text}, "", str)
    return environment.get_template(page.template).render({**page.values, **frame(page, asked)}).encode()


def frame(page: Page, asked: Asked) -> Mapping[str, Any]:
    """Give what every template has at hand."""
    language = asked.language
    chosen = {"lang": language} if "lang" in asked.given else {}

    def link(path: str, **parameters: object) -> str:
        given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
        query = urlencode({**given, **chosen})
        return f"{path}{'&' if '?' in path else '?'}{query}" if query else path

    def here(**changed: object) -> str:
        kept = {name: value for name, value in asked.given.items() if value and name != "page"}
        merged = {name: value for name, value in {**kept, **changed}.items() if value not in (None, "")}
        query = urlencode(merged)
        return f"{asked.path}?{query}" if query else asked.path

    def twin(form: str) -> str:
        query = urlencode({name: value for name, value in asked.given.items() if value})
        path = f"{asked.path}.{form}"
        return f"{path}?{query}" if query else path

    def local(text: Text) -> str:
        return text.in_language(language)

    return {
        "t": lambda key, *values: say(key, language, *(f"\u2068{value}\u2069" for value in values)),
        "local": local,
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "other_language": "en" if language == "ar" else "ar",
        "title": page.title,
        "section": _section(asked.path),
        "sections": SECTIONS,
        "asked": asked,
        "link": link,
        "here": here,
        "twin": twin,
        "query_text": "\n".join(
            line for line in page.query.splitlines() if not line.startswith("#+")
        ).strip(),
    }


def _section(path: str) -> str:
    first = path.strip("/").partition("/")[0]
    return _SECTION_OF.get(first, first)


def _direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr" if language == "en" else "auto"


def _safe_link(address: str | None) -> Markup | str:
    """Give an address that may stand in a link: http and https, and nothing that runs."""
    if address and address.lower().startswith(("http://", "https://")):
        return address
    return ""


Show = Callable[[Site, Asked], Page]
