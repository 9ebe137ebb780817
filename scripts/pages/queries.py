"""The queries, from queries/: what each answers, what it takes and gives, and its SPARQL."""

from __future__ import annotations

from musnad.graph.queries import list_queries
from pages.markdown import NOTE, code, page, table

_FOLDERS = {
    "list": {"en": "What is said", "ar": "ما يقال"},
    "trace": {"en": "Where it comes from", "ar": "من أين جاء"},
    "compare": {"en": "What comparing shows", "ar": "ما تُظهره المقارنة"},
}
_WORDS = {
    "title": {"en": "Queries", "ar": "الاستعلامات"},
    "intro": {
        "en": "`musnad query NAME --param key=value` asks one, `kg.query(NAME, key=value)` in Python.",
        "ar": "يُسأل أحدها بالأمر `musnad query NAME --param key=value`، "
        "وفي بايثون `kg.query(NAME, key=value)`.",
    },
    "head": {"en": ["parameter", "type", ""], "ar": ["المُدخل", "النوع", ""]},
    "required": {"en": "(required)", "ar": "(لازم)"},
    "columns": {"en": "Columns:", "ar": "الأعمدة:"},
}


def queries_page(language: str) -> str:
    """Give the page in `language`."""
    parts = [_WORDS["intro"][language] + "\n"]
    for folder, head in _FOLDERS.items():
        parts.append(f"## {head[language]}\n")
        for query in list_queries(folder):
            header = query.header
            parts += [f"### {query.name}\n", f"**{getattr(header.summary, language)}**\n"]
            if header.description:
                parts.append(getattr(header.description, language) + "\n")
            if header.params:
                rows = [
                    (
                        f"`{param.name}`",
                        param.type + (f" {_WORDS['required'][language]}" if param.required else ""),
                        getattr(param.description, language) if param.description else "",
                    )
                    for param in header.params
                ]
                parts.append(table(_WORDS["head"][language], rows))
            columns = ", ".join(f"`{name}`" for name in header.returns)
            parts.append(f"{_WORDS['columns'][language]} {columns}\n")
            body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+"))
            fenced = "".join(f"    {line}\n" if line else "\n" for line in code(body, "sparql").splitlines())
            parts.append(f'??? note "SPARQL"\n\n{fenced}')
    return page(_WORDS["title"][language], NOTE[language].format("`queries/`"), parts)
