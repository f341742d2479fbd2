"""The marks that say who wrote a translation, in `# ` comments bound to the text by hashes.

`# mt: google 2026-11-22 s=1f3a9c t=77b0e2 q=0.62 why=numbers` stands above what an engine
wrote: `s` and `t` are hashes of msgid and msgstr, so that a mark copied to another entry is
seen to be stale, and an edited text is seen to be a person's. `q` is what we think of it, left
out where nothing speaks against it. `# accepted: NAME DATE s=… t=…` and `# reviewed: …` say
which person answers for a text. Custom flags would be simpler, but gettext's tools and Poedit
drop them.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from workflow.model import Entry, State

_MT: Final = re.compile(
    r"mt: (?P<engine>\S+) (?P<date>\S+) s=(?P<s>[0-9a-f]{6}) t=(?P<t>[0-9a-f]{6})"
    r"(?: q=(?P<q>[01]\.\d\d))?(?: why=(?P<why>\S+))?\s*\Z"
)
_BY: Final = r"(?P<who>.+) (?P<date>\S+) s=(?P<s>[0-9a-f]{6}) t=(?P<t>[0-9a-f]{6})\s*\Z"
_ACCEPTED: Final = re.compile("accepted: " + _BY)
_REVIEWED: Final = re.compile("reviewed: " + _BY)
_PERSONS: Final = (_ACCEPTED, _REVIEWED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Who wrote, accepted or reviewed a text, and which text that was."""

    who: str
    """An engine's name, or a person's."""
    date: str
    source_hash: str
    text_hash: str
    reasons: tuple[str, ...] = ()
    """Why a person should look at it first (`numbers`, `term`, …)."""
    quality: float = 1.0
    """From 0 to 1; the worst are to be looked at first."""

    def fits(self, entry: Entry) -> bool:
        """Whether the mark was made for this msgid and this msgstr."""
        return self.source_hash == digest(entry.msgid) and self.text_hash == digest(entry.msgstr)


def digest(text: str) -> str:
    """Six hexadecimal digits that stand for a text."""
    return blake2b(text.encode("utf-8"), digest_size=3).hexdigest()


def machine(entry: Entry) -> Mark | None:
    """The mark of the engine that wrote this very text, or None."""
    return _valid(entry, _MT, "engine")


def reviewed(entry: Entry) -> Mark | None:
    """The mark of the person who reviewed this very text; None too if they had accepted it."""
    mark = _valid(entry, _REVIEWED, "who")
    first = accepted(entry) if mark else None
    return None if mark and first and same_person(mark.who, first.who) else mark


def accepted(entry: Entry) -> Mark | None:
    """The mark of the person who accepted this very text; None if nobody gave a name."""
    return _valid(entry, _ACCEPTED, "who")


def overtaken(entry: Entry) -> Mark | None:
    """The mark of a review since which the text or its source has changed, or None.

    It stays until somebody reviews the entry again, or takes the comment away.
    """
    if _valid(entry, _REVIEWED, "who"):
        return None
    found = (_mark(line, _REVIEWED, "who") for line in entry.comments)
    return next((mark for mark in found if mark), None)


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same, however they are typed."""
    return _folded(one) == _folded(other)


def unmodified(entry: Entry) -> Mark | None:
    """The mark of the engine that wrote this text, be it for an older msgid; or None.

    Nobody's work is lost when such a text is replaced.
    """
    if not entry.fuzzy:
        return None
    found = (_mark(line, _MT, "engine") for line in entry.comments)
    text = digest(entry.msgstr)
    return next((mark for mark in found if mark and mark.text_hash == text), None)


def with_machine(
    entry: Entry,
    text: str,
    *,
    engine: str,
    date: str,
    reasons: tuple[str, ...] = (),
    quality: float = 1.0,
) -> Entry:
    """An entry filled by an engine: fuzzy until a person accepts it, and marked.

    Args:
        entry: the entry to fill.
        text: its new msgstr.
        engine: the engine's name, without white space.
        date: ISO date of the translation.
        reasons: why a person should look at it first.
        quality: what to think of it, from 0 to 1.
    """
    q = f" q={quality:.2f}" if quality < 0.995 else ""
    why = f" why={','.join(reasons)}" if reasons else ""
    mark = f"mt: {engine} {date} s={digest(entry.msgid)} t={digest(text)}{q}{why}"
    kept = tuple(line for line in entry.comments if not _MT.match(line))
    flags = (*(flag for flag in entry.flags if flag != "fuzzy"), "fuzzy")
    return replace(
        entry,
        msgstr=text,
        flags=flags,
        comments=(*kept, mark),
        previous=None,
        previous_context=None,
    )


def without_machine(entry: Entry) -> Entry:
    """An entry whose machine text turned out to be none: empty, as if nobody had filled it."""
    return replace(
        entry,
        msgstr="",
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        comments=tuple(line for line in entry.comments if not _MT.match(line)),
        previous=None,
        previous_context=None,
    )


def with_acceptance(entry: Entry, *, name: str, date: str) -> Entry:
    """An entry that a person accepts: no longer fuzzy, with a mark if there is a name.

    Args:
        entry: the entry; it has a text.
        name: who accepts it; empty where that is nobody's business.
        date: ISO date.
    """
    kept = tuple(line for line in entry.comments if not _ACCEPTED.match(line))
    return replace(
        entry,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        comments=(*kept, f"accepted: {name} {date}{_hashes(entry)}") if name else kept,
        previous=None,
        previous_context=None,
        previous_plural=None,
    )


def with_review(entry: Entry, *, name: str, date: str) -> Entry:
    """An accepted entry with a second person's mark; those of former reviews go."""
    kept = (line for line in entry.comments if not _REVIEWED.match(line))
    return replace(entry, comments=(*kept, f"reviewed: {name} {date}{_hashes(entry)}"))


def outliving(entry: Entry) -> tuple[str, ...]:
    """The comments that stay when the text is another: people's, and reviews.

    A review whose text has changed must be seen, not forgotten.
    """
    return tuple(line for line in entry.comments if not is_mark(line) or _REVIEWED.match(line))


def rebound(entry: Entry, old: Entry, *, reviewed: bool) -> Entry:
    """The entry with the marks that fitted the old one made for its own texts.

    Args:
        entry: the entry as it is now.
        old: the entry before a change that asked nothing of a person.
        reviewed: whether what people accepted and reviewed still holds.
    """
    ours, theirs = _hashes(old), _hashes(entry)
    kept = tuple(
        line.replace(ours, theirs)
        if _MT.match(line) or (reviewed and any(person.match(line) for person in _PERSONS))
        else line
        for line in old.comments
    )
    return replace(entry, comments=kept)


def is_mark(comment: str) -> bool:
    """Whether a comment is one of our marks, fitting or not."""
    return any(pattern.match(comment) for pattern in (_MT, *_PERSONS))


def unwrapped(comments: Sequence[str]) -> tuple[str, ...]:
    """Comment lines with the marks whole that polib or Babel broke over several lines."""
    if len(comments) < 2:
        return tuple(comments)
    lines: list[str] = []
    rest = list(comments)
    while rest:
        broken = rest[0].startswith(("mt: ", "accepted: ", "reviewed: ")) and not is_mark(rest[0])
        taken = next((n for n in (2, 3) if broken and is_mark(_line(rest[:n]))), 1)
        lines.append(_line(rest[:taken]))
        del rest[:taken]
    return tuple(lines)


def fits(entry: Entry, comment: str) -> bool:
    """Whether a comment is a mark of ours, made for this very text."""
    alone = replace(entry, comments=(comment,))
    return bool(machine(alone) or accepted(alone) or reviewed(alone))


def state(entry: Entry) -> State:
    """Where the entry stands: the first state that holds."""
    if not entry.msgstr:
        return State.MISSING
    if entry.fuzzy:
        if entry.previous is not None:
            return State.STALE
        return State.MACHINE if machine(entry) else State.FUZZY
    return State.REVIEWED if reviewed(entry) else State.TRANSLATED


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _line(parts: Sequence[str]) -> str:
    """One line of several; a word that was broken at its hyphen goes on without a space."""
    *broken, last = parts
    return "".join(part if part.endswith("-") else f"{part} " for part in broken) + last


def _hashes(entry: Entry) -> str:
    return f" s={digest(entry.msgid)} t={digest(entry.msgstr)}"


def _valid(entry: Entry, pattern: re.Pattern[str], who: str) -> Mark | None:
    found = (_mark(line, pattern, who) for line in entry.comments)
    return next((mark for mark in found if mark and mark.fits(entry)), None)


def _mark(line: str, pattern: re.Pattern[str], who: str) -> Mark | None:
    found = pattern.match(line)
    if found is None:
        return None
    more = found.groupdict()
    reasons = tuple(why.split(",")) if (why := more.get("why")) else ()
    quality = float(more.get("q") or 1.0)
    return Mark(found[who], found["date"], found["s"], found["t"], reasons, quality)
