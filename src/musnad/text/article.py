"""Articles as they come: plain text with or without a metadata file, JSON Lines, folders, standard input.

The text is kept as decoded, line ends included, since every span counts its code points. What is not told of
an article is looked for in its date line; what is not found there stays open, but for the date, without which
nothing relative in the text can be resolved.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from musnad.errors import (
    ArticleTooLarge,
    BinaryArticle,
    EmptyArticle,
    MusnadError,
    UndatedArticle,
    UndecodableArticle,
    UnreadableArticle,
)
from musnad.text.folding import fold
from musnad.text.publication import find_publication

__all__ = [
    "ARTICLE_ENDINGS",
    "LARGEST",
    "STDIN",
    "Article",
    "Details",
    "find_articles",
    "make_article",
    "read_articles",
]

STDIN = Path("-")
LARGEST = 50 * 1024 * 1024  # bytes
ARTICLE_ENDINGS = (".txt", ".jsonl")
_ID = re.compile(r"[A-Za-z0-9._-]+")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Details:
    """What is told of an article beside its text; empty where nothing is."""

    id: str = ""
    lang: str = ""
    outlet: str = ""
    title: str = ""
    date: str = ""
    url: str = ""

    def over(self, other: Details) -> Details:
        """Give these details, with those of `other` where these are empty.

        >>> Details(outlet="A").over(Details(outlet="B", date="2024-05-01"))
        Details(id='', lang='', outlet='A', title='', date='2024-05-01', url='')
        """
        return Details(*(getattr(self, name) or getattr(other, name) for name in _KEYS))


_KEYS = Details.__slots__


@dataclass(frozen=True, slots=True)
class Article:
    """One version of a text as published; `lang` is empty where it is to be told by script.

    An article whose outlet nothing names has an outlet of its own, so that two of them never pass for one.
    """

    id: str
    text: str
    date: date
    outlet: str
    lang: str = ""
    title: str = ""
    url: str = ""


def make_article(text: str, details: Details | None = None, *, where: str = "") -> Article:
    r"""Give the article of a text and of what is told of it.

    Raises:
        EmptyArticle: when there is not a word in it.
        ArticleTooLarge: when it is over 50 MB.
        UndatedArticle: when no date is told and its date line has none.
        UnreadableArticle: when a detail is not of its form (a date YYYY-MM-DD, an address http…, an id of
            letters, digits, points, hyphens and underscores).

    >>> article = make_article("2024-05-01 وكالة الساحل- البصرة\n\nفتح الميناء.")
    >>> article.date.isoformat(), article.outlet
    ('2024-05-01', 'وكالة الساحل')
    """
    details = details or Details()
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise UndecodableArticle(
            f"half a character stands at code point {error.start}",
            where=where,
            remedy="Write the text as UTF-8 anew.",
        ) from error
    if size > LARGEST:
        raise _too_large(where)
    if "\x00" in text:
        raise _binary(where)
    if not fold(text).text.strip():
        raise EmptyArticle("there is no text in it", where=where, remedy="Give the article as published.")
    line = find_publication(text)
    day = details.date or line.date
    if not day:
        raise UndatedArticle(
            "no date is given, and none stands in its date line",
            where=where,
            remedy="Give --date YYYY-MM-DD, or a metadata file beside it: NAME.meta.json with `date`.",
        )
    name = details.id or f"article-{sha256(text.encode()).hexdigest()[:12]}"
    _check(details, name, where)
    outlet = details.outlet or line.agency or f"unnamed outlet of {name}"
    return Article(name, text, _day(day, where), outlet, details.lang, details.title, details.url)


def _check(details: Details, name: str, where: str) -> None:
    if not _ID.fullmatch(name):
        raise _unfit("id", name, "letters a to z, digits, points, hyphens and underscores", where)
    if details.lang not in ("", "ar", "en"):
        raise _unfit("lang", details.lang, "ar or en", where)
    if details.url and not _URL.fullmatch(details.url):
        raise _unfit("url", details.url, "an http or https address", where)


def _day(value: str, where: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise _unfit("date", value, "YYYY-MM-DD", where)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _unfit("date", value, "a day of the calendar, YYYY-MM-DD", where) from error


def find_articles(paths: Iterable[Path]) -> Iterator[Path | MusnadError]:
    """Yield the files of articles among `paths`; a folder stands for the .txt and .jsonl in it and below.

    A path that is not there, and a folder without articles, yield an error in their place.
    """
    for path in paths:
        if path == STDIN or path.is_file():
            yield path
        elif path.is_dir():
            inside = sorted(
                file for file in path.rglob("*") if file.suffix in ARTICLE_ENDINGS and file.is_file()
            )
            yield from inside
            if not inside:
                yield UnreadableArticle(
                    "there is no article in this folder",
                    where=str(path),
                    remedy="Articles are files that end in .txt or .jsonl.",
                )
        else:
            yield UnreadableArticle("there is no such file", where=str(path), remedy="Check the path.")


def read_articles(path: Path, told: Details | None = None) -> Iterator[Article | MusnadError]:
    """Yield the articles of a file, or of standard input for `-`; each that cannot be read as its error.

    A file that ends in .jsonl has an article a line: an object with `text` and the keys of `Details`;
    standard input is taken for that when its first line is such an object. Any other file is one text, with
    its details in NAME.meta.json beside it. Other keys are not read. What is `told` goes before both.
    """
    told = told or Details()
    try:
        if path == STDIN:
            yield from _read_stdin(sys.stdin.buffer, told)
        elif path.suffix == ".jsonl":
            with path.open("rb") as file:
                yield from _read_lines(file, told, str(path))
        else:
            yield _read_text(path, told)
    except MusnadError as error:
        yield error
    except OSError as error:
        yield UnreadableArticle(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check the path."
        )


def _read_text(path: Path, told: Details) -> Article:
    where = str(path)
    if path.suffix in (".json", ".html", ".htm"):
        raise UnreadableArticle(
            f"a {path.suffix} file is no plain text",
            where=where,
            remedy="`musnad build` takes records (.json); save a page as text first.",
        )
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    text = _decode(data, where)
    beside = path.with_name(path.name.removesuffix(path.suffix) + ".meta.json")
    details = _details(_object(_whole(beside), str(beside)), str(beside)) if beside.is_file() else Details()
    return make_article(text, told.over(details).over(Details(id=_slug(path.stem))), where=where)


def _whole(path: Path) -> str:
    with path.open("rb") as file:
        return _decode(file.read(LARGEST + 1), str(path))


def _slug(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-") if stem.isascii() else ""


def _read_stdin(stream: BinaryIO, told: Details) -> Iterator[Article | MusnadError]:
    where = "standard input"
    first = stream.readline(LARGEST + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and b'"text"' in first:
        yield _read_line(first, told, f"{where}, line 1")
        yield from _read_lines(stream, told, where, start=2)
    else:
        yield make_article(_decode(first + stream.read(LARGEST + 1 - len(first)), where), told, where=where)


def _read_lines(
    stream: BinaryIO, told: Details, where: str, *, start: int = 1
) -> Iterator[Article | MusnadError]:
    number = start
    found = start > 1
    while line := stream.readline(LARGEST + 1):
        if line.strip():
            found = True
            yield _read_line(line, told, f"{where}, line {number}")
        # The rest of a line that is too long is no line of its own.
        while len(line) > LARGEST and not line.endswith(b"\n") and line:
            line = stream.readline(LARGEST + 1)
        number += 1
    if not found:
        yield EmptyArticle("there is no article in it", where=where, remedy="Give one JSON object a line.")


def _read_line(line: bytes, told: Details, where: str) -> Article | MusnadError:
    try:
        data = _object(_decode(line, where), where)
        text = data.get("text")
        if not isinstance(text, str):
            raise UnreadableArticle(
                "this object has no `text`", where=where, remedy="Put the article into `text`."
            )
        return make_article(text, told.over(_details(data, where)), where=where)
    except MusnadError as error:
        return error


def _decode(data: bytes, where: str) -> str:
    if len(data) > LARGEST:
        raise _too_large(where)
    if b"\x00" in data:
        raise _binary(where)
    try:
        # A byte order mark is no part of the text.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UndecodableArticle(
            f"it is not UTF-8 (byte {error.start})", where=where, remedy="Save it as UTF-8."
        ) from error


def _object(content: str, where: str) -> dict[str, object]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle("this is not JSON", where=where, remedy="Give one JSON object.") from error
    if not isinstance(data, dict):
        raise UnreadableArticle("this is no JSON object", where=where, remedy="Give one JSON object.")
    return data


def _details(data: dict[str, object], where: str) -> Details:
    values = []
    for key in _KEYS:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise _unfit(key, value, "a text", where)
        values.append((value or "").strip())
    return Details(*values)


def _unfit(key: str, value: object, wanted: str, where: str) -> UnreadableArticle:
    return UnreadableArticle(f"`{key}` is {str(value)[:60]!r}", where=where, remedy=f"Write {wanted}.")


def _too_large(where: str) -> ArticleTooLarge:
    return ArticleTooLarge(
        "it is over 50 MB, which is no article", where=where, remedy="Cut it up: one article a file or line."
    )


def _binary(where: str) -> BinaryArticle:
    return BinaryArticle(
        "it holds zero bytes: a binary file, or text in UTF-16",
        where=where,
        remedy="Save the article as plain text in UTF-8.",
    )
