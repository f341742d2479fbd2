"""Pseudolocalisation: unreadable on purpose, and whole."""

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import shown
from workflow.catalogs import marks, po
from workflow.errors import ConfigError
from workflow.model import State
from workflow.pretranslate import engines, judge, ladder, restore
from workflow.pretranslate.engines.protocol import Draft, Query, Setting

Auflage = Callable[..., tuple[int, str, str]]
NAME = "kasachstan-2022"
LOCALES = ("ru", "kk", "en", "uk", "kk-Latn", "tr", "ka", "eo")
TEXT = "Am 10. Jänner 2022 stürmten [1]Arbeiter*innen[2] die Behörden &amp; das Große Café."


def disguise(text: str, locale: str, **options: Any) -> str:
    engine = engines.load("pseudo", Setting("de", locale, "2026-01-02", options=options))
    (draft,) = engine.translate([Query(text)])
    assert isinstance(draft, Draft)
    assert (draft.engine, draft.date, draft.text) == ("pseudo", "2026-01-02", draft.text)
    return draft.text


def test_nothing_is_sent_kept_or_guessed() -> None:
    engine = engines.load("pseudo", Setting("de", "ru", "2026-01-02"))
    assert (engine.capabilities.host, engine.capabilities.keep) == (None, False)


@pytest.mark.parametrize(
    ("locale", "expansion", "expected"),
    [
        ("ru", 0, "⟦Ам 10. Йэннер [1]Гросс[2] &amp; Цафе.⟧"),
        ("kk", 0, "⟦Әм 10. Йәңңер [1]Ғрөсс[2] &amp; Цәфе.⟧"),
        ("en", 0, "⟦Ám 10. Ĵåññëř [1]Ğřôšš[2] &amp; Çáfë.⟧"),
        ("kk-Latn", 0, "⟦Ám 10. Ĵåññëř [1]Ğřôšš[2] &amp; Çáfë.⟧"),
        ("ru", 1, "⟦Аам 10. Йээээннеееер [1]Грооооосс[2] &amp; Цааааафеее.⟧"),
    ],
)
def test_letters_change_and_the_rest_stays(locale: str, expansion: float, expected: str) -> None:
    text = "Am 10. Jänner [1]Gross[2] &amp; Café."
    assert disguise(text, locale, expansion=expansion) == expected


def test_capitals_stay_capitals() -> None:
    assert disguise("ÄRGER, Größe", "ru", expansion=0) == "⟦ЭРГЕР, Грёше⟧"


@given(st.text(st.characters(max_codepoint=0x24F)), st.sampled_from(LOCALES))
def test_what_is_no_letter_stays(text: str, locale: str) -> None:
    answer = disguise(text, locale)
    before, after = (
        [character for character in each if not character.isalpha()]
        for each in (unicodedata.normalize("NFC", text.strip()), answer[1:-1].rstrip())
    )
    assert before == after


@given(st.text(), st.sampled_from(LOCALES))
def test_any_text(text: str, locale: str) -> None:
    answer = disguise(text, locale)
    assert answer == disguise(text, locale)
    assert (answer[0], answer[-1]) == ("⟦", "⟧")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("expansion", [0, 0.3, 1, 2])
def test_the_length_and_what_the_judge_thinks(locale: str, expansion: float) -> None:
    sentence = TEXT.replace("[1]", "").replace("[2]", "")
    answer = disguise(sentence, locale, expansion=expansion)
    letters = sum(map(str.isalpha, sentence))
    grown = sum(map(str.isalpha, answer)) - letters
    assert abs(grown - expansion * letters) <= 4 * (1 + expansion)
    if locale != "kk-Latn":  # the judge thinks that Kazakh is Cyrillic
        assert judge.rejected(sentence, answer, locale) is None
    assert "numbers" not in judge.reasons(sentence, answer)


@pytest.mark.parametrize("value", [-0.1, 2.1, "0.3", True, None, float("nan")])
def test_another_expansion_is_none(value: Any) -> None:
    with pytest.raises(ConfigError, match=r"engine\.pseudo\.expansion: must be a number from 0"):
        disguise("Wort", "ru", expansion=value)


def test_an_unknown_option() -> None:
    with pytest.raises(ConfigError, match=r"pseudo\.length: unknown key; known are expansion"):
        disguise("Wort", "ru", length=2)


@pytest.mark.parametrize(
    "msgid",
    [
        "**Fett** und *kursiv*: [ein Link](https://example.org/a), `code`.",
        "Vorher **fett**",
        "*Alles*",
        "[Text [mit] Klammern](x) und ![Bild](a.png)",
        "<b>Wort</b><br>\nZeile zwei",
        "Siehe https://example.org/weg.",
        "Eine Fußnote[^1] und \\*Sterne\\*",
        "2022",
        "10 % von [3]",
    ],
)
@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_marked_constructs_stay(msgid: str, locale: str) -> None:
    engine = engines.load("pseudo", Setting("de", locale, "2026-01-02"))
    (answer,) = ladder.climb(engine, [Query(msgid, msgid)], locale, today="2026-01-02")
    assert answer.draft, answer.refusal
    assert answer.rung in (None, ladder.Rung.WHOLE, ladder.Rung.MASKS)
    restore.verify(msgid, answer.draft.text)
    assert re.findall(r"\d+", answer.draft.text) == re.findall(r"\d+", msgid)


def test_the_article_is_filled_and_the_edition_says_what_it_is(
    kasachstan: Path, auflage: Auflage
) -> None:
    shutil.rmtree(kasachstan / "locale")
    assert auflage(kasachstan, "update")[0] == 0
    code, out, _ = auflage(kasachstan, "pretranslate", "--engine", "pseudo")
    assert (code, out.count("filled 83 by pseudo\n")) == (0, 3)
    for locale in ("ru", "kk", "en"):
        file = kasachstan / f"locale/{locale}/LC_MESSAGES/{NAME}.po"
        entries = tuple(po.parse(file.read_text("utf-8"), str(file)).texts)
        assert {marks.state(entry) for entry in entries} == {State.MACHINE}
        assert {mark.who for mark in map(marks.machine, entries) if mark} == {"pseudo"}
    assert auflage(kasachstan, "build", "--format", "html")[0] == 0
    page = shown(kasachstan / f"build/en/{NAME}.html")
    assert "⟦" in page
    assert "Machine translation that no person has reviewed: 100% of the text." in page
    assert not (kasachstan / "build/.auflage/answers.sqlite").exists()
