"""Drafts from files: our own TMX, and the dialects of others."""

import pytest

from tests.conftest import KASACHSTAN
from workflow.catalogs import po
from workflow.errors import CatalogError
from workflow.pretranslate.engines import tmx
from workflow.pretranslate.engines.protocol import Draft, Markup, Query, Refusal, Setting

BODY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header/><body>\n{}\n</body></tmx>'
)
UNIT = (
    '<tu><tuv xml:lang="de-AT"><seg>Eins.</seg></tuv><tuv xml:lang="ru"{}><seg>{}</seg></tuv></tu>'
)


def read(units: str, target: str = "ru", source: str = "de-AT") -> dict[object, Draft]:
    return dict(tmx.read(BODY.format(units), "a.tmx", source, target))


def query(msgid: str, msgctxt: str | None = None) -> Query:
    return Query(msgid, msgid, msgctxt)


@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_the_files_of_the_project(locale: str) -> None:
    path = f"locale/drafts/{locale}/kasachstan-2022.tmx"
    drafts = dict(tmx.read((KASACHSTAN / path).read_text("utf-8"), path, "de-AT", locale))
    template = po.parse((KASACHSTAN / "locale/kasachstan-2022.pot").read_text("utf-8"), "a.pot")
    assert drafts.keys() == {entry.key for entry in template.entries}
    assert {(draft.engine, draft.date) for draft in drafts.values()} == {("llm", "2026-11-23")}


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ('<tu><tuv lang="de"><seg>Eins.</seg></tuv><tuv lang="ru"><seg>Раз.</seg></tuv></tu>', 1),
        (
            '<tu><tuv xml:lang="DE-de"><seg>Eins.</seg></tuv>'
            '<tuv xml:lang="RU-RU"><seg>Раз.</seg></tuv></tu>',
            1,
        ),
        (
            '<tu><tuv xml:lang="de_AT"><seg>Eins.</seg></tuv>'
            '<tuv xml:lang="ru_RU"><seg>Раз.</seg></tuv></tu>',
            1,
        ),
        ('<tu><tuv xml:lang="de"><seg>Eins.</seg></tuv></tu>', 0),
        (UNIT.format("", "").replace('"ru"', '"kk"'), 0),
        (UNIT.format("", " \n "), 0),
        (UNIT.format("", "Раз.").replace("<seg>Раз.</seg>", ""), 0),
        (UNIT.format("", "\n  Раз.\n"), 1),
    ],
)
def test_languages_and_gaps(unit: str, expected: int) -> None:
    found = read(unit)
    assert len(found) == expected
    assert all(key == (None, "Eins.") and d.text == "Раз." for key, d in found.items())


def test_the_exact_locale_wins() -> None:
    both = UNIT.format("", "Раз.").replace(
        "</tu>", '<tuv xml:lang="ru-KZ"><seg>Раз-КЗ.</seg></tuv></tu>'
    )
    assert [read(both, target)[None, "Eins."].text for target in ("ru", "ru-KZ", "ru-BY")] == [
        "Раз.",
        "Раз-КЗ.",
        "Раз.",
    ]


@pytest.mark.parametrize(
    ("attributes", "engine", "date", "changed"),
    [
        (' creationid="llm" creationdate="20261123T083005Z"', "llm", "2026-11-23",
         "2026-11-23 08:30+0000"),
        (' creationid="Anna B" creationdate="20200101T000000Z" changedate="20261123T083005Z"',
         "Anna-B", "2026-11-23", "2026-11-23 08:30+0000"),
        ("", "tmx", "unknown", None),
        (' creationdate="gestern"', "tmx", "unknown", None),
    ],
)  # fmt: skip
def test_authors_and_dates(attributes: str, engine: str, date: str, changed: str | None) -> None:
    found = read(UNIT.format(attributes, "Раз."))[None, "Eins."]
    assert found == Draft("Раз.", engine, date, changed)
    unit = UNIT.format("", "Раз.").replace("<tu>", f"<tu{attributes}>")
    assert read(unit)[None, "Eins."] == found


def test_inline_codes_give_their_markup() -> None:
    unit = (
        '<tu><tuv lang="de"><seg>Ein <bpt i="1">**</bpt>Wort<ept i="1">**</ept><ph>`x`</ph></seg>'
        '</tuv><tuv lang="ru"><seg><hi>Одно</hi> <bpt i="1">**</bpt>слово<ept i="1">**</ept>'
        "<ph>`x`</ph></seg></tuv></tu>"
    )
    assert read(unit)[None, "Ein **Wort**`x`"].text == "Одно **слово**`x`"


def test_text_is_composed() -> None:
    assert read(UNIT.format("", "и\u0306"))[None, "Eins."].text == "й"


def test_context_first_then_the_text_alone() -> None:
    heading = UNIT.format("", "Заголовок.").replace(
        "<tu>", '<tu><prop type="x-context">heading</prop>'
    )
    text = BODY.format(heading + UNIT.format("", "Раз."))
    engine = tmx.make(Setting("de-AT", "ru", "2026-11-23", (text, "a.tmx")))
    queries = [query("Eins.", "heading"), query("Eins."), query("Eins.", "title"), query("Zwei.")]
    got = [
        answer.text if isinstance(answer, Draft) else answer for answer in engine.translate(queries)
    ]
    assert got == ["Заголовок.", "Раз.", "Раз.", Refusal("no draft")]
    assert (engine.capabilities.host, engine.capabilities.markup) == (None, Markup.RAW)


def test_without_a_file_every_query_is_refused() -> None:
    engine = tmx.make(Setting("de-AT", "ru", "2026-11-23"))
    assert list(engine.translate([query("Eins.")])) == [Refusal("no draft")]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (BODY.format("<tu><tuv>"), 4, "not valid XML"),
        (BODY.format("<tu>&nbsp;</tu>"), 3, "not valid XML"),
        ("", 1, "not valid XML"),
        ("PK\x03\x04", 1, "not valid XML"),
        ('<?xml version="1.0"?>\n<xliff/>', 1, "not a TMX"),
        ('<!DOCTYPE tmx [\n<!ENTITY a "b">\n<!ENTITY c "&a;&a;">]>\n<tmx>&c;</tmx>', 2, "entities"),
        ('<!DOCTYPE tmx [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<tmx/>', 2, "entities"),
    ],
)
def test_broken_files(text: str, line: int, word: str) -> None:
    with pytest.raises(CatalogError, match=word) as caught:
        list(tmx.read(text, "a.tmx", "de-AT", "ru"))
    assert (caught.value.path, caught.value.line) == ("a.tmx", line)


def test_a_doctype_is_not_fetched() -> None:
    doctype = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">\n<tmx'
    text = BODY.format(UNIT.format("", "Раз.")).replace("<tmx", doctype, 1)
    assert len(list(tmx.read(text, "a.tmx", "de-AT", "ru"))) == 1
