"""What people have accepted before, for the same text.

Near matches are not for pre-translation: `auflage update` offers them where a text is new.
"""

from collections.abc import Iterator, Sequence

from workflow.catalogs import memory
from workflow.pretranslate.engines.protocol import (
    Capabilities,
    Draft,
    Markup,
    Query,
    Refusal,
    Setting,
)


class Remembered:
    """The translation memory as an engine."""

    name = "memory"
    capabilities = Capabilities(Markup.RAW, keep=False)

    def __init__(self, setting: Setting):
        """Take the memory of this pair of languages; without one, every query is refused."""
        setting.only(self.name)
        self._memory = setting.memory or memory.Memory(())
        self._today = setting.today

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Look each query up."""
        for query in queries:
            found = self._memory.matches(query.msgid, query.msgctxt, limit=1)
            if not found or found[0].score < memory.NEARLY:
                yield Refusal("unknown")
                continue
            match = found[0]
            note = f"tm: {match.score} % {memory.shown(match.unit.origin)}"
            previous = match.unit.msgid
            yield Draft(match.text, self.name, self._today, previous=previous, note=note)


def make(setting: Setting) -> Remembered:
    """The factory."""
    return Remembered(setting)
