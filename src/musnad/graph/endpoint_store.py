"""The store at an address: any SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http.client import HTTPException
from types import TracebackType
from typing import Final, Self, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from musnad.errors import (
    EndpointRefused,
    EndpointUnreachable,
    InvalidLocation,
    InvalidQuery,
    MalformedReply,
    MusnadError,
    ReadOnlyEndpoint,
    UpdateRefused,
)
from musnad.graph.literals import canonical_quad, canonical_term, canonical_triple
from musnad.graph.sparql import (
    Term,
    check_form,
    graph_name,
    in_parts,
    insertion_update,
    replacement_update,
    revision_update,
)
from musnad.graph.store import Rows

LARGEST_REQUEST: Final = 4_000_000  # bytes of N-Quads; the request is twice as long, and takes about a second
_QUOTED_REPLY: Final = 300  # characters of an endpoint's error text that are worth showing


class EndpointStore:
    """A SPARQL 1.1 endpoint.

    `replace` is one update request, `load` one for every few megabytes of whole graphs. Oxigraph and most
    other servers carry a request out whole or not at all; SPARQL 1.1 Update (section 3) asks for it but does
    not insist, so elsewhere it is the server's to promise.

    Args:
        url: the base of a server (`http://127.0.0.1:7878`, for `/query` and `/update` there), or the query
            address in full.
        update_url: the update address; told from a query address that ends in `/query`, otherwise needed for
            writing.
        timeout: seconds to wait for an answer.

    Raises:
        InvalidLocation: an address is not a usable http or https URL.
        EndpointUnreachable: nobody answers there.
        EndpointRefused: the answer is an HTTP error.
        MalformedReply: the answer is not that of a SPARQL endpoint.
    """

    __slots__ = ("_timeout", "_update_url", "_url")

    def __init__(self, url: str, update_url: str | None = None, *, timeout: int = 60) -> None:
        self._url, self._update_url = _addresses(url, update_url)
        self._timeout = timeout
        # Whoever does not answer this is no endpoint: better told now than at the first question.
        self.ask("ASK { ?s ?p ?o }")

    def __repr__(self) -> str:
        return f"EndpointStore({self._url!r})"

    def query(self, sparql: str) -> Rows:
        results = self._results(sparql, "SELECT")
        if not isinstance(results, QuerySolutions):
            raise self._malformed("rows were asked for, and the answer is yes or no")
        return self._rows(results)

    def stream(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        yield from self.query(sparql)

    def column(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        rows = self.query(f"SELECT ?subject ?object WHERE {{ ?subject <{predicate}> ?object }}")
        return cast("Iterator[tuple[Term, Term]]", iter(rows))

    def ask(self, sparql: str) -> bool:
        results = self._results(sparql, "ASK")
        if not isinstance(results, QueryBoolean):
            raise self._malformed("yes or no was asked for, and the answer is rows")
        return bool(results)

    def construct(self, sparql: str) -> list[Triple]:
        check_form(sparql, "CONSTRUCT", "DESCRIBE")
        reply = self._send(sparql, "CONSTRUCT")
        try:
            triples = {canonical_triple(quad.triple) for quad in parse(reply, RdfFormat.TURTLE)}
        except (SyntaxError, ValueError) as error:
            raise self._malformed(f"the Turtle cannot be read: {error}") from error
        return sorted(triples, key=str)

    def lines(self, sparql: str) -> str:
        return (serialize(self.construct(sparql), format=RdfFormat.N_TRIPLES) or b"").decode()

    def update(self, sparql: str) -> None:
        if self._update_url is None:
            raise ReadOnlyEndpoint(
                "the endpoint's update address is not known",
                where=self._url,
                remedy="Give it beside the query address, or give the base of the server alone.",
            )
        self._send(sparql, "UPDATE")

    def graphs(self) -> list[str]:
        rows = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(name.value for name in rows.column("g") if isinstance(name, NamedNode))

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        if graph is not None:
            name = graph_name(graph)
            for row in self.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"):
                # A subject is no literal and a predicate no blank node, by what a graph is.
                yield Quad(cast(NamedNode, row[0]), cast(NamedNode, row[1]), cast(NamedNode, row[2]), name)
            return
        for row in self.query("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"):
            name, subject, predicate, object_ = cast(tuple[NamedNode, NamedNode, NamedNode, NamedNode], row)
            yield Quad(subject, predicate, object_, name)

    def replace(self, graphs: Mapping[str, Iterable[Quad]], drop: Sequence[str] = ()) -> None:
        self.update(replacement_update(_canonical(graphs), drop))

    def load(self, graphs: Mapping[str, bytes], *, whole: bool = True) -> None:
        for part in in_parts(graphs, LARGEST_REQUEST) if whole else _pieces(graphs):
            self.update(insertion_update(part))

    def revise(
        self,
        graphs: Mapping[str, Iterable[Quad]],
        drop: Sequence[str],
        graph: str,
        gone: Iterable[Triple],
        come: Iterable[Triple],
    ) -> None:
        come = map(canonical_triple, come)
        if update := revision_update(_canonical(graphs), drop, graph, gone, come):
            self.update(update)

    def count(self) -> int:
        rows = self.query("SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?g { ?s ?p ?o } }")
        number = rows.tuples[0][0] if rows.tuples else None
        if not isinstance(number, Literal) or not number.value.isdigit():
            raise self._malformed(f"a number was asked for, and the answer is {number}")
        return int(number.value)

    def close(self) -> None:
        """Do nothing: every request has its own connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _results(self, sparql: str, form: str) -> QuerySolutions | QueryBoolean:
        check_form(sparql, form)
        reply = self._send(sparql, form)
        try:
            return parse_query_results(reply, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._malformed(f"the SPARQL JSON results cannot be read: {error}") from error

    def _rows(self, solutions: QuerySolutions) -> Rows:
        variables = tuple(variable.value for variable in solutions.variables)
        try:
            return Rows(
                variables,
                tuple(
                    tuple(None if term is None else canonical_term(term) for term in solution)
                    for solution in solutions
                ),
            )
        except (SyntaxError, ValueError) as error:
            raise self._malformed(f"the SPARQL JSON results cannot be read: {error}") from error

    def _send(self, sparql: str, form: str) -> bytes:
        wrapper = SPARQLWrapper(self._url, self._update_url)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self._timeout)
        wrapper.setReturnFormat(TURTLE if form == "CONSTRUCT" else JSON)
        # setQuery would guess the form from the text, with a warning where it cannot.
        wrapper.queryString = sparql
        wrapper.queryType = "INSERT" if form == "UPDATE" else form
        try:
            return bytes(wrapper.query().response.read())
        except SPARQLWrapperException as error:
            raise self._refused(*_http_error(error), form) from error
        except HTTPError as error:
            raise self._refused(error.code, error.read().decode(errors="replace"), form) from error
        except (URLError, HTTPException, OSError) as error:
            raise EndpointUnreachable(
                f"no answer within {self._timeout} s: {getattr(error, 'reason', None) or error!r}",
                where=self._address(form),
                remedy="Check that the server runs and that the address, with its port, is the right one.",
            ) from error

    def _refused(self, status: int, text: str, form: str) -> MusnadError:
        reply = " ".join(text.split())[:_QUOTED_REPLY]
        where = self._address(form)
        if form == "UPDATE":
            return UpdateRefused(
                f"the endpoint refused the update (HTTP {status}): {reply}",
                where=where,
                remedy="The store is as it was. Correct the update, or ask for the right to write.",
            )
        if status == _BAD_REQUEST:
            return InvalidQuery(
                f"the query cannot be carried out: {reply}",
                where=where,
                remedy="Line and column, where given, count from the start of the query's text.",
            )
        return EndpointRefused(
            f"the endpoint answered with an error (HTTP {status}): {reply}",
            where=where,
            remedy="Check the path of the address, and what the server's log says.",
        )

    def _malformed(self, what: str) -> MalformedReply:
        return MalformedReply(
            what[:_QUOTED_REPLY],
            where=self._url,
            remedy="Check that the address is a SPARQL endpoint's. A reply that is cut off may mean that the "
            "server stopped the query for taking too long.",
        )

    def _address(self, form: str) -> str:
        return self._update_url if form == "UPDATE" and self._update_url else self._url


_BAD_REQUEST: Final = 400


def _pieces(graphs: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
    """Part graphs into requests of a size that servers take, line by line where one is larger."""
    for name, quads in graphs.items():
        start = 0
        while start < len(quads):
            end = quads.find(b"\n", start + LARGEST_REQUEST) + 1 or len(quads)
            yield {name: quads[start:end]}
            start = end


def _http_error(error: SPARQLWrapperException) -> tuple[int, str]:
    """Give the status and the reply that SPARQLWrapper's exception was made from."""
    # The reply is only in its message, as the repr of bytes; the status in what it was raised on.
    status = error.__context__.code if isinstance(error.__context__, HTTPError) else 500
    _, _, reply = str(error).partition("Response:\n")
    try:
        return status, ast.literal_eval(reply).decode(errors="replace")
    except (SyntaxError, ValueError, AttributeError):
        return status, str(error)


def _addresses(url: str, update_url: str | None) -> tuple[str, str | None]:
    """Give the query and the update address that a location stands for."""
    parts = [_check_address(address) for address in (url, update_url) if address is not None]
    scheme, host, path, query, _ = parts[0]
    if path in ("", "/"):
        base = urlunsplit((scheme, host, "", "", ""))
        return f"{base}/query", update_url or f"{base}/update"
    if update_url is None and path.endswith("/query") and not query:
        update_url = urlunsplit((scheme, host, f"{path.removesuffix('query')}update", "", ""))
    return url, update_url


def _check_address(url: str) -> tuple[str, str, str, str, str]:
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
        )
    except ValueError as error:
        raise _unusable(url) from error
    if not usable or not url.isascii() or any(character.isspace() for character in url):
        raise _unusable(url)
    return parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment


def _unusable(url: str) -> InvalidLocation:
    return InvalidLocation(
        f"“{url}” is not the address of a SPARQL endpoint",
        remedy="Give an http or https address such as http://127.0.0.1:7878.",
    )


def _canonical(graphs: Mapping[str, Iterable[Quad]]) -> dict[str, Iterable[Quad]]:
    return {name: (canonical_quad(quad) for quad in quads) for name, quads in graphs.items()}
