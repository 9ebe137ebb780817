"""The Python reference, from the docstrings of what people import."""

from __future__ import annotations

import inspect
import re
from typing import Any

import musnad
from musnad import collection, errors, findings, record
from musnad.views import charts, notebook
from pages.markdown import NOTE, code, page

_SECTIONS = (
    (
        "musnad",
        "What `import musnad` gives.",
        [getattr(musnad, name) for name in musnad.__all__],
    ),
    (
        "The collection",
        "What `musnad.open` and `musnad.connect` give, and what comes out of it.",
        [
            collection.Collection, collection.ClaimView, collection.Provenance, collection.Table,
            collection.Statements,
        ],
    ),
    (
        "Claims and findings",
        "`musnad.findings`: frozen values, read from a store.",
        [
            findings.Claim, findings.Finding, findings.Position, findings.Premise, findings.Independence,
            findings.Hand, findings.Text,
        ],
    ),
    (
        "Pictures and pages",
        "What `musnad.plot` and `musnad.show` give.",
        [charts.Picture, notebook.Shown],
    ),
    (
        "Records",
        "`musnad.record`: see [the record](../record.md) for what each field means.",
        [getattr(record, name) for name in record.__all__],
    ),
    (
        "Errors",
        "Every error a user can meet is one of these, with a code; see [Errors](../errors.md).",
        [errors.MusnadError, errors.Problem],
    ),
)  # fmt: skip


def python_page() -> str:
    """Give the page."""
    parts = []
    for title, intro, objects in _SECTIONS:
        parts += [f"## {title}\n", intro + "\n"]
        for thing in objects:
            parts += _describe(thing)
    return page("Python", NOTE["en"].format("the docstrings"), parts)


def _describe(thing: Any) -> list[str]:
    name = thing.__name__
    parts = [f"### {name}\n", code(_signature(thing), "python"), _docstring(thing)]
    if not inspect.isclass(thing):
        return parts
    for member_name, member in vars(thing).items():
        if member_name.startswith("_"):
            continue
        call = member.fget if isinstance(member, property) else member
        if not (inspect.isfunction(call) and inspect.getdoc(call)):
            continue
        head = f"{member_name}  # a property" if isinstance(member, property) else _signature(call)
        parts += [f"#### {name}.{member_name}\n", code(head, "python"), _docstring(call)]
    return parts


def _signature(thing: Any) -> str:
    text = f"{thing.__name__}{inspect.signature(thing)}"
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)  # annotations come as strings
    return text.replace("(self, ", "(").replace("(self)", "()")


def _docstring(thing: Any) -> str:
    """Give a docstring as Markdown: examples fenced, sections of arguments and errors as lists."""
    lines: list[str] = []
    fenced = False
    section = False
    for line in (inspect.getdoc(thing) or "").splitlines():
        if line.startswith(">>>") and not fenced:
            lines += ["", "```pycon"]
            fenced = True
        if fenced and not line.strip():
            lines.append("```")
            fenced = False
        if re.fullmatch(r"(Args|Raises|Returns):", line):
            lines += ["", f"**{line[:-1]}**", ""]
            section = True
        elif section and line.startswith("    ") and not line.startswith("     "):
            lines.append(re.sub(r"^    ([\w, ]+): ", r"- `\1`: ", line))
        else:
            lines.append(line.strip() if section else line)
    if fenced:
        lines.append("```")
    return "\n".join(lines) + "\n"
