"""TMX: what we write, the dialects of others, and drafts that come in such files."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from tests.conftest import KASACHSTAN
from tests.trees import article, write
from workflow.catalogs import po
from workflow.catalogs.tmx import Unit, Variant, decode, parse, serialise, unfit
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
    assert drafts.keys() == {entry.key for entry in template.texts}
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
        (' creationdate="00010101T000000+0500"', "tmx", "unknown", None),
        (' creationdate="20261123T083005+0500"', "tmx", "2026-11-23", "2026-11-23 03:30+0000"),
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


@pytest.mark.parametrize(
    ("segment", "words"),
    [
        ('<bpt i="1">&lt;b0&gt;</bpt>Wort<ept i="1">&lt;/b0&gt;</ept>', "Wort"),  # OmegaT, level 2
        ('Ein <bpt i="1" type="bold"/>Wort<ept i="1"/> da', "Ein Wort da"),
        (r"<bpt i='1'>{\b </bpt>Wort<ept i='1'>}</ept>", "Wort"),  # RTF
        ("Ein <ph>&lt;br/&gt;</ph> Wort", "Ein Wort"),
        ("Ein<ph>{1}</ph> Wort", "Ein Wort"),
        ('Ein<it pos="begin" x="2">&lt;br2&gt;</it>Wort', "Ein Wort"),
        ("<bpt>&lt;b&gt;</bpt>Ölfeld<ept>&lt;/b&gt;</ept>arbeit", "Ölfeldarbeit"),
        ('Ein <ph>&lt;img alt="<sub>Bild</sub>"&gt;</ph>', "Ein"),
        ('<it pos="begin">&lt;i&gt;</it>Ein <hi>Wo<hi>rt</hi> <ut>%s</ut></hi>', "Ein Wort"),
        ("<bpt>[</bpt>Mehr<ept>](https://a.at)</ept>", "[Mehr](https://a.at)"),
        ("<bpt>***</bpt>Wort<ept>***</ept><!-- so --> da", "***Wort*** da"),
        ("<![CDATA[a < b]]> &amp; &#x434;", "a < b & д"),
    ],
)
def test_inline_codes(segment: str, words: str) -> None:
    text = BODY.format(UNIT.format("", "@").replace("@", segment))
    (unit,) = parse(text, "a.tmx")
    assert unit.variants[1].text == words


def test_text_is_composed() -> None:
    assert read(UNIT.format("", "и\u0306"))[None, "Eins."].text == "й"


def test_context_first_then_the_text_alone() -> None:
    heading = UNIT.format("", "Заголовок.").replace(
        "<tu>", '<tu><prop type="x-context">heading</prop>'
    )
    text = BODY.format(heading + UNIT.format("", "Раз."))
    engine = tmx.make(Setting("de-AT", "ru", "2026-11-23", drafts=(text, "a.tmx")))
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


def test_codes_without_end() -> None:
    deep = UNIT.format("", "<hi>" * 50_000 + "Раз." + "</hi>" * 50_000)
    with pytest.raises(CatalogError, match="nested too deep"):
        parse(BODY.format(deep), "a.tmx")


def test_a_doctype_is_not_fetched() -> None:
    doctype = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">\n<tmx'
    text = BODY.format(UNIT.format("", "Раз.")).replace("<tmx", doctype, 1)
    assert len(list(tmx.read(text, "a.tmx", "de-AT", "ru"))) == 1


@pytest.mark.parametrize(
    ("encoding", "mark", "declared"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16", b"", "UTF-16"),  # Python writes the mark
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-8", b"", "UTF-16"),  # saved again by an editor
        ("cp1251", b"", "windows-1251"),
        ("utf-8", b"", None),
    ],
)
def test_encodings(encoding: str, mark: bytes, declared: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = head + BODY.format(UNIT.format("", "Раз.")).split("?>")[1]
    (unit,) = parse(decode(mark + text.encode(encoding), "a.tmx"), "a.tmx")
    assert [variant.text for variant in unit.variants] == ["Eins.", "Раз."]


def test_drafts_in_another_encoding(
    project: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    article(project, "x", "Eins.")
    assert auflage(project, "update")[0] == 0
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    text = head + BODY.format(UNIT.format("", "Раз.")).split("?>")[1]
    write(project, "locale/drafts/ru/x.tmx", text.encode("utf-16"))
    assert "filled 1 by tmx" in auflage(project, "pretranslate", "--locale", "ru")[1]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"<tmx>\n\n\xe4", 3, "not UTF-8; save it as UTF-8"),
        (b"\xff\xfe<", 1, "not utf-16; save it as UTF-8"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', None, "unknown encoding “klingon”"),
        (b'<?xml version="1.0" encoding="hex"?><tmx/>', None, "unknown encoding “hex”"),
        (b'<?xml version="1.0" encoding="undefined"?><tmx/>', None, "not undefined"),
    ],
)
def test_wrong_encodings(data: bytes, line: int | None, message: str) -> None:
    with pytest.raises(CatalogError, match=message) as caught:
        decode(data, "a.tmx")
    assert (caught.value.path, caught.value.line) == ("a.tmx", line)


def test_half_a_letter_is_no_text() -> None:
    text = decode(b'<?xml version="1.0" encoding="utf-7"?><tmx>+2AA-</tmx>', "a.tmx")
    with pytest.raises(CatalogError, match="not valid XML"):
        parse(text, "a.tmx")


def test_a_namespace_changes_nothing() -> None:
    text = BODY.format(UNIT.format("", "Раз."))
    inside = text.replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ')
    assert parse(inside, "a.tmx") == parse(text, "a.tmx") != ()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("de-AT", "ru", ("de-AT", "ru")),
        ("de-CH", "ru-KZ", ("de", "ru")),
        ("DE", "ru-BY", ("de", "RU-by")),
        ("de-AT", "de", ("de-AT", "de")),
        ("ru", "ru-UA", None),  # the same text twice is no translation
        ("fr", "ru", None),
        ("de", "fr", None),
    ],
)
def test_which_variant(source: str, target: str, expected: tuple[str, str] | None) -> None:
    locales = ("de-AT", "RU-by", "de", "ru")
    found = Unit(tuple(Variant(locale, locale) for locale in locales)).pair(source, target)
    assert (found and (found[0].text, found[1].text)) == expected


# What a TMX 1.4b file may hold, as far as we write it, so that a validating parser can judge:
# which elements and attributes there are is in the specification.
MODEL = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version (1.4) #REQUIRED>
<!ELEMENT header EMPTY>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)> <!ELEMENT tu (prop*, tuv+)> <!ATTLIST tu srclang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT tuv (seg)> <!ELEMENT seg (#PCDATA)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED creationid CDATA #IMPLIED changedate CDATA #IMPLIED>
"""

fit = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: unfit(text) is None)
texts = fit.map(lambda text: normalize("NFC", text).strip()).filter(bool)
locales = st.sampled_from(["de-AT", "de", "ru", "kk-Cyrl", "pt-BR"])
times = st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)).map(
    lambda time: time.replace(microsecond=0)
)
variants = st.builds(Variant, locales, texts, st.just("") | texts, st.none() | times)
units = st.builds(
    Unit,
    st.lists(variants, min_size=1, max_size=3).map(tuple),
    st.none() | st.just("") | fit,
    st.just("") | texts,
)


@given(st.lists(units, max_size=3))
@example([Unit((Variant("de", "a\r\nb\rc"), Variant("ru", "a\n\tb", 'A\n"\tB')), "]]>&lt;")])
def test_what_is_written_is_read(given_units: list[Unit]) -> None:
    text = serialise(given_units)
    assert parse(decode(text.encode("utf-8"), "a.tmx"), "a.tmx") == tuple(given_units)
    document = etree.fromstring(text.encode("utf-8"), etree.XMLParser(load_dtd=False))
    model = etree.DTD(StringIO(MODEL))
    assert model.validate(document), model.error_log
    head = document.find("header")
    languages = {unit.variants[0].locale for unit in given_units}
    assert head.get("srclang") in (languages if len(languages) == 1 else {"*all*"})
    assert (head.get("segtype"), head.get("creationtool")) == ("sentence", "auflage")


@given(st.characters())
def test_what_xml_cannot_hold_is_known(letter: str) -> None:
    """Another parser is the judge."""
    text = serialise([Unit((Variant("de", f"a{letter}b"),))])
    try:
        etree.fromstring(text.encode("utf-8"))
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        assert unfit("Wort", letter) == letter
    else:
        assert unfit("Wort", letter) is None
