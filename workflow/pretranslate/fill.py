"""Which entries to fill, and what becomes of an engine's answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from workflow.catalogs import header, marks
from workflow.model import Catalog, Entry, State
from workflow.pretranslate import judge
from workflow.pretranslate.engines.protocol import Draft

Key = tuple[str | None, str]
_TOLD: Final = ("numbers", "length", "gender")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said to one entry: a draft that may be used, or why there is none."""

    key: Key
    draft: Draft | None
    reason: str | None = None


def wanted(catalog: Catalog, *, redo: bool = False) -> tuple[Entry, ...]:
    """The entries to fill: those without a text, and with `redo` unmodified machine text."""
    return tuple(
        entry
        for entry in catalog.live
        if entry.plural is None
        and (not entry.msgstr or (redo and entry.fuzzy and marks.machine(entry)))
    )


def apply(catalog: Catalog, answers: Iterable[Answer], *, now: str, redo: bool = False) -> Catalog:
    """Write drafts into a catalog: fuzzy, marked, and never over a person's text.

    Args:
        catalog: as it is now; it may have changed since the engine was asked.
        answers: what the engines said.
        now: the time for PO-Revision-Date, unless all drafts bring their own.
        redo: whether unmodified machine text may be replaced.
    """
    drafts = {answer.key: answer.draft for answer in answers if answer.draft}
    open_keys = {entry.key for entry in wanted(catalog, redo=redo)}
    entries = []
    times = []
    for entry in catalog.entries:
        draft = drafts.get(entry.key)
        if draft is None or entry.obsolete or entry.key not in open_keys:
            entries.append(entry)
            continue
        filled = _filled(entry, draft)
        entries.append(filled)
        if filled != entry:
            times.append(draft.changed or now)
    if not times:
        return catalog
    # The same drafts give the same file, whenever they are brought in.
    had = catalog.field("PO-Revision-Date")
    had = "" if had == header.NO_DATE else had
    revised = max(*times, catalog.field("POT-Creation-Date"), had)
    fields = header.replaced(catalog.header, "PO-Revision-Date", revised)
    return replace(catalog, header=fields, entries=tuple(entries))


def _filled(entry: Entry, draft: Draft) -> Entry:
    if entry.msgstr == draft.text and marks.state(entry) is State.MACHINE:
        return entry
    return marks.with_machine(
        entry,
        draft.text,
        engine=draft.engine,
        date=draft.date,
        reasons=tuple(why for why in judge.reasons(entry.msgid, draft.text) if why in _TOLD),
    )
