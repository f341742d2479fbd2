"""Lengths: a translation far shorter or longer than others are."""

import re
from collections.abc import Iterator
from typing import Final

from workflow.checks.pair import Finding, Pair
from workflow.texts import words

_SHORT: Final = 20  # signs; below, lengths say nothing
_CUT_FROM: Final = 40
# Of 249 entries of three languages, translated by hand and by machine, none is outside.
_USUAL: Final = (0.5, 2.2)
_CUT: Final = 0.7
_OPEN_END: Final = re.compile(
    r"(?:…|\.\.\.|[,;—–-]|\b(?:и|в|на|с|для|что|the|a|of|to|and|in|with|that|for|және|мен|бен|үшін|деп))\W*\Z"
)


def length(pair: Pair) -> Iterator[Finding]:
    """Much longer or shorter than usual."""
    ours, theirs = len(pair.source.prose), len(pair.target.prose)
    low, high = _USUAL
    if ours >= _SHORT and not low <= theirs / ours <= high:
        times = theirs / ours
        yield Finding(f"{times:.1f} times as long as its source")


def truncated(pair: Pair) -> Iterator[Finding]:
    """A text that breaks off."""
    source, target = pair.source.prose.rstrip(), pair.target.prose.rstrip()
    if len(source) < _CUT_FROM or words.end(source) not in ".!?":
        return
    ratio = len(target) / len(source)
    lost = words.sentences(source) > words.sentences(target) and ratio < _CUT
    open_end = bool(_OPEN_END.search(target)) and not _OPEN_END.search(source)
    if lost or (not words.end(target) and ratio < _CUT) or open_end:
        yield Finding("the text seems to break off")
