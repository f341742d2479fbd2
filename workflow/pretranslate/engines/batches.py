"""Many texts in one request, for engines that answer with a list.

A list says nothing about which answer belongs to which text but by its order, so a list that
looks out of order is not believed, and its texts are asked for one by one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from workflow.pretranslate.echoes import LONG
from workflow.pretranslate.engines.answer import tidy
from workflow.pretranslate.engines.protocol import Draft, Query, Refusal
from workflow.pretranslate.engines.transport import Declined

_DIGITS: Final = re.compile(r"\d+")


def drafts(
    queries: Sequence[Query],
    send: Callable[[Sequence[Query]], Sequence[str]],
    *,
    most: int,
    longest: int,
    engine: str,
    today: str,
) -> Iterator[Draft | Refusal]:
    """Answer each query, in order, in the engine's name.

    Args:
        queries: what to ask for.
        send: makes one request; as many answers as queries.
        most: texts in a request.
        longest: bytes of text in a request.
        engine: who is asked.
        today: ISO date for the marks.

    Raises:
        EngineError: from `send`.
    """
    for said in _translations(queries, send, most, longest):
        if isinstance(said, Refusal):
            yield said
        else:
            yield Draft(tidy(said), engine, today)


def _translations(
    queries: Sequence[Query],
    send: Callable[[Sequence[Query]], Sequence[str]],
    most: int,
    longest: int,
) -> Iterator[str | Refusal]:
    for batch in _batches(queries, most, longest):
        if sum(map(_size, batch)) > longest:
            yield Refusal("too long")
            continue
        try:
            answers = send(batch)
        except Declined as trouble:
            if len(batch) == 1:
                yield Refusal(trouble.reason)
                continue
            answers = ()
        if answers and _in_order(batch, answers):
            yield from (answer if answer.strip() else Refusal("empty") for answer in answers)
        else:
            yield from _translations(batch, send, 1, longest)


def texts(value: object, number: int) -> list[str]:
    """A list of answers: so many texts.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, list) or len(value) != number:
        raise ValueError("fewer or more answers than texts")
    if not all(isinstance(text, str) for text in value):
        raise ValueError("not a text")
    return value


def _size(query: Query) -> int:
    return len(query.text.encode("utf-8"))


def _batches(queries: Sequence[Query], most: int, longest: int) -> Iterator[list[Query]]:
    batch: list[Query] = []
    room = longest
    for query in queries:
        if batch and (len(batch) == most or _size(query) > room):
            yield batch
            batch, room = [], longest
        batch.append(query)
        room -= _size(query)
    if batch:
        yield batch


def _in_order(queries: Sequence[Query], answers: Sequence[str]) -> bool:
    """Whether nothing speaks against the order of the answers.

    An answer with the masks and numbers of another text betrays itself, and so does one that is
    given twice. Two plain sentences that changed places do not; the order of a list is all that
    these services promise.
    """
    if len(queries) < 2:
        return True
    asked = [_digits(query.text) for query in queries]
    said = [_digits(answer) for answer in answers]
    if any(s and s != a and s in asked for s, a in zip(said, asked, strict=True)):
        return False
    long = {q.text: a for q, a in zip(queries, answers, strict=True) if len(q.text) >= LONG}
    return len(set(long.values())) == len(long)


def _digits(text: str) -> list[str]:
    return sorted(_DIGITS.findall(text))
