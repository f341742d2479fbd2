"""Changes of markup and white space alone, applied to the translation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.catalogs.carry import Carried, carry, skeleton
from workflow.model import COVERED


@pytest.mark.parametrize(
    ("old", "new", "text", "result"),
    [
        ("Ein [Wort](a).", "Ein [Wort](b).", "[Слово](a).", "[Слово](b)."),
        ("[W](a 'T')", "[W](b 'T')", "[С](a 'Т')", "[С](b 'Т')"),
        ("[W](<a b>)", "[W](<c (d>)", "[С](<a b>)", "[С](<c (d>)"),
        ("[W](a_(b)_c)", "[W](a\\_%20&amp;)", "[С](a_(b)_c)", "[С](a\\_%20&amp;)"),
        ("![W](a.png)", "![W](b.png)", "![С](a.png)", "![С](b.png)"),
        ("[V](a), [W](b)", "[V](c), [W](d)", "[В](b), [Ш](a)", "[В](d), [Ш](c)"),
        ("[V](a), [W](a)", "[V](c), [W](c)", "[В](a), [Ш](a)", "[В](c), [Ш](c)"),
        ("[V](a), [W](b)", "[V](b), [W](a)", "[В](b), [Ш](a)", "[В](a), [Ш](b)"),
        ("[V](a), [W](b)", "[V](c), [W](c)", "[В](b), [Ш](a)", "[В](c), [Ш](c)"),
        ("Ein [Wort][a].", "Ein [Wort][b].", "[Слово][a].", "[Слово][b]."),
        ("Auf <https://a.at>!", "Auf <https://b.at>!", "На <https://a.at>!", "На <https://b.at>!"),
        ("Auf https://a.at/x.", "Auf https://b.at.", "На https://a.at/x.", "На https://b.at."),
        ("Ein\u00a0 Wort", "Ein Wort", "Слово", "Слово"),
        ("z.B. so", "z. B. so", "например", "например"),
        ("Eins\nzwei", "Eins zwei", "Раз\nдва", "Раз два"),
        ("Ein *Wort*.", "Ein _Wort_.", "*Слово*.", "*Слово*."),
        ("`a*` [V](a)", "`a*` [V](b)", "`a*` [В](a)", "`a*` [В](b)"),
    ],
)
def test_targets_and_white_space(old: str, new: str, text: str, result: str) -> None:
    assert carry(old, new, text) == Carried(result, exact=True, plain=True)


@pytest.mark.parametrize(
    ("old", "new", "text", "result"),
    [
        ("Ein *Wort* da.", "Ein Wort da.", "*Слово* там.", "Слово там."),
        ("**A** und *b*", "**A** und b", "*б* и **А**", "б и **А**"),
        ("*a* und *b*", "a und b", "*б* и *а*", "б и а"),
        ("***A*** b", "**A** b", "***А*** б", "**А** б"),
        ("*Alles hier.*", "Alles hier.", "*Всё тут*.", "Всё тут."),
        ("Alles hier.", "*Alles hier.*", "Всё тут.", "*Всё тут.*"),
        ("Alles hier.", "***Alles hier.***", "Всё тут.", "***Всё тут.***"),
        ("*Alles hier.*", "**Alles hier.**", "*Всё тут.*", "**Всё тут.**"),
        ("Alles *hier*.", "**Alles *hier*.**", "Всё *тут*.", "**Всё *тут*.**"),
        ("*A [W](a)*", "A [W](b)", "*А [С](a)*", "А [С](b)"),
        ("Ein *Wort* da.", "Ein Wort da.", COVERED, COVERED),
    ],
)
def test_emphasis_that_goes_or_wraps(old: str, new: str, text: str, result: str) -> None:
    assert carry(old, new, text) == Carried(result, exact=True, plain=False)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("Ein Wort da.", "Ein *Wort* da.", "Слово там."),  # added inside
        ("Ein *Wort* da.", "*Ein* Wort da.", "*Слово* там."),  # elsewhere
        ("*a* und *b*", "a und *b*", "*б* и *а*"),  # which of the two?
        ("Ein *Wort* da.", "Ein Wort da.", "Слово там."),  # it never was in the translation
        ("Ein *Wort* da.", "Ein Wort da.", "*Слово* *там*."),
        ("[W](a)", "[W](b)", "Слово"),
        ("[W](a)", "[W](b)", "[Слово](c)"),
        ("[V](a), [W](a)", "[V](c), [W](d)", "[В](b), [Ш](a)"),
        ("Eins zwei", "Eins\nzwei", "Раз два"),  # where does the line break?
        ("*Alles hier.*", "**Alles hier.**", "Всё *тут*."),
    ],
)
def test_what_a_person_must_look_at(old: str, new: str, text: str) -> None:
    carried = carry(old, new, text)
    assert carried
    assert not carried.exact
    assert carried.text == text


def test_a_link_that_the_translation_repeats_is_looked_at() -> None:
    carried = carry("[W](a)", "[W](b)", "[Слово](a) и [слово](a)")
    assert carried == Carried("[Слово](b) и [слово](b)", exact=False, plain=True)


def test_equal_targets_that_part_are_a_guess() -> None:
    carried = carry("[V](a), [W](a)", "[V](a), [W](b)", "[Ш](a), [В](a)")
    assert carried == Carried("[Ш](a), [В](b)", exact=False, plain=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ein Wort.", "Kein Wort."),
        ("[W](a 'T')", "[W](a 'U')"),
        ("`a`", "`b`"),
        ("Arbeiter*innen", "Arbeiterinnen"),
        ("Arbeiter_innen", "Arbeiterinnen"),
        ("2*3", "23"),
        ("<kbd>a</kbd>", "a"),
        ("[W](a)", "W"),
    ],
)
def test_words_that_changed_are_nobody_elses(old: str, new: str) -> None:
    assert carry(old, new, "x") is None


PIECES = st.lists(
    st.sampled_from(
        ["a", "B", " ", "  ", "\n", "*", "**", "_", "`", "[", "](u)", "](v)", "]", "\\", "<b>", "."]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(PIECES, PIECES, PIECES)
def test_words_of_a_translation_never_change(old: str, new: str, text: str) -> None:
    carried = carry(old, new, text)
    if carried:
        assert skeleton(carried.text) == skeleton(text)
        assert carry(old, old, text) is not None
