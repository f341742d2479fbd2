"""`auflage approve`: what is accepted and reviewed, what is refused, and what stays seen."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.rich import read
from tests.trees import NAME, article, contents, write
from workflow.catalogs import marks
from workflow.catalogs.marks import digest
from workflow.model import Catalog, Entry, State

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
HEADER = (
    'msgid ""\nmsgstr ""\n"PO-Revision-Date: 2020-01-01 00:00+0000\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
)
CATALOG = f"""\
{HEADER}
msgctxt "title"
msgid "Titel"
msgstr ""

# mt: llm 2026-11-22 s={digest("Eins.")} t={digest("Один.")}
#, fuzzy
msgid "Eins."
msgstr "Один."

# eine Bemerkung
#, fuzzy, no-wrap
msgid "Zwei."
msgstr "Два?"

#, fuzzy
#| msgid "Vier."
msgid "Drei."
msgstr "Четыре."

msgid "Fünf."
msgstr "Пять."

# mt: llm 2026-11-22 s={digest("Sechs.")} t={digest("Шесть.")}
#, fuzzy
#~ msgid "Sechs."
#~ msgstr "Шесть."
"""
RU = ("--locale", "ru")


@pytest.fixture
def x(project: Path) -> Path:
    article(project, "x", "Eins. Zwei. Drei. Fünf.", "Titel")
    write(project, PATH, CATALOG)
    return project


def live(project: Path, path: str = PATH) -> list[Entry]:
    return list(read(project / path).live)


def states(project: Path) -> list[State]:
    return [marks.state(entry) for entry in live(project)]


BEFORE = [State.MISSING, State.MACHINE, State.FUZZY, State.STALE, State.TRANSLATED]
DONE = State.TRANSLATED


def test_a_range_is_accepted(x: Path, auflage: Call) -> None:
    code, out, err = auflage(x, "approve", "2-3", *RU)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{PATH}:12: entry 2 accepted: “Один.”",
        f"{PATH}:17: entry 3 accepted: “Два?”",
        f"{PATH}: 2 accepted",
    ]
    assert states(x) == [State.MISSING, DONE, DONE, State.STALE, DONE]
    entries = live(x)
    assert entries[2].flags == ("no-wrap",)
    assert entries[2].comments == ("eine Bemerkung",)
    # Whose text it was stays known: the status counts what engines wrote and people left.
    assert marks.machine(entries[1])
    assert "PO-Revision-Date: 2020" not in (x / PATH).read_text("utf-8")
    assert "accepted:" not in (x / PATH).read_text("utf-8"), "names only when given"


def test_all_leaves_what_nobody_can_accept(x: Path, auflage: Call) -> None:
    code, out, err = auflage(x, "approve", "all", *RU)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == (
        f"{PATH}: 2 accepted; left as it is: 1 so already, 1 stale, 1 missing"
    )
    assert states(x) == [State.MISSING, DONE, DONE, State.STALE, DONE]
    obsolete = [entry for entry in read(x / PATH).entries if entry.obsolete]
    assert [entry.fuzzy for entry in obsolete] == [True]
    again = (x / PATH).read_bytes()
    assert auflage(x, "approve", "all", *RU)[0] == 0
    assert (x / PATH).read_bytes() == again


def test_missing_and_stale_entries_are_refused_by_number_and_the_rest_is_done(
    x: Path, auflage: Call
) -> None:
    code, _, err = auflage(x, "approve", "1,2,4", *RU)
    assert code == 1
    assert err.splitlines() == [
        f"error: {PATH}:7: entry 1 is empty: there is nothing to accept",
        f"error: {PATH}:22: entry 4 is stale: its source has changed; look at it in an editor, "
        "and clear “fuzzy” there",
    ]
    assert states(x) == [State.MISSING, DONE, State.FUZZY, State.STALE, DONE]


def test_a_dry_run_writes_nothing(x: Path, auflage: Call) -> None:
    before = contents(x)
    code, out, _ = auflage(x, "approve", "all", "--dry-run", *RU)
    assert code == 0
    assert out.splitlines()[-1].startswith(f"{PATH}: 2 accepted, nothing is written")
    assert contents(x) == before


def test_the_same_for_programs(x: Path, auflage: Call) -> None:
    code, out, _ = auflage(x, "approve", "2,4-5", "--json", *RU)
    assert code == 1
    found = [(datum["entry"], datum["outcome"], datum["msgid"]) for datum in json.loads(out)]
    assert found == [(2, "done", "Eins."), (4, "stale", "Drei."), (5, "already", "Fünf.")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("0", *RU), "“0” names no entries"),
        (("3-2", *RU), "“3-2” names no entries"),
        (("2-", *RU), "“2-” names no entries"),
        (("all,2", *RU), "“all” names no entries"),
        (("1 2", *RU), "“1 2” names no entries"),
        (("", *RU), "“” names no entries"),
        (("99999999999", *RU), "no catalog has so many entries"),
        (("2-6", *RU), f"{PATH} has 5 entries, there is no 6"),
        (("2",), "say which locale is meant: --locale ru|kk|en"),
        (("all",), "say which locale is meant: --locale ru|kk|en"),
        (("2", "--locale", "ru,kk"), "say which locale is meant: --locale ru|kk"),
        (("2", "--locale", "fr"), "unknown locale “fr”"),
        (("2", "--article", "y", *RU), "unknown article “y”"),
        (("2", "--review", *RU), "a review needs a name"),
        (("2", "--name", "a\nb", *RU), "--name: one line of at most 60 characters"),
        (("2", "--name", "x" * 61, *RU), "--name: one line of at most 60 characters"),
    ],
)
def test_what_may_mean_more_than_one_thing_is_refused(
    x: Path, auflage: Call, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(x)
    code, out, err = auflage(x, "approve", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert contents(x) == before


def test_numbers_mean_one_article(x: Path, auflage: Call) -> None:
    article(x, "y")
    for arguments in (("2",), ("all",), ("2", "--article", "x,y")):
        code, _, err = auflage(x, "approve", *arguments, *RU)
        assert (code, "--article x|y" in err) == (2, True)
    assert states(x) == BEFORE
    code, _, err = auflage(x, "approve", "all", "--article", "y", *RU)
    assert (code, "no catalog yet; run: auflage update" in err) == (1, True)
    assert auflage(x, "approve", "2", "--article", "x", *RU)[0] == 0


def test_the_numbers_are_those_of_the_list_of_what_waits(x: Path, auflage: Call) -> None:
    data = json.loads(auflage(x, "status", "--review", "--json", *RU)[1])
    assert {datum["msgid"]: datum["entry"] for datum in data} == {
        "Eins.": 2, "Zwei.": 3, "Drei.": 4
    }  # fmt: skip
    assert f"{PATH}:18: entry 3: fuzzy" in auflage(x, "status", "--review", *RU)[1]


def test_a_second_person_reviews(x: Path, auflage: Call) -> None:
    assert auflage(x, "approve", "2", "--name", "Anna  Ö", *RU)[0] == 0
    assert "accepted: Anna  Ö 20" in (x / PATH).read_text("utf-8")
    code, _, err = auflage(x, "approve", "2-3", "--review", "--name", "anna O\u0308", *RU)
    assert code == 1
    assert err.splitlines() == [
        f"error: {PATH}:13: entry 2 was accepted under that name; a review is a second person's",
        f"error: {PATH}:18: entry 3 is not accepted yet; a review is the second look",
    ]
    code, out, _ = auflage(x, "approve", "all", "--review", "--name", "Bo", *RU)
    assert code == 0
    assert out.splitlines()[-1] == f"{PATH}: 2 reviewed; left as it is: 3 not accepted yet"
    assert [marks.state(live(x)[n]) for n in (1, 4)] == [State.REVIEWED] * 2
    # Reading it a second time changed no text.
    assert [entry.msgstr for entry in live(x)] == ["", "Один.", "Два?", "Четыре.", "Пять."]


def reviewed(x: Path, auflage: Call) -> Catalog:
    """All but the title translated; “Eins.” and “Fünf.” reviewed."""
    for arguments in (("2-3",), ("2,5", "--review", "--name", "Bo")):
        assert auflage(x, "approve", *arguments, *RU)[0] == 0
    assert auflage(x, "update")[0] == 0
    return read(x / PATH)


def overtaken(x: Path, auflage: Call) -> dict[str, str]:
    """What `status --review` lists as changed since a review: msgid and state."""
    data = json.loads(auflage(x, "status", "--review", "--json", *RU)[1])
    return {
        datum["msgid"]: datum["state"]
        for datum in data
        if any("reviewed by Bo" in why and "changed since" in why for why in datum["reasons"])
    }


def test_a_later_edit_of_the_text_shows(x: Path, auflage: Call) -> None:
    reviewed(x, auflage)
    assert overtaken(x, auflage) == {}
    text = (x / PATH).read_text("utf-8")
    write(x, PATH, text.replace("Пять.", "Пять!"))
    for _ in range(2):
        assert overtaken(x, auflage) == {"Fünf.": "translated"}
        assert auflage(x, "update")[0] == 0  # an update does not hide it
    (datum,) = json.loads(auflage(x, "status", "--json", *RU)[1])
    assert datum["overtaken"] == 1
    assert "1 entry was reviewed and has changed since" in auflage(x, "status", *RU)[1]
    code, _, _ = auflage(x, "approve", "5", "--review", "--name", "Cy", *RU)
    assert code == 0
    assert overtaken(x, auflage) == {}
    assert (x / PATH).read_text("utf-8").count("reviewed: ") == 2, "the old mark is gone"


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("Eins neu. Zwei. Drei. Fünf.", {"Eins neu.": "stale"}),
        ("Eins. Zwei. Drei. *Fünf*.", {"*Fünf*.": "stale"}),
        ("<!-- segmentation: paragraph -->\nEins. Zwei. Drei. Fünf.",
         {"Eins. Zwei. Drei. Fünf.": "stale"}),
    ],
)  # fmt: skip
def test_a_later_edit_of_the_source_shows(
    x: Path, auflage: Call, body: str, seen: dict[str, str]
) -> None:
    reviewed(x, auflage)
    article(x, "x", body, "Titel")
    assert auflage(x, "update")[0] == 0
    assert overtaken(x, auflage) == seen
    assert auflage(x, "update")[0] == 0
    assert overtaken(x, auflage) == seen


def test_what_comes_back_does_not_hide_a_review(x: Path, auflage: Call) -> None:
    """The source changed after the review, and somebody mended the text elsewhere."""
    reviewed(x, auflage)
    article(x, "x", "Eins neu. Zwei. Drei. Fünf.", "Titel")
    assert auflage(x, "update")[0] == 0
    write(x, "back.po", f'{HEADER}\nmsgid "Eins neu."\nmsgstr "Один новый."\n')
    assert auflage(x, "update", "--merge", "back.po")[0] == 0
    assert overtaken(x, auflage) == {"Eins neu.": "translated"}


def test_others_keep_the_marks(x: Path, auflage: Call, judge: Callable[[str], str]) -> None:
    """Also polib, which breaks long comments into lines."""
    auflage(x, "approve", "2", "--name", "Anna-Maria Österreicher von der Redaktion Wien", *RU)
    auflage(x, "approve", "2", "--review", "--name", "Bo", *RU)
    before = live(x)[1]
    assert marks.state(before) is State.REVIEWED
    subprocess.run([judge("msgcat"), "-o", str(x / PATH), str(x / PATH)], check=True)
    assert live(x)[1].comments == before.comments
    polib.pofile(str(x / PATH), wrapwidth=60).save()
    assert "# accepted: Anna-Maria Österreicher von der Redaktion Wien\n" in (x / PATH).read_text()
    assert live(x)[1].comments == before.comments


def test_the_real_article(kasachstan: Path, auflage: Call) -> None:
    entries = live(kasachstan, f"locale/ru/LC_MESSAGES/{NAME}.po")
    count = sum(not entry.own for entry in entries)
    assert count < len(entries)
    code, out, _ = auflage(kasachstan, "approve", "all", *RU)
    # What translators may say for themselves is not missing where they say nothing.
    assert (code, out.splitlines()[-1].split(": ")[1]) == (0, f"{count} accepted")
    (datum,) = json.loads(auflage(kasachstan, "status", "--json", *RU)[1])
    assert datum["segments"]["translated"] == count
    assert datum["unmodified"]["segments"] == count
