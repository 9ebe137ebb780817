"""Reading articles into drafts, file by file: what cannot be read is told, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from musnad.errors import MusnadError
from musnad.record.drafting import Draft, draft_article
from musnad.text.article import (
    ARTICLE_ENDINGS,
    STDIN,
    Article,
    Details,
    find_articles,
    make_article,
    read_articles,
)


def read_drafts(paths: Iterable[Path], told: Details | None = None) -> Iterator[Draft | MusnadError]:
    """Yield a draft for each article in the files and folders at `paths` (`-` is standard input).

    What cannot be read yields its error in its place. What is `told` goes before metadata and date lines.
    """
    for path in find_articles(paths):
        if isinstance(path, MusnadError):
            yield path
            continue
        for article in read_articles(path, told):
            yield draft_article(article) if isinstance(article, Article) else article


def read_given(given: Path | str, told: Details) -> list[Draft]:
    """Read what a person hands over: a path, or a text.

    A string is a path when it has no line end and names something that is there, or ends like the files of
    articles do. Raises the error of the first article that cannot be read.
    """
    drafts = []
    found = (
        read_drafts([Path(given)], told)
        if _is_path(given)
        else [draft_article(make_article(str(given), told))]
    )
    for draft in found:
        if isinstance(draft, MusnadError):
            raise draft
        drafts.append(draft)
    return drafts


def _is_path(given: Path | str) -> bool:
    if isinstance(given, Path):
        return True
    if "\n" in given or len(given.encode(errors="replace")) > 1000 or "\x00" in given:
        return False
    named = given.endswith(ARTICLE_ENDINGS) and not any(letter.isspace() for letter in given)
    return named or Path(given) == STDIN or (bool(given) and Path(given).exists())
