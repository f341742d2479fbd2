"""Edition to Markdown: the translated text in the place of the source's, all else as it was.

Nothing is regenerated. The result is read again, and refused if it does not say what the
edition says in the blocks that the source has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from workflow.editions import html
from workflow.errors import SourceError
from workflow.model import Article, Block, Edition, Piece, State
from workflow.reading import compose, dialect, markdown, spans
from workflow.segments.inline import fold, respoken, spoken, to_markdown

_SPACES: Final = re.compile(r"\s+")
_TITLE: Final = re.compile(
    r"""(?<=\s)(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))""", re.S
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
_KEPT: Final = ("fence", "code_block", "html_block")
Asides = Mapping[tuple[str | None, str], Piece]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of the file, or of a block's content, and what is to stand there."""

    start: int
    end: int
    text: str


def splice(edition: Edition, text: str) -> str:
    """Write an edition as Markdown.

    Args:
        edition: what to write.
        text: the text that its article was read from.

    Raises:
        SourceError: naming the line whose translation would be read as something else.
    """
    lines = spans.Lines(text, edition.article)
    edits = [
        edit
        for block, row in zip(edition.article.blocks, edition.pieces, strict=True)
        for edit in _block(block, row, edition, text, lines)
    ]
    if not edits:
        return text
    result = _apply(text, [*edits, *_definitions(edition, text, lines)])
    _check(edition, result, lines.above)
    return result


def _apply(text: str, edits: Sequence[Edit]) -> str:
    parts = []
    start = 0
    for edit in sorted(edits):
        parts += [text[start : edit.start], edit.text]
        start = edit.end
    return "".join([*parts, text[start:]])


def _block(
    block: Block, row: Sequence[Piece], edition: Edition, text: str, lines: spans.Lines
) -> Iterator[Edit]:
    value = lines.value(block)
    # Looked for in any case: it keeps count of the cells in a line.
    stretches = () if value else lines.stretches(block)
    edits = list(_edits(block, row, edition.article))
    if not edits:
        return
    if value:
        yield Edit(*value, compose.quoted(_apply(block.content, edits)))
    elif not stretches:
        raise _refusal(edition, block.line, "cannot be found in the file")
    elif block.role == "cell":
        start = stretches[0].source
        end = start + len(block.content.replace("|", "\\|"))
        told = _apply(block.content, edits)
        if "|" not in text[text.rfind("\n", 0, start) : start]:  # a row need not begin with one
            told = compose.escape_line_start(told)
        yield Edit(start, end, told.replace("|", "\\|"))
    else:
        newline = "\r\n" if "\r\n" in text else "\n"
        edits = [_as_heading(edit, block, edition.article) for edit in edits]
        # What follows a covered beginning stands at the start of the line too.
        first = {edit.end for edit in edits if edit.start == 0 and not edit.text} | {0}
        for edit in edits:
            old = block.content[edit.start : edit.end]
            yield _placed(edit, old, stretches, newline, edit.start in first)


def _as_heading(edit: Edit, block: Block, article: Article) -> Edit:
    """An edit that stays text in a heading; in other blocks nothing changes."""
    text = edit.text
    if block.position is not None and article.tokens[block.position - 1].markup == "-":
        # A bar above such a line, escaped or not, would make a table of the two.
        text = text.replace("|", "&#124;")
    if block.role in ("heading", "title") and edit.end == len(block.content):
        text = compose.escape_heading_end(text)
    return replace(edit, text=text)


def _placed(
    edit: Edit, old: str, stretches: Sequence[spans.Stretch], newline: str, at_start: bool
) -> Edit:
    """An edit of a block's content, in place of the old text, as one of the file."""
    stretch, start = spans.place(stretches, edit.start)
    _, end = spans.place(stretches, edit.end)
    first, *rest = edit.text.split("\n")
    tag = _TAG.match(first)  # where the source has it too, it begins no block
    if (at_start or start == stretch.source) and not (tag and old.startswith(tag[0])):
        first = compose.escape_line_start(first)
    rest = [stretch.prefix + compose.escape_line_start(line) for line in rest]
    return Edit(start, end, newline.join([first, *rest]))


def _edits(block: Block, row: Sequence[Piece], article: Article) -> Iterator[Edit]:
    """What becomes of a block's content."""
    count = len(block.segments)
    asides = {(p.segment.msgctxt, p.segment.msgid): p for p in row[count:]}
    if not count:
        told = _told(block.content, asides, article)
        if told != block.content:
            yield Edit(0, len(block.content), told)
        return
    yield from _covered(block, row[:count])
    here = len(block.opening)
    for piece in row[:count]:
        segment = piece.segment
        start = here + len(segment.opening)
        end = start + len(segment.source)
        here = end + len(segment.closing + segment.joiner)
        own = piece.text == segment.msgid
        told = _told(segment.source if own else to_markdown(piece.text), asides, article)
        if not piece.covered and told != segment.source:
            yield Edit(start, end, told)


def _covered(block: Block, row: Sequence[Piece]) -> Iterator[Edit]:
    """Take out what a neighbour covers, with the white space on one side of it."""
    here = end = len(block.opening)
    gap: int | None = here  # where the white space begins that may have to go
    for piece in row:
        segment = piece.segment
        start = here
        end = start + len(segment.opening + segment.source + segment.closing)
        here = end + len(segment.joiner)
        if piece.covered:
            continue
        if gap is not None and gap < start:
            yield Edit(gap, start, "")
        gap = here
        last = end
    if row[-1].covered:
        yield Edit(last, end, "")


def _told(text: str, asides: Asides, article: Article) -> str:
    """Put translated alt texts and titles into inline Markdown."""
    if not asides:
        return text
    for token in dialect.parse_inline(text, article.environment):
        for role, words in spoken(token):
            piece = asides.get((role, fold(words)))
            if piece is None or piece.text == piece.segment.msgid:
                continue
            edits = _labels(text, token, piece) if role == "alt" else _titles(text, words, piece)
            text = _apply_where_spoken(text, edits, (role, words), article)
    return text


def _apply_where_spoken(
    text: str, edits: Sequence[Edit], old: tuple[str, str], article: Article
) -> str:
    """Make the edits that take a text out of the markup, and none in code or in prose.

    The parser itself is the judge of which those are.
    """

    def count(text: str) -> int:
        tokens = dialect.parse_inline(text, article.environment)
        return sum(said == old for token in tokens for said in spoken(token))

    for edit in reversed(edits):
        changed = _apply(text, [edit])
        if count(changed) < count(text):
            text = changed
    return text


def _labels(text: str, token: Token, piece: Piece) -> list[Edit]:
    """Wherever an image's alt text may stand: what is to stand there."""
    # Where the alt text is also the name of the definition, the name has to stay.
    old = token.content
    image = re.compile(rf"!\[{re.escape(old)}\](?P<named>\[\]|(?![\[(]))?")
    new = respoken(old, compose.escape(fold(piece.text)))
    return [
        Edit(*found.span(), f"![{new}]" + ("" if found["named"] is None else f"[{old}]"))
        for found in image.finditer(text)
    ]


def _titles(text: str, words: str, piece: Piece) -> list[Edit]:
    """Wherever a title may stand: what is to stand there."""
    new = respoken(words, re.sub(r'(?=[\\"&])', r"\\", fold(piece.text)))
    return [
        Edit(*found.span(), f'"{new}"')
        for found in _TITLE.finditer(text)
        if unescapeAll(found[0][1:-1]) == words
    ]


def _definitions(edition: Edition, text: str, lines: spans.Lines) -> Iterator[Edit]:
    """The titles in definitions of link references, which stand outside all blocks."""
    titles = {
        piece.segment.msgid: piece
        for row in edition.pieces
        for piece in row
        if piece.segment.msgctxt == "link title"
    }
    for definition in edition.article.environment.get("references", {}).values():
        piece = titles.get(fold(definition["title"]))
        if piece is not None and piece.text != piece.segment.msgid:
            start, end = lines.region(*definition["map"])
            told = text[start:end]
            yield Edit(start, end, _apply(told, _titles(told, definition["title"], piece)))


def _check(edition: Edition, result: str, above: int) -> None:
    """Read the result again, and compare it with the edition token by token.

    Raises:
        SourceError: it says something else, or has other blocks.
    """
    source = edition.article
    try:
        again = markdown.parse(result, source.path, locale=source.metadata.locale)
    except SourceError as error:  # such as a value that another one refers to
        raise _refusal(edition, 1, "would be read as something else") from error
    for block, row, other in zip(source.blocks, edition.pieces, again.blocks, strict=False):
        if block.position is None:
            content = _apply(block.content, list(_edits(block, row, source)))
            # As it is read: a title in the body may begin with an escape more.
            if dialect.render_inline(other.content, {}) != dialect.render_inline(
                content.strip(), {}
            ):
                raise _refusal(edition, block.line, "would be read as something else")
    # As if all of it were in one language and fresh: Markdown has no mark for what is not.
    rows = tuple(
        tuple(replace(p, locale=edition.locale, state=State.TRANSLATED) for p in row)
        for row in edition.pieces
    )
    expected = html.finished(replace(edition, pieces=rows))
    for line, one, two in _pairs(expected, _whole(again)):
        if one != two:
            raise _refusal(edition, line + above, "would be read as something else")


def _whole(article: Article) -> list[Token]:
    return dialect.finish(
        article.tokens,
        article.environment,
        lambda index, environment: dialect.number_inline(
            article.tokens[index].content, environment
        ),
    )


def _pairs(ours: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """The line of each token, and what two readings make of it."""
    line = 1
    for index in range(max(len(ours), len(theirs))):
        one, two = (_shown(tokens[index : index + 1]) for tokens in (ours, theirs))
        if index < len(ours) and ours[index].map:
            line = (ours[index].map or [0])[0] + 1
        yield line, one, two


def _shown(tokens: Sequence[Token]) -> str:
    kept = "".join(token.content for token in tokens if token.type in _KEPT)
    kinds = " ".join(f"{token.type} {token.tag} {token.attrs}" for token in tokens)
    inline = dialect.render([token for token in tokens if token.type == "inline"], {})
    return f"{kinds} {kept} {_SPACES.sub(' ', inline).strip()}"


def _refusal(edition: Edition, line: int, reason: str) -> SourceError:
    return SourceError(
        f"the {edition.locale} text of this block cannot be written as Markdown: it {reason}; "
        "mend its translation, or build html",
        path=edition.article.path,
        line=line,
    )
