"""Sentence rules as data, one TOML file per language.

Keys of a file, all but `version` being words separated by white space:

- `version`: counted up when a change moves boundaries; catalogs name it (`X-Segmenter`).
- `never`: abbreviations whose dot never ends a sentence.
- `phrases`: abbreviations of several parts, separated by `|`; the same.
- `maybe`: abbreviations whose dot ends a sentence when a starter follows.
- `after_ordinal`: what follows a number with a dot that is a date or an ordinal.
- `starters`: words that begin sentences.
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
    maybe: frozenset[str]
    after_ordinal: frozenset[str]
    starters: frozenset[str]
    phrases: re.Pattern[str] | None
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
    phrases = [_phrase(part) for part in data["phrases"].split("|") if part.strip()]
    return Rules(
        language=language,
        version=data["version"],
        never=frozenset(data["never"].split()),
        maybe=frozenset(data["maybe"].split()),
        after_ordinal=frozenset(data["after_ordinal"].split()),
        starters=frozenset(data["starters"].split()),
        phrases=re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})\Z") if phrases else None,
        ordinals=bool(data["after_ordinal"].split()),
    )


def _phrase(text: str) -> str:
    parts = text.split()
    return r"\s?".join(re.escape(part) for part in parts)
