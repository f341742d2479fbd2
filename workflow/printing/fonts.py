"""Our fonts: whole for paper, cut for the web.

A web page carries its fonts in itself. Cutting the variable fonts takes some ten seconds,
so it is done once per machine over a fixed repertoire and kept: the texts of an article
have no part in it.
"""

import base64
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import fontpkg
import platformdirs

from workflow import store

SERIF: Final = "Source Serif 4"
SANS: Final = "Source Sans 3"

# Latin with its extensions for Europe, Cyrillic with that of Central Asia, punctuation,
# currency signs of our readers, arrows for notes. Other letters come from the reader's fonts.
_REPERTOIRE: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2B0, 0x2DD), (0x300, 0x308),
    (0x400, 0x52F), (0x1E9E, 0x1E9E), (0x2010, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044),
    (0x20AC, 0x20AC), (0x20B8, 0x20B8), (0x20BD, 0x20BD), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2193), (0x21A9, 0x21A9), (0x2212, 0x2212), (0x2260, 0x2265),
)  # fmt: skip
_FEATURES: Final = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "pnum", "frac", "sups")
_RECIPE: Final = "1"  # count up when the cut changes


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family."""

    family: str
    weight: int
    style: str

    @property
    def file(self) -> Path:
        """The variable font it is cut from."""
        return fontpkg.path(self.family, style=self.style)


_WEB_FACES: Final = (
    Face(SERIF, 400, "normal"),
    Face(SERIF, 400, "italic"),
    Face(SERIF, 700, "normal"),
    Face(SANS, 400, "normal"),
    Face(SANS, 600, "normal"),
)
_PRINT_FACES: Final = tuple(
    Face(family, weight, style)
    for family in (SERIF, SANS)
    for weight in (400, 600, 700)
    for style in ("normal", "italic")
)


def print_rules() -> str:
    """`@font-face` rules for paper: the whole variable fonts, one rule per weight and style.

    WeasyPrint rejects a range of weights in one rule.
    """
    return "\n".join(_rule(face, face.file.as_uri().replace("[", "%5B")) for face in _PRINT_FACES)


@cache
def web_rules() -> str:
    """`@font-face` rules for the web, the cut fonts embedded."""
    rules = []
    for face in _WEB_FACES:
        data = base64.b64encode(_cut(face)).decode("ascii")
        rules.append(_rule(face, f"data:font/woff2;base64,{data}", " format('woff2')"))
    return "\n".join(rules)


def _rule(face: Face, url: str, hint: str = "") -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; font-display: swap; src: url("{url}"){hint}; }}'
    )


def _cut(face: Face) -> bytes:
    kept = _cache() / f"{_key(face)}.woff2"
    if kept.is_file():
        return store.read(kept, shown=str(kept))
    data = _make(face)
    store.replace(kept, data, shown=str(kept))
    return data


def _cache() -> Path:
    named = os.environ.get("AUFLAGE_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("auflage")) / "fonts"


def _key(face: Face) -> str:
    state = blake2b(digest_size=12)
    state.update(face.file.read_bytes())
    state.update(repr((face.weight, face.style, _REPERTOIRE, _FEATURES, _RECIPE)).encode())
    return state.hexdigest()


def _make(face: Face) -> bytes:
    # Heavy, and needed once per machine. Cut first, then pin: the other order takes 16 s a face.
    from fontTools import subset as untyped_subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer as untyped_instancer  # noqa: PLC0415

    subset: Any = untyped_subset
    instancer: Any = untyped_instancer

    font = TTFont(face.file, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(_FEATURES)
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(_codepoints()))
    cutter.subset(font)
    pinned = instancer.instantiateVariableFont(font, _axes(font, face.weight), inplace=True)
    pinned.flavor = "woff2"
    buffer = io.BytesIO()
    pinned.save(buffer)
    return buffer.getvalue()


def _axes(font: Any, weight: int) -> dict[str, float]:
    pinned = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    return pinned | {"wght": weight}


def _codepoints() -> Iterator[int]:
    for first, last in _REPERTOIRE:
        yield from range(first, last + 1)
