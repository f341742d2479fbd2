"""Original and translation side by side: paired by block, level on paper, told once."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pikepdf
import pytest

from tests import pages
from tests.conftest import KASACHSTAN, run
from tests.test_images import grey
from tests.trees import NAME, article, write
from workflow import articles
from workflow.catalogs import po, writing
from workflow.editions import bilingual
from workflow.editions.html import Shown
from workflow.editions.translate import translate
from workflow.model import Catalog, Edition
from workflow.reading import dialect, markdown
from workflow.segments import blocks
from workflow.store import open_project

Call = Callable[..., tuple[int, str, str]]
Judge = Callable[[str], str]
PATH = "locale/ru/LC_MESSAGES/x.po"

# Q… is the first word of each text; its translation has Я… in that place.
SHAPES = """\
Q1 plain text, with a note.[^a] And a second one.[^b] The first again.[^a]

## Q2 A heading {{#here}}

1. Q3 An item, long enough for more than one of the lines of a column on this paper
   - Q4 nested
     - Q5 deeper

   Q6 a second paragraph
2. Q7 another

> Q8 A quotation

Q9 Term
: Q10 Definition

| Q11 Cell | 3000 |
|---|---|
| Q12 below | Almaty |

```
code stands here once
```

![Q13 A picture](a.png)

Q14 A long paragraph. {long}

Q15 The end, with [a link](https://example.org).

[^a]: Q16 A footnote.

    Q17 Its second paragraph.
[^b]: Q18 Another footnote.
""".format(long="It goes over the pages of the paper, as long as it is. " * 170)


def russian(catalog: Catalog) -> Catalog:
    """Translations of other lengths: every other text is twice as long, the others shorter."""
    filled = []
    for number, entry in enumerate(catalog.entries):
        notes = "".join(reversed(re.findall(r"\[\^\w\]", entry.msgid)))
        words = entry.msgid.split()
        text = " ".join(["слово"] * (len(words) * 2 if number % 2 else len(words) // 2 + 1))
        first = f"Я{words[0][1:]} " if re.match(r"Q\d", words[0]) else ""
        same = re.fullmatch(r"3000|Almaty", entry.msgid)
        msgstr = "" if entry.own else entry.msgid if same else first + text + notes
        filled.append(replace(entry, msgstr=msgstr))
    return Catalog(catalog.header, tuple(filled), catalog.comments)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An English article with everything in it, in English and Russian; read-only."""
    folder = tmp_path_factory.mktemp("shapes")
    write(folder, "auflage.toml", 'source_locale = "en"\nlocales = ["ru"]\n')
    article(folder, "x", SHAPES, title="Q0 The title")
    write(folder, "source/a.png", grey(7))
    assert run(folder, "update").returncode == 0
    text = (folder / PATH).read_text(encoding="utf-8")
    write(folder, PATH, writing.serialise(russian(po.parse(text, PATH))))
    done = run(folder, "build", "--format", "bilingual")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def editions(folder: Path, name: str, locale: str) -> tuple[Edition, Edition]:
    project = open_project(folder)
    read = articles.article(project, name)
    catalog = articles.catalog(project, project.catalog(name, locale))
    return translate(read, None, read.metadata.locale), translate(read, catalog, locale)


def parsed(original: Edition, edition: Edition) -> Element:
    html = bilingual.body(original, edition, {"a.png": Shown("data:image/png;base64,")})
    return fromstring(f"<body>{html.replace('&nbsp;', ' ')}</body>")


def texts(element: Element) -> str:
    """Words without numbers of notes and the ways back to them, nor soft hyphens."""
    parts = [element.text or ""]
    for child in element:
        skip = child.tag == "sup" or child.get("class") == "footnote-backref"
        parts += ["" if skip else texts(child), child.tail or ""]
    return " ".join("".join(parts).replace("\u00ad", "").split())


@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_each_pair_is_of_one_block(locale: str) -> None:
    """Both sides have the article's blocks, each once, in its order."""
    original, edition = editions(KASACHSTAN, NAME, locale)
    sides: dict[str, list[str]] = defaultdict(list)
    for side in parsed(original, edition).iter():
        if side.get("class") == "side":
            sides[side.get("lang", "")].append(texts(side))
    for one in (original, edition):
        rows = zip(one.article.blocks, one.pieces, strict=True)
        expected = [
            " ".join(" ".join(dialect.plain(piece.text) for piece in row).split())
            for block, row in rows
            if block.position is not None
        ]
        assert sides[one.locale] == expected
        assert len(expected) > 25


def test_structure_stands_there_once(shapes: Path) -> None:
    root = parsed(*editions(shapes, "x", "ru"))
    counted = {name: len(root.findall(f".//{name}")) for name in ("ol", "ul", "li", "table", "tr")}
    assert counted == {"ol": 2, "ul": 2, "li": 6, "table": 1, "tr": 2}
    assert [len(root.findall(f".//{name}")) for name in ("pre", "img", "h2", "dt")] == [1, 1, 1, 1]
    assert root.findall(".//img")[0].get("alt", "").startswith("Я13")  # for readers of the page
    assert texts(root).count("3000") == texts(root).count("Almaty") == 1
    identifiers = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for link in root.iter("a"):
        target = link.get("href", "")
        assert not target.startswith("#") or target[1:] in identifiers


def test_footnotes_have_the_same_numbers_on_both_sides(shapes: Path) -> None:
    """Though the translation refers to them in another order."""
    root = parsed(*editions(shapes, "x", "ru"))
    told: dict[str, set[str]] = defaultdict(set)
    for side in root.iter():
        if side.get("class") == "side":
            for link in side.findall(".//sup/a"):
                told[link.get("href", "")].add(side.get("lang", ""))
    assert told == {"#fn1": {"en", "ru"}, "#fn2": {"en", "ru"}}
    first = next(e for e in root.iter("li") if e.get("id") == "fn1")
    assert texts(first).startswith("Q16")


def positions(path: Path, tool: str) -> dict[str, tuple[int, float, float]]:
    """Page, left edge and top of every word that begins a text, and of each line's first."""
    told = subprocess.run(
        [tool, "-bbox-layout", str(path), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    found: dict[str, tuple[int, float, float]] = {}
    for number, page in enumerate(told.split("<page ")[1:]):
        for x, y, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>', page
        ):
            found.setdefault(word, (number, float(x), float(y)))
    return found


def test_both_sides_begin_level_on_paper(shapes: Path, judge: Judge) -> None:
    path = shapes / "build/ru/x-bilingual.pdf"
    found = positions(path, judge("pdftotext"))
    middle = 297.6
    for number in (0, *range(1, 11), 14, 15, 16, 17, 18):
        left, right = found[f"Q{number}"], found[f"Я{number}"]
        assert left[0] == right[0], number
        assert left[1] < middle < right[1], number
        assert right[2] == pytest.approx(left[2], abs=0.6), number
    for number in (11, 12):  # cells: below
        assert found[f"Я{number}"][2] > found[f"Q{number}"][2]
    columns = {
        round(found[f"Я{number}"][1] - found[f"Q{number}"][1]) for number in (1, 2, 6, 8, 14)
    }
    assert len(columns) == 1  # lists and quotations do not move the gutter


def test_a_long_block_goes_on_level_on_the_next_page(shapes: Path, judge: Judge) -> None:
    path = shapes / "build/ru/x-bilingual.pdf"
    told = subprocess.run(
        [judge("pdftotext"), "-bbox-layout", str(path), "-"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    sheets = told.split("<page ")[1:]
    assert len(sheets) >= 4
    words = r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(?:It|goes|слово|[a-z]+\.?)</word>'
    for sheet in sheets[1:3]:
        tops = [(float(x), float(y)) for x, y in re.findall(words, sheet) if float(y) > 60]
        left, right = (min(y for x, y in tops if (x > 297) is side) for side in (False, True))
        assert right == pytest.approx(left, abs=0.6)


def test_it_is_read_text_by_text(shapes: Path, judge: Judge) -> None:
    """The tags of the PDF: each translation behind its original, headings as headings."""
    told = pages.printed(judge("pdfinfo"), shapes / "build/ru/x-bilingual.pdf")
    order = [word for word in told.text.split() if re.fullmatch(r"[QЯ]\d+", word)]
    assert order.pop() == "Q0"  # the colophon names the original
    pairs = [pair.strip("QЯ") for pair in order[::2]]
    assert order == [f"{side}{number}" for number in pairs for side in "QЯ"]
    assert sorted(map(int, pairs)) == [n for n in range(19) if n != 13]
    assert (told.tags["H1"], told.tags["H2"], told.tags["TR"]) == (1, 1, 2)
    with pikepdf.open(shapes / "build/ru/x-bilingual.pdf") as file:
        assert str(file.Root.Lang) == "ru"
        assert str(file.docinfo["/Title"]).startswith("Q0 The title · Я0 слово")
        with file.open_outline() as outline:
            assert outline.root[0].title.startswith("Q0 The title · Я0 слово")
            assert outline.root[0].children[0].title.startswith("Q2 A heading · Я2 слово")


def test_an_original_has_none(shapes: Path, auflage: Call) -> None:
    assert not (shapes / "build/en").exists()
    _, out, _ = auflage(shapes, "build", "--format", "bilingual", "--explain")
    assert out == "nothing to do: 1 BILINGUAL up to date\n"


def test_without_a_catalog_the_original_stands_on_both_sides() -> None:
    read = blocks.segment(markdown.parse("# T\n\nEin *Satz*.", "source/x.md", locale="de"))
    root = parsed(translate(read, None, "de"), translate(read, None, "ru"))
    assert [texts(side) for side in root.iter() if side.get("class") == "side"] == ["Ein Satz."] * 2
    assert root.findall(".//span[@lang='de']")


def test_each_side_is_broken_as_its_language_is() -> None:
    original, edition = editions(KASACHSTAN, NAME, "kk")
    content = bilingual.body(original, edition, {})
    assert "Pro\u00adtest\u00adak\u00adtio\u00adnen" in content
    assert "жұ\u00adмыс\u00adшы\u00adлар" in content
