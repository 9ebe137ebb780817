"""The questions a collection answers: the queries that musnad ships, and query files of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from musnad.collection.news import Collection
from musnad.collection.table import Table, table_of
from musnad.graph.queries import find_query, list_queries, read_query

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


def ask(news: Collection, name: str, values: Mapping[str, str]) -> Table:
    """Answer a query by its name, or the SPARQL in a file that ends in .rq.

    Raises `UnknownQuery`, `InvalidQuery`, or an error of its parameters.
    """
    query = read_query(Path(name), headerless=True) if name.endswith(".rq") else find_query(name)
    return table_of(news.store.query(query.bind(dict(values))))
