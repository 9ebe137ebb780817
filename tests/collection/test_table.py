"""Tables: plain values, CSV and JSON, and data frames typed by RDF datatype."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

import musnad
from musnad.collection import Collection, Table


@pytest.fixture(scope="module")
def empty() -> Iterator[Collection]:
    with musnad.open() as opened:
        yield opened


TYPED = """
SELECT ?n ?d ?b ?t ?day ?none ?i {
  VALUES (?n ?d ?b ?t ?day ?i) {
    (1 1.5 true "قال، \\"لا\\"\\nثم" "2026-02-01"^^<http://www.w3.org/2001/XMLSchema#date> <urn:a>)
    (2 2.0 false "b" "2026-02-03"^^<http://www.w3.org/2001/XMLSchema#date> <urn:b>)
    (UNDEF UNDEF UNDEF "c" UNDEF <urn:c>)
  }
  OPTIONAL { <urn:x> <urn:y> ?none }
} ORDER BY ?t
"""


def test_table_holds_plain_values(empty: Collection) -> None:
    table = empty.sparql(TYPED)
    assert table.columns == ("n", "d", "b", "t", "day", "none", "i")
    assert table.rows == (
        (2, 2, False, "b", date(2026, 2, 3), None, "urn:b"),
        (None, None, None, "c", None, None, "urn:c"),
        (1, 1.5, True, 'قال، "لا"\nثم', date(2026, 2, 1), None, "urn:a"),
    )
    assert len(table) == 3
    assert next(iter(table))["t"] == "b"


def test_table_as_csv_and_json(empty: Collection) -> None:
    table = empty.sparql(TYPED)
    assert table.to_csv() == (
        "n,d,b,t,day,none,i\n2,2,false,b,2026-02-03,,urn:b\n,,,c,,,urn:c\n"
        '1,1.5,true,"قال، ""لا""\nثم",2026-02-01,,urn:a\n'
    )
    objects = json.loads(table.to_json())
    assert objects[0] == {
        "n": 2,
        "d": 2,
        "b": False,
        "t": "b",
        "day": "2026-02-03",
        "none": None,
        "i": "urn:b",
    }
    assert "قال" in table.to_json()


def test_table_as_data_frame_has_typed_columns(empty: Collection) -> None:
    frame = empty.sparql(TYPED).to_df()
    kinds = {column: str(kind) for column, kind in frame.dtypes.items()}
    assert kinds["n"] == "Int64"
    assert kinds["d"] == "Float64"
    assert kinds["b"] == "boolean"
    assert kinds["day"].startswith("datetime64")
    assert frame["n"].isna().tolist() == [False, True, False]
    assert frame["n"].sum() == 3
    assert frame["day"].max().date() == date(2026, 2, 3)
    assert kinds["t"] == kinds["i"] == "string"
    assert empty.sparql("SELECT ?n { VALUES ?n { } }").to_df().empty


XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        ("1 2", "Int64"),
        ("1 UNDEF", "Int64"),
        (f'"3"^^<{XSD}int> "4"^^<{XSD}unsignedByte>', "Int64"),
        ("1.0 2.0", "Float64"),  # decimals are no integers, whatever their values
        (f'1 2.5e0 "1.5"^^<{XSD}float>', "Float64"),
        ("true UNDEF", "boolean"),
        (f'"2026-02-01"^^<{XSD}date> UNDEF', "datetime64[s]"),
        (f'"0900-02-01"^^<{XSD}date>', "datetime64[s]"),
        (f'"2026-02-01T10:00:00"^^<{XSD}dateTime> UNDEF', "datetime64[us]"),
        (f'"2026-02-01T10:00:00+03:00"^^<{XSD}dateTime> UNDEF', "datetime64[us, UTC]"),
        (f'"2026-02-01T10:00:00Z"^^<{XSD}dateTime> "2026-02-01T10:00:00"^^<{XSD}dateTime>', "object"),
        (f'"2026-02-01"^^<{XSD}date> "2026-02-01T10:00:00"^^<{XSD}dateTime>', "object"),
        ('"قال"@ar "said" UNDEF', "string"),
        ('<urn:a> "said"', "string"),
        ('1 "one"', "object"),
        ("true 1", "object"),
        (f'"soon"^^<{XSD}date>', "object"),
        (f"{10**30}", "object"),
        ('"2025-09/2026"^^<http://id.loc.gov/datatypes/edtf/EDTF>', "object"),
        ("UNDEF", "object"),
    ],
)
def test_columns_are_typed_by_rdf_datatype(empty: Collection, terms: str, kind: str) -> None:
    frame = empty.sparql(f"SELECT ?v {{ VALUES ?v {{ {terms} }} }}").to_df()
    assert str(frame["v"].dtype) == kind
    assert len(frame) == len(re.findall(r"UNDEF|\S+", terms))
    assert frame["v"].isna().sum() == terms.count("UNDEF")


def test_times_with_an_offset_are_in_utc(empty: Collection) -> None:
    text = f'SELECT ?v {{ VALUES ?v {{ "2026-02-01T10:00:00+03:00"^^<{XSD}dateTime> }} }}'
    assert str(empty.sparql(text).to_df()["v"][0]) == "2026-02-01 07:00:00+00:00"
    assert empty.sparql(text).to_csv() == "v\n2026-02-01T10:00:00+03:00\n"


def test_table_of_ones_own_is_typed_by_its_values() -> None:
    frame = Table(("n", "s"), ((1, "a"), (None, None))).to_df()
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "string"]
