"""Which entries to fill, and what becomes of the answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workflow.catalogs import header, marks
from workflow.model import Catalog, Entry, State
from workflow.pretranslate.engines.protocol import Draft, Query
from workflow.pretranslate.ladder import Answer

Key = tuple[str | None, str]


def wanted(catalog: Catalog, *, redo: bool = False) -> tuple[Entry, ...]:
    """The entries to fill: those without a text, and with `redo` unmodified machine text.

    That includes machine text whose source has changed since.
    """
    return tuple(
        entry
        for entry in catalog.texts
        if entry.plural is None and (not entry.msgstr or (redo and marks.unmodified(entry)))
    )


def queries(catalog: Catalog, entries: Sequence[Entry]) -> tuple[Query, ...]:
    """What to ask for entries of a catalog: each with its neighbours as context."""
    texts = list(catalog.texts)
    places = {entry.key: place for place, entry in enumerate(texts)}
    found = []
    for entry in entries:
        place = places[entry.key]
        before = texts[place - 1].msgid if place else ""
        after = texts[place + 1].msgid if place + 1 < len(texts) else ""
        found.append(Query(entry.msgid, entry.msgid, entry.msgctxt, before, after))
    return tuple(found)


def apply(
    catalog: Catalog,
    answers: Mapping[Key, Answer],
    *,
    now: str,
    redo: bool = False,
    again: Collection[Key] = (),
) -> Catalog:
    """Write drafts into a catalog: fuzzy, marked, and never over a person's text.

    Args:
        catalog: as it is now; it may have changed since the engine was asked.
        answers: what the engines said, by entry; one without a draft empties its entry.
        now: the time for PO-Revision-Date, unless all drafts bring their own.
        redo: whether unmodified machine text may be replaced.
        again: entries where it may be, because we have just written it and think otherwise now.
    """
    open_keys = {entry.key for entry in wanted(catalog, redo=redo)}
    ours = (entry for entry in catalog.live if entry.key in again and marks.unmodified(entry))
    open_keys |= {entry.key for entry in ours}
    entries = []
    times = []
    for entry in catalog.entries:
        answer = answers.get(entry.key)
        if answer is None or entry.obsolete or entry.key not in open_keys:
            entries.append(entry)
            continue
        draft = answer.draft
        filled = _filled(entry, answer, draft) if draft else marks.without_machine(entry)
        entries.append(filled)
        if filled != entry:
            times.append(draft.changed if draft and draft.changed else now)
    if not times:
        return catalog
    # The same drafts give the same file, whenever they are brought in.
    had = catalog.field("PO-Revision-Date")
    had = "" if had == header.NO_DATE else had
    revised = max(*times, catalog.field("POT-Creation-Date"), had)
    fields = header.replaced(catalog.header, "PO-Revision-Date", revised)
    return replace(catalog, header=fields, entries=tuple(entries))


def _filled(entry: Entry, answer: Answer, draft: Draft) -> Entry:
    if entry.msgstr == draft.text and marks.state(entry) is State.MACHINE:
        return entry
    if draft.note is not None:
        return _remembered(entry, draft)
    return marks.with_machine(
        entry,
        draft.text,
        engine=draft.engine,
        date=draft.date,
        reasons=answer.reasons,
        quality=answer.quality,
    )


def _remembered(entry: Entry, draft: Draft) -> Entry:
    """The entry with a text that people have accepted elsewhere: no machine wrote it."""
    flags = (*(flag for flag in entry.flags if flag != "fuzzy"), "fuzzy")
    kept = (line for line in entry.comments if not (marks.is_mark(line) or line == draft.note))
    return replace(
        entry,
        msgstr=draft.text,
        flags=flags,
        previous=draft.previous,
        previous_context=None,
        comments=(*kept, draft.note or ""),
    )
