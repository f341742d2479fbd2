"""From plain text to Markdown and back: the words are the same, and nothing becomes markup."""

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ARTICLES, KASACHSTAN
from workflow.model import Article
from workflow.reading import compose, dialect, markdown, plaintext
from workflow.reading.plaintext import TextBlock
from workflow.segments import blocks, inline

INPUT = ARTICLES / "kasachstan" / "input.txt"
ARTICLE = KASACHSTAN / "source" / "kasachstan-2022.md"
# Whatever an import can hold: no half characters, and no zeros (those are not texts).
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
PIECES = [
    *"# ## - + * ** _ __ ~ ~~ > | : = === --- ` ``` [ ] [^1] [^1]: [x]: ( ) (y) {.label} ! < > "
    "<b> </b> <!-- --> <script & &amp; &#65; \\ 1. 2) 12 . Wort innen a_b https://x.at/a_b* "
    "http:// www.x.at https://x.at/%C3%A4 a@b.at “ „ » « >> << 10. Januar".split(), " ", "\t",
]  # fmt: skip
NASTY = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


def written(*texts: TextBlock, **options: str) -> Article:
    text = compose.compose(texts, title=options.pop("title", "T"), locale="de-AT", **options)
    return blocks.segment(markdown.parse(text, "source/x.md", locale="de-AT"))


def paragraphs(*texts: str) -> list[TextBlock]:
    return [TextBlock("paragraph", text, line) for line, text in enumerate(texts, start=1)]


def composed(words: list[str]) -> list[str]:
    """As msgids have them: in the normal form NFC."""
    return [unicodedata.normalize("NFC", word) for word in words]


def segment_words(article: Article) -> list[str]:
    texts = (dialect.plain(segment.msgid, article.environment) for segment in article.segments)
    return [word for text in texts for word in text.split()]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def targets(article: Article) -> list[str]:
    tokens = [t for b in article.blocks for t in dialect.parse_inline(b.content, {})]
    return [str(token.attrs["href"]) for token in tokens if "href" in token.attrs]


def test_the_words_of_the_article_come_back_in_order() -> None:
    article = blocks.segment(markdown.parse(ARTICLE.read_text("utf-8"), "x.md", locale="de"))
    texts: dict[str, list[str]] = {"title": [], "lead": [], "dateline": [], "body": []}
    texts["dateline"].append(article.metadata.dateline or "")
    for block in article.blocks:
        part = block.role if block.position is None else "body"
        texts[part] += [dialect.plain(segment.msgid) for segment in block.segments]
    found = " ".join(text for part in texts.values() for text in part)
    numbers = re.compile(r"^\d\. ", re.M)  # what a list numbers is no text
    assert len(numbers.findall(INPUT.read_text(encoding="utf-8"))) == 2
    expected = numbers.sub("", INPUT.read_text(encoding="utf-8"))
    assert words(f"{found} {' '.join(targets(article))}") == words(expected)


def test_the_article_is_what_the_import_writes(
    project: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    shutil.copy(INPUT, project)
    code, _, _ = auflage(project, "import", "input.txt", "--name", "kasachstan-2022")
    assert code == 0
    made = (project / "source" / "kasachstan-2022.md").read_bytes()
    assert made == ARTICLE.read_bytes()


HOSTILE = [
    "# Nr. 1", "> so", "- Ja.", "+ Ja.", "* Ja.", "– Ja.", "10. Januar", "8) acht", "*innen",
    "Bürger*innen und Arbeiter*innen", "a_b_", "_a_", "__a__", "*a* und *b*", "***", "___",
    "_ _ _", "---", "===", "- - -", "~~~", "~~a~~", "`a`", "```", "``` python", "\\", "\\*", "a\\",
    "<script>", "<script", "<script>alert(1)</script>", "<b>fett</b>", "<div", "</p", "<?php",
    "<!-- Notiz", "<!-- Notiz -->", "<![CDATA[", "<!DOCTYPE html>", "&nbsp;", "&amp; & &#65;",
    "[x](y)", "![x](y)", "[x][y]", "[x]", "[x]: y", "[x]: https://x.at", "[^1]", "[^1]: Fuß",
    "[a]{.label}", "[", "]", "a](b", ": Begriff", "~ Begriff", "| a | b |", "|---|", "<a@b.at>",
    "https://x.at/a_b*c", "https://x.at/%C3%A4", "(https://x.at/a_(b)).", "„https://x.at“",
    "<https://x.at>", "**a https://x.at b**", "`a https://x.at b`", "[a https://x.at b](c)",
    "https://[", "http://x\x01y", "\x7f", "a\x80b", "C #", "#", "##",
    "a  b   c", "a\tb", "x\xa0y", "Wort " * 500,
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_line_is_one_paragraph(line: str) -> None:
    article = written(*paragraphs("Vorher.", line.strip(), "Nachher."))
    _, *body = article.blocks
    plain = [dialect.plain(block.content, article.environment) for block in body]
    assert [block.role for block in body] == ["paragraph"] * 3
    assert plain == ["Vorher.", line.strip(), "Nachher."]


@pytest.mark.parametrize("line", HOSTILE)
@pytest.mark.parametrize("kind", ["title", "lead", "heading", "bullet", "ordered", "quotation"])
def test_hostile_line_in_another_role(kind: str, line: str) -> None:
    article = written(TextBlock(kind, line.strip(), 1, number=1), *paragraphs("Nachher."))
    texts = [dialect.plain(block.content, article.environment) for block in article.blocks]
    expected = [line.strip(), "Nachher."]
    assert texts == (expected if kind == "title" else ["T", *expected])


@pytest.mark.parametrize("line", ["    vier Stellen", "\tein Tabulator", " \xa0 ein Leerzeichen"])
def test_indented_line_is_a_paragraph(line: str) -> None:
    article = written(*plaintext.parse(f"Titel\n\nVorspann.\n{line}.\nEnde."))
    assert [block.role for block in article.blocks] == ["title", "lead", "paragraph", "paragraph"]
    assert article.blocks[2].content == f"{line.strip()}."


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_read_more(line: str) -> None:
    block = TextBlock("read-more", line.strip(), 1, label="Mehr *lesen*", url="https://y.at/(a)")
    article = written(block)
    label, *rest = article.blocks[1].segments
    assert (label.msgctxt, dialect.plain(label.msgid)) == ("label", "Mehr *lesen*")
    text = " ".join(dialect.plain(segment.msgid) for segment in rest)
    assert text.split() == line.split()
    assert targets(article) == ["https://y.at/(a)"]


@given(st.lists(st.one_of(LINES, NASTY), min_size=1, max_size=5))
def test_any_lines_come_back_as_paragraphs(lines: list[str]) -> None:
    texts = [text for text in (" ".join(line.split()) for line in lines) if text]
    article = written(*paragraphs(*texts))
    _, *body = article.blocks
    assert [block.role for block in body] == ["paragraph"] * len(texts)
    assert [dialect.plain(block.content, article.environment) for block in body] == texts
    assert segment_words(article) == ["T", *composed(" ".join(texts).split())]


@given(st.lists(st.one_of(LINES, NASTY), min_size=1, max_size=8).map("\n\n".join))
def test_any_text_keeps_its_words(text: str) -> None:
    parsed = plaintext.parse(text)
    article = written(*parsed, title="Ersatz")
    expected = [] if any(block.kind == "title" for block in parsed) else ["Ersatz"]
    front = ("title", "lead")
    ordered = [block for kind in front for block in parsed if block.kind == kind]
    ordered += [b for b in parsed if b.kind not in (*front, "dateline", "byline")]
    for block in ordered:
        expected += [*(block.label or "").split(), *block.text.split()]
    place = next((b.place.split() for b in parsed if b.kind == "dateline" and b.place), [])
    assert not place  # none of these texts holds a dateline with a place
    assert segment_words(article) == composed(expected)
    assert [u for b in parsed for u in [b.url] if u and u not in targets(article)] == []


@given(st.one_of(LINES, NASTY))
def test_front_matter_keeps_any_text(text: str) -> None:
    text = " ".join(text.split()) or "x"
    block = TextBlock("dateline", text, 1, place=text)
    author = TextBlock("byline", text, 2)
    metadata = written(block, author, publisher=text).metadata
    assert [metadata.dateline, metadata.author, metadata.publisher] == [text] * 3
    assert dialect.plain(metadata.place or "") == text


def test_what_needs_no_escape_has_none() -> None:
    text = "Arbeiter_innen, Bürger*innen (1. Mai) & 50 % – [sic] „so“: a*b, 3 < 5! #tag"
    assert compose.escape(text) == text
    assert inline.normalise(compose.escape(text)) == text


def test_addresses_become_links() -> None:
    article = written(*paragraphs("Siehe https://x.at/a_b, dort (https://y.at)."))
    assert targets(article) == ["https://x.at/a_b", "https://y.at"]


def test_two_lists_stay_two() -> None:
    items = [TextBlock("ordered", "Punkt", line, number=1 + line % 2) for line in range(4)]
    article = written(*items)
    assert sum(token.type == "ordered_list_open" for token in article.tokens) == 2
