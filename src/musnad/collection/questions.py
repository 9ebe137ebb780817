"""The questions a collection answers: the queries that musnad ships, and query files of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from musnad.collection.descriptions import write_triples
from musnad.collection.news import Collection
from musnad.collection.table import Table, table_of
from musnad.graph.queries import find_query, list_queries, read_query
from musnad.graph.sparql import query_form

FOLDERS = ("list", "trace", "compare")


def list_questions(language: str) -> Table:
    """List the queries for people: name, use, what they answer in `language` (en or ar), parameters."""
    rows = []
    for folder in FOLDERS:
        for query in list_queries(folder):
            summary = query.header.summary.ar if language == "ar" else query.header.summary.en
            parameters = ", ".join(f"{param.name}: {param.type}" for param in query.header.params)
            rows.append((query.name, folder, summary, parameters))
    return Table(("name", "use", "question", "parameters"), tuple(rows))


def ask(news: Collection, name: str, values: Mapping[str, str], language: str) -> Table | str:
    """Answer a query by its name, or the SPARQL in a file that ends in .rq.

    Gives rows for SELECT, one row for ASK, and Turtle for CONSTRUCT and DESCRIBE. Where a query has a
    parameter `lang`, it is `language` unless it is given.

    Raises `UnknownQuery`, `InvalidQuery`, or an error of its parameters.
    """
    query = read_query(Path(name), headerless=True) if name.endswith(".rq") else find_query(name)
    takes_language = any(parameter.name == "lang" for parameter in query.header.params)
    text = query.bind(({"lang": language} if takes_language else {}) | dict(values))
    return answer(news, text)


def answer(news: Collection, text: str) -> Table | str:
    """Answer a SPARQL text: rows for SELECT, one row for ASK, Turtle for CONSTRUCT and DESCRIBE.

    Raises `InvalidQuery`, and `WrongQueryForm` for an update.
    """
    match query_form(text):
        case "ASK":
            return Table(("answer",), ((news.store.ask(text),),))
        case "CONSTRUCT" | "DESCRIBE":
            return write_triples(news.store.construct(text))
        case _:
            return table_of(news.store.query(text))
