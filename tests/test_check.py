"""`auflage check`: what it says, what it mends, and what it leaves alone."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trees import article, contents, write
from workflow import terminal
from workflow.catalogs import marks, po, writing
from workflow.model import OWN, Entry

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
BODY = "Drei Tage und 5 Stunden. Sie sagte: „Nein.“\n\nAlles ist gut, wirklich."
SOUND = ("Заголовок", "Три дня и 5 часов.", "Она сказала: «Нет».", "Все хорошо, правда.")


def made(project: Path, auflage: Call, *texts: str, above: dict[int, str] | None = None) -> str:
    """A project with an article and a Russian catalog of these texts; the catalog."""
    (project / PATH).unlink(missing_ok=True)
    article(project, "x", BODY, "Ein Titel")
    assert auflage(project, "update", "--locale", "ru")[0] == 0
    blocks = (project / PATH).read_text(encoding="utf-8").split("\n\n")
    for number, text in enumerate(texts, start=1):
        quoted = json.dumps(text, ensure_ascii=False)
        blocks[number] = blocks[number].rstrip("\n").removesuffix('""') + quoted
        blocks[number] = (above or {}).get(number, "") + blocks[number]
    write(project, PATH, "\n\n".join(blocks) + "\n")
    return (project / PATH).read_text(encoding="utf-8")


def test_nothing_is_found_in_a_sound_catalog(project: Path, auflage: Call) -> None:
    made(project, auflage, *SOUND)
    assert auflage(project, "check", "--locale", "ru") == (0, f"{PATH}: nothing found\n", "")


def test_findings_are_named_with_place_text_and_advice(project: Path, auflage: Call) -> None:
    text = made(project, auflage, SOUND[0], "Три дня и 6 часов.", 'Она сказала: "Нет".', SOUND[3])
    code, out, err = auflage(project, "check", "--locale", "ru")
    number, quotes = (
        text[: text.index(line)].count("\n") for line in ('msgstr "Три', 'msgstr "Она')
    )
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{PATH}:{number}: error number: number: 5 became 6",
        "    “Три дня и 6 часов.”",
        f'{PATH}:{quotes}: warning quotes: quotation marks of another language: "',
        '    “Она сказала: "Нет".”',
        "    → «», within them „“",
        f"{PATH}: 1 error, 1 warning",
    ]


def test_warnings_alone_are_no_failure(project: Path, auflage: Call) -> None:
    made(project, auflage, SOUND[0], SOUND[1], SOUND[2], "Все  хорошо, правда.")
    code, out, _ = auflage(project, "check", "--locale", "ru")
    assert code == 0
    assert "warning space: two spaces" in out
    code, out, _ = auflage(project, "check", "--locale", "ru", "--severity", "error")
    assert (code, out) == (0, f"{PATH}: 1 warning\n")


def test_what_is_missing_fails_and_drafts_do_not(project: Path, auflage: Call) -> None:
    made(project, auflage, *SOUND[:3])
    code, out, _ = auflage(project, "check", "--locale", "ru")
    assert code == 1
    assert "error missing" in out
    made(project, auflage, *SOUND, above={1: "#, fuzzy\n"})
    assert auflage(project, "check", "--locale", "ru")[:2] == (0, f"{PATH}: 1 fuzzy\n")


def test_programs_read_json(project: Path, auflage: Call) -> None:
    made(project, auflage, SOUND[0], "Три дня и 6 часов.", *SOUND[2:])
    code, out, _ = auflage(project, "check", "--locale", "ru", "--json")
    (datum,) = json.loads(out)
    assert code == 1
    assert (datum["article"], datum["locale"], datum["catalog"]) == ("x", "ru", PATH)
    assert datum["counts"] == {"error": 1, "warning": 0, "hint": 0, "state": 0}
    (one,) = datum["findings"]
    assert one["code"] == "number"
    assert one["msgstr"] == "Три дня и 6 часов."


def test_without_a_catalog_there_is_nothing_to_check(project: Path, auflage: Call) -> None:
    article(project, "x", BODY, "Ein Titel")
    assert auflage(project, "check") == (0, "nothing to check: no catalog yet\n", "")


def test_a_broken_catalog_is_named_and_the_others_are_checked(project: Path, auflage: Call) -> None:
    made(project, auflage, *SOUND)
    write(project, "locale/kk/LC_MESSAGES/x.po", "nonsense\n")
    code, out, err = auflage(project, "check")
    assert code == 1
    assert "locale/kk/LC_MESSAGES/x.po:1:" in err
    assert f"{PATH}: nothing found" in out


BROKEN = (
    "Заголовок ",
    "Три  дня и\u00a0\u00a05 чaсов .",
    'Она сказала: "Нет".',
    "Все хорошо,правда.",
)


def test_what_is_mechanical_is_mended_when_agreed(project: Path, auflage: Call) -> None:
    before = made(project, auflage, *BROKEN)
    code, _, err = auflage(project, "check", "--locale", "ru", "--fix")
    assert (project / PATH).read_text(encoding="utf-8") == before  # nobody was there to say yes
    assert "  - Три  дня и<U+00A0><U+00A0>5 чaсов ." in err
    assert "  + Три дня и<U+00A0>5 часов." in err
    code, out, _ = auflage(project, "check", "--locale", "ru", "--fix", "--yes")
    after = (project / PATH).read_text(encoding="utf-8")
    texts = [entry.msgstr for entry in po.parse(after, PATH).live if entry.role not in OWN]
    assert texts == ["Заголовок", "Три дня и\u00a05 часов.", "Она сказала: «Нет».", SOUND[3]]
    assert (code, out) == (0, f"{PATH}: 4 entries mended\n{PATH}: nothing found\n")
    assert not any(entry.fuzzy for entry in po.parse(after, PATH).live)
    assert auflage(project, "check", "--locale", "ru", "--fix", "--yes")[1] == (
        f"{PATH}: nothing found\n"
    )


def test_the_person_is_asked(project: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    made(project, auflage, *BROKEN)
    asked = []

    def agrees(notice: str, question: str, agreed: bool) -> bool:
        asked.append((question, agreed))
        return True

    monkeypatch.setattr(terminal, "agrees", agrees)
    assert auflage(project, "check", "--locale", "ru", "--fix")[0] == 0
    assert asked == [("write this?", False)]


def test_marks_follow_a_text_that_was_mended(project: Path, auflage: Call) -> None:
    msgid, wrong = "Alles ist gut, wirklich.", "Все  хорошо, правда."
    hashes = f"s={marks.digest(msgid)} t={marks.digest(wrong)}"
    stale = "s=000000 t=111111"
    above = f"# mt: x 2026-01-01 {hashes}\n# reviewed: A. B. 2026-01-02 {hashes}\n"
    above += f"# reviewed: C. 2026-01-01 {stale}\n# a note\n"
    made(project, auflage, *SOUND[:3], wrong, above={4: above})
    assert auflage(project, "check", "--locale", "ru", "--fix", "--yes")[0] == 0
    catalog = po.parse((project / PATH).read_text(encoding="utf-8"), PATH)
    entry: Entry = catalog.index()[None, msgid]
    assert entry.msgstr == "Все хорошо, правда."
    assert marks.reviewed(entry)
    assert marks.machine(entry)
    assert f"reviewed: C. 2026-01-01 {stale}" in entry.comments
    assert "a note" in entry.comments


def test_a_silenced_check_mends_nothing(project: Path, auflage: Call) -> None:
    before = made(
        project, auflage, *SOUND[:3], "Все  хорошо, правда.", above={4: "# check: ignore space\n"}
    )
    assert auflage(project, "check", "--locale", "ru", "--fix", "--yes")[0] == 0
    assert (project / PATH).read_text(encoding="utf-8") == before
    assert "check: ignore space" in before


def test_mending_leaves_code_links_and_meaning_alone(project: Path, auflage: Call) -> None:
    source = "Siehe  `a  b`, [dort](https://a.org/x,y), 3.11 und „hier“."
    article(project, "x", source, "Ein Titel")
    assert auflage(project, "update", "--locale", "ru")[0] == 0
    catalog = po.parse((project / PATH).read_text(encoding="utf-8"), PATH)
    wrong = 'См.  `a  b` , [там](https://a.org/x,y), 3.11 и "здесь".'
    filled = [replace(one, msgstr=wrong) if "Siehe" in one.msgid else one for one in catalog.live]
    write(project, PATH, writing.serialise(replace(catalog, entries=tuple(filled))))
    auflage(project, "check", "--locale", "ru", "--fix", "--yes")
    catalog = po.parse((project / PATH).read_text(encoding="utf-8"), PATH)
    (mended,) = (one.msgstr for one in catalog.live if "Siehe" in one.msgid)
    assert mended == "См. `a  b`, [там](https://a.org/x,y), 3.11 и «здесь»."


def test_the_comment_survives_an_update(project: Path, auflage: Call) -> None:
    made(project, auflage, *SOUND[:3], "Все  хорошо", above={4: "# check: ignore space, end\n"})
    article(project, "x", "Neu ist das.\n\n" + BODY, "Ein Titel")
    assert auflage(project, "update", "--locale", "ru")[0] == 0
    code, out, _ = auflage(project, "check", "--locale", "ru")
    assert code == 1  # the new sentence is missing
    assert "space" not in out
    assert "warning end" not in out


@pytest.mark.parametrize("severity", ["warning", "hint"])
def test_spelling_is_a_hint(project: Path, auflage: Call, severity: str) -> None:
    pytest.importorskip("hunspell", reason="the extra “spelling” is not installed")
    made(project, auflage, SOUND[0], "Три дня и 5 чассов.", *SOUND[2:])
    code, out, err = auflage(project, "check", "--locale", "ru", "--severity", severity)
    assert (code, err) == (0, "")
    assert ("“чассов” is not in the dictionary" in out) is (severity == "hint")


def test_without_dictionaries_one_line_says_so(
    project: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hunspell", None)
    made(project, auflage, *SOUND)
    code, _, err = auflage(project, "check", "--locale", "ru", "--severity", "hint")
    assert code == 0
    assert err.count("auflage[spelling]") == 1


def test_the_article_and_its_files_are_left_alone(project: Path, auflage: Call) -> None:
    made(project, auflage, *BROKEN)
    before = contents(project)
    auflage(project, "check")
    assert contents(project) == before
