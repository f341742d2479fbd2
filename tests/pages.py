"""Reading what was built, with other people's eyes: an HTML5 parser and poppler."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
import tinyhtml5

HTML = "{http://www.w3.org/1999/xhtml}"
HIDDEN = {f"{HTML}{name}" for name in ("style", "script", "head", "title")}


def parse(path: Path) -> Element:
    """Parse a page as a browser does."""
    return tinyhtml5.parse(path.read_text(encoding="utf-8"), transport_encoding="utf-8")


def all_of(root: Element, name: str) -> list[Element]:
    return list(root.iter(HTML + name))


def one(root: Element, name: str) -> Element:
    (found,) = all_of(root, name)
    return found


def text(element: Element, *, without_lang: str | None = None) -> str:
    """The text, blocks apart; optionally without parts in another language."""
    if element.tag in HIDDEN or (without_lang and element.get("lang") == without_lang):
        return " "
    parts = [element.text or ""]
    for child in element:
        parts += [text(child, without_lang=without_lang), child.tail or ""]
    block = str(element.tag).removeprefix(HTML) in {
        "p", "li", "h1", "h2", "h3", "td", "th", "div", "dt", "dd", "blockquote",
    }  # fmt: skip
    return "".join(parts) + (" " if block else "")


def words(content: str) -> list[str]:
    """Words as they are counted and compared here: soft hyphens are no part of them."""
    return re.findall(r"[\w’'-]+(?:[/.:][\w-]+)*", content.replace("\u00ad", ""))


# What stands before an item or a note; the term of a definition is a label too, but text.
MARKER = re.compile(r"[\d.•◦▪\s]*")


@dataclass(frozen=True)
class PrintedPage:
    """The structure tree of a PDF."""

    tags: dict[str, int]
    text: str


def printed(pdfinfo: str, path: Path) -> PrintedPage:
    """The tagged content of a PDF: what a screen reader reads; no running heads and feet.

    The tags are as poppler tells them. The text is read here as ISO 32000-1 has it (14.8, 14.9.4),
    because poppler's structure text knows no `ActualText`, with which broken words are said.
    """
    told = subprocess.run(
        [pdfinfo, "-enc", "UTF-8", "-struct", str(path)],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    tags = Counter(line.split()[0] for line in told.splitlines() if line.strip())
    with pikepdf.open(path) as document:
        said = {sheet.objgen: dict(marked(sheet)) for sheet in document.pages}
        text = "".join(structured(document.Root.StructTreeRoot, said))
    return PrintedPage(tags, text)


def structured(element: Any, said: dict[tuple[int, int], dict[int, str]]) -> Iterator[str]:
    """The text of a structure element; lines and blocks apart, without the markers of lists."""
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield said[element.Pg.objgen][kid] + " "
        elif kid.get("/Type") == "/MCR":  # on another page
            yield said[kid.Pg.objgen][kid.MCID] + " "
        elif kid.get("/S") == "/Lbl":
            label = "".join(structured(kid, said))
            yield "" if MARKER.fullmatch(label) else label
        elif kid.get("/S") not in (None, "/Reference"):
            yield from structured(kid, said)
    yield " "


def marked(sheet: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Each marked content of a page: its number, and what it says."""
    number, said, text = None, None, ""
    for operands, operator, shown in contents(sheet):
        if operator == "BDC" and "/MCID" in operands[1]:
            number, text = int(operands[1].MCID), ""
            said = operands[1].get("/ActualText")
        elif operator == "EMC" and number is not None:
            yield number, text if said is None else str(said)
            number = None
        text += shown


def lines(path: Path) -> list[str]:
    """The lines of a PDF as a reader sees them, with hyphens at their ends."""
    found: dict[tuple[int, float], str] = {}
    with pikepdf.open(path) as document:
        for number, sheet in enumerate(document.pages):
            height = 0.0
            for operands, operator, shown in contents(sheet):
                height = float(operands[5]) if operator == "Tm" else height
                found[number, height] = found.get((number, height), "") + shown
    return [line.strip() for line in found.values() if line.strip()]


def contents(sheet: pikepdf.Page) -> Iterator[tuple[Any, str, str]]:
    """The operands and operators of a page, and the text that each shows."""
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        text = ""
        if str(operator) == "Tf":
            letters = meanings(sheet.Resources.Font[operands[0]].ToUnicode.read_bytes())
        elif str(operator) == "TJ":
            parts = (bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
            glyphs = (part[at : at + 2] for part in parts for at in range(0, len(part), 2))
            text = "".join(letters[glyph] for glyph in glyphs)
        yield operands, str(operator), text


@lru_cache
def meanings(table: bytes) -> dict[bytes, str]:
    """What the glyphs of a font mean, by its `ToUnicode`."""
    pairs = re.findall(rb"<([0-9a-f]+)> <([0-9a-f]*)>", table)
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in pairs
    }
