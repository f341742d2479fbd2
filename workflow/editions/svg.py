"""Drawings: SVG is let through as far as it only draws.

A drawing is read and written anew. What editors keep in it for themselves (Inkscape: the path
it was exported to, the author's name) is in other namespaces or in `metadata`, and is left out.
"""

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from workflow.errors import ImageError

_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"

# SVG 1.1 without script, animation, links, foreign content and images within images.
_DRAWING: Final = frozenset(
    "svg g defs symbol use switch title desc style path rect circle ellipse line polyline polygon "
    "text tspan textPath marker linearGradient radialGradient stop pattern clipPath mask filter "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
    "feSpotLight feTile feTurbulence".split()
)
_DROPPED: Final = frozenset({"metadata"})
# What leads out of the file: any url() but of a part of it, and what imports a style sheet.
# A backslash may write either in another way.
_OUTSIDE: Final = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|image-set|\\", re.I)
_ENTITY: Final = re.compile(rb"<!\s*ENTITY", re.I)
_LENGTH: Final = re.compile(r"\s*(\d*\.?\d+)\s*(px|pt|pc|mm|cm|in|)\s*\Z")
# CSS Values and Units 3, section 6.2: in CSS pixels.
_UNITS: Final = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def harmless(data: bytes, path: str) -> tuple[bytes, int, int]:
    """A drawing without what does not draw, and its width and height in CSS pixels.

    Raises:
        ImageError: it is not well-formed, or holds what may do harm.
    """
    if _ENTITY.search(data):
        raise ImageError("the SVG declares entities; save it as plain SVG", path=path)
    try:
        root = ElementTree.parse(io.BytesIO(data)).getroot()  # noqa: S314  (no entities)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise ImageError(f"the SVG is broken ({error}); save it again", path=path) from error
    if root.tag != f"{_SVG}svg":
        raise ImageError("is no SVG image: its first element is not svg", path=path)
    try:
        clean = _cleaned(root, path)
    except RecursionError as error:
        raise ImageError("the SVG is nested too deeply; simplify it", path=path) from error
    _refuse_avalanches(clean, path)
    clean.set("xmlns", _SVG[1:-1])
    clean.set("xmlns:xlink", _XLINK[1:-1])
    text = ElementTree.tostring(clean, encoding="unicode")
    return text.encode("utf-8"), *_size(clean)


def _cleaned(element: Element, path: str) -> Element:
    name = element.tag.removeprefix(_SVG)
    if name not in _DRAWING:
        raise ImageError(f"the SVG holds “{name}”; save it without, or as PNG", path=path)
    if name == "style" and _OUTSIDE.search("".join(element.itertext())):
        raise _leads_out(path)
    clean = Element(name, dict(_attributes(element, path)))
    clean.text, clean.tail = element.text, element.tail
    for child in element:
        foreign = not isinstance(child.tag, str) or not child.tag.startswith(_SVG)
        if not foreign and child.tag.removeprefix(_SVG) not in _DROPPED:
            clean.append(_cleaned(child, path))
        elif child.tail:
            _append_text(clean, child.tail)
    return clean


def _refuse_avalanches(root: Element, path: str) -> None:
    """A copy of copies of copies is drawn a million times, or for ever: in WeasyPrint too."""
    copying = {
        element.get("id")
        for element in root.iter()
        if "id" in element.attrib and next(element.iter("use"), None) is not None
    }
    for use in root.iter("use"):
        if (use.get("href") or use.get("xlink:href") or "")[1:] in copying:
            raise ImageError("the SVG holds copies of copies; expand them", path=path)


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _attributes(element: Element, path: str) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        plain = name.replace(_XLINK, "xlink:").replace(_XML, "xml:")
        if plain.startswith("{"):
            continue
        if plain.lower().startswith("on"):
            raise ImageError(f"the SVG holds a script ({plain}); save it without", path=path)
        reference = plain in ("href", "xlink:href") and not value.strip().startswith("#")
        if plain == "xml:base" or reference or _OUTSIDE.search(value):
            raise _leads_out(path)
        yield plain, value


def _leads_out(path: str) -> ImageError:
    return ImageError(
        "the SVG loads something from outside itself; embed it, or save it as PNG", path=path
    )


def _size(root: Element) -> tuple[int, int]:
    """Width and height; of a drawing that says only how its sides relate, as on 800 pixels."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return round(width), round(height)
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        _, _, wide, high = map(float, box)
    except ValueError:
        return 0, 0
    if wide <= 0 or high <= 0:
        return 0, 0
    return 800, max(1, round(800 * high / wide))


def _length(text: str | None) -> float:
    found = _LENGTH.match(text or "")
    return float(found[1]) * _UNITS[found[2]] if found else 0.0
