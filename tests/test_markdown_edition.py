"""The translated Markdown: the source's own bytes, but for what is translated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from tests.conftest import KASACHSTAN
from tests.test_identity import bodies, catalog
from tests.trees import article as put
from workflow.editions import markdown as edition_of
from workflow.editions.translate import translate
from workflow.errors import SourceError
from workflow.reading import markdown
from workflow.segments import blocks

FRONT = "---\ntitle: Titel\nlocale: de\n---\n"


def made(text: str, change: Callable[[str], str]) -> str:
    source = blocks.segment(markdown.parse(text, "source/x.md", locale="de"))
    return edition_of.splice(translate(source, catalog(source, change), "ru"), text)


def told(body: str, answers: dict[str, str]) -> str:
    """The body with some texts translated and all others repeated."""
    result = made(FRONT + body, lambda msgid: answers.get(msgid, msgid))
    assert result.startswith(FRONT)
    return result.removeprefix(FRONT)


@given(bodies)
def test_what_repeats_its_source_gives_its_bytes(body: str) -> None:
    assert made(FRONT + body, lambda msgid: msgid) == FRONT + body


@given(bodies)
def test_what_is_marked_reads_as_marked_or_is_refused(body: str) -> None:
    """The edition checks itself; here, that it need not refuse."""
    assert "ЗЗ" in made(FRONT + body, lambda msgid: msgid + " ЗЗ")


@pytest.mark.parametrize(
    ("body", "answers", "expected"),
    [
        ("Eins. Zwei.\n", {"Zwei.": "Два."}, "Eins. Два.\n"),
        ("Eins.\n  Zwei\n drei.\nVier.", {"Zwei drei.": "Два."}, "Eins.\n  Два.\nVier."),
        ("> Eins\n> zwei. Drei.\n", {"Eins zwei.": "Раз."}, "> Раз. Drei.\n"),
        ("Eins\nzwei.\r\n\r\nDrei.  \r\n", {"Drei.": "Три."}, "Eins\nzwei.\r\n\r\nТри.  \r\n"),
        ("**Eins. Zwei.**", {"Eins.": "Раз."}, "**Раз. Zwei.**"),
        ("[Mehr]{.label} Text", {"Mehr": "Ещё"}, "[Ещё]{.label} Text"),
        ("- Eins.\n- 1. Zwei.", {"Zwei.": "- Да"}, "- Eins.\n- 1. \\- Да"),
        ("Eins.", {"Eins.": "10. Января"}, "10\\. Января"),
        ("Eins. Zwei.", {"Zwei.": "10. Января"}, "Eins. 10. Января"),
        ("> - Eins", {"Eins": "раз\nдва"}, "> - раз\\\n>   два"),
        ("# U\n\nX", {"U": "Ю #1"}, "# Ю #1\n\nX"),
        ("# U {#u-1}\n\nX", {"U": "Ю {#x}"}, "# Ю {#x} {#u-1}\n\nX"),
        ("U\n---\n", {"U": "Раз | два"}, "Раз &#124; два\n---\n"),
        ("|a|b|\n|-|-|\n| x \\| y |x|", {"x": "ю"}, "|a|b|\n|-|-|\n| x \\| y |ю|"),
        ("|a|b|\n|-|-|\n| x \\| y |x|", {"x | y": "ю|я"}, "|a|b|\n|-|-|\n| ю\\|я |x|"),
        ("Eins. Zwei. Drei.", {"Eins.": "Раз два.", "Zwei.": "[=]"}, "Раз два. Drei."),
        ("Eins. Zwei. Drei.", {"Eins.": "[=]", "Drei.": "[=]", "Zwei.": "Да."}, "Да."),
        ("Eins. Zwei.", {"Eins.": "[=]", "Zwei.": "- Да."}, "\\- Да."),
        ('![Bild](b "T") Da.', {"Bild": "В*ид", "T": 'Т"т'}, '![В*ид](b "Т\\"т") Da.'),
        ('![Bild]\n\n[bild]: b "T"', {"Bild": "Вид", "T": "Т"},
         '![Вид][Bild]\n\n[bild]: b "Т"'),
        ('Sieh [da "T"](u "T").', {"T": "Т"}, 'Sieh [da "T"](u "Т").'),
        ("`![a](b)` ist ![a](b).", {"a": "б"}, "`![a](b)` ist ![б](b)."),
        ("![ Bild ](b)", {"Bild": "Вид"}, "![ Вид ](b)"),
        ("# U\n\n## C", {"U": "Ю #", "C": "C#"}, "# Ю \\#\n\n## C#"),
        ("\\\nEins. **Zwei.**", {"Eins.": "1. Раз."}, "\\\n1\\. Раз. **Zwei.**"),
        ("- [U]:\n\n[U]: u", {"[U]:": "[U]: да"}, "- [U]\\: да\n\n[U]: u"),
        ("a\n    <p>Eins.</p>\n    <p>Zwei.</p>", {"<p>Zwei.</p>": "<p>Два.</p>"},
         "a\n    <p>Eins.</p>\n    <p>Два.</p>"),
        ("# <!-- x --> U", {"<!-- x --> U": "<!-- x --> Ю"}, "# <!-- x --> Ю"),
        ("[Mehr]{.label} \\\nText", {"Text": "Т"}, "[Mehr]{.label} \\\nТ"),
        ("a|b\n-|-\nx|y", {"a": "- а", "b": "- б", "x": "1. ю"}, "\\- а|- б\n-|-\n1\\. ю|y"),
        ("Fuß[^1].\n\n[^1]: Note.\n", {"Note.": "Сноска."}, "Fuß[^1].\n\n[^1]: Сноска.\n"),
        ("W\n: Sinn\n", {"W": "С", "Sinn": "Смысл"}, "С\n: Смысл\n"),
        ("    Code\n\n<!-- x -->\n\nEins.", {"Eins.": "Раз."}, "    Code\n\n<!-- x -->\n\nРаз."),
    ],
)  # fmt: skip
def test_translations_take_the_place_of_their_source(
    body: str, answers: dict[str, str], expected: str
) -> None:
    assert told(body, answers) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Titel # Rest\nlocale: de", 'title: "Я \\"и: #1\\"" # Rest\nlocale: de'),
        ("title: 'Titel'\nlead: >\n  Ein\n  Satz.\n\nlocale: de",
         'title: "Я \\"и: #1\\""\nlead: "Фраза."\n\nlocale: de'),
        ("locale: de\r\ntitle: Titel\r\nplace: Wien\r\nauthor: Titel",
         'locale: de\r\ntitle: "Я \\"и: #1\\""\r\nplace: "Вена"\r\nauthor: Titel'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_is_quoted(front: str, expected: str, mark: str) -> None:
    answers = {"Titel": 'Я "и: #1"', "Ein Satz.": "Фраза.", "Wien": "Вена"}
    text = f"{mark}---\n{front}\n---\nEins.\n"
    result = made(text, lambda msgid: answers.get(msgid, msgid))
    assert result == f"{mark}---\n{expected}\n---\nEins.\n"


def test_a_title_in_the_body() -> None:
    text = "---\ntitle: ''\n---\n# Titel\n\nEins.\n"
    assert made(text, lambda msgid: f"{msgid} ЗЗ") == text.replace("Titel", "Titel ЗЗ").replace(
        "Eins.", "Eins. ЗЗ"
    )


def test_a_title_in_the_body_that_begins_like_a_list() -> None:
    made_of = made("# Titel\n\nEins.\n", lambda msgid: f"1. {msgid}")
    assert made_of == "# 1\\. Titel\n\n1\\. Eins.\n"


@pytest.mark.parametrize(
    ("body", "msgstr"),
    [
        ("\nEins.", "[hier](http://evil.example)"),
        ("\nEins.", "<b>раз</b>"),
        ("\n# Eins.", "раз\nдва"),
    ],
)
def test_what_would_be_read_otherwise_is_refused(body: str, msgstr: str) -> None:
    with pytest.raises(SourceError) as caught:
        told(body, {body.lstrip("\n# "): msgstr} | {"Eins.": msgstr})
    assert str(caught.value).startswith("source/x.md:6: the ru text of this block")


def test_a_value_that_others_refer_to_is_refused() -> None:
    text = "---\ntitle: &a Titel\nlead: *a\nlocale: de\n---\nEins.\n"
    with pytest.raises(SourceError, match=r"source/x\.md:1: the ru text"):
        made(text, lambda msgid: "Т" if msgid == "Titel" else msgid)


def test_the_article() -> None:
    path = KASACHSTAN / "source" / "kasachstan-2022.md"
    text = path.read_text(encoding="utf-8")
    result = made(text, lambda msgid: msgid + " ЗЗ")
    assert result.replace(" ЗЗ", "").split() == text.split()
    source = blocks.segment(markdown.parse(text, "source/x.md", locale="de-AT"))
    assert result.count(" ЗЗ") == len(list(source.segments))


def test_build(project: Path, auflage: Callable[..., tuple[int, str, str]]) -> None:
    put(project, "x", "Ein Satz.\n\n# Noch einer")
    auflage(project, "update")
    po = project / "locale/ru/LC_MESSAGES/x.po"
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace('msgid "Ein Satz."\nmsgstr ""', 'msgid "Ein Satz."\nmsgstr "Раз."'))
    assert auflage(project, "build", "--format", "md", "--locale", "ru,de")[0] == 0
    source = (project / "source/x.md").read_text(encoding="utf-8")
    assert (project / "build/de/x.md").read_text(encoding="utf-8") == source
    assert (project / "build/ru/x.md").read_text(encoding="utf-8") == source.replace(
        "Ein Satz.", "Раз."
    )
    assert "build/ru/x.html" not in auflage(project, "build", "--format", "md")[1]
    assert "x.md" not in (project / "build/index.html").read_text(encoding="utf-8")


def test_a_refusal_names_the_line(
    project: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    put(project, "x", "Ein Satz.")
    auflage(project, "update")
    po = project / "locale/ru/LC_MESSAGES/x.po"
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace('msgid "Ein Satz."\nmsgstr ""', 'msgid "Ein Satz."\nmsgstr "а <i>"'))
    code, _, err = auflage(project, "build", "--format", "md", "--locale", "ru")
    assert code == 1
    assert "source/x.md:5: the ru text of this block cannot be written as Markdown" in err
    assert not (project / "build/ru/x.md").exists()


def test_a_build_keeps_line_ends_and_byte_order_mark(
    project: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    source = b"\xef\xbb\xbf---\r\ntitle: T\r\nlocale: de\r\n---\r\n\r\nEins.  \r\nZwei.\r\n"
    (project / "source/x.md").write_bytes(source)
    assert auflage(project, "build", "--format", "md", "--locale", "de")[0] == 0
    assert (project / "build/de/x.md").read_bytes() == source
