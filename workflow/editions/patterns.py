"""How the rules of `styles` are written: patterns that begin with the sign to be changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from workflow.editions.quotes import DOUBLE, SINGLE

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"
SPACE: Final = r"[ \n\u00a0\u202f]"
DASHES: Final = "-–—―"
SIGNS: Final = re.compile(rf"[{DASHES}{DOUBLE}{SINGLE}§№\n\u00a0\u202f]")
"""What sets rules to work, beside doubled spaces and dots."""
UPPER: Final = "A-ZÄÖÜА-ЯЁӘҒҚҢӨҰҮҺІ"
LOWER: Final = "a-zäöüßа-яёәғқңөұүһі"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern finds is replaced by a template of `re`."""

    pattern: re.Pattern[str]
    text: str
    needs: frozenset[str]
    """Signs (of `SIGNS`) without which it finds nothing; empty if that cannot be said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a space stands."""

    lead: str
    """The sign before it, a pattern."""
    rest: str
    """What else: patterns that look behind (over the space) and ahead."""


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


def rule(pattern: str, text: str, needs: str = "") -> Rule:
    """A rule; `_` in its pattern is a space or a line break, breakable or not."""
    return Rule(_compile(pattern), text, frozenset(needs))


def joined(*places: Place) -> re.Pattern[str]:
    """The spaces at any of these places. What cannot stand before them is left out at a glance."""
    leads: dict[str, list[str]] = {}
    for place in places:
        leads.setdefault(place.lead, []).append(place.rest)
    parts = [rf"(?<={lead}.)(?:{'|'.join(rests)})" for lead, rests in leads.items()]
    return _compile(f"_(?:{'|'.join(parts)})")


def after(words: str, follows: str) -> Iterator[Place]:
    """Between one of these words, separated by spaces, and what follows it."""
    ends: dict[str, list[str]] = {r"\.": [], r"\w": []}
    for word in words.split():
        ends[r"\." if word.endswith(".") else r"\w"].append(word)
    for lead, found in ends.items():
        if found:
            yield Place(lead, f"(?={follows})(?:{'|'.join(_behind(found))})")


def before(words: str, lead: str = r"\d") -> Place:
    """Between a digit, or another sign that leads, and one of these words, a pattern."""
    return Place(lead, rf"(?=(?:{words})(?!\w))")


def pairs(abbreviations: str) -> Place:
    """Within `z. B.`, given as `z B`."""
    parts = (rf"(?<={one}\..)(?={other}\.)" for one, other in _pairs(abbreviations))
    return Place(r"\.", rf"(?<!\w\w..)(?:{'|'.join(parts)})")


def parted(abbreviations: str) -> Rule:
    """`z.B.` gets a space."""
    parts = (rf"(?<={one}.)(?={other}\.)" for one, other in _pairs(abbreviations))
    return rule(rf"\.(?:{'|'.join(parts)})(?<![\w.]..)", ". ")


def suffixes(longest: int) -> re.Pattern[str]:
    """An abbreviation or a number with a suffix of so many letters at most: `АҚШ-тың`, `80-е`.

    At the beginning of a text it belongs to what stands in emphasis before.
    """
    return re.compile(rf"(?:\A|\w*[{UPPER}\d]|\d%)-[{LOWER}]{{1,{longest}}}(?![\w\-])")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("_", SPACE), re.DOTALL)


def _pairs(abbreviations: str) -> Iterator[list[str]]:
    return (pair.split() for pair in abbreviations.split(", "))


def _behind(words: list[str]) -> Iterator[str]:
    """Looks behind for words and a space, of one length at a time, as `re` wants it."""
    for _, equal in groupby(sorted(words, key=len), key=len):
        yield rf"(?<=(?<!\w)(?:{'|'.join(map(re.escape, equal))}).)"


# Initials and a surname stay together (Duden, Мильчин, Емле, Hart).
INITIALS: Final = Place(
    r"\.", rf"(?=[{UPPER}](?:\.|[{LOWER}]))(?<=[{UPPER}]\..)(?<!\w[{UPPER}]\..)"
)
# So they do where no space was written, which Russian and Kazakh want.
CLOSED_INITIALS: Final = rule(
    rf"\.(?<=[{UPPER}].)(?<!\w..)(?=[{UPPER}]\._?[{UPPER}][{LOWER}]|[{UPPER}][{LOWER}])", ". "
)
