"""One answer to several texts is no translation, whatever it says."""

import random
import string

import pytest

from tests.servers import translate
from tests.test_filling import LIBRE, Play, play
from tests.trees import article, write
from workflow.catalogs import marks
from workflow.commands import turn
from workflow.model import State
from workflow.pretranslate.echoes import Echo, Echoes

__all__ = ["play"]

TEXTS = (
    "Der Zug fährt heute nicht nach Wien.",
    "Unsere Nachbarn haben gestern gewählt.",
    "Niemand wusste etwas von dem Brief.",
    "Im Winter bleibt die Küche warm.",
)
CHANCE = random.Random(7)
# More than go into one request, so that some are saved before the others are asked for.
MANY = tuple(
    " ".join("".join(CHANCE.choices(string.ascii_lowercase, k=7)) for _ in range(6)) + "."
    for _ in range(80)
)
REFUSAL = "К сожалению, я не могу выполнить этот запрос."


@pytest.fixture
def four(play: Play) -> Play:
    article(play.folder, "a", " ".join(TEXTS), "Ja")
    assert play("update")[0] == 0
    return play


def states(play: Play) -> dict[str, State]:
    return {msgid: marks.state(entry) for msgid, entry in play.entries().items()}


@pytest.mark.parametrize("said", [REFUSAL, "а", "Да, конечно!"])
def test_what_is_said_to_anything_is_no_draft(four: Play, said: str) -> None:
    before = four.path().read_bytes()
    four.say = lambda text: said
    code, out, _ = four(*LIBRE, "--locale", "ru")
    assert code == 3
    assert "nothing filled" in out
    assert "same answer: 5" in out
    assert four.path().read_bytes() == before
    # Nothing of it was kept: the next run asks again, and gets what it asks for.
    four.heard.clear()
    four.say = None
    assert four(*LIBRE, "--locale", "ru")[0] == 0
    assert set(TEXTS) <= set(four.heard)
    assert set(states(four).values()) == {State.MACHINE}


@pytest.fixture
def many(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    monkeypatch.setattr(turn, "_SAVE_EVERY", 0.0)
    article(play.folder, "a", "\n\n".join(MANY), "Ja")
    assert play("update")[0] == 0
    return play


def test_what_was_saved_before_it_was_seen_through_goes_again(many: Play) -> None:
    late = (*MANY[:2], *MANY[-2:])
    many.say = lambda text: REFUSAL if text in late else translate(text)
    code, out, _ = many(*LIBRE, "--locale", "ru")
    assert code == 3
    found = many.entries()
    assert {text for text in MANY if not found[text].msgstr} == set(late)
    assert all(found[text].flags == found[text].comments == () for text in late)
    assert REFUSAL not in many.path().read_text(encoding="utf-8")
    assert f"filled {len(found) - 4} by libretranslate; 4 left (same answer: 4)" in out


def test_the_person_s_text_stays(many: Play) -> None:
    """What the run takes back, it takes back from itself alone."""

    def edit() -> None:
        text = many.path().read_text(encoding="utf-8")
        if MANY[-1] in many.heard and REFUSAL in text:
            many.meanwhile = lambda: None
            write(many.folder, "new.po", text.replace(REFUSAL, "Моё.", 1))
            (many.folder / "new.po").replace(many.path())  # as editors save

    late = (*MANY[:2], *MANY[-2:])
    many.say = lambda text: REFUSAL if text in late else translate(text)
    many.meanwhile = edit
    many(*LIBRE, "--locale", "ru")
    assert many.entries()[MANY[0]].msgstr == "Моё."
    assert not many.entries()[MANY[1]].msgstr


def test_two_that_meet_are_looked_at(four: Play) -> None:
    four.say = lambda text: "Одно и то же." if text in TEXTS[:2] else translate(text)
    assert four(*LIBRE, "--locale", "ru")[0] == 0
    why = {e.msgid: mark.reasons for e in four.entries().values() if (mark := marks.machine(e))}
    assert [("same" in why[text]) for text in TEXTS] == [True, True, False, False]


def test_a_run_that_goes_on_knows_what_was_said(four: Play) -> None:
    """Two of the answers came in a run that was cut off; they are in the cache."""
    four.say = lambda text: REFUSAL if text in TEXTS[:2] else Play.nothing
    assert four(*LIBRE, "--locale", "ru")[0] == 3
    four.say = lambda text: REFUSAL
    four.path().unlink()
    four("update")
    assert four(*LIBRE, "--locale", "ru")[0] == 3
    assert [states(four)[text] for text in TEXTS] == [State.MISSING] * 4


def test_texts_that_are_alike_or_short_may_share_an_answer() -> None:
    echoes = Echoes()
    evening = "Am Abend wurde die Grenze geschlossen."
    assert echoes.hear("Ja, so ist es.", "Да.") == Echo()
    assert echoes.hear("Genau.", "Да.") == Echo()
    assert echoes.hear(evening, "Вечером закрыли границу.") == Echo()
    again = echoes.hear("Die Grenze wurde am Abend geschlossen.", "Вечером закрыли границу.")
    assert again == Echo()
    assert echoes.hear(TEXTS[0], "Вечером закрыли *границу*!") == Echo((evening,))
    assert echoes.hear("Kurz.", "Вечером закрыли границу.") == Echo()
    third = echoes.hear(TEXTS[1], "вечером закрыли границу")
    assert third == Echo((evening, TEXTS[0], "Kurz."), noise=True)
    assert echoes.hear("Knapp.", "Вечером закрыли границу.").noise
