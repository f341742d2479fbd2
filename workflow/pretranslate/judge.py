"""What to think of an engine's answer: reject it, or keep it with reasons to look at it.

Rejected is only what nobody could use. Everything else is a reason, a word each: the mark
of an entry carries them, and its quality is the product of what they take away.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from workflow.locales import language
from workflow.texts import script, words
from workflow.texts.numerals import differ

LONGEST: Final = 4.0  # a translation more than this many times as long is noise
_USUAL: Final = (0.5, 2.2)
_SHORT: Final = 20  # signs; below, lengths say nothing
_LOW: Final = 0.5  # an engine's own score
_STUTTER: Final = 4  # the same word as often in a row is no text

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<![A-Za-z]")
_QUOTES: Final = re.compile(r"[„“”\"«»]")
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
    source, target = words.plain(msgid), words.plain(msgstr)
    if len(words.WORD.findall(source)) >= 4 and words.folded(source) == words.folded(target):
        return "copy"
    if _SERVICE.search(target) and not _SERVICE.search(source):
        return "warning"
    if len(source) >= _SHORT and len(target) > LONGEST * len(source):
        return "length"
    if any(script.is_control(sign) and sign not in msgid for sign in msgstr):
        return "control"
    if _TAG.search(target) and not _TAG.search(source):
        return "html"
    if _signs(target) - _signs(source):
        return "markup"
    if words.addresses(target) - words.addresses(source):
        return "address"
    if words.stutters(target) > max(words.stutters(source), _STUTTER - 1):
        return "salad"
    return "script" if script.is_wrong(target, source, locale) else None


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
    source, target = words.plain(msgid), words.plain(msgstr)
    low, high = _USUAL
    found = {
        "numbers": differ(source, target, language(locale)),
        "length": len(source) >= _SHORT and not low <= len(target) / len(source) <= high,
        "gender": bool(words.GENDER.search(target)),
        "latin": script.is_cyrillic(locale) and bool(script.leftovers(msgid, msgstr)),
        "mixed": bool(script.MIXED.search(target)),
        "repeats": words.repeats(target) > words.repeats(source),
        "sentences": words.sentences(source) != words.sentences(target),
        "end": not words.ends_alike(source, target),
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


def has_letters(text: str) -> bool:
    """Whether there is anything to translate."""
    return bool(words.WORD.search(text))


def is_spelled_by_language(text: str) -> bool:
    """Whether a text without words holds a number that another language writes otherwise."""
    return bool(re.search(r"\d[.,\u00a0\u202f ]\d|\d\.", text))


def _signs(text: str) -> Counter[str]:
    """Signs of markup that a reader sees: more of them than the source has are leftovers."""
    return Counter(sign for sign in text if sign in "[]{}<>\\`|")
