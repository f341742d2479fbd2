"""The typography of an edition: quotation marks, dashes and spaces as its language wants them.

Only texts that readers see are set, in the finished tokens: never catalogs, code, addresses
or the targets of links. Nothing but spaces, quotation marks, hyphens, dashes and three dots
is changed, and what is set stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from workflow.editions import styles
from workflow.editions.quotes import set_quotes
from workflow.editions.styles import Rule, Style
from workflow.house import HouseStyle
from workflow.reading import dialect

_OPAQUE: Final = "\ufffc"  # stands for what is not set
_BREAK: Final = "\u2028"
_MARKS: Final = "„“”«»‟‘’‚‛‹›–—―…\u2060"
_ADDRESS: Final = re.compile(
    rf"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)[^\s{_MARKS}]*[^\s.,;:!?)\"'{_MARKS}]"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w"
)
_ROUNDS: Final = 4
_CODE: Final = re.compile(r"<(?P<end>/?)(?:code|kbd|samp|pre|tt|var)\b", re.I)


@dataclass(slots=True)
class _Cell:
    """One character: as the rules see it, as it is printed, and the token that it is in."""

    sign: str
    printed: str
    owner: int


def set_text(text: str, locale: str, house: HouseStyle) -> str:
    """Set a text that stands by itself.

    Args:
        text: without markup.
        locale: its language, a BCP 47 tag; one without a style leaves it as it is.
        house: what the publisher decides.
    """
    tokens = [dialect.text_token(text)]
    set_tokens(tokens, locale, house)
    return "".join(token.content for token in tokens)


def set_tokens(tokens: list[Token], locale: str, house: HouseStyle) -> None:
    """Set the inline tokens of one block, in place.

    A quotation may begin before an emphasis and end in it; a part in another language is
    set by itself, as that language wants it.
    """
    own: list[int] = []
    start = 0
    for first, last, language in _foreign(tokens):
        own += range(start, first)
        part = tokens[first + 1 : last]
        set_tokens(part, language, house)
        tokens[first + 1 : last] = part
        own.append(first)
        start = last
    own += range(start, len(tokens))
    style = styles.style(locale, house)
    if style is None:
        return
    cells = [cell for index in own for cell in _cells(tokens[index], index)]
    _hide(cells, tokens)
    _write(_settled(cells, style), tokens, own)
    for index in own:
        if tokens[index].type == "image" and tokens[index].children:
            set_tokens(tokens[index].children or [], locale, house)


def _foreign(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """First token, last token and language of each part that is marked as another language."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.nesting == 1 and token.attrGet("lang"):
            last = _end(tokens, index)
            yield index, last, str(token.attrGet("lang"))
            index = last
        index += 1


def _end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _cells(token: Token, owner: int) -> list[_Cell]:
    if token.type in ("text", "text_special"):
        return [_Cell(sign, sign, owner) for sign in token.content]
    if token.type == "softbreak":
        return [_Cell("\n", "\n", owner)]
    if token.type == "hardbreak" or token.content.lower().startswith("<br"):
        return [_Cell(_BREAK, "", owner)]
    if token.type in ("code_inline", "image", "foreign_open", "span_open"):
        return [_Cell(_OPAQUE, "", owner)]
    return []


def _hide(cells: Sequence[_Cell], tokens: Sequence[Token]) -> None:
    """Keep the rules away from addresses, and from code that is written in HTML."""
    for found in _ADDRESS.finditer(_text(cells)):
        for cell in cells[found.start() : found.end()]:
            cell.sign = _OPAQUE
    code = set()
    depth = 0
    for index, token in enumerate(tokens):
        tag = _CODE.match(token.content) if token.type == "html_inline" else None
        depth = max(0, depth + (-1 if tag["end"] else 1)) if tag else depth
        if depth:
            code.add(index)
    for cell in cells:
        if cell.owner in code:
            cell.sign = _OPAQUE


def _settled(cells: list[_Cell], style: Style) -> list[_Cell]:
    """Set until nothing changes any more; a heap of marks that never rests is left alone."""
    result = cells
    for _ in range(_ROUNDS):
        before = result
        for rule in style.rules:
            result = _apply(rule, result)
        result = _quote(result, style.quotes)
        if _text(result) == _text(before):
            return result
    return cells


def _quote(cells: list[_Cell], marks: str) -> list[_Cell]:
    signs = set_quotes(_text(cells), marks)
    return [
        cell if cell.sign == sign else _Cell(sign, sign, cell.owner)
        for cell, sign in zip(cells, signs, strict=True)
    ]


def _text(cells: Sequence[_Cell]) -> str:
    return "".join(cell.sign for cell in cells)


def _apply(rule: Rule, cells: list[_Cell]) -> list[_Cell]:
    result: list[_Cell] = []
    done = 0
    for found in rule.pattern.finditer(_text(cells)):
        for group, new in enumerate(rule.texts, start=1):
            start, end = found.span(group)
            if found[group] != new:
                owner = cells[start if start < end else start - 1].owner
                result += cells[done:start]
                result += [_Cell(sign, sign, owner) for sign in new]
                done = end
    return [*result, *cells[done:]] if done else cells


def _write(cells: Sequence[_Cell], tokens: list[Token], own: Sequence[int]) -> None:
    contents = dict.fromkeys(own, "")
    for cell in cells:
        contents[cell.owner] += cell.printed
    for index, content in contents.items():
        if tokens[index].type in ("text", "text_special"):
            tokens[index].content = content
        elif tokens[index].type == "softbreak" and content != "\n":
            tokens[index] = dialect.text_token(content)
