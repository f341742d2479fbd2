"""Which old entry a new one stands for, by place first.

An inserted sentence must not be filled with its neighbour's translation: near matches are
looked for only where old sentences were replaced by new ones in the same place.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from rapidfuzz import fuzz, process

from workflow.catalogs.carry import skeleton
from workflow.model import Catalog, Entry

Key = tuple[str | None, str]
_Link = tuple[int, int, Any]
"""An old place, a new one, and the link before."""

# Percent of similarity (Indel ratio) from which a replaced sentence counts as an edit of
# the old one. Unrelated sentences of one article reach 48 in the median, 64 at the 95th
# percentile; a sentence with half its words changed still has 73.
NEAR: Final = 65


def same_key(template: Catalog, old: Catalog) -> dict[Key, Entry]:
    """The old entry of the same key; one that rests rather than one without a text."""
    index = old.index()
    resting = {entry.key: entry for entry in old.entries if entry.obsolete and has_text(entry)}
    found = {}
    for entry in template.live:
        match = index.get(entry.key)
        if match is None or not has_text(match):
            match = resting.get(entry.key, match)
        if match is not None:
            found[entry.key] = match
    return found


def gone(template: Catalog, old: Catalog) -> list[Entry]:
    """Old entries with a text that the article no longer has."""
    staying = {entry.key for entry in template.live}
    return [
        entry
        for entry in old.texts
        if entry.msgstr and entry.plural is None and entry.key not in staying
    ]


def same_words(fresh: Sequence[Entry], old: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of new and old entry that differ in markup and white space alone."""
    if not fresh:
        return
    waiting: dict[Key, list[Entry]] = defaultdict(list)
    for entry in reversed(old):
        waiting[entry.msgctxt, skeleton(entry.msgid)].append(entry)
    for entry in fresh:
        found = waiting.get((entry.msgctxt, skeleton(entry.msgid)))
        if found:
            yield entry, found.pop()


def same_text(fresh: Sequence[Entry], old: Catalog) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of new and old entry that differ in an author's id alone."""
    if not any(entry.role for entry in fresh):
        return
    known = {(entry.role, entry.msgid): entry for entry in old.live if entry.role and entry.msgstr}
    for entry in fresh:
        before = known.get((entry.role, entry.msgid)) if entry.role else None
        if before:
            yield entry, before


def replacements(
    old: Sequence[Entry], new: Sequence[Entry], free: set[Key], fresh: set[Key]
) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """Where old sentences made room for new ones: what went, and what came.

    Args:
        old: the old entries, in order.
        new: the new entries, in order.
        free: the keys of old entries whose text may be taken.
        fresh: the keys of new entries that look for one.
    """
    if not (free and fresh):
        return
    old_start = new_start = 0
    for old_end, new_end in [*_stayed(old, new), (len(old), len(new))]:
        went = [entry for entry in old[old_start:old_end] if entry.key in free]
        came = [entry for entry in new[new_start:new_end] if entry.key in fresh]
        if went and came:
            yield went, came
        old_start, new_start = old_end + 1, new_end + 1


def _stayed(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[int, int]]:
    """The places, old and new, of as many entries as possible that kept their order.

    No key occurs twice on a side, so this is the longest increasing subsequence of the old
    places: each is put behind the longest row that ends before it.
    """
    places = {entry.key: place for place, entry in enumerate(old)}
    ends: list[int] = []  # by length of a row the old place that it ends with, the first one
    rows: list[_Link] = []
    for number, entry in enumerate(new):
        place = places.get(entry.key)
        if place is None:
            continue
        length = bisect_left(ends, place)
        link = (place, number, rows[length - 1] if length else None)
        ends[length : length + 1] = [place]
        rows[length : length + 1] = [link]
    found = []
    last = rows[-1] if rows else None
    while last:
        found.append(last[:2])
        last = last[2]
    return found[::-1]


def near(came: Sequence[Entry], went: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of a new entry and the old one that it most resembles."""
    left = list(went)
    for entry in came:
        found = process.extractOne(
            entry.msgid, [old.msgid for old in left], scorer=fuzz.ratio, score_cutoff=NEAR
        )
        if found:
            yield entry, left.pop(found[2])


def has_text(entry: Entry) -> bool:
    """Whether somebody's work would be lost with the entry."""
    return bool(entry.msgstr or (entry.plural and any(entry.plural[1])))
