"""A real Poedit, on a screen of its own: what its saves change, and what they leave."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import KASACHSTAN
from tests.rich import PATH, Auflage, read, rich
from tests.trees import NAME, write
from workflow.catalogs import marks
from workflow.model import Catalog, Entry, State

pytestmark = pytest.mark.judge

Judge = Callable[[str], str]

# No greeting, and the entries as the file has them.
CONFIG = """\
congratulated_on_milestones=1
check_for_updates=0
sort_by=file-order
sort_group_by_context=0
sort_untrans_first=0
sort_errors_first=0
use_tm=0
"""
PATIENCE = 60
"""Seconds until a window that has not come is taken for broken."""
TRANSLATION = ("mousemove", "100", "600", "click", "1")
"""A click into the field below the list, at Poedit's own size of its window."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A display with one Poedit on it."""

    tool: str
    environment: dict[str, str]
    poedit: subprocess.Popen[bytes]

    def do(self, *command: str) -> str:
        """Run an xdotool command; what it prints."""
        done = subprocess.run(
            [self.tool, *command],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout.strip()

    def windows(self, title: str) -> list[str]:
        """The windows on the screen whose title matches."""
        return self.do("search", "--onlyvisible", "--name", title).split()

    def until(self, holds: Callable[[], bool], *keys: str) -> None:
        """Press keys until something holds."""
        end = time.monotonic() + PATIENCE
        while True:
            if keys:
                self.do("key", *keys)
            soon = time.monotonic() + 1
            while time.monotonic() < soon:
                if holds():
                    return
                time.sleep(0.02)
            assert time.monotonic() < end, "Poedit does not answer"
            assert self.poedit.poll() is None, "Poedit has ended"


@contextmanager
def poedit(judge: Judge, catalog: Path, home: Path) -> Iterator[Screen]:
    """Open a catalog, and wait until the window takes keys."""
    xvfb, program, tool = judge("Xvfb"), judge("poedit"), judge("xdotool")
    write(home, ".config/poedit/config", CONFIG)
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as display:
        # Without -noreset the server would begin anew whenever the last xdotool has gone.
        options = "-screen 0 1280x900x24 -nolisten tcp -noreset -displayfd".split()
        server = subprocess.Popen(
            [xvfb, *options, str(write_end)], pass_fds=[write_end], stderr=subprocess.DEVNULL
        )
        os.close(write_end)
        number = display.readline().strip()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DISPLAY": f":{number}",
        "LANG": "C.UTF-8",
    }
    with ended(server):
        quiet = subprocess.DEVNULL
        program_run = subprocess.Popen(
            [program, str(catalog)], env=environment, stdout=quiet, stderr=quiet
        )
        with ended(program_run):
            screen = Screen(tool, environment, program_run)
            screen.until(lambda: bool(screen.windows("Poedit$")))
            # A window is there before it listens: it does when it answers a key.
            screen.until(lambda: bool(screen.windows("^Find$")), "ctrl+f")
            screen.until(lambda: not screen.windows("^Find$"), "Escape")
            (window,) = screen.windows("Poedit$")
            screen.do("windowfocus", "--sync", window)
            yield screen


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process of ours, whatever happens."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def edit(judge: Judge, catalog: Path, home: Path, *work: tuple[int, tuple[str, ...]]) -> None:
    """Open a catalog, work on entries by number, save, and leave.

    Poedit takes keys one after the other, and asks before it leaves an unsaved catalog: once
    it has ended, the file is written.
    """
    with poedit(judge, catalog, home) as screen:
        screen.do(*TRANSLATION)
        at = 0
        for number, command in work:
            for _ in range(number - at):
                screen.do("key", "ctrl+Down")
            at = number
            screen.do(*command)
        screen.until(lambda: bool(screen.windows("modified")))
        screen.do("key", "ctrl+s")
        screen.until(lambda: not screen.windows("modified"))
        screen.do("key", "ctrl+q")
        with suppress(subprocess.TimeoutExpired):
            screen.poedit.wait(PATIENCE)
        assert screen.poedit.poll() == 0, "Poedit asks something, or hangs"


NEEDS_WORK = ("key", "ctrl+u")


def typed(text: str) -> tuple[str, ...]:
    """Type over what is there; Latin letters, which the keyboard has without being remapped."""
    return ("key", "ctrl+a", "type", "--delay", "20", text)


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that went and came."""
    old, new = before.split("\n"), after.split("\n")
    return [f"-{line}" for line in old if line not in new] + [
        f"+{line}" for line in new if line not in old
    ]


HEADER = re.compile(r'"(PO-Revision-Date: [0-9: -]+[+-][0-9]{4}|X-Generator: Poedit [0-9.]+)\\n"')


def only_two_header_lines(before: Catalog, after: Catalog) -> None:
    """Poedit says when, and what it is; everything else in the header stays."""
    old, new = dict(before.header), dict(after.header)
    assert new.pop("X-Generator").startswith("Poedit ")
    assert new.pop("PO-Revision-Date")
    assert old.pop("PO-Revision-Date")
    assert new == old
    assert after.comments == before.comments


def toggled(entry: Entry) -> Entry:
    return replace(entry, flags=() if entry.fuzzy else ("fuzzy",))


@pytest.mark.parametrize("width", [0, 79], ids=["no-wrap", "wrapped"])
def test_a_toggle_and_a_save(judge: Judge, tmp_path: Path, width: int) -> None:
    """In the real catalog: two header lines, and the flag of the one entry."""
    real = KASACHSTAN / f"locale/ru/LC_MESSAGES/{NAME}.po"
    wrap = ["--no-wrap"] if width == 0 else [f"--width={width}"]
    text = subprocess.run(
        [judge("msgcat"), *wrap, str(real)], capture_output=True, text=True, check=True
    ).stdout
    catalog = write(tmp_path, "a.po", text)
    before = read(catalog)
    edit(judge, catalog, tmp_path / "home", (2, NEEDS_WORK))
    after = read(catalog)
    only_two_header_lines(before, after)
    entries = list(before.entries)
    entries[2] = toggled(entries[2])
    assert list(after.entries) == entries
    assert marks.state(after.entries[2]) is State.TRANSLATED
    # The bytes too: nothing else was wrapped or ordered anew.
    written = [line for line in changed_lines(text, catalog.read_text("utf-8")) if line]
    assert len(written) == 3
    assert all(HEADER.fullmatch(line[1:]) for line in written)


@pytest.mark.parametrize("merged", [False, True], ids=["in place", "--merge"])
def test_a_translator_at_work(
    project: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory,
    merged: bool,
) -> None:  # fmt: skip
    """A draft accepted, one rewritten, a stale text mended, a missing one written."""
    before = rich(project, auflage)
    ours = (project / PATH).read_bytes()
    catalog = write(project, "back.po", ours) if merged else project / PATH
    work = {
        "Der Vorspann.": NEEDS_WORK,
        "Noch fehlt dieser.": typed("Teper est."),
        "Der Titel": typed("Novyj zagolovok"),
        "Ein Bild": typed("Risunok, 2 chasti"),
    }
    order = [entry.msgid for entry in before.live]
    steps = sorted((order.index(msgid), command) for msgid, command in work.items())
    edit(judge, catalog, tmp_path_factory.mktemp("home"), *steps)

    saved = read(catalog)
    only_two_header_lines(before, saved)
    expected = {entry.key: entry for entry in before.entries}
    for entry in before.live:
        if entry.msgid in work:
            text = entry.msgstr if work[entry.msgid] is NEEDS_WORK else work[entry.msgid][-1]
            expected[entry.key] = replace(
                entry, msgstr=text, flags=(), previous=None, previous_context=None
            )
    assert list(saved.entries) == list(expected.values())

    written = catalog.read_bytes()
    code, out, err = auflage(project, "update", *(("--merge", "back.po") if merged else ()))
    assert (code, err) == (0, "")
    after = read(project / PATH)
    if merged:
        assert f"{len(work)} texts taken" in out
        # What an engine wrote is no longer in the entry, so its mark is not either.
        drafted = next(key for key in expected if key[1] == "Ein Bild")
        expected[drafted] = replace(expected[drafted], comments=())
    else:
        assert (project / PATH).read_bytes() == written
    assert list(after.entries) == list(expected.values())
    states = {entry.msgid: marks.state(entry) for entry in after.live}
    assert {states[msgid] for msgid in work} == {State.TRANSLATED}
    assert not any(marks.machine(entry) for entry in after.live if entry.msgid == "Ein Bild")


def test_an_edit_after_a_review_shows(
    project: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Poedit keeps the marks; what it changed since is accepted, and seen to be changed."""
    entries = list(rich(project, auflage).live)
    chosen = [
        number
        for number, entry in enumerate(entries)
        if marks.state(entry) is State.TRANSLATED and entry.msgstr.isprintable()
    ][:2]
    kept, edited = chosen
    numbers = ",".join(str(number + 1) for number in chosen)
    name = ("--name", "Anna-Maria Österreicher von der Redaktion in der Josefstadt")
    assert auflage(project, "approve", numbers, "--review", *name, "--locale", "ru")[0] == 0
    edit(
        judge, project / PATH, tmp_path_factory.mktemp("home"),
        (edited, typed("Napisano inache.")),
    )  # fmt: skip
    for _ in range(2):
        after = list(read(project / PATH).live)
        assert marks.state(after[kept]) is State.REVIEWED
        assert marks.state(after[edited]) is State.TRANSLATED
        assert marks.overtaken(after[edited])
        out = auflage(project, "status", "--review", "--locale", "ru")[1]
        place = f"{PATH}:{after[edited].line}: entry {edited + 1}: translated"
        (line,) = [line for line in out.splitlines() if line.startswith(place)]
        assert f"reviewed by {name[1]} on " in line
        assert line.endswith(", changed since)")
        assert auflage(project, "update")[0] == 0
