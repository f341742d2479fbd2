"""Markup is taken off and put back: verified, or not at all."""

import random
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.pretranslate import masks, protect, restore
from workflow.pretranslate.masks import Shape
from workflow.pretranslate.protect import MarkupLost
from workflow.reading import dialect
from workflow.segments import parts
from workflow.segments.inline import normalise, to_markdown

LINK = "Siehe [das Statut](https://a.org/b) und **mehr** hier."


def seen(msgid: str, *, xml: bool = False) -> str:
    """What an engine sees of a segment."""
    protected = protect.protect(msgid)
    return masks.mask(protected, next(masks.shapes(protected, xml=xml)))[0]


def tags(text: str, source: str) -> Counter[object]:
    """What a browser gets beside words: tags with their attributes, as the build renders them."""
    found: Counter[object] = Counter()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            # A second note of the same name is numbered.
            kept = [one for one in attrs if "footnote" not in str(attrs) or one[0] != "id"]
            found[tag, tuple(sorted(kept, key=str))] += 1

        def handle_endtag(self, tag: str) -> None:
            found[f"/{tag}"] += 1

    environment = parts.assumed(source)
    Reader().feed(dialect.render_inline(to_markdown(text), environment))
    return found


def same(msgid: str, msgstr: str) -> None:
    """A translation holds what its source holds, for the build and for a browser."""
    restore.verify(msgid, msgstr)
    assert tags(msgstr, msgid) == tags(msgid, msgid)


def said(msgid: str, answer: str, *, xml: bool = False) -> str:
    """What becomes of an answer."""
    protected = protect.protect(msgid)
    shape = next(masks.shapes(protected, xml=xml))
    _, numbers = masks.mask(protected, shape)
    return restore.restore(protected, masks.read(answer, protected.plain, shape, numbers))


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("Nur Text.", "Nur Text."),
        ("Arbeiter_innen und Kolleg*innen [sic] 3 * 4", None),
        (LINK, "Siehe [1]das Statut[2] und [3]mehr[4] hier."),
        ("**Alles** fett", "[1]Alles[2] fett"),
        ("**Alles fett**", "Alles fett"),
        ("***Alles* fett**", "[1]Alles[2] fett"),
        ("_[Alles](https://a.org)_", "Alles"),
        ("[Alles ist Link](https://a.org)", "Alles ist Link"),
        ("Code `x = [1]` da", "Code [1] da"),
        ("Da steht [1], hier *nicht*.", "Da steht [1], hier [Z1]nicht[Z2]."),
        ("[1] [Z2] *x* y", "[1] [Z2] [Y1]x[Y2] y"),
        ("<https://a.org> und https://b.org/c.", "[1] und [2]."),
        ("Schreib an <a@b.org> oder c@d.org!", "Schreib an [1] oder [2]!"),
        ("Eins\nzwei *drei* vier", "Eins [1] zwei [2]drei[3] vier"),
        ("Bild ![alt *x*](b.png) da", "Bild [1] da"),
        ("<b>fett</b> da", "[1]fett[2] da"),
        ("a <b>*fett</b>* da", "a [1][2]fett[3][4] da"),
        ("a <b>offen", "a [1]offen"),
        ("a<br>b <!-- c --> d", "a[1]b [2] d"),
        ("Satz mit Note.[^1]", "Satz mit Note."),
        ("Satz[^1] mit [Ziel][a] und [Wort][].", "Satz[1] mit [2]Ziel[3] und [4]Wort[5]."),
        ("[Wort]{.label} und ~~weg~~", "[1]Wort[2] und [3]weg[4]"),
        ("Haupt**stadt** und **Haupt**stadt", "[1]Hauptstadt[2] und [3]Hauptstadt[4]"),
        (r"3 \* 4 &amp; 5&nbsp;% \_x\_", "3 * 4 & 5\u00a0% _x_"),
        ("%s von {name}, %(x)s und %2$s", "[1] von [2], [3] und [4]"),
        ("100 % so", "100 % so"),
    ],
)
def test_what_the_engine_sees(msgid: str, text: str | None) -> None:
    assert seen(msgid) == (text or msgid)


def test_what_an_engine_sees_that_reads_xml() -> None:
    assert seen("a <b>*x*</b> & c", xml=True) == (
        'a <x id="1"/><x id="2"/>x<x id="3"/><x id="4"/> &amp; c'
    )


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        ("См. [1]устав[2] и [3]больше[4].", "См. [устав](https://a.org/b) и **больше**."),
        ("[3]Больше[4] и [1]устав[2].", "**Больше** и [устав](https://a.org/b)."),
        ("См. [ 1 ]устав[2 ] и ［3］ больше[ 4].", "См. [устав](https://a.org/b) и **больше**."),
        ("См.[１]устав [2]и[3] больше [4] .", "См. [устав](https://a.org/b) и **больше**."),
        ("  См. [1]устав[2] и [3]больше[4]\n", "См. [устав](https://a.org/b) и **больше**"),
        (
            "[1]Устав[2]\u00a0и\u200b [3]боль\u00adше[4]",
            "[Устав](https://a.org/b)\u00a0и **больше**",
        ),
        ("[1]&quot;Устав&quot;[2] [3]&amp;#39;[4]х", None),  # nothing inside
        ("[1]&quot;Устав&quot;[2] [3]д&amp;#39;а[4]", '["Устав"](https://a.org/b) **д\'а**'),
        ("См. [1]устав и [3]больше[4].", None),  # lost
        ("См. [1][1]устав[2] и [3]больше[4].", None),  # doubled
        ("См. [1]устав[2] и [3]больше[4] [5].", None),  # unknown
        ("См. [2]устав[1] и [3]больше[4].", None),  # reversed
        ("См. [1][2] устав и [3]больше[4].", None),  # nothing inside
        ("См. [1],[2] устав и [3]больше[4].", None),  # next to nothing inside
        ("См. [1]устав [3]и[2] больше[4].", None),  # crossed
        ("См. [1]устав [3]и[4] больше[2].", None),  # one in the other
        ("См. 1устав2 и 3больше4.", None),
        ("См. [1]устав[2] и [3]больше[4] на http://e.vil/x.", None),  # an address more
        ("См. [1]устав[2] и [3]больше[4], {x}.", None),
        ("", None),
    ],
)
def test_answers(answer: str, restored: str | None) -> None:
    if restored is None:
        with pytest.raises(MarkupLost):
            said(LINK, answer)
    else:
        assert said(LINK, answer) == restored


@pytest.mark.parametrize(
    ("msgid", "answer", "restored"),
    [
        # Words of an answer are words, whatever they look like.
        ("Ein *Wort*.", "[1]Да[2] **нет**", r"*Да* \*\*нет\*\*"),
        ("Ein *Wort*.", "[1]Да[2] [x](y)", r"*Да* \[x\](y)"),
        ("Wort.", "<script>x</script>", r"\<script\>x\</script\>"),
        ("Wort.", "&lt;b&gt; `x`", r"\<b\> \`x\`"),
        ("Wort.", "рабочие_ницы и друз*ья", "рабочие_ницы и друз*ья"),
        ("Wort.", "C:\\new \\d [7].", r"C:\new \d \[7\]."),
        ("Wort.", "a\\", "a\\"),
        ("Wort[^1] da.", "слово[1](y)", r"слово[^1]\(y)"),
        ("`x` da und dort", "[1]{.big} там", "`x`{.big} там"),
        # The source's own spelling is kept.
        (r"3 \* 4 ist **gut**", "3 * 5 [1]да[2]", r"3 \* 5 **да**"),
        ("5&nbsp;% von *x*", "5\u00a0% от [1]х[2]", "5&nbsp;% от *х*"),
        ("A &amp; *B*", "А & [1]Б[2]", "А &amp; *Б*"),
        # White space at constructs.
        ("Code `x` da", "Код[1]там", "Код `x` там"),
        ("Satz[^1] da.", "Фраза [1]там.", "Фраза[^1] там."),
        ("Eins\nzwei", "Один [1] два", "Один\nдва"),
        ("*Eins* **zwei** `drei`", "[1]Один[2][3]два[4][5]", "*Один* **два** `drei`"),
        ("*Eins*[^1] zwei", "[1]Один[2] [3] два", "*Один*[^1] два"),
        ("„*Eins*“ zwei", "это[1]Один[2]два", "это *Один* два"),
        ("**Auf!** Los", "[1]Вперёд! [2]Пошли", "**Вперёд!** Пошли"),
    ],
)
def test_words_and_gaps(msgid: str, answer: str, restored: str | None) -> None:
    text = said(msgid, answer)
    if restored is not None:
        assert text == restored
    restore.verify(msgid, text)


@pytest.mark.parametrize(
    ("msgid", "answer"),
    [
        ("[a `x`](y) b", "[1]а[3] [2] б"),  # code leaves its link
        ("**a** [b](y)", "[3][1]а[2] б[4]"),  # emphasis goes into one
        ("a </i> b <i> c", "а [2] б [1] ц"),  # tags without their other half
        ("a <b>b</b> <b>c</b>", "а [1]б[4] [3]ц[2]"),
    ],
)
def test_nothing_leaves_its_place(msgid: str, answer: str) -> None:
    with pytest.raises(MarkupLost):
        said(msgid, answer)


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        ('<x id="1"/>Да<x id="2"/> &amp; нет', "*Да* & нет"),
        ("< X id= “1” / >Да<x id=2></x> &amp;lt;b&gt;", r"*Да* \<b\>"),
        ('<x id="1"/>Да', None),
        ('<x id="1"/>Да<x id="2"/><x id="3"/>', None),
    ],
)
def test_answers_in_xml(answer: str, restored: str | None) -> None:
    if restored is None:
        with pytest.raises(MarkupLost):
            said("*Ja* & nein", answer, xml=True)
    else:
        assert said("*Ja* & nein", answer, xml=True) == restored


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fits"),
    [
        ("a `x` b", "б `x` а", True),
        ("a `x` b", "б `y` а", False),
        ("[a](x)", "[б](x)", True),
        ("[a](x)", "[б](y)", False),
        ('[a](x "t")', '[б](x "u")', False),
        ("[a](x) b", "[](x) а б", False),
        ("[a](x) b", "[ ](x) а б", False),
        ("[a][x]", "[б][x]", True),
        ("[a][x]", "[б][у]", False),
        ("a[^1]", "б[^1]", True),
        ("a[^1]", "б[^2]", False),
        ("a[^1]", "б", False),
        ("*a* b", "_б_ а", True),
        ("*a* b", "**б** а", False),
        ("a\nb", "а\nб", True),
        ("a\nb", "а б", False),
        ("<b>a</b> c", "<b>а</b> с", True),
        ("<b>a</b> c", "</b>а<b> с", False),
        ("<b>a</b> c", "<b></b>а с", False),
        ("<i><b>a</b></i>", "<i><b>а</i></b>", False),
        ("a<br>b", "а<br>б", True),
        ("a", "<script>alert(1)</script>", False),
        ("a", "[а](javascript:x)", True),  # an unsafe target is text for the parser, and a reader
        ("a", "![а](b.png)", False),
        ("a", "[а][b]", False),
        ("a", "[а]", True),  # without definitions a remark in brackets
        ("a [b]", "а [b]", True),
        ("a %s", "а", False),
        ("https://a.org/x da", "там https://a.org/y", False),
        ("Arbeiter_innen", "рабочие_ницы", True),
        ("3 * 4 * 5", "3 * 4 * 5", True),
    ],
)
def test_verify(msgid: str, msgstr: str, fits: bool) -> None:
    try:
        restore.verify(msgid, msgstr)
    except MarkupLost:
        assert not fits
    else:
        assert fits


def test_definitions_of_the_article_say_what_a_reference_is() -> None:
    text = "Siehe [Statut] und [Satz][b]."
    environment = {"references": {"STATUT": {"href": "https://a.org", "title": ""}}}
    kinds = [part.kind for part in parts.read(text, environment)]
    assert kinds.count(parts.Kind.OPEN) == 1
    protected = protect.protect(text, environment)
    # The other one looks like a reference, and is kept from engines just the same.
    assert masks.mask(protected, Shape())[0] == "Siehe [1]Statut[2] und [3]Satz[4]."


PARTS = """* ** _ ~~ ` [ ] ](x) ](a(b)c) ![ a Wort _in *innen <b> </b> <br> <https://x.org> \\ \\*
[^1] ]{.label} ][r] [1] ( ) `x` ``%`` &amp; &nbsp; . ! https://x.org/a. %s {x} <!--c-->""".split()
MARKDOWN = st.lists(st.sampled_from([*PARTS, " ", "\n"]), max_size=14).map("".join).map(normalise)
ANSWERS = """[1] [2] [3] [4] [5] [ 6 ] [Z1] [Z2] <x id="1"/> <b> </b> ** * _ ` [a](http://e.vil)
]( ) ![ ] [^1] <script> &lt; &amp;lt; \\ слово Да . ! https://e.vil ~~ {.x} [r]""".split()


@settings(max_examples=1000)
@given(MARKDOWN)
def test_parts_give_the_text_back(msgid: str) -> None:
    found = parts.read(msgid, parts.assumed(msgid))
    assert "".join(part.source for part in found) == msgid
    protected = protect.protect(msgid)
    assert restore.restore(protected, protected.said) == msgid
    restore.verify(msgid, msgid)


@settings(max_examples=1000)
@given(MARKDOWN, st.data())
def test_whatever_passes_has_the_same_constructs(msgid: str, data: st.DataObject) -> None:
    """Words of the masked text shuffled, lost, doubled, with the worst in between."""
    words = seen(msgid).replace("[", " [").replace("]", "] ").split(" ")
    answer = data.draw(st.lists(st.sampled_from([*words, *ANSWERS, " "]), max_size=12))
    given = data.draw(st.permutations(words)) if data.draw(st.booleans()) else answer
    try:
        text = said(msgid, "".join(given))
    except MarkupLost:
        return
    same(msgid, text)


@settings(max_examples=1000)
@given(MARKDOWN, st.text(max_size=20), st.randoms(use_true_random=False))
def test_words_of_an_answer_are_words(msgid: str, words: str, chance: random.Random) -> None:
    protected = protect.protect(msgid)
    answer = [
        one if isinstance(one, int) or chance.random() < 0.5 else words for one in protected.said
    ]
    try:
        text = restore.restore(protected, answer)
    except MarkupLost:
        return
    same(msgid, text)
