"""Reading and writing catalogs: the bytes of `msgcat --no-wrap`, and clear words for the rest."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import KASACHSTAN
from workflow.catalogs import marks, po, writing
from workflow.errors import CatalogError
from workflow.model import Catalog, Entry

Judge = Callable[[str], str]

HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
CATALOGS = {
    "header alone": HEAD,
    "header comments": f"#\n# Übersetzung\n#\n#, fuzzy\n{HEAD}",
    "header in one line": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
    "previous": f"""{HEAD}
#, fuzzy
#| msgctxt "title"
#| msgid "alt"
msgctxt "heading"
msgid "neu"
msgstr "новый"

#, fuzzy
#| msgid ""
#| "eins\\n"
#| "zwei"
msgid "drei"
msgstr "три"
""",
    "obsolete": f"""{HEAD}
msgid "da"
msgstr "тут"

# weg
#. was war
#: source/a.md
#, fuzzy
#~| msgctxt "title"
#~| msgid ""
#~| "eins\\n"
#~| "\\"zwei\\" \\\\ drei"
#~ msgctxt "heading"
#~ msgid "fort"
#~ msgstr "прочь"

#~ msgid ""
#~ "a\\n"
#~ "b"
#~ msgstr ""
#~ "а\\n"
#~ "б"
""",
    "plurals": f"""{HEAD}{PLURALS}
msgid "ein Tag"
msgid_plural "Tage"
msgstr[0] "день"
msgstr[1] "дня\\n"
"и"

#~ msgid "x"
#~ msgid_plural "y"
#~ msgstr[0] "1"
#~ msgstr[1] "2"
""",
    "escapes": f"""{HEAD}
msgid "\\a\\b\\t\\v\\f\\r \\"q\\" \\\\n C:\\\\a"
msgstr "\\\\\\\\ \\\\\\"\\t"

msgid "ein\\n"
"zwei\\n"
msgstr "раз\\n"
"два\\n"

msgid "\\n"
msgstr "\\n"
""",
    "separators inside strings": f'{HEAD}\nmsgid "a\u2028b\u0085c\u00a0"\nmsgstr "а\u2029б"\n',
    "comments": f"""{HEAD}
#
# erst leer
#
#  eingerückt
# # ~ | . : ,
#.
#. ausgezogen
#.
#. \x41lt ~| x
#: source/a.md source/b.md:12 c.md:7
#, fuzzy, python-format
msgid "a"
msgstr "б"
""",
    "no space, two lines": f"{HEAD}\n#eins\n##zwei\n#: a.md\n#: b.md:3\nmsgid 'x'\n".replace(
        "'x'\n", '"x"\nmsgstr ""\n'
    ),
}


def again(text: str) -> str:
    return writing.serialise(po.parse(text, "a.po"))


def filtered(command: list[str], text: str) -> str:
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("text", CATALOGS.values(), ids=CATALOGS)
def test_writing_gives_the_bytes_of_msgcat(text: str, judge: Judge) -> None:
    canonical = filtered([judge("msgcat"), "--no-wrap", "--force-po", "-"], text)
    assert again(text) == canonical
    assert again(canonical) == canonical


def test_previous_plural_stays() -> None:
    text = f"""{HEAD}\n#, fuzzy\n#| msgid "a"\n#| msgid_plural "b"
msgid "c"\nmsgid_plural "d"\nmsgstr[0] "1"\n"""
    assert again(text) == text


@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_wrapped_by_others_is_read_the_same(locale: str, judge: Judge) -> None:
    ours = (KASACHSTAN / f"locale/{locale}/LC_MESSAGES/kasachstan-2022.po").read_text("utf-8")
    babel = io.BytesIO()
    write_po(babel, read_po(io.StringIO(ours), locale=locale), width=76)
    wrapped = {
        "msgcat": filtered([judge("msgcat"), "-"], ours),
        "polib": str(polib.pofile(ours, wrapwidth=78)),
        "babel": babel.getvalue().decode(),
    }
    expected = po.parse(ours, "a.po")
    assert len(list(expected.texts)) == 83
    assert writing.serialise(expected) == ours
    for tool, text in wrapped.items():
        assert text != ours, tool
        found = po.parse(text, "a.po")
        assert found.entries == expected.entries, tool
        assert found.field("Language") == locale
        assert found.field("Plural-Forms")


def test_a_previous_msgid_that_babel_made_a_comment_is_one_again() -> None:
    ours = po.parse(CATALOGS["previous"], "a.po")
    written = io.BytesIO()
    write_po(written, read_po(io.StringIO(CATALOGS["previous"]), locale="ru"))
    text = written.getvalue().decode()
    assert '\n# | msgid ""\n# | "eins\\n"\n' in text
    assert po.parse(text, "a.po").entries == ours.entries


def test_other_comments_that_look_like_it_stay_comments() -> None:
    lines = ("| a | b |", '| "Zelle" |', '| "Zitat"', '| msgid "offen', "| msgid")
    text = "".join(f"# {line}\n" for line in lines) + 'msgid "a"\nmsgstr "b"\n'
    assert po.parse(text, "a.po").entries == (Entry("a", "b", comments=lines),)


@pytest.mark.parametrize("width", [30, 40, 78])
def test_a_mark_that_polib_wrapped_is_whole(width: int) -> None:
    hashes = f"s={marks.digest('a')} t={marks.digest('б')}"
    mark = f"reviewed: Anna-Maria Österreicher <a@example.org> 2026-11-23 {hashes}"
    ours = Entry("a", "б", comments=("vorher", mark, "mt: keine Marke", "nachher"))
    text = writing.serialise(Catalog((("Language", "ru"),), (ours,)))
    wrapped = str(polib.pofile(text, wrapwidth=width))
    assert mark not in wrapped
    assert po.parse(wrapped, "a.po").entries == (ours,)


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (HEAD + '\nmsgid "offen\nmsgstr "x"\n', 6, "syntax"),
        (HEAD + '\nmsgid "offen\\"\nmsgstr "x"\n', 6, "syntax"),
        (HEAD + '\nmsgid "a"\nmsgstr "b" c\n', 7, "syntax"),
        (HEAD + '\nmsgid "a"\nmsgstr "\\q"\n', 7, "syntax"),
        (HEAD + '\nmsgid "a "b" c"\nmsgstr ""\n', 6, "syntax"),
        (HEAD + "\nMüll\n", 6, "syntax"),
        (HEAD + '\n#~| msgid "offen\n#~ msgid "a"\n#~ msgstr "b"\n', 6, "syntax"),
        (HEAD + '\nmsgstr "a"\nmsgstr "b"\n', 6, "syntax"),
        (HEAD + '\nmsgid "a"\n', 6, "no msgstr"),
        (HEAD + '\nmsgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 6, "no msgstr"),
        (HEAD + '\nmsgid "a"\n# Wort\nmsgid "b"\nmsgstr "c"\n', 6, "no msgstr"),
        (HEAD + '\nmsgctxt "a"\n', 6, "no msgstr"),
        (HEAD + '\nmsgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n', 9, "line 6"),
        (HEAD + '\nmsgid "a"\nmsgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n', 9, "line 6"),
        (HEAD + "\n" + HEAD, 6, "same msgid"),
        ("", None, "empty"),
        (" \n\n", None, "empty"),
        ("# nur ein Wort\n", 1, "no entry"),
        (bytes(range(256)) * 4, 2, "utf-8"),
        (b"\x89PNG\r\n\x1a\n\x00", 1, "utf-8"),
        ("PK\x03\x04\x00\x00", 1, "syntax"),
        (HEAD.encode() + b'\nmsgid "\xe4"\nmsgstr ""\n', 6, "UTF-8"),
        (HEAD.replace("UTF-8", "klingon").encode(), None, "klingon"),
        (HEAD.replace("UTF-8", "hex").encode(), None, "hex"),
        (HEAD.replace("UTF-8", "undefined").encode(), None, "undefined"),
        (HEAD.replace("UTF-8", "ascii").encode() + b"\xe4", 5, "ascii"),
    ],
)
def test_broken_catalogs(data: str | bytes, line: int | None, word: str) -> None:
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(CatalogError) as caught:
        po.parse(po.decode(data, "a.po"), "a.po")
    assert (caught.value.path, caught.value.line) == ("a.po", line)
    assert word in caught.value.message


def test_a_foreign_charset_is_read_and_becomes_utf8() -> None:
    data = (HEAD.replace("UTF-8", "KOI8-R") + '\nmsgid "a"\nmsgstr "да"\n').encode("koi8-r")
    text = writing.serialise(po.parse(po.decode(data, "a.po"), "a.po"))
    assert "charset=UTF-8" in text
    assert po.parse(po.decode(text.encode(), "a.po"), "a.po").entries[0].msgstr == "да"


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_windows_editors(change: Callable[[str], str]) -> None:
    text = CATALOGS["comments"]
    data = change(text).encode()
    assert writing.serialise(po.parse(po.decode(data, "a.po"), "a.po")) == text


def test_comments_survive_without_a_header() -> None:
    found = po.parse('# Wort\n#, fuzzy\n#~| msgid "x"\n#~ msgid "a"\n#~ msgstr "b"\n', "a.po")
    assert found.entries[0] == Entry(
        "a", "b", flags=("fuzzy",), previous="x", comments=("Wort",), obsolete=True
    )


REAL = (KASACHSTAN / "locale/ru/LC_MESSAGES/kasachstan-2022.po").read_bytes()[:3000]
PIECES = [b'"', b"\\", b"\n", b"#~ ", b"#~| ", b"#| ", b"# ", b"#", b"msgid ", b"msgstr ", b"\xff"]
PIECES += [b'msgctxt "', b"msgstr[0] ", b"\x00", b"\x01", b"charset=", b"\r", "\u2028".encode()]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 30), st.sampled_from(PIECES)), max_size=6
    )
)
def test_mutated_catalogs_are_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    data = REAL
    for place, gone, piece in edits:
        data = data[:place] + piece + data[place + gone :]
    try:
        text = writing.serialise(po.parse(po.decode(data, "a.po"), "a.po"))
    except CatalogError:
        return
    assert again(text) == text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "\n", "a\n", "a\nb", '"', "\\", "\\n", "\\a", "\a", "#~| x", "\u2028", "\x85", "\x1c"]
)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)
WORD = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=6)
NAME = st.text("ab/.:0", min_size=1, max_size=6)


def tuples(of: st.SearchStrategy[str], **limits: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, **({"max_size": 3} | limits)).map(tuple)  # type: ignore[arg-type]


ENTRIES = st.builds(
    Entry,
    msgid=TEXT.filter(bool),
    msgstr=TEXT,
    msgctxt=st.none() | TEXT,
    flags=tuples(WORD),
    previous=st.none() | TEXT,
    previous_context=st.none() | TEXT,
    references=tuples(NAME),
    comments=tuples(LINE),
    extracted=tuples(LINE),
    obsolete=st.booleans(),
)
CATALOG = st.builds(
    Catalog,
    header=tuples(WORD, unique=True).map(lambda keys: tuple((key, "v: 1") for key in keys)),
    entries=st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.key).map(tuple),
    comments=tuples(LINE),
    fuzzy_header=st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(CATALOG)
def test_what_is_written_is_read(catalog: Catalog) -> None:
    found = po.parse(writing.serialise(catalog), "a.po")
    assert found.header == catalog.header
    assert found.entries == tuple(sorted(catalog.entries, key=lambda entry: entry.obsolete))
    assert (found.comments, found.fuzzy_header) == (catalog.comments, catalog.fuzzy_header)


PRINTABLE = st.text('aä„Я "\\\n\t', max_size=12).map(lambda text: f"x{text}x")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.builds(Entry, PRINTABLE, PRINTABLE, st.none() | PRINTABLE, obsolete=st.booleans()),
        max_size=8,
        unique_by=lambda entry: entry.key,
    )
)
def test_gettext_agrees(judge: Judge, entries: list[Entry]) -> None:
    fields = (("Language", "ru"), ("Content-Type", "text/plain; charset=UTF-8"))
    text = writing.serialise(Catalog(fields, tuple(entries)))
    assert filtered([judge("msgcat"), "--no-wrap", "--force-po", "-"], text) == text
    filtered([judge("msgfmt"), "-c", "-o", "/dev/null", "-"], text)


def test_the_template_is_canonical(judge: Judge, tmp_path: Path) -> None:
    template = KASACHSTAN / "locale/kasachstan-2022.pot"
    assert filtered([judge("msgcat"), "--no-wrap", str(template)], "") == template.read_text()
