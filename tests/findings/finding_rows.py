"""What was found, told in the short names of the records: kinds, claims, premises, assumptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from findings.case_records import Finding
from musnad.findings.derivation import derive_findings
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.record import Record
from musnad.terms import PREFIXES, M

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_CLAIMS = """
SELECT ?finding ?kind ?within ?name WHERE {
  ?finding a m:Finding ; m:findingKind ?kind ; m:compares ?position .
  OPTIONAL { ?finding m:withinSource ?within . }
  ?position m:proposition ?proposition ; m:polarity ?polarity ; m:modality ?modality .
  ?claim a m:Claim ; m:proposition ?proposition ; m:polarity ?polarity ; m:modality ?modality ;
    dcterms:identifier ?name .
}
"""
_PREMISES = """
SELECT ?finding ?premise ?subject ?predicate ?object ?alignment WHERE {
  ?finding m:premise ?premise .
  ?premise rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL { ?premise a m:Alignment ; dcterms:identifier ?alignment . }
}
"""
_NAMES = "SELECT ?thing ?name WHERE { ?thing dcterms:identifier ?name }"
_PROPOSITIONS = """
SELECT ?thing ?name WHERE { ?claim m:proposition ?thing ; dcterms:identifier ?name } ORDER BY DESC(?name)
"""
_ASSUMPTIONS = "SELECT ?finding ?assumption WHERE { ?finding m:assumes ?assumption }"


def map_records(records: Iterable[Record]) -> list[ox.Quad]:
    """Give the quads of all the records."""
    return [quad for record in records for quad in map_record(record)]


def find_rows(records: Iterable[Record]) -> set[Finding]:
    """Derive the findings among `records` and tell them in the records' own names."""
    articles = map_records(records)
    return tell_findings(articles, derive_findings(articles))


def tell_findings(articles: Iterable[ox.Quad], findings: Iterable[ox.Quad]) -> set[Finding]:
    """Tell the findings graph in the names of the records that the article graphs came from."""
    with OxigraphStore() as store:
        store.extend(articles)
        store.extend(findings)
        names = {str(thing): _text(name) for thing, name in _rows(store, _NAMES)}
        names |= {str(thing): _text(name) for thing, name in _rows(store, _PROPOSITIONS)}
        heads: dict[str, tuple[str, bool]] = {}
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for finding, kind, within, name in _rows(store, _CLAIMS):
            heads[str(finding)] = (_text(kind), within is not None)
            claims[str(finding)].add(_text(name))
        premises: defaultdict[str, set[str]] = defaultdict(set)
        for finding, _, subject, predicate, value, alignment in _rows(store, _PREMISES):
            words = " ".join(_short(term, names) for term in (subject, predicate, value))
            premises[str(finding)].add(_text(alignment) if alignment is not None else words)
        assumes: defaultdict[str, set[str]] = defaultdict(set)
        for finding, assumption in _rows(store, _ASSUMPTIONS):
            assumes[str(finding)].add(_short(assumption, names))
    return {
        Finding(kind, frozenset(claims[name]), within, frozenset(premises[name]), frozenset(assumes[name]))
        for name, (kind, within) in heads.items()
    }


def missing_and_extra(told: Iterable[Finding], expected: Iterable[Finding]) -> tuple[list[str], list[str]]:
    """Compare what was found with what should be, as lines that are only in one of them."""
    wanted = {(finding.kind, finding.claims): finding for finding in expected}
    got, want = set(), set()
    for finding in told:
        mould = wanted.get((finding.kind, finding.claims))
        got.add(_line(finding, mould or finding))
    for finding in wanted.values():
        want.add(_line(finding, finding))
    return sorted(want - got), sorted(got - want)


def _line(finding: Finding, mould: Finding) -> str:
    """Write a finding with as much detail as `mould` gives."""
    parts = [finding.kind, " × ".join(sorted(finding.claims)), "within source" * finding.within_source]
    if mould.premises is not None:
        parts.append(f"premises: {', '.join(sorted(finding.premises or ()))}")
    if mould.assumes is not None:
        parts.append(f"assumes: {', '.join(sorted(finding.assumes or ()))}")
    return " | ".join(part for part in parts if part)


def _rows(store: OxigraphStore, query: str) -> Iterable[tuple[ox.NamedNode | ox.Literal | None, ...]]:
    return store.query(_PREFIXES + query)  # type: ignore[return-value]


def _text(term: object) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def _short(term: object, names: dict[str, str]) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    assert isinstance(term, ox.NamedNode)
    return names.get(str(term)) or term.value.removeprefix(M).rpartition("#")[2]
