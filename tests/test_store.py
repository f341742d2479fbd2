"""Files: read with a reason when they cannot be, written whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trees import contents, write
from workflow import store
from workflow.errors import AuflageError, ConfigError, SourceError, StoreError, UsageError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "x.txt"
    assert store.replace(file, b"one", shown="x")
    assert file.read_bytes() == b"one"
    assert names(file.parent) == ["x.txt"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    store.replace(tmp_path / "x", b"one", shown="x")
    assert (tmp_path / "x").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize(
    ("new", "written"), [(b"same", False), (b"else", True), (b"", True), (b"same\n", True)]
)
def test_only_a_change_is_written(tmp_path: Path, new: bytes, written: bool) -> None:
    file = write(tmp_path, "x", b"same")
    os.utime(file, ns=(10**18, 10**18))
    node = file.stat().st_ino
    assert store.replace(file, new, shown="x") is written
    assert file.read_bytes() == new
    assert (file.stat().st_mtime_ns == 10**18) is not written
    assert (file.stat().st_ino == node) is not written


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o444])
def test_permissions_are_kept(tmp_path: Path, mode: int) -> None:
    file = write(tmp_path, "x", b"one")
    file.chmod(mode)
    store.replace(file, b"two", shown="x")
    assert file.stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("folder", "that is a folder"),
        ("file/x", "a part of the path is a file"),
        ("file/x/y", "a part of the path is a file"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_write_that_cannot_be_is_refused(tmp_path: Path, target: str, reason: str) -> None:
    write(tmp_path, "file", "old")
    (tmp_path / "folder").mkdir()
    before = contents(tmp_path)
    with pytest.raises(StoreError) as caught:
        store.replace(tmp_path / target, b"new", shown="build/x")
    assert str(caught.value).startswith("build/x: cannot write: ")
    assert reason in str(caught.value)
    assert contents(tmp_path) == before
    assert names(tmp_path) == ["file", "folder"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from workflow import store
from workflow.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    store.replace(Path(sys.argv[1]), b"n" * 5000, shown="x")
except StoreError as error:
    print(error)
"""


def test_a_write_that_breaks_off_leaves_the_old_file_alone(tmp_path: Path) -> None:
    file = write(tmp_path, "x", "old")
    command = [sys.executable, "-c", FULL_DISK, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "x: cannot write: File too large\n"
    assert names(tmp_path) == ["x"]
    assert file.read_bytes() == b"old"


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from workflow import store
for letter in itertools.cycle(b"ab"):
    store.replace(Path(sys.argv[1]), bytes([letter]) * 300_000, shown="x")
    print(flush=True)
"""


@pytest.mark.parametrize("writes", range(1, 7))
def test_who_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path, writes: int) -> None:
    file = tmp_path / "x"
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(writes):
            process.stdout.readline()
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert file.read_bytes() in (b"a" * 300_000, b"b" * 300_000)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\n", "a\nb\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("Жұмыс".encode(), "Жұмыс"),
    ],
)
def test_text_is_utf8(project: Path, data: bytes, text: str) -> None:
    write(project, "source/x.md", data)
    assert store.open_project(project).read_text("source/x.md") == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "source/x.md: cannot read: there is no such file"),
        (b"one\ntwo\nM\xfcnchen", "source/x.md:3: not UTF-8; save it as UTF-8"),
        ("folder", "source/x.md: cannot read: that is a folder"),
    ],
)
def test_what_cannot_be_read_is_named(
    project: Path, data: bytes | str | None, message: str
) -> None:
    if data == "folder":
        (project / "source/x.md").mkdir()
    elif isinstance(data, bytes):
        write(project, "source/x.md", data)
    with pytest.raises(StoreError) as caught:
        store.open_project(project).article_text("x")
    assert str(caught.value) == message


def test_articles_are_the_markdown_files_in_source(project: Path) -> None:
    for name in ("b.md", "a.md", ".hidden.md", "notes.txt", "img.png", "sub/c.md", "a.MD"):
        write(project, f"source/{name}", "")
    (project / "source/.#a.md").symlink_to("someone@somewhere.1234")  # an Emacs lock
    opened = store.open_project(project)
    assert opened.articles() == ("a", "b")


def test_no_source_folder_is_no_article(tmp_path: Path) -> None:
    write(tmp_path, "auflage.toml", "")
    assert store.open_project(tmp_path).articles() == ()


def test_a_name_with_spaces_is_refused_when_read(project: Path) -> None:
    write(project, "source/a b.md", "# Titel")
    opened = store.open_project(project)
    assert opened.articles() == ("a b",)
    with pytest.raises(SourceError, match="rename the file"):
        opened.article_text("a b")


def test_paths(project: Path) -> None:
    opened = store.open_project(project)
    assert opened.source("x") == "source/x.md"
    assert opened.template("x") == "locale/x.pot"
    assert opened.catalog("x", "pt-BR") == "locale/pt_BR/LC_MESSAGES/x.po"
    assert opened.drafts("x", "kk") == "locale/drafts/kk/x.tmx"


def test_remove(project: Path) -> None:
    opened = store.open_project(project)
    write(project, "build/x", "")
    opened.remove("build/x")
    assert not opened.exists("build/x")
    with pytest.raises(StoreError, match="build/x: cannot remove: there is no such file"):
        opened.remove("build/x")


class TestOpenProject:
    """Where a project is looked for."""

    def test_from_a_folder_inside(self, project: Path) -> None:
        inside = project / "source" / "deep"
        inside.mkdir()
        assert store.open_project(inside).root == project

    def test_auflage_toml_comes_before_pyproject(self, tmp_path: Path) -> None:
        write(tmp_path, "pyproject.toml", "[tool.auflage]\npublisher = 'no'\n")
        write(tmp_path, "auflage.toml", "publisher = 'yes'\n")
        assert store.open_project(tmp_path).config.publisher == "yes"

    def test_a_pyproject_of_others_is_passed_by(self, project: Path) -> None:
        write(project, "sub/pyproject.toml", "[project]\nname = 'x'\n")
        assert store.open_project(project / "sub").root == project

    def test_a_byte_order_mark_is_no_error(self, tmp_path: Path) -> None:
        write(tmp_path, "auflage.toml", b"\xef\xbb\xbflocales = ['ru']\r\n")
        assert store.open_project(tmp_path).locales == ("ru",)

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"a = 1", "auflage.toml:1: a: unknown key"),
            (b"\n\npublisher = 'M\xfcller'", "auflage.toml:3: not UTF-8"),
        ],
    )
    def test_a_broken_one_is_named(self, tmp_path: Path, data: bytes, message: str) -> None:
        write(tmp_path, "auflage.toml", data)
        with pytest.raises(ConfigError) as caught:
            store.open_project(tmp_path)
        assert str(caught.value).startswith(message)

    def test_none_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"no project here.*auflage new"):
            store.open_project(tmp_path)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [((), ("a", "b")), (("b",), ("b",)), (("b", "a", "b"), ("a", "b"))],
)
def test_select(asked: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert store.select(asked, ("a", "b"), "article") == expected


@pytest.mark.parametrize(("known", "listed"), [(("a", "b"), "a, b"), ((), "none yet")])
def test_select_refuses_the_unknown(known: tuple[str, ...], listed: str) -> None:
    with pytest.raises(UsageError, match=f"unknown article “c”; there is {listed}"):
        store.select(("c",), known, "article")


def test_every_refusal_is_ours(tmp_path: Path) -> None:
    assert issubclass(StoreError, AuflageError)
    with pytest.raises(StoreError) as caught:
        store.read(tmp_path / "x", shown="x")
    assert (caught.value.exit_code, caught.value.path) == (1, "x")
