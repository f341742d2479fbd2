"""The same article gives the same bytes, whoever builds it, where, when and on what machine.

And no edition tells who built it, or where.
"""

import base64
import binascii
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pytest

from tests.conftest import KASACHSTAN, ROOT
from tests.test_bilingual import SHAPES
from tests.test_images import grey
from tests.trees import article, contents, write
from workflow.config import FORMATS

Judge = Callable[[str], str]
NAME = "hannelore"  # of the user, the home and the machine; no article has it


@dataclass(frozen=True)
class Place:
    """Where and by whom a build is done. Every field differs from the first build's."""

    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    seed: str = "1"
    umask: int = 0o022
    user: int = 0
    """0 for whoever runs the tests; another needs root and setpriv."""
    date: str = ""
    """Another needs faketime."""
    options: tuple[str, ...] = ()
    own_fonts: bool = False
    """Whether the fonts are cut anew."""


FIRST = Place("erste")
PLACES = {
    "another folder and hash seed": Place("zweite/tief/im Baum", seed="77"),
    "far east, Russian": Place(
        "dritte", {"TZ": "Pacific/Kiritimati", "LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8"}
    ),
    "far west, no locale": Place(
        "vierte", {"TZ": "Pacific/Pago_Pago", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}
    ),
    "a closed umask, several processes": Place(
        "fünfte", seed="5", umask=0o077, options=("--jobs", "2")
    ),
    "another user": Place("sechste", user=4711, umask=0o002),
    "the last century": Place("siebte", date="1999-12-31 23:59:58", own_fonts=True),
    "after this one": Place(
        "achte", {"SOURCE_DATE_EPOCH": "981173106", "TZ": "Asia/Almaty"}, date="2107-02-03 04:05:06"
    ),
}


def ready(parent: Path, place: Place) -> Path:
    """A project with two articles of different shapes, new in its folder."""
    folder = parent / f"{NAME}s-{place.folder}"
    shutil.copytree(KASACHSTAN, folder, copy_function=shutil.copy)
    article(folder, "shapes", SHAPES, title="Q0 The title")
    text = (folder / "source/shapes.md").read_text(encoding="utf-8")
    write(folder, "source/shapes.md", text.replace("title:", "locale: en\ntitle:", 1))
    write(folder, "source/a.png", grey(7))
    return folder


def command(place: Place, judge: Judge) -> list[str]:
    """The build, under another user and at another time if the machine can do that."""
    words = [sys.executable, "-m", "workflow", "build", "--format", ",".join(FORMATS)]
    words += place.options
    if place.date:
        words = [judge("faketime"), "-f", f"@{place.date}", *words]
    if place.user:
        if os.geteuid() != 0:
            pytest.skip("only root can build as another user")
        who = [f"--reuid={place.user}", f"--regid={place.user}", "--clear-groups"]
        become = [judge("setpriv"), *who]
        if subprocess.run([*become, "test", "-r", __file__], check=False).returncode:
            pytest.skip("another user cannot read this checkout")
        words = [*become, *words]
    return words


def build(parent: Path, place: Place, fonts: Path, judge: Judge) -> Path:
    """Build everything there is."""
    words = command(place, judge)
    folder = ready(parent, place)
    if place.user:
        subprocess.run(["chown", "-R", str(place.user), str(folder)], check=True)
    own = {name: NAME for name in ("USER", "LOGNAME", "HOSTNAME", "USERNAME")}
    home = folder / f"home-{NAME}"
    cache = home if place.own_fonts else fonts
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": place.seed}
    env |= own | {"HOME": str(home), "AUFLAGE_CACHE": str(cache)} | place.environment
    umask = place.umask
    done = subprocess.run(
        words, cwd=folder, env=env, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """A folder that other users may enter; those of pytest they may not."""
    with TemporaryDirectory(prefix="auflage-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def fonts(ground: Path) -> Path:
    """Cut once, for those who are not to cut them anew."""
    return ground / "fonts"


@pytest.fixture(scope="module")
def first(ground: Path, fonts: Path, judge: Judge) -> Path:
    folder = build(ground, FIRST, fonts, judge)
    for path in (fonts, *fonts.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def editions(folder: Path) -> dict[str, str]:
    """Digests of all that was built; the log is no edition."""
    found = contents(folder / "build")
    return {path: digest for path, digest in found.items() if not path.startswith(".auflage")}


@pytest.mark.judge
def test_every_format_is_looked_at(first: Path) -> None:
    made = editions(first)
    for name in ("kasachstan-2022", "shapes"):
        for suffix in FORMATS.values():
            assert sum(path.endswith(f"/{name}{suffix}") for path in made) >= 2, suffix
    assert not list(told_by(first))


@pytest.mark.judge
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_same_bytes_elsewhere(
    place: Place, first: Path, fonts: Path, ground: Path, judge: Judge
) -> None:
    folder = build(ground, place, fonts, judge)
    expected, made = editions(first), editions(folder)
    assert {path for path, digest in made.items() if expected.get(path) != digest} == set()
    assert made.keys() == expected.keys()
    assert not list(told_by(folder))


def told_by(folder: Path) -> Iterator[tuple[str, str]]:
    """Files under build/ that tell whose they are, and what it is that they tell."""
    secrets = [NAME, str(ROOT), sys.prefix, str(folder), *_hosts()]
    for path in sorted((folder / "build").rglob("*")):
        if path.is_file():
            for secret in secrets:
                if any(_says(data, secret) for data in opened(path.name, path.read_bytes())):
                    yield str(path.relative_to(folder)), secret


def _hosts() -> Iterator[str]:
    name = os.uname().nodename
    if len(name) > 7:  # a shorter one may be a word
        yield name


def _says(data: bytes, secret: str) -> bool:
    spellings = [secret.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le")]
    quoted = [binascii.hexlify(spelling) for spelling in spellings]
    small = data.lower()
    return any(spelling.lower() in small for spelling in (*spellings, *quoted))


def opened(name: str, data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and of everything that is packed in it."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.infolist():
                yield member.filename.encode()
                yield from opened(member.filename, packed.read(member))
    elif data.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(data)) as file:
            for item in file.objects:
                yield from _of_pdf(item)
    elif name.endswith((".html", ".xhtml", ".css")):
        for found in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
            yield base64.b64decode(found)


def _of_pdf(item: Any) -> Iterator[bytes]:
    if isinstance(item, pikepdf.Stream):
        try:
            yield item.read_bytes()
        except pikepdf.PdfError:  # an image that is not unpacked
            yield item.read_raw_bytes()
    yield item.unparse() if isinstance(item, pikepdf.Object) else str(item).encode()


@pytest.mark.parametrize("where", ["stream", "string", "member", "name of a member", "base64"])
def test_what_is_packed_is_found(where: str, tmp_path: Path) -> None:
    """The judge itself: it sees a name wherever it hides."""
    out = io.BytesIO()
    if where in ("stream", "string"):
        with pikepdf.new() as file:
            file.add_blank_page()
            file.Root.Place = file.make_stream(f"by {NAME}".encode() if where == "stream" else b"")
            if where == "string":
                file.Root.Author = pikepdf.String(f"ё {NAME}")
            file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    elif where == "base64":
        out.write(b"url(data:x;base64," + base64.b64encode(f" {NAME}".encode()) + b")")
    else:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            name = NAME if where != "member" else "x"
            packed.writestr(name, "by " * 50 + (NAME if where == "member" else ""))
    assert where == "name of a member" or NAME.encode() not in out.getvalue()
    write(
        tmp_path, "project/build/x.html" if where == "base64" else "project/build/x", out.getvalue()
    )
    assert [secret for _, secret in told_by(tmp_path / "project")] == [NAME]
    write(tmp_path, "project/build/x.html", b"by nobody")
    (tmp_path / "project/build/x").unlink(missing_ok=True)
    assert not list(told_by(tmp_path / "project"))
