"""A record is JSON that anyone may write: whatever stands in it, it is read or refused with a code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.collection.input import read_records
from musnad.errors import MusnadError
from musnad.graph.exports import export_file
from musnad.graph.mapping import map_record
from musnad.graph.restoring import restore_record
from musnad.record import Record, dump_record, load_record, parse_record
from record.strategies import records
from trust.scale import attempt, examples, tried
from trust.texts import HIDDEN

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "shafaq-2025-10-11" / "record.json"
MARKET = ROOT / "tests" / "records" / "market-blast-first-day.json"
CORPUS = Path(__file__).parent / "corpus"

Path_ = tuple[str | int, ...]


def take(content: str) -> None:
    """Read a record; what is read is the same when it is written and when it goes through a graph."""
    record = attempt(lambda: parse_record(content, where="fuzz"))
    if record is not None:
        keep(record)
    tried("inputs fuzzed")


def keep(record: Record) -> None:
    """See that a record is the same when it is written and read, and when it goes through a graph."""
    assert parse_record(dump_record(record)) == record
    quads = attempt(lambda: map_record(record))
    if quads is not None:
        assert restore_record(quads) == record


# --- JSON -------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.text(HIDDEN, max_size=4),
    st.sampled_from(
        ["\ud800", "", "..", "/etc/passwd", "2025-02-30", "9999-12", "-0001", "s1", "q1", "d1", "e1"]
    ),
    st.sampled_from([10**18, -1, 2**63, 1e308, 1e-320, -0.0, [], {}, [[]], {"id": "s1"}]),
)


@cache
def market() -> Any:
    return json.loads(MARKET.read_text(encoding="utf-8"))


def places(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """List every place in a JSON value."""
    yield at
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from places(inner, (*at, step))


PLACES = sorted(places(market()), key=str)[1:]


@examples(60)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), VALUES | st.sampled_from(PLACES).map(lambda at: ("copy", at))),
        max_size=4,
    )
)
def test_a_record_with_anything_in_any_place(changes: list[tuple[Path_, Any]]) -> None:
    data = json.loads(json.dumps(market()))
    for at, value in changes:
        target = data
        try:
            for step in at[:-1]:
                target = target[step]
            target[at[-1]] = reduce(getitem, value[1], market()) if isinstance(value, tuple) else value
        except (LookupError, TypeError):
            continue  # an earlier change took the place away
    take(json.dumps(data))


@examples(60)
@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 40), st.text(max_size=6)), min_size=1, max_size=3)
)
def test_a_record_with_characters_changed(changes: list[tuple[int, int, str]]) -> None:
    content = MARKET.read_text(encoding="utf-8")
    for at, length, text in changes:
        content = content[:at] + text + content[at + length :]
    take(content)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        "1" * 100_000,
        '"\\ud800"',
        "NaN",
        "\ufeff{}",
        "{}{}",
    ],
    ids=lambda content: content[:6] or "nothing",
)
def test_json_that_is_no_record(content: str) -> None:
    with pytest.raises(MusnadError):
        parse_record(content)
    tried("inputs fuzzed")


@examples(10)
@given(records())
def test_any_valid_record_survives_every_way_round(record: Record) -> None:
    keep(record)
    tried("inputs fuzzed")


# --- graphs -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the record as a file of each form that can be read back."""
    folder = tmp_path_factory.mktemp("graphs")
    quads = map_record(load_record(MARKET))
    forms = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq"}
    return {
        ending: export_file(quads, folder / f"a{ending}", form).read_bytes() for form, ending in forms.items()
    }


def load(path: Path) -> None:
    """Read a graph file; what is read is a valid record that gives the same graph again."""
    for record in attempt(lambda: list(read_records(path))) or ():
        if isinstance(record, Record):
            keep(record)
    tried("inputs fuzzed")


@examples(60)
@given(
    st.sampled_from([".ttl", ".trig", ".nq"]),
    st.lists(
        st.tuples(st.integers(0, 60_000), st.integers(0, 60), st.binary(max_size=6)), min_size=1, max_size=3
    ),
)
def test_a_graph_file_with_bytes_changed(
    graphs: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    ending: str,
    changes: list[tuple[int, int, bytes]],
) -> None:
    data = graphs[ending]
    for at, length, new in changes:
        place = at % len(data)
        data = data[:place] + new + data[place + length :]
    path = tmp_path_factory.getbasetemp() / f"fuzz{ending}"
    path.write_bytes(data)
    load(path)


TERMS = st.sampled_from(
    ["<urn:x>", '"x"', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"@ar', "_:b", '""', '"-1"',
     '"NaN"', '"2025-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"99999999999999999999"',
     "<<( <urn:a> <urn:b> <urn:c> )>>"]
)  # fmt: skip


@examples(60)
@given(st.data())
def test_a_graph_file_with_triples_changed(
    graphs: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Drop triples, double them, and put other terms into them: those of the file, or strange ones."""
    lines = graphs[".nq"].decode().splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "object", "subject", "predicate", "strange", "graph"])):
            case "drop":
                del lines[at]
            case "object":
                lines[at] = _with(lines[at], 2, _terms(data.draw(st.sampled_from(lines)))[2])
            case "subject":
                lines[at] = _with(lines[at], 0, _terms(data.draw(st.sampled_from(lines)))[0])
            case "predicate":
                lines[at] = _with(lines[at], 1, _terms(data.draw(st.sampled_from(lines)))[1])
            case "strange":
                lines[at] = _with(lines[at], 2, data.draw(TERMS))
            case "graph":
                lines[at] = _with(lines[at], 3, "<https://w3id.org/musnad/id/graph/article/other>")
    path = tmp_path_factory.getbasetemp() / "triples.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    load(path)


def _terms(line: str) -> list[str]:
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)
    return [str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name)]


def _with(line: str, place: int, term: str) -> str:
    try:
        terms = _terms(line)
    except SyntaxError:
        return line
    terms[place] = term
    return f"{' '.join(terms)} ."


@pytest.mark.parametrize("path", sorted((CORPUS / "records").glob("*")), ids=lambda path: path.stem)
def test_records_that_once_went_wrong(path: Path) -> None:
    take(path.read_bytes().decode(errors="surrogateescape"))


@pytest.mark.parametrize("path", sorted((CORPUS / "graphs").glob("*")), ids=lambda path: path.stem)
def test_graphs_that_once_went_wrong(path: Path) -> None:
    load(path)
