"""What a notebook shows of each thing a collection gives: as HTML, and as text where that is all it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from musnad.collection import ClaimView, Collection, Provenance, Statements, Table
from musnad.errors import MissingExtra
from musnad.findings import Claim, Finding, Text
from musnad.terms import M
from musnad.views.charts import Picture, draw_chain
from musnad.views.claims import draw_claim, draw_hands
from musnad.views.findings import draw_finding, grounds, independent, question
from musnad.views.notebook.html import block, card, faint, frame, more, table, words
from musnad.views.tables import draw_table
from musnad.views.words import FAMILIES, KINDS, MODES, stand_of

_MOST = 50  # things of one list
_OWN_VOICE = Text("in its own voice", "بلسانها")
_FOR, _AGAINST = Text("for it", "يؤيده"), Text("against it", "يعارضه")
_RESTS = Text("rests on: ", "يستند إلى: ")
_SPAN = Text("characters {0}–{1}", "المواضع {0}–{1}")
_COUNTED = {
    "articles": Text("articles", "مقالات"),
    "reviewed": Text("reviewed", "مقالات مراجَعة"),
    "drafts": Text("drafts", "مسودات"),
    "outlets": Text("outlets", "وسائل إعلام"),
    "sources": Text("sources", "مصادر"),
    "statements": Text("statements", "أقوال"),
    "claims": Text("claims", "ادعاءات"),
    "propositions": Text("propositions", "قضايا"),
    "findings": Text("findings", "نتائج"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A thing as a notebook shows it; printed, it is plain text."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text.rstrip("\n")


def show(thing: object, language: str = "en") -> Shown:
    """Show what a collection gives, in English or Arabic: rows, statements, claims, findings, lists of them.

    Quotations stand in the direction of their own language. Raises `TypeError` for anything else.
    """
    shown = shown_of(thing, language)
    if shown is None:
        raise TypeError(f"there is no way to show a {type(thing).__name__}")
    return shown


def shown_of(thing: object, language: str = "en") -> Shown | None:
    """Give a thing as a notebook shows it, or None if it is none of ours."""
    if isinstance(thing, list | tuple) and thing and isinstance(thing[0], Claim | Finding):
        parts = [_part(item, language) for item in thing[:_MOST]]
        html = "".join(html for html, _ in parts) + more(len(thing), _MOST, language)
        return Shown(frame(html, language), "\n".join(text for _, text in parts))
    if isinstance(thing, Picture):
        return Shown(thing._repr_html_(), repr(thing))
    if type(thing) not in _WAYS:
        return None
    html, text = _part(thing, language)
    return Shown(frame(html, language), text)


def _part(thing: object, language: str) -> tuple[str, str]:
    return _WAYS[type(thing)](thing, language)


def _show_collection(news: Collection, language: str) -> tuple[str, str]:
    counts = news.info()
    heads = [_COUNTED[name].in_language(language) if name in _COUNTED else name for name in counts]
    row = list(counts.values())
    return table(heads, [row], language), draw_table(Table(tuple(heads), (tuple(row),)))


def _show_table(rows: Table, language: str) -> tuple[str, str]:
    return table(rows.columns, rows.rows, language), draw_table(rows)


def _show_statements(statements: Statements, language: str) -> tuple[str, str]:
    html, lines = [], []
    shown = list(statements)[:_MOST]
    for (outlet, day, article), group in groupby(
        shown, lambda row: (row["outlet"], row["day"], row["article_id"])
    ):
        html.append(f"<p><strong>{words(outlet)}</strong> {faint(day, article)}</p>")
        lines.append(f"{outlet}, {day} ({article})")
        for row in group:
            cue = f"«{row['cue']}»" if row["cue"] else _OWN_VOICE.in_language(language)
            kind = KINDS[_local(row["source_kind"])].in_language(language)
            told = MODES[_local(row["mode"])].in_language(language)
            stand = stand_of(_local(row["polarity"]), _local(row["modality"]), language)
            name, content = row["source_name"], " ".join(row["content"].split())
            html.append(
                card(
                    [
                        f"<strong>{words(name)}</strong> {faint(f'({kind})')} {words(cue)}",
                        block(words(content), content),
                        faint(row["statement_id"], told, stand),
                    ]
                )
            )
            lines += [f"  {row['statement_id']}  {name} {cue}", f"      {content}", f"      {told}, {stand}"]
    return "".join(html) + more(len(statements), _MOST, language), "\n".join(lines)


def _show_claim(claim: Claim, language: str) -> tuple[str, str]:
    name = claim.source_name.in_language(language)
    quote = " ".join(claim.quote.split())
    stand = stand_of(claim.polarity, claim.modality, language)
    html = card(
        [f"<strong>{words(name)}</strong>", block(words(f"«{quote}»"), quote), faint(stand, *_where(claim))]
    )
    return html, f"{name}: «{quote}» ({stand}) [{claim.article_id}:{claim.id}]\n"


def _show_finding(finding: Finding, language: str) -> tuple[str, str]:
    family = FAMILIES[finding.kind.partition("/")[0]].in_language(language)
    head = f"<strong>{words(family)}</strong> {faint(finding.kind)}"
    parts = [f"<p>{head} · {words(question(finding, language))}</p>"]
    for claim in finding.claims:
        quote = f"«{' '.join(claim.quote.split())}»"
        name = claim.source_name.in_language(language)
        said = f"{words(name)}: {words(quote)} {faint(f'[{claim.article_id}:{claim.id}]')}"
        parts.append(block(said, quote))
    parts.append(f"<p>{words(finding.reason(language))}</p>")
    rests = grounds(finding, language)
    if rests:
        parts.append(f"<p>{faint(_RESTS.in_language(language) + '; '.join(rests))}</p>")
    parts.append(f"<p>{faint(independent(finding, language))}</p>")
    return card(parts), draw_finding(finding, language)


def _show_provenance(provenance: Provenance, language: str) -> tuple[str, str]:
    claim = provenance.claim
    wording = provenance.wording.in_language(language)
    context = f"… {words(' '.join(provenance.prefix.split()))} "
    context += f"<mark>{words(' '.join(claim.quote.split()))}</mark>"
    context += f" {words(' '.join(provenance.suffix.split()))} …"
    span = _SPAN.in_language(language).format(claim.start, claim.end)
    stand = stand_of(claim.polarity, claim.modality, language)
    parts = [
        f"<p><strong>{words(wording)}</strong> {faint(stand)}</p>",
        block(context, claim.quote, tag="div"),
        f"<p>{faint(*_where(claim), span)}</p>",
        _chain(provenance, language),
    ]
    for head, findings in ((_FOR, provenance.agreeing), (_AGAINST, provenance.conflicting)):
        if findings:
            body = "".join(_show_finding(finding, language)[0] for finding in findings)
            title = f"{head.in_language(language)}: {len(findings)}"
            parts.append(f"<details><summary>{words(title)}</summary>{body}</details>")
    return card(parts), draw_claim(provenance, language)


def _chain(provenance: Provenance, language: str) -> str:
    """Give the chain as a picture, or in words where there is nothing to draw with."""
    try:
        return draw_chain(provenance, language)._repr_html_()
    except MissingExtra:
        return f"<p>{words(draw_hands(provenance.hands, language))}</p>"


def _where(claim: Claim) -> tuple[object, ...]:
    return f"{claim.article_id}:{claim.id}", claim.outlet, claim.day


def _local(iri: str) -> str:
    return iri.removeprefix(M)


_WAYS: dict[type, Callable[[Any, str], tuple[str, str]]] = {
    Collection: _show_collection,
    Statements: _show_statements,
    Table: _show_table,
    Claim: _show_claim,
    ClaimView: lambda view, language: _show_provenance(view.provenance(), language),
    Provenance: _show_provenance,
    Finding: _show_finding,
}
SHOWN_TYPES: Sequence[type] = (*_WAYS, list, tuple)
"""The types of which some or all are shown richly."""
