"""Machine drafts that come as a file: TMX under locale/drafts/.

A draft is found by msgctxt and msgid. Its author is the `creationid` of the translation
(`llm`, say), its date the `changedate`, else the `creationdate`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workflow.catalogs.tmx import Variant, parse
from workflow.pretranslate.engines.protocol import (
    Capabilities,
    Draft,
    Markup,
    Query,
    Refusal,
    Setting,
)

_NO_DATE: Final = "unknown"


class Tmx:
    """A file of drafts as an engine."""

    name = "tmx"
    capabilities = Capabilities(Markup.RAW, keep=False)

    def __init__(self, setting: Setting):
        """Read the file; without one, every query is refused."""
        setting.only(self.name)
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
    for unit in parse(text, path):
        found = unit.pair(source, target)
        if found:
            original, translation = found
            yield (unit.msgctxt, original.text), _draft(translation)


def _draft(variant: Variant) -> Draft:
    changed = variant.changed
    return Draft(
        text=variant.text,
        engine=re.sub(r"\s+", "-", variant.author) or "tmx",
        date=f"{changed:%Y-%m-%d}" if changed else _NO_DATE,
        changed=f"{changed:%Y-%m-%d %H:%M}+0000" if changed else None,
    )
