"""HTML to PDF; the only importer of WeasyPrint."""

import logging
import os
from functools import partial
from pathlib import Path
from typing import Any, Final

from workflow.errors import PrintError
from workflow.printing import fonts, libraries, lineends

VARIANT: Final = "pdf/ua-1"


def render(html: str, style: str, base: Path) -> bytes:
    """Set a page.

    Args:
        html: the page.
        style: its style sheet.
        base: the folder relative addresses start from.

    Raises:
        PrintError: the C libraries are missing, or WeasyPrint cannot set the page.
    """
    weasyprint = _load()
    # Nothing comes from the network into an edition.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("file", "data"))
    settings = weasyprint.text.fonts.FontConfiguration()
    rules = fonts.print_rules() + "\n" + style
    sheet = weasyprint.CSS(string=rules, font_config=settings, url_fetcher=fetcher)
    document = weasyprint.HTML(
        string=lineends.unbound(html), base_url=str(base), url_fetcher=fetcher
    )
    data: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=settings,
        pdf_variant=VARIANT,
        pdf_tags=True,
        finisher=partial(lineends.mend, known=lineends.words(html)),
    )
    return data


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
