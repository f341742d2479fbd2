"""Our fonts, cut to size: static faces over one fixed repertoire.

A web page carries its fonts in itself, and WeasyPrint sets a page twice as fast with a
static face as with a variable one. Cutting takes some ten seconds, so it is done once per
machine and kept: the texts of an article have no part in it. Letters beyond the repertoire
come from the whole font on paper, from the reader's own fonts on the web.
"""

import base64
import io
import os
from collections.abc import Iterator, Mapping
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
MONO: Final = "Source Code Pro"

# Latin with its extensions for Europe, Cyrillic with that of Central Asia, punctuation,
# currency signs of our readers, arrows for notes.
_REPERTOIRE: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2B0, 0x2DD), (0x300, 0x308),
    (0x400, 0x52F), (0x1E9E, 0x1E9E), (0x2010, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044),
    (0x20AC, 0x20AC), (0x20B8, 0x20B8), (0x20BD, 0x20BD), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2193), (0x21A9, 0x21A9), (0x2212, 0x2212), (0x2260, 0x2265),
)  # fmt: skip
_FEATURES: Final = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "pnum", "frac", "sups")
_RECIPE: Final = "3"  # count up when the cut changes


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


_FACES: Final = (
    Face(SERIF, 400, "normal"),
    Face(SERIF, 400, "italic"),
    Face(SERIF, 700, "normal"),
    Face(SANS, 400, "normal"),
    Face(SANS, 600, "normal"),
)


@cache
def print_rules() -> str:
    """`@font-face` rules for paper: the cuts, and behind each family its whole font."""
    rules = [_rule(face, face.family, _kept(face, "ttf").as_uri()) for face in _FACES]
    for family in (SERIF, SANS, MONO):
        name = family if family == MONO else f"{family} whole"
        for style in ("normal", "italic"):
            whole = Face(family, 400, style)
            rules.append(_rule(whole, name, whole.file.as_uri().replace("[", "%5B")))
    return "\n".join(rules)


@cache
def web_rules() -> str:
    """`@font-face` rules for the web, the cuts embedded."""
    rules = []
    for face in _FACES:
        path = _kept(face, "woff2")
        data = base64.b64encode(store.read(path, shown=str(path))).decode("ascii")
        rules.append(_rule(face, face.family, f"data:font/woff2;base64,{data}", " format('woff2')"))
    return "\n".join(rules)


@cache
def book_rules() -> str:
    """`@font-face` rules for a book that holds the fonts as files: `book_files`, in `fonts/`."""
    return "\n".join(_rule(face, face.family, f"fonts/{_name(face)}") for face in _FACES)


@cache
def book_files() -> Mapping[str, bytes]:
    """The cuts by name, and the licence of each family, which must go with it.

    As TrueType: old e-readers know nothing newer, and theirs lack the letters of Kazakh.
    """
    files = {}
    for face in _FACES:
        path = _kept(face, "ttf")
        files[_name(face)] = store.read(path, shown=str(path))
        licence = face.file.parent.parent / "LICENSE"
        files[f"{_plain(face.family)}-licence.txt"] = store.read(licence, shown=licence.name)
    return files


def _name(face: Face) -> str:
    return f"{_plain(face.family)}-{face.weight}-{face.style}.ttf"


def _plain(family: str) -> str:
    return family.replace(" ", "-")


def cut(family: str, weight: int) -> Path:
    """The file of an upright cut, made if this machine has none yet."""
    return _kept(Face(family, weight, "normal"), "ttf")


def covers(text: str) -> bool:
    """Whether the cuts hold every letter of a text."""
    return set(map(ord, text)) <= set(_codepoints())


def _rule(face: Face, name: str, url: str, hint: str = "") -> str:
    return (
        f'@font-face {{ font-family: "{name}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; font-display: swap; src: url("{url}"){hint}; }}'
    )


def _kept(face: Face, kind: str) -> Path:
    """The file of a cut, made if this machine has none yet."""
    path = _cache() / f"{_key(face)}.{kind}"
    if not path.is_file():
        for name, data in _cut(face):
            file = path.with_suffix(f".{name}")
            store.replace(file, data, shown=str(file))
    return path


def _cache() -> Path:
    named = os.environ.get("AUFLAGE_CACHE")
    return (Path(named) if named else Path(platformdirs.user_cache_dir("auflage"))) / "fonts"


@cache
def _key(face: Face) -> str:
    state = blake2b(digest_size=12)
    state.update(store.read(face.file, shown=face.file.name))
    state.update(repr((face.weight, face.style, _REPERTOIRE, _FEATURES, _RECIPE)).encode())
    return state.hexdigest()


def _cut(face: Face) -> Iterator[tuple[str, bytes]]:
    """Kind and bytes of a cut, for paper and for the web."""
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
    pinned = instancer.instantiateVariableFont(
        font, _axes(font, face.weight), inplace=True, updateFontNames=True
    )
    for kind, flavor in (("ttf", None), ("woff2", "woff2")):
        pinned.flavor = flavor
        buffer = io.BytesIO()
        pinned.save(buffer)
        yield kind, buffer.getvalue()


def _axes(font: Any, weight: int) -> dict[str, float]:
    pinned = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    return pinned | {"wght": weight}


def _codepoints() -> Iterator[int]:
    for first, last in _REPERTOIRE:
        yield from range(first, last + 1)
