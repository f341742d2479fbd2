"""A whole site in a folder: the real article, and one of another shape with pictures."""

import io
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag

import tinyhtml5
from PIL import Image

from tests.conftest import ARTICLES, CONFIG, KASACHSTAN
from tests.trees import write

URL = "https://example.org/texte"
LOCALES = {"de": "de-AT", "ru": "ru", "kk": "kk", "en": "en"}


def project(folder: Path, more: str = "", url: str = URL) -> Path:
    """Two articles, their catalogs and a picture."""
    shutil.copytree(KASACHSTAN, folder, dirs_exist_ok=True)
    write(folder, "auflage.toml", f'{CONFIG}site_url = "{url}"\n{more}')
    write(folder, "source/werkstatt.md", (ARTICLES / "werkstatt/werkstatt.md").read_bytes())
    write(folder, "source/bild.png", picture(1600, 900))
    return folder


def picture(width: int, height: int, kind: str = "PNG", **options: object) -> bytes:
    """A picture with something on it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def pages_of(build: Path) -> list[Path]:
    """Every page of a site."""
    return sorted(build.rglob("*.html"))


def target(build: Path, page: Path, address: str, url: str = URL) -> tuple[Path, str] | None:
    """The file and the fragment that an address leads to; None if it leads elsewhere."""
    plain, fragment = urldefrag(address)
    if plain.startswith(url):
        path = build / unquote(plain.removeprefix(url)).lstrip("/")
    elif re.match(r"[a-z]+:", plain):
        return None
    else:
        path = page.parent / unquote(plain) if plain else page
    return (path / "index.html" if path.is_dir() else path), fragment


def addresses(page: Path) -> list[str]:
    """Every address in a page: of links, pictures and metadata."""
    root = tinyhtml5.parse(page.read_text(encoding="utf-8"), transport_encoding="utf-8")
    found = [element.get(name) for element in root.iter() for name in ("href", "src")]
    named = [
        element.get("content")
        for element in root.iter()
        if element.get("property") in ("og:url", "og:image")
    ]
    return [address for address in (*found, *named) if address is not None]
