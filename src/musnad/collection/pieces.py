"""One article into one draft, whatever happens."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from musnad.errors import MusnadError, ReadingFailed
from musnad.record.drafting import Draft, draft_article
from musnad.text.article import Article, Details
from musnad.text.intake import read_articles

__all__ = ["Known", "Piece", "draft_piece", "name_of", "open_piece"]


@dataclass(frozen=True, slots=True)
class Known:
    """An article that need not be read, since it was read before; it keeps its place in the order."""

    article: str


Piece = Path | Article | MusnadError | Known
"""What one draft comes of: a file of one article, an article, or what stands in the place of one."""


def open_piece(piece: Piece, told: Details) -> Article | MusnadError | Known:
    """Give the article of a file, or its error; anything else as it is."""
    if not isinstance(piece, Path):
        return piece
    (article,) = read_articles(piece, told)
    return article


def draft_piece(piece: Piece, told: Details, lexicon: Path | None) -> Draft | MusnadError | Known:
    """Read one article into a draft, or give its error; one of the reader's own is `ReadingFailed`."""
    try:
        opened = open_piece(piece, told)
        return draft_article(opened, lexicon=lexicon) if isinstance(opened, Article) else opened
    except MusnadError as error:
        return error
    except Exception as error:
        failed = ReadingFailed(
            f"the reader failed on it ({type(error).__name__}: {error})",
            where=name_of(piece),
            remedy="This is an error in musnad: please report it with the article. --debug shows where.",
        )
        # A note goes with an error from process to process; a cause does not.
        failed.add_note(traceback.format_exc())
        return failed


def name_of(piece: Piece) -> str:
    """Name a piece in a message: the file's path, or the article's id."""
    return piece.id if isinstance(piece, Article) else str(piece)
