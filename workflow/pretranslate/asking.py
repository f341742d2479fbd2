"""One request after the other, in a thread of its own: while an engine thinks, we judge."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue

from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Refusal


@dataclass(frozen=True, slots=True)
class Said:
    """What an engine said to a request."""

    answers: Sequence[Draft | Refusal]
    trouble: BaseException | None = None
    """Why it said no more than this."""


@dataclass(slots=True)
class Line:
    """Asks at once, when `hear` is called: what answers without waiting needs no thread."""

    engine: Engine
    _asked: deque[Sequence[Query]] = field(default_factory=deque)

    def ask(self, queries: Sequence[Query]) -> None:
        """Put a request behind those that are under way."""
        self._asked.append(queries)

    def hear(self) -> Said:
        """Wait for what is said to the oldest request of which nothing was heard yet."""
        return _said(self.engine, self._asked.popleft())

    def end(self) -> None:
        """Ask nothing any more."""


class LineOfItsOwn(Line):
    """Asks in a thread. After trouble nothing more is asked."""

    def __init__(self, engine: Engine):
        """Begin."""
        super().__init__(engine)
        self._requests: SimpleQueue[Sequence[Query] | None] = SimpleQueue()
        self._replies: SimpleQueue[Said] = SimpleQueue()
        # A daemon: who presses Ctrl-C does not wait for an answer that nobody will read.
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, queries: Sequence[Query]) -> None:
        """Put a request behind those that are under way."""
        self._requests.put(queries)

    def hear(self) -> Said:
        """Wait for what is said to the oldest request of which nothing was heard yet."""
        return self._replies.get()

    def end(self) -> None:
        """Ask nothing any more; what is under way is not waited for."""
        self._requests.put(None)

    def _work(self) -> None:
        while (queries := self._requests.get()) is not None:
            said = _said(self.engine, queries)
            self._replies.put(said)
            if said.trouble:
                return


@contextmanager
def line(engine: Engine) -> Iterator[Line]:
    """A line to an engine: in a thread, unless it answers from memory."""
    opened = Line(engine) if engine.capabilities.markup is Markup.RAW else LineOfItsOwn(engine)
    try:
        yield opened
    finally:
        opened.end()


def _said(engine: Engine, queries: Sequence[Query]) -> Said:
    answers: list[Draft | Refusal] = []
    try:
        _extend(answers, engine.translate(queries))
    except BaseException as trouble:  # raised again where the answers are heard
        return Said(answers, trouble)
    return Said(answers)


def _extend(answers: list[Draft | Refusal], given: Iterable[Draft | Refusal]) -> None:
    """Take answers one by one: those before a trouble are kept."""
    for answer in given:
        answers.append(answer)
