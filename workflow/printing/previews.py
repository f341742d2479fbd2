"""Pictures for previews of links: the article's own photo, or its title on a quiet ground.

The text is laid out by Pillow itself, not by the system's
libraries, so that the same title gives the same bytes on every machine.
"""

import io
import unicodedata
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from workflow.editions import raster
from workflow.editions.heads import SIZE
from workflow.editions.lines import wrapped
from workflow.printing import fonts

# The colours of the light theme (editions/theme/base.css).
_PAPER: Final = "#fffdfa"
_INK: Final = "#1c1b1a"
_SOFT: Final = "#5a5652"
_ACCENT: Final = "#9d1b1f"
_MARGIN: Final = 80  # pixels, as all measures here
_WIDTH: Final = SIZE[0] - 2 * _MARGIN
_TITLE_SIZES: Final = range(76, 35, -4)
_TITLE_HEIGHT: Final = 330
_LEADING: Final = 1.16
_SMALL: Final = 30


@dataclass(frozen=True, slots=True)
class Words:
    """What a drawn picture says."""

    title: str
    publisher: str = ""
    foot: str = ""
    """The day, and how far the translation is: a preview must not hide what the page says."""


def drawn(words: Words) -> Image.Image:
    """A picture of the title. What our fonts cannot write is left out."""
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    draw.rectangle((0, 0, width, 14), _ACCENT)
    small = _font(fonts.SANS, 600, _SMALL)
    light = _font(fonts.SANS, 400, 26)
    draw.text((_MARGIN, 70), _fit(_bare(words.publisher), small), _ACCENT, small)
    draw.text((_MARGIN, height - 70), _fit(_bare(words.foot), light), _SOFT, light, anchor="ls")
    font, lines = _set(_bare(words.title))
    for number, line in enumerate(lines):
        draw.text((_MARGIN, 140 + round(number * font.size * _LEADING)), line, _INK, font)
    return image


def photo(data: bytes) -> Image.Image | None:
    """A photo, cut to what previews show; whatever its file tells besides is left behind.

    None if it is smaller than half of that, or no picture that Pillow can read.
    """
    try:
        with warnings.catch_warnings(action="error"), raster.opened(data) as picture:
            flat = _flat(ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
        return None
    if flat.width < SIZE[0] // 2 or flat.height < SIZE[1] // 2:
        return None
    return ImageOps.fit(flat, SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.4))


def encoded(image: Image.Image, kind: str) -> bytes:
    """The bytes of a picture.

    Args:
        image: the picture.
        kind: `png` or `jpg`.
    """
    buffer = io.BytesIO()
    if kind == "jpg":
        image.save(buffer, "JPEG", quality=85, optimize=True)
    else:
        image.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """A picture in plain colours; what shines through shows paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    flat = Image.new("RGB", image.size, _PAPER)
    pixels = image.convert("RGBA")
    flat.paste(pixels, mask=pixels)
    return flat


def _font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    path = fonts.cut(family, weight)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _bare(text: str) -> str:
    """A text without invisible signs (soft hyphens, joiners); nothing of one we cannot write."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return seen if fonts.covers(seen) else ""


def _set(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which the title fits, and its lines; at last the title is cut."""
    for size in _TITLE_SIZES:
        font = _font(fonts.SANS, 600, size)
        lines = wrapped(font, title, _WIDTH)
        room = len(lines) * size * _LEADING <= _TITLE_HEIGHT
        if room and all(font.getlength(line) <= _WIDTH for line in lines):
            return font, _balanced(title, font, lines)
    count = int(_TITLE_HEIGHT // (size * _LEADING))
    kept = [_fit(line, font) for line in lines[:count]]
    if len(lines) > count:
        kept[-1] = _fit(f"{kept[-1]} …", font)
    return font, kept


def _balanced(title: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """The same number of lines, as narrow as they can be: no word is left alone on the last."""
    for width in range(_WIDTH, 0, -20):
        narrower = wrapped(font, title, width)
        if len(narrower) > len(lines) or any(font.getlength(line) > width for line in narrower):
            return lines
        lines = narrower
    return lines


def _fit(text: str, font: ImageFont.FreeTypeFont) -> str:
    """A text on one line, cut at its end if it is too long."""
    if font.getlength(text) <= _WIDTH:
        return text
    while text and font.getlength(f"{text}…") > _WIDTH:
        text = text[:-1].rstrip()
    return f"{text}…"
