"""Where German, Russian and English words may be broken: by the pattern files of pyphen.

pyphen itself reads the two levels of the German file as one. The first is a list of 69,000
compounds; mixed with the second, the patterns, it gives “scha-rfer” and takes 0.8 s to read.
The patterns alone are better, and are here in 0.02 s: nothing has to be kept on disk for them.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Any, Final

# Letters that stay on the line and that go to the next one, as TeX has them for each language.
_LEAST: Final = {"de": (2, 2), "ru": (2, 2), "en": (2, 3)}
_SHORTEST: Final = 2  # letters between two breaks
_VOWELS: Final = frozenset("aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûýÿаеёиоуыэюя")
_DIGITS: Final = str.maketrans("", "", "0123456789")
_STEP: Final = re.compile(r"(\d?)(\D?)")


def breaks(word: str, locale: str) -> tuple[int, ...]:
    """The places where a word may be broken, by F. M. Liang's patterns.

    Where patterns leave less than a syllable between two breaks (“po-s-i-tions”, “Re-gi-o-nen”),
    the stronger one holds; of two that are as strong, the later one.

    Args:
        word: letters only.
        locale: a BCP 47 tag; languages other than German, Russian and English have no breaks.

    Returns:
        Offsets in characters, ascending.
    """
    lowered = word.lower()
    if not knows(locale) or len(lowered) != len(word):
        return ()
    before, after = _LEAST[_language(locale)]
    weights = _weights(f".{lowered}.", locale)
    possible = [at for at in range(before, len(word) - after + 1) if weights[at + 1] % 2]
    if _are_syllables(lowered, possible):
        return tuple(possible)
    kept: list[int] = []
    for at in sorted(possible, key=lambda at: (weights[at + 1], at), reverse=True):
        if _are_syllables(lowered, [*kept, at]):
            kept.append(at)
    return tuple(sorted(kept))


def knows(locale: str) -> bool:
    """Whether there are patterns for a language."""
    return _language(locale) in _LEAST


def _language(locale: str) -> str:
    return locale.split("-")[0].lower()


def _are_syllables(word: str, places: list[int]) -> bool:
    parts = (word[start:end] for start, end in pairwise((0, *sorted(places), len(word))))
    return all(len(part) >= _SHORTEST and not _VOWELS.isdisjoint(part) for part in parts)


def _weights(dotted: str, locale: str) -> list[int]:
    """For each place the highest digit of all patterns there; odd means: break."""
    patterns, lengths = _patterns(locale)
    weights = [0] * (len(dotted) + 1)
    for start in range(len(dotted)):
        for length in (1, *lengths.get(dotted[start : start + 2], ())):
            pattern = patterns.get(dotted[start : start + length])
            if pattern:
                for offset, weight in _steps(pattern):
                    if weight > weights[start + offset]:
                        weights[start + offset] = weight
    return weights


@cache
def _steps(pattern: str) -> tuple[tuple[int, int], ...]:
    """`1ba2` as offsets and weights: `((0, 1), (2, 2))`."""
    steps = enumerate(_STEP.findall(pattern))
    return tuple((offset, int(digit)) for offset, (digit, _) in steps if digit)


@cache
def _patterns(locale: str) -> tuple[dict[str, str], dict[str, set[int]]]:
    """The patterns of a language by their letters, and how long those with a beginning are.

    Each is read when a word has it (`_steps`): few ever are.
    """
    import pyphen  # noqa: PLC0415  (looks for its files when it is imported)

    fallback: Any = pyphen.language_fallback
    data = pyphen.LANGUAGES[fallback(locale)].read_bytes()
    encoding, _, levels = data.partition(b"\n")
    text = levels.rpartition(b"NEXTLEVEL")[2].decode(encoding.decode("ascii").strip())
    rows = (row.strip() for row in text.splitlines() if not row.startswith(pyphen.ignored))
    patterns = {row.translate(_DIGITS): row for row in rows if row}
    lengths: dict[str, set[int]] = {}
    for letters in patterns:
        lengths.setdefault(letters[:2], set()).add(len(letters))
    return patterns, lengths
