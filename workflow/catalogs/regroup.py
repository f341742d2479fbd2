"""Sentences that became one, and one that became several.

The same happens to a whole catalog when the granularity changes (`segmentation: paragraph`)
or the sentence rules do: a paragraph is its sentences, joined by white space.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from workflow.catalogs import marks
from workflow.catalogs.align import NEAR
from workflow.model import COVERED, Entry, State
from workflow.segments import rules
from workflow.segments.inline import mask, sound_cuts
from workflow.segments.split import spans

# Percent of similarity from which sentences that were edited too count as a text's parts:
# higher than for a single sentence, because any neighbour makes a short text longer.
JOINED: Final = 80
# Above this many pairs, a place was rewritten: nobody looks for parts in it.
_LIMIT: Final = 2000
_WORD: Final = re.compile(r"\S+")
_GAP: Final = re.compile(r"\s+")
_END: Final = re.compile(r"[.!?…:][^\w\s]*\Z")

Whole = tuple[Entry, tuple[Entry, ...]]
"""An entry, and those whose texts it is when they are joined."""


def wholes(long: Sequence[Entry], short: Sequence[Entry]) -> Iterator[Whole]:
    """Entries whose msgid is that of others, joined by white space."""
    index: dict[tuple[str | None, str], list[Entry]] = defaultdict(list)
    if long:
        for entry in short:
            word = entry.msgid.split(maxsplit=1)[:1]
            if word and entry.plural is None:
                index[entry.msgctxt, word[0]].append(entry)
    for entry in long:
        parts = _parts(entry, index)
        if len(parts) > 1:
            yield entry, parts


def near_wholes(long: Sequence[Entry], short: Sequence[Entry]) -> Iterator[Whole]:
    """Entries that resemble several of the others, one behind the other, more than any one."""
    if len(long) * len(short) > _LIMIT or len(short) < 2:
        return
    found = sorted(
        (candidate for entry in long for candidate in _runs(entry, short)),
        key=lambda candidate: -candidate.score,
    )
    taken: set[int] = set()
    done: set[tuple[str | None, str]] = set()
    for run in found:
        places = set(range(run.start, run.end))
        if run.whole.key not in done and not places & taken:
            taken |= places
            done.add(run.whole.key)
            yield run.whole, tuple(short[run.start : run.end])


def joined(entry: Entry, parts: Sequence[Entry], *, same: bool) -> Entry | None:
    """The entry with the texts of its parts; None if there are none.

    Args:
        entry: the new entry.
        parts: the old entries, in order.
        same: whether the entry's msgid is exactly theirs.
    """
    text = ""
    gaps = _gaps(entry.msgid, parts) if same else [" "] * len(parts)
    for part, gap in zip(parts, ["", *gaps], strict=False):
        if part.msgstr and part.msgstr != COVERED:
            text += (gap if text else "") + part.msgstr
    if not text:
        return None
    done = replace(entry, msgstr=text, comments=_notes(parts), flags=_flags(parts))
    whole = all(_END.search(part.msgid) for part in parts[:-1])  # single words may mean more
    complete = same and whole and all(part.msgstr for part in parts)
    drafts = [marks.machine(part) for part in parts]
    if complete and (first := drafts[0]) and all(d and d.who == first.who for d in drafts):
        states = {marks.state(part) for part in parts}
        if states == {State.MACHINE} or not any(part.fuzzy for part in parts):
            return _drafted(done, [draft for draft in drafts if draft], states)
    if complete and not any(part.fuzzy for part in parts):
        return done
    return _stale(done, parts)


def cut(parts: Sequence[Entry], whole: Entry, locale: str) -> list[Entry] | None:
    """The new entries with their parts of the old text, to be looked at.

    Args:
        parts: the new entries, in order.
        whole: the old entry.
        locale: the language of its text.

    Returns:
        None if the text has more or fewer sentences than there are entries.
    """
    texts = _sentences(whole.msgstr, locale)
    if len(texts) != len(parts):
        return None
    notes = [_notes([whole]), *[()] * (len(parts) - 1)]
    return [
        _stale(replace(part, msgstr=text, comments=note), [whole])
        for part, text, note in zip(parts, texts, notes, strict=True)
    ]


def uncut(parts: Sequence[Entry], whole: Entry) -> list[Entry]:
    """The new entries, each with the whole of the old text, to be looked at."""
    filled = (replace(part, msgstr=whole.msgstr, comments=_notes([whole])) for part in parts)
    return [_stale(part, [whole]) for part in filled]


@dataclass(frozen=True, slots=True)
class _Run:
    whole: Entry
    start: int
    end: int
    score: float


def _parts(whole: Entry, index: Mapping[tuple[str | None, str], list[Entry]]) -> tuple[Entry, ...]:
    """The entries that make up the whole, found from its beginning; none if they do not."""
    text = whole.msgid
    path: list[Entry] = []
    ways = [_beginning(whole, 0, index)]
    dead: set[int] = set()
    starts = [0]
    while ways:
        entry = next(ways[-1], None)
        if entry is None:
            ways.pop()
            dead.add(starts.pop())
            path = path[:-1]
            continue
        end = starts[-1] + len(entry.msgid)
        if end == len(text):
            return (*path, entry)
        gap = _GAP.match(text, end)
        if gap and gap.end() not in dead:
            path.append(entry)
            starts.append(gap.end())
            ways.append(_beginning(whole, gap.end(), index))
    return ()


def _beginning(
    whole: Entry, start: int, index: Mapping[tuple[str | None, str], list[Entry]]
) -> Iterator[Entry]:
    """The entries that the whole goes on with."""
    word = _WORD.match(whole.msgid, start)
    if word:
        for entry in index.get((whole.msgctxt, word[0]), ()):
            if whole.msgid.startswith(entry.msgid, start):
                yield entry


def _gaps(text: str, parts: Sequence[Entry]) -> list[str]:
    gaps = []
    here = 0
    for part in parts:
        here += len(part.msgid)
        found = _GAP.match(text, here)
        gaps.append(found[0] if found else "")
        here += len(gaps[-1])
    return gaps


def _runs(entry: Entry, short: Sequence[Entry]) -> Iterator[_Run]:
    size = len(entry.msgid)
    alone = [fuzz.ratio(entry.msgid, other.msgid) for other in short]
    for start, first in enumerate(short):
        text = first.msgid
        for end in range(start + 2, len(short) + 1):
            text += " " + short[end - 1].msgid
            if len(text) > 1.5 * size:
                break
            best = max(NEAR, *alone[start:end])
            score = fuzz.ratio(entry.msgid, text, score_cutoff=max(JOINED, best))
            if score > best and all(
                part.msgctxt == entry.msgctxt and len(part.msgid) < size
                for part in short[start:end]
            ):
                yield _Run(entry, start, end, score)


def _sentences(text: str, locale: str) -> list[str]:
    cuts = sound_cuts(text, list(spans(mask(text), rules.load(locale))), {})
    ends = [start for start, _ in cuts] + [len(text)]
    starts = [0] + [end for _, end in cuts]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _stale(entry: Entry, parts: Sequence[Entry]) -> Entry:
    """The entry, to be looked at, with what its text was the translation of."""
    before = dict.fromkeys(
        part.previous if part.fuzzy and part.previous is not None else part.msgid for part in parts
    )
    # A line each: who compares sees where the sentences met.
    previous = "\n".join(before)
    taken_back = previous == entry.msgid
    return replace(
        entry,
        flags=tuple(dict.fromkeys((*entry.flags, *_flags(parts), "fuzzy"))),
        previous=None if taken_back else previous,
    )


def _drafted(entry: Entry, drafts: Sequence[marks.Mark], states: set[State]) -> Entry:
    """An engine's text still, if it was that in all parts."""
    reasons = tuple(dict.fromkeys(reason for draft in drafts for reason in draft.reasons))
    marked = marks.with_machine(
        entry,
        entry.msgstr,
        engine=drafts[0].who,
        date=max(draft.date for draft in drafts),
        reasons=reasons,
        quality=min(draft.quality for draft in drafts),
    )
    return marked if states == {State.MACHINE} else replace(marked, flags=entry.flags)


def _flags(parts: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flag for part in parts for flag in part.flags if flag != "fuzzy"))


def _notes(parts: Sequence[Entry]) -> tuple[str, ...]:
    """What people wrote above the parts, and who reviewed them."""
    lines = (line for part in parts for line in marks.outliving(part))
    return tuple(dict.fromkeys(lines))
