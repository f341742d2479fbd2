"""The structure tree of a PDF, as values, and how it is written.

Names and rules are those of ISO 32000-1, 14.7 and 14.8, and of ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pydyf

# PDF 1.7 has no types for emphasis: readers that know PDF 2.0 see them, others a Span.
_ROLES: Final = {"Em": "Span", "Strong": "Span"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of painted content, by its number on its page (counted from 0)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation on a page."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(eq=False, slots=True)
class Node:
    """A structure element. `kind` is its type without the slash."""

    kind: str
    parent: Node | None = None
    language: str = ""
    alternative: str = ""
    """What is read out in the place of a figure."""
    expansion: str = ""
    """What an abbreviation stands for."""
    name: str = ""
    """An identifier; notes must have one."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    kids: list[Node | Mark | Link] = field(default_factory=list)
    implied: bool = False
    """True for one that no element of the page asked for."""

    def add(self, kind: str, at: int | None = None, **values: Any) -> Node:
        """A new child, as a rule the last."""
        child = Node(kind, self, **values)
        self.kids.insert(len(self.kids) if at is None else at, child)
        return child


def write(pdf: pydyf.PDF, root: Node) -> None:
    """Put a structure tree into a document that is not written yet.

    Args:
        pdf: the document; it has no structure tree so far.
        root: the node `Document`.
    """
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    writer = _Writer(pdf, pages)
    tree["K"] = writer.put(root, tree)
    tree["ParentTree"] = writer.parents()
    tree["RoleMap"] = pydyf.Dictionary({key: f"/{value}" for key, value in _ROLES.items()})
    if writer.names:
        tree["IDTree"] = writer.index()
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


class _Writer:
    """Writes nodes and remembers whose each mark is."""

    def __init__(self, pdf: pydyf.PDF, pages: list[pydyf.Dictionary]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.names: dict[str, bytes] = {}
        self._marks: list[dict[int, bytes]] = [{} for _ in pages]
        self._links: list[bytes] = []

    def put(self, node: Node, parent: pydyf.Dictionary) -> bytes:
        """Write a node and all below it.

        Returns:
            The reference to it.
        """
        element = pydyf.Dictionary({"S": f"/{node.kind}", "P": parent.reference})
        self.pdf.add_object(element)
        element |= self._entries(node)
        home = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            element["Pg"] = self.pages[home].reference
        kids = [self._kid(kid, element, home) for kid in node.kids if not _idle(kid)]
        if kids:
            element["K"] = pydyf.Array(kids)
        return bytes(element.reference)

    def parents(self) -> bytes:
        """Write the tree that leads from marks and annotations to their nodes."""
        numbers = pydyf.Array()
        for index, (page, marks) in enumerate(zip(self.pages, self._marks, strict=True)):
            page["StructParents"] = index
            page["Tabs"] = "/S"
            last = max(marks, default=-1)
            row = [marks.get(number, "null") for number in range(last + 1)]
            numbers += [index, pydyf.Array(row)]
        for index, reference in enumerate(self._links, start=len(self.pages)):
            numbers += [index, reference]
        return self._added(pydyf.Dictionary({"Nums": numbers}))

    def index(self) -> bytes:
        """Write the tree that leads from identifiers to nodes."""
        pairs = pydyf.Array()
        for name in sorted(self.names):
            pairs += [pydyf.String(name), self.names[name]]
        return self._added(pydyf.Dictionary({"Names": pairs}))

    def _added(self, thing: pydyf.Dictionary) -> bytes:
        self.pdf.add_object(thing)
        return bytes(thing.reference)

    def _entries(self, node: Node) -> Iterator[tuple[str, Any]]:
        texts = {"Lang": node.language, "Alt": node.alternative, "E": node.expansion}
        yield from ((key, pydyf.String(text)) for key, text in texts.items() if text)
        if node.attributes:
            yield "A", pydyf.Dictionary(node.attributes)
        if node.name:
            yield "ID", pydyf.String(node.name)

    def _kid(self, kid: Node | Mark | Link, element: pydyf.Dictionary, home: int | None) -> Any:
        if isinstance(kid, Node):
            reference = self.put(kid, element)
            if kid.name:
                self.names[kid.name] = reference
            return reference
        if isinstance(kid, Mark):
            self._marks[kid.page][kid.number] = element.reference
            if kid.page == home:
                return kid.number
            values = {"Type": "/MCR", "MCID": kid.number}
        else:
            kid.annotation["StructParent"] = len(self.pages) + len(self._links)
            self._links.append(element.reference)
            values = {"Type": "/OBJR", "Obj": kid.annotation.reference}
        return pydyf.Dictionary(values | {"Pg": self.pages[kid.page].reference})


def _idle(kid: Node | Mark | Link) -> bool:
    """Whether it holds nothing, as the body of an empty list item; a cell is one anyway."""
    return isinstance(kid, Node) and not kid.kids and kid.kind not in ("TH", "TD")
