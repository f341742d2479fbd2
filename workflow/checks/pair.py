"""A segment and its translation, as the checks see them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from workflow.locales import language
from workflow.model import Entry
from workflow.segments import parts
from workflow.segments.parts import Kind, Part
from workflow.terms.glossary import Glossary
from workflow.texts import script

EDGE: Final = "\ue000"
"""In a masked text: the beginning or the end of emphasis, of a link, of an HTML element."""
ATOM: Final = "\ufffc"
"""Code, an address, a footnote's number, an image, a placeholder."""
_SIGNS: Final = re.compile(f"[{EDGE}{ATOM}\n]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a translation."""

    message: str
    suggestion: str = ""
    fix: str | None = None


class Text:
    """A msgid or msgstr: as it stands, taken apart, and as a reader sees it."""

    def __init__(self, raw: str, environment: Mapping[str, Any] | None, source: str | None):
        """Nothing is read yet.

        Args:
            raw: the text.
            environment: the article's definitions, if they are known.
            source: for a translation, its msgid.
        """
        self.raw = raw
        self._environment = environment
        self._source = source

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The text taken apart; nothing where it is words alone."""
        if not parts.has_markup(self.raw):
            return ()
        return parts.within(self.raw, self._environment, self._source)

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every character of it."""
        return frozenset(self.raw)

    @cached_property
    def masked(self) -> str:
        """The text with a sign in the place of each construct."""
        if not self.parts:
            return self.raw
        return "".join(_sign(part) for part in self.parts)

    @cached_property
    def prose(self) -> str:
        """The words as a reader sees them; code, addresses and the like are one sign each."""
        return self.masked.replace(EDGE, "") if self.parts else self.raw

    @cached_property
    def low(self) -> str:
        """The same in small letters."""
        return self.prose.casefold()

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


def _sign(part: Part) -> str:
    if part.kind is Kind.TEXT:
        return part.text
    if part.kind is Kind.ATOM:
        return "\n" if part.source == "\n" else ATOM
    return EDGE


@dataclass(frozen=True)
class Pair:
    """A segment and its translation.

    Where a translator covered a sentence in its neighbour (`[=]`), they are whole blocks.
    """

    entry: Entry
    source: Text
    target: Text
    source_locale: str
    locale: str
    glossary: Glossary
    depth: int = 0
    """In how many quotations the segment begins, that began in sentences before."""
    joined: bool = False
    """Whether it is a whole block; then `entry` is the first of it that has a text."""

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every character of the two texts."""
        return self.source.signs | self.target.signs

    @cached_property
    def source_language(self) -> str:
        """Such as `de`."""
        return language(self.source_locale)

    @cached_property
    def language(self) -> str:
        """Such as `kk`."""
        return language(self.locale)

    @cached_property
    def cyrillic(self) -> bool:
        """Whether the translation is to be in Cyrillic letters."""
        return script.is_cyrillic(self.locale)


def shortened(text: str, longest: int = 40) -> str:
    """A text as messages show it."""
    text = " ".join(text.replace(EDGE, "").replace(ATOM, "…").split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
