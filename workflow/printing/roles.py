"""What the elements of a page are in the words of PDF: types, attributes, spoken texts.

The types are those of ISO 32000-1, 14.8.4; the attributes those of 14.8.5.
"""

from typing import Any, Final
from xml.etree.ElementTree import Element

_KINDS: Final = {
    "article": "Art", "section": "Sect", "blockquote": "BlockQuote", "figure": "Div",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "p": "P", "pre": "P", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "LI", "dd": "LI",
    "table": "Table", "caption": "Caption", "figcaption": "Caption", "thead": "THead",
    "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "a": "Span", "em": "Em", "i": "Em", "strong": "Strong", "b": "Strong", "code": "Code",
    "q": "Quote", "img": "Figure", "svg": "Figure",
}  # fmt: skip
# What the roles of DPUB-ARIA say goes before the element's name.
_BY_ROLE: Final = {"doc-footnote": "Note", "doc-noteref": "Reference", "doc-backlink": "Lbl"}
# Elements within a line.
PHRASES: Final = frozenset(
    ("abbr", "bdi", "cite", "del", "ins", "kbd", "mark", "s", "samp", "small", "span", "sub",
     "sup", "time", "u", "var")
)  # fmt: skip
_NUMBERING: Final = {
    "1": "Decimal", "a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman",
}  # fmt: skip


def kind(element: Element) -> str | None:
    """The type of an element; None for one that only groups, or only looks different."""
    role = _BY_ROLE.get(element.get("role", ""))
    return role or _KINDS.get(element.tag.rpartition("}")[2])


def details(element: Element, kind: str) -> dict[str, Any]:
    """What a structure element of this type says of itself, as fields of a `Node`."""
    if kind == "Figure":
        return {"alternative": alternative(element)}
    if kind == "L":
        return {"attributes": {"O": "/List", "ListNumbering": f"/{_numbering(element)}"}}
    if kind in ("TH", "TD"):
        return {"attributes": _cell(element)}
    return {}


def _numbering(element: Element) -> str:
    if element.tag == "ol":
        return _NUMBERING.get(element.get("type", "1"), "Decimal")
    return "Disc" if element.tag == "ul" else "None"


def _cell(element: Element) -> dict[str, Any]:
    values: dict[str, Any] = {"O": "/Table"}
    if element.tag == "th":
        values["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        span = element.get(name, "1")
        if span.isdecimal() and int(span) > 1:
            values[key] = int(span)
    return values if len(values) > 1 else {}


def alternative(element: Element) -> str:
    """What is read out in the place of an image; an ornament has nothing."""
    if element.tag == "img":
        return element.get("alt", "").strip()
    title = next((child for child in element if child.tag.endswith("}title")), None)
    return "" if title is None else words(title)


def expansion(element: Element) -> str:
    """What an abbreviation stands for, where the author says it."""
    return element.get("title", "") if element.tag == "abbr" else ""


def words(element: Element) -> str:
    """What an element says, for those who cannot see it."""
    said = element.get("title") or " ".join("".join(element.itertext()).split())
    pictures = (child.get("alt", "") for child in element.iter("img"))
    return said or " ".join(filter(None, pictures)) or element.get("href", "")
