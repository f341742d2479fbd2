"""Titles in pictures: a text cut into lines."""

from typing import Protocol


class Font(Protocol):
    """What knows how wide a text is, in pixels."""

    def getlength(self, text: str) -> float:
        """The width of a text on one line."""


def wrapped(font: Font, text: str, width: float) -> list[str]:
    """Cut a text into lines at its spaces; no-break spaces hold, and so does a word too long.

    Args:
        font: the text's.
        text: one paragraph.
        width: of a line, in pixels.
    """
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
