"""The structure tree of a PDF, read with pikepdf, and what is painted on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

GROUPS = {"Document", "Art", "Sect", "Div", "BlockQuote", "L", "LI", "Table", "TR"}
SHOWN = {"Tj", "TJ", "'", '"', "Do"}


@dataclass
class Tag:
    """A structure element: its type after the role map, what it says of itself, what is in it."""

    kind: str
    lang: str = ""
    alt: str = ""
    name: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    kids: list[Tag] = field(default_factory=list)

    def all(self, kind: str = "") -> list[Tag]:
        """All below, in order; optionally those of a type."""
        return [tag for tag in self._below() if not kind or tag.kind == kind]

    @property
    def shape(self) -> Any:
        """The types alone: `(kind, (…))`."""
        return (self.kind, *(kid.shape for kid in self.kids)) if self.kids else self.kind

    def _below(self) -> Iterator[Tag]:
        for kid in self.kids:
            yield kid
            yield from kid._below()


def tree(file: pikepdf.Pdf) -> Tag:
    """The element at the root of the structure tree."""
    numbers = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    return _tag(file.Root.StructTreeRoot.K, numbers)


def read(path: Path) -> Tag:
    with pikepdf.open(path) as file:
        return tree(file)


def painted(file: pikepdf.Pdf) -> tuple[set[tuple[int, int]], list[str]]:
    """The marks (page, number) on all pages, and what is shown outside any mark or artifact."""
    marks, stray = set(), []
    for index, page in enumerate(file.pages):
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                stack.append(str(operands[0]))
                if name == "BDC" and "/MCID" in operands[1]:
                    marks.add((index, int(operands[1]["/MCID"])))
            elif name == "EMC":
                stack.pop()
            elif name in SHOWN and not stack:
                stray.append(f"page {index}: {name} {operands}")
            assert stack.count("/Artifact") <= 1
    return marks, stray


def faults(file: pikepdf.Pdf) -> list[str]:
    """What a structure tree must not be, whatever the document says."""
    root = tree(file)
    tags = (root, *root.all())
    hung = [mark for tag in tags for mark in tag.marks]
    marks, found = painted(file)
    found += [f"{mark} hangs in two places" for mark in set(hung) if hung.count(mark) > 1]
    found += [f"{mark} hangs nowhere" for mark in marks - set(hung)]
    found += [f"{mark} is not painted" for mark in set(hung) - marks]
    for tag in tags:
        if not (tag.marks or tag.kids or tag.links or tag.kind in ("TD", "TH")):
            found.append(f"an empty {tag.kind}")
        if tag.marks and tag.kind in GROUPS:
            found.append(f"content in a {tag.kind}")
    return found + list(_jumps([int(t.kind[1]) for t in tags if re.fullmatch("H[1-6]", t.kind)]))


def _jumps(levels: Sequence[int]) -> Iterator[str]:
    for above, level in zip((0, *levels), levels, strict=False):
        if level > above + 1:
            yield f"an H{level} behind an H{above}"


def _tag(element: Any, numbers: dict[Any, int], page: int | None = None) -> Tag:
    page = numbers[element.Pg.objgen] if "/Pg" in element else page
    tag = Tag(
        kind=str(element.S)[1:],
        lang=str(element.get("/Lang", "")),
        alt=str(element.get("/Alt", "")),
        name=str(element.get("/ID", "")),
        attributes={key[1:]: plain(value) for key, value in dict(element.get("/A", {})).items()},
    )
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Object):
            assert page is not None
            tag.marks.append((page, int(kid)))
        elif kid.get("/Type") == "/MCR":
            tag.marks.append((numbers[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            tag.links.append(kid.Obj)
        else:
            assert kid.P.objgen == element.objgen
            tag.kids.append(_tag(kid, numbers))
    return tag


def plain(value: Any) -> Any:
    """A PDF name without its slash, an array as numbers, anything else as it is."""
    if isinstance(value, pikepdf.Array):
        return [float(part) for part in value]
    return str(value)[1:] if isinstance(value, pikepdf.Name) else value
