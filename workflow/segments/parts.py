"""A segment in parts: text, the ends of pairs, and atoms.

A pair surrounds text that is translated (emphasis, a link's words, an HTML element); an
atom is one thing that stays as it is (code, an address, a footnote's number, an image, a
line break, a placeholder). The build's own parser says which is which.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from markdown_it.token import Token

from workflow.reading import dialect
from workflow.reading.offsets import Placed, trace
from workflow.segments.inline import to_markdown

_TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_VOID: Final = frozenset({"br", "hr", "img", "wbr"})
# In plain text: addresses, which no engine should touch, and placeholders of templates.
ADDRESS: Final = re.compile(
    r"""(?i:https?://|www\.)[^\s<>„“”»«]*[^\s<>„“”»«.,:;!?'"’)\]}]
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+""",
    re.VERBOSE,
)
_VERBATIM: Final = re.compile(
    rf"{ADDRESS.pattern} | %(?:\d+\$)?[sd]\b | %\(\w+\)[sd]\b | \{{\w*\}}", re.VERBOSE
)
# Without any of these a text is nothing but words: Arbeiter*innen, 5 % and R&B are.
_MARKED: Final = re.compile(
    r"[\\`\[<{\n@]|\*(?!in(?:nen)?\b)|(?<!\w)_|_(?!\w)|~~|&#?\w+;|%[\d(sd]|://|[wW]{3}\."
)
_MARKS: Final = frozenset("\\`[<{\n@*_~&%:")
_REFERENCE: Final = re.compile(r"\[([^\[\]]+)\](?:\[\]|\[([^\[\]]+)\])")
_SHORTCUT: Final = re.compile(r"\[(?!\^)([^\[\]]+)\]")
_FOOTNOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")

Item = tuple[str, ...]
"""What the parser makes of a construct, with its target; a text is `("text", …)`."""


class Kind(Enum):
    """What a part is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    ATOM = "atom"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a segment."""

    kind: Kind
    source: str
    """As the msgid has it."""
    text: str = ""
    """As a reader sees it; nothing for the ends of pairs."""
    items: tuple[Item, ...] = ()
    """How the parser reads it."""
    partner: int = -1
    """For an end of a pair: the place of the other one."""
    parent: int = -1
    """The place of the opening of the pair that it stands in."""
    spelling: tuple[tuple[str, str], ...] = ()
    """For text: its signs, and how the source writes each."""


def assumed(text: str, source: str | None = None) -> Mapping[str, Any]:
    """Definitions for all that looks like a reference, where those of the article are unknown.

    A shortcut, `[words]`, does not: more often it is a remark in brackets. In a translation
    it does, unless its source has the same: there it might lead where nothing led before.

    Args:
        text: to be read.
        source: for a translation, what it translates.
    """
    labels = {second or first for first, second in _REFERENCE.findall(text)}
    if source is not None:
        labels |= {label for label in _SHORTCUT.findall(text) if f"[{label}]" not in source}
    named = (" ".join(label.split()).lower().upper() for label in labels)
    return {
        "references": {label: {"href": f"[{label}]", "title": ""} for label in named},
        "footnotes": {"refs": {f":{label}": -1 for label in _FOOTNOTE.findall(text)}},
    }


def may_have_markup(text: str, signs: Set[str]) -> bool:
    """Whether a text is worth a closer look.

    Args:
        text: to be looked at.
        signs: its characters, or those that are no letters, no spaces and no points.
    """
    return not _MARKS.isdisjoint(signs) or "www" in text.lower()


def has_markup(text: str) -> bool:
    """Whether a text may have other parts than words."""
    return _MARKED.search(text) is not None


def within(
    text: str, environment: Mapping[str, Any] | None, source: str | None = None
) -> tuple[Part, ...]:
    """Take a text of an article apart.

    What looks like a reference counts as one though the article defines it not: an answer
    that brings one in shall not pass as words.

    Args:
        text: a segment, or a translation of one.
        environment: the article's definitions, if they are known.
        source: for a translation, what it translates.
    """
    if not environment and source is None:
        return alone(text)
    return read(text, _united(assumed(text, source), environment or {}))


def _united(assumed: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    notes = known.get("footnotes", {})
    labels = {**assumed["footnotes"]["refs"], **notes.get("refs", {})}
    references = {**assumed["references"], **known.get("references", {})}
    return {**known, "references": references, "footnotes": {**notes, "refs": labels}}


def read(msgid: str, environment: Mapping[str, Any]) -> tuple[Part, ...]:
    """Take a segment apart; the sources of the parts, joined, are the segment again."""
    markdown = to_markdown(msgid)
    return _related(_paired(list(_parts(markdown, trace(markdown, environment)))))


@lru_cache(maxsize=256)
def alone(text: str) -> tuple[Part, ...]:
    """Take a text apart where the article's definitions are unknown: see `assumed`.

    Each text is looked at several times in a row, by who masks it and by who judges it.
    """
    return read(text, assumed(text))


def stream(read: Sequence[Part]) -> list[Item]:
    """What the parser reads in a text, in order, neighbouring texts joined."""
    return joined(item for part in read for item in part.items)


def joined(items: Iterator[Item]) -> list[Item]:
    """Items with neighbouring texts joined, and none without a letter or sign."""
    result: list[Item] = []
    for item in items:
        if item[0] == "text" and result and result[-1][0] == "text":
            item = ("text", result.pop()[1] + item[1])
        if item != ("text", ""):
            result.append(item)
    return result


def _parts(markdown: str, places: Sequence[Placed]) -> Iterator[Part]:
    start = 0
    specials: list[Placed] = []
    closing: Placed | None = None
    for index, place in enumerate(places):
        if place.token.type == "text_special":
            specials.append(place)
            continue
        if closing is not None:
            # The address in an autolink is no text.
            yield _autolink(markdown, places[index - 1], place)
            closing, start = None, place.end
            continue
        yield from _text(markdown, start, place.start, specials)
        specials = []
        start = place.end
        if place.token.type == "link_open" and place.token.info == "auto":
            closing = place
            continue
        yield _construct(markdown[place.start : place.end], place.token)
    yield from _text(markdown, start, len(markdown), specials)


def _autolink(markdown: str, opening: Placed, closing: Placed) -> Part:
    source = markdown[opening.start : closing.end]
    words = dialect.plain(source)
    items = (item_of(opening.token), ("text", words), item_of(closing.token))
    return Part(Kind.ATOM, source, words, items)


def _construct(source: str, token: Token) -> Part:
    items = (item_of(token),)
    if token.type == "hardbreak":
        return Part(Kind.ATOM, "\n", "", items)
    if token.nesting == 1:
        return Part(Kind.OPEN, source, "", items)
    if token.nesting == -1:
        return Part(Kind.CLOSE, source, "", items)
    tag = _TAG.match(source) if token.type == "html_inline" else None
    if tag and tag["close"]:
        return Part(Kind.CLOSE, source, "", items)
    if tag and tag["name"].lower() not in _VOID and not source.endswith("/>"):
        return Part(Kind.OPEN, source, "", items)
    return Part(Kind.ATOM, source, token.content if token.type == "code_inline" else "", items)


def item_of(token: Token) -> Item:
    """What matters of a token: its kind, and whatever it leads to or says."""
    details = [f"{name}={value}" for name, value in sorted(token.attrs.items())]
    label = token.meta.get("label") if token.type == "footnote_ref" else None
    return (token.type, token.content, str(label or ""), *details)


def _text(markdown: str, start: int, end: int, specials: Sequence[Placed]) -> Iterator[Part]:
    """Text with the letters that escapes and entities stand for; addresses in it are atoms."""
    spelled: list[tuple[str, str]] = []
    for place in specials:
        spelled += [(letter, letter) for letter in markdown[start : place.start]]
        spelled.append((place.token.content, markdown[place.start : place.end]))
        start = place.end
    spelled += [(letter, letter) for letter in markdown[start:end]]
    yield from _verbatim(spelled)


def _verbatim(units: Sequence[tuple[str, str]]) -> Iterator[Part]:
    text = "".join(letter for letter, _ in units)
    # Entities may stand for two letters; then places in the text and in the units differ.
    if len(text) != len(units):
        yield _run(Kind.TEXT, units)
        return
    start = 0
    for found in _VERBATIM.finditer(text):
        yield from _some(units[start : found.start()])
        yield _run(Kind.ATOM, units[found.start() : found.end()])
        start = found.end()
    yield from _some(units[start:])


def _some(units: Sequence[tuple[str, str]]) -> Iterator[Part]:
    if units:
        yield _run(Kind.TEXT, units)


def _run(kind: Kind, units: Sequence[tuple[str, str]]) -> Part:
    text = "".join(letter for letter, _ in units)
    source = "".join(source for _, source in units)
    return Part(kind, source, text, (("text", text),), spelling=tuple(units))


def _paired(parts: list[Part]) -> list[Part]:
    """Say which ends belong together; an HTML tag without its other half is an atom."""
    stack: list[int] = []
    for index, part in enumerate(parts):
        if part.kind is Kind.OPEN:
            stack.append(index)
        elif part.kind is Kind.CLOSE:
            match = next((at for at in reversed(stack) if _fit(parts[at], part)), None)
            # What an HTML tag crosses is Markdown's, and Markdown's pairs always nest.
            crossed = stack[stack.index(match) + 1 :] if match is not None else []
            html = part.items[0][0] == "html_inline"
            if match is None or (html and any(not _html(parts[at]) for at in crossed)):
                continue
            del stack[stack.index(match) :]
            parts[match] = replace(parts[match], partner=index)
            parts[index] = replace(part, partner=match)
    return [
        replace(part, kind=Kind.ATOM)
        if part.kind in (Kind.OPEN, Kind.CLOSE) and part.partner < 0
        else part
        for part in parts
    ]


def _html(part: Part) -> bool:
    return part.items[0][0] == "html_inline"


def _fit(opening: Part, closing: Part) -> bool:
    first, last = opening.items[0][0], closing.items[0][0]
    if first == last == "html_inline":
        names = [_TAG.match(part.source) for part in (opening, closing)]
        return len({found["name"].lower() for found in names if found}) == 1
    return first.removesuffix("_open") == last.removesuffix("_close")


def _related(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Say in which pair each part stands."""
    result = []
    stack = [-1]
    for index, part in enumerate(parts):
        if part.kind is Kind.CLOSE:
            stack.pop()
        result.append(replace(part, parent=stack[-1]))
        if part.kind is Kind.OPEN:
            stack.append(index)
    return tuple(result)
