"""Markup: a translation holds the constructs of its source, no more and no others."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from workflow.checks.pair import Finding, Pair, Text, shortened
from workflow.reading.safety import safe_target
from workflow.segments.parts import ADDRESS, Item, Kind, Part

_TARGET: Final = re.compile(r"\]\(\s*<?([^\s)>]*)|<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>|\]:\s*(\S+)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>?|<!--")
_STARS: Final = re.compile(r"\*\*?|__|~~")
_TITLED: Final = re.compile("[„“«»”]")
_TICKS: Final = re.compile(r"`+")
# What the parser calls the constructs, and what people do.
_LINKS: Final = ("link_open", "address")
_EMPHASIS: Final = ("em_open", "strong_open", "s_open")
_WORDY: Final = re.compile(r"\w")


def links(pair: Pair) -> Iterator[Finding]:
    """Links: lost, brought in, with another target, or without words."""
    lost, added = _difference(pair, _LINKS)
    if lost and added:
        yield Finding(f"link: {_said(lost)} became {_said(added)}", f"“{_said(lost)}”")
    elif lost:
        yield Finding(f"link: {_said(lost)} is missing")
    elif added:
        yield Finding(f"link: {_said(added)} is not in the source")
    if not (lost or added):
        if pair.source.raw.count("](") != pair.target.raw.count("]("):
            yield Finding("link: a “](” too many or too few")
        elif pair.target.raw.count("] (") > pair.source.raw.count("] ("):
            yield Finding("link: a space between “]” and “(”")
    if _empty(pair.target.parts) > _empty(pair.source.parts):
        yield Finding("link: no words are left in it")


def unsafe(pair: Pair) -> Iterator[Finding]:
    """Targets that run code or open files."""
    if "](" not in pair.target.raw and "<" not in pair.target.raw and "]:" not in pair.target.raw:
        return
    for match in _TARGET.finditer(pair.target.raw):
        target = next(filter(None, match.groups()), "")
        if not safe_target(target):
            yield Finding(f"unsafe link: {shortened(target)}")


def emphasis(pair: Pair) -> Iterator[Finding]:
    """Emphasis: lost, or with one of its marks missing."""
    lost, _ = _difference(pair, _EMPHASIS)
    if lost:
        yield Finding("emphasis: * or ** of the source is missing or not balanced")
    elif _stray(pair.target, _STARS) > _stray(pair.source, _STARS):
        yield Finding("emphasis: a mark is left without its other half")


def emphasis_added(pair: Pair) -> Iterator[Finding]:
    """Emphasis that the source does not have."""
    _, added = _difference(pair, _EMPHASIS)
    # English sets the titles of works in italics where German quotes them.
    quoted = _TITLED.search(pair.source.prose) and not _TITLED.search(pair.target.prose)
    if added and not quoted:
        yield Finding("emphasis that the source does not have")


def code(pair: Pair) -> Iterator[Finding]:
    """Code: not byte for byte that of the source."""
    lost, added = _difference(pair, ("code_inline",))
    if lost or added:
        yield Finding(f"code: {_said(lost) or 'nothing'} became {_said(added) or 'nothing'}")
    elif _stray(pair.target, _TICKS) > _stray(pair.source, _TICKS):
        yield Finding("code: a ` is left without its other half")


def footnotes(pair: Pair) -> Iterator[Finding]:
    """Footnotes and images: lost, doubled, or others."""
    lost, added = _difference(pair, ("footnote_ref", "footnote_inline", "image"))
    for what, items in (("is missing", lost), ("is not in the source", added)):
        if items:
            kind = "image" if items[0][0] == "image" else "footnote"
            yield Finding(f"{kind}: {_said(items)} {what}")


def placeholders(pair: Pair) -> Iterator[Finding]:
    """Placeholders of templates, such as %s and {name}."""
    lost, added = _difference(pair, ("placeholder",))
    if lost or added:
        yield Finding(f"placeholder: {_said(lost) or 'nothing'} became {_said(added) or 'nothing'}")


def tags(pair: Pair) -> Iterator[Finding]:
    """HTML: lost, changed or brought in; also what looks like it and would be shown as text."""
    lost, added = _difference(pair, ("html_inline",))
    if added:
        yield Finding(f"HTML: {_said(added)} is not in the source")
    elif lost:
        yield Finding(f"HTML: {_said(lost)} is missing")
    elif "<" in pair.target.prose:
        shown = _TAG.search(pair.target.prose)
        if shown and not _TAG.search(pair.source.prose):
            yield Finding(f"HTML: {shortened(shown[0])} is not in the source")


def breaks(pair: Pair) -> Iterator[Finding]:
    """Lines within a segment."""
    ours, theirs = pair.source.raw.count("\n"), pair.target.raw.strip("\n").count("\n")
    if ours != theirs:
        yield Finding(f"line breaks: {ours} in the source, {theirs} here")


def _difference(pair: Pair, kinds: Sequence[str]) -> tuple[list[Item], list[Item]]:
    """Constructs of some kinds that only the source has, and that only the translation has."""
    if not (pair.source.parts or pair.target.parts):
        return [], []
    ours = _constructs(pair.source, kinds)
    theirs = _constructs(pair.target, kinds)
    return list((ours - theirs).elements()), list((theirs - ours).elements())


def _constructs(text: Text, kinds: Sequence[str]) -> Counter[Item]:
    found = (item for part in text.parts if part.kind is not Kind.TEXT for item in _items(part))
    return Counter(item for item in found if item[0] in kinds)


def _items(part: Part) -> Iterator[Item]:
    """What a construct is; addresses and placeholders are text to the parser."""
    for item in part.items:
        if item[0] != "text" or len(part.items) > 1:
            # Titles of links are entries of their own, and so is what is said of an image.
            item = (item[0], *item[2:]) if item[0] == "image" else item
            yield tuple(detail for detail in item if not detail.startswith(("title=", "alt=")))
        elif ADDRESS.fullmatch(part.text):
            yield ("address", part.text)
        else:
            yield ("placeholder", part.text)


def _said(items: Sequence[Item]) -> str:
    """The first of some constructs, as people know it."""
    if not items:
        return ""
    details = [detail.partition("=")[2] for detail in items[0][1:] if "=" in detail]
    text = next(filter(None, (*details, *items[0][1:])), items[0][0])
    return shortened(text)


def _empty(parts: Sequence[Part]) -> int:
    """How many links have no words."""
    return sum(
        not any(
            _WORDY.search(one.text) or one.kind is Kind.ATOM for one in parts[at : part.partner]
        )
        for at, part in enumerate(parts)
        if part.kind is Kind.OPEN and part.items[0][0] == "link_open"
    )


def _stray(text: Text, marks: re.Pattern[str]) -> int:
    """Marks that a reader would see."""
    return len(marks.findall(text.prose)) if text.parts else 0
