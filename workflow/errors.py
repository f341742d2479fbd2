"""What can go wrong, said so that a person can mend it.

AuflageError                exit code
├── UsageError              2   a verb, option or name that does not exist
├── ConfigError             2   the configuration is wrong
├── SourceError             1   an article cannot be read
├── CatalogError            1   a catalog, template or draft file cannot be read
├── GlossaryError           1   the term base cannot be read
├── ImageError              1   an image cannot be shown
├── StoreError              1   a file cannot be read or written
├── EngineError             1   an engine refuses or cannot be reached
│   └── PairError           1   an engine does not know these two languages
└── PrintError              1   a PDF cannot be made
"""

from pathlib import Path


class AuflageError(Exception):
    """The root. Its text is one message: place, what is wrong, what to do.

    Args:
        message: what is wrong, and what to do about it.
        path: the file concerned, as it should be shown.
        line: its line, counted from 1.
    """

    exit_code = 1

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None):
        """Keep the parts, so that callers can show them each in its place."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders with the jobs that raised them.
        return (_rebuild, (type(self), self.message, self.path, self.line))

    def __str__(self) -> str:
        if self.path is None:
            return self.message
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.message}"


def _rebuild(
    kind: type[AuflageError], message: str, path: Path | str | None, line: int | None
) -> AuflageError:
    return kind(message, path=path, line=line)


class UsageError(AuflageError):
    """The command was called with something that does not exist."""

    exit_code = 2


class ConfigError(AuflageError):
    """The configuration names an unknown key or holds a wrong value."""

    exit_code = 2


class SourceError(AuflageError):
    """An article cannot be read."""


class CatalogError(AuflageError):
    """A catalog, a template or a file of drafts cannot be read."""


class GlossaryError(AuflageError):
    """The term base cannot be read."""


class ImageError(AuflageError):
    """An image is broken, of a kind we do not show, or may do harm."""


class StoreError(AuflageError):
    """A file cannot be read or written."""


class EngineError(AuflageError):
    """A pre-translation engine refuses, or cannot be reached."""


class PairError(EngineError):
    """An engine does not translate between these two languages; it may between others."""


class PrintError(AuflageError):
    """A PDF cannot be made."""
