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


_Term: TypeAlias = tuple[int, tuple[_Word, ...]]


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

    __slots__ = ("_first", "_going_on", "_language", "_seen", "_telling")

    def __init__(self, terms: Sequence[str], language: str):
        """Index the terms by the keys of their first words."""
        self._language = language_of(language)
        self._first: dict[str, list[_Term]] = {}
        self._seen: dict[str, tuple[_Term, ...]] = {}
        self._telling = Telling(lambda word: bool(self._beginning(word)))
        later: set[str] = set()
        self._going_on = Telling(lambda word: not later.isdisjoint(self._keys(word)))
        for number, term in enumerate(terms):
            words = _words_of(unicodedata.normalize("NFC", term), self._language)
            for key in words[0].keys if words else ():
                self._first.setdefault(key, []).append((number, words))
            later.update(*(word.keys for word in words[1:]))

    def find(self, text: str, *, nested: bool = False) -> tuple[Hit, ...]:
        """The terms in a text, in order; with `nested` also those within a longer one."""
        pattern = _rules(self._language).word
        masked = inline.mask(text)
        telling = self._telling.among(frozenset(pattern.findall(masked)))
        if not telling:
            return ()
        tokens = list(pattern.finditer(masked))
        found = [
            Hit(number, (token.start(), tokens[at + len(words) - 1].end()))
            for at, token in enumerate(tokens)
            if token[0] in telling
            for number, words in self._beginning(token[0])
            if len(words) == 1 or self._follow(words, tokens[at : at + len(words)], text)
        ]
        if nested or len(found) < 2:
            return tuple(found)
        return tuple(hit for hit in found if not _covered(hit, found))

    def words(self, text: str) -> Set[str]:
        """The words of a text, as `find` reads them."""
        return frozenset(_rules(self._language).word.findall(inline.mask(text)))

    def among(self, words: Set[str], text: str = "") -> Set[int]:
        """The terms in a text, at once and without their places.

        Args:
            words: of the text.
            text: terms of several words must stand there with single spaces; without, it is
                enough that all their words do, in whatever order.
        """
        telling = self._telling.among(words)
        terms = {term for word in telling for term in self._beginning(word)}
        if all(len(parts) == 1 for _, parts in terms):
            return {number for number, _ in terms}
        near = telling | self._going_on.among(words)
        return {
            number
            for number, parts in terms
            if len(parts) == 1 or self._may_stand(parts, near, text)
        }

    def _may_stand(self, parts: Sequence[_Word], words: Set[str], text: str) -> bool:
        phrases: list[str] = []
        for at, part in enumerate(parts):
            if not (at or text):
                continue  # it begins the term, or nobody would ask
            fit = [word for word in words
                   if _fits(word, part) and not part.keys.isdisjoint(self._keys(word))]  # fmt: skip
            if text and at:
                fit = [f"{start} {word}" for start in phrases for word in fit]
                fit = [phrase for phrase in fit if phrase in text]
            if not fit:
                return False
            phrases = fit
        return not text or len(parts) == 1 or any(_stands(phrase, text) for phrase in phrases)

    def _beginning(self, token: str) -> tuple[_Term, ...]:
        """The terms that may begin with a word; words come again, so they are remembered."""
        known = self._seen.get(token)
        if known is None:
            terms = (term for key in self._keys(token) for term in self._first.get(key, ()))
            known = tuple(dict.fromkeys(term for term in terms if _fits(token, term[1][0])))
            self._seen[token] = known
        return known

    def _follow(self, words: Sequence[_Word], tokens: Sequence[re.Match[str]], text: str) -> bool:
        """Whether all words of a term stand there, with nothing between them."""
        return len(tokens) == len(words) and all(
            _GAP.match(text[before.end() : after.start()])
            and _fits(after[0], word)
            and not word.keys.isdisjoint(self._keys(after[0]))
            for (before, after), word in zip(pairwise(tokens), words[1:], strict=True)
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
