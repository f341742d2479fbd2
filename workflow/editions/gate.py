"""What stands between a draft and a release: every reason to refuse, and named exceptions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from workflow.errors import UsageError
from workflow.model import Catalog, Edition, State

_ALLOWANCE: Final = re.compile(r"(?P<code>[a-z][a-z0-9-]*)(?::(?P<number>[1-9]\d*))?\Z")
_BLOCKING: Final = {
    State.MISSING: "has no translation",
    State.STALE: "its source has changed since it was translated",
    State.MACHINE: "machine text that nobody has accepted",
    State.FUZZY: "marked fuzzy: somebody is not sure yet",
}
Key = tuple[str | None, str]


class Finding(Protocol):
    """What a check of translations says (`model.Diagnostic` is one)."""

    @property
    def code(self) -> str:
        """The check's name."""

    @property
    def severity(self) -> str:
        """`error` blocks a release."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def reference(self) -> Key | None:
        """The entry's msgctxt and msgid; None for the edition as a whole."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no release."""

    code: str
    message: str
    place: str
    """File and line."""
    number: int | None = None
    """The entry's place in its catalog, from 1."""
    msgid: str = ""

    def data(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "code": self.code,
            "entry": self.number,
            "message": self.message,
            "place": self.place,
            "msgid": self.msgid,
        }


@dataclass(frozen=True, slots=True)
class Allowance:
    """An exception that somebody makes by name."""

    code: str
    number: int | None = None
    """One entry; None means wherever the code is found."""

    def covers(self, reason: Reason) -> bool:
        """Whether the exception was made for this."""
        return self.code == reason.code and self.number in (None, reason.number)

    def __str__(self) -> str:
        """As it was typed."""
        return self.code if self.number is None else f"{self.code}:{self.number}"


def allowance(text: str) -> Allowance:
    """An exception as a person types it: `quotes`, or `numbers:12` for one entry.

    Raises:
        UsageError: it is neither, or too much: that a text is unfinished can be excused for
            single entries, never for a whole article.
    """
    found = _ALLOWANCE.match(text)
    if not found:
        raise UsageError(f"--allow “{text}”: write a code, or a code and an entry: numbers:12")
    code = found["code"]
    if code in _BLOCKING and not found["number"]:
        raise UsageError(f"--allow {code}: only for single entries, such as {code}:12")
    return Allowance(code, int(found["number"]) if found["number"] else None)


def reasons(
    edition: Edition, catalog: Catalog | None, findings: Iterable[Finding], path: str
) -> Iterator[Reason]:
    """Everything that forbids a release, in the order of the article.

    Args:
        edition: the article in the locale.
        catalog: the catalog it was made with.
        findings: what the checks say of them.
        path: the catalog's.
    """
    if edition.original:
        return
    places = _Places(catalog, path)
    told: set[tuple[str, Key | None]] = set()
    for reason, key in (*_states(edition, places), *_errors(findings, places)):
        if (reason.code, key) not in told:
            told.add((reason.code, key))
            yield reason


def sift(
    found: Sequence[Reason], allowed: Sequence[Allowance]
) -> tuple[list[Reason], list[Reason]]:
    """Part what is excused from what is not: exceptions, refusals."""
    excused = [reason for reason in found if any(each.covers(reason) for each in allowed)]
    return excused, [reason for reason in found if reason not in excused]


class _Places:
    """Where entries stand."""

    def __init__(self, catalog: Catalog | None, path: str):
        self.path = path
        entries = enumerate(catalog.live if catalog else (), start=1)
        self._known = {entry.key: (number, entry.line) for number, entry in entries}

    def reason(self, key: Key, code: str, message: str) -> Reason | None:
        """A reason that an entry gives; None if the catalog has no such entry."""
        number, line = self._known.get(key, (None, None))
        if number is None:
            return None
        return Reason(code, message, f"{self.path}:{line}", number, key[1])


def _states(edition: Edition, places: _Places) -> Iterator[tuple[Reason, Key]]:
    article = edition.article
    for block, row in zip(article.blocks, edition.pieces, strict=True):
        for piece in row:
            if piece.state not in _BLOCKING:
                continue
            key = (piece.segment.msgctxt, piece.segment.msgid)
            reason = places.reason(key, piece.state.value, _BLOCKING[piece.state]) or Reason(
                State.MISSING.value,
                f"is not in {places.path}; run: auflage update (or make po)",
                f"{article.path}:{block.line}",
                msgid=piece.segment.msgid,
            )
            yield reason, key


def _errors(findings: Iterable[Finding], places: _Places) -> Iterator[tuple[Reason, Key | None]]:
    for finding in findings:
        if finding.severity != "error":
            continue
        key = finding.reference
        reason = places.reason(key, finding.code, finding.message) if key else None
        yield reason or Reason(finding.code, finding.message, places.path), key
