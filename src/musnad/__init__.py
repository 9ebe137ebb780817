"""Who said what in the news, on whose word, and who contradicts whom.

>>> import musnad
>>> with musnad.open() as kg:
...     kg.info()["claims"]
0
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from musnad.collection import Collection
    from musnad.views.charts import Picture
    from musnad.views.notebook import Shown

__all__ = ["connect", "load_ipython_extension", "open", "plot", "show"]


def open(path: Path | str | None = None, *, lexicon: Path | str | None = None) -> Collection:
    """Open the collection in the folder `path`, made if it is not there; in memory for None.

    `lexicon` is a folder of language data of your own, added to the package's when articles
    are read. Raises `StoreLocked` while another process has it open, `NotAStore` for a folder of other
    things.
    """
    return _open(path, lexicon=lexicon)


def connect(url: str, *, update_url: str | None = None, lexicon: Path | str | None = None) -> Collection:
    """Open the collection behind a SPARQL 1.1 endpoint; it behaves like one that is opened from a folder.

    Raises `EndpointUnreachable` where nothing answers.
    """
    return _open(url, update_url=update_url, lexicon=lexicon)


def plot(kg: Collection, kind: str, subject: str = "", *, lang: str = "en") -> Picture:
    """Draw a picture: a claim's `chain`, the `matrix` or `network` of sources, a question's `timeline`.

    `subject` is the claim of a chain (as `kg.claim` takes it) or the question of a timeline (words of it).
    `lang` is en or ar. A notebook shows the picture; `.save("it.svg")` or `.save("it.png")` writes it.

    Raises `UnknownPicture`, `UnknownClaim` or `AmbiguousClaim`, `UnknownQuestion` or `AmbiguousQuestion`,
    `NothingToDraw`, and `MissingExtra` where matplotlib is not installed.
    """
    from musnad.views.charts import draw_picture

    return draw_picture(kg, kind, subject, lang)


def show(thing: object, *, lang: str = "en") -> Shown:
    """Show what a collection gives as a notebook does, in English (`en`) or Arabic (`ar`).

    `thing` is a table, statements, a claim, its provenance, a finding, a list of claims or findings, a
    picture or a collection; TypeError for anything else. Printed, it is plain text.
    """
    from musnad.views.notebook import show as show_in

    return show_in(thing, lang)


def load_ipython_extension(shell: Any) -> None:
    """Do what `%load_ext musnad` asks in a notebook: results shown richly, and `%%sparql`."""
    from musnad.views.notebook import load

    load(shell)


def _open(
    location: Path | str | None, *, update_url: str | None = None, lexicon: Path | str | None = None
) -> Collection:
    from musnad.collection import open_collection

    if "IPython" in sys.modules:
        from musnad.views.notebook import join

        join()
    return open_collection(location, update_url=update_url, lexicon=lexicon)
