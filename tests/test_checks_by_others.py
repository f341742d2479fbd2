"""The checks on tables by people who had not seen them: `translations-by-others.toml`."""

import tomllib

import pytest

from tests.conftest import ROOT
from workflow.checks import check
from workflow.model import Catalog, Entry, Severity
from workflow.terms import table

TABLES = tomllib.loads(
    (ROOT / "tests/data/translations-by-others.toml").read_text(encoding="utf-8")
)
GLOSSARY = table.parse(
    (ROOT / "locale/glossary.csv").read_text(encoding="utf-8"),
    "glossary.csv",
    ("de-AT", "ru", "kk", "en"),
)


def severities(locale: str, *texts: str) -> set[Severity]:
    pairs = zip(texts[::2], texts[1::2], strict=True)
    entries = [
        Entry(msgid, msgstr, msgctxt=str(number) if number else None)
        for number, (msgid, msgstr) in enumerate(pairs)
    ]
    found = check(None, Catalog((), tuple(entries)), locale, GLOSSARY)
    return {one.severity for one in found if one.severity is not Severity.STATE}


@pytest.mark.parametrize("row", TABLES["wrong"], ids=lambda row: f"{row[0]}-{row[1]}")
def test_an_error_is_found(row: list[str]) -> None:
    locale, severity, *texts = row
    assert severities(locale, *texts) & {Severity.ERROR, Severity(severity)}


@pytest.mark.parametrize("row", TABLES["sound"], ids=lambda row: row[0])
def test_a_sound_text_has_no_error(row: list[str]) -> None:
    assert Severity.ERROR not in severities(*row)


def test_sound_texts_have_few_warnings() -> None:
    warned = [row for row in TABLES["sound"] if severities(*row) - {Severity.HINT}]
    assert len(warned) <= len(TABLES["sound"]) / 50, warned
