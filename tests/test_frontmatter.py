"""The front matter: cut off, read as the texts their author wrote, and checked."""

import datetime

import pytest

from workflow.errors import SourceError
from workflow.model import Metadata
from workflow.reading import frontmatter


def read(text: str, title: str | None = "Aus dem Text") -> Metadata:
    values, lines = frontmatter.read(text, "a.md")
    return frontmatter.metadata(values, lines, path="a.md", default="de-AT", title=title)


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        ("---\ntitle: T\n---\nText", "title: T\n", "Text"),
        ("---\r\ntitle: T\r\n---\r\nText", "title: T\r\n", "Text"),
        ("--- \ntitle: T\n...\nText", "title: T\n", "Text"),
        ("---\ntitle: T\n---", "title: T\n", ""),
        ("---\n---\nText", "", "Text"),
        ("---\na: b\n---\nText\n---\nmehr\n", "a: b\n", "Text\n---\nmehr\n"),
        ("---\nlead: |\n  ---\n  x\n---\nText", "lead: |\n  ---\n  x\n", "Text"),
        ("Text\n---\ntitle: T\n---\n", "", "Text\n---\ntitle: T\n---\n"),
        ("---\n\nNur eine Linie oben.\n", "", "---\n\nNur eine Linie oben.\n"),
        ("----\nkein: Kopf\n----\n", "", "----\nkein: Kopf\n----\n"),
        ("", "", ""),
    ],
)
def test_cut(text: str, header: str, body: str) -> None:
    assert frontmatter.cut(text, "a.md") == (header, body)


def test_all_fields() -> None:
    metadata = read(
        'title: "Titel: Untertitel"\nlead: Vor_spann\ndate: 2022-01-10\ndateline: 10. Jänner\n'
        "place: Wien\nauthor: Anna Muster\npublisher: Linkswende\noriginal: https://x.at\n"
        "locale: de\nsegmentation: paragraph\nunbekannt: [1, 2]\n"
    )
    assert metadata == Metadata(
        title="Titel: Untertitel",
        locale="de",
        lead="Vor_spann",
        date=datetime.date(2022, 1, 10),
        dateline="10. Jänner",
        place="Wien",
        author="Anna Muster",
        publisher="Linkswende",
        original="https://x.at",
        segmentation="paragraph",
    )


def test_nothing_but_defaults() -> None:
    assert read("") == Metadata(title="Aus dem Text", locale="de-AT")


@pytest.mark.parametrize("written", ["", "~", "null", "''"])
def test_empty_values_are_not_there(written: str) -> None:
    keys = ("title", "lead", "date", "place", "locale", "segmentation")
    metadata = read("".join(f"{key}: {written}\n" for key in keys))
    assert metadata == Metadata(title="Aus dem Text", locale="de-AT")


@pytest.mark.parametrize(
    "text", ["No", "yes", "on", "1.10", "12:30", "1_000", "0x10", "007", "1e3", ".inf", "2022-1-5"]
)
def test_texts_stay_what_was_written(text: str) -> None:
    metadata = read(f"title: {text}\nlead: {text}\nauthor: {text}\n")
    assert [metadata.title, metadata.lead, metadata.author] == [text] * 3


def test_norwegian_is_a_locale() -> None:
    assert read("locale: no").locale == "no"


@pytest.mark.parametrize("written", ["2022-01-10", "'2022-01-10'", "2022-01-10T09:30:00Z"])
def test_date(written: str) -> None:
    assert read(f"date: {written}").date == datetime.date(2022, 1, 10)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("title: Das: ist falsch", 2, "quotes"),
        ('lead: gut\ntitle: "offen', 3, "YAML"),
        ("- eins\n- zwei", 2, "key: value"),
        ("nur Text", 2, "key: value"),
        ("lead: x\ntitle: [a, b]", 3, "“title” must be a text"),
        ("lead: {a: b}", 2, "“lead” must be a text"),
        ("lead: x\ndate: gestern", 3, "“date: gestern” is not a date"),
        ("date: 2022-13-45", 2, "2022-13-45"),
        ("date: [2022]", 2, "“date” must be a text"),
        ("locale: Deutsch", 2, "“locale: Deutsch” is not a language tag"),
        ("locale: de_AT", 2, "de-AT"),
        ("segmentation: Absatz", 2, "“sentence” or “paragraph”"),
        ("a: b\n\tc: d", 3, "YAML"),
        ("<<: {lead: [x]}\nlead: [y]", 3, "“lead” must be a text"),
        ("title: !!python/object/apply:os.getcwd []", 2, "YAML"),
        ("? [a]\n: b", 2, "YAML"),
        ("a: *b", 2, "YAML"),
        ("a: " + "[" * 5000, 1, "YAML"),
        ("title: a\x01b", 1, "YAML"),
        ("title: T\noriginal: javascript:alert(1)", 3, "no address to link to"),
    ],
)
def test_errors_name_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert (caught.value.path, caught.value.line) == ("a.md", line)
    assert says in str(caught.value)


def test_merge_keys_bring_nothing_in() -> None:
    assert read("<<: {lead: [x], date: x}").lead is None


def test_not_closed() -> None:
    with pytest.raises(SourceError, match="not closed"):
        frontmatter.cut("---\ntitle: T\n\nText", "a.md")


def test_no_title() -> None:
    with pytest.raises(SourceError, match="no title"):
        read("lead: x", title=None)


def test_lines_of_keys() -> None:
    _, lines = frontmatter.read("title: T\nlead: >\n  a\n  b\nplace: Wien\n", "a.md")
    assert lines == {"title": 2, "lead": 3, "place": 6}
