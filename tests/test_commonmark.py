"""The examples of the CommonMark specification: ours, repeated, marked, and under attack."""

import os
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_identity import HOSTILE, catalog, skeleton
from workflow.editions import html
from workflow.editions import markdown as markdown_edition
from workflow.editions.translate import translate
from workflow.errors import SourceError
from workflow.model import Article, Edition, Metadata
from workflow.reading import dialect, markdown
from workflow.segments import blocks

# It fetches the specification, so it is no part of `make test`.
pytestmark = pytest.mark.judge

PACKAGE = "commonmark-spec"
VERSION = "0.31.2"
COUNT = 652
MARK = " ZZMARK"
DIFFERENCES = Path(__file__).parent / "data" / "commonmark-differences.toml"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.S | re.M)
CODE = re.compile(r"(<pre><code.*?</pre>|<code>.*?</code>)", re.S)


@dataclass(frozen=True)
class Example:
    number: int
    text: str
    article: Article
    html: str
    own: str
    """Our rendering of the untranslated text."""


@pytest.fixture(scope="module")
def examples(
    judge: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Example, ...]:
    text = specification(judge("npm"), tmp_path_factory.mktemp("judge")).replace("→", "\t")
    found = EXAMPLE.findall(text)
    assert len(found) == COUNT
    return tuple(example(number, *parts) for number, parts in enumerate(found, start=1))


def specification(npm: str, folder: Path) -> str:
    """The text of the specification, fetched once and kept under build/."""
    name = f"{PACKAGE}-{VERSION}.tgz"
    kept = ROOT / "build" / ".auflage" / "judges" / name
    if not kept.exists():
        done = subprocess.run(
            [npm, "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            refuse = pytest.fail if os.environ.get("AUFLAGE_JUDGES") == "required" else pytest.skip
            refuse(f"npm cannot fetch {PACKAGE}: {done.stderr.strip()[-200:]}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_bytes((folder / name).read_bytes())
        beside.replace(kept)
    with tarfile.open(kept) as package:
        member = package.extractfile("package/spec.txt")
        assert member is not None
        return member.read().decode("utf-8")


def example(number: int, text: str, expected: str) -> Example:
    """Read an example as a body: the level of its headings belongs to articles, not to it."""
    tokens, environment = dialect.parse_blocks(text)
    body = tuple(markdown._body_blocks(tokens, 0))
    parsed = Article(
        "x", "source/x.md", Metadata("Titel", "de"), body, tokens, environment=environment
    )
    article = blocks.segment(parsed)
    return Example(number, text, article, expected, render(translate(article, None, "de")))


def render(edition: Edition) -> str:
    """An edition's body with images where they are, and headings without ids."""
    images = {source: source for source in html.image_sources(edition.article)}
    return re.sub(r'(<h\d) id="[^"]*"', r"\1", html.body(edition, images))


def edition(example: Example, change: Callable[[str], str]) -> Edition:
    return translate(example.article, catalog(example.article, change), "ru")


def folded(text: str) -> str:
    """White space between words as a catalog keeps it; in code every character counts."""
    parts = CODE.split(text)
    return "".join(
        part if index % 2 else re.sub(r"\s+", " ", part) for index, part in enumerate(parts)
    )


def test_our_rendering_is_that_of_the_specification(examples: tuple[Example, ...]) -> None:
    """All that differs is on a list, with the reason; and what is on the list differs."""
    intended = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    listed = [number for reason in intended.values() for number in reason["examples"]]
    assert [found.number for found in examples if found.own != found.html] == sorted(listed)


def test_a_catalog_that_repeats_its_source_changes_nothing(examples: tuple[Example, ...]) -> None:
    changed = [
        found.number
        for found in examples
        if render(edition(found, lambda msgid: msgid)) != found.own
    ]
    assert changed == []


def test_text_of_a_translator_reads_as_the_source_does(examples: tuple[Example, ...]) -> None:
    """With a word more, nothing is taken from the source any longer: it comes from the msgstr."""
    changed = []
    for found in examples:
        marked = render(edition(found, lambda msgid: msgid + MARK))
        assert marked.count(MARK.strip()) >= len(list(found.article.segments))
        if folded(marked.replace(MARK, "")) != folded(found.own):
            changed.append(found.number)
    assert changed == []


@pytest.mark.parametrize("pattern", ["{}", "{} ZZMARK", "ZZMARK {}", "- {}", "10. {}", "# {}"])
def test_the_markdown_edition_holds_every_example(
    examples: tuple[Example, ...], pattern: str
) -> None:
    """It reads its own result again: what it does not refuse is right."""
    refused = []
    for found in examples:
        text = f"---\ntitle: Titel\n---\n{found.text}"
        article = blocks.segment(markdown.parse(text, "source/x.md", locale="de"))
        known = catalog(article, lambda msgid: pattern.replace("{}", msgid))
        try:
            result = markdown_edition.splice(translate(article, known, "ru"), text)
        except SourceError:
            refused.append(found.number)
            continue
        assert (result == text) == (pattern == "{}")
    # A list in the middle of a title that goes over several lines.
    assert refused == ([196] if pattern in ("- {}", "10. {}", "# {}") else [])


@pytest.mark.parametrize("pattern", [*HOSTILE, "{}\n- {}", "~~~\n{}\n~~~", "{}\n\n    {}"])
def test_no_translation_changes_the_blocks(examples: tuple[Example, ...], pattern: str) -> None:
    for found in examples:
        plain = edition(found, lambda msgid: "Слово")
        hostile = edition(found, lambda msgid: pattern.replace("{}", "Слово"))
        assert skeleton(hostile) == skeleton(plain), found.number
