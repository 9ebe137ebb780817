"""Articles are read from what people have; what cannot be read says so, and the rest goes on."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from musnad.errors import MusnadError
from musnad.text.article import Article, Details, make_article
from musnad.text.decoding import LARGEST
from musnad.text.intake import STDIN, find_articles, read_articles
from musnad.text.publication import Publication, find_publication

DATED = "2024-05-01 وكالة الساحل- البصرة\n\nفُتح الميناء يوم الأحد.\n"


def one(path: Path, told: Details | None = None) -> Article:
    (article,) = read_articles(path, told)
    assert isinstance(article, Article), article
    return article


def error(path: Path, told: Details | None = None) -> MusnadError:
    (found,) = read_articles(path, told)
    assert isinstance(found, MusnadError)
    return found


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DATED, Publication("2024-05-01", "وكالة الساحل")),
        ("عنوان الخبر\nالتاريخ ١٢/٥/٢٠٢٤ البصرة\nنص.", Publication("2024-05-12", "")),
        ("3/5/2024 البصرة", Publication("2024-05-03", "")),
        ("3/5/2024 Coast News - Basra\nText.", Publication("", "")),
        ("23/5/2024 Coast News - Basra\nText.", Publication("2024-05-23", "Coast News")),
        ("5/23/2024 Basra - Coast News\nText.", Publication("2024-05-23", "Coast News")),
        ("2024-02-30 Coast News - Basra\nText.", Publication("", "")),
        ("البصرة، العراق (الساحل) -- فُتح الميناء.", Publication("", "الساحل")),
        ("The port opened on 2024-05-01, officials said.", Publication("", "")),
    ],
)
def test_publication_is_read_from_the_dateline_alone(text: str, expected: Publication) -> None:
    assert find_publication(text) == expected


def test_text_is_kept_to_the_code_point(tmp_path: Path) -> None:
    text = "\u200f" + DATED.replace("\n", "\r\n")
    assert one(write(tmp_path / "a.txt", "\ufeff" + text)).text == text


def test_metadata_beside_the_text_gives_the_details(tmp_path: Path) -> None:
    write(tmp_path / "port.txt", "فُتح الميناء.")
    told = {"id": "port-1", "lang": "ar", "outlet": "الساحل", "title": "الميناء", "date": "2024-05-02"}
    write(tmp_path / "port.meta.json", json.dumps(told | {"url": "https://example.org/1", "other": 3}))
    article = one(tmp_path / "port.txt")
    assert (article.id, article.lang, article.outlet, article.title, article.url) == (
        "port-1", "ar", "الساحل", "الميناء", "https://example.org/1",
    )  # fmt: skip
    assert article.date.isoformat() == "2024-05-02"


def test_what_is_told_goes_before_metadata_and_metadata_before_the_text(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", DATED)
    assert one(tmp_path / "a.txt").outlet == "وكالة الساحل"
    write(tmp_path / "a.meta.json", '{"outlet": "الخليج", "date": "2024-05-03"}')
    article = one(tmp_path / "a.txt", Details(date="2024-05-04"))
    assert (article.outlet, article.date.isoformat()) == ("الخليج", "2024-05-04")


def test_id_is_the_name_of_the_file_or_made_of_the_text(tmp_path: Path) -> None:
    assert one(write(tmp_path / "port news.txt", DATED)).id == "port-news"
    named = one(write(tmp_path / "خبر.txt", DATED)).id
    assert named.startswith("article-")
    assert named == make_article(DATED).id != make_article(DATED + "!").id


def test_articles_without_an_outlet_never_share_one() -> None:
    one, other = (make_article(text, Details(date="2024-05-01")) for text in ("The port opened.", "Rain."))
    assert one.outlet != other.outlet
    assert one.id in one.outlet


def test_json_lines_give_an_article_a_line_and_go_on_after_a_bad_one(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a1", "text": DATED}),
        "{not json",
        "",
        json.dumps({"id": "a2"}),
        json.dumps({"id": "a3", "text": "Undated."}),
        '{"text": "half \\ud800", "date": "2024-05-01"}',
        json.dumps({"id": "a4", "text": "Rain.", "date": "2024-05-01", "outlet": "Coast News"}),
    ]
    found = list(read_articles(write(tmp_path / "a.jsonl", "\n".join(lines))))
    assert [item.id if isinstance(item, Article) else item.code for item in found] == [
        "a1", "M607", "M607", "M606", "M604", "a4",
    ]  # fmt: skip
    assert [item.where[-6:] for item in found if isinstance(item, MusnadError)] == [
        "line 2", "line 4", "line 5", "line 6",
    ]  # fmt: skip


def test_folder_stands_for_the_articles_in_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("b.txt", "a.jsonl", "sub/c.txt", "a.meta.json", "picture.png"):
        write(tmp_path / name, "x")
    found = list(find_articles([tmp_path]))
    assert [str(path.relative_to(tmp_path)) for path in found if isinstance(path, Path)] == [
        "a.jsonl", "b.txt", "sub/c.txt",
    ]  # fmt: skip
    missing = list(find_articles([tmp_path / "nothing", tmp_path / "empty"]))
    assert [item.code for item in missing if isinstance(item, MusnadError)] == ["M607", "M607"]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (DATED, [make_article(DATED).id]),
        ('{"id": "a", "text": "Rain. 2024-05-01"}\n{"id": "b", "text": "Sun."}', ["a", "b"]),
    ],
)
def test_standard_input_is_a_text_or_json_lines(
    content: str, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    assert [
        item.id for item in read_articles(STDIN, Details(date="2024-05-01")) if isinstance(item, Article)
    ] == ids


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "M602"),
        ("unseen.txt", "\u200f \n\ufeff".encode(), "M602"),
        ("empty.jsonl", b"\n\n", "M602"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "M603"),
        ("utf16.txt", "الميناء".encode("utf-16"), "M604"),
        ("utf16-latin.txt", "The port".encode("utf-16-le"), "M603"),
        ("cp1256.txt", "الميناء".encode("cp1256"), "M604"),
        ("undated.txt", "The port opened.", "M606"),
        ("page.html", "<p>The port opened.</p>", "M602"),
        ("record.json", "{}", "M607"),
    ],
)  # fmt: skip
def test_what_is_no_article_says_why(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    found = error(write(tmp_path / name, content))
    assert found.code == code
    assert name in found.where
    assert found.remedy


def test_file_over_50_mb_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.seek(LARGEST * 3)
        file.write(b"x")
    assert error(path).code == "M605"


def test_long_line_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b"x" * (LARGEST * 2 + 5))
        file.write(b'\n{"id": "a", "text": "Rain.", "date": "2024-05-01"}\n')
    found = list(read_articles(path))
    assert [item.id if isinstance(item, Article) else item.code for item in found] == ["M605", "a"]


@pytest.mark.parametrize(
    "details",
    [
        Details(date="yesterday"),
        Details(date="2024-02-30"),
        Details(date="2024-05-01", url="example.org"),
        Details(date="2024-05-01", lang="fr"),
        Details(date="2024-05-01", id="a b"),
    ],
    ids=["no-date", "no-day", "no-address", "no-language", "no-id"],
)
def test_details_of_another_form_are_refused(details: Details) -> None:
    with pytest.raises(MusnadError, match=r"`(date|url|lang|id)` is") as caught:
        make_article("The port opened.", details)
    assert caught.value.code == "M607"


@pytest.mark.parametrize("content", ["[1]", "{", '{"date": 20240501}'])
def test_malformed_metadata_is_an_error_not_a_gap(tmp_path: Path, content: str) -> None:
    write(tmp_path / "a.txt", DATED)
    write(tmp_path / "a.meta.json", content)
    found = error(tmp_path / "a.txt")
    assert (found.code, "a.meta.json" in found.where) == ("M607", True)


def test_unreadable_file_is_an_error(tmp_path: Path) -> None:
    assert error(tmp_path / "gone.txt").code == "M607"
