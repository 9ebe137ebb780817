"""The words that several views use for kinds of sources, for stands and for kinds of findings."""

from __future__ import annotations

from musnad.findings import Text

KINDS = {
    "namedPerson": Text("named person", "شخص مسمى"),
    "office": Text("office", "صاحب منصب"),
    "organisation": Text("organisation", "منظمة"),
    "collective": Text("collective", "جماعة من الناس"),
    "anonymous": Text("anonymous source", "مصدر مجهول"),
    "outlet": Text("outlet", "وسيلة إعلام"),
}
"""The kinds of sources, as the vocabulary's labels have them (a test compares)."""
STANDS = {
    "affirmed": Text("affirmed", "مثبت"),
    "denied": Text("denied", "منفي"),
    "asserted": Text("asserted", "مؤكد"),
    "planned": Text("planned", "مخطط له"),
    "possible": Text("possible", "ممكن"),
    "undetermined": Text("undetermined", "غير محسوم"),
    "speaker": Text("speaker", "المتكلم"),
    "relay": Text("relay", "الناقل"),
    "publisher": Text("publisher", "الناشر"),
    "unnamedLink": Text("someone unnamed", "من لم يُسمَّ"),
}
MODES = {
    "direct": Text("direct", "مباشر"),
    "indirect": Text("indirect", "غير مباشر"),
    "mixed": Text("mixed", "مختلط"),
}
FAMILIES = {
    "agreement": Text("✓ agreement", "✓ توافق"),
    "conflict": Text("✗ conflict", "✗ تعارض"),
    "tension": Text("~ tension", "~ توتر"),
    "non-conflict": Text("○ no conflict", "○ لا تعارض"),
}
"""What the kinds of findings begin with, each with the sign that stands for it."""


def stand_of(polarity: str, modality: str, language: str) -> str:
    """Say how a source stands to what it says, with a sign where it denies it.

    >>> stand_of("denied", "asserted", "en")
    '✗ denied, asserted'
    """
    words = [STANDS[polarity].in_language(language), STANDS[modality].in_language(language)]
    return ("✗ " if polarity == "denied" else "") + ("، " if language == "ar" else ", ").join(words)
