"""The picture of an e-book in a library: its cover, drawn as the page `cover.xhtml` is set."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from workflow.editions.lines import wrapped

_WIDTH: Final = 1000
_HEIGHT: Final = 1500
_PANEL: Final = 1000
"""Height of the coloured panel; below it stands what the book is."""
_MARGIN: Final = 88
_TITLE: Final = range(92, 43, -6)
"""Sizes of the title in pixels, the first that fits."""
_SMALL: Final = 38
_LEADING: Final = 1.16


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a cover."""

    publisher: str
    title: str
    author: str
    facts: tuple[str, ...]
    """The language, the date, the notice of a draft: a line each, or several if they are long."""


def draw(words: Words, *, bold: bytes, plain: bytes, colours: Mapping[str, str]) -> bytes | None:
    """Draw a cover.

    Args:
        words: what stands on it.
        bold: the font of publisher and title, TrueType.
        plain: the font of the rest.
        colours: `--accent` of the panel, `--paper` behind and on it, `--soft` of the rest.

    Returns:
        A PNG of 1000 by 1500 pixels; None where the fonts lack a letter of it.
    """
    told = "".join((words.publisher, words.title, words.author, *words.facts))
    if _lacks(_font(plain, _SMALL), told) or _lacks(_font(bold, _SMALL), told):
        return None
    canvas = Image.new("L", (_WIDTH, _HEIGHT))
    pen = ImageDraw.Draw(canvas)
    _panel(pen, words, bold, plain)
    small = _font(plain, _SMALL)
    top = _PANEL + _MARGIN
    for fact in words.facts:
        top = _set(pen, _wrapped(small, fact), small, top) + _SMALL // 3
    return _coloured(canvas, colours)


def _panel(pen: ImageDraw.ImageDraw, words: Words, bold: bytes, plain: bytes) -> None:
    _set(pen, _wrapped(_font(bold, _SMALL), words.publisher)[:1], _font(bold, _SMALL), _MARGIN)
    small = _font(plain, _SMALL + 6)
    author = _wrapped(small, words.author)[:2]
    top = _MARGIN + 4 * _SMALL
    room = _PANEL - top - _MARGIN - len(author) * 2 * _SMALL
    font, lines = _fitted(words.title, bold, room)
    end = _set(pen, lines, font, top)
    _set(pen, author, small, end + _SMALL)


def _fitted(title: str, data: bytes, room: int) -> tuple[ImageFont.FreeTypeFont, Sequence[str]]:
    """The largest title that fits; one that is too long for any size ends in an ellipsis."""
    for size in _TITLE:
        font = _font(data, size)
        lines = _wrapped(font, title)
        most = int(room / (size * _LEADING))
        wide = any(font.getlength(line) > _WIDTH - 2 * _MARGIN for line in lines)
        if len(lines) <= most and not wide:
            return font, lines
    return font, lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _wrapped(font: ImageFont.FreeTypeFont, text: str) -> list[str]:
    return wrapped(font, text, _WIDTH - 2 * _MARGIN)


def _set(
    pen: ImageDraw.ImageDraw, lines: Sequence[str], font: ImageFont.FreeTypeFont, top: int
) -> int:
    """Set lines from a height on; where the next would begin."""
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + round(number * font.size * _LEADING)), line, fill=255, font=font)
    return top + round(len(lines) * font.size * _LEADING)


def _coloured(canvas: Image.Image, colours: Mapping[str, str]) -> bytes:
    """Grey to colours: a palette of two ramps, the panel's and that of what is below it."""
    below = canvas.crop((0, _PANEL, _WIDTH, _HEIGHT)).point(
        [128 + value // 2 for value in range(256)]
    )
    image = canvas.point([value // 2 for value in range(256)])
    image.paste(below, (0, _PANEL))
    accent, paper, soft = (colours[name] for name in ("--accent", "--paper", "--soft"))
    image.putpalette([*_ramp(accent, paper), *_ramp(paper, soft)])
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _ramp(first: str, last: str) -> Iterator[int]:
    """128 colours from one to another, as red, green and blue."""
    ends = ImageColor.getrgb(first), ImageColor.getrgb(last)
    for step in range(128):
        for one, other in zip(*ends, strict=True):
            yield one + (other - one) * step // 127


def _lacks(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether the font has no sign for some letter; it draws the same box for all of those."""
    box = bytes(font.getmask("\uffff"))
    return any(bytes(font.getmask(letter)) == box for letter in set(text) if not letter.isspace())


def _font(data: bytes, size: int) -> ImageFont.FreeTypeFont:
    # The other engine kerns, but is not everywhere, and the same book has the same bytes.
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
