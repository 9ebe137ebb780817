"""The collection: articles, their claims and findings in one store, and the questions people put to it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from musnad.collection.cluster import Workers
from musnad.collection.concluding import sweep_on, write_findings
from musnad.collection.descriptions import describe
from musnad.collection.input import read_all, valid_graphs
from musnad.collection.provenance import Provenance, trace_claim
from musnad.collection.reading import read_given
from musnad.collection.references import pick_claim
from musnad.collection.reviewing import Reviewing, graphs_as_of, reviewed_graphs
from musnad.collection.revision import put_reading
from musnad.collection.table import Statements, Table, table_of
from musnad.findings import (
    Claim,
    Finding,
    FindingsReader,
    derive_findings,
    find_findings,
    revise_findings,
    word_store,
)
from musnad.graph.digests import revise_seal, seal_findings
from musnad.graph.exports.parts import Holdings
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.queries import find_query
from musnad.graph.store import Store, open_store
from musnad.graph.versions import find_versions, link_versions, revise_versions
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record
from musnad.terms import (
    ARTICLE_GRAPHS,
    DIGESTS_GRAPH,
    FINDINGS_GRAPH,
    VERSIONS_GRAPH,
    VOCABULARY_GRAPH,
    M,
)
from musnad.text.article import Details

if TYPE_CHECKING:
    import rdflib


FEW = 64
"""How many articles may come at once for findings to be revised around them, not derived from everything."""
MANY = 1000
"""How many articles are too many to be held in memory with their findings, so as to be one transaction."""


class Collection(Reviewing):
    """A store of news read into claims; closes its store at the end of a `with` block.

    `lexicon` is a folder of language data added to the package's wherever articles are read.

    >>> with open_collection() as news:
    ...     news.info()["articles"]
    0
    """

    def __init__(self, store: Store, *, lexicon: Path | str | None = None) -> None:
        self.store = store
        self.lexicon = lexicon
        self._view: Collection | None = None
        self._derived_here = False

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

        A reading that gives way to a reviewed one is kept; what was decided about a draft is carried over to
        the next. Raises `ReviewedReading` where a draft would take the place of a reading that a person
        reviewed as a whole.
        """
        written: dict[str, list[ox.Quad]] = {}
        for name, quads in graphs.items():
            written |= put_reading(self.store, name, quads)
        self.write(written)
        return list(graphs)

    def write(self, graphs: Mapping[str, list[ox.Quad]]) -> None:
        """Put graphs of articles and their history in, and the findings that then follow, in one step.

        Only where the findings of more than `MANY` articles are to be made anew it takes several, as a build
        does: until the last the collection is `unfinished`.
        """
        fresh = {name: quads for name, quads in graphs.items() if name.startswith(ARTICLE_GRAPHS)}
        if len(fresh) <= FEW and self._is_current():
            revision = revise_findings(self.store, fresh)
            derived = {
                VERSIONS_GRAPH: revise_versions(self.store, fresh),
                DIGESTS_GRAPH: revise_seal(self.store, revision.gone, revision.come),
            }
            self.store.revise({**graphs, **derived}, (), FINDINGS_GRAPH, revision.gone, revision.come)
        else:
            kept = [name for name in self._article_graphs() if name not in fresh]
            if len(kept) > MANY:
                self.begin()
                self.store.replace(graphs)
                self.conclude()
                return
            known = [quad for name in kept for quad in self.store.quads(name)]
            said = [*known, *(quad for quads in fresh.values() for quad in quads)]
            self.store.replace({**graphs, **_derived(said)})
            self._derived_here = True
        self._forget_views()

    def begin(self) -> None:
        """Take the findings out before many articles come in; `conclude` derives them when all are there."""
        if self.store.ask(f"ASK {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?s ?p ?o }} }}"):
            self.store.replace({}, drop=[FINDINGS_GRAPH, DIGESTS_GRAPH, VOCABULARY_GRAPH])
        self._derived_here = False

    def conclude(self, workers: Workers | None = None) -> None:
        """Derive the findings from all that the store holds, and write them in lots.

        `workers` are those of a cluster, which look for findings; the store is the same. Until the last lot,
        the vocabulary's, is in, the collection is `unfinished`.
        """
        if self.store.ask(f"ASK {{ GRAPH <{FINDINGS_GRAPH}> {{ ?s ?p ?o }} }}"):
            self.store.replace({}, drop=[FINDINGS_GRAPH])  # of a build that was stopped here
        sweep = None if workers is None else sweep_on(workers)
        write_findings(self.store, find_findings(self.store, sweep))
        write_findings(self.store, (f"{triple} .\n" for triple in word_store(self.store)))
        self.store.replace(
            {
                DIGESTS_GRAPH: seal_findings(self.store.quads(FINDINGS_GRAPH)),
                VERSIONS_GRAPH: find_versions(self.store),
                VOCABULARY_GRAPH: load_vocabulary().quads,
            }
        )
        self._derived_here = True
        self._forget_views()

    @property
    def unfinished(self) -> bool:
        """Whether there are articles without findings, because a build was stopped before its end."""
        return self.store.ask(
            f"ASK {{ ?article a <{M('Article')}> "
            f"FILTER NOT EXISTS {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?s ?p ?o }} }} }}"
        )

    def _article_graphs(self) -> list[str]:
        return [name for name in self.store.graphs() if name.startswith(ARTICLE_GRAPHS)]

    def _is_current(self) -> bool:
        """Whether the findings in the store were made by the rules of this program."""
        if not self._derived_here:
            self._derived_here = set(self.store.quads(VOCABULARY_GRAPH)) == set(load_vocabulary().quads)
        return self._derived_here

    # --- asking ----------------------------------------------------------------------------------

    def reviewed(self) -> Collection:
        """Give what a person reviewed, as a collection of its own in memory, with the findings that follow.

        Drafts take no part: a finding that rests on one is not there, and origins are counted among what is
        left. It shows this moment; what is put in later is in neither. It is kept until this collection is
        written to, unless the store is an endpoint, to which others may write.
        """
        if self._view is None or not isinstance(self.store, OxigraphStore):
            view = Collection(open_store(), lexicon=self.lexicon)
            view.write(reviewed_graphs(self.store))
            self._view = view
        return self._view

    def as_of(self, day: datetime.date | str) -> Collection:
        """Give what was published by a day (YYYY-MM-DD) and not withdrawn by then, as a collection in memory.

        Articles count by their date, corrections and retractions by theirs; what reviewers decided counts
        whenever they did, since it is about the words. Findings are derived anew. Raises `InvalidParameter`.
        """
        text = day if isinstance(day, str) else day.isoformat()
        view = Collection(open_store(), lexicon=self.lexicon)
        view.write(graphs_as_of(self.store, text))
        return view

    def _forget_views(self) -> None:
        # Whoever holds a view keeps it; it is memory, and goes when nobody does.
        self._view = None

    def _seen(self, reviewed: bool) -> Collection:
        return self.reviewed() if reviewed else self

    def sparql(self, text: str, *, reviewed: bool = False) -> Table:
        """Give the rows of a SELECT over the union of all graphs. Raises `InvalidQuery`.

        For a query of any form there is `musnad query FILE.rq`, and `%%sparql` in a notebook.
        With `reviewed`, here and below, only what a person reviewed is looked at; see `Collection.reviewed`.
        """
        return table_of(self._seen(reviewed).store.query(text))

    def query(self, name: str, /, *, reviewed: bool = False, **parameters: Any) -> Table:
        """Give the rows of a query that musnad ships, by its name; `musnad query` lists them.

        Raises `UnknownQuery`, `UnknownParameter` or `InvalidParameter`.
        """
        return table_of(self._seen(reviewed).store.query(find_query(name).bind(parameters)))

    def statements(self, *, reviewed: bool = False) -> Statements:
        """Give every statement with its source, cue and content, in the order of the articles."""
        table = self.query("read/statements", reviewed=reviewed)
        return Statements(table.columns, table.rows, table.datatypes)

    def claims(self, *, reviewed: bool = False) -> list[Claim]:
        """Give every claim with the words that carry it, in the order of the articles."""
        return FindingsReader(self._seen(reviewed).store).claims()

    def findings(self, kind: str | None = None, *, reviewed: bool = False) -> list[Finding]:
        """Give what comparing the claims shows; `kind` is a kind or its first part (conflict, tension)."""
        return FindingsReader(self._seen(reviewed).store).findings(kind=kind)

    def agreements(self, *, reviewed: bool = False) -> list[Finding]:
        """Give the findings in which sources agree."""
        return self.findings("agreement", reviewed=reviewed)

    def conflicts(self, *, reviewed: bool = False) -> list[Finding]:
        """Give the findings in which sources conflict or stand in tension."""
        return [
            *self.findings("conflict", reviewed=reviewed),
            *self.findings("tension", reviewed=reviewed),
        ]

    def claim(self, reference: str, *, reviewed: bool = False) -> ClaimView:
        """Find one claim by its IRI, a short id, or words of its statement.

        Raises `UnknownClaim` where nothing fits, and `AmbiguousClaim` where more than one does.
        """
        seen = self._seen(reviewed)
        return ClaimView(seen.store, pick_claim(reference, seen.claims(), seen.statements()))

    def info(self, *, reviewed: bool = False) -> dict[str, int]:
        """Count articles, outlets, sources, statements, claims (reviewed ones too), propositions, findings.

        And the readings that are kept from the past, and the decisions of reviewers.
        """
        return next(iter(self.query("read/info", reviewed=reviewed)))

    # --- taking out --------------------------------------------------------------------------------

    def quads(
        self,
        *,
        findings: bool = True,
        vocabulary: bool = False,
        history: bool = False,
        reviewed: bool = False,
    ) -> list[ox.Quad]:
        """Give the graphs of the articles, the findings and the vocabulary, sorted by graph and quad.

        With the findings come their digest and the links between versions of an article.

        With `history` also those of decisions, of the readings that are kept and of their list.
        """
        store = self._seen(reviewed).store
        return list(Holdings(store, findings=findings, vocabulary=vocabulary, history=history).quads())

    def graph(self) -> rdflib.Dataset:
        """Give everything as an rdflib Dataset whose default graph is the union of the named ones."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        lines = "".join(f"{quad} .\n" for quad in self.quads(vocabulary=True))
        dataset.parse(data=lines, format="nquads")
        return dataset

    def export(self, path: Path | str, form: str | None = None, *, reviewed: bool = False) -> Path:
        """Write everything to `path`; the form is told by its ending unless named.

        Raises `UnknownForm` for a form that there is none of.
        """
        from musnad.graph.exports import export_file

        return export_file(Holdings(self._seen(reviewed).store), Path(path), form)

    def describe(self, *names: str) -> str:
        """Write as Turtle what the graph says of things (their IRIs) and of all that they refer to."""
        return describe(self.store, names)

    # --- closing -------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the store."""
        self._forget_views()
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
        return trace_claim(FindingsReader(self._store), self.claim)


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


def _derived(quads: list[ox.Quad]) -> dict[str, list[ox.Quad]]:
    findings = derive_findings(quads)
    return {
        FINDINGS_GRAPH: findings,
        DIGESTS_GRAPH: seal_findings(findings),
        VERSIONS_GRAPH: link_versions(quads),
        VOCABULARY_GRAPH: list(load_vocabulary().quads),
    }
