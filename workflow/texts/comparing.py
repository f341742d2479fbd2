"""The numbers of a text and of its translation, compared by value."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workflow.texts import counting, numerals
from workflow.texts.amounts import Amounts, amounts

# “1 Prise Salz” may be “a pinch of salt”; “Kapitel 1 zeigt” may not be “a chapter”.
_ANY_ONE: Final = re.compile(r"(?<![\d.,/])1 [^\W\d_]{2}")
_NUMBERED: Final = re.compile(r"[A-ZÄÖÜ][\w.-]* 1 ")
# Marks within numbers, signs before them, percents; fractions. Each begins with a set of signs,
# which the regular expressions of Python find fast.
_COMPLEX: Final = (
    re.compile(r"\d(?:[.,:/’'\- \u00a0\u202f\u2009]\d|[\s-]?(?:[Pp]ro|per|про|пай|m\b))"),
    re.compile(r"[%‰½¼¾⅓⅔⅛]|[-−–±](?=\d)"),
)
_ROMAN: Final = re.compile(r"[IVXХІ](?:[IVXХІ]|(?<=[VX])(?!\w))")
_SOME: Final = re.compile(r"[\d%‰½¼¾⅓⅔⅛]")
_RUN: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Difference:
    """What of the numbers is not the same."""

    lost: tuple[str, ...] = ()
    """Written with digits in the source, and not there."""
    added: tuple[str, ...] = ()
    words_lost: tuple[str, ...] = ()
    words_added: tuple[str, ...] = ()
    percent: bool = False


SAME: Final = Difference()


@lru_cache(maxsize=8)  # several checks ask for the same pair, one after the other
def compare(source: str, target: str, source_language: str, language: str) -> Difference:
    """Compare the numbers of a text with those of its translation.

    Args:
        source: the words of the text, without code and addresses.
        target: the words of its translation.
        source_language: de, en, …
        language: of the translation.
    """
    if _plainly_same(source, target, source_language, language):
        return SAME
    readings = _readings(source, source_language)
    ours = [amounts(source, source_language, either) for either in readings]
    theirs = amounts(target, language, "." if language in numerals.POINT else ",")
    found = [_difference(one, theirs) for one in ours]
    return min(found, key=lambda one: len(one.lost) + len(one.added) + len(one.words_lost))


def tells(word: str) -> bool:
    """Whether a word may be a Roman number."""
    return _ROMAN.search(word) is not None


def alike(source: str, target: str) -> bool:
    """Whether two texts have the same bare digits, or none; what words say is another question."""
    if _SOME.search(source) or _SOME.search(target):
        if any(pattern.search(text) for pattern in _COMPLEX for text in (source, target)):
            return False
        return sorted(_RUN.findall(source)) == sorted(_RUN.findall(target))
    return True


def _plainly_same(source: str, target: str, source_language: str, language: str) -> bool:
    """Whether a quick look is enough: the same bare digits, and number words on one side alone."""
    if _ROMAN.search(source) or _ROMAN.search(target) or not alike(source, target):
        return False
    ours, theirs = counting.counted(source, source_language), counting.counted(target, language)
    return not (ours.scales or theirs.scales or (ours.sure and theirs.sure))


def _readings(source: str, language: str) -> tuple[str, ...]:
    """Three digits behind a mark are thousands; behind a comma they may be a fraction."""
    if language in numerals.POINT:
        return (".",)
    return ("", ",") if re.search(r"\d,\d{3}(?!\d)", source) else ("",)


def _difference(ours: Amounts, theirs: Amounts) -> Difference:
    lost = [
        value
        for value, count in ours.digits.items()
        if value not in theirs.loose
        and theirs.digits[value] + theirs.sure[value] < count
        and not theirs.explains(ours.scaled.get(value))
        and not theirs.has(ours.others.get(value, value))
    ]
    added = [
        value
        for value in theirs.digits
        if not ours.has(value) and not ours.has(theirs.others.get(value, value))
    ]
    if "1" in lost and _ANY_ONE.search(ours.text) and not _NUMBERED.search(ours.text):
        lost.remove("1")
    if (lost or added) and ours.bare == theirs.bare and ours.scales == theirs.scales:
        lost, added = [], []
    words_lost = [value for value in ours.sure if not theirs.has(value)]
    words_added = [value for value in theirs.sure if not ours.has(value)]
    percent = any(
        not one.percents.isdisjoint(other.digits) and not numerals.PERCENT.search(other.text)
        for one, other in ((ours, theirs), (theirs, ours))
    )
    return Difference(tuple(lost), tuple(added), tuple(words_lost), tuple(words_added), percent)
