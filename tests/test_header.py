"""The header of templates and catalogs."""

import pytest

from workflow.catalogs import header

TEMPLATE = header.template_header(
    "a", created="2026-01-01 00:00+0000", contact="x@example.org", source="de-AT", segmenter="de/1"
)


@pytest.mark.parametrize(
    ("locale", "name", "gettext", "plurals"),
    [
        ("ru", "Russian", "ru", "nplurals=3; plural=(n%10==1"),
        ("kk", "Kazakh", "kk", "nplurals=2; plural=(n != 1);"),
        ("en", "English", "en", "nplurals=2; plural=(n != 1);"),
        ("pt-BR", "Portuguese (Brazil)", "pt_BR", "nplurals=2;"),
        ("kk-Latn", "Kazakh (Latin)", "kk@latin", "nplurals=2;"),
        ("xx", "xx", "xx", "nplurals=2; plural=(n != 1);"),
    ],
)
def test_a_new_catalog(locale: str, name: str, gettext: str, plurals: str) -> None:
    fields = dict(header.catalog_header(TEMPLATE, locale, ()))
    assert fields["Language-Team"] == name
    assert fields["Language"] == gettext
    assert fields["Plural-Forms"].startswith(plurals)
    assert fields["PO-Revision-Date"] == fields["POT-Creation-Date"] == "2026-01-01 00:00+0000"
    assert fields["X-Source-Language"] == "de-AT"


def test_what_people_wrote_stays_and_what_the_template_decides_changes() -> None:
    had = (
        ("X-Generator", "Poedit 3.2.2"),
        ("Last-Translator", "Anna <a@example.org>"),
        ("Language-Team", "Kollektiv"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("PO-Revision-Date", "2026-05-05 05:05+0300"),
        ("Project-Id-Version", "old"),
        ("Content-Type", "text/plain; charset=KOI8-R"),
        ("X-Bugs", "none"),
    )
    made = header.catalog_header(TEMPLATE, "ru", had)
    kept = {"Content-Type": "text/plain; charset=UTF-8", "Project-Id-Version": "a"}
    assert dict(made).items() >= (dict(had) | kept).items()
    assert [key for key, _ in made][-2:] == ["X-Generator", "X-Bugs"]
    assert header.catalog_header(TEMPLATE, "ru", made) == made


def test_a_placeholder_is_no_date() -> None:
    made = dict(header.catalog_header(TEMPLATE, "ru", (("PO-Revision-Date", header.NO_DATE),)))
    assert made["PO-Revision-Date"] == "2026-01-01 00:00+0000"


def test_comments_name_the_language_or_the_template() -> None:
    assert header.comments("T", "kk")[0] == "Kazakh translation of “T”."
    assert header.comments("T", None)[0] == "Template of “T”."
