"""Articles in Parquet and in storages: read row by row, wherever fsspec reaches."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from musnad.collection import build, count_articles, open_collection
from musnad.errors import MissingExtra, MusnadError, UnreadableArticle
from musnad.graph.store import dump_nquads
from musnad.text.article import Article, Details
from musnad.text.intake import find_articles, read_articles
from musnad.text.storage import find_files, open_stored, read_rows

ARTICLES: list[dict[str, object]] = [
    {
        "id": f"port-{number}",
        "outlet": "وكالة الساحل",
        "date": "2024-05-01",
        "text": f"قال مدير الميناء، فهد السالمي، إن {number} سفن غادرت أمس.",
    }
    for number in range(5)
]


def write_parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)
    return path


def write_lines(path: Path) -> Path:
    lines = (json.dumps(article, ensure_ascii=False) for article in ARTICLES)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """Give fsspec's storage in memory, which is reached as s3:// is."""
    storage = fsspec.filesystem("memory")
    storage.pipe("/news/a/lines.jsonl", json.dumps(ARTICLES[0]).encode())
    storage.pipe("/news/notes.md", b"no article")
    yield storage
    storage.rm("/news", recursive=True)


def test_parquet_gives_the_articles_that_lines_give(tmp_path: Path) -> None:
    rows = [{**article, "views": 3} for article in ARTICLES]
    there = list(read_articles(write_parquet(tmp_path / "news.parquet", rows)))
    assert there == list(read_articles(write_lines(tmp_path / "news.jsonl")))
    assert all(isinstance(article, Article) for article in there)
    assert count_articles([tmp_path / "news.parquet"]) == 5


@pytest.mark.parametrize("day", [date(2024, 5, 1), datetime(2024, 5, 1, 12, 30)])
def test_days_of_a_column_are_days(tmp_path: Path, day: date) -> None:
    path = write_parquet(tmp_path / "news.parquet", [{**ARTICLES[0], "date": day}])
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    assert article.date == date(2024, 5, 1)


def test_row_that_is_no_article_is_told_with_its_number(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "news.parquet", [ARTICLES[0], {**ARTICLES[1], "text": None}])
    first, second = read_articles(path)
    assert isinstance(first, Article)
    assert isinstance(second, UnreadableArticle)
    assert second.where == f"{path}, row 2"
    without = write_parquet(tmp_path / "other.parquet", [{"title": "x"}])
    (error,) = read_articles(without)
    assert isinstance(error, UnreadableArticle)


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    path.write_bytes(b"PAR1 no more")
    (error,) = read_articles(path)
    assert isinstance(error, UnreadableArticle)
    assert error.where == str(path)
    assert count_articles([path]) == 1


def test_told_details_go_before_columns(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "news.parquet", [ARTICLES[0]])
    (article,) = read_articles(path, Details(outlet="Bay Post"))
    assert isinstance(article, Article)
    assert article.outlet == "Bay Post"


@pytest.mark.usefixtures("memory")
def test_folder_of_a_storage_stands_for_its_files(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/news/b.parquet", write_parquet(tmp_path / "b.parquet", list(ARTICLES[1:])).read_bytes())
    found = list(find_articles(["memory://news"]))
    assert found == ["memory:///news/a/lines.jsonl", "memory:///news/b.parquet"]
    read = [article for item in found if not isinstance(item, MusnadError) for article in read_articles(item)]
    assert read == list(read_articles(write_lines(tmp_path / "news.jsonl")))
    assert count_articles(["memory://news"]) is None


def test_build_takes_folder_lines_parquet_and_storage_alike(
    tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    parquet = write_parquet(tmp_path / "news.parquet", list(ARTICLES))
    memory.pipe("/news/a/lines.jsonl", write_lines(tmp_path / "news.jsonl").read_bytes())
    contents = set()
    places: tuple[Path | str, ...] = (parquet, tmp_path / "news.jsonl", "memory://news")
    for number, given in enumerate(places):
        store = tmp_path / f"{number}.musnad"
        assert build([given], partial(open_collection, store), there=False).articles == 5
        with open_collection(store) as news:
            contents.add(dump_nquads(news.store))
    assert len(contents) == 1


def test_address_where_nothing_is_is_told(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/news/empty/notes.md", b"no article")
    (error,) = find_articles(["memory://news/empty"])
    assert isinstance(error, UnreadableArticle)
    (error,) = find_articles(["nowhere://news"])
    assert isinstance(error, UnreadableArticle)
    with pytest.raises(UnreadableArticle):
        open_stored("memory://news/none.jsonl")


@pytest.mark.parametrize("module", ["fsspec", "pyarrow.parquet"])
def test_missing_extra_is_told(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "news.parquet", list(ARTICLES))
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match="parquet"):
        find_files("s3://bucket/news", (".parquet",)) if module == "fsspec" else list(
            read_rows(str(path), ())
        )


def test_storage_whose_package_is_not_here_is_told() -> None:
    with pytest.raises(MissingExtra, match="gcsfs"):
        find_files("gs://bucket/news", (".parquet",))
