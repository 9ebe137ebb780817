"""Errors a user can meet: each has a code, says what was found and where, and what to do about it.

The code is a heading in docs/errors.md; a test compares the two. Its first digit tells the matter:
1 the record, 2 stores, 3 queries, 4 validation, 5 findings, 6 reading, 7 the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class MusnadError(Exception):
    """What a user can mend: `code`, `what` was found, `where`, and the `remedy`."""

    code = "M000"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in a notebook: what to mend, and not the way through our code."""
        return str(self).splitlines()

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  {self.remedy}" if self.remedy else ""
        return f"{self.code} {place}{self.what}{remedy}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` a reader would look, `what` is found there, and the `remedy`."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".rstrip()


class UnreadableRecord(MusnadError):
    """The file is not JSON in UTF-8, or the article text it names cannot be read."""

    code = "M101"


class TextMismatch(MusnadError):
    """Two records that are to be compared are of different texts."""

    code = "M103"


class InvalidRecord(MusnadError):
    """The record breaks its form or contradicts its article; `problems` lists every way it does."""

    code = "M102"

    def __init__(self, problems: Sequence[Problem], *, where: str = "") -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            f"{count} {'problem' if count == 1 else 'problems'} in this record; nothing was stored",
            where=where,
            remedy="\n  ".join(str(problem) for problem in self.problems),
        )


class StoreLocked(MusnadError):
    """Another process, or another object of this one, has the store on disk open."""

    code = "M201"


class NotAStore(MusnadError):
    """The location is a file, a folder of other things, or holds nothing yet where a store is to be read."""

    code = "M202"


class StoreNotWritable(MusnadError):
    """The folder of the store cannot be made or written to."""

    code = "M203"


class StoreDamaged(MusnadError):
    """The folder is a store, but its files cannot be read."""

    code = "M204"


class StoreClosed(MusnadError):
    """The store was used after it was closed."""

    code = "M205"


class UpdateRefused(MusnadError):
    """The engine refused a SPARQL update; the store is as it was."""

    code = "M206"


class UnstorableQuad(MusnadError):
    """A quad names another graph than the one it is put in, or a node that has no lasting name."""

    code = "M207"


class InvalidLocation(MusnadError):
    """The location of a store is neither a folder nor a usable http or https address."""

    code = "M208"


class EndpointUnreachable(MusnadError):
    """No SPARQL endpoint answered at the address within the time allowed."""

    code = "M211"


class EndpointRefused(MusnadError):
    """The endpoint answered with an HTTP error that is not about the query's text."""

    code = "M212"


class MalformedReply(MusnadError):
    """The endpoint's answer is not what SPARQL promises, or was cut off."""

    code = "M213"


class ReadOnlyEndpoint(MusnadError):
    """The endpoint is known by its query address alone, and something is to be written."""

    code = "M215"


class InvalidQuery(MusnadError):
    """The SPARQL text cannot be parsed or carried out."""

    code = "M301"


class WrongQueryForm(MusnadError):
    """A query has another form (SELECT, ASK, CONSTRUCT) than is needed where it is used."""

    code = "M302"


class InvalidQueryFile(MusnadError):
    """A query file has no header, or a header that breaks the rules for one."""

    code = "M303"


class UnknownQuery(MusnadError):
    """There is no query of this name."""

    code = "M304"


class UnknownParameter(MusnadError):
    """The query has no parameter of this name."""

    code = "M305"


class InvalidParameter(MusnadError):
    """The value given is not one of the parameter's type."""

    code = "M306"


class MissingParameter(MusnadError):
    """A parameter that the query needs was not given."""

    code = "M307"


class LexiconError(MusnadError):
    """A table of language data that cannot be read, or a language without tables."""

    code = "M601"


class EmptyArticle(MusnadError):
    """There is not a word in the text."""

    code = "M602"


class BinaryArticle(MusnadError):
    """The file is no text: it is binary, or text in UTF-16."""

    code = "M603"


class UndecodableArticle(MusnadError):
    """The text is not UTF-8."""

    code = "M604"


class ArticleTooLarge(MusnadError):
    """The text is over 50 MB."""

    code = "M605"


class UndatedArticle(MusnadError):
    """No date of publication is given, and the text has none in its date line."""

    code = "M606"


class UnreadableArticle(MusnadError):
    """The file is missing, is no article, or what is told of the article is not of its form."""

    code = "M607"


class MissingExtra(MusnadError):
    """What was asked for needs a package that comes with an extra, and that is not installed."""

    code = "M608"


class UnfetchedArticle(MusnadError):
    """The address a person gave has no answer, or not the page."""

    code = "M609"


class UnknownLanguage(MusnadError):
    """The text is neither Arabic nor English."""

    code = "M610"


class ReadingFailed(MusnadError):
    """The reader itself failed on an article: an error of musnad's, or too little memory."""

    code = "M611"


class UnknownForm(MusnadError):
    """There is no export form of this name."""

    code = "M701"


class OrphanedSpan(MusnadError):
    """The words of a span are not those of its article at its offsets; what is exported must be exact."""

    code = "M702"


class UnfitOption(MusnadError):
    """An option was given to a form of export that has no use for it."""

    code = "M703"


class UnwritableOutput(MusnadError):
    """The file that was to hold the answer cannot be made or written to."""

    code = "M704"


class AddressInUse(MusnadError):
    """The server cannot listen at the address and port it was given."""

    code = "M705"


class UnfitStore(MusnadError):
    """What is to be served is not a folder."""

    code = "M706"


class UnknownThing(MusnadError):
    """The store says nothing of what a page was asked for."""

    code = "M707"


class QueryTooDeep(MusnadError):
    """The query nests so deeply, or chains so many operators, that the engine would run out of stack."""

    code = "M750"


class OldLayout(MusnadError):
    """The store was made by an older musnad, or not by musnad, and has to be migrated first."""

    code = "M751"


class NewerLayout(MusnadError):
    """The store was made by a newer musnad than this one."""

    code = "M752"


class DamagedBackup(MusnadError):
    """The file is no backup of musnad's, or its content is not what was backed up."""

    code = "M753"


class StoreInUse(MusnadError):
    """What is to be restored would go among what a store already holds."""

    code = "M754"


class UnwritableStream(MusnadError):
    """What was to go to standard output could not be written to the end."""

    code = "M755"


class UnusableKey(MusnadError):
    """The file is no Ed25519 key in PEM of the kind that is needed, or a password keeps it."""

    code = "M756"


class NoSignature(MusnadError):
    """There is no signature beside the file, or it is not one."""

    code = "M757"


class Unverifiable(MusnadError):
    """The file has a form from which nothing can be derived again."""

    code = "M758"


class OutsideQuery(MusnadError):
    """The query would have the engine ask another server, or read a file."""

    code = "M759"


class UnknownClaim(MusnadError):
    """No claim has this name, and no statement has these words."""

    code = "M501"


class AmbiguousClaim(MusnadError):
    """More than one claim fits; the remedy lists them."""

    code = "M502"


class ReviewedReading(MusnadError):
    """A draft would take the place of a reading that a person reviewed."""

    code = "M503"


class UnknownDecision(MusnadError):
    """There is no decision of this name, or none about this claim that could be undone."""

    code = "M520"


class DecisionInUse(MusnadError):
    """A decision cannot be undone: a later one rests on it, or a reviewed reading has replaced it."""

    code = "M521"


class UnknownChange(MusnadError):
    """What was given for an edit is not the change of a claim, or changes nothing."""

    code = "M522"


class UnknownFilter(MusnadError):
    """A condition that is to pick drafts is not FIELD OPERATOR VALUE with a field that drafts have."""

    code = "M523"


class UnknownReviewer(MusnadError):
    """A decision needs the name of the person who takes it, and the day or moment it was taken."""

    code = "M524"


class UnknownArticle(MusnadError):
    """There is no article of this name in the store, or several."""

    code = "M525"


class DamagedHistory(MusnadError):
    """The history of an article is not whole: a decision is about a claim that no reading has."""

    code = "M526"


class UnknownPicture(MusnadError):
    """A picture is asked for of a kind, or in a form, that there is none of."""

    code = "M730"


class UnknownQuestion(MusnadError):
    """No question on which the claims take positions has these words."""

    code = "M731"


class AmbiguousQuestion(MusnadError):
    """Several questions have these words; the remedy lists them."""

    code = "M732"


class NothingToDraw(MusnadError):
    """The store holds nothing that a picture of this kind could show."""

    code = "M733"


class UnclearCollection(MusnadError):
    """A notebook cell asks a collection, and none is open, or it is not clear which one is meant."""

    code = "M734"


class InvalidCluster(MusnadError):
    """What was given for a cluster is neither a scheduler's address nor a number of processes here."""

    code = "M570"


class ClusterUnreachable(MusnadError):
    """No scheduler answers at the address, or it has no worker."""

    code = "M571"


class ClusterMismatch(MusnadError):
    """A worker of the cluster has another version of musnad, or none."""

    code = "M572"


class ClusterLost(MusnadError):
    """The cluster's last worker is gone, and no other came."""

    code = "M573"
