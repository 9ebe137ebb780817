"""The version of a store's layout, in a file of its own beside the engine's: what may be opened, and by whom.

0, without a mark: named graphs alone, or the store of another program. 1: the default graph is kept as the
set of what the named graphs say. 2: each article's graph notes the SHA-256 of its text and of its record.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from musnad.errors import NewerLayout, OldLayout

LAYOUT: Final = 2
MARK: Final = "musnad.json"
_PART: Final = f"{MARK}.part"


def is_store(folder: Path) -> bool:
    """Whether the engine has made its files there."""
    return (folder / "CURRENT").is_file()


def is_marked(folder: Path) -> bool:
    """Whether a folder is one that musnad began to make a store in."""
    return (folder / MARK).is_file() or (folder / _PART).is_file()


def read_layout(folder: Path) -> int:
    """Give the layout of the store in a folder; 0 where it has no mark, or one that says nothing."""
    try:
        mark = json.loads((folder / MARK).read_bytes())
        return int(mark["layout"])
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return 0


def write_layout(folder: Path) -> None:
    """Mark the store in a folder as one of this layout; raises `OSError`."""
    part = folder / _PART
    with part.open("wb") as file:
        file.write(f'{{"layout": {LAYOUT}}}\n'.encode())
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / MARK)


def check_layout(folder: Path, *, older: bool = False) -> None:
    """Let a store of this layout pass, and with `older` one of an earlier layout.

    Raises:
        OldLayout: it was made by an older musnad, or by another program.
        NewerLayout: it was made by a newer one.
    """
    found = read_layout(folder)
    if found > LAYOUT:
        raise NewerLayout(
            f"the store has layout {found}, and this musnad knows {LAYOUT} at most",
            where=str(folder),
            remedy="Use the musnad that made it, or a newer one. Nothing was touched.",
        )
    if found < LAYOUT and not older:
        raise OldLayout(
            f"the store has layout {found}, of an older musnad or another program; this one needs {LAYOUT}",
            where=str(folder),
            remedy=f"Run `musnad migrate --store {folder}`; `musnad backup` first if you wish. "
            "Nothing was touched.",
        )
