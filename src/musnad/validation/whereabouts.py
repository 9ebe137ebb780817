"""Where a node is, as a reader knows it: by the identifiers of the record, not by hashes."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from musnad.graph.parameters import Wording
from musnad.terms import DCTERMS, RDF, RDFS, compact

# A node of several classes is called by the first that is listed.
_KINDS: Final = {
    "m:Article": Wording("article", "المقال"),
    "m:Reading": Wording("the reading", "القراءة"),
    "m:Decision": Wording("decision", "القرار"),
    "m:Source": Wording("source", "المصدر"),
    "m:Statement": Wording("statement", "القول"),
    "m:AttributionStep": Wording("hand in the chain", "يد في السلسلة"),
    "m:Claim": Wording("claim", "الادعاء"),
    "m:Proposition": Wording("proposition", "القضية"),
    "m:Slot": Wording("slot", "الخانة"),
    "m:Alignment": Wording("alignment", "المواءمة"),
    "m:Quantity": Wording("quantity", "الكمية"),
    "m:TimeSpan": Wording("time", "الزمن"),
    "m:Mention": Wording("mention", "الذكر"),
    "m:Place": Wording("place", "المكان"),
    "m:Entity": Wording("entity", "الكيان"),
    "m:Finding": Wording("finding", "النتيجة"),
    "m:Position": Wording("position", "الموقف"),
    "m:Premise": Wording("premise", "المقدمة"),
    "m:Rule": Wording("rule", "القاعدة"),
    "prov:Agent": Wording("agent", "الفاعل"),
}
# A span, or a selector of one, is called by the property that leads to it.
_SPANS: Final = {
    "m:sourceSpan": Wording("source", "ذكر المصدر"),
    "m:cueSpan": Wording("cue", "لفظ القول"),
    "m:contentSpan": Wording("content", "المضمون"),
    "m:evidence": Wording("evidence", "الشاهد"),
    "m:piece": Wording("piece", "قطعة"),
}
_NODE: Final = Wording("node", "العقدة")
_SHORT_HASH: Final = 8


class Whereabouts:
    """The way from any node of some graphs to a name that its readers gave."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._incoming: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for quad in sorted(quads, key=str, reverse=True):  # of several names, the first in order stays
            subject, predicate = node_text(quad.subject), quad.predicate.value
            if isinstance(quad.object, ox.Literal):
                if predicate == DCTERMS("identifier"):
                    self._names[subject] = quad.object.value
                elif predicate == RDFS("label"):
                    self._labels[subject] = quad.object.value
            elif predicate == RDF("type"):
                self._kinds[subject].add(compact(node_text(quad.object)))
            else:
                self._incoming[node_text(quad.object)].add((subject, compact(predicate)))

    def locate(self, node: str) -> Wording:
        """Name the node, or the nearest one that leads to it and has a name, with the part it plays there."""
        if own := self._own_name(node):
            return own
        part = self._kind(node)
        seen, todo = {node}, deque([(node, part)])
        while todo:
            here, known = todo.popleft()
            for parent, predicate in sorted(self._incoming[here], key=self._rank):
                if parent in seen:
                    continue
                seen.add(parent)
                role = known or _SPANS.get(predicate)
                if name := self._own_name(parent):
                    role = role or _NODE
                    return Wording(f"{name.en}, {role.en}", f"{name.ar}، {role.ar}")
                todo.append((parent, role))
        kind = part or _NODE
        return _called(kind, node if part is None else node.rpartition("/")[2][:_SHORT_HASH])

    def _rank(self, edge: tuple[str, str]) -> tuple[int, str, str]:
        # A statement leads to its chain rather than one of its claims does.
        kinds = [place for place, kind in enumerate(_KINDS) if kind in self._kinds[edge[0]]]
        return (min(kinds, default=len(_KINDS)), *edge)

    def _kind(self, node: str) -> Wording | None:
        return next((words for kind, words in _KINDS.items() if kind in self._kinds[node]), None)

    def _own_name(self, node: str) -> Wording | None:
        kind = self._kind(node)
        if kind is None:
            return None
        if kind is _KINDS["m:Reading"]:
            return kind
        name = self._names.get(node) or self._labels.get(node)
        return _called(kind, name) if name else None


def node_text(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """Give the IRI of a node, or its label after `_:` when it has none."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _called(kind: Wording, name: str) -> Wording:
    return Wording(f"{kind.en} {name}", f"{kind.ar} {name}")
