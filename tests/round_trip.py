"""What judges ask of any Markdown: repeated or marked in a catalog, it stays what it is."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from tests.test_identity import catalog, skeleton
from workflow.editions import html
from workflow.editions import markdown as markdown_edition
from workflow.editions.translate import translate
from workflow.model import Article, Edition
from workflow.reading import frontmatter, markdown
from workflow.reading.lint import lint
from workflow.segments import blocks

HEAD = "---\ntitle: Titel\nlocale: de\n---\n"
MARK = " ZZMARK"
BEGINNINGS = ("ZZMARK {}", "- {}", "10. {}", "# {}", "> {}")
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
SPACE = re.compile(r"\s*<br />\s*|\s+")
CODE = re.compile(r"(<pre><code.*?</pre>|<code>.*?</code>)", re.S)


def read(text: str) -> Article:
    """Read an article as the command does; only the Markdown edition sees CRLF."""
    text = text.replace("\r\n", "\n")
    return blocks.segment(markdown.parse(text, "source/x.md", locale="de"))


def edition(article: Article, change: Callable[[str], str]) -> Edition:
    return translate(article, catalog(article, change), "ru")


def repeated(article: Article) -> Edition:
    return edition(article, lambda msgid: msgid)


def marked(article: Article) -> Edition:
    """With a word more, nothing is taken from the source any longer: it comes from the msgstr."""
    return edition(article, lambda msgid: msgid + MARK)


def own(article: Article) -> str:
    """Our rendering of the untranslated text."""
    return render(translate(article, None, article.metadata.locale))


def render(edition: Edition) -> str:
    """An edition's body with images where they are, and headings without ids."""
    images = {source: html.Shown(source) for source in html.image_sources(edition.article)}
    return re.sub(r'(<h\d) id="[^"]*"', r"\1", html.body(edition, images))


def faults(article: Article, text: str) -> Iterator[str]:
    """What repeating and marking the segments of an article changes that it should not.

    Args:
        article: what was read.
        text: the text it was read from.

    Raises:
        SourceError: the Markdown edition refuses the marked text.
    """
    lint(article, text)
    for block in article.blocks:
        parts = [s.opening + s.source + s.closing + s.joiner for s in block.segments]
        if parts and block.opening + "".join(parts) + block.closing != block.content:
            yield f"line {block.line}: the segments are not the block"
    yield from _html_faults(article)
    yield from _markdown_faults(article, text)


def _html_faults(article: Article) -> Iterator[str]:
    plain, more = repeated(article), marked(article)
    if render(plain) != own(article):
        yield "repeated, the HTML differs"
    if folded(render(more).replace(MARK, "")) != folded(own(article)):
        yield "marked, the HTML differs"
    if skeleton(more) != skeleton(plain):
        yield "marked, the blocks differ"


def _markdown_faults(article: Article, text: str) -> Iterator[str]:
    if markdown_edition.splice(repeated(article), text) != text:
        yield "repeated, the Markdown differs"
    more = marked(article)
    result = markdown_edition.splice(more, text)
    again = read(result)
    if folded(own(again)) != folded(render(more)):
        yield "marked and read again, the Markdown says something else than the HTML"
    if result.count(MARK.strip()) < _count(article):
        yield "marks are missing in the Markdown"
    if _outside(again, result) != _outside(article, text):
        yield "the Markdown differs outside of the texts"
    if _comments(result) != _comments(text):  # which the HTML does not show
        yield "the comments differ in the Markdown"


def _count(article: Article) -> int:
    """How many marks there must be; the title of a definition serves many links."""
    asides = {(part.msgctxt, part.msgid) for block in article.blocks for part in block.asides}
    return sum(len(block.segments) for block in article.blocks) + len(asides)


def _outside(article: Article, text: str) -> str:
    """The lines without a text to translate, as the parser maps them."""
    _, body = frontmatter.cut(text.removeprefix("\ufeff"), article.path)
    above = text.count("\n") - body.count("\n")
    stretches = [
        (block.line - 1, block.content.count("\n") + 1)
        for block in article.blocks
        if block.segments or block.asides
    ]
    for found in article.environment.get("references", {}).values():
        start, end = found["map"]
        stretches.append((start + above, end - start))
    touched = {line for start, count in stretches for line in range(start, start + count)}
    lines = enumerate(LINE.findall(text))
    return "".join(line for number, line in lines if number not in touched)


def _comments(text: str) -> list[list[str]]:
    return [found.split() for found in re.findall(r"<!--.*?-->", text, re.S)]


def folded(text: str) -> str:
    """As a catalog keeps it: letters composed, white space folded; in code every space counts."""
    parts = CODE.split(unicodedata.normalize("NFC", text))
    return "".join(part if index % 2 else SPACE.sub(_gap, part) for index, part in enumerate(parts))


def _gap(found: re.Match[str]) -> str:
    return "<br />" if "<" in found[0] else " "
