"""Dates, percentages, language names, and the labels of editions."""

import datetime
import re
import string
from importlib import resources

import pytest

from workflow.catalogs import po, writing
from workflow.editions import pages, site, statuspage, wording
from workflow.editions.labels import Labels
from workflow.editions.translate import count, words
from workflow.model import Segment, State

LANGUAGES = ("de", "ru", "kk")
SOURCES = resources.files("workflow.editions")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de-AT", "3. Jänner 2022"),
        ("de", "3. Januar 2022"),
        ("ru", "3 января 2022 г."),
        ("kk", "2022 ж. 3 қаңтар"),
        ("en", "3 January 2022"),
        ("en-US", "January 3, 2022"),
        ("pt-BR", "3 de janeiro de 2022"),
        ("xx", "3 January 2022"),
    ],
)
def test_long_date(locale: str, expected: str) -> None:
    day = wording.long_date(datetime.date(2022, 1, 3), locale)
    assert re.sub(r"\s", " ", day) == expected


@pytest.mark.parametrize(
    ("share", "expected"), [(0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1, "100%")]
)
def test_percent_never_says_all_or_nothing_of_a_part(share: float, expected: str) -> None:
    assert wording.percent(share, "en") == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de-AT", "Deutsch"),
        ("ru", "Русский"),
        ("kk", "Қазақ тілі"),
        ("en", "English"),
        ("xx", "xx"),
    ],
)
def test_native_name(locale: str, expected: str) -> None:
    assert wording.native_name(locale) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_complete_and_keep_their_placeholders(language: str) -> None:
    text = (SOURCES / "labels" / f"{language}.po").read_text(encoding="utf-8")
    catalog = po.parse(text, language)
    assert writing.serialise(catalog) == text
    used = _labels_in_use()
    assert {entry.msgid for entry in catalog.live} == used
    for entry in catalog.live:
        assert entry.msgstr
        assert not entry.fuzzy
        assert _fields(entry.msgid) == _fields(entry.msgstr)


def _labels_in_use() -> set[str]:
    files = (*SOURCES.glob("*.py"), *SOURCES.glob("theme/**/*.*html"))
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    tables = (wording._NOTICES, wording._LOOKED_AT, statuspage._STATES)
    told = {label for table in tables for _, label in table}
    formats = {name for name, _ in site._OFFERED.values() if not name.isupper()}
    return told | formats | set(re.findall(r'labels\(\s*"([^"]+)"', code))


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_language_without_labels_gets_english_ones() -> None:
    labels = Labels("tt")
    assert labels("Languages") == "Languages"
    assert not labels.own
    assert Labels("kk").own
    assert Labels("en-US").own


def test_css_strings_cannot_break_out() -> None:
    assert pages._css('a"b\\c</style>') == '"a\\"b\\\\c\\3c /style>"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kurz.", "Kurz."),
        ("Am 5. Jänner, z. B. in Wien. Und dann mehr davon.", "Am 5. Jänner, z. B. in Wien."),
        (
            "Nein. Ein Satz, der viel zu lang ist, wie alle.",
            "Nein. Ein Satz, der viel zu lang ist …",
        ),
        ("Donaudampfschifffahrtsgesellschaftskapitän", "Donaudampfschifffahrtsgesellschaftskap …"),
    ],
)
def test_a_lead_is_cut_behind_a_sentence_if_it_can_be(text: str, expected: str) -> None:
    assert wording.shorten(text, 40, "de-AT") == expected
    assert len(expected) <= 40


def test_words_leave_markup_out() -> None:
    assert words("Die *Arbeiter*innen* lesen [das Blatt](https://a.example/x-y).") == 5
    assert words("`code` und 3.000 Euro – 5 %") == 5


def test_a_repeated_segment_counts_once() -> None:
    twice = [Segment("Ende und aus", "Ende und aus"), Segment("Ende und aus", "Ende  und aus")]
    coverage = count({segment: State.MISSING for segment in twice})
    assert (coverage.total, coverage.segments) == (3, {State.MISSING: 1})
