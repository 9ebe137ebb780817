"""`musnad read` and `musnad build` on articles: drafts out, errors told, the rest goes on."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import musnad as package
from cli.conftest import SEED, Run
from musnad.errors import MusnadError
from musnad.record import Record, load_record, parse_record

PORT = "2024-05-01 وكالة الساحل- البصرة\n\nقال مدير الميناء، فهد السالمي، إن السفن غادرت أمس.\n"
RAIN = 'Mayor Ann Lee said on Friday that the port had reopened. "Two ships left on Monday," she added.'
RAIN_META = {"id": "rain", "outlet": "Coast News", "date": "2024-05-03", "url": "https://example.org/rain"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "articles"
    inside.mkdir()
    (inside / "port.txt").write_text(PORT, encoding="utf-8")
    (inside / "rain.txt").write_text(RAIN, encoding="utf-8")
    (inside / "rain.meta.json").write_text(json.dumps(RAIN_META), encoding="utf-8")
    return inside


def test_one_article_is_printed_as_an_object(musnad: Run, folder: Path) -> None:
    result = musnad("read", folder / "port.txt")
    assert result.status == 0
    record = parse_record(result.out)
    assert result.out.startswith("{\n")
    assert (record.article, record.outlet, record.date, record.lang) == (
        "port",
        "وكالة الساحل",
        "2024-05-01",
        "ar",
    )
    assert record.review.status == "draft"
    assert [s.source.canonical for s in record.statements] == ["فهد السالمي"]
    assert result.err == "read 1 article: 1 statement by 2 sources, 0 claims, 1 mention of places\n"


def test_several_articles_are_printed_a_line_each(musnad: Run, folder: Path) -> None:
    result = musnad("read", folder)
    assert result.status == 0
    records = [parse_record(line) for line in result.out.splitlines()]
    assert [record.article for record in records] == ["port", "rain"]
    assert records[1].url == "https://example.org/rain"
    assert result.err.startswith("read 2 articles: ")


def test_options_go_before_metadata(musnad: Run, folder: Path) -> None:
    options = (
        "--outlet",
        "Bay Post",
        "--date",
        "2024-05-09",
        "--lang",
        "en",
        "--title",
        "Rain",
        "--url",
        "http://example.org/2",
    )
    record = parse_record(musnad("read", folder / "rain.txt", *options).out)
    assert (record.outlet, record.date, record.title, record.url) == (
        "Bay Post", "2024-05-09", "Rain", "http://example.org/2",
    )  # fmt: skip


def test_address_of_several_articles_is_refused(musnad: Run, folder: Path) -> None:
    result = musnad("read", folder, "--url", "https://example.org/")
    assert (result.status, result.out) == (2, "")
    assert "belong to one article" in result.err


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(musnad: Run, folder: Path) -> None:
    (folder / "undated.txt").write_text("The port is closed.", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\x00")
    (folder / "lines.jsonl").write_text('{"text": ""}\n', encoding="utf-8")
    result = musnad("read", folder, folder / "gone.txt")
    assert result.status == 2
    assert [json.loads(line)["article"] for line in result.out.splitlines()] == ["port", "rain"]
    codes = [line.split()[0] for line in result.err.splitlines() if line.startswith("M")]
    assert codes == ["M602", "M603", "M606", "M607"]
    assert result.err.splitlines()[-1].endswith("; 4 articles could not be read")


def test_nothing_read_leaves_the_output_file_alone(musnad: Run, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    assert musnad("read", tmp_path / "gone.txt", "--output", output).status == 2
    assert list(tmp_path.iterdir()) == []


def test_output_file_holds_what_standard_output_would(musnad: Run, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    printed = musnad("read", folder)
    written = musnad("read", folder, "--output", output)
    assert (written.status, written.out, written.err) == (0, "", printed.err)
    assert output.read_bytes().decode() == printed.out


def test_standard_input_is_read(musnad: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PORT.encode())))
    result = musnad("read", "-")
    assert (result.status, parse_record(result.out).text) == (0, PORT)


def test_reading_twice_gives_the_same_bytes(musnad: Run, folder: Path) -> None:
    assert musnad("read", folder).out == musnad("read", folder).out


def test_explain_gives_rules_scores_alternatives_and_reasons(musnad: Run, folder: Path) -> None:
    result = musnad("read", folder / "rain.txt", "--explain")
    assert result.status == 0
    blocks = result.out.split("\n\n")
    assert blocks[0] == "rain: Coast News, 2024-05-03, en"
    assert len(blocks) == 3
    for number, block in enumerate(blocks[1:], 1):
        assert block.startswith(f"s{number}  ")
        for line in (
            "source   Ann Lee (named-person",
            "because  ",
            "cue      ",
            "stand    affirmed, ",
            "rules    cue/",
        ):
            assert f"\n  {line}" in block


def test_explain_names_who_else_it_could_have_been(musnad: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(
        "Mayor Ann Lee said that the port is open.\n\nMinister Adam Hill said that two ships left.\n\n"
        "He added that rain is due.",
        encoding="utf-8",
    )
    result = musnad("read", path, "--explain", "--date", "2024-05-01", "--outlet", "Coast News")
    assert "  or else  Ann Lee: 0." in result.out.split("s3  ")[1]


def test_explain_gives_the_reasons_of_claims(musnad: Run, tmp_path: Path) -> None:
    path = tmp_path / "troops.txt"
    path.write_text("The minister said that French troops will withdraw from Niger.", encoding="utf-8")
    result = musnad("read", path, "--explain", "--date", "2024-05-01", "--outlet", "Coast News")
    lines = result.out.splitlines()
    (claim,) = (number for number, line in enumerate(lines) if line.startswith("  claim "))
    assert lines[claim].endswith(" | security:withdrawsFrom | niger | affirmed | planned")
    assert lines[claim + 1].startswith("  because  en/")
    assert lines[claim + 2].startswith("  sure     0.")
    assert result.err.startswith("read 1 article: 1 statement by 2 sources, 1 claim, ")


def test_build_takes_articles(musnad: Run, folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    result = musnad("build", folder, "--store", store)
    assert result.status == 0
    assert result.err.startswith("built 2 articles: 3 statements, 0 claims; ")
    rows = json.loads(musnad("statements", "--store", store, "--format", "json").out)
    assert sorted({row["source"] for row in rows}) == ["Ann Lee", "فهد السالمي"]


def test_build_takes_what_read_prints(musnad: Run, folder: Path, tmp_path: Path) -> None:
    lines = tmp_path / "records.jsonl"
    assert musnad("read", folder, "--output", lines).status == 0
    result = musnad("build", lines, "--store", tmp_path / "news.musnad")
    assert result.err.startswith("built 2 articles: 3 statements, 0 claims; ")


def test_build_tells_what_it_could_not_read_and_goes_on(musnad: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "undated.txt").write_text("The port is closed.", encoding="utf-8")
    result = musnad("build", folder, "--store", tmp_path / "news.musnad")
    assert result.status == 2
    assert result.err.startswith("M606 ")
    assert result.err.endswith("\n1 article could not be read\n")
    assert "built 2 articles" in result.err


def test_build_of_nothing_readable_makes_no_store(musnad: Run, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("The port is closed.", encoding="utf-8")
    result = musnad("build", tmp_path / "undated.txt", "--store", tmp_path / "news.musnad")
    assert result.status == 2
    assert not (tmp_path / "news.musnad").exists()


def test_record_covers_the_text_it_was_made_from(musnad: Run, tmp_path: Path) -> None:
    result = musnad("build", SEED, "--store", tmp_path / "news.musnad")
    reviewed = load_record(SEED / "record.json")
    claims = sum(len(statement.claims) for statement in reviewed.statements)
    assert result.status == 0
    assert result.err.startswith(f"built 1 article: {len(reviewed.statements)} statements, {claims} claims; ")


def test_collection_reads_a_path_and_a_text(folder: Path) -> None:
    with package.open() as news:
        assert [record.article for record in news.read(folder)] == ["port", "rain"]
        assert [record.article for record in news.read(str(folder / "port.txt"))] == ["port"]
        (told,) = news.read(RAIN, outlet="Bay Post", date="2024-05-04")
        assert isinstance(told, Record)
        assert (told.outlet, told.date) == ("Bay Post", "2024-05-04")
        assert news.info()["articles"] == 3


@pytest.mark.parametrize(
    ("given", "code"), [("gone.txt", "M607"), ("The port is closed.", "M606"), ("", "M602")]
)
def test_collection_is_as_it_was_when_an_article_cannot_be_read(given: str, code: str) -> None:
    with package.open() as news:
        with pytest.raises(MusnadError) as caught:
            news.read(given)
        assert caught.value.code == code
        assert news.info()["articles"] == 0
