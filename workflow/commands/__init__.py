"""One module per verb: a project in, a Report out. Nobody prints here but through a Report."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

NOTHING_TO_UPDATE: Final = "nothing to do: all catalogs are up to date"

Item = TypeVar("Item")
Track = Callable[[Iterable[Item], int, str], Iterator[Item]]
"""Passes items on and shows how far it is: (items, total, what is done)."""


@dataclass(slots=True)
class Report:
    """What a command has to say."""

    lines: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    data: Any = None
    """The same for programs (`--json`)."""
    partly: bool = False
    """Work is left: run it again, or do something first."""

    found: bool = False
    """There are findings that somebody has to mend."""

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something failed or was found, 3 partly done."""
        if self.errors or self.found:
            return 1
        return 3 if self.partly else 0

    def fail(self, error: object) -> None:
        """Note an error; the same one only once."""
        if str(error) not in self.errors:
            self.errors.append(str(error))


def quoted(text: str) -> str:
    """A text of a catalog on one line, as messages show it."""
    return "“" + text.replace("\n", "\\n") + "”"
