"""The application: pages, endpoint and assets behind the guard."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from musnad.errors import MusnadError, UnknownForm, UnknownThing
from musnad.findings.keeping import Kept
from musnad.terms import ID
from musnad.views.endpoint import Endpoint
from musnad.views.endpoint.gate import Gate
from musnad.views.endpoint.guard import POLICY, Guard
from musnad.views.endpoint.metrics import Metrics
from musnad.views.endpoint.negotiation import choose
from musnad.views.explorer.articles import list_articles, show_article
from musnad.views.explorer.asking import show_editor
from musnad.views.explorer.claims import show_claim, show_finding, show_validation
from musnad.views.explorer.questions import list_questions, show_pair, show_question
from musnad.views.explorer.rendering import FORMS, Show, make_environment, render, render_error
from musnad.views.explorer.site import Asked, Site
from musnad.views.explorer.sources import list_sources, show_source
from musnad.views.explorer.things import place_of, show_thing
from musnad.views.explorer.words import LANGUAGES, preferred, say

_PAGES: Final[dict[str, Show]] = {
    "/articles": list_articles,
    "/article/{name}": show_article,
    "/claim/{name}": show_claim,
    "/finding/{name}": show_finding,
    "/validation/{name}": show_validation,
    "/questions": list_questions,
    "/question/{name}": show_question,
    "/pair": show_pair,
    "/sources": list_sources,
    "/source/{name}": show_source,
    "/ask": show_editor,
    "/thing": show_thing,
    "/thing/{name:path}": show_thing,
}
# The editor writes styles into its elements; its scripts come from here like all others.
_EDITOR_POLICY: Final = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_CACHED = 48 << 20


def build_app(
    pages: Pages,
    endpoint: Endpoint,
    metrics: Metrics,
    *,
    hosts: Collection[str],
    cors: Collection[str] = (),
    more: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Put the application together: what is asked of it by `hosts`, and by pages of `cors`, is answered."""
    folder = Path(str(files("musnad.views.explorer")))
    routes = [
        *endpoint.routes(),
        *pages.routes(),
        *more,
        Mount("/assets", StaticFiles(directory=folder / "assets")),
        Mount("/vendor", StaticFiles(directory=folder / "vendor")),
    ]
    return Guard(Starlette(routes=routes), metrics, hosts, cors)


class Pages:
    """The pages of one site; answers are kept until the store is written to, which `gate` tells apart.

    With `reviewing`, pages lead to those of review.
    """

    def __init__(self, site: Site, gate: Gate, *, reviewing: bool = False) -> None:
        self._site = site
        self._gate = gate
        self._templates = make_environment(reviewing=reviewing)
        self._cache: Kept[tuple[str, ...], bytes] = Kept(_CACHED, len)
        # More at once would take turns on the same cores: each page would be late, and none sooner.
        # Shapes take long, one article at a time; other pages do not stand behind them.
        self._validating = ThreadPoolExecutor(1, thread_name_prefix="shapes")
        self._workers = ThreadPoolExecutor((os.cpu_count() or 1) + 1, thread_name_prefix="pages")

    def forget(self) -> None:
        """Keep none of the answers that were given."""
        self._cache.clear()

    def routes(self) -> list[Route]:
        """Give the routes of the pages; a path that ends in .ttl, .json or .csv is a page's twin."""
        routes = [
            Route("/", self.home, name="home"),
            Route("/id/{name:path}", self.dereference, name="id"),
        ]
        for path, show in _PAGES.items():
            routes.append(Route(path, self._page(show), name=show.__name__))
            if "{" not in path:
                routes.append(Route(f"{path}.{{form}}", self._page(show), name=show.__name__))
        return routes

    async def home(self, request: Request) -> Response:
        """Lead to the list of articles."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/articles{query}", 307)

    async def dereference(self, request: Request) -> Response:
        """Lead from a thing to what is said of it, in the form that is liked best (303)."""
        iri = ID(unquote(request.path_params["name"]))
        media_types = {media_type.partition(";")[0]: form for form, media_type in FORMS.items()}
        best = choose(request.headers.get("accept"), list(media_types))
        if best is None:
            return Response(f"This comes as {', '.join(media_types)}.\n", 406, media_type="text/plain")
        form = media_types[best]
        place = place_of(iri) + ("" if form == "html" else f".{form}")
        return RedirectResponse(place, 303, headers={"Vary": "Accept"})

    def _page(self, show: Show):  # type: ignore[no-untyped-def]
        async def answer(request: Request) -> Response:
            loop = asyncio.get_running_loop()
            workers = self._validating if show is show_validation else self._workers
            return await loop.run_in_executor(workers, self._answer, show, request)

        return answer

    def _answer(self, show: Show, request: Request) -> Response:
        with self._gate.reading():
            return self._look(show, request)

    def _look(self, show: Show, request: Request) -> Response:
        asked, form = _read(request)
        key = (asked.path, form, asked.language, request.url.query)
        headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
        try:
            content = self._cache.get(key)
            if content is None:
                content = render(self._site, self._templates, show(self._site, asked), asked, form)
                self._cache.put(key, content)
        except (UnknownThing, UnknownForm) as error:
            return self._error(asked, 404, say("not_found", asked.language), error, headers)
        except MusnadError as error:
            return self._error(asked, 400, error.code, error, headers)
        if show is show_editor:
            headers["Content-Security-Policy"] = _EDITOR_POLICY
        headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if form == "html":
            headers["Content-Language"] = asked.language
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers={**headers, "Content-Type": FORMS[form]})

    def _error(
        self, asked: Asked, status: int, title: str, error: MusnadError, headers: dict[str, str]
    ) -> Response:
        content = render_error(self._templates, asked, title, f"{error.code}: {error.what}")
        return Response(content, status, headers={**headers, "Content-Type": FORMS["html"]})


def _read(request: Request) -> tuple[Asked, str]:
    """Give what is asked, and in which form: by the ending of the path."""
    path = request.url.path
    name = str(request.path_params.get("name", ""))
    form = str(request.path_params.get("form", ""))
    stem, dot, ending = name.rpartition(".")
    if form:
        path = path.removesuffix(f".{form}")
    elif dot and ending in FORMS:
        name, form = stem, ending
        path = path.removesuffix(f".{ending}")
    given: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        given.setdefault(key, value)
    language = given.get("lang", "")
    if language not in LANGUAGES:
        given.pop("lang", None)
        language = preferred(request.headers.get("accept-language"))
    return Asked(quote(path, safe="/%"), name, given, language), form or "html"
