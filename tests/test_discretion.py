"""What Auflage writes tells nothing of the machine it was written on, and asks nobody."""

import getpass
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

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
