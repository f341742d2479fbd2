"""Sentence rules as data, one TOML file per language.

Keys of a file; those after `noun_capitals` are words separated by white space, and all but
`version`, `never` and `starters` may be missing:

- `version`: counted up when a change moves boundaries; catalogs name it (`X-Segmenter`).
- `noun_capitals`: whether nouns have capitals, so that a capital says little (German).
- `never`: abbreviations whose dot never ends a sentence.
- `phrases`: abbreviations of several parts, separated by `|`; the same.
- `closing`: such ones that close an enumeration or a date: their dot ends a sentence when a
  starter follows, or any capital where nouns have none.
- `numbered`: abbreviations only before a number, else words (`No. 5`, but `No.`).
- `maybe`: abbreviations whose dot ends a sentence when a starter follows.
- `after_ordinal`: what follows a number with a dot that is a date or an ordinal.
- `starters`: words that begin sentences.
- `informal`: words that begin a sentence without a capital, too, in careless writing.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True)
class Rules:
    """The sentence rules of one language."""

    language: str
    version: int
    never: frozenset[str]
    numbered: frozenset[str]
    maybe: frozenset[str]
    after_ordinal: frozenset[str]
    starters: frozenset[str]
    informal: frozenset[str]
    phrases: re.Pattern[str] | None
    closing: re.Pattern[str] | None
    tails: frozenset[str]
    """The last words of `phrases` and `closing`: few sentences end with one."""
    noun_capitals: bool
    ordinals: bool
    """Whether the language writes ordinals as a number with a dot."""

    @property
    def label(self) -> str:
        """What a catalog's `X-Segmenter` says, such as `de/1`."""
        return f"{self.language}/{self.version}"


@cache
def load(locale: str) -> Rules:
    """The rules for a locale; English ones where its language has none of its own."""
    language = locale.split("-")[0].lower()
    file = resources.files(__name__) / f"{language}.toml"
    if not file.is_file():
        return load(DEFAULT)
    data = tomllib.loads(file.read_text(encoding="utf-8"))

    def words(key: str) -> frozenset[str]:
        return frozenset(data.get(key, "").split())

    return Rules(
        language=language,
        version=data["version"],
        never=words("never"),
        numbered=words("numbered"),
        maybe=words("maybe"),
        after_ordinal=words("after_ordinal"),
        starters=words("starters"),
        informal=words("informal"),
        phrases=_phrases(data.get("phrases", "")),
        closing=_phrases(data.get("closing", "")),
        tails=_tails(data.get("phrases", "")) | _tails(data.get("closing", "")),
        noun_capitals=data.get("noun_capitals", False),
        ordinals=bool(words("after_ordinal")),
    )


def _phrases(text: str) -> re.Pattern[str] | None:
    """A pattern of phrases separated by `|`, at the end of a text."""
    phrases = [
        r"\s?".join(re.escape(part) for part in phrase.split())
        for phrase in text.split("|")
        if phrase.strip()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})\Z") if phrases else None


def _tails(text: str) -> frozenset[str]:
    return frozenset(phrase.split()[-1].strip(".") for phrase in text.split("|") if phrase.strip())
