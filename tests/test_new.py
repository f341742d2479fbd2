"""`auflage new`, and the project it makes: what its first reader will try."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.trees import contents, shown, times, write

Call = Callable[..., tuple[int, str, str]]
FILES = {
    "auflage.toml", "Makefile", ".gitignore", "build/.gitignore", "source/willkommen.md",
    "locale/drafts/README.md",
}  # fmt: skip
EDITIONS = {
    f"{folder}/{name}.html"
    for folder in ("de", "ru", "kk", "en")
    for name in ("index", "willkommen")
}


def pages(project: Path) -> set[str]:
    """What there is to read."""
    return {str(path.relative_to(project / "build")) for path in project.glob("build/*/*.html")}


@pytest.fixture
def mine(tmp_path: Path, auflage: Call) -> Path:
    """A project of one's own."""
    code, out, err = auflage(tmp_path, "new", "mine")
    assert (code, err) == (0, "")
    assert "cd mine && make po && make" in out
    return tmp_path / "mine"


@pytest.fixture
def make(mine: Path, judge: Callable[[str], str]) -> Callable[..., str]:
    """Run make there; what it says."""
    command = [judge("make"), "--no-print-directory", f"AUFLAGE={sys.executable} -m workflow"]
    environment = {name: text for name, text in os.environ.items() if name != "MAKEFLAGS"}

    def call(*arguments: str) -> str:
        done = subprocess.run(
            [*command, *arguments],
            cwd=mine, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def test_a_project_of_ones_own(mine: Path, auflage: Call) -> None:
    assert set(contents(mine)) == FILES
    assert auflage(mine, "update")[0] == 0
    code, out, err = auflage(mine, "build")
    assert (code, err) == (0, "")
    assert pages(mine) == EDITIONS
    assert "Willkommen bei Auflage" in shown(mine / "build/de/willkommen.html")
    code, out, err = auflage(mine, "status")
    assert (code, err) == (0, "")
    assert out.startswith("willkommen (de): ")


def test_version_control_sees_no_build(mine: Path, judge: Callable[[str], str]) -> None:
    write(mine, "build/ru/x.html", "")
    git = [judge("git"), "-C", str(mine)]
    subprocess.run([*git, "init", "-q"], check=True)
    listed = [*git, "ls-files", "--others", "--exclude-standard"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == FILES


@pytest.mark.parametrize("folder", [".", "empty", "deep/er", "with space"])
def test_an_empty_or_new_folder_will_do(tmp_path: Path, auflage: Call, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    start = tmp_path / "empty" if folder == "." else tmp_path
    assert auflage(start, "new", folder)[0] == 0
    assert set(contents(start / folder)) == FILES


@pytest.mark.parametrize("path", ["mine/notes.txt", "mine/.hidden", "mine"])
def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, auflage: Call, path: str) -> None:
    write(tmp_path, path, "text")
    before = contents(tmp_path)
    code, out, err = auflage(tmp_path, "new", "mine")
    assert (code, out) == (2, "")
    assert err == "auflage: mine is not an empty folder; choose another\n"
    assert contents(tmp_path) == before


def test_below_a_file(tmp_path: Path, auflage: Call) -> None:
    write(tmp_path, "file", "text")
    code, _, err = auflage(tmp_path, "new", "file/mine")
    assert code == 1
    assert err.startswith("auflage: file/mine/auflage.toml: cannot write: ")


def test_make(mine: Path, make: Callable[..., str]) -> None:
    assert "locale/willkommen.pot" in make("po")
    make("html-ru")
    assert pages(mine) == {"ru/index.html", "ru/willkommen.html"}
    make()
    assert pages(mine) == EDITIONS
    assert len(list(mine.glob("build/*/*.pdf"))) == 4
    before = times(mine)
    assert make("all", "JOBS=2").startswith("nothing to do")
    assert make("pot").startswith("nothing to do")
    assert make("pdf-kk").startswith("nothing to do: 1 PDF")
    assert make("html", "LOCALE=de").startswith("nothing to do: 1 HTML")
    assert make("status", "LOCALE=kk", "ARTICLE=willkommen").startswith("willkommen (de): ")
    assert times(mine) == before
    assert make("clean") == ""
    assert set(contents(mine / "build")) == {".gitignore"}


def test_make_help_names_every_target(make: Callable[..., str]) -> None:
    text = make("help")
    for target in (
        "all",
        "pdf html epub booklet bilingual",
        "pot",
        "po",
        "pretranslate",
        "status",
        "clean",
        "help",
    ):
        assert [line.split("  ")[0] for line in text.splitlines()].count(target) == 1


def test_the_wheel_has_everything(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed here: no wheel without the network")
    source = tmp_path / "source"
    shutil.copytree(ROOT / "workflow", source / "workflow")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("auflage-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "workflow").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(data) > 70
    assert data <= packed
    for part in ("starter/gitignore", "editions/theme/page.html", "editions/labels/kk.po",
                 "segments/rules/de.toml"):  # fmt: skip
        assert f"workflow/{part}" in packed
    assert not [name for name in packed if name.startswith(("tests", "build", "source"))]


def test_a_name_that_no_disk_takes(tmp_path: Path, auflage: Call) -> None:
    code, _, err = auflage(tmp_path, "new", "x" * 300)
    assert code == 1
    assert "cannot read" in err
