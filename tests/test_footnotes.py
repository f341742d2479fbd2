"""Notes at the foot of the page."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest
import tinyhtml5

from tests import pages
from tests.conftest import ARTICLES, run
from tests.trees import article
from workflow.editions import footnotes
from workflow.reading import dialect

Judge = Callable[[str], str]


def placed(text: str) -> Element:
    """The body of a page of this Markdown, its notes moved to where they are called."""
    html = dialect.make().render(text)
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    footnotes.place(root)
    body = root.find("body")
    assert body is not None
    return body


def outline(element: Element) -> str:
    """The text, notes in braces, calls in brackets."""
    role = element.get("role")
    inner = (element.text or "") + "".join(outline(c) + (c.tail or "") for c in element)
    if role == "doc-footnote":
        return "{" + " ".join(inner.split()) + "}"
    return f"[{inner}]" if role == "doc-noteref" else inner


CASES = [
    ("Eins[^a] zwei[^b].\n\n[^a]: A\n[^b]: B", "Eins[1]{1A} zwei[2]{2B}."),
    ("Eins[^a] zwei[^a].\n\n[^a]: A", "Eins[1]{1A} zwei[1]."),
    ("Eins[^a][^b].\n\n[^a]: A\n[^b]: B", "Eins[1]{1A}[2]{2B}."),
    ("# Kopf[^a] und[^b] mehr\n\nText\n\n[^a]: A\n[^b]: B", "Kopf[1]{1A} und[2]{2B} mehr Text"),
    ("| A[^a] | B[^b] |\n|---|---|\n\n[^a]: X\n[^b]: Y", "A[1]{1X} B[2]{2Y}"),
    ("- Eins[^a]\n- Zwei\n\n[^a]: A", "Eins[1]{1A} Zwei"),
    ("Eins[^a]\n\n[^a]: A[^b]\n[^b]: B", "Eins[1]{1A[2]}{2B}"),
    ("Eins[^a] zwei.\n\n[^a]: A\n\n    - B\n    - C", "Eins[1]{1ABC} zwei."),
    ("Eins[^a].\n\n[^a]: `A` und *B*", "Eins[1]{1A und B}."),
    ("Keine Note.\n\n[^a]: A", "Keine Note."),
    ("Eins.\n\n***\n\nZwei.", "Eins. Zwei."),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_where_notes_go(text: str, expected: str) -> None:
    body = placed(text)
    assert " ".join(outline(body).split()) == expected
    html = tostring(body, encoding="unicode")
    assert "↩" not in html
    assert "footnotes-sep" not in html
    assert "<section" not in html
    assert html.count("<hr") == text.count("***")


def test_calls_and_numbers_lead_to_each_other() -> None:
    body = placed("Eins[^a] zwei[^a].\n\n[^a]: A")
    links = [(link.get("id"), link.get("href"), link.text) for link in body.iter("a")]
    assert links == [("fnref1", "#fn1", "1"), (None, "#fnref1", "1"), ("fnref1:1", "#fn1", "1")]
    assert [note.get("id") for note in body.iter("aside")] == ["fn1"]


def test_a_note_called_twice_has_one_number() -> None:
    calls = dialect.make().render("Eins[^a] zwei[^a].\n\n[^a]: A")
    assert calls.count(">[1]<") == 2


@pytest.mark.parametrize(
    "note", ["    " + "Lang. " * 300, "    - a\n" * 30, "    ![](a.png)", "\n        a\n" * 30]
)
def test_where_one_note_is_too_long_for_a_foot_all_stay_at_the_end(note: str) -> None:
    body = placed(f"Eins[^a] zwei[^b].\n\n[^a]: A\n[^b]:\n{note}")
    assert outline(body).startswith("Eins[1] zwei[2].")
    assert [item.get("id") for item in body.iter("li") if item.get("id")] == ["fn1", "fn2"]
    assert not list(body.iter("aside"))


def test_no_word_of_a_note_is_lost(project: Path, judge: Judge) -> None:
    """As long as a note at the foot may be, seven of them called in one line, and one longer."""
    for name, words, number in (("x", 370, 7), ("y", 3000, 1)):
        calls = "".join(f"[^{index}]" for index in range(number))
        notes = "\n".join(f"[^{index}]: {'eins ' * words}" for index in range(number))
        article(
            project, name, f"{'Davor. ' * 300}\n\nHier{calls}.\n\n{'Danach. ' * 900}\n\n{notes}"
        )
        done = run(project, "build", "--format", "pdf", "--paper", "a5", "--locale", "de")
        assert (done.returncode, done.stderr) == (0, "")
        command = [judge("pdftotext"), str(project / f"build/de/{name}.pdf"), "-"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert told.split().count("eins") == words * number


def test_a_note_stands_on_the_page_of_its_call(tmp_path: Path, judge: Judge) -> None:
    """The line of the last call fits on its page, its note does not."""
    shutil.copytree(ARTICLES / "brotpreise" / "project", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "source/brotpreise.md"
    last = "3. Den Gewinn begrenzen.\n"
    text = path.read_text(encoding="utf-8")
    longer = text.replace(last, f"{last}4. Noch etwas.\n5. Und noch etwas.\n")
    path.write_text(longer, encoding="utf-8")
    done = run(tmp_path, "build", "--format", "pdf", "--paper", "letter", "--locale", "de")
    assert done.returncode == 0
    command = [judge("pdftotext"), str(tmp_path / "build/de/brotpreise.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    with_call, with_note = (
        [number for number, page in enumerate(told.split("\f")) if words in page]
        for words in ("elf Cent je Kilo", "69 minus 64")
    )
    assert with_call == with_note != []


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    shutil.copytree(ARTICLES / "brotpreise" / "project", folder, dirs_exist_ok=True)
    assert run(folder, "build", "--locale", "de").returncode == 0
    return folder / "build/de/brotpreise.html"


def counted(text: str) -> Counter[str]:
    """How often each word is there; addresses are left out, which lines cut anywhere."""
    return Counter(word for word in pages.words(text) if "/" not in word)


def test_paper_says_all_that_the_page_says(shapes: Path, judge: Judge) -> None:
    """The same words in another order: notes stand where they are called."""
    tagged = pages.printed(judge("pdfinfo"), shapes.with_suffix(".pdf"))
    main = pages.one(pages.parse(shapes), "main")
    for parent in [element for element in main.iter() if len(element)]:
        for mark in [child for child in parent if child.get("class") == "footnote-ref"]:
            tail = mark.tail
            mark.clear()
            mark.tail = tail
    assert counted(tagged.text) == counted(pages.text(main))
    assert counted(tagged.text).total() > 250
    assert tagged.tags["Note"] == 4
