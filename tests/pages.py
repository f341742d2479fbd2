"""Reading what was built, with other people's eyes: an HTML5 parser and poppler."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

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
    """Words as they are counted and compared here."""
    return re.findall(r"[\w’'-]+(?:[/.:][\w-]+)*", content)


@dataclass(frozen=True)
class PrintedPage:
    """The structure tree of a PDF, as poppler tells it."""

    tags: dict[str, int]
    text: str


def printed(pdfinfo: str, path: Path) -> PrintedPage:
    """The tagged content of a PDF: what a screen reader reads; no running heads and feet."""
    told = subprocess.run(
        [pdfinfo, "-enc", "UTF-8", "-struct-text", str(path)],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    tags: dict[str, int] = {}
    content = ""
    label = None  # the depth of a list's marker, which is not in the page's text either
    for line in told.splitlines():
        bare, depth = line.strip(), len(line) - len(line.lstrip())
        if label is not None and depth > label:
            continue
        label = None
        if not bare.startswith('"'):
            name = bare.split()[0] if bare else ""
            tags[name] = tags.get(name, 0) + 1
            label = depth if name == "Lbl" else None
            content += " " if name in ("P", "H1", "H2", "LI", "TD", "TH") else ""
        else:
            content += bare.strip('"')
            # A line that ends in a hyphen goes on in the next one: nothing else is broken.
            content += "" if re.search(r"\w-\Z", content) else " "
    return PrintedPage(tags, content)
