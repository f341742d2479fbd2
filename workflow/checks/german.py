"""Whether a word is German, and no name: what a translation must not keep.

Dictionaries know too much for this: names are in them too (Siemens, Merkel, Volkswagen), and a
name may stay in any language. So: endings that only common words have, the most frequent words
of articles with all their forms, and compounds that end with one of them.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from workflow.terms import german

_LISTS: Final[Mapping[str, str]] = tomllib.loads(
    files("workflow.checks").joinpath("words/german.toml").read_text(encoding="utf-8")
)
PARTICLES: Final = frozenset(_LISTS["particles"].split())
_ENGLISH: Final = frozenset(_LISTS["english"].split())
_PHRASES: Final = re.compile("|".join(re.escape(one) for one in _LISTS["phrases"].split("|")))
_BORROWED: Final = frozenset(_LISTS["borrowed"].split())
_ENDINGS: Final = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:ung(?:en)?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|ismus|tät(?:en)?"
    r"|lichkeit|nisse?n?|innen|ierung|leute|zeug|werk(?:e|en|s)?)"
)
_LOWER_ENDINGS: Final = re.compile(
    r"[a-zäöüß]{3,}(?:lich|isch|ieren?|iert|barkeit|ungs?|igt|schen)(?:e[nrms]?|t|te[nt]?)?"
    r"|[a-z]*[äöüß][a-zäöüß]*"
)
_PLAIN: Final = str.maketrans("äöü", "aou")
_LONG: Final = 12  # letters that no name has, if its spelling is German
_SHORT_COMPOUND: Final = 7  # letters: Everest ends with no Rest
_TAILS: Final = 4  # letters of a word that may end a compound


def is_german(word: str, *, english: bool = False) -> bool:
    """Whether a word is a German one, and no name.

    Args:
        word: as it stands in a text.
        english: whether it stands in English: what is a word there, too, does not count.
    """
    low = word.casefold()
    if english and low in _ENGLISH:
        return False
    if low in PARTICLES or low in _forms(_start(low)):
        return True
    if low.startswith("ge") and low in _forms(_start(low[2:])):
        return True
    if word[0].isupper():
        return bool(_ENDINGS.fullmatch(word)) or _is_compound(low)
    return bool(_LOWER_ENDINGS.fullmatch(low)) or (not english and _is_compound(low))


def is_borrowed(word: str) -> bool:
    """Whether English has a German noun as it is, or a compound of several: Weltschmerz."""
    return word.casefold().removesuffix("s") in _BORROWED


def without_borrowed(text: str) -> str:
    """A text without the German phrases that all languages have: Sturm und Drang."""
    return _PHRASES.sub(" ", text)


# What stands before common nouns, with an adjective or without. “der” stands before names, too.
_DETERMINER: Final = re.compile(
    r"\b(?:[Ee]ine?[mnrs]?|[Kk]eine?[mnrs]?|[Vv]iele[nr]?|[Mm]ehrere[nr]?|[Jj]ede[mnrs]?"
    r"|[Dd]iese[mnrs]?|[Ss]eine?[mnrs]?|[Ii]hre?[mnrs]?|[Uu]nsere?[mnrs]?|[Mm]eine?[mnrs]?"
    r"|[Ee]inige[nr]?|zwei|drei|vier|fünf)(?: [a-zäöüß]+(?:e[nmrs]?))? \Z"
)
_GENITIVE: Final = re.compile(r"\b(?:[Dd]es|eines)(?: [a-zäöüß]+en)? \Z")
_FOREIGN: Final = re.compile(r"[a-z][A-Z]|[cC](?!h|k)|[xyXY]|[tT]h|[sS]h|oo|ou|ea|gh|ee[a-z]|\d")


def is_long(word: str) -> bool:
    """Whether it can only be a compound."""
    return len(word) >= _LONG and not _FOREIGN.search(word)


def is_noun_there(word: str, source: str) -> bool:
    """Whether a word with a capital is used as a common noun in a German text.

    Args:
        word: it stands in the text.
        source: the text.
    """
    at = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source)
    if at is None or _FOREIGN.search(word) or len(word) < 4:
        return False
    before = source[: at.start()]
    # In another language a name has no German genitive.
    genitive = word.endswith("s") and _GENITIVE.search(before) is not None
    return genitive or _DETERMINER.search(before) is not None


def _is_compound(low: str) -> bool:
    """Whether a word ends with another: Wasserpreis, Massenstreiks."""
    return any(
        low[cut:] in _tails(_start(low[cut:]))
        for cut in range(3, len(low) - _TAILS + 1)
        if len(low) > _SHORT_COMPOUND or len(low) - cut > _TAILS
    )


# To inflect all words that are listed takes longer than to check an article: only those are that
# begin like the word in question.
@cache
def _forms(start: str) -> frozenset[str]:
    """All forms of the listed words that begin so."""
    words = _listed("nouns").get(start, ()) + _listed("others").get(start, ())
    return frozenset(
        form for word in words for form in (*german.forms(word, alone=True), *_verb(word))
    )


@cache
def _tails(start: str) -> frozenset[str]:
    """All forms of the nouns that begin so and may end a compound that is no name."""
    kept = (word for word in _listed("nouns").get(start, ()) if len(word) >= _TAILS)
    named = _listed("in_names").get(start, ())
    return frozenset(
        form for word in kept if word not in named for form in german.forms(word, alone=True)
    )


@cache
def _listed(name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a list, by how they begin."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _LISTS[name].split():
        found[_start(word)] = (*found.get(_start(word), ()), word)
    return found


def _start(word: str) -> str:
    """Two letters, without what inflection changes: Apfel, Äpfel."""
    return word[:2].casefold().translate(_PLAIN)


def _verb(word: str) -> tuple[str, ...]:
    """Present and past of a regular verb, and its participles."""
    if word[0].isupper() or not word.endswith("en"):
        return ()
    stem = word[:-2]
    link = "e" if stem.endswith(("t", "d")) else ""
    ends = ("", "e", f"{link}t", f"{link}te", f"{link}ten", "end", "ende", "enden", "ender")
    return (*(stem + end for end in ends), f"ge{stem}{link}t")
