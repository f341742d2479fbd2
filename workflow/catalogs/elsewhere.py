"""Near matches from the other articles of a project, for sentences that are new.

They are suggestions: fuzzy even where the sentence is the same, because the text around it
is not; a comment (`# tm: 91 % source/other.md`) says where they come from.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz, process

from workflow.catalogs import header
from workflow.catalogs.carry import carry
from workflow.model import COVERED, Catalog, Entry

# Percent of similarity (Indel ratio): a sentence with a fifth of its words changed has 89,
# the best unrelated one of 10,000 had 86, its median 48.
SIMILAR: Final = 85
# Short texts resemble each other by chance, and mean different things in different places.
_SHORTEST: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """An accepted sentence of another article."""

    entry: Entry
    path: str
    """The article's path."""


def known(catalog: Catalog, path: str) -> Iterator[Known]:
    """The accepted sentences of a catalog; a text that covers its neighbour's is left out.

    Args:
        catalog: another article's, of the same locale.
        path: that article's path.
    """
    entries = list(catalog.live)
    covered = {number for number, entry in enumerate(entries) if entry.msgstr == COVERED}
    near = covered | {number + step for number in covered for step in (-1, 1)}
    for number, entry in enumerate(entries):
        if entry.msgstr and not entry.fuzzy and entry.plural is None and number not in near:
            yield Known(entry, path)


def wanting(before: Catalog | None, after: Catalog) -> tuple[Entry, ...]:
    """The entries that an update made, found no text for, and that are long enough.

    Only those: what somebody emptied stays empty, and an update of nothing does nothing.
    """
    had = before.index() if before else {}
    return tuple(
        entry
        for entry in after.live
        if not entry.msgstr and entry.key not in had and len(entry.msgid) >= _SHORTEST
    )


def suggest(
    catalog: Catalog, wanted: Sequence[Entry], others: Sequence[Known], *, now: str
) -> Catalog:
    """Fill entries from other articles.

    Args:
        catalog: the updated catalog.
        wanted: those of its entries that look for a text.
        others: the accepted sentences of the other articles.
        now: the time to write if a text was found.
    """
    by_context: dict[str | None, list[Known]] = defaultdict(list)
    for other in others:
        by_context[other.entry.msgctxt].append(other)
    texts = {key: [one.entry.msgid for one in same] for key, same in by_context.items()}
    filled = {}
    for entry in wanted:
        found = process.extractOne(
            entry.msgid, texts.get(entry.msgctxt, ()), scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        if found:
            _, score, place = found
            filled[entry.key] = _filled(entry, by_context[entry.msgctxt][place], int(score))
    if not filled:
        return catalog
    entries = tuple(
        entry if entry.obsolete else filled.get(entry.key, entry) for entry in catalog.entries
    )
    fields = header.replaced(catalog.header, "PO-Revision-Date", now)
    return replace(catalog, header=fields, entries=entries)


def _filled(entry: Entry, other: Known, score: int) -> Entry:
    carried = carry(other.entry.msgid, entry.msgid, other.entry.msgstr)
    return replace(
        entry,
        msgstr=carried.text if carried else other.entry.msgstr,
        flags=("fuzzy",),
        previous=other.entry.msgid,
        comments=(*entry.comments, f"tm: {score} % {other.path}"),
    )
