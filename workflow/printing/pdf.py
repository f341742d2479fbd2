"""HTML to PDF; the only importer of WeasyPrint."""

import logging
import os
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from workflow.editions import footnotes
from workflow.errors import PrintError
from workflow.printing import booklet, breaking, fonts, libraries, lineends, tables, tags

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def render(html: str, styles: Sequence[str], base: Path) -> bytes:
    """Set a page.

    Args:
        html: the page.
        styles: its style sheets; one that comes again is not read again.
        base: the folder relative addresses start from.

    Raises:
        PrintError: the C libraries are missing, or WeasyPrint cannot set the page.
    """
    page = _Page(html, styles, base)
    document = page.lay_out()
    return page.write(document, document.pages)


def fold(html: str, styles: Sequence[str], base: Path) -> bytes:
    """Set a page as a booklet, two pages on each side of a sheet.

    Args:
        html: the page.
        styles: its style sheets; how large its letters are is chosen here.
        base: the folder relative addresses start from.

    Raises:
        PrintError: the C libraries are missing, or WeasyPrint cannot set the page.
    """
    page = _Page(html, styles, base)
    document = booklet.fitted(page.lay_out)
    return page.write(booklet.impose(document), document.pages, booklet.PREFERENCES)


class _Press:
    """WeasyPrint with our fonts.

    One serves all editions of a process: to read fonts and theme takes a fifth of the time
    that an edition of four pages needs.
    """

    def __init__(self) -> None:
        self._weasyprint = load()
        # Nothing comes from the network into an edition.
        self._fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols=("file", "data"))
        self.fonts = self._weasyprint.text.fonts.FontConfiguration()
        self.sheet = lru_cache(maxsize=16)(self._sheet)

    def page(self, html: str, base: Path) -> Any:
        """A `weasyprint.HTML`."""
        return self._weasyprint.HTML(string=html, base_url=str(base), url_fetcher=self._fetcher)

    def _sheet(self, rules: str) -> Any:
        return self._weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=self._fetcher)


class _Page:
    """A page that can be laid out, as often as it takes, and written."""

    def __init__(self, html: str, styles: Sequence[str], base: Path) -> None:
        self._press = _press()
        self._styles = (fonts.print_rules(), *styles)
        self._page = self._press.page(lineends.unbound(html), base)
        self._words = lineends.words(self._page.etree_element)
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
        sheets = [self._press.sheet(rules) for rules in (*self._styles, more) if rules]
        return self._page.render(stylesheets=sheets, font_config=self._press.fonts)


@cache
def _press() -> _Press:
    return _Press()


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


def load() -> Any:
    """WeasyPrint, as our editions need it.

    Raises:
        PrintError: the C libraries are missing.
    """
    check()
    with libraries.by_name():
        import weasyprint  # noqa: PLC0415  (takes half a second)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    # fontTools writes the time into a font that it cuts, unless told another one: the same
    # inputs must give the same bytes, whatever time a packager has set.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    return weasyprint
