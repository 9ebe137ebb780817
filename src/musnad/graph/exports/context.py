"""The JSON-LD context that musnad ships, read so that terms and values can be written with it.

It is plain on purpose: prefixes, and terms with an IRI and at most a type or a language map. No other
feature of JSON-LD 1.1 is known here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from musnad.resources import data_folder


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the context: its name, its type coercion if any, and whether it holds a map of languages."""

    name: str
    kind: str | None = None
    by_language: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The context as it stands in its file, its prefixes by namespace, and its terms by IRI."""

    given: dict[str, Any]
    prefixes: dict[str, str]
    terms: dict[str, Term]

    def name(self, iri: str) -> str:
        """Write an IRI as a term or with a prefix where one fits, otherwise whole; for keys and types."""
        term = self.terms.get(iri)
        return term.name if term else self.compact(iri)

    def compact(self, iri: str) -> str:
        """Write an IRI with a prefix where one fits, otherwise whole."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and iri[cut:] else iri


@cache
def load_context() -> Context:
    """Read ontology/context.jsonld."""
    text = (data_folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    given: dict[str, Any] = json.loads(text)["@context"]
    named = {name: value for name, value in given.items() if not name.startswith("@")}
    namespaces = {name: value for name, value in named.items() if isinstance(value, str) and "://" in value}

    def whole(name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{namespaces[prefix]}{local}" if prefix in namespaces else name

    terms = {}
    for name, value in named.items():
        if name not in namespaces:
            definition = value if isinstance(value, dict) else {"@id": value}
            kind = definition.get("@type")
            terms[whole(definition["@id"])] = Term(
                name, whole(kind) if kind else None, definition.get("@container") == "@language"
            )
    return Context(given, {namespace: name for name, namespace in namespaces.items()}, terms)
