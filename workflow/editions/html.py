"""Edition to the HTML of its article: the same for the web page and the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from markupsafe import escape

from workflow.editions import figures, landmarks, softening
from workflow.editions.labels import Labels
from workflow.editions.landmarks import Words
from workflow.editions.typography import set_text, set_tokens
from workflow.model import Article, Block, Edition, Piece, Segment, State
from workflow.reading import dialect
from workflow.reading.dialect import Environment
from workflow.reading.safety import is_remote
from workflow.segments.inline import fold, respoken, spoken, to_markdown
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
    tokens = _restrict(dialect.number_inline(to_markdown(text), {}), {})
    typeset_block(tokens, edition)
    return dialect.render(tokens, {})


def image_sources(article: Article) -> tuple[str, ...]:
    """The addresses of the article's images, each once, in order."""
    found = [
        _target(token)
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


def children(
    block: Block, pieces: Sequence[Piece], locale: str, environment: Environment
) -> list[Token]:
    """The inline tokens of a block: its pieces, and the texts in its markup."""
    count = len(block.segments)
    if count:
        tokens = _sentences(block, pieces[:count], locale, environment)
    else:
        tokens = dialect.number_inline(block.content, environment)
    _speak(tokens, {(p.segment.msgctxt, p.segment.msgid): p for p in pieces[count:]}, locale)
    return tokens


def _speak(
    tokens: Sequence[Token], asides: Mapping[tuple[str | None, str], Piece], locale: str
) -> None:
    """Put translated texts into the markup of images and links.

    Where the translation of the sentence has words of its own there, they stay. What an image
    says in another language than the edition's is marked.
    """
    for token in tokens:
        for role, words in spoken(token):
            piece = asides.get((role, fold(words)))
            if piece is not None and piece.locale != locale and token.type == "image":
                figures.mark(token, role, piece.locale)
            if piece is None or piece.text == piece.segment.msgid:
                continue
            text = respoken(words, fold(piece.text))
            if role == "alt":
                token.children = [dialect.text_token(text)]
            else:
                token.attrSet("title", text)


def _sentences(
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
    text = to_markdown(piece.text)
    if piece.text == segment.msgid:
        tokens = dialect.number_inline(segment.source, environment)
    elif dialect.is_plain(text):  # and the source need not be read for what it allows
        tokens = [dialect.text_token(text)]
    else:
        source = dialect.parse_inline(segment.source, environment)
        tokens = dialect.number_inline(text, environment, dialect.notes(source))
        tokens = _restrict(tokens, _allowed(segment, source, environment))
    opening, closing = _wrapping(segment.opening, segment.closing, environment)
    tokens = [*opening, *tokens, *closing]
    if piece.state is State.STALE:
        return _marked(tokens, locale)
    if piece.locale == locale:
        return tokens
    start, end = Token("foreign_open", "span", 1), Token("foreign_close", "span", -1)
    start.attrSet("lang", piece.locale)
    return [start, *tokens, end]


def _marked(tokens: Sequence[Token], locale: str) -> list[Token]:
    """A text of an older version, with a sign for eyes (in the style sheet) and one for ears."""
    start, end = Token("stale_open", "span", 1), Token("stale_close", "span", -1)
    start.attrSet("class", "stale")
    told, labels = Token("html_inline", "", 0), Labels(locale)
    words = escape(labels("Translated from an older version:"))
    told.content = f'<span class="unseen">{words} </span>'
    return [start, told, *tokens, end]


def _wrapping(
    opening: str, closing: str, environment: Environment
) -> tuple[list[Token], list[Token]]:
    """The tokens that markup around a text makes."""
    if not opening:
        return [], []
    tokens = dialect.parse_inline(f"{opening}x{closing}", environment)
    tokens = [token for token in tokens if token.type != "text" or token.content]
    middle = next(index for index, token in enumerate(tokens) if token.type == "text")
    return tokens[:middle], tokens[middle + 1 :]


def _allowed(
    segment: Segment, tokens: Sequence[Token], environment: Environment
) -> dict[tuple[str, str], str]:
    """The targets and the HTML a translation may hold, and how its source writes each.

    A catalog folds white space and composes letters, in addresses and tags too.
    """
    source = _guarded(tokens)
    normal = _guarded(dialect.parse_inline(to_markdown(segment.msgid), environment))
    own = {key: key[1] for key in source}
    if [kind for kind, _ in normal] != [kind for kind, _ in source]:
        return own
    return {key: text for key, (_, text) in zip(normal, source, strict=True)} | own


def _guarded(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [key for token in tokens if (key := _guard(token))]


def _guard(token: Token) -> tuple[str, str] | None:
    if token.type == "html_inline":
        return "html", token.content
    return ("target", _target(token)) if token.type in ("link_open", "image") else None


def _restrict(tokens: Sequence[Token], allowed: Mapping[tuple[str, str], str]) -> list[Token]:
    """A translation brings in no link, image or HTML that its source does not have.

    Nor a footnote: what refers to one was read as text.
    """
    result: list[Token] = []
    dropped: list[bool] = []  # whether each open link was dropped
    for token in tokens:
        key = _guard(token)
        own = allowed.get(key) if key else None
        if token.type == "link_open":
            dropped.append(own is None)
        link = token.type in ("link_open", "link_close")
        if link and (dropped.pop() if token.nesting == -1 else dropped[-1]):
            continue
        if own is not None and token.type == "html_inline":
            token.content = own
        elif own is not None:
            token.attrSet("href" if link else "src", own)
        elif key:
            token = dialect.text_token(token.content)
        result.append(token)
    return result


def _target(token: Token) -> str:
    return str(token.attrGet("href") or token.attrGet("src") or "")


def _embed(tokens: Sequence[Token], images: Images) -> list[Token]:
    """Put images in; one that is not there leaves its alt text, and its address if remote."""
    result: list[Token] = []
    for token in tokens:
        source = _target(token)
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
