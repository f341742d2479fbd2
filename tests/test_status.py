"""`auflage status`: the numbers, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.trees import LAST, NAME, article, contents, empty_msgstr, write
from workflow.catalogs.marks import digest
from workflow.model import OWN

Call = Callable[..., tuple[int, str, str]]
STATES = ["missing", "stale", "machine", "fuzzy", "translated", "reviewed"]
MIXED = """\
msgid ""
msgstr ""
"POT-Creation-Date: 2026-11-20 10:00+0000\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Language: ru\\n"

msgctxt "title"
msgid "Ein Titel"
msgstr "Заголовок"

msgid "Eins zwei drei."
msgstr ""

#, fuzzy
#| msgid "Vier."
msgid "Vier fünf."
msgstr "Четыре."

#, fuzzy
msgid "Sechs."
msgstr "Шесть."
"""


def numbers(auflage: Call, project: Path, *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = auflage(project, "status", "--json", *arguments)
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_every_state_is_counted(project: Path, auflage: Call) -> None:
    article(
        project, "x", "Eins zwei drei. Vier fünf. Sechs.\n\nSieben acht neun zehn.", "Ein Titel"
    )
    write(project, "locale/ru/LC_MESSAGES/x.po", MIXED)
    (datum,) = numbers(auflage, project, "--locale", "ru")
    assert datum == {
        "article": "x",
        "source": "de-AT",
        "locale": "ru",
        "catalog": "locale/ru/LC_MESSAGES/x.po",
        "segments": dict(zip(STATES, [2, 1, 0, 1, 1, 0], strict=True)),
        "words": dict(zip(STATES, [7, 2, 0, 1, 2, 0], strict=True)),
        "unmodified": {"segments": 0, "words": 0},
        "overtaken": 0,
        "since": {},
        "changed": "",
        "source_changed": "2026-11-20",
    }
    _, out, _ = auflage(project, "status", "--locale", "ru")
    head, states, row, legend = out.splitlines()
    assert head == "x (de-AT): 5 segments, 12 words"
    assert states.split() == ["locale", *STATES, "unmodified", "changed"]
    assert " ".join(row.split()) == "ru 2 / 7 1 / 2 – 1 / 1 1 / 2 – – –"
    assert (
        legend.strip() == "(segments / words; unmodified: as an engine wrote it, accepted or not)"
    )


# Every text as an engine wrote it: waiting, accepted, reviewed, stale; then two that are not.
MARKED = f"""\
msgid ""
msgstr ""
"PO-Revision-Date: 2026-11-23 09:00+0100\\n"
"Language: ru\\n"

msgctxt "title"
msgid "Titel"
msgstr "Заголовок"

# mt: llm 2026-11-22 s={digest("Eins.")} t={digest("Один.")}
#, fuzzy
msgid "Eins."
msgstr "Один."

# mt: llm 2026-11-20 s={digest("Zwei zwei.")} t={digest("Два.")}
# accepted: Anna 2026-11-21 s={digest("Zwei zwei.")} t={digest("Два.")}
msgid "Zwei zwei."
msgstr "Два."

# mt: llm 2026-11-20 s={digest("Drei.")} t={digest("Три.")}
# reviewed: Bo 2026-11-22 s={digest("Drei.")} t={digest("Три.")}
msgid "Drei."
msgstr "Три."

# mt: llm 2026-11-20 s={digest("Vier.")} t={digest("Четыре.")}
# reviewed: Bo 2026-11-22 s={digest("Vier.")} t={digest("Четыре.")}
#, fuzzy
#| msgid "Vier."
msgid "Vier neu."
msgstr "Четыре."

# mt: llm 2026-11-20 s={digest("Fünf.")} t={digest("Пять.")}
#, fuzzy
msgid "Fünf."
msgstr "Пять!"
"""


def test_since_when_and_how_much_is_as_an_engine_wrote_it(project: Path, auflage: Call) -> None:
    article(project, "x", "Eins. Zwei zwei. Drei. Vier neu. Fünf. Eins.", "Titel")
    write(project, "locale/ru/LC_MESSAGES/x.po", MARKED)
    (datum,) = numbers(auflage, project, "--locale", "ru")
    assert datum["segments"] == dict(zip(STATES, [0, 1, 1, 1, 2, 1], strict=True))
    assert datum["unmodified"] == {"segments": 4, "words": 6}
    assert datum["since"] == {
        "machine": "2026-11-22", "translated": "2026-11-21", "reviewed": "2026-11-22"
    }  # fmt: skip
    assert (datum["overtaken"], datum["changed"]) == (1, "2026-11-23")
    out = auflage(project, "status", "--locale", "ru")[1]
    assert "4 / 6  2026-11-23" in out
    assert "  machine text since 2026-11-22: ru\n" in out
    assert "  ru: 1 entry was reviewed and has changed since (auflage status --review)\n" in out


def test_the_real_article(kasachstan: Path, auflage: Call) -> None:
    empty_msgstr(kasachstan / f"locale/kk/LC_MESSAGES/{NAME}.po", LAST)
    before = contents(kasachstan)
    data = {datum["locale"]: datum for datum in numbers(auflage, kasachstan)}
    assert list(data) == ["ru", "kk", "en"]
    template = polib.pofile(str(kasachstan / f"locale/{NAME}.pot"))
    template = [entry for entry in template if entry.msgctxt not in OWN]
    for datum in data.values():
        assert sum(datum["segments"].values()) == len(template)
        assert sum(datum["words"].values()) == sum(data["ru"]["words"].values()) > 1000
    assert data["kk"]["segments"]["missing"] == data["ru"]["segments"]["missing"] + 1
    assert data["kk"]["words"]["missing"] == data["ru"]["words"]["missing"] + 3
    assert contents(kasachstan) == before


def test_without_catalogs_all_is_missing(project: Path, auflage: Call) -> None:
    article(project, "x", "Ein Satz.", "Ein Titel")
    for datum in numbers(auflage, project):
        assert datum["segments"]["missing"] == sum(datum["segments"].values()) == 2
        assert datum["words"]["missing"] == sum(datum["words"].values()) == 4


def test_one_article_in_one_locale(project: Path, auflage: Call) -> None:
    article(project, "x")
    article(project, "y")
    found = numbers(auflage, project, "--article", "y", "--locale", "en,kk")
    assert [(datum["article"], datum["locale"]) for datum in found] == [("y", "kk"), ("y", "en")]


@pytest.mark.parametrize(
    ("configuration", "articles"), [("locales = ['ru']", 0), ("source_locale = 'de'", 1)]
)
def test_nothing_to_translate(
    project: Path, auflage: Call, configuration: str, articles: int
) -> None:
    write(project, "auflage.toml", configuration)
    for number in range(articles):
        article(project, f"x{number}")
    code, out, err = auflage(project, "status")
    assert (code, err) == (0, "")
    assert out.startswith("nothing to translate")
