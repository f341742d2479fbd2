"""The ladder: ways to get a translation with its constructs, from the best to the surest.

Each segment climbs by itself and says which texts it needs next; those of all segments of
a batch are asked for together.
"""

from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice, zip_longest
from typing import Any, Final

from workflow.pretranslate import asking, judge, masks, projection
from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Refusal
from workflow.pretranslate.protect import MarkupLost, Protected, protect
from workflow.pretranslate.restore import restore, verify

_ROOM: Final = 100  # characters that even a word may grow by
_PARTIES: Final = 2  # under way at once: one is asked about, one is judged


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
_Waiting = tuple[int, Climber, Sequence[Query]]
"""A climber by number, and what it has asked."""


def climb(
    engine: Engine,
    queries: Sequence[Query],
    locale: str,
    *,
    environment: Mapping[str, Any] | None = None,
    today: str | None = None,
) -> Iterator[Answer]:
    """Ask an engine, and verify what it says.

    Args:
        engine: whom to ask.
        queries: their `text` is written here, in the shape the engine wants.
        locale: to translate into.
        environment: the article's definitions of references and footnotes; without, all
            that looks like one in a segment counts as one.
        today: ISO date for the marks of copies: of segments that are nothing but addresses,
            code or signs. Without, those are refused.

    Yields:
        One answer per query, in order, as soon as its batch is known.

    Raises:
        EngineError: the engine cannot go on; the answers so far stand.
    """
    climbers = (_climber(engine, query, environment, locale, today) for query in queries)
    with asking.line(engine) as line:
        yield from _Climb(enumerate(climbers), max(1, engine.capabilities.batch), line).answers()


@dataclass(slots=True)
class _Climb:
    """Climbers in parties, one per request.

    While the engine thinks about what one party asks, the answers of another are judged.
    """

    climbers: Iterator[tuple[int, Climber]]
    size: int
    line: asking.Line
    _asked: deque[Sequence[_Waiting]] = field(default_factory=deque)
    _settled: dict[int, Answer] = field(default_factory=dict)
    _begun: int = 0
    _told: int = 0

    def answers(self) -> Iterator[Answer]:
        """One answer per climber, in order.

        Raises:
            EngineError: the engine cannot go on; the answers so far were given.
        """
        self._begin()
        while self._asked or self._settled:
            if self._asked:
                said = self.line.hear()
                self._hear(self._asked.popleft(), said)
                if said.trouble:
                    yield from self._missing(str(said.trouble))
                    raise said.trouble
            yield from self._ready()
            self._begin()

    def _begin(self) -> None:
        """Let the next parties ask; what is begun and not told is lost if the run dies."""
        while self._begun - self._told <= self.size * (_PARTIES - 1):
            party = list(islice(self.climbers, self.size))
            if not party:
                return
            self._begun += len(party)
            self._ask([self._advance(number, climber, None) for number, climber in party])

    def _hear(self, asked: Sequence[_Waiting], said: asking.Said) -> None:
        """Tell each climber of a party its answers, and let those that go on ask again."""
        rest = iter(said.answers)
        again = []
        for number, climber, queries in asked:
            heard = list(islice(rest, len(queries)))
            if said.trouble and len(heard) < len(queries):
                break
            answers = [_sound(*pair) for pair in zip_longest(heard, queries)]
            again.append(self._advance(number, climber, answers))
        if not said.trouble:
            self._ask(again)

    def _ask(self, party: Sequence[_Waiting | None]) -> None:
        waiting = [one for one in party if one]
        if waiting:
            self.line.ask([query for _, _, queries in waiting for query in queries])
            self._asked.append(waiting)

    def _advance(
        self, number: int, climber: Climber, answers: Sequence[Draft | Refusal] | None
    ) -> _Waiting | None:
        try:
            queries = next(climber) if answers is None else climber.send(answers)
        except StopIteration as stop:
            self._settled[number] = stop.value
            return None
        return number, climber, queries

    def _ready(self) -> Iterator[Answer]:
        """The answers whose turn it is."""
        while self._told in self._settled:
            self._told += 1
            yield self._settled.pop(self._told - 1)

    def _missing(self, trouble: str) -> Iterator[Answer]:
        """The answers that are known; what is missing between them is refused."""
        for number in range(self._told, max(self._settled, default=-1) + 1):
            yield self._settled.get(number) or Answer(None, refusal=trouble)


def _sound(answer: object, query: Query) -> Draft | Refusal:
    """An answer as the protocol has it, whatever an engine may give.

    What is far too long is refused here, before anybody aligns it: that takes time by more than
    the square of its length.
    """
    if isinstance(answer, Refusal):
        return answer
    if not isinstance(answer, Draft) or not isinstance(answer.text, str):
        return Refusal("no answer")
    if len(answer.text) > _ROOM + judge.LONGEST * len(query.text):
        return Refusal("length")
    return answer


class _Refused(Exception):
    """The engine has no answer to a text."""


def _climber(
    engine: Engine,
    query: Query,
    environment: Mapping[str, Any] | None,
    locale: str,
    today: str | None,
) -> Climber:
    if engine.capabilities.markup is Markup.RAW:
        steps = iter([(Rung.WHOLE, _raw(query, environment))])
    else:
        protected = protect(query.msgid, environment)
        if not judge.has_letters(protected.plain):
            return _copied(protected, today)
        steps = _steps(engine, query, protected)
    refusal = ""
    for rung, step in steps:
        try:
            draft = yield from step
        except MarkupLost:
            continue
        except _Refused as refused:
            return Answer(None, refusal=refusal or str(refused))
        answer = _judged(query, draft, rung, locale)
        if answer.draft or not engine.capabilities.cheap:
            return answer
        # Another way up costs little, and may lead to something better.
        refusal = refusal or answer.refusal or ""
    return Answer(None, refusal=refusal or "markup")


def _copied(protected: Protected, today: str | None) -> Answer:
    """What holds no words is the same in any language, but for a number's separators."""
    if today is None or judge.is_spelled_by_language(protected.plain):
        return Answer(None, refusal="nothing to translate")
    draft = Draft(protected.msgid, "copy", today)
    return Answer(draft, Rung.WHOLE, (), 1.0)


def _steps(engine: Engine, query: Query, protected: Protected) -> Iterator[tuple[Rung, Step]]:
    shapes = masks.shapes(protected, xml=engine.capabilities.markup is Markup.XML)
    first = next(shapes)
    if not protected.numbers:
        yield Rung.WHOLE, _masked(query, protected, first)
        return
    cheap = engine.capabilities.cheap
    projected = Rung.PROJECTED, projection.project(query, protected, first, marked=cheap)
    if cheap:
        yield projected
    yield Rung.MASKS, _masked(query, protected, first)
    yield Rung.MASKS, _masked(query, protected, next(shapes))
    if not cheap:
        yield projected
    yield Rung.PIECES, _pieces(query, protected, first)


def _raw(query: Query, environment: Mapping[str, Any] | None) -> Step:
    [said] = yield [replace(query, text=query.msgid)]
    if isinstance(said, Refusal):
        raise _Refused(said.reason)
    verify(query.msgid, said.text, environment)
    return said


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
    """Each text between constructs by itself; the signs at its ends stay as they are."""
    texts = [
        masks.core(one) for one in protected.said if isinstance(one, str) and judge.has_letters(one)
    ]
    said = yield [
        replace(query, text=masks.written([words], shape, {}), msgid=words) for _, words, _ in texts
    ]
    drafts = []
    for (before, words, after), answer in zip(texts, said, strict=True):
        if isinstance(answer, Refusal):
            raise MarkupLost(answer.reason)
        _, inner, _ = masks.core(masks.clean(answer.text, words, shape.escapes))
        if not judge.has_letters(inner):
            raise MarkupLost("empty")
        drafts.append(replace(answer, text=before + inner + after))
    rest = iter(drafts)
    whole = [
        next(rest).text if isinstance(one, str) and judge.has_letters(one) else one
        for one in protected.said
    ]
    scores = [draft.score for draft in drafts if draft.score is not None]
    return replace(drafts[0], text=restore(protected, whole), score=min(scores) if scores else None)


def _judged(query: Query, draft: Draft, rung: Rung, locale: str) -> Answer:
    refusal = judge.rejected(query.msgid, draft.text, locale)
    if refusal:
        return Answer(None, refusal=refusal)
    reasons = judge.reasons(query.msgid, draft.text, locale, draft.score)
    if rung in (Rung.PIECES, Rung.PROJECTED):
        reasons = (*reasons, rung.value)
    return Answer(draft, rung, reasons, judge.quality(reasons, draft.score))
