"""Reviewing at a terminal: one draft after the other, one key for each decision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import click

from musnad.cli.options import count, say
from musnad.errors import MusnadError

if TYPE_CHECKING:
    from musnad.collection import Collection, QueuedClaim

_KEYS = "[a]ccept  [e]dit  [r]eject  [u]ndo  [s]kip  [t]race  [q]uit "


def go_through(
    news: Collection,
    *,
    by: str,
    at: str,
    order: Literal["doubt", "weight"],
    where: list[str],
    language: Literal["en", "ar"],
) -> None:
    """Show the drafts of the queue in their order, and do what the keys say, until the end or `q`.

    Raises `UnknownReviewer` before the first draft is shown, where `by` or `at` is missing.
    """
    from musnad.collection import check_reviewer

    check_reviewer(by, at)
    session = _Session(news, by, at, language)
    queue = news.queue(order=order, where=where)
    for place, draft in enumerate(queue, 1):
        if draft.claim.iri in session.waiting() and not session.decide(draft, f"{place}/{len(queue)}"):
            break
    say(f"{count(session.made, 'decision')}; {count(len(session.waiting()), 'draft')} left")


class _Session:
    """What one person decides at one sitting."""

    def __init__(self, news: Collection, by: str, at: str, language: Literal["en", "ar"]) -> None:
        self.news, self.by, self.at, self.language = news, by, at, language
        self.made = 0
        self.last: list[str] = []
        """The decisions of this sitting that were not undone, by IRI."""

    def waiting(self) -> set[str]:
        return {claim.iri for claim in self.news.claims() if claim.status == "draft"}

    def decide(self, draft: QueuedClaim, place: str) -> bool:
        """Show a draft and carry out what keys say of it; false for `q`."""
        from musnad.views.reviews import draw_queued

        claim = draft.claim.iri
        problems = self.news.problems(claim, self.language)
        click.echo(f"\n{place}  " + draw_queued(draft, problems, self.language), nl=False)
        while True:
            click.echo(_KEYS, nl=False)
            key = click.getchar()
            click.echo(key if key.isprintable() else "")
            try:
                match key.lower():
                    case "a" | "ش":
                        self._done(self.news.accept(claim, by=self.by, at=self.at)[0].iri)
                        return True
                    case "r" | "ق":
                        self._done(self.news.reject(claim, by=self.by, at=self.at)[0].iri)
                        return True
                    case "e" | "ث":
                        if self._edit(claim):
                            return True
                    case "u" | "ع":
                        self._undo()
                    case "s" | "n" | " " | "س":
                        return True
                    case "t" | "ف":
                        self._trace(claim)
                    case "q" | "\x1b" | "\x04" | "ض":
                        return False
            except MusnadError as error:
                say(str(error))

    def _done(self, decision: str) -> None:
        self.made += 1
        self.last.append(decision)
        say(f"  findings: {self.news.info()['findings']}")

    def _edit(self, claim: str) -> bool:
        """Let the claim be edited as JSON until it is right or given up."""
        from musnad.record.revising import change_between

        before = self.news.editable(claim)
        text = json.dumps(before, ensure_ascii=False, indent=2) + "\n"
        while True:
            edited = click.edit(text, extension=".json")
            if edited is None or edited == text:
                say("  nothing changed")
                return False
            try:
                change = change_between(before, json.loads(edited))
                self._done(self.news.edit(claim, change, by=self.by, at=self.at).iri)
                return True
            except (json.JSONDecodeError, AttributeError) as error:
                say(f"  this is not the JSON of a claim: {error}")
            except MusnadError as error:
                say(str(error))
            text = edited
            click.echo("edit again? [y/n] ", nl=False)
            again = click.getchar()
            click.echo(again)
            if again.lower() != "y":
                return False

    def _undo(self) -> None:
        if not self.last:
            say("  nothing was decided at this sitting; musnad review undo takes back what was before")
            return
        self.news.undo(self.last[-1], by=self.by, at=self.at)
        self.last.pop()
        self.made += 1
        say(f"  undone; findings: {self.news.info()['findings']}")

    def _trace(self, claim: str) -> None:
        from musnad.views.claims import write_claim

        click.echo(write_claim(self.news.claim(claim).provenance(), "table", self.language), nl=False)
