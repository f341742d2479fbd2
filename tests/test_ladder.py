"""The ladder: what becomes of a segment, whatever an engine says."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_protect import ANSWERS, MARKDOWN, same
from workflow.errors import EngineError
from workflow.pretranslate import judge, restore
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Markup, Query, Refusal
from workflow.pretranslate.ladder import Answer, Rung, climb
from workflow.segments import parts
from workflow.texts import words

Says = Callable[[str], str | Refusal | Exception | None]


class Echo:
    """An engine that answers by a function, and remembers what it was asked."""

    name = "echo"

    def __init__(
        self,
        says: Says,
        *,
        markup: Markup = Markup.MASKS,
        cheap: bool = False,
        batch: int = 9,
        score: float | None = None,
    ):
        self._says = says
        self._score = score
        self.capabilities = Capabilities(markup, batch=batch, cheap=cheap)
        self.asked: list[list[str]] = []

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        self.asked.append([query.text for query in queries])
        for query in queries:
            said = self._says(query.text)
            if isinstance(said, Exception):
                raise said
            if said is not None:
                yield (
                    Draft(said, self.name, "2026-11-23", score=self._score)
                    if isinstance(said, str)
                    else said
                )


def ask(engine: Echo, *msgids: str, locale: str = "ru") -> list[Answer]:
    queries = [Query("", msgid, before="v", after="n") for msgid in msgids]
    return list(climb(engine, queries, locale, today="2026-11-23"))


def told(answer: Answer) -> tuple[str | None, str | None]:
    return (answer.rung and answer.rung.value), (
        answer.draft.text if answer.draft else answer.refusal
    )


WORDS = {
    "Ein rotes Haus steht dort.": "Там стоит красный дом.",
    "rotes Haus": "красный дом",
    "Ein [1]rotes Haus[2] steht dort.": "Там стоит [1]красный дом[2].",
    "Ein [Z1]rotes Haus[Z2] steht dort.": "Там стоит [Z1]красный дом[Z2].",
    "Ein": "Один",
    "steht dort": "стоит там.",
}
HOUSE = "Ein **rotes Haus** steht dort."
THERE = "Там стоит **красный дом**."


@pytest.mark.parametrize(
    ("cheap", "spoils", "expected", "asked"),
    [
        (False, "", ("masks", THERE), 1),
        (False, r"\[1", ("masks", THERE), 2),
        (False, r"\[", ("projected", THERE), 4),
        (False, r"\[|^rotes", ("pieces", "Один **красный дом** стоит там."), 7),
        (True, "", ("projected", THERE), 5),
        (True, r"^Ein rotes", ("masks", THERE), 6),
        (True, r"^Ein rotes|\[1", ("masks", THERE), 7),
        (True, r"^Ein rotes|\[|\“", ("pieces", "Один **красный дом** стоит там."), 10),
    ],
)
def test_the_rungs(cheap: bool, spoils: str, expected: tuple[str, str], asked: int) -> None:
    def says(text: str) -> str:
        if spoils and re.search(spoils, text) and not (text == "rotes Haus" and pieces()):
            return "Что-то совсем другое."
        return WORDS.get(text, text)

    def pieces() -> bool:
        return "Ein" in engine.asked[-1]

    engine = Echo(says, cheap=cheap)
    [answer] = ask(engine, HOUSE)
    assert told(answer) == expected
    assert sum(map(len, engine.asked)) == asked
    worth_a_word = {"projected", "pieces"} & {expected[0]}
    assert worth_a_word == set(answer.reasons) & {"projected", "pieces"}


@pytest.mark.parametrize(
    ("msgid", "words", "expected"),
    [
        # The atom belongs into the pair, though the engine lost it where the pair was alone.
        (
            "Das **neue `x`** hier.",
            {"Das neue [2] hier.": "Тут [2] новое вот.", "neue [2]": "новое"},
            "Тут **`x` новое** вот.",
        ),
        # One in the other, and one that fills the other.
        (
            "Ein [sehr **rotes** Haus](x) da.",
            {
                "Ein sehr rotes Haus da.": "Очень красный дом там.",
                "sehr rotes Haus": "очень красный дом",
                "rotes": "красная",
            },
            "[Очень **красный** дом](x) там.",
        ),
        (
            "Ein [**rotes Haus**](x) da.",
            {"Ein rotes Haus da.": "Красный дом там.", "rotes Haus": "красные дома"},
            "[**Красный дом**](x) там.",
        ),
        # The same word twice: each pair has its own.
        (
            "*Tag* und **Tag** um.",
            {"Tag und Tag um.": "День за день прошёл.", "Tag": "день"},
            "*День* за **день** прошёл.",
        ),
        # Nothing that resembles it: not found.
        ("Ein *Haus* da.", {"Ein Haus da.": "Там стоит он.", "Haus": "дом"}, None),
    ],
)
def test_pairs_are_found_again(msgid: str, words: dict[str, str], expected: str | None) -> None:
    def says(text: str) -> str:
        return words.get(text, "…" if "[" in text or "“" in text else text)

    [answer] = ask(Echo(says, cheap=True), msgid)
    assert (answer.rung is Rung.PROJECTED) == (expected is not None)
    assert expected is None or told(answer)[1] == expected


def test_a_rung_is_asked_for_all_segments_at_once() -> None:
    engine = Echo(lambda text: re.sub(r"\[.?\d\]", "", text).upper(), batch=2)
    found = ask(engine, "a *b* c", "d", "e *f* g", locale="en")
    assert [answer.rung for answer in found] == [Rung.PROJECTED, Rung.WHOLE, Rung.PROJECTED]
    # Two batches are under way, in turn: one is judged while the other is asked about.
    assert engine.asked == [
        ["a [1]b[2] c", "d"],
        ["e [1]f[2] g"],
        ["a [Z1]b[Z2] c"],
        ["e [Z1]f[Z2] g"],
        ["a b c", "b"],
        ["e f g", "f"],
    ]


def test_answers_come_batch_by_batch_and_stand() -> None:
    engine = Echo(lambda text: EngineError("enough") if text == "Drei" else "Да", batch=2)
    found = climb(engine, [Query("", text) for text in ("Eins", "Zwei", "Drei")], "ru")
    assert [told(next(found)), told(next(found))] == [("whole", "Да")] * 2
    with pytest.raises(EngineError, match="enough"):
        next(found)


def test_what_was_answered_before_an_engine_gave_up_stands() -> None:
    """The first needs another rung, and the second was answered before the third failed."""
    engine = Echo(lambda text: EngineError("enough") if text == "Drei" else "Да")
    found = climb(engine, [Query("", t) for t in ("Eins *ja*", "Zwei", "Drei")], "ru")
    assert told(next(found)) == (None, "enough")
    assert told(next(found)) == ("whole", "Да")
    with pytest.raises(EngineError, match="enough"):
        next(found)


def test_an_engine_that_says_too_little() -> None:
    engine = Echo(lambda text: None if text == "Drei" else "Да")
    assert [told(one) for one in ask(engine, "Eins", "Drei")] == [
        ("whole", "Да"),
        (None, "no answer"),
    ]
    assert told(ask(Echo(lambda text: Refusal("too long")), "Eins *ja*")[0]) == (None, "too long")


def test_context_goes_along() -> None:
    heard: list[Query] = []
    engine = Echo(lambda text: "Да")
    engine.translate = lambda queries: heard.extend(queries) or iter([])  # type: ignore[assignment, func-returns-value]
    ask(engine, "Eins")
    assert heard == [Query("Eins", "Eins", None, "v", "n")]


@pytest.mark.parametrize(
    ("msgid", "expected"),
    [
        ("`x = 1`", "`x = 1`"),
        ("https://a.org/b", "https://a.org/b"),
        ("<https://a.org>", "<https://a.org>"),
        ("a@b.org", "a@b.org"),
        ("[![Bild](b.png)](https://a.org)", "[![Bild](b.png)](https://a.org)"),
        ("—", "—"),
        ("1993", "1993"),
        ("1.234,5", "nothing to translate"),
        ("3 000", "nothing to translate"),
    ],
)
def test_what_holds_no_words_is_copied_unasked(msgid: str, expected: str) -> None:
    engine = Echo(str.upper)
    [answer] = ask(engine, msgid)
    assert told(answer)[1] == expected
    assert engine.asked == []
    assert answer.draft is None or (answer.draft.engine, answer.quality) == ("copy", 1.0)
    [refused] = climb(engine, [Query("", msgid)], "ru")
    assert refused.refusal == "nothing to translate"


def test_raw_engines_are_verified_as_they_are() -> None:
    engine = Echo(lambda text: text.replace("Ja", "Да"), markup=Markup.RAW)
    assert told(ask(engine, "Ja *ja*")[0]) == ("whole", "Да *ja*")
    assert told(ask(Echo(lambda t: "Да **ja**", markup=Markup.RAW), "Ja *ja*")[0])[1] == "markup"
    assert told(ask(Echo(lambda t: "[Да](x)", markup=Markup.RAW), "Ja")[0])[1] == "markup"
    assert told(ask(Echo(lambda t: "1", markup=Markup.RAW), "`x`")[0])[1] == "markup"


def test_xml() -> None:
    engine = Echo(lambda text: text.replace("Ja", "Да"), markup=Markup.XML)
    assert told(ask(engine, "Ja & *nein* <b>Ja</b>")[0])[1] == "Да & *nein* <b>Да</b>"
    assert engine.asked == [['Ja &amp; <x id="1"/>nein<x id="2"/> <x id="3"/>Ja<x id="4"/>']]


def test_quality_is_what_reasons_and_score_leave() -> None:
    [good] = ask(Echo(lambda text: "Да.", score=0.9), "Ja.")
    [bad] = ask(Echo(lambda text: "Да, 4!", score=0.4), "Ja.")
    assert (good.reasons, good.quality) == ((), 0.9)
    assert set(bad.reasons) == {"numbers", "end", "score"}
    assert 0 < bad.quality < good.quality
    assert {"projected", "pieces"} < set(judge.PENALTIES)


@settings(max_examples=300)
@given(st.lists(MARKDOWN, max_size=4), st.sampled_from(list(Markup)), st.booleans())
def test_an_engine_that_repeats_changes_nothing(
    msgids: list[str], markup: Markup, cheap: bool
) -> None:
    for msgid, answer in zip(
        msgids, ask(Echo(lambda text: text, markup=markup, cheap=cheap), *msgids), strict=True
    ):
        if answer.draft and answer.rung in (Rung.WHOLE, Rung.MASKS):
            assert answer.draft.text == msgid
        if answer.draft:
            restore.verify(msgid, answer.draft.text)


def spoiled(text: str, chance: random.Random) -> str:
    """An answer edited at random: masks, markup, HTML and addresses come, go and move."""
    pieces = re.split(r"(\[.?\d+\]|<x id=\"\d+\"/>|\W)", text)
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(pieces) + 1)
        match chance.randrange(4):
            case 0:
                pieces.insert(at, chance.choice(ANSWERS))
            case 1:
                pieces[at : at + chance.randrange(3)] = []
            case 2:
                pieces.insert(at, chance.choice(pieces or [""]))
            case _:
                chance.shuffle(pieces)
    return "".join(pieces)


@settings(max_examples=1500)
@given(
    st.lists(MARKDOWN, max_size=3),
    st.sampled_from(list(Markup)),
    st.booleans(),
    st.integers(min_value=0),
)
def test_no_answer_brings_anything_in_or_loses_anything(
    msgids: list[str], markup: Markup, cheap: bool, seed: int
) -> None:
    chance = random.Random(seed)  # an engine is asked in a thread, where hypothesis draws nothing
    engine = Echo(lambda text: spoiled(text, chance), markup=markup, cheap=cheap)
    for msgid, answer in zip(msgids, ask(engine, *msgids, locale="en"), strict=True):
        assert (answer.draft is None) == (answer.refusal is not None)
        if answer.draft is None:
            continue
        same(msgid, answer.draft.text)
        assert addresses(answer.draft.text) <= addresses(msgid)
        assert 0 <= answer.quality <= 1


def addresses(text: str) -> set[str]:
    return {found[0] for found in parts.ADDRESS.finditer(words.plain(text))}


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ("", "empty"),
        ("MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY", "warning"),
        ("As an AI language model, I cannot translate this.", "warning"),
        ("<!DOCTYPE html><html><body>429</body></html>", "html"),
        ("Люди вышли на улицы города <b>вчера</b>.", "html"),
        ("Люди вышли на улицы: http://e.vil/x", "markup"),
        ("Люди вышли на улицы: a@e.vil.org", "markup"),
        ("Die Menschen gingen auf die Straße.", "copy"),
        ("Die menschen  gingen auf die Straße.", "copy"),
        ("People took to the streets of the city.", "script"),
        ("да да да да да да", "salad"),
        ("Люди вышли. " * 40, "length"),
        ("[<*`&" * 200_000, "length"),
        ("Люди вышли\x07 на улицы.\u202e", None),  # what nobody sees is taken out
        ("Люди вышли на улицы.", None),
    ],
)
def test_what_is_refused(answer: str, refusal: str | None) -> None:
    [found] = ask(Echo(lambda text: answer), "Die Menschen gingen auf die Straße.")
    assert found.refusal == refusal
    if refusal is None:
        assert found.draft is not None
        assert found.draft.text == "Люди вышли на улицы."
