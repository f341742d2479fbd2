"""English: the regular forms of a term. A stemmer takes “organ” and “organisation” for one word."""

import re
from collections.abc import Iterator
from typing import Final

_SIBILANT: Final = re.compile(r"(?:[sxz]|ch|sh|o)\Z")
_DOUBLED: Final = re.compile(r"[^aeiou][aeiou][bdgklmnprt]\Z")
_LEFT_ALONE: Final = re.compile(r"(?:s|ed|ing)\Z")


def forms(word: str, *, alone: bool) -> Iterator[str]:
    """The forms of a word of a term, in small letters; some of them do not exist.

    Args:
        word: in the form of dictionaries; a capital says name, which has no verb forms.
        alone: whether it is the whole term; here that makes no difference.
    """
    low = word.casefold()
    yield low
    yield from _plural(low)
    if word[:1].islower() and not _LEFT_ALONE.search(low):
        yield from _verb(low)


def _plural(low: str) -> Iterator[str]:
    if low.endswith("man"):
        yield low[:-2] + "en"
    elif low.endswith("sis"):
        yield low[:-2] + "es"
    elif low.endswith("child"):
        yield low + "ren"
    elif re.search(r"[^aeiou]y\Z", low):
        yield low[:-1] + "ies"
    elif re.search(r"(?:lf|[iy]fe|eaf)\Z", low):
        yield re.sub(r"fe?\Z", "ves", low)
    elif _SIBILANT.search(low):
        yield low + "es"
        if low.endswith(("o", "ch")):  # photos, oligarchs
            yield low + "s"
    else:
        yield low + "s"


def _verb(low: str) -> Iterator[str]:
    if low.endswith("e"):
        yield from (low + "d", low[:-1] + "ing")
    elif re.search(r"[^aeiou]y\Z", low):
        yield from (low[:-1] + "ied", low + "ing")
    else:
        yield from (low + "ed", low + "ing")
        if _DOUBLED.search(low):
            yield from (low + low[-1] + "ed", low + low[-1] + "ing")
