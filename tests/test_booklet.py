"""A booklet: which page stands where, and what is kept of the edition."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests import pages, tagged
from tests.trees import article
from workflow.printing.booklet import fitted, order

Judge = Callable[[str], str]
Build = Callable[..., tuple[int, str, str]]
A4 = (841.89, 595.28)


def leafed(count: int) -> list[int | None]:
    """The pages as they come when the folded sheets are leafed through."""
    sides = list(order(count))
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    first = [page for front, back in sheets for page in (front[1], back[0])]
    last = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return first + last


def test_order_of_eight() -> None:
    assert list(order(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert list(order(5)) == [(None, 1), (2, None), (None, 3), (4, 5)]
    assert list(order(1)) == [(None, 1), (None, None)]


@pytest.mark.parametrize("count", range(1, 41))
def test_who_leafs_through_it_reads_in_order(count: int) -> None:
    read = leafed(count)
    assert len(read) % 4 == 0
    assert len(read) - count < 4
    assert read == [*range(1, count + 1), *[None] * (len(read) - count)]


@pytest.fixture
def booklet(project: Path, auflage: Build) -> Path:
    """The booklet of an article of six or seven pages, beside its PDF on A5."""
    article(project, "x", "\n\n".join(f"## Kopf {n}\n\n{f'Satz {n}. ' * 120}" for n in range(12)))
    for arguments in (("pdf", "--paper", "a5"), ("booklet",)):
        code, _, err = auflage(project, "build", "--locale", "de", "--format", *arguments)
        assert (code, err) == (0, "")
    return project / "build/de/x-booklet.pdf"


class Document:
    def __init__(self, count: int) -> None:
        self.pages = list(range(count))


@pytest.mark.parametrize(
    ("counts", "chosen", "tried"),
    [
        ([7], 7, 1),
        ([8], 8, 1),
        ([5, 4], 4, 2),  # somewhat smaller, and nothing is blank
        ([5, 5, 6, 6, 7], 7, 5),
        ([5, 5, 6, 6, 6], 6, 5),  # two blanks are fewer than three
        ([1, 1, 1, 1, 1], 1, 5),
        ([33], 33, 1),  # three blanks among 36 do not matter
    ],
)
def test_letters_are_as_large_as_fills_the_sheets(
    counts: list[int], chosen: int, tried: int
) -> None:
    asked: list[str] = []

    def lay_out(more: str) -> Document:
        asked.append(more)
        return Document(counts[len(asked) - 1])

    assert len(fitted(lay_out).pages) == chosen
    assert len(set(asked)) == tried


def half(judge: Judge, path: Path, side: int, left: bool) -> str:
    """The text of one half of a side, as poppler finds it."""
    command = [judge("pdftotext"), "-f", str(side), "-l", str(side), "-x", "0" if left else "421",
               "-y", "0", "-W", "421", "-H", "596", str(path), "-"]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(told.split())


def test_every_page_stands_in_its_place(booklet: Path, judge: Judge) -> None:
    with pikepdf.open(booklet) as file:
        sides = len(file.pages)
        for page in file.pages:
            assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.1)
    count = max(
        number
        for number in range(1, 2 * sides + 1)
        if any(f"Seite {number} von" in half(judge, booklet, 1 + s // 2, s % 2 == 0)
               for s in range(2 * sides))
    )  # fmt: skip
    assert count > 4
    assert len(list(order(count))) == sides
    for side, pair in enumerate(order(count), start=1):
        for left, number in zip((True, False), pair, strict=True):
            told = half(judge, booklet, side, left)
            assert (f"Seite {number} von {count}" in told) if number else told == ""


def test_it_is_read_in_the_order_of_the_pages(booklet: Path, judge: Judge) -> None:
    plain = booklet.with_name("x.pdf")
    ours, theirs = (pages.printed(judge("pdfinfo"), path) for path in (booklet, plain))
    assert pages.words(ours.text) == pages.words(theirs.text)
    assert tagged.read(booklet).shape == tagged.read(plain).shape


def test_title_and_language_stay_and_nothing_can_be_clicked(booklet: Path) -> None:
    with pikepdf.open(booklet) as file:
        assert str(file.docinfo["/Title"]) == "Titel"
        assert str(file.Root.Lang) == "de-AT"
        assert file.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert not {"/Outlines", "/Names"} & set(file.Root.keys())
        assert not any("/Annots" in page for page in file.pages)
        marks, stray = tagged.painted(file)
        root = tagged.tree(file)
        assert stray == []
        assert {mark for tag in (root, *root.all()) for mark in tag.marks} == marks


def test_a_figure_on_the_right_page_has_its_frame_there(project: Path, auflage: Build) -> None:
    source = Path(__file__).parent / "articles/brotpreise/project/source/preise.png"
    (project / "source/a.png").write_bytes(source.read_bytes())
    article(project, "x", "![A](a.png)")
    assert auflage(project, "build", "--locale", "de", "--format", "booklet")[0] == 0
    (figure,) = tagged.read(project / "build/de/x-booklet.pdf").all("Figure")
    left, _, right, _ = figure.attributes["BBox"]
    assert A4[0] / 2 < left < right < A4[0]
