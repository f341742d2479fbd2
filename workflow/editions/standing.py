"""How far a translation is: what `auflage status`, the status page and a manifest tell.

Nobody is named here: that is up to the translators.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from workflow.catalogs import marks
from workflow.editions.translate import count
from workflow.model import Catalog, Coverage, Edition, Entry, Segment, State

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers and dates of one article in one locale."""

    coverage: Coverage
    unmodified: Coverage
    """Of it, what still is word for word what an engine wrote, accepted or not."""
    overtaken: int
    """Entries whose text or source has changed since somebody reviewed them."""
    since: Mapping[State, str]
    """The oldest date (ISO) that the marks of a state's entries have."""
    changed: str
    """When a text last changed (ISO date), by the catalog's header; empty if it does not say."""
    source_changed: str
    """The same for the source text."""

    def data(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "segments": _by_state(self.coverage.segments),
            "words": _by_state(self.coverage.words),
            "unmodified": {
                "segments": sum(self.unmodified.segments.values()),
                "words": self.unmodified.total,
            },
            "overtaken": self.overtaken,
            "since": {state.value: date for state, date in self.since.items()},
            "changed": self.changed,
            "source_changed": self.source_changed,
        }


def standing(edition: Edition, catalog: Catalog | None) -> Standing:
    """See how far a translation is.

    Args:
        edition: the article in the locale.
        catalog: the catalog it was made with.
    """
    known = dict(_found(edition, catalog))
    machine = {segment: marks.state(entry) for segment, entry in known.items() if _untouched(entry)}
    return Standing(
        coverage=edition.coverage,
        unmodified=count(machine),
        overtaken=sum(marks.overtaken(entry) is not None for entry in known.values()),
        since=_since(known.values()),
        changed=_day(catalog, "PO-Revision-Date"),
        source_changed=_day(catalog, "POT-Creation-Date"),
    )


def _found(edition: Edition, catalog: Catalog | None) -> Iterator[tuple[Segment, Entry]]:
    """The entries of the edition's segments, each once."""
    index = catalog.index() if catalog else {}
    for row in edition.pieces:
        for piece in row:
            entry = index.pop((piece.segment.msgctxt, piece.segment.msgid), None)
            if entry:
                yield piece.segment, entry


def _untouched(entry: Entry) -> bool:
    return marks.machine(entry) is not None or marks.unmodified(entry) is not None


_WITNESSES: Final = {
    State.MACHINE: marks.machine,
    State.TRANSLATED: marks.accepted,
    State.REVIEWED: marks.reviewed,
}


def _since(entries: Iterable[Entry]) -> dict[State, str]:
    dates: dict[State, list[str]] = {}
    for entry in entries:
        state = marks.state(entry)
        mark = _WITNESSES[state](entry) if state in _WITNESSES else None
        if mark and _DAY.fullmatch(mark.date):
            dates.setdefault(state, []).append(mark.date)
    return {state: min(dates[state]) for state in State if state in dates}


def _day(catalog: Catalog | None, field: str) -> str:
    found = _DAY.match(catalog.field(field)) if catalog else None
    return found[0] if found else ""


def _by_state(numbers: Mapping[State, int]) -> dict[str, int]:
    return {state.value: numbers.get(state, 0) for state in State}
