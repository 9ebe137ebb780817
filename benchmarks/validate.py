"""Measure what validation costs a claim: by pySHACL, by the fast engine, and by pySHACL as one uses it first.

`python benchmarks/validate.py [CLAIMS]` (1000 unless said otherwise) validates a made-up corpus in lots as a
build does. `first sight` gives pySHACL each graph and the shapes as they are written; `pyshacl` and `shacl`
are what a build uses, without and with the extra `fast`. `shapes` is SHACL alone; `build` has the check
queries too, and is all that a build pays. Processor time a claim, the median of three runs, and the range.

The figures go to benchmarks/results/validate.json too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from itertools import islice

import measuring
import pyoxigraph as ox
import pyshacl
from corpora import generate_records
from rdflib import Graph, URIRef

from musnad.collection.building import LOT
from musnad.collection.preparing import make_ready
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.sparql import triples_of
from musnad.graph.vocabulary import load_vocabulary
from musnad.terms import SH
from musnad.validation import conforms, engines
from musnad.validation.checks import run_checks
from musnad.validation.profiles import RECORD
from musnad.validation.shapes import load_shapes, rdflib_term, shapes_file

Quads = list[ox.Quad]


def first_sight(graphs: list[Quads]) -> None:
    """Validate as the documentation of pySHACL begins: a graph, the shapes, and nothing else."""
    shapes = Graph()
    for stem in RECORD.shapes:
        shapes.parse(shapes_file(stem))
    shapes.remove((None, URIRef(SH("message")), None))
    for quads in graphs:
        data = Graph()
        for quad in quads:
            data.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
        pyshacl.validate(data, shacl_graph=shapes)


def by_lots(graphs: list[Quads], work: Callable[[list[Quads]], object]) -> None:
    """Do the work lot by lot."""
    graphs_left = iter(graphs)
    while lot := list(islice(graphs_left, LOT)):
        work(lot)


def held_by_pyshacl(lot: list[Quads]) -> None:
    """Hold a lot against the shapes by the reference."""
    for start in range(0, len(lot), 16):
        engines.run_pyshacl(lot[start : start + 16], load_shapes(RECORD.shapes))


def held_by_shacl(lot: list[Quads]) -> None:
    """Hold a lot against the shapes by the fast engine."""
    engines.run_shacl([engines.lines_of(quads) for quads in lot], load_shapes(RECORD.shapes))


def built(lot: list[Quads], *, fast: bool, written: dict[str, bytes]) -> None:
    """Validate a lot as a build does, which has written its graphs for the store before."""
    engines.has_fast_engine = lambda: fast
    graphs = {quads[0].graph_name.value: quads for quads in lot}
    if not conforms(graphs, {name: triples_of(written[name], name).decode() for name in graphs}):
        raise SystemExit("the corpus is not valid")


def checked(lot: list[Quads]) -> None:
    """Run the check queries over a lot, and nothing else."""
    with OxigraphStore() as store:
        store.load_lines("".join(engines.lines_of(quads) for quads in (load_vocabulary().quads, *lot)))
        run_checks(store)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=1000)
    records = list(generate_records(parser.parse_args().claims))
    claims = sum(len(statement.claims) for record in records for statement in record.statements)
    graphs = [map_record(record) for record in records]
    quads = sum(map(len, graphs))
    written = {one.name: one.quads for one in map(make_ready, records)}
    ways: dict[str, Callable[[], object]] = {
        "first sight, shapes": partial(first_sight, graphs[:16]),
        "pyshacl, shapes": partial(by_lots, graphs, held_by_pyshacl),
        "shacl, shapes": partial(by_lots, graphs, held_by_shacl),
        "check queries": partial(by_lots, graphs, checked),
        "pyshacl, build": partial(by_lots, graphs, partial(built, fast=False, written=written)),
        "shacl, build": partial(by_lots, graphs, partial(built, fast=True, written=written)),
    }
    some = sum(len(statement.claims) for record in records[:16] for statement in record.statements)
    print(f"{len(records):,} articles, {claims:,} claims, {quads / claims:.0f} quads a claim")
    print(f"{'way':<22} {'ms a claim':>10}  {'range':>13}")
    found = {}
    for name, work in ways.items():
        times = measuring.processor_times(work)
        each = [1000 * seconds / (some if name.startswith("first") else claims) for seconds in times]
        found[name] = each
        print(f"{name:<22} {measuring.median(each):>10.3f}  {min(each):>6.3f}–{max(each):.3f}")
    measuring.keep("validate", {"claims": claims, "articles": len(records), "ms a claim": found})


if __name__ == "__main__":
    main()
