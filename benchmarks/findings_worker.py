"""One measurement of findings.py, in a process of its own: prints seconds, memory and what came out as JSON.

`python benchmarks/findings_worker.py WHAT CLAIMS FOLDER PATIENCE`; `corpus` makes files that others read.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from corpora import generate_records, late_article

from musnad.collection.concluding import write_findings
from musnad.findings import Claim, Hand, Text, count_origins, find_findings, revise_findings
from musnad.findings.neighbourhood import READ
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name, source_name
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record
from musnad.terms import FINDINGS_GRAPH, PREFIXES, VOCABULARY_GRAPH

# Where the words stand, identifiers and more that no rule reads is left out: it is three quads in four.
UNREAD = ("/id/span/", "/id/mention/", "/id/step/", "/id/reading/")
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# Every claim with every other one on its question: the plain way to say four of the rules.
PAIRWISE = f"""{PREFIX}
SELECT ?one ?other WHERE {{
  ?one m:proposition ?p ; m:polarity m:affirmed ; m:modality m:asserted ; prov:wasAttributedTo ?s .
  ?p m:slot ?slot ; rdf:predicate ?predicate .
  ?q m:slot ?slot ; rdf:predicate ?predicate .
  ?other m:proposition ?q ; m:polarity m:affirmed ; m:modality m:asserted ; prov:wasAttributedTo ?t .
  FILTER(STR(?one) < STR(?other))
  OPTIONAL {{ ?p m:quantity ?a . ?a schema:minValue ?l1 ; schema:maxValue ?u1 . }}
  OPTIONAL {{ ?q m:quantity ?b . ?b schema:minValue ?l2 ; schema:maxValue ?u2 . }}
  OPTIONAL {{ ?p m:time ?c . ?c m:startEarliest ?f1 ; m:endLatest ?e1 . }}
  OPTIONAL {{ ?q m:time ?d . ?d m:startEarliest ?f2 ; m:endLatest ?e2 . }}
  OPTIONAL {{ ?p rdf:object ?x . ?q rdf:object ?y . }}
  FILTER((?p = ?q && ?s != ?t) || ?u1 < ?l2 || ?u2 < ?l1 || ?e1 < ?f2 || ?e2 < ?f1 || ?x != ?y)
}}
"""
VALUES = f"""{PREFIX}
SELECT ?claim ?source ?p ?slot ?predicate ?low ?high ?from ?until ?thing WHERE {{
  ?claim m:proposition ?p ; m:polarity m:affirmed ; m:modality m:asserted ; prov:wasAttributedTo ?source .
  ?p m:slot ?slot ; rdf:predicate ?predicate .
  OPTIONAL {{ ?p m:quantity ?a . ?a schema:minValue ?low ; schema:maxValue ?high . }}
  OPTIONAL {{ ?p m:time ?c . ?c m:startEarliest ?from ; m:endLatest ?until . }}
  OPTIONAL {{ ?p rdf:object ?thing . }}
}}
"""


def corpus(claims: int, folder: Path) -> dict[str, Any]:
    """Write what rules read of a corpus as N-Quads."""
    count = 0
    with (folder / f"{claims}.nq").open("wb") as file:
        for record in generate_records(claims):
            count += sum(len(statement.claims) for statement in record.statements)
            read = (
                quad
                for quad in map_record(record)
                if quad.predicate in READ and not any(word in str(quad.subject) for word in UNREAD)
            )
            file.write(ox.serialize(read, format=ox.RdfFormat.N_QUADS))
    return {"claims": count}


def sweep(claims: int, folder: Path) -> dict[str, Any]:
    """All rules over a store in memory, findings written to it; once cold, then with shapes remembered."""
    store = _loaded(claims, folder, None)
    cold = _swept(store)
    return cold | {"again": _swept(store)["cpu"]}


def folder(claims: int, folder: Path) -> dict[str, Any]:
    """Make the store in a folder that others open."""
    _loaded(claims, folder, folder / f"{claims}.musnad").close()
    return {}


def folder_sweep(claims: int, folder: Path) -> dict[str, Any]:
    """All rules over a store in a folder, findings written to it."""
    with OxigraphStore(folder / f"{claims}.musnad") as store:
        result = _swept(store)
    return result | {"low": result["cpu"], "high": result["cpu"]}


def _swept(store: OxigraphStore) -> dict[str, Any]:
    before = _memory()
    found = 0

    def counted() -> Iterator[str]:
        nonlocal found
        for text in find_findings(store):
            found += text.count("findingKind")
            yield text

    start, wall = time.process_time(), time.perf_counter()
    write_findings(store, counted())
    return {
        "cpu": time.process_time() - start,
        "wall": time.perf_counter() - wall,
        "findings": found,
        "grown": _memory() - before,
    }


def incremental(claims: int, folder: Path) -> dict[str, Any]:
    """Articles of thirty claims that come to a store in a folder with its findings, one after the other."""
    store = OxigraphStore(folder / f"{claims}.musnad")
    times, writes, walls = [], [], []
    for number in range(40):
        record = late_article(5 + 7 * number, claims)
        graphs = {article_graph(article_name(record)): map_record(record)}
        start, wall = time.process_time(), time.perf_counter()
        revision = revise_findings(store, graphs)
        middle = time.process_time()
        store.revise(graphs, (), FINDINGS_GRAPH, revision.gone, revision.come)
        times.append(middle - start)
        writes.append(time.process_time() - middle)
        walls.append(time.perf_counter() - wall)
    # The first meet shapes that this process has not seen.
    return {
        "first": times[0], "cpu": statistics.median(times[20:]), "worst": max(times[20:]),
        "write": statistics.median(writes[20:]), "wall": statistics.median(walls[20:]),
    }  # fmt: skip


def pairwise_oxigraph(claims: int, folder: Path) -> dict[str, Any]:
    """Four of the rules, said claim by claim, in pyoxigraph."""
    store = _loaded(claims, folder, None)
    return _timed(lambda: sum(1 for _ in store.stream(PAIRWISE)))


def pairwise_rdflib(claims: int, folder: Path) -> dict[str, Any]:
    """Four of the rules, said claim by claim, in rdflib."""
    from rdflib import Graph

    graph = Graph()
    seen = {str(quad.triple) for quad in ox.parse(path=folder / f"{claims}.nq")}
    graph.parse(data="".join(f"{line} .\n" for line in seen), format="nt")
    return _timed(lambda: len(graph.query(PAIRWISE)))


def tuples(claims: int, folder: Path) -> dict[str, Any]:
    """The bound: the same four rules as a hash join over tuples that are there already."""
    rows = _rows(claims, folder)

    def join() -> int:
        slots: defaultdict[tuple[str, str], defaultdict[tuple[str, ...], set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for _, source, proposition, slot, predicate, *values in rows:
            slots[slot, predicate][proposition, *values].add(source)
        found = 0
        for held in slots.values():
            found += sum(len(sources) > 1 for sources in held.values())
            said = list(held)
            for place, one in enumerate(said):
                for other in said[:place]:
                    found += one[2] < other[1] or other[2] < one[1] or one[4] < other[3] or one[5] != other[5]
        return found

    return _timed(join)


def polars(claims: int, folder: Path) -> dict[str, Any]:
    """The bound: the same four rules as a join of columns that are there already."""
    import polars as pl

    names = ("claim", "source", "p", "slot", "predicate", "low", "high", "from", "until", "thing")
    frame = pl.DataFrame(_rows(claims, folder), schema=names, orient="row")

    def join() -> int:
        held = frame.group_by("slot", "predicate", "p", "low", "high", "from", "until", "thing").agg(
            pl.col("source").n_unique()
        )
        pairs = held.join(held, on=("slot", "predicate"), suffix="2").filter(
            (pl.col("p") < pl.col("p2"))
            & (
                (pl.col("high") < pl.col("low2"))
                | (pl.col("high2") < pl.col("low"))
                | (pl.col("until") < pl.col("from2"))
                | (pl.col("thing") != pl.col("thing2"))
            )
        )
        return held.filter(pl.col("source") > 1).height + pairs.height

    return _timed(join)


def _rows(claims: int, folder: Path) -> list[tuple[str, ...]]:
    place = folder / f"{claims}.musnad"
    with OxigraphStore(place) if place.exists() else _loaded(claims, folder, None) as store:
        return [tuple(map(str, row)) for row in store.stream(VALUES)]


def independence(claims: int, _: Path) -> dict[str, Any]:
    """How many independent origins stand behind each answer of a corpus."""
    answers: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    hands: dict[str, tuple[Hand, ...]] = {}
    for record in generate_records(claims):
        for key, claim, chain in _chains(record):
            answers[key].append(claim)
            hands[claim.statement] = chain
    sources = len({claim.source for said in answers.values() for claim in said})
    result = _timed(lambda: sum(count_origins(said, hands).most for said in answers.values()))
    return result | {"sources": sources, "largest": max(map(len, answers.values()))}


def _chains(record: Record) -> Iterator[tuple[tuple[object, ...], Claim, tuple[Hand, ...]]]:
    article, day = article_name(record), date.fromisoformat(record.date)
    names = {entity.id: entity.name for entity in record.entities}
    amounts = {mention.id: mention.meaning for mention in record.quantities}
    for statement in record.statements:
        name = f"{article}/{statement.id}"
        mention = statement.source
        speaker = source_name(article, mention.kind, mention.canonical)
        chain = [Hand(0, "speaker", speaker, mention.canonical, mention.kind, None, None)]
        for relay in statement.via:
            agent = source_name(article, relay.kind, relay.agent or "")
            chain.append(Hand(len(chain), "relay", agent, relay.agent, relay.kind, None, None))
        outlet = source_name(article, "outlet", record.outlet)
        chain.append(Hand(len(chain), "publisher", outlet, record.outlet, "outlet", None, None))
        for claim in statement.claims:
            said = claim.proposition
            amount = amounts.get(said.quantity or "")
            value = (names.get(said.object or ""), amount, claim.polarity, claim.modality)
            text = Text(mention.canonical, mention.canonical)
            told = Claim(
                iri=f"{name}/{claim.id}", id=claim.id, article=article, article_id=record.article,
                outlet=record.outlet, day=day, statement=name, statement_id=statement.id, source=speaker,
                source_name=text, source_kind=mention.kind, quote=claim.evidence.text, start=0, end=1,
                polarity=claim.polarity, modality=claim.modality, proposition="", status="draft",
            )  # fmt: skip
            yield (names[said.subject], said.predicate, *value), told, tuple(chain)


def _loaded(claims: int, folder: Path, place: Path | None) -> OxigraphStore:
    """Load a corpus as the program keeps it: each article's graph, and what queries see."""
    if place is not None and place.exists():
        shutil.rmtree(place)
    store = OxigraphStore(place)
    with (folder / f"{claims}.nq").open("rb") as file:
        store._engine.bulk_load(file, format=ox.RdfFormat.N_QUADS)
    plain = (
        ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ox.parse(path=folder / f"{claims}.nq")
    )
    store._engine.bulk_extend(plain)
    store._engine.extend(load_vocabulary().quads)
    assert VOCABULARY_GRAPH in store.graphs()
    return store


def _timed(work: Callable[[], Any]) -> dict[str, Any]:
    if patience := int(sys.argv[4]):
        # What it took to load does not count.
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + patience, resource.RLIM_INFINITY))
    start, wall = time.process_time(), time.perf_counter()
    found = work()
    return {"cpu": time.process_time() - start, "wall": time.perf_counter() - wall, "found": found}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


WORK: dict[str, Callable[[int, Path], dict[str, Any]]] = {
    work.__name__.replace("_", "-"): work
    for work in (
        corpus, sweep, folder, folder_sweep, incremental,
        pairwise_oxigraph, pairwise_rdflib, tuples, polars, independence,
    )
}  # fmt: skip


def main(arguments: Iterable[str]) -> None:
    """Carry out one measurement."""
    what, claims, folder, _ = arguments
    result = WORK[what](int(claims), Path(folder))
    json.dump(result | {"memory": _memory()}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
