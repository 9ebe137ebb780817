"""SPARQL text: terms that every engine reads alike, VALUES lines, replacement in one request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from musnad.errors import InvalidLocation, UnstorableQuad, WrongQueryForm
from musnad.terms import PAST_GRAPHS, XSD

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

QUERY_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATE_FORMS: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)

_SHORT_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# SPARQL 1.1 section 19.2 expands \uXXXX before the text is parsed, and rdflib does so inside "\\u0041" too:
# a u that follows a backslash is therefore itself written as an escape. Eight digits, because rdflib reads
# four digits greedily together with four hexadecimal characters that happen to follow.
_TO_ESCAPE: Final = re.compile(r'\\[uU]?|["\x00-\x1f\x7f]')

# The escape in `ex:a\'b` opens no string. What is not closed is one token nonetheless, and so is a run of
# points: looked for again at each of its marks, a text of nothing else would take time with the square of its
# length.
TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | <[^<>"{}|^`\\\x00-\x20]*>
    | '''(?:[^'\\]|\\.|'(?!''))*+(?:''')? | \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\")?
    | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
    | [?$]\w+
    | (?=[\w.:-])(?P<word>[\w.-]*+)(?P<local>:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+)?
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


def query_form(text: str) -> str | None:
    r"""Give the form of a SPARQL text: SELECT, ASK, CONSTRUCT, DESCRIBE or UPDATE; None if it has none.

    Comments, IRIs and prefixes are passed over, so that a word in them does not count.

    >>> query_form("# SELECT\nPREFIX ask: <http://example.org/select> CONSTRUCT WHERE { ?s ask:p ?o }")
    'CONSTRUCT'
    """
    for token in TOKEN.finditer(text):
        word = "" if token["local"] else (token["word"] or "").strip(".-").upper()
        if word in QUERY_FORMS:
            return word
        if word in UPDATE_FORMS:
            return "UPDATE"
    return None


def check_form(text: str, *wanted: str) -> None:
    """Let a query of one of the wanted forms pass; a text of no known form is left to the engine's parser.

    Raises:
        WrongQueryForm: the query is of another form.
    """
    form = query_form(text)
    if form is not None and form not in wanted:
        raise WrongQueryForm(
            f"{wanted[0]} is needed here, and the query is {form}",
            remedy=f"Write it as {wanted[0]}, or use the method that is made for its form.",
        )


def strip_comments(text: str) -> str:
    """Give the SPARQL text without its comments; a `#` within an IRI or a literal stays.

    >>> strip_comments("SELECT * { ?s <http://example.org/#p> '#' } # all")
    "SELECT * { ?s <http://example.org/#p> '#' } "
    """
    return TOKEN.sub(lambda token: "" if token["comment"] else token[0], text)


def term_text(term: Term) -> str:
    r"""Give a term as it is written in SPARQL, whatever characters it holds.

    >>> print(term_text(Literal('قال "نعم"\n', language="ar")))
    "قال \"نعم\"\n"@ar
    """
    if isinstance(term, Literal):
        return _literal_text(term)
    if isinstance(term, Triple):
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(term_text(part) for part in parts)} )>>"
    return str(term)


def _literal_text(literal: Literal) -> str:
    quoted = f'"{_TO_ESCAPE.sub(_escape, literal.value)}"'
    if literal.language is not None:
        direction = f"--{literal.direction.value}" if literal.direction is not None else ""
        return f"{quoted}@{literal.language}{direction}"
    if literal.datatype.value == XSD("string"):
        return quoted
    return f"{quoted}^^{literal.datatype}"


def _escape(match: re.Match[str]) -> str:
    return "".join(_SHORT_ESCAPES.get(character) or f"\\U{ord(character):08X}" for character in match[0])


def values_line(bindings: Mapping[str, Term]) -> str:
    """Give the VALUES line that binds each variable to one term, and nothing for no variables.

    >>> print(values_line({"place": NamedNode("http://example.org/cairo"), "name": Literal("القاهرة")}))
    VALUES (?place ?name) { (<http://example.org/cairo> "القاهرة") }
    """
    if not bindings:
        return ""
    variables = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(term_text(term) for term in bindings.values())
    return f"VALUES ({variables}) {{ ({terms}) }}"


def graph_name(iri: str) -> NamedNode:
    """Give the name of a graph as a term.

    Raises:
        InvalidLocation: `iri` is not an absolute IRI.
    """
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise InvalidLocation(
            f"“{iri}” cannot name a graph: {error}", remedy="Name graphs by absolute IRIs."
        ) from error


def replacement_update(graphs: Mapping[str, Iterable[Quad]], drop: Sequence[str] = ()) -> str:
    """Give the one SPARQL update that puts each graph in place of its former self and drops others.

    The default graph is kept as the set of all that the named graphs say: what only the old graphs said goes
    from it, what the new ones say comes in. An engine's own union of graphs is no substitute: Oxigraph's
    gives a triple once for each graph it is in, so that joins over what articles share multiply. Readings
    that are kept from the past (`PAST_GRAPHS`) are no part of that set.

    Everything is checked before any text leaves, so that a bad quad changes nothing.

    Raises:
        UnstorableQuad: a quad names another graph, or holds a blank node.
        InvalidLocation: a graph's name is not an absolute IRI.
    """
    dropped = [graph_name(iri) for iri in dict.fromkeys((*drop, *graphs))]
    blocks = [_graph_block(graph_name(iri), quads) for iri, quads in graphs.items()]
    inserted = "\n".join(block for block in blocks if block)
    gone = ", ".join(str(name) for name in dropped)
    steps = [
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH ?kept {{ ?s ?p ?o }} "
        f'FILTER(?kept NOT IN ({gone}) && !STRSTARTS(STR(?kept), "{PAST_GRAPHS}")) }} }}'
        for name in dropped
        if not name.value.startswith(PAST_GRAPHS)
    ]
    steps += [f"DROP SILENT GRAPH {name}" for name in dropped]
    if inserted:
        steps.append(f"INSERT DATA {{\n{inserted}\n}}")
        steps += [
            f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph_name(iri)} {{ ?s ?p ?o }} }}"
            for iri in graphs
            if not iri.startswith(PAST_GRAPHS)
        ]
    return " ;\n".join(steps)


def triples_of(quads: bytes, graph: str) -> bytes:
    r"""Give the N-Triples of the N-Quads of one graph.

    >>> triples_of(b'<urn:s> <urn:p> "of <urn:g> ." <urn:g> .\n', "urn:g")
    b'<urn:s> <urn:p> "of <urn:g> ." .\n'
    """
    # A line end within a literal is written as an escape, so this ends lines and nothing else.
    return quads.replace(f" <{graph}> .\n".encode(), b" .\n")


def quads_of(triples: str, graph: str) -> bytes:
    r"""Give the N-Quads of N-Triples that go into one graph: the other way round.

    >>> quads_of('<urn:s> <urn:p> "of" .\n', "urn:g")
    b'<urn:s> <urn:p> "of" <urn:g> .\n'
    """
    return triples.replace(" .\n", f" <{graph}> .\n").encode()


def in_parts(graphs: Mapping[str, bytes], size: int) -> Iterator[dict[str, bytes]]:
    """Part graphs into some of so many bytes together, as an engine takes them; each stays whole."""
    part: dict[str, bytes] = {}
    held = 0
    for name, quads in graphs.items():
        if part and held + len(quads) > size:
            yield part
            part, held = {}, 0
        part[name] = quads
        held += len(quads)
    if part:
        yield part


def insertion_update(graphs: Mapping[str, bytes]) -> str:
    """Give the one SPARQL update that puts in graphs which are not there yet, each as N-Quads of its own.

    Like `replacement_update` it has every triple in the default graph too.
    """
    blocks = []
    for name, quads in graphs.items():
        triples = _sparql_lines(triples_of(quads, name))
        blocks.append(f"{triples}GRAPH <{name}> {{\n{triples}}}\n")
    return f"INSERT DATA {{\n{''.join(blocks)}}}"


def _sparql_lines(triples: bytes) -> str:
    """Write N-Triples as SPARQL; a backslash before a u is itself escaped, as in `term_text`."""
    text = triples.decode()
    if "\\u" not in text and "\\U" not in text:
        return text
    lines = (
        f"{quad.subject} {quad.predicate} {term_text(quad.object)} .\n"
        for quad in parse(triples, format=RdfFormat.N_TRIPLES)
    )
    return "".join(lines)


def patch_update(graph: str, gone: Iterable[Triple], come: Iterable[Triple]) -> str:
    """Give the SPARQL update that takes triples out of a named graph and puts others in.

    The default graph is kept as `replacement_update` keeps it. Raises as that does.
    """
    name = graph_name(graph)
    out = [_triple_line(Quad(t.subject, t.predicate, t.object, name), name) for t in gone]
    into = [_triple_line(Quad(t.subject, t.predicate, t.object, name), name) for t in come]
    steps = []
    if out:
        rows = "\n".join(f"({line.removesuffix(' .')})" for line in out)
        lines = "\n".join(out)
        steps += [
            f"DELETE DATA {{ GRAPH {name} {{\n{lines}\n}} }}",
            f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES (?s ?p ?o) {{\n{rows}\n}} "
            "FILTER NOT EXISTS { GRAPH ?kept { ?s ?p ?o } "
            f'FILTER(!STRSTARTS(STR(?kept), "{PAST_GRAPHS}")) }} }}',
        ]
    if into:
        lines = "\n".join(into)
        steps.append(f"INSERT DATA {{ {lines}\nGRAPH {name} {{\n{lines}\n}} }}")
    return " ;\n".join(steps)


def revision_update(
    graphs: Mapping[str, Iterable[Quad]],
    drop: Sequence[str],
    graph: str,
    gone: Iterable[Triple],
    come: Iterable[Triple],
) -> str:
    """Give the one SPARQL update that replaces graphs, and patches one more; empty where nothing is to do."""
    steps = (replacement_update(graphs, drop), patch_update(graph, gone, come))
    return " ;\n".join(step for step in steps if step)


def _graph_block(name: NamedNode, quads: Iterable[Quad]) -> str:
    lines = [_triple_line(quad, name) for quad in quads]
    return "\n".join((f"GRAPH {name} {{", *lines, "}")) if lines else ""


def _triple_line(quad: Quad, name: NamedNode) -> str:
    if quad.graph_name != name:
        raise UnstorableQuad(
            f"a quad of the graph {quad.graph_name} was given for the graph {name}",
            where=str(quad),
            remedy="Give each graph its own quads.",
        )
    if _has_blank_node(quad.triple):
        raise UnstorableQuad(
            "the quad holds a blank node, whose name would change with every reading",
            where=str(quad),
            remedy="Name the node by an IRI made from its content, or pass the quads through `named_nodes`.",
        )
    return f"{quad.subject} {quad.predicate} {term_text(quad.object)} ."


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or (
        _has_blank_node(triple.object)
        if isinstance(triple.object, Triple)
        else isinstance(triple.object, BlankNode)
    )
