"""A run of pre-translation: what comes first, what is kept, whose text wins."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.servers import DeepL, LibreTranslate, Reply, Server, running, translate
from tests.trees import article, write
from workflow.catalogs import marks, po
from workflow.commands import filling
from workflow.model import Entry, State

Auflage = Callable[..., tuple[int, str, str]]
LIBRE = ("pretranslate", "--engine", "libretranslate")


@dataclass
class Play:
    """A project whose engine asks a server on this machine."""

    folder: Path
    server: Server
    auflage: Auflage
    heard: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    """Called while the server has a request."""
    refuse: Reply | None = None
    say: Callable[[str], str] | None = None
    """What the server says to a text, if not what it should."""

    def change(self, texts: list[str]) -> list[Any] | Reply:
        self.heard += texts
        self.meanwhile()
        return self.refuse or [(self.say or translate)(text) for text in texts]

    def entries(self, locale: str = "ru", name: str = "a") -> dict[str, Entry]:
        file = self.path(locale, name)
        return {e.msgid: e for e in po.parse(file.read_text(encoding="utf-8"), str(file)).texts}

    def path(self, locale: str = "ru", name: str = "a") -> Path:
        return self.folder / f"locale/{locale}/LC_MESSAGES/{name}.po"

    def edit(self, old: str, new: str, name: str = "a") -> None:
        text = self.path(name=name).read_text(encoding="utf-8")
        assert old in text
        self.path(name=name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        return self.auflage(self.folder, *arguments)


@pytest.fixture
def play(project: Path, auflage: Auflage) -> Iterator[Play]:
    service = LibreTranslate()
    with running(service) as server:
        config = f'locales = ["ru", "kk"]\n[engine.libretranslate]\nurl = "{server.url}"\n'
        write(project, "auflage.toml", config)
        article(project, "a", "Guten Morgen allen. Wir gehen heute weiter.\n\n# Titel", "Titel")
        made = Play(project, server, auflage)
        service.change = made.change
        assert made("update")[0] == 0
        yield made


def test_what_a_person_writes_during_the_run_wins(play: Play, judge: Callable[[str], str]) -> None:
    def save() -> None:
        play.meanwhile = lambda: None
        play.edit('allen."\nmsgstr ""', 'allen."\nmsgstr "Утро!"')
        play.edit('msgid "Wir', '# später\nmsgid "Wir')

    play.meanwhile = save
    code, _, _ = play(*LIBRE, "--locale", "ru")
    assert code == 0
    found = play.entries()
    person = found["Guten Morgen allen."]
    assert (person.msgstr, person.fuzzy, person.comments) == ("Утро!", False, ())
    other = found["Wir gehen heute weiter."]
    assert marks.state(other) is State.MACHINE
    assert other.comments[0] == "später"
    command = [judge("msgfmt"), "-c", "-o", "/dev/null", str(play.path())]
    assert subprocess.run(command, check=False).returncode == 0


def test_nothing_is_asked_twice(play: Play) -> None:
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    assert sorted(play.heard) == ["Guten Morgen allen.", "Titel", "Wir gehen heute weiter."]
    play.heard.clear()
    play.path().unlink()
    article(play.folder, "b", "Guten Morgen allen. Etwas ganz Neues hier.", "Titel")
    play("update")
    code, out, _ = play(*LIBRE, "--locale", "ru")
    assert code == 0
    assert "a.po: filled 4 by cache" in out
    assert play.heard == ["Etwas ganz Neues hier."]
    assert marks.machine(play.entries()["Titel"]) is not None


def test_another_language_is_another_question(play: Play) -> None:
    assert play(*LIBRE)[0] == 0
    assert len(play.heard) == 6
    assert play.entries("kk")["Guten Morgen allen."].msgstr


def test_what_people_have_accepted_comes_first(play: Play) -> None:
    play.edit('allen."\nmsgstr ""', 'allen."\nmsgstr "Доброе утро всем."')
    article(play.folder, "b", "Guten **Morgen** allen. Guten Morgen allen.", "Anders")
    play("update")
    text = play.path(name="b").read_text(encoding="utf-8").replace("Доброе утро всем.", "")
    text = text.replace("#, fuzzy\n", "").replace('#| msgid "Guten Morgen allen."\n', "")
    play.path(name="b").write_text(text, encoding="utf-8")
    code, out, _ = play(*LIBRE, "--locale", "ru", "--article", "b")
    assert code == 0
    known = play.entries(name="b")["Guten Morgen allen."]
    assert known.msgstr == "Доброе утро всем."
    assert known.comments[-1] == "tm: 100 % source/a.md"
    assert marks.machine(known) is None
    assert marks.state(known) is State.STALE
    assert "1 by memory" in out


def test_an_engine_that_refuses_is_left_alone(play: Play) -> None:
    play.refuse = Reply("{}", 403)
    code, out, err = play(*LIBRE)
    assert code == 1
    assert len(play.heard) == 3  # one request, for the first language
    assert "403" in err
    assert "nothing filled; 8 left" in out


def test_a_dry_run_asks_nobody(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPL_API_KEY", "secret:fx")
    asked = len(play.server.asked)
    code, out, err = play("pretranslate", "--engine", "deepl", "--dry-run", "--locale", "ru")
    assert code == 3
    assert "deepl: 3 segments of a, 47 characters, go to api-free.deepl.com (ru), about" in out
    assert "4 left" in out
    assert "secret" not in out + err
    assert len(play.server.asked) == asked
    assert not (play.folder / filling.CACHE).exists()


def test_a_broken_cache_costs_no_more_than_requests(play: Play) -> None:
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    write(play.folder, filling.CACHE, b"no database at all" * 100)
    play.path().unlink()
    play("update")
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    assert len(play.heard) == 6


def test_without_a_place_for_the_cache_the_run_goes_on(play: Play) -> None:
    (play.folder / "build").rmdir() if not any((play.folder / "build").iterdir()) else None
    write(play.folder, filling.CACHE + "/in the way", "")
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    assert marks.state(play.entries()["Titel"]) is State.MACHINE


def test_stale_machine_text_is_done_anew_and_a_persons_is_not(play: Play) -> None:
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    mine = play.entries()["Wir gehen heute weiter."].msgstr
    play.edit(mine, "Идём дальше.")
    body = "Guten Morgen euch allen. Wir gehen heute gern weiter."
    article(play.folder, "a", body, "Titel")
    play("update")
    assert {marks.state(e) for m, e in play.entries().items() if m != "Titel"} == {State.STALE}
    play.heard.clear()
    assert play(*LIBRE, "--locale", "ru", "--redo", "machine")[0] == 0
    assert "Guten Morgen euch allen." in play.heard
    assert "Wir gehen heute gern weiter." not in play.heard
    found = play.entries()
    assert marks.state(found["Guten Morgen euch allen."]) is State.MACHINE
    assert found["Wir gehen heute gern weiter."].msgstr == "Идём дальше."


def test_a_missed_term_is_a_reason_to_look(play: Play) -> None:
    write(play.folder, "locale/glossary.csv", "de,ru\nMorgen,утро\n")
    assert play(*LIBRE, "--locale", "ru")[0] == 0
    mark = marks.machine(play.entries()["Guten Morgen allen."])
    assert mark is not None
    assert "term" in mark.reasons
    assert mark.quality < 1
    first = play("status", "--review", "--locale", "ru")[1].splitlines()
    assert first[1] == "    msgid   “Guten Morgen allen.”"


def test_a_broken_term_base_is_told_before_anything_is_sent(play: Play) -> None:
    write(play.folder, "locale/glossary.csv", "de,ru\nMorgen\n")
    code, _, err = play(*LIBRE, "--locale", "ru")
    assert code == 1
    assert "locale/glossary.csv:2" in err
    assert play.heard == []


def test_without_an_engine_three_lines_say_what_to_do(play: Play) -> None:
    code, out, err = play("pretranslate", "--locale", "ru")
    assert (code, err) == (3, "")
    lines = out.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("nothing filled; 4 left (no draft: 4)")
    assert "--engine NAME" in lines[2]


def test_keys_do_not_belong_into_the_configuration(play: Play) -> None:
    write(play.folder, "auflage.toml", 'locales = ["ru"]\n[engine.deepl]\napi_key = "x"\n')
    code, _, err = play("pretranslate")
    assert code == 2
    assert "environment" in err


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('libretranslate]\nulr = "x"', "engine.libretranslate.ulr: unknown key; known are url"),
        ("tmx]\nfile = 1", "engine.tmx.file: unknown key; there are none"),
        ("gogle]\npause = 1", "unknown engine “gogle”"),
        ("google]\npause = -1", "engine.google.pause"),
    ],
)
def test_a_wrong_table_is_told_by_name(play: Play, table: str, told: str) -> None:
    write(play.folder, "auflage.toml", f'locales = ["ru"]\n[engine.{table}\n')
    name = table.partition("]")[0].replace("gogle", "google")
    code, out, err = play("pretranslate", "--engine", name, "--yes")
    assert (code, out) == (2, "")
    assert told in err
    assert play.heard == []


def test_a_glossary_reaches_deepl(project: Path, auflage: Auflage, pauses: list[float]) -> None:
    service = DeepL()
    with running(service) as server:
        config = f'locales = ["ru"]\n[engine.deepl]\nurl = "{server.url}"\n'
        write(project, "auflage.toml", config)
        write(project, "locale/glossary.csv", "de,ru\nStreik,забастовка\n")
        article(project, "a", "Der Streik geht weiter.")
        auflage(project, "update")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DEEPL_API_KEY", "key")
            auflage(project, "pretranslate", "--engine", "deepl", "--yes")
        assert "забастовка" in str(service.glossaries)
