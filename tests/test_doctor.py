"""`auflage doctor`: what is there and what is missing."""

import json
import os
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from tests.conftest import run
from workflow import __version__
from workflow.printing import libraries, pdf

Call = Callable[..., tuple[int, str, str]]


def test_it_names_what_is_there(tmp_path: Path, auflage: Call) -> None:
    code, out, err = auflage(tmp_path, "doctor")
    assert out.startswith(f"auflage {__version__}, Python {sys.version.split()[0]}\n")
    for name in ("weasyprint", "polib", "babel"):
        assert f"  {name} {metadata.version(name)}\n" in out
    assert ("PDF: Pango" in out) is (not libraries.missing()) is (code == 0)
    assert ("run: " in err) is bool(libraries.missing())


def test_for_programs(tmp_path: Path, auflage: Call) -> None:
    _, out, _ = auflage(tmp_path, "doctor", "--json")
    data = json.loads(out)
    assert data["missing"] == list(libraries.missing())
    assert data["packages"]["fonttools"] == metadata.version("fonttools")


def test_quiet_says_nothing(tmp_path: Path, auflage: Call) -> None:
    code, out, err = auflage(tmp_path, "doctor", "--quiet")
    assert (code, out, err) == (3 if libraries.missing() else 0, "", "")


def test_missing_judges_are_named(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", env={"PATH": str(tmp_path)})
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("tests: ")]
    assert "msgfmt, pdftotext, pdffonts, qpdf" in line
    assert line.count("poppler-utils") == 1


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that lacks a library."""
    required = libraries._REQUIRED | {"Pango": ("libpango-that-is-not-there.so.0",)}
    monkeypatch.setattr(libraries, "_REQUIRED", required)
    pdf._press.cache_clear()  # another test may have opened them


@pytest.mark.usefixtures("without_pango")
class TestWithoutALibrary:
    """No PDF, and a way to mend that; the web pages are made all the same."""

    def test_it_says_how_to_get_it(self, tmp_path: Path, auflage: Call) -> None:
        code, out, err = auflage(tmp_path, "doctor")
        assert code == 1
        assert err.startswith("error: PDF: missing Pango; run: ")
        assert libraries.advice() in err
        assert "PDF: Pango" not in out

    def test_quiet_says_it_by_the_exit_code(self, tmp_path: Path, auflage: Call) -> None:
        assert auflage(tmp_path, "doctor", "--quiet") == (3, "", "")

    @pytest.mark.skipif(os.name != "posix", reason="apt is a thing of Debian")
    def test_install_without_apt_is_no_error_of_its_own(
        self, tmp_path: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        code, _, err = auflage(tmp_path, "doctor", "--install")
        assert code == 1
        assert err.startswith("error: PDF: missing Pango; run: ")

    def test_a_build_says_it_once_and_makes_the_pages(
        self, kasachstan: Path, auflage: Call
    ) -> None:
        # In this process: others would find the library.
        code, _, err = auflage(kasachstan, "build", "--jobs", "1")
        assert code == 1
        assert err.count("no PDF without Pango; run: ") == 1
        assert "make html" in err
        assert len(list(kasachstan.glob("build/*/kasachstan-2022.html"))) == 4
        assert not list(kasachstan.glob("build/*/*.pdf"))
