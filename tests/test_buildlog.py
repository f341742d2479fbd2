"""The build log: content decides, and a broken log costs a build, never an error."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trees import write
from workflow.buildlog import BuildLog, Built
from workflow.errors import StoreError

LOG = "build/.auflage/log.sqlite"
BUILT = Built("build/ru/x.html", '{"a": "1"}', "00ff", "{}")


def digest(root: Path, path: str = "x") -> str:
    """As a new command sees it."""
    log = BuildLog(root)
    try:
        return log.digest(path)
    finally:
        log.close()


def test_what_is_recorded_is_known_to_the_next(tmp_path: Path) -> None:
    log = BuildLog(tmp_path)
    assert log.built() == {}
    log.record(BUILT)
    log.close()
    log = BuildLog(tmp_path)
    assert log.built() == {BUILT.output: BUILT}
    log.drop(BUILT.output)
    assert log.built() == {}
    log.close()


def test_a_digest_is_of_the_content(tmp_path: Path) -> None:
    write(tmp_path, "x", "one")
    write(tmp_path, "y", "one")
    write(tmp_path, "z", "two")
    assert digest(tmp_path, "x") == digest(tmp_path, "y") != digest(tmp_path, "z")
    assert digest(tmp_path, "x")


def test_no_file_has_an_empty_digest(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert digest(tmp_path, "none") == digest(tmp_path, "folder") == ""


@pytest.mark.parametrize(
    ("new", "time", "seen"),
    [
        ("two", 0, False),  # nobody could tell: size and time are the same
        ("two", 1, True),
        ("longer", 0, True),
    ],
)
def test_a_digest_is_trusted_by_size_and_time(
    tmp_path: Path, new: str, time: int, seen: bool
) -> None:
    file = write(tmp_path, "x", "one")
    os.utime(file, ns=(10**18, 10**18))
    before = digest(tmp_path)
    file.write_text(new)
    os.utime(file, ns=(10**18, 10**18 + time))
    assert (digest(tmp_path) != before) is seen


def test_a_touched_file_has_the_same_digest(tmp_path: Path) -> None:
    file = write(tmp_path, "x", "one")
    before = digest(tmp_path)
    os.utime(file, ns=(10**18, 10**18))
    assert digest(tmp_path) == before


def test_a_file_is_looked_at_once_until_forgotten(tmp_path: Path) -> None:
    file = write(tmp_path, "x", "one")
    log = BuildLog(tmp_path)
    before = log.digest("x")
    file.write_text("longer")
    assert log.digest("x") == before
    log.forget("x")
    assert log.digest("x") != before
    log.close()


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE outputs (path TEXT, something TEXT)")
    database.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"this is no database, but long enough to be one" * 20),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4080),
        other_tables,
    ],
    ids=["text", "empty", "torn", "other tables"],
)
def test_a_broken_log_is_begun_anew(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    spoil(write(tmp_path, LOG, ""))
    log = BuildLog(tmp_path)
    assert log.built() == {}
    log.record(BUILT)
    assert log.built() == {BUILT.output: BUILT}
    log.close()


@pytest.mark.parametrize("where", ["build", "build/.auflage"])
def test_no_folder_for_it(tmp_path: Path, where: str) -> None:
    write(tmp_path, where, "a file")
    with pytest.raises(StoreError, match=r"build/\.auflage: cannot write"):
        BuildLog(tmp_path)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / LOG).mkdir(parents=True)
    with pytest.raises(StoreError, match="unable to open database file"):
        BuildLog(tmp_path)


def test_a_log_that_breaks_while_it_is_used(tmp_path: Path) -> None:
    log = BuildLog(tmp_path)
    with sqlite3.connect(tmp_path / LOG) as other:
        other.execute("DROP TABLE outputs")
    other.close()
    with pytest.raises(StoreError, match=r"cannot use the build log.*delete it"):
        log.built()
    log.close()
