"""What lists say of an edition."""

from datetime import date
from pathlib import PurePosixPath
from typing import Final

from workflow.editions import html, wording
from workflow.model import Catalog, Edition
from workflow.work import Summary

# What sites that show previews of links can read, by the file's name.
PHOTOS: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def summary(edition: Edition, catalog: Catalog | None, photo: str) -> Summary:
    """Sum an edition up.

    Args:
        edition: what was translated.
        catalog: whose header has the days of the last changes; None if there is none.
        photo: the path of a picture for previews of links; empty if there is none.
    """
    metadata = edition.article.metadata
    return Summary(
        title=html.front_text(edition, "title"),
        lead=html.front_text(edition, "lead"),
        title_locale=front_locale(edition, "title"),
        lead_locale=front_locale(edition, "lead"),
        status=wording.status(edition),
        author=metadata.author or "",
        date=metadata.date.isoformat() if metadata.date else "",
        day=day_in_words(edition),
        changed=_day(catalog, "PO-Revision-Date"),
        source_changed=_day(catalog, "POT-Creation-Date"),
        photo=photo,
    )


def front_locale(edition: Edition, role: str) -> str:
    """The language of a text of the front matter: one that is not translated yet falls back."""
    rows = zip(edition.article.blocks, edition.pieces, strict=True)
    found = (row for block, row in rows if block.position is None and block.role == role)
    locales = {piece.locale for row in found for piece in row}
    return locales.pop() if len(locales) == 1 else edition.locale


def day_in_words(edition: Edition) -> str:
    """The day an article appeared, as its edition prints it; empty if nobody knows."""
    if edition.original:
        return source_date(edition) or ""
    day = edition.article.metadata.date
    return (
        ""
        if day is None
        else html.typeset(wording.long_date(day, edition.locale), edition.locale, edition)
    )


def source_date(edition: Edition) -> str | None:
    """The day an article appeared, as its author printed it."""
    metadata = edition.article.metadata
    text = metadata.dateline
    if not text and metadata.date is not None:
        text = wording.long_date(metadata.date, metadata.locale)
    return text and html.typeset(text, metadata.locale, edition)


def is_photo(path: str) -> bool:
    """Whether a picture can be shown in a preview of a link."""
    return PurePosixPath(path).suffix.lower() in PHOTOS


def _day(catalog: Catalog | None, field: str) -> str:
    """The day alone: at what hour somebody works is nobody's business."""
    if catalog is None:
        return ""
    try:
        return date.fromisoformat(catalog.field(field)[:10]).isoformat()
    except ValueError:  # a template's “YEAR-MO-DA”, or a tool that wrote nothing
        return ""
