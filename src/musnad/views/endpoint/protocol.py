"""What a request asks for, by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-operation)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
LARGEST: Final = 1 << 20
"""Bytes of a request that are read; a longer one is refused."""

_MOST_FIELDS: Final = 1000
_GRAPHS = ("default-graph-uri", "named-graph-uri")


class Refused(Exception):
    """A request that is not carried out: the status of the answer, and a sentence that says why."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status = status
        self.why = why
        self.headers = headers
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the graphs it is to see; without any it sees those that its text names, or all."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_request(method: str, content_type: str | None, address_query: bytes, body: bytes) -> Asked | None:
    """Give what is asked; None for a GET that asks nothing.

    Raises `Refused` with 400 for a request that the protocol does not allow, 403 for an update and 415 for a
    media type that is neither a form nor a query.
    """
    in_address = _fields(address_query, "the address")
    if method != "POST":
        return _asked(in_address) if "query" in in_address or "update" in in_address else None
    media_type, charset = _media_type(content_type)
    if media_type == FORM:
        return _asked(_joined(in_address, _fields(body, "the form")))
    if media_type == UPDATE:
        raise _read_only()
    if media_type != DIRECT:
        raise Refused(
            415,
            f"A query is posted as {FORM} or {DIRECT}, and this is "
            f"{media_type or 'of no media type'}. Send it with one of the two as its Content-Type.",
        )
    if charset not in ("", "utf-8"):
        raise Refused(400, f"A query posted directly is UTF-8, and this says {charset}. Send it in UTF-8.")
    if "query" in in_address:
        raise Refused(400, "There is a query in the address and another in the body. Send one of them.")
    return _asked({**in_address, "query": [_text(body, "the query")]})


def _asked(fields: Mapping[str, list[str]]) -> Asked:
    if "update" in fields:
        raise _read_only()
    queries = fields.get("query", [])
    if len(queries) != 1:
        found = "no query" if not queries else f"{len(queries)} queries"
        raise Refused(400, f"There is {found} in this request. Send one, as the parameter query.")
    graphs = [_graphs(fields.get(name, [])) for name in _GRAPHS]
    return Asked(queries[0], *graphs)


def _graphs(names: list[str]) -> tuple[str, ...]:
    for name in names:
        try:
            NamedNode(name)
        except ValueError as error:
            raise Refused(400, f"“{name}” names no graph: {error}. Give an absolute IRI.") from error
    return tuple(dict.fromkeys(names))


def _fields(encoded: bytes, where: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = defaultdict(list)
    try:
        pairs = parse_qsl(
            _text(encoded, where), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise Refused(400, f"What is in {where} is not UTF-8. Encode it in UTF-8.") from error
    except ValueError as error:
        raise Refused(400, f"What is in {where} cannot be read: {error}.") from error
    for name, value in pairs:
        fields[name].append(value)
    return dict(fields)


def _joined(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: [*one.get(name, []), *other.get(name, [])] for name in {**one, **other}}


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"{what.capitalize()} is not UTF-8. Encode it in UTF-8.") from error


def _media_type(content_type: str | None) -> tuple[str, str]:
    """Give the media type and the charset of a Content-Type header, in lower case."""
    media_type, *parameters = (piece.strip() for piece in (content_type or "").lower().split(";"))
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            charset = value.strip().strip('"')
    return media_type, charset


def _read_only() -> Refused:
    return Refused(
        403, "This endpoint is read-only: it takes no updates. Change the store with `musnad build`."
    )
