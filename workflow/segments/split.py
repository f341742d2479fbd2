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
_OPENERS: Final = "\"'„“”«»‚‘’‹›(\\[{¿¡" + TRANSPARENT
# Possessive, and the gap may be empty: whatever is looked at is passed, so that time is linear.
_CANDIDATE: Final = re.compile(
    rf"(?P<stop>[.!?…]++)(?P<closers>[{_CLOSERS}]*+(?:[.!?…]++[{_CLOSERS}]*+)*+)"
    rf"(?P<gap>(?:\s|\\\n)*+)(?P<opener>(?:[–—-]\s+)?[{_OPENERS}]*+)"
)
_NEXT_WORD: Final = re.compile(r"[^\W_](?:[\w’'-]*\w)?")
# How far a token before a dot is looked for: bounded, so that a megabyte of dots stays linear.
_LOOK_BACK: Final = 48
_WORD_BEFORE: Final = re.compile(r"[^\s„“”«»‚‘’‹›(\[\"'" + TRANSPARENT + r"]+\Z")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ROMAN: Final = re.compile(r"[IVXLC]{1,7}\Z")
_ORDINAL_LIMIT: Final = 31  # days of a month; higher numbers with a dot end a sentence


def spans(mask: str, rules: Rules) -> Iterator[tuple[int, int]]:
    """Find the gaps between sentences.

    Args:
        mask: the text, of the same length, with markup blanked out.
        rules: the language's data.

    Yields:
        Start and end of the white space of each boundary, in order.
    """
    for match in _CANDIDATE.finditer(mask):
        if match["gap"] and _is_boundary(mask, match, rules):
            yield match.span("gap")


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


def _is_boundary(mask: str, match: re.Match[str], rules: Rules) -> bool:
    following = _NEXT_WORD.match(mask, match.end())
    if following is None:
        return _mark_follows(mask, match)
    word = following[0]
    if not _may_begin(word):
        return False
    if mask[match.start() - 1 : match.start()] in ("(", "["):  # "(?)", "[…]"
        return False
    stop = match["stop"] + match["closers"].strip(_CLOSERS)
    if stop != ".":
        return True
    if match["closers"].strip(TRANSPARENT):
        return True
    return _dot_ends(mask, match.start(), word, rules)


def _mark_follows(mask: str, match: re.Match[str]) -> bool:
    """After "!", "?" or "." a sentence may begin with a sign, such as "…" or "§ 8"."""
    following = mask[match.end() : match.end() + 1]
    return following in ("§", "…", "№", "#") and match["stop"] != "…"


def _may_begin(word: str) -> bool:
    if word[0].isupper() or word[0].isdigit():
        return True
    if not word[0].islower():
        return True  # scripts without capitals
    return len(word) > 1 and word[1].isupper()  # iPhone, eBooks


def _dot_ends(mask: str, dot: int, following: str, rules: Rules) -> bool:
    """Whether the single dot at `dot`, with white space behind it, ends a sentence."""
    before = mask[max(0, dot - _LOOK_BACK) : dot].rstrip(TRANSPARENT)  # "8\\. Mai", "**8**. Mai"
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    token = found[0].lstrip(".…-–—/")
    starts = _starts(following, rules)
    if rules.phrases and rules.phrases.search(before + "."):
        return starts and _phrase_may_end(before, rules)
    if token in rules.never or token.rsplit("-", 1)[-1] in rules.never:
        return False
    if token in rules.maybe or token.endswith("str"):
        return starts
    if token.isdigit():
        return _number_ends(token, following, starts, rules)
    if rules.ordinals and re.fullmatch(r"\d{1,2}\.\d{1,2}", token):
        return starts
    if _ROMAN.fullmatch(token):  # Johannes Paul II.
        return starts
    if _INITIAL.fullmatch(token):  # J. W. Goethe, but: in den U.S.A.
        return starts and len(token) > 1
    return True


def _phrase_may_end(before: str, rules: Rules) -> bool:
    last = before.split()[-1]
    return last in ("Ä", "ä", "O", "J") or last in rules.maybe


def _number_ends(token: str, following: str, starts: bool, rules: Rules) -> bool:
    if not rules.ordinals:
        return True
    if following in rules.after_ordinal:
        return False
    return starts or len(token) > 2 or int(token) > _ORDINAL_LIMIT


def _starts(word: str, rules: Rules) -> bool:
    return word in rules.starters or (word.isdigit() and len(word) == 4)
