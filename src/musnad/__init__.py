"""Who said what in the news, on whose word, and who contradicts whom.

>>> import musnad
>>> with musnad.open() as kg:
...     kg.info()["claims"]
0
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musnad.collection import Collection

__all__ = ["connect", "open"]


def open(path: Path | str | None = None, *, lexicon: Path | str | None = None) -> Collection:
    """Open the collection in the folder `path`, made if it is not there; in memory for None.

    `lexicon` is a folder of language data of your own, added to the package's when articles
    are read. Raises `StoreLocked` while another process has it open, `NotAStore` for a folder of other
    things.
    """
    from musnad.collection import open_collection

    return open_collection(path, lexicon=lexicon)


def connect(url: str, *, update_url: str | None = None, lexicon: Path | str | None = None) -> Collection:
    """Open the collection behind a SPARQL 1.1 endpoint; it behaves like one that is opened from a folder.

    Raises `EndpointUnreachable` where nothing answers.
    """
    from musnad.collection import open_collection

    return open_collection(url, update_url=update_url, lexicon=lexicon)
