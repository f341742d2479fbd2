"""A booklet: two pages on each side of a sheet, to be folded and stapled.

Print it on both sides, turned at the short edge; lay the sheets into one another, fold, staple.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

_PER_SHEET: Final = 4
# Points, the best first: 55 to 73 letters in a line.
_SIZES: Final = (9.3, 9, 9.7, 10.2, 10.8)
_LONG: Final = 16  # pages; among more of them some blanks do not matter
PREFERENCES: Final = {"Duplex": "/DuplexFlipShortEdge", "PrintScaling": "/None"}
"""What a viewer proposes in its print dialogue (ISO 32000-1, table 150)."""


def order(count: int) -> Iterator[tuple[int | None, int | None]]:
    """Which pages stand on each side of the sheets, outer side first: 8 and 1, 2 and 7.

    Args:
        count: of pages, at least one.

    Yields:
        The left and the right page, counted from 1; None for one that stays blank.
    """
    whole = -(-count // _PER_SHEET) * _PER_SHEET
    for side in range(whole // 2):
        low, high = side + 1, whole - side
        pair = (low, high) if side % 2 else (high, low)
        left, right = (number if number <= count else None for number in pair)
        yield left, right


def fitted(lay_out: Callable[[str], Any]) -> Any:
    """Lay an article out so that no more than one page of the booklet stays blank.

    Args:
        lay_out: gives a `weasyprint.Document` for an addition to the style sheet.

    Returns:
        The document with the first of the sizes that fits; else the one with the fewest blanks.
    """
    documents = []
    for size in _SIZES:
        document = lay_out(f"html {{ font-size: {size}pt; }}")
        documents.append(document)
        if _blank(document) <= 1 or len(document.pages) > _LONG:
            break
    return min(documents, key=_blank)


def _blank(document: Any) -> int:
    return -len(document.pages) % _PER_SHEET


class Side:
    """One side of a sheet; WeasyPrint paints it as it does a page of its own."""

    def __init__(self, left: Any | None, right: Any | None, like: Any) -> None:
        """Put two pages side by side.

        Args:
            left: a `weasyprint.document.Page`; None stays blank.
            right: another one.
            like: the page that gives the size.
        """
        self.width = 2 * like.width
        self.height = like.height
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        # On paper nothing can be clicked.
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {}
        self._placed = [(left, 0), (right, like.width)]

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint both pages."""
        for page, offset in self._placed:
            if page is not None:
                with stream.stacked():
                    stream.transform(e=offset * scale)
                    page.paint(stream, scale)


def impose(document: Any) -> Any:
    """The same document as a booklet: a `weasyprint.Document` of sides."""
    pages = [None, *document.pages]
    first = document.pages[0]
    sides = [
        Side(pages[left or 0], pages[right or 0], first) for left, right in order(len(pages) - 1)
    ]
    return document.copy(sides)
