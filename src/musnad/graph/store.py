"""The store: what every engine that holds the graph can do, and the way to one from its location."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import quote

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Triple,
)

from musnad.errors import InvalidLocation
from musnad.graph.sparql import Term
from musnad.terms import ID


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the projected variables, and one tuple of terms a row (None where unbound)."""

    variables: tuple[str, ...]
    tuples: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.tuples)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.tuples)

    def column(self, variable: str) -> tuple[Term | None, ...]:
        """Give the terms of one variable, in the order of the rows; raises ValueError if there is none."""
        place = self.variables.index(variable)
        return tuple(row[place] for row in self.tuples)


class Store(Protocol):
    """A place that holds named graphs and answers SPARQL.

    Everything lives in named graphs; `replace` keeps the default graph, which queries see, as the set of
    all that they say, but for readings kept from the past. Literals come back in canonical form
    (`canonical_literal`), so that the same quads read back equal from every store.
    """

    def query(self, sparql: str) -> Rows:
        """Give the rows of a SELECT query, in the engine's order unless the query has ORDER BY.

        Raises:
            InvalidQuery: the text is not SPARQL, or cannot be carried out.
            WrongQueryForm: the text is not a SELECT.
        """
        ...

    def stream(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        """Give the rows of a SELECT one by one, as they come; raises as `query` does."""
        ...

    def column(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        """Give the subject and object of everything that queries see of one predicate."""
        ...

    def ask(self, sparql: str) -> bool:
        """Answer an ASK query; raises as `query` does."""
        ...

    def construct(self, sparql: str) -> list[Triple]:
        """Give the distinct triples of a CONSTRUCT or DESCRIBE query, sorted; raises as `query` does."""
        ...

    def lines(self, sparql: str) -> str:
        """Give the triples of a CONSTRUCT as lines of N-Triples, as they come; one may come twice.

        It is for many triples: no terms are made of them. Raises as `query` does.
        """
        ...

    def update(self, sparql: str) -> None:
        """Carry out a SPARQL update, whole or not at all (on foreign endpoints as far as they promise it).

        Raises:
            UpdateRefused: the text is not a SPARQL update, or cannot be carried out.
        """
        ...

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs that hold something, sorted."""
        ...

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Give the quads of one named graph, or of all of them, in the engine's order."""
        ...

    def replace(self, graphs: Mapping[str, Iterable[Quad]], drop: Sequence[str] = ()) -> None:
        """Put each named graph in place of its former self and drop others, in one transaction.

        Raises:
            UnstorableQuad: a quad names another graph than the one it is given for, or holds a blank node.
            UpdateRefused: the engine refused; the store is as it was.
        """
        ...

    def load(self, graphs: Mapping[str, bytes], *, whole: bool = True) -> None:
        """Put in graphs that the store does not have, each as N-Quads of its own.

        It is one transaction for every few megabytes, in which each graph that is given is whole, and half
        the work of `replace`. The quads are taken as they are: without blank nodes, with canonical literals,
        in the graph they are given for, as `map_record` makes them.

        Where not `whole`, any part of a graph may be given, and may be there when the engine fails or is
        stopped; it is half the work again. That is for what the caller throws away and makes anew.

        Raises:
            UpdateRefused: the engine refused a graph; those before it may be in.
        """
        ...

    def revise(
        self,
        graphs: Mapping[str, Iterable[Quad]],
        drop: Sequence[str],
        graph: str,
        gone: Iterable[Triple],
        come: Iterable[Triple],
    ) -> None:
        """Replace named graphs as `replace` does, and take triples out of one more and put others in.

        All of it is one transaction; raises as `replace` does.
        """
        ...

    def count(self) -> int:
        """Give the number of quads in the named graphs."""
        ...

    def close(self) -> None:
        """Let go of the store; the lock on a folder is free afterwards. Closing twice does no harm."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


def open_store(
    location: str | Path | None = None,
    *,
    update_url: str | None = None,
    create: bool = True,
    older: bool = False,
) -> Store:
    """Open the store at `location`: None is memory, an http(s) address an endpoint, all else a folder.

    Args:
        location: an endpoint is given by its base (`http://127.0.0.1:7878`, which stands for `/query` and
            `/update` there) or by its query address in full.
        update_url: the endpoint's update address, where it cannot be told from the other.
        create: make the folder if there is none; otherwise a missing store is an error.
        older: open a store of an older layout too, as `musnad migrate` does.

    Raises:
        InvalidLocation: the location is an address of another kind, or `update_url` goes with a folder.
        NotAStore, StoreLocked, StoreNotWritable, StoreDamaged, OldLayout, NewerLayout: see `OxigraphStore`.
        EndpointUnreachable, EndpointRefused, MalformedReply: see `EndpointStore`.
    """
    # The engines are imported here because a run needs one of them, and SPARQLWrapper brings rdflib along.
    address = location if isinstance(location, str) and "://" in location else None
    if address is not None and address.lower().startswith(("http://", "https://")):
        from musnad.graph.endpoint_store import EndpointStore

        return EndpointStore(address, update_url)
    if address is not None:
        raise InvalidLocation(
            f"“{address}” is not an address a store can be reached at",
            remedy="Give a folder, or the http or https address of a SPARQL endpoint.",
        )
    if update_url is not None:
        raise InvalidLocation(
            f"an update address ({update_url}) was given for a store that is not an endpoint",
            remedy="Leave it out, or give the endpoint's query address as the location.",
        )
    from musnad.graph.oxigraph_store import OxigraphStore

    return OxigraphStore(None if location is None else Path(location), create=create, older=older)


def dump_nquads(store: Store, graph: str | None = None) -> str:
    """Give a named graph, or all of them, as sorted N-Quads: equal bytes for equal content."""
    lines = sorted(f"{quad} ." for quad in store.quads(graph))
    return "".join(f"{line}\n" for line in lines)


def named_nodes(graph: str, triples: Iterable[Triple]) -> list[Quad]:
    """Give triples as quads of `graph`, each blank node replaced by an IRI that depends on the triples alone.

    Labels come from RDF Dataset Canonicalization (RDFC-1.0), so the order of the triples and the labels of
    the file they were read from do not matter. The IRIs carry the graph's name, since two graphs may yield
    the same labels.
    """
    dataset = Dataset(
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    name = NamedNode(graph)
    stem = f"{ID('node/')}{quote(graph, safe='')}/"
    named = (_named_triple(quad.triple, stem) for quad in dataset)
    return sorted((Quad(triple.subject, triple.predicate, triple.object, name) for triple in named), key=str)


def _named_triple(triple: Triple, stem: str) -> Triple:
    subject, object_ = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = NamedNode(stem + subject.value)
    if isinstance(object_, BlankNode):
        object_ = NamedNode(stem + object_.value)
    elif isinstance(object_, Triple):
        object_ = _named_triple(object_, stem)
    return Triple(subject, triple.predicate, object_)
