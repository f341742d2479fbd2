"""Template and catalog to the updated catalog: nobody's work is lost.

Matching is ours: `align` says which old entry a new one stands for,
`carry` applies a change that leaves the words alone, `regroup` joins and cuts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from workflow.catalogs import align, header, marks, regroup
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
    found = _matches(template, old, locale)
    entries = tuple(found.filled.get(entry.key, entry) for entry in template.live)
    live = {entry.key for entry in entries}
    fields = header.catalog_header(template.header, locale, old.header)
    if catalog is not None and _changed(old, entries):
        fields = header.replaced(fields, "PO-Revision-Date", now)
    title = next((entry.msgid for entry in template.live if entry.msgctxt == "title"), "")
    return Catalog(
        header=fields,
        entries=(*entries, *_obsolete(old, found.used, live)),
        comments=old.comments
        or header.comments(title or template.field("Project-Id-Version"), locale),
    )


@dataclass(slots=True)
class _Matches:
    """What is found, one way after the other; each takes only what the others left."""

    new: list[Entry]
    filled: dict[Key, Entry]
    """The new entries with the texts they take over."""
    gone: list[Entry]
    """Old entries with a text that the article no longer has."""
    used: set[Key] = field(default_factory=set)
    """The keys of those whose text was taken."""

    @property
    def fresh(self) -> list[Entry]:
        return [e for e in self.new if e.key not in self.filled and not e.own]

    @property
    def free(self) -> list[Entry]:
        return [entry for entry in self.gone if entry.key not in self.used]

    def take(self, entry: Entry, *old: Entry) -> None:
        self.filled[entry.key] = entry
        self.used |= {before.key for before in old}


def _matches(template: Catalog, old: Catalog, locale: str) -> _Matches:
    """Take over what can be taken over, the surest way first."""
    new = list(template.live)
    known = align.same_key(template, old)
    kept = {entry.key: _kept(entry, known[entry.key]) for entry in new if entry.key in known}
    found = _Matches(new, kept, align.gone(template, old))
    for entry, before in align.same_text(found.fresh, old):
        found.take(replace(_kept(entry, before), msgctxt=entry.msgctxt), before)
    for entry, before in align.same_words(found.fresh, found.free):
        found.take(_edited(entry, before), before)
    for entry, parts in regroup.wholes(found.fresh, list(old.live)):
        _join(found, entry, parts, same=True)
    for whole, pieces in regroup.wholes(found.free, new):
        _cut(found, pieces, whole, locale)
    free = {entry.key for entry in found.free}
    fresh = {entry.key for entry in found.fresh}
    for went, came in align.replacements(list(old.live), new, free, fresh):
        _replaced(found, went, came, locale)
    return found


def _replaced(found: _Matches, went: list[Entry], came: list[Entry], locale: str) -> None:
    """What stands in the place of what."""
    for entry, parts in regroup.near_wholes(came, went):
        _join(found, entry, parts, same=False)
    came = [entry for entry in came if entry.key not in found.filled]
    went = [entry for entry in went if entry.key not in found.used]
    for whole, pieces in regroup.near_wholes(went, came):
        _cut(found, pieces, whole, locale)
    came = [entry for entry in came if entry.key not in found.filled]
    went = [entry for entry in went if entry.key not in found.used]
    for entry, before in align.near(came, went):
        found.take(_edited(entry, before), before)


def _join(found: _Matches, entry: Entry, parts: Sequence[Entry], *, same: bool) -> None:
    done = regroup.joined(entry, parts, same=same)
    if done:
        found.take(done, *parts)


def _cut(found: _Matches, pieces: Sequence[Entry], whole: Entry, locale: str) -> None:
    """Fill the pieces that have no text yet; while a part finds no place, the whole rests."""
    empty = [piece for piece in dict.fromkeys(pieces) if piece.key not in found.filled]
    done = regroup.cut(pieces, whole, locale)
    if done is None:
        done = regroup.uncut(empty[:1], whole)
        placed = bool(done)
    else:
        placed = len(empty) == len(pieces)
    for piece in done:
        if piece.key not in found.filled:
            found.take(piece)
    if placed:
        found.used.add(whole.key)


def _kept(entry: Entry, old: Entry) -> Entry:
    """The old entry with what the template says of its place; itself if it says the same."""
    place = (entry.references, entry.extracted, False)
    if (old.references, old.extracted, old.obsolete) == place:
        return old
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
    """Whether a translation or what is known of it differs."""
    index = old.index()
    for entry in entries:
        before = index.get(entry.key)
        if before is None and entry.msgstr:
            return True
        if before is None or before is entry:
            continue
        if before.msgstr != entry.msgstr or marks.state(before) is not marks.state(entry):
            return True
    return False
