"""Tags: what is a heading, a list, a note in a PDF, and in which language it is.

WeasyPrint's own tags follow the boxes of the layout: a paragraph that a page break cuts is
two, a list in a list hangs beside its item, no part has a language. These follow the
elements of the page, as ISO 14289-1 (PDF/UA-1) asks. WeasyPrint marks what it paints; each
mark is hung where the element of its box belongs, and what belongs nowhere is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final
from xml.etree.ElementTree import Element

import pydyf

from workflow.printing import roles
from workflow.printing.structure import Link, Mark, Node, write

_PARTS_OF_TABLES: Final = ("caption", "thead", "tbody", "tfoot", "tr", "th", "td")
_INLINE: Final = frozenset(
    ("Link", "Em", "Strong", "Code", "Quote", "Figure", "Span", "Reference", "Lbl")
)
# These hold no content themselves, but blocks.
_GROUPS: Final = frozenset(("Document", "Art", "Sect", "Div", "BlockQuote"))
_WHITE: Final = " \t\n\u200b"  # the last one holds the line of an empty list item open
_POINTS: Final = 0.75  # of a CSS pixel


class Painted:
    """What the pages of a document look like once they are painted.

    In a booklet, two of them share a stream, and in another order than that of reading.
    """

    def __init__(self, pages: Sequence[Any]) -> None:
        """Have pages mark what they paint.

        Args:
            pages: of a `weasyprint.Document` that is not painted yet, in the order of reading.
        """
        self.pages = pages
        self.streams: list[Any] = []
        self._places: dict[Any, tuple[int, float]] = {}
        for page in self.pages:
            page.paint = partial(self._paint, page)

    def place(self, page: Any) -> tuple[int, float]:
        """The number of the stream that a page is on, and how far right it is, in CSS pixels."""
        return self._places[page]

    def _paint(self, page: Any, stream: Any, scale: float = 1) -> None:
        if stream not in self.streams:
            # With such a dictionary it marks what is painted on it, and keeps there what is what.
            stream._tags = {}
            self.streams.append(stream)
        self._places[page] = self.streams.index(stream), stream.ctm.values[4] / scale
        type(page).paint(page, stream, scale)


def tag(document: Any, pdf: pydyf.PDF, root: Element, painted: Painted) -> None:
    """Give a document its structure, before it is written.

    Args:
        document: the `weasyprint.Document`.
        pdf: its objects.
        root: the element `html` that it was made from.
        painted: its pages.
    """
    tree = _Tree(root, painted)
    for page in painted.pages:
        tree.hang(page)
    for number, stream in enumerate(painted.streams):
        _set_aside(stream, tree.furniture[number])
    write(pdf, tree.document)
    document.metadata.include_in_pdf(pdf, "ua", 1, conformance=None, compress=True)


class _Tree:
    """The structure tree as it grows: nodes come with their first content, so none is empty."""

    def __init__(self, root: Element, painted: Painted) -> None:
        self.document = Node("Document")
        self.furniture: list[dict[int, str]] = [{} for _ in painted.streams]
        self._painted = painted
        self._above = {child: element for element in root.iter() for child in element}
        self._nodes = {root: self.document}
        self._languages = {root: root.get("lang", "")}
        self._heads: dict[Element, Any] = {}
        self._level = 0

    def hang(self, page: Any) -> None:
        """Put the marks of a page where they belong; what belongs nowhere is furniture."""
        number, _ = self._painted.place(page)
        marks = self._painted.streams[number]._tags
        for box, where in _boxes(page._page_box, ""):
            mark = marks.get(box)
            if where or (mark and not self._holds(box, page)):
                if mark:
                    self.furniture[number][mark["mcid"]] = where
                continue
            if box.link_annotation:
                self._link(box, number)
            if mark:
                self._owner(box, page).kids.append(Mark(number, mark["mcid"]))

    def _holds(self, box: Any, page: Any) -> bool:
        """Whether what is painted is content: no white space, no ornament, nothing repeated."""
        element = box.element
        if element is None or not getattr(box, "text", "x").strip(_WHITE):
            return False
        if roles.kind(element) == "Figure":
            return bool(roles.alternative(element))
        while element is not None and element.tag != "thead":
            element = self._above.get(element)
        # The head of a table comes again on each of its pages.
        return element is None or self._heads.setdefault(element, page) is page

    def _owner(self, box: Any, page: Any) -> Node:
        if box.element_tag.endswith("::marker"):
            return self._marker(self._node(box.element))
        owner = _paragraph(self._node(box.element))
        if owner.kind == "Figure":
            owner.attributes = {"O": "/Layout", "BBox": self._frame(box, page)}
        return owner

    def _frame(self, box: Any, page: Any) -> pydyf.Array:
        """Where a figure stands on its page, in points from the lower left corner."""
        _, left = self._painted.place(page)
        left += box.content_box_x()
        top = page.height - box.content_box_y()
        sides = (left, top - box.height, left + box.width, top)
        return pydyf.Array([round(side * _POINTS, 2) for side in sides])

    def _marker(self, body: Node) -> Node:
        item = body.parent
        assert item is not None  # noqa: S101  (an LBody stands in its LI)
        first = item.kids[0]
        if isinstance(first, Node) and first.kind == "Lbl":
            return first
        return item.add("Lbl", at=0)

    def _link(self, box: Any, page: int) -> None:
        node = self._node(box.element)
        node.kind = "Link"  # no sooner: one that leads nowhere has no annotation
        box.link_annotation["Contents"] = pydyf.String(roles.words(box.element))
        node.kids.append(Link(page, box.link_annotation))

    def _node(self, element: Element) -> Node:
        """The node of an element; the nearest one around it if it has none of its own."""
        known = self._nodes.get(element)
        if known is None:
            known = self._nodes[element] = self._make(element)
        return known

    def _make(self, element: Element) -> Node:
        around = self._above[element]
        kind = roles.kind(element)
        if kind == "Lbl":  # the number of a note; on the page it stands in the first paragraph
            return self._node(self._above[around]).add("Lbl", at=0)
        above = self._node(around)
        if element in self._nodes:  # it came with the table around it
            return self._nodes[element]
        language = self._language(element)
        foreign = language if language != self._language(around) else ""
        values: dict[str, Any] = {"language": foreign, "expansion": roles.expansion(element)}
        if kind is None and not any(values.values()):
            return above
        if kind is None:
            kind = "Span" if element.tag in roles.PHRASES else "Div"
        if kind == "LI":
            return _item(element, above, values)
        if kind == "Note":
            return _note(element, above, values)
        if kind in _INLINE:
            above = _paragraph(above)
        node = above.add(self._stepped(kind), **values, **roles.details(element, kind))
        if kind == "Table":
            self._fill(element, node)
        return node

    def _fill(self, table: Element, node: Node) -> None:
        """All rows and cells at once: one without text is a cell nevertheless."""
        self._nodes[table] = node
        for part in table.iter():
            if part.tag in _PARTS_OF_TABLES:
                self._node(part)

    def _stepped(self, kind: str) -> str:
        """Headings go down one level at a time (ISO 14289-1, 7.4.2)."""
        if kind not in ("H1", "H2", "H3", "H4", "H5", "H6"):
            return kind
        self._level = min(int(kind[1]), self._level + 1)
        return f"H{self._level}"

    def _language(self, element: Element) -> str:
        known = self._languages.get(element)
        if known is None:
            known = element.get("lang") or self._language(self._above[element])
            self._languages[element] = known
        return known


def _boxes(box: Any, where: str) -> Iterator[tuple[Any, str]]:
    """All boxes in reading order, and for those of running heads and feet which they are."""
    box = getattr(box, "_box", box)  # the place-holder of an absolute one
    keyword = getattr(box, "at_keyword", None)
    if keyword:
        where = "Header" if keyword.startswith("@top") else "Footer"
    yield box, where
    for child in getattr(box, "children", ()):
        yield from _boxes(child, where)


def _set_aside(content: pydyf.Stream, furniture: dict[int, str]) -> None:
    """Turn marks into artifacts: running heads and feet, and what is no content."""
    if not furniture:
        return
    items = content.stream
    for index, item in enumerate(items):
        if type(item) is pydyf.Dictionary and item.get("MCID") in furniture:
            where = furniture[item["MCID"]]
            items[index - 1] = "/Artifact"
            values = {"Type": "/Pagination", "Subtype": f"/{where}"} if where else {}
            items[index] = pydyf.Dictionary(values)


def _paragraph(node: Node) -> Node:
    """Where content may stand: in a group only in a paragraph of its own."""
    if node.kind not in _GROUPS:
        return node
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node) and last.implied:
        return last
    return node.add("P", implied=True)


def _item(element: Element, above: Node, values: dict[str, Any]) -> Node:
    """A list item's body, or the term of a definition; a definition joins its term."""
    items = [kid for kid in above.kids if isinstance(kid, Node) and kid.kind == "LI"]
    if element.tag == "dd" and items:
        return items[-1].add("LBody", **values)
    return above.add("LI").add("Lbl" if element.tag == "dt" else "LBody", **values)


def _note(element: Element, above: Node, values: dict[str, Any]) -> Node:
    """A note, behind the block that refers to it and behind its other notes."""
    inner, outer = above, above.parent
    while outer is not None and inner.kind not in _GROUPS | {"LBody", "TD", "TH", "Caption"}:
        if outer.kind in _GROUPS | {"LBody", "TD", "TH", "Caption"}:
            place = outer.kids.index(inner) + 1
            while place < len(outer.kids) and getattr(outer.kids[place], "kind", "") == "Note":
                place += 1
            return outer.add("Note", at=place, name=element.get("id", ""), **values)
        inner, outer = outer, outer.parent
    return inner.add("Note", name=element.get("id", ""), **values)
