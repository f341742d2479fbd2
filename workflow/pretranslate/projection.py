"""Pairs found again in a translation that was made without them: it is the best text."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workflow.pretranslate import alignment, masks
from workflow.pretranslate.alignment import Evidence, Sought, Token, Window
from workflow.pretranslate.engines.protocol import Draft, Query, Refusal
from workflow.pretranslate.protect import MarkupLost, Protected, Said
from workflow.pretranslate.restore import restore
from workflow.segments.parts import Kind

_PRIVATE: Final = 0xE000
_MOST: Final = 0xF900 - _PRIVATE
_ATOM: Final = re.compile(r"[\ue000-\uf8ff]")
_QUOTES: Final = re.compile(r"[„“”\"«»]")
_QUOTED: Final = re.compile(r"[„“\"«]([^„“”\"«»]+)[“”\"»]")

Requests = Generator[Sequence[Query], Sequence[Draft | Refusal], Draft]


@dataclass(frozen=True, slots=True)
class _Pair:
    opening: int
    closing: int
    words: Said
    """What stands in it, without the ends of pairs."""


def project(query: Query, protected: Protected, shape: masks.Shape, *, marked: bool) -> Requests:
    """Translate without pairs, and find them in the translation.

    Args:
        query: the segment.
        protected: the same, taken apart.
        shape: of the masks of atoms.
        marked: whether to ask as well for the sentence with its pairs marked, which says
            more about where they belong; it takes about twice as many requests.

    Raises:
        MarkupLost: a pair is not to be found.
    """
    pairs = _pairs(protected)
    if not pairs or len(protected.parts) > _MOST:
        raise MarkupLost("there is nothing to look for")
    reader = _Reader(protected, shape)
    asked = [_bare(protected, protected.said), *(pair.words for pair in pairs)]
    if marked:
        asked += [protected.said, *(_quoting(protected, pair) for pair in pairs)]
        asked += [_without(protected, pair) for pair in pairs]
    said = yield [replace(query, text=reader.write(one)) for one in asked]
    if isinstance(said[0], Refusal):
        raise MarkupLost(said[0].reason)
    whole = reader.private(said[0].text)
    text = alignment.tokens(whole)
    sought = _sought(protected, pairs, text, said[1:], reader)
    windows = _windows(protected, pairs, sought, text)
    answer = _set(whole, text, pairs, windows)
    return replace(said[0], text=restore(protected, answer))


class _Reader:
    """Between texts for an engine, and words with one private sign for each atom."""

    def __init__(self, protected: Protected, shape: masks.Shape):
        self._source = protected.plain
        self._shape = shape
        self._numbers = {at: number for number, at in enumerate(protected.numbers, start=1)}

    def write(self, said: Said) -> str:
        return masks.written(said, self._shape, self._numbers).strip()

    def read(self, answer: str) -> list[str | int]:
        return masks.read(answer, self._source, self._shape, self._numbers)

    def private(self, answer: str) -> str:
        """An answer with private signs.

        Raises:
            MarkupLost: a mask that nobody wrote.
        """
        return _private(self.read(_ATOM.sub("", answer)))


def _private(said: Said) -> str:
    return "".join(one if isinstance(one, str) else chr(_PRIVATE + one) for one in said)


def _pairs(protected: Protected) -> list[_Pair]:
    return [
        _Pair(at, part.partner, _bare(protected, protected.said, at + 1, part.partner))
        for at, part in enumerate(protected.parts[: protected.last])
        if at >= protected.first and part.kind is Kind.OPEN
    ]


def _bare(protected: Protected, said: Said, first: int = 0, end: int | None = None) -> Said:
    """A stretch of the body without the ends of pairs."""
    shift = protected.first
    stretch = said[max(0, first - shift) : None if end is None else end - shift]
    return [
        one for one in stretch if isinstance(one, str) or protected.parts[one].kind is Kind.ATOM
    ]


def _quoting(protected: Protected, pair: _Pair) -> Said:
    """The body with quotation marks in place of one pair: engines keep them."""
    quotes = {pair.opening: "“", pair.closing: "”"}
    marked = [quotes.get(one, one) if isinstance(one, int) else one for one in protected.said]
    return _bare(protected, marked)


def _without(protected: Protected, pair: _Pair) -> Said:
    """The body with a mask in place of one pair and its words."""
    before = _bare(protected, protected.said, 0, pair.opening)
    after = _bare(protected, protected.said, pair.closing + 1)
    return [*before, pair.opening, *after]


def _gap(
    pair: _Pair, answer: Draft | Refusal, text: Sequence[Token], reader: _Reader
) -> frozenset[int]:
    """The words that stand where a mask stood for the pair."""
    if isinstance(answer, Refusal):
        return frozenset()
    try:
        words = [one.text for one in alignment.tokens(reader.private(answer.text))]
    except MarkupLost:
        return frozenset()
    mask = chr(_PRIVATE + pair.opening)
    if words.count(mask) != 1:
        return frozenset()
    at = words.index(mask)
    return alignment.transferred(words, at, at + 1, text)


def _sought(
    protected: Protected,
    pairs: Sequence[_Pair],
    text: Sequence[Token],
    said: Sequence[Draft | Refusal],
    reader: _Reader,
) -> list[Sought]:
    """What is known of each pair: its words alone, and its place where it was marked."""
    count = len(pairs)
    alone, marked = said[:count], said[count:]
    length = max(1, len(protected.plain))
    result = []
    for index, pair in enumerate(pairs):
        evidence = [*_alone(alone[index], reader)]
        if marked:
            evidence += _masked(protected, marked[0], pair, text, reader)
            evidence += _quoted(protected, marked[1 + index], text, reader)
        before = _private(_bare(protected, protected.said, 0, pair.opening))
        words = _private(pair.words)
        result.append(
            Sought(
                tuple(evidence),
                frozenset(_ATOM.findall(words)),
                (len(before) + len(words) / 2) / length,
                max(1, len(words)) / length,
                _gap(pair, marked[1 + count + index], text, reader) if marked else frozenset(),
                _fills(protected, pair),
            )
        )
    return result


def _fills(protected: Protected, pair: _Pair) -> bool:
    """Whether nothing stands between a pair and the one around it."""
    parent = protected.parts[pair.opening].parent
    if parent < protected.first:
        return False
    outside = [
        *range(parent + 1, pair.opening),
        *range(pair.closing + 1, protected.parts[parent].partner),
    ]
    return not any(protected.parts[at].text.strip() for at in outside)


def _alone(answer: Draft | Refusal, reader: _Reader) -> Iterator[Evidence]:
    if isinstance(answer, Draft):
        try:
            # An engine ends what it takes for a sentence.
            yield Evidence(reader.private(answer.text).rstrip(".!?:;, "))
        except MarkupLost:
            return


def _masked(
    protected: Protected,
    answer: Draft | Refusal,
    pair: _Pair,
    text: Sequence[Token],
    reader: _Reader,
) -> Iterator[Evidence]:
    if isinstance(answer, Refusal):
        return
    try:
        said = reader.read(answer.text)
    except MarkupLost:
        return
    if said.count(pair.opening) != 1 or said.count(pair.closing) != 1:
        return
    first, end = said.index(pair.opening), said.index(pair.closing)
    parts = [
        _private(_atoms(protected, one)) for one in (said[:first], said[first:end], said[end:])
    ]
    yield from _between(parts, text)


def _atoms(protected: Protected, said: Said) -> Said:
    return [one for one in said if isinstance(one, str) or protected.parts[one].kind is Kind.ATOM]


def _quoted(
    protected: Protected, answer: Draft | Refusal, text: Sequence[Token], reader: _Reader
) -> Iterator[Evidence]:
    if isinstance(answer, Refusal) or _QUOTES.search(protected.plain):
        return
    try:
        words = reader.private(answer.text)
    except MarkupLost:
        return
    found = list(_QUOTED.finditer(words))
    if len(found) == 1:
        start, end = found[0].span()
        yield from _between([words[:start], found[0][1], words[end:]], text)


def _between(parts: Sequence[str], text: Sequence[Token]) -> Iterator[Evidence]:
    """Evidence from what stands before, in and behind a marked pair."""
    before, inside, after = ([one.text for one in alignment.tokens(part)] for part in parts)
    if inside:
        end = len(before) + len(inside)
        places = alignment.transferred([*before, *inside, *after], len(before), end, text)
        yield Evidence(parts[1], places)


def _windows(
    protected: Protected, pairs: Sequence[_Pair], sought: Sequence[Sought], text: Sequence[Token]
) -> list[Window]:
    """Where the pairs stand, from the outermost inwards.

    Raises:
        MarkupLost: one is not to be found.
    """
    found: dict[int, Window] = {}
    parents = dict.fromkeys(protected.parts[pair.opening].parent for pair in pairs)
    for parent in parents:
        within = found.get(parent, (0, len(text)))
        here = [
            at for at, pair in enumerate(pairs) if protected.parts[pair.opening].parent == parent
        ]
        windows = alignment.align(text, within, [sought[at] for at in here])
        if windows is None:
            raise MarkupLost("a pair is not to be found in the translation")
        found.update((pairs[at].opening, window) for at, window in zip(here, windows, strict=True))
    return [found[pair.opening] for pair in pairs]


def _set(
    whole: str, text: Sequence[Token], pairs: Sequence[_Pair], windows: Sequence[Window]
) -> Said:
    """The translation with the ends of pairs in their places, and atoms."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for pair, (first, end) in zip(pairs, windows, strict=True):
        opens.setdefault(text[first].start, []).append(pair.opening)
        closes.setdefault(text[end - 1].end, []).insert(0, pair.closing)
    said: list[str | int] = []
    for at, sign in enumerate([*whole, ""]):
        said += closes.get(at, [])
        said += opens.get(at, [])
        said.append(ord(sign) - _PRIVATE if _ATOM.match(sign) else sign)
    return _merged(said)


def _merged(said: Said) -> Said:
    result: list[str | int] = []
    for one in said:
        if isinstance(one, str) and result and isinstance(result[-1], str):
            result[-1] = str(result[-1]) + one
        elif one != "":
            result.append(one)
    return result
