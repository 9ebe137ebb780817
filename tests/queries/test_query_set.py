"""Every query file that musnad ships keeps the rules for one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import FOLDERS, placeholder_names, read_query
from musnad.graph.sparql import strip_comments
from musnad.resources import data_folder
from musnad.terms import PREFIXES

QUERIES = data_folder("queries")
FILES = sorted(QUERIES.rglob("*.rq"))
NONE_YET = pytest.param("", marks=pytest.mark.skip(reason="there is no query yet"))
# What the steps to findings hand on to one another, in a graph that nobody else sees.
WORKING = {"w": "https://w3id.org/musnad/working#"}
EXAMPLES = {"iri": "m:Claim", "text": "نعم", "date": "2025-10-11", "integer": "5", "decimal": "1.5"}

each_query = pytest.mark.parametrize("path", [str(path.relative_to(QUERIES)) for path in FILES] or [NONE_YET])


def query_text(path: str) -> str:
    return strip_comments(read_query(QUERIES / path).text)


def test_files_lie_in_folders_that_are_read() -> None:
    assert [path for path in FILES if path.parent.name not in FOLDERS or path.parent.parent != QUERIES] == []
    assert [
        path for path in QUERIES.rglob("*") if path.is_file() and path.suffix not in (".rq", ".tsv")
    ] == []


def test_names_are_used_once() -> None:
    assert [name for name, count in Counter(path.stem for path in FILES).items() if count > 1] == []


@each_query
def test_name_is_in_kebab_case(path: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", Path(path).stem)


@each_query
def test_text_binds_and_is_carried_out(path: str) -> None:
    query = read_query(QUERIES / path)
    text = query.bind({p.name: EXAMPLES[p.type] for p in query.header.params})
    with OxigraphStore() as store:
        if query.form == "SELECT":
            assert store.query(text).variables == query.header.returns
        elif query.form == "CONSTRUCT":
            assert store.construct(text) == []
        elif query.form == "UPDATE":
            store.update(text)
        else:
            pytest.fail(f"{query.form} is no form for a query file")
    assert len(placeholder_names(query.text)) >= bool(query.header.params)


@each_query
def test_every_prefix_is_written_out_and_is_ours(path: str) -> None:
    text = query_text(path)
    declared = dict(re.findall(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", text, re.IGNORECASE))
    known = PREFIXES | (WORKING if Path(path).parent.name in ("prepare", "derive", "conclude") else {})
    assert {prefix: known.get(prefix) for prefix in declared} == declared
    body = re.sub(r"""<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|PREFIX\s+\S+""", " ", text)
    used = set(re.findall(r"(?<![\w?$:])([A-Za-z][\w-]*):", body))
    assert used == set(declared)


@each_query
def test_rows_are_ordered(path: str) -> None:
    query = read_query(QUERIES / path)
    if query.form != "SELECT":
        assert query.header.returns == ()
        return
    algebra = translateQuery(parseQuery(query.text)).algebra
    # The last step before the rows leave, under LIMIT, DISTINCT and projection, must be the ordering.
    node = algebra.p
    while node.name in ("Slice", "Distinct", "Reduced", "Project"):
        node = node.p
    assert node.name == "OrderBy", "the rows come in no order: end the query with ORDER BY"
