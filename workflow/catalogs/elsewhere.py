"""Near matches from the memory, for sentences that are new.

They are suggestions: fuzzy even where the sentence is the same, because the text around it
is not; a comment (`# tm: 91 % source/other.md`) says where they come from.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workflow.catalogs import header
from workflow.catalogs.memory import Match, Memory, shown
from workflow.model import Catalog, Entry

# Short texts mean different things in different places.
_SHORTEST: Final = 20


def wanting(before: Catalog | None, after: Catalog) -> tuple[Entry, ...]:
    """The entries that an update made, found no text for, and that are long enough.

    Only those: what somebody emptied stays empty, and an update of nothing does nothing.
    """
    had = before.index() if before else {}
    return tuple(
        entry
        for entry in after.texts
        if not entry.msgstr and entry.key not in had and len(entry.msgid) >= _SHORTEST
    )


def suggest(
    catalog: Catalog, wanted: Sequence[Entry], memory: Memory, *, path: str, now: str
) -> Catalog:
    """Fill entries from the memory.

    Args:
        catalog: the updated catalog.
        wanted: those of its entries that look for a text.
        memory: what is known in its locale.
        path: its article's path: what it knows itself, the update has looked at.
        now: the time to write if a text was found.
    """
    filled = {}
    for entry in wanted:
        for match in memory.matches(entry.msgid, entry.msgctxt, limit=1, without=path):
            filled[entry.key] = _filled(entry, match)
    if not filled:
        return catalog
    entries = tuple(
        entry if entry.obsolete else filled.get(entry.key, entry) for entry in catalog.entries
    )
    fields = header.replaced(catalog.header, "PO-Revision-Date", now)
    return replace(catalog, header=fields, entries=entries)


def _filled(entry: Entry, match: Match) -> Entry:
    return replace(
        entry,
        msgstr=match.text,
        flags=("fuzzy",),
        previous=match.unit.msgid,
        comments=(*entry.comments, f"tm: {match.score} % {shown(match.unit.origin)}"),
    )
