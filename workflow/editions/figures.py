"""An image that stands alone and has a title: a figure, the title its caption."""

from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from workflow.reading import dialect

_WRAPPING: Final = ("link_open", "image", "link_close")


def caption(tokens: Sequence[Token]) -> None:
    """Turn paragraphs that hold nothing but an image with a title into figures.

    Args:
        tokens: finished tokens of a body, images embedded. They are changed.
    """
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "paragraph_open" or opening.hidden:
            continue
        image = _lone_image(inline.children or ())
        if image is None or not image.attrGet("title"):
            continue
        opening.tag = closing.tag = "figure"
        assert inline.children is not None  # noqa: S101  (the image is one of them)
        inline.children += _caption(image)


def mark(image: Token, role: str, language: str) -> None:
    """Say that the `alt` or the `link title` of an image is in another language."""
    if role == "alt":
        image.attrSet("lang", language)
    else:
        image.meta["title_locale"] = language


def _lone_image(children: Sequence[Token]) -> Token | None:
    solid = [token for token in children if token.type != "text" or token.content.strip()]
    kinds = tuple(token.type for token in solid)
    if kinds == _WRAPPING:
        return solid[1]
    return solid[0] if kinds == ("image",) else None


def _caption(image: Token) -> list[Token]:
    """The caption; the image no longer says it too."""
    start, end = (
        Token("figcaption_open", "figcaption", 1),
        Token("figcaption_close", "figcaption", -1),
    )
    if language := image.meta.get("title_locale"):
        start.attrSet("lang", language)
    return [start, dialect.text_token(str(image.attrs.pop("title"))), end]
