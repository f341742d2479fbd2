"""EPUB: a container as the specification wants it, a text as the web page has it."""

import io
import posixpath
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from PIL import Image, ImageChops

from tests import pages
from tests.conftest import run
from tests.trees import NAME, article, write
from workflow.editions import cover, epub, xhtml
from workflow.printing import fonts

Call = Callable[..., tuple[int, str, str]]
LOCALES = {"de": "de-AT", "ru": "ru", "kk": "kk", "en": "en"}
SHAPES = Path(__file__).parent / "data" / "many-shapes.md"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'
)  # fmt: skip

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Book:
    """An EPUB as a reading system opens it."""

    def __init__(self, path: Path):
        self.bytes = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        container = ElementTree.fromstring(self.files["META-INF/container.xml"])
        (rootfile,) = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
        self.home = posixpath.dirname(rootfile.get("full-path", ""))
        self.package = ElementTree.fromstring(self.files[rootfile.get("full-path", "")])
        self.items = {item.get("id"): item for item in self.package.iter(f"{OPF}item")}
        self.spine = [
            str(self.items[reference.get("idref")].get("href"))
            for reference in self.package.iter(f"{OPF}itemref")
        ]

    def page(self, name: str) -> Element:
        return ElementTree.fromstring(self.files[f"{self.home}/{name}"])

    @property
    def texts(self) -> list[Element]:
        return [self.page(name) for name in self.spine if name.startswith("text")]

    def told(self, name: str) -> list[str]:
        """What the package says under a property or an element of Dublin Core."""
        found = [element.text for element in self.package.iter(DC + name)]
        found += [
            element.text
            for element in self.package.iter(f"{OPF}meta")
            if element.get("property") == name
        ]
        return [str(text) for text in found]


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with whatever Markdown and people's HTML can hold, built; read-only."""
    folder = tmp_path_factory.mktemp("shapes")
    write(folder, "auflage.toml", 'source_locale = "de"\nlocales = ["ru"]\n')
    write(folder, f"source/{NAME}.md", SHAPES.read_bytes())
    write(folder, "source/zeichnung.svg", DRAWING)
    for name, size in (("bild.png", (60, 40)), ("foto.jpg", (2400, 1200)), ("ohne.png", (9, 9))):
        buffer = io.BytesIO()
        Image.new("RGB", size, (200, 40, 40)).save(buffer, "PNG" if "png" in name else "JPEG")
        write(folder, f"source/{name}", buffer.getvalue())
    for verb in (("update",), ("pretranslate", "--engine", "pseudo"), ("build",)):
        done = run(folder, *verb)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def books(built: Path, shapes: Path) -> Mapping[str, Book]:
    paths = {locale: built / f"build/{locale}/{NAME}.epub" for locale in LOCALES}
    paths |= {f"shapes-{locale}": shapes / f"build/{locale}/{NAME}.epub" for locale in ("de", "ru")}
    return {name: Book(path) for name, path in paths.items()}


ALL = (*LOCALES, "shapes-de", "shapes-ru")


@pytest.mark.parametrize("name", ALL)
class TestContainer:
    def test_it_begins_as_every_epub_does(self, books: Mapping[str, Book], name: str) -> None:
        # OCF 3.3, 4.2.3: readable without unpacking.
        assert books[name].bytes[30:58] == b"mimetypeapplication/epub+zip"

    def test_it_tells_nothing_of_when_and_where(self, books: Mapping[str, Book], name: str) -> None:
        book = books[name]
        for entry in book.entries:
            assert (entry.date_time, entry.extra, entry.comment) == (
                (1980, 1, 1, 0, 0, 0),
                b"",
                b"",
            )
        names = [entry.filename for entry in book.entries][2:]
        assert names == sorted(names)

    def test_the_manifest_names_every_file_once(
        self, books: Mapping[str, Book], name: str
    ) -> None:  # fmt: skip
        book = books[name]
        listed = sorted(f"{book.home}/{item.get('href')}" for item in book.items.values())
        there = {"mimetype", "META-INF/container.xml", f"{book.home}/package.opf"}
        assert listed == sorted(book.files.keys() - there)

    def test_every_document_is_read_or_navigates(
        self, books: Mapping[str, Book], name: str
    ) -> None:  # fmt: skip
        book = books[name]
        (nav,) = [str(i.get("href")) for i in book.items.values() if i.get("properties") == "nav"]
        pages_ = [str(item.get("href")) for item in book.items.values()]
        assert sorted([nav, *book.spine]) == [page for page in sorted(pages_) if "xhtml" in page]
        assert book.spine == ["cover.xhtml", *sorted(set(book.spine) - {"cover.xhtml"})]
        entries = [link.get("href") for link in book.page(nav).iter(f"{XHTML}a")]
        first = [str(href).partition("#")[0] for href in entries[:-2]]
        assert first == sorted(first)
        assert set(first) == set(book.spine[1:])

    def test_every_link_leads_somewhere(self, books: Mapping[str, Book], name: str) -> None:
        book = books[name]
        documents = {page: book.page(page) for page in ("nav.xhtml", *book.spine)}
        ids = {
            f"{page}#{element.get('id')}"
            for page, root in documents.items()
            for element in root.iter()
            if element.get("id")
        }
        for page, root in documents.items():
            within = [element.get("id") for element in root.iter() if element.get("id")]
            assert len(within) == len(set(within))
            for element in root.iter():
                for target in filter(None, (element.get("href"), element.get("src"))):
                    if re.match(r"https?://|mailto:", target):
                        assert element.tag == f"{XHTML}a"
                    elif "#" in target:
                        assert (page if target[0] == "#" else "") + target in ids
                    else:
                        assert f"{book.home}/{unquote(target)}" in book.files

    def test_the_style_is_plain_and_its_fonts_are_there(
        self, books: Mapping[str, Book], name: str
    ) -> None:
        book = books[name]
        style = book.files[f"{book.home}/style.css"].decode()
        assert "var(" not in style
        assert "@import" not in style
        fonts = re.findall(r'url\("([^"]+)"\)', style)
        assert len(fonts) == 5
        assert all(f"{book.home}/{font}" in book.files for font in fonts)
        licences = [data for path, data in book.files.items() if path.endswith("-licence.txt")]
        assert len(licences) == 2
        assert all(b"SIL OPEN FONT LICENSE" in data.upper() for data in licences)


def written(element: Element | None) -> str:
    """What stands in an element; white space between blocks and hyphenation are nobody's."""
    text = "" if element is None else "".join(element.itertext()).replace("\u00ad", "")
    return "".join(text.split())


@pytest.mark.parametrize("name", ALL)
def test_the_words_are_those_of_the_web_page(
    books: Mapping[str, Book], built: Path, shapes: Path, name: str
) -> None:
    folder = shapes if name.startswith("shapes") else built
    page = pages.parse(folder / "build" / name.removeprefix("shapes-") / f"{NAME}.html")
    (text,) = books[name].texts
    assert written(text.find(f"{XHTML}body")) == written(pages.one(page, "main"))


@pytest.mark.parametrize("name", LOCALES)
def test_the_language_is_told(books: Mapping[str, Book], name: str) -> None:
    book = books[name]
    assert book.told("language") == [LOCALES[name]]
    assert book.package.get(LANG) == LOCALES[name]
    for page in ("nav.xhtml", *book.spine):
        root = book.page(page)
        assert root.get("lang") == root.get(LANG) == LOCALES[name]
        for element in root.iter():
            assert element.get("lang") == element.get(LANG)
            assert element.get("lang") in (None, LOCALES[name], "de-AT")


def test_what_the_catalogue_of_a_library_asks(books: Mapping[str, Book]) -> None:
    own, kazakh = books["de"], books["kk"]
    assert own.told("title") == [
        "Generalstreik und bewaffnete Arbeiter: Kasachstan kurz vor der Revolution"
    ]
    for book in (own, kazakh):
        assert book.told("publisher") == book.told("creator") == ["Linkswende"]
        assert book.told("date") == ["2022-01-10"]
        assert book.told("dcterms:modified") == ["2022-01-10T00:00:00Z"]
        assert len(book.told("description")[0]) > 300
        assert book.told("dcterms:conformsTo") == []
    assert len({books[name].told("identifier")[0] for name in ALL}) == len(ALL)
    assert (own.told("source"), kazakh.told("source")) == ([], own.told("identifier"))
    assert books["shapes-de"].told("creator") == ["Änne O'Hara & Söhne"]


def test_what_readers_who_cannot_see_are_told(books: Mapping[str, Book]) -> None:
    assert books["kk"].told("schema:accessMode") == ["textual"]
    assert books["kk"].told("schema:accessModeSufficient") == ["textual"]
    shapes = books["shapes-ru"]
    assert shapes.told("schema:accessMode") == ["textual", "visual"]
    # One image has no alt text: nobody is promised that the text suffices.
    assert shapes.told("schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in shapes.told("schema:accessibilityFeature")
    assert shapes.told("schema:accessibilitySummary")[0].endswith("Описаны не все изображения.")
    assert books["kk"].told("schema:accessibilitySummary")[0].startswith("Тақырыпшалары")
    for book in books.values():
        assert book.told("schema:accessibilityHazard") == ["none"]


def test_footnotes_are_marked_in_both_directions(books: Mapping[str, Book]) -> None:
    (text,) = books["shapes-de"].texts
    notes = {element.get("id") for element in text.iter() if element.get(TYPE) == "footnote"}
    references = [element for element in text.iter() if element.get(TYPE) == "noteref"]
    assert len(notes) == 2
    assert len(references) == 3
    assert {str(link.get("href"))[1:] for link in references} == notes
    assert {link.get("role") for link in references} == {"doc-noteref"}
    back = [link.get("href") for link in text.iter() if link.get("role") == "doc-backlink"]
    assert sorted(back) == sorted(f"#{link.get('id')}" for link in references)


def test_images_are_files_with_their_sizes(books: Mapping[str, Book]) -> None:
    book = books["shapes-de"]
    shown = [image.attrib for image in book.texts[0].iter(f"{XHTML}img")]
    assert [(i["src"], i["width"], i["height"], i["alt"]) for i in shown] == [
        ("images/001.png", "60", "40", "Alt & „Text“"),
        ("images/002.jpg", "1600", "800", "Ein Foto"),
        ("images/003.png", "9", "9", ""),
        ("images/004.svg", "800", "400", "Eine Zeichnung"),
    ]
    picture = Image.open(io.BytesIO(book.files["EPUB/images/002.jpg"]))
    assert picture.size == (1600, 800)


def test_the_contents_are_nested_as_the_headings_are(books: Mapping[str, Book]) -> None:
    nav = books["shapes-de"].page("nav.xhtml")

    def told(listed: Element | None) -> list[object]:
        entries = [] if listed is None else list(listed)
        return [
            [str(entry[0].text), *told(entry[1])] if len(entry) > 1 else str(entry[0].text)
            for entry in entries
        ]

    assert told(nav.find(f"{XHTML}body/{XHTML}nav/{XHTML}ol")) == [
        "Ein zweiter Artikel & <Titel>",
        "Tabelle",
        ["Listen", ["Code", "Bilder"]],
        "HTML von Hand",
        "Ende",
    ]


def test_a_long_text_is_several_files(project: Path, auflage: Call) -> None:
    sentence = "Wort[^{0}] und [weiter](#ziel-{1}). "
    texts = [sentence.format(number, (number + 1) % 6) * 1500 for number in range(6)]
    parts = [f"## Kapitel {n}\n\n{text}\n\n### Ziel {n}" for n, text in enumerate(texts)]
    notes = [f"[^{number}]: Note {number}." for number in range(6)]
    article(project, "lang", "\n\n".join(("Davor.", *parts, "\n".join(notes))))
    for kind in ("epub", "html"):
        code, _, err = auflage(project, "build", "--format", kind, "--locale", "de")
        assert code == 0, err
    book = Book(project / "build/de/lang.epub")
    assert book.spine == ["cover.xhtml", "text-001.xhtml", "text-002.xhtml", "text-003.xhtml"]
    first, *_, last = book.texts
    assert first.find(f".//{XHTML}h1") is not None
    assert [text.find(f".//{XHTML}h1") for text in book.texts[1:]] == [None, None]
    assert last.find(f".//{XHTML}section[@class='footnotes']") is not None
    crossing = [link.get("href") for link in first.iter(f"{XHTML}a")]
    assert {"text-002.xhtml#ziel-2", "text-003.xhtml#fn1"} <= set(crossing)
    TestContainer().test_every_link_leads_somewhere({"lang": book}, "lang")
    page = pages.parse(project / "build/de/lang.html")
    of_book = "".join(written(text.find(f"{XHTML}body")) for text in book.texts)
    assert of_book == written(pages.one(page, "main"))


def test_the_same_inputs_give_the_same_bytes(shapes: Path, tmp_path: Path) -> None:
    for path in (shapes / "source").iterdir():
        write(tmp_path, f"source/{path.name}", path.read_bytes())
    write(tmp_path, "auflage.toml", (shapes / "auflage.toml").read_bytes())
    done = run(tmp_path, "build", "--format", "epub", "--locale", "de", env={"PYTHONHASHSEED": "7"})
    assert done.returncode == 0, done.stderr
    one, other = (folder / f"build/de/{NAME}.epub" for folder in (shapes, tmp_path))
    assert one.read_bytes() == other.read_bytes()


def test_an_article_without_a_date_or_publisher(tmp_path: Path) -> None:
    write(tmp_path, "auflage.toml", "")
    article(tmp_path, "x", "Nur ein Satz.")
    assert run(tmp_path, "build", "--format", "epub").returncode == 0
    book = Book(tmp_path / "build/de/x.epub")
    assert book.told("dcterms:modified") == ["1980-01-01T00:00:00Z"]
    assert (book.told("creator"), book.told("publisher"), book.told("date")) == ([], [], [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<br>b<wbr>c<hr>", "<p>a<br />b<wbr />c</p><hr />"),
        ('<a id="x"></a><p></p>', '<a id="x"></a><p></p>'),
        ("a\x00\x0b\ufffeb &amp; &lt;", "ab &amp; &lt;"),
        ("<!-- a -->b<p><!-- c -->d</p>e<!-- f -->", "b<p>d</p>e"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>"),
        ('<p id="a">b</p><p id="a">c</p>', '<p id="a">b</p><p>c</p>'),
        ('<p id="1 2" lang="not a language" dir="up">a</p>', "<p>a</p>"),
        ('<p lang="ru">a</p>', '<p lang="ru" xml:lang="ru">a</p>'),
        ("<span>a<div>b</div></span>", '<span>a<span class="block">b</span></span>'),
        ("<a href='#x'><div id='x'>b</div></a>", '<a href="#x"><div id="x">b</div></a>'),
        ("<ul>a<li>b<p>d</ul>", "<ul>\n<li>a</li>\n<li>b<p>d</p></li>\n</ul>"),
        ("<ul><p>c</p>d</ul>", "<ul>\n<li><p>c</p></li>\n<li>d</li>\n</ul>"),
        ("<dl><dd>a</dd></dl>", "<div><div>a</div></div>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<summary>a</summary>", "<div>a</div>"),
        ("<time>a <b>b</b></time>", "<span>a <b>b</b></span>"),
        ('<div align="right" width="3">a</div>', '<div style="text-align:right">a</div>'),
        ('<ol start="3" type="b"><li value="x">a</ol>', '<ol start="3">\n<li>a</li>\n</ol>'),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_keeps_its_words(html: str, expected: str) -> None:
    body = xhtml.parse(html)
    told = xhtml.write(body).removeprefix("<body>").removesuffix("</body>")
    assert told == expected
    assert xhtml.write(xhtml.parse(told)) == xhtml.write(body)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://a.example/ü?b=c&d#e", "https://a.example/ü?b=c&d#e"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("http://a_b.example:8080", "http://a_b.example:8080"),
        ("https://a.example/%zz%41[x]#a#b", "https://a.example/%25zz%41%5Bx%5D#a%23b"),
        ("https://xn--mnchen-3ya.de/", "https://xn--mnchen-3ya.de/"),
        ("https://xn--a.example/", None),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("mailto:", None),
        ("#da", "#da"),
        ("#fort", None),
        ("", None),
        ("anderer.html", None),
        ("../x", None),
        ("//a.example/", None),
        ("http://[", None),
        ("http://a..b/", None),
        ("http://-a/", None),
        ("https://a.example:99999/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_links_lead_to_the_web_or_to_the_text(target: str, expected: str | None) -> None:
    body = xhtml.parse('<p id="da"></p><a>x</a>')
    link = body[-1]
    link.set("href", target)
    xhtml._attributes(body, {"da"})
    assert link.get("href") == expected


class TestCover:
    """The picture that libraries show."""

    def test_it_is_named_and_small(self, books: Mapping[str, Book]) -> None:
        # Pseudolocalisation has brackets that our fonts lack.
        for book in (books[name] for name in ALL if name != "shapes-ru"):
            (item,) = [i for i in book.items.values() if i.get("properties") == "cover-image"]
            data = book.files[f"{book.home}/{item.get('href')}"]
            assert Image.open(io.BytesIO(data)).size == (1000, 1500)
            assert len(data) < 60_000

    @pytest.mark.parametrize(
        "title", ["A", "Wort " * 12, "Wort " * 200, "Donaudampf" * 12, "Қ" * 40]
    )
    def test_the_title_stays_on_its_panel(self, title: str) -> None:
        image = self.drawn(title.strip())
        assert image is not None
        colours = image.convert("RGB")
        accent, paper = (157, 27, 31), (255, 253, 250)
        for place in ((10, 10), (10, 990), (990, 500)):
            assert colours.getpixel(place) == accent
        assert colours.getpixel((10, 1010)) == colours.getpixel((990, 1490)) == paper
        panel = colours.crop((80, 200, 920, 990))
        used = ImageChops.difference(panel, Image.new("RGB", panel.size, accent)).getbbox()
        assert used is not None
        assert used[3] < panel.height - 40

    @pytest.mark.parametrize("title", ["今日は", "Титул 😀", "ქართული"])
    def test_none_is_better_than_boxes(self, title: str) -> None:
        assert self.drawn(title) is None

    def drawn(self, title: str) -> Image.Image | None:
        files = fonts.book_files()
        bold, plain = (files[name] for name in epub._COVER_FONTS)
        words = cover.Words("Verlag", title, "Autorin", ("Deutsch · 3. Jänner 2022", ""))
        data = cover.draw(words, bold=bold, plain=plain, colours=epub._values("base"))
        assert data == cover.draw(words, bold=bold, plain=plain, colours=epub._values("base"))
        return data and Image.open(io.BytesIO(data))


def test_a_chapter_is_no_larger_than_old_readers_take() -> None:
    assert epub._CHAPTER * 3 < 300_000


@pytest.mark.judge
@pytest.mark.parametrize("name", ALL)
def test_epubcheck_finds_nothing(
    judge: Callable[[str], str], epubcheck: Path, built: Path, shapes: Path, name: str
) -> None:
    folder = shapes if name.startswith("shapes") else built
    path = folder / "build" / name.removeprefix("shapes-") / f"{NAME}.epub"
    done = subprocess.run(
        [judge("java"), "-jar", str(epubcheck), "--failonwarnings", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
