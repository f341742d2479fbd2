"""Markdown to an article: blocks, roles, lines, titles, and paragraph mode."""

import pytest

from workflow.errors import SourceError
from workflow.model import Article
from workflow.reading import markdown

BODY = """\
Absatz eins,
noch eine Zeile.

## Zwischentitel *kursiv*

> Zitat.

- Punkt
  - Unterpunkt
1. Nummer

| Kopf | Zahl |
|------|------|
| Zeile | 2   |

Begriff
: Erklärung

```
kein Text
```

<div>auch nicht</div>

![Bild](b.png) [^f]

[ziel]: https://x.at

[^f]: Fußnote
"""


def parse(text: str) -> Article:
    return markdown.parse(text, "source/kasachstan-2022.md", locale="de-AT")


def with_title(body: str) -> Article:
    return parse(f"---\ntitle: T\n---\n{body}")


def test_roles_lines_and_headings_above() -> None:
    article = with_title(BODY)
    heading = "Zwischentitel kursiv"
    assert [(b.role, b.content, b.line, b.under) for b in article.blocks] == [
        ("title", "T", 2, ""),
        ("paragraph", "Absatz eins,\nnoch eine Zeile.", 4, ""),
        ("heading", "Zwischentitel *kursiv*", 7, ""),
        ("quotation", "Zitat.", 9, heading),
        ("list item", "Punkt", 11, heading),
        ("list item", "Unterpunkt", 12, heading),
        ("list item", "Nummer", 13, heading),
        ("cell", "Kopf", 15, heading),
        ("cell", "Zahl", 15, heading),
        ("cell", "Zeile", 17, heading),
        ("cell", "2", 17, heading),
        ("term", "Begriff", 19, heading),
        ("definition", "Erklärung", 20, heading),
        ("paragraph", "![Bild](b.png) [^f]", 28, heading),
        ("footnote", "Fußnote", 32, heading),
    ]


def test_positions_point_at_the_tokens() -> None:
    article = with_title(BODY)
    body = [block for block in article.blocks if block.position is not None]
    assert len(body) == len(article.blocks) - 1
    for block in body:
        token = article.tokens[block.position or 0]
        assert (token.type, token.content) == ("inline", block.content)
        assert not token.children


def test_name_path_and_definitions() -> None:
    article = with_title(BODY)
    assert (article.name, article.path) == ("kasachstan-2022", "source/kasachstan-2022.md")
    assert article.environment["references"]["ZIEL"]["href"] == "https://x.at"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(start: str, end: str) -> None:
    text = f"---\ntitle: T\nlead: L\n---\n\nEins\nzwei.\n\n{BODY}"
    assert parse(start + text.replace("\n", end)).blocks == parse(text).blocks
    assert [b.line for b in parse(start + text.replace("\n", end)).blocks[:4]] == [2, 3, 6, 9]


def test_front_blocks_in_the_order_of_the_page() -> None:
    article = parse("---\nplace: Wien\nauthor: A\nlead: L\ntitle: T\ndateline: D\n---\n")
    found = [(block.role, block.content, block.line, block.position) for block in article.blocks]
    assert found == [("title", "T", 5, None), ("lead", "L", 4, None), ("place", "Wien", 2, None)]


@pytest.mark.parametrize(
    "text",
    [
        "# Mein *Titel*\n\nText.",
        "Mein *Titel*\n============\n\nText.",
        "---\nlocale: de\n---\n# Mein *Titel*\n\nText.",
        "---\ntitle:\n---\n# Mein *Titel*\n\nText.",
        "---\ntitle: '  '\n---\n# Mein *Titel*\n\nText.",
    ],
)
def test_title_from_the_first_heading(text: str) -> None:
    article = parse(text)
    assert article.metadata.title == "Mein *Titel*"
    title, paragraph = article.blocks
    assert (title.role, title.content, title.position) == ("title", "Mein *Titel*", None)
    assert text.splitlines()[title.line - 1].endswith("Mein *Titel*")
    assert (paragraph.content, paragraph.under) == ("Text.", "")
    assert not any(token.type == "heading_open" for token in article.tokens)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("---\ntitle: T\n---\n# Eins\n\n## Zwei\n\n###### Sechs\n", ["h2", "h3", "h6"]),
        ("---\ntitle: T\n---\n## Zwei\n\n### Drei\n", ["h2", "h3"]),
        ("# T\n\n# Eins\n\n## Zwei\n", ["h2", "h3"]),
        ("# T\n\n## Zwei\n", ["h2"]),
    ],
)
def test_only_the_title_has_level_one(text: str, tags: list[str]) -> None:
    tokens = parse(text).tokens
    assert [token.tag for token in tokens if token.type == "heading_open"] == tags
    assert [token.tag for token in tokens if token.type == "heading_close"] == tags


def test_no_title_at_all() -> None:
    with pytest.raises(SourceError, match=r"source/kasachstan-2022.md:1: .* no title"):
        parse("Nur Text.\n\n#\n")


def test_locale_of_the_front_matter_wins() -> None:
    assert parse("---\ntitle: T\nlocale: ru\n---\n").metadata.locale == "ru"
    assert parse("---\ntitle: T\n---\n").metadata.locale == "de-AT"


def test_paragraph_mode_for_all() -> None:
    article = parse(f"---\ntitle: T\nsegmentation: paragraph\n---\n{BODY}")
    assert len(article.blocks) == 15
    assert all(block.whole for block in article.blocks)
    assert not any(block.whole for block in with_title(BODY).blocks)


MARK = "<!-- segmentation: paragraph -->"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"Eins.\n\n{MARK}\n\nZwei.\n\nDrei.", ["Zwei."]),
        (f"Eins.\n\n{MARK}\nZwei.\n\nDrei.", ["Zwei."]),
        ("<!--segmentation:paragraph-->\n\nEins.\n\nZwei.", ["Eins."]),
        (f"{MARK}\n\n- Eins.\n- Zwei.\n\nDrei.", ["Eins.", "Zwei."]),
        (f"{MARK}\n\n> Eins.\n>\n> Zwei.\n\nDrei.", ["Eins.", "Zwei."]),
        (f"- Eins.\n\n  {MARK}\n\n  Zwei.\n- Drei.", ["Zwei."]),
        (f"{MARK}\n\n<!-- Notiz -->\n\nEins.", []),
        ("<!-- segmentation: sentence -->\n\nEins.", []),
        (f"Eins.\n\n{MARK}\n", []),
    ],
)
def test_paragraph_mode_for_one_block(text: str, whole: list[str]) -> None:
    blocks = with_title(text).blocks
    assert [block.content for block in blocks if block.whole] == whole


@pytest.mark.parametrize("body", ["", "\n\n", "---\n", "<!-- nur -->\n", "```\nCode\n```\n"])
def test_body_without_text(body: str) -> None:
    assert [block.role for block in with_title(body).blocks] == ["title"]
