"""What the commands print: tables for people, CSV and JSON for programs, in English and in Arabic."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run

# The object of a finding, as DESIGN.md has it, and whether it lies within one source.
FINDING_KEYS = [
    "id", "kind", "rule", "question", "sources", "claims", "statements", "quotes", "premises", "reason",
    "independent", "withinSource",
]  # fmt: skip
TABLES = ("statements", "agreements", "conflicts", "findings", "query", "info")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("command", TABLES)
def test_csv_and_json_have_the_same_rows(musnad: Run, seed_store: Path, command: str) -> None:
    as_csv, as_json = (musnad(command, "--store", seed_store, "--format", form) for form in ("csv", "json"))
    assert (as_csv.status, as_json.status) == (0, 0)
    assert (as_csv.err, as_json.err) == ("", "")
    objects = json.loads(as_json.out)
    assert len(rows(as_csv.out)) == len(objects) > 0
    assert [list(row) for row in rows(as_csv.out)] == [list(entry) for entry in objects]


@pytest.mark.parametrize("command", TABLES)
def test_output_file_holds_what_standard_output_would(
    musnad: Run, seed_store: Path, command: str, tmp_path: Path
) -> None:
    file = tmp_path / "out.txt"
    printed = musnad(command, "--store", seed_store)
    written = musnad(command, "--store", seed_store, "--output", file)
    assert written.out == ""
    assert file.read_bytes().decode() == printed.out
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("command", ["agreements", "conflicts", "findings"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_finding_has_the_fields_of_the_design(musnad: Run, seed_store: Path, command: str, lang: str) -> None:
    found = json.loads(musnad(command, "--store", seed_store, "--format", "json", "--lang", lang).out)
    for finding in found:
        assert list(finding) == FINDING_KEYS
        sides = len(finding["claims"])
        assert len(finding["quotes"]) == len(finding["statements"]) == sides > 0
        assert all(len(statement) == 2 for statement in finding["statements"])
        assert [type(bound) for bound in finding["independent"]] == [int, int]
        assert finding["independent"][0] <= finding["independent"][1]
        assert isinstance(finding["withinSource"], bool)
        assert "@" in finding["rule"]
        assert finding["reason"]
        assert finding["question"]


def test_findings_are_parted_into_agreements_conflicts_and_the_rest(musnad: Run, seed_store: Path) -> None:
    def kinds(*arguments: str) -> list[str]:
        out = musnad(*arguments, "--store", seed_store, "--format", "json").out
        return [finding["kind"] for finding in json.loads(out)]

    both = kinds("agreements") + kinds("conflicts") + kinds("findings", "--kind", "non-conflict")
    assert sorted(both) == sorted(kinds("findings"))
    assert set(kinds("findings", "--kind", "conflict/place")) == {"conflict/place"}
    assert {kind.split("/")[0] for kind in kinds("conflicts")} == {"conflict", "tension"}


def test_order_of_findings_is_the_same_each_time(musnad: Run, seed_store: Path) -> None:
    first = musnad("findings", "--store", seed_store).out
    assert musnad("findings", "--store", seed_store).out == first


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["rests on", "independent"]), ("ar", ["يستند إلى", "المصادر المستقلة"])]
)
def test_conflicts_show_both_quotations_reason_and_independence(
    musnad: Run, seed_store: Path, lang: str, words: list[str]
) -> None:
    page = musnad("conflicts", "--store", seed_store, "--lang", lang).out
    found = json.loads(musnad("conflicts", "--store", seed_store, "--lang", lang, "--format", "json").out)
    for finding in found:
        assert finding["reason"] in page
        for quote in finding["quotes"]:
            assert " ".join(quote.split()) in page
    assert all(word in page for word in words)


def test_language_changes_labels_and_leaves_quotations(musnad: Run, seed_store: Path) -> None:
    english, arabic = (
        json.loads(musnad("findings", "--store", seed_store, "--format", "json", "--lang", lang).out)
        for lang in ("en", "ar")
    )
    assert [finding["quotes"] for finding in english] == [finding["quotes"] for finding in arabic]
    assert all(one["reason"] != other["reason"] for one, other in zip(english, arabic, strict=True))
    assert all(one["question"] != other["question"] for one, other in zip(english, arabic, strict=True))


def test_statements_of_one_source(musnad: Run, seed_store: Path) -> None:
    def sources(*arguments: str) -> set[str]:
        out = musnad("statements", "--store", seed_store, "--format", "json", *arguments).out
        return {row["source"] for row in json.loads(out)}

    assert sources("--source", "government") == {"a government source"}
    assert sources("--source", "مصدر حكومي", "--lang", "ar") == sources(
        "--source", "government", "--lang", "ar"
    )
    assert len(sources()) == 4


def test_info_counts(musnad: Run, seed_store: Path, market_store: Path) -> None:
    (counts,) = json.loads(musnad("info", "--store", seed_store, "--format", "json").out)
    assert counts["articles"] == counts["outlets"] == 1
    assert (counts["sources"], counts["statements"], counts["claims"]) == (4, 15, 35)
    (other,) = json.loads(musnad("info", "--store", market_store, "--format", "json").out)
    assert other["articles"] == 2


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_table_is_drawn_in_logical_order_without_trailing_blanks(
    musnad: Run, seed_store: Path, lang: str
) -> None:
    page = musnad("query", "--store", seed_store, "--lang", lang).out
    assert all(line == line.rstrip() for line in page.splitlines())
    assert not {"\u200e", "\u200f", "\u202b", "\x1b"} & set(page)


# --- trace ----------------------------------------------------------------------------------------


def traced(musnad: Run, store: Path, reference: str) -> dict[str, Any]:
    result = musnad("trace", reference, "--store", store, "--format", "json")
    assert result.status == 0, result.err
    found: dict[str, Any] = json.loads(result.out)
    return found


def test_trace_finds_a_claim_by_any_of_its_names(musnad: Run, seed_store: Path) -> None:
    claim = traced(musnad, seed_store, "s13c3")
    assert claim["id"] == "shafaq-2025-10-11:s13c3"
    digest = claim["claim"].rpartition("/")[2]
    quote = claim["quote"]["text"]
    spelled = quote.replace("إلى", "الى").replace("أربيل", "اربيل")
    for reference in (claim["claim"], claim["id"], digest, digest[:8], quote, quote[4:-4], spelled):
        assert traced(musnad, seed_store, reference)["claim"] == claim["claim"]


def test_trace_reaches_the_characters_of_the_article(musnad: Run, seed_store: Path) -> None:
    from cli.conftest import SEED

    article = (SEED / "article.txt").read_bytes().decode()
    claim = traced(musnad, seed_store, "s13c3")
    quote = claim["quote"]
    assert article[quote["start"] : quote["end"]] == quote["text"]
    assert quote["prefix"] + quote["text"] + quote["suffix"] in article
    assert [hand["role"] for hand in claim["chain"]] == ["speaker", "publisher"]
    assert claim["says"]
    assert {finding["kind"] for finding in claim["findings"]} >= {"conflict/place"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_trace_shows_hands_words_and_what_speaks_against(musnad: Run, seed_store: Path, lang: str) -> None:
    page = musnad("trace", "s13c3", "--store", seed_store, "--lang", lang).out
    assert "⟦نقل جزء من القوات" in page
    assert "conflict/place" in page
    assert ("against:" if lang == "en" else "يعارضه:") in page


def test_words_that_fit_several_claims_list_them(musnad: Run, seed_store: Path) -> None:
    result = musnad("trace", "القوات", "--store", seed_store)
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith("M502 ")
    assert "shafaq-2025-10-11:s13c3" in result.err
    assert len(result.err.strip().splitlines()) > 4


@pytest.mark.parametrize(
    "reference", ["s99c1", "no such words", "0000000000", "", "https://w3id.org/musnad/id/claim/0"]
)
def test_what_fits_no_claim_is_told(musnad: Run, seed_store: Path, reference: str) -> None:
    result = musnad("trace", reference, "--store", seed_store)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("M501 ")


def test_trace_has_no_csv(musnad: Run, seed_store: Path) -> None:
    result = musnad("trace", "s3c4", "--store", seed_store, "--format", "csv")
    assert result.status == 2
    assert "a trace is a table, json or ttl" in result.err


# --- query ------------------------------------------------------------------------------------------


def test_query_by_name_with_a_parameter(musnad: Run, seed_store: Path) -> None:
    found = json.loads(
        musnad(
            "query", "claims-about", "--param", "name=Erbil", "--store", seed_store, "--format", "json"
        ).out
    )
    assert found
    everything = json.loads(musnad("query", "claims-about", "--store", seed_store, "--format", "json").out)
    assert len(everything) > len(found)


def test_query_of_ones_own(musnad: Run, seed_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text(
        "PREFIX m: <https://w3id.org/musnad#>\nSELECT (COUNT(?c) AS ?claims) WHERE { ?c a m:Claim }",
        encoding="utf-8",
    )
    assert json.loads(musnad("query", file, "--store", seed_store, "--format", "json").out) == [
        {"claims": 35}
    ]


QUERY_WITH_PARAMETER = """\
#+ summary:
#+   en: "Claims of one id."
#+   ar: "ادعاءات لها معرف واحد."
#+ params:
#+   id:
#+     type: text
#+     required: true
#+     description:
#+       en: "The id."
#+       ar: "المعرف."
#+ returns: [claim]
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX m: <https://w3id.org/musnad#>
SELECT ?claim WHERE {
  # {params}
  ?claim a m:Claim ; dcterms:identifier ?id .
}
ORDER BY ?claim
"""


def test_query_of_ones_own_takes_parameters(musnad: Run, seed_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text(QUERY_WITH_PARAMETER, encoding="utf-8")
    found = musnad("query", file, "-p", "id=s3c4", "--store", seed_store, "--format", "json")
    assert len(json.loads(found.out)) == 1
    hostile = musnad("query", file, "-p", 'id=" } #', "--store", seed_store, "--format", "json")
    assert json.loads(hostile.out) == []


@pytest.fixture
def query_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with query files in which something is wrong."""
    monkeypatch.chdir(tmp_path)
    Path("broken.rq").write_text("SELECT * WHERE { ?s ?p", encoding="utf-8")
    Path("update.rq").write_text("DELETE WHERE { ?s ?p ?o }", encoding="utf-8")
    Path("needs.rq").write_text(QUERY_WITH_PARAMETER, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-query"], "M304"),
        (["claims-about", "--param", "colour=red"], "M305"),
        (["conflicts", "--param", "nonsense"], "Usage"),
        (["conflicts", "--param", "=x"], "Usage"),
        (["missing.rq"], "M303"),
        (["broken.rq"], "M301"),
        (["update.rq"], "M302"),
        (["needs.rq"], "M307"),
    ],
)
def test_query_that_cannot_be_asked_is_told(
    musnad: Run, seed_store: Path, query_files: Path, arguments: list[str], code: str
) -> None:
    del query_files
    result = musnad("query", *arguments, "--store", seed_store)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(code), result.err


@pytest.mark.parametrize(
    ("text", "out"),
    [("ASK { ?s ?p ?o }", "True"), ("ASK { <urn:a> ?p ?o }", "False")],
)
def test_yes_or_no_is_one_row(musnad: Run, seed_store: Path, tmp_path: Path, text: str, out: str) -> None:
    file = tmp_path / "own.rq"
    file.write_text(text, encoding="utf-8")
    assert musnad("query", file, "--store", seed_store).out.split()[-1] == out


@pytest.mark.parametrize(
    "arguments",
    [["query", "own.rq", "-f", "ttl"], ["statements", "-f", "ttl"], ["trace", "s3c4", "-f", "ttl"],
     ["conflicts", "-f", "ttl"]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_turtle_is_read_by_rdflib(
    musnad: Run, seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    import rdflib

    monkeypatch.chdir(tmp_path)
    Path("own.rq").write_text("CONSTRUCT WHERE { ?s a <https://w3id.org/musnad#Claim> }", encoding="utf-8")
    result = musnad(*arguments, "--store", seed_store)
    assert (result.status, result.err) == (0, "")
    assert len(rdflib.Graph().parse(data=result.out, format="turtle")) > 0


@pytest.mark.parametrize("command", ["info", "query"])
def test_rows_are_no_triples(musnad: Run, seed_store: Path, command: str) -> None:
    result = musnad(command, "--store", seed_store, "--format", "ttl")
    assert (result.status, result.out) == (2, "")
    assert "use table, csv or json" in result.err


def test_turtle_of_statements_keeps_to_the_source_asked_for(musnad: Run, seed_store: Path) -> None:
    import rdflib

    def count(*arguments: str) -> int:
        page = musnad("statements", "-f", "ttl", "--store", seed_store, *arguments).out
        graph = rdflib.Graph().parse(data=page, format="turtle")
        return len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/musnad#Statement"))))

    listed = musnad("statements", "--source", "government", "-f", "json", "--store", seed_store).out
    assert count("--source", "government") == len(json.loads(listed)) > 0
    assert count() == 15
