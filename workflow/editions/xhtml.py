"""HTML to XHTML that an EPUB may hold: a browser's parser reads it, rules make it valid.

Authors write HTML of their own, and browsers forgive it; checkers of e-books do not. What
breaks a rule of HTML (WHATWG, “Content models”) keeps its words and loses the element or
attribute that breaks it.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import tinyhtml5

_GLOBAL: Final = frozenset({"class", "dir", "id", "lang", "role", "style", "title"})
_OWN: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}  # fmt: skip
_VALUES: Final = {
    "align": re.compile(r"left|right|center|justify"),
    "cite": re.compile(r"https?://[\w.-]+(?:/[\w./?=&%#~+:-]*)?", re.A),
    "colspan": re.compile(r"[1-9]\d?"),
    "datetime": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "id": re.compile(r"[^\W\d][\w.:-]*"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "rowspan": re.compile(r"[1-9]\d?"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "start": re.compile(r"-?\d{1,9}"),
    "type": re.compile(r"[1aAiI]"),
    "value": re.compile(r"-?\d{1,9}"),
}

_PHRASING: Final = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q ruby rp rt s samp small span "
    "strong sub sup time u var wbr".split()
)
_TRANSPARENT: Final = frozenset({"a", "del", "ins"})
# What holds no blocks, though it is one.
_LINES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"})
_SECTIONS: Final = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "section", "aside", "header", "footer"}
)
# Where an element must stand directly; elsewhere it is a part of no whole.
_PARENTS: Final[Mapping[str, frozenset[str]]] = {
    "dd": frozenset({"dl"}), "dt": frozenset({"dl"}), "figcaption": frozenset({"figure"}),
    "li": frozenset({"ol", "ul"}), "rp": frozenset({"ruby"}), "rt": frozenset({"ruby"}),
    "summary": frozenset({"details"}),
}  # fmt: skip
# What must be in an element, or it is none.
_NEEDS: Final = {"details": "summary", "ruby": "rt"}
_VOID: Final = "br|hr|img|link|meta|wbr"
_EMPTY: Final = re.compile(rf"<(?!(?:{_VOID})\b)([\w:]+)((?: [^<>]*)?) />")
# XML 1.0, production 2: what no document may hold, escaped or not.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LABEL: Final = r"[^\W_](?:[\w-]*[^\W_])?"
_HOST: Final = rf"(?P<host>{_LABEL}(?:\.{_LABEL})*)\.?(?::\d{{1,4}})?"
_WEB: Final = re.compile(rf"(?P<begin>https?://{_HOST})(?P<rest>(?:[/?#]\S*)?)\Z", re.I)
_MAIL: Final = re.compile(r"mailto:[^\s<>\"{}|\\^`\[\]%#]+\Z", re.I)
# What RFC 3986 allows in no part of an address, and browsers mend.
_UNQUOTED: Final = re.compile(r"[<>\"{}|\\^`\[\]#]|%(?![0-9A-Fa-f]{2})")


def parse(html: str) -> Element:
    """The `body` of a page or fragment, valid and well-formed; names are without namespaces.

    Links that lead out of the book are left only where they are addresses on the web, links
    within it only where there is something to lead to.
    """
    text = _FORBIDDEN.sub("", html)
    root = tinyhtml5.parse(  # type: ignore[no-untyped-call]
        f"<!doctype html><body>{text}", namespace_html_elements=False
    )
    body: Element = next(child for child in root if child.tag == "body")
    _without_comments(body)
    _structure(body, inline=False)
    _attributes(body, _own_ids(body))
    return body


def write(root: Element) -> str:
    """An element as XML that reads the same to a parser of HTML."""
    text = ElementTree.tostring(root, encoding="unicode")
    return _EMPTY.sub(r"<\1\2></\1>", text)


def clean(text: str) -> str:
    """A text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def words(element: Element) -> str:
    """The text of an element on one line, without the places where it may be hyphenated."""
    return " ".join("".join(element.itertext()).replace("\u00ad", "").split())


def with_class(element: Element, name: str) -> Iterator[Element]:
    """The elements of a class."""
    return (found for found in element.iter() if name in found.get("class", "").split())


def _without_comments(element: Element) -> None:
    for child in list(element):
        if isinstance(child.tag, str):
            _without_comments(child)
            continue
        index = list(element).index(child)
        if index:
            element[index - 1].tail = (element[index - 1].tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
        element.remove(child)


def _structure(element: Element, *, inline: bool) -> None:
    """Give every element in here a place where it may stand."""
    _whole(element)
    if element.tag not in _TRANSPARENT:
        inline = inline or element.tag in _LINES or element.tag in _PHRASING
    last = len(element) - 1
    for index, child in enumerate(list(element)):
        parents = _PARENTS.get(child.tag)
        places = {"summary": (0,), "figcaption": (0, last)}.get(child.tag, (index,))
        if parents is not None and (element.tag not in parents or index not in places):
            child.tag = _plain(child)
        if element.tag in ("dt", "th") and child.tag in _SECTIONS:
            child.tag = "div"
        if inline and child.tag not in _PHRASING:
            child.tag = "span"
            child.set("class", f"block {child.get('class', '')}".strip())
        _structure(child, inline=inline)


def _plain(element: Element) -> str:
    return "span" if element.tag in _PHRASING else "div"


def _whole(element: Element) -> None:
    """Mend or unname an element that lacks a part of its own."""
    if element.tag in _NEEDS and element.find(_NEEDS[element.tag]) is None:
        element.tag = _plain(element)
    elif element.tag == "time" and len(element) and "datetime" not in element.attrib:
        element.tag = "span"
    elif element.tag == "bdo" and element.get("dir") not in ("ltr", "rtl"):
        element.tag = "bdi"
    elif element.tag == "dl" and not _describes(element):
        element.tag = "div"
    elif element.tag in ("ul", "ol"):
        _only_items(element)


def _describes(element: Element) -> bool:
    """Whether a description list is terms and descriptions, and nothing else."""
    order = " ".join(child.tag for child in element)
    texts = [element.text, *(child.tail for child in element)]
    alone = not any(text and text.strip() for text in texts)
    return alone and re.fullmatch(r"(?:(?:dt ?)+(?:dd ?)+)+", order) is not None


def _only_items(element: Element) -> None:
    """Put what stands loose in a list into items."""
    children = list(element)
    texts = [element.text, *(child.tail for child in children)]
    for child in children:
        element.remove(child)
        child.tail = None
    for text, following in zip(texts, [*children, None], strict=True):
        if text and text.strip():
            ElementTree.SubElement(element, "li").text = text
        if following is not None:
            loose = following.tag != "li"
            (ElementTree.SubElement(element, "li") if loose else element).append(following)
    element.text = "\n"
    for item in element:
        item.tail = "\n"


def _own_ids(body: Element) -> set[str]:
    """The ids that stand in the text; the second of two equal ones goes."""
    seen: set[str] = set()
    for element in body.iter():
        name = element.get("id")
        if name is None:
            continue
        if name in seen or not _VALUES["id"].fullmatch(name):
            del element.attrib["id"]
        else:
            seen.add(name)
    return seen


def _attributes(body: Element, ids: Container[str]) -> None:
    for element in body.iter():
        align = element.get("align", "")
        known = _GLOBAL | _OWN.get(element.tag, frozenset())
        for name, value in list(element.items()):
            rule = _VALUES.get(name)
            if name not in known or (rule and not rule.fullmatch(value)):
                del element.attrib[name]
        if element.tag in ("td", "th", "p", "div") and _VALUES["align"].fullmatch(align):
            element.set("style", f"text-align:{align}")
        if "lang" in element.attrib:
            element.set("xml:lang", element.attrib["lang"])
        if "href" in element.attrib:
            target = _target(element.attrib.pop("href"), ids)
            element.attrib |= {"href": target} if target else {}


def _target(written: str, ids: Container[str]) -> str | None:
    """Where a link leads; None if neither to the web, to a person, nor to a place in the text."""
    if written.startswith("#"):
        return written if written[1:] in ids else None
    found = _WEB.match(written)
    if found and _is_host(found["host"]):
        parts = found["rest"].split("#", 1)
        mended = (_UNQUOTED.sub(lambda sign: f"%{ord(sign[0]):02X}", part) for part in parts)
        return found["begin"] + "#".join(mended)
    return written if _MAIL.match(written) else None


def _is_host(name: str) -> bool:
    """Whether a name that stands for one with other letters (RFC 5891) does so rightly."""
    if "xn--" not in name.lower():
        return True
    try:
        return bool(name.encode("ascii").decode("idna"))
    except UnicodeError:
        return False
