"""Words broken at line ends: what poppler and PDFium read, and what the PDF says of itself."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests import pages, tagged
from tests.conftest import KASACHSTAN
from workflow.catalogs import po
from workflow.editions import softening
from workflow.editions.pages import stylesheet
from workflow.printing import pdf
from workflow.reading import dialect

LOCALES = {"de": "de-AT", "ru": "ru", "kk": "kk", "en": "en"}
SOFT = "\u00ad"
Judge = Callable[[str], str]

GERMAN = """\
Die Sowjet-Nostalgie der Bergarbeiter-Gewerkschaften, die Gas- und Strompreise, die Angriffe auf
offizielle Regierungsgebäude und die Hoffnung der Gewerkschafter_innen: Das alles gehört zur
**Massenbewegung**, zum *Generalstreik* und zu den [Massendemonstrationen vor der
Präsidentenverwaltung](https://generalstreik.example/). Die „Selbstverteidigungskomitees“ der
Arbeiter\\*innen (zum Beispiel die Flüssiggaspreiserhöhungsgegnerinnen) verteidigen öffentliche
Einrichtungen, auch die wiederhergestellte ~~Staatssicherheitsbehörde~~ Kommunalverwaltung.

- Wiedereinführung der Verfassung, Verstaatlichung der Rohstoffindustrie
- Versammlungsfreiheit[^1] und Gewerkschaftsrechte

> Demonstrationsverbote und Ausgangssperren sind wirkungslos geblieben.

[^1]: Die Versammlungsfreiheit wurde neunzehnhundertfünfundneunzig eingeschränkt.
"""
KAZAKH = """\
Қазақстандағы жұмысшылардың ұйымдастырушылары үкіметтің отставкасын, бағалардың төмендетілуін және
**тұтқындалғандардың** босатылуын талап етті: наразылық шерулерінің қатысушылары мен кеншілердің
кәсіподақтары бірауыздан қолдады. Қоғамдық-саяси ұйымдардың мәлімдемелері жарияланды.
"""


def page(markdown: str, locale: str) -> str:
    environment: dict[str, Any] = {}
    tokens = dialect.make().parse(markdown, environment)
    softening.blocks(tokens, locale, softening.IN_PRINT)
    body = dialect.render(tokens, environment)
    return f'<!doctype html><html lang="{locale}"><head><title>x</title></head><body>{body}</body>'


def printed(content: str, folder: Path, width: int, height: int = 60) -> Path:
    """Columns so narrow, on pages so low, that words break everywhere, over pages too."""
    style = (
        f"@page {{ size: {width}mm {height}mm; margin: 5mm }} body {{ margin: 0; font: 10pt/1.3 "
        '"Source Serif 4"; hyphenate-character: "-" } li, blockquote { margin: 0 } a { color: red }'
        "li::marker { content: '' } .footnote-backref { display: none }"
    )
    file = folder / f"{width}.pdf"
    # Notes stay at the end: what is compared is the order of a page.
    page = content.replace("footnote-item", "note")
    file.write_bytes(pdf.render(page, [style], folder))
    return file


def by_poppler(tool: str, file: Path, *options: str) -> str:
    return subprocess.run(
        [tool, "-enc", "UTF-8", *options, str(file), "-"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip


def by_pdfium(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()


def shown(content: str, folder: Path) -> list[str]:
    """The words of the page, as a browser's parser has them."""
    file = folder / "page.html"
    file.write_text(content, encoding="utf-8")
    return pages.words(pages.text(pages.one(pages.parse(file), "body")))


def halves(file: Path) -> int:
    """How many words are broken: what looks like a hyphen at the end of a line without our help."""
    with pikepdf.open(file) as document:
        return sum(
            "ActualText" in str(operands)
            for sheet in document.pages
            for operands, operator in pikepdf.parse_content_stream(sheet)
            if str(operator) == "BDC"
        )


@pytest.mark.parametrize(("markdown", "locale"), [(GERMAN, "de-AT"), (KAZAKH, "kk")])
@pytest.mark.parametrize("width", [48, 54, 65, 90])
def test_whole_words_are_copied(
    markdown: str, locale: str, width: int, tmp_path: Path, judge: Judge
) -> None:
    content = page(markdown, locale)
    file = printed(content, tmp_path, width)
    expected = shown(content, tmp_path)
    assert halves(file) > 4
    poppler = judge("pdftotext")
    texts = {mode: by_poppler(poppler, file, *mode.split()) for mode in ("", "-layout", "-raw")}
    for judged, text in (texts | {"PDFium": by_pdfium(file)}).items():
        assert pages.words(text) == expected, judged
        assert not set(text) & {SOFT, "\u2010", "\u200c", "\ufffe"}, judged


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_the_article_are_those_of_its_page(
    built: Path, locale: str, judge: Judge
) -> None:
    file = built / "build" / locale / "kasachstan-2022.pdf"
    main = pages.one(pages.parse(file.with_suffix(".html")), "main")
    expected = pages.words(pages.text(main))
    assert halves(file) > 20
    # 23 mm above, 25 mm below: without the heads and feet of the pages.
    box = ("-x", "0", "-y", "65", "-W", "596", "-H", "707")
    poppler = judge("pdftotext")
    for mode in ((), ("-layout",)):
        text = by_poppler(poppler, file, *box, *mode)
        extra = Counter(pages.words(text)) - Counter(expected)
        assert set(extra) <= {"1", "2"}, mode  # the numbers of a list
        assert Counter(expected) - Counter(pages.words(text)) == Counter(), mode
    rest = iter(pages.words(by_pdfium(file)))
    assert all(word in rest for word in expected)  # in their order


def test_the_parts_of_a_table_are_words(tmp_path: Path) -> None:
    markdown = (
        "| Forderung | Begründung |\n|---|---|\n| Preissenkungen | Lebenshaltungskosten |\n"
        "| Gewerkschaftsfreiheit | Versammlungsverbote |\n"
    )
    content = page(markdown, "de-AT")
    file = printed(content, tmp_path, 48)
    assert halves(file) > 3
    assert sorted(pages.words(by_pdfium(file))) == sorted(shown(content, tmp_path))


def test_what_was_no_word_is_not_joined(tmp_path: Path, judge: Judge) -> None:
    """Hyphens of the author at line ends stay, with a space behind them or a word."""
    text = "Gas- und Öl- und Strom- und West-Ost- und -- Nord-Süd-Verkehr - `---` `--not`. "
    content = page(text * 8, "de-AT")
    file = printed(content, tmp_path, 47, 150)
    expected = shown(content, tmp_path)
    for told in (by_pdfium(file), by_poppler(judge("pdftotext"), file, "-raw")):
        assert pages.words(told) == expected


def test_a_hyphen_before_a_mark_is_at_no_line_end(tmp_path: Path, judge: Judge) -> None:
    content = page(
        "Der Nord-**Süd**-Verkehr und die Gas-[^1] und *Strom*-Preise\n\n[^1]: So.", "de-AT"
    )
    file = printed(content, tmp_path, 150)
    for told in (by_pdfium(file), by_poppler(judge("pdftotext"), file, "-raw")):
        assert "Nord-Süd-Verkehr und die Gas-" in told
        assert "Strom-Preise" in told


def test_a_page_without_broken_words_is_left_alone(tmp_path: Path) -> None:
    file = printed(page("Ein Satz.", "de-AT"), tmp_path, 90)
    assert halves(file) == 0
    assert pages.words(by_pdfium(file)) == ["Ein", "Satz"]


@pytest.mark.parametrize("width", [48, 65])
def test_every_text_has_its_place_in_the_structure(
    width: int, tmp_path: Path, judge: Judge
) -> None:
    content = page(GERMAN, "de-AT")
    file = printed(content, tmp_path, width)
    done = subprocess.run([judge("qpdf"), "--check", str(file)], capture_output=True, check=False)
    assert done.returncode == 0
    with pikepdf.open(file) as document:
        assert tagged.faults(document) == []
    said = pages.printed(judge("pdfinfo"), file).text
    rest = iter(shown(content, tmp_path))
    assert all(word in rest for word in pages.words(said))


def order(element: Any, document: pikepdf.Pdf) -> Iterator[str]:
    """What broken words are said to be, in the order of the structure."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield actual(element.Pg, kid)
        elif kid.get("/Type") == "/StructElem":
            yield from order(kid, document)


def actual(sheet: Any, number: int) -> str:
    for operands, operator in pikepdf.parse_content_stream(sheet):
        if str(operator) == "BDC" and int(operands[1].get("/MCID", -1)) == number:
            return str(operands[1].get("/ActualText", ""))
    raise AssertionError(number)


def test_the_same_bytes_again(tmp_path: Path) -> None:
    content = page(GERMAN, "de-AT")
    assert (
        printed(content, tmp_path, 40).read_bytes() == printed(content, tmp_path, 40).read_bytes()
    )


def column(content: str, folder: Path) -> Path:
    """A justified column of 90 mm."""
    style = (
        stylesheet("base", "print")
        + "@page { size: 110mm 297mm; margin: 10mm; --headline: ''; --page: '' }"
        + ".body { text-align: justify }"
    )
    content = content.replace("<body>", '<body><div class="body">')
    file = folder / "column.pdf"
    # Notes stay at the end: what is compared is the order of a page.
    page = content.replace("footnote-item", "note")
    file.write_bytes(pdf.render(page, [style], folder))
    return file


def words_by_line(told: str) -> list[list[tuple[float, float]]]:
    """Where the words of each line stand, as poppler sees it."""
    places = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"')
    return [
        [(float(start), float(end)) for start, end in places.findall(line)]
        for line in told.split("<line ")[1:]
    ]


def test_kazakh_fills_a_narrow_column(tmp_path: Path, judge: Judge) -> None:
    catalog = po.parse(
        (KASACHSTAN / "locale/kk/LC_MESSAGES/kasachstan-2022.po").read_text(encoding="utf-8"), "kk"
    )
    sentences = [entry.msgstr for entry in catalog.entries if len(entry.msgstr) > 60]
    paragraphs = [" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]
    content = page("\n\n".join(paragraphs), "kk")
    column(content.replace(SOFT, ""), tmp_path)
    whole = len(pages.lines(tmp_path / "column.pdf"))
    file = column(content, tmp_path)
    assert 150 < len(pages.lines(file)) <= 0.96 * whole
    lines = words_by_line(by_poppler(judge("pdftotext"), file, "-bbox-layout"))
    margin = max(end for line in lines for _, end in line)
    full = [line for line in lines if line[-1][1] > margin - 1]
    spaces = [after[0] - before[1] for line in full for before, after in pairwise(line)]
    assert len(spaces) > 500
    assert max(spaces) <= 2.5 * median(spaces)
