"""White space at constructs: moved out of pairs, put back where it was lost, never doubled."""

import re
from collections.abc import Iterator
from typing import Final

from workflow.pretranslate.protect import Protected, Said
from workflow.segments.parts import Kind

_WORDLY: Final = re.compile(r"\w")
_ASTRAY: Final = re.compile(r" +(?:(?P<point>[.,])|[;:!?…)»”])")
_ENDING: Final = re.compile(r"[\w.,;:!?…)»”]\Z")


Line = list[str | int]


def spaced(protected: Protected, said: Said) -> Line:
    """Move white space out of pairs, and see that none is lost or doubled at constructs."""
    line: Line = []
    for one in _outward(protected, said):
        if isinstance(one, str) and line and isinstance(line[-1], str):
            one = str(line.pop()) + one
        elif isinstance(one, int) and line and _fall_together(protected, line[-1], one):
            line.append(" ")
        if one != "":
            line.append(one)
    for index, number in enumerate(line):
        if isinstance(number, int):
            _mind_before(protected, line, index, number)
            _mind_behind(protected, line, index, number)
    return _trimmed([one for one in line if one != ""])


def _outward(protected: Protected, said: Said) -> Iterator[str | int]:
    """Words and constructs; white space at the inner edge of a pair changes places with it."""
    held = ""  # white space that waits for a pair's end to pass
    opened: list[int] = []  # openings that wait for words
    for one in said:
        kind = Kind.TEXT if isinstance(one, str) else protected.parts[one].kind
        if isinstance(one, str):
            words = one.strip(" ")
            gap = one[: len(one) - len(one.lstrip(" "))]
            if not words:
                held = held or (" " if one else "")
                continue
            yield held or (" " if gap else "")
            yield from opened
            opened.clear()
            yield words
            held = " " if one.endswith(" ") else ""
        elif kind is Kind.OPEN:
            opened.append(one)
        elif kind is Kind.CLOSE:
            yield from opened
            opened.clear()
            yield one
        else:
            yield held
            yield from opened
            opened.clear()
            held = ""
            yield one
    yield held
    yield from opened


def _mind_before(protected: Protected, line: Line, index: int, number: int) -> None:
    """Put back a space that an engine lost before a construct, take away one that it put there."""
    part = protected.parts[number]
    before = line[index - 1] if index else 0
    if part.kind is Kind.CLOSE or not isinstance(before, str):
        return
    beside = _beside(protected, number, -1)
    apart = beside.isspace() or number == protected.first
    if part.items[0][0] == "hardbreak" or (part.items[0][0] == "footnote_ref" and not apart):
        line[index - 1] = before.rstrip(" ")
    elif _ENDING.search(before) if apart else _meet(before[-1:], beside):
        line[index - 1] = before + " "


def _mind_behind(protected: Protected, line: Line, index: int, number: int) -> None:
    """The same behind it."""
    part = protected.parts[number]
    behind = line[index + 1] if index + 1 < len(line) else 0
    if part.kind is Kind.OPEN or not isinstance(behind, str):
        return
    beside = _beside(protected, number, 1)
    astray = _ASTRAY.match(behind)
    if part.items[0][0] == "hardbreak" or (astray and (astray["point"] or not beside.isspace())):
        line[index + 1] = behind.lstrip(" ")
    elif _meet(behind, beside):
        line[index + 1] = " " + behind


def _meet(text: str, beside: str) -> bool:
    """Whether a word touches a construct that none touches in the source."""
    return bool(_WORDLY.match(text)) and not _WORDLY.match(beside)


def _fall_together(protected: Protected, last: str | int, one: int) -> bool:
    """Whether two constructs touch each other, and at least one of them did not in the source."""
    if isinstance(last, str) or protected.parts[last].kind is Kind.OPEN:
        return False
    gaps = _beside(protected, last, 1), _beside(protected, one, -1)
    return protected.parts[one].kind is not Kind.CLOSE and any(gap.isspace() for gap in gaps)


def _beside(protected: Protected, number: int, step: int) -> str:
    """The sign of the source's text right before (-1) or behind (1) a construct, if any."""
    beside = number + step
    if not protected.first <= beside < protected.last:
        return ""
    text = protected.parts[beside].text
    return text[-1:] if step < 0 else text[:1]


def _trimmed(line: Line) -> Line:
    """Without white space at the ends of the body: that of the source stands there."""
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip()
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip()
    return line
