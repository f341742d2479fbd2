"""Are the C libraries there that WeasyPrint opens when it is imported?

Asking first costs a millisecond; a failed import prints a banner. The list is what
weasyprint/text/ffi.py of version 70 opens.
"""

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_REQUIRED: Final = {
    "GObject": ("libgobject-2.0.so.0", "gobject-2.0-0", "libgobject-2.0.dylib"),
    "Pango": ("libpango-1.0.so.0", "pango-1.0-0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "pangoft2-1.0-0", "libpangoft2-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "harfbuzz", "libharfbuzz.0.dylib"),
    # Without it fontTools cuts the fonts: slower, and other bytes on every run.
    "HarfBuzz subset": ("libharfbuzz-subset.so.0", "harfbuzz-subset", "libharfbuzz-subset.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "fontconfig-1", "libfontconfig.1.dylib"),
}
APT_PACKAGES: Final = (
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0",
    "libfontconfig1",
)  # fmt: skip


def missing() -> tuple[str, ...]:
    """The libraries that cannot be opened, by name."""
    return tuple(_absent())


def advice() -> str:
    """The one line a person can run to install them."""
    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "pacman -S mingw-w64-x86_64-pango (in MSYS2)"
    return f"sudo apt-get install {' '.join(APT_PACKAGES)}"


@contextmanager
def by_name() -> Iterator[None]:
    """While WeasyPrint is imported, let it open libraries by their names alone.

    It asks for names of other systems first, and for each of them Python asks ldconfig, the linker
    and the compiler where it is: 22 times, a fifth of a second. The names that `missing` has
    opened need no such answer.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _absent() -> Iterator[str]:
    for name, files in _REQUIRED.items():
        for file in files:
            try:
                ctypes.CDLL(file)
                break
            except OSError:
                continue
        else:
            yield name
