"""Soft hyphens in the finished text of an edition."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from workflow.editions import hyphenation
from workflow.locales import language

# Browsers break words of most languages themselves; for these they have no dictionary. Soft
# hyphens are copied with the text, so only words that would tear a line get any.
_WITHOUT_DICTIONARY: Final = {"kk": 12}

IN_PRINT: Final = 5
"""What PDFs and EPUBs take for `shortest`: every word but the shortest (CSS has the same limit)."""
RAGGED: Final = 12
"""What they take where lines need not be filled."""

HEADING: Final = 20  # letters of a word that may be too long for a line of a heading

# No longer word leaves its last syllable alone in the last line of a block.
_LAST_WORD: Final = re.compile(r"\w{6,}(?=\W*\Z)")
_CARRIED: Final = 4  # letters


def on_screen(locale: str) -> int | None:
    """From how many letters on words get soft hyphens on the web page; None means none do."""
    return _WITHOUT_DICTIONARY.get(language(locale))


def blocks(tokens: Sequence[Token], locale: str, shortest: int) -> None:
    """Put soft hyphens into the text of block tokens; into headings in print, if need be.

    Args:
        tokens: finished tokens; their text is changed.
        locale: the language of the text around, a BCP 47 tag.
        shortest: words of fewer letters stay whole.
    """
    languages = [locale]
    for before, token in pairwise((Token("", "", 0), *tokens)):
        if token.nesting == 1:
            languages.append(str(token.attrGet("lang") or languages[-1]))
        elif token.nesting == -1:
            languages.pop()
        elif token.children and before.type == "heading_open":
            if shortest <= IN_PRINT:
                inline(token.children, languages[-1], HEADING)
        elif token.children:
            inline(token.children, languages[-1], shortest)


def inline(tokens: Sequence[Token], locale: str, shortest: int) -> None:
    """Put soft hyphens into the text of inline tokens, each in its own language.

    Args:
        tokens: finished tokens; their text is changed.
        locale: the language of the text around, a BCP 47 tag.
        shortest: words of fewer letters stay whole.
    """
    texts = [_shown(token) for token in tokens]
    whole = "".join(texts)  # a word can go on behind a mark
    languages = [locale]
    offset = 0
    for token, text in zip(tokens, texts, strict=True):
        if token.nesting == 1:
            languages.append(str(token.attrGet("lang") or languages[-1]))
        elif token.nesting == -1:
            languages.pop()
        elif token.type == "text":
            places = _places(whole, languages[-1], shortest)
            inside = [at - offset for at in places if offset < at < offset + len(text)]
            token.content = hyphenation.soften(text, tuple(inside))
        offset += len(text)


@lru_cache(maxsize=8)
def _places(text: str, locale: str, shortest: int) -> tuple[int, ...]:
    places = hyphenation.places(text, locale, shortest=shortest)
    last = _LAST_WORD.search(text)
    if last is None:
        return places
    return tuple(at for at in places if at <= max(last.start(), last.end() - _CARRIED))


def _shown(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.nesting == 1 and token.attrGet("lang"):  # of another side, or quoted
        return " "
    return " " if token.type in ("softbreak", "hardbreak", "image") else ""
