"""`auflage status --review`: the order in which to look at what machines wrote."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.trees import article, write
from workflow.catalogs.marks import digest

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
WORST_LAST = """\
msgid ""
msgstr ""
"Language: ru\\n"

msgid "Missing."
msgstr ""

msgid "Accepted."
msgstr "Принято."

# mt: llm 2026-11-22 s={} t={}
#, fuzzy
msgid "Good."
msgstr "Хорошо."

# mt: llm 2026-11-22 s={} t={} q=0.41 why=numbers,term
#, fuzzy
msgid "Bad 5."
msgstr "Плохо."

#, fuzzy
#| msgid "Was."
msgid "Is."
msgstr "Было."
"""


def filled() -> str:
    texts = ("Good.", "Хорошо.", "Bad 5.", "Плохо.")
    return WORST_LAST.format(*map(digest, texts))


def test_the_worst_come_first(project: Path, auflage: Call) -> None:
    article(project, "x", "Good. Bad 5. Is.", "Title")
    write(project, PATH, filled())
    code, out, _ = auflage(project, "status", "--review", "--locale", "ru")
    assert code == 0
    assert out.splitlines() == [
        f"{PATH}:18: entry 4: machine 0.41 (numbers, term)",
        "    msgid   “Bad 5.”",
        "    msgstr  “Плохо.”",
        f"{PATH}:23: entry 5: stale 0.50 (stale)",
        "    before  “Was.”",
        "    msgid   “Is.”",
        "    msgstr  “Было.”",
        f"{PATH}:13: entry 3: machine 1.00",
        "    msgid   “Good.”",
        "    msgstr  “Хорошо.”",
    ]
    data = json.loads(auflage(project, "status", "--review", "--json", "--locale", "ru")[1])
    assert [(datum["line"], datum["quality"]) for datum in data] == [(18, 0.41), (23, 0.5), (13, 1)]
    assert data[0]["reasons"] == ["numbers", "term"]


def test_an_edited_draft_is_no_longer_the_machines(project: Path, auflage: Call) -> None:
    article(project, "x", "Good.", "Title")
    write(project, PATH, filled().replace("Плохо.", "Пять плохих."))
    out = auflage(project, "status", "--review", "--locale", "ru")[1]
    assert f"{PATH}:18: entry 4: fuzzy 0.50 (fuzzy)" in out


def test_nothing_waits(project: Path, auflage: Call) -> None:
    article(project, "x", "Good.", "Title")
    code, out, _ = auflage(project, "status", "--review", "--locale", "ru")
    assert (code, out) == (0, "nothing waits for a review\n")
