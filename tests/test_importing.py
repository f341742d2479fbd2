"""`auflage import`: a plain text becomes an article, or a message says why not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ARTICLES
from tests.trees import contents, write
from workflow.reading import markdown

Call = Callable[..., tuple[int, str, str]]
TEXT = "Über den Streik\n\nDie Arbeiter – und Bäuerinnen – streiken. „Genug!“\n"


def imported(project: Path, name: str = "text") -> str:
    return (project / f"source/{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("encoding", "options"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-be", ["--encoding", "utf-16-be"]),
        ("cp1252", ["--encoding", "cp1252"]),
        ("cp1252", ["--encoding", "windows-1252"]),
        ("mac-roman", ["--encoding", "mac-roman"]),
    ],
)
def test_encodings(project: Path, auflage: Call, encoding: str, options: list[str]) -> None:
    write(project, "text.txt", TEXT.encode(encoding))
    code, out, err = auflage(project, "import", "text.txt", *options)
    assert (code, err) == (0, "")
    assert out.startswith("source/text.md: ")
    article = imported(project)
    assert "Über den Streik" in article
    assert "Die Arbeiter – und Bäuerinnen – streiken. „Genug!“" in article
    assert "\ufeff" not in article


def test_utf16_with_the_other_mark(project: Path, auflage: Call) -> None:
    write(project, "text.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert auflage(project, "import", "text.txt")[0] == 0
    assert "Bäuerinnen" in imported(project)


@pytest.mark.parametrize(
    ("data", "options", "code", "words"),
    [
        (TEXT.encode("cp1252"), [], 1, ["text.txt:1: not UTF-8", "0xdc", "--encoding cp1252"]),
        (b"Titel\n\nM\xfcnchen", [], 1, ["text.txt:3: not UTF-8", "--encoding cp1252"]),
        (b"Titel\n\xd0", ["--encoding", "utf-8"], 1, ["text.txt:2: not utf-8"]),
        (b"Titel \x81", ["--encoding", "cp1252"], 1, ["text.txt:1: not cp1252", "0x81"]),
        (b"Titel", ["--encoding", "klingon"], 2, ["unknown encoding “klingon”"]),
        (b"Titel", ["--encoding", "base64"], 2, ["unknown encoding “base64”"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", [], 1, ["text.txt:1: not UTF-8"]),
        (b"%PDF-1.7\n\x00\x01\x02", [], 1, ["text.txt: this is a PDF; save it as plain text"]),
        (b"PK\x03\x04docx", ["--encoding", "cp1252"], 1, ["this is a Word or OpenDocument file"]),
        (b"Text\x00Text", [], 1, ["text.txt: this is not a text file"]),
        (b"", [], 1, ["text.txt: there is no text in it"]),
        (b"\xef\xbb\xbf \r\n\t\n", [], 1, ["text.txt: there is no text in it"]),
        (None, [], 1, ["text.txt: cannot read: there is no such file"]),
    ],
)
def test_what_is_no_text_is_refused(
    project: Path,
    auflage: Call,
    data: bytes | None,
    options: list[str],
    code: int,
    words: list[str],
) -> None:
    if data is not None:
        write(project, "text.txt", data)
    before = contents(project)
    found, out, err = auflage(project, "import", "text.txt", *options)
    assert (found, out) == (code, "")
    assert len(err.splitlines()) == 1
    for word in words:
        assert word in err
    assert contents(project) == before


def test_a_folder_is_no_text(project: Path, auflage: Call) -> None:
    code, _, err = auflage(project, "import", "source")
    assert code == 1
    assert err == "auflage: source: cannot read: that is a folder\n"


def test_an_article_that_exists_is_kept(project: Path, auflage: Call) -> None:
    write(project, "text.txt", TEXT)
    mine = write(project, "source/text.md", "my work")
    code, out, err = auflage(project, "import", "text.txt")
    assert (code, out) == (2, "")
    assert "source/text.md exists already" in err
    assert "--force" in err
    assert mine.read_text() == "my work"
    assert auflage(project, "import", "text.txt", "--name", "other")[0] == 0
    assert mine.read_text() == "my work"
    assert auflage(project, "import", "text.txt", "--force")[0] == 0
    assert imported(project) == imported(project, "other")


@pytest.mark.parametrize("name", ["2022-streik", "жұмыс", "a.b_c+d", "Text"])
def test_a_name_of_ones_own(project: Path, auflage: Call, name: str) -> None:
    write(project, "text.txt", TEXT)
    assert auflage(project, "import", "text.txt", "--name", name)[0] == 0
    assert "Über den Streik" in imported(project, name)


def test_a_name_may_have_its_ending(project: Path, auflage: Call) -> None:
    write(project, "text.txt", TEXT)
    assert auflage(project, "import", "text.txt", "--name", "streik.md")[0] == 0
    assert "Über den Streik" in imported(project, "streik")


@pytest.mark.parametrize(
    "name",
    [
        "a b",
        " ",
        "../x",
        "sub/x",
        "/tmp/x",
        "..",
        ".hidden",
        "a\nb",
        "a\tb",
        "a\u00a0b",
        "-x",
        "a\\b",
    ],
)
def test_a_name_that_is_no_file_name_is_refused(project: Path, auflage: Call, name: str) -> None:
    write(project, "text.txt", TEXT)
    before = contents(project.parent)
    code, out, err = auflage(project, "import", "text.txt", f"--name={name}")
    assert (code, out) == (2, "")
    assert f"“{name}” cannot be an article's name" in err
    assert contents(project.parent) == before


def test_a_file_with_spaces_elsewhere(project: Path, auflage: Call) -> None:
    write(project, "eingang/Mein Text (1).txt", TEXT)
    assert auflage(project, "import", "eingang/Mein Text (1).txt")[0] == 0
    assert "Über den Streik" in imported(project, "mein-text-1")


def test_what_the_person_knows_is_written_down(project: Path, auflage: Call) -> None:
    write(project, "text.txt", TEXT)
    options = [
        "--locale",
        "de-CH",
        "--publisher",
        'A: "B"',
        "--original",
        "https://example.org/a?b",
    ]
    assert auflage(project, "import", "text.txt", *options)[0] == 0
    metadata = markdown.parse(imported(project), "source/text.md", locale="de").metadata
    assert (metadata.locale, metadata.publisher, metadata.original) == (
        "de-CH", 'A: "B"', "https://example.org/a?b",
    )  # fmt: skip


def test_the_real_text(project: Path, auflage: Call) -> None:
    file = ARTICLES / "kasachstan" / "input.txt"
    code, out, _ = auflage(project, "import", str(file), "--name", "k", "--json")
    assert code == 0
    data = json.loads(out)
    assert data["path"] == "source/k.md"
    assert len(data["blocks"]) > 30
    parsed = markdown.parse(imported(project, "k"), "source/k.md", locale="de")
    assert (
        parsed.metadata.title
        == "Generalstreik und bewaffnete Arbeiter: Kasachstan kurz vor der Revolution"
    )
    assert parsed.metadata.locale == "de-AT"
    assert auflage(project, "build", "--format", "html")[0] == 0


def test_an_encoding_that_reads_no_text(project: Path, auflage: Call) -> None:
    write(project, "text.txt", TEXT)
    code, _, err = auflage(project, "import", "text.txt", "--encoding", "undefined")
    assert (code, err) == (2, "auflage: “undefined” is no encoding of a text\n")
