"""Names of persons: where one begins and ends, and which of them are one person's.

A person is a run of names that begins with a given name, follows a title, is explained (", a spokesman"), or
whose last part speaks elsewhere in the text.
Afterwards the last part alone is enough, as long as only one person bears it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from musnad.meaning.name_tables import NameTables, plain_words
from musnad.meaning.pieces import Pieces, cut_clitics, cut_pieces
from musnad.meaning.wordlists import Wordlists
from musnad.speech.lexicon import Lexicon
from musnad.text.folding import fold

__all__ = ["PersonReader", "find_again", "name_persons", "signature", "speaking_words"]

ARABIC = "\u0600"
LONGEST, EXPLAINED, ABBREVIATED = 6, 5, 4
# على is written as the name علي once folded.
UNSURE = "علي"
TITLES = ("office", "title")
BEARERS = ("office", "title", "anonymous", "collective")
REPORTING = frozenset(["perfect", "imperfect", "present", "third", "past"])
PROCLITICS = frozenset(["", "و", "ف", "ل", "ب", "ك", "ول", "وب"])


@dataclass(frozen=True, slots=True)
class PersonReader:
    """Reads the names of persons on the pieces of a text.

    `placed` are pieces inside the names of places, `spoken` what `speaking_words` gives.
    """

    pieces: Pieces
    placed: Container[int]
    tables: NameTables
    words: Wordlists
    lexicon: Lexicon
    spoken: frozenset[str]

    def read(self, at: int) -> tuple[int, int] | None:
        """Give the piece after the name that begins at a piece, and the clitics cut off; None without one.

        عبد الله alone is one given name of many persons, and none.
        """
        pieces = self.pieces
        if pieces.text[at] < ARABIC:
            end = self._english(at)
            found = None if end is None else (end, 0)
        else:
            found = self._arabic(at)
        if found is None or found[0] == at + 1:
            return found
        called = pieces.folded.text[pieces.start[at] + found[1] : pieces.end[found[0] - 1]]
        return found if len(signature(called)) > 1 else None

    def _word(self, name: str, text: str) -> bool:
        return text in self.tables.words.get(name, ())

    def _english(self, at: int) -> int | None:
        pieces = self.pieces
        if at in self.placed or self._word("facility-before", pieces.word(at - 1)):
            return None
        end = at
        while end < len(pieces) and end - at < LONGEST and self._is_part(at, end):
            end += 1
            if pieces.word(end) == "." and len(pieces.text[end - 1]) == 1 and self._is_part(at, end + 1):
                end += 1  # John C. Haddad
        while end > at and (self._word("particle", pieces.text[end - 1]) or pieces.text[end - 1] == "."):
            end -= 1
        capitals = sum(pieces.capital[at:end])
        if not capitals or self._word("facility", pieces.word(end)):
            return None
        if capitals == 1:
            return end if self._one_name(at) else None
        known = pieces.text[at] in self.lexicon.given_names or self._word("start", pieces.text[at])
        known = known or self._bearer(at - 1) or self._explained(end)
        return end if known or self._speaks(at, end) else None

    def _speaks(self, at: int, end: int) -> bool:
        """Whether the last part of a run speaks elsewhere, and no article before it makes it a thing."""
        pieces = self.pieces
        return pieces.text[end - 1] in self.spoken and pieces.word(at - 1) not in ("the", "a", "an")

    def _is_part(self, first: int, at: int) -> bool:
        """Whether a word may be in a name: a capital that is no title, adjective of a state or day."""
        pieces = self.pieces
        if at >= len(pieces) or pieces.kind[at] != "word" or pieces.text[at] >= ARABIC:
            return False
        text = pieces.text[at]
        if self._word("particle", text):
            return True
        if not pieces.capital[at]:
            # Ki-moon: what a hyphen joins to a name is part of it.
            return at > first and pieces.glued[at] and pieces.folded.text[pieces.start[at] - 1] == "-"
        given = text in self.lexicon.given_names
        if not given and (text in plain_words(self.lexicon) and not (at == first + 1 and text == "may")):
            return False
        return not (text in self.lexicon.heads or text in self.words.demonyms or self._word("no-part", text))

    def _bearer(self, at: int) -> bool:
        """Whether a noun for one person ends at a piece: President, spokesman, Lt."""
        if self.pieces.word(at) == "." and len(self.pieces.word(at - 1)) <= ABBREVIATED:
            at -= 1
        if at < 0 or self.pieces.kind[at] != "word":
            return False
        text = self.pieces.text[at]
        if self._word("title", text):
            return True
        head = None if self._word("no-bearer", text) else self.lexicon.heads.get(text)
        return head is not None and head.kind in BEARERS and head.number == "s"

    def _one_name(self, at: int) -> bool:
        """Whether a capitalised title stands before a single name: President Haddad, Mr. Haddad."""
        pieces = self.pieces
        before = at - 1 if pieces.word(at - 1) != "." else at - 2
        if before < 0 or not pieces.capital[before] or self._word("particle", pieces.text[at]):
            return False
        head = self.lexicon.heads.get(pieces.text[before])
        titled = self._word("title", pieces.text[before])
        titled = titled or (head is not None and head.kind in TITLES and head.number == "s")
        return (
            titled
            and pieces.text[before] != "general"
            and (before == at - 1 or len(pieces.text[before]) <= ABBREVIATED)
        )

    def _explained(self, end: int) -> bool:
        """Whether a comma and a noun for one person follow: Salim Haddad, a spokesman."""
        pieces = self.pieces
        if pieces.word(end) != ",":
            return False
        for at in range(end + 1, min(len(pieces), end + 1 + EXPLAINED)):
            if pieces.kind[at] != "word" or pieces.text[at] in self.lexicon.cues:
                return False
            if self._bearer(at):
                return pieces.word(end + 1) in ("a", "an", "the") or at == end + 1
        return False

    def _arabic(self, at: int) -> tuple[int, int] | None:
        pieces, given = self.pieces, self.lexicon.given_names
        before = pieces.word(at - 1)
        if at in self.placed or self._facility(before):
            return None
        for cut, stem, clitics in cut_clitics(pieces.text[at]):
            if clitics not in PROCLITICS or not (stem in given or self._word("start", stem)):
                continue
            end = at + 1
            while end < len(pieces) and end - at < LONGEST and self._is_arabic_part(at, end):
                end += 1
                if pieces.text[end - 1].startswith("ال") and not self._word("particle", pieces.text[end - 2]):
                    break  # a family name ends the name
            if end - at < 2 or self._word("particle", pieces.text[end - 1]):
                return None
            sure = pieces.text[at + 1] in given or self._word("particle", pieces.text[at + 1])
            if not sure and (stem == UNSURE or (self._word("common", stem) and not self._arabic_title(at))):
                return None
            return end, cut
        return self._unknown(at)

    def _unknown(self, at: int) -> tuple[int, int] | None:
        """Read two words that no table knows: after a title, where the second speaks elsewhere.

        Neither has the article, with which they would be a noun and its genitive.
        """
        pieces = self.pieces
        last = at + 1
        if last >= len(pieces) or pieces.text[last] not in self.spoken or not self._arabic_title(at):
            return None
        for part in (at, last):
            text = pieces.text[part]
            known = text in self.lexicon.heads or text in self.words.demonyms or part in self.placed
            if known or text in plain_words(self.lexicon) or text.startswith(("ال", "لل")):
                return None
        return None if pieces.text[at].startswith(("ي", "ت")) else (last + 1, 0)

    def _facility(self, text: str) -> bool:
        return any(self._word("facility", stem.removeprefix("ال")) for _, stem, _ in cut_clitics(text))

    def _is_arabic_part(self, first: int, at: int) -> bool:
        """Whether a word goes on a name: a given name, a particle, or a family name with the article."""
        pieces = self.pieces
        text = pieces.text[at]
        if pieces.kind[at] != "word" or text < ARABIC or self._word("no-part", text):
            return False
        if self._word("particle", pieces.text[at - 1]):
            return True
        if text in self.lexicon.given_names or self._word("particle", text):
            return text != UNSURE or pieces.text[at - 1] in self.lexicon.given_names
        if text in self.lexicon.heads or text.removeprefix("ال") in self.lexicon.heads:
            return False
        plain = plain_words(self.lexicon)
        if text in plain or at in self.placed or (text[0] in "وف" and text[1:] in plain):
            return False
        if text.startswith("ال"):
            # أحمد المصري: beside a given name the adjective is a family name.
            return self._is_family(at) and (at == first + 1 or text not in self.words.demonyms)
        # دونالد ترامب: a word that no table knows, after which something else begins.
        named = text not in self.words.demonyms and pieces.text[at - 1] in self.lexicon.given_names
        return named and self._arabic_title(first) and self._closes(at + 1)

    def _is_family(self, at: int) -> bool:
        """Whether a word with the article has the form of a family name, not of a feminine or verbal noun."""
        text, raw = self.pieces.text[at], self.pieces.raw_span(at, at)[2]
        feminine = raw.endswith(("ة", "ات", "ون", "ين"))
        verbal = (raw[2:3] == "ا" and text[-2] == "ا") or (raw[2:3] == "ت" and text[-1] != "ي")
        return len(text) > 4 and not feminine and not verbal

    def _closes(self, at: int) -> bool:
        pieces = self.pieces
        return at >= len(pieces) or pieces.kind[at] != "word" or pieces.text[at] in plain_words(self.lexicon)

    def _arabic_title(self, at: int) -> bool:
        """Whether a noun for one person stands before a name, its adjectives between."""
        pieces = self.pieces
        for before in range(at - 1, max(-1, at - 5), -1):
            if pieces.kind[before] != "word":
                return False
            for _, stem, _ in cut_clitics(pieces.text[before]):
                if self._word("title", stem):
                    return True
                head = self.lexicon.heads.get(stem) or self.lexicon.heads.get(stem.removeprefix("ال"))
                if head is not None and head.kind in BEARERS:
                    return head.number == "s"
            if not pieces.text[before].startswith("ال"):
                return False
        return False


def speaking_words(pieces: Pieces, lexicon: Lexicon) -> frozenset[str]:
    """Give the words that stand alone beside a cue, as a name does: Haddad said, قال الحداد.

    >>> from musnad.speech.lexicon import load_lexicon
    >>> text = "Zuhra Malik left. The town, Malik said, was quiet."
    >>> sorted(speaking_words(cut_pieces(fold(text)), load_lexicon("en")))
    ['malik']
    """
    found = set()
    for at in range(1, len(pieces)):
        text, before = pieces.text[at], pieces.text[at - 1]
        if text >= ARABIC:
            if pieces.kind[at] == "word" and _reports(before.removeprefix("و"), lexicon):
                found.add(text)
        elif pieces.capital[at - 1] and _reports(text, lexicon) and not (at > 1 and pieces.capital[at - 2]):
            found.add(before)
    return frozenset(found - plain_words(lexicon) - lexicon.heads.keys())


def _reports(word: str, lexicon: Lexicon) -> bool:
    return any(form.shape in REPORTING for form in lexicon.cues.get(word, ()))


@lru_cache(maxsize=4096)
def signature(name: str) -> tuple[str, ...]:
    """Give the parts of a name as they are compared: spellings of one name give the same parts.

    >>> signature("Muhammad al-Massri") == signature("Mohammed Masri")
    True
    >>> signature("عبد السلام الأحمر") == signature("عبدالسلام أحمر")
    True
    """
    parts: list[str] = []
    for word in cut_pieces(fold(name)).text:
        if word in (".", "al", "el", "ال"):
            continue
        text = _part(word)
        if parts and parts[-1] in ("عبد", "abdul", "abdel", "abd"):
            parts[-1] += text
        else:
            parts.append(text)
    return tuple(parts)


_ARABIC_FORMS = {"ابي": "ابو", "ابا": "ابو", "ابن": "بن"}
_SPELLINGS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ai"), ("dj", "j"), ("ph", "f"))


def _part(word: str) -> str:
    """Give a word of a name as it is compared, without its article."""
    if word < ARABIC:
        return _latin(word)
    return _ARABIC_FORMS.get(word, word.removeprefix("ال").replace("عبدال", "عبد"))


@lru_cache(maxsize=4096)
def _latin(text: str) -> str:
    for written, one in _SPELLINGS:
        text = text.replace(written, one)
    text = "".join(letter for at, letter in enumerate(text) if at == 0 or letter != text[at - 1])
    # Mohammed, Muhammad, Mohamad: no other name has these consonants.
    return "muhamad" if "".join(letter for letter in text if letter not in "aeiouy") == "mhmd" else text


def name_persons(names: Iterable[str]) -> Mapping[str, str]:
    """Give each name of a person the fullest one of the same person.

    >>> name_persons(["Salim al-Masri", "Salim Omar Al-Masri", "Nadia Masri"])["Salim al-Masri"]
    'Salim al-Masri'
    >>> name_persons(["Salim al-Masri", "Salim Omar Al-Masri"])["Salim al-Masri"]
    'Salim Omar Al-Masri'
    """
    written = list(dict.fromkeys(names))
    by_last: dict[str, list[str]] = {}
    by_start: dict[tuple[str, ...], list[str]] = {}
    for name in written:
        parts = signature(name)
        by_last.setdefault(parts[-1] if parts else "", []).append(name)
        for length in range(2, len(parts)):
            by_start.setdefault(parts[:length], []).append(name)
    full: dict[str, str] = {}
    for same in by_last.values():
        longest = max(same, key=lambda name: len(signature(name)))
        whole = set(signature(longest))
        one = all(set(signature(name)) <= whole for name in same)
        first: dict[tuple[str, ...], str] = {}
        for name in same:
            full[name] = longest if one else first.setdefault(signature(name), name)
    for name in written:
        # علي عبد الله beside علي عبد الله صالح: the beginning of only one name.
        longer = {full[other] for other in by_start.get(signature(name), ())}
        if len(longer) == 1:
            full[name] = longer.pop()
    return full


def find_again(
    pieces: Pieces, full: Mapping[str, str], taken: Container[int], tables: NameTables, lexicon: Lexicon
) -> Iterator[tuple[int, int, int, str]]:
    """Yield first piece, end, clitics cut and full name where the last part of one name stands alone.

    `full` is what `name_persons` gives; pieces in `taken` are part of another name already.
    """
    bearers: dict[str, set[str]] = {}
    for name in full.values():
        bearers.setdefault(signature(name)[-1], set()).add(name)
    one = {last: names.pop() for last, names in bearers.items() if len(names) == 1}
    reader = _AgainReader(pieces, one, taken, tables, lexicon)
    found = []
    shared = set()
    for at in range(len(pieces) if one else 0):
        if at not in taken and pieces.kind[at] == "word":
            again = reader.arabic(at) if pieces.text[at] >= ARABIC else reader.english(at)
            if again is not None:
                # Omar Haddad, then Rifat al-Haddad, whom no table knows: there are two of the name.
                if reader.another(again[0] - 1) and pieces.text[again[0] - 1] not in lexicon.heads:
                    shared.add(again[3])
                found.append(again)
    yield from (again for again in found if again[3] not in shared)


@dataclass(frozen=True, slots=True)
class _AgainReader:
    pieces: Pieces
    one: Mapping[str, str]
    taken: Container[int]
    tables: NameTables
    lexicon: Lexicon

    def english(self, at: int) -> tuple[int, int, int, str] | None:
        pieces, text = self.pieces, self.pieces.text[at]
        name = self.one.get(_latin(text)) if pieces.capital[at] else None
        if name is None or len(text) < 3 or text in plain_words(self.lexicon):
            return None
        first = at - 1 if pieces.word(at - 1) in ("al", "el") and at - 1 not in self.taken else at
        # Haddad Airport is another name.
        return None if self.another(at + 1) else (first, at + 1, 0, name)

    def another(self, at: int) -> bool:
        """Whether a capital beside a name makes it another name."""
        pieces = self.pieces
        if not 0 <= at < len(pieces) or pieces.kind[at] != "word" or not pieces.capital[at]:
            return False
        return at not in self.taken and pieces.text[at] not in plain_words(self.lexicon)

    def arabic(self, at: int) -> tuple[int, int, int, str] | None:
        before = self.pieces.word(at - 1)
        for cut, stem, clitics in cut_clitics(self.pieces.text[at]):
            name = self.one.get(_part(stem))
            if name is None or clitics not in PROCLITICS or len(stem) < 3:
                continue
            # الحداد is no blacksmith (حداد); عبد السلام may be written in one word.
            written = stem == fold(name).text.split()[-1] or _part(stem).startswith("عبد")
            alone = self.tables.words.get("alone", frozenset())
            doubtful = stem in alone or stem in plain_words(self.lexicon)
            if not written or (doubtful and before not in self.lexicon.cues):
                return None
            facility = self.tables.words.get("facility", frozenset())
            if before in self.lexicon.given_names or any(
                form.removeprefix("ال") in facility for _, form, _ in cut_clitics(before)
            ):
                return None
            return at, at + 1, cut, name
        return None
