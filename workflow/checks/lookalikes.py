"""Letters that look like those of another alphabet, from Unicode's confusables (UTS #39).

Only those that look the same in the fonts of books are here, in both directions.
"""

import unicodedata
from typing import Final

# Pairs of a letter and what it is taken for.
_LATIN_CYRILLIC: Final = "aа cс eе oо pр xх yу kк iі hһ AА BВ CС EЕ HН KК MМ OО PР TТ XХ YУ IІ"
# Greek, Azerbaijani, phonetic ones, and Cyrillic ones of other languages.
_RARE_CYRILLIC: Final = (
    "οо αа ρр εе κк υу χх ιі ΑА ΒВ ΕЕ ΗН ΚК ΜМ ΟО ΡР ΤТ ΧХ ΙІ əә ƏӘ ǝә ɵө ƟӨ ŋң ŊҢ ɑа ɡг ѳө ѲӨ "
    "ӊң ӉҢ ҥң ҝқ ӄқ ҡқ ӛә ӧө јі"
)
_RARE_LATIN: Final = (
    "οo αa ρp κk υu νv χx ιi ΑA ΒB ΕE ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ΖZ ɑa ɡg ⅼl օo"
)  # fmt: skip


def _table(pairs: str, *, back: bool = False) -> dict[int, str]:
    return str.maketrans({pair[back]: pair[not back] for pair in pairs.split()})


_TO_CYRILLIC: Final = _table(_LATIN_CYRILLIC + " " + _RARE_CYRILLIC)
_TO_LATIN: Final = _table(_LATIN_CYRILLIC, back=True) | _table(_RARE_LATIN)


def as_cyrillic(word: str) -> str:
    """A word with Cyrillic letters in the place of those that look like them."""
    return word.translate(_TO_CYRILLIC)


def as_latin(word: str) -> str:
    """A word with Latin letters in the place of those that look like them, full-width ones too."""
    return unicodedata.normalize("NFKC", word.translate(_TO_LATIN))
