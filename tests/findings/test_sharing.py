"""Facts shared out among processes: rules find in the shares what they find in the whole."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from findings.test_corpora import write
from musnad.findings import components, derivation, find_findings
from musnad.findings.facts import Facts, read_facts
from musnad.findings.rules import Rules, the_rules
from musnad.findings.sharing import find_in_shares, share_out
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.record import parse_record


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    with OxigraphStore() as store:
        for line in write("--claims", "500").splitlines():
            store.extend_graphs(map_record(parse_record(line)))
        yield store


def lines_of(texts: Iterator[str] | list[str]) -> list[str]:
    return sorted({line for text in texts for line in text.split("\n")})


def shared(store: OxigraphStore, size: int) -> tuple[list[str], list[Facts]]:
    """Give the findings as processes find them that know nothing of one another, and their shares."""
    shares: list[Facts] = []

    def sweep(facts: Facts) -> Iterator[str]:
        for share in share_out(facts, size):
            the_rules.cache_clear()
            shares.append(share)
            yield from (text.decode() for text in find_in_shares([pickle.loads(pickle.dumps(share))]))

    return lines_of(find_findings(store, sweep)), shares


def test_shares_have_the_findings_of_the_whole(store: OxigraphStore) -> None:
    found, shares = shared(store, 30)
    assert len(shares) > 3
    assert found == lines_of(find_findings(store))


def test_positions_set_aside_are_those_of_the_whole(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components, "BOUND", 3)
    whole = lines_of(find_findings(store))
    assert any("not-compared" in line for line in whole)
    found, _ = shared(store, 25)
    assert found == whole


def test_shares_are_bounded_and_hold_each_position_once(store: OxigraphStore) -> None:
    facts = read_facts(store)
    shares = list(share_out(facts, 50))
    positions = [position for share in shares for position in share.positions]
    assert len(positions) == len(set(positions))
    assert set(positions) <= set(facts.positions)
    largest = max(map(len, components.components(facts)))
    assert max(len(share.positions) for share in shares) < 50 + largest


def test_parts_that_are_alike_lie_together(store: OxigraphStore) -> None:
    """Were they dealt out by chance, each process would have to learn nearly all shapes itself."""
    lots = list(share_out(read_facts(store), 20, hands=2))

    def learnt(hands: list[list[Facts]]) -> int:
        rules = [Rules() for _ in hands]
        for rule, hand in zip(rules, hands, strict=True):
            for share in hand:
                list(rule.findings(share))
        return sum(len(rule._templates) for rule in rules)

    assert learnt([lots[::2], lots[1::2]]) < 1.5 * learnt([lots])


def test_rules_of_this_process_are_asked_without_a_sweep(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked:
        def findings(self, facts: Facts) -> Iterator[str]:
            yield f"{len(facts.positions)} positions"

    monkeypatch.setattr(derivation, "the_rules", Asked)
    assert list(find_findings(store))[-1] == f"{len(read_facts(store).positions)} positions"
