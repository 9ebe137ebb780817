"""The review pages over HTTP: a request is admitted, read, carried out, and answered as a page or as JSON."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from musnad.errors import (
    DecisionInUse,
    ForeignRequest,
    InvalidRecord,
    MusnadError,
    Problem,
    QueueChanged,
    SignInNeeded,
    StoreNotWritable,
    TooManyAttempts,
    UnfitRequest,
    UnknownArticle,
    UnknownChange,
    UnknownClaim,
    UnknownDecision,
    UnknownThing,
)
from musnad.record.revising import view_claim
from musnad.terms import ID
from musnad.views.endpoint.gate import Gate
from musnad.views.endpoint.protocol import Refused
from musnad.views.endpoint.routes import read_body
from musnad.views.explorer.site import Asked, Site
from musnad.views.review import objects
from musnad.views.review.admitting import SCRIPT, Door
from musnad.views.review.desk import Desk, Outcome
from musnad.views.review.forms import check_change, place_problems, read_change
from musnad.views.review.pages import Drawing, find_draft, following
from musnad.views.review.requests import (
    Given,
    conditions_of,
    context_of,
    order_of,
    read_asked,
    read_given,
)
from musnad.views.review.words import say

_STATUS: Final[tuple[tuple[type[MusnadError], int], ...]] = (
    (SignInNeeded, 401),
    (TooManyAttempts, 429),
    (ForeignRequest, 403),
    (DecisionInUse, 409),
    (QueueChanged, 409),
    (InvalidRecord, 422),
    (UnknownChange, 422),
    (UnknownThing, 404),
    (UnknownClaim, 404),
    (UnknownDecision, 404),
    (UnknownArticle, 404),
    (StoreNotWritable, 503),
)
_HEADERS: Final = {"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie, Authorization"}
_MOST_KEPT: Final = 500

Do = Callable[[str, Request, Asked, Given], Response]


class ReviewPages:
    """The pages in which one reviewer decides about drafts, and the same for scripts as JSON."""

    def __init__(self, site: Site, gate: Gate, desk: Desk, door: Door | None = None) -> None:
        self.door = door or Door()
        self._site = site
        self._gate = gate
        self._desk = desk
        self._drawing = Drawing(site, desk)
        self._taken: OrderedDict[str, list[str]] = OrderedDict()
        """The decisions that each session took and did not undo, by its name."""

    def routes(self) -> list[BaseRoute]:
        """Give the routes, all of them under /review."""
        look, act = ["GET"], ["POST"]
        folder = Path(str(files("musnad.views.review")))
        return [
            Route("/review/sign-in", self.sign_in, methods=look),
            Route("/review/sign-in", self._answer(self._make_address), methods=act),
            Route("/review/sign-out", self._answer(self._sign_out), methods=act),
            Route("/review", self._answer(self._queue), methods=look),
            Route("/review/queue.json", self._answer(self._queue_as_json), methods=look),
            Route("/review/decisions.json", self._answer(self._decisions), methods=look),
            Route("/review/draft/{name}/problems", self._answer(self._problems), methods=look),
            Route("/review/draft/{name}/problems.json", self._answer(self._problems_as_json), methods=look),
            Route("/review/draft/{name}.json", self._answer(self._draft_as_json), methods=look),
            Route("/review/draft/{name}", self._answer(self._draft), methods=look),
            Route("/review/draft/{name}/accept", self._answer(self._accept), methods=act),
            Route("/review/draft/{name}/reject", self._answer(self._reject), methods=act),
            Route("/review/draft/{name}/edit", self._answer(self._edit), methods=act),
            Route("/review/statements", self._answer(self._statements), methods=look),
            Route("/review/statements.json", self._answer(self._statements_as_json), methods=look),
            Route("/review/statement/{name}", self._answer(self._statement), methods=look),
            Route("/review/statement/{name}/accept", self._answer(self._accept_words), methods=act),
            Route("/review/statement/{name}/reject", self._answer(self._reject_words), methods=act),
            Route("/review/undo", self._answer(self._undo), methods=act),
            Route("/review/bulk", self._answer(self._confirm), methods=look),
            Route("/review/bulk", self._answer(self._decide_all), methods=act),
            Mount("/review/assets", StaticFiles(directory=folder / "assets")),
        ]

    # --- signing in and out ---------------------------------------------------------------------------

    async def sign_in(self, request: Request) -> Response:
        """Sign in with the secret in the address, which is good once."""
        asked = read_asked(request)
        answer = RedirectResponse("/review", 303, headers=_HEADERS)
        if request.method != "GET":  # a HEAD that looks whether there is something must not spend it
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        try:
            self.door.sign_in(request, answer)
        except MusnadError as error:
            return self._refuse(error, asked, as_json=False)
        return answer

    def _make_address(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del asked, given
        if session != SCRIPT:
            raise ForeignRequest("only a script asks for this", remedy="Send the token for scripts.")
        place = f"/review/sign-in?key={self.door.keys.make_once()}"
        return _json({"address": str(request.url.replace(path="", query="")).rstrip("/") + place})

    def _sign_out(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del given
        answer = RedirectResponse(_to("/articles", asked), 303, headers=_HEADERS)
        self.door.sign_out(session, request, answer)
        self._taken.pop(session, None)
        return answer

    # --- looking --------------------------------------------------------------------------------------

    def _queue(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request, given
        with self._gate.reading():
            return _page(self._drawing.queue(asked, self._notice(session, asked)))

    def _queue_as_json(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, given
        where = [*conditions_of(asked), *request.query_params.getlist("where")]
        with self._gate.reading():
            queue = self._desk.queue(order=order_of(asked), where=where)
            return _json([objects.queued(one, asked.language) for one in queue])

    def _decisions(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            decisions = self._desk.news.decisions(asked.get("article") or None)
            return _json([objects.decision(one) for one in decisions])

    def _draft(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request, given
        with self._gate.reading():
            return _page(self._drawing.draft(asked, self._notice(session, asked)))

    def _draft_as_json(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            return _json(objects.draft(self._site, self._desk, asked))

    def _problems(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            return _page(self._drawing.problems(asked))

    def _problems_as_json(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            claim = find_draft(self._site, asked.name)
            placed = self._drawing.placed_problems(claim, asked.language)
            return _json([objects.problem(one, field) for field, one in placed])

    def _statements(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request, given
        with self._gate.reading():
            return _page(self._drawing.statements(asked, self._notice(session, asked)))

    def _statements_as_json(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            return _json([objects.statement(one, asked.language) for one in self._desk.statements()])

    def _statement(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request, given
        with self._gate.reading():
            return _page(self._drawing.statement(asked, self._notice(session, asked)))

    # --- deciding -------------------------------------------------------------------------------------

    def _accept(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        return self._decide(session, asked, given, self._desk.accept)

    def _reject(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        return self._decide(session, asked, given, self._desk.reject)

    def _accept_words(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        return self._decide_words(session, asked, given, self._desk.accept)

    def _reject_words(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        return self._decide_words(session, asked, given, self._desk.reject)

    def _decide_words(
        self, session: str, asked: Asked, given: Given, decide: Callable[..., Outcome]
    ) -> Response:
        with self._gate.reading():
            statement = self._drawing.find_statement(asked.name).iri
            before = [one.iri for one in self._desk.statements()]
        outcome = decide(statement, note=given.text("note"), at=given.text("at"))
        self._remember(session, outcome)
        if given.as_json:
            return self._outcome(outcome, asked)
        with self._gate.reading():
            left = [one.iri for one in self._desk.statements()]
        coming = following(before, statement, left)
        place = f"/review/statement/{_digest(coming)}" if coming else "/review/statements"
        return _see(_to(place, asked, done=_digest(outcome.decisions[0].iri)))

    def _edit(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        if given.as_json:
            change = check_change(given.fields.get("change"))
            if given.fields.get("try") is True:
                with self._gate.reading():
                    claim = find_draft(self._site, asked.name)
                    return _json(
                        {"claim": claim.iri, "editable": self._desk.news.try_edit(claim.iri, change)}
                    )
            return self._decide(
                session, asked, given, lambda claim, **told: self._desk.edit(claim, change, **told)
            )
        filled = {name: str(value) for name, value in given.fields.items()}
        with self._gate.reading():
            claim = find_draft(self._site, asked.name)
            record = self._desk.news.record(claim.article)
            view = view_claim(record, claim.id)
        change, problems = read_change(view, filled, record.text)
        if not change and not problems:
            problems = {"": [Problem("", say("nothing_changed", asked.language), "")]}
        if not problems:
            try:
                return self._decide(
                    session, asked, given, lambda claim, **told: self._desk.edit(claim, change, **told)
                )
            except InvalidRecord as error:
                told = error.in_arabic if asked.language == "ar" and error.in_arabic else error.problems
                for english, shown in zip(error.problems, told, strict=True):
                    field = next(iter(place_problems(view, [english])))
                    problems.setdefault(field, []).append(shown)
            except UnknownChange as error:
                problems = {"": [objects.as_problem(error)]}
        with self._gate.reading():
            notice = self._notice(session, asked)
            return _page(self._drawing.draft(asked, notice, filled=filled, problems=problems), 422)

    def _decide(self, session: str, asked: Asked, given: Given, decide: Callable[..., Outcome]) -> Response:
        with self._gate.reading():
            claim = find_draft(self._site, asked.name).iri
            before = self._names(asked)
        outcome = decide(claim, note=given.text("note"), at=given.text("at"))
        self._remember(session, outcome)
        if given.as_json:
            return self._outcome(outcome, asked)
        with self._gate.reading():
            following_claim = following(before, claim, self._names(asked))
        place = f"/review/draft/{_digest(following_claim)}" if following_claim else "/review"
        return _see(_to(place, asked, done=_digest(outcome.decisions[0].iri)))

    def _undo(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        named = given.texts("decision") or given.texts("claim")
        if not named:
            raise UnfitRequest("nothing is named to undo", remedy='Give "decision" or "claim", by IRI.')
        names = [name if ":" in name else ID(f"decision/{name}") for name in named]
        known = self._desk.outcome(names[0]) if len(names) == 1 else None
        if known and not given.as_json:
            names = [decision.iri for decision in known.decisions]
        outcome = self._desk.undo(*names, note=given.text("note"), at=given.text("at"))
        undone = {decision.revokes for decision in outcome.decisions}
        self._taken[session] = [one for one in self._taken.get(session, []) if one not in undone]
        if given.as_json:
            return self._outcome(outcome, asked)
        with self._gate.reading():
            back = self._places([one.claim for one in outcome.decisions])
        place = back[0] if len(back) == 1 else "/review"
        return _see(_to(place, asked, done=_digest(outcome.decisions[0].iri)))

    def _confirm(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del session, request, given
        with self._gate.reading():
            return _page(self._drawing.confirm(asked, _verdict(asked.get("verdict"))))

    def _decide_all(self, session: str, request: Request, asked: Asked, given: Given) -> Response:
        del request
        verdict = _verdict(given.text("verdict"))
        where = given.texts("where") if given.as_json else conditions_of(asked)
        if given.as_json and not where:
            raise UnfitRequest("no condition picks the drafts", remedy='Give "where": ["confidence>=0.9"].')
        outcome = self._desk.decide_all(
            verdict,
            where,
            count=given.number("count"),
            mark=given.text("mark"),
            note=given.text("note"),
            at=given.text("at"),
        )
        self._remember(session, outcome)
        if given.as_json:
            return self._outcome(outcome, asked)
        done = {"done": _digest(outcome.decisions[0].iri)} if outcome.decisions else {}
        return _see(_to("/review", asked, **done))

    # --- what all of them need ------------------------------------------------------------------------

    def _answer(self, do: Do):  # type: ignore[no-untyped-def]
        async def answer(request: Request) -> Response:
            asked = read_asked(request)
            as_json = asked.path.endswith(".json") or "authorization" in request.headers
            try:
                session = self.door.admit(request)
                body = await read_body(request)
                given = read_given(request.headers.get("content-type"), body)
                as_json = as_json or (request.method == "POST" and given.as_json)
                return await run_in_threadpool(do, session, request, asked, given)
            except MusnadError as error:
                return await run_in_threadpool(self._refuse, error, asked, as_json=as_json)
            except Refused as refused:
                headers = {**_HEADERS, **refused.headers}
                return Response(f"{refused.why}\n", refused.status, headers, "text/plain")

        return answer

    def _refuse(self, error: MusnadError, asked: Asked, *, as_json: bool) -> Response:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
        headers: dict[str, str] = {}
        if isinstance(error, TooManyAttempts):
            headers["Retry-After"] = str(error.seconds)
        if status == 401 and as_json:
            headers["WWW-Authenticate"] = 'Bearer realm="musnad review"'
        if as_json:
            return _json(objects.refusal(error), status, headers)
        title = say("sign_in", asked.language) if status == 401 else say("refused", asked.language)
        what = f"{error.code}: {error.what}"
        return _page(self._drawing.refusal(asked, title, what, error.remedy), status, headers)

    def _outcome(self, outcome: Outcome, asked: Asked) -> Response:
        with self._gate.reading():
            return _json(objects.outcome(outcome, len(self._desk.drafts()), asked.language))

    def _places(self, names: list[str]) -> list[str]:
        """Give the pages of those drafts, and statements without claims, that wait."""
        drafts, waiting = self._desk.drafts(), {one.iri for one in self._desk.statements()}
        return [
            *(f"/review/draft/{_digest(name)}" for name in names if drafts.get(name)),
            *(f"/review/statement/{_digest(name)}" for name in names if name in waiting),
        ]

    def _names(self, asked: Asked) -> list[str]:
        queue = self._desk.queue(order=order_of(asked), where=conditions_of(asked))
        return [one.claim.iri for one in queue]

    def _remember(self, session: str, outcome: Outcome) -> None:
        taken = self._taken.setdefault(session, [])
        taken += [decision.iri for decision in outcome.decisions[:1]]
        del taken[:-_MOST_KEPT]
        while len(self._taken) > _MOST_KEPT:
            self._taken.popitem(last=False)

    def _notice(self, session: str, asked: Asked) -> dict[str, Any]:
        done = asked.get("done")
        taken = self._taken.get(session, [])
        return {
            "done": self._desk.outcome(ID(f"decision/{done}")) if done else None,
            "undoable": _digest(taken[-1]) if taken else None,
        }


def _verdict(text: str | None) -> str:
    if text not in ("accept", "reject"):
        raise UnfitRequest("drafts are accepted or rejected together", remedy='Give "accept" or "reject".')
    return text


def _digest(iri: str) -> str:
    return iri.rpartition("/")[2]


def _to(place: str, asked: Asked, **more: str) -> str:
    """Give an address with the queue that is gone through, and the language that was chosen, kept in it."""
    kept = {**context_of(asked), **more}
    if "lang" in asked.given:
        kept["lang"] = asked.language
    return f"{place}?{urlencode(kept)}" if kept else place


def _see(place: str) -> Response:
    return RedirectResponse(place, 303, headers=_HEADERS)


def _page(content: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(content, status, {**_HEADERS, **(headers or {})}, "text/html; charset=utf-8")


def _json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
    return Response(text, status, {**_HEADERS, **(headers or {})}, "application/json")
