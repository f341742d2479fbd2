"""Where the inline text of blocks stands in their file.

The parser tells lines only. Inside them a text is searched for; who splices into what
was found must read the result again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workflow.model import Article, Block
from workflow.reading import frontmatter

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_MARKERS: Final = re.compile(r"[^>\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of a block's content, and where it stands."""

    content: int
    """Offset in the content."""
    source: int
    """Offset in the file."""
    length: int
    prefix: str
    """What a line below must begin with to belong to the same block."""


class Lines:
    """The lines of an article's file: those of its body, and the values above them.

    `above` is the number of lines above the body.
    """

    def __init__(self, text: str, article: Article):
        """Look at the text that the article was read from."""
        header, body = frontmatter.cut(text.removeprefix("\ufeff"), article.path)
        self._body = len(text) - len(body)
        self._header = text.index(header) if header else 0
        self._values = frontmatter.spans(header)
        self.above = text.count("\n") - body.count("\n")
        self._lines = [(self._body + found.start(), found[0]) for found in _LINE.finditer(body)]
        self._used: dict[int, int] = {}  # by line the end of the last cell found in it

    def value(self, block: Block) -> tuple[int, int] | None:
        """Where the front matter has a block's text; None for one of the body."""
        if block.position is not None or block.line > self.above:
            return None
        start, end = self._values[block.role]
        return self._header + start, self._header + end

    def region(self, first: int, end: int) -> tuple[int, int]:
        """Start and end of lines, which are counted from the first of the body."""
        start, _ = self._lines[first]
        last, text = self._lines[end - 1]
        return start, last + len(text)

    def stretches(self, block: Block) -> tuple[Stretch, ...]:
        """Where a block's content stands; empty if it cannot be found."""
        found = []
        offset = 0
        number = block.line - 1 - self.above
        for index, line in enumerate(block.content.split("\n"), start=number):
            words = line.strip()
            column = self._column(index, words, cell=block.role == "cell")
            if column < 0:
                return ()
            start, text = self._lines[index]
            lead = len(line) - len(line.lstrip())
            prefix = _MARKERS.sub(" ", text[:column])
            found.append(Stretch(offset + lead, start + column, len(words), prefix))
            offset += len(line) + 1
        return tuple(found)

    def _column(self, index: int, words: str, *, cell: bool) -> int:
        if not 0 <= index < len(self._lines):
            return -1
        _, text = self._lines[index]
        if not cell:
            end = text.rstrip()
            return len(end) - len(words) if end.endswith(words) else text.rfind(words)
        # In a cell a bar is escaped, and another cell may have said the same before.
        written = words.replace("|", "\\|")
        column = text.find(written, self._used.get(index, 0))
        if column >= 0:
            self._used[index] = column + len(written)
        return column


def place(stretches: Sequence[Stretch], offset: int) -> tuple[Stretch, int]:
    """The stretch in which an offset of the content lies, and its place in the file."""
    for stretch in stretches:
        if offset <= stretch.content + stretch.length:
            break
    return stretch, stretch.source + max(0, min(offset - stretch.content, stretch.length))
