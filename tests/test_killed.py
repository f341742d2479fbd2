"""A run that is killed: what it has paid for is kept, and every catalog is whole."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from tests.conftest import ROOT
from tests.servers import LibreTranslate, Server, running, translate
from workflow.model import OWN

# Texts in a request of this engine, and how many requests may not be kept when the run dies: one is
# on its way, and the answers to another are being judged.
BATCH, ON_THE_WAY = 16, 2
SENTENCES = 96
CATALOG = "locale/ru/LC_MESSAGES/a.po"
COMMAND = [sys.executable, "-m", "workflow", "pretranslate", "--engine", "libretranslate"]


class Slow(LibreTranslate):
    """Takes its time, and writes down what it was asked to translate."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.change = self._change

    def _change(self, texts: list[str]) -> list[str]:
        self.heard += texts
        time.sleep(0.02)
        return [translate(text) for text in texts]


@pytest.fixture
def service() -> Slow:
    return Slow()


@pytest.fixture
def server(service: Slow) -> Iterator[Server]:
    with running(service) as found:
        yield found


@pytest.fixture
def article(project: Path, server: Server, auflage: Callable[..., tuple[int, str, str]]) -> Path:
    words = [f"Satz {number} hat Wörter genug für einen Satz." for number in range(SENTENCES)]
    (project / "source/a.md").write_text("# Titel\n\n" + " ".join(words) + "\n", encoding="utf-8")
    (project / "auflage.toml").write_text(
        f'locales = ["ru"]\n[engine.libretranslate]\nurl = "{server.url}"\n', encoding="utf-8"
    )
    assert auflage(project, "update")[0] == 0
    return project


def start(project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND,
        cwd=project,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kept(project: Path) -> set[str]:
    file = project / "build/.auflage/answers.sqlite"
    if not file.exists():
        return set()
    with sqlite3.connect(file) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'answers'")
        if not tables.fetchall():
            return set()
        return {row[0] for row in database.execute("SELECT msgid FROM answers")}


def killed_once(project: Path, service: Slow, chance: random.Random, longest: float) -> None:
    """Kill a run at a random moment, run it again, and see what came of it."""
    empty = (project / CATALOG).read_bytes()
    service.heard.clear()
    process = start(project)
    time.sleep(chance.uniform(0.0, longest))
    process.send_signal(signal.SIGKILL)
    process.wait()
    polib.pofile(str(project / CATALOG))  # the old file or the new one
    paid, first = kept(project), Counter(service.heard)
    service.heard.clear()
    assert start(project).wait() == 0
    filled = polib.pofile(str(project / CATALOG))
    assert all(entry.msgstr or entry.msgctxt in OWN for entry in filled)
    second = Counter(service.heard)
    assert not paid & set(second), "a verified answer was asked for again"
    assert len(set(first) - paid) <= BATCH * ON_THE_WAY, "more was lost than what was on its way"
    assert max((first + second).values()) <= 2
    assert set(first + second) >= {f"Satz {n} hat Wörter genug für einen Satz." for n in range(9)}
    (project / CATALOG).write_bytes(empty)
    (project / "build/.auflage/answers.sqlite").unlink()


def duration(project: Path) -> float:
    empty = (project / CATALOG).read_bytes()
    began = time.monotonic()
    assert start(project).wait() == 0
    (project / CATALOG).write_bytes(empty)
    (project / "build/.auflage/answers.sqlite").unlink()
    return time.monotonic() - began


def test_a_killed_run_goes_on_where_it_was(article: Path, service: Slow) -> None:
    longest = duration(article)
    for seed in range(2):
        killed_once(article, service, random.Random(seed), longest)


@pytest.mark.judge
def test_fifty_killed_runs(article: Path, service: Slow) -> None:
    longest = duration(article)
    chance = random.Random(1)
    for _ in range(50):
        killed_once(article, service, chance, longest)
