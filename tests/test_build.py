"""`auflage build`: what is built, what is left alone, and what is said about it."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import run
from tests.trees import (
    LAST,
    NAME,
    article,
    contents,
    empty_msgstr,
    indexes,
    outputs,
    shown,
    times,
    touched,
    write,
)

ALL = ("de", "ru", "kk", "en")
INDEX = "build/index.html"
SOURCE = f"source/{NAME}.md"
KAZAKH = f"locale/kk/LC_MESSAGES/{NAME}.po"
Call = Callable[..., tuple[int, str, str]]
Build = Callable[..., str]


@pytest.fixture(scope="session")
def ready(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real article, built; read-only."""
    folder = tmp_path_factory.mktemp("ready")
    write(folder, "auflage.toml", 'source_locale = "de-AT"\nlocales = ["ru", "kk", "en"]\n')
    write(folder, SOURCE, (built / SOURCE).read_bytes())
    for path in (built / "locale").rglob(f"{NAME}.*"):
        write(folder, str(path.relative_to(built)), path.read_bytes())
    done = run(folder, "build")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def made(ready: Path, tmp_path: Path) -> Path:
    """The real article, built a moment ago."""
    return Path(shutil.copytree(ready, tmp_path / "made"))


@pytest.fixture
def build(auflage: Call) -> Build:
    """Build, and see to it that nothing but build/ is written; output and warnings."""

    def call(project: Path, *arguments: str, code: int = 0) -> str:
        before = times(project)
        found, out, err = auflage(project, "build", *arguments)
        assert found == code, err
        assert all(path.startswith("build/") for path in touched(project, before))
        return out + err

    return call


def test_the_first_build_makes_everything(ready: Path) -> None:
    assert set(contents(ready / "build")) == {
        path.removeprefix("build/") for path in outputs(*ALL) | indexes(*ALL)
    } | {".auflage/log.sqlite"}
    for path in outputs(*ALL):
        assert (ready / path).read_bytes().startswith((b"<!doctype html>", b"%PDF-", b"PK"))
        folder, name = path.removeprefix("build/").split("/")
        assert f'href="{name}"' in shown(ready / "build" / folder / "index.html")
        assert f'href="{folder}/index.html"' in shown(ready / INDEX)


def test_a_second_build_does_nothing(made: Path, build: Build) -> None:
    before = times(made)
    assert build(made) == "nothing to do: 4 HTML, 4 PDF, 4 EPUB up to date\n"
    assert build(made, "--jobs", "2", "--explain").startswith("nothing to do")
    assert times(made) == before


def test_a_touched_source_is_no_change(made: Path, build: Build) -> None:
    (made / SOURCE).touch()
    assert build(made).startswith("nothing to do")


def test_a_segment_without_translation_is_shown_in_german(made: Path, build: Build) -> None:
    empty_msgstr(made / KAZAKH, LAST)
    before = times(made)
    page = made / f"build/kk/{NAME}.html"
    assert LAST not in shown(page)
    german = shown(page).count('<span lang="de-AT">')
    build(made)
    assert touched(made, before) - indexes(*ALL) == outputs("kk")
    assert re.search(rf'<span lang="de-AT">{LAST}</span>', shown(page))
    assert shown(page).count('<span lang="de-AT">') == german + 1


def test_a_changed_source_rebuilds_all(made: Path, build: Build) -> None:
    before = times(made)
    with (made / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\nEin Nachtrag.\n")
    said = build(made)
    assert touched(made, before) - {SOURCE} - indexes(*ALL) == outputs(*ALL)
    for locale in ("ru", "kk", "en"):
        assert f"locale/{locale}/LC_MESSAGES/{NAME}.po: behind {SOURCE}, 1 of 84" in said
    assert said.count("run: auflage update") == 3
    for locale in ALL[1:]:
        assert '<span lang="de-AT">Ein Nachtrag.</span>' in shown(
            made / f"build/{locale}/{NAME}.html"
        )
    again = build(made)
    assert "nothing to do" in again
    assert again.count("run: auflage update") == 3


HEADER = 'msgid ""\nmsgstr ""\n"Language: kk\\n"\n'
CHANGES = [
    (SOURCE, "# Else\n", ALL, f"changed: {SOURCE}"),
    (KAZAKH, HEADER, ("kk",), f"changed: {KAZAKH}"),
    ("auflage.toml", 'source_locale = "de-AT"\nlocales = ["ru", "kk", "en"]\npublisher = "P"', ALL,
     "changed: configuration"),
    (f"build/en/{NAME}.html", None, ("en",), "it is not there"),
    (f"build/en/{NAME}.html", "spoiled", ("en",), "it was changed by someone else"),
    ("build/.auflage/log.sqlite", None, ALL, "nothing is known of it"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "stale", "reason"), CHANGES)
def test_explain_names_the_reason(
    made: Path, build: Build, path: str, text: str | None, stale: tuple[str, ...], reason: str
) -> None:
    if text is None:
        (made / path).unlink()
    else:
        write(made, path, text)
    said = build(made, "--explain", "--format", "html").splitlines()
    for output in outputs(*ALL, kinds=("html",)):
        assert (f"{output}: {reason}" in said) is (output.split("/")[1] in stale)
    assert build(made, "--explain", "--format", "html").startswith(("nothing to do", "warning"))


@pytest.mark.parametrize("text", [None, "spoiled"])
def test_an_output_that_is_lost_or_changed_is_made_again(
    made: Path, ready: Path, build: Build, text: str | None
) -> None:
    for path in outputs("kk"):
        (made / path).unlink()
        if text:
            write(made, path, text)
    before = times(made)
    assert set(build(made).split()) == outputs("kk")
    assert {path for path in touched(made, before) if (made / path).exists()} == outputs("kk")
    for path in outputs(*ALL) | indexes(*ALL):
        assert (made / path).read_bytes() == (ready / path).read_bytes(), path


@pytest.mark.parametrize("path", sorted(indexes(*ALL)))
def test_a_lost_index_is_made_again(made: Path, build: Build, path: str) -> None:
    before = (made / path).read_bytes()
    (made / path).unlink()
    assert build(made).startswith(f"{path}\n")
    assert (made / path).read_bytes() == before


def test_one_format(kasachstan: Path, build: Build) -> None:
    build(kasachstan, "--format", "html,html")
    assert {str(path.relative_to(kasachstan)) for path in kasachstan.glob("build/*/*.*")} - {
        "build/.auflage/log.sqlite"
    } == outputs(*ALL, kinds=("html",)) | {f"build/{folder}/index.html" for folder in ALL}
    assert ".pdf" not in shown(kasachstan / "build/ru/index.html")
    assert build(kasachstan, "--format", "html") == "nothing to do: 4 HTML up to date\n"


@pytest.mark.parametrize("locale", ["de", "de-AT"])
def test_one_locale(kasachstan: Path, build: Build, locale: str) -> None:
    build(kasachstan, "--locale", locale, "--format", "html")
    pages = sorted(kasachstan.glob("build/*/*.html"))
    assert [f"{path.parent.name}/{path.stem}" for path in pages] == ["de/index", f"de/{NAME}"]
    assert all('<html lang="de-AT">' in shown(page) for page in pages)


def test_one_article(project: Path, build: Build) -> None:
    article(project, "one")
    article(project, "two")
    build(project, "--article", "two", "--format", "html")
    assert {path.stem for path in project.glob("build/*/*.html")} == {"two", "index"}


def test_two_processes_make_the_same(made: Path, ready: Path, build: Build) -> None:
    for path in outputs(*ALL, kinds=("html",)) | indexes(*ALL):
        (made / path).unlink()
    build(made, "--jobs", "2")
    built, expected = contents(made / "build"), contents(ready / "build")
    assert built | {".auflage/log.sqlite": ""} == expected | {".auflage/log.sqlite": ""}


def test_no_catalog_at_all(project: Path, build: Build) -> None:
    article(project, "x", "Ein *kurzer* Satz.")
    said = build(project, "--format", "html")
    for locale in ("ru", "kk", "en"):
        catalog = f"locale/{locale}/LC_MESSAGES/x.po"
        assert f"warning: {catalog}: no catalog yet; run: auflage update" in said
        page = shown(project / f"build/{locale}/x.html")
        assert f'<html lang="{locale}">' in page
        assert '<span lang="de-AT">Ein <em>kurzer</em> Satz.</span>' in page
    assert not list((project / "locale").iterdir())


def test_no_article_at_all(project: Path, build: Build) -> None:
    assert "no article yet" in build(project)
    assert "auflage import FILE" in build(project)


class TestPruning:
    """Editions of articles that are gone."""

    @pytest.fixture
    def two(self, project: Path, build: Build) -> Path:
        write(project, "auflage.toml", "locales = ['ru']\nformats = ['html']\n")
        article(project, "gone", title="Verschwunden")
        article(project, "here")
        build(project)
        (project / "source/gone.md").unlink()
        return project

    def there(self, project: Path) -> set[str]:
        return {
            str(path.relative_to(project / "build")) for path in project.glob("build/*/g*.html")
        }

    def test_they_go(self, two: Path, build: Build) -> None:
        assert "Verschwunden" in shown(two / INDEX)
        said = build(two)
        assert "build/ru/gone.html (removed: nothing makes it any more)" in said
        assert self.there(two) == set()
        assert "Verschwunden" not in shown(two / INDEX)
        assert (two / "build/ru/here.html").exists()
        assert build(two).startswith("nothing to do")

    @pytest.mark.parametrize(
        "options", [("--locale", "ru"), ("--article", "here"), ("--format", "html")]
    )
    def test_they_stay_when_not_everything_is_built(
        self, two: Path, build: Build, options: tuple[str, str]
    ) -> None:
        build(two, *options)
        assert self.there(two) == {"de/gone.html", "ru/gone.html"}

    def test_they_stay_while_an_article_cannot_be_read(self, two: Path, build: Build) -> None:
        write(two, "source/here.md", b"\xff")
        build(two, code=1)
        assert self.there(two) == {"de/gone.html", "ru/gone.html"}

    def test_what_someone_else_changed_stays(self, two: Path, build: Build) -> None:
        write(two, "build/ru/gone.html", "mine now")
        build(two)
        assert self.there(two) == {"ru/gone.html"}

    def test_a_locale_that_is_gone(self, two: Path, build: Build) -> None:
        write(two, "auflage.toml", "locales = ['kk']\nformats = ['html']\n")
        build(two)
        assert sorted(path.parent.name for path in two.glob("build/*/here.html")) == ["de", "kk"]


def test_the_index_keeps_locales_apart(project: Path, build: Build) -> None:
    """Kazakh takes the place of Russian in the configuration, and both editions exist."""
    article(project, "x")
    for locale in ("ru", "kk"):
        write(project, "auflage.toml", f"locales = ['{locale}']\nformats = ['html']\n")
        build(project, "--article", "x")
    index = shown(project / INDEX)
    for locale in ("de", "ru", "kk"):
        assert index.count(f'href="{locale}/x.html"') == 1
        group = rf'<section lang="{locale}">(?:(?!<section).)*href="{locale}/x.html"'
        assert re.search(group, index, re.S)
        assert shown(project / f"build/{locale}/index.html").count('href="x.html"') == 1


def test_json_for_programs(made: Path, auflage: Call) -> None:
    empty_msgstr(made / KAZAKH, LAST)
    _, out, _ = auflage(made, "build", "--json")
    data = json.loads(out)
    assert {edition["path"] for edition in data["editions"]} == outputs(*ALL)
    assert outputs("kk") <= set(data["written"]) <= outputs("kk") | indexes(*ALL)
    assert (data["warnings"], data["errors"]) == ([], [])


# An image of one pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB4iG8MwAAAABJRU5ErkJggg=="
)

ENGLISH = """\
# A *different* article & its title

Plain text with **bold**, `code < 1`, a [link](https://example.org/?a=1&b=2) and a note.[^1]

| Left | Right |
|:-----|------:|
| one  | 1     |
| two & more | 2 |

1. First
   - nested
     1. deeper

   A second paragraph in the item.
2. Second

```python
def answer() -> int:
    return 42  # <not a tag>
```

> A quotation.
>
> > Nested.

Term
: Definition

<div class="box">A block of HTML</div>

<script>alert("no")</script>

Inline <b>HTML</b> and ![A picture](a.png).

***

## A heading

## A heading

[^1]: The footnote.
"""


PARTS = (
    "<em>different</em>", "<table>", "<strong>bold</strong>", "return 42", "The footnote.",
    "<code>code &lt; 1</code>", "deeper", "data:image/png",
)  # fmt: skip


def test_an_article_of_another_shape(project: Path, build: Build) -> None:
    write(project, "auflage.toml", 'source_locale = "en"\nlocales = ["ru", "kk", "de", "ar"]\n')
    write(project, "source/other.md", ENGLISH)
    write(project, "source/a.png", PNG)
    assert build(project).count("no catalog yet") == 4
    pages = {}
    for locale in ("en", "ru", "kk", "de", "ar"):
        pages[locale] = page = shown(project / f"build/{locale}/other.html")
        assert page.startswith(f'<!doctype html>\n<html lang="{locale}"')
        for part in PARTS:
            assert part in page, (locale, part)
        assert re.findall("<script[^>]*>", page) == ['<script type="application/ld+json">']
        assert (project / f"build/{locale}/other.pdf").read_bytes().startswith(b"%PDF-")
    assert 'lang="en"' in pages["ru"]
    assert "<span lang=" not in pages["en"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.invalid/spy.png">',
        'Text <img src="//example.invalid/spy.png"> and text',
        '<link rel="stylesheet" href="https://example.invalid/spy.css">',
        '<iframe src="https://example.invalid/"></iframe>',
        '<p style="background: url(https://example.invalid/spy.png)">Text</p>',
        '<video poster="https://example.invalid/spy.png"></video>',
    ],
)
def test_html_in_an_article_asks_nobody(project: Path, build: Build, html: str) -> None:
    article(project, "x", html)
    build(project, "--locale", "ru", "--format", "html")
    page = shown(project / "build/ru/x.html")
    tags = [tag for tag in re.findall(r"<[^>]*>", page) if "example.invalid" in tag]
    assert all(tag.startswith("<a href=") for tag in tags)


def test_an_article_of_another_shape_in_translation(
    project: Path, build: Build, auflage: Call
) -> None:
    write(project, "auflage.toml", 'source_locale = "en"\nlocales = ["ru"]\n')
    write(project, "source/other.md", ENGLISH)
    assert auflage(project, "update")[0] == 0
    catalog = project / "locale/ru/LC_MESSAGES/other.po"
    text = catalog.read_text(encoding="utf-8")
    assert 'msgid "nested"\nmsgstr ""' in text
    catalog.write_text(
        text.replace('msgid "nested"\nmsgstr ""', 'msgid "nested"\nmsgstr "вложено"'),
        encoding="utf-8",
    )
    build(project, "--format", "html")
    assert "вложено" in shown(project / "build/ru/other.html")
    assert "вложено" not in shown(project / "build/en/other.html")


def test_the_text_of_a_pdf(ready: Path, judge: Callable[[str], str]) -> None:
    for locale, words in (("kk", "Қазақстан революция қарсаңында"), ("de", "Generalstreik")):
        command = [judge("pdftotext"), str(ready / f"build/{locale}/{NAME}.pdf"), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert words in " ".join(text.replace("\u00ad", "").split())
