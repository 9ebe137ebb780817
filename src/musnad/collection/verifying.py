"""Verification: everything is derived again from the stored texts and records, and every difference named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from musnad.errors import InvalidRecord
from musnad.findings import derive_findings
from musnad.graph.descriptions import Descriptions
from musnad.graph.digests import digest_quads, digest_text, seal_findings
from musnad.graph.exports.trusty import artifact_code, is_artifact_code
from musnad.graph.naming import article_graph, content_name
from musnad.graph.restoring import restore_record
from musnad.graph.store import Store
from musnad.graph.versions import link_versions
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import dump_record
from musnad.terms import (
    ARTICLE_GRAPHS,
    DIGESTS_GRAPH,
    FINDINGS_GRAPH,
    HISTORY_GRAPHS,
    ID,
    PAST_GRAPHS,
    REVIEW_GRAPHS,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
    compact,
)

_OURS = (
    ARTICLE_GRAPHS,
    REVIEW_GRAPHS,
    HISTORY_GRAPHS,
    PAST_GRAPHS,
    FINDINGS_GRAPH,
    DIGESTS_GRAPH,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part that was derived again: `what` it is of, the SHA-256 of what is there, and how that differs.

    `kind` is text, record, graph, findings, digest of the findings, versions, vocabulary, nanopublication or
    `what queries see`; `differences` are sentences, none where all is well.
    """

    what: str
    kind: str
    sha256: str
    differences: tuple[str, ...] = ()


def verify_store(store: Store) -> Iterator[Part]:
    """Derive everything in a store again and give its parts: each article's, then what follows from all."""
    graphs: dict[str, list[ox.Quad]] = {name: list(store.quads(name)) for name in store.graphs()}
    yield from verify_graphs(graphs)
    seen = set(store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    said = {
        quad.triple for name, quads in graphs.items() if not name.startswith(PAST_GRAPHS) for quad in quads
    }
    yield Part(
        "the store",
        "what queries see",
        digest_text("".join(sorted(f"{triple} .\n" for triple in seen))),
        (
            *_differences(seen, said),
            *(f"this graph is not one of musnad's: {name}" for name in _strange(graphs)),
        ),
    )


def verify_graphs(
    graphs: dict[str, list[ox.Quad]], *, whole: bool = True, noted: bool = True
) -> Iterator[Part]:
    """Derive again what graphs by name hold.

    Without `whole`, findings and vocabulary may be missing; without `noted`, the digests of articles, which
    older graphs do not have.
    """
    articles = sorted(name for name in graphs if name.startswith(ARTICLE_GRAPHS))
    for name in articles:
        yield from verify_article(name, graphs[name], noted=noted)
    known = [quad for name in articles for quad in graphs[name]]
    # What follows from all articles; of a digest that is noted, from the findings as they are there.
    follows: dict[str, tuple[str, Callable[[], Iterable[ox.Quad]]]] = {
        FINDINGS_GRAPH: ("findings", lambda: derive_findings(known)),
        DIGESTS_GRAPH: ("digest of the findings", lambda: seal_findings(graphs.get(FINDINGS_GRAPH, []))),
        VERSIONS_GRAPH: ("versions", lambda: link_versions(known)),
        VOCABULARY_GRAPH: ("vocabulary", lambda: load_vocabulary().quads),
    }
    for name, (kind, derive) in follows.items():
        found = graphs.get(name, [])
        if not (found or (whole and articles)):
            continue
        try:
            derived = list(derive())
        except (LookupError, ValueError) as error:
            lines: tuple[str, ...] = (f"it cannot be derived from the articles as they are: {error!r}",)
        else:
            lines = tuple(_differences({quad.triple for quad in found}, {quad.triple for quad in derived}))
        yield Part("the store", kind, digest_quads(found), lines)


def verify_article(graph: str, quads: list[ox.Quad], *, noted: bool = True) -> Iterator[Part]:
    """Derive the graph of one article again from its text and its record, and give the three parts.

    With `noted`, it is a difference where the digests of the two are not there.
    """
    said = Descriptions(quads)
    for article in said.articles() or [""]:
        what = said.text(article, "dcterms:identifier") or compact(graph)
        text = said.text(article, "m:text") or ""
        changes = [
            *_unnamed(said, article, graph, text),
            *_misquoted(said, article, text),
            *_redigested(said.text(article, "m:textDigest"), text, noted=noted),
        ]
        yield Part(what, "text", digest_text(text), tuple(changes))
        try:
            record = dump_record(restore_record(quads))
        except InvalidRecord as error:
            # Every name hangs on the text: where that differs, all triples do, and say nothing.
            problems = () if changes else tuple(problem.what for problem in error.problems)
            record, lines = "", problems or ("it is not the record that its graph was made from",)
        else:
            lines = ()
        yield Part(what, "record", digest_text(record), lines)
        yield Part(what, "graph", digest_quads(quads))


def verify_nanopublications(quads: Iterable[ox.Quad]) -> Iterator[Part]:
    """Find the artifact code of each nanopublication again."""
    parts: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        parts[name.partition("#")[0]].append(quad)
    for name, own in sorted(parts.items()):
        code = name.rpartition("/")[2]
        if not (name.startswith(ID("nanopub/")) and is_artifact_code(code)):
            yield Part(name, "nanopublication", digest_quads(own), ("its name is no artifact code",))
            continue
        found = artifact_code(own, code)
        lines = () if found == code else (f"what it says has the artifact code {found}, its name {code}",)
        yield Part(name, "nanopublication", digest_quads(own), lines)


def _unnamed(said: Descriptions, article: str, graph: str, text: str) -> Iterator[str]:
    """Say where the article's name is not the hash of its outlet, day, address and text."""
    outlet = said.text(said.iri(article, "schema:publisher") or "", "rdfs:label")
    day, address = said.text(article, "schema:datePublished"), said.iri(article, "schema:url")
    name = content_name("article", outlet, day, address, text)
    if name != article:
        yield (
            "its outlet, day, address or text is not what its name was made from: they make "
            f"{name.rpartition('/')[2]}, and the name is {article.rpartition('/')[2]}"
        )
    elif article_graph(article) != graph:
        yield f"it stands in the graph {graph}, which is not its own"


def _redigested(digest: str | None, text: str, *, noted: bool) -> Iterator[str]:
    """Say where the digest that stands with a text is not that of the text."""
    if digest is None and noted:
        # That of the record is then missing too, or the graph would not be the one of its record.
        yield "no SHA-256 is noted with it"
    elif digest not in (None, digest_text(text)):
        yield f"its SHA-256 is {digest_text(text)}, and {digest} is noted with it"


def _misquoted(said: Descriptions, article: str, text: str) -> Iterator[str]:
    """Say where the text and what is quoted of it part: the first code point, and the byte of it in UTF-8."""
    for span in said.of_class("oa:SpecificResource"):
        if said.iri(span, "oa:hasSource") != article:
            continue
        start, end = (said.text(f"{span}/position", name) for name in ("oa:start", "oa:end"))
        before, exact, after = (
            said.text(f"{span}/quote", f"oa:{n}") or "" for n in ("prefix", "exact", "suffix")
        )
        try:
            first, last = int(start or ""), int(end or "")
        except ValueError:
            yield f"{compact(span)} has no offsets"
            continue
        quoted, low = before + exact + after, first - len(before)
        found = text[max(low, 0) : last + len(after)]
        if found != quoted or low < 0 or last - first != len(exact):
            at = next(
                (i for i, pair in enumerate(zip(found, quoted, strict=False)) if len(set(pair)) > 1),
                len(found),
            )
            place = max(low, 0) + at
            yield (
                f"at code point {place} (byte {len(text[:place].encode())}) the text has "
                f"{found[at : at + 20]!r} and {compact(span)} quotes {quoted[at : at + 20]!r}"
            )


def _differences(found: set[ox.Triple], expected: set[ox.Triple]) -> Iterator[str]:
    for text in sorted(str(triple) for triple in found - expected):
        yield f"this triple does not follow: {text}"
    for text in sorted(str(triple) for triple in expected - found):
        yield f"this triple is missing: {text}"


def _strange(graphs: Iterable[str]) -> list[str]:
    return sorted(name for name in graphs if not name.startswith(_OURS))
