"""From bytes to text: strictly, since every quotation counts code points and nothing may be replaced."""

from __future__ import annotations

import codecs
import re

from musnad.errors import ArticleTooLarge, BinaryArticle, MusnadError, UndecodableArticle

__all__ = ["LARGEST", "binary", "decode", "decode_page", "refuse_large"]

LARGEST = 50 * 1024 * 1024  # bytes
# How PDF, ZIP (docx, odt), PNG, JPEG, GIF, gzip and OLE (doc) files begin.
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
_PRESCAN = 4096  # bytes; browsers look for the declaration in the first 1024
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# What pages call Latin-1 is read as its superset (WHATWG Encoding, 4.2 Names and labels).
_LATIN_1 = frozenset(["iso8859-1", "ascii"])


def decode(data: bytes, where: str) -> str:
    r"""Decode a text in UTF-8, without its byte order mark, which is no part of it.

    Raises `ArticleTooLarge` over 50 MB, `BinaryArticle` for other files than text, and `UndecodableArticle`.

    >>> decode("\ufeffميناء".encode(), "a.txt")
    'ميناء'
    """
    _refuse(data, where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UndecodableArticle(
            f"it is not UTF-8 (byte {error.start})", where=where, remedy="Save it as UTF-8."
        ) from error


def decode_page(data: bytes, where: str, *, charset: str = "") -> str:
    """Decode a page: by its byte order mark, the `charset` it was sent with, its own declaration, or UTF-8.

    Raises what `decode` raises.

    >>> decode_page('<meta charset="windows-1256"><p>ميناء'.encode("cp1256"), "a.html")[-5:]
    'ميناء'
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = "utf-16"
    else:
        _refuse(data, where)
        declared = _DECLARED.search(data[:_PRESCAN])
        named = charset or (declared[1].decode("ascii", "replace") if declared else "utf-8")
        if data.startswith(codecs.BOM_UTF8):
            named = "utf-8"
    try:
        codec = codecs.lookup(named).name
        return data.decode("cp1252" if codec in _LATIN_1 else codec.replace("utf-8", "utf-8-sig"))
    except UnicodeDecodeError as error:
        what, remedy = (
            f"it is not the {named} it calls itself (byte {error.start})",
            "Save the page as UTF-8.",
        )
        raise UndecodableArticle(what, where=where, remedy=remedy) from error
    except (LookupError, ValueError) as error:
        what, remedy = f"it is in an unknown encoding, {named[:40]!r}", "Save the page as UTF-8."
        raise UndecodableArticle(what, where=where, remedy=remedy) from error


def refuse_large(size: int, where: str, *, largest: int = LARGEST) -> None:
    """Raise `ArticleTooLarge` where `size` is over `largest`, both in bytes."""
    if size > largest:
        raise ArticleTooLarge(
            f"it is over {largest // 1024**2} MB, which is no article",
            where=where,
            remedy="Cut it up: one article a file or line.",
        )


def _refuse(data: bytes, where: str) -> None:
    refuse_large(len(data), where)
    if b"\x00" in data or data.startswith(_SIGNATURES):
        raise binary(where)


def binary(where: str) -> MusnadError:
    """Give the error of a text that is no text."""
    return BinaryArticle(
        "it is no text: a picture, a document, an archive, or text in UTF-16",
        where=where,
        remedy="Save the article as plain text in UTF-8.",
    )
