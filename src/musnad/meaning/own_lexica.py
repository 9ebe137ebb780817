"""Language data of the user's own: a folder laid out as `lexica/`, checked as a whole before it is used.

What a cell may hold is what the package's own table has in that column, so that this page need not list it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path

from musnad.errors import LexiconError
from musnad.meaning.event_tables import load_events
from musnad.meaning.frame_tables import load_frames
from musnad.meaning.gazetteer import load_gazetteer
from musnad.meaning.name_tables import load_actor_labels, load_names
from musnad.meaning.wordlists import load_wordlists
from musnad.speech.lexicon import LEXICA, load_lexicon, read_rows, read_table
from musnad.text.folding import fold

__all__ = ["check_lexicon", "lexicon_name"]

LANGUAGES = ("ar", "en")
_LOADERS = (
    load_lexicon,
    load_wordlists,
    load_gazetteer,
    load_names,
    load_actor_labels,
    load_frames,
    load_events,
)
_SERIES = ("event-types-", "events-")  # of these there may be any number, one a field of news
# Tables of the package that nothing is added to, and where rows of one's own go instead.
_OWN_INSTEAD = {
    "gazetteer.tsv": "places.tsv",
    "quantity-policies.tsv": "limiters.tsv",
    "word-classes.tsv": "words.tsv",
}
# Columns whose cells name something that the program knows.
_CLOSED = {
    "actors.tsv": ("kind",),
    "cues.tsv": ("polarity", "modality", "class"),
    "date-words.tsv": ("class",),
    "heads.tsv": ("kind", "note"),
    "limiters.tsv": ("policy", "place"),
    "months.tsv": ("month", "tradition", "sure"),
    "name-words.tsv": ("class",),
    "names.tsv": ("kind",),
    "numbers.tsv": ("class",),
    "offices.tsv": ("kind",),
    "place-words.tsv": ("class",),
    "places.tsv": ("kind",),
    "units.tsv": ("role", "dual"),
    "weekdays.tsv": ("weekday",),
    "words.tsv": ("class",),
}
# Columns of which one at least has words; of other tables it is the first.
_NAMED_BY = {"actors.tsv": ("en", "ar"), "offices.tsv": ("en", "ar")}

_checked: dict[Path, tuple[tuple[Path, int, int], ...]] = {}


def check_lexicon(folder: Path) -> None:
    """Check that all tables in a folder can be added to the package's, and load them.

    A folder that was changed since is loaded anew. Raises `LexiconError` for a folder that is not there or
    has no table, a table of another name or with other columns, and a cell that cannot be what stands there.
    """
    if not folder.is_dir():
        raise LexiconError("there is no such folder", where=str(folder), remedy="Check the path.")
    stamp = _stamp(folder)
    tables = [table for table, _, _ in stamp]
    if _checked.get(folder) == stamp:
        return
    if not tables:
        raise LexiconError(
            "there is no table in this folder",
            where=str(folder),
            remedy="Tables lie in DIR, DIR/ar and DIR/en and have the names of those in lexica/README.md.",
        )
    for table in tables:
        _check_table(table, folder)
    for load in _LOADERS:
        load.cache_clear()
    for language in LANGUAGES:
        load_lexicon(language, folder)
    for load_both in _LOADERS[1:]:
        load_both(folder)
    _checked[folder] = stamp


def lexicon_name(folder: Path) -> str:
    """Name a folder of language data by what its tables say: `lexicon 1f0c9a52`."""
    return _named(folder, _stamp(folder))


def _stamp(folder: Path) -> tuple[tuple[Path, int, int], ...]:
    """Give the tables of a folder, and what changes when one of them does."""
    tables = sorted(folder.rglob("*.tsv"))
    return tuple((table, (stat := table.stat()).st_mtime_ns, stat.st_size) for table in tables)


@cache
def _named(folder: Path, stamp: tuple[tuple[Path, int, int], ...]) -> str:
    content = sha256()
    for table, _, _ in stamp:
        content.update(f"{table.relative_to(folder).as_posix()}\0".encode() + table.read_bytes())
    return f"lexicon {content.hexdigest()[:8]}"


def _check_table(table: Path, folder: Path) -> None:
    within = table.parent.relative_to(folder)
    own = _own_table(within / table.name)
    if own is None:
        raise _unknown_table(table, within)
    columns = _columns(own)
    for number, row in read_rows(table):
        if tuple(row) != columns:
            raise LexiconError(
                f"its columns are {', '.join(row)}",
                where=str(table),
                remedy=f"The header line is: {', '.join(columns)}, with a tab between.",
            )
        _check_row(row, own, f"{table}:{number}")


def _own_table(name: Path) -> Path | None:
    """Give the package's table that one of this name adds to."""
    series = next((prefix for prefix in _SERIES if name.name.startswith(prefix)), None)
    folder = LEXICA / name.parent
    if series:
        return next(iter(sorted(folder.glob(f"{series}*.tsv"))), None)
    path = LEXICA / name
    return path if path.is_file() and name.name not in _OWN_INSTEAD else None


def _unknown_table(table: Path, within: Path) -> LexiconError:
    if table.name in _OWN_INSTEAD:
        remedy = f"Put rows of your own into {_OWN_INSTEAD[table.name]}."
    else:
        known = [path for path in sorted(LEXICA.rglob("*.tsv")) if path.name not in _OWN_INSTEAD]
        names = [str(path.relative_to(LEXICA)) for path in known]
        near = get_close_matches(str(within / table.name), names) or [
            name for name in names if Path(name).name == table.name
        ]
        remedy = f"Did you mean {' or '.join(near)}?" if near else f"The tables are {', '.join(names)}."
    return LexiconError("no table of this name is added to", where=str(table), remedy=remedy)


def _check_row(row: Mapping[str, str], own: Path, where: str) -> None:
    columns = _NAMED_BY.get(own.name, (next(iter(row)),))
    if not any(fold(row[column]).text.strip(" ;") for column in columns):
        raise LexiconError(
            f"nothing stands in {' or '.join(f'`{c}`' for c in columns)}",
            where=where,
            remedy="Write the word that the row is about, or take the row out.",
        )
    for column in _CLOSED.get(own.name, ()):
        allowed = _cells(own, column)
        if row[column] not in allowed:
            raise LexiconError(
                f"`{column}` is {row[column][:60]!r}",
                where=where,
                remedy=f"Write one of {', '.join(sorted(cell or '(nothing)' for cell in allowed))}.",
            )
    if own.name == "numbers.tsv" and not _is_number(row["value"]):
        raise LexiconError(f"`value` is {row['value'][:60]!r}", where=where, remedy="Write a number.")
    if own.name == "demonyms.tsv" and row["country"] not in load_gazetteer().by_name:
        raise LexiconError(
            f"`country` is {row['country'][:60]!r}",
            where=where,
            remedy="Write the English name of a country of the gazetteer.",
        )


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


@cache
def _columns(own: Path) -> tuple[str, ...]:
    return tuple(next(read_table(own)))


@cache
def _cells(own: Path, column: str) -> frozenset[str]:
    """Give what a column holds in the package's table, and in that of the other language."""
    tables = [own, *(LEXICA / language / own.name for language in LANGUAGES if own.parent != LEXICA)]
    return frozenset(row.get(column, "") for table in tables for row in read_table(table))
