"""What lists are made from: counts in passes over the store, words that are found, what is kept."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.findings import FindingsReader
from musnad.findings.keeping import Kept
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.text.folding import fold_text
from musnad.views.explorer.counting import BUSY, count
from musnad.views.explorer.searching import WordIndex, words_in
from musnad.views.explorer.site import Site, position_of


@pytest.fixture(scope="module")
def store(seed_store: Path) -> OxigraphStore:
    """Give a copy in memory of the store of the first article, which the server may hold."""
    from musnad.collection import open_collection

    with open_collection() as news:
        news.add(Path(__file__).resolve().parents[2] / "seeds" / "shafaq-2025-10-11")
        store = OxigraphStore()
        store.extend_graphs(news.store.quads())
    return store


def test_questions_are_counted_as_their_query_counts(store: OxigraphStore) -> None:
    counted = count(store).slots
    reader = FindingsReader(store)
    asked = {row["slot"]: row for row in reader.rows("question-index")}
    assert asked
    for slot, row in asked.items():
        found = counted[slot]
        assert (found.aspect, found.subject) == (row["aspect"], row["subject"])
        assert (found.positions, found.sources, found.claims) == (
            row["positions"],
            row["sources"],
            row["claims"],
        )
    findings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in reader.rows("question-findings"):
        findings[row["slot"]][row["kind"].partition("/")[0]] += row["findings"]
    assert {slot: found.findings for slot, found in counted.items() if found.findings} == findings
    # Questions that nobody answers are there for what claims imply.
    assert set(counted) == set(asked) | set(findings) > set(asked)


def test_sources_are_counted_as_their_query_counts(store: OxigraphStore) -> None:
    counted = count(store).sources
    rows = list(FindingsReader(store).rows("source-index"))
    assert {row["source"] for row in rows} == set(counted)
    for row in rows:
        found = counted[row["source"]]
        assert (found.articles, found.statements, found.claims, found.denied) == (
            row["articles"],
            row["statements"],
            row["claims"],
            row["denied"],
        )


def test_position_is_named_as_findings_name_it(store: OxigraphStore) -> None:
    site = Site(store)
    claims = site.reader.claims()
    names = {position_of(claim): claim for claim in claims}
    held = site.reader.held(names)
    compared = {one for found in site.reader.findings() for one in found.positions}
    assert compared
    for position in compared:
        assert position.iri in names
        assert set(held[position.iri]) == set(position.claims)
        assert {position_of(claim) for claim in position.claims} == {position.iri}


def test_holders_are_the_same_from_claims_at_hand_and_from_the_engine(store: OxigraphStore) -> None:
    asked, counted = Site(store), Site(store)
    positions = [position_of(claim) for claim in asked.reader.claims()]
    from_engine = asked.holders(positions)
    assert counted.reader.at_hand(positions) == {}
    counted.reader.held(positions)
    assert set(counted.reader.at_hand(positions)) == set(from_engine)
    assert counted.holders(positions) == from_engine
    assert len(from_engine) > 10


def test_positions_that_many_take_are_told() -> None:
    from musnad.graph.oxigraph_store import OxigraphStore as Memory

    text = """PREFIX m: <https://w3id.org/musnad#> PREFIX prov: <http://www.w3.org/ns/prov#>
    INSERT DATA { GRAPH <urn:g> { <urn:position> m:proposition <urn:many> . %s } %s }"""
    said = " ".join(
        f"<urn:c{n}> m:statedIn <urn:s{n}> ; m:proposition <urn:many> . <urn:s{n}> m:reportedIn <urn:a> ."
        for n in range(BUSY)
    )
    with Memory() as store:
        store.update(text % (said, f"<urn:position> m:proposition <urn:many> . {said}"))
        assert count(store).busy == [("urn:position", BUSY)]


TEXTS = st.lists(st.text("ابتأةه aBc\u0640\u064e-", max_size=12), max_size=8)


@given(TEXTS, st.text("ابتأةه abc\u0640", max_size=6))
def test_words_are_found_as_if_all_were_read_through(texts: list[str], words: str) -> None:
    found = WordIndex(enumerate(words_in(text) for text in texts)).find(words)
    wanted = fold_text(words).split()
    if not wanted:
        assert found is None
    else:
        folded = [fold_text(text) for text in texts]
        assert found == {n for n, text in enumerate(folded) if all(word in text for word in wanted)}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=60))
def test_what_is_kept_is_bounded_and_right(asked: list[tuple[int, int]]) -> None:
    kept: Kept[int, str] = Kept(20, len)
    for key, length in asked:
        thing = f"{key}" * length
        kept.put(key, thing)
        if thing and len(thing) <= 2:
            assert kept.get(key) == thing
    held = [kept.get(key) for key in range(10)]
    assert sum(len(thing) for thing in held if thing) <= 20
    assert kept.fill(range(10), lambda keys: dict.fromkeys(keys, "x")) == {
        key: thing if thing is not None else "x" for key, thing in enumerate(held)
    }
