"""What was built from what, in an SQLite file under build/."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workflow.errors import StoreError
from workflow.store import digest, refused

_LOG: Final = "build/.auflage/log.sqlite"
SITE: Final = '"site"'
"""The note of a file that belongs to the whole site, and to no edition."""
# A killed process cannot harm it; a power cut may, and then it is begun anew: no need to wait
# for the disk. The look at the columns refuses a log that another version of Auflage wrote.
_TABLES: Final = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, time INTEGER, digest TEXT);
CREATE TABLE IF NOT EXISTS outputs (path TEXT PRIMARY KEY, inputs TEXT, digest TEXT, note TEXT);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
SELECT path, size, time, digest FROM files LIMIT 1;
SELECT path, inputs, digest, note FROM outputs LIMIT 1;
"""


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
        """Open the log of a project, or begin one; a broken log is begun anew.

        Raises:
            StoreError: it cannot be written.
        """
        self._root = root
        self._seen: dict[str, str] = {}
        path = root / _LOG
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _connect(path)
            except sqlite3.DatabaseError:
                path.unlink()
                self._database = _connect(path)
        except OSError as error:
            raise refused("write", "build/.auflage", error) from error

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
        self._ask("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", *row)

    def built(self) -> dict[str, Built]:
        """All outputs the log knows, by path."""
        rows = self._ask("SELECT path, inputs, digest, note FROM outputs")
        return {row[0]: Built(*row) for row in rows}

    def drop(self, output: str) -> None:
        """Forget an output."""
        self._ask("DELETE FROM outputs WHERE path = ?", output)

    def fact(self, name: str) -> str | None:
        """What was noted under a name; None if nothing was."""
        rows = self._ask("SELECT value FROM facts WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def note(self, name: str, value: str) -> None:
        """Note a value under a name."""
        self._ask("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    def facts(self, prefix: str) -> dict[str, str]:
        """What was noted under names that begin so, by the rest of the name."""
        question = "SELECT substr(name, ?), value FROM facts WHERE substr(name, 1, ?) = ?"
        return dict(self._ask(question, len(prefix) + 1, len(prefix), prefix))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _look(self, path: str) -> str:
        file = self._root / path
        try:
            stat = file.stat()
            rows = self._ask("SELECT size, time, digest FROM files WHERE path = ?", path)
            if rows and rows[0][:2] == (stat.st_size, stat.st_mtime_ns):
                return str(rows[0][2])
            data = file.read_bytes()
        except OSError:  # who needs the file itself will say so
            return ""
        row = (path, stat.st_size, stat.st_mtime_ns, digest(data))
        self._ask("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", *row)
        return row[-1]

    def _ask(self, question: str, *values: str | int) -> list[Any]:
        try:
            with self._database:
                return self._database.execute(question, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"cannot use the build log: {error}; delete it", path=_LOG) from error


def _connect(path: Path) -> sqlite3.Connection:
    """Open a build log.

    Raises:
        DatabaseError: it is broken.
        StoreError: it cannot be written.
    """
    try:
        database = sqlite3.connect(path, timeout=30)
    except sqlite3.OperationalError as error:
        raise StoreError(f"cannot write: {error}", path=_LOG) from error
    try:
        database.executescript(_TABLES)
    except sqlite3.DatabaseError as error:
        database.close()
        broken = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
        if error.sqlite_errorcode in broken:
            raise
        raise StoreError(f"cannot write: {error}", path=_LOG) from error
    return database
