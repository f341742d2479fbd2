"""Letters: of another alphabet within a word, unseen ones, and Kazakh ones that were lost."""

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Final

from workflow.checks import kazakhs
from workflow.checks.lexicon import RUSSIFIED
from workflow.checks.lookalikes import as_cyrillic, as_latin
from workflow.checks.pair import ODD, Finding, Pair
from workflow.checks.vocabularies import ASCII
from workflow.texts.script import CYRILLIC, KAZAKH, MIXED, is_control

_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")
_LATIN_LETTER: Final = re.compile(r"[A-Za-z]")
_ROMAN: Final = re.compile(r"[IVXLCDMХІ]+")
# Among the signs of a text in Latin (False) or Cyrillic (True) letters: it may have others.
_SUSPICIOUS: Final = {
    False: frozenset((*map(chr, range(0x400, 0x530)), ODD)), True: ASCII | {ODD},
}  # fmt: skip
_KAZAKH_LOOKS: Final = frozenset("ih")  # what only letters of Kazakh look like
_HIDDEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u180e\u034f")
_FROM: Final = 30  # letters of words that are no names: with fewer, a text may do without
_COMMON: Final = re.compile(r"(?<![\w])[а-яё]+")


def homoglyphs(pair: Pair) -> Iterator[Finding]:
    """Letters of another alphabet that look right and are found by no search."""
    text = pair.target.prose
    if pair.target.signs.isdisjoint(_SUSPICIOUS[pair.cyrillic]):
        return
    for word in dict.fromkeys(_WORD.findall(text)):
        better = _cleaned(word, pair)
        if better:
            fixed = pair.target.mended(partial(_replaced, word=word, better=better))
            message = f"“{word}” has letters of another alphabet: {_strange(word, better)}"
            yield Finding(message, f"“{better}”", fixed)


def mixed(pair: Pair) -> Iterator[Finding]:
    """Words of two alphabets that are no mistake of the keyboard: Facebookтегі."""
    if not MIXED.search(pair.target.prose):
        return
    for word in _WORD.findall(pair.target.prose):
        # In chess two letters are a piece and a file: Фd8, Кf5.
        if (
            len(word) > 2
            and MIXED.search(word)
            and not _cleaned(word, pair)
            and word not in pair.source.prose
        ):
            yield Finding(f"“{word}” is written in two alphabets")


def controls(pair: Pair) -> Iterator[Finding]:
    """Control and zero-width characters that the source does not have."""
    if pair.target.raw.isprintable():  # a single look in C; a no-break space is not printable
        return
    found = dict.fromkeys(sign for sign in pair.target.raw if _is_hidden(sign))
    for sign in found:
        if sign in pair.source.raw or (sign == "\u200d" and not _joins_letters(pair.target.raw)):
            continue
        fixed = pair.target.mended(partial(_without, sign=sign))
        yield Finding(f"a character that nobody sees: {_named(sign)}", "remove it", fixed)


def nfc(pair: Pair) -> Iterator[Finding]:
    """Letters composed of several characters."""
    raw = pair.target.raw
    if not raw.isascii() and not unicodedata.is_normalized("NFC", raw):
        yield Finding("not in Unicode’s normal form NFC", fix=unicodedata.normalize("NFC", raw))


def kazakh_letters(pair: Pair) -> Iterator[Finding]:
    """Kazakh letters typed as Russian ones: казак for қазақ."""
    if pair.language != "kk" or not pair.cyrillic:
        return
    bare = KAZAKH.isdisjoint(pair.target.prose)
    if bare and sum(map(len, _COMMON.findall(pair.target.prose))) >= _FROM:
        yield Finding("none of the letters ә ғ қ ң ө ұ ү һ і; is it Kazakh?")
        return
    if pair.target.telling is not None and RUSSIFIED not in pair.target.signs:
        return
    for word in sorted(set(_WORD.findall(pair.target.prose))):
        meant = kazakhs.meant(word.casefold(), pair.glossary)
        if meant:
            yield Finding(f"“{word}” seems to lack Kazakh letters", f"“{meant}”")


def _cleaned(word: str, pair: Pair) -> str | None:
    """A word in one alphabet, where all letters of the other look like letters of this one."""
    latin = sum(letter.isascii() for letter in word)
    cyrillic = len(CYRILLIC.findall(word))
    return _in_cyrillic(word, latin, cyrillic, pair) if pair.cyrillic else (
        _in_latin(word, latin, cyrillic, pair)
    )  # fmt: skip


def _in_cyrillic(word: str, latin: int, cyrillic: int, pair: Pair) -> str | None:
    if not cyrillic:
        return _alone(word, pair) if latin else None
    if latin and _ROMAN.fullmatch(word):
        return as_latin(word)
    better = as_cyrillic(word)
    if better == word:
        return None
    if len(CYRILLIC.findall(better)) == len(better) and (
        pair.language == "kk" or _KAZAKH_LOOKS.isdisjoint(word)
    ):
        return better
    other = as_latin(word)
    return other if latin > cyrillic and not CYRILLIC.search(other) else None


def _in_latin(word: str, latin: int, cyrillic: int, pair: Pair) -> str | None:
    better = as_latin(word)
    if better == word or not better.isascii() or word in pair.source.prose:
        return None
    # µm, α-Strahlung: a Greek letter among Latin ones needs more than one of them.
    return better if (latin if cyrillic else latin > 1) or (cyrillic and len(word) == 1) else None


def _alone(word: str, pair: Pair) -> str | None:
    """A Latin word that is Cyrillic in truth: c, o, a, y between Cyrillic words."""
    better = as_cyrillic(word)
    if not re.search(rf"(?<!\w){re.escape(word)}(?![\w+#])", pair.target.prose):  # H2O, C++
        return None
    # What is B12 in the one may be B-12 in the other.
    if _LATIN_LETTER.search(better) or re.search(
        rf"\b{re.escape(word)}(?!\w*[^\W\d])", pair.source.prose
    ):
        return None
    return better if word.islower() or (len(word) == 1 and word in "ACOYBK") else None


def _strange(word: str, better: str) -> str:
    """The names of the letters that differ: they look the same."""
    pairs = zip(word, better, strict=True)
    return ", ".join(sorted({unicodedata.name(a).lower() for a, b in pairs if a != b}))


def _without(text: str, sign: str) -> str:
    return text.replace(sign, " " if sign in "\t\r\v\f\u2028\u2029" else "")


def _replaced(text: str, word: str, better: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, text)


def _is_hidden(sign: str) -> bool:
    return sign in _HIDDEN or (not sign.isprintable() and sign not in "\n\u00a0\u202f\u2009\u2007 "
                               and is_control(sign))  # fmt: skip


def _joins_letters(text: str) -> bool:
    return bool(re.search(r"\w\u200d|\u200d\w", text))


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character').lower()}"
