"""From a query to a verified answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.pretranslate import judge, protect
from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Refusal


class Rung(StrEnum):
    """How an answer was reached."""

    WHOLE = "whole"
    MASKS = "masks"
    PROJECTED = "projected"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said to one query, verified."""

    draft: Draft | None
    rung: Rung | None = None
    reasons: tuple[str, ...] = ()
    quality: float = 1.0
    refusal: str | None = None


def climb(engine: Engine, queries: Sequence[Query], locale: str, source: str) -> Iterator[Answer]:
    """Ask an engine, and verify each answer."""
    raw = engine.capabilities.markup is Markup.RAW
    masks = [protect.mask(query.msgid) for query in queries]
    asked = [
        query if raw else replace(query, text=masked.text)
        for query, masked in zip(queries, masks, strict=True)
    ]
    for query, masked, answer in zip(queries, masks, engine.translate(asked), strict=False):
        if isinstance(answer, Refusal):
            yield Answer(None, refusal=answer.reason)
            continue
        try:
            text = answer.text if raw else protect.restore(masked, answer.text)
            protect.verify(query.msgid, text)
        except protect.MarkupLost:
            yield Answer(None, refusal="markup")
            continue
        reason = judge.rejected(query.msgid, text, locale)
        if reason:
            yield Answer(None, refusal=reason)
        else:
            found = judge.reasons(query.msgid, text)
            yield Answer(replace(answer, text=text), Rung.WHOLE, found)
