"""Russian: the forms of a term by pymorphy3, and by declension tables for names it does not know.

The dictionary (16 MB) is loaded when the first Russian term is asked for, not before.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

_RUSSIAN: Final = re.compile(r"[а-яё]{2,}")
# What names decline like, by their end: what is cut off, and what takes its place.
_NAMES: Final = (
    (re.compile(r"[еёо]в\Z|[иы]н\Z"), 0, "а у ым е ой ы ых ыми"),  # Токаев, also Токаева
    (re.compile(r"[сц]кий\Z"), 2, "ий ого ому им ом ая ой ую ие их ими"),
    (re.compile(r"[кгхжшщ]а\Z"), 1, "а и е у ой ою"),
    (re.compile(r"ия\Z"), 1, "я и ю ей ею"),
    (re.compile(r"а\Z"), 1, "а ы е у ой ою"),
    (re.compile(r"я\Z"), 1, "я и е ю ей ею"),
    (re.compile(r"й\Z"), 1, "й я ю ем е"),
    (re.compile(r"ь\Z"), 1, "ь я ю ем е и ью"),
    (re.compile(r"[жшчщц]\Z"), 0, "а у ем е"),
    (re.compile(r"[бвгдзклмнпрстфх]\Z"), 0, "а у ом е"),
)


def forms(word: str, *, alone: bool) -> Iterator[str]:
    """The forms of a word of a term, in small letters, ё as е.

    Args:
        word: in the form of dictionaries.
        alone: whether it is the whole term. Within one, any case may be its dictionary form
            (“Организация Договора о …”).
    """
    low = word.casefold()
    yield fold(low)
    if not _RUSSIAN.fullmatch(low):  # of other letters it makes guesses, and of some errors
        return
    parses = _analyser().parse(low)
    direct = [parse for parse in parses if "nomn" in parse.tag or "INFN" in parse.tag]
    for parse in direct or ([] if alone else parses):
        yield from (fold(form.word) for form in parse.lexeme)
    if not direct or not _analyser().word_is_known(low):
        yield from _as_name(fold(low))


def is_known(word: str) -> bool:
    """Whether a word, in small letters, is a form of one that the dictionary has."""
    return bool(_RUSSIAN.fullmatch(word) and _analyser().word_is_known(word))


@lru_cache(maxsize=65_536)
def is_inflected(word: str) -> bool:
    """Whether a word is Russian, and no noun in the form that other languages borrow.

    Args:
        word: in small letters.
    """
    if not is_known(word):
        return False
    return not any({"NOUN", "sing", "nomn"} in parse.tag for parse in _analyser().parse(word))


def fold(word: str) -> str:
    """A word with ё as е, as most texts write it, and without stress marks."""
    return word.replace("ё", "е").replace("\u0301", "")


def _as_name(low: str) -> Iterator[str]:
    for pattern, cut, endings in _NAMES:
        if pattern.search(low):
            yield from (low[: len(low) - cut] + end for end in endings.split())
            return


@cache
def _analyser() -> Any:
    from pymorphy3.analyzer import MorphAnalyzer  # noqa: PLC0415  (only for who has Russian)

    make: Any = MorphAnalyzer  # it has no types
    return make()
