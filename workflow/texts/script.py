"""Which letters a text is written with, and which it should be written with."""

import re
import unicodedata
from typing import Final

from workflow.locales import language
from workflow.segments import parts
from workflow.texts.words import WORD

# A Kazakh text of some length without any of its own letters is Russian: 51 of 51 Kazakh
# and 0 of 174 Russian messages of 30 letters or more had one (Django's catalogs).
KAZAKH: Final = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
KAZAKH_FROM: Final = 30  # letters
_LATIN_FROM: Final = 10
_LANGUAGES: Final = frozenset({"ru", "kk", "uk", "be", "bg", "ky", "tg", "mn", "mk", "sr"})

CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
MIXED: Final = re.compile(r"[a-zA-Z][\u0400-\u052f]|[\u0400-\u052f][a-zA-Z]")


def is_cyrillic(locale: str) -> bool:
    """Whether a locale is written in Cyrillic letters, as `kk` is and `kk-Latn` is not."""
    return language(locale) in _LANGUAGES and "latn" not in locale.lower().split("-")


def is_wrong(text: str, source: str, locale: str) -> bool:
    """Whether a translation is in another script, or in Russian where it should be Kazakh.

    Args:
        text: the translation's words.
        source: the words of what it translates.
        locale: what it should be in.
    """
    letters = [sign for sign in text if sign.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters)
    if not is_cyrillic(locale):
        foreign = len(letters) >= _LATIN_FROM and cyrillic > len(letters) / 2
        return foreign and not CYRILLIC.search(source)
    if len(letters) < KAZAKH_FROM:
        return False
    if cyrillic < len(letters) / 2:
        return True
    return language(locale) == "kk" and not KAZAKH.intersection(letters)


def lacks_cyrillic(text: str, locale: str) -> bool:
    """Whether a text of a few words has no letter of its script at all."""
    return is_cyrillic(locale) and not CYRILLIC.search(text) and bool(WORD.search(text))


def is_control(sign: str) -> bool:
    """Control characters, those that turn the direction of a text around, and no characters."""
    turns = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    broken = sign == "\ufffd" or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")
    return turns or (broken and sign != "\n")


def leftovers(msgid: str, msgstr: str) -> set[str]:
    """Words of the source, of three Latin letters or more, that the translation still has."""
    return _latin(msgid) & _latin(msgstr)


def _latin(text: str) -> set[str]:
    words = " ".join(part.text for part in parts.alone(text) if part.kind is parts.Kind.TEXT)
    return {
        word.casefold()
        for word in WORD.findall(words)
        if len(word) >= 3 and word[0].casefold() <= "\u024f"
    }
