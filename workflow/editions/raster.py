"""Pictures of pixels; no other module reads them (`cover` draws one)."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

_READ: Final = ("JPEG", "PNG", "GIF", "WEBP")
# Above this, artefacts around letters and lines can be seen at no magnification.
_QUALITY: Final = 88
_COLOURS: Final = 256


class Unreadable(Exception):
    """What is wrong with a picture, and what to do."""


def fitted(data: bytes, box: tuple[int, int]) -> tuple[bytes, str, int, int]:
    """Bytes, suffix, width and height of a picture that fits into a box.

    JPEG stays JPEG and PNG stays PNG, with its palette; of the others lossless pictures and
    those with transparency become PNG, the rest JPEG. Turned as its camera says, in sRGB.

    Raises:
        Unreadable: it is broken, too large to be read, or of another kind.
    """
    try:
        with warnings.catch_warnings():
            # A picture of 20,000 by 20,000 pixels fits into a few kilobytes of PNG.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # what is odd in a file's metadata
            with opened(data) as image:
                return _written(image, data, box)
    except UnidentifiedImageError as error:
        raise Unreadable("is no JPEG, PNG, GIF, WebP or SVG image; save it as one") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("has too many pixels; scale it down") from error
    except Exception as error:  # decoders fail in many ways on a broken file
        raise Unreadable(f"the image is broken ({error}); save it again") from error


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A picture to be read; one that was cut off is an error, wherever it is asked for.

    WeasyPrint, once it is loaded, makes Pillow fill the rest of such a picture with grey.
    """
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(data), formats=_READ) as image:
            yield image
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _written(image: Image.Image, data: bytes, box: tuple[int, int]) -> tuple[bytes, str, int, int]:
    kind = _kind(image, data)
    image.load()
    shown = _upright(image)
    shown = _in_srgb(shown, kind)
    if shown.width > box[0] or shown.height > box[1]:
        shown = _smaller(shown, box)
    untouched = shown is image and image.format == "JPEG"
    if kind == "JPEG" and shown.mode not in ("L", "RGB"):
        shown = shown.convert("RGB")
        untouched = False
    transparency = shown.info.get("transparency")
    shown.info = {} if transparency is None else {"transparency": transparency}
    buffer = io.BytesIO()
    if kind == "JPEG":
        # Not scaled, it keeps its own quality: encoding a picture again takes from it.
        quality = "keep" if untouched else _QUALITY
        shown.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    else:
        shown.save(buffer, "PNG", optimize=True)
    return buffer.getvalue(), ".jpg" if kind == "JPEG" else ".png", *shown.size


def _kind(image: Image.Image, data: bytes) -> str:
    if image.format in ("JPEG", "MPO"):
        return "JPEG"
    lossy = image.format == "WEBP" and b"VP8L" not in data[:64]
    return "JPEG" if lossy and image.mode == "RGB" else "PNG"


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its camera held it; itself if that is how it lies."""
    if image.getexif().get(0x0112, 1) == 1:  # Orientation, EXIF 2.32
        return image
    return ImageOps.exif_transpose(image)


def _in_srgb(image: Image.Image, kind: str) -> Image.Image:
    """The colours in sRGB; a profile may name its owner's screen, so none is kept."""
    if image.mode.startswith(("I", "F")):  # 16 bits: more than is shown
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if kind == "JPEG" and image.mode == "CMYK" and "icc_profile" not in image.info:
        return image.convert("RGB")
    if image.mode in ("1", "L", "LA") or "icc_profile" not in image.info:
        return image
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        if "sRGB" in ImageCms.getProfileDescription(profile):
            return image
        source = _full(image) if image.mode == "P" else image
        mode = "RGBA" if source.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(source, profile, target, outputMode=mode)
        assert converted is not None  # noqa: S101  (None only if it works in place)
    except (ImageCms.PyCMSError, OSError):  # a broken profile says nothing
        return image
    return _reduced(converted) if image.mode == "P" else converted


def _smaller(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    full = _full(image)
    if full is image:
        full = image.copy()
    full.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _reduced(full) if image.mode == "P" else full


def _full(image: Image.Image) -> Image.Image:
    """The picture with a colour of its own for every pixel, so that pixels can be mixed."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P" or "transparency" in image.info:
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image


def _reduced(image: Image.Image) -> Image.Image:
    """The picture with a palette again: maps and charts have few colours."""
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return image.quantize(_COLOURS, method=method, dither=Image.Dither.NONE)
