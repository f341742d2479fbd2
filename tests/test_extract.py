"""Article to template."""

from pathlib import Path

import pytest

from tests.conftest import KASACHSTAN
from workflow.catalogs import own, writing
from workflow.catalogs.extract import dated, extract
from workflow.model import Article, Catalog
from workflow.reading import markdown
from workflow.segments import blocks

REAL = KASACHSTAN / "source/kasachstan-2022.md"


def article(text: str) -> Article:
    return blocks.segment(markdown.parse(text, "source/a.md", locale="de-AT"))


def template(text: str, *, now: str = "2026-01-01") -> Catalog:
    return extract(article(text), now=now)


def test_the_real_article() -> None:
    text = REAL.read_text(encoding="utf-8")
    found = template(text)
    assert len(found.entries) == 83
    assert [entry.msgctxt for entry in found.entries].count("heading") == 7
    assert {entry.msgctxt for entry in found.entries} == {None, "title", "heading", "label"}
    keys = dict.fromkeys((part.msgctxt, part.msgid) for part in article(text).segments)
    assert [entry.key for entry in found.entries] == list(keys)
    assert not any(entry.msgstr or entry.flags or entry.comments for entry in found.entries)


def test_the_committed_template_is_what_extract_makes() -> None:
    text = (KASACHSTAN / "locale/kasachstan-2022.pot").read_text(encoding="utf-8")
    real = markdown.parse(REAL.read_text("utf-8"), "source/kasachstan-2022.md", locale="de-AT")
    made = own.offered(extract(blocks.segment(real), now="never"), real.path)
    again, again_text = dated(made, text)
    assert again_text == text == writing.serialise(again)


@pytest.mark.parametrize(
    ("after", "date"),
    [
        ("# T\n\nEins.  Zwei.", "old"),  # white space is no change
        ("# T\n\nEins.\n\nZwei.", "old"),
        ("# T\n\nEins. Drei.", "new"),
        ("# T\n\nZwei. Eins.", "new"),
        ("# T\n\nEins.", "new"),
    ],
)
def test_the_date_stays_while_the_entries_stay(after: str, date: str) -> None:
    before = template("# T\n\nEins. Zwei.", now="old")
    made, text = dated(template(after, now="new"), writing.serialise(before))
    assert made.field("POT-Creation-Date") == date
    assert text == writing.serialise(made)


def test_texts_in_markup_have_entries_of_their_own() -> None:
    found = template('# T\n\nSieh [da](u "Dort").\n\n![Ein Platz](b.png "Wien")')
    assert [(entry.msgctxt, entry.msgid, entry.extracted) for entry in found.entries][1:] == [
        (None, 'Sieh [da](u "Dort").', ("paragraph",)),
        ("link title", "Dort", ("shown when the pointer rests on a link or an image",)),
        ("alt", "Ein Platz", ("what an image shows, for those who cannot see it",)),
        ("link title", "Wien", ("shown when the pointer rests on a link or an image",)),
    ]


def test_comments_tell_where_a_sentence_stands() -> None:
    found = template(
        "# T\n\nEins. Zwei.\n\n## U *v*\n\nDrei.\n\n- Punkt. Eins.\n\n> Zitat.\n\n"
        "[Lies]{.label} Vier. Fünf.\n"
    )
    assert {entry.msgid: entry.extracted for entry in found.entries} == {
        "T": ("title",),
        "Eins.": ("sentence 1 of 2", "list item · sentence 2 of 2 · under “U v”"),
        "Zwei.": ("sentence 2 of 2",),
        "U *v*": ("heading",),
        "Drei.": ("paragraph · under “U v”",),
        "Punkt.": ("list item · sentence 1 of 2 · under “U v”",),
        "Zitat.": ("quotation · under “U v”",),
        "Lies": ("label · under “U v”",),
        "Vier.": ("sentence 1 of 2 · under “U v”",),
        "Fünf.": ("sentence 2 of 2 · under “U v”",),
    }


def test_an_inserted_paragraph_changes_no_other_entry() -> None:
    text = REAL.read_text(encoding="utf-8")
    before = set(template(text).entries)
    marker = "## Militanz der Bewegung\n"
    after = set(template(text.replace(marker, marker + "\nNeu und anders.\n")).entries)
    assert {entry.msgid for entry in after - before} == {"Neu und anders."}
    assert before < after


def test_heading_and_sentence_with_the_same_words_are_two_entries() -> None:
    found = template("# T\n\n## Forderungen\n\nForderungen\n\nForderungen\n")
    assert [entry.key for entry in found.entries] == [
        ("title", "T"),
        ("heading", "Forderungen"),
        (None, "Forderungen"),
    ]
    assert {reference for entry in found.entries for reference in entry.references} == {
        "source/a.md"
    }


def test_contact_and_segmenter_are_in_the_header(tmp_path: Path) -> None:
    made = extract(article("# T"), now="n", contact="mail@example.org")
    assert made.field("Report-Msgid-Bugs-To") == "mail@example.org"
    assert made.field("X-Segmenter") == "de/2"
    assert made.field("X-Source-Language") == "de-AT"
