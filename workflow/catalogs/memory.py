"""The translation memory: what people have accepted, and how to find it again.

Candidates are found by their letters, then judged by their words. Measured on 10,000 German
sentences: with a fifth of its words changed, a sentence keeps 83 % by words and 89 % by
letters; the best unrelated one reaches 75 % by words in the worst case and 17 % in the median,
but up to 86 % by letters.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from workflow.catalogs import extract, marks, tmx
from workflow.catalogs.carry import carry
from workflow.model import COVERED, Catalog, Entry
from workflow.reading import dialect

# Percent of similarity by letters (Indel ratio) from which the words are looked at.
CANDIDATE: Final = 70
# Percent of similarity by words (Levenshtein) from which a text is a match.
SIMILAR: Final = 75
# The same for texts of so few words that resemble each other by chance.
SHORT_SIMILAR: Final = 85
SHORT: Final = 5
# What texts reach that are not the same, but have the same words.
NEARLY: Final = 99
_WORD: Final = re.compile(r"\w+(?:[-.,:/*’']\w+)*")
_ADDRESS: Final = re.compile(r"https?://\S+")
_MARKUP: Final = re.compile(r"[\\`*\[<>&~{^]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence and its accepted translation."""

    msgid: str
    msgstr: str
    msgctxt: str | None = None
    origin: str = ""
    """Path of the article, or of the file it comes from."""
    changed: datetime | None = None
    """When it was reviewed, or last changed; None if nobody has noted it."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the memory has for a text."""

    unit: Unit
    score: int
    """Percent of the words; 100 for the same text alone."""
    text: str
    """The translation, with a change of markup applied where that can be done."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A unit as it is compared."""

    unit: Unit
    words: tuple[str, ...]
    place: int


class Memory:
    """Units, made ready for looking up."""

    def __init__(self, units: Iterable[Unit]):
        """Cut the texts into words, by context: a heading is no match for running text."""
        self._items: dict[str | None, list[_Item]] = defaultdict(list)
        self._same: dict[tuple[str | None, str], list[Unit]] = defaultdict(list)
        for place, unit in enumerate(units):
            self._items[unit.msgctxt].append(_Item(unit, words(unit.msgid), place))
            self._same[unit.msgctxt, unit.msgid].append(unit)
        self._texts = {
            context: [" ".join(item.words) for item in items]
            for context, items in self._items.items()
        }

    @property
    def contexts(self) -> tuple[str | None, ...]:
        """The contexts in which anything is known."""
        return tuple(self._items)

    def exact(self, msgid: str, msgctxt: str | None = None) -> tuple[Unit, ...]:
        """The units of this very text, in their order."""
        return tuple(self._same.get((msgctxt, msgid), ()))

    def matches(
        self, msgid: str, msgctxt: str | None = None, *, limit: int = 5, without: str = ""
    ) -> tuple[Match, ...]:
        """The best matches, the best first; equals in the order of the units.

        Args:
            msgid: a text in normal form.
            msgctxt: its context; the match has the same.
            limit: how many at most; the same translation of the same text counts once.
            without: an origin to leave out.
        """
        found = [Match(unit, 100, unit.msgstr) for unit in self.exact(msgid, msgctxt)]
        found = _distinct(found, limit, without)
        if len(found) == limit:
            return tuple(found)
        return tuple(_distinct(chain(found, self._near(msgid, msgctxt)), limit, without))

    def _near(self, msgid: str, msgctxt: str | None) -> Iterator[Match]:
        own = words(msgid)
        items = self._items.get(msgctxt, [])
        ranked = []
        for _, letters, index in process.extract(
            " ".join(own),
            self._texts.get(msgctxt, ()),
            scorer=fuzz.ratio,
            processor=None,
            limit=None,
            score_cutoff=CANDIDATE,
        ):
            item = items[index]
            score = _score(own, item.words)
            if score:
                ranked.append((-score, -letters, item.place, item.unit))
        for score, _, _, unit in sorted(ranked):
            carried = carry(unit.msgid, msgid, unit.msgstr) if score == -NEARLY else None
            yield Match(unit, -score, carried.text if carried else unit.msgstr)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, by which it is compared: no markup, addresses, case, punctuation.

    A text without any word is its own only word.
    """
    bare = dialect.plain(text) if _MARKUP.search(text) else text
    return tuple(_WORD.findall(_ADDRESS.sub(" ", bare).casefold())) or (text,)


def accepted(catalog: Catalog, path: str) -> Iterator[Unit]:
    """The accepted sentences of a catalog: not fuzzy, and not empty.

    A sentence that is covered by its neighbour (`[=]`) is left out, and so are its neighbours:
    one of them holds its meaning too.

    Args:
        catalog: the catalog.
        path: its article's path.
    """
    entries = list(catalog.texts)
    left_out = set(_around_covered(entries))
    for number, entry in enumerate(entries):
        if entry.msgstr and not entry.fuzzy and number not in left_out:
            yield Unit(entry.msgid, entry.msgstr, entry.msgctxt, path, _reviewed(entry))


def translated(units: Iterable[tmx.Unit], source: str, target: str, origin: str) -> Iterator[Unit]:
    """What a TMX file has for a pair of locales.

    Args:
        units: the file's units.
        source: locale of the source text.
        target: locale of the translation.
        origin: the file's path.
    """
    for unit in units:
        found = unit.pair(source, target)
        if found:
            original, translation = found
            yield Unit(original.text, translation.text, unit.msgctxt, origin, translation.changed)


def exported(found: Iterable[tuple[str, str, Unit]]) -> tuple[tmx.Unit, ...]:
    """Units for a TMX file: the locales of a sentence together, equal translations once.

    Where articles translate the same sentence differently, each has a unit of its own.

    Args:
        found: source locale, target locale and unit, in the order to write them.
    """
    variants: dict[tuple[str, str, str | None, str], list[tmx.Variant]] = defaultdict(list)
    seen: set[tuple[str, str, str | None, str, str]] = set()
    for source, target, unit in found:
        same = (source, target, unit.msgctxt, unit.msgid, unit.msgstr)
        if same not in seen:
            seen.add(same)
            key = (source, unit.origin, unit.msgctxt, unit.msgid)
            variant = tmx.Variant(target, unit.msgstr, changed=unit.changed)
            variants[key].append(variant)
    return tuple(
        tmx.Unit((tmx.Variant(source, msgid), *translations), msgctxt, origin)
        for (source, origin, msgctxt, msgid), translations in variants.items()
    )


def _distinct(found: Iterable[Match], limit: int, without: str) -> list[Match]:
    """The first of each pair of texts, up to the limit."""
    first: dict[tuple[str, str], Match] = {}
    for match in found:
        if len(first) == limit:
            break
        if not without or match.unit.origin != without:
            first.setdefault((match.unit.msgid, match.unit.msgstr), match)
    return list(first.values())


def _score(own: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Percent of similarity by words; 0 if it is too little."""
    number = max(len(own), len(other))
    score = 100 * (number - Levenshtein.distance(own, other)) // number
    least = SHORT_SIMILAR if number <= SHORT else SIMILAR
    return min(score, NEARLY) if score >= least else 0


def _around_covered(entries: list[Entry]) -> Iterator[int]:
    for number, entry in enumerate(entries):
        if entry.msgstr == COVERED:
            yield number
            if number and extract.together(entries[number - 1], entry):
                yield number - 1
            if number + 1 < len(entries) and extract.together(entry, entries[number + 1]):
                yield number + 1


def _reviewed(entry: Entry) -> datetime | None:
    mark = marks.reviewed(entry)
    try:
        return datetime.fromisoformat(mark.date).replace(tzinfo=UTC) if mark else None
    except ValueError:
        return None


def shown(path: str) -> str:
    """A path on one line, in letters that a catalog can hold: people name files as they like."""
    return "".join(letter if letter.isprintable() else "�" for letter in path)
