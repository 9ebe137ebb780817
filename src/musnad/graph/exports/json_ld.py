"""JSON-LD as a tree: each statement holds its spans, steps and claims, each claim its proposition.

The context of ontology/context.jsonld is written into the document, so that nothing has to be fetched to
read it. What makes the tree is added there: short names for `@id` and `@type`, two ways back, and the base
that names of instances are relative to (a context that is fetched could not set it: JSON-LD 1.1, 4.1.3).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from musnad.graph.descriptions import Descriptions, Words, node_of, read_literal, verb
from musnad.graph.exports.context import Context, Term, load_context
from musnad.terms import ID, XSD

# What is written inside the subject that it points to, by the class of that subject.
_BACK: Final = {"m:Article": ("statements", "m:reportedIn"), "m:Statement": ("claims", "m:statedIn")}
_ADDED: Final = {
    "id": "@id",
    "type": "@type",
    **{term: {"@reverse": way, "@type": "@id"} for term, way in _BACK.values()},
    "@base": ID,
}
# What is written inside the subject that points to it, the first time it is met.
_TREE: Final = tuple(
    map(
        verb,
        (
            "m:sourceSpan", "m:cueSpan", "m:contentSpan", "m:evidence", "m:piece", "oa:hasSelector",
            "prov:qualifiedAttribution", "m:proposition", "m:slot", "m:quantity", "m:time", "rdf:object",
            "m:denotes", "m:compares", "m:premise",
        ),
    )
)  # fmt: skip
_NEVER_INSIDE: Final = ("m:Entity", "m:Source", "m:Article", "m:Alignment", "prov:Agent", "skos:Concept")
_FIRST: Final = ("id", "type", "identifier", "label", "prefLabel")
_RDF_TYPE: Final = verb("rdf:type")
_RELATIVE: Final = re.compile(r"[a-z]+(?:/[A-Za-z0-9_-]+)+")
# JSON-LD reads a number without a fraction as xsd:integer; every reader keeps 53 bits of it.
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_UNTYPED: Final = Term("")

Node = dict[str, Any]


def write_jsonld(said: Descriptions) -> Iterator[str]:
    """Give a JSON-LD document: the context, and the subjects of each named graph, framed by statement."""
    context = load_context()
    yield f'{{\n"@context": {_dump({**context.given, **_ADDED})},\n"@graph": ['
    separator = "\n"
    for name, part in said.by_graph():
        tree = _Tree(part, context)
        inner = separator
        if name:
            yield f'{separator}{{"id": {_dump(tree.reference(name))}, "@graph": ['
            inner = "\n"
        for node in tree.roots():
            yield f"{inner}{_dump(node)}"
            inner = ",\n"
        yield "\n]}" if name else ""
        separator = ",\n"
    yield "\n]\n}\n"


class _Tree:
    """One graph's subjects as nested objects; each is written out once and referred to elsewhere."""

    def __init__(self, said: Descriptions, context: Context) -> None:
        self.said = said
        self.context = context
        self._left = dict.fromkeys(said.said)

    def roots(self) -> Iterator[Node]:
        """Give the objects that stand in no other: articles first, then the rest by IRI."""
        for article in self.said.articles():
            yield self._node(article)
        # What others hold is written where they hold it; what nobody holds stands by itself.
        held = {
            node_of(token)
            for said in self.said.said.values()
            for name in _TREE
            if name in said
            for token in said[name].split("\n")
        }
        free = [subject for subject in self._left if subject not in held or not self._may_be_inside(subject)]
        for subject in [*free, *self._left]:
            if subject in self._left:
                yield self._node(subject)

    def reference(self, key: str) -> str:
        """Write an IRI relative to the base, with a prefix, or whole."""
        if key.startswith(ID) and _RELATIVE.fullmatch(key, len(ID)):
            return key[len(ID) :]
        return self.context.compact(key)

    def _node(self, subject: str) -> Node:
        del self._left[subject]
        node: Node = {"id": self.reference(subject)}
        said = self.said.said[subject]
        for name in sorted(said):
            tokens = said[name].split("\n")
            if name == _RDF_TYPE:
                node["type"] = _one_or_all(sorted(self.context.name(node_of(token)) for token in tokens))
            else:
                self._add(node, name, tokens)
        classes = self.said.classes(subject)
        for kind, (term, way) in _BACK.items():
            if kind in classes:
                self._add_children(node, subject, term, way)
        return dict(sorted(node.items(), key=_order))

    def _add_children(self, node: Node, subject: str, term: str, way: str) -> None:
        """Add what points to the subject; the way back says so in place of the child's own property."""
        found = self.said.statements(subject) if term == "statements" else self.said.claims(subject)
        children = []
        for child in found:
            if child in self._left and self.said.iris(child, way) == [subject]:
                inner = self._node(child)
                del inner[way.removeprefix("m:")]
                children.append(inner)
        if children:
            node[term] = children

    def _add(self, node: Node, name: str, tokens: list[str]) -> None:
        """Add the values of a predicate, so that reading them gives back the same terms."""
        iri = node_of(name)
        term = self.context.terms.get(iri)
        if term and term.by_language:
            words = [read_literal(token) for token in tokens if token.startswith('"')]
            if len(words) == len(tokens) and all(word.language for word in words):
                node[term.name] = _by_language(words)
                return
            term = None  # a prefixed name as a key has no language map
        key = term.name if term else self.context.compact(iri)
        node[key] = _one_or_all([self._value(name, token, term or _UNTYPED) for token in tokens])

    def _value(self, name: str, token: str, term: Term) -> Any:
        if token.startswith('"'):
            return self._literal(read_literal(token), term.kind)
        key = node_of(token)
        if name in _TREE and key in self._left and self._may_be_inside(key):
            return self._node(key)
        if term.kind == "@vocab" and key in self.context.terms:
            return self.context.name(key)
        reference = self.reference(key)
        return reference if term.kind in ("@id", "@vocab") else {"id": reference}

    def _literal(self, word: Words, kind: str | None) -> Any:
        """Write a literal: bare where the term's type gives back its datatype, else with what it needs."""
        if word.language:
            return {"@value": word.text, "@language": word.language}
        if kind == word.datatype:
            return word.text
        value: str | int | bool = word.text
        if word.datatype == XSD("integer") and _INTEGER.fullmatch(word.text):
            value = int(word.text)
        elif word.datatype == XSD("boolean") and word.text in ("true", "false"):
            value = word.text == "true"
        elif word.datatype != XSD("string"):
            return {"@value": word.text, "@type": self.context.compact(word.datatype)}
        return {"@value": value} if kind else value

    def _may_be_inside(self, subject: str) -> bool:
        return not any(kind in _NEVER_INSIDE for kind in self.said.classes(subject))


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _by_language(words: list[Words]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for word in words:
        texts.setdefault(word.language or "", []).append(word.text)
    return {language: _one_or_all(found) for language, found in texts.items()}


def _order(item: tuple[str, Any]) -> tuple[int, str]:
    """Put names first, then single values, then what is nested, and last what points here."""
    name, value = item
    if name in _FIRST:
        return _FIRST.index(name), name
    nested = isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))
    back = any(name == term for term, _ in _BACK.values())
    return len(_FIRST) + nested + back, name


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
