"""Papers: what is asked for is what is printed on."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import ARTICLES
from tests.trees import article, times, touched, write
from workflow.config import PAPERS

Build = Callable[..., tuple[int, str, str]]
Judge = Callable[[str], str]
SIZES = {"a4": (595.28, 841.89), "a5": (419.53, 595.28), "letter": (612, 792)}
PDF = "build/de/x.pdf"


@pytest.fixture
def project_with_text(project: Path) -> Path:
    article(project, "x", "Ein Satz. " * 300)
    return project


def build(auflage: Build, project: Path, *options: str) -> str:
    code, out, err = auflage(project, "build", "--locale", "de", *options)
    assert (code, err) == (0, "")
    return out


def size(path: Path) -> tuple[float, ...]:
    with pikepdf.open(path) as file:
        sizes = {tuple(float(side) for side in page.mediabox[2:]) for page in file.pages}
    (found,) = sizes
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_the_size_of_the_pages(project_with_text: Path, auflage: Build, paper: str) -> None:
    build(auflage, project_with_text, "--format", "pdf", "--paper", paper)
    assert size(project_with_text / PDF) == pytest.approx(SIZES[paper], abs=0.1)


def test_another_paper_makes_the_pdf_stale_and_nothing_else(
    project_with_text: Path, auflage: Build
) -> None:
    options = ("--format", "html,pdf,booklet", "--explain")
    build(auflage, project_with_text, *options)
    before = times(project_with_text)
    assert f"{PDF}: changed: paper" in build(auflage, project_with_text, *options, "--paper", "a5")
    assert touched(project_with_text, before) == {PDF}
    again = build(auflage, project_with_text, *options, "--paper", "a5")
    assert again.startswith("nothing to do")
    write(project_with_text, "auflage.toml", 'source_locale = "de-AT"\npaper = "a5"\n')
    said = build(auflage, project_with_text, *options)
    assert "paper" not in said


def test_no_such_paper(project_with_text: Path, auflage: Build) -> None:
    code, _, err = auflage(project_with_text, "build", "--paper", "a3")
    assert code == 2
    assert "a3" in err
    write(project_with_text, "auflage.toml", "paper = 'a3'\n")
    code, _, err = auflage(project_with_text, "build")
    assert code == 2
    assert "auflage.toml:1: paper: “a3” is no paper; there is a4, a5, letter" in err


@pytest.mark.parametrize("columns", [2, 14])
@pytest.mark.parametrize("body", ["Überweisungsauftragsbestätigungsnummernkreislauf", "zehn"])
def test_no_table_is_wider_than_its_page(
    project: Path, auflage: Build, judge: Callable[[str], str], columns: int, body: str
) -> None:
    rows = [f"| {' | '.join([word] * columns)} |" for word in (body, "---", body)]
    article(project, "x", "\n".join(rows))
    build(auflage, project, "--format", "pdf", "--paper", "a5")
    command = [judge("pdftotext"), "-bbox", str(project / PDF), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', told)]
    assert len(ends) > 2 * columns
    assert max(ends) < SIZES["a5"][0] - 40


@pytest.mark.parametrize("paper", PAPERS)
def test_some_seventy_letters_in_a_line(
    kasachstan: Path, auflage: Build, judge: Callable[[str], str], paper: str
) -> None:
    """A line of 60 to 80 letters is read with the least effort (Bringhurst, 2.1.2)."""
    build(auflage, kasachstan, "--format", "pdf", "--paper", paper)
    command = [judge("pdftotext"), "-layout", str(kasachstan / "build/de/kasachstan-2022.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lengths = sorted(len(line.strip()) for line in told.splitlines() if line.strip())
    assert 60 <= lengths[int(len(lengths) * 0.6)] <= 85


LONG = "Rechtsschutzversicherungsgesellschaften und Bundesverfassungsgerichtsentscheidung"
TABLE = """| Bezeichnung | Anzahl der Mitgliedsgewerkschaften | Ort |
|---|---|---|
| Metall | 12 | Linz |"""


def test_a_long_word_in_a_heading_is_broken_at_a_syllable_and_whole_in_the_outline(
    project: Path, auflage: Build
) -> None:
    article(project, "x", f"## {LONG}\n\nEin Satz.")
    build(auflage, project, "--format", "pdf,html", "--paper", "a5")
    with pikepdf.open(project / PDF) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root[0].children] == [LONG]
        shown = file.pages[0].Contents.read_bytes()
    # The first half of a broken word says the whole word.
    whole = LONG.split()[-1].encode("utf-16-be").hex().encode()
    assert b"feff" + whole in shown.lower()
    assert "\u00ad" not in (project / "build/de/x.html").read_text(encoding="utf-8")


def test_words_in_the_head_of_a_table_are_whole_where_there_is_room(
    project: Path, auflage: Build
) -> None:
    article(project, "x", TABLE)
    build(auflage, project, "--format", "pdf")
    with pikepdf.open(project / PDF) as file:
        assert b"ActualText" not in file.pages[0].Contents.read_bytes()
    wide = "Bundesverfassungsgerichtsentscheidungen"
    article(project, "x", TABLE.replace("Ort", wide).replace("Bezeichnung", wide))
    build(auflage, project, "--format", "pdf", "--paper", "a5")
    with pikepdf.open(project / PDF) as file:
        assert b"ActualText" in file.pages[0].Contents.read_bytes()


def test_no_short_word_of_a_title_is_cut(tmp_path: Path, auflage: Build, judge: Judge) -> None:
    """One in emphasis, in a title that stands in another language than its page."""
    shutil.copytree(ARTICLES / "brotpreise" / "project", tmp_path, dirs_exist_ok=True)
    auflage(tmp_path, "build", "--locale", "kk", "--format", "pdf")
    command = [judge("pdftotext"), "-l", "1", str(tmp_path / "build/kk/brotpreise.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Preise, Löhne und wer sie macht" in " ".join(told.split())
