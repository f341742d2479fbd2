"""Engines: one module each, found by name, loaded when used.

Other packages add theirs by the entry point group `auflage.engines`: the name leads to a
function with the signature of `Factory`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final, Protocol

from workflow.errors import EngineError, UsageError


@dataclass(frozen=True, slots=True)
class Query:
    """A segment to translate."""

    msgid: str
    """Raw, or with masks for an engine that is `masked`."""
    msgctxt: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's translation."""

    text: str
    engine: str
    """Who wrote it, as the mark will say."""
    date: str
    """ISO date it was written."""
    changed: str | None = None
    """When a file of drafts says it was last changed, as gettext writes it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an engine has no translation."""

    reason: str


class Engine(Protocol):
    """What a run needs of an engine."""

    name: str
    host: str | None
    """Where text goes; None if it stays on this machine."""
    masked: bool
    """Whether the engine gets masks instead of markup."""

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Answer each query, in order.

        Raises:
            EngineError: the engine cannot go on in this run.
        """
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What an engine is made for."""

    source: str
    """Locale of the text."""
    target: str
    """Locale to translate into."""
    today: str
    """ISO date for marks."""
    drafts: tuple[str, str] | None = None
    """Text and path of the file of drafts for this article and locale."""


Factory = Callable[[Setting], Engine]

_MODULES: Final = {
    "tmx": "workflow.pretranslate.engines.tmx",
    "google": "workflow.pretranslate.engines.google",
}


def names() -> tuple[str, ...]:
    """The engines that come with Auflage."""
    return tuple(_MODULES)


def check(name: str) -> None:
    """See that an engine is known; it is not loaded.

    Raises:
        UsageError: nobody knows an engine of that name.
    """
    if name not in _MODULES:
        _point(name)


def load(name: str, setting: Setting) -> Engine:
    """Make an engine.

    Raises:
        UsageError: nobody knows an engine of that name.
        EngineError: it does not know the languages, or lacks something.
    """
    factory = _factory(name)
    engine = factory(setting)
    if not hasattr(engine, "translate"):
        raise EngineError(f"the engine “{name}” is broken: it cannot translate")
    return engine


def _factory(name: str) -> Factory:
    if name in _MODULES:
        factory: Factory = import_module(_MODULES[name]).make
        return factory
    found: Factory = _point(name).load()
    return found


def _point(name: str) -> EntryPoint:
    for point in entry_points(group="auflage.engines", name=name):
        return point
    raise UsageError(f"unknown engine “{name}”; there is {', '.join(names())}")
