"""A second reader for what is about to replace a translator's file; the only importer of polib.

Our reader and our writer could share a mistake. polib is independent of both, and stands
for the tools that people open their catalogs with.
"""

import re
from typing import Final

import polib

from workflow.catalogs.writing import ordered
from workflow.errors import CatalogError
from workflow.model import Catalog

# polib ends lines at these, and does not know the escape: it cannot judge such a text.
_BEYOND_POLIB: Final = re.compile(r"\\a|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def check(text: str, catalog: Catalog, path: str, *, old: str = "") -> None:
    """Make sure that another reader finds every translation in the text.

    Args:
        text: the catalog as it would be written.
        catalog: what it should hold.
        path: for messages.
        old: the text that it takes the place of. An entry that stands in it byte for byte is
            not read again: nothing can happen to it.

    Raises:
        CatalogError: it does not; nothing may be written.
    """
    head, *blocks = text.removesuffix("\n").split("\n\n")
    entries = ordered(catalog)
    if len(blocks) != len(entries):
        raise _bug(path)
    known = set(old.removesuffix("\n").split("\n\n"))
    changed = [pair for pair in zip(blocks, entries, strict=True) if pair[0] not in known]
    changed_text = "\n\n".join([head, *(block for block, _ in changed)]) + "\n"
    if _BEYOND_POLIB.search(changed_text):
        return
    try:
        found = {
            (entry.msgctxt, entry.msgid, bool(entry.obsolete)): entry.msgstr
            for entry in polib.pofile(changed_text)
        }
    except (OSError, ValueError) as error:
        raise _bug(path) from error
    expected = {(entry.msgctxt, entry.msgid, entry.obsolete): entry.msgstr for _, entry in changed}
    if found != expected:
        raise _bug(path)


def _bug(path: str) -> CatalogError:
    return CatalogError(
        "not written: another reader does not find every translation in it; the file is as it "
        "was. Please report this with the file",
        path=path,
    )
