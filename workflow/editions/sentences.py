"""The tokens of a block with the sentences of an edition in them."""

from collections.abc import Mapping, Sequence

from markdown_it.token import Token
from markupsafe import escape

from workflow.editions import figures
from workflow.editions.labels import Labels
from workflow.model import Block, Piece, Segment, State
from workflow.reading import dialect
from workflow.reading.dialect import Environment
from workflow.segments.inline import fold, respoken, spoken, to_markdown


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
        tokens = restrict(tokens, _allowed(segment, source, environment))
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
    return ("target", target(token)) if token.type in ("link_open", "image") else None


def restrict(tokens: Sequence[Token], allowed: Mapping[tuple[str, str], str]) -> list[Token]:
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


def target(token: Token) -> str:
    """Where a link or an image leads; empty if nowhere."""
    return str(token.attrGet("href") or token.attrGet("src") or "")
