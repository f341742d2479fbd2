"""A segment taken apart: what an engine gets to see of it, and what is kept from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from workflow.segments import parts
from workflow.segments.parts import Kind, Part

Said = Sequence[str | int]
"""An answer: words, and the numbers of the parts between them."""

# At the edges these stand outside the sentence: it is translated better without them.
_APART: Final = frozenset({"footnote_ref", "image", "hardbreak"})
_WORDLY: Final = re.compile(r"\w")
_HEAD: Final = re.compile(r"\w+")
_TAIL: Final = re.compile(r"\w+\Z")


class MarkupLost(ValueError):
    """An answer does not hold the constructs of its source."""


@dataclass(frozen=True)
class Protected:
    """A segment, and what of it an engine is to translate."""

    msgid: str
    environment: Mapping[str, Any] | None
    """The article's definitions; None if they are not known."""
    parts: tuple[Part, ...]
    """All of them; numbers in `Said` are places in here."""
    first: int
    """Where the text to translate begins: what stands before is kept back."""
    last: int
    """Where it ends."""
    spelled: Mapping[str, str] = field(default_factory=dict)
    """Signs that the source escapes wherever they occur, and how."""

    @property
    def said(self) -> Said:
        """The body as an answer that changes nothing."""
        return tuple(
            part.text if part.kind is Kind.TEXT else self.first + index
            for index, part in enumerate(self.body)
        )

    @property
    def body(self) -> tuple[Part, ...]:
        """What stands between the markup at the edges."""
        return self.parts[self.first : self.last]

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The places of the constructs in the body."""
        return tuple(
            index
            for index in range(self.first, self.last)
            if self.parts[index].kind is not Kind.TEXT
        )

    @property
    def edges(self) -> tuple[str, str]:
        """White space at the ends of the body."""
        if not self.body:
            return "", ""
        ends = (self.body[0], self.body[-1])
        head, tail = (part.text if part.kind is Kind.TEXT else "" for part in ends)
        return head[: len(head) - len(head.lstrip())], tail[len(tail.rstrip()) :]

    @cached_property
    def plain(self) -> str:
        """The words of the body that are to be translated."""
        return "".join(part.text for part in self.body if part.kind is Kind.TEXT)


def protect(msgid: str, environment: Mapping[str, Any] | None = None) -> Protected:
    """Take a segment apart.

    Args:
        msgid: the segment.
        environment: the article's definitions; without, whatever looks like a reference
            counts as one.
    """
    found = _widened(parts.within(msgid, environment))
    first, last = _edges(found)
    return Protected(msgid, environment, found, first, last, _spelled(found))


def _edges(found: Sequence[Part]) -> tuple[int, int]:
    """Where the body begins and ends, without pairs around all and what stands apart."""
    first, last = 0, len(found)
    while first < last:
        head, tail = found[first], found[last - 1]
        if head.kind is Kind.OPEN and head.partner == last - 1:
            first, last = first + 1, last - 1
        elif _stands_apart(head):
            first += 1
        elif _stands_apart(tail):
            last -= 1
        else:
            break
    return first, last


def _stands_apart(part: Part) -> bool:
    if part.kind is Kind.TEXT:
        return not part.text.strip()
    return part.kind is Kind.ATOM and (
        part.items[0][0] in _APART or part.source.startswith(("<!--", "<br"))
    )


def _spelled(found: Sequence[Part]) -> Mapping[str, str]:
    """Signs that the source never writes but in one way other than the sign itself."""
    ways: dict[str, set[str]] = {}
    for part in found:
        for sign, source in part.spelling:
            ways.setdefault(sign, set()).add(source)
    return {
        sign: next(iter(spellings))
        for sign, spellings in ways.items()
        if len(sign) == len(spellings) == 1 and spellings != {sign}
    }


def _widened(found: Sequence[Part]) -> tuple[Part, ...]:
    """Pairs that begin or end within a word take in all of it: no engine sees half a word."""
    result = list(found)
    for index, part in enumerate(found):
        if part.kind is Kind.OPEN and index:
            head = _TAIL.search(result[index - 1].text)
            if (
                head
                and _movable(result, index - 1, index + 1)
                and _WORDLY.match(result[index + 1].text)
            ):
                result[index + 1] = _with_text(result[index + 1], head[0] + result[index + 1].text)
                result[index - 1] = _with_text(
                    result[index - 1], result[index - 1].text[: head.start()]
                )
        elif part.kind is Kind.CLOSE and index + 1 < len(found):
            tail = _HEAD.match(result[index + 1].text)
            if (
                tail
                and _movable(result, index - 1, index + 1)
                and _TAIL.search(result[index - 1].text)
            ):
                result[index - 1] = _with_text(result[index - 1], result[index - 1].text + tail[0])
                result[index + 1] = _with_text(
                    result[index + 1], result[index + 1].text[tail.end() :]
                )
    return tuple(result)


def _movable(found: Sequence[Part], *places: int) -> bool:
    """Whether these are words, spelled as they are."""
    return all(found[at].kind is Kind.TEXT and found[at].text == found[at].source for at in places)


def _with_text(part: Part, text: str) -> Part:
    spelling = tuple((sign, sign) for sign in text)
    return replace(part, source=text, text=text, items=(("text", text),), spelling=spelling)
