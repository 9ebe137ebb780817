"""What the review pages say beyond the words of the other pages, in English and Arabic, from words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from musnad.findings import Text
from musnad.views.explorer import words as explorer


@cache
def words() -> dict[str, Text]:
    """Give the words of the review pages by their keys."""
    source = files("musnad.views.review").joinpath("words.yaml").read_text(encoding="utf-8")
    return {key: Text(**texts) for key, texts in yaml.safe_load(source).items()}


def say(key: str, language: str, *values: object) -> str:
    """Give a word in a language, with values put in; raises KeyError for a key that there is none of."""
    known = words().get(key)
    return known.in_language(language).format(*values) if known else explorer.say(key, language, *values)
