"""A catalog that repeats its source gives the source's own edition; no translation more."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.catalogs.extract import extract
from workflow.editions import html
from workflow.editions.translate import translate
from workflow.house import HouseStyle
from workflow.model import Article, Catalog, Edition, State
from workflow.reading import dialect, markdown
from workflow.segments import blocks

TIME = "2026-11-23 08:00+0000"
WORDS = ["Streik", "Almaty.", "Und!", "z. B.", "Arbeiter*innen", "der_die", "5.", "„Ja“", "1993"]
MARKS = ["*", "**", "_", "`", "[", "](u)", "\\", "<b>", "</b>", "<!--", "&amp;", "~~", "[^1]", "!"]
STARTS = [
    "",
    "# ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "[^1]: ",
    "| a | b |\n|---|---|\n| ",
    "```\n",
    "---\n",
]


def article(body: str) -> Article:
    text = f"---\ntitle: Titel\nlocale: de\n---\n{body}"
    return blocks.segment(markdown.parse(text, "source/x.md", locale="de"))


def catalog(source: Article, change: Callable[[str], str]) -> Catalog:
    template = extract(source, now=TIME)
    entries = tuple(replace(entry, msgstr=change(entry.msgid)) for entry in template.entries)
    return replace(template, entries=entries)


def edition(source: Article, change: Callable[[str], str]) -> Edition:
    return translate(source, catalog(source, change), "ru")


def skeleton(edition: Edition) -> list[tuple[str, str]]:
    """The block structure of what was rendered."""
    blocks_of_html = "p|li|ul|ol|h[1-6]|blockquote|pre|table|t[dhr]|hr|d[ltd]|section"
    return re.findall(rf"<(/?)({blocks_of_html})\b", html.body(edition, {}))


lines = st.builds(
    lambda start, parts: start + " ".join(parts),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS + MARKS), min_size=1, max_size=8),
)
bodies = st.lists(lines, min_size=1, max_size=6).flatmap(
    lambda found: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(found))
)


@given(bodies)
def test_identity_renders_the_source(body: str) -> None:
    source = article(body)
    own = html.body(translate(source, None, "de"), {})
    same = edition(source, lambda msgid: msgid)
    assert html.body(same, {}) == own
    assert {piece.state for row in same.pieces for piece in row} <= {State.TRANSLATED}


@given(bodies)
def test_our_rendering_is_that_of_the_dialect(body: str) -> None:
    """Cutting into segments changes nothing: the block parsed whole says the same."""
    source = article(body)

    def whole(index: int, environment: dialect.Environment) -> list[dialect.Token]:
        return dialect.number_inline(source.tokens[index].content, environment)

    tokens = dialect.finish(source.tokens, source.environment, whole)
    html._name_headings(tokens, source.tokens)
    expected = dialect.render(tokens, source.environment)
    assert html.body(translate(source, None, "de"), {}) == expected


HOSTILE = [
    "- {}",
    "1. {}",
    "# {}",
    "> {}",
    "    {}",
    "```{}",
    "| {} |",
    "---",
    "{}\n===",
    "<div>{}",
]


@given(bodies, st.sampled_from(HOSTILE))
def test_no_translation_changes_the_blocks(body: str, pattern: str) -> None:
    source = article(body)
    plain = edition(source, lambda msgid: "Слово")
    hostile = edition(source, lambda msgid: pattern.format("Слово"))
    assert skeleton(hostile) == skeleton(plain)


@pytest.mark.parametrize(
    ("source", "msgstr", "expected"),
    [
        ("Satz.", "[hier](http://evil.example)", "<p>hier</p>"),
        ("Satz.", "![x](http://evil.example/p.png)", "<p>x</p>"),
        ("Satz.", "a <b>fett</b>", "<p>a &lt;b&gt;fett&lt;/b&gt;</p>"),
        ("Satz.", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[a](http://a.b)", "[б](http://a.b)", '<p><a href="http://a.b">б</a></p>'),
        ("[a](http://a.b)", "[б](http://a.c)", "<p>б</p>"),
        ("[a](http://a.b)", "[б](javascript:x)", "<p>[б](javascript:x)</p>"),
        ("[a]()", "[б]()", '<p><a href="">б</a></p>'),
        ("[a]()", "[б](u)", "<p>б</p>"),
        ("<a\nhref='x'>a</a>", "<a href='x'>б</a>", "<p><a\nhref='x'>б</a></p>"),
        ("<kbd>X</kbd> da", "<kbd>X</kbd> там", "<p><kbd>X</kbd> там</p>"),
        ("Satz.", "- Да, сказал он.", "<p>- Да, сказал он.</p>"),
        ("Satz.", "10. Января", "<p>10. Января</p>"),
        ("Satz.", "*важно*", "<p><em>важно</em></p>"),
        ("Eins,  \nzwei", "Раз,\nдва", "<p>Раз,<br />\nдва</p>"),
        ("[Mehr]{.label} Text", "[ещё](u)", '<p><span class="label">ещё</span> ещё</p>'),
        ("[Mehr]{.label} \\\nText", "ещё", '<p><span class="label">ещё</span> <br />\nещё</p>'),
        ("\\\n\\\n*Text*", "да", "<p><br />\n<br />\n<em>да</em></p>"),
        ("**Eins. Zwei.**", "Раз", "<p><strong>Раз Раз</strong></p>"),
    ],
)
def test_a_translation_brings_nothing_in(source: str, msgstr: str, expected: str) -> None:
    assert html.body(edition(article(source), lambda _: msgstr), {}).strip() == expected


def test_a_translation_brings_in_no_footnote() -> None:
    source = article("Eins[^1]. Zwei.\n\n[^1]: Note.")
    made = edition(source, lambda msgid: "Раз[^1]." if msgid != "Note." else "Сноска.")
    page = html.body(made, {})
    assert page.count("footnote-ref") == page.count("footnote-backref") == 1
    assert "</sup>. Раз[^1].</p>" in page


def test_the_title_leaves_the_footnotes_of_the_body_alone() -> None:
    text = "---\ntitle: Titel[^1]\nlocale: de\n---\nEins[^1].\n\n[^1]: Note."
    own = translate(blocks.segment(markdown.parse(text, "source/x.md", locale="de")), None, "de")
    before = html.body(own, {})
    assert html.front(own, "title") == html.front(own, "title")
    assert html.body(own, {}) == before


@pytest.mark.parametrize(
    ("source", "answers", "expected"),
    [
        ('Da ![Bild](b "T")', {'Da ![Bild](b "T")': 'Вот ![](b)', "Bild": 'А"*б*<', "T": "Т"},
         'Вот <img src="b" alt="" />'),
        ('![Bild](b)', {"Bild": 'А"*б*<'}, '<img src="b" alt="А&quot;*б*&lt;" />'),
        ('Sieh [da](u "Dort").', {'Sieh [da](u "Dort").': 'Вот [там](u "Dort").', "Dort": "Там"},
         'Вот <a href="u" title="Там">там</a>.'),
        ('Sieh [da](u "Dort").', {'Sieh [da](u "Dort").': 'Вот [там](u "сам").', "Dort": "Там"},
         'Вот <a href="u" title="сам">там</a>.'),
        ('Da ![Bild](b).', {"Da ![Bild](b).": "", "Bild": "Вид"},
         '<span lang="de">Da <img src="b" alt="Вид" />.</span>'),
        ("![Bild](b)", {"Bild": ""}, '<img src="b" alt="Bild" lang="de" />'),
        ("![Bild](b)", {"Bild": "[=]"}, '<img src="b" alt="Bild" lang="de" />'),
        ("[da][r]\n\n[r]: u 'Dort\n  hin'", {"Dort hin": "Туда"},
         '<a href="u" title="Туда">da</a>'),
    ],
)  # fmt: skip
def test_texts_in_markup_are_translated(
    source: str, answers: dict[str, str], expected: str
) -> None:
    made = edition(article(source), lambda msgid: answers.get(msgid, msgid))
    assert html.body(made, {"b": html.Shown("b")}).strip() == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("source", "answers", "expected"),
    [
        ('![Bild](b "Titel & *so*")', {}, '<figure><img src="b" alt="Bild" />'
         "<figcaption>Titel &amp; *so*</figcaption></figure>"),
        ('![Bild](b "Titel")', {"Bild": "Вид", "Titel": "Имя"},
         '<figure><img src="b" alt="Вид" /><figcaption>Имя</figcaption></figure>'),
        ('![Bild](b "Titel")', {"Bild": "Вид", "Titel": ""},
         '<figure><img src="b" alt="Вид" /><figcaption lang="de">Titel</figcaption></figure>'),
        ('[![Bild](b "Titel")](u)', {}, '<figure><a href="u"><img src="b" alt="Bild" /></a>'
         "<figcaption>Titel</figcaption></figure>"),
        ('![](b "Titel") Text', {}, '<p><img src="b" alt="" title="Titel" /> Text</p>'),
        ('![Bild](fehlt "Titel")', {}, "<p>Bild</p>"),
        ('- ![Bild](b "Titel")', {},
         '<ul>\n<li><img src="b" alt="Bild" title="Titel" /></li>\n</ul>'),
    ],
)  # fmt: skip
def test_an_image_alone_with_a_title_is_a_figure(
    source: str, answers: dict[str, str], expected: str
) -> None:
    made = edition(article(source), lambda msgid: answers.get(msgid, msgid))
    assert html.body(made, {"b": html.Shown("b")}).strip() == expected


def test_what_an_image_says_in_another_language_is_set_as_that_wants_it() -> None:
    source = article('![Ein „Bild“](b "Ein „Titel“")')
    answers = {"Ein „Bild“": "", "Ein „Titel“": ""}
    made = edition(source, lambda msgid: answers.get(msgid, msgid))
    page = html.body(replace(made, house=HouseStyle()), {"b": html.Shown("b")})
    assert 'alt="Ein „Bild“" lang="de"' in page
    assert '<figcaption lang="de">Ein „Titel“</figcaption>' in page


def test_what_is_missing_falls_back_to_the_source_and_says_so() -> None:
    source = article("Eins. Zwei.")
    half = edition(source, lambda msgid: "Раз." if msgid == "Eins." else "")
    assert html.body(half, {}) == '<p>Раз. <span lang="de">Zwei.</span></p>\n'
    assert half.coverage.segments == {State.TRANSLATED: 1, State.MISSING: 2}


@pytest.mark.parametrize(
    ("msgstrs", "expected"),
    [
        (("Раз и два.", "[=]", "Три."), "<p>Раз и два. Три.</p>"),
        (("[=]", "Два.", "[=]"), "<p>Два.</p>"),
        (
            ("[=]", "[=]", "[=]"),
            '<p><span lang="de">Eins.</span> <span lang="de">Zwei.</span>'
            ' <span lang="de">Drei.</span></p>',
        ),
    ],
)
def test_a_covered_sentence_prints_nothing(msgstrs: tuple[str, ...], expected: str) -> None:
    source = article("Eins. Zwei. Drei.")
    answers = dict(zip(("Eins.", "Zwei.", "Drei."), msgstrs, strict=True))
    made = edition(source, lambda msgid: answers.get(msgid, "Титул"))
    assert html.body(made, {}).strip() == expected
