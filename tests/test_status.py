"""`auflage status`: the numbers, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.trees import LAST, NAME, article, contents, empty_msgstr, write
from workflow.model import OWN

Call = Callable[..., tuple[int, str, str]]
STATES = ["missing", "stale", "machine", "fuzzy", "translated", "reviewed"]
MIXED = """\
msgid ""
msgstr ""
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
    }
    _, out, _ = auflage(project, "status", "--locale", "ru")
    head, states, row, legend = out.splitlines()
    assert head == "x (de-AT): 5 segments, 12 words"
    assert states.split() == ["locale", *STATES]
    assert " ".join(row.split()) == "ru 2 / 7 1 / 2 – 1 / 1 1 / 2 –"
    assert legend.strip() == "(segments / words)"


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
