"""All checks of a segment and its translation, in the order in which findings are shown."""

from collections.abc import Callable, Iterator
from string import ascii_letters
from typing import Final

from workflow.checks import (
    languages,
    leftover,
    lengths,
    letters,
    markup,
    numbers,
    punctuation,
    quotes,
    terms,
)
from workflow.checks.lexicon import DATE, FORBIDDEN, LATIN, NUMBER, SCALE, TERM
from workflow.checks.pair import ATOM, ODD, Finding, Pair
from workflow.model import Severity

Look = Callable[[Pair], Iterator[Finding]]
Check = tuple[str, Severity, Look, str]

# Letters of another alphabet, that is: pairs leave out the usual ones of each text.
_STRANGE: Final = ascii_letters + "".join(map(chr, range(0x400, 0x530)))
_DIGITS: Final = "".join(chr(zero + digit) for zero in (0x30, 0x660, 0x6F0, 0x966, 0xFF10)
                         for digit in range(10))  # fmt: skip
_NUMBERS: Final = _DIGITS + "%‰½¼¾⅓⅔⅛" + NUMBER + SCALE
_LETTERS: Final = ascii_letters + LATIN
_E, _W = Severity.ERROR, Severity.WARNING
CHECKS: Final[tuple[Check, ...]] = (
    ("untranslated", _E, leftover.copied, _LETTERS),
    ("language", _E, languages.another_language, ""),
    ("script", _E, languages.foreign_words, _STRANGE),
    ("left-over", _E, leftover.left_over, _LETTERS),
    ("gender", _E, languages.gender, "_*:/(I·"),
    ("number", _E, numbers.numbers, _NUMBERS),
    ("number-word", _E, numbers.words, NUMBER + SCALE),
    ("date", _E, numbers.dates, _DIGITS + DATE),
    ("link", _E, markup.links, "[]()<>:@" + ATOM),
    ("unsafe-link", _E, markup.unsafe, "[]<"),
    ("emphasis", _E, markup.emphasis, "*_~"),
    ("code", _E, markup.code, "`"),
    ("footnote", _E, markup.footnotes, "[!"),
    ("placeholder", _E, markup.placeholders, "%{"),
    ("html", _E, markup.tags, "<&"),
    ("forbidden-term", _E, terms.forbidden, FORBIDDEN),
    ("homoglyph", _E, letters.homoglyphs, _STRANGE + ODD),
    ("control", _E, letters.controls, ODD),
    ("term", _W, terms.missing, TERM),
    ("emphasis-added", _W, markup.emphasis_added, "*_~"),
    ("line-break", _W, markup.breaks, "\n"),
    ("quotes", _W, quotes.quotes, quotes.MARKS),
    ("brackets", _W, quotes.brackets, "()[]{}"),
    ("end", _W, punctuation.end, ""),
    ("question", _W, punctuation.question, "?"),
    ("doubled-word", _W, punctuation.doubled_word, ""),
    ("space", _W, punctuation.spaces, ""),
    ("no-break", _W, punctuation.no_break, punctuation.NOBREAK),
    ("space-before", _W, punctuation.space_before, ""),
    ("space-missing", _W, punctuation.space_missing, ""),
    ("separator", _W, numbers.separators, _DIGITS),
    ("mixed-script", _W, letters.mixed, _STRANGE),
    ("kazakh-letters", _W, letters.kazakh_letters, ""),
    ("nfc", _W, letters.nfc, ODD),
    ("length", _W, lengths.length, ""),
    ("truncated", _W, lengths.truncated, ""),
)
"""Name, severity, what looks at a pair, and signs: without any of them there is nothing to see."""

# Where one of these speaks, the others would only say the same again.
EXPLAINED: Final[dict[str, frozenset[str]]] = {
    "untranslated": frozenset(
        "language script left-over kazakh-letters term mixed-script quotes separator".split()
    ),
    "language": frozenset("script left-over kazakh-letters term".split()),
    "date": frozenset(),
}
