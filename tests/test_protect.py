"""Masks: markup goes out as numbers, and comes back verified or not at all."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.pretranslate import protect
from workflow.pretranslate.protect import MarkupLost
from workflow.segments.inline import normalise

LINK = "Siehe [das Statut](https://a.org/b) und **mehr** hier."


@pytest.mark.parametrize(
    ("msgid", "text", "opening", "closing"),
    [
        ("Nur Text.", "Nur Text.", "", ""),
        ("Arbeiter_innen und Kolleg*innen [sic] 3 * 4", None, "", ""),
        (LINK, "Siehe [1]das Statut[2] und [3]mehr[4] hier.", "", ""),
        ("**Alles** fett", "Alles[1] fett", "**", ""),
        ("[Alles ist Link](https://a.org)", "Alles ist Link", "[", "](https://a.org)"),
        ("Code `x = [1]` da", "Code [1] da", "", ""),
        ("<https://a.org> und https://b.org/c.", "[1] und [2].", "", ""),
        ("Eins\nzwei *drei* vier", "Eins[1]zwei [2]drei[3] vier", "", ""),
        ("Bild ![alt *x*](b.png) da", "Bild [1] da", "", ""),
        ("<b>fett</b> da", "[1]fett[2] da", "", ""),
    ],
)
def test_what_the_engine_sees(msgid: str, text: str | None, opening: str, closing: str) -> None:
    masked = protect.mask(msgid)
    assert masked.text == (text or msgid)
    assert (masked.opening, masked.closing) == (opening, closing)
    assert protect.restore(masked, masked.text) == msgid


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        (
            "См. [1]устав[2] и [3]больше[4].",
            "См. [устав](https://a.org/b) и **больше**.",
        ),
        ("[3]Больше[4] и [1]устав[2].", "**Больше** и [устав](https://a.org/b)."),
        ("См. [ 1 ]устав[2 ] и ［3］ больше[ 4].", None),  # a space after **: no emphasis
        ("См. [ 1 ]устав[2 ] и ［3］больше[ 4].", "См. [устав](https://a.org/b) и **больше**."),
        ("  См. [1]устав[2] и [3]больше[4]\n", "См. [устав](https://a.org/b) и **больше**"),
        ("См. [1]устав и [3]больше[4].", None),  # lost
        ("См. [1][1]устав[2] и [3]больше[4].", None),  # doubled
        ("См. [1]устав[2] и [3]больше[4] [5].", None),  # unknown
        ("См. [2]устав[1] и [3]больше[4].", None),  # reversed
        ("См. [1][2] устав и [3]больше[4].", None),  # nothing inside
        ("См. [1]устав [3]и[2] больше[4].", None),  # crossed
        ("См. 1устав2 и 3больше4.", None),
        ("См. [1]устав[2] и [3]больше[4] **да**.", None),  # more than the source has
        (f"См. [1]устав[2] и [3]больше[4] [{'9' * 5000}].", "keeps"),
        ("", None),
    ],
)
def test_answers(answer: str, restored: str | None) -> None:
    masked = protect.mask(LINK)

    def accept() -> str:
        text = protect.restore(masked, answer)
        protect.verify(LINK, text)
        return text

    if restored is None:
        with pytest.raises(MarkupLost):
            accept()
    elif restored == "keeps":
        assert "9" * 5000 in accept()
    else:
        assert accept() == restored


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fits"),
    [
        ("a `x` b", "б `x` а", True),
        ("a `x` b", "б `y` а", False),
        ("[a](x)", "[б](x)", True),
        ("[a](x)", "[б](y)", False),
        ("[a](x) b", "[](x) а б", False),
        ("[a](x) b", "[ ](x) а б", False),
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
        ("Arbeiter_innen", "рабочие_ницы", True),
        ("3 * 4 * 5", "3 * 4 * 5", True),
    ],
)
def test_verify(msgid: str, msgstr: str, fits: bool) -> None:
    try:
        protect.verify(msgid, msgstr)
    except MarkupLost:
        assert not fits
    else:
        assert fits


PARTS = """* ** _ ~~ ` [ ] ](x) ](a(b)c) ![ a Wort _in *innen <b> </b> <br> <https://x.org> \\ \\*
[^1] ]{.label} [1] ( ) `x` ``%`` &amp; . ! https://x.org/a.""".split()
MARKDOWN = st.lists(st.sampled_from([*PARTS, " ", "\n"]), max_size=14).map("".join).map(normalise)


@settings(max_examples=1000, deadline=None)
@given(MARKDOWN)
def test_masks_give_the_text_back(msgid: str) -> None:
    masked = protect.mask(msgid)
    assert protect.restore(masked, masked.text) == msgid
    protect.verify(msgid, msgid)


@settings(max_examples=1000, deadline=None)
@given(MARKDOWN, st.randoms(use_true_random=False))
def test_whatever_passes_has_the_same_constructs(msgid: str, chance: random.Random) -> None:
    masked = protect.mask(msgid)
    words = masked.text.replace("[", " [").replace("]", "] ").split(" ")
    chance.shuffle(words)
    words = words[: chance.randrange(len(words) // 2, len(words) + 1)] if words else []
    try:
        text = protect.restore(masked, " ".join(words))
        protect.verify(msgid, text)
    except MarkupLost:
        return
    assert protect.constructs(text) == protect.constructs(msgid)
    assert all(text.count(part) >= 1 for part in masked.constructs)
