"""The names of the vocabularies: one list of prefixes for every serialiser, query and page."""

from __future__ import annotations

import re
from typing import Final


class Namespace(str):
    """An IRI that names begin with; calling it with a local name gives the whole IRI.

    >>> M("statedIn")
    'https://w3id.org/musnad#statedIn'
    """

    __slots__ = ()

    def __call__(self, name: str) -> str:
        """Give the IRI of `name` in this namespace."""
        return f"{self}{name}"


M: Final = Namespace("https://w3id.org/musnad#")
"""The core vocabulary."""
SEC: Final = Namespace("https://w3id.org/musnad/security#")
"""The domain of security news."""
GEN: Final = Namespace("https://w3id.org/musnad/general#")
"""What every domain shares."""
RULE: Final = Namespace("https://w3id.org/musnad/rule#")
"""The rules that findings follow."""
UNIT: Final = Namespace("https://w3id.org/musnad/unit#")
"""Units of quantities."""
ID: Final = Namespace("https://w3id.org/musnad/id/")
"""Articles, statements, claims, entities: everything that is named from its content."""
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SCHEMA: Final = Namespace("https://schema.org/")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
EDTF: Final = Namespace("http://id.loc.gov/datatypes/edtf/")
CITO: Final = Namespace("http://purl.org/spar/cito/")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
NP: Final = Namespace("http://www.nanopub.org/nschema#")
NPX: Final = Namespace("http://purl.org/nanopub/x/")

PREFIXES: Final[dict[str, Namespace]] = {
    "cito": CITO,
    "dcterms": DCTERMS,
    "edtf": EDTF,
    "gen": GEN,
    "geo": GEO,
    "id": ID,
    "m": M,
    "np": NP,
    "npx": NPX,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rule": RULE,
    "schema": SCHEMA,
    "sec": SEC,
    "sh": SH,
    "skos": SKOS,
    "unit": UNIT,
    "xsd": XSD,
}
"""Prefix and namespace of every vocabulary in use, sorted by prefix."""

DOMAINS: Final = Namespace("https://w3id.org/musnad/")
"""What the namespaces of the domains begin with."""
VOCABULARY_GRAPH: Final = ID("graph/vocabulary")
"""The graph that holds the ontology."""
FINDINGS_GRAPH: Final = ID("graph/findings")
"""The graph that holds the findings."""
VERSIONS_GRAPH: Final = ID("graph/versions")
"""The graph that links articles to those they revise."""
DIGESTS_GRAPH: Final = ID("graph/digests")
"""The graph that notes the digest of the findings."""
ARTICLE_GRAPHS: Final = Namespace(ID("graph/article/"))
"""What the names of the graphs that hold articles begin with."""
REVIEW_GRAPHS: Final = Namespace(ID("graph/review/"))
"""What the names of the graphs that hold decisions of reviewers begin with, one decision each."""
HISTORY_GRAPHS: Final = Namespace(ID("graph/history/"))
"""What the names of the graphs begin with that list the readings of an article."""
PAST_GRAPHS: Final = Namespace(ID("graph/past/"))
"""What the names of the graphs that keep whole readings begin with: no part of what queries see as said."""

# The part of Turtle's PN_LOCAL that needs no escape in any syntax we write
# (https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL).
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


def compact(iri: str) -> str:
    """Give `iri` as a prefixed name if a prefix fits, otherwise as it is.

    >>> compact("https://w3id.org/musnad#statedIn")
    'm:statedIn'
    >>> compact("https://w3id.org/musnad/id/source/1f")
    'https://w3id.org/musnad/id/source/1f'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """Give the IRI of a prefixed name; raises KeyError when its prefix is not in `PREFIXES`.

    >>> expand("sec:withdrawsTo")
    'https://w3id.org/musnad/security#withdrawsTo'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix](local)
