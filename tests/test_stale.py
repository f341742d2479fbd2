"""Drafts show texts of older versions with a mark, or the source's in their place."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import CONFIG
from tests.trees import article, shown, write

Call = Callable[..., tuple[int, str, str]]
Judge = Callable[[str], str]
PATH = "locale/ru/LC_MESSAGES/x.po"
BODY = """\
Der erste Satz. Der zweite Satz. Der dritte Satz.

## Eine Überschrift

- Ein Punkt

![Ein Bild](bild.png)
"""
TEXTS = {
    "Titel": "Заголовок",
    "Der erste Satz.": "Первая фраза.",
    "Der zweite Satz.": "Вторая фраза & ещё.",
    "Eine Überschrift": "Подзаголовок",
    "Ein Punkt": "Пункт",
    "Ein Bild": "Картинка",
}
STALE = ("Titel", "Der zweite Satz.", "Eine Überschrift", "Ein Punkt", "Ein Bild")
MARK = '<span class="stale"><span class="unseen">Переведено с более ранней версии: </span>'


def fill(project: Path, stale: tuple[str, ...] = STALE) -> None:
    text = (project / PATH).read_text(encoding="utf-8")
    for msgid, msgstr in TEXTS.items():
        flag = '#, fuzzy\n#| msgid "Einmal anders"\n' if msgid in stale else ""
        pattern = rf'((?:msgctxt ".*"\n)?msgid "{re.escape(msgid)}"\n)msgstr ""'
        text, count = re.subn(pattern, rf'{flag}\1msgstr "{msgstr}"', text)
        assert count == 1, msgid
    write(project, PATH, text)


@pytest.fixture
def made(project: Path, auflage: Call) -> Path:
    article(project, "x", BODY)
    assert auflage(project, "update")[0] == 0
    fill(project)
    return project


def build(project: Path, auflage: Call, *formats: str) -> str:
    code, _, err = auflage(project, "build", "--locale", "ru", "--format", ",".join(formats))
    assert code == 0, err
    return shown(project / "build/ru/x.html")


def test_each_is_marked_for_eyes_and_ears(made: Path, auflage: Call) -> None:
    page = build(made, auflage, "html")
    body = page[page.index("<article>") :]
    for text in ("Заголовок", "Вторая фраза &amp; ещё.", "Подзаголовок", "Пункт"):
        assert f"{MARK}{text}</span>" in body
    assert body.count(MARK) == 4
    assert "Первая фраза. <span" in body
    assert '<span lang="de-AT">Der dritte Satz.</span>' in body
    assert "Знаком ≠ отмечены места, переведенные с более ранней версии оригинала: 4." in body
    # Where no mark can stand, there is none: a title bar, a tooltip.
    assert "<title>Заголовок · Linkswende</title>" in page


def test_without_stale_texts_nothing_is_said(made: Path, auflage: Call) -> None:
    assert auflage(made, "update")[0] == 0
    (made / PATH).unlink()
    assert auflage(made, "update")[0] == 0
    fill(made, ())
    page = build(made, auflage, "html")
    assert "≠" not in page[page.index("<article>") :]
    assert 'class="stale"' not in page


def test_marks_stand_in_the_margin_of_the_paper(made: Path, auflage: Call, judge: Judge) -> None:
    build(made, auflage, "html", "pdf")
    path = made / "build/ru/x.pdf"
    command = [judge("pdftotext"), "-bbox-layout", str(path), "-"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" [^>]*yMax="([\d.]+)">(.*?)<', told)
    text_edge = min(float(x) for x, _, _, word in words if word == "Linkswende")
    marks = [
        (float(y), float(bottom)) for x, y, bottom, w in words if w == "≠" and float(x) < text_edge
    ]
    assert len(marks) == 4
    for start in ("Заголовок", "Вторая", "Подзаголовок", "Пункт"):
        (line,) = [(float(y), float(end)) for _, y, end, word in words if word == start]
        assert any(y < line[1] and end > line[0] for y, end in marks), start
    with pikepdf.open(path) as file:
        assert str(file.docinfo["/Title"]) == "Заголовок"
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Заголовок"]
            assert [item.title for item in outline.root[0].children] == ["Подзаголовок"]


def test_the_source_in_their_place(made: Path, auflage: Call) -> None:
    build(made, auflage, "html")
    write(made, "auflage.toml", CONFIG + 'stale = "source"\n')
    page = build(made, auflage, "html")  # the configuration makes it stale
    for msgid in ("Titel", "Der zweite Satz.", "Eine Überschrift", "Ein Punkt"):
        assert f'<span lang="de-AT">{msgid}</span>' in page
    assert "Первая фраза." in page
    assert "Вторая" not in page
    assert "более ранней версии" not in page
    assert "Еще не переведено и дано на языке оригинала" in page


def test_the_markdown_edition_has_no_marks(made: Path, auflage: Call) -> None:
    build(made, auflage, "html", "md")
    text = (made / "build/ru/x.md").read_text(encoding="utf-8")
    assert "Первая фраза. Вторая фраза & ещё. Der dritte Satz." in text
    assert "span" not in text


def test_another_value_is_refused(made: Path, auflage: Call) -> None:
    write(made, "auflage.toml", CONFIG + 'stale = "hide"\n')
    code, _, err = auflage(made, "build")
    assert code == 2
    assert "stale: must be “mark” or “source”" in err
