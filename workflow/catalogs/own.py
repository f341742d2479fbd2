"""What translators may say for themselves: a line of credit, and a note to the reader.

Both are entries like any other, at the end of every template: an entry with a msgctxt is what
Poedit, OmegaT, Weblate and gettext's tools show to translators and keep. Header fields and
comments they hide, wrap or drop; and `Last-Translator`, which they fill in by themselves, may
hold a name and an address that nobody meant to publish.
"""

from dataclasses import replace
from typing import Final

from workflow.model import COVERED, Catalog, Entry

# In ASCII: programs save catalogs in charsets of all kinds.
_EMPTY: Final = "optional: while this is empty, or [=], nothing is printed"
CREDIT: Final = Entry(
    "Translated by",
    msgctxt="credit",
    extracted=("a line under the title that credits the translators, as you want it read", _EMPTY),
)
NOTE: Final = Entry(
    "Note by the translators",
    msgctxt="note",
    extracted=("what you want to tell the readers, printed behind the article", _EMPTY),
)


def offered(template: Catalog, path: str) -> Catalog:
    """A template with both places behind the article's entries.

    Args:
        template: of an article.
        path: the article's, for the references.
    """
    places = (replace(place, references=(path,)) for place in (CREDIT, NOTE))
    return replace(template, entries=(*template.entries, *places))


def said(catalog: Catalog | None, place: Entry) -> str:
    """What the translators say in one of the two places; empty if nothing.

    A fuzzy text is none: nobody is named by a guess. Nor is a copy of the msgid, which some
    programs write where nobody has translated.
    """
    entry = catalog.index().get(place.key) if catalog else None
    if entry is None or entry.fuzzy or entry.msgstr in (COVERED, entry.msgid):
        return ""
    return entry.msgstr.strip()
