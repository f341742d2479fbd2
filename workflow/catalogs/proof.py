"""A second reader for what is about to replace a translator's file; the only importer of polib.

Our reader and our writer could share a mistake. polib is independent of both, and stands
for the tools that people open their catalogs with.
"""

import re
from typing import Final

import polib

from workflow.errors import CatalogError
from workflow.model import Catalog

# polib ends lines at these, and does not know the escape: it cannot judge such a text.
_BEYOND_POLIB: Final = re.compile(r"\\a|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def check(text: str, catalog: Catalog, path: str) -> None:
    """Make sure that another reader finds every translation in the text.

    Args:
        text: the catalog as it would be written.
        catalog: what it should hold.
        path: for messages.

    Raises:
        CatalogError: it does not; nothing may be written.
    """
    if _BEYOND_POLIB.search(text):
        return
    try:
        found = {
            (entry.msgctxt, entry.msgid, bool(entry.obsolete)): entry.msgstr
            for entry in polib.pofile(text)
        }
    except (OSError, ValueError) as error:
        raise _bug(path) from error
    expected = {
        (entry.msgctxt, entry.msgid, entry.obsolete): entry.msgstr for entry in catalog.entries
    }
    if found != expected:
        raise _bug(path)


def _bug(path: str) -> CatalogError:
    return CatalogError(
        "not written: another reader does not find every translation in it; the file is as it "
        "was. Please report this with the file",
        path=path,
    )
