"""The shapes, from shapes/*.ttl: what is asked of everything stored, and what to do where it is not so."""

from __future__ import annotations

from rdflib import RDF, SH, Graph, Literal, URIRef

from musnad.graph.queries import list_queries
from musnad.resources import data_folder
from musnad.terms import compact
from pages.markdown import NOTE, page, table

_WORDS = {
    "title": {"en": "Shapes and checks", "ar": "القيود والفحوص"},
    "head": {"en": ["shape", "asks", "strength", "said where it is not so"],
             "ar": ["القيد", "يطلب", "الشدة", "ما يقال إن اختل"]},
    "checks": {"en": "Checks", "ar": "الفحوص"},
    "checks_intro": {
        "en": "What core SHACL cannot say is a query whose rows are problems.",
        "ar": "ما لا يقوله SHACL الأساسي يقوله استعلام كل صف في جوابه مشكلة.",
    },
    "check_head": {"en": ["check", "finds", "a row means", "what to do"],
                   "ar": ["الفحص", "يجد", "معنى الصف", "ما العمل"]},
    "severity": {
        "Violation": {"en": "violation", "ar": "مخالفة"},
        "Warning": {"en": "warning", "ar": "تحذير"},
        "Info": {"en": "info", "ar": "معلومة"},
    },
}  # fmt: skip


def shapes_page(language: str) -> str:
    """Give the page in `language`."""
    parts = []
    for path in sorted(data_folder("shapes").glob("*.ttl")):
        graph = Graph().parse(path)
        shapes = set(graph.subjects(RDF.type, SH.NodeShape)) | set(graph.subjects(RDF.type, SH.PropertyShape))
        rows = [
            (
                f"`{compact(str(shape))}`",
                _text(graph, shape, SH.description, language) or _text(graph, shape, SH.name, language),
                _severity(graph, shape, language),
                _text(graph, shape, SH.message, language),
            )
            for shape in sorted(shapes, key=str)
            if isinstance(shape, URIRef)
        ]
        parts += [f"## {path.name}\n", table(_WORDS["head"][language], rows)]
    parts += [f"## {_WORDS['checks'][language]}\n", _WORDS["checks_intro"][language] + "\n"]
    rows = []
    for query in list_queries("check"):
        header = query.header
        texts = (header.summary, header.problem, header.remedy)
        rows.append((f"`{query.name}`", *(getattr(text, language) if text else "" for text in texts)))
    parts.append(table(_WORDS["check_head"][language], rows))
    return page(_WORDS["title"][language], NOTE[language].format("`shapes/`, `queries/check/`"), parts)


def _text(graph: Graph, shape: object, predicate: URIRef, language: str) -> str:
    texts = [v for v in graph.objects(shape, predicate) if isinstance(v, Literal) and v.language == language]
    return " ".join(sorted(map(str, texts)))


def _severity(graph: Graph, shape: object, language: str) -> str:
    severity = str(graph.value(shape, SH.severity) or "").rpartition("#")[2]
    return _WORDS["severity"].get(severity, {}).get(language, severity)
