"""`auflage pretranslate`, whole commands in a project."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers import GooglePage, Reply, Server, running
from workflow.catalogs import marks, po
from workflow.model import Catalog, State
from workflow.pretranslate.engines import address

Auflage = Callable[..., tuple[int, str, str]]
NAME = "kasachstan-2022"
LOCALES = ("ru", "kk", "en")
NOW = re.compile(r'"PO-Revision-Date: .*\\n"\n')


def path(project: Path, locale: str) -> Path:
    return project / f"locale/{locale}/LC_MESSAGES/{NAME}.po"


def catalog(project: Path, locale: str) -> Catalog:
    return po.parse(path(project, locale).read_text(encoding="utf-8"), f"{locale}.po")


def states(project: Path, locale: str) -> set[State]:
    return {marks.state(entry) for entry in catalog(project, locale).texts}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def said() -> dict[str, str | Reply]:
    """What the server says to a text; “Ответ.” to all others."""
    return {}


@pytest.fixture
def local(
    said: dict[str, str | Reply], monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> Iterator[Server]:
    """The google engine of the command asks our server, takes it for a stranger's, and never
    sleeps."""
    service = GooglePage()

    def change(texts: list[str]) -> list[str] | Reply:
        found = said.get(texts[0], "Ответ.")
        return found if isinstance(found, Reply) else [found]

    service.change = change
    monkeypatch.setattr(address, "is_loopback", lambda host: False)
    with running(service) as server:
        monkeypatch.setenv("AUFLAGE_GOOGLE_URL", server.url)
        yield server


@pytest.fixture
def little(project: Path, auflage: Auflage) -> Path:
    """A project with a short article, and empty catalogs."""
    text = "# Titel des Textes\n\nGuten Tag. Ein **Wort** und [mehr](https://a.org).\n\nEnde gut.\n"
    (project / f"source/{NAME}.md").write_text(text, encoding="utf-8")
    assert auflage(project, "update")[0] == 0
    return project


@pytest.mark.parametrize("locale", LOCALES)
def test_a_lost_catalog_comes_back_to_the_byte(
    kasachstan: Path, auflage: Auflage, locale: str
) -> None:
    before = path(kasachstan, locale).read_bytes()
    path(kasachstan, locale).unlink()
    assert auflage(kasachstan, "update")[0] == 0
    assert path(kasachstan, locale).read_bytes() != before
    code, out, _ = auflage(kasachstan, "pretranslate")
    assert (code, f"{NAME}.po: filled 83 by llm" in out) == (0, True)
    assert path(kasachstan, locale).read_bytes() == before
    assert states(kasachstan, locale) == {State.MACHINE}
    assert len(list(catalog(kasachstan, locale).texts)) == 83


@pytest.mark.parametrize("locale", LOCALES)
def test_gettext_accepts_the_committed_catalogs(judge: Callable[[str], str], locale: str) -> None:
    command = [judge("msgfmt"), "-c", "-o", "/dev/null", str(path(ROOT, locale))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_second_run_changes_nothing(kasachstan: Path, auflage: Auflage) -> None:
    before = {locale: path(kasachstan, locale).stat().st_mtime_ns for locale in LOCALES}
    for arguments in ((), ("--redo", "machine")):
        assert auflage(kasachstan, "pretranslate", *arguments)[0] == 0
    assert {locale: path(kasachstan, locale).stat().st_mtime_ns for locale in LOCALES} == before


@pytest.mark.parametrize("redo", [(), ("--redo", "machine")])
def test_a_persons_text_stays(kasachstan: Path, auflage: Auflage, redo: tuple[str, ...]) -> None:
    words = "Эта устроенная правительством бойня не забыта."
    edit(path(kasachstan, "ru"), words, "Эту бойню не забыли.")
    before = path(kasachstan, "ru").read_bytes()
    assert auflage(kasachstan, "pretranslate", *redo)[0] == 0
    assert path(kasachstan, "ru").read_bytes() == before


def test_redo_takes_the_mended_draft(kasachstan: Path, auflage: Auflage) -> None:
    words, better = "Эта устроенная правительством бойня не забыта.", "Эту бойню не забыли."
    edit(kasachstan / f"locale/drafts/ru/{NAME}.tmx", words, better)
    before = path(kasachstan, "ru").read_text(encoding="utf-8")
    assert auflage(kasachstan, "pretranslate")[0] == 0
    assert path(kasachstan, "ru").read_text(encoding="utf-8") == before
    assert auflage(kasachstan, "pretranslate", "--redo", "machine")[0] == 0
    after = path(kasachstan, "ru").read_text(encoding="utf-8")
    changed = set(after.splitlines()) ^ set(before.splitlines())
    assert {line.split(" ")[0] for line in changed} == {"#", "msgstr"}
    assert len(changed) == 4
    assert states(kasachstan, "ru") == {State.MACHINE}


def test_google_fills_what_is_left(
    little: Path, auflage: Auflage, local: Server, said: dict[str, str | Reply]
) -> None:
    said["Ein [1]Wort[2] und [3]mehr[4]."] = "Одно [1]слово[2] и [3]больше[4]."
    code, out, err = auflage(
        little, "pretranslate", "--engine", "tmx,google", "--yes", "--locale", "ru"
    )
    assert code == 0
    assert err == f"google: 4 segments of {NAME}, 74 characters, go to 127.0.0.1 (ru)\n"
    assert "filled 4 by google" in out
    found = {entry.msgid: entry for entry in catalog(little, "ru").texts}
    marked = "Ein **Wort** und [mehr](https://a.org)."
    assert found[marked].msgstr == "Одно **слово** и [больше](https://a.org)."
    assert states(little, "ru") == {State.MACHINE}
    assert states(little, "kk") == {State.MISSING}
    assert len(local.asked) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--engine", "google"), "nothing was sent; add --yes"),
        (("--engine", "google", "--dry-run"), "left"),
        (("--engine", "google", "--dry-run", "--yes"), "left"),
    ],
)
def test_nothing_is_sent_unasked(
    little: Path, auflage: Auflage, local: Server, arguments: tuple[str, ...], told: str
) -> None:
    before = path(little, "ru").read_bytes()
    code, out, err = auflage(little, "pretranslate", *arguments)
    assert code == 3
    assert f"google: 4 segments of {NAME}, 74 characters, go to 127.0.0.1 (ru)" in out + err
    assert told in out
    assert local.asked == []
    assert path(little, "ru").read_bytes() == before


def test_a_dry_run_writes_nothing_either(kasachstan: Path, auflage: Auflage, local: Server) -> None:
    edit(kasachstan / f"locale/drafts/ru/{NAME}.tmx", "<seg>Dieses Reg", "<seg>Das Reg")
    path(kasachstan, "ru").unlink()
    auflage(kasachstan, "update")
    before = path(kasachstan, "ru").read_bytes()
    arguments = ("--engine", "tmx,google", "--dry-run", "--locale", "ru")
    code, out, _ = auflage(kasachstan, "pretranslate", *arguments)
    assert code == 3
    assert "google: 1 segments" in out
    assert "would fill 82 by llm; 1 left" in out
    assert path(kasachstan, "ru").read_bytes() == before
    assert local.asked == []


def test_what_is_left_is_told(little: Path, auflage: Auflage) -> None:
    code, out, err = auflage(little, "pretranslate")
    assert (code, err) == (3, "")
    assert len(out.splitlines()) == 3
    listed = ", ".join(f"locale/{locale}/LC_MESSAGES/{NAME}.po: 4" for locale in LOCALES)
    assert f"nothing filled; 12 left ({listed})" in out
    assert "auflage pretranslate --engine NAME (memory, tmx, google, openai, " in out


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("", 429), "asks to wait (HTTP 429)"),
        (Reply("", 403), "refuses (HTTP 403)"),
        (Reply("", 503), "HTTP 503"),
        (Reply("", 302, {"Location": "https://consent.example/"}), "leads elsewhere (HTTP 302)"),
    ],
)
def test_what_came_before_a_refusal_is_kept(
    little: Path,
    auflage: Auflage,
    local: Server,
    said: dict[str, str | Reply],
    reply: Reply,
    reason: str,
) -> None:
    said["Ende gut."] = reply
    said["Ein [1]Wort[2] und [3]mehr[4]."] = Reply("", 400)
    arguments = ("--engine", "google", "--yes", "--locale", "ru")
    code, out, err = auflage(little, "pretranslate", *arguments)
    assert code == 1
    assert "error: ru: " in err
    assert reason in err
    assert "filled 2 by google; 2 left (HTTP 400: 1)" in out
    texts = {entry.msgid: entry.msgstr for entry in catalog(little, "ru").texts}
    assert sorted(texts.values()) == ["", "", "Ответ.", "Ответ."]
    # The same command again goes on where it stopped.
    said.clear()
    local.asked.clear()
    auflage(little, "pretranslate", *arguments)
    asked = [asked.query["q"] for asked in local.asked]
    assert asked[:2] == ["Ein [1]Wort[2] und [3]mehr[4].", "Ende gut."]


def test_another_engine_follows_one_that_cannot(little: Path, auflage: Auflage) -> None:
    (little / "auflage.toml").write_text(
        'source_locale = "de"\nlocales = ["ru", "xx"]\n', encoding="utf-8"
    )
    auflage(little, "update")
    drafts = little / f"locale/drafts/xx/{NAME}.tmx"
    drafts.parent.mkdir(parents=True)
    unit = '<tu><tuv lang="de"><seg>Ende gut.</seg></tuv><tuv lang="xx"><seg>Xx.</seg></tuv></tu>'
    drafts.write_text(f"<tmx><body>{unit}</body></tmx>", encoding="utf-8")
    arguments = ("--engine", "google,tmx", "--yes", "--locale", "xx")
    code, out, err = auflage(little, "pretranslate", *arguments)
    assert code == 1
    assert "google does not translate from de into xx" in err
    assert "filled 1 by tmx; 3 left" in out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--engine", "gogle"), "unknown engine “gogle”; there is memory, tmx, google"),
        (("--engine", "tmx,gogle"), "unknown engine “gogle”"),
        (("--locale", "fr"), "unknown locale “fr”"),
        (("--article", "nein"), "unknown article “nein”"),
        (("--redo", "all"), "invalid choice"),
    ],
)
def test_wrong_use(
    kasachstan: Path, auflage: Auflage, arguments: tuple[str, ...], word: str
) -> None:
    code, _, err = auflage(kasachstan, "pretranslate", *arguments)
    assert code == 2
    assert word in err


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("<body>", "<body", 6, "not valid XML"),
        ("</tmx>", "", 340, "not valid XML"),
        ('SYSTEM "tmx14.dtd"', '[<!ENTITY a "b">]', 2, "entities"),
    ],
)
def test_broken_drafts(
    kasachstan: Path, auflage: Auflage, old: str, new: str, line: int, word: str
) -> None:
    before = {locale: path(kasachstan, locale).read_bytes() for locale in LOCALES}
    for locale in LOCALES:
        path(kasachstan, locale).unlink()
    auflage(kasachstan, "update")
    edit(kasachstan / f"locale/drafts/ru/{NAME}.tmx", old, new)
    code, _, err = auflage(kasachstan, "pretranslate")
    assert code == 1
    assert f"error: locale/drafts/ru/{NAME}.tmx:{line}: " in err
    assert word in err
    assert [path(kasachstan, locale).read_bytes() == before[locale] for locale in LOCALES] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('msgid "Chronologie', "msgid Chronologie", ":102: not valid gettext"),
        ("", None, ": the file is empty"),
        ("msgid", "MSGID", ":3: not valid gettext"),
    ],
)
def test_a_broken_catalog_stops_only_itself(
    kasachstan: Path, auflage: Auflage, old: str, new: str | None, place: str
) -> None:
    file = path(kasachstan, "ru")
    text = file.read_text(encoding="utf-8")
    file.write_text("" if new is None else text.replace(old, new, 1), encoding="utf-8")
    path(kasachstan, "kk").unlink()
    before = file.read_bytes()
    for verb in ("update", "pretranslate"):
        code, _, err = auflage(kasachstan, verb)
        assert code == 1
        assert f"error: locale/ru/LC_MESSAGES/{NAME}.po{place}" in err
    assert file.read_bytes() == before
    assert states(kasachstan, "kk") == {State.MACHINE}


def test_without_a_catalog_it_says_what_to_do(kasachstan: Path, auflage: Auflage) -> None:
    path(kasachstan, "kk").unlink()
    code, _, err = auflage(kasachstan, "pretranslate")
    assert code == 1
    assert f"locale/kk/LC_MESSAGES/{NAME}.po: there is no catalog yet; run: auflage update" in err


def test_update_tells_and_is_quiet_the_second_time(little: Path, auflage: Auflage) -> None:
    edit(little / f"source/{NAME}.md", "Ende gut.", "Ende sehr gut.")
    code, out, _ = auflage(little, "update", "--locale", "ru")
    assert code == 0
    assert out.splitlines() == [
        f"locale/{NAME}.pot: 4 entries",
        f"locale/ru/LC_MESSAGES/{NAME}.po: 4 missing",
    ]
    assert auflage(little, "extract")[1] == "nothing to do: all templates are up to date\n"
    again = auflage(little, "update", "--locale", "ru")
    assert again[1] == "nothing to do: all catalogs are up to date\n"


def test_a_foreign_charset_is_not_mixed_up(little: Path, auflage: Auflage) -> None:
    file = path(little, "ru")
    text = file.read_text("utf-8").replace("charset=UTF-8", "charset=KOI8-R")
    text = text.replace("“", '\\"').replace("”", '\\"').replace("·", "-")
    text = text.replace('"Guten Tag."\nmsgstr ""', '"Guten Tag."\nmsgstr "Привет."')
    file.write_bytes(text.encode("koi8-r"))
    drafts = little / f"locale/drafts/ru/{NAME}.tmx"
    drafts.parent.mkdir(parents=True)
    unit = '<tu><tuv lang="de"><seg>Ende gut.</seg></tuv><tuv lang="ru"><seg>Всё.</seg></tuv></tu>'
    drafts.write_text(f"<tmx><body>{unit}</body></tmx>", encoding="utf-8")
    auflage(little, "pretranslate", "--locale", "ru")
    texts = {entry.msgid: entry.msgstr for entry in catalog(little, "ru").texts}
    assert (texts["Guten Tag."], texts["Ende gut."]) == ("Привет.", "Всё.")


def test_a_misspelt_engine_is_told_before_any_work(kasachstan: Path, auflage: Auflage) -> None:
    path(kasachstan, "ru").unlink()
    auflage(kasachstan, "update")
    before = path(kasachstan, "ru").read_bytes()
    config = kasachstan / "auflage.toml"
    config.write_text(config.read_text("utf-8") + '\n[engines]\nen = ["tnx"]\n', "utf-8")
    code, out, err = auflage(kasachstan, "pretranslate")
    assert (code, out) == (2, "")
    assert "unknown engine “tnx”" in err
    assert path(kasachstan, "ru").read_bytes() == before
