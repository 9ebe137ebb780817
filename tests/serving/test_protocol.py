"""The endpoint keeps to the SPARQL 1.1 Protocol: the cases of protocol.yaml, and real clients."""

from __future__ import annotations

import csv
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import yaml
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

import musnad
from musnad.errors import UpdateRefused
from musnad.terms import FINDINGS_GRAPH, M

CASES = yaml.safe_load((Path(__file__).parent / "protocol.yaml").read_text(encoding="utf-8"))
COUNT = "SELECT (COUNT(?claim) AS ?n) { ?claim a <https://w3id.org/musnad#Claim> }"


@pytest.fixture(scope="session")
def graphs(client: httpx.Client) -> dict[str, str]:
    """Give the graphs that stand for {findings}, {article} and {nowhere} in the cases."""
    query = f"SELECT ?g {{ GRAPH ?g {{ ?a a <{M('Article')}> }} }}"
    found = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    # Nobody listens at this port; a fetch would be an error, and a fetched graph would not be empty.
    return {
        "findings": FINDINGS_GRAPH,
        "article": found[0]["g"]["value"],
        "nowhere": "http://127.0.0.1:1/graph",
    }


def fill(text: str, graphs: dict[str, str]) -> str:
    for name, iri in graphs.items():
        text = text.replace(f"{{{name}}}", iri)
    return text


def encode(pairs: list[list[str]], graphs: dict[str, str]) -> str:
    return urlencode([(name, fill(value, graphs)) for name, value in pairs])


def test_names_of_cases_are_used_once() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) > 50


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_protocol(client: httpx.Client, graphs: dict[str, str], case: dict[str, Any]) -> None:
    body = fill(case.get("body", ""), graphs).encode()
    headers = {"Accept": case["accept"]} if "accept" in case else {"Accept": "*/*"}
    content_type = case.get("content_type")
    if "form" in case:
        body = encode(case["form"], graphs).encode()
        content_type = "application/x-www-form-urlencoded" if content_type is None else content_type
    if "body_utf16" in case:
        body = case["body_utf16"].encode("utf-16")
    if content_type:
        headers["Content-Type"] = content_type
    address = case.get("raw_address") or encode(case.get("address", []), graphs)
    answer = client.request(
        case.get("method", "GET"),
        f"/sparql?{address}" if address else "/sparql",
        headers=headers,
        content=body,
    )
    assert answer.status_code == case["status"], answer.text
    if answer.status_code == 405:
        assert answer.headers["Allow"]
        return
    assert "Accept" in answer.headers["Vary"]
    if "media_type" in case:
        assert answer.headers["Content-Type"].split(";")[0] == case["media_type"]
    if "boolean" in case:
        assert answer.json()["boolean"] is case["boolean"]
    if "count" in case:
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(case["count"])
    if "text" in case:
        assert answer.content.decode() == case["text"]
    if case["status"] >= 400:
        assert answer.text.strip()
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_every_form_of_rows_says_the_same(client: httpx.Client) -> None:
    query = f"SELECT ?q {{ ?f a <{M('Finding')}> ; <{M('findingKind')}> ?q }} ORDER BY ?q ?f"
    forms = ("application/sparql-results+json", "text/csv", "application/sparql-results+xml")
    json, rows, xml = (
        client.get("/sparql", params={"query": query}, headers={"Accept": form}) for form in forms
    )
    kinds = [binding["q"]["value"] for binding in json.json()["results"]["bindings"]]
    assert kinds == [row[0] for row in csv.reader(StringIO(rows.text))][1:]
    assert kinds == [part.split("<")[0] for part in xml.text.split("<literal>")[1:]]


def test_description_says_what_the_endpoint_does(client: httpx.Client, server: str) -> None:
    graph = Graph().parse(data=client.get("/sparql").text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (service,) = graph.subjects(URIRef(f"{sd}endpoint"), URIRef(f"{server}/sparql"))
    assert (service, URIRef(f"{sd}feature"), URIRef(f"{sd}UnionDefaultGraph")) in graph
    assert (service, URIRef(f"{sd}supportedLanguage"), URIRef(f"{sd}SPARQL11Query")) in graph
    formats = {str(name).rpartition("/")[2] for name in graph.objects(service, URIRef(f"{sd}resultFormat"))}
    assert formats >= {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD"}


def test_browser_that_asks_nothing_is_led_to_the_editor(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ask")


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_asks(server: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)
    wrapper.setMethod(method)
    wrapper.setQuery(COUNT)
    rows: Any = wrapper.queryAndConvert()
    assert rows["results"]["bindings"][0]["n"]["value"] == "35"
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setQuery("CONSTRUCT { ?c a <urn:c> } WHERE { ?c a <https://w3id.org/musnad#Claim> }")
    wrapper.setReturnFormat(TURTLE)
    wrapper.setMethod(POST)
    turtle: Any = wrapper.query().convert()
    assert len(Graph().parse(data=turtle, format="turtle")) == 35


def test_rdflib_store_asks(server: str) -> None:
    graph = Graph(SPARQLStore(f"{server}/sparql"))
    rows: Any = list(graph.query(COUNT))
    assert [int(row[0]) for row in rows] == [35]
    assert len(list(graph.subjects(RDF.type, URIRef(M("Claim"))))) == 35


def test_curl_asks(server: str) -> None:
    command = [
        "curl",
        "-sS",
        "--noproxy",
        "*",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={COUNT}",
    ]
    done = subprocess.run([*command, f"{server}/sparql"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["n", "35"]


@pytest.mark.parametrize("path", ["", "/sparql"])
def test_musnad_connects_for_reading(server: str, seed_store: Path, path: str) -> None:
    with musnad.connect(f"{server}{path}") as far:
        assert far.info()["claims"] == 35
        assert [finding.kind for finding in far.conflicts()][:1] == ["conflict/exclusion"]
        assert far.claim("s3c4").provenance().hands[0].cue == "وقالت"
        assert far.describe(far.claims()[0].iri).startswith("@prefix")
        if not path:
            with pytest.raises(UpdateRefused):
                far.add(Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11")
