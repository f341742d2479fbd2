"""Markdown with front matter to an Article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from markdown_it.token import Token

from workflow.model import Article, Block, Metadata
from workflow.reading import dialect, frontmatter

_ROLES: Final = {
    "heading_open": "heading",
    "blockquote_open": "quotation",
    "list_item_open": "list item",
    "th_open": "cell",
    "td_open": "cell",
    "dt_open": "term",
    "dd_open": "definition",
    "footnote_reference_open": "footnote",
}
_WHOLE: Final = re.compile(r"\s*<!--\s*segmentation:\s*paragraph\s*-->\s*\Z")
# The texts of the front matter that readers see, in the order of the page.
_FRONT: Final = (("title", "title"), ("lead", "lead"), ("place", "place"))


def parse(text: str, path: str, *, locale: str) -> Article:
    """Read an article.

    Args:
        text: Markdown, with or without front matter.
        path: the file, for the article's name and for messages.
        locale: the article's locale where its front matter names none.

    Raises:
        SourceError: broken front matter, or no title.
    """
    header, body = frontmatter.cut(text.removeprefix("\ufeff"), path)
    values, lines = frontmatter.read(header, path)
    offset = text.count("\n") - body.count("\n")
    tokens, environment = dialect.parse_blocks(body)
    title = None
    if not str(values.get("title") or "").strip():
        title, title_line, tokens = _take_title(tokens)
        lines["title"] = title_line + offset
    metadata = frontmatter.metadata(values, lines, path=path, default=locale, title=title)
    tokens = _demote(tokens)
    whole = metadata.segmentation == "paragraph"
    blocks = [*_front_blocks(metadata, lines), *_body_blocks(tokens, offset)]
    if whole:
        blocks = [_as_whole(block) for block in blocks]
    return Article(
        name=PurePath(path).stem,
        path=path,
        metadata=metadata,
        blocks=tuple(blocks),
        tokens=tokens,
        environment=environment,
    )


def _as_whole(block: Block) -> Block:
    return replace(block, whole=True)


def _take_title(
    tokens: tuple[Token, ...],
) -> tuple[str | None, int, tuple[Token, ...]]:
    """The first heading of level 1, its line in the body, and the tokens without it."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1" and tokens[index + 1].content:
            rest = (*tokens[:index], *tokens[index + 3 :])
            return tokens[index + 1].content, (token.map or [0])[0] + 1, rest
    return None, 1, tokens


def _demote(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Lower all headings by a level if the body has any of level 1, the title's own."""
    if all(token.tag != "h1" for token in tokens):
        return tokens
    lowered = []
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token = token.copy(tag=f"h{min(6, int(token.tag[1]) + 1)}")
        lowered.append(token)
    return tuple(lowered)


def _front_blocks(metadata: Metadata, lines: dict[str, int]) -> Iterator[Block]:
    for key, role in _FRONT:
        content = getattr(metadata, key)
        if content:
            yield Block(role, content, None, lines.get(key, 1))


def _body_blocks(tokens: Sequence[Token], offset: int) -> Iterator[Block]:
    stack: list[str] = []
    under = ""
    whole = False  # the next block is to be kept whole
    depth = 0  # how deep within such a block we are
    for position, token in enumerate(tokens):
        if token.type == "html_block":
            whole = _WHOLE.match(token.content) is not None
        elif token.nesting == 1:
            stack.append(token.type)
            depth += bool(whole or depth)
            whole = False
        elif token.nesting == -1:
            stack.pop()
            depth -= bool(depth)
        elif token.type == "inline":
            role = _role(stack)
            if role == "heading":
                under = dialect.plain(token.content)
            if token.content.strip():
                line = (token.map or [0])[0] + 1 + offset
                place = "" if role == "heading" else under
                name = str(tokens[position - 1].attrGet("id") or "") if role == "heading" else ""
                yield Block(role, token.content, position, line, place, name, whole=depth > 0)


def _role(stack: Sequence[str]) -> str:
    return next((_ROLES[name] for name in reversed(stack) if name in _ROLES), "paragraph")
