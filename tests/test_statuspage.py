"""build/status.html: true, quiet about people, and written only when something changed."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from tests.trees import article, times, touched, write
from workflow.catalogs.marks import digest

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
CATALOG = f"""\
msgid ""
msgstr ""
"POT-Creation-Date: 2026-11-21 09:00+0100\\n"
"PO-Revision-Date: 2026-11-23 09:00+0100\\n"
"Last-Translator: Clara Zetkin <clara@example.org>\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"

msgctxt "title"
msgid "Titel"
msgstr "Заголовок"

# mt: llm 2026-11-22 s={digest("Eins.")} t={digest("Один.")}
#, fuzzy
msgid "Eins."
msgstr "Один."

# reviewed: Rosa 2026-11-22 s={digest("Zwei zwei.")} t={digest("Два.")}
msgid "Zwei zwei."
msgstr "Два."

# reviewed: Rosa 2026-11-22 s=000000 t=000000
msgid "Drei."
msgstr "Три."

#, fuzzy
#| msgid "Vier vier vier."
msgid "Vier vier vier vier."
msgstr "Четыре."
"""


class Reader(HTMLParser):
    """What stands in the table cells, and how wide the parts of the bars are."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.bars: list[tuple[str, str]] = []
        self.text = ""
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._cell = tag in ("th", "td") or (self._cell and tag == "span")
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "span" and "style" in values:
            self.bars.append((values["class"] or "", values["style"] or ""))

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag == "span"

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data
        self.text += data


def page(project: Path) -> str:
    return (project / "build/status.html").read_text("utf-8")


def look(project: Path) -> Reader:
    reader = Reader()
    reader.feed(re.sub(r"<style>.*?</style>", "", page(project), flags=re.S))
    return reader


def build(project: Path, auflage: Call, *arguments: str) -> str:
    code, out, _ = auflage(project, "build", "--format", "html", *arguments)
    assert code == 0
    return out


def x(project: Path) -> Path:
    write(project, "auflage.toml", 'source_locale = "en"\nlocales = ["ru"]\n')
    text = "---\ntitle: Titel\nlocale: de\n---\n\nEins. Zwei zwei. Drei. Vier vier vier vier.\n"
    write(project, "source/x.md", text)
    write(project, PATH, CATALOG)
    return project


def test_every_state_in_numbers_and_in_a_bar(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    found = look(project)
    assert found.rows == [
        ["State", "Share", "Segments", "Words"],
        ["Reviewed by a second person", "22%", "1", "2"],
        ["Translated", "22%", "2", "2"],
        ["Machine translation", "11%", "1", "1"],
        ["The original has changed since", "44%", "1", "4"],
    ]
    assert found.bars == [
        ("reviewed", "flex-grow:2"),
        ("translated", "flex-grow:2"),
        ("machine", "flex-grow:1"),
        ("stale", "flex-grow:4"),
    ]
    assert "44% accepted" in found.text
    assert "Word for word as a machine wrote it: 11%" in found.text
    assert "Changed since they were reviewed: 1" in found.text
    assert "Machine translation since 22\u00a0November\u00a02026" in found.text
    assert "Translation last changed on 23\u00a0November\u00a02026" in found.text
    assert "The original last changed on 21\u00a0November\u00a02026" in found.text
    assert 'href="ru/x.html"' in page(project)
    assert 'href="de/x.html"' in page(project)


def test_no_one_is_named(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    assert not re.search("Clara|Zetkin|clara@|Rosa", page(project))
    assert "<script" not in page(project)


def test_nothing_to_do_writes_nothing(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    before = times(project)
    assert "status.html" not in build(project, auflage)
    assert touched(project, before) == set()


def test_any_build_that_learns_something_tells_it(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    write(project, PATH, CATALOG.replace('msgstr "Три."', 'msgstr ""'))
    # Not the web page, but the Markdown edition is built.
    out = auflage(project, "build", "--format", "md", "--locale", "ru")[1]
    assert "build/status.html" in out.splitlines()
    assert ["Not translated yet", "11%", "1", "1"] in look(project).rows


def test_it_comes_back_and_is_the_same_everywhere(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    first = page(project)
    write(project, "build/status.html", "changed by hand")
    build(project, auflage)
    assert page(project) == first
    other = project / "elsewhere"
    other.mkdir()
    build(x(other), auflage, "--jobs", "1")
    assert page(other) == first


def test_what_is_gone_is_no_longer_told(project: Path, auflage: Call) -> None:
    x(project)
    article(project, "y", "Ein Satz.", "Zweiter Artikel")
    build(project, auflage)
    assert "Zweiter Artikel" in page(project)
    (project / "source/y.md").unlink()
    build(project, auflage)
    assert "Zweiter Artikel" not in page(project)
    write(project, "auflage.toml", 'source_locale = "de"\n')
    build(project, auflage)
    assert "Es gibt noch keine Übersetzung." in page(project)


def test_dates_that_are_none_are_shown_as_they_are(project: Path, auflage: Call) -> None:
    x(project)
    write(project, PATH, CATALOG.replace("2026-11-23 09", "2026-13-45 09"))
    build(project, auflage)
    assert "Translation last changed on 2026-13-45" in page(project)


def test_names_that_addresses_cannot_hold(project: Path, auflage: Call) -> None:
    article(project, "50%#қ", "Ein Satz.")
    build(project, auflage)
    assert 'href="ru/50%25%23%D2%9B.html"' in page(project)


def test_every_format_is_linked_and_titles_have_their_language(
    project: Path, auflage: Call
) -> None:
    x(project)
    assert auflage(project, "build", "--format", "html,md")[0] == 0
    assert '<h2 lang="de"><a href="de/x.html">Titel</a></h2>' in page(project)
    assert re.findall(
        r'<a class="format" href="([^"]*)" hreflang="ru">(\w+)</a>', page(project)
    ) == [("ru/x.md", "MD")]
    write(project, "auflage.toml", 'source_locale = "de"\nlocales = ["ru"]\n')
    build(project, auflage)
    assert '<h2><a href="de/x.html">Titel</a></h2>' in page(project)


def test_when_all_is_done_the_age_of_the_original_is_no_matter(
    project: Path, auflage: Call
) -> None:
    x(project)
    write(project, "source/x.md", "---\ntitle: Titel\nlocale: de\n---\n\nDrei.\n")
    build(project, auflage)
    assert "100% accepted" in look(project).text
    assert "The original last changed" not in page(project)


def test_a_catalog_that_cannot_be_read_leaves_what_was_known(project: Path, auflage: Call) -> None:
    build(x(project), auflage)
    before = page(project)
    write(project, PATH, "msgid broken")
    assert auflage(project, "build", "--format", "html")[0] == 1
    assert page(project) == before
