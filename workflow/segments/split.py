"""Sentence boundaries by rules: offsets only, lossless, one language's data at a time.

`spans` looks at a mask of the text in which markup is blanked out (`inline.mask`), so
that a dot in a link target or a star behind a full stop does not lead it astray.
"""

import re
from collections.abc import Iterator
from typing import Final

from workflow.segments.rules import Rules

TRANSPARENT: Final = "\u2060"
"""Stands in a mask for markup that is neither text nor space (word joiner)."""

_CLOSERS: Final = "\"'”“»«’‘›‹)\\]}" + TRANSPARENT
_OPENERS: Final = "\"'`„“”«»‚‘’‹›(\\[{¿¡" + TRANSPARENT
_SIGNS: Final = frozenset("§…№#$€£@")  # no words, and yet they begin sentences
# Possessive, and the gap may be empty: whatever is looked at is passed, so that time is linear.
_CANDIDATE: Final = re.compile(
    rf"(?P<stop>[.!?…]++)(?P<closers>[{_CLOSERS}]*+(?:[.!?…]++[{_CLOSERS}]*+)*+)"
    rf"(?P<gap>(?:\s|\\\n)*+)(?P<opener>(?:[–—-]\s+)?[{_OPENERS}]*+)"
)
_NEXT_WORD: Final = re.compile(r"[^\W_](?:[\w’'-]*\w)?")
# How far a token before a dot is looked for: bounded, so that a megabyte of dots stays linear.
_LOOK_BACK: Final = 48
_PHRASE: Final = 16  # longer than any abbreviation of several parts
_WORD_BEFORE: Final = re.compile(
    rf"[^\s{_OPENERS}]+(?:(?<=\w)['’`](?=\w)[^\s{_OPENERS}]+)*\Z"  # with apostrophes
)
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_DAY_MONTH: Final = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\Z")
_ROMAN: Final = re.compile(r"[IVXLC]{1,7}\Z")
_ORDINAL_DIGITS: Final = 2  # "der 35. Parteitag"; longer numbers with a dot end a sentence


def spans(mask: str, rules: Rules) -> Iterator[tuple[int, int]]:
    """Find the gaps between sentences.

    Args:
        mask: the text, of the same length, with markup blanked out.
        rules: the language's data.

    Yields:
        Start and end of the white space of each boundary, in order.
    """
    start = 0
    for match in _CANDIDATE.finditer(mask):
        if match["gap"] and _is_boundary(mask, start, match, rules):
            yield match.span("gap")
            start = match.end("gap")


def split(text: str, rules: Rules) -> list[tuple[str, str]]:
    """Split plain text into pairs of sentence and the white space behind it.

    Joined in order, the pairs give the text back.
    """
    pieces = []
    start = 0
    for gap_start, gap_end in spans(text, rules):
        pieces.append((text[start:gap_start], text[gap_start:gap_end]))
        start = gap_end
    pieces.append((text[start:], ""))
    return pieces


def _is_boundary(mask: str, start: int, match: re.Match[str], rules: Rules) -> bool:
    """Whether the sentence that begins at `start` ends at the match."""
    following = _next_word(mask, match.end())
    stop = match["stop"] + match["closers"].strip(_CLOSERS)
    quoted = bool(match["closers"].strip(TRANSPARENT))
    if following in rules.informal:  # but: “Why?” he asked; Well... he asked
        begins = stop in (".", "?", "!") and not quoted
    elif following in _SIGNS:
        begins = stop != "…"
    else:
        begins = _may_begin(following)
    if not begins or mask[match.start() - 1 : match.start()] in ("(", "["):  # "(?)", "[…]"
        return False
    if stop != "." or quoted:
        return True
    return _dot_ends(mask[max(start, match.start() - _LOOK_BACK) : match.start()], following, rules)


def _next_word(mask: str, at: int) -> str:
    """The word at `at`, or else what sign stands there."""
    found = _NEXT_WORD.match(mask, at)
    return found[0] if found else mask[at : at + 1]


def _may_begin(word: str) -> bool:
    if not word[:1].isalnum():
        return False
    if not word[0].islower():
        return True  # also in scripts without capitals
    return word[1:2].isupper()  # iPhone, eBooks


def _dot_ends(before: str, following: str, rules: Rules) -> bool:
    """Whether a single dot with white space behind it ends a sentence.

    Args:
        before: the end of the sentence up to the dot.
        following: the next word.
        rules: the language's data.
    """
    before = before.rstrip(TRANSPARENT)  # "8\\. Mai", "**8**. Mai"
    token = _last_word(before)
    if token is None:
        return True
    prior = before[: len(before) - len(token)]
    token = token.lstrip(".…-–—/")
    if not token.isalpha() or token in rules.tails:
        phrase = before[-_PHRASE:] + "."
        if rules.closing and rules.closing.search(phrase):
            plain = not (rules.noun_capitals or _is_number(following))
            return plain or _starts(following, rules)
        if rules.phrases and rules.phrases.search(phrase):
            return False
    return _word_ends(token, prior, following, rules)


def _word_ends(token: str, prior: str, following: str, rules: Rules) -> bool:
    """Whether the dot behind a word that closes no known phrase ends a sentence."""
    starts = _starts(following, rules)
    if token in rules.never or token.rsplit("-", 1)[-1] in rules.never:
        return False
    if token in rules.numbered:
        return not _is_number(following)
    if token in rules.maybe or token.endswith("str"):
        return starts
    if rules.ordinals and token[-1:].isdigit() and _DAY_MONTH.search(prior + token):
        return starts and not following.isdigit()  # 5.12. and 5. 12. 2011
    if _is_number(token):
        return _number_ends(token, prior, following, rules)
    if _INITIAL.fullmatch(token):  # J. W. Goethe, but: in den U.S.A.
        return starts and (len(token) > 1 or len(following) > 1)  # A. A. Milne
    return True


def _last_word(before: str) -> str | None:
    """The word that a text ends with; None if it ends with something else."""
    word = before[before.rfind(" ") + 1 :]
    if word.isalpha():  # as a rule; the expression says the same of it, and takes longer
        return word
    found = _WORD_BEFORE.search(before)
    return found[0] if found else None


def _is_number(word: str) -> bool:
    return word.isdigit() or _ROMAN.fullmatch(word) is not None


def _number_ends(token: str, prior: str, following: str, rules: Rules) -> bool:
    """Whether the dot behind a number, Arabic or Roman, ends a sentence."""
    alone = prior.rstrip().endswith(":") or not any(map(str.isalnum, prior))
    if alone and len(token) <= _ORDINAL_DIGITS:  # the number of a sentence: "1. Read this."
        return False
    if following in rules.after_ordinal:
        return False
    if following in _SIGNS or _starts(following, rules):
        return True
    if rules.ordinals:
        return token.isdigit() and len(token) > _ORDINAL_DIGITS
    return token.isdigit() or len(token) > 1  # a single letter is rather an initial


def _starts(word: str, rules: Rules) -> bool:
    if word.isdigit():
        return len(word) == 4  # a year
    return word in rules.starters or re.split("['’]", word)[0] in rules.starters  # There's
