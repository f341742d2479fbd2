"""Edition to the HTML of its article: the same for the web page and the PDF."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from workflow.model import Block, Edition, Piece
from workflow.reading import dialect
from workflow.reading.dialect import Environment
from workflow.segments.inline import to_markdown

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def body(edition: Edition) -> str:
    """The article's body as an HTML fragment."""
    article = edition.article
    rows = {
        block.position: (block, row)
        for block, row in zip(article.blocks, edition.pieces, strict=True)
        if block.position is not None
    }

    def fill(index: int, environment: Environment) -> list[Token]:
        found = rows.get(index)
        if found is None:
            return dialect.parse_inline(article.tokens[index].content, environment)
        return _children(found[0], found[1], edition.locale, environment)

    tokens = dialect.finish(article.tokens, article.environment, fill)
    _name_headings(tokens, article.tokens)
    return dialect.render(tokens, article.environment)


def front(edition: Edition, role: str) -> str:
    """A text of the front matter (`title`, `lead`, `place`) as HTML; empty if there is none."""
    found = _front(edition, role)
    if found is None:
        return ""
    environment = dict(edition.article.environment)
    return dialect.render(_children(*found, edition.locale, environment), environment)


def front_text(edition: Edition, role: str) -> str:
    """A text of the front matter without markup, for `<title>` and metadata."""
    found = _front(edition, role)
    if found is None:
        return ""
    return dialect.plain_tokens(
        _children(*found, edition.locale, dict(edition.article.environment))
    ).strip()


def links(edition: Edition) -> tuple[str, ...]:
    """The web addresses that hide behind the words of the body, each once, in order.

    On paper nobody can follow a link: the colophon prints them.
    """
    found = []
    for block in edition.article.blocks:
        tokens = dialect.parse_inline(block.content, dict(edition.article.environment))
        for index, token in enumerate(tokens):
            target = str(token.attrGet("href") or "")
            shown = tokens[index + 1].content if index + 1 < len(tokens) else ""
            if target.startswith(("http://", "https://")) and shown != target:
                found.append(target)
    return tuple(dict.fromkeys(found))


def _front(edition: Edition, role: str) -> tuple[Block, tuple[Piece, ...]] | None:
    rows = zip(edition.article.blocks, edition.pieces, strict=True)
    return next((row for row in rows if row[0].position is None and row[0].role == role), None)


def _children(
    block: Block, pieces: Sequence[Piece], locale: str, environment: Environment
) -> list[Token]:
    opening, closing = _wrapping(block.opening, block.closing, environment)
    tokens = list(opening)
    gap = ""
    printed = False
    for piece in pieces:
        if piece.covered:
            continue
        tokens += dialect.gap_tokens(gap) if printed else []
        tokens += _piece(piece, locale, environment)
        gap, printed = piece.segment.joiner or " ", True
    return [*tokens, *closing]


def _piece(piece: Piece, locale: str, environment: Environment) -> list[Token]:
    segment = piece.segment
    if piece.text == segment.msgid:
        tokens = dialect.parse_inline(segment.source, environment)
    else:
        tokens = dialect.parse_inline(to_markdown(piece.text), environment)
        tokens = _restrict(tokens, dialect.parse_inline(segment.source, dict(environment)))
    opening, closing = _wrapping(segment.opening, segment.closing, environment)
    tokens = [*opening, *tokens, *closing]
    if piece.locale == locale:
        return tokens
    start, end = Token("foreign_open", "span", 1), Token("foreign_close", "span", -1)
    start.attrSet("lang", piece.locale)
    return [start, *tokens, end]


def _wrapping(
    opening: str, closing: str, environment: Environment
) -> tuple[list[Token], list[Token]]:
    """The tokens that markup around a text makes."""
    if not opening:
        return [], []
    tokens = dialect.parse_inline(f"{opening}x{closing}", dict(environment))
    tokens = [token for token in tokens if token.type != "text" or token.content]
    middle = next(index for index, token in enumerate(tokens) if token.type == "text")
    return tokens[:middle], tokens[middle + 1 :]


def _restrict(tokens: Sequence[Token], source: Sequence[Token]) -> list[Token]:
    """A translation brings in no link, image or HTML that its source does not have."""
    targets = {target for token in source if (target := _target(token))}
    fragments = {token.content for token in source if token.type == "html_inline"}
    result: list[Token] = []
    dropped: list[bool] = []  # whether each open link was dropped
    for token in tokens:
        if token.type == "link_open":
            dropped.append(_target(token) not in targets)
            if dropped[-1]:
                continue
        elif token.type == "link_close" and dropped.pop():
            continue
        elif (token.type == "image" and _target(token) not in targets) or (
            token.type == "html_inline" and token.content not in fragments
        ):
            token = _text(token.content)
        result.append(token)
    return result


def _target(token: Token) -> str:
    return str(token.attrGet("href") or token.attrGet("src") or "")


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


def _name_headings(tokens: Sequence[Token], source: Sequence[Token]) -> None:
    """Give headings ids made of the source's words, so that anchors are equal everywhere."""
    originals = iter(
        source[index + 1].content
        for index, token in enumerate(source)
        if token.type == "heading_open"
    )
    used: set[str] = set()
    for token in tokens:
        if token.type == "heading_open":
            token.attrSet("id", _unique(_slug(dialect.plain(next(originals))), used))


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^\w]+", "-", bare).strip("-_") or "section"


def _unique(name: str, used: set[str]) -> str:
    unique, number = name, 2
    while unique in used:
        unique, number = f"{name}-{number}", number + 1
    used.add(unique)
    return unique
