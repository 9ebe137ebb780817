"""Records as JSON, both ways: the closed schema, the offsets a reviewer may leave out, canonical order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from musnad.errors import InvalidRecord, UnreadableRecord
from musnad.record.checks import find_problems
from musnad.record.form import find_form_problems
from musnad.record.model import Claim, Number, Record, Source
from musnad.record.spans import fill_offsets


def load_record(path: Path) -> Record:
    """Read the record at `path`; `text_file` is taken from the record's own folder.

    Raises `UnreadableRecord` when there is no JSON or no text to read, `InvalidRecord` with every
    problem when the record breaks its form or does not fit its article.
    """
    try:
        # Some editors begin a UTF-8 file with U+FEFF; it is no part of the JSON.
        content = path.read_text(encoding="utf-8-sig")
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
        data = json.loads(content, parse_constant=_refuse_constant)
        problems = find_form_problems(data)
    except json.JSONDecodeError as error:
        raise UnreadableRecord(
            f"this is not JSON (line {error.lineno}, column {error.colno})",
            where=where,
            remedy="A record is one JSON object; see docs/record.md.",
        ) from error
    except (RecursionError, ValueError) as error:
        what = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
        raise UnreadableRecord(
            f"this is not JSON that a record can be read from: {what}",
            where=where,
            remedy="A record is one JSON object; see docs/record.md.",
        ) from error
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
    # What is nothing is left out, but for three keys that the schema wants to see.
    for statement in data.setdefault("statements", []):
        statement.setdefault("cue", None)
        for relay in statement.get("via", ()):
            relay.setdefault("agent", None)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def canonical_order(record: Record) -> Record:
    """Sort what has no order of its own, so that equal readings are equal values."""

    def by_id(items: Any) -> Any:
        return tuple(sorted(items, key=lambda item: natural_key(item.id)))

    values = {mention.id: mention.meaning for mention in record.quantities}
    times = {mention.id: mention.edtf for mention in record.dates}
    statements = []
    for statement in by_id(record.statements):
        claims = tuple(_ordered_claim(claim, values, times) for claim in by_id(statement.claims))
        # A hand without a name has no other kind than that.
        via = tuple(relay if relay.agent else replace(relay, kind="anonymous") for relay in statement.via)
        changed = claims != statement.claims or via != statement.via
        statements.append(replace(statement, claims=claims, via=via) if changed else statement)
    entities = (
        replace(entity, within=tuple(sorted(entity.within)), same_as=tuple(sorted(entity.same_as)))
        if len(entity.within) > 1 or len(entity.same_as) > 1
        else entity
        for entity in record.entities
    )
    sources = list(record.sources)
    if not any(source.canonical == record.outlet for source in sources):
        sources.append(Source(record.outlet, "outlet"))
    quantities = (
        replace(
            mention, value=_number(mention.value), lower=_number(mention.lower), upper=_number(mention.upper)
        )
        if float in (type(mention.value), type(mention.lower), type(mention.upper))
        else mention
        for mention in record.quantities
    )
    return replace(
        record,
        sources=tuple(sorted(sources, key=lambda source: (source.kind, source.canonical))),
        entities=by_id(entities),
        statements=tuple(statements),
        quantities=by_id(quantities),
        dates=by_id(record.dates),
        places=by_id(record.places),
        alignments=by_id(record.alignments),
    )


@lru_cache(maxsize=4096)
def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order names as people do: s2 before s10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), part) if part[0] in "0123456789" else (1, 0, part) for part in parts)


def _ordered_claim(claim: Claim, values: Mapping[str, object], times: Mapping[str, str]) -> Claim:
    outer = claim.proposition
    if len(outer.members) > 1:
        outer = replace(outer, members=tuple(sorted(outer.members)))
    if outer.implies:
        inner = replace(outer.implies, members=tuple(sorted(outer.implies.members)))
        # Which of two mentions of one value the implied proposition takes says nothing: the later one.
        if _share(outer.quantity, inner.quantity, values):
            first, second = sorted((outer.quantity or "", inner.quantity or ""), key=natural_key)
            outer, inner = replace(outer, quantity=first), replace(inner, quantity=second)
        if _share(outer.time, inner.time, times):
            first, second = sorted((outer.time or "", inner.time or ""), key=natural_key)
            outer, inner = replace(outer, time=first), replace(inner, time=second)
        outer = replace(outer, implies=inner)
    rules = tuple(sorted(claim.rules))
    if outer is claim.proposition and rules == claim.rules:
        return claim
    return replace(claim, proposition=outer, rules=rules)


def _share(one: str | None, other: str | None, meanings: Mapping[str, object]) -> bool:
    return one in meanings and other in meanings and meanings[one or ""] == meanings[other or ""]


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
            article = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableRecord(
            f"the article text {text_file!r} cannot be read: {error}",
            where=where,
            remedy="Check `text_file`; the text must be UTF-8.",
        ) from error
    if not article:
        raise UnreadableRecord(
            f"the article text {text_file!r} is empty", where=where, remedy="Put the article into the file."
        )
    return article


@cache
def _converter() -> Any:
    # Imported here: cattrs builds its code at first use, and `musnad --help` needs none of it.
    import cattrs

    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
    # The schema has checked the types; a number stays the number it was written as.
    converter.register_structure_hook(int | float, lambda value, _: _number(value))
    converter.register_structure_hook(int | float | None, lambda value, _: _number(value))
    return converter


def _number(value: Number | None) -> Number | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
