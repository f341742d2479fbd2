"""What is new in a release: the texts of two releases, compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.catalogs import align, own
from workflow.editions.labels import Labels
from workflow.editions.wording import native_name
from workflow.model import Edition, Entry


@dataclass(frozen=True, slots=True)
class Changes:
    """Segments with their translations."""

    changed: tuple[tuple[Entry, Entry], ...]
    """As they were, and as they are: the translation, its source, or both."""
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]


def texts(edition: Edition) -> tuple[Entry, ...]:
    """What the edition prints, each segment once, in the order of the article."""
    pieces = (piece for row in edition.pieces for piece in row)
    found = [Entry(p.segment.msgid, p.text, p.segment.msgctxt) for p in pieces]
    said = ((own.CREDIT, edition.credit), (own.NOTE, edition.note))
    found += [Entry(place.msgid, text, place.msgctxt) for place, text in said if text]
    return tuple({entry.key: entry for entry in found}.values())


def compare(old: Sequence[Entry], new: Sequence[Entry]) -> Changes:
    """What became of the texts; an edited sentence is told together with what it was."""
    before = {entry.key: entry for entry in old}
    after = {entry.key for entry in new}
    pairs = {
        entry.key: before[entry.key]
        for entry in new
        if entry.key in before and before[entry.key].msgstr != entry.msgstr
    }
    fresh = {entry.key for entry in new if entry.key not in before}
    gone = {entry.key for entry in old if entry.key not in after}
    for went, came in align.replacements(old, new, gone, fresh):
        pairs |= {entry.key: match for entry, match in align.near(came, went)}
    matched = {entry.key for entry in pairs.values()}
    return Changes(
        tuple((pairs[entry.key], entry) for entry in new if entry.key in pairs),
        tuple(entry for entry in new if entry.key in fresh - pairs.keys()),
        tuple(entry for entry in old if entry.key in gone - matched),
    )


def report(changes: Changes | None, *, title: str, locale: str, number: int, language: str) -> str:
    """The changes as a text for people.

    Args:
        changes: None for a first release.
        title: of the article, in the edition.
        locale: the edition's.
        number: the release's.
        language: the locale to say it in.
    """
    return "\n".join((*_lines(changes, title, locale, number, Labels(language)), ""))


def _lines(
    changes: Changes | None, title: str, locale: str, number: int, labels: Labels
) -> Iterator[str]:
    yield title
    release = labels("Release {number}", number=str(number))
    yield f"{native_name(locale)} · {release}"
    yield ""
    if changes is None:
        yield labels("This is the first release.")
        return
    counts = (len(changes.changed), len(changes.added), len(changes.removed))
    if not any(counts):
        yield labels("No text has changed since release {number}.", number=str(number - 1))
        return
    yield labels("Since release {number}:", number=str(number - 1))
    if changes.changed:
        yield from ("", labels("Changed ({number})", number=str(counts[0])))
        for before, after in changes.changed:
            yield from ("", *_turned(before, after))
    if changes.added:
        yield from ("", labels("Added ({number})", number=str(counts[1])))
        for entry in changes.added:
            yield from ("", *_marked("  ", entry.msgid), *_marked("+ ", entry.msgstr))
    if changes.removed:
        yield from ("", labels("Removed ({number})", number=str(counts[2])))
        for entry in changes.removed:
            yield from ("", *_marked("  ", entry.msgid), *_marked("− ", entry.msgstr))


def _turned(before: Entry, after: Entry) -> Iterator[str]:
    for old, new in ((before.msgid, after.msgid), (before.msgstr, after.msgstr)):
        if old == new:
            yield from _marked("  ", new)
        else:
            yield from (*_marked("− ", old), *_marked("+ ", new))


def _marked(mark: str, text: str) -> list[str]:
    return [f"  {mark}{line}" for line in text.split("\n")]
