"""The vocabulary, from ontology/*.ttl: every class, property, concept, aspect, predicate, unit and rule."""

from __future__ import annotations

from pathlib import Path

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from musnad.resources import data_folder
from musnad.terms import M, compact
from pages.markdown import NOTE, page, table

_WORDS = {
    "title": {"en": "Vocabulary", "ar": "المفردات"},
    "term": {"en": "term", "ar": "المصطلح"},
    "label": {"en": "label", "ar": "التسمية"},
    "definition": {"en": "definition", "ar": "التعريف"},
    "more": {"en": "", "ar": ""},
    "explanation": {"en": "explanation", "ar": "الشرح"},
    "question": {"en": "question", "ar": "السؤال"},
    "intro": {
        "en": "Names begin with `https://w3id.org/musnad#` (prefix `m:`) unless they say otherwise.",
        "ar": "تبدأ الأسماء بـ `https://w3id.org/musnad#` (البادئة `m:`) ما لم يُذكر غيرها.",
    },
}
_KINDS = (
    ("Class", {"en": "Classes", "ar": "الأصناف"}, "http://www.w3.org/2002/07/owl#Class"),
    ("Object", {"en": "Properties", "ar": "الخصائص"}, "http://www.w3.org/2002/07/owl#ObjectProperty"),
    (
        "Data",
        {"en": "Data properties", "ar": "خصائص البيانات"},
        "http://www.w3.org/2002/07/owl#DatatypeProperty",
    ),
    ("Aspect", {"en": "Aspects: kinds of questions", "ar": "وجوه السؤال"}, M("Aspect")),
    ("Predicate", {"en": "Predicates", "ar": "المحمولات"}, M("Predicate")),
    ("Rule", {"en": "Finding rules", "ar": "قواعد النتائج"}, M("Rule")),
    ("Unit", {"en": "Units", "ar": "الوحدات"}, M("Unit")),
)


def files() -> list[Path]:
    """List the files of the vocabulary."""
    folder = data_folder("ontology")
    return [*sorted(folder.glob("*.ttl")), *sorted((folder / "domains").glob("*.ttl"))]


def vocabulary_page(language: str) -> str:
    """Give the page in `language`."""
    graph = Graph()
    for path in files():
        graph.parse(path)
    parts = [_WORDS["intro"][language] + "\n"]
    seen: set[URIRef] = set()
    for _, head, kind in _KINDS:
        terms = [term for term in _of_kind(graph, URIRef(kind)) if term not in seen]
        seen.update(terms)
        if terms:
            parts += [f"## {head[language]}\n", _table(graph, terms, language)]
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        concepts = [
            term for term in sorted(graph.subjects(SKOS.inScheme, scheme), key=str) if term not in seen
        ]
        seen.update(concepts)
        if concepts:
            parts += [f"## {_text(graph, scheme, RDFS.label, language)}\n", _table(graph, concepts, language)]
    rest = [t for t in sorted(graph.subjects(SKOS.definition, None), key=str) if t not in seen]
    rest = [t for t in dict.fromkeys(rest) if (t, RDF.type, SKOS.ConceptScheme) not in graph]
    if rest:
        head = {"en": "Others", "ar": "غيرها"}[language]
        parts += [f"## {head}\n", _table(graph, rest, language)]
    note = NOTE[language].format("`ontology/`")
    return page(_WORDS["title"][language], note, parts)


def _of_kind(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted((t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef)), key=str)


def _table(graph: Graph, terms: list[URIRef], language: str) -> str:
    head = [_WORDS[name][language] for name in ("term", "label", "definition")]
    rows = []
    for term in terms:
        definition = _text(graph, term, SKOS.definition, language)
        for extra in ("question", "explanation"):
            text = _text(graph, term, URIRef(M(extra)), language)
            if text:
                definition += f" {_WORDS[extra][language]}: “{text}”"
        rows.append((f"`{compact(str(term))}`", _text(graph, term, RDFS.label, language), definition))
    return table(head, rows)


def _text(graph: Graph, term: object, predicate: URIRef, language: str) -> str:
    for value in graph.objects(term, predicate):
        if isinstance(value, Literal) and value.language == language:
            return str(value)
    return ""
