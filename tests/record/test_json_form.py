"""Records as JSON: there and back, files and folders, what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from musnad.errors import InvalidRecord, MusnadError, UnreadableRecord
from musnad.record import Record, dump_record, load_record, parse_record
from musnad.record.json_form import canonical_order, natural_key
from record.small_record import DROP, TEXT, changed, read, small_record
from record.strategies import records

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = [*CHECKOUT.glob("seeds/*/record.json"), *CHECKOUT.glob("tests/records/*.json")]


@settings(suppress_health_check=list(HealthCheck))
@given(records())
def test_parse_gives_back_what_dump_wrote(record: Record) -> None:
    assert parse_record(dump_record(record)) == record


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(records())
def test_dump_writes_one_order_alone(record: Record) -> None:
    turned = replace(
        record,
        sources=record.sources[::-1],
        entities=record.entities[::-1],
        statements=record.statements[::-1],
        quantities=record.quantities[::-1],
        dates=record.dates[::-1],
        alignments=record.alignments[::-1],
    )
    assert dump_record(turned) == dump_record(record)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_record_comes_back_as_it_was(path: Path) -> None:
    record = load_record(path)
    assert parse_record(dump_record(record)) == record


def test_dump_keeps_letters_and_leaves_nothing_out_that_parse_needs() -> None:
    data = changed("statements/0/via/+", {"agent": None})
    data["outlet"] = data["sources"][3]["canonical"] = "بريد النهر"
    text = dump_record(read(data))
    assert "بريد النهر" in text
    assert text.endswith("}\n")
    assert read(json.loads(text)) == read(data)


def test_dump_of_a_record_without_statements_is_read_back() -> None:
    record = read(changed("statements", []))
    assert parse_record(dump_record(record)) == record


def test_outlet_is_a_source_without_being_listed() -> None:
    record = read(changed("sources/3", {"canonical": "Delta Agency", "kind": "outlet"}))
    assert [source.canonical for source in record.sources if source.kind == "outlet"] == [
        "Delta Agency",
        "River Post",
    ]


def test_hand_without_a_name_is_anonymous() -> None:
    relay = read(changed("statements/0/via/0", {"agent": None, "kind": "outlet"})).statements[0].via[0]
    assert (relay.agent, relay.kind) == (None, "anonymous")


def test_whole_numbers_are_integers_however_written() -> None:
    assert isinstance(read(changed("quantities/0/value", 300.0)).quantities[0].value, int)
    assert read(changed("quantities/0/upper", 330.5)).quantities[0].upper == 330.5


def test_two_mentions_of_one_value_take_their_places_in_order() -> None:
    data = changed("dates/+", {"id": "d2", "text": "May", "iso": "2026-05", "edtf": "2026-05"})
    claim = data["statements"][0]["claims"][0]["proposition"]
    claim |= {"time": "d2", "implies": {"subject": "guards", "predicate": "general:aimsAt", "time": "d1"}}
    proposition = read(data).statements[0].claims[0].proposition
    assert proposition.implies is not None
    assert (proposition.time, proposition.implies.time) == ("d1", "d2")


@pytest.mark.parametrize(
    ("ids", "in_order"),
    [(["s10", "s2", "s1"], ["s1", "s2", "s10"]), (["b1", "a١", "a2"], ["a2", "a١", "b1"])],
)
def test_natural_key_orders_as_people_do(ids: list[str], in_order: list[str]) -> None:
    assert sorted(ids, key=natural_key) == in_order


def test_canonical_order_twice_changes_nothing() -> None:
    record = read(small_record())
    assert canonical_order(record) == record


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(". ", ".\r\n"),
        "\ufeff" + TEXT,
        "\u200f" + TEXT.replace("camps", "ca\u064emps\u0640").replace("told", "\U0001f600\u00a0told\u202c"),
    ],
    ids=["crlf", "byte-order-mark", "marks"],
)
def test_text_file_is_kept_as_decoded(tmp_path: Path, text: str) -> None:
    data = changed("text", DROP) | {"text_file": "article.txt"}
    data["statements"][0]["content"]["text"] = data["statements"][0]["content"]["text"].replace(
        "camps", "ca\u064emps\u0640" if "\u0640" in text else "camps"
    )
    (tmp_path / "article.txt").write_bytes(text.encode())
    (tmp_path / "record.json").write_text(json.dumps(data), encoding="utf-8")
    record = load_record(tmp_path / "record.json")
    assert record.text == text
    for statement in record.statements:
        for span in (statement.content, statement.cue, *(claim.evidence for claim in statement.claims)):
            assert span is not None
            # Code points are what Python counts; the bytes of UTF-32 are four each.
            assert text.encode("utf-32-le")[4 * span.start : 4 * span.end].decode("utf-32-le") == span.text
    assert load_record(tmp_path / "record.json") == parse_record(dump_record(record))


def test_record_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(small_record()), encoding="utf-8-sig")
    assert load_record(path) == read(small_record())


def _text_file(name: str) -> dict[str, Any]:
    return changed("text", DROP) | {"text_file": name}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", ["not JSON", "line 1, column 2"]),
        ("", ["not JSON"]),
        ('{"value": NaN}', ["not JSON", "NaN"]),
        ("[" * 100_000, ["nests too deeply"]),
        ('{"article": "\\ud83d"}', ["half a character", "d83d"]),
        (json.dumps(_text_file("missing.txt")), ["missing.txt", "cannot be read"]),
        (json.dumps(_text_file("empty.txt")), ["empty.txt", "is empty"]),
        (json.dumps(_text_file("latin1.txt")), ["latin1.txt", "cannot be read"]),
        (json.dumps(_text_file("../outside.txt")), ["outside.txt", "leads out of the record's folder"]),
        (json.dumps(_text_file("/etc/hostname")), ["/etc/hostname", "leads out of the record's folder"]),
        (json.dumps(_text_file("link.txt")), ["link.txt", "leads out of the record's folder"]),
    ],
)
def test_unreadable_record_says_what_is_wrong(tmp_path: Path, content: str, words: list[str]) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "latin1.txt").write_bytes(b"caf\xe9")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "record.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableRecord) as caught:
        load_record(folder / "record.json")
    message = str(caught.value)
    assert message.startswith("M101")
    assert "record.json" in message
    assert all(word in message for word in words), message


def test_record_nested_deeply_is_refused_in_words() -> None:
    proposition: dict[str, Any] = {"subject": "guards", "predicate": "general:implies"}
    for _ in range(400):
        proposition = {"subject": "guards", "predicate": "general:implies", "implies": proposition}
    with pytest.raises(MusnadError, match="nests too deeply"):
        read(changed("statements/0/claims/0/proposition", proposition))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "nothing.json", "cannot be read"),
        (lambda folder: folder, "cannot be read"),
        (lambda folder: _write(folder / "latin1.json", b'{"outlet": "caf\xe9"}'), "not UTF-8 (byte 15)"),
    ],
    ids=["missing", "folder", "latin-1"],
)
def test_unreadable_file_is_named(tmp_path: Path, make: Callable[[Path], Path], words: str) -> None:
    path = make(tmp_path)
    with pytest.raises(UnreadableRecord) as caught:
        load_record(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_text_file_needs_a_folder() -> None:
    with pytest.raises(UnreadableRecord, match="there is no folder to look in"):
        parse_record(json.dumps(_text_file("article.txt")))


def test_all_problems_are_listed_at_once() -> None:
    data = changed("statements/1/content/text", "words that nobody wrote")
    data["statements"][0]["cue"] = {"text": "nor these"}
    data["places"][0]["text"] = "Atlantis"
    with pytest.raises(InvalidRecord) as caught:
        read(data)
    assert [problem.where for problem in caught.value.problems] == [
        "statement s1, cue",
        "statement s2, content",
        "place p1",
    ]
    data = small_record()
    data["date"] = "2026-02-30"
    data["quantities"][0]["lower"] = 1000
    data["statements"][1]["claims"][1]["proposition"]["object"] = "nowhere"
    with pytest.raises(InvalidRecord, match="3 problems in this record") as caught:
        read(data)
    assert len(caught.value.problems) == 3
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
