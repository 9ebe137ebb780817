"""Query files: what a header must say, how a query is found, how its parameters are bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset
from rdflib.query import ResultRow

from musnad.errors import (
    InvalidParameter,
    InvalidQueryFile,
    MissingParameter,
    UnknownParameter,
    UnknownQuery,
)
from musnad.graph.endpoint_store import EndpointStore
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.parameters import ParameterValue, read_term
from musnad.graph.queries import Query, find_query, list_queries, read_query
from musnad.graph.store import Store, dump_nquads
from musnad.terms import XSD

EX = "http://example.org/"
G = EX + "g"

HEADER = """\
#+ summary: {en: Towns and their people, ar: المدن وسكانها}
#+ answers: [CQ1, CQ2]
#+ params:
#+   town: {type: iri, description: {en: The town, ar: المدينة}}
#+   name: {type: text, description: {en: Its name, ar: اسمها}}
#+   since: {type: date, description: {en: Counted on, ar: تاريخ العد}}
#+   people: {type: integer, description: {en: People, ar: السكان}}
#+   area: {type: decimal, description: {en: Area, ar: المساحة}}
#+ returns: [town, name]
#+ tags: [places]
"""
BODY = """\
PREFIX ex: <http://example.org/>
SELECT ?town ?name WHERE {
  # {params}
  ?town ex:name ?name ; ex:since ?since ; ex:people ?people ; ex:area ?area .
}
ORDER BY ?town
"""
ECHO = """\
#+ summary: {en: Give the text back, ar: إعادة النص}
#+ params: {text: {type: text, required: true, description: {en: Any, ar: أي نص}}}
#+ returns: [text]
SELECT ?text WHERE {
  # {params}
}
ORDER BY ?text
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a query file in a folder of queries; gives its path."""

    def write_file(text: str, *, folder: str = "list", name: str = "towns") -> Path:
        path = tmp_path / folder / f"{name}.rq"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write_file


def town(name: str, people: int) -> list[Quad]:
    def quad(predicate: str, value: Literal) -> Quad:
        return Quad(NamedNode(EX + name), NamedNode(EX + predicate), value, NamedNode(G))

    return [
        quad("name", Literal(f"مدينة {name}")),
        quad("since", Literal("2025-10-11", datatype=NamedNode(XSD("date")))),
        quad("people", Literal(str(people), datatype=NamedNode(XSD("integer")))),
        quad("area", Literal("1.5", datatype=NamedNode(XSD("decimal")))),
    ]


def test_header_is_read(write: Callable[..., Path]) -> None:
    query = read_query(write(HEADER + BODY))
    assert (query.name, query.folder, query.form) == ("towns", "list", "SELECT")
    assert query.header.summary.en == "Towns and their people"
    assert query.header.summary.ar == "المدن وسكانها"
    assert query.header.answers == ("CQ1", "CQ2")
    assert [(parameter.name, parameter.type) for parameter in query.header.params] == [
        ("town", "iri"),
        ("name", "text"),
        ("since", "date"),
        ("people", "integer"),
        ("area", "decimal"),
    ]
    assert query.header.returns == ("town", "name")
    assert query.header.tags == ("places",)
    assert query.text == HEADER + BODY


SUMMARY = "#+ summary: {en: a, ar: b}\n"
SELECT = "SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a\n"
PARAMETER = "#+ params: {a: {type: iri, description: {en: a, ar: b}}}\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (SELECT, 1, "does not begin with a header"),
        ("# summary: a\n" + SELECT, 1, "does not begin with a header"),
        ("#+\n" + SELECT, 1, "the header is empty"),
        ("#+ - summary\n" + SELECT, 1, "not a list of keys"),
        (SUMMARY + "#+ returns: [a\n" + SELECT, 2, "not YAML"),
        (SUMMARY + "#+ returns: [a]\n#+ sumary: b\n" + SELECT, 3, "no key “sumary”"),
        (SUMMARY + "#+ returns: [a]\n" + SUMMARY + SELECT, 3, "“summary” twice"),
        ("#+ returns: [a]\n" + SELECT, 1, "lacks “summary”"),
        (SUMMARY + SELECT, 1, "lacks “returns”"),
        (SUMMARY + "#+ returns: a\n" + SELECT, 2, "“returns” is not a list"),
        (SUMMARY + "#+ returns: [a, a]\n" + SELECT, 2, "twice"),
        (SUMMARY + "#+ returns: [a, []]\n" + SELECT, 2, "not a text"),
        (SUMMARY + "#+ returns: [a]\nASK { ?a ?b ?c }\n", 2, "the query is ASK"),
        ("#+ summary: only English\n" + SELECT, 1, "lacks “returns”"),
        ("#+ summary: only English\n#+ returns: [a]\n" + SELECT, 1, "“summary” is not a list"),
        ("#+ summary: {en: a}\n#+ returns: [a]\n" + SELECT, 1, "lacks “ar”"),
        ("#+ summary: {en: a, ar: }\n#+ returns: [a]\n" + SELECT, 1, "“summary, ar” is not a text"),
        (
            SUMMARY + "#+ returns: [a]\n#+ problem: {en: a, ar: b}\n" + SELECT,
            3,
            "is for the queries in check/",
        ),
        (SUMMARY + "#+ returns: [a]\n#+ params: {a: iri}\n" + SELECT, 3, "“a” is not a list"),
        (SUMMARY + "#+ returns: [a]\n#+ params: {a: {type: iri}}\n" + SELECT, 3, "lacks “description”"),
        (
            SUMMARY + "#+ returns: [a]\n" + PARAMETER.replace("{a:", "{a-b:") + SELECT,
            3,
            "no name for a variable",
        ),
        (SUMMARY + "#+ returns: [a]\n" + PARAMETER.replace("iri", "uri") + SELECT, 3, "no type of parameter"),
        (
            SUMMARY + "#+ returns: [a]\n" + PARAMETER.replace("iri,", "date, default: no,") + SELECT,
            3,
            "default",
        ),
        (
            SUMMARY + "#+ returns: [a]\n" + PARAMETER.replace("iri,", "iri, required: 1,") + SELECT,
            3,
            "required",
        ),
        (
            SUMMARY
            + "#+ returns: [a]\n"
            + PARAMETER.replace("iri,", "text, required: true, default: x,")
            + SELECT,
            3,
            "required and has a default",
        ),
        (SUMMARY + "#+ returns: [a]\n" + PARAMETER + SELECT, 0, "“a” is bound nowhere"),
        (
            SUMMARY + "#+ returns: [a]\n" + SELECT.replace("{ ", "{\n# {params}\n"),
            0,
            "no parameter in the header",
        ),
        (
            SUMMARY + "#+ returns: [a]\n" + PARAMETER + SELECT.replace("{ ", "{\n# {params: a b}\n"),
            0,
            "names “b”",
        ),
    ],
)
def test_bad_header_is_told_with_its_line(
    write: Callable[..., Path], text: str, line: int, what: str
) -> None:
    path = write(text)
    with pytest.raises(InvalidQueryFile) as caught:
        read_query(path)
    assert what in caught.value.what
    assert caught.value.where == (f"{path}:{line}" if line else str(path))


@pytest.mark.parametrize("key", ["problem", "remedy"])
def test_check_query_says_problem_and_remedy(write: Callable[..., Path], key: str) -> None:
    header = f"{SUMMARY}#+ returns: [a]\n#+ problem: {{en: a, ar: b}}\n#+ remedy: {{en: c, ar: d}}\n"
    query = read_query(write(header + SELECT, folder="check"))
    assert query.header.problem is not None
    assert query.header.remedy is not None
    lines = [line for line in header.splitlines(keepends=True) if f"#+ {key}:" not in line]
    with pytest.raises(InvalidQueryFile, match=f"lacks “{key}”"):
        read_query(write("".join(lines) + SELECT, folder="check"))


def test_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"#+ \xff")
    for name in ("a.rq", "missing.rq"):
        with pytest.raises(InvalidQueryFile, match="cannot be read"):
            read_query(tmp_path / name)


def test_own_file_needs_no_header(write: Callable[..., Path]) -> None:
    query = read_query(write(SELECT, name="mine"), headerless=True)
    assert query.header.summary.en == "mine"
    assert query.bind() == SELECT


def test_query_is_found_by_name(write: Callable[..., Path], tmp_path: Path) -> None:
    write(HEADER + BODY)
    write(ECHO, folder="trace", name="echo")
    assert find_query("echo", root=tmp_path).folder == "trace"
    assert find_query("list/towns", root=tmp_path).name == "towns"
    assert [query.name for query in list_queries(root=tmp_path)] == ["towns", "echo"]
    assert [query.name for query in list_queries("trace", root=tmp_path)] == ["echo"]


def test_unknown_query_has_near_names(write: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnknownQuery, match="no query to choose from"):
        find_query("town", root=tmp_path)
    write(HEADER + BODY)
    write(ECHO, folder="trace", name="echo")
    with pytest.raises(UnknownQuery, match="Did you mean “towns”"):
        find_query("town", root=tmp_path)
    with pytest.raises(UnknownQuery, match="Choose from: echo, towns"):
        find_query("zzz", root=tmp_path)


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ({}, ["a", "b"]),
        ({"town": EX + "a"}, ["a"]),
        ({"town": NamedNode(EX + "b"), "name": "مدينة b"}, ["b"]),
        ({"town": EX + "a", "name": "مدينة b"}, []),
        ({"since": date(2025, 10, 11)}, ["a", "b"]),
        ({"since": "2025-10-12"}, []),
        ({"people": "0500"}, ["a"]),
        ({"people": 2000}, ["b"]),
        ({"area": Decimal("1.50"), "people": 500}, ["a"]),
        ({"area": "01.50", "since": "2025-10-11"}, ["a", "b"]),
    ],
)
def test_bound_text_gives_the_same_rows_on_every_engine(
    write: Callable[..., Path],
    endpoint: EndpointStore,
    values: Mapping[str, ParameterValue],
    rows: list[str],
) -> None:
    text = read_query(write(HEADER + BODY)).bind(values)
    expected = [EX + name for name in rows]
    for store in stores_with([*town("a", 500), *town("b", 2000)], endpoint):
        assert [str(term).strip("<>") for term in store.query(text).column("town")] == expected
    dataset = Dataset(default_union=True)
    dataset.parse(data=dump_nquads(endpoint), format="nquads")
    assert first_column(dataset, text) == expected


def stores_with(quads: list[Quad], endpoint: EndpointStore) -> list[Store]:
    stores: list[Store] = [OxigraphStore(), endpoint]
    for store in stores:
        store.replace({G: quads})
    return stores


def first_column(dataset: Dataset, text: str) -> list[str]:
    return [str(row[0]) for row in dataset.query(text) if isinstance(row, ResultRow)]


def test_placeholder_binds_the_parameters_it_names(write: Callable[..., Path]) -> None:
    body = BODY.replace("# {params}", "# {params: town name}\n  # {params: since people area}")
    text = read_query(write(HEADER + body)).bind({"people": 1, "town": EX})
    assert "VALUES (?town) { (<http://example.org/>) }\n" in text
    assert 'VALUES (?people) { ("1"^^<http://www.w3.org/2001/XMLSchema#integer>) }\n' in text


def test_default_is_bound_unless_another_value_is_given(write: Callable[..., Path]) -> None:
    query = read_query(write(ECHO.replace("required: true", "default: نعم")))
    assert 'VALUES (?text) { ("نعم") }' in query.bind()
    assert 'VALUES (?text) { ("لا") }' in query.bind({"text": "لا"})


def test_missing_and_unknown_parameters_are_told(write: Callable[..., Path]) -> None:
    query = read_query(write(ECHO))
    with pytest.raises(MissingParameter, match="“text” is needed: Any"):
        query.bind()
    with pytest.raises(UnknownParameter, match="Did you mean “text”"):
        query.bind({"txt": "a"})


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("iri", "no scheme"),
        ("iri", "http://example.org/> } ; DROP ALL"),
        ("iri", "nobody"),
        ("iri", Literal("http://example.org/")),
        ("text", "\ud800"),
        ("text", 5),
        ("text", NamedNode(EX)),
        ("date", "2025-02-30"),
        ("date", "11/10/2025"),
        ("date", "20251011"),
        ("date", "٢٠٢٥-١٠-١١"),
        ("integer", "1.5"),
        ("integer", "5; DROP ALL"),
        ("integer", "1" * 19),
        ("integer", True),
        ("integer", Literal("5")),
        ("decimal", "1e3"),
        ("decimal", "NaN"),
        ("decimal", Decimal("Infinity")),
        ("decimal", ""),
    ],
)
def test_value_of_another_type_is_told(type_: str, value: ParameterValue) -> None:
    with pytest.raises(InvalidParameter, match=f"towns, parameter x: .* is not of type {type_}"):
        read_term(value, type_, where="towns, parameter x")


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("iri", "<http://example.org/a>", "<http://example.org/a>"),
        ("iri", "m:Claim", "<https://w3id.org/musnad#Claim>"),
        ("iri", "https://w3id.org/musnad#Claim", "<https://w3id.org/musnad#Claim>"),
        ("iri", "urn:x:y", "<urn:x:y>"),
        ("text", Literal("نعم", language="ar"), '"نعم"@ar'),
        ("date", " 2025-10-11 ", f'"2025-10-11"^^<{XSD("date")}>'),
        ("integer", "-0", f'"0"^^<{XSD("integer")}>'),
        ("decimal", -3, f'"-3"^^<{XSD("decimal")}>'),
        ("decimal", Decimal("1E+2"), f'"100"^^<{XSD("decimal")}>'),
    ],
)
def test_value_becomes_the_term_it_stands_for(type_: str, value: ParameterValue, term: str) -> None:
    assert str(read_term(value, type_)) == term


ALPHABET = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from(
        ["\\", '"', "'", "\n", "\r", "\t", "{", "}", "u", "U", "0", "<", ">", "#", "?", "\u200f", "\0"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(ALPHABET, max_size=40))
def test_any_text_comes_back_as_it_was_given(
    write: Callable[..., Path], oxigraph_server: str, text: str
) -> None:
    bound = echo(write).bind({"text": text})
    for store in (OxigraphStore(), EndpointStore(oxigraph_server)):
        assert store.query(bound).tuples == ((Literal(text),),)
    assert first_column(Dataset(), bound) == [text]


def echo(write: Callable[..., Path]) -> Query:
    return read_query(write(ECHO))
