"""Names of several words that stay as they are: Unter den Linden, Die Zeit, Im Westen nichts Neues.

Each of their words is a German one. What tells them from words left over is that both texts have
them, letter by letter, and that a small word has a capital without beginning a sentence.
"""

import re
from typing import Final

from workflow.checks import german
from workflow.checks.pair import Pair
from workflow.checks.quotes import titles
from workflow.terms import glossary
from workflow.texts.words import WORD

_FIRST: Final = re.compile(r"(?<![\w-])([A-ZÄÖÜ][a-zäöü]{1,7}) (?=\w)")
# Straße des 17. Juni, Haus der Kunst
_STREET: Final = re.compile(
    r"\b[A-ZÄÖÜ]?\w*(?:[Ss]traße|[Pp]latz|[Aa]llee|[Bb]rücke|[Pp]ark|[Hh]aus|[Hh]of|[Hh]alle|[Tt]or)"
    r" (?:des|der) (?:\d+\. )?[A-ZÄÖÜ]\w+"
)
_INSIDE: Final = re.compile(r"[\w,;–—] \Z")
# They have a capital within a sentence, too.
_POLITE: Final = frozenset("sie ihr ihre ihren ihrem ihrer du dich dir dein deine euch uns".split())
_SMALL: Final = german.PARTICLES - _POLITE | {"die"}


def kept(pair: Pair, *, anywhere: bool = False) -> tuple[str, ...]:
    """The names of the source that begin with an article or a preposition, and are in both texts.

    Args:
        pair: the texts.
        anywhere: also at the beginning of a sentence, where a capital says nothing.
    """
    text = pair.source.prose
    found = (
        _name(text[match.start() :].split(" "), pair.target.prose)
        for match in _FIRST.finditer(text)
        if match[1].casefold() in _SMALL and (anywhere or _INSIDE.search(text, 0, match.start()))
    )
    streets = (match[0] for match in _STREET.finditer(text) if match[0] in pair.target.prose)
    return (*filter(None, found), *streets)


def staying(pair: Pair) -> frozenset[str]:
    """Words of what stays as it is: by the term base, in quotation marks, as a name."""
    column = pair.glossary.column(pair.locale) or ""
    ours = pair.glossary.column(pair.source_locale) or ""
    quoted = (title for title in titles(pair.source.prose) if title in pair.target.prose)
    whole = (*quoted, *kept(pair))
    found = frozenset(word for name in whole for word in WORD.findall(name))
    source = pair.source
    arguments = (pair.glossary, source.raw, pair.source_locale)
    same = {
        row
        for row in glossary.rows(*arguments, source.telling, possible=True)
        if set(row.terms.get(column, ())) & set(row.terms.get(ours, ()))
    }
    if not same:
        return found
    terms = (use for use in glossary.uses(*arguments) if use.row in same)
    return found.union(*(WORD.findall(source.raw[slice(*use.span)]) for use in terms))


def _name(words: list[str], said: str) -> str:
    """The longest name that some words begin with, and that the other text has, too."""
    name = ""
    for count in range(2, len(words) + 1):
        whole = " ".join(words[:count]).rstrip(".,;:!?»“”)")
        if whole not in said:
            break
        if words[count - 1][:1].isupper():
            name = whole
    return name
