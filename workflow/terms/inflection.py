"""Terms in texts by their inflected forms.

Every word of a term has keys, every word of a text has keys, and a common key is a match: so any
number of terms is looked for in one walk through a text. Names (with a capital) are found with a
capital only, abbreviations (ОДКБ) letter by letter, other terms in any case.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from workflow.locales import language as language_of
from workflow.segments import inline
from workflow.terms import english, german, kazakh, russian
from workflow.texts.words import Telling

Span: TypeAlias = tuple[int, int]
"""Where a term stands in a text: first character, and the one behind the last."""

_NO_PARTS: Final[frozenset[int]] = frozenset()
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*")
# What may stand between two words of a term: no stop, no comma, no dash.
_GAP: Final = re.compile(r"[\s\-\u2010\u2011\u2060*_'’«»„“”\"\\]{1,4}\Z")
# What may stand behind an abbreviation without a hyphen: des IWFs, МИДом.
_BEHIND: Final = {"de": ("s",), "en": ("s",), "ru": ("а", "у", "ом", "е", "ы", "ов")}
_SHORTEST: Final = 4  # letters of a term in a language without rules, for endings to be allowed
_LONGEST_END: Final = 3  # letters of such an ending


@dataclass(frozen=True, slots=True)
class _Language:
    keys: Callable[[str], Iterator[str]]
    """Keys of a word of a text."""
    word: re.Pattern[str] = _WORD
    generate: Callable[..., Iterator[str]] | None = None
    """Keys of a word of a term; None where a term's only key is its own form."""


# By identity: to hash its keys would cost more than to look for it.
@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    keys: frozenset[str]
    capital: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A term that is looked for."""

    number: int
    words: tuple[_Word, ...]
    parts: tuple[int, ...]
    """The numbers of its words, among all words of all terms."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a text."""

    term: int
    """Its index among those that were looked for."""
    span: Span


def _itself(word: str) -> Iterator[str]:
    yield word.casefold()


def _russian(word: str) -> Iterator[str]:
    yield russian.fold(word.casefold())


def _kazakh(word: str) -> Iterator[str]:
    return kazakh.stems(word.casefold())


def _without_rules(word: str) -> Iterator[str]:
    word = word.casefold()
    yield word
    yield from (word[:-cut] for cut in range(1, _LONGEST_END + 1) if len(word) - cut >= _SHORTEST)


_LANGUAGES: Final = {
    "de": _Language(german.keys, german.WORD, german.forms),
    "en": _Language(_itself, generate=english.forms),
    "ru": _Language(_russian, generate=russian.forms),
    "kk": _Language(_kazakh, generate=kazakh.keys),
}
_OTHERS: Final = _Language(_without_rules)


def occurs(term: str, text: str, language: str) -> list[Span]:
    """Where a term stands in a text, in whatever form.

    Args:
        term: one or more words, in the form of dictionaries.
        text: a text, or a msgid or msgstr; code and addresses are passed over.
        language: its language, or a locale.
    """
    return [hit.span for hit in _finder((term,), language_of(language)).find(text)]


def parts(term: str, language: str) -> frozenset[str]:
    """The forms by which a term of one word is known within a compound, in small letters.

    Args:
        term: in the form of dictionaries.
        language: its language, or a locale.
    """
    words = _words_of(unicodedata.normalize("NFC", term), language_of(language))
    if len(words) != 1:
        return frozenset()
    return frozenset(key for key in words[0].keys if len(key) >= _SHORTEST and key[0] != "=")


@lru_cache(maxsize=1024)
def _finder(terms: tuple[str, ...], language: str) -> "Finder":
    return Finder(terms, language)


class Finder:
    """Looks for many terms of a language at once.

    Args:
        terms: in the form of dictionaries.
        language: their language, or a locale.
    """

    __slots__ = (
        "_alone", "_first", "_keyed", "_language", "_parts", "_seen", "_starts", "_telling"
    )  # fmt: skip

    def __init__(self, terms: Sequence[str], language: str):
        """Index the terms by the keys of their words."""
        self._language = language_of(language)
        self._parts: list[_Word] = []
        self._keyed: dict[str, list[int]] = {}
        self._first: dict[int, _Term] = {}
        self._seen: dict[str, frozenset[int]] = {}
        self._telling = Telling(lambda word: bool(self._fitting(word)))
        for number, term in enumerate(terms):
            words = _words_of(unicodedata.normalize("NFC", term), self._language)
            if words:
                start = len(self._parts)
                parts = tuple(range(start, start + len(words)))
                self._first[start] = _Term(number, words, parts)
                self._parts += words
        self._alone = frozenset(at for at, term in self._first.items() if len(term.words) == 1)
        """The words that are a whole term; those that begin a longer one are `_starts`."""
        self._starts = self._first.keys() - self._alone
        for part, word in enumerate(self._parts):
            for key in word.keys:
                self._keyed.setdefault(key, []).append(part)

    def find(self, text: str, *, nested: bool = False) -> tuple[Hit, ...]:
        """The terms in a text, in order; with `nested` also those within a longer one."""
        pattern = _rules(self._language).word
        masked = inline.mask(text)
        telling = self._telling.among(frozenset(pattern.findall(masked)))
        if not telling:
            return ()
        tokens = list(pattern.finditer(masked))
        found = [
            Hit(term.number, (token.start(), tokens[at + len(term.words) - 1].end()))
            for at, token in enumerate(tokens)
            if token[0] in telling
            for term in self._beginning(token[0])
            if len(term.words) == 1 or self._follow(term, tokens[at : at + len(term.words)], text)
        ]
        if nested or len(found) < 2:
            return tuple(found)
        return tuple(hit for hit in found if not _covered(hit, found))

    def words(self, text: str) -> Set[str]:
        """The words of a text, as `find` reads them."""
        return frozenset(_rules(self._language).word.findall(inline.mask(text)))

    def knows(self, word: str, *, first: bool = False) -> bool:
        """Whether a word of a text may be one of a term, or the first one of it."""
        parts = self._fitting(word)
        return not parts.isdisjoint(self._first) if first else bool(parts)

    def among(self, words: Set[str], text: str = "") -> Set[int]:
        """The terms in a text, at once and without their places.

        Args:
            words: of the text; those that this finder does not know may be left out.
            text: terms of several words must stand there with single spaces; without, it is
                enough that all their words do, in whatever order.
        """
        telling = self._telling.among(words)
        if not telling:
            return frozenset()
        parts = _NO_PARTS.union(*[self._seen[word] for word in telling])
        found = {self._first[part].number for part in parts & self._alone}
        for term in [self._first[part] for part in parts & self._starts]:
            if parts.issuperset(term.parts) and (not text or self._stands(term, telling, text)):
                found.add(term.number)
        return found

    def _stands(self, term: _Term, words: Set[str], text: str) -> bool:
        """Whether a term of several words stands in a text, with single spaces."""
        phrases = [""]
        for part in term.parts:
            fit = [word for word in words if part in self._fitting(word)]
            phrases = [f"{start} {word}".lstrip() for start in phrases for word in fit]
            phrases = [phrase for phrase in phrases if phrase in text]
        return any(_stands(phrase, text) for phrase in phrases)

    def _fitting(self, token: str) -> frozenset[int]:
        """The words of terms that a word may be; words come again, so it is remembered."""
        known = self._seen.get(token)
        if known is None:
            parts = (part for key in self._keys(token) for part in self._keyed.get(key, ()))
            known = frozenset(part for part in parts if _fits(token, self._parts[part]))
            self._seen[token] = known
        return known

    def _beginning(self, token: str) -> list[_Term]:
        """The terms that may begin with a word."""
        return [self._first[part] for part in sorted(self._fitting(token) & self._first.keys())]

    def _follow(self, term: _Term, tokens: Sequence[re.Match[str]], text: str) -> bool:
        """Whether all words of a term stand there, with nothing between them."""
        return len(tokens) == len(term.words) and all(
            _GAP.match(text[before.end() : after.start()]) and part in self._fitting(after[0])
            for (before, after), part in zip(pairwise(tokens), term.parts[1:], strict=True)
        )

    def _keys(self, token: str) -> frozenset[str]:
        return _keys(token, self._language)


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, and is no part of longer words."""
    start = text.find(phrase)
    around = text[start - 1 : start] + text[start + len(phrase) :][:1]
    return start >= 0 and not any(sign.isalnum() or sign in "-_*" for sign in around)


def _fits(token: str, word: _Word) -> bool:
    return not word.capital or token[:1].isupper()


def _covered(hit: Hit, found: Sequence[Hit]) -> bool:
    start, end = hit.span
    return any(
        other.span != hit.span and other.span[0] <= start and end <= other.span[1]
        for other in found
    )


def _rules(language: str) -> _Language:
    return _LANGUAGES.get(language, _OTHERS)


def _words_of(term: str, language: str) -> tuple[_Word, ...]:
    words = [german.plain(_clean(word)) for word in _rules(language).word.findall(term)]
    return tuple(_word(word, language, alone=len(words) == 1) for word in words)


def _word(word: str, language: str, *, alone: bool) -> _Word:
    if _is_abbreviation(word):
        endings = ("", *_BEHIND.get(language, ()))
        return _Word(frozenset(_exactly(word + ending) for ending in endings), capital=True)
    generate = _rules(language).generate
    keys = generate(word, alone=alone) if generate else _itself(word)
    return _Word(frozenset(keys), capital=word[:1].isupper())


@lru_cache(maxsize=65_536)
def _keys(token: str, language: str) -> frozenset[str]:
    """The keys of a word of a text."""
    word = _clean(token)
    return frozenset((_exactly(word), *_rules(language).keys(word)))


def _clean(word: str) -> str:
    """A word as terms are compared: composed letters, no soft hyphens."""
    return unicodedata.normalize("NFC", word.replace("\u00ad", ""))


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _exactly(word: str) -> str:
    """A key that no word in small letters has."""
    return f"={word}"
