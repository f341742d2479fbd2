"""The import of plain text: the real article against its gold table, and the rules R1 to R13."""

import csv
import datetime

import pytest

from tests.conftest import ARTICLES
from workflow.reading import plaintext
from workflow.reading.plaintext import TextBlock
from workflow.segments import rules, split

ARTICLE = (ARTICLES / "kasachstan" / "input.txt").read_text(encoding="utf-8")
with (ARTICLES / "kasachstan" / "blocks.tsv").open(encoding="utf-8") as file:
    GOLD = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

FRONT = "Titel\n\nVorspann.\n\n"
WRAPPED = """\
Am Mittwoch stand die Produktion in weiten Teilen des Landes still und
die Regierung trat zurück. In den Städten kam es zu Kämpfen zwischen der
Bevölkerung und der Polizei, die an vielen Orten die Seite wech-
selte. Niemand hatte damit gerechnet, auch nicht in der fernen Haupt-
und der Hafenstadt am Kaspischen Meer.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in plaintext.parse(text)]


def behind_front(text: str) -> list[TextBlock]:
    front, rest = plaintext.parse(FRONT + text)[:2], plaintext.parse(FRONT + text)[2:]
    assert [block.kind for block in front] == ["title", "lead"]
    return rest


def test_the_gold_table_is_whole() -> None:
    assert len(GOLD) == 36
    assert sum(int(row["sentences"]) for row in GOLD) == 83


def test_article_has_as_many_blocks_as_the_gold_table() -> None:
    assert len(plaintext.parse(ARTICLE)) == len(GOLD)


@pytest.mark.parametrize("index", range(36))
def test_article_block(index: int) -> None:
    block, row = plaintext.parse(ARTICLE)[index], GOLD[index]
    sentences = len(split.split(block.text, rules.load("de-AT")))
    assert [str(block.line), block.kind, str(sentences)] == [
        row["line"], row["kind"], row["sentences"],
    ]  # fmt: skip
    assert block.text.startswith(row["begins"])


def test_article_details() -> None:
    blocks = {block.line: block for block in plaintext.parse(ARTICLE)}
    assert (blocks[4].date, blocks[4].text) == (datetime.date(2022, 1, 10), "10. Januar 2022")
    assert [blocks[line].number for line in (49, 51)] == [1, 2]
    assert (blocks[61].label, blocks[61].url) == (
        "Weiterlesen", "https://sunzibingfa.noblogs.org",
    )  # fmt: skip
    assert list(plaintext.doubts(blocks.values())) == []


PARAGRAPH, BULLET, ORDERED = "paragraph", "bullet", "ordered"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # R1: a line is a block, blank lines only separate.
        pytest.param("Eins.\nZwei.", [(PARAGRAPH, "Eins."), (PARAGRAPH, "Zwei.")], id="lines"),
        pytest.param("Eins.\n\n\n \t\nZwei.", [(PARAGRAPH, "Eins."), (PARAGRAPH, "Zwei.")],
                     id="many blank lines"),
        # R4: bullets; a dash alone is dialogue.
        pytest.param("• eins\n• zwei", [(BULLET, "eins"), (BULLET, "zwei")], id="bullet"),
        pytest.param("Ja.\n  • eins", [(PARAGRAPH, "Ja."), (BULLET, "eins")], id="one bullet"),
        pytest.param("- eins\n* zwei\n– drei", [(BULLET, "eins"), (BULLET, "zwei"),
                     (BULLET, "drei")], id="three signs"),
        pytest.param("- eins\n\n- zwei", [(BULLET, "eins"), (BULLET, "zwei")], id="loose dashes"),
        pytest.param("– Sagte er leise.", [(PARAGRAPH, "– Sagte er leise.")], id="dialogue"),
        pytest.param("– Sagte er leise.\nSie ging.\n– Sagte sie.", [
                     (PARAGRAPH, "– Sagte er leise."), (PARAGRAPH, "Sie ging."),
                     (PARAGRAPH, "– Sagte sie.")], id="two dashes apart"),
        pytest.param("-5 Grad.\n-6 Grad.", [(PARAGRAPH, "-5 Grad."), (PARAGRAPH, "-6 Grad.")],
                     id="minus"),
        # R5: ordered items count up from 1.
        pytest.param("1) eins\n2) zwei", [(ORDERED, "eins"), (ORDERED, "zwei")], id="n)"),
        pytest.param("1. Eins\n\n2. Zwei\n\n3. Drei", [(ORDERED, "Eins"), (ORDERED, "Zwei"),
                     (ORDERED, "Drei")], id="blank lines between items"),
        pytest.param("8. auf den 9. Jänner.\n9. Noch was.", [
                     (PARAGRAPH, "8. auf den 9. Jänner."), (PARAGRAPH, "9. Noch was.")],
                     id="a number behind prose"),
        pytest.param("1. Eins.\n3. Drei.", [(PARAGRAPH, "1. Eins."), (PARAGRAPH, "3. Drei.")],
                     id="a gap"),
        pytest.param("2. Zwei.\n3. Drei.", [(PARAGRAPH, "2. Zwei."), (PARAGRAPH, "3. Drei.")],
                     id="no first"),
        pytest.param("5. Fünf.\n2. Zwei.", [(PARAGRAPH, "5. Fünf."), (PARAGRAPH, "2. Zwei.")],
                     id="out of order"),
        pytest.param("1. Januar.\n2. Februar.", [(PARAGRAPH, "1. Januar."),
                     (PARAGRAPH, "2. Februar.")], id="months"),
        pytest.param("1. Jänner 2022: Ruhe.\n2. Jänner 2022: Sturm.", [
                     (PARAGRAPH, "1. Jänner 2022: Ruhe."), (PARAGRAPH, "2. Jänner 2022: Sturm.")],
                     id="dates"),
        pytest.param("1. eins.\n2. zwei.", [(PARAGRAPH, "1. eins."), (PARAGRAPH, "2. zwei.")],
                     id="lower case behind n."),
        pytest.param("1. Eins.\n1.1. Unter.\n2. Zwei.", [(PARAGRAPH, "1. Eins."),
                     (PARAGRAPH, "1.1. Unter."), (PARAGRAPH, "2. Zwei.")], id="nested numbers"),
        pytest.param("1985. Ein Jahr.", [(PARAGRAPH, "1985. Ein Jahr.")], id="a year"),
        # R7: headings stand alone, are short and end in no full stop.
        pytest.param("Was tun?\n\nEnde.", [("heading", "Was tun?"), (PARAGRAPH, "Ende.")],
                     id="question"),
        pytest.param("Was tun?\nEnde.", [(PARAGRAPH, "Was tun?"), (PARAGRAPH, "Ende.")],
                     id="question among text"),
        pytest.param("Lange Frage " * 5 + "?\n\nEnde.", [(PARAGRAPH, "Lange Frage " * 5 + "?"),
                     (PARAGRAPH, "Ende.")], id="long question"),
        pytest.param("Die Lage\n\nEnde.", [("heading", "Die Lage"), (PARAGRAPH, "Ende.")],
                     id="heading"),
        pytest.param("Die Lage:\n\nEnde.", [(PARAGRAPH, "Die Lage:"), (PARAGRAPH, "Ende.")],
                     id="colon"),
        pytest.param("Ende.\n\nDie Redaktion", [(PARAGRAPH, "Ende."),
                     (PARAGRAPH, "Die Redaktion")], id="the last line is no heading"),
        pytest.param("x" * 91 + "\n\nEnde.", [(PARAGRAPH, "x" * 91), (PARAGRAPH, "Ende.")],
                     id="too long for a heading"),
        # R9: a paragraph that is one quotation.
        pytest.param("„Alles gut. Ja.“\n\nEnde.", [("quotation", "„Alles gut. Ja.“"),
                     (PARAGRAPH, "Ende.")], id="German quotation"),
        pytest.param("»Ich.«\n\nEnde.", [("quotation", "»Ich.«"), (PARAGRAPH, "Ende.")],
                     id="guillemets"),
        pytest.param('"Ja."\n\nEnde.', [("quotation", '"Ja."'), (PARAGRAPH, "Ende.")],
                     id="typewriter quotation"),
        pytest.param("„Ja.“ – „Nein.“\n\nEnde.", [(PARAGRAPH, "„Ja.“ – „Nein.“"),
                     (PARAGRAPH, "Ende.")], id="two quotations"),
        pytest.param("„Ja“, sagte er.\n\nEnde.", [(PARAGRAPH, "„Ja“, sagte er."),
                     (PARAGRAPH, "Ende.")], id="opens with a quotation"),
        # R3 further down is prose; R12: no-break spaces inside stay.
        pytest.param("10. Januar 2022 war ein Montag.", [
                     (PARAGRAPH, "10. Januar 2022 war ein Montag.")], id="a date in prose"),
        pytest.param("\xa0Es\xa0 war.\xa0\nEnde.", [(PARAGRAPH, "Es\xa0 war."),
                     (PARAGRAPH, "Ende.")], id="no-break spaces"),
    ],
)  # fmt: skip
def test_body(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in behind_front(text)] == expected


@pytest.mark.parametrize(
    ("line", "text", "date", "place"),
    [
        ("10. Januar 2022", "10. Januar 2022", "2022-01-10", None),
        ("10. Januar 2022 |", "10. Januar 2022", "2022-01-10", None),
        ("5.12.2021", "5.12.2021", "2021-12-05", None),
        ("5. 12. 2021", "5. 12. 2021", "2021-12-05", None),
        ("Wien, 3. Feber 2023 | Bericht", "Wien, 3. Feber 2023 | Bericht", "2023-02-03", "Wien"),
        ("St. Pölten, 1. Mai 2020", "St. Pölten, 1. Mai 2020", "2020-05-01", "St. Pölten"),
        ("Wien, am 3. Jänner 2022", "Wien, am 3. Jänner 2022", "2022-01-03", "Wien"),
        ("Linz, den 7. Sept. 2021", "Linz, den 7. Sept. 2021", "2021-09-07", "Linz"),
        ("Montag, 10. Jänner 2022", "Montag, 10. Jänner 2022", "2022-01-10", None),
    ],
)
@pytest.mark.parametrize("frame", ["{}\n\nTitel\n\nText.", "Titel\n{}\nText.", "Titel\n\n{}\n\nT."])
def test_dateline(frame: str, line: str, text: str, date: str, place: str | None) -> None:
    (dateline,) = [b for b in plaintext.parse(frame.format(line)) if b.kind == "dateline"]
    assert (dateline.text, dateline.place) == (text, place)
    assert dateline.date == datetime.date.fromisoformat(date)


@pytest.mark.parametrize(
    "line",
    [
        "10. Januar 2022 war ein Montag.",
        "31. Februar 2022",
        "10. Brumaire 2022",
        "Januar 2022",
        "10. Januar 2022 | " + "ein langer Rest " * 4,
    ],
)
def test_no_dateline(line: str) -> None:
    assert "dateline" not in [block.kind for block in plaintext.parse(f"Titel\n\n{line}\n\nText.")]


@pytest.mark.parametrize(
    ("line", "label", "text", "url"),
    [
        (">>Weiterlesen<< Ein Text (https://x.at/a)", "Weiterlesen", "Ein Text", "https://x.at/a"),
        ("»Mehr lesen« Ein Text (https://x.at/a)", "Mehr lesen", "Ein Text", "https://x.at/a"),
        ("»Mehr lesen« Ein Text https://x.at/a", "Mehr lesen", "Ein Text", "https://x.at/a"),
        ("» Mehr lesen « https://x.at/a", "Mehr lesen", "https://x.at/a", "https://x.at/a"),
        (">>Mehr<< (https://x.at/a)", "Mehr", "https://x.at/a", "https://x.at/a"),
        ("»Mehr« Ein Text", "Mehr", "Ein Text", None),
        ("»Mehr« Ein Text (von gestern)", "Mehr", "Ein Text (von gestern)", None),
    ],
)
def test_read_more(line: str, label: str, text: str, url: str | None) -> None:
    (block,) = behind_front(line)
    assert (block.kind, block.label, block.text, block.url) == ("read-more", label, text, url)


@pytest.mark.parametrize("line", ["»Ich.«", "»[Mehr]« Ein Text.", "»" + "lang " * 9 + "« Text."])
def test_no_read_more(line: str) -> None:
    (block,) = behind_front(line)
    assert (block.kind, block.text) in [("quotation", line), ("paragraph", line)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \t\n\xa0\n", []),
        ("Nur eine Zeile", ["title"]),
        ("Nur eine Zeile.", ["paragraph"]),
        ("Titel\n\nText.", ["title", "paragraph"]),
        ("Titel\n\nVorspann.\n\nText.", ["title", "lead", "paragraph"]),
        ("Titel!\n\nA.\n\nB.", ["paragraph", "paragraph", "paragraph"]),
        ("Wer war es?\n\nVorspann.\n\nText.", ["title", "lead", "paragraph"]),
        ("x" * 161 + "\n\nA.\n\nB.", ["paragraph", "paragraph", "paragraph"]),
        ("Titel\nVon Anna Muster\nVorspann.\n\nText.", ["title", "byline", "lead", "paragraph"]),
        ("Titel\n\nDie Lage\n\nText.", ["title", "heading", "paragraph"]),
        ("• eins\n• zwei", ["bullet", "bullet"]),
    ],
)
def test_front(text: str, expected: list[str]) -> None:
    assert [block.kind for block in plaintext.parse(text)] == expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_line_ends_of_other_systems(end: str) -> None:
    assert plaintext.parse(ARTICLE.replace("\n", end)) == plaintext.parse(ARTICLE)


def test_no_blank_lines_at_all() -> None:
    long = "Das ist ein langer Absatz, der sich über mehr als achtzig Zeichen zieht, und noch mehr."
    text = f"Titel\n{long}\nDie Lage\n{long}\n{long}"
    assert kinds(text) == [
        ("title", "Titel"), ("lead", long), ("heading", "Die Lage"),
        ("paragraph", long), ("paragraph", long),
    ]  # fmt: skip


def test_hard_wrapped_lines_are_joined() -> None:
    text = f"Titel\n\n{WRAPPED}\nZwischentitel\n\n{WRAPPED}\n- eins\n- zwei\n\nEnde."
    joined = WRAPPED.replace("wech-\nselte", "wechselte").replace("\n", " ").strip()
    assert kinds(text) == [
        ("title", "Titel"), ("lead", joined), ("heading", "Zwischentitel"), ("paragraph", joined),
        ("bullet", "eins"), ("bullet", "zwei"), ("paragraph", "Ende."),
    ]  # fmt: skip


def test_long_lines_are_not_joined() -> None:
    lines = [line + " und" * 20 for line in WRAPPED.splitlines()]
    assert [text for _, text in kinds("\n".join(lines))] == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("– Sagte er leise.\n\nEnde.", 5),
        ("Ja.\n9. Noch was.", 6),
        ("Was tun?\n\nEnde.", 5),
    ],
)
def test_guesses_are_named_with_their_line(text: str, line: int) -> None:
    ((found, why),) = plaintext.doubts(plaintext.parse(FRONT + text))
    assert found == line
    assert why
