"""What a person accepts or reviews from the command line, as clearing “fuzzy” does in an editor.

Entries go by number: their place in the catalog, counted from 1, obsolete ones left out.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from workflow.catalogs import header, marks
from workflow.model import Catalog, Entry, State


class Outcome(Enum):
    """What becomes of an entry that was asked for; the value says why, for people."""

    DONE = "done"
    ALREADY = "was so already"
    MISSING = "is empty: there is nothing to accept"
    STALE = "is stale: its source has changed; look at it in an editor, and clear “fuzzy” there"
    UNACCEPTED = "is not accepted yet; a review is the second look"
    SAME = "was accepted under that name; a review is a second person's"


@dataclass(frozen=True, slots=True)
class Approval:
    """An entry that was asked for, and what became of it."""

    number: int
    entry: Entry
    """As it is now."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Approved:
    """The catalog as it is now, and what became of each entry that was asked for."""

    catalog: Catalog
    approvals: tuple[Approval, ...]


def accept(catalog: Catalog, chosen: Collection[int] | None, *, name: str, now: str) -> Approved:
    """Accept entries: what is machine text or fuzzy is translated then.

    Args:
        catalog: the catalog.
        chosen: numbers of entries; None means all.
        name: who accepts them, for a mark; empty for none.
        now: the time to write, as gettext writes it.
    """

    def decide(entry: Entry) -> Outcome:
        return _ACCEPTING.get(marks.state(entry), Outcome.DONE)

    def change(entry: Entry) -> Entry:
        return marks.with_acceptance(entry, name=name, date=now[:10])

    done = _through(catalog, chosen, decide, change)
    if done.catalog == catalog:
        return done
    fields = header.replaced(catalog.header, "PO-Revision-Date", now)
    return replace(done, catalog=replace(done.catalog, header=fields))


def review(catalog: Catalog, chosen: Collection[int] | None, *, name: str, now: str) -> Approved:
    """Mark accepted entries as looked at by a second person.

    Args:
        catalog: the catalog.
        chosen: numbers of entries; None means all.
        name: who reviews them.
        now: the time, as gettext writes it.
    """

    def decide(entry: Entry) -> Outcome:
        refused = _REVIEWING.get(marks.state(entry))
        first = marks.accepted(entry)
        same = first is not None and marks.same_person(first.who, name)
        return refused or (Outcome.SAME if same else Outcome.DONE)

    def change(entry: Entry) -> Entry:
        return marks.with_review(entry, name=name, date=now[:10])

    return _through(catalog, chosen, decide, change)


_ACCEPTING = {
    State.MISSING: Outcome.MISSING,
    State.STALE: Outcome.STALE,
    State.TRANSLATED: Outcome.ALREADY,
    State.REVIEWED: Outcome.ALREADY,
}
_REVIEWING = {
    State.MISSING: Outcome.UNACCEPTED,
    State.STALE: Outcome.UNACCEPTED,
    State.MACHINE: Outcome.UNACCEPTED,
    State.FUZZY: Outcome.UNACCEPTED,
    State.REVIEWED: Outcome.ALREADY,
}


def _through(
    catalog: Catalog,
    chosen: Collection[int] | None,
    decide: Callable[[Entry], Outcome],
    change: Callable[[Entry], Entry],
) -> Approved:
    approvals: list[Approval] = []

    def entries() -> Iterator[Entry]:
        number = 0
        for entry in catalog.entries:
            number += not entry.obsolete
            asked = not (entry.own and not entry.msgstr) if chosen is None else number in chosen
            if entry.obsolete or not asked:
                yield entry
                continue
            outcome = decide(entry)
            now = change(entry) if outcome is Outcome.DONE else entry
            approvals.append(Approval(number, now, outcome))
            yield now

    return Approved(replace(catalog, entries=tuple(entries())), tuple(approvals))
