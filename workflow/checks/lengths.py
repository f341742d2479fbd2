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
# A German compound or two may be two short words: “Higher sick pay.”
_LONG: Final = 50
_USUAL_OF_SHORT: Final = (0.3, 3.0)
_CUT: Final = 0.7
# No sentence ends with these words.
_NO_ENDS: Final = frozenset(
    "и в на с к о у за из от для по что как чтобы или но а когда если который которая которые при "
    "the a an of to and in with that for as by while when which or but from their his its is are "
    "was were at on және мен бен пен ал бірақ немесе себебі егер үшін деп сондай".split()
)
_FULL: Final = frozenset(".!?")
_LAST: Final = re.compile(r"([^\W\d_]+)\W*\Z")


def length(pair: Pair) -> Iterator[Finding]:
    """Much longer or shorter than usual."""
    source, theirs = pair.source.prose, len(pair.target.prose)
    if _is_usual(len(source), theirs):
        return
    if " " not in source and theirs < len(source):
        return  # one compound may be one short word: Geschwindigkeitsüberschreitung, speeding
    ours = len(words.without_double_forms(source))
    if not _is_usual(ours, theirs):
        yield Finding(f"{theirs / ours:.1f} times as long as its source")


def _is_usual(ours: int, theirs: int) -> bool:
    low, high = _USUAL if ours >= _LONG else _USUAL_OF_SHORT
    return ours < _SHORT or low <= theirs / ours <= high


def truncated(pair: Pair) -> Iterator[Finding]:
    """A text that breaks off."""
    source, target = pair.source.prose.rstrip(), pair.target.prose.rstrip()
    short, unfinished = len(target) < _CUT * len(source), not words.end(target)
    if not (short or unfinished) or len(source) < _CUT_FROM or words.end(source) not in _FULL:
        return
    short = short and len(target) < _CUT * len(words.without_double_forms(source))
    last = _LAST.search(target[-30:]) if unfinished else None
    if (
        (short and (unfinished or words.sentences(source) > words.sentences(target)))
        or (last and last[1].casefold() in _NO_ENDS)
    ):  # fmt: skip
        yield Finding("the text seems to break off")
