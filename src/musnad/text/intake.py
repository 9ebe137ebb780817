"""Articles as they come: text files with or without metadata, saved pages, JSON Lines, folders, and more.

The rest is standard input, and an address a person names. What cannot be read is given as its error, in its
place, and the rest goes on.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from musnad.errors import EmptyArticle, MusnadError, UnfetchedArticle, UnreadableArticle
from musnad.text.article import Article, Details, details_of, is_address, make_article
from musnad.text.decoding import LARGEST, decode
from musnad.text.fetching import fetch
from musnad.text.pages import PAGE_ENDINGS, is_page, read_page
from musnad.text.storage import find_files, is_stored, open_stored, read_rows

__all__ = [
    "ARTICLE_ENDINGS",
    "ARTICLE_KINDS",
    "MANY_ENDINGS",
    "STDIN",
    "Given",
    "find_articles",
    "is_part_of_page",
    "leads_out",
    "read_articles",
    "read_stream",
]

STDIN = "-"
ARTICLE_ENDINGS = (".txt", ".jsonl", ".parquet", *PAGE_ENDINGS)
ARTICLE_KINDS = "Articles are files that end in .txt, .jsonl, .parquet, .html or .htm."
MANY_ENDINGS = (".jsonl", ".parquet")  # files of many articles each
_NO_ARTICLES = (".json", ".ttl", ".trig", ".nq", ".nt")
_TEXT_TYPES = ("", "text/plain")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")

Given = Path | str
"""What a person hands over: a path, `-` for standard input, an http or https address, or one of a storage
(`s3://…`), where JSON Lines and Parquet are read."""


def find_articles(given: Iterable[Given]) -> Iterator[Given | MusnadError]:
    """Yield the files of articles among what is given; a folder stands for those in it and below.

    The folder NAME_files beside a saved page NAME.html holds parts of the page and no articles. A path that
    is not there, and a folder without articles, yield an error in their place.
    """
    for item in given:
        path = Path(item)
        if str(item) == STDIN or is_address(str(item)):
            yield str(item)
        elif is_stored(str(item)):
            yield from find_stored(str(item))
        elif path.is_dir():
            inside = sorted(file for file in path.rglob("*") if _is_article(file, path))
            yield from (_led_out(file) if leads_out(file, path) else file for file in inside)
            if not inside:
                yield UnreadableArticle(
                    "there is no article in this folder", where=str(path), remedy=ARTICLE_KINDS
                )
        elif path.exists():
            yield path
        else:
            yield UnreadableArticle("there is no such file", where=str(path), remedy="Check the path.")


def find_stored(address: str) -> Iterator[Given | MusnadError]:
    """Yield the files of articles at an address of a storage, or the error in their place."""
    try:
        yield from find_files(address, MANY_ENDINGS)
    except MusnadError as error:
        yield error


def leads_out(file: Path, root: Path) -> bool:
    """Whether a file below `root` is a link to something that is not: nobody named that."""
    return file.is_symlink() and not file.resolve().is_relative_to(root.resolve())


def _led_out(file: Path) -> UnreadableArticle:
    return UnreadableArticle(
        "this is a link that leads out of the folder",
        where=str(file),
        remedy="Name the file it leads to, or put a copy there.",
    )


def is_part_of_page(file: Path, root: Path) -> bool:
    """Whether a file below `root` lies in the folder of parts that browsers save beside a page."""
    return any(
        folder.name.endswith("_files")
        and any(
            folder.with_name(folder.name.removesuffix("_files") + ending).is_file() for ending in PAGE_ENDINGS
        )
        for folder in file.parents
        if folder.is_relative_to(root) and folder != root
    )


def _is_article(file: Path, root: Path) -> bool:
    return file.suffix.lower() in ARTICLE_ENDINGS and file.is_file() and not is_part_of_page(file, root)


def read_articles(given: Given, told: Details | None = None) -> Iterator[Article | MusnadError]:
    """Yield the articles of a file, an address, or standard input; each that cannot be read as its error.

    A file that ends in .jsonl has an article a line: an object with `text` and the keys of `Details`; one
    that ends in .parquet has one a row, in columns of these names; a .html or .htm file is a page, with its
    own metadata. Any other file is one text. NAME.meta.json beside either goes before what is found in it,
    and what is `told` before both. Other keys are not read.
    """
    told = told or Details()
    try:
        if str(given) == STDIN:
            yield from read_stream(sys.stdin.buffer, told)
        elif is_address(str(given)):
            yield _read_address(str(given), told)
        elif str(given).lower().endswith(".parquet"):
            for number, row in enumerate(read_rows(str(given), ("text", *Details.__slots__)), 1):
                yield _read_object(row, told, f"{given}, row {number}")
        elif str(given).lower().endswith(".jsonl"):
            with open_stored(str(given)) as file:
                yield from _read_lines(file, told, str(given))
        else:
            yield _read_file(Path(given), told)
    except MusnadError as error:
        yield error
    except OSError as error:
        yield UnreadableArticle(
            f"the file cannot be read ({error.strerror})", where=str(given), remedy="Check the path."
        )


def read_stream(stream: BinaryIO, told: Details) -> Iterator[Article | MusnadError]:
    """Yield the articles of a stream: JSON Lines if its first line is an article, else a page or a text."""
    where = "standard input"
    first = stream.readline(LARGEST + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and b'"text"' in first:
        yield _read_line(first, told, f"{where}, line 1")
        yield from _read_lines(stream, told, where, start=2)
        return
    data = first + stream.read(LARGEST + 1 - len(first))
    try:
        if is_page(data):
            yield _article_of_page(data, told, where)
        else:
            yield make_article(decode(data, where), told, where=where)
    except MusnadError as error:
        yield error


def _read_file(path: Path, told: Details) -> Article:
    where = str(path)
    ending = path.suffix.lower()
    if ending in _NO_ARTICLES:
        raise UnreadableArticle(
            f"a {ending} file is no article", where=where, remedy="Records and graphs go into `musnad build`."
        )
    data = _bytes(path)
    beside = path.with_name(path.name.removesuffix(path.suffix) + ".meta.json")
    if beside.is_file():
        meta = str(beside)
        told = told.over(details_of(_object(decode(_bytes(beside), meta), meta), meta))
    named = Details(id=_slug(path.stem))
    if ending in PAGE_ENDINGS:
        return _article_of_page(data, told, where, otherwise=named)
    return make_article(decode(data, where), told.over(named), where=where)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _slug(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-") if stem.isascii() else ""


def _article_of_page(
    data: bytes, told: Details, where: str, *, charset: str = "", otherwise: Details | None = None
) -> Article:
    text, found = read_page(data, where, charset=charset)
    return make_article(text, told.over(found).over(otherwise or Details()), where=where)


def _read_address(address: str, told: Details) -> Article:
    page = fetch(address)
    if page.media_type in _PAGE_TYPES or (page.media_type in _TEXT_TYPES and is_page(page.data)):
        found = Details(url=page.address)
        return _article_of_page(page.data, told, address, charset=page.charset, otherwise=found)
    if page.media_type in _TEXT_TYPES:
        return make_article(decode(page.data, address), told.over(Details(url=page.address)), where=address)
    raise UnfetchedArticle(
        f"the answer is {page.media_type}, and no page or text",
        where=address,
        remedy="Give the address of the article itself.",
    )


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
        return _read_object(_object(decode(line, where), where), told, where)
    except MusnadError as error:
        return error


def _read_object(data: Mapping[str, object], told: Details, where: str) -> Article | MusnadError:
    try:
        text = data.get("text")
        if not isinstance(text, str):
            raise UnreadableArticle(
                "this object has no `text`", where=where, remedy="Put the article into `text`."
            )
        return make_article(text, told.over(details_of(data, where)), where=where)
    except MusnadError as error:
        return error


def _object(content: str, where: str) -> dict[str, object]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle("this is not JSON", where=where, remedy="Give one JSON object.") from error
    if not isinstance(data, dict):
        raise UnreadableArticle("this is no JSON object", where=where, remedy="Give one JSON object.")
    return data
