"""A catalog that comes back, by mail or from a program: what of it is taken.

Nobody's text is lost on either side. An empty msgstr never wins (OmegaT empties what was
fuzzy), ours is replaced only where it needed work, and what cannot be decided is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from workflow.catalogs import header, marks
from workflow.model import Catalog, Entry, State

_SENTENCE_END: Final = re.compile(r"(?<=[.!?:…])\s+|(?<=[.!?:…][“”»«\"')])\s+|\n")
"""More ends than there are: a program's idea of a sentence need not be ours."""
_WORD: Final = re.compile(r"(?<!\S)[^\W\d_]+(?!\w)")
_WORDS: Final = 4
"""From how many words on a piece cannot be a name or a title that stays as it is."""


class Outcome(Enum):
    """What becomes of a text that is not ours."""

    TAKEN = "taken"
    """Ours was missing, an engine's, or stale."""
    REPLACED = "replaced"
    """A person's unfinished text made room; both are told."""
    KEPT = "kept"
    """Ours is accepted, theirs unfinished: ours stays, and both are told."""
    CONFLICT = "conflict"
    """Both are accepted and differ: ours stays, and a person decides."""
    UNFINISHED = "unfinished"
    """Part of theirs is still the source's words: taken, fuzzy, where no person's text stands."""
    UNKNOWN = "unknown"
    """Ours has no such entry."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An entry of theirs that a person should hear of, and ours if there is one."""

    outcome: Outcome
    theirs: Entry
    ours: Entry | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The catalog with what was taken, and what is to be told."""

    catalog: Catalog
    texts: int
    """How many entries have another text now, or were accepted."""
    meetings: tuple[Meeting, ...]


def take(ours: Catalog, theirs: Catalog, *, now: str) -> Taken:
    """Merge a catalog that came back into ours, by msgctxt and msgid.

    Args:
        ours: the catalog as it is.
        theirs: the one that came back, of the same article and locale.
        now: the time to write if a text or a fuzzy flag changed.
    """
    index = ours.index()
    former = _former(ours, theirs)
    resting = {(entry.key, entry.msgstr) for entry in ours.entries if entry.obsolete}
    changed: dict[tuple[str | None, str], Entry] = {}
    meetings = []
    for entry in theirs.live:
        mine = index.get(entry.key) or former.get(entry.key)
        if entry.plural or (mine and mine.plural):
            continue
        if entry.own and entry.msgstr == entry.msgid:  # nobody translated it
            continue
        if mine is None:
            known = not entry.msgstr or _is_draft(entry) or (entry.key, entry.msgstr) in resting
            outcome = None if known else Outcome.UNKNOWN
        else:
            merge = _merge if mine.key == entry.key else _merge_former
            changed[mine.key], outcome = merge(mine, entry)
        if outcome and outcome is not Outcome.TAKEN:
            meetings.append(Meeting(outcome, entry, mine))
    texts = sum(
        (new.msgstr, new.fuzzy) != (index[key].msgstr, index[key].fuzzy)
        for key, new in changed.items()
    )
    entries = tuple(
        entry if entry.obsolete else changed.get(entry.key, entry) for entry in ours.entries
    )
    fields = header.replaced(ours.header, "PO-Revision-Date", now) if texts else ours.header
    return Taken(replace(ours, header=fields, entries=entries), texts, tuple(meetings))


def overlap(ours: Catalog, theirs: Catalog) -> int:
    """How many entries of theirs are ours as well."""
    keys = {entry.key for entry in ours.texts}
    return sum(entry.key in keys for entry in theirs.texts)


def _former(ours: Catalog, theirs: Catalog) -> dict[tuple[str | None, str], Entry]:
    """Stale entries of ours by what they were when the file left, unless it has both."""
    asked = theirs.index()
    return {
        (entry.previous_context or entry.msgctxt, entry.previous): entry
        for entry in ours.live
        if entry.previous is not None and entry.fuzzy and entry.key not in asked
    }


def _merge(ours: Entry, theirs: Entry) -> tuple[Entry, Outcome | None]:
    outcome = _outcome(ours, theirs)
    unfinished = outcome is Outcome.UNFINISHED
    if unfinished and marks.state(ours) in (State.MISSING, State.MACHINE):
        theirs, outcome = replace(theirs, flags=("fuzzy",)), Outcome.TAKEN
    if outcome in (Outcome.TAKEN, Outcome.REPLACED):
        flags = tuple(flag for flag in ours.flags if flag != "fuzzy")
        same = ours.msgstr == theirs.msgstr
        merged = replace(
            ours,
            msgstr=theirs.msgstr,
            flags=(*flags, "fuzzy") if theirs.fuzzy else flags,
            comments=ours.comments if same else marks.outliving(ours),
            previous=(theirs.previous or ours.previous) if theirs.fuzzy else None,
            previous_context=(
                (theirs.previous_context or ours.previous_context) if theirs.fuzzy else None
            ),
        )
    else:
        merged = ours
    told = Outcome.UNFINISHED if unfinished else outcome
    return _with_comments(merged, theirs.comments), told


def _outcome(ours: Entry, theirs: Entry) -> Outcome | None:
    """Whose text stays."""
    if not theirs.msgstr:
        return None
    if _unfinished(theirs):
        return None if theirs.msgstr == ours.msgstr else Outcome.UNFINISHED
    if theirs.msgstr == ours.msgstr:  # a person accepted it, here or there
        return Outcome.TAKEN if ours.fuzzy and not theirs.fuzzy else None
    state = marks.state(ours)
    if state is State.MISSING:
        return Outcome.TAKEN
    if not ours.fuzzy:
        if not theirs.fuzzy:
            return Outcome.CONFLICT
        return None if _is_draft(theirs) else Outcome.KEPT
    if _is_draft(theirs):  # a draft replaces an older draft, and nothing else
        return Outcome.TAKEN if _date(theirs) > _date(ours) > "" else None
    if state is State.MACHINE or (state is State.STALE and not theirs.fuzzy):
        return Outcome.TAKEN
    return Outcome.REPLACED


def _merge_former(ours: Entry, theirs: Entry) -> tuple[Entry, Outcome | None]:
    """Their text for the sentence as it was: still to be looked at."""
    if theirs.fuzzy or not theirs.msgstr or theirs.msgstr == ours.msgstr:
        return ours, None
    if _unfinished(theirs):
        return ours, Outcome.UNFINISHED
    merged = replace(ours, msgstr=theirs.msgstr, comments=marks.outliving(ours))
    return _with_comments(merged, theirs.comments), Outcome.REPLACED


def _unfinished(entry: Entry) -> bool:
    """Whether sentences of the source stand untranslated beside translated ones.

    OmegaT cuts a paragraph into sentences, and writes the source for those nobody did.
    """
    if entry.fuzzy or entry.msgstr == entry.msgid:
        return False
    pieces = _SENTENCE_END.split(entry.msgid)
    return any(len(_WORD.findall(piece)) >= _WORDS and piece in entry.msgstr for piece in pieces)


def _is_draft(entry: Entry) -> bool:
    return entry.fuzzy and marks.machine(entry) is not None


def _date(entry: Entry) -> str:
    """When an engine wrote the text; empty if none did, or nobody knows."""
    mark = marks.machine(entry)
    return mark.date if mark and mark.date[:1].isdigit() else ""


def _with_comments(entry: Entry, comments: Sequence[str]) -> Entry:
    """The entry with their comments too, and of their marks those that fit its text."""
    more = (
        line
        for line in _as_wrapped(comments, entry.comments)
        if line not in entry.comments and (not marks.is_mark(line) or marks.fits(entry, line))
    )
    return replace(entry, comments=(*entry.comments, *dict.fromkeys(more)))


def _as_wrapped(comments: Sequence[str], ours: Sequence[str]) -> Iterator[str]:
    """Their comments; those that are ours, wrapped otherwise, as we have them."""
    known = {_in_one_line(line): line for line in ours}
    rest = list(comments)
    while rest:
        runs = ((n, known.get(_in_one_line(*rest[:n]))) for n in range(1, len(rest) + 1))
        taken, line = next((run for run in runs if run[1] is not None), (1, rest[0]))
        yield line or ""
        del rest[:taken]


def _in_one_line(*lines: str) -> str:
    return " ".join(" ".join(lines).split())
