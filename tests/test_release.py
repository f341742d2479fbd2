"""`auflage release`: every reason of refusal, what a release holds, and that it can be trusted."""

import hashlib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, run
from tests.trees import NAME, contents, run_without_privileges, shown, write
from workflow import jobs, shelf
from workflow.commands import release as command
from workflow.commands.release import Request
from workflow.config import DEFAULT_FORMATS
from workflow.editions import manifest
from workflow.editions.gate import allowance
from workflow.errors import StoreError, UsageError
from workflow.model import Article, Catalog
from workflow.printing import pdf
from workflow.store import Project, open_project
from workflow.terms.glossary import Glossary
from workflow.work import Job, Result

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
FIRST = "release/ru/x/1"
RU = ("--locale", "ru")

ARTICLE = "---\ntitle: Titel\n---\n\nEins. Zwei.\n\nDrei *drei*. Vier.\n"
TEXTS = {"Titel": "Заголовок", "Eins.": "Один.", "Zwei.": "Два.",
         "Drei *drei*.": "Три *три*.", "Vier.": "Четыре."}  # fmt: skip


def catalog(texts: dict[str, str], **above: str) -> str:
    """A catalog; `above` is what stands above an entry, by the first word of its msgid."""
    parts = [
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"PO-Revision-Date: 2026-11-20 10:00+0000\\n"\n'
    ]
    for msgid, text in texts.items():
        key = re.sub(r"\W.*", "", msgid)
        context = 'msgctxt "title"\n' if msgid == "Titel" else ""
        parts.append(f'{above.get(key, "")}{context}msgid "{msgid}"\nmsgstr "{text}"\n')
    return "\n".join(parts)


@pytest.fixture
def x(project: Path) -> Path:
    """A small article that is finished in Russian."""
    write(project, "auflage.toml",
          'source_locale = "de"\nlocales = ["ru", "en"]\nformats = ["html"]\n')  # fmt: skip
    write(project, "source/x.md", ARTICLE)
    write(project, PATH, catalog(TEXTS))
    return project


@dataclass(frozen=True)
class Found:
    """What a check says."""

    code: str
    severity: str
    message: str
    reference: tuple[str | None, str] | None


def checked(project: Path, *found: Found, allow: str = "") -> Any:
    """Run a release with checks that say what they are told to."""

    def check(article: Article, catalog: Catalog, locale: str, terms: Glossary) -> Iterator[Found]:
        assert (article.name, locale) == ("x", "ru")
        assert [entry.msgid for entry in catalog.live] == list(TEXTS)
        assert isinstance(terms, Glossary)
        yield from found

    allowed = tuple(allowance(each) for each in allow.split(",") if each)
    return command.release(open_project(project), Request((), ("ru",), allowed), check=check)


def test_a_finished_article_is_released(x: Path, auflage: Call) -> None:
    before = contents(x / "locale") | contents(x / "source")
    code, out, err = auflage(x, "release", *RU)
    assert (code, err) == (0, "")
    names = ["CHANGES.txt", "manifest.json", "texts.json", "x-ru-1.zip", "x-ru.html"]
    assert out.splitlines()[:-1] == [f"{FIRST}/{name}" for name in names]
    assert sorted(path.name for path in (x / FIRST).iterdir()) == names
    assert contents(x / "locale") | contents(x / "source") == before
    assert list((x / "build").iterdir()) == []
    page = shown(x / FIRST / "x-ru.html")
    assert "Один. Два." in page
    assert "notice" not in page
    # It stands alone: no way to pages that are not there.
    assert re.findall(r'href="([^"]*)"', page) == []


MACHINE = "# mt: llm 2026-11-22 s={s} t={t}\n#, fuzzy\n"
REASONS = {
    "missing": (catalog(TEXTS | {"Zwei.": ""}), "has no translation"),
    "stale": (catalog(TEXTS, Zwei='#, fuzzy\n#| msgid "Zwo."\n'), "its source has changed"),
    "fuzzy": (catalog(TEXTS, Zwei="#, fuzzy\n"), "marked fuzzy"),
    "machine": (
        catalog(TEXTS, Zwei="# mt: llm 2026-11-22 s=9a4bdf t=b0ba6a\n#, fuzzy\n"),
        "machine text that nobody has accepted",
    ),
}


def hashed(text: str) -> str:
    """The catalog with a mark that fits."""
    from workflow.catalogs.marks import digest  # noqa: PLC0415

    return text.replace("s=9a4bdf t=b0ba6a", f"s={digest('Zwei.')} t={digest('Два.')}")


@pytest.mark.parametrize("code", REASONS)
def test_what_is_not_accepted_is_refused(x: Path, auflage: Call, code: str) -> None:
    text, message = REASONS[code]
    write(x, PATH, hashed(text))
    line = hashed(text)[: hashed(text).index('msgid "Zwei."')].count("\n") + 1
    exit_code, out, err = auflage(x, "release", *RU)
    assert (exit_code, out) == (1, "")
    said, quoted, last = err.splitlines()
    assert said.startswith(f"error: {PATH}:{line}: {code} (entry 3): {message}")
    assert quoted == "    “Zwei.”"
    assert last == "error: x (ru) is not released: 1 reason"
    assert not (x / "release").exists()
    data = json.loads(auflage(x, "release", "--json", *RU)[1])
    assert data[0]["released"] is None
    assert [(each["code"], each["entry"]) for each in data[0]["reasons"]] == [(code, 3)]


def test_a_sentence_that_the_catalog_does_not_have_is_refused(x: Path, auflage: Call) -> None:
    write(x, "source/x.md", ARTICLE + "\nFünf.\n")
    code, _, err = auflage(x, "release", *RU)
    assert code == 1
    assert f"error: source/x.md:9: missing: is not in {PATH}; run: auflage update" in err


def test_an_article_without_a_catalog_is_refused(x: Path, auflage: Call) -> None:
    code, _, err = auflage(x, "release", "--locale", "en")
    assert (code, err.count(": missing: ")) == (1, 5)


def test_an_image_that_is_not_there_is_refused(x: Path, auflage: Call) -> None:
    write(x, "source/x.md", f"{ARTICLE}\n![](map.png)\n")
    code, _, err = auflage(x, "release", *RU)
    assert code == 1
    assert "source/x.md: image: there is no image source/map.png" in err
    assert not (x / "release").exists()
    code, _, err = auflage(x, "release", *RU, "--allow", "image")
    assert code == 0, err


def test_an_error_of_the_checks_is_refused(x: Path) -> None:
    report = checked(
        x,
        Found("numbers", "error", "3 is gone", (None, "Eins.")),
        Found("quotes", "warning", "»", (None, "Eins.")),
        Found("unmodified", "hint", "?", (None, "Eins.")),
        Found("machine", "state", "?", (None, "Eins.")),
        Found("links", "error", "the edition has one link less", None),
    )
    assert report.exit_code == 1
    assert report.errors == [
        f"{PATH}:11: numbers (entry 2): 3 is gone\n    “Eins.”",
        f"{PATH}: links: the edition has one link less",
        "x (ru) is not released: 2 reasons",
    ]
    assert not (x / "release").exists()


def test_the_same_reason_is_told_once(x: Path) -> None:
    write(x, PATH, catalog(TEXTS | {"Zwei.": ""}))
    report = checked(x, Found("missing", "error", "there is no translation", (None, "Zwei.")))
    assert len(report.errors) == 2


def test_named_exceptions_pass_and_are_told(x: Path) -> None:
    found = (
        Found("numbers", "error", "3 is gone", (None, "Eins.")),
        Found("numbers", "error", "4 is gone", (None, "Vier.")),
        Found("quotes", "error", "„", (None, "Vier.")),
    )
    report = checked(x, *found, allow="quotes,numbers:2")
    assert report.errors[0].startswith(f"{PATH}:20: numbers (entry 5)")
    assert len(report.errors) == 2
    report = checked(x, *found, allow="quotes,numbers:2,numbers:5,length")
    assert (report.exit_code, report.errors) == (0, [])
    assert report.warnings == ["--allow length: nothing needs this exception"]
    known = json.loads((x / FIRST / "manifest.json").read_text("utf-8"))
    told = [(each["code"], each["entry"], each["msgid"]) for each in known["exceptions"]]
    assert told == [("numbers", 2, "Eins."), ("numbers", 5, "Vier."), ("quotes", 5, "Vier.")]
    page = shown(x / FIRST / "x-ru.html")
    colophon = page[page.index('class="colophon"') :]
    assert "Выпущено, несмотря на замечания проверок: numbers (2), quotes." in colophon


def test_unfinished_text_passes_by_entry_only_and_readers_are_told(x: Path, auflage: Call) -> None:
    write(x, PATH, hashed(REASONS["machine"][0]))
    code, _, err = auflage(x, "release", "--allow", "machine", *RU)
    assert (code, "only for single entries, such as machine:12" in err) == (2, True)
    assert auflage(x, "release", "--allow", "machine:2", *RU)[0] == 1
    assert auflage(x, "release", "--allow", "machine:3", *RU)[0] == 0
    page = shown(x / FIRST / "x-ru.html")
    before, colophon = page.split('class="colophon"')
    assert "Машинный" not in before
    assert "Машинный перевод, не проверенный человеком: 17 % текста." in colophon


@pytest.mark.parametrize("text", ["", "numbers:", "numbers:0", ":3", "a b", "numbers:1-3", "Q:1"])
def test_exceptions_that_name_nothing(text: str) -> None:
    with pytest.raises(UsageError, match="write a code"):
        allowance(text)


def test_the_language_is_named(x: Path, auflage: Call) -> None:
    code, _, err = auflage(x, "release")
    assert (code, "say what to release: --locale ru|en" in err) == (2, True)
    assert auflage(x, "release", "--locale", "fr")[0] == 2
    assert auflage(x, "release", "--article", "y", *RU)[0] == 2
    write(x, "auflage.toml", 'source_locale = "de"\nlocales = ["ru"]\nformats = ["html"]\n')
    assert auflage(x, "release")[0] == 0


def test_the_original_can_be_released(x: Path, auflage: Call) -> None:
    assert auflage(x, "release", "--locale", "de")[0] == 0
    assert (x / "release/de/x/1/x-de.html").exists()


def test_one_article_that_is_refused_does_not_hold_the_others(x: Path, auflage: Call) -> None:
    write(x, "source/y.md", "---\ntitle: Noch einer\n---\n")
    code, _, err = auflage(x, "release", *RU)
    assert (code, "y (ru) is not released" in err) == (1, True)
    assert (x / FIRST).exists()


def test_what_changed_since_the_last_release(x: Path, auflage: Call) -> None:
    assert auflage(x, "release", *RU)[0] == 0
    first = contents(x / FIRST)
    changes = (x / FIRST / "CHANGES.txt").read_text("utf-8")
    assert changes == "Заголовок\nРусский · 1. Auflage\n\nDas ist die erste Auflage.\n"
    # One translation changed, one sentence was edited, one is new, one is gone.
    write(x, "source/x.md", ARTICLE.replace("Drei *drei*. Vier.", "Drei *drei* Mal. Neues."))
    now = {"Titel": "Заголовок", "Eins.": "Раз.", "Zwei.": "Два.",
           "Drei *drei* Mal.": "Три *три* раза.", "Neues.": "Новое."}  # fmt: skip
    write(x, PATH, catalog(now))
    assert auflage(x, "release", *RU)[0] == 0
    assert contents(x / FIRST) == first, "a release is never changed"
    changes = (x / "release/ru/x/2/CHANGES.txt").read_text("utf-8")
    assert changes.splitlines() == [
        "Заголовок", "Русский · 2. Auflage", "", "Seit der 1. Auflage:", "",
        "Geändert (2)", "",
        "    Eins.", "  − Один.", "  + Раз.", "",
        "  − Drei *drei*.", "  + Drei *drei* Mal.", "  − Три *три*.", "  + Три *три* раза.", "",
        "Neu (1)", "", "    Neues.", "  + Новое.", "",
        "Entfallen (1)", "", "    Vier.", "  − Четыре.",
    ]  # fmt: skip
    known = json.loads((x / "release/ru/x/2/manifest.json").read_text("utf-8"))
    former = (x / FIRST / "manifest.json").read_bytes()
    assert known["previous"] == hashlib.sha256(former).hexdigest()


def test_nothing_new_is_no_release(x: Path, auflage: Call) -> None:
    assert auflage(x, "release", *RU)[0] == 0
    write(x, PATH, "# ein Kommentar\n" + catalog(TEXTS))
    code, out, _ = auflage(x, "release", *RU)
    assert (code, out) == (0, f"nothing has changed: {FIRST} is the release\n")
    assert [path.name for path in (x / "release/ru/x").iterdir()] == ["1"]


def test_the_credit_is_released_if_there_is_one(x: Path, auflage: Call) -> None:
    assert auflage(x, "update")[0] == 0
    assert auflage(x, "release", *RU)[0] == 0, "it is optional"
    text = (x / PATH).read_text("utf-8")
    credit = 'msgctxt "credit"\nmsgid "Translated by"\nmsgstr "'
    assert credit in text
    write(x, PATH, text.replace(credit, credit + "Перевод: Клара"))
    assert auflage(x, "release", *RU)[0] == 0
    known = json.loads((x / "release/ru/x/2/manifest.json").read_text("utf-8"))
    assert known["credit"] == "Перевод: Клара"
    changes = (x / "release/ru/x/2/CHANGES.txt").read_text("utf-8")
    assert changes.endswith("Neu (1)\n\n    Translated by\n  + Перевод: Клара\n")


@pytest.mark.parametrize("shown_as", ["mark", "source"])
def test_a_stale_entry_is_stale_however_drafts_show_it(
    x: Path, auflage: Call, shown_as: str
) -> None:
    configuration = (x / "auflage.toml").read_text("utf-8")
    write(x, "auflage.toml", f'stale = "{shown_as}"\n{configuration}')
    write(x, PATH, catalog(TEXTS, Zwei='#, fuzzy\n#| msgid "Zwo."\n'))
    assert ": stale (entry 3)" in auflage(x, "release", *RU)[2]
    assert auflage(x, "build", *RU)[0] == 0
    assert "Original inzwischen geändert" in shown(x / "build/status.html")
    assert auflage(x, "release", "--allow", "stale:3", *RU)[0] == 0
    printed = {"mark": "Два.", "source": "Zwei."}[shown_as]
    assert printed in shown(x / FIRST / "x-ru.html")
    assert f'"{printed}"' in (x / FIRST / "texts.json").read_text("utf-8")


def test_a_review_makes_a_release_without_a_changed_text(x: Path, auflage: Call) -> None:
    assert auflage(x, "release", *RU)[0] == 0
    assert auflage(x, "approve", "2", "--review", "--name", "Bo", *RU)[0] == 0
    assert auflage(x, "release", *RU)[0] == 0
    changes = (x / "release/ru/x/2/CHANGES.txt").read_text("utf-8")
    assert changes.splitlines()[-1] == "Seit der 1. Auflage hat sich kein Text geändert."
    known = json.loads((x / "release/ru/x/2/manifest.json").read_text("utf-8"))
    assert known["states"]["segments"] == {
        "missing": 0, "stale": 0, "machine": 0, "fuzzy": 0, "translated": 4, "reviewed": 1
    }  # fmt: skip
    everything = b"".join(path.read_bytes() for path in (x / "release/ru/x/2").iterdir())
    assert b"Bo 20" not in everything


def test_a_release_is_never_half_there(
    x: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise KeyboardInterrupt

    write(x, "auflage.toml",
          'source_locale = "de"\nlocales = ["ru"]\nformats = ["html", "pdf"]\n')  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", refuse)
        assert auflage(x, "release", *RU)[0] == 130
        assert not (x / "release").exists()
        patch.setattr(pdf, "render", lambda *_: 1 / 0)
        code, _, err = auflage(x, "release", *RU)
        assert (code, "x-ru.pdf: ZeroDivisionError" in err) == (1, True)
        assert not (x / "release").exists()
    assert auflage(x, "release", *RU)[0] == 0


def test_what_was_not_judged_is_not_released(
    x: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor saves while the editions are made."""
    perform = jobs.perform

    def interrupted(project: Project, job: Job) -> Result:
        write(x, PATH, catalog(TEXTS, Zwei="#, fuzzy\n"))
        return perform(project, job)

    monkeypatch.setattr(jobs, "perform", interrupted)
    code, _, err = auflage(x, "release", *RU)
    assert (code, "was changed in the meantime; run again (ru)" in err) == (1, True)
    assert not (x / "release").exists()


def test_a_killed_run_leaves_no_release(x: Path, auflage: Call) -> None:
    """Killed at any moment: what has a number is whole, and the next run clears up."""
    chance = random.Random(3)
    command = [sys.executable, "-m", "workflow", "release", "--locale", "ru"]
    for text in ("Раз.", "Уно.", "Ван.", "Айн.", "Юно.", "Бир."):
        write(x, PATH, catalog(TEXTS | {"Eins.": text}))
        process = subprocess.Popen(
            command, cwd=x, env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        made = x / "release/ru/x"
        end = time.monotonic() + 60
        while process.poll() is None and not made.exists() and time.monotonic() < end:
            time.sleep(0.001)  # the interesting part begins
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        process.wait()
        for release in made.glob("[0-9]*"):
            assert auflage(x, "release", "--verify", str(release))[0] == 0
    assert auflage(x, "release", *RU)[0] == 0
    numbers = sorted(path.name for path in made.iterdir())
    assert numbers == [str(number + 1) for number in range(len(numbers))]
    (*_, last) = made.glob(f"{len(numbers)}/x-ru.html")
    assert "Бир. Два." in shown(last)


def test_one_run_at_a_time(x: Path, auflage: Call) -> None:
    with shelf.begun(open_project(x), "release/ru/x") as path:
        code, _, err = auflage(x, "release", *RU)
        assert (code, "another run makes a release here; run again" in err) == (1, True)
        assert (x / path).is_dir()
    assert not (x / "release").exists()
    assert auflage(x, "release", *RU)[0] == 0


def test_a_shelf_that_may_not_be_written(x: Path) -> None:
    (x / "release/ru/x").mkdir(parents=True, mode=0o555)
    done = run_without_privileges(x, "release", *RU)
    assert done.returncode == 1
    assert "error: release/ru/x: cannot write: no permission" in done.stderr
    assert not (x / "release").exists(), "what was empty is gone again"
    write(x, "release/ru", "a file")
    done = run_without_privileges(x, "release", *RU)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_a_changed_past_is_noticed(x: Path, auflage: Call) -> None:
    assert auflage(x, "release", *RU)[0] == 0
    write(x, PATH, catalog(TEXTS | {"Eins.": "Раз."}))
    write(x, f"{FIRST}/texts.json", "[]\n")
    code, _, err = auflage(x, "release", *RU)
    assert (code, f"{FIRST}/texts.json: was changed since it was released" in err) == (1, True)
    write(x, f"{FIRST}/manifest.json", "{}")
    assert "not a manifest" in auflage(x, "release", *RU)[2]


def released(x: Path, auflage: Call) -> Path:
    assert auflage(x, "release", *RU)[0] == 0
    return x / FIRST


def test_verification(x: Path, auflage: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = released(x, auflage)
    elsewhere = tmp_path_factory.mktemp("elsewhere")  # no project, as whoever gets a release
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    shutil.copy(folder / "x-ru-1.zip", elsewhere / "renamed.zip")
    with zipfile.ZipFile(elsewhere / "renamed.zip") as archive:
        archive.extractall(elsewhere)
    for path in (folder, folder / "manifest.json", "renamed.zip", "x-ru-1"):
        code, out, err = auflage(elsewhere, "release", "--verify", str(path))
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "x-ru-1: 3 files are as they were released",
            f"SHA-256 of manifest.json: {digest}",
        ]


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda folder: write(folder, "x-ru.html", "x"), "x-ru.html was changed: SHA-256 "),
        (lambda folder: (folder / "CHANGES.txt").unlink(), "CHANGES.txt is missing"),
        (lambda folder: write(folder, "more.txt", ""), "more.txt is no part of the release"),
        (lambda folder: write(folder, "a/b.txt", ""), "a/b.txt is no part of the release"),
        (
            lambda folder: (folder / "manifest.json").unlink(),
            "manifest.json: cannot read: there is no",
        ),
        (lambda folder: write(folder, "manifest.json", "no"), "not a manifest"),
        (lambda folder: write(folder, "manifest.json", "[]"), "not a manifest"),
        (lambda folder: write(folder, "manifest.json", '{"manifest": 1}'), "names no release"),
        (
            lambda folder: write(
                folder, "manifest.json", '{"manifest": 1, "name": "x", "files": {"\\u001b[2J": ""}}'
            ),
            "names no release",
        ),
        (lambda folder: write(folder, "x-ru-1.zip", "no"), "not a sound zip archive"),
        (lambda folder: shutil.rmtree(folder), "manifest.json: cannot read: there is no"),
    ],
)
def test_tampering_is_seen(
    x: Path, auflage: Call, tamper: Callable[[Path], object], said: str
) -> None:
    tamper(released(x, auflage))
    code, out, err = auflage(x, "release", "--verify", FIRST)
    assert (code, out) == (1, "")
    assert said in err


def test_a_tampered_archive_is_seen(x: Path, auflage: Call) -> None:
    packed = released(x, auflage) / "x-ru-1.zip"
    data = packed.read_bytes()
    write(x, "cut.zip", data[: len(data) // 2])
    write(x, "other.zip", data.replace("Один".encode(), "Тван".encode()))
    with zipfile.ZipFile(packed) as old:
        for name, method in (("deflated.zip", zipfile.ZIP_DEFLATED), ("swapped.zip", 0)):
            with zipfile.ZipFile(x / name, "w", method) as new:
                for member in old.namelist():
                    text = old.read(member)
                    new.writestr(member, b"x" if member.endswith("html") else text)
    for name in ("cut", "other", "deflated", "swapped"):
        code, _, err = auflage(x, "release", "--verify", f"{name}.zip")
        assert (code, err.startswith(("auflage: ", "error: "))) == (1, True), name
    shutil.copy(x / "swapped.zip", packed)
    code, _, err = auflage(x, "release", "--verify", FIRST)
    assert (code, "x-ru-1.zip does not hold the files beside it" in err) == (1, True)


FILES = {"a.html": b"x" * 300, "manifest.json": b"{}"}
ARCHIVE = manifest.pack(FILES, "a-ru-1")
PLACES = st.integers(0, len(ARCHIVE) - 1) | st.integers(len(ARCHIVE) - 160, len(ARCHIVE) - 1)


@given(st.lists(st.tuples(PLACES, st.binary(max_size=4), st.integers(0, 8)), max_size=4))
def test_a_broken_archive_is_a_message(edits: list[tuple[int, bytes, int]]) -> None:
    data = ARCHIVE
    for place, new, gone in edits:
        data = data[:place] + new + data[place + gone :]
    with suppress(StoreError):
        files = manifest.unpack(data, "x.zip")
        # What is read is what was packed: every member has a checksum.
        assert set(files.values()) <= set(FILES.values())
    assert manifest.unpack(ARCHIVE, "x.zip") == FILES


def test_an_archive_tells_nothing_of_its_maker() -> None:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == ["a-ru-1/a.html", "a-ru-1/manifest.json"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in members} == {0o100644}
    assert {member.create_system for member in members} == {3}


def test_the_real_article_in_all_formats_twice(kasachstan: Path) -> None:
    """Other processes, other hash seeds, another folder: the same bytes."""
    shutil.copy(ROOT / "locale/glossary.csv", kasachstan / "locale")  # what the checks ask
    other = kasachstan / "other"
    shutil.copytree(kasachstan, other)
    for folder, seed in ((kasachstan, "1"), (other, "2")):
        assert run(folder, "approve", "all", "--locale", "kk").returncode == 0
        catalog = folder / f"locale/kk/LC_MESSAGES/{NAME}.po"
        text = catalog.read_text("utf-8")
        catalog.write_text(re.sub("PO-Revision-Date: [^\\\\]*", "PO-Revision-Date: x", text))
        done = run(folder, "release", "--locale", "kk", env={"PYTHONHASHSEED": seed, "TZ": seed})
        assert (done.returncode, done.stderr) == (0, "")
    shelf = f"release/kk/{NAME}/1"
    assert contents(kasachstan / shelf) == contents(other / shelf)
    kinds = {path.suffix for path in (kasachstan / shelf).iterdir()}
    assert kinds == {f".{kind}" for kind in (*DEFAULT_FORMATS, "json", "txt", "zip")}
    known = json.loads((kasachstan / shelf / "manifest.json").read_text("utf-8"))
    assert known["states"]["words"]["translated"] == known["unmodified"]["words"] > 1000
    assert known["made_from"]["glossary"]
    assert known["versions"].keys() >= {"auflage", "weasyprint", "jinja2"}
    everything = b"".join(path.read_bytes() for path in (kasachstan / shelf).iterdir())
    assert str(kasachstan).encode() not in everything
