"""What Markdown misreads is said, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import KASACHSTAN, ROOT
from tests.trees import article as put
from workflow.reading import markdown
from workflow.reading.lint import lint


def lines(text: str, path: str = "source/x.md") -> list[str]:
    return list(lint(markdown.parse(text, path, locale="de"), text))


def body(text: str) -> list[str]:
    return lines(f"---\ntitle: T\n---\n{text}")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "10. Jänner 2022 war Streik.",
            4,
            r"“10. Jänner” is read as an item of a list; if it is "
            r"none, write 10\.",
        ),
        ("Am\n1. Mai war Streik.", 5, r"1\."),
        ("1986. Ein Jahr.", 4, r"1986\."),
        ("> 3) März", 4, r"3\)"),
        (">>Weiterlesen<< Ein Text", 4, r"[Weiterlesen]{.label}, or \>\>Weiterlesen\<\<"),
        ("Ein\n\n- >>Mehr dazu<<\n", 6, "“>>Mehr dazu<<” is read as a quotation"),
        ("Ein.\n\n    Eingerückter Absatz, ganz ohne Absicht.", 6, "four spaces"),
        ("Ein.\n\n    • Punkt eins\n    • Punkt zwei", 6, "four spaces"),
        ("Ein\n**Achtung:**Text", 5, "the stars of “**Achtung:**” are shown"),
        ("Das Wort**„fett“** da", 4, "the stars of “**„fett“**”"),
        ("*Achtung:*Text", 4, "the stars of “*Achtung:*”"),
        ("Ein *foo*bar", 4, "the stars of “*foo*”"),
        ("- [Er: **Ja!**Nein](u)", 4, "“**Ja!**”"),
    ],
)
def test_found(text: str, line: int, words: str) -> None:
    (found,) = body(text)
    assert found.startswith(f"source/x.md:{line}: ")
    assert words in found


@pytest.mark.parametrize(
    "text",
    [
        "1. Jänner\n2. Februar\n3. März",
        "3. Dritter Punkt",
        "1. Einziger Punkt",
        r"10\. Jänner 2022",
        "Am 10. Jänner.",
        "> Zitat\n> > im Zitat",
        r"\>\>Weiterlesen\<\<",
        "`>>a<<` und a >> b << c",
        "    pip install auflage",
        "    def f(x):\n        return x",
        "    make\n",
        "    SELECT name FROM articles",
        "```\n10. Jänner\n>>Mehr<<\n**A:**b\n```",
        "**Achtung:** Text, *so* und **so**.",
        "Wort**fett**Wort",
        "**„Halt!“**, sagte *er*.",
        "Demonstrant*innen und Arbeiter*innen",
        "*innen und Arbeiter*innen",
        "Schüler:*innen* und *Schüler*innen*",
        "die Datei ~/.*rc und ~/.*, dann *.md",
        "3 * 4 * 5 und 2**3**4",
        r"\*\*Achtung:\*\*Text, `**Achtung:**Text`",
        "***Beides.*** **_Und._**",
        "Ein Text* mit Fußnote.\n\n*Die Note.",
    ],
)
def test_not_found(text: str) -> None:
    assert body(text) == []


@pytest.mark.parametrize(
    "path",
    [KASACHSTAN / "source/kasachstan-2022.md", ROOT / "workflow/starter/article.md"],
)
def test_no_false_alarm(path: Path) -> None:
    assert lines(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("head", ["", "\ufeff", "---\ntitle: T\nlead: |\n  a\n  b\n---\n"])
def test_lines_are_those_of_the_file(head: str) -> None:
    text = f"{head}# Titel\r\n\r\nEin.\r\n\r\n10. Jänner\r\n"
    assert lines(text)[0].split(":")[1] == str(text.split("\n").index("10. Jänner\r") + 1)


def test_extract_and_update_warn(
    project: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    put(project, "x", "10. Jänner war Streik.")
    for verb in ("extract", "update"):
        code, _, err = auflage(project, verb)
        assert code == 0
        assert err.count("warning: source/x.md:5: “10. Jänner” is read as an item of a list") == 1
