"""The images of an article as files: found beside it, made to fit once, and kept."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib import metadata
from typing import Final
from urllib.parse import unquote

from workflow.editions import html, images
from workflow.editions.images import Box, Picture
from workflow.errors import ImageError
from workflow.model import Article
from workflow.reading.safety import is_remote
from workflow.store import Project, digest

_KEPT: Final = "build/.auflage/images"
_RECIPE: Final = "1"  # count up when another picture is made of the same file
_NAME: Final = re.compile(r"(?P<width>\d+)x(?P<height>\d+)(?P<suffix>\.\w+)\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """The images that an edition shows, as they lie in source/."""

    files: Mapping[str, tuple[str, bytes]]
    """Path and bytes, by the address the article has."""
    seen: Mapping[str, str]
    """The digest of each file that was looked for; empty where there is none."""
    lost: tuple[str, ...]
    """What to say of images that are not shown."""
    absent: tuple[str, ...] = ()
    """The paths of those that should lie in source/, and do not."""


def find(project: Project, article: Article, locale: str) -> Found:
    """Find an article's images, those made for the locale first.

    Raises:
        StoreError: one is there, but may not be read.
    """
    files: dict[str, tuple[str, bytes]] = {}
    seen: dict[str, str] = {}
    lost: list[str] = []
    absent: list[str] = []
    for address in html.image_sources(article):
        path = posixpath.normpath(f"source/{unquote(address)}")
        if is_remote(address):
            lost.append(f"{article.path}: {address} is shown as a link; save the image in source/")
            continue
        for name in images.variants(path, locale) if path.startswith("source/") else ():
            data = project.read(name) if project.exists(name) else None
            seen[name] = "" if data is None else digest(data)
            if data is not None:
                files[address] = name, data
                break
        else:
            lost.append(f"{article.path}: there is no image {path}")
            absent.append(path)
    return Found(files, seen, tuple(lost), tuple(absent))


def fit(project: Project, found: Found, box: Box) -> tuple[dict[str, Picture], list[str]]:
    """The images in the size that a format can show, and what to say of those that it cannot.

    Raises:
        StoreError: what was made cannot be kept.
    """
    fitted: dict[str, Picture] = {}
    refused: list[str] = []
    for address, (path, data) in found.files.items():
        try:
            fitted[address] = _fitted(project, path, data, box)
        except ImageError as error:
            refused.append(str(error))
    return fitted, refused


def _fitted(project: Project, path: str, data: bytes, box: Box) -> Picture:
    """A picture, by its content: one that was made before is only read."""
    state = blake2b(data, digest_size=12)
    kind = "svg" if path.lower().endswith(".svg") else f"{box} {metadata.version('pillow')}"
    state.update(f" {_RECIPE} {kind}".encode())
    key = state.hexdigest()
    for kept in project.kept(f"{_KEPT}/{key}-*"):
        name = _NAME.search(kept)
        if name:
            size = int(name["width"]), int(name["height"])
            return Picture(project.read(kept), name["suffix"], *size)
    made = images.prepare(data, path, box)
    name_of = f"{_KEPT}/{key}-{made.width}x{made.height}{made.suffix}"
    project.replace(name_of, made.data)
    return made
