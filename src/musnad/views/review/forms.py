"""The form in which a draft is edited: its fields, the change a filled one asks for, where problems go."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, Literal

from musnad.errors import Problem, UnknownChange
from musnad.record import Record
from musnad.record.revising import change_between
from musnad.views.review.requests import no_number

Data = dict[str, Any]
Sort = Literal["choice", "span", "text", "number", "entity"]

POLARITIES: Final = ("affirmed", "denied")
MODALITIES: Final = ("asserted", "planned", "possible", "undetermined")
SOURCE_KINDS: Final = ("named-person", "office", "organisation", "anonymous", "collective", "outlet")
QUANTITY_KINDS: Final = ("exact", "approx", "min", "max", "range", "vague", "dual")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: where its value stands in what is edited, and what sort of thing that is."""

    name: str
    group: str
    path: tuple[str, ...]
    sort: Sort
    choices: tuple[str, ...] = ()


FIELDS: Final = (
    Field("polarity", "stand", ("claim", "polarity"), "choice", POLARITIES),
    Field("modality", "stand", ("claim", "modality"), "choice", MODALITIES),
    Field("evidence", "stand", ("claim", "evidence"), "span"),
    Field("source", "who", ("statement", "source", "canonical"), "text"),
    Field("source_kind", "who", ("statement", "source", "kind"), "choice", SOURCE_KINDS),
    Field("source_words", "who", ("statement", "source"), "span"),
    Field("cue", "who", ("statement", "cue"), "span"),
    Field("content", "who", ("statement", "content"), "span"),
    Field("subject", "what", ("claim", "proposition", "subject"), "entity"),
    Field("object", "what", ("claim", "proposition", "object"), "entity"),
    Field("place", "what", ("claim", "proposition", "place"), "entity"),
    Field("quantity_words", "number", ("quantity",), "span"),
    Field("quantity_kind", "number", ("quantity", "kind"), "choice", QUANTITY_KINDS),
    Field("quantity_value", "number", ("quantity", "value"), "number"),
    Field("quantity_lower", "number", ("quantity", "lower"), "number"),
    Field("quantity_upper", "number", ("quantity", "upper"), "number"),
    Field("quantity_unit", "number", ("quantity", "unit"), "text"),
    Field("time_words", "time", ("time",), "span"),
    Field("time_edtf", "time", ("time", "edtf"), "text"),
    Field("time_iso", "time", ("time", "iso"), "text"),
)
GROUPS: Final = ("stand", "who", "what", "number", "time")

_BOUNDS: Final = frozenset({"quantity_value", "quantity_lower", "quantity_upper"})
_LINE_END = re.compile(r"\r\n?")


def fields_of(view: Data) -> list[Field]:
    """Give the fields that a claim has, of what `Collection.editable` gives of it."""
    return [
        field
        for field in FIELDS
        if _at(view, field.path) is not None or (field.name in _BOUNDS and "quantity" in view)
    ]


def values_of(view: Data) -> dict[str, str]:
    """Give what stands in the fields of a claim as it is."""
    values: dict[str, str] = {}
    for field in fields_of(view):
        value = _at(view, field.path)
        if field.sort == "span":
            values[field.name] = value["text"]
            values |= {f"{field.name}_{edge}": str(value.get(edge, "")) for edge in ("start", "end")}
        else:
            values[field.name] = "" if value is None else _written(value)
    values["json"] = json.dumps(view, ensure_ascii=False, indent=2)
    return values


def read_change(view: Data, given: Mapping[str, str], text: str) -> tuple[Data, dict[str, list[Problem]]]:
    """Give the change that a filled form asks for, and what is wrong with its fields, by their names.

    `text` is that of the article. What a form leaves out stays as it is.
    """
    problems: dict[str, list[Problem]] = {}
    after = deepcopy(view)
    if "json" in given:
        try:
            edited = json.loads(given["json"], parse_constant=no_number)
            if not isinstance(edited, dict):
                raise ValueError("this is not an object")
            after = edited
        except (ValueError, RecursionError) as error:
            problems["json"] = [Problem("JSON", f"this cannot be read: {error}.", "Correct it.")]
    before = values_of(view)
    spans: dict[tuple[str, ...], Data] = {}
    for field in fields_of(view):
        if field.name not in given:
            continue
        if field.sort == "span":
            span = _read_span(field.name, before, given, text)
            if span is not None:
                spans[field.path] = span
        elif given[field.name].strip() != before[field.name].strip():
            try:
                _put(after, field.path, _read(field, given[field.name].strip()))
            except ValueError as error:
                problems[field.name] = [Problem(field.name, f"{error}.", "Write digits, such as 500 or 2.5.")]
    change = change_between(view, after)
    for path, span in spans.items():
        # In full, for new words lose the offsets that are not given with them.
        former = _at(view, path)
        _merge(change, path, {**span, **({"spans": None} if "spans" in former else {})})
    return change, problems


def check_change(change: Any) -> Data:
    """Give a change that a script sent, if it is an object at all; raises `UnknownChange`."""
    if not isinstance(change, dict):
        raise UnknownChange("the change is not an object", remedy='Write {"claim": {…}}.')
    return change


def place_problems(view: Data, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Give problems by the names of the fields that they are about; under "" those about none of them."""
    names = {field.name for field in fields_of(view)}
    placed: dict[str, list[Problem]] = {}
    for problem in problems:
        name = _field_of(problem)
        placed.setdefault(name if name in names else "", []).append(problem)
    return placed


def choices_of(record: Record) -> dict[str, list[tuple[str, str]]]:
    """Give what a record has to choose from: sources by name, entities by id and name."""
    return {
        "source": [(source.canonical, source.canonical) for source in record.sources],
        "entity": [(entity.id, entity.name) for entity in record.entities],
    }


# Places as problems tell them: "claim s1c1, evidence", "statement s1, source, kind", "quantity q1, value".
_PLACES: Final = (
    (r"\bpolarity$", "polarity"),
    (r"\bmodality$", "modality"),
    (r"\bevidence\b", "evidence"),
    (r"(^|, )source\b.*, kind$", "source_kind"),
    (r"(^|, )source [^,]", "source"),
    (r", source, canonical$", "source"),
    (r", source\b", "source_words"),
    (r", cue\b", "cue"),
    (r", content\b", "content"),
    (r"\bsubject$", "subject"),
    (r"\bobject$", "object"),
    (r"(^|, )place\b", "place"),
    (r"(^|, )(quantity|quantities)\b.*, kind$", "quantity_kind"),
    (r"(^|, )(quantity|quantities)\b.*, lower", "quantity_lower"),
    (r"(^|, )(quantity|quantities)\b.*, upper", "quantity_upper"),
    (r"(^|, )(quantity|quantities)\b.*, unit$", "quantity_unit"),
    (r"(^|, )(quantity|quantities)\b.*, (text|mention)$", "quantity_words"),
    (r"(^|, )(quantity|quantities)\b", "quantity_value"),
    (r"(^|, )(date|dates|time)\b.*, iso$", "time_iso"),
    (r"(^|, )(date|dates|time)\b.*, (text|mention)$", "time_words"),
    (r"(^|, )(date|dates|time)\b", "time_edtf"),
)


# Properties that shapes find at fault.
_PROPERTIES: Final = {
    "m:polarity": "polarity",
    "m:modality": "modality",
    "m:evidence": "evidence",
    "prov:wasAttributedTo": "source",
    "rdfs:label": "source",
    "m:sourceKind": "source_kind",
    "m:sourceSpan": "source_words",
    "m:cueSpan": "cue",
    "m:contentSpan": "content",
    "rdf:subject": "subject",
    "rdf:object": "object",
    "m:place": "place",
    "m:quantity": "quantity_value",
    "m:quantityMention": "quantity_words",
    "m:approximation": "quantity_kind",
    "schema:value": "quantity_value",
    "schema:minValue": "quantity_lower",
    "schema:maxValue": "quantity_upper",
    "m:unit": "quantity_unit",
    "m:tolerancePolicy": "quantity_value",
    "m:edtf": "time_edtf",
    "m:time": "time_edtf",
    "m:timeMention": "time_words",
    "schema:startDate": "time_iso",
}


def _field_of(problem: Problem) -> str:
    if problem.path in _PROPERTIES:
        return _PROPERTIES[problem.path]
    for pattern, name in _PLACES:
        if re.search(pattern, problem.where):
            return name
    return "evidence" if "evidence" in problem.what else ""


def _read_span(name: str, before: Mapping[str, str], given: Mapping[str, str], text: str) -> Data | None:
    """Give the span that a field asks for; None where it is as it was.

    Offsets count only where these words stand there: whoever types words has not moved them.
    """
    words = _LINE_END.sub("\n", given[name])
    edges = [given.get(f"{name}_{edge}", "") for edge in ("start", "end")]
    offsets = [int(edge) for edge in edges if edge.isdecimal() and len(edge) < 12]
    same = words == _LINE_END.sub("\n", before[name])
    if same and edges == [before[f"{name}_start"], before[f"{name}_end"]]:
        return None
    if len(offsets) == 2:
        start, end = offsets
        if _LINE_END.sub("\n", text[start:end]) == words:
            return {"text": text[start:end], "start": start, "end": end}
    return None if same else {"text": words.strip()}


def _read(field: Field, written: str) -> Any:
    if field.sort != "number":
        return written
    if not written:
        return None
    try:
        value = float(written.replace("٫", "."))  # the Arabic decimal separator; float reads all digits
    except ValueError as error:
        raise ValueError(f"“{written}” is not a number") from error
    if not math.isfinite(value):
        raise ValueError(f"“{written}” is not a number")
    return int(value) if value.is_integer() else value


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _at(view: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = view
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _put(view: Data, path: tuple[str, ...], value: Any) -> None:
    """Put a value in its place; None takes it away, but for the value of a vague number, which is null."""
    *way, last = path
    for key in way:
        view = view.setdefault(key, {})
    if value is None and last != "value":
        view.pop(last, None)
    else:
        view[last] = value


def _merge(change: Data, path: tuple[str, ...], span: Data) -> None:
    for key in path:
        inner = change.get(key)
        change[key] = inner if isinstance(inner, dict) else {}
        change = change[key]
    change.update(span)
