"""Edition to the HTML of its article: the same for the web page and the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from workflow.editions import figures, landmarks, softening
from workflow.editions.landmarks import Words
from workflow.editions.sentences import children, restrict, target
from workflow.editions.typography import set_text, set_tokens
from workflow.model import Article, Block, Edition, Piece, State
from workflow.reading import dialect
from workflow.reading.dialect import Environment
from workflow.reading.safety import is_remote
from workflow.segments.inline import to_markdown
from workflow.slugs import slug


@dataclass(frozen=True, slots=True)
class Shown:
    """An image as a page shows it."""

    address: str
    """Where it is loaded from, as a rule the image itself (`data:`)."""
    width: int = 0
    """In CSS pixels, so that nothing moves while it is loaded; 0 if unknown."""
    height: int = 0


Images = Mapping[str, Shown]


def body(
    edition: Edition, images: Images, shortest: int | None = None, labels: Words | None = None
) -> str:
    """The article's body as an HTML fragment.

    Args:
        edition: what to show.
        images: by the address that the article has. Others are not shown: a page asks
            nobody for anything.
        shortest: words of so many letters or more get soft hyphens; None means no word does.
        labels: gives words such as “Table”; None leaves tables and notes without names.
    """
    tokens = finished(edition)
    return rendered(tokens, edition.article, images, edition.locale, shortest, labels)


def rendered(
    tokens: Sequence[Token],
    article: Article,
    images: Images,
    locale: str,
    shortest: int | None,
    labels: Words | None = None,
) -> str:
    """Finished tokens of an article as HTML, with names for its headings and with images."""
    _name_headings(tokens, article.tokens)
    for token in tokens:
        if token.children:
            token.children = _embed(token.children, images)
    figures.caption(tokens)
    if shortest is not None:
        softening.blocks(tokens, locale, shortest)
    named = landmarks.mark(tokens, labels) if labels else tokens
    return dialect.render(named, article.environment)


def finished(edition: Edition) -> list[Token]:
    """The tokens of the body with the edition's text in them."""
    article = edition.article
    rows = {
        block.position: (block, row)
        for block, row in zip(article.blocks, edition.pieces, strict=True)
        if block.position is not None
    }

    def fill(index: int, environment: Environment) -> list[Token]:
        found = rows.get(index)
        if found is None:
            return dialect.number_inline(article.tokens[index].content, environment)
        return children(found[0], found[1], edition.locale, environment)

    tokens = dialect.finish(article.tokens, article.environment, fill)
    for token in tokens:
        if token.children:
            typeset_block(token.children, edition)
    return tokens


def front(edition: Edition, role: str, shortest: int | None = None) -> str:
    """A text of the front matter (`title`, `lead`, `place`) as HTML; empty if there is none.

    With `shortest`, words of so many letters or more get soft hyphens.
    """
    environment = dialect.own_copy(edition.article.environment)
    tokens = _front_tokens(edition, role, environment)
    if shortest is not None:
        softening.inline(tokens, edition.locale, shortest)
    return dialect.render(tokens, environment)


def front_text(edition: Edition, role: str) -> str:
    """A text of the front matter without markup, for `<title>` and metadata."""
    environment = dialect.own_copy(edition.article.environment)
    return dialect.plain_tokens(_front_tokens(edition, role, environment)).strip()


def typeset(text: str, locale: str, edition: Edition) -> str:
    """A text that comes with an edition (a date, the original's title), set like it."""
    return set_text(text, locale, edition.house) if edition.house else text


def marked(edition: Edition) -> int:
    """How many texts of older versions an edition shows, each with a mark."""
    return sum(
        piece.state is State.STALE and not piece.covered
        for block, row in zip(edition.article.blocks, edition.pieces, strict=True)
        for piece in row[: len(block.segments)]
    )


def own_words(text: str, edition: Edition) -> str:
    """A translator's credit or note as HTML: no links, images or HTML, as in any msgstr."""
    tokens = restrict(dialect.number_inline(to_markdown(text), {}), {})
    typeset_block(tokens, edition)
    return dialect.render(tokens, {})


def image_sources(article: Article) -> tuple[str, ...]:
    """The addresses of the article's images, each once, in order."""
    found = [
        target(token)
        for block in article.blocks
        for token in dialect.parse_inline(block.content, article.environment)
        if token.type == "image"
    ]
    return tuple(dict.fromkeys(found))


def links(edition: Edition) -> tuple[str, ...]:
    """The web addresses that hide behind the words of the body, each once, in order.

    On paper nobody can follow a link: the colophon prints them.
    """
    found = []
    for block in edition.article.blocks:
        tokens = dialect.parse_inline(block.content, edition.article.environment)
        for index, token in enumerate(tokens):
            target = str(token.attrGet("href") or "")
            shown = tokens[index + 1].content if index + 1 < len(tokens) else ""
            if target.startswith(("http://", "https://")) and shown != target:
                found.append(target)
    return tuple(dict.fromkeys(found))


def _front_tokens(edition: Edition, role: str, environment: Environment) -> list[Token]:
    found = _front(edition, role)
    if found is None:
        return []
    tokens = children(*found, edition.locale, environment)
    typeset_block(tokens, edition)
    return tokens


def typeset_block(tokens: list[Token], edition: Edition) -> None:
    """What is done to the texts of a block once its words stand, one pass after the other."""
    if edition.house:
        set_tokens(tokens, edition.locale, edition.house)


def _front(edition: Edition, role: str) -> tuple[Block, tuple[Piece, ...]] | None:
    rows = zip(edition.article.blocks, edition.pieces, strict=True)
    return next((row for row in rows if row[0].position is None and row[0].role == role), None)


def _embed(tokens: Sequence[Token], images: Images) -> list[Token]:
    """Put images in; one that is not there leaves its alt text, and its address if remote."""
    result: list[Token] = []
    for token in tokens:
        source = target(token)
        if token.type == "image" and source in images:
            _show(token, images[source])
        elif token.type == "image":
            text = dialect.text_token(dialect.plain_tokens(token.children or ()) or source)
            if is_remote(source):
                start, end = Token("link_open", "a", 1), Token("link_close", "a", -1)
                start.attrSet("href", source)
                result += [start, text, end]
            else:
                result.append(text)
            continue
        result.append(token)
    return result


def _show(token: Token, image: Shown) -> None:
    token.attrSet("src", image.address)
    if image.width and image.height:
        token.attrSet("width", str(image.width))
        token.attrSet("height", str(image.height))


def _name_headings(tokens: Sequence[Token], source: Sequence[Token]) -> None:
    """Give headings ids: the author's, else of the source's words, so that anchors are equal."""
    originals = iter(
        source[index + 1].content
        for index, token in enumerate(source)
        if token.type == "heading_open"
    )
    used = {str(token.attrGet("id")) for token in tokens if token.type == "heading_open"}
    for token in tokens:
        if token.type == "heading_open":
            name = slug(dialect.plain(next(originals)), "section")
            if not token.attrGet("id"):
                token.attrSet("id", _unique(name, used))


def _unique(name: str, used: set[str]) -> str:
    unique, number = name, 2
    while unique in used:
        unique, number = f"{name}-{number}", number + 1
    used.add(unique)
    return unique
