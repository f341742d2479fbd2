"""The command line: every wrong use is one message that names it, and never a traceback."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIG, run
from tests.trees import NAME, article, contents, run_without_privileges, write
from workflow import __version__

Call = Callable[..., tuple[int, str, str]]
VERBS = (
    "new", "import", "extract", "update", "pretranslate", "memory", "glossary", "check", "status",
    "approve", "build", "release", "doctor",
)  # fmt: skip
BROKEN_PO = 'msgid ""\nmsgstr "Language: kk\\n"\n\nmsgid "a\nmsgstr "b"\n'


def messages(errors: str) -> list[str]:
    """Errors, without the warnings (which are the business of the catalogs)."""
    assert "Traceback" not in errors
    return [line for line in errors.splitlines() if not line.startswith("warning: ")]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_does(verb: str, tmp_path: Path, auflage: Call) -> None:
    code, out, err = auflage(tmp_path, verb, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: auflage {verb}")
    _, overview, _ = auflage(tmp_path, "--help")
    (told,) = re.findall(rf"^    {verb}\s+(\w.*)$", overview, re.M)
    assert f"\n\n{told[0].upper()}{told[1:]}.\n\n" in out
    assert "exit codes" in overview


def test_the_verbs_are_these(tmp_path: Path, auflage: Call) -> None:
    _, overview, _ = auflage(tmp_path, "--help")
    lines = [line for line in overview.splitlines() if line.startswith("    ")]
    assert {line.split()[0] for line in lines if line[4] != " "} == set(VERBS)


def test_both_names_are_the_same_command(kasachstan: Path) -> None:
    script = Path(sys.executable).with_name("auflage")
    for arguments in (["status"], ["--version"], ["--help"], ["build", "--locale", "xx"]):
        by_name = subprocess.run(
            [script, *arguments], cwd=kasachstan, capture_output=True, text=True, check=False
        )
        by_module = run(kasachstan, *arguments)
        assert by_name.stdout == by_module.stdout
        assert by_name.stderr == by_module.stderr
        assert by_name.returncode == by_module.returncode


def test_version(tmp_path: Path, auflage: Call) -> None:
    assert auflage(tmp_path, "--version") == (0, f"auflage {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("build --locale fr", ["unknown locale “fr”", "de-AT, ru, kk, en"]),
        ("build --locale ru,fr", ["unknown locale “fr”"]),
        ("status --locale fr", ["unknown locale “fr”", "ru, kk, en"]),
        ("update --locale de", ["unknown locale “de”"]),
        ("pretranslate --locale fr", ["unknown locale “fr”"]),
        ("build --article none", ["unknown article “none”", NAME]),
        ("extract --article none", ["unknown article “none”"]),
        ("update --article none", ["unknown article “none”"]),
        ("status --article none", ["unknown article “none”"]),
        ("pretranslate --article none", ["unknown article “none”"]),
        ("build --format docx", ["unknown format “docx”", "html, pdf"]),
        ("build --formt html", ["--formt"]),
        ("build --jobs 0", ["--jobs", "“0”", "number of processes"]),
        ("build --jobs many", ["--jobs", "“many”", "number of processes"]),
        ("pretranslate --engine none", ["none"]),
        ("pretranslate --redo person", ["--redo", "person"]),
        ("import x.txt --locale Deutsch", ["“Deutsch”", "language tag"]),
        ("bild", ["bild", "build"]),
        ("", ["VERB"]),
        ("new", ["DIR"]),
        ("import", ["FILE"]),
    ],
)
def test_wrong_use_is_named(
    kasachstan: Path, auflage: Call, arguments: str, words: list[str]
) -> None:
    write(kasachstan, "x.txt", "Titel\n\nText.\n")
    empty_catalog = kasachstan / f"locale/kk/LC_MESSAGES/{NAME}.po"
    empty_catalog.unlink()
    auflage(kasachstan, "update")  # something is missing, so that an engine is looked for
    before = contents(kasachstan)
    code, out, err = auflage(kasachstan, *arguments.split())
    *usage, message = err.strip().splitlines()
    assert (code, out) == (2, "")
    assert not usage or usage[0].startswith("usage: ")
    assert message.startswith("auflage")
    for word in words:
        assert word in message
    assert contents(kasachstan) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[build", "auflage.toml:1: not valid TOML"),
        ("locales = [\n'ru'\nx", "auflage.toml:3: not valid TOML"),
        ("\ncolour = 'red'", "auflage.toml:2: colour: unknown key"),
        ("locales = 'ru'", "auflage.toml:1: locales: must be a list"),
        ("locales = ['rus_RU']", "auflage.toml:1: locales: “rus_RU” is not a language tag"),
        ("formats = ['doc']", "auflage.toml:1: formats: “doc” is no format"),
        (b"publisher = '\xff'", "auflage.toml:1: not UTF-8"),
    ],
)
@pytest.mark.parametrize("verb", ["build", "status", "update", "extract", "pretranslate"])
def test_a_wrong_configuration_is_named(
    project: Path, auflage: Call, verb: str, text: str | bytes, message: str
) -> None:
    article(project, "x")
    write(project, "auflage.toml", text)
    before = contents(project)
    code, out, err = auflage(project, verb)
    assert (code, out) == (2, "")
    assert len(messages(err)) == 1
    assert err.startswith(f"auflage: {message}")
    assert contents(project) == before


@pytest.mark.parametrize(
    "arguments", ["build", "status", "update", "extract", "pretranslate", "import x.txt"]
)
def test_no_project_here(tmp_path: Path, auflage: Call, arguments: str) -> None:
    write(tmp_path, "x.txt", "Text")
    code, out, err = auflage(tmp_path, *arguments.split())
    assert (code, out) == (2, "")
    assert messages(err) == [err.strip()]
    assert "no project here" in err
    assert "auflage new DIR" in err


def test_a_folder_that_was_deleted(tmp_path: Path) -> None:
    code = "import os; os.rmdir(os.getcwd()); from workflow.cli import main; exit(main(['build']))"
    here = tmp_path / "here"
    here.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "auflage: this folder was deleted; change to another one\n"


BAD_SOURCES = [
    (b"---\ntitle: [a\n---\n", ":3: ", "not valid YAML"),
    (b"---\ntitle: T\nlead: a: b\n---\n", ":3: ", "not valid YAML"),
    (b"---\ntitle: T\n\nText\n", ":1: ", "not closed"),
    (b"---\n- title\n---\n", ":2: ", "key: value"),
    (b"---\ntitle: T\ndate: yesterday\n---\n", ":3: ", "yesterday"),
    (b"---\ntitle: T\ndate: 2022-13-45\n---\n", ":3: ", "2022-13-45"),
    (b"---\ntitle: T\nlocale: German\n---\n", ":3: ", "“locale: German”"),
    (b"---\ntitle: {a: b}\n---\n", ":2: ", "“title” must be a text"),
    (b"---\ntitle: T\nsegmentation: word\n---\n", ":3: ", "segmentation"),
    (b"---\nlead: T\n---\n\nText without a title.\n", ":1: ", "no title"),
    (b"", ":1: ", "no title"),
    (b"---\ntitle: T\n---\n\nM\xfcnchen\n", ":5: ", "not UTF-8"),
    (b"\xff\xfe-\x00-\x00-\x00\n\x00", ":1: ", "not UTF-8"),
]


@pytest.mark.parametrize(("data", "line", "words"), BAD_SOURCES)
@pytest.mark.parametrize("verb", ["build", "update", "extract", "status"])
def test_a_broken_article_stops_no_other(
    project: Path, auflage: Call, verb: str, data: bytes, line: str, words: str
) -> None:
    article(project, "good")
    write(project, "source/broken.md", data)
    write(project, "build/ru/broken.html", "the last good edition")
    before = contents(project)
    code, _, err = auflage(project, verb, *(["--format", "html"] if verb == "build" else []))
    assert code == 1
    (message,) = messages(err)
    assert message.startswith(f"error: source/broken.md{line}")
    assert words in message
    after = contents(project)
    made = {
        "build": {f"build/{locale}/good.html" for locale in ("de", "ru", "kk", "en")},
        "update": {"locale/good.pot", "locale/ru/LC_MESSAGES/good.po"},
        "extract": {"locale/good.pot"},
        "status": set(),
    }
    assert made[verb] <= after.keys()
    assert before.items() <= after.items()


def test_a_name_with_spaces_stops_no_other(project: Path, auflage: Call) -> None:
    article(project, "good")
    article(project, "not good")
    code, _, err = auflage(project, "build", "--format", "html")
    assert code == 1
    assert messages(err)[0].startswith("error: source/not good.md: a file name with spaces")
    assert (project / "build/kk/good.html").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BROKEN_PO.encode(), ":4: "),
        (b"not a catalog at all\n", ":1: "),
        (BROKEN_PO.replace("a\n", "\xe4\"\n").encode("latin-1"), ":4: "),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', ":4: "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["build", "update", "status", "pretranslate"])
def test_a_broken_catalog_stops_no_other_language(
    project: Path, auflage: Call, verb: str, data: bytes, message: str
) -> None:
    article(project, "x")
    auflage(project, "update")
    path = "locale/kk/LC_MESSAGES/x.po"
    write(project, path, data)
    write(project, "build/kk/x.html", "the last good edition")
    before = contents(project)
    code, out, err = auflage(project, verb, *(["--format", "html"] if verb == "build" else []))
    assert code == 1
    (found,) = messages(err)
    assert found.startswith(f"error: {path}{message}")
    after = contents(project)
    assert after[path] == before[path]
    assert after["build/kk/x.html"] == before["build/kk/x.html"]
    if verb == "build":
        assert {f"build/{locale}/x.html" for locale in ("de", "ru", "en")} <= after.keys()
    elif verb != "update":  # which has nothing to do
        assert "ru" in out
        assert "en" in out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_where_a_folder_should_be(project: Path, auflage: Call, jobs: str) -> None:
    article(project, "x")
    write(project, "build/ru", "a file")
    code, out, err = auflage(project, "build", "--format", "html", "--jobs", jobs)
    assert code == 1
    assert messages(err) == [
        "error: build/ru/x.html: cannot write: a part of the path is a file, not a folder"
    ] or messages(err) == [
        "error: build/ru/x.html: cannot write: a file stands where a folder is needed"
    ]
    assert (project / "build/ru").read_text() == "a file"
    for path in ("build/de/x.html", "build/kk/x.html", "build/en/x.html", "build/index.html"):
        assert path in out.splitlines()


def test_a_folder_where_an_output_should_be(project: Path, auflage: Call) -> None:
    article(project, "x")
    for path in ("build/ru/x.html", "build/index.html"):
        (project / path).mkdir(parents=True)
    code, out, err = auflage(project, "build", "--format", "html")
    assert code == 1
    assert messages(err) == [
        "error: build/ru/x.html: cannot write: that is a folder",
        "error: build/index.html: cannot write: that is a folder",
    ]
    assert "build/kk/x.html" in out


def test_no_folder_for_anything(project: Path, auflage: Call) -> None:
    article(project, "x")
    (project / "build").rmdir()
    write(project, "build", "a file")
    code, out, err = auflage(project, "build")
    assert (code, out) == (1, "")
    assert len(messages(err)) == 1
    assert "build/.auflage: cannot write" in err


class TestPermissions:
    """Where permissions count; for root they are made to count."""

    @pytest.mark.parametrize(
        ("locked", "message", "made"),
        [
            ("source/x.md", "source/x.md: cannot read: no permission", "build/ru/y.html"),
            ("source/grey.png", "source/grey.png: cannot read: no permission", "build/ru/y.html"),
            ("locale/kk/LC_MESSAGES/x.po", "locale/kk/LC_MESSAGES/x.po: cannot read: no permission",
             "build/ru/x.html"),
            ("build/kk", "build/kk/x.html: cannot write: no permission", "build/ru/x.html"),
            ("locale/kk", "locale/kk/LC_MESSAGES/x.po: cannot read: no permission",
             "build/ru/x.html"),
        ],
    )  # fmt: skip
    def test_of_one_file(self, project: Path, locked: str, message: str, made: str) -> None:
        article(project, "x", "![Grau](grey.png)")
        article(project, "y")
        write(project, "source/grey.png", "an image")
        assert run(project, "update").returncode == 0
        (project / "build/kk").mkdir()
        (project / locked).chmod(0)
        try:
            done = run_without_privileges(project, "build", "--format", "html")
        finally:
            (project / locked).chmod(0o755)
        assert done.returncode == 1
        assert f"error: {message}" in messages(done.stderr)
        assert made in done.stdout.splitlines()

    def test_of_the_output_folder(self, project: Path) -> None:
        article(project, "x")
        (project / "build").chmod(0o555)
        done = run_without_privileges(project, "build")
        assert done.returncode == 1
        assert messages(done.stderr) == [
            "auflage: build/.auflage: cannot write: no permission"
        ]  # fmt: skip

    def test_of_the_build_log(self, project: Path) -> None:
        article(project, "x")
        assert run(project, "build", "--format", "html").returncode == 0
        (project / "build/.auflage/log.sqlite").chmod(0o444)
        (project / "build/.auflage").chmod(0o555)
        (project / "build/ru/x.html").unlink()
        done = run_without_privileges(project, "build", "--format", "html")
        assert done.returncode == 1
        assert "build/.auflage/log.sqlite: cannot use the build log" in done.stderr
        assert len(messages(done.stderr)) == 1

    @pytest.mark.parametrize("verb", ["extract", "update"])
    def test_of_the_catalogs(self, project: Path, verb: str) -> None:
        article(project, "x")
        (project / "locale").chmod(0o555)
        done = run_without_privileges(project, verb)
        assert done.returncode == 1
        assert messages(done.stderr) == ["error: locale/x.pot: cannot write: no permission"]


def test_who_reads_only_the_first_line(kasachstan: Path) -> None:
    command = f"{sys.executable} -m workflow status; echo $? >&2"
    done = subprocess.run(
        ["sh", "-c", f"{{ {command}; }} | :"],
        cwd=kasachstan, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONUNBUFFERED": ""},
    )  # fmt: skip
    assert done.stderr == "0\n"


def test_a_terminal_without_cyrillic(kasachstan: Path) -> None:
    article(kasachstan, "жұмыс")
    done = run(kasachstan, "build", "--locale", "fr", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2
    done = run(kasachstan, "status", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u0436" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c(project: Path, jobs: str) -> None:
    """As in a terminal: every process of the group gets the signal."""
    write(project, "auflage.toml", CONFIG + 'formats = ["html"]\n')
    for number in range(40):
        article(project, f"x{number}")
    process = subprocess.Popen(
        [sys.executable, "-m", "workflow", "build", "--jobs", jobs],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while process.poll() is None and not list(project.glob("build/*/x*.html")):
        pass
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert err == "auflage: stopped; what was finished stays\n"
    pages = list(project.glob("build/*/x*.html"))
    assert 1 <= len(pages) < 160
    assert all(page.read_text(encoding="utf-8").endswith("</html>\n") for page in pages)
    assert out == ""
    done = run(project, "build")
    assert done.returncode == 0
    assert len(list(project.glob("build/*/x*.html"))) == 160


def test_errors_for_programs(project: Path, auflage: Call) -> None:
    code, out, err = auflage(project, "status", "--article", "none", "--json")
    assert code == 2
    assert json.loads(out) == {"errors": ["unknown article “none”; there is none yet"]}
    assert err == "auflage: unknown article “none”; there is none yet\n"


def test_the_same_error_is_said_once(project: Path, auflage: Call) -> None:
    write(project, "auflage.toml", CONFIG + 'engines = ["google", "tmx"]\n')
    article(project, "x", "![Bild](fehlt.png)")
    _, _, err = auflage(project, "build", "--format", "html")
    assert err.count("there is no image source/fehlt.png") == 1


def test_nothing_is_sent_when_the_question_gets_no_answer(project: Path) -> None:
    """Ctrl-D at the prompt; the address leads nowhere, should anything be sent after all."""
    article(project, "x")
    assert run(project, "update").returncode == 0
    before = contents(project)
    try:
        terminal, ours = os.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    os.write(terminal, b"\x04" * 3)  # one for each language
    done = subprocess.run(
        [sys.executable, "-m", "workflow", "pretranslate", "--engine", "google"],
        cwd=project, stdin=ours, stderr=ours, stdout=subprocess.PIPE, text=True, check=False,
        env=os.environ | {"AUFLAGE_GOOGLE_URL": "http://nobody.invalid/"}, timeout=60,
    )  # fmt: skip
    os.close(ours)
    said = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "Traceback" not in said
    assert said.count("google: ") == 3
    assert done.stdout.count("nothing was sent; add --yes") == 1
    assert done.returncode == 3
    assert contents(project) == before
