"""The two places that the soak run loads: a folder that is served and handed over, and a SPARQL server."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
from soak_truth import Changing, Told, check_claim, check_standing, check_statements, expect, told

import musnad
from musnad.collection import Collection
from musnad.record import Record, dump_record
from musnad.terms import M

PROGRAM = [sys.executable, "-c", "from musnad.cli import main; main()"]
PAUSE = 0.02  # seconds that a reader looks at an answer
BY, DAY = "Amal Saleh", "2026-11-28"
CLAIMS = f"SELECT ?claim WHERE {{ ?claim a <{M('Claim')}> ; <{M('statedIn')}>/<{M('reportedIn')}> <%s> }}"
TEXT = f"SELECT ?text WHERE {{ <%s> <{M('text')}> ?text }}"


class Run:
    """What is counted while everything runs, and when it is to end."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.ends = float("inf")
        self.counts: Counter[str] = Counter()
        self.memory: dict[str, list[tuple[float, float]]] = {}
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to count the time."""
        self.ends = time.monotonic() + self.seconds

    @property
    def going_on(self) -> bool:
        """Whether there is time left, and nothing went wrong."""
        return time.monotonic() < self.ends and not self.errors

    def count(self, what: str) -> None:
        """Count something that was done."""
        with self._lock:
            self.counts[what] += 1

    def guard(self, work: Callable[[], None]) -> Callable[[], None]:
        """Give work whose failure ends the run and is told."""

        def guarded() -> None:
            try:
                work()
            except BaseException as error:
                self.errors.append(f"{type(error).__name__}: {error}")

        return guarded

    def sample(self, name: str, process: int) -> None:
        """Note the memory of a process and its children, each second, for as long as it lives."""
        while self.going_on and (size := _resident(process)):
            self.memory.setdefault(name, []).append((time.monotonic(), size))
            time.sleep(min(1.0, self.seconds / 60))


def _resident(process: int) -> float:
    """Give what a process and its children hold of their own, in MB; nothing where it is no more."""
    size = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        for one in (str(process), *children):
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
            found = re.search(r"RssAnon:\s+(\d+)", status)
            size += int(found[1]) if found else 0
    except OSError:
        return size / 1024
    return size / 1024


def _variant(record: Record) -> Record:
    """Give another reading of the same article: without its last statement."""
    return replace(record, statements=record.statements[:-1])


class Place:
    """A store that is asked and written to, with what is known to be in it."""

    def __init__(self, name: str, run: Run, articles: list[Told]) -> None:
        self.name, self.run, self.articles = name, run, articles
        self.address = ""
        self.decided: list[str] = []  # IRIs of decisions that were accepted
        self.away = Changing(False)  # whether nobody can be asked

    def ask_sparql(self, client: httpx.Client, query: str) -> list[list[str]] | None:
        """Give the rows of a query; none where the server says that it is too busy, or is not there."""
        answer = self.get(client, "POST", self.queries, data={"query": query})
        if answer is None:
            return None
        found = json.loads(answer.text)
        variables = found["head"]["vars"]
        return [[row[name]["value"] for name in variables] for row in found["results"]["bindings"]]

    queries = "/sparql"

    def get(
        self, client: httpx.Client, method: str, place: str, *, missing: bool = False, **more: object
    ) -> httpx.Response | None:
        """Ask; an answer is 200, or where it may be `missing` 404, or counted as what it honestly is."""
        begun = time.monotonic()
        try:
            headers = {"Accept": "application/sparql-results+json"} if method == "POST" else {}
            answer = client.request(method, self.address + place, headers=headers, **more)  # type: ignore[arg-type]
        except httpx.TransportError:
            if not any(self.away.between(begun, time.monotonic())):
                raise
            self.run.count(f"{self.name}: nobody there while it was handed over")
            return None
        if answer.status_code == 503:
            self.run.count(f"{self.name}: 503")
            return None
        right = (200, 404) if missing else (200,)
        expect(answer.status_code in right, f"{place}: {answer.status_code} {answer.text[-200:]}")
        return answer

    def read(self, seed: int) -> None:
        """Ask one thing after another until the run ends."""
        chance = random.Random(seed)
        with httpx.Client(trust_env=False, timeout=60) as client:
            while self.run.going_on:
                article = chance.choice(self.articles)
                kind = self.ask(client, chance, article)
                if kind:
                    self.run.count(f"{self.name}: {kind} right")
                time.sleep(PAUSE)

    def ask(self, client: httpx.Client, chance: random.Random, article: Told) -> str | None:
        """Ask one thing and check it; gives what it was, none where there was no answer."""
        begun = time.monotonic()
        if chance.random() < 0.5:
            rows = self.ask_sparql(client, CLAIMS % article.iri)
            if rows is None:
                return None
            check_standing(article, frozenset(row[0] for row in rows), begun, time.monotonic())
            return "queries of claims"
        rows = self.ask_sparql(client, TEXT % article.iri)
        if rows is None:
            return None
        expect(rows == [[article.record.text]], f"{article.name}: another text")
        return "queries of texts"

    # --- writing ---------------------------------------------------------------------------------

    def decide(self, news: Collection, chance: random.Random) -> None:
        """Accept or reject a claim of some article, or take that back, and look it up."""
        article = chance.choice([one for one in self.articles if one.standing.value])
        claim = chance.choice(sorted(article.standing.value))
        if chance.random() < 0.5:
            done = [news.accept(claim, by=BY, at=DAY)[0].iri]
        else:
            with article.standing.becoming(article.standing.value - {claim}):
                done = [news.reject(claim, by=BY, at=DAY)[0].iri]
            with article.standing.becoming(article.standing.value | {claim}):
                done.append(news.undo(done[0], by=BY, at=DAY).iri)
        self.decided += done
        for iri in done:
            there = news.store.ask(f"ASK {{ <{iri}> a <{M('Decision')}> }}")
            expect(there, f"{self.name}: {iri} was accepted and is not there")
            self.run.count(f"{self.name}: decisions")

    def check_all(self, news: Collection) -> None:
        """Look every accepted write up."""
        kept = {decision.iri for decision in news.decisions()}
        lost = [iri for iri in self.decided if iri not in kept]
        expect(not lost, f"{self.name}: {len(lost)} of {len(self.decided)} decisions are lost")
        expect(len(kept) == len(self.decided), f"{self.name}: more decisions than were made")
        for article in self.articles:
            rows = news.store.query(TEXT % article.iri).tuples
            expect(len(rows) == 1, f"{self.name}: {article.name} is lost")
            found = frozenset(str(row[0].value) for row in news.store.query(CLAIMS % article.iri))  # type: ignore[union-attr]
            expect(found == article.standing.value, f"{self.name}: claims of {article.name} are lost")
            self.run.count(f"{self.name}: articles looked up")


class Desk(Place):
    """A folder served by `musnad serve`, handed over for builds."""

    def __init__(
        self, folder: Path, run: Run, articles: list[Told], late: Iterator[Record], turn: float
    ) -> None:
        super().__init__("desk", run, articles)
        self.folder, self.late, self.turn = folder, late, turn
        self._server: subprocess.Popen[str] | None = None
        self.lives = 0
        self.token = ""
        self._deciding = threading.Lock()
        help_ = subprocess.run([*PROGRAM, "serve", "--help"], capture_output=True, text=True, check=True)
        self.reviewing = "--review" in help_.stdout

    def open(self) -> None:
        """Serve the folder, and let claims be decided about over HTTP where this musnad can."""
        command = [*PROGRAM, "serve", "--port", "0", "--store", str(self.folder)]
        if self.reviewing:
            command += ["--review", "--by", BY]
        with self.away.becoming(False):
            server = self._server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            assert server.stderr is not None
            found = re.search(r"http://\S+?(?=/ )", server.stderr.readline())
            expect(found is not None, "the desk's server does not start")
            assert found is not None
            if self.reviewing:
                server.stderr.readline()  # the address to sign in
                self.token = server.stderr.readline().split()[-1]
            self.address = found[0]
        self.lives += 1
        sampling = (f"desk, life {self.lives}", server.pid)
        threading.Thread(target=self.run.sample, args=sampling, daemon=True).start()
        threading.Thread(target=server.stderr.read, daemon=True).start()

    def close(self) -> None:
        """Stop serving, as a service manager does; what was asked before is answered."""
        assert self._server is not None
        with self.away.becoming(True):
            self._server.send_signal(signal.SIGTERM)
            expect(self._server.wait(30) == 0, f"the desk's server ended with {self._server.returncode}")

    def write(self) -> None:
        """Hand the folder over now and then, once at least."""
        chance = random.Random(1)
        while self.run.going_on or (self.lives == 1 and not self.run.errors):
            time.sleep(min(self.turn, max(0.0, self.run.ends - time.monotonic())))
            if self.run.going_on or self.lives == 1:
                with self._deciding:
                    self.hand_over(chance)

    def hand_over(self, chance: random.Random) -> None:
        """Stop the server, put an article in and decide, and serve again."""
        self.close()
        record = next(self.late)
        path = self.folder.with_name(f"{record.article}.json")
        path.write_text(dump_record(record), encoding="utf-8")
        subprocess.run([*PROGRAM, "build", path, "--store", self.folder], check=True, capture_output=True)
        self.articles.append(told(record))
        self.run.count("desk: builds")
        with musnad.open(self.folder) as news:
            for _ in range(3):
                self.decide(news, chance)
        self.open()
        self.run.count("desk: times handed over")

    def review(self) -> None:
        """Reject claims and take that back, over HTTP with the token, and look each decision up at once."""
        chance = random.Random(3)
        with httpx.Client(trust_env=False, timeout=60) as client:
            while self.run.going_on:
                article = chance.choice(self.articles)
                with self._deciding:
                    claim = chance.choice(sorted(article.standing.value))
                    with article.standing.becoming(article.standing.value - {claim}):
                        made = self._post(client, f"/review/draft/{claim.rpartition('/')[2]}/reject", {})
                    with article.standing.becoming(article.standing.value | {claim}):
                        self._post(client, "/review/undo", {"decision": made})
                time.sleep(10 * PAUSE)

    def _post(self, client: httpx.Client, place: str, given: dict[str, str]) -> str:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = client.post(self.address + place, json={"at": DAY, **given}, headers=headers)
        expect(answer.status_code == 200, f"{place}: {answer.status_code} {answer.text[-300:]}")
        decision: str = answer.json()["decisions"][-1]["decision"]
        self.decided.append(decision)
        asked = client.get(
            self.address + self.queries,
            params={"query": f"ASK {{ <{decision}> a <{M('Decision')}> }}"},
            headers={"Accept": "application/sparql-results+json"},
        )
        if asked.status_code == 503:
            self.run.count("desk: 503")
        else:
            expect(asked.json()["boolean"] is True, f"{decision} was accepted and is not there")
        self.run.count("desk: decisions over HTTP")
        return decision

    def ask(self, client: httpx.Client, chance: random.Random, article: Told) -> str | None:
        """Ask for a page, its twin or a query, and check it."""
        kind = chance.choice(["article", "statements", "claim", "list", "page", "query", "query"])
        if kind == "query":
            return super().ask(client, chance, article)
        begun = time.monotonic()
        if kind == "claim":
            iri = chance.choice(sorted(article.claims))
            answer = self.get(client, "GET", f"/claim/{iri.rpartition('/')[2]}.json", missing=True)
            if answer is not None and answer.status_code == 404:
                gone = [iri not in standing for standing in article.standing.between(begun, time.monotonic())]
                expect(any(gone), f"{iri} stands and is not found")
            elif answer is not None:
                check_claim(article, iri, answer.json())
        elif kind == "statements":
            answer = self.get(client, "GET", f"/article/{article.name}.json")
            if answer is not None:
                check_statements(article, answer.json())
        elif kind == "article":
            answer = self.get(client, "GET", f"/article/{article.name}")
            if answer is not None:
                words = re.sub(r"<[^>]+>|\s+", "", answer.text)
                first = re.sub(r"\s+", "", article.record.statements[0].content.text)
                expect(first in words, f"{article.name}: the page does not show its first statement")
        elif kind == "list":
            answer = self.get(client, "GET", "/articles.json")
            known = {one.record.article: one for one in list(self.articles)}
            for row in answer.json() if answer is not None else ():
                one = known[row["article_id"]]
                right = {len(standing) for standing in one.standing.between(begun, time.monotonic())}
                expect(
                    row["claims"] in right, f"{one.name}: {row['claims']} claims listed, right were {right}"
                )
        else:
            place = chance.choice(
                ["/questions", "/sources", "/articles?q=minister", "/ask", "/articles?lang=ar"]
            )
            answer = self.get(client, "GET", place)
            if answer is not None:
                expect(answer.text.rstrip().endswith("</html>"), f"{place}: half a page")
        return None if answer is None else f"{kind} pages"


class Wire(Place):
    """A store at the real SPARQL server, written to over HTTP."""

    queries = "/query"

    def __init__(self, run: Run, articles: list[Told], late: Iterator[Record]) -> None:
        super().__init__("wire", run, articles)
        self.late = late

    def write(self) -> None:
        """Build, read again and decide, one after the other: an endpoint has one writer of musnad's."""
        chance = random.Random(2)
        read_again = [told(next(self.late)) for _ in range(3)]
        with musnad.connect(self.address) as news:
            for one in read_again:
                news.add(one.record)
                self.run.count("wire: builds")
            whole = {one.iri: True for one in read_again}
            self.decide(news, chance)
            while self.run.going_on:
                if chance.random() < 0.5:
                    self.decide(news, chance)
                    continue
                one = chance.choice(read_again)
                record = _variant(one.record) if whole[one.iri] else one.record
                kept = {claim.id for statement in record.statements for claim in statement.claims}
                standing = frozenset(iri for iri, claim in one.claims.items() if claim.id in kept)
                with one.standing.becoming(standing):
                    news.add(record)
                whole[one.iri] = not whole[one.iri]
                if one not in self.articles:
                    self.articles.append(one)
                self.run.count("wire: builds")

    def decide(self, news: Collection, chance: random.Random) -> None:
        """Decide on an article that is not read again just now."""
        # What was decided is carried over to later readings; those that are read again are left alone.
        every, self.articles = (
            self.articles,
            [one for one in self.articles if "late" not in one.record.article],
        )
        try:
            super().decide(news, chance)
        finally:
            self.articles = every
