"""Reading articles into drafts, one by one: what cannot be read is told, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from musnad.collection.pieces import Known, Piece, draft_piece
from musnad.collection.processes import draft_in_processes
from musnad.errors import MusnadError
from musnad.meaning.own_lexica import check_lexicon
from musnad.record.drafting import Draft, draft_article
from musnad.text.article import Details, is_address, make_article
from musnad.text.intake import (
    ARTICLE_ENDINGS,
    MANY_ENDINGS,
    STDIN,
    Given,
    find_articles,
    read_articles,
)
from musnad.text.storage import count_rows, is_stored

__all__ = ["count_articles", "draft_pieces", "find_pieces", "read_drafts", "read_given"]


def read_drafts(
    given: Iterable[Given], told: Details | None = None, *, lexicon: Path | None = None, jobs: int = 1
) -> Iterator[Draft | MusnadError]:
    """Give a draft for each article among the files, folders and addresses given (`-` is standard input).

    What cannot be read gives its error in its place. What is `told` goes before metadata and date lines.
    `lexicon` is a folder of language data added to the package's. `jobs` processes read; what they give and
    in which order is the same however many. Raises `LexiconError` before anything is read.
    """
    told = told or Details()
    drafts = draft_pieces(find_pieces(given, told), told, lexicon=lexicon, jobs=jobs)
    return (draft for draft in drafts if not isinstance(draft, Known))


def find_pieces(given: Iterable[Given], told: Details) -> Iterator[Piece]:
    """Give what drafts come of, article by article; see `read_drafts`."""
    return chain.from_iterable(_pieces(item, told) for item in find_articles(given))


def draft_pieces(
    pieces: Iterable[Piece], told: Details, *, lexicon: Path | None = None, jobs: int = 1
) -> Iterator[Draft | MusnadError | Known]:
    """Give the draft of each piece, its error, or that it is known already; see `read_drafts`."""
    if lexicon is not None:
        check_lexicon(lexicon)
    if jobs > 1:
        return draft_in_processes(pieces, told, lexicon, jobs)
    return (draft_piece(piece, told, lexicon) for piece in pieces)


def count_articles(given: Iterable[Given]) -> int | None:
    """Give how many drafts and errors `read_drafts` will give, blank lines of JSON Lines counted too.

    None where that cannot be known before, as of standard input.
    """
    total = 0
    for item in find_articles(given):
        if item == STDIN or (isinstance(item, str) and is_stored(item)):
            return None
        ending = item.suffix.lower() if isinstance(item, Path) else ""
        count = _COUNTS.get(ending)
        total += count(Path(str(item))) if count else 1
    return total


def read_given(given: Given, told: Details, *, lexicon: Path | None = None) -> list[Draft]:
    """Read what a person hands over: a path, an address, or a text.

    A string is a path when it has no line end and names something that is there, or ends like the files of
    articles do. Raises the error of the first article that cannot be read, or `LexiconError`.
    """
    if _is_location(given):
        found = read_drafts([given], told, lexicon=lexicon)
    else:
        if lexicon is not None:
            check_lexicon(lexicon)
        found = iter([draft_article(make_article(str(given), told), lexicon=lexicon)])
    drafts = []
    for draft in found:
        if isinstance(draft, MusnadError):
            raise draft
        drafts.append(draft)
    return drafts


def _pieces(item: Given | MusnadError, told: Details) -> Iterator[Piece]:
    """Give what drafts come of; what holds many articles, or can be read only once, is read here."""
    if isinstance(item, MusnadError) or (isinstance(item, Path) and item.suffix.lower() not in MANY_ENDINGS):
        yield item
    else:
        yield from read_articles(item, told)


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 1


_COUNTS = {".jsonl": _count_lines, ".parquet": count_rows}


def _is_location(given: Given) -> bool:
    if isinstance(given, Path) or given == STDIN or is_address(given) or is_stored(given):
        return True
    if "\n" in given or len(given.encode(errors="replace")) > 1000 or "\x00" in given:
        return False
    named = given.endswith(ARTICLE_ENDINGS) and not any(letter.isspace() for letter in given)
    return named or (bool(given) and Path(given).exists())
