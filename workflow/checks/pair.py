"""A segment and its translation, as the checks see them."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Final

from workflow.checks.lexicon import NUMBER, SCALE, Lexicon, lexicon
from workflow.locales import language
from workflow.model import Entry
from workflow.segments import parts
from workflow.segments.parts import Kind, Part
from workflow.terms.glossary import Glossary
from workflow.texts import script
from workflow.texts.words import tokens

EDGE: Final = "\ue000"
"""In a masked text: the beginning or the end of emphasis, of a link, of an HTML element."""
ATOM: Final = "\ufffc"
"""Code, an address, a footnote's number, an image, a placeholder."""
_SIGNS: Final = re.compile(f"[{EDGE}{ATOM}\n]")
# What most texts are made of, and no check asks for: I is the capital of gender signs.
_LATIN: Final = re.compile("[a-zA-HJ-ZäöüÄÖÜß ,.]+")
# With markup, marks above letters and soft hyphens, a word may be more than its letters.
_JOINTS: Final = frozenset("_*·\\\u00ad\u2060" + ATOM + EDGE) | set(map(chr, range(0x300, 0x370)))
ODD: Final = "\ue001"
"""Among the signs of a text: one of them is none that texts usually have."""
_USUAL: Final = frozenset(map(chr, (*range(0x20, 0x7F), 0xA0, 0xA7, 0xAB, 0xB0, 0xB7, 0xBB, 0x202F,
                                    *range(0x2010, 0x2015), *range(0x2018, 0x201F), 0x2026, 0x20AC,
                                    0x2116))) | frozenset(ATOM)  # fmt: skip
_ODD: Final = frozenset(ODD)
_DIGITS: Final = frozenset("0123456789")
_NUMBER: Final = re.compile(r"\d+")
# Half a compound, a gender sign, letters beside digits: Öl- und Minenarbeiter, ArbeiterInnen, G20.
_DOUBTFUL: Final = frozenset("I(/:-\u2010\u2011") | _DIGITS
_PARTED: Final = re.compile(
    r"[-\u2010\u2011](?:\s|\Z)|[(/:]-?in|[a-zäöüß]In(?:nen)?\b|[^\W\d_]\d|\d[^\W\d_]"
)
_ORDINARY: Final = {
    "ru": re.compile("[а-яА-ЯёЁ ,.]+"),
    "kk": re.compile("[а-яА-ЯёЁәғқңөұүһіӘҒҚҢӨҰҮҺІ ,.]+"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a translation."""

    message: str
    suggestion: str = ""
    fix: str | None = None


class Text:
    """A msgid or msgstr: as it stands, taken apart, and as a reader sees it."""

    __slots__ = ("masked", "parts", "prose", "raw", "signs", "telling")

    def __init__(
        self,
        raw: str,
        environment: Mapping[str, Any] | None,
        source: str | None,
        ordinary: re.Pattern[str] = _LATIN,
        lexicon: Lexicon | None = None,
    ):
        """Take a text apart.

        Args:
            raw: the text.
            environment: the article's definitions, if they are known.
            source: for a translation, its msgid.
            ordinary: what a text of its language is mostly made of.
            lexicon: what the words of its language tell.
        """
        self.raw = raw
        self.signs = frozenset(ordinary.sub("", raw))
        """Every character of it that is no ordinary one, and what its words tell."""
        if not self.signs <= _USUAL:
            self.signs |= _ODD
        self.parts: tuple[Part, ...] = ()
        """The text taken apart; nothing where it is words alone."""
        self.masked = self.prose = raw
        """With a sign in the place of each construct; and as a reader sees it, where code,
        addresses and the like are one sign each."""
        if parts.may_have_markup(raw, self.signs) and parts.has_markup(raw):
            self.signs |= {ATOM}
            self.parts = parts.within(raw, environment, source)
            self.masked = "".join(_sign(part) for part in self.parts)
            self.prose = self.masked.replace(EDGE, "")
        self.telling: Set[str] | None = None
        """The words and numbers that tell something; None where signs join words or part them."""
        if lexicon:
            self.telling, told = lexicon.read(_words(raw, self.signs))
            self.signs |= told

    def mended(self, change: Callable[[str], str]) -> str | None:
        """The text with its words changed; None if that changes nothing or might break markup.

        Args:
            change: gets the masked text.
        """
        if any(part.kind is Kind.TEXT and part.text != part.source for part in self.parts):
            return None
        constructs = [part.source for part in self.parts if part.kind is not Kind.TEXT]
        masked = change(self.masked)
        if masked == self.masked:
            return None
        if not self.parts:
            return masked
        if _SIGNS.findall(masked) != _SIGNS.findall(self.masked):
            return None
        waiting = iter(constructs)
        return _SIGNS.sub(lambda _: next(waiting), masked)


def _words(raw: str, signs: Set[str]) -> frozenset[str] | None:
    if not _JOINTS.isdisjoint(signs) or (not _DOUBTFUL.isdisjoint(signs) and _PARTED.search(raw)):
        return None
    words = frozenset(tokens(raw))
    return words if _DIGITS.isdisjoint(signs) else words.union(_NUMBER.findall(raw))


def _sign(part: Part) -> str:
    if part.kind is Kind.TEXT:
        return part.text
    if part.kind is Kind.ATOM:
        return "\n" if part.source == "\n" else ATOM
    return EDGE


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pairs of a catalog have in common."""

    source_locale: str
    locale: str
    glossary: Glossary
    environment: Mapping[str, Any] | None = None
    """The article's definitions, if they are known."""
    source_language: str = field(init=False)
    language: str = field(init=False)
    cyrillic: bool = field(init=False)
    """Whether translations are to be in Cyrillic letters."""
    ordinary: tuple[re.Pattern[str], re.Pattern[str]] = field(init=False)
    """What texts are mostly made of: those of the source, and translations."""
    lexicons: tuple[Lexicon, Lexicon] = field(init=False)
    """What the words of both tell."""

    def __post_init__(self) -> None:
        """Find out once what every check asks for."""
        object.__setattr__(self, "source_language", language(self.source_locale))
        object.__setattr__(self, "language", language(self.locale))
        object.__setattr__(self, "cyrillic", script.is_cyrillic(self.locale))
        ordinary = (_ordinary(self.source_locale), _ordinary(self.locale))
        object.__setattr__(self, "ordinary", ordinary)
        lexicons = (
            lexicon(self.glossary, self.source_locale, translated=False),
            lexicon(self.glossary, self.locale, translated=True),
        )
        object.__setattr__(self, "lexicons", lexicons)


def _ordinary(locale: str) -> re.Pattern[str]:
    if not script.is_cyrillic(locale):
        return _LATIN
    return _ORDINARY.get(language(locale), _ORDINARY["ru"])


class Pair:
    """A segment and its translation; read-only.

    Where a translator covered a sentence in its neighbour (`[=]`), they are whole blocks.
    """

    __slots__ = ("cyrillic", "depth", "entry", "glossary", "joined", "language", "locale",
                 "source", "source_language", "source_locale", "target")  # fmt: skip

    def __init__(
        self, entry: Entry, source: str, target: str, setting: Setting, *, depth: int = 0,
        joined: bool = False,
    ):  # fmt: skip
        """Read the two texts.

        Args:
            entry: whose they are; of a whole block the first that has a text.
            source: the msgid, or all of the block's.
            target: the msgstr, or all of them.
            setting: what the catalog is.
            depth: in how many quotations the segment begins, that began in sentences before.
            joined: whether it is a whole block.
        """
        self.entry = entry
        ours, theirs = setting.ordinary
        known, others = setting.lexicons
        self.source = Text(source, setting.environment, None, ours, known)
        self.target = Text(target, setting.environment, source, theirs, others)
        self.depth = depth
        self.joined = joined
        self.glossary = setting.glossary
        self.source_locale, self.locale = setting.source_locale, setting.locale
        self.source_language, self.language = setting.source_language, setting.language
        self.cyrillic = setting.cyrillic

    @property
    def in_words(self) -> bool:
        """Whether there may be numbers in words on both sides, or Roman ones, or millions."""
        ours, theirs = self.source.signs, self.target.signs
        return (NUMBER in ours and NUMBER in theirs) or SCALE in ours or SCALE in theirs


def shortened(text: str, longest: int = 40) -> str:
    """A text as messages show it."""
    text = " ".join(text.replace(EDGE, "").replace(ATOM, "…").split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
