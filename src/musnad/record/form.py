"""The form of a record: the closed schema, and what breaks it in a reader's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from musnad.errors import Problem

_TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@cache
def record_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the record; it is closed: no key beside those it names."""
    text = (files("musnad.record") / "record.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def find_form_problems(data: object) -> list[Problem]:
    """List every way in which `data`, read from JSON, breaks the schema, ordered by place.

    Raises `ValueError` for a text with half a character in it (JSON can write one surrogate alone), and
    `RecursionError` for what nests too deeply.
    """
    half = _HALF_CHARACTER.search(json.dumps(data, ensure_ascii=False))
    if half:
        raise ValueError(f"half a character, \\u{ord(half[0]):x}, stands in a text")
    errors = list(_single_errors(_validator().iter_errors(data)))
    order = {id(error): [_position(step) for step in error.absolute_path] for error in errors}
    return [_form_problem(error, data) for error in sorted(errors, key=lambda error: order[id(error)])]


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, ValidationError, validators

    def match_whole(
        validator: Any, pattern: str, instance: object, schema: object
    ) -> Iterator[ValidationError]:
        # In Python `$` lets a line end follow, and `re.search` is what jsonschema uses.
        if isinstance(instance, str) and not re.fullmatch(pattern, instance):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")

    extend: Any = validators.extend
    return extend(Draft202012Validator, {"pattern": match_whole})(record_schema())


def _single_errors(errors: Iterable[Any]) -> Iterator[Any]:
    """Give, for something that may be null, what is wrong with what stands there instead."""
    for error in errors:
        meant = [inner for inner in error.context or () if inner.schema_path[0] == 0]
        if error.validator == "oneOf" and error.absolute_path and meant:
            yield from _single_errors(meant)
        else:
            yield error


def _position(step: str | int) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (-1, step)


def _form_problem(error: Any, data: object) -> Problem:
    where = _place(list(error.absolute_path), data)
    match error.validator:
        case "required":
            # One error a key; its message is all that tells which.
            name = error.message.split("'")[1]
            allowed = _allowed(error.schema.get("properties", {}).get(name, {}))
            return Problem(where, f"`{name}` is missing.", f"Add it{allowed}.")
        case "additionalProperties":
            known = sorted(error.schema["properties"])
            extra = ", ".join(f"`{name}`" for name in error.instance if name not in known)
            return Problem(
                where, f"{extra} is not a key here.", f"Remove it; known keys: {', '.join(known)}."
            )
        case "enum":
            return Problem(
                where, f"{error.instance!r} is not a value here.", f"Write{_allowed(error.schema)}."
            )
        case "oneOf" if not error.absolute_path:
            return Problem(
                where, "the article's text is missing or given twice.", "Give `text` or `text_file`."
            )
        case "type":
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in _listed(error.validator_value))
            return Problem(where, f"{_shown(error.instance)} is not {wanted}.", f"Write {wanted}.")
        case "pattern":
            return Problem(
                where,
                f"{_shown(error.instance)} has the wrong form.",
                f"It must match {error.validator_value}.",
            )
        case "minLength" | "minItems":
            return Problem(where, "this is empty or too short.", "Fill it in, or leave the key out.")
        case "minimum" | "maximum":
            bound = "at least" if error.validator == "minimum" else "at most"
            return Problem(
                where,
                f"{_shown(error.instance)} is out of range.",
                f"It must be {bound} {error.validator_value}.",
            )
        case "uniqueItems":
            return Problem(where, "something is listed twice.", "List each once.")
        case _:
            return Problem(where, f"{error.message[:200]}.", "See docs/record.md.")


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _allowed(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        schema = record_schema()["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    values = schema.get("enum")
    return f": one of {', '.join(map(str, values))}" if values else ""


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _place(path: list[str | int], data: object) -> str:
    """Name a place in the record as a reader would: by the ids on the way, not by list positions."""
    names: list[str] = []
    value: Any = data
    for step in path:
        value = value[step]
        if isinstance(step, int) and isinstance(value, dict):
            noun = (
                names[-1].removesuffix("ies") + "y"
                if names[-1].endswith("ies")
                else names[-1].removesuffix("s")
            )
            names[-1] = f"{noun} {value.get('id') or value.get('canonical') or step + 1}"
        else:
            names.append(str(step))
    return ", ".join(names) or "record"
