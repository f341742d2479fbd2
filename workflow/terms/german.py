"""German: the forms of a term. Compounds are other words: “Streikrecht” is no “Streik”.

Endings are written out instead of cut off: a stemmer takes “Arbeit” and “Arbeiter”, “Aufstand”
and “Aufständische” for one word.
"""

import re
from collections.abc import Iterator
from typing import Final

# With a backslash before it, masked markup has two marks in place of it.
_SIGN: Final = r"(?:\\?[_*:·]|\u2060\u2060)"
# “Arbeiter_innen”, “Arbeiter*in”, “Arbeiter:innenklasse”, “ArbeiterInnen”.
# Half a compound is no word: “Öl- und Minenarbeiter” are no “Öl”.
WORD: Final = re.compile(
    r"(?<![^\W_])(?>[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*"
    rf"(?:(?:{_SIGN}|/|\(-?)in(?:nen)?\b\)?|{_SIGN}innen[^\W_]+)?)"
    r"(?![-\u2010\u2011](?:\s|\Z))"
)
_GENDER: Final = re.compile(rf"(?:{_SIGN}|/|\(-?)in(?:nen)?\)?|(?<=[a-zäöüß])In(?:nen)?")
_ADJECTIVE: Final = ("", "e", "en", "er", "em", "es")
# What nouns made of adjectives have before their ending: Aufständische, Beschäftigte, Verletzte.
_ADJECTIVAL: Final = re.compile(
    r"(?:\w{3}(?:isch|lich|ig|igt|los|llt|tet|det|ngt|tzt|hrt|rkt)|\w{4}(?:end|net|ert)|\wangen)\Z"
)
# The words with a plural in -er are few; those of the second half have an umlaut in it.
_PLURAL_ER: Final = re.compile(
    r"(?:kind|bild|feld|geld|licht|gesicht|glied|lied|kleid|brett|nest|rind|schwert|leib|geist"
    r"|schild|regiment)\Z"
)
_UMLAUT_ER: Final = re.compile(
    r"(?:amt|bad|band|blatt|buch|dach|dorf|fach|fass|gewand|glas|gott|grab|gras|gut|haupt|haus"
    r"|holz|horn|huhn|kalb|korn|kraut|land|loch|mal|mann|maul|mund|ort|pfand|rad|rand|schloss"
    r"|tal|tuch|tum|volk|wald|wort|wurm)\Z"
)
_FOREIGN: Final = (("ismus", "ismen"), ("us", "en"), ("um", "en"), ("um", "a"), ("a", "en"),
                   ("o", "en"), ("is", "en"))  # fmt: skip
_UMLAUT: Final = {"a": "ä", "o": "ö", "u": "ü", "aa": "ä", "oo": "ö"}
_LAST_VOWEL: Final = re.compile(r"(aa|oo|a(?=u)|[aou])(u?[^aeiouyäöü]*)\Z")


def plain(word: str) -> str:
    """A word without its gender sign: “Arbeiter_innenklasse” is “Arbeiterklasse”."""
    return _GENDER.sub("", word)


def keys(word: str) -> Iterator[str]:
    """What a word of a text may be a form of; with a gender sign also what ends with -e."""
    low = plain(word).casefold()
    yield low
    if _GENDER.search(word):
        yield low + "e"  # Kolleg_innen


def forms(word: str, *, alone: bool) -> Iterator[str]:
    """The forms of a word of a term, in small letters; some of them do not exist.

    Args:
        word: in the form of dictionaries; a capital says noun.
        alone: whether it is the whole term. In “Oberster Sowjet” a capital says little.
    """
    low = word.casefold()
    yield low
    if word[:1].isupper():
        yield from _noun(low)
    else:
        yield from _verb(low)
    if not (alone and word[:1].isupper()):
        yield from _adjective(low, ("e", "er", "es") if alone else ("e", "er", "es", "en", "em"))


def _noun(low: str) -> Iterator[str]:
    for end, plural in _FOREIGN:
        if low.endswith(end):
            yield low.removesuffix(end) + plural
    if low.endswith("e"):
        yield from (low + end for end in ("n", "s", "ns"))
        yield from (low[:-1] + end for end in ("in", "innen"))
    elif low.endswith(("er", "el", "ar", "or", "en")):
        yield from (low + end for end in ("n", "s", "in", "innen"))
    else:
        yield from (low + end for end in ("s", "es", "e", "en", "n", "in", "innen"))
    if low.endswith("or"):
        yield low + "en"
    if low.endswith("in"):
        yield low + "nen"
    if low.endswith("s"):
        yield from (low + end for end in ("se", "ses", "sen"))
    if _PLURAL_ER.search(low):
        yield from (low + "er", low + "ern")
    stem = re.sub(r"e[rsnm]?\Z", "", low)
    if stem != low and _ADJECTIVAL.search(stem):
        yield from (stem + end for end in _ADJECTIVE[1:])
    yield from _umlauted(low)


def _umlauted(low: str) -> Iterator[str]:
    """Land: Länder; Streikkampf: -kämpfe; Vater: Väter; Arzt: Ärztin."""
    tail = low[-2:] if low.endswith(("er", "el", "en")) else ""
    stem = low.removesuffix(tail)
    found = _LAST_VOWEL.search(stem)
    if not found:
        return
    stem = stem[: found.start(1)] + _UMLAUT[found[1]] + found[2]
    yield from (stem + tail + end for end in ("", "n" if tail else "en", "e", "in", "innen"))
    if _UMLAUT_ER.search(low):
        yield from (stem + "er", stem + "ern")


def _adjective(low: str, cut: tuple[str, ...]) -> Iterator[str]:
    base = re.sub(r"e[rsnm]?\Z", "", low) if low.endswith(cut) else low
    for stem in {base, low}:
        yield from (stem + end for end in _ADJECTIVE)
    if low.endswith(("el", "er")):
        yield from (low[:-2] + low[-1] + end for end in _ADJECTIVE[1:])


def _verb(low: str) -> Iterator[str]:
    """Regular verbs: streiken, streikt, streikte, gestreikt, streikend."""
    if not low.endswith("en") or len(low) < 5:
        return
    stem = low[:-2]
    link = "e" if stem.endswith(("t", "d")) else ""
    yield from (stem + end for end in ("e", "st", "t", "te", "ten", "test"))
    yield from (stem + link + end for end in ("st", "t", "te", "ten", "test"))
    yield f"ge{stem}{link}t"
    yield from (stem + "end" + end for end in _ADJECTIVE)
