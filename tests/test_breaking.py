"""How lines on paper are broken."""

import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workflow.editions import hyphenation, pages
from workflow.printing import breaking, pdf

TEXT = (
    "Kazakhstan is roughly as big as the whole of Western Europe, yet a mere 19 million people "
    "live there. Because it is relatively sparsely populated, Kazakhstan has vast regions in "
    "which the state’s monopoly on violence is weak. In these very regions, where police officers "
    "and soldiers are few, the bond between the police and the population is closer than in the "
    "big cities."
)


def heading(markup: str) -> str:
    root = ElementTree.fromstring(f"<body>{markup}</body>")
    breaking.prepare(root)
    return "".join(root.itertext())


def classes(markup: str) -> list[str | None]:
    root = ElementTree.fromstring(f"<body>{markup}</body>")
    breaking.prepare(root)
    return [element.get("class") for element in root.iter() if element.tag != "body"]


def test_a_heading_of_two_lines_keeps_its_last_words_together() -> None:
    long = "Всеобщая забастовка и вооруженные рабочие: Казахстан накануне"
    assert heading(f"<h1>{long} революции</h1>") == f"{long}\u00a0революции"
    gates = heading("<h1>Вооруженные рабочие: Казахстан на пороге революции</h1>")
    assert gates.endswith(" на\u00a0пороге\u00a0революции")
    marked = "<h1>Всеобщая <em>забастовка</em> и рабочие в Казахстане на пороге новой весны</h1>"
    assert heading(marked).endswith("новой\u00a0весны")


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Militanz der Bewegung</h2>",  # one line
        "<p>Ein Absatz, der länger ist als eine Zeile einer Überschrift, und so</p>",
        "<h1>Ein Bericht über die Gesellschaften: Donaudampfschifffahrtsgesellschaften</h1>",
        "<h1>Ein Bericht über die Gesellschaften am Kanal und im <em>Werk</em></h1>",
    ],
)
def test_other_texts_stay_as_they_are(markup: str) -> None:
    assert "\u00a0" not in heading(markup)


def test_what_holds_a_word_longer_than_a_line_is_marked() -> None:
    address = '<a href="x">https://example.org/a_very_very_very_long_address</a>'
    assert classes(f"<p>See {address} there</p>") == [None, "long"]
    assert classes(f'<p class="label">{"x" * 25}</p>') == ["label long"]
    assert classes(f"<p><em>a</em>{'x' * 25}</p>") == ["long", None]
    assert classes("<p>Rechts\u00adschutz\u00adversicherungs\u00adgesellschaft</p>") == [None]


def test_a_line_is_filled_up_to_the_hyphen(tmp_path: Path) -> None:
    soft = hyphenation.hyphenate(TEXT, "en", shortest=5)
    page = f'<html lang="en"><article><div class="body"><p>{soft}</p></div></article></html>'
    style = pages.stylesheet("base", "print", "print-a4")
    target = tmp_path / "page.pdf"
    target.write_bytes(pdf.render(page, [style, ".body { text-align: justify; }"], tmp_path))
    shown = subprocess.run(
        ["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = [" ".join(line.split()) for line in shown.splitlines() if line.strip()]
    # Where the hyphen finds no room the line ends in “the po-”.
    assert any(line.endswith("bond between the police and the") for line in lines), lines
