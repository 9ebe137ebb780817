"""The schema is closed, and says the same as the record's classes."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from musnad.record import Record, record_schema
from musnad.record import model as m


def objects(schema: Any, path: str = "record") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every object that the schema describes."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield path, schema
        for key, inner in schema.items():
            yield from objects(inner, f"{path}/{key}")
    elif isinstance(schema, list):
        for place, inner in enumerate(schema):
            yield from objects(inner, f"{path}/{place}")


OBJECTS = dict(objects(record_schema()))

# Where each class stands in the schema; spans inside others are the span.
CLASSES: dict[type, str] = {
    Record: "record",
    m.Review: "record/$defs/review",
    m.Labels: "record/$defs/labels",
    m.Span: "record/$defs/span",
    m.Source: "record/$defs/source",
    m.Entity: "record/$defs/entity",
    m.Statement: "record/$defs/statement",
    m.SourceMention: "record/$defs/statement/properties/source",
    m.Relay: "record/$defs/relay",
    m.Claim: "record/$defs/claim",
    m.Proposition: "record/$defs/proposition",
    m.QuantityMention: "record/$defs/quantity",
    m.DateMention: "record/$defs/date",
    m.PlaceMention: "record/$defs/place",
    m.Alignment: "record/$defs/alignment",
}
CLASS_OF = {path: kind for kind, path in CLASSES.items()}
FIELDS = [(kind, field) for kind in CLASSES for field in fields(kind)]
# What JSON may leave out although the class has no default: offsets are filled in, text may be in a file.
FILLED_IN = {(kind, name) for kind in CLASSES for name in ("start", "end")} | {(Record, "text")}
# What JSON must say although the class has a default: a missing name is written as null, no statements as [].
WRITTEN_OUT = {(m.Relay, "agent"), (Record, "statements")}


def resolve(schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Follow a reference; gives the path of what it leads to as well."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"record/$defs/{name}", record_schema()["$defs"][name]
    return "", schema


def property_of(kind: type, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = OBJECTS[CLASSES[kind]]["properties"][name]
    return schema


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(record_schema())


@pytest.mark.parametrize("path", OBJECTS)
def test_schema_closes_every_object(path: str) -> None:
    assert OBJECTS[path]["additionalProperties"] is False
    assert set(OBJECTS[path]["required"]) <= set(OBJECTS[path]["properties"])


def test_every_object_has_its_class_and_every_class_its_object() -> None:
    assert set(OBJECTS) == set(CLASSES.values())
    assert {kind for kind in vars(m).values() if is_dataclass(kind)} == set(CLASSES)


@pytest.mark.parametrize("kind", CLASSES)
def test_keys_of_object_are_fields_of_class(kind: type) -> None:
    keys = set(OBJECTS[CLASSES[kind]]["properties"])
    if kind is Record:
        keys.remove("text_file")
    assert keys == {field.name for field in fields(kind)}


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_required_keys_are_fields_without_default(kind: type, field: Field[Any]) -> None:
    required = field.name in OBJECTS[CLASSES[kind]]["required"]
    without_default = field.default is MISSING and field.default_factory is MISSING
    if (kind, field.name) in FILLED_IN:
        assert not required
    elif (kind, field.name) in WRITTEN_OUT:
        assert required
    else:
        assert required == without_default


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_type_of_key_is_type_of_field(kind: type, field: Field[Any]) -> None:
    hint = get_type_hints(kind)[field.name]
    assert shape_of_hint(hint) == shape_of_schema(property_of(kind, field.name), optional=may_be_none(hint))


def may_be_none(hint: Any) -> bool:
    return type(None) in get_args(hint)


def shape_of_hint(hint: Any) -> object:
    """Say what a type admits, in words that a schema can be put into too; None is left aside."""
    if get_origin(hint) in (types.UnionType, Union):
        kinds = [shape_of_hint(inner) for inner in get_args(hint) if inner is not type(None)]
        return "number" if set(kinds) == {"integer", "number"} else kinds[0]
    if get_origin(hint) is Literal:
        return frozenset(get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return (
            ("pair", shape_of_hint(inner[0]))
            if inner[1] is not Ellipsis
            else ("list", shape_of_hint(inner[0]))
        )
    if is_dataclass(hint):
        return CLASSES[hint] if isinstance(hint, type) else None
    return {str: "string", int: "integer", float: "number", bool: "boolean"}[hint]


def shape_of_schema(schema: dict[str, Any], *, optional: bool) -> object:
    if "oneOf" in schema:
        assert optional
        assert {"type": "null"} in schema["oneOf"]
        schema = next(inner for inner in schema["oneOf"] if inner != {"type": "null"})
    path, schema = resolve(schema)
    if "enum" in schema:
        return frozenset(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    (kind,) = set(kinds) - {"null"}
    if kind == "array":
        inner = shape_of_schema(schema["items"], optional=False)
        return ("pair", inner) if schema.get("maxItems") == 2 else ("list", inner)
    if kind == "object":
        return path or next(where for where, known in OBJECTS.items() if known is schema or known == schema)
    return kind
