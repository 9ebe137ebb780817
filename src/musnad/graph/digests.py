"""Hashes of what musnad holds: SHA-256 over texts in UTF-8, and over graphs in the canonical form of the W3C.

The form is RDF Dataset Canonicalization (RDFC-1.0, https://www.w3.org/TR/rdf-canon/) as pyoxigraph does it.
Our graphs have no blank nodes, whose canonical names can take exponential time to find; others' are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

from musnad.errors import UnstorableQuad


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
