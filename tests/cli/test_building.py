"""Building and validating: what is refused, in which words, and that nothing changes then."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cli.conftest import RECORDS, SEED, Run
from musnad.collection import open_collection
from musnad.graph.store import dump_nquads

Data = dict[str, Any]


def seed_data() -> Data:
    data: Data = json.loads((SEED / "record.json").read_text(encoding="utf-8"))
    data.pop("text_file", None)
    data["text"] = (SEED / "article.txt").read_bytes().decode()
    return data


def content_of(store: Path) -> str:
    with open_collection(store, create=False) as news:
        return dump_nquads(news.store)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Give what the files of a store hold, but for the engine's log and lock."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(("LOG", "LOCK"))
    }


def wrong_offset(data: Data) -> None:
    data["statements"][2]["content"]["start"] += 1


def unknown_source(data: Data) -> None:
    data["statements"][0]["source"]["canonical"] = "وكالة لم يذكرها أحد"


def reversed_interval(data: Data) -> None:
    data["quantities"][0] |= {"lower": 9, "upper": 2}


def missing_polarity(data: Data) -> None:
    del data["statements"][3]["polarity"]


def unknown_predicate(data: Data) -> None:
    data["statements"][0]["claims"][0]["proposition"]["predicate"] = "security:evaporates"


def place_for_a_number(data: Data) -> None:
    """Nothing that the record's own checks see: it is the vocabulary that asks for a number."""
    claim = data["statements"][1]["claims"][0]["proposition"]
    del claim["quantity"]
    claim["object"] = "iraq"


BROKEN: dict[str, tuple[Callable[[Data], None], list[str]]] = {
    "wrong offset": (wrong_offset, ["statement s3, content", "the article has", "Correct `start` and `end`"]),
    "unknown source": (
        unknown_source,
        ["statement s1", "وكالة لم يذكرها أحد", "is not among the record's sources"],
    ),
    "reversed interval": (reversed_interval, ["quantity q1", "its interval is reversed: 9 is above 2"]),
    "missing polarity": (missing_polarity, ["statement s4", "`polarity` is missing", "affirmed, denied"]),
    "unknown predicate": (unknown_predicate, ["claim s1c1", "no domain declares the predicate"]),
    "place for a number": (place_for_a_number, ["s2c1"]),
}


def write(path: Path, data: Data) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def assert_refused(musnad: Run, broken: Path, words: list[str], seed_store: Path, tmp_path: Path) -> None:
    """Build `broken` beside good records, into a store that is there and one that is not."""
    store = tmp_path / "copy.musnad"
    shutil.copytree(seed_store, store)
    before, files = content_of(seed_store), bytes_of(store)
    result = musnad("build", RECORDS, broken, "--store", store)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(("M101 ", "M102 "))
    assert all(word in result.err for word in words), result.err
    assert bytes_of(store) == files
    assert content_of(store) == before
    fresh = tmp_path / "new" / "fresh.musnad"
    assert musnad("build", broken, "--store", fresh).status == 2
    assert not fresh.parent.exists()


@pytest.mark.parametrize("case", BROKEN)
def test_build_refuses_a_broken_record_and_changes_nothing(
    musnad: Run, seed_store: Path, tmp_path: Path, case: str
) -> None:
    breaks, words = BROKEN[case]
    data = seed_data()
    breaks(data)
    assert_refused(musnad, write(tmp_path / "broken.json", data), words, seed_store, tmp_path)


@pytest.mark.parametrize("case", BROKEN)
def test_validate_tells_the_same_and_exits_with_1(musnad: Run, tmp_path: Path, case: str) -> None:
    breaks, words = BROKEN[case]
    data = seed_data()
    breaks(data)
    result = musnad("validate", write(tmp_path / "broken.json", data), "--format", "json")
    assert result.status == 1
    told = result.err + " ".join(str(row) for row in json.loads(result.out))
    assert all(word in told for word in words), told


def denied_triple(form: str, tmp_path: Path, seed_store: Path) -> Path:
    """Export the seed and assert as a bare triple what one of its claims denies."""
    with open_collection(seed_store, create=False) as news:
        quads = news.quads(findings=False)
        denied = news.sparql(
            "PREFIX m: <https://w3id.org/musnad#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
            "SELECT ?s ?p ?o { ?c m:polarity m:denied ; m:proposition ?said . "
            "?said rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
        )
    row = next(iter(denied))
    bare = ox.Quad(
        ox.NamedNode(row["s"]), ox.NamedNode(row["p"]), ox.NamedNode(row["o"]), quads[0].graph_name
    )
    path = tmp_path / f"denied.{form}"
    ox.serialize([*quads, bare], path, format=ox.RdfFormat.from_extension(form))
    return path


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_build_refuses_a_denied_triple_asserted_bare(
    musnad: Run, seed_store: Path, tmp_path: Path, form: str
) -> None:
    broken = denied_triple(form, tmp_path, seed_store)
    words = [f"denied.{form}", "this triple is no part of a record", "claims are never bare triples"]
    assert_refused(musnad, broken, words, seed_store, tmp_path)


def test_denied_claim_shows_up_as_no_fact(seed_store: Path) -> None:
    with open_collection(seed_store, create=False) as news:
        assert (
            len(
                news.sparql(
                    "SELECT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?p), 'https://w3id.org/musnad/security#')) }"
                )
            )
            == 0
        )


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_export_without_findings_builds_the_same_store(
    musnad: Run, seed_store: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"seed.{'nq' if form == 'nquads' else form}"
    for findings in ("--findings", "--no-findings"):
        assert musnad("export", "--store", seed_store, "-f", form, "-o", file, findings).status == 0
        again = tmp_path / f"again{findings}.musnad"
        result = musnad("build", file, "--store", again)
        assert result.status == 0, result.err
        assert content_of(again) == content_of(seed_store)


def test_graph_with_wrong_words_is_refused(musnad: Run, seed_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "seed.nq"
    musnad("export", "--store", seed_store, "-f", "nquads", "-o", file, "--no-findings")
    text = file.read_text(encoding="utf-8")
    exact = "ستبقى فقط قاعدتين عسكريتين"
    assert exact in text
    file.write_text(text.replace(f'#exact> "{exact}"', f'#exact> "{exact[:-1]}"'), encoding="utf-8")
    result = musnad("build", file, "--store", tmp_path / "x.musnad")
    assert result.status == 2
    assert "claim s2c1, evidence" in result.err
    assert not (tmp_path / "x.musnad").exists()


def test_graph_that_was_changed_says_so_and_is_taken_without_its_digests(
    musnad: Run, seed_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "seed.nq"
    musnad("export", "--store", seed_store, "-f", "nquads", "-o", file, "--no-findings")
    exported = file.read_text(encoding="utf-8")
    text = re.sub(r'prefLabel> "(.+)"@en', r'prefLabel> "\1, so called"@en', exported, count=1)
    assert text != exported
    file.write_text(text, encoding="utf-8")
    result = musnad("build", file, "--store", tmp_path / "x.musnad")
    assert result.status == 2
    assert "it was changed since its digests" in result.err
    lines = [line for line in text.splitlines() if "Digest>" not in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert musnad("build", file, "--store", tmp_path / "x.musnad").status == 0


INPUTS = {
    "missing file": ("missing.json", None, "there is no such file"),
    "no JSON": ("record.json", b"{", "this is not JSON"),
    "not UTF-8": ("record.json", b"\xff\xfe", "not UTF-8"),
    "empty graph": ("seed.trig", b"", "there is no article in this graph"),
    "no TriG": ("seed.trig", b"<a> <b>", "the graph cannot be read"),
    "not UTF-8 graph": ("seed.nq", b"\xff\xfe", "the graph cannot be read"),
    "foreign graph": ("seed.ttl", b"<urn:a> <urn:b> <urn:c> .", "one article is needed and 0 are given"),
}


@pytest.mark.parametrize("case", INPUTS)
@pytest.mark.parametrize("command", ["build", "validate"])
def test_what_is_no_record_is_bad_input(
    musnad: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, case: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name, content, words = INPUTS[case]
    if content is not None:
        Path(name).write_bytes(content)
    result = musnad(command, name)
    assert result.status == (1 if command == "validate" and case == "foreign graph" else 2)
    assert name in result.err
    assert words in result.err
    assert not Path("news.musnad").exists()


def test_folder_without_records_is_bad_input(musnad: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    result = musnad("build", tmp_path, "--store", tmp_path / "x")
    assert (result.status, result.out) == (2, "")
    assert "there is no record and no article in this folder" in result.err


def test_two_records_of_one_article_are_refused(musnad: Run, tmp_path: Path) -> None:
    data = seed_data()
    first = write(tmp_path / "one.json", data)
    data["statements"].pop()
    second = write(tmp_path / "two.json", data)
    result = musnad("build", first, second, "--store", tmp_path / "x")
    assert result.status == 2
    assert "another record given here reads the same article" in result.err
    assert musnad("build", first, first, "--store", tmp_path / "x").status == 0


def test_build_says_what_it_did_on_standard_error(musnad: Run, tmp_path: Path) -> None:
    result = musnad("build", SEED, "--store", tmp_path / "x")
    assert (result.status, result.out) == (0, "")
    assert "built 1 article: 15 statements, 35 claims" in result.err
    assert "now holds 1 article, 35 claims" in result.err
    before = content_of(tmp_path / "x")
    assert musnad("build", SEED / "record.json", "--store", tmp_path / "x").status == 0
    assert content_of(tmp_path / "x") == before


def test_validate_of_what_conforms_is_0(musnad: Run, seed_store: Path) -> None:
    for arguments in ([SEED], ["--store", seed_store]):
        result = musnad("validate", *arguments)
        assert result.status == 0
        assert "everything conforms" in result.err
    met = musnad("validate", SEED, "--shapes", "--format", "csv").out.splitlines()
    assert "m:ClaimShape,35" in met
    assert met[0] == "shape,nodes"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_validate_finds_what_is_wrong_in_a_store(
    musnad: Run, seed_store: Path, tmp_path: Path, lang: str
) -> None:
    store = tmp_path / "x.musnad"
    shutil.copytree(seed_store, store)
    with open_collection(store) as news:
        news.store.update(
            "PREFIX oa: <http://www.w3.org/ns/oa#> "
            "DELETE { GRAPH ?g { ?s oa:start ?n } } INSERT { GRAPH ?g { ?s oa:start ?m } } "
            "WHERE { { SELECT ?g ?s ?n { GRAPH ?g { ?s oa:start ?n } } ORDER BY ?s LIMIT 1 } "
            "BIND(?n + 1 AS ?m) }"
        )
    result = musnad("validate", "--store", store, "--format", "json", "--lang", lang)
    assert result.status == 1
    violations = [row for row in json.loads(result.out) if row["severity"] == "violation"]
    assert violations
    assert any(("المقال" if lang == "ar" else "article") in row["problem"] for row in violations)


def test_validate_needs_paths_or_a_store(musnad: Run, seed_store: Path) -> None:
    for arguments in ([], [SEED, "--store", seed_store]):
        result = musnad("validate", *arguments)
        assert (result.status, result.out) == (2, "")
        assert "give paths or --store, and not both" in result.err


def test_store_of_a_stopped_build_is_read_with_a_word_of_warning(
    musnad: Run, seed_store: Path, tmp_path: Path
) -> None:
    store = tmp_path / "x.musnad"
    shutil.copytree(seed_store, store)
    assert "was stopped" not in musnad("statements", "--store", store).err
    with open_collection(store) as news:
        news.begin()
    result = musnad("statements", "--store", store)
    assert result.status == 0
    assert "a build of this store was stopped before its findings were derived" in result.err
    assert "kept 1 article as the store has them" in musnad("build", SEED, "--store", store).err
    assert "was stopped" not in musnad("statements", "--store", store).err
    assert content_of(store) == content_of(seed_store)
