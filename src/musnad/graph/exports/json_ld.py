"""JSON-LD as a tree: each statement holds its spans, steps and claims, each claim its proposition.

The context of ontology/context.jsonld is written into the document, so that nothing has to be fetched to
read it. `@base` shortens the names of instances; a context that is fetched could not set it (JSON-LD 1.1,
section 4.1.3).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from musnad.graph.exports.descriptions import Descriptions, Words, node_of, read_literal, verb
from musnad.resources import data_folder
from musnad.terms import ID, PREFIXES, XSD, compact, expand

CONTEXT_IRI: Final = "https://w3id.org/musnad/context.jsonld"
"""Where the context is published for those who would rather refer to it."""

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
# What is written inside the subject that it points to: the context names these ways back.
_BACK: Final = {"m:Article": ("statements", "m:reportedIn"), "m:Statement": ("claims", "m:statedIn")}
_NEVER_INSIDE: Final = ("m:Entity", "m:Source", "m:Article", "m:Alignment", "prov:Agent", "skos:Concept")
_FIRST: Final = ("id", "type", "dcterms:identifier", "rdfs:label", "skos:prefLabel")
_RELATIVE: Final = re.compile(r"[a-z]+(?:/[A-Za-z0-9_-]+)+")
# JSON-LD reads a number without a fraction as xsd:integer; readers keep 53 bits of it at least.
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")

Node = dict[str, Any]


def write_jsonld(said: Descriptions) -> Iterator[str]:
    """Give a JSON-LD document: the context, and the subjects of each named graph, framed by statement."""
    context = {**load_context(), "@base": ID}
    yield f'{{\n"@context": {_dump(context)},\n"@graph": ['
    separator = "\n"
    for name, part in said.by_graph():
        if name:
            yield f'{separator}{{"id": {_dump(_Tree(part).reference(name))}, "@graph": ['
            inner = "\n"
        else:
            inner = separator
        for node in _Tree(part).roots():
            yield f"{inner}{_dump(node)}"
            inner = ",\n"
        yield "\n]}" if name else ""
        separator = ",\n"
    yield "\n]\n}\n"


@cache
def load_context() -> dict[str, Any]:
    """Read the context that musnad ships: of each term the IRI, and its type, language map or way back."""
    text = (data_folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


@cache
def _terms() -> tuple[dict[str, str], dict[str, Node]]:
    """Give the term of each IRI, and what the context says of each term."""
    names: dict[str, str] = {}
    definitions: dict[str, Node] = {}
    for term, given in load_context().items():
        if term.startswith("@") or term in PREFIXES or given in ("@id", "@type"):
            continue
        definition = given if isinstance(given, dict) else {"@id": given}
        if "@reverse" not in definition:
            names[expand(definition["@id"])] = term
            definitions[term] = definition
    return names, definitions


class _Tree:
    """One graph's subjects as nested objects; each is written out once and referred to elsewhere."""

    def __init__(self, said: Descriptions) -> None:
        self.said = said
        self._left = dict.fromkeys(said.said)
        self._names, self._definitions = _terms()

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
        return compact(key)

    def _node(self, subject: str) -> Node:
        del self._left[subject]
        node: Node = {"id": self.reference(subject)}
        said = self.said.said[subject]
        classes = self.said.classes(subject)
        for name in sorted(said):
            if name == verb("rdf:type"):
                names = sorted(
                    self._names.get(iri, compact(iri)) for iri in self.said.iris(subject, "rdf:type")
                )
                node["type"] = names[0] if len(names) == 1 else names
            else:
                self._values(node, name, said[name].split("\n"))
        for kind, (term, way) in _BACK.items():
            if kind in classes:
                self._children(node, term, subject, way)
        return dict(sorted(node.items(), key=_order))

    def _children(self, node: Node, term: str, subject: str, way: str) -> None:
        order = self.said.statements if term == "statements" else self.said.claims
        children = []
        for child in order(subject):
            if child in self._left and self.said.iris(child, way) == [subject]:
                inner = self._node(child)
                inner.pop(self._names[expand(way)])
                children.append(inner)
        if children:
            node[term] = children

    def _values(self, node: Node, name: str, tokens: list[str]) -> None:
        iri = node_of(name)
        term = self._names.get(iri)
        definition = self._definitions[term] if term else {}
        if definition.get("@container") == "@language":
            words = [read_literal(token) if token.startswith('"') else None for token in tokens]
            if all(word and word.language for word in words):
                node[str(term)] = _by_language([word for word in words if word])
            else:
                node[iri] = [self._value(token, {}, nested=False) for token in tokens]
            return
        values = [self._value(token, definition, nested=name in _TREE) for token in tokens]
        node[term or compact(iri)] = values[0] if len(values) == 1 else values

    def _value(self, token: str, definition: Node, *, nested: bool) -> Any:
        """Write a value so that the term's definition, if it has one, gives back the same term."""
        kind = definition.get("@type")
        if token.startswith('"'):
            return _literal(read_literal(token), kind)
        key = node_of(token)
        if nested and key in self._left and self._may_be_inside(key):
            return self._node(key)
        if kind == "@vocab" and key in self._names:
            return self._names[key]
        name = compact(key) if kind == "@vocab" else self.reference(key)
        return name if kind in ("@id", "@vocab") else {"id": self.reference(key)}

    def _may_be_inside(self, subject: str) -> bool:
        return not any(kind in _NEVER_INSIDE for kind in self.said.classes(subject))


def _literal(word: Words, kind: str | None) -> Any:
    if word.language:
        return {"@value": word.text, "@language": word.language}
    datatype = word.datatype
    if datatype == XSD("string"):
        return {"@value": word.text} if kind else word.text
    if kind and kind not in ("@id", "@vocab") and expand(kind) == datatype:
        return word.text
    native: Any = None
    if datatype == XSD("integer") and _INTEGER.fullmatch(word.text):
        native = int(word.text)
    elif datatype == XSD("boolean") and word.text in ("true", "false"):
        native = word.text == "true"
    if native is not None:
        return {"@value": native} if kind else native
    return {"@value": word.text, "@type": compact(datatype)}


def _by_language(words: list[Words]) -> dict[str, str | list[str]]:
    texts: dict[str, list[str]] = {}
    for word in words:
        texts.setdefault(word.language or "", []).append(word.text)
    return {language: found[0] if len(found) == 1 else found for language, found in texts.items()}


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
