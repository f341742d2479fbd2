"""Quotation marks as a language sets them: which open, which close, and how deep they stand.

What a mark does is told by its surroundings: people and engines write the marks of other
languages. Every mark is one character before and after, so places in a text stay the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DOUBLE: Final = '"„“”«»‟'
SINGLE: Final = "'‘’‚‛‹›"
_MARK: Final = re.compile(f"[{DOUBLE}{SINGLE}]")
_BEHIND: Final = re.compile(rf"[{DOUBLE}{SINGLE}]*(.?)", re.S)
_BEFORE_OPENING: Final = "([{-–—/"
_OPENING: Final = "„«‚‹“‘"
_APOSTROPHE: Final = "’"
_AND: Final = re.compile(r"['’]n['’](?!\w)")  # Rock ’n’ Roll


@dataclass(slots=True)
class _Mark:
    place: int
    sign: str
    opens: bool
    paired: bool = False

    @property
    def double(self) -> bool:
        return self.sign in DOUBLE


def set_quotes(text: str, marks: str) -> str:
    """Set the quotation marks and apostrophes of a text.

    Args:
        text: a whole block: quotations may hold emphasis, and several sentences.
        marks: four signs: opening and closing, and the same for quotations within quotations.
            What stands deeper takes turns.

    Returns:
        The text, equally long. Inches and minutes after digits stay as they are.
    """
    if not _MARK.search(text):
        return text
    result = list(text)
    found: list[_Mark] = []
    for match in _MARK.finditer(text):
        place, sign = match.start(), match[0]
        if sign in "'’" and _is_apostrophe(text, place):
            result[place] = _APOSTROPHE
        else:
            found.append(_Mark(place, sign, _opens(text, place, found, marks)))
    _pair(text, found)
    depth = 0
    for mark in found:
        depth -= mark.paired and not mark.opens
        if mark.paired or (mark.double and not _is_prime(text, mark)):
            result[mark.place] = marks[2 * (depth % 2) + (not mark.opens)]
        elif mark.sign == "'" and not _is_prime(text, mark):
            result[mark.place] = _APOSTROPHE
        depth += mark.paired and mark.opens
    return "".join(result)


def _is_apostrophe(text: str, place: int) -> bool:
    """Within a word, before a shortened year (’90), or written as one before a word (’tis)."""
    before, behind = text[place - 1 : place], text[place + 1 : place + 2]
    if before.isalpha() and behind.isalpha():
        return True
    if _AND.match(text, place) or (place > 1 and _AND.match(text, place - 2)):
        return True
    if before.isalnum() or (before in _BEFORE_OPENING[:3] and before):
        return False
    return (text[place] == _APOSTROPHE and behind.isalnum()) or bool(
        re.match(r"\d\d(?!\d)", text[place + 1 :])
    )


def _opens(text: str, place: int, found: Sequence[_Mark], marks: str) -> bool:
    before = text[place - 1 : place]
    behind = _BEHIND.match(text, place + 1)
    after = behind[1] if behind else ""
    neighbour = found[-1] if found and found[-1].place == place - 1 else None
    starts = (
        neighbour.opens
        if neighbour
        else not before or before.isspace() or before in _BEFORE_OPENING
    )
    ends = not after or after.isspace()
    if starts and not ends:
        # After a dash or a bracket: `—“` before a full stop closes.
        return after not in ".,;:!?)]}…" or not before or before.isspace()
    if starts:  # space on both sides: only the sign itself can tell
        sign = text[place]
        known = [index % 2 == 0 for index, own in enumerate(marks) if own == sign]
        return known[0] if known else sign in _OPENING
    return False


def _pair(text: str, found: Sequence[_Mark]) -> None:
    """Find for each closing mark its opening one, of the same kind."""
    waiting: list[_Mark] = []
    for index, mark in enumerate(found):
        if mark.opens:
            waiting.append(mark)
            continue
        if not mark.double and _is_possessive(text, mark, found[index + 1 :]):
            continue
        partner = next((at for at in reversed(waiting) if at.double == mark.double), None)
        if partner:
            mark.paired = partner.paired = True
            del waiting[waiting.index(partner) :]


def _is_possessive(text: str, mark: _Mark, rest: Sequence[_Mark]) -> bool:
    """Whether a mark behind an s is an apostrophe, since another one closes (the workers’ …)."""
    if mark.sign not in "'’" or text[mark.place - 1 : mark.place] not in ("s", "z", "x"):
        return False
    following = next((other for other in rest if not other.double), None)
    return following is not None and not following.opens


def _is_prime(text: str, mark: _Mark) -> bool:
    """Feet and inches, minutes and seconds."""
    return mark.sign in "'\"" and text[mark.place - 1 : mark.place].isdigit()
