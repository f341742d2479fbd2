"""TMX, the exchange format of translation memories: its only reader and its only writer.

Read is what tools write as TMX 1.1 to 1.4b; written is 1.4b. Of inline codes (`bpt`, `ph`, …)
only Markdown is kept, because that is what our texts are made of; the codes of other formats
(`<b0>`, RTF) mean nothing here. The words between codes always stay.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree

from workflow import __version__
from workflow.errors import CatalogError
from workflow.locales import language

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTEXT: Final = "x-context"
_DOCUMENT: Final = "x-document"
# XML 1.0, production [2]: what no document may hold, not even escaped.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE: Final = {**_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}
_MARKDOWN: Final = re.compile(r"[*_~]+|`+[^`]+`+|!?\[|\](?:\([^()]*\)|\[[^\]\[]*\])?")
_ALONE: Final = ("ph", "it", "ut")
_MARKS: Final = {
    codecs.BOM_UTF8: "UTF-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Variant:
    """A text in one language (`tuv`)."""

    locale: str
    """As the file has it, with hyphens."""
    text: str
    """NFC, without white space around it."""
    author: str = ""
    """The `creationid`."""
    changed: datetime | None = None
    """When it was last changed, else written; in UTC."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The same text in several languages (`tu`), the source first."""

    variants: tuple[Variant, ...]
    msgctxt: str | None = None
    document: str = ""
    """Where the text stands."""

    def pair(self, source: str, target: str) -> tuple[Variant, Variant] | None:
        """The texts in two locales; None if one of them is missing."""
        original, translation = self._pick(source), self._pick(target)
        if original is None or translation is None or original is translation:
            return None
        return original, translation

    def _pick(self, locale: str) -> Variant | None:
        """The text in this very locale, else in the language alone, else in a sister of it."""
        wanted = locale.lower()
        ranks = (wanted, language(wanted))
        found = [v for v in self.variants if language(v.locale) == ranks[1]]
        return min(found, key=lambda v: _rank(v.locale.lower(), ranks), default=None)


def _rank(locale: str, ranks: tuple[str, ...]) -> int:
    return ranks.index(locale) if locale in ranks else len(ranks)


def decode(data: bytes, path: str) -> str:
    """Decode a file by its byte order mark, else by what it declares, else as UTF-8.

    Raises:
        CatalogError: the bytes are something else, or nobody knows that encoding.
    """
    name = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    declared = _DECLARED.match(data[:200])
    if not name and declared:
        name = declared[1].decode("ascii")
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    if not name or (name.lower().startswith("utf-16") and declared):
        name = "UTF-8"
    try:
        return data.decode(name).removeprefix("\ufeff")
    except LookupError as error:
        raise CatalogError(f"unknown encoding “{name}”; save it as UTF-8", path=path) from error
    except UnicodeError as error:
        line = None
        if isinstance(error, UnicodeDecodeError):
            line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"not {name}; save it as UTF-8", path=path, line=line) from error


def parse(text: str, path: str) -> tuple[Unit, ...]:
    """Read a TMX file.

    Args:
        text: the file's text.
        path: for messages.

    Raises:
        CatalogError: not XML, or not TMX.
    """
    try:
        root = _root(text, path)
        return tuple(_unit(element) for element in root.findall("{*}body/{*}tu"))
    except RecursionError as error:
        raise CatalogError("not TMX: its inline codes are nested too deep", path=path) from error


def serialise(units: Sequence[Unit]) -> str:
    """Write a TMX file: level 1, a segment is a sentence.

    The text of the units is taken as it is; see `unfit`.
    """
    sources = {unit.variants[0].locale for unit in units}
    source = sources.pop() if len(sources) == 1 else "*all*"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'<header creationtool="auflage" creationtoolversion="{__version__}" segtype="sentence"'
        f' o-tmf="gettext" adminlang="en"{_attribute("srclang", source)} datatype="plaintext"/>',
        "<body>",
    ]
    for unit in units:
        own = _attribute("srclang", unit.variants[0].locale) if source == "*all*" else ""
        lines += [f"<tu{own}>", *_inside(unit), "</tu>"]
    return "\n".join([*lines, "</body>", "</tmx>", ""])


def unfit(*texts: str) -> str | None:
    """The first character of these texts that XML cannot hold."""
    return next((found[0] for text in texts if (found := _UNFIT.search(text))), None)


def _root(text: str, path: str) -> ElementTree.Element:
    before, entity, _ = text.partition("<!ENTITY")
    if entity:
        line = before.count("\n") + 1
        raise CatalogError("a TMX file must not define entities", path=path, line=line)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  (no entities: see above)
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise CatalogError(f"not valid XML: {error}", path=path, line=line) from error
    except ValueError as error:
        raise CatalogError(f"not valid XML: {error}", path=path) from error
    if _name(root) != "tmx":
        raise CatalogError("this is not a TMX file", path=path, line=1)
    return root


def _unit(element: ElementTree.Element) -> Unit:
    properties = {prop.get("type"): prop.text or "" for prop in element.findall("{*}prop")}
    found = (_variant(variant, element) for variant in element.findall("{*}tuv"))
    return Unit(
        tuple(variant for variant in found if variant.locale and variant.text),
        properties.get(_CONTEXT),
        properties.get(_DOCUMENT, ""),
    )


def _variant(element: ElementTree.Element, unit: ElementTree.Element) -> Variant:
    def attribute(name: str) -> str:
        return element.get(name) or unit.get(name) or ""

    segment = element.find("{*}seg")
    text = _words(segment) if segment is not None else ""
    return Variant(
        (element.get(_LANGUAGE) or element.get("lang") or "").replace("_", "-"),
        unicodedata.normalize("NFC", text).strip(),
        attribute("creationid"),
        _time(attribute("changedate") or attribute("creationdate")),
    )


def _words(element: ElementTree.Element) -> str:
    """The text of a segment, or of a highlighted part of it."""
    text = element.text or ""
    for child in element:
        code = "".join(child.itertext())
        tail = child.tail or ""
        if _name(child) == "hi":
            text += _words(child)
        elif _MARKDOWN.fullmatch(code):
            text += code
        elif text.endswith(" "):  # where a code stood between spaces, one of them is enough
            tail = tail.removeprefix(" ")
        elif _name(child) in _ALONE and text[-1:].isalnum() and tail[:1].isalnum():
            text += " "  # most likely it broke the line
        text += tail
    return text


def _name(element: ElementTree.Element) -> str:
    """The name of an element, whatever namespace a tool has put it in."""
    return element.tag.rpartition("}")[2]


def _time(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _inside(unit: Unit) -> Iterator[str]:
    for kind, value in ((_CONTEXT, unit.msgctxt), (_DOCUMENT, unit.document or None)):
        if value is not None:
            yield f'<prop type="{kind}">{value.translate(_TEXT)}</prop>'
    for variant in unit.variants:
        told = _attribute("xml:lang", variant.locale)
        if variant.author:
            told += _attribute("creationid", variant.author)
        if variant.changed:
            told += _attribute("changedate", f"{variant.changed:%Y%m%dT%H%M%SZ}")
        yield f"<tuv{told}><seg>{variant.text.translate(_TEXT)}</seg></tuv>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value.translate(_VALUE)}"'
