"""Where in a translation the words stand that a pair surrounded in the source.

Evidence is what the engine makes of the pair's words alone, and of the sentence with the
pair marked in one way or another: such translations are seldom good, but say where to look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz

ENOUGH: Final = 0.7
"""From this likeness on, from 0 to 1, words count as found (reference 2.3, strategy C)."""
_COMBINATIONS: Final = 4096  # of places of all pairs beside each other that are weighed
_STEM: Final = 0.6  # inflected forms share at least this part of the longer word
_WORD: Final = re.compile(r"[\ue000-\uf8ff]|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|_")

Window = tuple[int, int]
"""First token and the one behind the last."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or what stands for an atom: one from Unicode's private use."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether a pair may begin or end with it."""
        return self.text[0].isalnum() or self.is_atom

    @property
    def is_atom(self) -> bool:
        """Whether it is a mask."""
        return "\ue000" <= self.text <= "\uf8ff"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a pair's words may have become."""

    words: str
    places: frozenset[int] = frozenset()
    """The tokens of the translation that stand where these words stood in another one."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A pair to be found."""

    evidence: tuple[Evidence, ...]
    atoms: frozenset[str]
    """What stands for the atoms in it."""
    middle: float
    """Where it stands in the source, from 0 to 1."""
    share: float
    """How much of the source it holds, from 0 to 1."""
    gap: frozenset[int] = frozenset()
    """The tokens that a translation made without the pair's words does not have."""
    whole: bool = False
    """Whether it surrounds all of its surroundings."""


def tokens(text: str) -> tuple[Token, ...]:
    """Words, signs and masks."""
    return tuple(Token(found[0], *found.span()) for found in _WORD.finditer(text))


def transferred(
    marked: Sequence[str], first: int, end: int, text: Sequence[Token]
) -> frozenset[int]:
    """The tokens of a text that stand where those from `first` to `end` do in another one."""
    others = [word.casefold() for word in marked]
    own = [token.text.casefold() for token in text]
    places = set()
    blocks = SequenceMatcher(None, others, own, autojunk=False).get_matching_blocks()
    for block in blocks:
        for offset in range(block.size):
            if first <= block.a + offset < end:
                places.add(block.b + offset)
    # What differs between two common stretches stands for each other, end by end.
    for last, block in pairwise([Match(0, 0, 0), *blocks]):
        gap = range(last.a + last.size, block.a)
        lead, trail = len(gap[: max(0, first - gap.start)]), len(gap[max(0, end - gap.start) :])
        if lead + trail < len(gap):
            places.update(
                range(last.b + last.size, block.b)[
                    lead : len(range(last.b + last.size, block.b)) - trail
                ]
            )
    return frozenset(places)


def align(text: Sequence[Token], within: Window, sought: Sequence[Sought]) -> list[Window] | None:
    """Find pairs that stand beside each other.

    Args:
        text: the translation.
        within: where to look.
        sought: the pairs.

    Returns:
        A window for each; None if one is not to be found.
    """
    rows = []
    candidates = max(1, min(8, int(_COMBINATIONS ** (1 / max(1, len(sought))))))
    for one in sought:
        if one.whole:
            rows.append([(1.0, within)])
            continue
        row = sorted(_scored(text, within, one), reverse=True)[:candidates]
        if not row:
            return None
        rows.append(row)
    return _best(rows)


def _scored(
    text: Sequence[Token], within: Window, sought: Sought
) -> Iterator[tuple[float, Window]]:
    longest = max((len(tokens(one.words)) for one in sought.evidence), default=0) + 3
    first, end = within
    for start in range(first, end):
        if not text[start].is_word:
            continue
        for stop in range(start + 1, min(end, start + longest) + 1):
            window = text[start:stop]
            if (
                not window[-1].is_word
                or {one.text for one in window if one.is_atom} != sought.atoms
            ):
                continue
            score = _score(window, range(start, stop), sought, text)
            if score:
                yield score, (start, stop)


def _score(window: Sequence[Token], places: range, sought: Sought, text: Sequence[Token]) -> float:
    words = " ".join(token.text.casefold() for token in window)
    likes = [_likeness(words, one, places) for one in sought.evidence] or [0.0]
    gap = _overlap(sought.gap, places)
    middle = (places[0] + places[-1] + 1) / 2 / len(text)
    near = 1 - abs(middle - sought.middle)
    share = len(words) / (text[-1].end + 1)
    size = min(share, sought.share) / max(share, sought.share)
    alike = 0.5 * max(likes) + 0.3 * sum(likes) / len(likes)
    score = alike + 0.1 * near + 0.1 * size
    return score + 0.15 * gap if score >= ENOUGH or gap == 1 else 0.0


def _overlap(some: frozenset[int], others: range) -> float:
    return len(some.intersection(others)) / max(1, len(some.union(others)))


def _likeness(words: str, evidence: Evidence, places: range) -> float:
    other = " ".join(token.text.casefold() for token in tokens(evidence.words))
    alike = max(fuzz.ratio(words, other) / 100, 0.95 * _common(words, other))
    if not evidence.places:
        return alike
    return max(alike * 0.5 + 0.5 * _overlap(evidence.places, places), alike - 0.2)


@lru_cache(maxsize=4096)
def _common(some: str, others: str) -> float:
    """The share of words in common; forms of a word count, and so do they in another order."""
    first, second = some.split(), others.split()
    if not first or not second:
        return 0.0
    left = list(second)
    weight = 0.0
    for word in first:
        twin = next((other for other in left if _same_stem(word, other)), None)
        if twin is not None:
            left.remove(twin)
            weight += len(word) + len(twin)
    return weight / (sum(map(len, first)) + sum(map(len, second)))


def _same_stem(word: str, other: str) -> bool:
    if word == other:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )
    return shared >= 3 and shared >= _STEM * max(len(word), len(other))


def _best(rows: Sequence[Sequence[tuple[float, Window]]]) -> list[Window] | None:
    """One window of each row, none over another, with the highest sum."""
    best: tuple[float, list[Window]] = (0.0, [])
    stack: list[tuple[float, list[Window]]] = [(0.0, [])]
    while stack:
        score, chosen = stack.pop()
        if len(chosen) == len(rows):
            best = max(best, (score, chosen), key=lambda found: found[0])
            continue
        rest = sum(row[0][0] for row in rows[len(chosen) :])
        if score + rest <= best[0]:
            continue
        free = [
            (score + value, [*chosen, window])
            for value, window in rows[len(chosen)]
            if all(window[1] <= one[0] or one[1] <= window[0] for one in chosen)
        ]
        stack.extend(reversed(free))
    return best[1] or None
