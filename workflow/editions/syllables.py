"""Where Kazakh words may be broken: at the borders of syllables.

Nobody ships usable patterns for Kazakh, and the orthography needs none: one vowel makes one
syllable. The rules are those of Kazakh orthography guides and school books for Cyrillic; each
is named where it is applied.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[а-яёәғқңөұүһі]+\Z")
_VOWELS: Final = frozenset("аәеёиоөұүыіэюя")
_LEAST: Final = 2  # letters: one alone is never left behind nor carried over


def breaks(word: str) -> tuple[int, ...]:
    """The places where a Kazakh word may be broken.

    Args:
        word: letters only; what is not Kazakh Cyrillic has no breaks.

    Returns:
        Offsets in characters, ascending: `қалам` gives `(2,)`.
    """
    letters = word.lower()
    if len(letters) != len(word) or not _WORD.match(letters):
        return ()
    found: list[int] = []
    for border in _borders(letters):
        # A vowel that is a syllable of its own goes with the next one: по-эма, қу-ақы.
        alone = found and border - found[-1] == 1
        if _LEAST <= border <= len(letters) - _LEAST and not alone:
            found.append(border)
    return tuple(found)


def _borders(letters: str) -> Iterator[int]:
    """Where the syllables behind the first one begin."""
    vowels = [index for index in range(len(letters)) if _is_vowel(letters, index)]
    for vowel, following in pairwise(vowels):
        begin = following
        # The last consonant goes with the next vowel, all others stay: құ-мырс-қа. The hard
        # sign parts (объ-ек-тив), the soft one belongs to its consonant (ком-пью-тер).
        if letters[begin - 1] != "ъ":
            begin -= 2 if letters[begin - 1] == "ь" else 1
        yield max(begin, vowel + 1)


def _is_vowel(letters: str, index: int) -> bool:
    """`у` is a vowel behind a consonant (оқу-шы), else a consonant (сау-да, да-уыс, уа-қыт).

    Behind `и` only loans have it, as a vowel: ра-ди-ус. Before a vowel it glides: ди-уа-на.
    """
    letter = letters[index]
    if letter != "у":
        return letter in _VOWELS
    if index and letters[index - 1] != "и":
        return not _is_vowel(letters, index - 1)
    return letters[index + 1 : index + 2] not in _VOWELS
