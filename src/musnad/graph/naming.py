"""Names made from content: what a thing is decides its IRI, so two machines mint the same one."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote

from musnad.record import Entity, Record
from musnad.terms import ARTICLE_GRAPHS, DOMAINS, ID, UNIT
from musnad.text.folding import fold

# Sources that are known by name are one node everywhere; the others belong to their article.
NAMED_SOURCES = frozenset({"named-person", "office", "organisation", "outlet"})


def content_name(kind: str, *parts: object) -> str:
    """Give the IRI of a thing of `kind` whose identity is `parts`, in order; None stands for nothing.

    The first 128 bits of the SHA-256 of the parts, one a line, in UTF-8, with backslash and line end
    escaped; a SPARQL query makes the same name with `SUBSTR(SHA256(CONCAT(…)), 1, 32)`.
    """
    lines = ("" if part is None else _line(str(part)) for part in parts)
    return f"{ID}{kind}/{sha256(chr(10).join(lines).encode()).hexdigest()[:32]}"


def _line(part: str) -> str:
    return part.replace("\\", "\\\\").replace("\n", "\\n")


def article_name(record: Record) -> str:
    """Name the article version: outlet, date, address and text, so that wire copies stay apart."""
    return content_name("article", record.outlet, record.date, record.url, record.text)


def article_graph(article: str) -> str:
    """Name the graph that holds what was read in an article."""
    return ARTICLE_GRAPHS(article.rpartition("/")[2])


def source_name(article: str, kind: str, canonical: str) -> str:
    """Name a source: by kind and folded name, and by its article too unless it is known by name."""
    home = None if kind in NAMED_SOURCES else article
    return content_name("source", kind, fold(canonical).text, home)


def entity_name(entity: Entity) -> str:
    """Name an entity by its type and folded canonical name."""
    return content_name("entity", entity.type, fold(entity.name).text)


def term_name(term: str) -> str:
    """Give the IRI of a domain term written `domain:term`."""
    domain, _, local = term.partition(":")
    return f"{DOMAINS}{domain}#{local}"


def unit_name(unit: str) -> str:
    """Give the IRI of a unit; a unit that no list declares gets one too."""
    return UNIT(quote(unit, safe=""))


def term_text(iri: str) -> str:
    """Write a domain term's IRI as `domain:term`."""
    return iri.removeprefix(DOMAINS).replace("#", ":", 1)
