"""What a run and an engine say to each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from workflow.errors import ConfigError
from workflow.model import Term as Term

if TYPE_CHECKING:
    from workflow.catalogs.memory import Memory

Value = TypeVar("Value")


class Markup(StrEnum):
    """In which shape an engine gets the constructs of a text."""

    RAW = "raw"
    """As the catalog has them: for files of drafts and the memory, which answer by msgid."""
    MASKS = "masks"
    """`[1]`, `[2]`, …"""
    XML = "xml"
    """`<x id="1"/>`, and text with `&amp;`, `&lt;`, `&gt;`."""


@dataclass(frozen=True, slots=True)
class Query:
    """A segment to translate."""

    text: str
    """As the engine is to see it: in the shape of its `Capabilities.markup`."""
    msgid: str = ""
    """The same as the catalog has it."""
    msgctxt: str | None = None
    before: str = ""
    """The msgid before it in the article: context, not to be translated."""
    after: str = ""
    """The msgid behind it."""
    remark: str = ""
    """What was wrong with the last answer to it, in English, for engines that understand it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's translation."""

    text: str
    engine: str
    """Who wrote it, as the mark will say: no white space."""
    date: str
    """ISO date it was written."""
    changed: str | None = None
    """When a file of drafts says it was last changed, as gettext writes it."""
    score: float | None = None
    """The engine's own opinion of it, from 0 to 1."""
    previous: str | None = None
    """For a near match: the source text that this really translates."""
    note: str | None = None
    """A comment for the translator, such as `tm: 84 % source/other.md`."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an engine has no translation of one text."""

    reason: str
    """A word or two: `empty`, `too long`, `refused`, `HTTP 400`."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a run must know of an engine."""

    markup: Markup = Markup.MASKS
    host: str | None = None
    """Where text goes; None if it stays on this machine (a loopback server does)."""
    batch: int = 1
    """Texts that are worth asking for at once."""
    cheap: bool = False
    """Whether another request costs neither money nor long: then a text without marks is
    asked for first and its marks are found in the answer, which translates best."""
    keep: bool = True
    """Whether answers belong in the cache; those of files do not."""
    version: str = ""
    """Model and parameters, and the term base if it gets that: whatever answers depend on."""
    price: float | None = None
    """What a million characters cost beyond free allowances, in `currency`; None: unknown."""
    currency: str = "USD"


class Engine(Protocol):
    """What a run needs of an engine.

    It may have a list `notices` besides: what a person should know, such as that the term base
    was not used. The run shows and empties it.
    """

    name: str
    capabilities: Capabilities

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Answer each query, in order, as soon as its answer is known.

        An engine sends as many of them in a request as it likes; what does not fit into one
        is refused. Trouble with one text is a `Refusal`, and the others are answered.

        Raises:
            PairError: the engine does not know these languages.
            EngineError: the engine cannot go on in this run; what was answered stands.
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
    root: Path = Path()
    """The project's folder, for paths in options."""
    drafts: tuple[str, str] | None = None
    """Text and path of the file of drafts for this article and locale."""
    memory: "Memory | None" = None
    """What people have accepted in this pair of languages."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The engine's table in the configuration, `[tool.auflage.engine.NAME]`."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Where keys come from: they are never written, shown or put into an address."""
    terms: tuple[Term, ...] = ()
    """The whole term base of this pair; who prompts picks what occurs in a text."""

    def option(self, engine: str, name: str, read: Callable[[Any], Value], default: Value) -> Value:
        """An option of the configuration.

        Args:
            engine: the engine's name, for messages.
            name: the option.
            read: makes the value, or raises ValueError saying what it must be.
            default: where the configuration says nothing.

        Raises:
            ConfigError: a value of the wrong kind.
        """
        if name not in self.options:
            return default
        try:
            return read(self.options[name])
        except ValueError as error:
            raise ConfigError(f"engine.{engine}.{name}: {error}") from error

    def only(self, engine: str, *known: str) -> None:
        """See that the configuration holds no other options.

        Raises:
            ConfigError: it does.
        """
        for name in self.options:
            if name not in known:
                listed = f"known are {', '.join(known)}" if known else "there are none"
                raise ConfigError(f"engine.{engine}.{name}: unknown key; {listed}")


Factory = Callable[[Setting], Engine]
