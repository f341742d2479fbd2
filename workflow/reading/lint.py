"""Lines that Markdown reads otherwise than their author meant, as far as one can tell.

What is found here is a guess, and never more than a warning.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from workflow.model import Article
from workflow.reading import dialect, frontmatter
from workflow.reading.plaintext import MONTHS

Finding = tuple[int, str]
"""A line, counted from 0 in the body, and what to say of it."""

_DAYS: Final = 31
_ARROWS: Final = re.compile(r"\s*(?:[-*+>]\s+)*(>>[^<>]+<<)")
# A mark that touches a letter and a sign other than a letter does not open or close. Single
# stars have other uses (`~/.*rc`), so that only a single word between them counts.
_STARS: Final = re.compile(
    r"(?<![\w*])(?P<one>\*{2,3})(?![\s*])[^*\n]*[^\w\s*\\](?P=one)(?=\w)"
    r"|(?<=\w)(?P<two>\*{2,3})(?=[^\w\s*])[^*\n]+(?P=two)(?!\*)"
    r"|(?<![\w*])\*\w+[^\w\s*\\]?\*(?=\w)"
)
_BULLETS: Final = tuple("•‣◦▪●·–—")
# What running text does not have.
_CODE: Final = re.compile(r"[{}<>=;|\\$#@`_/\[\]]|\(\)|--|\w\(|\w\.\w")


def lint(article: Article, text: str) -> tuple[str, ...]:
    """Warnings about an article, each with its file and line.

    Args:
        article: what was read.
        text: the text it was read from.
    """
    _, body = frontmatter.cut(text.removeprefix("\ufeff"), article.path)
    offset = text.count("\n") - body.count("\n")
    lines = re.split(r"\r\n?|\n", body)
    found = {
        *_dates(article.tokens),
        *_arrows(article.tokens, lines),
        *_indents(article.tokens),
        *_stars(article.tokens, article),
    }
    return tuple(f"{article.path}:{line + offset + 1}: {told}" for line, told in sorted(found))


def _dates(tokens: Sequence[Token]) -> Iterator[Finding]:
    """`10. Jänner …` and `1986. Ein Jahr …` at the start of a line are lists of one item."""
    for index, token in enumerate(tokens):
        if token.type != "ordered_list_open" or _items(tokens, index) > 1:
            continue
        item = tokens[index + 1]
        first = _first_word(tokens, index + 2)
        if item.info.isdigit() and (first in MONTHS or int(item.info) > _DAYS):
            told = f"“{item.info}{item.markup} {first}” is read as an item of a list; "
            yield _line(token), f"{told}if it is none, write {item.info}\\{item.markup}"


def _first_word(tokens: Sequence[Token], start: int) -> str:
    while tokens[start].type not in ("inline", "list_item_close"):
        start += 1
    return re.split(r"\W", tokens[start].content, maxsplit=1)[0]


def _items(tokens: Sequence[Token], opening: int) -> int:
    count = 0
    level = tokens[opening].level
    index = opening + 1
    while tokens[index].level != level:
        count += tokens[index].type == "list_item_open" and tokens[index].level == level + 1
        index += 1
    return count


def _arrows(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """`>>Weiterlesen<<` is a quotation in a quotation."""
    for token in tokens:
        if token.type == "blockquote_open" and token.map:
            for line in range(*token.map):
                found = _ARROWS.match(lines[line])
                if found:
                    words = found[1][2:-2]
                    told = f"“{found[1]}” is read as a quotation; write [{words}]{{.label}}"
                    yield line, f"{told}, or \\>\\>{words}\\<\\<"


def _indents(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Prose with four spaces before it is code."""
    for token in tokens:
        if token.type == "code_block" and _is_prose(token.content):
            told = "four spaces before a text make code of it; "
            yield _line(token), f"{told}take them away, or fence code with ```"


def _is_prose(text: str) -> bool:
    """Whether a text begins as a sentence or a list does, and has none of the signs of code."""
    words = text.split()
    begins = text.lstrip().startswith(_BULLETS) or words[0].strip("„“»«\"'(,.:").istitle()
    return len(words) > 1 and begins and not _CODE.search(text)


def _stars(tokens: Sequence[Token], article: Article) -> Iterator[Finding]:
    """`**Achtung:**Text` and `*foo*bar` stay as they are: stars are shown."""
    for token in tokens:
        if token.type == "inline" and "*" in token.content and _STARS.search(token.content):
            shown = _shown(dialect.parse_inline(token.content, article.environment))
            for found in _STARS.finditer(shown):
                told = f"the stars of “{found[0]}” are shown as they are: put a space or a sign "
                line = _line(token) + shown.count("\n", 0, found.start())
                yield line, f"{told}between them and the letter, or write \\*"


def _shown(tokens: Sequence[Token]) -> str:
    """Text in which escapes and code can be mistaken for nothing."""
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(token.content if token.type == "text" else "\ufffc")
    return "".join(parts)


def _line(token: Token) -> int:
    return (token.map or [0])[0]
