"""What Auflage writes tells nothing of the machine it was written on, and asks nobody."""

import getpass
import re
import socket
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import pages, publishing
from tests.conftest import ROOT

Call = Callable[..., tuple[int, str, str]]


def test_no_path_and_no_host_in_what_is_built(kasachstan: Path, auflage: Call) -> None:
    """Whoever uploads build/ uploads the log too."""
    assert auflage(kasachstan, "build", "--format", "html,md,pdf,booklet", "--locale", "ru")[0] == 0
    auflage(kasachstan, "update")
    names = [name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 4]
    traces = [str(kasachstan), str(ROOT), *names]  # a short name stands in any embedded font
    for path in (kasachstan / "build").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [trace for trace in traces if trace.encode() in data] == [], path
    with sqlite3.connect(kasachstan / "build/.auflage/log.sqlite") as log:
        paths = [row[0] for row in log.execute("SELECT path FROM files")]
    assert paths
    assert not [path for path in paths if path.startswith("/")]


WORKERS = ("Anna Musterfrau", "anna@example.invalid", "redaktion@example.invalid")


def test_no_file_of_a_site_names_who_made_it_when_or_where(tmp_path: Path, auflage: Call) -> None:
    """Catalogs know who worked on them, and at what hour; readers need not."""
    folder = publishing.project(tmp_path / "geheim", f'contact = "{WORKERS[2]}"\n')
    for catalog in (folder / "locale").rglob("*.po"):
        text = catalog.read_text(encoding="utf-8")
        text = re.sub(r"(Last-Translator: )[^\\]*", rf"\1{WORKERS[0]} <{WORKERS[1]}>", text)
        text = re.sub(r"(PO-Revision-Date: )[^\\]*", r"\g<1>2024-03-05 23:47+0500", text)
        catalog.write_text(
            re.sub(r"(POT-Creation-Date: )[^\\]*", r"\g<1>2024-03-04 23:48+0500", text),
            encoding="utf-8",
        )
    assert auflage(folder, "build")[0] == 0
    clock = datetime.now(tz=UTC)
    now = [clock.strftime(form) for form in ("%Y-%m-%d", "%Y%m%d", "%Y:%m:%d")]
    names = [name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 4]
    traces = [*WORKERS, str(tmp_path), "geheim", str(ROOT), "23:47", "23:48", *now, *names]
    found = (path for path in (folder / "build").rglob("*.*") if path.is_file())
    files = [path for path in found if ".auflage" not in path.parts]  # its marks have a day
    assert {path.suffix for path in files} > {".html", ".xml", ".txt", ".png", ".jpg", ".pdf"}
    for path in files:
        data = path.read_bytes()
        assert [trace for trace in traces if trace.encode() in data] == [], path


def test_no_page_of_a_site_asks_anybody_for_anything(tmp_path: Path, auflage: Call) -> None:
    """What a page would load stands in it; the policy in its head forbids the rest."""
    folder = publishing.project(tmp_path, 'formats = ["html"]\n')
    assert auflage(folder, "build")[0] == 0
    for path in publishing.pages_of(folder / "build"):
        root = pages.parse(path)
        for element in root.iter():
            for name in ("src", "srcset", "data", "poster", "action", "background", "ping"):
                assert str(element.get(name) or "data:").startswith("data:"), path
            for name in element.keys():  # noqa: SIM118  (an Element is no dict)
                assert not name.startswith("on"), path
        linked = {link.get("rel") for link in pages.all_of(root, "link")}
        assert linked <= {"alternate", "canonical"}
        scripts = {script.get("type") for script in pages.all_of(root, "script")}
        assert scripts <= {"application/ld+json"}
        styles = "".join(style.text or "" for style in pages.all_of(root, "style"))
        assert set(re.findall(r"url\(\"?([a-z]+):", styles)) == {"data"}
        assert "@import" not in styles
        policy = next(
            meta.get("content")
            for meta in pages.all_of(root, "meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        )
        assert str(policy).startswith("default-src 'none';")


@pytest.mark.parametrize(
    "tag",
    ['<img src="a.png">', '<img src="../../a.png">', '<img src="/etc/a.png" alt="x">'],
)
def test_an_image_in_html_is_shown_as_text(project: Path, auflage: Call, tag: str) -> None:
    (project / "source/x.md").write_text(f"# T\n\nText {tag}\n\n{tag}\n", encoding="utf-8")
    assert auflage(project, "build", "--format", "html", "--locale", "de")[0] == 0
    page = (project / "build/de/x.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert page.count("&lt;img") == 2
