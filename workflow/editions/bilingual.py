"""Original and translation side by side: every text of the article twice, its structure once.

The two are not laid out as columns that somebody has to align: each paragraph, heading or
cell holds a pair. So lists stay lists, numbers are counted once, code and images stand there
once, and whoever hears the page gets each text behind the one it translates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup

from workflow.editions import html, softening
from workflow.editions.sentences import children
from workflow.model import Edition
from workflow.reading import dialect
from workflow.reading.dialect import Environment

_SPLIT: Final = "bilingual_split"
_NOTHING: Final = ("image", "softbreak", "hardbreak")
_CELLS: Final = ("td_open", "th_open")


def body(original: Edition, edition: Edition, images: html.Images) -> str:
    """The article's body in both languages as an HTML fragment.

    Args:
        original: the article in its own language.
        edition: its translation.
        images: see `html.body`.
    """
    article = edition.article
    rows = {
        block.position: (block, left, right)
        for block, left, right in zip(article.blocks, original.pieces, edition.pieces, strict=True)
        if block.position is not None
    }

    def fill(index: int, environment: Environment) -> list[Token]:
        found = rows.get(index)
        if found is None:
            return dialect.number_inline(article.tokens[index].content, environment)
        block, *sides = found
        left = children(block, sides[0], original.locale, environment)
        right = children(block, sides[1], edition.locale, environment)
        right = _without_anchors(right, environment)
        if all(token.type in _NOTHING or not token.content.strip() for token in left):
            return right  # images, with their alt texts in the language of the page
        return [*left, Token(_SPLIT, "", 0), *right]

    tokens = dialect.finish(article.tokens, article.environment, fill)
    paired = list(_paired(tokens, (original, edition)))
    return html.rendered(paired, article, images, edition.locale, softening.IN_PRINT)


def sides(left: str, right: str, locales: tuple[str, str]) -> Markup:
    """Two pieces of HTML as a pair; nothing if both are empty."""
    if not (left or right):
        return Markup()
    row = Markup('<span class="side" lang="{}">{}</span>')
    pair = zip(locales, (left, right), strict=True)
    told = Markup("").join(row.format(lang, Markup(text)) for lang, text in pair)  # noqa: S704
    return Markup('<span class="pair">{}</span>').format(told)


def _without_anchors(tokens: Iterable[Token], environment: Environment) -> list[Token]:
    """References to footnotes without ids and ways back: those are the original's."""
    result = []
    for token in tokens:
        if token.type == "footnote_ref":
            number = token.meta["id"]
            environment["footnotes"]["list"][number]["count"] -= 1
            token = Token("html_inline", "", 0)
            link = f'<a href="#fn{number + 1}">[{number + 1}]</a>'
            token.content = f'<sup class="footnote-ref">{link}</sup>'
        result.append(token)
    return result


def _paired(tokens: Sequence[Token], editions: tuple[Edition, Edition]) -> Iterator[Token]:
    """The tokens with a pair in the place of each paragraph, heading, term and cell."""
    locales = (editions[0].locale, editions[1].locale)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        text = tokens[index + 1] if index + 1 < len(tokens) else token
        split = _split(text, editions)
        if split is None or not token.type.endswith("_open"):
            yield token
            index += 1
        elif token.type == "paragraph_open":
            end = next(n for n in range(index, len(tokens)) if tokens[n].type == "paragraph_close")
            yield from _paragraphs(split, tokens[index + 2 : end], locales)
            index = end + 1
        else:
            yield from _spans(token, text, split, locales)
            index += 2


def _split(
    token: Token, editions: tuple[Edition, Edition]
) -> tuple[list[Token], list[Token]] | None:
    """The children of a text on either side, each set as its language wants; None if it has one."""
    children = token.children or []
    place = next((n for n, child in enumerate(children) if child.type == _SPLIT), None)
    if place is None:
        html.typeset_block(children, editions[1])
        return None
    split = (children[:place], children[place + 1 :])
    for part, edition in zip(split, editions, strict=True):
        html.typeset_block(part, edition)
    return split


def _paragraphs(
    split: tuple[list[Token], list[Token]], anchors: Sequence[Token], locales: tuple[str, str]
) -> Iterator[Token]:
    """A pair of paragraphs; a footnote's way back stands behind the original's."""
    yield _block("div", 1, {"class": "pair"})
    for inside, more, locale in zip(split, (anchors, ()), locales, strict=True):
        yield _block("div", 1, {"class": "side", "lang": locale})
        yield _block("p", 1)
        yield _inline(inside)
        yield from more
        yield _block("p", -1)
        yield _block("div", -1)
    yield _block("div", -1)


def _spans(
    opening: Token, text: Token, split: tuple[list[Token], list[Token]], locales: tuple[str, str]
) -> Iterator[Token]:
    """An element that holds both texts: a heading is one heading.

    The pair is a box within it: WeasyPrint tags each of the boxes of a table, were the heading
    one itself.
    """
    told = [dialect.plain_tokens(children).strip() for children in split]
    if opening.type in _CELLS and told[0] == told[1]:  # a number, a name
        text.children = split[1]
        yield from (opening, text)
        return
    if opening.type == "heading_open":
        opening.attrSet("data-label", " · ".join(told))
    pair = []
    for inside, locale in zip(split, locales, strict=True):
        pair += _span(inside, {"class": "side", "lang": locale})
    text.children = _span(pair, {"class": "twins" if opening.type in _CELLS else "pair"})
    yield from (opening, text)


def _span(children: Sequence[Token], attributes: dict[str, str | int | float]) -> list[Token]:
    start, end = Token("span_open", "span", 1), Token("span_close", "span", -1)
    start.attrs = attributes
    return [start, *children, end]


def _block(tag: str, nesting: int, attributes: Mapping[str, str] | None = None) -> Token:
    token = Token(f"{tag}_{'open' if nesting > 0 else 'close'}", tag, nesting)  # type: ignore[arg-type]
    token.block = True
    token.attrs = dict(attributes or {})
    return token


def _inline(children: list[Token]) -> Token:
    token = Token("inline", "", 0)
    token.children = children
    return token
