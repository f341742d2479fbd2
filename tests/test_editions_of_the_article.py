"""The editions of the real article, as a reader and a screen reader get them."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests import pages
from workflow.config import DEFAULT_FORMATS

NAME = "kasachstan-2022"
LOCALES = {"de": "de-AT", "ru": "ru", "kk": "kk", "en": "en"}
FAMILIES = ("Source-Serif-4", "Source-Sans-3")
Judge = Callable[[str], str]


def page(built: Path, locale: str) -> Path:
    return built / "build" / locale / f"{NAME}.html"


def pdf(built: Path, locale: str) -> Path:
    return page(built, locale).with_suffix(".pdf")


@pytest.mark.parametrize("locale", LOCALES)
def test_structure_of_the_page(built: Path, locale: str) -> None:
    root = pages.parse(page(built, locale))
    counts = {name: len(pages.all_of(root, name)) for name in ("h1", "h2", "ol", "main")}
    assert counts == {"h1": 1, "h2": 7, "ol": 1, "main": 1}
    assert [found.get("type") for found in pages.all_of(root, "script")] == ["application/ld+json"]
    main = pages.one(root, "main")
    assert len(pages.all_of(pages.one(main, "ol"), "li")) == 2
    assert len(pages.all_of(pages.one(main, "ul"), "li")) == 10
    assert root.get("lang") == LOCALES[locale]


@pytest.mark.parametrize("locale", LOCALES)
def test_words_on_paper_are_the_words_of_the_page(built: Path, locale: str, judge: Judge) -> None:
    tagged = pages.printed(judge("pdfinfo"), pdf(built, locale))
    main = pages.one(pages.parse(page(built, locale)), "main")
    assert pages.words(tagged.text) == pages.words(pages.text(main))
    assert len(pages.words(tagged.text)) > 800
    assert (tagged.tags["H1"], tagged.tags["H2"], tagged.tags["LI"]) == (1, 7, 12)


def test_soft_hyphens_only_where_browsers_have_no_dictionary(built: Path) -> None:
    for locale in LOCALES:
        content = page(built, locale).read_text(encoding="utf-8")
        assert ("\u00ad" in content) == (locale == "kk")
        assert "hyphens: auto" in content  # with the language said, see above
    root = pages.parse(page(built, "kk"))
    for clean in ("head", "h1", "h2"):
        assert all("\u00ad" not in "".join(e.itertext()) for e in pages.all_of(root, clean))
    soft = [word for word in pages.text(root).split() if "\u00ad" in word]
    assert len(soft) > 50
    for word in soft:
        longest = max(re.findall(r"\w+", word.replace("\u00ad", "")), key=len)
        assert len(longest) >= 12
        assert re.fullmatch(r"\W*[а-яёәғқңөұүһі]+(-[а-яёәғқңөұүһі]+)*\W*", longest.lower())


@pytest.mark.parametrize("locale", LOCALES)
def test_only_our_fonts_are_embedded(built: Path, locale: str, judge: Judge) -> None:
    told = subprocess.run(
        [judge("pdffonts"), str(pdf(built, locale))], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert told
    for line in told:
        assert re.match(r"[A-Z]{6}\+(Source-Serif-4|Source-Sans-3)", line), line
        assert re.search(r"\byes yes yes\b", line), line  # embedded, subset, with Unicode


@pytest.mark.parametrize("locale", LOCALES)
def test_no_line_begins_or_ends_as_it_must_not(built: Path, locale: str, judge: Judge) -> None:
    told = subprocess.run(
        [judge("pdftotext"), "-enc", "UTF-8", "-layout", str(pdf(built, locale)), "-"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    lines = pages.lines(pdf(built, locale))
    assert len(lines) > 100
    assert sum(line.endswith("-") for line in lines) > 10
    assert not re.search("[\u2060\u2011]", told)  # copied text has no signs that nobody sees
    if locale in ("ru", "kk"):
        parted = r"(?:[–—] |(?:қаңтар|января)\b)"
        assert [line for line in lines if re.match(parted, line)] == []
        assert [line for line in lines if re.search(r" [аивкосу]\Z|[А-ЯҚҮҰ\d]-\Z", line)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_space_is_doubled(built: Path, locale: str) -> None:
    for element in pages.one(pages.parse(page(built, locale)), "main").iter():
        for text in (element.text or "", element.tail or ""):
            assert not re.search(r"[ \u00a0\u202f]{2,}\S", text.lstrip("\n ")), text


@pytest.mark.parametrize("locale", LOCALES)
def test_metadata_of_the_pdf(built: Path, locale: str, judge: Judge) -> None:
    title = pages.text(pages.one(pages.parse(page(built, locale)), "h1")).strip()
    with pikepdf.open(pdf(built, locale)) as file:
        assert str(file.Root.Lang) == LOCALES[locale]
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]) == title
        assert str(file.docinfo["/Author"]) == "Linkswende"
        assert "/CreationDate" not in file.docinfo
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == [title]
            assert len(outline.root[0].children) == 7
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert [float(side) for side in file.pages[0].mediabox[2:]] == pytest.approx(
            [595.28, 841.89], abs=0.1
        )
    done = subprocess.run([judge("qpdf"), "--check", str(pdf(built, locale))], capture_output=True)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("locale", "phrase", "percent"),
    [
        ("ru", "Машинный перевод, не проверен человеком", "100 %"),
        ("kk", "Машиналық аударма, адам тексермеген", "100%"),
        ("en", "Machine translation, not reviewed", "100%"),
    ],
)
def test_a_draft_says_so_on_every_page(
    built: Path, locale: str, phrase: str, percent: str, judge: Judge
) -> None:
    told = subprocess.run(
        [judge("pdftotext"), "-enc", "UTF-8", "-layout", str(pdf(built, locale)), "-"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    sheets = told.replace("\u00a0", " ").split("\f")[:-1]
    assert len(sheets) == 4
    for sheet in sheets:
        assert f"{phrase} · {percent}" in sheet.splitlines()[-1]
    notice = next(
        element
        for element in pages.all_of(pages.parse(page(built, locale)), "div")
        if element.get("class") == "notice"
    )
    assert percent in pages.text(notice).replace("\u00a0", " ")


def test_the_original_says_nothing_of_machines(built: Path) -> None:
    content = page(built, "de").read_text(encoding="utf-8")
    assert 'class="notice"' not in content
    assert "Maschinelle" not in content


@pytest.mark.parametrize(
    ("locale", "dateline"),
    [
        ("de", "10.~Januar 2022"),  # as printed, though Austria says Jänner
        ("ru", "10~января 2022~г."),
        ("kk", "2022~ж. 10~қаңтар"),
        ("en", "10~January 2022"),
    ],
)
def test_dateline(built: Path, locale: str, dateline: str) -> None:
    found = [
        pages.text(element).strip().replace("\u00a0", "~")
        for element in pages.all_of(pages.parse(page(built, locale)), "p")
        if element.get("class") == "dateline"
    ]
    assert found == [dateline]


@pytest.mark.parametrize("locale", ["ru", "kk"])
def test_no_latin_word_is_left_in_cyrillic_text(built: Path, locale: str) -> None:
    main = pages.one(pages.parse(page(built, locale)), "main")
    latin = re.findall(r"[A-Za-zÄÖÜäöüß]+", pages.text(main, without_lang="de-AT"))
    assert set(latin) == {"Linkswende", "https", "sunzibingfa", "noblogs", "org"}


def test_no_german_word_is_left_in_english(built: Path) -> None:
    english = pages.one(pages.parse(page(built, "en")), "main")
    german = pages.one(pages.parse(page(built, "de")), "main")
    ours = set(pages.words(pages.text(english, without_lang="de-AT")))
    theirs = set(pages.words(pages.text(german)))
    names = {"Almaty", "Armenia", "CIA", "Dubai", "Putin", "Zhanaozen", "China", "Linkswende"}
    same = {"in", "In", "All", "was", "so", "an", "Interview", "Links", "gas-"}  # of both languages
    address = {word for word in ours if "noblogs" in word or word.startswith("https")}
    numbers = {word for word in ours if word[0].isdigit()}
    assert (ours & theirs) - names - same - address - numbers == set()


def test_language_menu_and_alternates(built: Path) -> None:
    for locale, tag in LOCALES.items():
        root = pages.parse(page(built, locale))
        alternates = {
            link.get("hreflang"): link.get("href")
            for link in pages.all_of(root, "link")
            if link.get("rel") == "alternate"
        }
        assert set(alternates) == {*LOCALES.values(), "x-default"}
        assert alternates["x-default"] == alternates["de-AT"]
        folder = page(built, locale).parent
        for href in alternates.values():
            assert (folder / str(href)).resolve().is_file()
        menu = pages.one(pages.one(root, "nav"), "ul")
        assert "".join(pages.text(menu).split()) == "DeutschРусскийҚазақтіліEnglish"
        assert [item.get("lang") for item in pages.all_of(menu, "span")] == [tag]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_asks_nobody_for_anything(built: Path, locale: str) -> None:
    root = pages.parse(page(built, locale))
    for element in root.iter():
        for name in ("src", "srcset", "data", "poster", "action"):
            assert element.get(name) is None
        if element.tag == f"{pages.HTML}link":
            assert element.get("rel") == "alternate"
    styles = "".join(style.text or "" for style in pages.all_of(root, "style"))
    assert set(re.findall(r"url\(\"?([a-z]+):", styles)) == {"data"}
    assert "@import" not in styles


def test_the_source_credit(built: Path) -> None:
    root = pages.parse(page(built, "ru"))
    colophon = pages.text(pages.one(root, "footer"))
    assert "Оригинал (немецкий): Generalstreik und bewaffnete Arbeiter" in colophon
    assert pages.one(root, "cite").get("lang") == "de-AT"
    assert "https://sunzibingfa.noblogs.org" in colophon


def test_headings_have_the_same_anchors_everywhere(built: Path) -> None:
    anchors = {
        locale: [h.get("id") for h in pages.all_of(pages.parse(page(built, locale)), "h2")]
        for locale in LOCALES
    }
    assert anchors["de"] == anchors["ru"] == anchors["kk"] == anchors["en"]
    assert anchors["de"][1] == "ueberlaufen-von-polizei-und-militaer"


def test_the_front_page_leads_to_every_language(built: Path) -> None:
    root = pages.parse(built / "build" / "index.html")
    hrefs = [link.get("href") for link in pages.all_of(root, "a")]
    assert hrefs == [f"{locale}/{name}.html" for locale in LOCALES for name in ("index", NAME)]


@pytest.mark.parametrize(("locale", "tag"), LOCALES.items())
def test_an_index_lists_what_there_is_in_a_language(built: Path, locale: str, tag: str) -> None:
    root = pages.parse(built / "build" / locale / "index.html")
    assert root.get("lang") == tag
    main = pages.one(root, "main")
    hrefs = [link.get("href") for link in pages.all_of(main, "a")]
    assert hrefs == ["../index.html", *(f"{NAME}.{kind}" for kind in DEFAULT_FORMATS)]
    title = pages.text(pages.one(pages.parse(page(built, locale)), "h1")).strip()
    assert pages.text(pages.one(main, "h2")).strip() == title
