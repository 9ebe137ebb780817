"""Records as JSON, both ways: the closed schema, the offsets a reviewer may leave out, canonical order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from musnad.errors import InvalidRecord, Problem, UnreadableRecord
from musnad.record.checks import find_problems
from musnad.record.model import Record, Source
from musnad.record.spans import fill_offsets

_TYPE_NAMES = {"object": "an object", "array": "a list", "string": "a text", "integer": "a whole number"}


@cache
def record_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the record; it is closed: no key beside those it names."""
    text = (files("musnad.record") / "record.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def load_record(path: Path) -> Record:
    """Read the record at `path`; `text_file` is taken from the record's own folder.

    Raises `UnreadableRecord` when there is no JSON or no text to read, `InvalidRecord` with every
    problem when the record breaks its form or does not fit its article.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableRecord(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableRecord(
            f"the file is not UTF-8 (byte {error.start})", where=str(path), remedy="Save it as UTF-8."
        ) from error
    return parse_record(content, folder=path.parent, where=str(path))


def parse_record(content: str, *, folder: Path | None = None, where: str = "") -> Record:
    """Read a record from its JSON text; see `load_record` for what is raised."""
    try:
        data = json.loads(content)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f" (line {error.lineno}, column {error.colno})" if isinstance(error, ValueError) else ""
        raise UnreadableRecord(
            f"this is not JSON{line}", where=where, remedy="A record is one JSON object; see docs/record.md."
        ) from error
    problems = _form_problems(data)
    if problems:
        raise InvalidRecord(problems, where=where)
    data["text"] = _article_text(data.pop("text_file", None), data.get("text"), folder, where)
    problems = fill_offsets(data)
    if problems:
        raise InvalidRecord(problems, where=where)
    record = canonical_order(_converter().structure(data, Record))
    problems = find_problems(record)
    if problems:
        raise InvalidRecord(problems, where=where)
    return record


def dump_record(record: Record) -> str:
    """Write a record as JSON: canonical order, two spaces, letters as they are, a newline at the end."""
    data = _converter().unstructure(canonical_order(record))
    for statement in data["statements"]:
        statement.setdefault("cue", None)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def canonical_order(record: Record) -> Record:
    """Sort what has no order of its own, so that equal readings are equal values."""

    def by_id(items: Any) -> Any:
        return tuple(sorted(items, key=lambda item: natural_key(item.id)))

    statements = []
    for statement in by_id(record.statements):
        claims = tuple(
            replace(claim, proposition=_sorted_members(claim.proposition), rules=tuple(sorted(claim.rules)))
            for claim in by_id(statement.claims)
        )
        # A hand without a name has no other kind than that.
        via = tuple(relay if relay.agent else replace(relay, kind="anonymous") for relay in statement.via)
        statements.append(replace(statement, claims=claims, via=via))
    entities = (
        replace(entity, within=tuple(sorted(entity.within)), same_as=tuple(sorted(entity.same_as)))
        for entity in record.entities
    )
    sources = list(record.sources)
    if not any(source.kind == "outlet" and source.canonical == record.outlet for source in sources):
        sources.append(Source(record.outlet, "outlet"))
    return replace(
        record,
        sources=tuple(sorted(sources, key=lambda source: (source.kind, source.canonical))),
        entities=by_id(entities),
        statements=tuple(statements),
        quantities=by_id(record.quantities),
        dates=by_id(record.dates),
        places=by_id(record.places),
        alignments=by_id(record.alignments),
    )


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order names as people do: s2 before s10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), part) if part[0] in "0123456789" else (1, 0, part) for part in parts)


def _sorted_members(proposition: Any) -> Any:
    implied = proposition.implies and _sorted_members(proposition.implies)
    return replace(proposition, members=tuple(sorted(proposition.members)), implies=implied)


def _article_text(text_file: str | None, text: str | None, folder: Path | None, where: str) -> str:
    if text is not None:
        return text
    if folder is None or text_file is None:
        raise UnreadableRecord(
            "the record names its text by file, and there is no folder to look in",
            where=where,
            remedy="Put the article into the record as `text`.",
        )
    path = (folder / text_file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise UnreadableRecord(
            f"text_file {text_file!r} leads out of the record's folder",
            where=where,
            remedy="Keep the article beside its record.",
        )
    try:
        # newline="" keeps the text as it was decoded: offsets must not move with line ends.
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableRecord(
            f"the article text {text_file!r} cannot be read: {error}",
            where=where,
            remedy="Check `text_file`; the text must be UTF-8.",
        ) from error


@cache
def _converter() -> Any:
    # Imported here: cattrs builds its code at first use, and `musnad --help` needs none of it.
    import cattrs

    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
    # The schema has checked the types; a number stays the number it was written as.
    converter.register_structure_hook(int | float, lambda value, _: _number(value))
    converter.register_structure_hook(int | float | None, lambda value, _: _number(value))
    return converter


def _number(value: float | None) -> int | float | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _form_problems(data: object) -> list[Problem]:
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(record_schema()).iter_errors(data)
    in_order = sorted(errors, key=lambda error: [str(step) for step in error.path])
    return [_form_problem(error, data) for error in in_order]


def _form_problem(error: Any, data: object) -> Problem:
    where = _place(list(error.absolute_path), data)
    match error.validator:
        case "required":
            missing = re.findall(r"'(\w+)' is a required", error.message)
            name = missing[0] if missing else "a key"
            allowed = _allowed(error.schema.get("properties", {}).get(name, {}))
            return Problem(where, f"`{name}` is missing.", f"Add it{allowed}.")
        case "additionalProperties":
            extra = ", ".join(f"`{name}`" for name in re.findall(r"'([^']+)'", error.message))
            known = ", ".join(sorted(error.schema.get("properties", {})))
            return Problem(where, f"{extra} is not a key here.", f"Remove it; known keys: {known}.")
        case "enum":
            return Problem(
                where, f"{error.instance!r} is not a value here.", f"Write{_allowed(error.schema)}."
            )
        case "oneOf" if error.schema.get("title") == "musnad record":
            return Problem(
                where, "the article's text is missing or given twice.", "Give `text` or `text_file`."
            )
        case "type":
            wanted = _TYPE_NAMES.get(str(error.validator_value), str(error.validator_value))
            return Problem(where, f"{_shown(error.instance)} is not {wanted}.", f"Write {wanted}.")
        case "pattern":
            return Problem(
                where,
                f"{_shown(error.instance)} has the wrong form.",
                f"It must match {error.validator_value}.",
            )
        case _:
            return Problem(where, f"{error.message[:200]}.", "See docs/record.md.")


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
            names[-1] = (
                f"{names[-1].removesuffix('s')} {value.get('id') or value.get('canonical') or step + 1}"
            )
        else:
            names.append(str(step))
    return ", ".join(names) or "record"
