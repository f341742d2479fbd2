"""Verified answers of engines, so that nobody is asked, or paid, twice for the same text.

An SQLite file under build/. Deleting it costs requests, never work: catalogs hold that.
"""

import json
import sqlite3
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from workflow.errors import StoreError
from workflow.pretranslate.engines.protocol import Draft, Engine, Setting
from workflow.pretranslate.ladder import Answer, Rung

# A killed process loses nothing that was committed; a power cut may, and costs a request.
_TABLE: Final = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS answers
  (scope TEXT, msgid TEXT, answer TEXT, PRIMARY KEY (scope, msgid));
SELECT scope, msgid, answer FROM answers LIMIT 1;
"""


def scope(engine: Engine, setting: Setting) -> str:
    """What answers depend on beside the text: engine, version, languages."""
    parts = (engine.name, engine.capabilities.version, setting.source, setting.target)
    return blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()


class Cache:
    """Answers by scope and msgid; each is committed as soon as it is verified."""

    def __init__(self, path: Path):
        """Open the cache, or begin one; a broken one is begun anew.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _connect(path)
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
                self._database = _connect(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"cannot keep answers of engines: {error}", path=path.name) from error

    def find(self, scope: str, msgid: str) -> Answer | None:
        """The answer to a text; None if there is none that can be read."""
        rows = self._ask("SELECT answer FROM answers WHERE scope = ? AND msgid = ?", scope, msgid)
        try:
            return _answer(json.loads(rows[0][0])) if rows else None
        except (ValueError, TypeError, KeyError):
            return None

    def keep(self, scope: str, msgid: str, answer: Answer) -> None:
        """Keep a verified answer."""
        text = json.dumps(asdict(answer), ensure_ascii=False)
        self._ask("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", scope, msgid, text)

    def forget(self, scope: str, msgid: str) -> None:
        """Keep an answer no longer."""
        self._ask("DELETE FROM answers WHERE scope = ? AND msgid = ?", scope, msgid)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _ask(self, question: str, *values: str) -> list[Any]:
        try:
            with self._database:
                return self._database.execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise StoreError(f"cannot keep answers of engines: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30)
    try:
        database.executescript(_TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _answer(data: dict[str, Any]) -> Answer:
    return Answer(
        draft=Draft(**data["draft"]),
        rung=Rung(data["rung"]),
        reasons=tuple(data["reasons"]),
        quality=float(data["quality"]),
        refusal=None,
    )
