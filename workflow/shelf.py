"""Where releases stand: `release/LOCALE/NAME/1`, `…/2`, each whole or not there, none changed.

They stand beside build/, not in it: `make clean` takes what can be built again, and what was
handed to readers cannot be, once the texts have gone on.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from workflow.errors import StoreError
from workflow.store import Project, read, refused

_BEGUN: Final = re.compile(r"\.[0-9a-f]{16}\Z")


def numbers(project: Project, folder: str) -> tuple[int, ...]:
    """The releases in a folder, in order.

    Raises:
        StoreError: it may not be read.
    """
    try:
        names = os.listdir(project.root / folder)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise refused("read", folder, error) from error
    return tuple(sorted(int(name) for name in names if name.isdecimal()))


@contextmanager
def begun(project: Project, folder: str) -> Iterator[str]:
    """A new folder to fill, beside the releases; it is gone afterwards unless it was `put`.

    One run at a time: what stands half filled there is left from a run that was killed, and goes.

    Raises:
        StoreError: it cannot be made, or another run is at work.
    """
    place = project.root / folder
    path = f"{folder}/.{secrets.token_hex(8)}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = _locked(place)
    except BlockingIOError as error:
        raise StoreError("another run makes a release here; run again", path=folder) from error
    except OSError as error:
        raise refused("write", folder, error) from error
    try:
        _sweep(place)
        _make(project.root / path, folder)
        yield path
    finally:
        _sweep(place)
        os.close(lock)
        _tidy(project.root, place)


def put(project: Project, path: str, folder: str, number: int) -> str:
    """Make a filled folder a release; its path.

    Raises:
        StoreError: it cannot be written.
    """
    place = f"{folder}/{number}"
    try:
        os.rename(project.root / path, project.root / place)
    except OSError as error:
        raise refused("write", place, error) from error
    return place


def contents(path: Path) -> dict[str, bytes]:
    """The files of a folder by name; one in a folder of its own by that path.

    Raises:
        StoreError: it cannot be read.
    """
    files = (file for file in sorted(path.rglob("*")) if file.is_file())
    return {file.relative_to(path).as_posix(): read(file, shown=str(file)) for file in files}


def _make(path: Path, shown: str) -> None:
    try:
        path.mkdir()
    except OSError as error:
        raise refused("write", shown, error) from error


def _locked(folder: Path) -> int:
    """An open folder that no other process may lock; whoever is killed lets go of it.

    Raises:
        BlockingIOError: another process has.
        OSError: it cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _sweep(folder: Path) -> None:
    """Take away what was begun and not put."""
    for path in folder.glob(".*"):
        if _BEGUN.match(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _tidy(root: Path, folder: Path) -> None:
    """Take folders away that hold nothing, up to the project's."""
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
