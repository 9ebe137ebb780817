"""The collection: articles, their claims and findings in one store, and the questions people put to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from musnad.collection.descriptions import describe
from musnad.collection.input import read_all, valid_graphs
from musnad.collection.provenance import Provenance
from musnad.collection.reading import read_given
from musnad.collection.references import pick_claim
from musnad.collection.table import Table, table_of
from musnad.errors import ReviewedReading
from musnad.findings import Claim, Finding, FindingsReader, Text, derive_findings, revise_findings
from musnad.graph.queries import find_query
from musnad.graph.store import Store, open_store
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record
from musnad.terms import ARTICLE_GRAPHS, FINDINGS_GRAPH, VOCABULARY_GRAPH, M
from musnad.text.article import Details

if TYPE_CHECKING:
    import rdflib


FEW = 50
"""How many articles may come at once for findings to be revised around them, not derived from everything."""


class Collection:
    """A store of news read into claims; closes its store at the end of a `with` block.

    `lexicon` is a folder of language data added to the package's wherever articles are read.

    >>> with open_collection() as news:
    ...     news.info()["articles"]
    0
    """

    def __init__(self, store: Store, *, lexicon: Path | str | None = None) -> None:
        self.store = store
        self.lexicon = lexicon
        self._current = False

    # --- putting in ------------------------------------------------------------------------------

    def add(self, *records: Record | Path | str) -> list[str]:
        """Put records, or files and folders of records and articles, in, each in place of its former self.

        Findings are brought up to date. All of it is one transaction. Gives the IRIs of the articles' graphs.
        Raises `InvalidRecord` with every problem, or `UnreadableRecord`; the store is then as it was.
        """
        return self.put([record for given in records for record in self._records(given)])

    def _records(self, given: Record | Path | str) -> list[Record]:
        return [given] if isinstance(given, Record) else read_all([given], lexicon=_folder(self.lexicon))

    def read(
        self,
        article: Path | str,
        *,
        outlet: str = "",
        date: str = "",
        lang: str = "",
        url: str = "",
        title: str = "",
        lexicon: Path | str | None = None,
    ) -> list[Record]:
        """Read an article into a draft and put it in; gives the draft, or those of a folder or JSON Lines.

        `article` is a path, an http or https address, or the text itself. What is told here goes before
        metadata and date lines; `date` is YYYY-MM-DD. `lexicon` is a folder of language data added to the
        package's, in place of the collection's own. Raises the coded errors of reading (M601 to M611); the
        store is then as it was.
        """
        told = Details(lang=lang, outlet=outlet, title=title, date=date, url=url)
        folder = _folder(lexicon or self.lexicon)
        records = [draft.record for draft in read_given(article, told, lexicon=folder)]
        self.put(records)
        return records

    def put(self, records: Sequence[Record]) -> list[str]:
        """Put records in; see `add`."""
        return self.put_graphs(valid_graphs(records))

    def put_graphs(self, graphs: Mapping[str, list[ox.Quad]]) -> list[str]:
        """Put the graphs of records in that `valid_graphs` has checked; see `add`.

        Raises `ReviewedReading` where a draft would take the place of a reading that a person reviewed.
        """
        names = list(graphs)
        for name in names:
            if _is_reviewed(self.store.quads(name)) and not _is_reviewed(graphs[name]):
                raise ReviewedReading(
                    "the store has a reviewed reading of this article, and this one is a draft",
                    where=name,
                    remedy="Keep the reviewed one; or review this one and give it the status reviewed.",
                )
        if len(names) <= FEW and self._is_current():
            revision = revise_findings(self.store, graphs)
            self.store.revise(graphs, (), FINDINGS_GRAPH, revision.gone, revision.come)
            return names
        kept = [
            name for name in self.store.graphs() if name.startswith(ARTICLE_GRAPHS) and name not in graphs
        ]
        known = [quad for name in kept for quad in self.store.quads(name)]
        fresh = [quad for quads in graphs.values() for quad in quads]
        derived = {
            FINDINGS_GRAPH: derive_findings([*known, *fresh]),
            VOCABULARY_GRAPH: list(load_vocabulary().quads),
        }
        self.store.replace({**graphs, **derived})
        self._current = True
        return names

    def _is_current(self) -> bool:
        """Whether the findings in the store were made by the rules of this program."""
        if not self._current:
            self._current = set(self.store.quads(VOCABULARY_GRAPH)) == set(load_vocabulary().quads)
        return self._current

    # --- asking ----------------------------------------------------------------------------------

    def sparql(self, text: str) -> Table:
        """Give the rows of a SELECT over the union of all graphs. Raises `InvalidQuery`."""
        return table_of(self.store.query(text))

    def query(self, name: str, /, **parameters: Any) -> Table:
        """Give the rows of a query that musnad ships, by its name; `musnad query` lists them.

        Raises `UnknownQuery`, `UnknownParameter` or `InvalidParameter`.
        """
        return table_of(self.store.query(find_query(name).bind(parameters)))

    def statements(self) -> Table:
        """Give every statement with its source, cue and content, in the order of the articles."""
        return self.query("read/statements")

    def claims(self) -> list[Claim]:
        """Give every claim with the words that carry it, in the order of the articles."""
        return FindingsReader(self.store).claims()

    def findings(self, kind: str | None = None) -> list[Finding]:
        """Give what comparing the claims shows; `kind` is a kind or its first part (conflict, tension)."""
        return FindingsReader(self.store).findings(kind=kind)

    def agreements(self) -> list[Finding]:
        """Give the findings in which sources agree."""
        return self.findings("agreement")

    def conflicts(self) -> list[Finding]:
        """Give the findings in which sources conflict or stand in tension."""
        return [*self.findings("conflict"), *self.findings("tension")]

    def claim(self, reference: str) -> ClaimView:
        """Find one claim by its IRI, a short id, or words of its statement.

        Raises `UnknownClaim` where nothing fits, and `AmbiguousClaim` where more than one does.
        """
        return ClaimView(self.store, pick_claim(reference, self.claims(), self.statements()))

    def info(self) -> dict[str, int]:
        """Count the articles, outlets, sources, statements, claims, propositions and findings."""
        return next(iter(self.query("read/info")))

    # --- taking out --------------------------------------------------------------------------------

    def quads(self, *, findings: bool = True, vocabulary: bool = False) -> list[ox.Quad]:
        """Give the graphs of the articles, the findings and the vocabulary, sorted by graph and quad."""
        names = [name for name in self.store.graphs() if name.startswith(ARTICLE_GRAPHS)]
        names += [FINDINGS_GRAPH] if findings else []
        names += [VOCABULARY_GRAPH] if vocabulary else []
        return [quad for name in names for quad in sorted(self.store.quads(name), key=str)]

    def graph(self) -> rdflib.Dataset:
        """Give everything as an rdflib Dataset whose default graph is the union of the named ones."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        lines = "".join(f"{quad} .\n" for quad in self.quads(vocabulary=True))
        dataset.parse(data=lines, format="nquads")
        return dataset

    def export(self, path: Path | str, form: str | None = None) -> Path:
        """Write everything to `path`; the form is told by its ending unless named.

        Raises `UnknownForm` for a form that there is none of.
        """
        from musnad.graph.exports import export_file

        return export_file(self.quads(), Path(path), form)

    def describe(self, *names: str) -> str:
        """Write as Turtle what the graph says of things (their IRIs) and of all that they refer to."""
        return describe(self.store, names)

    # --- closing -------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class ClaimView:
    """One claim of a collection."""

    def __init__(self, store: Store, claim: Claim) -> None:
        self._store = store
        self.claim = claim

    def provenance(self) -> Provenance:
        """Trace the claim: its words, every hand they passed, and what speaks for and against."""
        reader = FindingsReader(self._store)
        query = find_query("read/provenance").bind({"claim": self.claim.iri})
        rows = list(table_of(self._store.query(query)))
        row = rows[0]
        findings = tuple(f for f in reader.findings() if any(c.iri == self.claim.iri for c in f.claims))
        return Provenance(
            claim=self.claim,
            subject=row["subject"],
            predicate=row["predicate"],
            wording=Text(row["wording_en"], row["wording_ar"]),
            content=row["content"],
            prefix=row["prefix"],
            suffix=row["suffix"],
            language=row["lang"],
            title=row["title"],
            url=row["url"],
            hands=reader.hands[self.claim.statement],
            read_by=row["by"],
            read_on=row["read_on"],
            confidence=float(row["confidence"]),
            rules=tuple(sorted(row["reading_rule"] for row in rows if row["reading_rule"])),
            findings=findings,
        )


def open_collection(
    location: Path | str | None = None,
    *,
    update_url: str | None = None,
    create: bool = True,
    lexicon: Path | str | None = None,
) -> Collection:
    """Open the collection at `location`: a folder, the address of a SPARQL endpoint, or memory for None.

    `lexicon` is a folder of language data of one's own. Raises the coded errors of `open_store`.
    """
    return Collection(open_store(location, update_url=update_url, create=create), lexicon=lexicon)


def _folder(lexicon: Path | str | None) -> Path | None:
    return None if lexicon is None else Path(lexicon)


def _is_reviewed(quads: Iterable[ox.Quad]) -> bool:
    status, reviewed = ox.NamedNode(M("reviewStatus")), ox.NamedNode(M("reviewed"))
    return any(quad.predicate == status and quad.object == reviewed for quad in quads)
