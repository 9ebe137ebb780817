"""Whatever is changed is named: in a text to the byte, in a graph to the triple, in a file by its key."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from cli.conftest import Run, musnad
from musnad.collection import open_collection
from musnad.collection.keeping import back_up
from musnad.collection.verifying import Part, verify_store
from musnad.collection.verifying_files import verify_file
from musnad.errors import MusnadError, UnstorableQuad
from musnad.graph.digests import digest_quads, digest_text
from musnad.graph.exports import export_file
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.record import dump_record, load_record
from musnad.terms import DIGESTS_GRAPH, FINDINGS_GRAPH, OA, PROV, M
from trust.scale import THOROUGH, examples, tried

__all__ = ["musnad"]

ROOT = Path(__file__).resolve().parents[2]
MARKET = ROOT / "tests" / "records"
TEXT, EXACT = ox.NamedNode(M("text")), ox.NamedNode(OA("exact"))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pristine") / "news.musnad"
    with open_collection(folder) as news:
        news.add(MARKET)
    return folder


@pytest.fixture
def store(pristine: Path) -> Iterator[OxigraphStore]:
    """Give a copy in memory that a test may tamper with."""
    with OxigraphStore(pristine, create=False) as kept:
        graphs = {name: list(kept.quads(name)) for name in kept.graphs()}
    with OxigraphStore() as copy:
        copy.replace(graphs)
        yield copy


def differences(store: OxigraphStore) -> list[tuple[str, str, str]]:
    return [(part.what, part.kind, line) for part in verify_store(store) for line in part.differences]


def swap(store: OxigraphStore, quad: ox.Quad, value: Any) -> None:
    """Change the object of a quad as someone would who knows how the store is laid out."""
    for graph in (f"GRAPH {quad.graph_name}", ""):
        store.update(
            f"DELETE DATA {{ {graph} {{ {quad.triple} }} }}" if graph else f"DELETE DATA {{ {quad.triple} }}"
        )
        new = f"{quad.subject} {quad.predicate} {value}"
        store.update(f"INSERT DATA {{ {graph} {{ {new} }} }}" if graph else f"INSERT DATA {{ {new} }}")


def test_what_nobody_touched_is_verified(store: OxigraphStore, pristine: Path, musnad: Run) -> None:
    parts = list(verify_store(store))
    assert differences(store) == []
    kinds = [part.kind for part in parts]
    follows = ["findings", "digest of the findings", "versions", "vocabulary", "what queries see"]
    assert kinds == ["text", "record", "graph"] * 2 + follows
    result = musnad("verify", "--store", pristine, "--format", "json")
    assert result.status == 0
    rows = json.loads(result.out)
    assert [row["sha256"] for row in rows] == [part.sha256 for part in parts]
    for path in sorted(MARKET.glob("*.json")):
        record = load_record(path)
        assert digest_text(record.text) in {row["sha256"] for row in rows if row["kind"] == "text"}
        assert digest_quads(map_record(record)) in {row["sha256"] for row in rows if row["kind"] == "graph"}


def test_changed_letter_of_a_text_is_told_to_the_byte(store: OxigraphStore) -> None:
    quad: Any = next(quad for quad in store.quads() if quad.predicate == TEXT)
    spans: list[Any] = [other for other in store.quads(quad.graph_name.value) if other.predicate == EXACT]
    text = quad.object.value
    at = text.index(next(span.object.value for span in spans if len(span.object.value) > 5)) + 3
    swap(store, quad, ox.Literal(f"{text[:at]}ש{text[at + 1 :]}"))
    found = differences(store)
    lines = [line for _, kind, line in found if kind == "text"]
    assert "its outlet, day, address or text is not what its name was made from" in lines[0]
    assert any(
        f"at code point {at} (byte {len(text[:at].encode())}) the text has 'ש" in line for line in lines[1:]
    )
    tried("tamperings found")


@pytest.mark.parametrize("name", ["outlet", "date"])
def test_changed_head_of_an_article_is_told(store: OxigraphStore, name: str) -> None:
    published = ox.NamedNode("https://schema.org/datePublished")
    publisher = ox.NamedNode("https://schema.org/publisher")
    quad: Any = next(
        quad for quad in store.quads() if quad.predicate == (published if name == "date" else publisher)
    )
    if name == "date":
        swap(store, quad, ox.Literal("2001-01-01", datatype=quad.object.datatype))
    else:
        swap(store, quad, ox.NamedNode("https://w3id.org/musnad/id/source/0"))
    assert any(
        kind == "text" and "is not what its name was made from" in line
        for _, kind, line in differences(store)
    )
    tried("tamperings found")


def test_hashes_are_triples_that_stand_beside_what_they_are_of(store: OxigraphStore) -> None:
    rows: Any = store.query(
        f"SELECT ?text ?digest ?record WHERE {{ ?article <{M('text')}> ?text ; <{M('textDigest')}> ?digest . "
        f"?reading <{PROV('used')}> ?article ; <{M('recordDigest')}> ?record }}"
    )
    given = {digest_text(record.text): record for record in map(load_record, sorted(MARKET.glob("*.json")))}
    assert len(rows) == len(given)
    for text, digest, record in rows:
        assert digest.value == digest_text(text.value)
        assert record.value == digest_text(dump_record(given[digest.value]))
    sealed: Any = next(iter(store.quads(DIGESTS_GRAPH)))
    assert sealed.object.value == digest_quads(store.quads(FINDINGS_GRAPH))


@pytest.mark.parametrize("name", ["textDigest", "recordDigest", "graphDigest"])
def test_changed_or_missing_hash_is_told(store: OxigraphStore, name: str) -> None:
    quad: Any = next(quad for quad in store.quads() if quad.predicate == ox.NamedNode(M(name)))
    swap(store, quad, ox.Literal("0" * 64))
    assert any("0" * 64 in line or "changed since its digests" in line for *_, line in differences(store))
    swap(store, ox.Quad(quad.subject, quad.predicate, ox.Literal("0" * 64), quad.graph_name), quad.object)
    assert differences(store) == []
    take_out(store, quad)
    assert differences(store)
    tried("tamperings found", 2)


def test_article_without_any_hash_is_told(store: OxigraphStore) -> None:
    names = {ox.NamedNode(M("textDigest")), ox.NamedNode(M("recordDigest"))}
    for quad in [quad for quad in store.quads() if quad.predicate in names]:
        take_out(store, quad)
    lines = [line for _, _, line in differences(store)]
    assert lines == ["no SHA-256 is noted with it"] * 2
    tried("tamperings found")


def take_out(store: OxigraphStore, quad: ox.Quad) -> None:
    store.update(f"DELETE DATA {{ GRAPH {quad.graph_name} {{ {quad.triple} }} }}")
    store.update(f"DELETE DATA {{ {quad.triple} }}")


def test_every_change_of_a_triple_is_named(store: OxigraphStore) -> None:
    """Take random triples of every graph out, or change their objects, and see them named each time."""
    quads: list[Any] = sorted(store.quads(), key=str)
    chance = random.Random(6)
    for quad in chance.sample(quads, 120 if THOROUGH else 6):
        value = (
            ox.Literal("tampered") if isinstance(quad.object, ox.Literal) else ox.NamedNode("urn:tampered")
        )
        swap(store, quad, value)
        lines = [line for *_, line in differences(store)]
        assert lines
        if quad.graph_name.value == FINDINGS_GRAPH:
            new = ox.Triple(quad.subject, quad.predicate, value)
            assert f"this triple does not follow: {new}" in lines
            assert f"this triple is missing: {quad.triple}" in lines
        swap(store, ox.Quad(quad.subject, quad.predicate, value, quad.graph_name), quad.object)
        tried("tamperings found")
    assert differences(store) == []


def test_added_triples_and_graphs_are_named(store: OxigraphStore) -> None:
    bare = "<urn:a> <urn:b> <urn:c>"
    store.update(
        f"INSERT DATA {{ {bare} . GRAPH <urn:strange> {{ {bare} }} GRAPH <{FINDINGS_GRAPH}> {{ {bare} }} }}"
    )
    lines = [line for *_, line in differences(store)]
    assert lines[0] == f"this triple does not follow: {bare}"
    assert all("graphDigest" in line for line in lines[1:3])  # of the findings with that triple, and without
    assert lines[3:] == ["this graph is not one of musnad's: urn:strange"]
    store.update(f"DELETE DATA {{ {bare} }}")
    assert f"this triple is missing: {bare}" in [line for *_, line in differences(store)]
    tried("tamperings found", 3)


def test_command_names_differences_and_exits_with_1(pristine: Path, tmp_path: Path, musnad: Run) -> None:
    folder = Path(shutil.copytree(pristine, tmp_path / "news.musnad"))
    with OxigraphStore(folder) as store:
        quad = next(quad for quad in store.quads(FINDINGS_GRAPH) if isinstance(quad.object, ox.Literal))
        swap(store, quad, ox.Literal("tampered"))
    result = musnad("verify", "--store", folder, "--format", "csv")
    assert result.status == 1
    assert "tampered" in result.out
    assert result.err.startswith("4 differences in ")  # a triple and a digest, there and missing


# --- files --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exports(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    with open_collection(pristine, create=False) as news:
        paths = {
            name: export_file(news.quads(), folder / name)
            for name in ("a.trig", "a.nq", "a.nanopub.trig", "a.ttl")
        }
        for name in ("a.backup", "a.backup.gz"):
            back_up(news.store, folder / name)
            paths[name] = folder / name
    return paths


WHOLE = {"text", "record", "graph", "findings", "digest of the findings", "versions", "vocabulary"}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("a.trig", {"text", "record", "graph", "findings", "digest of the findings"}),
        ("a.nq", {"text", "record", "graph", "findings", "digest of the findings"}),
        ("a.nanopub.trig", {"nanopublication"}),
        ("a.backup", WHOLE),
        ("a.backup.gz", WHOLE),
    ],
)
def test_files_are_verified(exports: dict[str, Path], name: str, kinds: set[str]) -> None:
    parts = list(verify_file(exports[name]))
    assert {part.kind for part in parts} == kinds
    assert [part.differences for part in parts if part.differences] == []


def digests(parts: list[Part]) -> dict[tuple[str, str], str]:
    return {(part.what, part.kind): part.sha256 for part in parts}


@pytest.mark.parametrize("name", ["a.trig", "a.nq", "a.nanopub.trig", "a.backup", "a.backup.gz"])
def test_changed_letters_of_a_file_are_found(exports: dict[str, Path], tmp_path: Path, name: str) -> None:
    data, chance = exports[name].read_bytes(), random.Random(6)
    path = tmp_path / name
    expected = list(verify_file(exports[name]))
    for _ in range(60 if THOROUGH else 5):
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        try:
            parts: list[Part] = list(verify_file(path))
        except MusnadError:
            parts = []
        # A comment, a space between triples: the same graph in other bytes is no change.
        told = any(part.differences for part in parts)
        assert digests(parts) == digests(expected) or not parts or told
        tried("changes found")


def test_form_without_graphs_says_so(exports: dict[str, Path], musnad: Run) -> None:
    result = musnad("verify", exports["a.ttl"])
    assert result.status == 2
    assert result.err.startswith("M758 ")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Give a private key, its public key, and another public key, as the user's own tools make them."""
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    folder = tmp_path_factory.mktemp("keys")
    paths = (folder / "key.pem", folder / "public.pem", folder / "other.pem")
    key, other = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
    private = key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    kept = key.private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.BestAvailableEncryption(b"secret")
    )
    spki = forms.PublicFormat.SubjectPublicKeyInfo
    paths[0].write_bytes(private)
    (folder / "kept.pem").write_bytes(kept)
    for path, one in zip(paths[1:], (key, other), strict=True):
        path.write_bytes(one.public_key().public_bytes(forms.Encoding.PEM, spki))
    return paths


def test_signed_export_is_checked_against_its_key(
    pristine: Path, tmp_path: Path, musnad: Run, keys: tuple[Path, Path, Path]
) -> None:
    private, public, other = keys
    for name in ("a.trig", "a.ttl"):
        file = tmp_path / name
        assert musnad("export", "--store", pristine, "-o", file, "--sign", private).status == 0
        assert len((tmp_path / f"{name}.sig").read_bytes()) == 64
        assert musnad("verify", file, "--key", public).status == 0
        wrong = musnad("verify", file, "--key", other)
        assert wrong.status == 1
        assert "is not that of this file by this key" in wrong.out
        file.write_bytes(file.read_bytes() + b"\n")
        assert musnad("verify", file, "--key", public).status == 1
        (tmp_path / f"{name}.sig").write_bytes(b"short")
        assert musnad("verify", file, "--key", public).err.startswith("M757 ")
        (tmp_path / f"{name}.sig").unlink()
        assert musnad("verify", file, "--key", public).err.startswith("M757 ")
        tried("changes found", 4)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there")
def test_signature_is_one_that_openssl_takes(
    pristine: Path, tmp_path: Path, musnad: Run, keys: tuple[Path, Path, Path]
) -> None:
    file = tmp_path / "a.nq"
    assert musnad("export", "--store", pristine, "-o", file, "--sign", keys[0]).status == 0
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        keys[1],
        "-rawin",
        "-in",
        file,
        "-sigfile",
        f"{file}.sig",
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_keys_that_cannot_be_used_are_told(
    pristine: Path, tmp_path: Path, musnad: Run, keys: tuple[Path, Path, Path]
) -> None:
    private, public, _ = keys
    (tmp_path / "text").write_text("no key", encoding="utf-8")
    file = tmp_path / "a.nq"
    for key in (public, tmp_path / "text", tmp_path / "none", tmp_path, private.with_name("kept.pem")):
        result = musnad("export", "--store", pristine, "-o", file, "--sign", key)
        assert (result.status, result.err[:5]) == (2, "M756 ")
    assert not file.exists()
    assert musnad("export", "--store", pristine, "--sign", private).status == 2
    file.write_bytes(b"")
    for key in (private, tmp_path / "text", tmp_path / "none"):
        assert musnad("verify", file, "--key", key).err.startswith("M756 ")
    assert musnad("verify", "--key", public).status == 2
    tried("requests refused", 9)


# --- hashes -------------------------------------------------------------------------------------------


# PyLD's reader of N-Quads takes neither control characters nor those at which Python ends lines.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=4)


@examples(40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), WORDS), max_size=8))
def test_canonical_form_is_that_of_another_implementation(rows: list[tuple[str, str, str]]) -> None:
    """PyLD has its own RDF Dataset Canonicalization, under the name it had before it was a standard."""
    subjects = [
        (ox.NamedNode(f"urn:{s}"), ox.NamedNode(f"urn:{p}"), ox.Literal(words)) for s, p, words in rows
    ]
    quads = [ox.Quad(*terms, ox.NamedNode("urn:g")) for terms in subjects]
    text, form = "".join(f"{quad} .\n" for quad in quads), "application/n-quads"
    expected = jsonld.normalize(text, {"algorithm": "URDNA2015", "inputFormat": form, "format": form})
    assert digest_text(expected) == digest_quads(quads)
    tried("inputs fuzzed")


def test_blank_nodes_are_named_in_the_order_of_their_hashes() -> None:
    """Section 4.6 of RDFC-1.0: the hash of the quads of a node, in which the node itself is _:a."""
    lines = ["_:x <urn:a> _:x <urn:g> .\n", "_:y <urn:a> <urn:b> <urn:g> .\n"]
    hashes = [sha256(re.sub("_:[xy]", "_:a", line).encode()).hexdigest() for line in lines]
    dataset = ox.Dataset(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    first, second = (line for _, line in sorted(zip(hashes, lines, strict=True)))
    expected = {re.sub("_:[xy]", "_:c14n0", first), re.sub("_:[xy]", "_:c14n1", second)}
    assert {f"{quad} .\n" for quad in dataset} == expected


def test_order_does_not_matter_and_blank_nodes_are_refused() -> None:
    quads = map_record(load_record(next(MARKET.glob("*.json"))))
    assert digest_quads(quads) == digest_quads(reversed(quads))
    with pytest.raises(UnstorableQuad):
        digest_quads([ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal("x"))])
