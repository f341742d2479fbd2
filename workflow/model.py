"""The values that travel: from the article to the edition, and to the jobs that make it.

Everything here is frozen; every sequence is a tuple. A locale is a BCP 47 tag
(`de-AT`, `ru`, `kk`, `en`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from workflow.house import HouseStyle

if TYPE_CHECKING:
    from markdown_it.token import Token

COVERED = "[=]"
"""The reserved msgstr: this sentence is covered by its neighbour."""

OWN = ("credit", "note")
"""The msgctxt of what translators may say for themselves (`catalogs/own.py`)."""


class State(StrEnum):
    """Where an entry stands; the first that holds."""

    MISSING = "missing"
    STALE = "stale"
    MACHINE = "machine"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Severity(StrEnum):
    """What a finding asks for."""

    ERROR = "error"
    """Blocks a release."""
    WARNING = "warning"
    """Somebody should look at it."""
    HINT = "hint"
    STATE = "state"
    """Says where an entry stands, not that its text is wrong."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a short text that is translated by itself.

    Invariant: `opening`, `source`, `closing` and `joiner` of a block's segments, joined in
    order between the block's own marks, give the block's content back.
    """

    msgid: str
    """The normal form: NFC, white space folded, `\\n` for a hard line break."""
    source: str
    """The same text as the article has it."""
    msgctxt: str | None = None
    """A role (`title`, `heading`, `label`, `alt`, …) or None for running text; never a position.

    A heading with an id of its author's has that too (`heading #preise`): headings that are
    equal in German may have to differ in another language.
    """
    joiner: str = ""
    """The white space between this segment and the next."""
    opening: str = ""
    closing: str = ""
    """Markup around the segment that translators never see (a label's brackets)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or cell, or a text of the front matter."""

    role: str
    content: str
    """Inline Markdown."""
    position: int | None
    """Index of its `inline` token in the article's tokens; None for the front matter."""
    line: int = field(compare=False)
    """Line in the file, counted from 1."""
    under: str = ""
    """The heading it stands under, as plain text."""
    name: str = ""
    """The id that the author gave a heading."""
    whole: bool = False
    """Paragraph mode: the block is one segment."""
    segments: tuple[Segment, ...] = ()
    """None where there is nothing but images."""
    opening: str = ""
    closing: str = ""
    """Hard breaks before the block's text, emphasis around it: no reason not to split it."""
    asides: tuple[Segment, ...] = ()
    """Texts that stand in the markup, each once: of images (`alt`), of links (`link title`)."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter of an article. What is not known is None."""

    title: str
    locale: str
    lead: str | None = None
    date: date | None = None
    dateline: str | None = None
    place: str | None = None
    author: str | None = None
    publisher: str | None = None
    original: str | None = None
    segmentation: str = "sentence"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its metadata, its blocks in order, and the tokens of its body."""

    name: str
    path: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    """Block tokens of the body without inline children; read-only."""
    environment: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What the block parser found out: link reference and footnote definitions; read-only."""
    segmenter: str = ""
    """The sentence rules that cut the blocks, such as `de/1`; empty before they are cut."""

    @property
    def segments(self) -> Iterator[Segment]:
        """All segments in document order, repeated ones as often as they occur."""
        return (part for block in self.blocks for part in (*block.segments, *block.asides))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    flags: tuple[str, ...] = ()
    previous: str | None = None
    """The msgid before the last change (`#| msgid`)."""
    previous_context: str | None = None
    previous_plural: str | None = None
    references: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """Translator comments, a line each; our marks are among them."""
    extracted: tuple[str, ...] = ()
    """Comments that `extract` writes (`#.`), a line each."""
    obsolete: bool = False
    plural: tuple[str, tuple[str, ...]] | None = None
    """msgid_plural and the plural msgstrs: we write none, and keep those of others."""
    line: int | None = field(default=None, compare=False)
    key: tuple[str | None, str] = field(init=False, repr=False, compare=False)
    """msgctxt and msgid: what identifies an entry within its catalog. Made once, asked often."""

    def __post_init__(self) -> None:
        """Make the key."""
        object.__setattr__(self, "key", (self.msgctxt, self.msgid))

    @property
    def role(self) -> str | None:
        """The msgctxt without an author's id."""
        return self.msgctxt and self.msgctxt.partition(" #")[0]

    @property
    def own(self) -> bool:
        """Whether it is no text of the article, but the translators' own."""
        return self.msgctxt in OWN

    @property
    def fuzzy(self) -> bool:
        """Whether the entry needs a person's work."""
        return "fuzzy" in self.flags


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalog or template: header fields in order, and entries in document order."""

    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    comments: tuple[str, ...] = ()
    """Comment lines above the header."""
    fuzzy_header: bool = False

    @property
    def live(self) -> Iterator[Entry]:
        """The entries that are not obsolete."""
        return (entry for entry in self.entries if not entry.obsolete)

    @property
    def texts(self) -> Iterator[Entry]:
        """The live entries that translate the article: all but the translators' own."""
        return (entry for entry in self.live if not entry.own)

    def index(self) -> dict[tuple[str | None, str], Entry]:
        """The live entries by key; build it once and keep it."""
        return {entry.key: entry for entry in self.live}

    def field(self, name: str) -> str:
        """A header field, or the empty string."""
        return next((value for key, value in self.header if key == name), "")


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the term base, as far as one pair of languages goes."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a check found."""

    code: str
    """The check's name, as `# check: ignore CODE` has it."""
    severity: Severity
    message: str
    reference: tuple[str | None, str] | None = None
    """The key of the entry; None where the edition as a whole is meant."""
    line: int | None = None
    """Of that entry in its catalog, counted from 1."""
    suggestion: str = ""
    """What to write instead, or to do."""
    fix: str | None = None
    """The whole msgstr with this mended, where that touches no meaning."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What an edition prints for one segment."""

    segment: Segment
    text: str
    state: State
    locale: str
    """The language of `text`: the edition's, or the article's where it falls back."""
    covered: bool = False
    """True for `[=]`: nothing is printed."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Words of an article per state of their entries (words of the source)."""

    words: Mapping[State, int]
    segments: Mapping[State, int]

    @property
    def total(self) -> int:
        """All words."""
        return sum(self.words.values())

    def share(self, *states: State) -> float:
        """The part of all words that is in one of these states, from 0 to 1."""
        return sum(self.words.get(state, 0) for state in states) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one locale: the pieces of every block, in the article's order.

    A block's pieces are those of its segments, then those of its asides.
    """

    article: Article
    locale: str
    pieces: tuple[tuple[Piece, ...], ...]
    coverage: Coverage
    original: bool
    """True for the edition in the article's own language."""
    house: HouseStyle | None = None
    """What the publisher decides of typography; None prints texts as they were written."""
    credit: str = ""
    """The line that credits the translators, as inline Markdown; empty if there is none."""
    note: str = ""
    """The translators' note to the reader, likewise."""
    exceptions: tuple[str, ...] | None = None
    """What a release lets pass by name, as codes; None for a draft."""
