"""Errors of reading articles (M6xx)."""

from __future__ import annotations

from musnad.errors.base import MusnadError


class LexiconError(MusnadError):
    """A table of language data that cannot be read, or a language without tables."""

    code = "M601"


class EmptyArticle(MusnadError):
    """There is not a word in the text."""

    code = "M602"


class BinaryArticle(MusnadError):
    """The file is no text: it is binary, or text in UTF-16."""

    code = "M603"


class UndecodableArticle(MusnadError):
    """The text is not UTF-8."""

    code = "M604"


class ArticleTooLarge(MusnadError):
    """The text is over 50 MB."""

    code = "M605"


class UndatedArticle(MusnadError):
    """No date of publication is given, and the text has none in its date line."""

    code = "M606"


class UnreadableArticle(MusnadError):
    """The file is missing, is no article, or what is told of the article is not of its form."""

    code = "M607"


class MissingExtra(MusnadError):
    """What was asked for needs a package that comes with an extra, and that is not installed."""

    code = "M608"


class UnfetchedArticle(MusnadError):
    """The address a person gave has no answer, or not the page."""

    code = "M609"


class UnknownLanguage(MusnadError):
    """The text is neither Arabic nor English."""

    code = "M610"


class ReadingFailed(MusnadError):
    """The reader itself failed on an article: an error of musnad's, or too little memory."""

    code = "M611"
