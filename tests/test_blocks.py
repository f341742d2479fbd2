"""Blocks cut into segments: nothing lost, no markup cut, and the modes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import KASACHSTAN
from workflow.model import Article, Block, Segment
from workflow.reading import dialect, markdown
from workflow.segments import blocks, inline

DEFINITIONS = "\n\n[ref]: https://x.at\n\n[^1]: Eine Note. Noch ein Satz.\n\n[^2]: Zwei.\n"
MARK = "\ue000"


def segmented(body: str, front: str = "title: T") -> Article:
    text = f"---\n{front}\n---\n\n{body}{DEFINITIONS}"
    return blocks.segment(markdown.parse(text, "source/x.md", locale="de-AT"))


def first(body: str, front: str = "title: T") -> Block:
    return next(block for block in segmented(body, front).blocks if block.position is not None)


def joined(block: Block) -> str:
    parts = (s.opening + s.source + s.closing + s.joiner for s in block.segments)
    return block.opening + "".join(parts) + block.closing


def sources(block: Block) -> list[str]:
    return [segment.source for segment in block.segments]


def depths(text: str, article: Article) -> list[int]:
    """How deep in emphasis, links or images each mark stands; none for one in code or HTML."""
    found, depth = [], 0
    for token in dialect.parse_inline(text, article.environment):
        depth += token.nesting
        if token.type == "text":
            found += [depth] * token.content.count(MARK)
    return found


def with_mark(block: Block, index: int) -> str:
    """The block's content with a mark behind the white space that follows a segment."""
    end = len(block.opening) + sum(
        len(s.opening + s.source + s.closing + s.joiner) for s in block.segments[: index + 1]
    )
    return f"{block.content[:end]}{MARK} {block.content[end:]}"


PIECES = [
    *"Ende. Der Wort Ja! „Nein.“ z. B. 10. Jänner … ... ? Bürger*innen a_b * ** *** _ __ ` `` "
    "[ ] ( ) (u) [x](y.z) [Mehr]{.label} {.label} <b> </b> <br> <!-- --> https://x.at/a.B?c=D "
    "![B](c) ~~ <https://x.at/A.B> [^1] [^2] [ref] [Satz.][ref] \\ \\* \\. &amp; &nbsp; < > | – "
    "(sic!)".split(),
    "[x](y.z \"A. B\")", "<!-- A. B -->", "`A. B`", "[Ein Satz. Noch einer.](u)", "**Eins. Zwei.**",
]  # fmt: skip
GAPS = [" ", " ", " ", "", "\n", "  \n", "\\\n", "  ", "\xa0"]
MARKUP = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), min_size=1).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@given(MARKUP)
def test_segments_give_the_block_back(body: str) -> None:
    article = segmented(body)
    for block in article.blocks:
        if not block.segments:
            assert inline.wordless(block.content, article.environment)
            continue
        assert joined(block) == block.content
        assert all(s.msgid.strip() and s.source.strip() for s in block.segments)
        gaps = [s.joiner for s in block.segments[:-1] if s.msgctxt != "label"]
        assert all(gap.replace("\\\n", "\n").isspace() for gap in gaps)


@given(MARKUP)
def test_no_boundary_inside_markup(body: str) -> None:
    article = segmented(body)
    for block in article.blocks:
        depth = depths(f"{block.opening}{MARK}{block.closing}", article)
        assert len(depth) == 1
        for index, _ in enumerate(block.segments[:-1]):
            assert depths(with_mark(block, index), article) == depth


@given(MARKUP)
def test_a_whole_block_is_one_segment(body: str) -> None:
    for block in segmented(body, "title: T\nsegmentation: paragraph").blocks:
        plain = [segment for segment in block.segments if segment.msgctxt != "label"]
        assert len(plain) <= 1
        assert joined(block) == block.content or not block.segments


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Eins. Zwei! Drei?", ["Eins.", "Zwei!", "Drei?"]),
        ("Eins.\nZwei.  \nDrei.\\\nVier.", ["Eins.", "Zwei.", "Drei.", "Vier."]),
        ("**Eins. Zwei.** Drei.", ["**Eins. Zwei.**", "Drei."]),
        ("*Eins.* **Zwei.** _Drei._", ["*Eins.*", "**Zwei.**", "_Drei._"]),
        ("**„Halt!“** Er ging.", ["**„Halt!“**", "Er ging."]),
        ("Lies [das. Jetzt](u). Ja.", ["Lies [das. Jetzt](u).", "Ja."]),
        ("Lies [das.](u) Ja.", ["Lies [das.](u)", "Ja."]),
        ("Code `a. B` hier. Ja.", ["Code `a. B` hier.", "Ja."]),
        ("Eins.[^1] Zwei.[^2] Drei.[^1] Vier.", ["Eins.[^1]", "Zwei.[^2]", "Drei.[^1]", "Vier."]),
        ("Siehe https://x.at/a.B?c=D. Ja.", ["Siehe https://x.at/a.B?c=D.", "Ja."]),
        ("![Ein Bild. Schön.](b.png) Ja. Nein.", ["![Ein Bild. Schön.](b.png)", "Ja.", "Nein."]),
        ("Demonstrant*innen. Arbeiter*innen.", ["Demonstrant*innen.", "Arbeiter*innen."]),
        ("[Satz.][ref] Ja.", ["[Satz.][ref]", "Ja."]),
        (r"8\. Mai. \*Ja\*.", [r"8\. Mai.", r"\*Ja\*."]),
        ("Am **8**. Mai. Dr*in Huber.", ["Am **8**. Mai.", "Dr*in Huber."]),
        ("Ja. <!-- Der Rest. Fehlt. --> Nein.", ["Ja. <!-- Der Rest. Fehlt. --> Nein."]),
        ("`Eins. Zwei.", ["`Eins.", "Zwei."]),
    ],
)
def test_sentences(body: str, expected: list[str]) -> None:
    assert sources(first(body)) == expected


def test_emphasis_around_a_block_does_not_stop_it_from_being_split() -> None:
    block = first("_**Eins. Zwei.**_")
    assert (block.opening, sources(block), block.closing) == ("_**", ["Eins.", "Zwei."], "**_")


@pytest.mark.parametrize(
    ("body", "opening"),
    [("[Mehr]{.label} Eins. Zwei.", ""), ("**[Mehr]{.label} Eins. Zwei.**", "**")],
)
def test_labels_are_segments(body: str, opening: str) -> None:
    block = first(body)
    assert block.opening == opening
    assert block.segments == (
        Segment("Mehr", "Mehr", "label", " ", "[", "]{.label}"),
        Segment("Eins.", "Eins.", None, " "),
        Segment("Zwei.", "Zwei.", None, ""),
    )


@pytest.mark.parametrize(
    ("body", "segments", "asides"),
    [
        ("![Ein *Bild*](b.png)", [], [("alt", "Ein Bild")]),
        ('![](b.png "Titel")', [], [("link title", "Titel")]),
        ('[![Bild](b.png "T")](u "U")\n![Bild](c.png)', [],
         [("link title", "U"), ("alt", "Bild"), ("link title", "T")]),
        ("![](b.png)", [], []),
        ('Siehe [da](u "Dort\nhin").', ['Siehe [da](u "Dort\nhin").'],
         [("link title", "Dort hin")]),
        ("**![Bild](b.png) Wort**", ["![Bild](b.png) Wort"], [("alt", "Bild")]),
        ("[Text][ref] `![a](b)`", ["[Text][ref] `![a](b)`"], []),
    ],
)  # fmt: skip
def test_texts_in_markup_are_segments(
    body: str, segments: list[str], asides: list[tuple[str, str]]
) -> None:
    block = first(body)
    assert sources(block) == segments
    assert [(s.msgctxt, s.msgid) for s in block.asides] == asides


def test_roles_that_have_a_context_are_one_segment() -> None:
    front = "title: Eins. Zwei.\nlead: Eins. Zwei.\nplace: St. Pölten. Wien."
    article = segmented("## Eins. Zwei.\n\n> Eins. Zwei.", front)
    found = [(block.role, s.msgctxt, s.msgid) for block in article.blocks for s in block.segments]
    assert found[:7] == [
        ("title", "title", "Eins. Zwei."),
        ("lead", None, "Eins."),
        ("lead", None, "Zwei."),
        ("place", "place", "St. Pölten. Wien."),
        ("heading", "heading", "Eins. Zwei."),
        ("quotation", None, "Eins."),
        ("quotation", None, "Zwei."),
    ]


def test_paragraph_mode_by_front_matter() -> None:
    front = "title: T\nlead: Eins. Zwei.\nsegmentation: paragraph"
    article = segmented("Eins. Zwei.\n\n- Drei. Vier.\n", front)
    expected = [
        "T",
        "Eins. Zwei.",
        "Eins. Zwei.",
        "Drei. Vier.",
        "Eine Note. Noch ein Satz.",
        "Zwei.",
    ]
    assert [segment.msgid for segment in article.segments] == expected


def test_paragraph_mode_by_comment() -> None:
    comment = "<!-- segmentation: paragraph -->"
    article = segmented(f"Eins. Zwei.\n\n{comment}\n\nDrei. Vier.\n\nFünf. Sechs.")
    texts = [segment.msgid for segment in article.segments]
    assert texts[:6] == ["T", "Eins.", "Zwei.", "Drei. Vier.", "Fünf.", "Sechs."]


def test_the_language_of_the_article_decides() -> None:
    body = "Es war am 3. Jänner. Danach war Ruhe."
    article = segmented(body, "title: T\nlocale: en")
    assert article.segmenter == "en/2"
    assert sources(article.blocks[1]) == ["Es war am 3.", "Jänner.", "Danach war Ruhe."]
    assert segmented(body).segmenter == "de/2"
    assert sources(first(body)) == ["Es war am 3. Jänner.", "Danach war Ruhe."]


def test_the_article() -> None:
    text = (KASACHSTAN / "source" / "kasachstan-2022.md").read_text(encoding="utf-8")
    article = blocks.segment(markdown.parse(text, "source/kasachstan-2022.md", locale="de-AT"))
    segments = list(article.segments)
    # 83 sentences without the dateline, and the label.
    assert len(segments) == 83 - 1 + 1
    assert len(article.blocks) == 36 - 1
    assert [s.msgid for s in segments if s.msgctxt == "label"] == ["Weiterlesen"]
    assert sum(s.msgctxt == "heading" for s in segments) == 7
    body = [block for block in article.blocks if block.role not in ("title", "lead")]
    inner = sum(len([s for s in b.segments if s.msgctxt != "label"]) - 1 for b in body)
    assert inner == 47 - 5
    assert [block for block in article.blocks if joined(block) != block.content] == []
