"""Inline markup: masks, the normal form, emphasis around a text, labels, sound cuts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reading import dialect
from workflow.segments import inline
from workflow.segments.split import TRANSPARENT

PIECES = [
    *"Ende. Wort Bürger*innen * ** _ __ ` `` [ ] ( ) (u) [x](y.z) {.label} <b> </b> <!-- --> "
    "https://x.at/a.b <https://x.at> ![B](c) [^1] \\ \\* ~~ &amp; < > ! „ “".split(),
    " ", " ", "\n", "  \n", "\\\n", "",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Nur Text, 3 * 4 = a_b.", "Nur Text, 3 ^ 4 = a_b."),
        ("Bürger*innen und Arbeiter*innen.", "Bürger*innen und Arbeiter*innen."),
        ("**Halt!** Er", "^^Halt!^^ Er"),
        ("_so_ und __so__", "^so^ und ^^so^^"),
        ("`a. B` ist", "xxxxxx ist"),
        ("``a ` B`` ist", "xxxxxxxxx ist"),
        ("[Text](a.b?C=d) hier", "^Text^^^^^^^^^^ hier"),
        ('[Text](u "A. B") hier', "^Text^^^^^^^^^^^ hier"),
        ("[Text][a. B] hier", "^Text^^^^^^^ hier"),
        ("![Bild](b.png)", "^^Bild^^^^^^^^"),
        ("Er.[^1] Sie", "Er.^^^^ Sie"),
        ("[Mehr]{.label} Text", "^Mehr^^^^^^^^^ Text"),
        ("<https://x.at/A.B> da", "xxxxxxxxxxxxxxxxxx da"),
        ("Siehe https://x.at/A.B?c. Da", "Siehe xxxxxxxxxxxxxxxxxx. Da"),
        ("(https://x.at/A_(b).) Da", "(xxxxxxxxxxxxxxxxxx.) Da"),
        ("H<sub>2</sub>O<!-- A. B -->", "H^^^^^2^^^^^^O^^^^^^^^^^^^^"),
        (r"8\. Mai \*", "8^. Mai ^^"),
        ("~~weg~~", "^^weg^^"),
    ],
)  # fmt: skip
def test_mask(text: str, masked: str) -> None:
    assert inline.mask(text).replace(TRANSPARENT, "^") == masked


@given(st.one_of(st.text(), MARKUP))
def test_mask_keeps_length_and_white_space_outside_markup(text: str) -> None:
    masked = inline.mask(text)
    assert len(masked) == len(text)
    assert all(new in (old, "x", TRANSPARENT) for old, new in zip(text, masked, strict=True))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("zwei  Wörter", "zwei Wörter"),
        ("weich\num\t brochen", "weich um brochen"),
        ("fest\xa0 verbunden", "fest verbunden"),
        ("leere\n\nZeile", "leere Zeile"),
        ("hart  \ngetrennt", "hart\ngetrennt"),
        ("hart\\\n  getrennt", "hart\ngetrennt"),
        (" am Rand ", "am Rand"),
        ("Bu\u0308rger", "Bürger"),
        ("**fett** [x](y)", "**fett** [x](y)"),
        ("a `x  y\xa0z` b", "a `x  y\xa0z` b"),
        ("`x \ny`  \nz", "`x  y`\nz"),
        ("`x  \ny` und ``\n`\n``", "`x   y` und `` ` ``"),
        (r"kein \`Code  hier`", r"kein \`Code hier`"),
        ('<b  class="x  \ny">z</b>', '<b class="x y">z</b>'),
        ("<!-- eine  \nNotiz -->", "<!-- eine Notiz -->"),
        ("3 < 5  \nund 5 > 3", "3 < 5\nund 5 > 3"),
        ("[x](/a\xa0b  'c  d')", "[x](/a\xa0b 'c d')"),
        ("[x](<a\nb>)", r"[x](\<a b>)"),
        ("zwei\\\\\num", r"zwei\\ um"),
        ("a\n\\\nb", "a\nb"),  # a line of nothing but a hard break
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert inline.normalise(text) == normal


@given(st.one_of(st.text(), MARKUP))
def test_normal_form_is_its_own(text: str) -> None:
    normal = inline.normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert inline.normalise(inline.to_markdown(normal)) == normal


def test_to_markdown() -> None:
    assert inline.to_markdown(" eins\nzwei ") == "eins\\\nzwei"
    assert dialect.render_inline(inline.to_markdown("a\nb"), {}) == "a<br />\nb"
    assert dialect.render_inline(inline.to_markdown("a\\\nb"), {}) == "a\\ <br />\nb"
    assert inline.to_markdown("`a\nb` <b\nid=x>") == "`a b` <b id=x>"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("*Eins. Zwei.*", ("*", "Eins. Zwei.", "*")),
        ("__Eins. Zwei.__", ("__", "Eins. Zwei.", "__")),
        ("***beides***", ("***", "beides", "***")),
        ("_**beides**_", ("_**", "beides", "**_")),
        ("**Eins** und **zwei**", ("", "**Eins** und **zwei**", "")),
        ("*Eins.* Zwei.", ("", "*Eins.* Zwei.", "")),
        ("*Demonstrant*innen*", ("*", "Demonstrant*innen", "*")),
        ("*innen", ("", "*innen", "")),
        ("**", ("", "**", "")),
        ("**a** [x](y)**", ("", "**a** [x](y)**", "")),
        ("[x](y)", ("", "[x](y)", "")),
        ("", ("", "", "")),
    ],
)
def test_unwrap(text: str, parts: tuple[str, str, str]) -> None:
    assert inline.unwrap(text, {}) == parts


@given(MARKUP)
def test_unwrap_loses_nothing_and_renders_alike(text: str) -> None:
    opening, inside, closing = inline.unwrap(text, {})
    assert opening + inside + closing == text
    if opening:
        before, _, after = dialect.render_inline(f"{opening}|{closing}", {}).partition("|")
        whole = dialect.render_inline(text, {})
        assert whole == before + dialect.render_inline(inside, {}) + after


@pytest.mark.parametrize(
    ("text", "source", "rest"),
    [
        ("[Weiterlesen]{.label} Ein Text", "Weiterlesen", "Ein Text"),
        ("[Mehr *davon*]{.label lang=de}\nEin Text", "Mehr *davon*", "Ein Text"),
        ("[Mehr]{.label}", "Mehr", ""),
        ("[Mehr]{#a .label .b} x", "Mehr", "x"),
    ],
)
def test_label(text: str, source: str, rest: str) -> None:
    segment = inline.label(text)
    assert segment is not None
    assert (segment.msgctxt, segment.source, segment.msgid) == ("label", source, source)
    assert segment.opening + segment.source + segment.closing + segment.joiner + rest == text


@pytest.mark.parametrize(
    "text", ["Text [Mehr]{.label}", "[Mehr]{.labels} x", "[Mehr](u) x", "[]{.label} x", "Mehr", ""]
)
def test_no_label(text: str) -> None:
    assert inline.label(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Eins. Zwei. Drei.", [5, 11]),
        ("**Eins. Zwei.** Drei.", [15]),
        ("[Eins. Zwei.](u) Drei.", [16]),
        ("`Eins. Zwei.` Drei.", [13]),
        ("<b>Eins.</b> Zwei. Drei.", [12, 18]),
        ("![Eins. Zwei.](u) Drei.", [17]),
        ("Eins.[^a] Zwei.[^a] Drei.[^b] Vier.", [9, 19, 29]),
        ("[Eins.][r] Zwei.", [10]),
        (r"\*Eins. Zwei.\* Drei.", [7, 15]),
    ],
)
def test_sound_cuts(text: str, kept: list[int]) -> None:
    """Of all spaces behind a full stop, those at which the text may be cut."""
    _, environment = dialect.parse_blocks("[r]: u\n\n[^a]: A\n\n[^b]: B\n")
    spaces = [index for index, sign in enumerate(text) if sign == " "]
    found = inline.sound_cuts(text, [(index, index + 1) for index in spaces], environment)
    assert found == [(index, index + 1) for index in kept]
