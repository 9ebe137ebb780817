"""`%%sparql`: a cell of SPARQL, asked of the collection that is open or of an endpoint."""

from __future__ import annotations

import re
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic_arguments import MagicArgumentParser

from musnad.collection import Collection, Table, answer, open_collection
from musnad.errors import MusnadError, UnclearCollection
from musnad.terms import PREFIXES

# On the first line of the query, so that the lines that an error names are those of the cell.
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())

_FIRST_LINE = re.compile(r"(?<!\d)1:(\d+)")


class Turtle(str):
    """The answer to CONSTRUCT or DESCRIBE, shown as it reads and not as a string in quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def sparql(line: str, cell: str, shell: Any) -> Any:
    """Ask a question in SPARQL, of the one collection that is open unless another is named.

    SELECT and ASK give rows, CONSTRUCT and DESCRIBE Turtle. musnad's prefixes (m:, prov:, skos: …) are known.

    %%sparql [--df] [--store-to VAR] [--endpoint URL] [--on VAR]

        --df            give the rows as a pandas DataFrame with typed columns
        --store-to VAR  keep the answer in this variable; nothing is shown then
        --endpoint URL  ask the SPARQL endpoint at this address
        --on VAR        ask the collection in this variable, where several are open

    For example:

        %%sparql --df --store-to voices
        SELECT ?who (COUNT(*) AS ?claims) { ?claim a m:Claim ; prov:wasAttributedTo ?who } GROUP BY ?who
    """
    arguments = _parser().parse_argstring(line)
    name = arguments.store_to
    if name is not None and not name.isidentifier():
        raise UsageError(f"--store-to {name}: this is no name of a variable")
    try:
        result = _ask(f"{_PROLOGUE} {cell}", arguments, shell.user_ns)
    except MusnadError as error:
        # One sentence with code and remedy; a traceback through musnad tells a person nothing.
        raise UsageError(_FIRST_LINE.sub(_own_column, str(error))) from None
    if name is None:
        return result
    shell.user_ns[name] = result
    return None


def register_magics(shell: Any) -> None:
    """Add `%%sparql` to an IPython session."""

    def run(line: str, cell: str) -> Any:
        return sparql(line, cell, shell)

    run.__doc__ = sparql.__doc__
    shell.register_magic_function(run, "cell", "sparql")


def _parser() -> Any:
    untyped: Any = MagicArgumentParser
    parser = untyped("%%sparql")
    parser.add_argument("--df", action="store_true")
    parser.add_argument("--store-to", metavar="VAR")
    parser.add_argument("--endpoint", metavar="URL")
    parser.add_argument("--on", metavar="VAR")
    return parser


def _own_column(place: re.Match[str]) -> str:
    """Count the column of an error in the first line without the prefixes that were put before it."""
    column = int(place[1]) - len(_PROLOGUE) - 1
    return f"1:{column}" if column > 0 else place[0]


def _ask(text: str, arguments: Any, names: dict[str, Any]) -> Any:
    if arguments.endpoint:
        with open_collection(arguments.endpoint, create=False) as news:
            result = answer(news, text)
    else:
        result = answer(_collection(arguments.on, names), text)
    if isinstance(result, Table):
        return result.to_df() if arguments.df else result
    if arguments.df:
        raise UsageError("--df: the answer is a graph, not rows; leave --df out")
    return Turtle(result)


def _collection(name: str | None, names: dict[str, Any]) -> Collection:
    """Find the collection that a cell asks: the named one, or the only one that a variable holds."""
    if name is not None:
        found = names.get(name)
        if isinstance(found, Collection):
            return found
        raise UnclearCollection(
            f"there is no collection in “{name}”", remedy=f'Open one: {name} = musnad.open("news.musnad")'
        )
    # `_`, `_5` and the like are IPython's own names for what was shown.
    held = {key: value for key, value in names.items() if isinstance(value, Collection) and key[0] != "_"}
    if len({id(news) for news in held.values()}) == 1:
        return next(iter(held.values()))
    if held:
        raise UnclearCollection(
            f"several collections are open: {', '.join(sorted(held))}",
            remedy=f"Say which one is meant: %%sparql --on {min(held)}",
        )
    raise UnclearCollection(
        "no collection is open", remedy='Open one (kg = musnad.open("news.musnad")), or give --endpoint URL.'
    )
