"""Where an entry stands: missing and stale block a release, drafts are named."""

from collections.abc import Iterator, Sequence
from typing import Final

from workflow.catalogs import marks
from workflow.model import COVERED, Diagnostic, Entry, Severity, State

_SAID: Final = {
    State.MISSING: (Severity.ERROR, "there is no translation yet"),
    State.STALE: (Severity.ERROR, "the source has changed; the translation has not"),
    State.MACHINE: (Severity.STATE, "an engine wrote it; nobody has accepted it"),
    State.FUZZY: (Severity.STATE, "marked fuzzy: somebody is not sure yet"),
}


def states(entry: Entry) -> Iterator[Diagnostic]:
    """What the state of an entry says."""
    state = marks.state(entry)
    if state in _SAID:
        severity, message = _SAID[state]
        yield Diagnostic(state.value, severity, message, entry.key, entry.line)


def covered(block: Sequence[Entry]) -> Iterator[Diagnostic]:
    """A block whose sentences all say that a neighbour covers them (`[=]`)."""
    texts = [entry.msgstr for entry in block if entry.msgstr]
    if texts and all(text == COVERED for text in texts):
        first = block[0]
        message = f"{COVERED}, but no sentence of the paragraph has a text that could cover it"
        yield Diagnostic("covered", Severity.ERROR, message, first.key, first.line)


def unmodified(entry: Entry) -> Iterator[Diagnostic]:
    """An accepted text that still is the engine's own, to the letter."""
    if not entry.fuzzy and entry.msgstr and marks.machine(entry):
        message = "accepted as the engine wrote it; was it read?"
        yield Diagnostic("unmodified", Severity.HINT, message, entry.key, entry.line)
