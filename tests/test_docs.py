"""README and the pages for people: what they point to is there, and what they say to type works."""

import re
import shlex
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.conftest import ROOT
from workflow.arguments import parser

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = sorted((ROOT / "docs/pictures").iterdir())
MARKDOWN = MarkdownIt("commonmark").enable("table")
BARE = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
"""The chunks of a PNG that hold the picture and nothing else: no text, date, profile or Exif."""


class Page(HTMLParser):
    """What a page points to, and what can be pointed to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.images: list[tuple[str, str]] = []
        self.anchors: set[str] = set()
        self._heading: str | None = None
        self.feed(MARKDOWN.render(path.read_text(encoding="utf-8")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.targets.append(values["href"] or "")
        if tag == "img":
            self.images.append((values["src"] or "", values.get("alt") or ""))
        if re.fullmatch("h[1-6]", tag):
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading += data

    def handle_endtag(self, tag: str) -> None:
        if self._heading is not None and re.fullmatch("h[1-6]", tag):
            # As GitHub names headings.
            self.anchors.add(re.sub(r"[^\w\- ]", "", self._heading.lower()).replace(" ", "-"))
            self._heading = None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    page = Page(path)
    for target in page.targets:
        parts = urlsplit(target)
        if parts.scheme:
            assert parts.scheme == "https", target
            continue
        file = path.parent / unquote(parts.path) if parts.path else path
        assert file.exists(), target
        if parts.fragment:
            assert parts.fragment in Page(file).anchors, target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_picture_is_there_and_says_what_it_shows(path: Path) -> None:
    for source, alt in Page(path).images:
        assert (path.parent / source) in PICTURES, source
        assert len(alt) > 15, source


def test_every_picture_is_shown() -> None:
    shown = {path.parent / source for path in PAGES for source, _ in Page(path).images}
    assert shown == set(PICTURES)


def chunks(data: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8]
        at += 12 + length


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_holds_nothing_else(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert set(chunks(data)) == BARE
    width, _, depth, colours = struct.unpack(">IIBB", data[16:26])
    assert width <= 900
    assert depth <= 8
    assert colours == 3  # with a palette
    assert len(data) <= 60_000


COMMANDS = [
    pytest.param(line.removeprefix("$ auflage "), id=f"{path.stem}: {line[2:]}")
    for path in PAGES
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("$ auflage ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_page_says_to_type_is_understood(command: str) -> None:
    parser().parse_args(shlex.split(command))
