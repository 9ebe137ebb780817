"""Text of any length, kept in a file of its own for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from tempfile import TemporaryFile, gettempdir
from typing import IO

from musnad.errors import NoRoomForExport

__all__ = ["add_to_file"]


def add_to_file(texts: Iterable[str], stack: ExitStack, file: IO[str] | None = None) -> IO[str]:
    """Write texts at the end of a file, of a new one that `stack` closes if there is none yet.

    Raises `NoRoomForExport` where the folder for such files cannot take it.
    """
    try:
        if file is None:
            file = stack.enter_context(_new_file())
        file.writelines(texts)
        file.flush()
    except OSError as error:
        raise NoRoomForExport(
            f"what is exported is sorted in a file first, and that cannot be written ({error.strerror})",
            where=gettempdir(),
            remedy="Make room there, or name another folder: TMPDIR=/folder/with/room musnad export …",
        ) from error
    return file


def _new_file() -> IO[str]:
    return TemporaryFile("w+", encoding="utf-8", newline="\n")
