"""Hashes of what musnad holds: SHA-256 over texts in UTF-8, and over graphs in the canonical form of the W3C.

The form is RDF Dataset Canonicalization (RDFC-1.0, https://www.w3.org/TR/rdf-canon/) as pyoxigraph does it.
Our graphs have no blank nodes, whose canonical names can take exponential time to find; others' are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from musnad.errors import UnstorableQuad
from musnad.graph.store import Store
from musnad.terms import DIGESTS_GRAPH, FINDINGS_GRAPH, M

SEALED: Final = 5_000
"""Up to how many quads of findings carry a digest: each write has to read them all."""

_FINDINGS, _DIGESTS, _NOTED = NamedNode(FINDINGS_GRAPH), NamedNode(DIGESTS_GRAPH), NamedNode(M("graphDigest"))


def digest_text(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, in hexadecimal digits.

    >>> digest_text("قال")[:16]
    '9802426735d3127c'
    """
    return sha256(text.encode()).hexdigest()


def digest_quads(quads: Iterable[Quad]) -> str:
    """Give the SHA-256 of the canonical N-Quads (RDFC-1.0) of quads without blank nodes.

    Raises `UnstorableQuad` for a blank node.
    """
    dataset = Dataset(quads)
    for quad in dataset:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode | Triple):
            raise UnstorableQuad(
                "the quad holds a blank node or a triple term, which musnad's graphs do not",
                where=str(quad),
                remedy="Give graphs that musnad wrote.",
            )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return digest_text("".join(sorted(f"{quad} .\n" for quad in dataset)))


def seal_findings(findings: Iterable[Quad]) -> list[Quad]:
    """Give the graph that notes the digest of the findings; it is empty where they are none or too many."""
    quads = list(islice(findings, SEALED + 1))
    if not 0 < len(quads) <= SEALED:
        return []
    return [Quad(_FINDINGS, _NOTED, Literal(digest_quads(quads)), _DIGESTS)]


def revise_seal(store: Store, gone: Iterable[Triple], come: Iterable[Triple]) -> list[Quad]:
    """Give that graph as it is once findings have gone from a store and others have come."""
    beyond = f"SELECT ?s WHERE {{ GRAPH {_FINDINGS} {{ ?s ?p ?o }} }} OFFSET {SEALED} LIMIT 1"
    if store.query(beyond).tuples:
        return []
    kept = {quad.triple for quad in store.quads(FINDINGS_GRAPH)}.difference(gone).union(come)
    return seal_findings(Quad(t.subject, t.predicate, t.object, _FINDINGS) for t in kept)
