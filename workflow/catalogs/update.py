"""Template and catalog to the updated catalog: nobody's work is lost.

Matching is ours (design, decision 5): `align` says which old entry a new one stands for,
`carry` applies a change that leaves the words alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflow.catalogs import align, header, marks
from workflow.catalogs.align import Key, has_text
from workflow.catalogs.carry import carry
from workflow.model import Catalog, Entry


def update(template: Catalog, catalog: Catalog | None, locale: str, *, now: str) -> Catalog:
    """Bring a catalog up to its template.

    Entries whose msgid is unchanged keep everything, and so do those where nothing changed
    but markup that can be changed in the translation too; an edited sentence keeps its
    translation, fuzzy, with the previous msgid; what is gone becomes obsolete if it has a
    translation, and comes back to life if the sentence does.

    Args:
        template: the new template.
        catalog: the catalog as it is; None to begin one.
        locale: the catalog's locale (BCP 47).
        now: the time to write if a translation or a fuzzy flag changed.
    """
    old = catalog or Catalog((), ())
    filled, used = _filled(template, old)
    entries = tuple(filled.get(entry.key, entry) for entry in template.live)
    live = {entry.key for entry in entries}
    fields = header.catalog_header(template.header, locale, old.header)
    if catalog is not None and _changed(old, entries):
        fields = header.replaced(fields, "PO-Revision-Date", now)
    title = next((entry.msgid for entry in template.live if entry.msgctxt == "title"), "")
    return Catalog(
        header=fields,
        entries=(*entries, *_obsolete(old, used, live)),
        comments=old.comments
        or header.comments(title or template.field("Project-Id-Version"), locale),
    )


def _filled(template: Catalog, old: Catalog) -> tuple[dict[Key, Entry], set[Key]]:
    """The new entries that take over an old text, and the keys of the texts they took."""
    new = list(template.live)
    known = align.same_key(template, old)
    filled = {entry.key: _kept(entry, known[entry.key]) for entry in new if entry.key in known}
    used: set[Key] = set()
    free = align.gone(template, old)
    fresh = [entry for entry in new if entry.key not in filled]
    for entry, before in align.same_words(fresh, free):
        filled[entry.key] = _edited(entry, before)
        used.add(before.key)
    places = align.replacements(
        list(old.live),
        new,
        {entry.key for entry in free} - used,
        {entry.key for entry in fresh} - filled.keys(),
    )
    for went, came in places:
        for entry, before in align.near(came, went):
            filled[entry.key] = _edited(entry, before)
            used.add(before.key)
    return filled, used


def _kept(entry: Entry, old: Entry) -> Entry:
    """The old entry with what the template says of its place."""
    return replace(
        old, references=entry.references, extracted=entry.extracted, obsolete=False, line=None
    )


def _edited(entry: Entry, old: Entry) -> Entry:
    """The old entry's text for an edited sentence."""
    merged = replace(_kept(entry, old), msgid=entry.msgid, msgctxt=entry.msgctxt)
    carried = carry(old.msgid, entry.msgid, old.msgstr)
    if carried and carried.exact and old.msgctxt == entry.msgctxt:
        done = marks.rebound(replace(merged, msgstr=carried.text), old, reviewed=carried.plain)
        return done if old.previous != entry.msgid else _without_previous(done)
    if carried:
        merged = replace(merged, msgstr=carried.text)
    if old.previous == entry.msgid and old.previous_context in (None, entry.msgctxt):
        # The edit was taken back: nothing is left to compare.
        return _without_previous(merged)
    was_stale = old.fuzzy and old.previous is not None
    context = old.msgctxt if old.msgctxt != entry.msgctxt else None
    return replace(
        merged,
        flags=tuple(dict.fromkeys((*old.flags, "fuzzy"))),
        previous=old.previous if was_stale else old.msgid,
        previous_context=old.previous_context if was_stale else context,
    )


def _without_previous(entry: Entry) -> Entry:
    return replace(entry, previous=None, previous_context=None)


def _obsolete(old: Catalog, used: set[Key], live: set[Key]) -> Iterator[Entry]:
    for entry in old.entries:
        if entry.key in live or (not entry.obsolete and entry.key in used):
            continue
        if entry.obsolete:
            yield entry
        elif has_text(entry):
            yield replace(entry, obsolete=True, references=(), extracted=())


def _changed(old: Catalog, entries: Sequence[Entry]) -> bool:
    before = {entry.key: (entry.msgstr, marks.state(entry)) for entry in old.live}
    after = {entry.key: (entry.msgstr, marks.state(entry)) for entry in entries}
    return any(before.get(key, ("",))[0] != text[0] or (
        key in before and before[key] != text) for key, text in after.items())  # fmt: skip
