"""The second reader that stands before every catalog that is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import KASACHSTAN
from workflow import saving
from workflow.catalogs import po, proof, writing
from workflow.errors import CatalogError
from workflow.model import Catalog
from workflow.store import open_project

PATH = "locale/ru/LC_MESSAGES/kasachstan-2022.po"
TEXT = (KASACHSTAN / PATH).read_text(encoding="utf-8")


def test_what_we_write_is_found() -> None:
    proof.check(TEXT, po.parse(TEXT, PATH), PATH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "Хронология эскалации"', 'msgstr "Хронология"'),
        ('msgctxt "heading"\nmsgid "Militanz', 'msgid "Militanz'),
        ('msgid "Militanz der Bewegung"\nmsgstr', 'msgid "Militanz der Bewegung\nmsgstr'),
        ("#. title", "#~ x"),
    ],
)
def test_what_another_reader_misses_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(CatalogError, match="not written"):
        proof.check(TEXT.replace(old, new), po.parse(TEXT, PATH), PATH)


def test_the_file_stays_when_the_writer_fails(
    kasachstan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_project(kasachstan)
    catalog = po.parse(TEXT, PATH)
    changed = replace(catalog, entries=catalog.entries[:40])
    monkeypatch.setattr(writing, "serialise", lambda given: TEXT.replace("msgstr", "msgster", 3))
    with pytest.raises(CatalogError):
        saving.amend(project, PATH, lambda _: changed)
    assert (kasachstan / PATH).read_text(encoding="utf-8") == TEXT


def test_signs_that_polib_cannot_judge_pass() -> None:
    odd = po.parse(TEXT.replace("Хронология эскалации", "Хроно\u2028логия"), PATH)
    assert isinstance(odd, Catalog)
    proof.check(writing.serialise(odd), odd, PATH)
