"""What a screen reader finds in a PDF: the structure, and everything in it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests import tagged
from tests.conftest import ARTICLES
from tests.tagged import Tag
from tests.trees import article, write

Judge = Callable[[str], str]
Build = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with everything that articles have, as PDF in four languages; read-only."""
    folder = tmp_path_factory.mktemp("shapes")
    shutil.copytree(ARTICLES / "brotpreise" / "project", folder, dirs_exist_ok=True)
    for arguments in (("update",), ("build", "--format", "pdf")):
        command = [sys.executable, "-m", "workflow", *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def editions(built: Path, shapes: Path) -> list[Path]:
    found = [*built.glob("build/*/*.pdf"), *shapes.glob("build/*/*.pdf")]
    assert len(found) == 8
    return found


def printed(project: Path, auflage: Build, body: str, **files: bytes) -> Path:
    """The PDF of an article with this text, in its own language."""
    article(project, "x", body)
    for name, data in files.items():
        write(project, f"source/{name}.png", data)
    assert auflage(project, "build", "--format", "pdf", "--locale", "de")[0] == 0
    return project / "build/de/x.pdf"


def shape(project: Path, auflage: Build, body: str, **files: bytes) -> tuple[str, ...]:
    """The types of what stands in the body of an article."""
    art = tagged.read(printed(project, auflage, body, **files)).kids[0]
    assert art.kids[0].kind == "H1" or art.kids[1].kind == "H1"
    return tuple(kid.shape for kid in art.kids if kid.kind != "H1")[1:]


def test_everything_painted_hangs_in_one_place(editions: list[Path]) -> None:
    for path in editions:
        with pikepdf.open(path) as file:
            assert tagged.faults(file) == [], path


def test_marks_lead_back_to_their_elements(editions: list[Path]) -> None:
    for path in editions:
        with pikepdf.open(path) as file:
            numbers = file.Root.StructTreeRoot.ParentTree.Nums
            rows = dict(zip(list(numbers)[::2], list(numbers)[1::2], strict=True))
            for index, page in enumerate(file.pages):
                assert page.StructParents == index
                assert page.Tabs == "/S"
                for number, element in enumerate(rows[index]):
                    if isinstance(element, pikepdf.Dictionary):
                        assert (index, number) in tagged._tag(element, numbers_of(file)).marks
                for annotation in page.get("/Annots", []):
                    element = rows[int(annotation.StructParent)]
                    assert element.S == "/Link"
                    assert annotation.objgen in [
                        link.objgen for link in tagged._tag(element, numbers_of(file)).links
                    ]
                    assert str(annotation.Contents)


def numbers_of(file: pikepdf.Pdf) -> dict[object, int]:
    return {page.obj.objgen: index for index, page in enumerate(file.pages)}


def test_the_document_says_what_it_is(editions: list[Path]) -> None:
    for path in editions:
        with pikepdf.open(path) as file:
            assert str(file.Root.Lang)
            assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
            assert bool(file.Root.MarkInfo.Marked)
            assert str(file.docinfo["/Title"])
            with file.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
            assert [kid.kind for kid in tagged.tree(file).kids] == ["Art"]


def test_parts_in_another_language_say_so(built: Path, shapes: Path) -> None:
    russian = tagged.read(built / "build/ru/kasachstan-2022.pdf")
    foreign = [tag.lang for tag in russian.all() if tag.lang]
    assert foreign == ["de-AT"] * 4  # publisher, and the credit: title, publisher, date
    original = tagged.read(shapes / "build/de/brotpreise.pdf")
    assert [(tag.kind, tag.lang) for tag in original.all() if tag.lang] == [("Span", "en")]
    # A heading that is not translated is a German span in an English heading.
    english = tagged.read(shapes / "build/en/brotpreise.pdf")
    (first, *_) = english.all("H2")
    assert [(kid.kind, kid.lang) for kid in first.kids] == [("Span", "de-AT")]
    spoken = [tag.lang for kind in ("Figure", "Caption") for tag in english.all(kind)]
    assert spoken == ["de-AT", "de-AT"]


def test_notes_and_references_lead_to_each_other(shapes: Path) -> None:
    with pikepdf.open(shapes / "build/de/brotpreise.pdf") as file:
        root = tagged.tree(file)
        names = file.Root.Names.Dests.Names
        targets = {str(name) for name in list(names)[::2]}
        notes = root.all("Note")
        assert [note.name for note in notes] == ["fn1", "fn2", "fn3", "fn4"]
        identifiers = list(file.Root.StructTreeRoot.IDTree.Names)
        assert [str(name) for name in identifiers[::2]] == ["fn1", "fn2", "fn3", "fn4"]
        back = [str(note.kids[0].kids[0].links[0].Dest) for note in notes]
        calls = [str(tag.kids[0].links[0].Dest) for tag in root.all("Reference")]
        assert calls == ["fn1", "fn2", "fn1", "fn3", "fn4"]
        assert back == ["fnref1", "fnref2", "fnref3", "fnref4"]
        assert targets >= {*calls, *back}
        assert [note.kids[0].kind for note in notes] == ["Lbl"] * 4
        assert notes[1].shape == ("Note", ("Lbl", "Link"), "P", ("P", "Link"))


def test_a_note_stands_behind_the_block_that_refers_to_it(project: Path, auflage: Build) -> None:
    text = "Eins.[^1] Zwei.[^2]\n\n- Drei[^3]\n\nVier.\n\n[^1]: A\n[^2]: B\n[^3]: C\n"
    note = ("Note", ("Lbl", "Link"), "P")
    call = ("Reference", "Link")
    assert shape(project, auflage, text) == (
        ("P", call, call), note, note, ("L", ("LI", "Lbl", ("LBody", call, note))), "P",
    )  # fmt: skip


def test_headers_of_columns_and_regular_rows(shapes: Path) -> None:
    (table,) = tagged.read(shapes / "build/kk/brotpreise.pdf").all("Table")
    assert [kid.kind for kid in table.kids] == ["THead", "TBody"]
    heads = table.kids[0].kids[0].kids
    assert [head.attributes for head in heads] == [{"O": "Table", "Scope": "Column"}] * 5
    assert [len(row.kids) for row in table.all("TR")] == [5] * 6
    assert {cell.kind for row in table.kids[1].kids for cell in row.kids} == {"TD"}


def test_spans_of_cells_and_headers_of_rows(project: Path, auflage: Build) -> None:
    text = (
        '<table><caption>Was</caption><tr><th scope="row">A</th><td colspan="2">1</td></tr>'
        '<tr><td rowspan="2">B</td><td></td><td>2</td></tr></table>'
    )
    article(project, "x", text)
    (table,) = tagged.read(printed(project, auflage, text)).all("Table")
    assert table.kids[0].shape == "Caption"
    assert [cell.attributes for row in table.all("TR") for cell in row.kids] == [
        {"O": "Table", "Scope": "Row"}, {"O": "Table", "ColSpan": 2},
        {"O": "Table", "RowSpan": 2}, {}, {},
    ]  # fmt: skip


def test_figures_say_what_they_show(shapes: Path) -> None:
    with pikepdf.open(shapes / "build/de/brotpreise.pdf") as file:
        (figure,) = tagged.tree(file).all("Figure")
        page = file.pages[figure.marks[0][0]]
        left, bottom, right, top = figure.attributes["BBox"]
        assert 0 < left < right < float(page.mediabox[2])
        assert 0 < bottom < top < float(page.mediabox[3])
    assert (
        figure.alt.replace("\u00a0", " ")
        == "Eine Säule je Jahr: 2020 sind es 140, 2022 schon 203 Cent"
    )


def test_an_image_without_words_is_an_ornament(project: Path, auflage: Build) -> None:
    source = (ARTICLES / "brotpreise/project/source/preise.png").read_bytes()
    assert shape(project, auflage, "Text ![](a.png)\n\nText ![A](a.png)", a=source) == (
        "P", ("P", "Figure"),
    )  # fmt: skip


def test_lists_in_lists(project: Path, auflage: Build) -> None:
    text = "1. Eins\n   - tief\n     - tiefer\n2. Zwei\n\nWort\n: Sinn\n: anderer Sinn"
    deepest = ("L", ("LI", "Lbl", "LBody"))
    deep = ("L", ("LI", "Lbl", ("LBody", deepest)))
    assert shape(project, auflage, text) == (
        ("L", ("LI", "Lbl", ("LBody", deep)), ("LI", "Lbl", "LBody")),
        ("L", ("LI", "Lbl", "LBody", "LBody")),
    )
    lists = tagged.read(project / "build/de/x.pdf").all("L")
    assert [tag.attributes["ListNumbering"] for tag in lists] == ["Decimal", "Disc", "Disc", "None"]


def test_an_empty_item_has_its_mark_alone(project: Path, auflage: Build) -> None:
    assert shape(project, auflage, "- Eins\n-\n- Drei") == (
        ("L", ("LI", "Lbl", "LBody"), ("LI", "Lbl"), ("LI", "Lbl", "LBody")),
    )  # fmt: skip


def test_headings_go_down_step_by_step(project: Path, auflage: Build) -> None:
    text = "#### Vier\n\nText\n\n## Zwei\n\nText\n\n##### Fünf\n\nText\n\n### Drei\n\nText"
    root = tagged.read(printed(project, auflage, text))
    assert [tag.kind for tag in root.all() if tag.kind[0] == "H"] == ["H1", "H2", "H2", "H3", "H3"]


def pages_of(tag: Tag) -> set[int]:
    return {page for part in (tag, *tag.all()) for page, _ in part.marks}


def test_a_page_break_cuts_no_paragraph_and_no_list(project: Path, auflage: Build) -> None:
    long = "Ein langer Satz, der wiederkehrt. " * 400
    text = f"{long}\n\n" + "\n".join(f"- Punkt {number}\n" for number in range(120))
    root = tagged.read(printed(project, auflage, text))
    (paragraph,) = [tag for tag in root.all("P") if len(pages_of(tag)) > 1]
    (items,) = root.all("L")
    assert len(pages_of(items)) > 1
    assert len(items.kids) == 120
    assert pages_of(paragraph) >= {0, 1}


def test_the_head_of_a_table_is_read_once(project: Path, auflage: Build, judge: Judge) -> None:
    rows = "\n".join(f"| {number} | Wert |" for number in range(150))
    path = printed(project, auflage, f"| Nummer | Was |\n|---|---|\n{rows}")
    command = [judge("pdftotext"), str(path), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.count("Nummer") > 2
    (table,) = tagged.read(path).all("Table")
    assert [len(pages_of(head)) for head in table.all("THead")] == [1]
    assert len(table.all("TR")) == 151


def test_a_link_that_leads_nowhere_is_none(project: Path, auflage: Build) -> None:
    text = "Ein [Wort](#nirgends), ein [anderes](https://example.org)."
    assert shape(project, auflage, text) == (("P", "Span", "Link"), ("P", "Link"))


@pytest.mark.judge
def test_pdfua_finds_nothing(editions: list[Path]) -> None:
    for path in editions:
        command = [sys.executable, "-m", "pdfua", "check", "--format", "json", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = json.loads(done.stdout)
        assert (told["findings"], done.returncode) == ([], 0)
        assert told["summary"]["rules_run"] > 10


@pytest.mark.judge
def test_qpdf_finds_nothing(editions: list[Path], judge: Judge) -> None:
    for path in editions:
        done = subprocess.run(
            [judge("qpdf"), "--check", str(path)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
