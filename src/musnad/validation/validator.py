"""Validation as a whole: shapes graph by graph, check queries over all of them, one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pyoxigraph as ox

from musnad.errors import UnstorableQuad
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.parameters import Wording
from musnad.graph.store import Store
from musnad.graph.vocabulary import Vocabulary, load_vocabulary
from musnad.terms import VOCABULARY_GRAPH, M, compact
from musnad.validation.checks import run_checks
from musnad.validation.engines import hold_against, lines_of
from musnad.validation.profiles import PROFILES, RECORD, Profile, choose_profile
from musnad.validation.report import Report, Result, sort_results
from musnad.validation.shapes import ShapeResult, count_met, load_shapes
from musnad.validation.whereabouts import Whereabouts, node_text

Graphs = Mapping[str, Sequence[ox.Quad]]

_BATCH = 16  # graphs in one run of pySHACL: from here on its fixed cost is no longer seen


def validate(quads: Iterable[ox.Quad], *, vocabulary: Vocabulary | None = None) -> Report:
    """Validate quads, those of one record or of many, before they go into a store.

    Each named graph is held against the shapes of its profile alone, so that what two articles say of one
    entity never adds up to a violation; the check queries see all graphs and the vocabulary.

    Raises:
        UnstorableQuad: a quad is in no named graph.
    """
    graphs = _group(quads)
    terms = vocabulary or load_vocabulary()
    with OxigraphStore() as store:
        store.extend(terms.quads)
        for part in graphs.values():
            store.extend(part)
        return _report(graphs, run_checks(store))


def conforms(graphs: Graphs, lines: Mapping[str, str] | None = None) -> bool:
    """Tell whether nothing is violated in graphs, as `validate` would; what is only warned of is not told.

    `lines` is each graph as N-Triples, where that has been written already: an engine reads it at a fraction
    of what terms cost that are handed over one by one.
    """
    lines = lines or {name: lines_of(quads) for name, quads in graphs.items()}
    with OxigraphStore() as store:
        store.load_lines("".join((_vocabulary_lines(), *lines.values())))
        found = run_checks(store) | _hold(graphs, lines)
    return not any(result.severity == "violation" for result in found)


@cache
def _vocabulary_lines() -> str:
    return lines_of(load_vocabulary().quads)


def validate_store(store: Store) -> Report:
    """Validate all that a store holds; where it lacks the vocabulary, the checks bring their own."""
    if VOCABULARY_GRAPH not in store.graphs():
        return validate(store.quads())
    return _report(_group(store.quads()), run_checks(store))


def _group(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise UnstorableQuad(
                "a quad is in no named graph", where=str(quad), remedy="Name its article's graph."
            )
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return dict(sorted(graphs.items()))


def _hold(graphs: Graphs, lines: Mapping[str, str] | None = None) -> set[ShapeResult]:
    found: set[ShapeResult] = set()
    for profile in PROFILES.values():
        names = [name for name in graphs if choose_profile(name) is profile]
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            texts = [lines[name] for name in batch] if lines else None
            found |= hold_against([graphs[name] for name in batch], load_shapes(profile.shapes), texts)
    return found


def _report(graphs: Graphs, checked: set[ShapeResult]) -> Report:
    found = checked | _hold(graphs)
    met: Counter[str] = Counter()
    unmet: dict[str, list[tuple[str, Wording]]] = {}
    for name, quads in graphs.items():
        profile = choose_profile(name)
        shapes = load_shapes(profile.shapes)
        counts = count_met(quads, shapes)
        met.update(counts)
        unmet[name] = [
            (M(shape), shapes.names[M(shape)]) for shape in profile.expected if counts[M(shape)] == 0
        ]
    articles = sum(choose_profile(name) is RECORD for name in graphs)
    results = _place(found, graphs, by_article=articles > 1) if found else set()
    for name, shortfalls in unmet.items():
        for shape, kind in shortfalls:
            results.add(_unmet(name, shape, kind, choose_profile(name), graphs[name]))
    return Report(sort_results(results), dict(sorted(met.items())))


def _place(found: set[ShapeResult], graphs: Graphs, *, by_article: bool) -> set[Result]:
    """Say where each result is; with several articles, in which of them too."""
    wanted = {result.focus for result in found}
    homes: dict[str, str] = {}
    for name, quads in graphs.items():
        for subject in {quad.subject for quad in quads}:
            if (node := node_text(subject)) in wanted:
                homes.setdefault(node, name)
    places = {name: Whereabouts(graphs[name]) for name in set(homes.values())}
    results = set()
    for result in found:
        home = homes.get(result.focus)
        # A check may find fault with the vocabulary, which is not among the graphs.
        where = Wording(compact(result.focus), compact(result.focus))
        if home is not None:
            where = places[home].locate(result.focus)
            if by_article and choose_profile(home) is RECORD:
                article = _article(graphs[home], places[home])
                if article != where:
                    where = Wording(f"{article.en}, {where.en}", f"{article.ar}، {where.ar}")
        results.add(
            Result(
                result.focus,
                result.path,
                result.value,
                result.shape,
                result.severity,
                result.message,
                where,
            )
        )
    return results


def _article(quads: Sequence[ox.Quad], places: Whereabouts) -> Wording:
    article = next((quad.subject for quad in quads if quad.object == ox.NamedNode(M("Article"))), None)
    return places.locate(article.value) if isinstance(article, ox.NamedNode) else Wording("graph", "الرسم")


def _unmet(name: str, shape: str, kind: Wording, profile: Profile, quads: Sequence[ox.Quad]) -> Result:
    where = Wording(f"graph {name}", f"الرسم {name}")
    if profile is RECORD:
        where = _article(quads, Whereabouts(quads))
    return Result(
        focus=name,
        path="",
        value="",
        shape=shape,
        severity="warning",
        message=Wording(
            f"Nothing here is of the kind “{kind.en}”, so nothing of it was checked. "
            "See that nothing is missing or misspelled.",
            f"لا شيء هنا من نوع «{kind.ar}» فلم يُدقق منه شيء. تأكد من أن لا شيء ناقص أو مكتوب خطأ.",
        ),
        where=where,
    )
