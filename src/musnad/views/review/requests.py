"""Requests to the review pages as they are read: conditions, the fields of a form or an object of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, quote

from starlette.requests import Request

from musnad.errors import UnfitRequest
from musnad.views.endpoint.protocol import FORM
from musnad.views.explorer.site import Asked
from musnad.views.explorer.words import LANGUAGES, preferred

Order = Literal["doubt", "weight"]

FILTERS: Final[Mapping[str, str]] = {
    "says": "says=",
    "article": "article=",
    "outlet": "outlet=",
    "source": "source=",
    "source_kind": "source_kind=",
    "polarity": "polarity=",
    "modality": "modality=",
    "finding": "finding=",
    "predicate": "predicate=",
    "surest": "confidence<=",
    "least_sure": "confidence>=",
    "heaviest": "weight<=",
    "lightest": "weight>=",
    "since": "day>=",
    "until": "day<=",
}
"""The parameters of an address that pick drafts, each with the condition that its value completes."""

_MOST_FIELDS: Final = 200
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Given:
    """What a request brings beside its address: fields of a form, or the keys of an object of JSON."""

    fields: Mapping[str, Any]
    as_json: bool

    def text(self, name: str) -> str | None:
        """Give a text, None where there is none or it is empty; raises `UnfitRequest` for what is no text."""
        value = self.fields.get(name)
        if value is not None and not isinstance(value, str):
            raise UnfitRequest(f"{name} is not a text", remedy="Give it in quotation marks.")
        return value.strip() or None if value else None

    def texts(self, name: str) -> list[str]:
        """Give a list of texts, or a single one as a list."""
        value = self.fields.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise UnfitRequest(f"{name} is not a list of texts", remedy='Give ["…", "…"].')
        return listed

    def number(self, name: str) -> int:
        """Give a whole number, which has to be there."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.isdecimal() and len(value) < 10:
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise UnfitRequest(
            f"{name} is missing, or not a whole number", remedy="Give how many drafts you saw."
        )


def read_asked(request: Request) -> Asked:
    """Give the address of a request as pages see it."""
    given: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        given.setdefault(key, value)
    language = given.get("lang", "")
    if language not in LANGUAGES:
        given.pop("lang", None)
        language = preferred(request.headers.get("accept-language"))
    name = str(request.path_params.get("name", ""))
    return Asked(quote(request.url.path, safe="/%"), name, given, language)


def read_given(content_type: str | None, body: bytes) -> Given:
    """Read the body of a request; an empty one gives nothing. Raises `UnfitRequest`."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type == _JSON or (not media_type and not body):
        return Given(_object(body), as_json=True)
    if media_type != FORM:
        raise UnfitRequest(
            f"this is {media_type or 'of no media type'}", remedy=f"Send {_JSON}, or a form ({FORM})."
        )
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UnfitRequest(f"the form cannot be read: {error}", remedy="Encode it in UTF-8.") from error
    return Given(dict(pairs), as_json=False)


def conditions_of(asked: Asked) -> list[str]:
    """Give the conditions for drafts that an address names."""
    return [f"{condition}{asked.get(name)}" for name, condition in FILTERS.items() if asked.get(name)]


def order_of(asked: Asked) -> Order:
    """Give the order that an address asks for: by doubt, unless by weight."""
    return "weight" if asked.get("order") == "weight" else "doubt"


def context_of(asked: Asked) -> dict[str, str]:
    """Give the parameters that say which queue is gone through, to be kept from page to page."""
    return {name: asked.get(name) for name in ("order", *FILTERS) if asked.get(name)}


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body, parse_constant=no_number) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise UnfitRequest(f"the JSON cannot be read: {error}", remedy="Send one object.") from error
    if not isinstance(found, dict):
        raise UnfitRequest("the JSON is not an object", remedy='Send one, such as {"note": "…"}.')
    return found


def no_number(name: str) -> None:
    """Refuse NaN and its like, which Python reads in JSON though they are none; raises `ValueError`."""
    raise ValueError(f"{name} is no number in JSON")
