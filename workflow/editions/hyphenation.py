"""Where the words of a text may be broken, and soft hyphens there.

What is not plainly a word stays whole: gender forms, abbreviations, addresses, file names,
whatever holds a digit, and words in which the author has put soft hyphens.
"""

import re
from functools import lru_cache
from typing import Final

from workflow.editions import liang, syllables
from workflow.locales import language

SOFT: Final = "\u00ad"

# What stands between white space and dashes, without the punctuation around it.
_RUN: Final = re.compile(r"[^\s—–…]+")
_AROUND: Final = re.compile(r"[^\w*_@/#.-]*(?P<core>.*?)[^\w*_@/#-]*\Z", re.S)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*\Z")


def knows(locale: str) -> bool:
    """Whether the words of a language can be broken."""
    return language(locale) == "kk" or liang.knows(locale)


@lru_cache(maxsize=1 << 15)  # the words of a book
def breaks(word: str, locale: str) -> tuple[int, ...]:
    """The places where a word may be broken.

    Args:
        word: letters only.
        locale: a BCP 47 tag; a language whose rules are not known has no breaks.

    Returns:
        Offsets in characters, ascending.
    """
    return syllables.breaks(word) if language(locale) == "kk" else liang.breaks(word, locale)


def places(text: str, locale: str, *, shortest: int = 0) -> tuple[int, ...]:
    """The places where a text may be broken inside of words.

    Args:
        text: plain text.
        locale: its language, a BCP 47 tag.
        shortest: words of fewer letters stay whole.

    Returns:
        Offsets in characters, ascending.
    """
    return tuple(
        start + place
        for run in _RUN.finditer(text)
        for start, word in _words(run)
        if len(word) >= shortest
        for place in breaks(word, locale)
    )


def hyphenate(text: str, locale: str, *, shortest: int = 0) -> str:
    """A text with soft hyphens (U+00AD) where its words may be broken; see `places`."""
    return soften(text, places(text, locale, shortest=shortest))


def soften(text: str, at: tuple[int, ...]) -> str:
    """A text with soft hyphens at these offsets."""
    return SOFT.join(text[a:b] for a, b in zip((0, *at), (*at, len(text)), strict=True))


def _words(run: re.Match[str]) -> list[tuple[int, str]]:
    """The words in a run of signs, parts of a compound one by one, with their offsets."""
    around = _AROUND.match(run[0])
    core = around["core"] if around else ""
    if around is None or not _WORDS.match(core):
        return []
    start = run.start() + around.start("core")
    parts = [(start + part.start(), part[0]) for part in _LETTERS.finditer(core)]
    # Capitals inside: an abbreviation (OVKS, АҚШ-тың) or a gender form (ArbeiterInnen).
    return parts if all(word[1:].islower() or len(word) == 1 for _, word in parts) else []
