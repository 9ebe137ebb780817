"""Query files: SPARQL with a header that says what it answers, what it needs and what it returns.

A header is YAML in comments at the top of the file, each line after `#+ `. Where the line `# {params}` stands
in the query, a VALUES line binds the parameters that were given; `# {params: place day}` binds only those
named. Nothing else in the text ever changes, so a file is valid SPARQL as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from musnad.errors import MissingParameter, UnknownParameter, UnknownQuery
from musnad.graph.parameters import ParameterTerm, ParameterValue, Wording, read_term
from musnad.graph.query_header import Header, read_header
from musnad.graph.sparql import query_form, values_line
from musnad.resources import data_folder

FOLDERS: Final = ("list", "trace", "compare", "read", "check", "prepare", "derive", "conclude")
"""What queries are for: rows for people (three folders), rows that are problems, steps to the findings."""

_PLACEHOLDER: Final = re.compile(r"^[ \t]*#[ \t]*\{params(?::(?P<names>[^}\n]*))?\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Query:
    """A query file: its name, the folder that says its use, its text as it stands, and its header."""

    name: str
    folder: str
    text: str
    header: Header

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT, DESCRIBE or UPDATE; empty for a text that is none of them."""
        return query_form(self.text) or ""

    def bind(self, values: Mapping[str, ParameterValue] | None = None) -> str:
        """Give the query's text with the values bound, ready for any engine.

        Raises:
            UnknownParameter: a value is given for a parameter that the query does not have.
            MissingParameter: a required parameter is not given.
            InvalidParameter: a value is not of its parameter's type.
        """
        bindings = dict(self._bindings(values or {}))

        def write(placeholder: re.Match[str]) -> str:
            names = (placeholder["names"] or " ".join(bindings)).split()
            return values_line({name: bindings[name] for name in names if name in bindings})

        return _PLACEHOLDER.sub(write, self.text)

    def bind_any(self, name: str, iris: Iterable[str]) -> str:
        """Give the query's text with one parameter, an IRI, bound to each of several in turn.

        Raises `UnknownParameter`, and `InvalidParameter` for what is no IRI.
        """
        terms = [term for iri in iris for _, term in self._bindings({name: iri})]
        values = f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
        return _PLACEHOLDER.sub(lambda _: values, self.text)

    def _bindings(self, values: Mapping[str, ParameterValue]) -> Iterator[tuple[str, ParameterTerm]]:
        known = {parameter.name: parameter for parameter in self.header.params}
        for name in values:
            if name not in known:
                raise UnknownParameter(
                    f"there is no parameter “{name}”",
                    where=self.name,
                    remedy=_suggest(name, list(known), "parameter"),
                )
        for name, parameter in known.items():
            if name in values:
                yield name, read_term(values[name], parameter.type, where=f"{self.name}, parameter {name}")
            elif parameter.default is not None:
                yield name, parameter.default
            elif parameter.required:
                raise MissingParameter(
                    f"the parameter “{name}” is needed: {parameter.description.en}",
                    where=self.name,
                    remedy=f"Give it, as in {name}=… ({parameter.type}).",
                )


def read_query(path: Path, *, headerless: bool = False) -> Query:
    """Read a query file; with `headerless` a file without a header is taken too, as it is.

    Raises:
        InvalidQueryFile: the file cannot be read, or its header breaks the rules.
    """
    text, header = read_header(path, placeholders=placeholder_names, headerless=headerless)
    return Query(path.stem, path.parent.name, text, header or Header(Wording(path.stem, path.stem)))


def placeholder_names(text: str) -> list[str | None]:
    """List the parameters that the placeholder lines name, in order; None stands for all of them."""
    names: list[str | None] = []
    for placeholder in _PLACEHOLDER.finditer(text):
        names.extend(placeholder["names"].split() if placeholder["names"] is not None else [None])
    return names


def list_queries(folder: str | None = None, *, root: Path | None = None) -> list[Query]:
    """Read the queries of one folder, or of all, in order of their names within each folder."""
    return [read_query(path) for path in _query_files(folder, root)]


@cache
def find_query(name: str, *, root: Path | None = None) -> Query:
    """Find a query by its name, or by folder and name (`compare/conflicts`).

    Raises:
        UnknownQuery: there is none; names near to it are told.
    """
    files = _query_files(None, root)
    for path in files:
        if name in (path.stem, f"{path.parent.name}/{path.stem}"):
            return read_query(path)
    raise UnknownQuery(
        f"there is no query “{name}”", remedy=_suggest(name, sorted(path.stem for path in files), "query")
    )


def _query_files(folder: str | None, root: Path | None) -> list[Path]:
    top = root or data_folder("queries")
    folders = FOLDERS if folder is None else (folder,)
    return [path for name in folders for path in sorted((top / name).glob("*.rq"))]


def _suggest(name: str, known: list[str], what: str) -> str:
    if not known:
        return f"There is no {what} to choose from."
    near = get_close_matches(name, known)
    if near:
        return f"Did you mean {' or '.join(f'“{match}”' for match in near)}?"
    return f"Choose from: {', '.join(known)}."
