"""HTML to PDF; the only importer of WeasyPrint."""

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from workflow.editions import footnotes
from workflow.errors import PrintError
from workflow.printing import booklet, breaking, fonts, libraries, lineends, tables, tags

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def render(html: str, style: str, base: Path) -> bytes:
    """Set a page.

    Args:
        html: the page.
        style: its style sheet.
        base: the folder relative addresses start from.

    Raises:
        PrintError: the C libraries are missing, or WeasyPrint cannot set the page.
    """
    press = _Press(html, style, base)
    document = press.lay_out()
    return press.write(document, document.pages)


def fold(html: str, style: str, base: Path) -> bytes:
    """Set a page as a booklet, two pages on each side of a sheet.

    Args:
        html: the page.
        style: its style sheet; how large its letters are is chosen here.
        base: the folder relative addresses start from.

    Raises:
        PrintError: the C libraries are missing, or WeasyPrint cannot set the page.
    """
    press = _Press(html, style, base)
    document = booklet.fitted(press.lay_out)
    return press.write(booklet.impose(document), document.pages, booklet.PREFERENCES)


class _Press:
    """A page that can be laid out, as often as it takes, and written."""

    def __init__(self, html: str, style: str, base: Path) -> None:
        self._weasyprint = _load()
        # Nothing comes from the network into an edition.
        self._fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols=("file", "data"))
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._style = self._sheet(fonts.print_rules() + "\n" + style)
        self._page = self._weasyprint.HTML(
            string=lineends.unbound(html), base_url=str(base), url_fetcher=self._fetcher
        )
        self._words = lineends.words(html)
        footnotes.place(self._page.etree_element)
        breaking.prepare(self._page.etree_element)

    def lay_out(self, more: str = "") -> Any:
        """A `weasyprint.Document`; `more` is said to the style sheet."""
        document = self._render(more)
        for step in tables.STEPS:
            if not tables.too_wide(document, self._page.etree_element):
                break
            document = self._render(more + step)
        return document

    def write(
        self, document: Any, pages: Sequence[Any], preferences: Mapping[str, str] = _NONE
    ) -> bytes:
        """The PDF of a document whose `pages` are read in this order."""
        painted = tags.Painted(pages)

        def finish(document: Any, objects: Any) -> None:
            tags.tag(document, objects, self._page.etree_element, painted)
            lineends.mend(document, objects, self._words)
            objects.catalog["ViewerPreferences"] |= preferences

        data: bytes = document.write_pdf(finisher=finish)
        return data

    def _render(self, more: str) -> Any:
        sheets = [self._style, self._sheet(more)] if more else [self._style]
        return self._page.render(stylesheets=sheets, font_config=self._fonts)

    def _sheet(self, rules: str) -> Any:
        return self._weasyprint.CSS(
            string=rules, font_config=self._fonts, url_fetcher=self._fetcher
        )


def check() -> None:
    """Make sure that PDFs can be made.

    Raises:
        PrintError: with the line to run.
    """
    absent = libraries.missing()
    if absent:
        raise PrintError(
            f"no PDF without {', '.join(absent)}; run: {libraries.advice()}\n"
            "Web pages and e-books need none of it: make html epub"
        )


def _load() -> Any:
    check()
    import weasyprint  # noqa: PLC0415  (takes half a second)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    # fontTools writes the time into a font that it cuts, unless told another one: the same
    # inputs must give the same bytes, whatever time a packager has set.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    return weasyprint
