"""Machine drafts that come as a file: TMX 1.4b under locale/drafts/.

A draft is found by msgctxt and msgid. Its author is the `creationid` of the translation
(`llm`, say), its date the `changedate`, else the `creationdate`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree

from workflow.errors import CatalogError
from workflow.locales import language
from workflow.pretranslate.engines.protocol import (
    Capabilities,
    Draft,
    Markup,
    Query,
    Refusal,
    Setting,
)

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ\Z")
_NO_DATE: Final = "unknown"


class Tmx:
    """A file of drafts as an engine."""

    name = "tmx"
    capabilities = Capabilities(Markup.RAW, keep=False)

    def __init__(self, setting: Setting):
        """Read the file; without one, every query is refused."""
        self._drafts: dict[tuple[str | None, str], Draft] = {}
        if setting.drafts:
            text, path = setting.drafts
            self._drafts = dict(read(text, path, setting.source, setting.target))

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Look each query up."""
        for query in queries:
            draft = self._drafts.get((query.msgctxt, query.msgid))
            yield draft or self._drafts.get((None, query.msgid)) or Refusal("no draft")


def make(setting: Setting) -> Tmx:
    """The factory."""
    return Tmx(setting)


def read(
    text: str, path: str, source: str, target: str
) -> Iterator[tuple[tuple[str | None, str], Draft]]:
    """Read the drafts of a TMX file.

    Args:
        text: the file's text.
        path: for messages.
        source: locale of the source text.
        target: locale of the drafts.

    Yields:
        Pairs of key (msgctxt, msgid) and draft.

    Raises:
        CatalogError: not XML, or not TMX.
    """
    before, entity, _ = text.partition("<!ENTITY")
    if entity:
        line = before.count("\n") + 1
        raise CatalogError("a TMX file must not define entities", path=path, line=line)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  (no entities: see above)
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise CatalogError(f"not valid XML: {error}", path=path, line=line) from error
    if root.tag != "tmx":
        raise CatalogError("this is not a TMX file", path=path, line=1)
    for unit in root.iter("tu"):
        variants = {_tag(variant): variant for variant in unit.iter("tuv")}
        original = _pick(variants, source)
        translation = _pick(variants, target)
        if original is None or translation is None:
            continue
        text_of_draft = _segment(translation)
        if text_of_draft:
            yield (_context(unit), _segment(original)), _draft(unit, translation, text_of_draft)


def _draft(unit: ElementTree.Element, variant: ElementTree.Element, text: str) -> Draft:
    def attribute(name: str) -> str:
        return variant.get(name) or unit.get(name) or ""

    stamp = attribute("changedate") or attribute("creationdate")
    found = _DATE.match(stamp)
    return Draft(
        text=text,
        engine=re.sub(r"\s+", "-", attribute("creationid")) or "tmx",
        date="-".join(found.groups()[:3]) if found else _NO_DATE,
        changed="{}-{}-{} {}:{}+0000".format(*found.groups()) if found else None,
    )


def _segment(variant: ElementTree.Element) -> str:
    segment = variant.find("seg")
    text = "".join(segment.itertext()) if segment is not None else ""
    return unicodedata.normalize("NFC", text).strip()


def _context(unit: ElementTree.Element) -> str | None:
    return next((prop.text for prop in unit.iter("prop") if prop.get("type") == "x-context"), None)


def _tag(variant: ElementTree.Element) -> str:
    return (variant.get(_LANGUAGE) or variant.get("lang") or "").lower().replace("_", "-")


def _pick(variants: dict[str, ElementTree.Element], locale: str) -> ElementTree.Element | None:
    """The variant of this locale, or of its language."""
    exact = variants.get(locale.lower())
    if exact is not None:
        return exact
    return next(
        (found for tag, found in variants.items() if language(tag) == language(locale)), None
    )
