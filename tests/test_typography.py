"""Quotation marks, dashes and spaces of editions, by a table with sources and by laws."""

import re
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.conftest import ROOT
from tests.test_identity import article, edition
from workflow import config
from workflow.catalogs import po
from workflow.editions import html
from workflow.editions.html import Shown
from workflow.editions.typography import set_text, set_tokens
from workflow.errors import ConfigError
from workflow.house import KAZAKH_NESTED, HouseStyle
from workflow.reading import dialect

HOUSE = HouseStyle()
DATA = Path(__file__).parent / "data"
TABLE = tomllib.loads((DATA / "typography.toml").read_text(encoding="utf-8"))
HELD_OUT = tomllib.loads((DATA / "typography-held-out.toml").read_text(encoding="utf-8"))
OTHER = tomllib.loads((DATA / "typography-other-fields.toml").read_text(encoding="utf-8"))
CASES = [
    (locale, *case)
    for table in (TABLE, HELD_OUT, OTHER)
    for locale, cases in table.items()
    for case in cases
]
CATALOGS = sorted(ROOT.rglob("*.po"))
# What may change: spaces, quotation marks, dashes, three dots.
FREE = re.compile(r"[\s\"„“”«»‟'‘’‚‛‹›\-–—―…]|\.\.\.")
LOCALES = ["de", "ru", "kk", "en-GB", "en-US"]


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "^")


def shown_in_block(text: str, locale: str) -> str:
    """As a block of its own; where a word does not part at its hyphen, `|` stands behind it."""
    tokens = [dialect.text_token(text)]
    set_tokens(tokens, locale, HOUSE)
    result = ""
    for before, token in pairwise([dialect.text_token(""), *tokens]):
        held = before.type == "nowrap_open"
        result += token.content.replace("-", "-|") if held else token.content
    return shown(result)


@pytest.mark.parametrize(("locale", "text", "expected", "source"), CASES)
def test_table(locale: str, text: str, expected: str, source: str) -> None:
    assert shown_in_block(text, locale) == expected, source


def test_the_table_is_large_enough_and_names_its_sources() -> None:
    for locale in ("de-AT", "ru", "kk", "en-GB"):
        assert len(TABLE[locale]) >= 40
    assert all(source for *_, source in CASES)


PARTS = [
    *"\"'„“”«»‘’‚‹›-–—.,:;!?()[]§№%/ \u00a0\u202f", "...", "\n", "  ", " - ", "--", "1", "22",
    "300", "z.B.", "А.", "Б.", "Иванов", "АҚШ", "тың", "в", "ли", "г.", "ж.", "т.", "е.", "km",
    "Wort", "s", "January", "января", "қаңтар", "http://a.b/--", "IX",
]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text(max_size=30)


def laws(text: str, locale: str, house: HouseStyle = HOUSE) -> None:
    once = set_text(text, locale, house)
    assert set_text(once, locale, house) == once
    assert FREE.sub("", once) == FREE.sub("", text)


@given(texts, st.sampled_from(LOCALES), st.sampled_from(KAZAKH_NESTED))
def test_what_is_set_stays_and_letters_and_digits_are_untouched(
    text: str, locale: str, nested: str
) -> None:
    laws(text, locale, HouseStyle(kk_nested_quotes=nested))


def kept(tokens: list[Token]) -> list[str]:
    """What must stay between one mark of markup and the next, and the marks.

    Three dots may stand on both sides of a mark, and are one sign then: dots are left out.
    """
    found = [""]
    for token in tokens:
        if token.type in ("text", "softbreak"):
            found[-1] += FREE.sub("", token.content).replace(".", "")
        elif not token.type.startswith("nowrap"):
            found += [token.type + token.content, ""]
    return found


@given(st.lists(texts, min_size=2, max_size=5), st.sampled_from(LOCALES))
def test_emphasis_changes_nothing_and_every_letter_stays_in_its_own(
    parts: list[str], locale: str
) -> None:
    tokens = [dialect.text_token(parts[0])]
    for index, part in enumerate(parts[1:]):
        mark = Token("em_close", "em", -1) if index % 2 else Token("em_open", "em", 1)
        tokens += [mark, dialect.text_token(part)]
    before = kept(tokens)
    set_tokens(tokens, locale, HOUSE)
    assert kept(tokens) == before
    assert "".join(token.content for token in tokens) == set_text("".join(parts), locale, HOUSE)


marks = st.sampled_from(["code_inline", "html_inline", "softbreak", "hardbreak", "em_open"])


@given(st.lists(st.tuples(texts, marks), max_size=5), st.sampled_from(LOCALES))
def test_code_is_not_touched_and_nothing_leaves_its_place(
    parts: list[tuple[str, str]], locale: str
) -> None:
    tokens = []
    for text, kind in parts:
        mark = Token(kind, "", 0)
        mark.content = text if kind == "code_inline" else ""
        tokens += [dialect.text_token(text), mark]
    before = kept(tokens)
    set_tokens(tokens, locale, HOUSE)
    assert kept(tokens) == before


@pytest.mark.parametrize("locale", LOCALES)
def test_laws_hold_on_all_catalogs(locale: str) -> None:
    assert CATALOGS
    for path in CATALOGS:
        for entry in po.parse(path.read_text(encoding="utf-8"), str(path)).entries:
            laws(entry.msgid, locale)
            laws(entry.msgstr, locale)


def page(body: str, msgstr: str | None = None, house: HouseStyle | None = HOUSE) -> str:
    """What stands in the one paragraph of an article, translated into Russian or not at all."""
    made = edition(article(body), lambda msgid: msgstr or "")
    return shown(html.body(replace(made, house=house), {"b": Shown("b")})).strip()


@pytest.mark.parametrize(
    ("body", "msgstr", "expected"),
    [
        ("Er *rief* da.", '"Он *крикнул* "да"".', "«Он <em>крикнул</em> „да“»."),
        ("Er *rief* da.", 'Он *"крикнул" - и* да.', "Он <em>«крикнул»~— и</em>~да."),
        ('`"a" - b` da', '`"a" - b` "да" - `x`',
         "<code>&quot;a&quot; - b</code> «да»~— <code>x</code>"),
        ("<kbd>a - b</kbd> da", "<kbd>a - b</kbd> - да", "<kbd>a - b</kbd>~— да"),
        ("[da](u'x--y)", '["там"](u\'x--y)', '<a href="u\'x--y">«там»</a>'),
        ("<http://a.b/x--y>", "<http://a.b/x--y> - в",
         '<a href="http://a.b/x--y">http://a.b/x--y</a>~— в'),
        ("<code>A-b</code> A-b", "<code>A-b</code> A-b", '<code>A-b</code> '
         '<span class="nowrap">A-b</span>'),
        ("*АҚШ*-тың A-b-c", "*АҚШ*-тың A-b-c", '<em>АҚШ</em><span class="nowrap">-тың</span> '
         "A-b-c"),
        ('![a "b"](b)', 'это "б"', '<img src="b" alt="это «б»" />'),
    ],
)  # fmt: skip
def test_on_a_page(body: str, msgstr: str, expected: str) -> None:
    assert page(body, msgstr) == f"<p>{expected}</p>"


def test_every_place_where_a_reader_finds_text() -> None:
    body = """# "a"\n\n| "b" |\n|---|\n| "c" |\n\n- "d"[^1]\n\n[^1]: "e"\n\nf\n: "g"\n
> [h](u '"i"')\n"""
    shows = page(body)
    assert all(f"„{sign}“" in shows for sign in "abcdegi")
    assert '"' not in re.sub("<[^>]*>", "", shows)


def test_a_part_in_another_language_is_set_as_that_language_wants() -> None:
    made = edition(
        article('Er "rief". Sie - z. B. - "ging".'), lambda m: 'Он "в".' if "Er" in m else ""
    )
    assert shown(html.body(replace(made, house=HOUSE), {})).strip() == (
        '<p>Он «в». <span lang="de">Sie – z.^B. – „ging“.</span></p>'
    )


def test_a_line_break_in_the_source_is_a_space() -> None:
    source = article("am 10\\.\nJanuar  \nund `a` -\nja")
    made = replace(edition(source, lambda msgid: ""), house=HOUSE, locale="de")
    assert "am 10.~Januar<br />\nund <code>a</code> –\nja" in shown(html.body(made, {}))


def test_without_a_house_style_nothing_is_set() -> None:
    assert page("Da.", 'Он "в" - да', None) == "<p>Он &quot;в&quot; - да</p>"


def test_titles_and_metadata_are_set() -> None:
    made = edition(article("Da."), lambda msgid: '"Да" - в')
    made = replace(made, house=HOUSE)
    assert shown(html.front(made, "title")) == shown(html.front_text(made, "title")) == "«Да»~— в"


@pytest.mark.parametrize(
    ("locale", "house", "expected"),
    [
        ("en", HouseStyle(), "‘a “b”’ – c"),
        ("en", HouseStyle(en="american"), "“a ‘b’”—c"),
        ("en-GB", HouseStyle(en="american"), "‘a “b”’ – c"),
        ("en-US", HouseStyle(), "“a ‘b’”—c"),
        ("kk", HouseStyle(), "«a “b”»~— c"),
        ("kk", HouseStyle(kk_nested_quotes="„“"), "«a „b“»~— c"),
        ("kk", HouseStyle(kk_nested_quotes="«»"), "«a «b»»~— c"),
        ("kk", HouseStyle(off=("kk",)), '"a "b"" - c'),
        ("de-AT", HouseStyle(off=("de",)), '"a "b"" - c'),
        ("kk-Latn", HouseStyle(), '"a "b"" - c'),
        ("fr", HouseStyle(), '"a "b"" - c'),
    ],
)
def test_house_style(locale: str, house: HouseStyle, expected: str) -> None:
    assert shown(set_text('"a "b"" - c', locale, house)) == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('typography = "x"', "typography: must be a table"),
        ('[typography]\nen = "irish"', "typography: en: must be british or american"),
        ("[typography]\nen = [1]", "typography: en: must be british or american"),
        ('[typography]\nkk_nested_quotes = "x"', "must be “” or „“ or «»"),
        ('[typography]\noff = "en"', "typography: must be a list of texts"),
        ('[typography]\noff = ["x y"]', "“x y” is not a language tag"),
        ("[typography]\nquotes = 1", "quotes: unknown key; known are en, kk_nested_quotes, off"),
    ],
)
def test_a_wrong_configuration_says_so(line: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        config.parse(f'locales = ["en"]\n{line}\n', "auflage.toml")


def test_the_house_style_makes_editions_stale_but_changes_no_catalog(
    kasachstan: Path, auflage: Callable[..., tuple[int, str, str]]
) -> None:
    catalog = (kasachstan / "locale/en/LC_MESSAGES/kasachstan-2022.po").read_bytes()
    build = ("build", "--format", "html,md", "--locale", "en", "--explain")
    assert auflage(kasachstan, *build)[0] == 0
    page, markdown = (kasachstan / f"build/en/kasachstan-2022.{kind}" for kind in ("html", "md"))
    british, written = page.read_text(encoding="utf-8"), markdown.read_bytes()
    with (kasachstan / "auflage.toml").open("a", encoding="utf-8") as file:
        file.write('[typography]\nen = "american"\n')
    assert "changed: configuration" in auflage(kasachstan, *build)[1]
    american = page.read_text(encoding="utf-8")
    assert "‘The protests" in british
    assert "“The protests" in american
    assert markdown.read_bytes() == written
    assert (kasachstan / "locale/en/LC_MESSAGES/kasachstan-2022.po").read_bytes() == catalog


def test_on_paper_no_suffix_begins_a_line(
    project: Path, auflage: Callable[..., tuple[int, str, str]], judge: Callable[[str], str]
) -> None:
    """Paragraphs shifted letter by letter, so that each word comes to every place of a line."""
    words = (
        "АҚШ-тың, сөз «ҰҚШҰ-ның» сөз (*АҚШ*-тың) сөз [АҚШ-тың](https://a.b)! 300-ден сөз — ол " * 4
    )
    rows = "\n\n".join("с" * width + " " + words.strip() for width in range(1, 40))
    (project / "source/x.md").write_text(
        f"---\ntitle: Т\nlocale: kk\n---\n{rows}\n", encoding="utf-8"
    )
    assert auflage(project, "build", "--format", "pdf", "--locale", "kk")[0] == 0
    command = [judge("pdftotext"), "-enc", "UTF-8", "-layout", "build/kk/x.pdf", "-"]
    told = subprocess.run(command, cwd=project, capture_output=True, check=True).stdout
    lines = [line.strip() for line in told.decode("utf-8").splitlines()]
    assert sum("АҚШ" in line for line in lines) > 100
    assert [line for line in lines if re.match(r"тың|ның|ден|[-—,!)»]", line)] == []
