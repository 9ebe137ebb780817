"""Files of many articles, in a folder or in a storage that fsspec reaches (s3://, gs://, …): lines and rows.

fsspec and pyarrow come with the extra `parquet`; the package for a storage (s3fs for s3://) is installed
beside them. A local path needs neither, unless it is Parquet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from musnad.errors import MissingExtra, UnreadableArticle

__all__ = ["count_rows", "find_files", "is_stored", "open_stored", "read_rows"]

_ROWS: Final = 256  # held at a time
_STORED: Final = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*://.+", re.IGNORECASE)


def is_stored(given: str) -> bool:
    """Whether something is the address of a file or folder in a storage.

    >>> is_stored("s3://bucket/news.parquet"), is_stored("https://example.org/1"), is_stored("news.jsonl")
    (True, False, False)
    """
    return bool(_STORED.fullmatch(given))


def find_files(address: str, endings: Sequence[str]) -> list[str]:
    """List the files with these endings at an address: itself, or those in it and below when it is a folder.

    Raises `UnreadableArticle` where there is none, and `MissingExtra`.
    """
    fsspec = _load("fsspec", address)
    with _told(address):
        storage, path = fsspec.core.url_to_fs(address)
        if storage.isfile(path):
            return [address]
        inside = sorted(file for file in storage.find(path) if str(file).lower().endswith(tuple(endings)))
        files = [str(storage.unstrip_protocol(file)) for file in inside]
    if not files:
        raise UnreadableArticle(
            f"there is no file that ends in {' or '.join(endings)}",
            where=address,
            remedy="Check the address.",
        )
    return files


def open_stored(given: str) -> BinaryIO:
    """Open a path, or a file in a storage, to read. Raises `UnreadableArticle`, `MissingExtra`, `OSError`."""
    if not is_stored(given):
        return Path(given).open("rb")
    fsspec = _load("fsspec", given)
    with _told(given):
        return cast(BinaryIO, fsspec.open(given, "rb").open())


def read_rows(given: str, columns: Sequence[str]) -> Iterator[dict[str, object]]:
    """Give the rows of a Parquet file, of `columns` those that it has; days are written YYYY-MM-DD.

    Raises `UnreadableArticle` for what is no Parquet, `MissingExtra`, `OSError`.
    """
    parquet, lib = _load("pyarrow.parquet", given), _load("pyarrow.lib", given)
    with open_stored(given) as stream:
        try:
            file = parquet.ParquetFile(stream)
            there = [name for name in columns if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=_ROWS, columns=there):
                for row in batch.to_pylist():
                    yield {name: _plain(value) for name, value in row.items()}
        except lib.ArrowException as error:
            raise UnreadableArticle(
                f"the Parquet cannot be read: {str(error).splitlines()[0]}",
                where=given,
                remedy="Write it anew.",
            ) from error


def count_rows(path: Path) -> int:
    """Count the rows of a Parquet file by what it says of itself, 1 where it cannot be read."""
    try:
        return int(_load("pyarrow.parquet", str(path)).read_metadata(path).num_rows)
    except (MissingExtra, OSError, ValueError):  # pyarrow's errors are kinds of the last two
        return 1


class _told:  # noqa: N801 - used as the `with` statement reads
    """Turn what a storage says into an error with a code: each has exceptions of its own."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, ImportError):
            raise MissingExtra(
                f"this address needs a package that is not here: {error}", where=self.address
            ) from error
        if isinstance(error, Exception):
            raise UnreadableArticle(
                f"it cannot be opened ({type(error).__name__}: {error})",
                where=self.address,
                remedy="Check the address, and that you may read there.",
            ) from error


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _load(module: str, given: str) -> Any:
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "this needs a package that is not here", where=given, remedy="pip install 'musnad[parquet]'"
        ) from error
