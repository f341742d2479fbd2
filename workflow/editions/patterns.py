"""How the rules of `styles` are written: patterns that begin with the sign to be changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"
SPACE: Final = r"[ \n\u00a0\u202f]"
UPPER: Final = "A-ZÄÖÜА-ЯЁӘҒҚҢӨҰҮҺІ"
LOWER: Final = "a-zäöüßа-яёәғқңөұүһі"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern finds is replaced by a template of `re`."""

    pattern: re.Pattern[str]
    text: str


@dataclass(frozen=True, slots=True)
class Style:
    """How one language is set."""

    quotes: str
    """Opening, closing; and the same within quotations."""
    rules: tuple[Rule, ...]
    """In this order, until nothing changes; blind to the kind of a space."""
    joins: re.Pattern[str]
    """The spaces that do not break."""
    narrow: re.Pattern[str] | None = None
    """Those of them that are narrow."""
    suffix: re.Pattern[str] | None = None
    """Words that do not part at their hyphen."""


def rule(pattern: str, text: str) -> Rule:
    """A rule; `_` in its pattern is a space or a line break, breakable or not."""
    return Rule(_compile(pattern), text)


def joined(*places: str) -> re.Pattern[str]:
    """The spaces at any of these places, each told by what stands before and behind."""
    return _compile(f"_(?:{'|'.join(places)})")


def after(words: str, follows: str) -> str:
    """Between one of these words and what follows it."""
    return f"(?:{'|'.join(_behind(words.split()))})(?={follows})"


def before(words: str, leads: str = r"\d") -> str:
    """Between a digit (or what `leads`, one sign) and one of these words, a pattern."""
    return rf"(?<={leads}.)(?=(?:{words})(?!\w))"


def pairs(abbreviations: str) -> str:
    """Within `z. B.`, given as `z B`."""
    return "|".join(
        rf"(?<=(?<!\w){first}\..)(?={second}\.)" for first, second in _pairs(abbreviations)
    )


def parted(abbreviations: str) -> Iterator[Rule]:
    """`z.B.` gets a space."""
    for first, second in _pairs(abbreviations):
        yield rule(rf"{first}\.(?<![\w.]..)(?={second}\.)", f"{first}. ")


def suffixes(longest: int) -> re.Pattern[str]:
    """An abbreviation or a number with a suffix of so many letters at most: `АҚШ-тың`, `80-е`."""
    return re.compile(rf"\w*[{UPPER}\d]-[{LOWER}]{{1,{longest}}}(?![\w\-])")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("_", SPACE), re.DOTALL)


def _pairs(abbreviations: str) -> Iterator[list[str]]:
    return (pair.split() for pair in abbreviations.split(", "))


def _behind(words: list[str]) -> Iterator[str]:
    """Looks behind for words of one length at a time, as `re` wants it; and the space."""
    for _, equal in groupby(sorted(words, key=len), key=len):
        yield rf"(?<=(?<!\w)(?:{'|'.join(map(re.escape, equal))}).)"


# Initials and a surname stay together (Duden, Мильчин, Емле, Hart).
INITIALS: Final = rf"(?<=[{UPPER}]\..)(?<!\w[{UPPER}]\..)(?=[{UPPER}](?:\.|[{LOWER}]))"
# So they do where no space was written, which Russian and Kazakh want.
CLOSED_INITIALS: Final = rule(
    rf"([{UPPER}]\.)(?<!\w..)(?=[{UPPER}]\._?[{UPPER}][{LOWER}]|[{UPPER}][{LOWER}])", r"\1 "
)
