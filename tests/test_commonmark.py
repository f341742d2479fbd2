"""The examples of the CommonMark specification: ours, repeated, marked, and under attack."""

import io
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf
import pytest
import tinyhtml5

from tests import packages, pages, tagged
from tests.round_trip import BEGINNINGS, HEAD, edition, faults, own, read
from tests.test_identity import HOSTILE, skeleton
from tests.test_typography import FREE, LOCALES
from workflow.editions import html
from workflow.editions import markdown as markdown_edition
from workflow.editions.pages import print_page, print_style
from workflow.editions.translate import translate
from workflow.errors import SourceError
from workflow.house import HouseStyle
from workflow.model import Article, Metadata
from workflow.printing import pdf
from workflow.reading import dialect, markdown
from workflow.segments import blocks

# It fetches the specification, so it is no part of `make test`.
pytestmark = pytest.mark.judge

PACKAGE = "commonmark-spec"
VERSION = "0.31.2"
COUNT = 652
DIFFERENCES = Path(__file__).parent / "data" / "commonmark-differences.toml"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.S | re.M)


@dataclass(frozen=True)
class Example:
    number: int
    text: str
    html: str


@pytest.fixture(scope="module")
def examples(
    judge: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Example, ...]:
    kept = packages.fetch(judge("npm"), {PACKAGE: VERSION}, tmp_path_factory.mktemp("judge"))
    [(_, text)] = packages.files(kept[PACKAGE], "/spec.txt")
    found = EXAMPLE.findall(text.decode("utf-8").replace("→", "\t"))
    assert len(found) == COUNT
    return tuple(Example(number, *parts) for number, parts in enumerate(found, start=1))


def as_body(text: str) -> Article:
    """Read an example as it stands: the level of its headings belongs to articles, not to it."""
    tokens, environment = dialect.parse_blocks(text)
    body = tuple(markdown._body_blocks(tokens, 0))
    parsed = Article(
        "x", "source/x.md", Metadata("Titel", "de"), body, tokens, environment=environment
    )
    return blocks.segment(parsed)


def test_our_rendering_is_that_of_the_specification(examples: tuple[Example, ...]) -> None:
    """All that differs is on a list, with the reason; and what is on the list differs."""
    intended = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    listed = [number for reason in intended.values() for number in reason["examples"]]
    differing = [found.number for found in examples if own(as_body(found.text)) != found.html]
    assert differing == sorted(listed)


def test_a_catalog_that_repeats_or_marks_its_source_changes_nothing(
    examples: tuple[Example, ...],
) -> None:
    texts = {found.number: HEAD + found.text for found in examples}
    found = {number: list(faults(read(text), text)) for number, text in texts.items()}
    assert {number: what for number, what in found.items() if what} == {}


@pytest.mark.parametrize("pattern", BEGINNINGS)
def test_the_markdown_edition_holds_every_example(
    examples: tuple[Example, ...], pattern: str
) -> None:
    """It reads its own result again: what it does not refuse is right."""
    refused = []
    for found in examples:
        text = HEAD + found.text
        try:
            made = edition(read(text), lambda msgid: pattern.replace("{}", msgid))
            assert markdown_edition.splice(made, text) != text
        except SourceError:
            refused.append(found.number)
    # A list in the middle of a title that goes over several lines.
    assert refused == ([] if pattern.startswith("ZZ") else [196])


@pytest.mark.parametrize("pattern", [*HOSTILE, "{}\n- {}", "~~~\n{}\n~~~", "{}\n\n    {}"])
def test_no_translation_changes_the_blocks(examples: tuple[Example, ...], pattern: str) -> None:
    for found in examples:
        article = as_body(found.text)
        plain = edition(article, lambda msgid: "Слово")
        hostile = edition(article, lambda msgid: pattern.replace("{}", "Слово"))
        assert skeleton(hostile) == skeleton(plain), found.number


def unset(element: Element, *, code: bool = False) -> Iterator[object]:
    """What typography must leave as it is: elements, targets, code; and letters."""
    code = code or element.tag in (f"{pages.HTML}code", f"{pages.HTML}pre")
    held = element.get("class") == "nowrap"
    spoken = {name: FREE.sub("", element.get(name, "")) for name in ("title", "alt")}
    if not held:
        yield element.tag, {**element.attrib, **spoken}
    for part in (element.text or "", *element):
        if isinstance(part, str):
            yield from part if code else FREE.sub("", part).replace(".", "")
            continue
        yield from unset(part, code=code)
        yield from (part.tail or "") if code else FREE.sub("", part.tail or "").replace(".", "")
    if not held:
        yield "end"


@pytest.mark.parametrize("locale", LOCALES)
def test_typography_leaves_code_targets_and_structure(
    examples: tuple[Example, ...], locale: str
) -> None:
    for example in examples:
        article = replace(as_body(example.text), metadata=Metadata("Titel", locale))
        written = translate(article, None, locale)
        before, after = (
            tinyhtml5.parse(html.body(replace(written, house=house), {}))
            for house in (None, HouseStyle())
        )
        assert list(unset(after)) == list(unset(before)), example


DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAA"
    "AABJRU5ErkJggg=="
)


def test_a_pdf_of_the_examples_is_well_tagged(
    examples: tuple[Example, ...], tmp_path: Path
) -> None:
    """Six of them on a page, every image a grey dot."""
    for first in range(0, COUNT, 6):
        article = as_body("\n\n".join(example.text for example in examples[first : first + 6]))
        made = translate(article, None, "de")
        images = dict.fromkeys(html.image_sources(article), html.Shown(DOT))
        page = print_page(made, images, publisher="")
        data = pdf.render(page, print_style(made, "a5"), tmp_path)
        with pikepdf.open(io.BytesIO(data)) as file:
            assert tagged.faults(file) == [], first
