"""The language data of a reader: cues, source heads, names and word classes, from the tables in `lexica/`.

Every table is tab-separated with a header line and is described in `lexica/README.md`. Words are folded
on loading, so a table may be written with or without points, hamzas and capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from musnad.errors import LexiconError
from musnad.text.folding import fold_text

__all__ = ["Cue", "CueForm", "Head", "Lexicon", "LexiconError", "load_lexicon", "read_rows", "read_table"]

LEXICA = Path(__file__).resolve().parents[1] / "lexica"


@dataclass(frozen=True, slots=True)
class Cue:
    """A lemma that reports speech.

    `frames` are the complements it takes, `polarity` is that of the source's stand (affirmed, denied),
    `modality` is empty where the content decides, and `kind` groups lemmas: report, continue, opinion, call,
    denial, refusal, relay.
    """

    lemma: str
    frames: frozenset[str]
    polarity: str
    modality: str
    kind: str


@dataclass(frozen=True, slots=True)
class CueForm:
    """One written form of a cue: what shape it has and what it agrees with."""

    cue: Cue
    shape: str
    gender: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The noun a source mention is built on, with the kind of source it makes."""

    lemma: str
    kind: str
    gender: str
    number: str
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All tables of one language, keyed by folded words; one object a language, compared by identity."""

    language: str
    cues: Mapping[str, tuple[CueForm, ...]]
    heads: Mapping[str, Head]
    names: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    given_names: frozenset[str]
    words: Mapping[str, frozenset[str]]
    examples: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)

    def word_class(self, name: str) -> frozenset[str]:
        """Give the words of a class of `words.tsv`; an unknown class is empty."""
        return self.words.get(name, frozenset())


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table as dictionaries; short rows are filled, `#` lines skipped.

    Raises:
        LexiconError: when the file cannot be read or a row has more columns than the header.

    """
    return (row for _, row in read_rows(path))


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table with the numbers of their lines; see `read_table`."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LexiconError(f"not UTF-8: {error}", where=str(path), remedy="Save it as UTF-8.") from error
    except OSError as error:
        raise LexiconError(
            f"the table cannot be read ({error.strerror})", where=str(path), remedy="Check the path."
        ) from error
    header: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
        elif len(cells) > len(header):
            raise LexiconError(
                f"{len(cells)} cells in a table of {len(header)} columns",
                where=f"{path}:{number}",
                remedy="Give the row as many tab-separated cells as the header line has.",
            )
        else:
            yield number, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


@lru_cache(maxsize=8)
def load_lexicon(language: str, extra: Path | None = None) -> Lexicon:
    """Give the lexicon of `language` (`ar`, `en`), with the rows of a folder `extra/<language>` added.

    Raises:
        LexiconError: when there is no such language or a table is malformed.

    >>> load_lexicon("ar").cues["قالت"][0].cue.lemma
    'قال'

    """
    folders = [LEXICA / language]
    if not folders[0].is_dir():
        raise LexiconError(f"no language data for {language!r}", where=str(LEXICA), remedy="Use ar or en.")
    if extra is not None:
        folders.append(extra / language)
    cues: dict[str, tuple[CueForm, ...]] = {}
    heads: dict[str, Head] = {}
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    given: set[str] = set()
    words: dict[str, set[str]] = {}
    examples: list[tuple[str, str, str]] = []
    for row in _rows(folders, "cues.tsv"):
        cue = _cue(row)
        examples.append(("cue", cue.lemma, row["example"]))
        for form, cue_form in _forms(language, row, cue):
            cues[form] = (*cues.get(form, ()), cue_form)
    for row in _rows(folders, "names.tsv"):
        parts = tuple(_folded(row["name"]).split())
        known = (*names.get(parts[0], ()), (parts, row["kind"]))
        names[parts[0]] = tuple(sorted(known, key=lambda item: -len(item[0])))
    for row in _rows(folders, "heads.tsv"):
        examples.append(("head", row["kind"], row["example"]))
        for form, head in _heads(row):
            heads.setdefault(form, head)
        for form, head in _dual_heads(row):
            if form not in names:  # طالبان
                heads.setdefault(form, head)
    for row in _rows(folders, "given-names.tsv"):
        given.add(_folded(row["name"]))
    for row in _rows(folders, "words.tsv"):
        words.setdefault(row["class"], set()).add(_folded(row["word"]))
    if language == "ar":
        # Two of them (الوزيران), where the word is no name (طالبان).
        for form, head in tuple(heads.items()):
            if head.number == "s" and _dual(form) not in names:
                heads.setdefault(_dual(form), replace(head, number="p"))
    classes = {name: frozenset(members) for name, members in words.items()}
    return Lexicon(language, cues, heads, names, frozenset(given), classes, tuple(examples))


def _rows(folders: list[Path], name: str) -> Iterator[dict[str, str]]:
    for folder in folders:
        if (folder / name).is_file():
            yield from read_table(folder / name)


def _folded(text: str) -> str:
    return fold_text(text).strip()


def _cue(row: Mapping[str, str]) -> Cue:
    frames = frozenset(_folded(frame) for frame in row["frames"].split(";") if frame.strip())
    return Cue(row["lemma"], frames, row["polarity"] or "affirmed", row["modality"], row["class"] or "report")


def _forms(language: str, row: Mapping[str, str], cue: Cue) -> Iterator[tuple[str, CueForm]]:
    if language == "ar":
        yield from _arabic_forms(row, cue)
    else:
        for column in ("present", "third", "past", "participle", "gerund", "noun", "plural", "phrase"):
            for form in row.get(column, "").split(";"):
                if form.strip():
                    yield _folded(form), CueForm(cue, column)


def _arabic_forms(row: Mapping[str, str], cue: Cue) -> Iterator[tuple[str, CueForm]]:
    """Inflect the principal parts: the perfect and imperfect by person, the participle in the accusative.

    A final weak letter (نفى, دعا, يشكو) drops before the plural ending.
    """
    perfect, feminine = _folded(row["perfect"]), _folded(row["feminine"])
    if perfect:
        stem = perfect[:-1] if perfect[-1] in "يا" and feminine != perfect + "ت" else perfect
        yield perfect, CueForm(cue, "perfect", "m", "s")
        if stem != perfect:
            yield stem + "ا", CueForm(cue, "perfect", "m", "s")  # نفاه: alef before a suffix
            yield stem + ("وا" if perfect[-1] == "ا" else "يا"), CueForm(cue, "perfect", "m", "d")
        else:
            yield stem + "ا", CueForm(cue, "perfect", "m", "d")
        yield stem + "وا", CueForm(cue, "perfect", "m", "p")
    if feminine:
        yield feminine, CueForm(cue, "perfect", "f", "s")
        yield feminine + "ا", CueForm(cue, "perfect", "f", "d")
    imperfect = _folded(row["imperfect"])
    if imperfect:
        rest = imperfect[1:]
        stem = rest[:-1] if rest[-1] in "يو" else rest
        yield "ي" + rest, CueForm(cue, "imperfect", "m", "s")
        yield "ت" + rest, CueForm(cue, "imperfect", "f", "s")
        yield "ن" + rest, CueForm(cue, "imperfect", "", "1p")
        yield "ا" + rest, CueForm(cue, "imperfect", "", "1s")
        yield "ي" + stem + "ون", CueForm(cue, "imperfect", "m", "p")
        yield "ي" + rest + "ان", CueForm(cue, "imperfect", "m", "d")
        yield "ت" + rest + "ان", CueForm(cue, "imperfect", "f", "d")
    participle = _folded(row["participle"])
    if participle:
        stem = participle[:-1] if participle.endswith("ي") else participle
        yield participle + "ا", CueForm(cue, "participle", "m", "s")
        yield participle + "ه", CueForm(cue, "participle", "f", "s")
        yield stem + "ين", CueForm(cue, "participle", "m", "p")
        yield participle + "ات", CueForm(cue, "participle", "f", "p")
        yield participle + "تين", CueForm(cue, "participle", "f", "d")
    masdar = _folded(row["masdar"])
    if masdar:
        yield masdar, CueForm(cue, "masdar")
        if masdar.endswith("ه"):
            yield masdar[:-1] + "ت", CueForm(cue, "masdar")


def _dual(noun: str) -> str:
    return f"{noun[:-1]}تان" if noun.endswith("ه") else f"{noun}ان"


def _heads(row: Mapping[str, str]) -> Iterator[tuple[str, Head]]:
    lemma = _folded(row["head"])
    kind, note = row["kind"], row.get("note", "")
    organised = kind in ("organisation", "outlet", "document")
    gender = "f" if organised and lemma.endswith(("ه", "ات")) else "m"
    yield lemma, Head(lemma, kind, gender, "s", note)
    if row.get("feminine"):
        yield _folded(row["feminine"]), Head(lemma, kind, "f", "s", note)
    for plural in row.get("plurals", "").split():
        yield _folded(plural), Head(lemma, kind, "f" if organised or kind == "anonymous" else "m", "p", note)


def _dual_heads(row: Mapping[str, str]) -> Iterator[tuple[str, Head]]:
    """Give the duals of an Arabic head in folded letters: وزير has وزيران and وزيرين, وزيره has وزيرتان."""
    lemma = _folded(row["head"])
    for single in (lemma, _folded(row.get("feminine", ""))):
        if len(single) > 2 and single.isalpha() and single >= "ء":
            feminine = single.endswith("ه")
            head = Head(lemma, row["kind"], "f" if feminine else "m", "p", row.get("note", ""))
            stem = single[:-1] + "ت" if feminine else single
            yield from ((stem + "ان", head), (stem + "ين", head))
