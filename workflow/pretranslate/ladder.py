"""The ladder: ways to get a translation with its constructs, from the best to the surest.

Each segment climbs by itself and says which texts it needs next; those of all segments of
a batch are asked for together.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from workflow.errors import EngineError
from workflow.pretranslate import judge, masks, projection
from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Refusal
from workflow.pretranslate.parts import Kind
from workflow.pretranslate.protect import MarkupLost, Protected, protect
from workflow.pretranslate.restore import restore, verify


class Rung(StrEnum):
    """How an answer came about."""

    WHOLE = "whole"
    """Nothing had to be protected, or the engine answers with markup."""
    MASKS = "masks"
    PROJECTED = "projected"
    """Translated without pairs, which were then found in the translation."""
    PIECES = "pieces"
    """Each text between two constructs was translated by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query."""

    draft: Draft | None
    """With constructs; None if there is none to be used."""
    rung: Rung | None = None
    reasons: tuple[str, ...] = ()
    """Why a person should look at it first, a word each."""
    quality: float = 0.0
    """From 0 to 1: the product of what each reason takes away, and the engine's own score."""
    refusal: str | None = None
    """Why there is no draft."""


Climber = Generator[Sequence[Query], Sequence[Draft | Refusal], Answer]
"""Says what to ask, is told the answers, and returns what came of it."""
Step = Generator[Sequence[Query], Sequence[Draft | Refusal], Draft]

_LOST: Final = Refusal("no answer")


def climb(engine: Engine, queries: Sequence[Query], locale: str, source: str) -> Iterator[Answer]:
    """Ask an engine, and verify what it says.

    Args:
        engine: whom to ask.
        queries: their `text` is written here, in the shape the engine wants.
        locale: to translate into.
        source: locale of the text.

    Yields:
        One answer per query, in order, as soon as its batch is known.

    Raises:
        EngineError: the engine cannot go on; the answers so far stand.
    """
    rest = iter(queries)
    while batch := tuple(islice(rest, max(1, engine.capabilities.batch))):
        yield from _together(engine, [_climber(engine, one, locale, source) for one in batch])


def _together(engine: Engine, climbers: Sequence[Climber]) -> Iterator[Answer]:
    """Let climbers go up side by side, a request to the engine for all of them at a time."""
    settled: dict[int, Answer] = {}
    waiting: dict[int, Sequence[Query]] = {}
    for number, climber in enumerate(climbers):
        _advance(number, climber, None, waiting, settled)
    told = 0
    while waiting:
        asked = list(waiting.items())
        waiting = {}
        said = engine.translate([query for _, queries in asked for query in queries])
        try:
            for number, queries in asked:
                answers = [next(said, _LOST) for _ in queries]
                _advance(number, climbers[number], answers, waiting, settled)
        except EngineError as error:
            yield from _in_order(settled, told, str(error))
            raise
        while told in settled:
            yield settled.pop(told)
            told += 1
    yield from _in_order(settled, told, "")


def _in_order(settled: dict[int, Answer], told: int, trouble: str) -> Iterator[Answer]:
    """The answers that are known; what is missing between them is refused."""
    for number in range(told, max(settled, default=-1) + 1):
        yield settled.get(number) or Answer(None, refusal=trouble)


def _advance(
    number: int,
    climber: Climber,
    answers: Sequence[Draft | Refusal] | None,
    waiting: dict[int, Sequence[Query]],
    settled: dict[int, Answer],
) -> None:
    try:
        waiting[number] = next(climber) if answers is None else climber.send(answers)
    except StopIteration as stop:
        settled[number] = stop.value


class _Refused(Exception):
    """The engine has no answer to a text."""


def _climber(engine: Engine, query: Query, locale: str, source: str) -> Climber:
    if engine.capabilities.markup is Markup.RAW:
        return (yield from _raw(query, locale, source))
    protected = protect(query.msgid)
    if not any(part.kind is Kind.TEXT and judge.has_letters(part.text) for part in protected.body):
        return Answer(None, refusal="nothing to translate")
    reason = "markup"
    for rung, step in _steps(engine, query, protected):
        try:
            draft = yield from step
        except MarkupLost:
            continue
        except _Refused as refused:
            return Answer(None, refusal=str(refused))
        return _judged(query, draft, rung, locale, source)
    return Answer(None, refusal=reason)


def _steps(engine: Engine, query: Query, protected: Protected) -> Iterator[tuple[Rung, Step]]:
    xml = engine.capabilities.markup is Markup.XML
    shapes = masks.shapes(protected, xml=xml)
    first = next(shapes)
    if not protected.numbers:
        yield Rung.WHOLE, _masked(query, protected, first)
        return
    projected = (
        Rung.PROJECTED,
        projection.project(query, protected, first, marked=engine.capabilities.cheap),
    )
    if engine.capabilities.cheap:
        yield projected
    yield Rung.MASKS, _masked(query, protected, first)
    if not engine.capabilities.cheap:
        yield Rung.MASKS, _masked(query, protected, next(shapes))
        yield projected
    yield Rung.PIECES, _pieces(query, protected, first)


def _raw(query: Query, locale: str, source: str) -> Climber:
    [said] = yield [replace(query, text=query.msgid)]
    if isinstance(said, Refusal):
        return Answer(None, refusal=said.reason)
    try:
        verify(query.msgid, said.text)
    except MarkupLost:
        return Answer(None, refusal="markup")
    return _judged(query, said, Rung.WHOLE, locale, source)


def _masked(query: Query, protected: Protected, shape: masks.Shape) -> Step:
    text, numbers = masks.mask(protected, shape)
    [said] = yield [replace(query, text=text)]
    if isinstance(said, Refusal):
        raise _Refused(said.reason)
    if said.text.strip() == text:
        return replace(said, text=protected.msgid)
    answer = masks.read(said.text, protected.plain, shape, numbers)
    return replace(said, text=restore(protected, answer))


def _pieces(query: Query, protected: Protected, shape: masks.Shape) -> Step:
    """Each text between constructs by itself, with the white space around it."""
    texts = [one for one in protected.said if isinstance(one, str) and judge.has_letters(one)]
    queries = [
        Query(
            masks.written([text.strip()], shape, {}), text.strip(), None, query.before, query.after
        )
        for text in texts
    ]
    said = yield queries
    drafts = []
    for text, answer in zip(texts, said, strict=True):
        if isinstance(answer, Refusal):
            raise MarkupLost(answer.reason)
        words = masks.clean(answer.text, text, shape.xml).strip()
        drafts.append(replace(answer, text=masks.around(text, words)))
    rest = iter(drafts)
    whole = [
        next(rest).text if isinstance(one, str) and judge.has_letters(one) else one
        for one in protected.said
    ]
    scores = [draft.score for draft in drafts if draft.score is not None]
    return replace(drafts[0], text=restore(protected, whole), score=min(scores) if scores else None)


def _judged(query: Query, draft: Draft, rung: Rung, locale: str, source: str) -> Answer:
    refusal = judge.rejected(query.msgid, draft.text, locale)
    if refusal:
        return Answer(None, refusal=refusal)
    reasons = judge.reasons(query.msgid, draft.text, locale, draft.score)
    if rung in (Rung.PIECES, Rung.PROJECTED):
        reasons = (*reasons, rung.value)
    return Answer(draft, rung, reasons, judge.quality(reasons, draft.score))
