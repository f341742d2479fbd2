"""The words of a segment as a reader sees them, and what strikes the eye in them."""

import re
from collections import Counter
from collections.abc import Callable, Set
from functools import lru_cache
from itertools import pairwise
from typing import Final

from workflow.segments import parts

WORD: Final = re.compile(r"[^\W\d_]+")
# The German gender sign, and what translators make of it: рабочие_ницы.
GENDER: Final = re.compile(
    r"\w[_*:/·]in(?:nen)?\b|\w\(in(?:nen)?\)|[a-zäöüß]Innen\b"
    r"|\b[\u0400-\u052f]+[_*·][\u0400-\u052f]+"
)
_AND: Final = r"-?(?: (?:und|oder|bzw\.|wie|sowie) |/-?)"
_DOUBLE_FORM: Final = re.compile(
    rf"\b(?P<stem>\w{{3}})\w*in(?:nen)?{_AND}(?=(?P=stem))"
    rf"|(?P<first>\b(?P<begin>\w{{3}})\w*){_AND}(?P=begin)\w*in(?:nen)?\b"
)
_REMEMBERED: Final = 200_000  # words
_CLOSERS: Final = " \u00a0\u202f„“”\"«»'’)]}"
_ENDS: Final = {"…": ".", "。": "."}
# A point behind a number may make an ordinal of it.
_ORDINAL: Final = re.compile(r"(?:\d|\b[IVX]+)\.\W*\Z")
_SENTENCE: Final = re.compile(r"(?<!\d)(?<!\b[^\W\d_])(?<![IVX]{2})[.!?…]+(?=[\s“”\"»)]|\Z)")


class Telling:
    """Looks for the few words of texts that say something, and remembers which do and which not."""

    __slots__ = ("_known", "_silent", "_tells")

    def __init__(self, tells: Callable[[str], bool]):
        """Nothing is known yet.

        Args:
            tells: whether a word says something.
        """
        self._tells = tells
        self._known: set[str] = set()
        self._silent: set[str] = set()

    def among(self, words: Set[str]) -> Set[str]:
        """Those that say something."""
        found = words - self._silent
        if found <= self._known:
            return found
        new = found - self._known
        telling = frozenset(filter(self._tells, new))
        for remembered, more in ((self._known, telling), (self._silent, new - telling)):
            if len(remembered) > _REMEMBERED:
                remembered.clear()
            remembered |= more
        return found - (new - telling)


@lru_cache(maxsize=8)  # several checks ask for the same two texts, one after the other
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(WORD.findall(text))


@lru_cache(maxsize=8)
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, each once, in small letters, ё as е."""
    return frozenset(" ".join(tokens(text)).casefold().replace("ё", "е").split())


def plain(text: str) -> str:
    """A segment's words as a reader sees them."""
    if not parts.has_markup(text):
        return text
    return "".join(part.text or " " * (part.source == "\n") for part in parts.alone(text))


def spoken(text: str) -> list[str]:
    """The words of a segment as a reader sees them, without case."""
    return WORD.findall(plain(text).casefold())


def addresses(text: str) -> set[str]:
    """The addresses in a text, in small letters."""
    if "@" not in text and "www." not in text.lower() and "://" not in text:
        return set()
    return {found[0].casefold() for found in parts.ADDRESS.finditer(text)}


def stutters(text: str) -> int:
    """How often one word stands in a row, at most."""
    most = run = 1
    for last, word in pairwise(WORD.findall(text.casefold())):
        run = run + 1 if last == word else 1
        most = max(most, run)
    return most


def repeats(text: str) -> int:
    """How often three words in a row, or one word behind itself, occur again."""
    words = WORD.findall(text.casefold())
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    again = max(threes.values(), default=0)
    return max(again if again >= 3 else 0, stutters(text) - 1)


def without_double_forms(text: str) -> str:
    """A German text with “Einwohnerinnen und Einwohner” as one word, as other languages say it."""
    return _DOUBLE_FORM.sub(r"\g<first>", text)


def sentences(text: str) -> int:
    """Ends of sentences within a text; its own end is looked at apart."""
    return len(_SENTENCE.findall(text.rstrip(_CLOSERS + ".!?…")))


def end(text: str) -> str:
    """The sign that ends a text: a full stop, a question mark …, or nothing."""
    last = text.rstrip(_CLOSERS)[-1:]
    last = _ENDS.get(last, last)
    return last if last in (".", "!", "?", ":", ";", ",") else ""


def ends_alike(source: str, target: str) -> bool:
    """Whether two texts end with the same sign, or with a number that may be an ordinal."""
    return end(source) == end(target) or bool(_ORDINAL.search(source) or _ORDINAL.search(target))


def folded(text: str) -> str:
    """A text as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())
