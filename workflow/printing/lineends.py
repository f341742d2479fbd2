"""Words broken over two lines stay whole for whoever copies a PDF, searches it or hears it.

What a reader's program makes of a hyphen at a line end is its own guess: some join the halves,
some keep the hyphen, and all who join lose the hyphen of a compound too. So the PDF says it
(`ActualText`, ISO 32000-1, 14.9.4): the first half stands for the whole word, the second one
for a space. Each is a marked content of its own, side by side with the text around it, because
poppler loses what follows a nested one; and a space, because PDFium (Chrome) shows what stands
for nothing. Poppler, PDFium and MuPDF read whole words then. Programs that ignore `ActualText`
(pdf.js, that is Firefox, and `pdfinfo -struct-text`) get a plain hyphen-minus, the one sign that
their searches join at; U+00AD, which the standard names, they drop, and the halves stay apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

_RUN: Final = re.compile(r"[^\s\u00ad\u2010\u2011-]*[\u00ad\u2010\u2011-]\S*")
_NO_HYPHENS: Final = str.maketrans("", "", "\u00ad\u200c\u2010\u2011-")
_HYPHENS: Final = ("-", "\u2010", "\u2011")
_SPACE: Final = "\u00a0"
_NO_SOFT: Final = str.maketrans("", "", "\u00ad\u200c")
_END: Final = 80  # bytes: a few glyphs
_GLYPH: Final = re.compile(rb"([0-9a-f]{4})(?=[0-9a-f]*>)")


@dataclass(frozen=True)
class _Box:
    """Text on one line, in one style: a marked content as WeasyPrint writes it."""

    page: int
    start: int
    """Where in the page's content it begins."""
    items: Sequence[Any]
    """Its tag, its properties, `BDC`, what it holds, `EMC`."""
    fonts: Mapping[bytes, Mapping[bytes, str]]
    said: dict[int, tuple[int, str]] = field(default_factory=dict)
    """What is said otherwise than it is shown: first glyph, the one behind the last, the text."""

    @cached_property
    def glyphs(self) -> list[tuple[str, int, int]]:
        """What each glyph means, and where it stands: which item, and where in it."""
        font: Mapping[bytes, str] = {}
        found: list[tuple[str, int, int]] = []
        for index, item in enumerate(self.items):
            if isinstance(item, bytes) and item.endswith(b" Tf"):
                font = self.fonts.get(item[1:].split(b" ")[0], {})
            elif isinstance(item, bytes) and item.endswith(b"] TJ"):
                glyphs = _GLYPH.finditer(item)
                found += [(font.get(glyph[0], " "), index, glyph.start()) for glyph in glyphs]
        return found

    @property
    def is_broken(self) -> bool:
        """Whether it may end in a hyphen: looks at its end alone, because most boxes do not."""
        last = _GLYPH.findall(self.shown(b" TJ")[-1][-_END:])[-1:]
        return any(font.get(glyph) in _HYPHENS for glyph in last for font in self.fonts.values())

    def is_beside(self, other: "_Box") -> bool:
        """Whether another box stands on the same line, further on."""
        (x, y), (its_x, its_y) = self._origin, other._origin
        return self.page == other.page and x < its_x and abs(y - its_y) < self._size / 2

    @property
    def _origin(self) -> tuple[float, float]:
        matrix = self.shown(b" Tm")[0].split()
        return float(matrix[4]), float(matrix[5])

    @property
    def _size(self) -> float:
        return float(self.shown(b" Tf")[0].split()[1])

    def shown(self, operator: bytes) -> list[bytes]:
        return [item for item in self.items if isinstance(item, bytes) and item.endswith(operator)]

    def text(self, start: int, end: int | None = None) -> str:
        """What some of its glyphs mean."""
        return "".join([text for text, _, _ in self.glyphs[start:end]])

    @cached_property
    def first(self) -> int:
        """How many glyphs its first word has."""
        spaces = (at for at, glyph in enumerate(self.glyphs) if glyph[0].isspace())
        return next(spaces, len(self.glyphs))

    @cached_property
    def last(self) -> int:
        """How many glyphs stand before its last word."""
        ends = range(len(self.glyphs), 0, -1)
        spaces = (at for at in ends if self.glyphs[at - 1][0].isspace())
        return next(spaces, 0)


def words(page: Element) -> dict[str, str]:
    """The words of a page that may be broken, by what they are without any hyphens."""
    runs = (run for text in page.itertext() for run in _RUN.findall(text))
    known = {_bare(run): run.translate(_NO_SOFT) for run in runs}
    known.pop("", None)
    return known


def unbound(page: str) -> str:
    """An HTML page whose soft hyphens stand in no ligature.

    WeasyPrint loses the text of a ligature that holds one: “Angriffe” would read “Angrie”. All
    ligatures of our fonts begin with f.
    """
    return page.replace("f\u00ad", "f\u200c\u00ad")


def mend(document: Any, file: Any, known: Mapping[str, str]) -> None:
    """Make words that are broken at line ends whole again for readers of the text.

    Args:
        document: the document as WeasyPrint has laid it out.
        file: its PDF as pydyf has it before it is written; it is changed.
        known: the words of the page, see `words`; nothing else is ever joined.
    """
    fonts = {font.hash.encode(): _meanings(font) for font in document.fonts.values()}
    pages = (_object(file, reference) for reference in file.page_references)
    contents = [_object(file, page["Contents"]).stream for page in pages]
    boxes = [box for number, items in enumerate(contents) for box in _boxes(number, items, fonts)]
    listed = "\n".join(("", *known))
    for at, box in enumerate(boxes):
        if box.is_broken and f"\n{_bare(box.text(box.last))}" in listed:
            ahead = [each for each in boxes[at + 1 :] if each.page <= box.page + 1]
            _say(box, ahead, known)
    tree = _object(file, file.catalog["StructTreeRoot"])
    owners = _object(file, tree["ParentTree"])["Nums"]
    for box in reversed(boxes):
        if box.said:
            kept = slice(box.start, box.start + len(box.items))
            contents[box.page][kept] = _rewritten(file, box, owners[2 * box.page + 1])


def _meanings(font: Any) -> dict[bytes, str]:
    """The text of each glyph of a font, by the glyph as it is written."""
    return {b"%04x" % glyph: text for glyph, text in font.to_unicode.items()}


def _boxes(
    page: int, content: Sequence[Any], fonts: Mapping[bytes, Mapping[bytes, str]]
) -> Iterator[_Box]:
    begin = None
    for index, item in enumerate(content):
        if item == b"BDC" and "MCID" in content[index - 1]:  # no running head
            begin = index - 2
        elif item == b"EMC" and begin is not None:
            box = _Box(page, begin, content[begin : index + 1], fonts)
            begin = None
            if box.shown(b" TJ"):  # no image, and more than white space
                yield box


def _say(box: _Box, ahead: Sequence[_Box], known: Mapping[str, str]) -> None:
    """Say the word that is broken at the end of a box; the rest of it is said to be a space."""
    start = box.text(box.last)
    if ahead and box.is_beside(ahead[0]):
        return
    alone = known.get(_bare(start), "")
    if not alone.endswith(_HYPHENS):
        alone = ""
    # “Gas-” may stand alone, and “--” begins many a word: what is not behind them is not meant.
    word, rest = _rest(start, ahead[:1] if alone or not _bare(start) else ahead, known)
    for other in rest:
        # The space behind the rest goes with it, or there would be two.
        other.said[0] = (min(other.first + 1, len(other.glyphs)), " ")
    word = word or alone
    if word:
        # Poppler and PDFium join “Gas-” with the “und” on the next line, unless a space follows.
        box.said[box.last] = (len(box.glyphs), word + _SPACE * word.endswith(_HYPHENS))


def _rest(
    start: str, ahead: Sequence[_Box], known: Mapping[str, str]
) -> tuple[str, tuple[_Box, ...]]:
    """Find the rest of a word, on one or more of the lines ahead.

    The next one need not be it: notes, floats and the heads of pages may come between.
    """
    for at, other in enumerate(ahead):
        text = start + other.text(0, other.first)
        word = known.get(_bare(text)) if other.first else None
        if word and (_bare(start) or word == text):
            return word, (other,)
        # A table of narrow columns has many such lines: most of them begin no word together.
        whole = other.is_broken and other.first == len(other.glyphs)
        if whole and any(each.startswith(_bare(text)) for each in known):
            word, rest = _rest(text, ahead[at + 1 :], known)
            if word:
                return word, (other, *rest)
    return "", ()


def _rewritten(file: Any, box: _Box, owners: list[Any]) -> list[Any]:
    """The items of a box, with a marked content of its own for what is said otherwise.

    Args:
        file: the PDF.
        box: the box.
        owners: the structure element of each marked content of the page; it gets the new ones.
    """
    begin, end = box.items.index(b"BT"), len(box.items) - 1 - box.items[::-1].index(b"ET")
    number = box.items[1]["MCID"]
    kids = _object(file, owners[number])["K"]
    at = _place(kids, number, file.page_references[box.page], _object(file, owners[number]))
    text: list[Any] = []
    for extra, (first, piece) in enumerate(_pieces(box, begin + 1, end)):
        if extra:
            owners.append(owners[number])
            kid, new = kids[at], len(owners) - 1
            kids.insert(at + extra, new if kid == number else type(kid)(kid | {"MCID": new}))
        own = len(owners) - 1 if extra else number
        text += [_begin(own, box.said.get(first)), *piece, b"EMC"]
    # Text can only be marked inside of BT … ET. What stands around it, a line below a link,
    # is no text.
    before, behind = box.items[3:begin], box.items[end + 1 : -1]
    around = [[b"/Artifact BMC", *items, b"EMC"] if items else [] for items in (before, behind)]
    return [*around[0], b"BT", *text, b"ET", *around[1]]


def _place(kids: Sequence[Any], number: int, page: bytes, element: Mapping[str, Any]) -> int:
    """Where a marked content hangs; one that is not on its element's page says on which it is."""
    return next(
        at
        for at, kid in enumerate(kids)
        if (kid == number and element["Pg"] == page)
        or (isinstance(kid, dict) and kid.get("MCID") == number and kid["Pg"] == page)
    )


def _pieces(box: _Box, begin: int, end: int) -> Iterator[tuple[int, list[Any]]]:
    """The text of a box cut where something begins or ends to be said otherwise.

    Yields:
        The number of the first glyph, and the items.
    """
    cuts = sorted({0, *box.said, *(stop for stop, _ in box.said.values())} - {len(box.glyphs)})
    places = [(begin, 0), *(box.glyphs[cut][1:] for cut in cuts[1:]), (end, 0)]
    for cut, ((first, start), (last, stop)) in zip(cuts, pairwise(places), strict=True):
        piece = list(box.items[first : last + 1])
        piece[-1] = piece[-1][:stop] + b">] TJ" if stop else b""
        piece[0] = b"[<" + piece[0][start:] if start else piece[0]
        yield cut, [item for item in piece if item]


def _begin(number: int, said: tuple[int, str] | None) -> bytes:
    actual = b"/ActualText <feff%s>" % said[1].encode("utf-16-be").hex().encode() if said else b""
    return b"/Span <</MCID %d%s>> BDC" % (number, actual)


def _object(file: Any, reference: bytes) -> Any:
    return file.objects[int(reference.split()[0])]


def _bare(text: str) -> str:
    return text.translate(_NO_HYPHENS)
