"""What the pages say, in English and Arabic, from words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from musnad.findings import Text

LANGUAGES = ("en", "ar")


@cache
def words() -> dict[str, Text]:
    """Give the words of the pages by their keys."""
    source = files("musnad.views.explorer").joinpath("words.yaml").read_text(encoding="utf-8")
    return {key: Text(**texts) for key, texts in yaml.safe_load(source).items()}


def say(key: str, language: str, *values: object) -> str:
    """Give a word in a language, with values put in; raises KeyError for a key that there is none of."""
    return words()[key].in_language(language).format(*values)


def preferred(accept: str | None) -> str:
    """Give the language of the pages that an Accept-Language header asks for; English where it asks for none.

    >>> preferred("fr, ar-IQ;q=0.9, en;q=0.8")
    'ar'
    """
    wanted: list[tuple[float, str]] = []
    for part in (accept or "").lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0]
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and weight > 0:
            wanted.append((-weight, language))
    return min(wanted, key=lambda pair: pair[0])[1] if wanted else "en"
