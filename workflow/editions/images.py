"""Images of an article: which file an edition shows, and what becomes of its bytes.

Whatever an author drops into source/, editions hold JPEG, PNG or SVG: three kinds that every
browser, e-reader and printer understands. Nothing of what cameras and programs write into a
file besides the picture (place, owner, thumbnails, comments, paths) comes along.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from workflow.errors import ImageError
from workflow.locales import truncations

Box = tuple[int, int]
"""Width and height in pixels that a picture must fit into."""

SCREEN: Final[Box] = (1600, 1600)
PAPER: Final[Box] = (1606, 2941)
"""The type area of an A4 page (136 × 249 mm, theme/print-a4.css) at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as editions hold it."""

    data: bytes
    suffix: str
    """`.jpg`, `.png` or `.svg`."""
    width: int
    """In pixels (CSS pixels for a drawing); 0 if a drawing does not say."""
    height: int

    @property
    def media_type(self) -> str:
        """Its kind as IANA names it."""
        return _TYPES[self.suffix]


_TYPES: Final = {".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}


def variants(path: str, locale: str) -> tuple[str, ...]:
    """The files that an edition looks for in the place of an image, the best first.

    `map.png` in a `pt-BR` edition: `map.pt-BR.png`, `map.pt.png`, `map.png`.
    """
    image = PurePosixPath(path)
    own = (f"{image.stem}.{tag}{image.suffix}" for tag in truncations(locale))
    return (*(str(image.with_name(name)) for name in own), path)


def prepare(data: bytes, path: str, box: Box) -> Picture:
    """Make of a file what editions show.

    Args:
        data: the bytes of the file.
        path: its name, for messages.
        box: what the picture must fit into; it is scaled down, never up.

    Raises:
        ImageError: it is broken, of a kind we do not show, or may do harm.
    """
    # Both load libraries, and a build with nothing to do needs neither.
    if path.lower().endswith(".svg"):
        from workflow.editions import svg  # noqa: PLC0415

        drawing, width, height = svg.harmless(data, path)
        return Picture(drawing, ".svg", width, height)
    from workflow.editions import raster  # noqa: PLC0415

    try:
        return Picture(*raster.fitted(data, box))
    except raster.Unreadable as error:
        raise ImageError(str(error), path=path) from error
