"""Every file access: reading, atomic writing, the project's folders, and the build log.

A file is written to a temporary file beside it, then put in its place: whoever kills a
command at any moment finds the old file or the new one.
"""

import contextlib
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from workflow import config
from workflow.config import Config
from workflow.errors import ConfigError, SourceError, StoreError, UsageError
from workflow.locales import to_gettext

PACKAGE: Final = Path(__file__).parent
_CONFIG_FILES: Final = ("auflage.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and its configuration. All paths are relative to the folder."""

    root: Path
    config: Config

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales to translate into."""
        return self.config.locales

    def source(self, name: str) -> str:
        """The path of an article."""
        return f"source/{name}.md"

    def template(self, name: str) -> str:
        """The path of an article's template."""
        return f"locale/{name}.pot"

    def catalog(self, name: str, locale: str) -> str:
        """The path of an article's catalog."""
        return f"locale/{to_gettext(locale)}/LC_MESSAGES/{name}.po"

    def drafts(self, name: str, locale: str) -> str:
        """The path of an article's file of machine drafts."""
        return f"locale/drafts/{to_gettext(locale)}/{name}.tmx"

    def articles(self) -> tuple[str, ...]:
        """The names of all articles, sorted.

        Raises:
            StoreError: source/ cannot be read.
            SourceError: a file name that would break references in catalogs.
        """
        try:
            found = sorted(path for path in (self.root / "source").glob("*.md"))
        except OSError as error:
            raise _refused("read", "source", error) from error
        for path in found:
            if any(character.isspace() for character in path.name):
                raise SourceError(
                    "a file name with spaces breaks references in catalogs; rename the file",
                    path=f"source/{path.name}",
                )
        return tuple(path.stem for path in found)

    def beside(self) -> tuple[str, ...]:
        """The files in source/ that are no articles: images, above all."""
        found = (self.root / "source").rglob("*")
        files = (path for path in found if path.suffix != ".md" and path.is_file())
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in files))

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises:
            StoreError: it is not there, or may not be read.
        """
        return read(self.root / path, shown=path)

    def read_text(self, path: str) -> str:
        """Read a UTF-8 file.

        Raises:
            StoreError: it is not there, or is not UTF-8.
        """
        data = self.read(path)
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise StoreError("not UTF-8; save it as UTF-8", path=path, line=line) from error

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return (self.root / path).is_file()

    def replace(self, path: str, data: bytes) -> bool:
        """Write a file if its bytes change; True if they did.

        Raises:
            StoreError: it cannot be written; the old file is untouched.
        """
        return replace(self.root / path, data, shown=path)

    def remove(self, path: str) -> None:
        """Remove a file.

        Raises:
            StoreError: it may not be removed.
        """
        try:
            (self.root / path).unlink()
        except OSError as error:
            raise _refused("remove", path, error) from error


def open_project(start: Path) -> Project:
    """Find the project that holds a folder.

    Raises:
        ConfigError: a broken configuration, or none here or in any folder above.
    """
    for folder in (start, *start.parents):
        for name in _CONFIG_FILES:
            file = folder / name
            if file.is_file():
                try:
                    text = read(file, shown=name).decode("utf-8")
                except UnicodeDecodeError as error:
                    raise ConfigError("not UTF-8; save it as UTF-8", path=name) from error
                found = config.parse(text, name)
                if found is not None:
                    return Project(folder, found)
    raise ConfigError(
        "no project here: neither auflage.toml nor [tool.auflage] in a pyproject.toml; "
        "“auflage new DIR” makes one"
    )


def select(asked: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """What was asked for, or everything.

    Raises:
        UsageError: a name that is not known.
    """
    for name in asked:
        if name not in known:
            listed = ", ".join(known) or "none yet"
            raise UsageError(f"unknown {what} “{name}”; there is {listed}")
    return tuple(name for name in known if name in asked) if asked else known


def read(path: Path, *, shown: str) -> bytes:
    """Read a file; messages call it `shown`.

    Raises:
        StoreError: it is not there, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused("read", shown, error) from error


def replace(path: Path, data: bytes, *, shown: str) -> bool:
    """Write a file atomically if its bytes change; True if they did.

    A file that exists keeps its permissions.

    Raises:
        StoreError: it cannot be written; the old file is untouched.
    """
    try:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _swap(path, data)
    except OSError as error:
        raise _refused("write", shown, error) from error
    return True


def _swap(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _refused(act: str, shown: str, error: OSError) -> StoreError:
    reasons = {
        "FileNotFoundError": "there is no such file",
        "PermissionError": "no permission",
        "IsADirectoryError": "that is a folder",
        "NotADirectoryError": "a part of the path is a file, not a folder",
        "FileExistsError": "a file stands where a folder is needed",
    }
    reason = reasons.get(type(error).__name__, error.strerror or str(error))
    return StoreError(f"cannot {act}: {reason}", path=shown)


@dataclass(frozen=True, slots=True)
class Built:
    """What the log knows of an output."""

    output: str
    inputs: str
    """What it was made from, as JSON."""
    digest: str
    """Of the output itself: one that a person changed is built again."""
    note: str
    """What the index and the messages need of it, as JSON."""


class BuildLog:
    """What was built from what: per output the digests of its inputs, and of itself.

    A file's digest is trusted while its size and modification time are the same; else the
    file is read again. Content decides, never time alone.
    """

    def __init__(self, root: Path):
        """Open the log of a project, or begin one; a broken log is begun anew."""
        self._root = root
        self._path = root / "build" / ".auflage" / "log.sqlite"
        self._seen: dict[str, str] = {}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._open()
        except sqlite3.DatabaseError:
            self._path.unlink()
            self._open()
        except OSError as error:
            raise _refused("write", "build/.auflage", error) from error

    def _open(self) -> None:
        try:
            self._database = sqlite3.connect(self._path, timeout=30)
            self._database.executescript(
                "CREATE TABLE IF NOT EXISTS files"
                " (path TEXT PRIMARY KEY, size INTEGER, time INTEGER, digest TEXT);"
                "CREATE TABLE IF NOT EXISTS outputs"
                " (path TEXT PRIMARY KEY, inputs TEXT, digest TEXT, note TEXT);"
            )
        except sqlite3.OperationalError as error:
            raise StoreError(f"cannot write: {error}", path="build/.auflage/log.sqlite") from error

    def digest(self, path: str) -> str:
        """The digest of a file; empty if there is none. Paths are relative to the project."""
        known = self._seen.get(path)
        if known is None:
            known = self._seen[path] = self._look(path)
        return known

    def forget(self, path: str) -> None:
        """Look at a file again: it was just written."""
        self._seen.pop(path, None)

    def record(self, built: Built) -> None:
        """Note what an output was made from, and what it is."""
        row = (built.output, built.inputs, built.digest, built.note)
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", row)

    def built(self) -> dict[str, Built]:
        """All outputs the log knows, by path."""
        rows = self._database.execute("SELECT path, inputs, digest, note FROM outputs")
        return {row[0]: Built(*row) for row in rows}

    def drop(self, output: str) -> None:
        """Forget an output."""
        with self._database:
            self._database.execute("DELETE FROM outputs WHERE path = ?", (output,))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _look(self, path: str) -> str:
        file = self._root / path
        try:
            stat = file.stat()
        except OSError:
            return ""
        row = self._database.execute(
            "SELECT size, time, digest FROM files WHERE path = ?", (path,)
        ).fetchone()
        if row and row[:2] == (stat.st_size, stat.st_mtime_ns):
            return str(row[2])
        digest = blake2b(read(file, shown=path), digest_size=12).hexdigest()
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                (path, stat.st_size, stat.st_mtime_ns, digest),
            )
        return digest
