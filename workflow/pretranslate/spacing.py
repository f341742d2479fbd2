"""White space at constructs: moved out of pairs, put back where it was lost, never doubled."""

import re
from collections.abc import Iterator
from typing import Final

from workflow.pretranslate.parts import Kind
from workflow.pretranslate.protect import Protected, Said

_WORDLY: Final = re.compile(r"\w")
_ASTRAY: Final = re.compile(r" +(?:(?P<point>[.,])|[;:!?…)»”])")
_ENDING: Final = re.compile(r"[\w.,;:!?…)»”]\Z")


def spaced(protected: Protected, said: Said) -> list[str | int]:
    """Move white space out of pairs, and see that none is lost or doubled at constructs."""
    result: list[str | int] = []
    for one in _outward(protected, said):
        if isinstance(one, str) and result and isinstance(result[-1], str):
            one = str(result.pop()) + one
        result.append(one)
    for index, one in enumerate(result):
        if isinstance(one, int):
            _mind_gap(protected, result, index, one)
    texts = [one for one in result if isinstance(one, int) or one]
    return _trimmed(texts)


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


def _mind_gap(protected: Protected, result: list[str | int], index: int, number: int) -> None:
    """Put back a space that an engine lost at a construct, take away one that it put there."""
    part = protected.parts[number]
    if part.kind is not Kind.CLOSE and index and isinstance(result[index - 1], str):
        before = str(result[index - 1])
        glued = _source_glues(protected, number, -1)
        if not glued and _ENDING.search(before):
            result[index - 1] = before + " "
        elif glued and part.items[0][0] == "footnote_ref":
            result[index - 1] = before.rstrip(" ")
    if part.kind is not Kind.OPEN and index + 1 < len(result):
        after = result[index + 1]
        astray = isinstance(after, str) and _ASTRAY.match(after)
        if astray and (astray["point"] or _joins(protected, number)):
            result[index + 1] = after = str(after).lstrip(" ")
        lost = isinstance(after, str) and _WORDLY.match(after)
        if lost and not _source_glues(protected, number, 1):
            result[index + 1] = f" {after}"
    if part.items[0][0] == "hardbreak":
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(result) and isinstance(result[beside], str):
                result[beside] = str(result[beside]).strip(" ")


def _joins(protected: Protected, number: int) -> bool:
    """Whether the source has no white space behind a construct."""
    beside = number + 1
    return beside < protected.last and not protected.parts[beside].text[:1].isspace()


def _source_glues(protected: Protected, number: int, step: int) -> bool:
    """Whether the source has a word, or more than white space, right beside a construct."""
    beside = number + step
    if not protected.first <= beside < protected.last:
        return False
    text = protected.parts[beside].text
    edge = text[-1:] if step < 0 else text[:1]
    if step < 0:
        return bool(edge) and not edge.isspace()
    return bool(_WORDLY.match(edge))


def _trimmed(result: list[str | int]) -> list[str | int]:
    """Without white space at the ends of the body: that of the source stands there."""
    if result and isinstance(result[0], str):
        result[0] = result[0].lstrip()
    if result and isinstance(result[-1], str):
        result[-1] = result[-1].rstrip()
    return result
