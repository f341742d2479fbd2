"""Notes at the foot of the page: what stands at the end of an article on the web.

A page of paper has a foot, a web page has none: there notes stay at the end, with links to
and fro. The text of a note may hold several paragraphs, which no parser of HTML leaves inside
the paragraph that refers to it; so they are moved when the page is a tree already.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

# Of what is longer, WeasyPrint loses the part that the page cannot hold. In letters: two fifths
# of a page of A5, the smallest paper, set as notes are.
_LONGEST: Final = 1600
_LINE: Final = 80
_WHITE: Final = re.compile(r"[ \t\n]+")  # no-break spaces hold
_UNSEEN: Final = str.maketrans("", "", "\u00ad\u200c")
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS: Final = frozenset(
    ("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tr",
     "th", "td", "div", "hr", "figure", "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip


def place(root: Element) -> None:
    """Move every note behind the first reference to it; the list of notes goes.

    Where one of them is too long for the foot of a page, or stands there in two languages, all
    stay at the end.

    Args:
        root: the element `html` of a page as markdown-it's footnotes render it. It is changed.
    """
    page = _Page(root)
    notes = [item for item in root.iter("li") if "footnote-item" in item.get("class", "")]
    if not notes:
        return
    references = page.references()
    calls = [references.get(item.get("id", ""), []) for item in notes]
    for number, found in enumerate(calls, start=1):
        page.number(found, number)
    if max(map(_length, notes)) >= _LONGEST:
        return
    for number, (item, found) in enumerate(zip(notes, calls, strict=True), start=1):
        if found:
            page.insert(_note(item, number, str(found[0].get("id"))), page.behind(found[0]))
            page.remove(item)
    page.remove_lists()


class _Page:
    """A tree whose elements know what they stand in."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.above = {child: element for element in root.iter() for child in element}

    def references(self) -> dict[str, list[Element]]:
        """The links to each note, by its id, in the order of the page."""
        found: dict[str, list[Element]] = {}
        for mark in self.root.iter("sup"):
            if mark.get("class") == "footnote-ref" and len(mark) == 1:
                found.setdefault(mark[0].get("href", "").removeprefix("#"), []).append(mark[0])
        return found

    def behind(self, reference: Element) -> Element:
        """The element that a note follows: its call, or the note that calls it."""
        around = [self.above[reference], *self._around(self.above[reference])]
        outer = [element for element in around if element.get("role") == "doc-footnote"]
        return outer[-1] if outer else around[0]

    def number(self, references: Sequence[Element], number: int) -> None:
        """Give all references to a note its number."""
        for reference in references:
            reference.text = str(number)
            self.above[reference].set("role", "doc-noteref")
            self._name_headings(reference)

    def _name_headings(self, reference: Element) -> None:
        """Tell outline and running head what a heading says without the numbers of its notes."""
        for element in self._around(reference):
            if element.tag in _HEADINGS:
                element.set("data-label", label(element))

    def insert(self, note: Element, place: Element) -> None:
        """Put a note behind an element, and behind the notes that follow it already."""
        around = self.above[place]
        index = list(around).index(place) + 1
        while index < len(around) and around[index].get("role") == "doc-footnote":
            place = around[index]
            index += 1
        note.tail, place.tail = place.tail, None
        around.insert(index, note)
        self.above[note] = around
        self.above |= {child: element for element in note.iter() for child in element}

    def remove(self, element: Element) -> None:
        """Take an element away; what follows it is white space."""
        self.above[element].remove(element)

    def remove_lists(self) -> None:
        """Take the emptied list of notes away, and the rule above it."""
        for element in list(self.root.iter("section")):
            if element.get("class") == "footnotes" and not any(True for _ in element.iter("li")):
                self.remove(element)
        for element in list(self.root.iter("hr")):
            if element.get("class") == "footnotes-sep":
                self.remove(element)

    def _around(self, element: Element) -> Iterator[Element]:
        while element in self.above:
            element = self.above[element]
            yield element


def _length(note: Element) -> int:
    """How much room a note takes, in letters; every block begins a line.

    An image takes many, and so do two languages side by side.
    """
    text = "".join(note.itertext())
    blocks = sum(element.tag in _BLOCKS or element.tag == "br" for element in note.iter())
    code = sum("".join(element.itertext()).count("\n") for element in note.iter("pre"))
    images = sum(1 for _ in note.iter("img"))
    pairs = sum(element.get("class") == "pair" for element in note.iter())
    return len(text) + _LINE * (blocks + code) + _LONGEST * (images + pairs)


def label(heading: Element) -> str:
    """A heading as outlines and running heads say it: no numbers of notes, no soft hyphens."""
    said = "".join(_spoken(heading)).translate(_UNSEEN)
    return _WHITE.sub(" ", said).strip()


def _spoken(element: Element) -> Iterator[str]:
    """The text of a heading, without notes, their numbers and what only screen readers get."""
    yield element.text or ""
    for child in element:
        if child.get("class") not in ("footnote-ref", "footnote", "unseen"):
            yield from _spoken(child)
        yield child.tail or ""


def _note(item: Element, number: int, back: str) -> Element:
    """The note: its number, which leads back, and what it says."""
    for holder in (item, *item):
        _drop_arrows(holder)
    note = Element("aside", {"class": "footnote", "role": "doc-footnote", "id": item.get("id", "")})
    note.extend(item)
    first = note[0] if len(note) else None
    if first is None or first.tag != "p":
        first = Element("p")
        note.insert(0, first)
    mark = Element("span", {"class": "footnote-mark", "role": "doc-backlink"})
    SubElement(mark, "a", {"href": f"#{back}"}).text = str(number)
    mark.tail, first.text = first.text, None
    first.insert(0, mark)
    _drop_gaps(note)
    return note


def _drop_gaps(note: Element) -> None:
    """White space between blocks, which would be set as an empty line at the foot of a page."""
    for holder in note.iter():
        if len(holder) and holder[0].tag in _BLOCKS and not (holder.text or "").strip():
            holder.text = None
        for element in holder:
            if element.tag in _BLOCKS and not (element.tail or "").strip():
                element.tail = None


def _drop_arrows(holder: Element) -> None:
    """The number leads back: the arrows at the end are for the web."""
    arrows = [element for element in holder if element.get("class") == "footnote-backref"]
    for element in arrows:
        holder.remove(element)
    if arrows and len(holder):
        holder[-1].tail = (holder[-1].tail or "").rstrip()
    elif arrows:
        holder.text = (holder.text or "").rstrip()
