"""Numbers as words: “zweiundzwanzig”, «двадцать два», “жиырма екі”, “twenty-two”.

What surely is a number counts as one. What may be one (ordinals, fractions, the first part of a
compound, “both”) is only taken as an explanation for a number on the other side.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from workflow.texts import numberwords, phrases
from workflow.texts.words import WORD, Telling, vocabulary

# One by itself says little; behind a larger number it belongs to it.
_ONE: Final = frozenset("один одна одно одного одной одну одним одному one бір eins".split())
_GAPS: Final = frozenset((" ", "-", "\u00a0", "\u2011"))


@dataclass(slots=True)
class Counted:
    """The number words of a text."""

    sure: Counter[str] = field(default_factory=Counter)
    loose: set[str] = field(default_factory=set)
    scales: bool = False
    """Whether “million” and the like are among them."""


_NOTHING: Final = Counted()


def counted(text: str, language: str) -> Counted:
    """The number words of a text.

    Args:
        text: the words, without digits that matter.
        language: de, ru, kk or en; of others nothing is known.
    """
    said = _telling(language).among(vocabulary(text)) if numberwords.known(language) else ()
    if not said:
        return _NOTHING
    found = Counted()
    values = [numberwords.value(word, language) for word in said]
    scales = numberwords.scales(language)
    found.scales = any(word in scales for word in said)
    found.loose.update(*(loose for _, loose in values))
    low = text.casefold().replace("ё", "е")
    together = phrases.phrases(low, language)
    found.sure.update(together.sure)
    found.loose |= together.loose
    if all(value is None for value, _ in values):
        return found
    run: list[int] = []
    last = 0
    for match in WORD.finditer(low):
        word = match[0]
        value = None if match.start() in together.places else numberwords.value(word, language)[0]
        if run:
            gap = low[last : match.start()]
            if word == "and" and gap == " ":  # a hundred and one
                last = match.end()
                continue
            if value is None and word in _ONE:
                value = 1
            if value is None or gap not in _GAPS or not _composes(run, value):
                _close(run, found)
                run = []
        if value is not None:
            run.append(value)
            last = match.end()
    _close(run, found)
    return found


@cache
def _telling(language: str) -> Telling:
    return Telling(lambda word: numberwords.value(word, language) != (None, frozenset()))


def tells(word: str, language: str) -> bool:
    """Whether a word surely is a number."""
    low = word.casefold().replace("ё", "е")
    return numberwords.known(language) and (
        numberwords.value(low, language)[0] is not None or phrases.tells(low)
    )


def multiplies(word: str, language: str) -> bool:
    """Whether a word is “million” or the like."""
    low = word.casefold().replace("ё", "е")
    return numberwords.known(language) and low in numberwords.scales(language)


def scale(word: str, language: str) -> int:
    """What a word multiplies a number by: “Millionen”, «тыс.», “bn”; 1 for other words."""
    return numberwords.scales(language).get(word.casefold().rstrip("."), 1)


def _composes(run: list[int], value: int) -> bool:
    """Whether a number goes on a larger one: twenty-two, сто двадцать; but not пять-шесть."""
    last = run[-1]
    if value >= 1000:
        return last < value
    if value == 100:
        return 0 < last < 10
    return (last >= 20 and last < 100 and last % 10 == 0 and 0 < value < 10) or (
        last >= 100 and last % 100 == 0 and 0 < value < 100
    ) or (last >= 1000 and value < 1000)  # fmt: skip


def _close(run: list[int], found: Counted) -> None:
    if not run:
        return
    total = part = 0
    for value in run:
        if value >= 1000:
            total += max(part, 1) * value
            part = 0
        elif value == 100 and 0 < part < 10:
            part *= 100
        else:
            part += value
    # “Tausende”, “hundreds”, “один из ста” say no number; those that were joined do.
    total += part
    if len(run) == 1 and (total >= 100 or total == 1):
        found.loose.add(str(total))
    else:
        found.sure[str(total)] += 1
        found.loose.update(map(str, run))
