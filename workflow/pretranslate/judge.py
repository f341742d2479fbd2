"""What to think of an engine's answer: reject it, or keep it with reasons to look at it.

Rejected is only what nobody could use. Everything else is a reason, a word each: the mark
of an entry carries them, and its quality is the product of what they take away.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from workflow.locales import language
from workflow.pretranslate import parts
from workflow.pretranslate.numerals import differ

# A Kazakh text of some length without any of its own letters is Russian: 51 of 51 Kazakh
# and 0 of 174 Russian messages of 30 letters or more had one (Django's catalogs).
_KAZAKH: Final = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_KAZAKH_FROM: Final = 30  # letters
_LATIN_FROM: Final = 10
_CYRILLIC: Final = frozenset({"ru", "kk", "uk", "be", "bg", "ky", "tg", "mn", "mk", "sr"})
LONGEST: Final = 4.0  # a translation more than this many times as long is noise
_USUAL: Final = (0.5, 2.2)
_SHORT: Final = 20  # signs; below, lengths say nothing
_LOW: Final = 0.5  # an engine's own score
_STUTTER: Final = 4  # the same word as often in a row is no text

_WORD: Final = re.compile(r"[^\W\d_]+")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<![A-Za-z]")
_MIXED: Final = re.compile(r"[a-zA-Z][\u0400-\u052f]|[\u0400-\u052f][a-zA-Z]")
_GENDER: Final = re.compile(r"\w[_*]in(?:nen)?\b|\b[А-яЁё]+_[А-яЁё]+")
_QUOTES: Final = re.compile(r"[„“”\"«»]")
_CLOSERS: Final = " \u00a0\u202f„“”\"«»'’)]}"
_ENDS: Final = {"…": ".", "。": "."}
# A point behind a number may make an ordinal of it.
_ORDINAL: Final = re.compile(r"\d\.\W*\Z")
_SENTENCE: Final = re.compile(r"(?<!\d)[.!?…]+(?=[\s“”\"»)]|\Z)")
# What services say instead of translating, with HTTP 200.
_SERVICE: Final = re.compile(
    r"MYMEMORY WARNING|YOU USED ALL AVAILABLE|QUERY LENGTH LIMIT|INVALID LANGUAGE PAIR"
    r"|NO QUERY SPECIFIED|PLEASE SELECT TWO DISTINCT LANGUAGES|too many requests"
    r"|\A\W*(?:\d{3} )?(?:Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)\b"
    r"|(?:превышен|исчерпан)\w* (?:лимит|квот)|сұрау\w* шегі|Hier ist die Übersetzung"
    r"|unusual traffic|quota (?:exceeded|reached)|rate limit exceeded"
    r"|\bas an AI\b|\bas a (?:large )?language model|\bals KI(?:-Sprachmodell|-Modell)?\b"
    r"|\AI(?:['’]m| am) (?:sorry, but I (?:can|am)|unable to (?:translate|assist|provide))"
    r"|\bI (?:cannot|can['’]t) (?:assist with|translate) th"
    r"|как (?:языковая модель|ИИ\b|искусственный интеллект)|я не могу (?:перевести|помочь)"
    r"|here is the translation|вот перевод",
    re.IGNORECASE,
)

PENALTIES: Final[Mapping[str, float]] = {
    # Wrong facts first, then what reads badly, then what only may be wrong.
    "numbers": 0.3,
    "same": 0.3,  # another text has the same translation
    "latin": 0.6,
    "mixed": 0.6,
    "repeats": 0.6,
    "length": 0.6,
    "pieces": 0.6,
    "term": 0.7,
    "sentences": 0.8,
    "gender": 0.8,
    "end": 0.9,
    "quotes": 0.9,
    "projected": 0.95,
    "score": 1.0,  # the score itself is a factor
}
"""What is left of an answer's quality for each reason: set by hand, so that what reference
5.4 ranks first comes first in a review; only their order matters."""


def rejected(msgid: str, msgstr: str, locale: str) -> str | None:
    """Why an answer cannot be used at all, in one word; None if it can.

    Args:
        msgid: the segment.
        msgstr: its translation.
        locale: what it should be in.
    """
    if not msgstr.strip():
        return "empty"
    source, target = plain(msgid), plain(msgstr)
    if len(_WORD.findall(source)) >= 4 and _folded(source) == _folded(target):
        return "copy"
    if _SERVICE.search(target) and not _SERVICE.search(source):
        return "warning"
    if len(source) >= _SHORT and len(target) > LONGEST * len(source):
        return "length"
    if any(_invisible(sign) and sign not in msgid for sign in msgstr):
        return "control"
    if _TAG.search(target) and not _TAG.search(source):
        return "html"
    if _signs(target) - _signs(source):
        return "markup"
    if _addresses(target) - _addresses(source):
        return "address"
    if _stutters(target) > max(_stutters(source), _STUTTER - 1):
        return "salad"
    return _wrong_script(target, source, locale)


def reasons(
    msgid: str, msgstr: str, locale: str = "", score: float | None = None
) -> tuple[str, ...]:
    """Why a person should look at an accepted answer first, a word each.

    Args:
        msgid: the segment.
        msgstr: its translation.
        locale: what it is in; without, what depends on the script is not looked at.
        score: what the engine thinks of it, from 0 to 1.
    """
    source, target = plain(msgid), plain(msgstr)
    low, high = _USUAL
    found = {
        "numbers": differ(source, target, language(locale)),
        "length": len(source) >= _SHORT and not low <= len(target) / len(source) <= high,
        "gender": bool(_GENDER.search(target)),
        "latin": _is_cyrillic(locale) and bool(_leftovers(msgid, msgstr)),
        "mixed": bool(_MIXED.search(target)),
        "repeats": _repeats(target) > _repeats(source),
        "sentences": _sentences(source) != _sentences(target),
        "end": not (_ORDINAL.search(source) or _ORDINAL.search(target))
        and _end(source) != _end(target),
        "quotes": len(_QUOTES.findall(source)) != len(_QUOTES.findall(target)),
        "score": score is not None and score < _LOW,
    }
    return tuple(name for name, holds in found.items() if holds)


def quality(reasons: Sequence[str], score: float | None = None) -> float:
    """How good an answer is likely to be, from 0 to 1: for the order of a review."""
    product = 1.0 if score is None else max(0.0, min(1.0, score))
    for reason in reasons:
        product *= PENALTIES.get(reason, 1.0)
    return round(product, 4)


def words(text: str) -> list[str]:
    """The words of a segment as a reader sees them, without case."""
    return _WORD.findall(plain(text).casefold())


def has_letters(text: str) -> bool:
    """Whether there is anything to translate."""
    return bool(_WORD.search(text))


def is_spelled_by_language(text: str) -> bool:
    """Whether a text without words holds a number that another language writes otherwise."""
    return bool(re.search(r"\d[.,\u00a0\u202f ]\d|\d\.", text))


def plain(text: str) -> str:
    """A segment's words as a reader sees them."""
    return "".join(part.text or " " * (part.source == "\n") for part in parts.alone(text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _invisible(sign: str) -> bool:
    """Control characters, those that turn the direction of a text around, and no characters."""
    turns = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    broken = sign == "\ufffd" or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")
    return turns or (broken and sign != "\n")


def _signs(text: str) -> Counter[str]:
    """Signs of markup that a reader sees: more of them than the source has are leftovers."""
    return Counter(sign for sign in text if sign in "[]{}<>\\`|")


def _addresses(text: str) -> set[str]:
    return {found[0].casefold() for found in parts.ADDRESS.finditer(text)}


def _stutters(text: str) -> int:
    """How often one word stands in a row, at most."""
    most = run = 1
    for last, word in pairwise(_WORD.findall(text.casefold())):
        run = run + 1 if last == word else 1
        most = max(most, run)
    return most


def _repeats(text: str) -> int:
    """How often three words in a row, or one word behind itself, occur again."""
    words = _WORD.findall(text.casefold())
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    again = max(threes.values(), default=0)
    return max(again if again >= 3 else 0, _stutters(text) - 1)


def _is_cyrillic(locale: str) -> bool:
    """Whether a locale is written in Cyrillic letters, as `kk` is and `kk-Latn` is not."""
    return language(locale) in _CYRILLIC and "latn" not in locale.lower().split("-")


def _wrong_script(text: str, source: str, locale: str) -> str | None:
    letters = [sign for sign in text if sign.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters)
    if not _is_cyrillic(locale):
        foreign = len(letters) >= _LATIN_FROM and cyrillic > len(letters) / 2
        return "script" if foreign and not re.search(r"[\u0400-\u052f]", source) else None
    if len(letters) < _KAZAKH_FROM:
        return None
    if cyrillic < len(letters) / 2:
        return "script"
    if language(locale) == "kk" and not _KAZAKH.intersection(letters):
        return "script"
    return None


def _leftovers(msgid: str, msgstr: str) -> set[str]:
    """Words of the source, of three Latin letters or more, that the translation still has."""
    return _latin(msgid) & _latin(msgstr)


def _latin(text: str) -> set[str]:
    words = " ".join(part.text for part in parts.alone(text) if part.kind is parts.Kind.TEXT)
    return {
        word.casefold()
        for word in _WORD.findall(words)
        if len(word) >= 3 and word[0].casefold() <= "\u024f"
    }


def _sentences(text: str) -> int:
    """Ends of sentences within a text; its own end is looked at apart."""
    return len(_SENTENCE.findall(text.rstrip(_CLOSERS + ".!?…")))


def _end(text: str) -> str:
    """The sign that ends a text: a full stop, a question mark …, or nothing."""
    last = text.rstrip(_CLOSERS)[-1:]
    last = _ENDS.get(last, last)
    return last if last in (".", "!", "?", ":", ";", ",") else ""
