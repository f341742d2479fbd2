"""The Markdown dialect: gender forms, labels, links, HTML, and plain text."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reading import dialect


def html(text: str) -> str:
    tokens, environment = dialect.parse_blocks(text)
    before = copy.deepcopy([token.as_dict() for token in tokens])
    finished = dialect.finish(
        tokens, environment, lambda index, env: dialect.number_inline(tokens[index].content, env)
    )
    assert [token.as_dict() for token in tokens] == before
    return dialect.render(finished, environment)


def inline(text: str) -> str:
    return dialect.render_inline(text, {})


@pytest.mark.parametrize(
    "text",
    [
        "Demonstrant*innen",
        "Demonstrant*innen und Arbeiter*innen",
        "ein*e Bürger*in, der*die Arbeiter*in, jede*r",
        "„Freund*innen“ und „Genoss*innen“",
        "Arbeiter_innen und Demonstrant_innen",
        "ein_e der_die _innen",
        "Polizist:innen, Arbeiter·innen, Schüler/-innen, ArbeiterInnen",
        "Arbeiter~innen und Bürger~innen",
        "студент*ка и рабоч*ая",
        "5 * 3 * 2",
        "10. Januar",
        "# kein Titel",
        "- Ja.",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*wichtig*", "<em>wichtig</em>"),
        ("**fett**", "<strong>fett</strong>"),
        ("***beides***", "<em><strong>beides</strong></em>"),
        ("(*x*)", "(<em>x</em>)"),
        ("_so_ und __so__", "<em>so</em> und <strong>so</strong>"),
        ("*Demonstrant*innen* kursiv", "<em>Demonstrant*innen</em> kursiv"),
        ("**Demonstrant*innen**", "<strong>Demonstrant*innen</strong>"),
        ("Wort**fett**Wort", "Wort<strong>fett</strong>Wort"),
        ("~~weg~~", "<s>weg</s>"),
        ("`a * b*c`", "<code>a * b*c</code>"),
        ("a  \nb\\\nc\nd", "a<br />\nb<br />\nc\nd"),
        ("[Mehr]{.label} Text", '<span class="label">Mehr</span> Text'),
        ("[ja]{lang=de #x}", '<span lang="de" id="x">ja</span>'),
        ("[ja]{.a onclick=x style=y}", '<span class="a">ja</span>'),
        ("[ja](u){onclick=x}", '<a href="u">ja</a>{onclick=x}'),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("a<!-- Notiz -->b", "ab"),
        (r"\*a\* 10\. \<b> \# &amp; &nbsp;&lt;", "*a* 10. &lt;b&gt; # &amp; \xa0&lt;"),
        ("<https://x.at/a_b>", '<a href="https://x.at/a_b">https://x.at/a_b</a>'),
        ("https://x.at/a_b_c", "https://x.at/a_b_c"),
    ],
)
def test_inline(text: str, expected: str) -> None:
    assert inline(text) == expected
    assert html(text) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    "target", ["u", "#a", "/x/y.html", "../b.png", "//x.at", "https://x.at/?a=b", "mailto:a@b.at"]
)
def test_safe_links(target: str) -> None:
    assert inline(f"[Text]({target})") == f'<a href="{target}">Text</a>'
    assert inline(f"![Text]({target})") == f'<img src="{target}" alt="Text" />'


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "&#106;avascript:x", "javascript&colon;x", "data:,x",
     "vbscript:x", "file:///etc/passwd", "<javascript:x>", "ftp://x.at"],
)  # fmt: skip
@pytest.mark.parametrize(
    "frame", ["[Text]({})", "![Text]({})", "[Text][r]\n\n[r]: {}", "[![Text]({})]({})"]
)
def test_unsafe_links_are_text(frame: str, target: str) -> None:
    made = html(frame.format(target, target))
    assert "href" not in made
    assert "src" not in made
    assert "Text" in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>gut</div>", "<div>gut</div>"),
        ("<!-- Notiz -->\n\nText", "<p>Text</p>\n"),
        ("<!-- a --> <!-- b -->\n", ""),
        ("<!-- a --> Text <!-- b -->\n", "<!-- a --> Text <!-- b -->\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<div onclick=x>\nText\n</div>",
         "<p>&lt;div onclick=x&gt;\nText\n&lt;/div&gt;</p>\n"),
        ("Ein <b onclick=x>Wort</b>", "<p>Ein &lt;b onclick=x&gt;Wort</b></p>\n"),
        ("Ein &amp; <u x='&amp;'>Wort", "<p>Ein &amp; &lt;u x='&amp;amp;'&gt;Wort</p>\n"),
    ],
)  # fmt: skip
def test_html(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<!--><img src=x onerror=alert(1)>--> Text",
        "<!---><img src=x onerror=alert(1)>--> Text",
        "<!-- --!><img src=x onerror=alert(1)> --> Text",
        "Text <!--><img src=x onerror=alert(1)>--> Text",
        "Text <!-- --!><img src=x onerror=alert(1)> -->",
    ],
)
def test_browsers_end_comments_sooner(text: str) -> None:
    assert "<img" not in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*kursiv* und [Text](u)", "kursiv und Text"),
        ("![Bild *so*](b.png)!", "Bild so!"),
        ("`Code`\\\nzwei\ndrei", "Code zwei drei"),
        (r"\# Nr\. 1 &amp; \*", "# Nr. 1 & *"),
        ("<b>fett</b> <!-- x -->da", "fett da"),
        ("[Mehr]{.label} <https://x.at>", "Mehr https://x.at"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert dialect.plain(text) == expected


def test_references_and_footnotes() -> None:
    made = html("[Text][r] und[^1].\n\n[r]: https://x.at\n\n[^1]: Fuß\n")
    assert '<a href="https://x.at">Text</a>' in made
    assert made.count('class="footnote-ref"') == 1
    assert "<p>Fuß " in made


def test_parts_share_their_footnotes() -> None:
    _, environment = dialect.parse_blocks("[^a]: A\n\n[^b]: B\n")
    parts = [("Eins.[^a]", " "), ("Zwei.[^b]", "\\\n"), ("Drei.[^a]", "")]
    whole = dialect.render_inline("Eins.[^a] Zwei.[^b]\\\nDrei.[^a]", environment)
    assert dialect.render_parts(parts, environment) == whole
    assert '<a href="#fn2"' in whole


@pytest.mark.parametrize(
    ("gap", "kinds"),
    [
        ("", []),
        (" ", ["text"]),
        ("\xa0 ", ["text"]),
        ("\n", ["softbreak"]),
        (" \n", ["softbreak"]),
        ("  \n", ["hardbreak"]),
        ("\\\n", ["hardbreak"]),
    ],
)
def test_gaps(gap: str, kinds: list[str]) -> None:
    assert [token.type for token in dialect.gap_tokens(gap)] == kinds


WORDS = st.lists(
    st.sampled_from(["Wort", "Bürger*innen", "a_b", "Ende.", "10.", "–", "#", ">", "+"]),
    min_size=1,
).map(" ".join)


@given(WORDS)
def test_words_without_markup_read_as_themselves(text: str) -> None:
    assert dialect.plain(text) == text
    assert inline(text) == text.replace(">", "&gt;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Preise {#preise}", '<h2 id="preise">Preise</h2>\n'),
        ("Preise {#über-uns}\n---", '<h2 id="über-uns">Preise</h2>\n'),
        ("## Preise {#1}", "<h2>Preise {#1}</h2>\n"),
        ("## Preise\\{#a}", "<h2>Preise{#a}</h2>\n"),
        ("## Preise \\{#a}", "<h2>Preise {#a}</h2>\n"),
        ("## `x {#a}`", "<h2><code>x {#a}</code></h2>\n"),
        ("Preise {#a}", "<p>Preise {#a}</p>\n"),
    ],
)
def test_a_heading_can_have_an_id_of_its_authors(text: str, expected: str) -> None:
    assert html(text) == expected
