"""Propositions and claims as sentences, from the phrases that the domains give their predicates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from musnad.graph.wording.times import GRAMMARS, say_time
from musnad.graph.wording.values import Amount, Language, Moment, Number, Said

_PLACES: Final = re.compile(r"\{(subject|value|place|role)\}")


def say_claim(
    said: Said, language: Language, *, polarity: str = "affirmed", modality: str = "asserted"
) -> str:
    """Give a claim as a sentence: what is said, and the stand taken towards it.

    >>> from musnad.graph.wording import Name
    >>> forces, town = Name("f", en="forces", ar="القوات"), Name("t", en="the town", ar="البلدة")
    >>> phrase = Name("p", en="{subject} leave {value}", ar="{subject} تغادر {value}")
    >>> say_claim(Said(phrase, forces, (town,)), "en", polarity="denied")
    'it is denied that forces leave the town'
    >>> say_claim(Said(phrase, forces, (town,)), "ar", polarity="denied")
    'يُنفى أن القوات تغادر البلدة'
    """
    grammar = GRAMMARS[language]
    pattern: str = grammar.STANDS[polarity, modality]
    if (polarity, modality) == ("affirmed", "undetermined") and _lacks_value(said):
        pattern = grammar.OPEN_QUESTION
    if modality == "planned" and said.time == Moment(tense="future"):
        said = replace(said, time=None)  # every plan is of the future
    return pattern.format(say_proposition(said, language))


def say_proposition(said: Said, language: Language) -> str:
    """Give a proposition as a sentence without the stand taken towards it.

    The value, subject, place and role go where the predicate's phrase has room for them; what it has no
    room for follows: the time, and in brackets the place, phase, role and tense that limit it.
    """
    grammar = GRAMMARS[language]
    template = said.phrase.in_language(language)
    time = say_time(said.time, language) if said.time and said.time.edtf else ""
    words = {
        "subject": said.subject.in_language(language),
        "value": _say_value(said, language),
        "place": said.place.in_language(language) if said.place else grammar.BLANK,
        "role": said.role.in_language(language) if said.role else grammar.BLANK,
    }
    if said.asks_time and time:
        template = _yield_preposition(template, grammar.PREPOSITIONS)
    # One pass over the template: braces within a name are the name's own.
    sentence = _PLACES.sub(lambda found: words[found[1]], template)
    if time and not said.asks_time:
        sentence = f"{sentence} {time}"
    opening, comma, closing = grammar.SCOPE
    scope = _scope(said, language, template)
    return f"{sentence}{opening}{comma.join(scope)}{closing}" if scope else sentence


def say_amount(amount: Amount, language: Language) -> str:
    """Give a quantity with its unit, as it was put.

    >>> from musnad.graph.wording import Name
    >>> person = Name("person", en="person", ar="شخص")
    >>> amount = Amount("max", person, value=500, lower=0, upper=499)
    >>> say_amount(amount, "en"), say_amount(amount, "ar")
    ('fewer than 500 persons', 'أقل من 500 شخص')
    """
    grammar = GRAMMARS[language]
    noun = amount.unit.in_language(language)
    if amount.kind == "vague" and amount.policy in grammar.VAGUE:
        vague: str = grammar.VAGUE[amount.policy].format(grammar.plural_of_many(noun))
        return vague
    wording, numbers = _bounds(amount)
    if not numbers:
        unknown: str = grammar.UNKNOWN_AMOUNT.format(grammar.plural_of_many(noun))
        return unknown
    written = [*map(grammar.write_number, numbers[:-1]), grammar.count(numbers[-1], noun)]
    pattern: str = grammar.AMOUNTS[wording]
    return pattern.format(*written)


def join_names(names: list[str], language: Language) -> str:
    """Give a list in words.

    >>> join_names(["A", "B", "C"], "en"), join_names(["أ", "ب"], "ar")
    ('A, B and C', 'أ وب')
    """
    comma, conjunction = GRAMMARS[language].AND
    if len(names) < 2:
        return "".join(names)
    listed: str = comma.join(names[:-1])
    return f"{listed}{conjunction}{names[-1]}"


def _say_value(said: Said, language: Language) -> str:
    grammar = GRAMMARS[language]
    if said.implied:
        return say_proposition(said.implied, language)
    if said.values:
        listed = join_names([name.in_language(language) for name in said.values], language)
        return f"{listed}{grammar.ONLY}" if said.closed else listed
    if said.amount:
        return say_amount(said.amount, language)
    if said.asks_time and said.time and said.time.edtf:
        return say_time(said.time, language)
    if said.unit:
        return f"{grammar.BLANK} {grammar.plural_of_many(said.unit.in_language(language))}"
    return str(grammar.BLANK)


def _lacks_value(said: Said) -> bool:
    """Tell whether the phrase asks for a value that is not there."""
    dated = said.asks_time and said.time is not None and said.time.edtf is not None
    given = said.values or said.amount or said.implied or dated
    return "{value}" in said.phrase.in_language("en") and not given


def _bounds(amount: Amount) -> tuple[str, list[Number]]:
    """Give the wording of a quantity and the numbers that stand in it.

    A bound that lies one short of the number put ("fewer than 500" is 0 to 499), or is open, is strict.
    """
    value, lower, upper = amount.value, amount.lower, amount.upper
    if amount.kind == "min":
        number = lower if value is None else value
        strict = amount.lower_open or (None not in (value, lower) and lower != value)
        return ("more-than" if strict else "at-least"), [] if number is None else [number]
    if amount.kind == "max":
        number = upper if value is None else value
        strict = amount.upper_open or (None not in (value, upper) and upper != value)
        return ("fewer-than" if strict else "at-most"), [] if number is None else [number]
    if amount.kind in ("range", "vague"):
        return "range", [] if lower is None or upper is None else [lower, upper]
    number = lower if value is None else value
    return ("approx" if amount.kind == "approx" else "exact"), [] if number is None else [number]


def _scope(said: Said, language: Language, template: str) -> list[str]:
    grammar = GRAMMARS[language]
    scope: list[str] = []
    if said.place and "{place}" not in template:
        scope.append(said.place.in_language(language))
    if said.phase is not None:
        scope.append((grammar.LAST_PHASE if said.last_phase else grammar.PHASE).format(said.phase))
    if said.role and "{role}" not in template:
        scope.append(grammar.ROLE.format(said.role.in_language(language)))
    if said.time and not said.time.edtf:
        scope.append(say_time(said.time, language))
    return [limit for limit in scope if limit]


def _yield_preposition(template: str, prepositions: tuple[str, ...]) -> str:
    """Leave the phrase's preposition out where the time brings its own: "happens on {value}"."""
    before, place, after = template.partition("{value}")
    words, _, last = before.rstrip().rpartition(" ")
    return f"{words} {place}{after}" if place and last in prepositions else template
