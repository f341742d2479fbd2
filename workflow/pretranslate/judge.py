"""What to think of an engine's answer: reject it, or keep it with reasons to look at it."""

import re
from typing import Final

from workflow.locales import language

# A Kazakh text of some length without any of its own letters is Russian: 51 of 51 Kazakh
# and 0 of 174 Russian messages of 30 letters or more had one (Django's catalogs).
_KAZAKH: Final = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_KAZAKH_FROM: Final = 30  # letters
_CYRILLIC: Final = frozenset({"ru", "kk", "uk", "be", "bg", "ky", "tg", "mn", "mk", "sr"})
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_LONGEST: Final = 4.0  # a translation more than this many times as long is noise
_USUAL: Final = (0.5, 2.2)
_WORD: Final = re.compile(r"[^\W\d_]+")


def rejected(msgid: str, msgstr: str, locale: str) -> str | None:
    """Why an answer cannot be used at all, in one word; None if it can."""
    if not msgstr.strip():
        return "empty"
    if len(_WORD.findall(msgid)) >= 4 and msgstr.strip() == msgid.strip():
        return "copy"
    if len(msgid) >= 20 and len(msgstr) > _LONGEST * len(msgid):
        return "length"
    if any(ord(character) < 32 and character != "\n" for character in msgstr):
        return "control"
    return _wrong_script(msgstr, language(locale))


def reasons(msgid: str, msgstr: str) -> tuple[str, ...]:
    """Why a person should look at an accepted answer first, a word each."""
    found = []
    if _numbers(msgid) != _numbers(msgstr):
        found.append("numbers")
    low, high = _USUAL
    if len(msgid) >= 20 and not low <= len(msgstr) / len(msgid) <= high:
        found.append("length")
    if re.search(r"\w[_*]in(?:nen)?\b|\b[А-яЁё]+_[А-яЁё]+", msgstr):
        found.append("gender")
    return tuple(found)


def _wrong_script(text: str, target: str) -> str | None:
    letters = [character for character in text if character.isalpha()]
    if target not in _CYRILLIC or len(letters) < _KAZAKH_FROM:
        return None
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters)
    if cyrillic < len(letters) / 2:
        return "script"
    if target == "kk" and not _KAZAKH.intersection(letters):
        return "script"
    return None


def _numbers(text: str) -> list[str]:
    """The numbers of a text as bare digits, sorted: separators are the language's own."""
    return sorted(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))
