"""Article and catalog to Edition: what is printed for each segment."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from workflow.catalogs import marks, own
from workflow.model import (
    COVERED,
    Article,
    Block,
    Catalog,
    Coverage,
    Edition,
    Entry,
    Piece,
    Segment,
    State,
)
from workflow.segments.inline import mask

_WORD: Final = re.compile(r"[^\W_](?:[\w’'*:·-]++|[.,](?=\d))*+")
Index = Mapping[tuple[str | None, str], Entry]


def translate(
    article: Article, catalog: Catalog | None, locale: str, *, stale: str = "mark"
) -> Edition:
    """Make an edition of an article.

    A draft shows whatever text there is; a segment without one falls back to the source.

    Args:
        article: with its segments.
        catalog: the locale's catalog; None if there is none yet.
        locale: the edition's locale. The article's own needs no catalog.
        stale: `source` to treat stale entries as if they were missing.
    """
    original = locale == article.metadata.locale
    index = catalog.index() if catalog else {}
    if stale == "source":
        index = {key: e for key, e in index.items() if marks.state(e) is not State.STALE}
    source = article.metadata.locale
    if original:
        pieces = tuple(
            tuple(
                Piece(part, part.msgid, State.TRANSLATED, locale)
                for part in (*block.segments, *block.asides)
            )
            for block in article.blocks
        )
    else:
        pieces = tuple(_pieces(block, index, locale, source) for block in article.blocks)
    coverage = count({piece.segment: piece.state for row in pieces for piece in row})
    theirs = None if original else catalog
    return Edition(
        article,
        locale,
        pieces,
        coverage,
        original,
        credit=own.said(theirs, own.CREDIT),
        note=own.said(theirs, own.NOTE),
    )


def count(states: Mapping[Segment, State]) -> Coverage:
    """Words and segments per state; a segment that occurs twice counts once."""
    unique = {(segment.msgctxt, segment.msgid): state for segment, state in states.items()}
    segments = Counter(unique.values())
    tally: Counter[State] = Counter()
    for (_, msgid), state in unique.items():
        tally[state] += words(msgid)
    return Coverage(words=dict(tally), segments=dict(segments))


def words(msgid: str) -> int:
    """The number of words of a segment, markup left out."""
    return len(_WORD.findall(mask(msgid)))


def _pieces(block: Block, index: Index, locale: str, source: str) -> tuple[Piece, ...]:
    entries = [index.get((part.msgctxt, part.msgid)) for part in block.segments]
    has_text = any(entry and entry.msgstr and entry.msgstr != COVERED for entry in entries)
    pieces = [
        _piece(part, entry, locale, source, has_text)
        for part, entry in zip(block.segments, entries, strict=True)
    ]
    # Nothing stands beside an aside that could cover it.
    pieces += [
        _piece(part, index.get((part.msgctxt, part.msgid)), locale, source, False)
        for part in block.asides
    ]
    return tuple(pieces)


def _piece(
    segment: Segment, entry: Entry | None, locale: str, source: str, has_text: bool
) -> Piece:
    covered = entry is not None and entry.msgstr == COVERED
    if entry is None or not entry.msgstr or (covered and not has_text):
        return Piece(segment, segment.msgid, State.MISSING, source)
    return Piece(segment, entry.msgstr, marks.state(entry), locale, covered)
