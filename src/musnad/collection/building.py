"""Building: records and articles of any number go into a store, lot by lot, in memory that does not grow.

Records are checked before anything is stored, and read a second time when all are right. What fits one lot
goes in with its findings, as one transaction. More than that goes in lot by lot, each article whole or not
at all, and the findings come last; a store whose build was stopped on the way has no graph of the vocabulary.
Building again goes on where it stopped: an article that this reader has read into the store is not read
again, and a record whose graph is there to the last quad is not validated again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TypeVar

import pyoxigraph as ox

from musnad.collection.cluster import Workers
from musnad.collection.input import (
    as_texts,
    find_records,
    holds_articles,
    raise_invalid,
    read_records,
    read_texts,
    same_bytes,
)
from musnad.collection.news import Collection
from musnad.collection.pieces import Known, Piece, open_piece
from musnad.collection.preparing import (
    Ready,
    RecordText,
    check_texts,
    make_ready,
    map_texts,
    parse_graph,
    prepare,
    prepare_drafts,
    read_pieces,
)
from musnad.collection.processes import died
from musnad.collection.reading import count_articles, draft_pieces, find_pieces
from musnad.collection.revision import put_reading
from musnad.errors import InvalidRecord, MusnadError, Problem, ReviewedReading, UnreadableRecord
from musnad.graph.mapping import map_record
from musnad.graph.naming import article_graph, article_name
from musnad.graph.sparql import term_text
from musnad.graph.store import Store
from musnad.meaning.own_lexica import check_lexicon
from musnad.record import Record
from musnad.record.drafting import draft_head
from musnad.terms import M
from musnad.text.article import Article, Details
from musnad.text.intake import STDIN, Given

__all__ = ["LOT", "Built", "Shown", "build"]

LOT = 64  # articles in one transaction and one validation: some megabytes, and seconds lost when killed

T = TypeVar("T")
Opened = Callable[[], AbstractContextManager[Collection]]


class Shown(Protocol):
    """Shows how far a build is."""

    def over(self, things: Iterable[T], total: Callable[[], int | None], doing: str) -> Iterator[T]:
        """Pass things on and count them; `total` tells how many are to come, where that can be known."""
        ...

    def busy(self, doing: str) -> AbstractContextManager[None]:
        """Show that something is being done of which the end cannot be told."""
        ...


class _Unwatched:
    def over(self, things: Iterable[T], _total: Callable[[], int | None], _doing: str) -> Iterator[T]:
        return iter(things)

    def busy(self, _doing: str) -> AbstractContextManager[None]:
        return nullcontext()


@dataclass(slots=True)
class Built:
    """What a build put in, how many articles the store had as they are, and how many were left out.

    `failed` could not be read, `refused` would have taken the place of readings that a person reviewed.
    """

    articles: int = 0
    statements: int = 0
    claims: int = 0
    kept: int = 0
    failed: int = 0
    refused: int = 0

    def add(self, ready: Ready) -> None:
        """Count what is stored."""
        self.articles += 1
        self.statements += ready.statements
        self.claims += ready.claims


def build(
    given: Iterable[Given],
    opened: Opened,
    *,
    there: bool,
    told: Details | None = None,
    lexicon: Path | None = None,
    jobs: int = 1,
    workers: Workers | None = None,
    shown: Shown | None = None,
    tell: Callable[[MusnadError], None] = lambda _: None,
) -> Built:
    """Put records and articles into a store and derive its findings anew.

    Args:
        given: files, folders, addresses, and `-` for standard input, whose records are kept in memory.
        opened: opens the collection; called once, and only when there is something to put in, or to look up.
        there: whether the store exists, so that it may hold something already.
        told: what is told of the articles; goes before metadata and date lines.
        lexicon: a folder of language data added to the package's.
        jobs: how many processes read, without a cluster.
        workers: those of a cluster, which read, map and validate; the store is the same.
        shown: shows how far it is.
        tell: is given the error of each article that cannot be read or put in; the rest goes on.

    Raises:
        InvalidRecord: with every problem of every record; the store is then as it was.
        UnreadableRecord: something given is neither record nor article; the store is then as it was.
    """
    run = _Build(
        given,
        told=told or Details(),
        lexicon=lexicon,
        jobs=jobs,
        workers=workers,
        shown=shown or _Unwatched(),
        tell=tell,
    )
    return run.into(opened, there=there)


class _Build:
    """One run over what is given."""

    def __init__(
        self,
        given: Iterable[Given],
        *,
        told: Details,
        lexicon: Path | None,
        jobs: int,
        workers: Workers | None,
        shown: Shown,
        tell: Callable[[MusnadError], None],
    ) -> None:
        self.articles: list[Given] = []
        self.records: list[Given] = []
        for item in find_records(given):
            (self.articles if holds_articles(item) else self.records).append(item)
        self.told, self.lexicon, self.jobs, self.workers = told, lexicon, jobs, workers
        self.shown, self._tell = shown, tell
        self.built = Built()
        self.digests: dict[str, bytes] = {}  # of the graphs met so far, by name
        self.covered: dict[bytes, int] = {}  # the keys of the records' texts, and their sizes in bytes
        self.stored: set[str] = set()  # the graphs that the store had before
        self._piped: list[Record | InvalidRecord] | None = None

    def into(self, opened: Opened, *, there: bool) -> Built:
        with ExitStack() as stack:
            news = cache(lambda: self._open(stack, opened))
            checked = self._check(news if there else None)
            stored = news() if there else None
            lots = _lots(chain(self._ready_records(checked), self._ready_articles(stored)))
            first = list(islice(lots, 2))
            unfinished = stored is not None and stored.unfinished
            if len(first) > 1 or unfinished:
                for lot in chain(first, lots):
                    self._store(news(), lot)
                with self.shown.busy("deriving the findings"):
                    news().conclude(self.workers)
            elif first:
                with self.shown.busy("storing, and deriving the findings"):
                    self._store_at_once(news(), first[0])
            return self.built

    def _open(self, stack: ExitStack, opened: Opened) -> Collection:
        news = stack.enter_context(opened())
        self.stored = set(news.store.graphs())
        return news

    # --- records -----------------------------------------------------------------------------------

    def _parse(self, doing: str) -> Iterator[Record | InvalidRecord]:
        parsed = chain.from_iterable(map(self._parse_one, self.records))
        return self.shown.over(parsed, lambda: count_articles(self.records), doing)

    def _parse_one(self, item: Given) -> Iterable[Record | InvalidRecord]:
        if str(item) != STDIN:
            return read_records(item)
        if self._piped is None:  # it can be read only once
            self._piped = list(read_records(item))
        return self._piped

    def _check(self, news: Callable[[], Collection] | None) -> list[Ready] | None:
        """Hold all records against everything; gives them where they fit one lot, and are not read again.

        A store that is there is looked into from the second lot on: a small build that is refused does not
        touch its files.
        """
        errors: list[MusnadError] = []
        lots = 0
        ready: list[Ready] = []
        for lot in self._checked_lots(news):
            lots += 1
            ready = []
            for one in lot:
                if not isinstance(one, Ready):
                    errors.append(one)
                    continue
                self.covered[one.text] = one.size
                if self.digests.get(one.name, one.digest) != one.digest:
                    errors.append(_twice(one))
                elif one.name not in self.digests:
                    self.digests[one.name] = one.digest
                    ready.append(one)
        raise_invalid(errors)
        return ready if lots < 2 and self.workers is None else None

    def _checked_lots(self, news: Callable[[], Collection] | None) -> Iterator[Iterable[Ready | MusnadError]]:
        if self.workers is not None:
            yield from _lots(self._on_cluster(check_texts, "checking records"))
            return
        for number, lot in enumerate(_lots(self._parse("checking records")), 1):
            yield self._prepare(lot, news() if news and number > 1 else None)

    def _prepare(
        self, lot: list[Record | InvalidRecord], news: Collection | None
    ) -> Iterator[Ready | InvalidRecord]:
        """Validate a lot, but for what the store has as it is."""
        unknown: list[Record] = []
        for record in lot:
            if isinstance(record, InvalidRecord):
                yield record
                continue
            if news is not None and (one := self._as_stored(record, news.store)):
                yield one
            else:
                unknown.append(record)
        yield from prepare(unknown)

    def _as_stored(self, record: Record, store: Store) -> Ready | None:
        """Give a record's graph if the store has it to the last quad: then it was validated before."""
        if article_graph(article_name(record)) not in self.stored:
            return None
        one = make_ready(record)
        return one if set(store.quads(one.name)) == set(parse_graph(one)) else None

    def _ready_records(self, checked: list[Ready] | None) -> Iterator[Ready]:
        if checked is not None:
            yield from checked
            return
        given: set[str] = set()
        doing = "storing records"
        for one in self._on_cluster(map_texts, doing) if self.workers else self._mapped(doing):
            if isinstance(one, Ready) and one.name not in given:
                given.add(one.name)
                yield one

    def _mapped(self, doing: str) -> Iterator[Ready]:
        return (make_ready(record) for record in self._parse(doing) if isinstance(record, Record))

    def _on_cluster(
        self, work: Callable[[list[RecordText | InvalidRecord]], list[Ready | MusnadError]], doing: str
    ) -> Iterator[Ready | MusnadError]:
        """Have the workers do something with all records; gives their answers in the records' order."""
        assert self.workers is not None
        texts = chain.from_iterable(map(self._texts_of, self.records))
        done = chain.from_iterable(self.workers.map(work, _lots(texts), _lost_record))
        for one in self.shown.over(done, lambda: count_articles(self.records), doing):
            if isinstance(one, MusnadError) and not isinstance(one, InvalidRecord):
                raise one
            yield one

    def _texts_of(self, item: Given) -> Iterable[RecordText | InvalidRecord]:
        return as_texts(self._parse_one(item)) if str(item) == STDIN else read_texts(item)

    # --- articles ----------------------------------------------------------------------------------

    def _ready_articles(self, news: Collection | None) -> Iterator[Ready]:
        unread = [item for item in self.articles if not same_bytes(item, self.covered)]
        pieces = find_pieces(unread, self.told)
        if news is not None:
            pieces = (self._look_up(piece, news) for piece in pieces)
        results = self.shown.over(self._read(pieces), lambda: count_articles(unread), "reading")
        for one in results:
            if isinstance(one, Known):
                self.built.kept += 1
            elif isinstance(one, MusnadError):
                self._leave_out(one)
            elif one.text in self.covered:
                continue
            elif self.digests.setdefault(one.name, one.digest) == one.digest:
                yield one
            else:
                self._leave_out(_twice(one))

    def _read(self, pieces: Iterable[Piece]) -> Iterator[Ready | MusnadError | Known]:
        """Read, map and validate articles, here or on a cluster."""
        if self.workers is None:
            drafts = draft_pieces(pieces, self.told, lexicon=self.lexicon, jobs=self.jobs)
            return chain.from_iterable(map(prepare_drafts, _lots(drafts)))
        if self.lexicon is not None:
            check_lexicon(self.lexicon)
        work = partial(read_pieces, told=self.told, lexicon=self.lexicon)
        opened = (open_piece(piece, self.told) for piece in pieces)
        return chain.from_iterable(self.workers.map(work, _lots(opened), died))

    def _look_up(self, piece: Piece, news: Collection) -> Piece:
        """Open an article, and see whether this reader has read it into the store."""
        opened = open_piece(piece, self.told)
        if not isinstance(opened, Article):
            return opened
        head = map_record(draft_head(opened, lexicon=self.lexicon))
        name = head[0].graph_name
        known = isinstance(name, ox.NamedNode) and name.value in self.stored and news.store.ask(_asked(head))
        return Known(opened.id) if known else opened

    def _leave_out(self, error: MusnadError) -> None:
        self.built.failed += 1
        self._tell(error)

    # --- storing -----------------------------------------------------------------------------------

    def _store_at_once(self, news: Collection, lot: list[Ready]) -> None:
        graphs: dict[str, list[ox.Quad]] = {}
        for one in lot:
            graphs |= self._take(news, one, parse_graph(one))
        if graphs:
            news.write(graphs)

    def _store(self, news: Collection, lot: list[Ready]) -> None:
        """Put one lot in, article by article; the findings are of no use from the first lot on."""
        fresh: dict[str, bytes] = {}
        changed: dict[str, list[ox.Quad]] = {}
        for one in lot:
            if one.name not in self.stored:
                fresh[one.name] = one.quads
                self.built.add(one)
            elif set(news.store.quads(one.name)) == set(quads := parse_graph(one)):
                self.built.kept += 1
            else:
                changed |= self._take(news, one, quads)
        news.begin()
        news.store.load(fresh)
        if changed:
            news.store.replace(changed)

    def _take(self, news: Collection, one: Ready, quads: list[ox.Quad]) -> dict[str, list[ox.Quad]]:
        """Give what is to be written for a reading: nothing where it may not take the place of another."""
        try:
            written = put_reading(news.store, one.name, quads)
        except ReviewedReading as error:
            self.built.refused += 1
            self._tell(error)
            return {}
        self.built.add(one)
        return written


def _lots(things: Iterable[T]) -> Iterator[list[T]]:
    things = iter(things)
    while lot := list(islice(things, LOT)):
        yield lot


def _lost_record(text: RecordText | InvalidRecord) -> MusnadError:
    where = text.where
    return UnreadableRecord(
        "the workers that were given it did not outlive it, as when memory runs out",
        where=where,
        remedy="Look whether it is as large as it should be.",
    )


def _twice(one: Ready) -> InvalidRecord:
    problem = Problem("record", "another record given here reads the same article.", "Give one of the two.")
    return InvalidRecord([problem], where=one.article)


def _asked(head: list[ox.Quad]) -> str:
    """Ask whether a graph says of its article and its reading all that a draft's graph begins with."""
    # The name of the graph stands for the text, which is long; what was read is not in the head.
    lines = [
        f"{quad.subject} {quad.predicate} {term_text(quad.object)} ."
        for quad in head
        if quad.predicate.value not in (M("text"), M("recordDigest"))
    ]
    return f"ASK {{ GRAPH {head[0].graph_name} {{ {' '.join(lines)} }} }}"
