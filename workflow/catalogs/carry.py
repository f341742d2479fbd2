"""Changes that leave the words alone: the translation takes them over as they are.

A new link target, other white space, or emphasis that was removed or that wraps the whole
segment asks nothing of a translator. What cannot be applied exactly is left to a person.
The build's own parser is the judge: the constructs of the translation must change as those
of the source did.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from workflow.model import COVERED
from workflow.reading import dialect
from workflow.segments.inline import normalise, unwrap

_MARKUP: Final = re.compile(
    r"""
    \\[!-/:-@\[-`{-~]                                                    # escape
  | (?<!`)(?P<ticks>`+)(?!`)(?:.|\n)+?(?<!`)(?P=ticks)(?!`)              # code
  | \]\((?P<link><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)                 # end of a link
  | \]\[(?P<reference>[^\]\[]+)\]
  | <(?P<autolink>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>
  | <[A-Za-z/!][^<>]*>                                                   # HTML
  | (?P<bare>https?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*(?<![.,:;!?'"*_”“»]))
  | (?P<emphasis>\*+|_+)
    """,
    re.VERBOSE,
)
_TARGETS: Final = ("link", "reference", "autolink", "bare")
_BLANKS: Final = re.compile(r"[^\S\n]+")
# Kinds of emphasis by the length of their marks; longer runs are not understood.
_KINDS: Final = {1: ("em",), 2: ("strong",), 3: ("em", "strong")}
_LENGTH: Final = {"em": 1, "strong": 2}


@dataclass(frozen=True, slots=True)
class Carried:
    """A translation, and how far the change of its source could be applied to it."""

    text: str
    exact: bool
    """The change was applied: nobody has to look at it."""
    plain: bool
    """Nothing but white space and targets changed."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """The marks around emphasised words."""

    opening: tuple[int, int]
    closing: tuple[int, int]
    kinds: tuple[str, ...]


def skeleton(text: str) -> str:
    """The words of a text alone: without emphasis, targets and white space."""
    return _form(_folded(text), ("em", "strong")).replace("\n", "")


def carry(old: str, new: str, text: str) -> Carried | None:
    """Apply a change of markup alone to a translation.

    Args:
        old: the msgid as it was.
        new: the msgid as it is, in normal form.
        text: the translation of the old one.

    Returns:
        None if words changed.
    """
    old = _folded(old)
    if skeleton(old) != skeleton(new):
        return None
    if old == new:
        return Carried(text, exact=True, plain=True)
    opening, inside, closing = unwrap(new, {})
    before, was_inside, _ = unwrap(old, {})
    if opening and opening != before:
        wrapped, translation, _ = unwrap(text, {})
        if wrapped != before or text == COVERED:
            return Carried(text, exact=text == COVERED, plain=False)
        carried = _apply(was_inside, inside, translation)
        result = Carried(f"{opening}{carried.text}{closing}", carried.exact, plain=False)
    else:
        result = _apply(old, new, text)
    if result.exact and text != COVERED and _change(text, result.text) != _change(old, new):
        return Carried(text, exact=False, plain=False)
    return result


def _folded(text: str) -> str:
    """The normal form of others' msgids; line breaks stay."""
    return "\n".join(normalise(line) for line in text.split("\n"))


def _apply(old: str, new: str, text: str) -> Carried:
    """The steps, each of which may leave the text to a person."""
    was, now = _kinds(old), _kinds(new)
    gone = tuple(was - now)
    if now - was or any(now[kind] for kind in gone):
        return Carried(text, exact=False, plain=False)
    before, after = _form(old, gone), _form(new, ())
    broken = before != after  # then line breaks or the place of emphasis differ
    if broken and ("\n" in after or before.replace("\n", "") != after):
        return Carried(text, exact=False, plain=False)
    if text == COVERED:
        return Carried(text, exact=True, plain=not gone)
    exact = True
    if gone:
        exact = all(_kinds(text)[kind] == was[kind] for kind in gone)
        text = _without(text, gone) if exact else text
    if broken:
        exact = exact and text.count("\n") in (0, old.count("\n"))
        text = text.replace("\n", " ") if exact else text
    text, replaced = _retarget(text, _targets(old), _targets(new))
    return Carried(text, exact and replaced, plain=not gone)


def _retarget(text: str, old: Sequence[str], new: Sequence[str]) -> tuple[str, bool]:
    """Put new targets in the place of old ones; whether each found its place."""
    if old == new:
        return text, True
    spans = list(_spans(text))
    found = [text[start:end] for start, end in spans]
    known = dict(zip(old, new, strict=True))
    if all(known[before] == after for before, after in zip(old, new, strict=True)):
        targets = [known.get(target, target) for target in found]
        fits = Counter(found) == Counter(old)
    else:  # equal targets became different ones: the order is no more than a guess
        targets = list(new) if found == list(old) else found
        fits = False
    return _spliced(text, zip(spans, targets, strict=True)), fits


def _spliced(text: str, pieces: Iterable[tuple[tuple[int, int], str]]) -> str:
    parts = []
    here = 0
    for (start, end), piece in pieces:
        parts += [text[here:start], piece]
        here = end
    return "".join(parts) + text[here:]


def _targets(text: str) -> list[str]:
    return [text[start:end] for start, end in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the targets of links, images and bare addresses stand."""
    for match in _MARKUP.finditer(text):
        name = next((name for name in _TARGETS if match[name] is not None), None)
        if name:
            yield match.span(name)


def _pairs(text: str) -> list[_Pair]:
    """The marks of emphasis that belong together."""
    pairs = []
    stack: list[tuple[int, int]] = []
    for match in _MARKUP.finditer(text):
        start, end = match.span("emphasis")
        if start < 0 or end - start not in _KINDS:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() and after.isalnum():  # Arbeiter_innen, Kolleg*innen
            continue
        mark = match["emphasis"]
        if stack and before.strip() and text[slice(*stack[-1])] == mark:
            pairs.append(_Pair(stack.pop(), (start, end), _KINDS[len(mark)]))
        elif after.strip():
            stack.append((start, end))
    return pairs


def _kinds(text: str) -> Counter[str]:
    return Counter(kind for pair in _pairs(text) for kind in pair.kinds)


def _without(text: str, kinds: Sequence[str]) -> str:
    """The text without emphasis of these kinds."""
    shorter = []
    for pair in _pairs(text):
        cut = sum(_LENGTH[kind] for kind in pair.kinds if kind in kinds)
        for start, end in (pair.opening, pair.closing):
            shorter.append(((start, end), text[start + cut : end]))
    return _spliced(text, sorted(shorter))


def _form(text: str, kinds: Sequence[str]) -> str:
    """What must be equal: the text without targets, blanks, and emphasis of these kinds."""
    blanked = _spliced(text, ((span, "") for span in _spans(text)))
    bare = _without(blanked, kinds)
    marks = sorted(span for pair in _pairs(bare) for span in (pair.opening, pair.closing))
    same = _spliced(bare, ((span, "*" * (span[1] - span[0])) for span in marks))
    return _BLANKS.sub("", same)


def _change(before: str, after: str) -> Counter[tuple[str, str]]:
    """What became of the constructs: more of some, less of others."""
    change = Counter(_constructs(dialect.parse_inline(after, {})))
    change.subtract(_constructs(dialect.parse_inline(before, {})))
    return Counter({construct: number for construct, number in change.items() if number})


def _constructs(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.type not in ("text", "text_special", "softbreak") and token.nesting >= 0:
            yield token.type, str(token.attrGet("href") or token.attrGet("src") or "")
