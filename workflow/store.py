"""Every file access: reading, atomic writing, and the project's folders.

A file is written to a temporary file beside it, then put in its place: whoever kills a
command at any moment finds the old file or the new one.
"""

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from workflow import config
from workflow.config import Config
from workflow.errors import AuflageError, ConfigError, SourceError, StoreError, UsageError
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

    def memory(self, name: str) -> str:
        """The path of a translation memory that came as a file."""
        return f"locale/memory/{name}.tmx"

    def memories(self) -> tuple[str, ...]:
        """The paths of all translation memories that came as files, sorted."""
        found = (self.root / "locale/memory").glob("*.tmx")
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in found))

    @property
    def glossary(self) -> str:
        """The path of the term base."""
        return "locale/glossary.csv"

    def articles(self) -> tuple[str, ...]:
        """The names of all articles, sorted.

        Raises:
            StoreError: source/ cannot be read.
        """
        try:
            found = sorted(path.stem for path in (self.root / "source").glob("*.md"))
        except OSError as error:
            raise refused("read", "source", error) from error
        return tuple(name for name in found if not name.startswith("."))  # editors' lock files

    def article_text(self, name: str) -> str:
        """Read the text of an article.

        Raises:
            StoreError: it is not there, or is not UTF-8.
            SourceError: a file name that would break references in catalogs, or is taken.
        """
        path = self.source(name)
        if name.casefold() == "index":
            raise SourceError("index.html is the list of all articles; rename the file", path=path)
        if any(character.isspace() for character in name):
            raise SourceError(
                "a file name with spaces breaks references in catalogs; rename the file", path=path
            )
        return self.read_text(path)

    def catalogs(self) -> tuple[str, ...]:
        """The paths of all catalogs and templates, sorted."""
        found = (self.root / "locale").rglob("*.po*")
        files = (path for path in found if path.suffix in (".po", ".pot"))
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in files))

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises:
            StoreError: it is not there, or may not be read.
        """
        return read(self.root / path, shown=path)

    def find(self, path: str) -> bytes | None:
        """Read a file; None if there is none.

        Raises:
            StoreError: it may not be read.
        """
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refused("read", path, error) from error

    def read_text(self, path: str) -> str:
        """Read a UTF-8 file.

        Raises:
            StoreError: it is not there, or is not UTF-8.
        """
        return _decode(self.read(path), path, StoreError)

    def kept(self, pattern: str) -> tuple[str, ...]:
        """The paths that match a pattern, sorted."""
        found = self.root.glob(pattern)
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in found))

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return os.path.isfile(self.root / path)  # False too where we may not look

    def replace(self, path: str, data: bytes) -> bool:
        """Write a file if its bytes change; True if they did.

        Raises:
            StoreError: it cannot be written; the old file is untouched.
        """
        return replace(self.root / path, data, shown=path)

    def swap(self, path: str, old: bytes | None, new: bytes) -> bool:
        """Write a file if it still is what was read; False if it is not.

        Args:
            path: the file.
            old: what was read; None if there was no such file.
            new: what to write.

        Raises:
            StoreError: it cannot be written; the old file is untouched.
        """
        try:
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            return _swap(file, new, lambda: self.find(path) == old)
        except OSError as error:
            raise refused("write", path, error) from error

    def remove(self, path: str) -> None:
        """Remove a file, and its folder if that is empty then.

        Raises:
            StoreError: it may not be removed.
        """
        try:
            (self.root / path).unlink()
            with contextlib.suppress(OSError):  # the folder goes too, when it was the last
                (self.root / path).parent.rmdir()
        except OSError as error:
            raise refused("remove", path, error) from error


def open_project(start: Path) -> Project:
    """Find the project that holds a folder.

    Raises:
        ConfigError: a broken configuration, or none here or in any folder above.
    """
    for folder in (start, *start.parents):
        for name in _CONFIG_FILES:
            file = folder / name
            if file.is_file():
                text = _decode(read(file, shown=name), name, ConfigError)
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


def digest(data: bytes) -> str:
    """What identifies the content of a file."""
    return blake2b(data, digest_size=12).hexdigest()


def read(path: Path, *, shown: str) -> bytes:
    """Read a file; messages call it `shown`.

    Raises:
        StoreError: it is not there, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("read", shown, error) from error


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
        raise refused("write", shown, error) from error
    return True


def _decode(data: bytes, shown: str, refusal: type[AuflageError]) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal("not UTF-8; save it as UTF-8", path=shown, line=line) from error


def _swap(path: Path, data: bytes, wanted: Callable[[], bool] = lambda: True) -> bool:
    """Put a file in the place of another, if it is still wanted when all is written."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        if wanted():
            os.replace(temporary, path)
            return True
        os.unlink(temporary)
        return False
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


def refused(act: str, shown: str, error: OSError) -> StoreError:
    """What to say when the system refuses to read, write or remove a file."""
    reasons = {
        "FileNotFoundError": "there is no such file",
        "PermissionError": "no permission",
        "IsADirectoryError": "that is a folder",
        "NotADirectoryError": "a part of the path is a file, not a folder",
        "FileExistsError": "a file stands where a folder is needed",
    }
    reason = reasons.get(type(error).__name__, error.strerror or str(error))
    return StoreError(f"cannot {act}: {reason}", path=shown)
