"""What an engine sees in place of constructs, and how its answer is read."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase
from typing import Final

from workflow.pretranslate.protect import MarkupLost, Protected, Said

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CORE: Final = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_SPACES: Final = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """How masks look, and the text around them."""

    letter: str = ""
    """What stands before the number: `[1]`, or `[Z1]` where the source has a `[1]`."""
    tags: bool = False
    """Whether masks are `<x id="1"/>`."""
    escapes: bool = False
    """Whether text is escaped as in XML."""

    def write(self, number: int) -> str:
        """A mask."""
        return f'<x id="{number}"/>' if self.tags else f"[{self.letter}{number}]"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What counts as a mask in an answer: engines put spaces in, and other signs."""
        return _TAGGED if self.tags else _bracketed(self.letter)


_TAGGED: Final = re.compile(
    r"<\s*x\s+id\s*=\s*[\"'“”„«»]?\s*(\d{1,4})\W{0,2}?/?\s*>(?:\s*</x\s*>)?", re.IGNORECASE
)


@cache
def _bracketed(letter: str) -> re.Pattern[str]:
    return re.compile(rf"[\[［【]\s*{letter}\s*(\d{{1,4}})\s*[\]］】]", re.IGNORECASE)


def shapes(protected: Protected, *, xml: bool) -> Iterator[Shape]:
    """The shapes to try, best first; none that the text has itself."""
    if xml:
        yield Shape(tags=True, escapes=True)
    for letter in ("", *reversed(ascii_uppercase)):
        if not _bracketed(letter).search(protected.plain):
            yield Shape(letter, escapes=xml)


def written(said: Said, shape: Shape, numbers: dict[int, int]) -> str:
    """A text with masks.

    Args:
        said: words and the numbers of parts.
        shape: of the masks.
        numbers: what each part is called in its mask.
    """
    return "".join(
        (html.escape(one, quote=False) if shape.escapes else one)
        if isinstance(one, str)
        else shape.write(numbers[one])
        for one in said
    )


def mask(protected: Protected, shape: Shape) -> tuple[str, dict[int, int]]:
    """The body with masks, and what each part is called."""
    numbers = {at: number for number, at in enumerate(protected.numbers, start=1)}
    said: list[str | int] = []
    for one in protected.said:
        # Two words with nothing but a mask between them would be taken for one.
        breaks = isinstance(one, int) and protected.parts[one].source == "\n"
        said += [" ", one, " "] if breaks else [one]
    return _one_spaced(written(said, shape, numbers)).strip(), numbers


def read(answer: str, source: str, shape: Shape, numbers: dict[int, int]) -> list[str | int]:
    """Words and parts of an answer.

    Args:
        answer: as the engine gave it.
        source: the words that the engine was asked for: what they have is let through.
        shape: of the masks.
        numbers: what each part is called in its mask.

    Raises:
        MarkupLost: a mask that nobody wrote.
    """
    known = {number: at for at, number in numbers.items()}
    said: list[str | int] = []
    start = 0
    for found in shape.pattern.finditer(answer) if numbers else ():
        number = int(found[1])
        if number not in known:
            raise MarkupLost(f"unknown mask {found[0]}")
        said += [clean(answer[start : found.start()], source, shape.escapes), known[number]]
        start = found.end()
    said.append(clean(answer[start:], source, shape.escapes))
    return [one for one in said if one != ""]


def clean(text: str, source: str, escaped: bool = False) -> str:
    """Words as they are meant: NFC, without what nobody sees, entities as letters.

    Args:
        text: from an engine.
        source: what it was made from; what that has itself stays.
        escaped: whether the engine's shape escapes.
    """
    text = html.unescape(text) if escaped else text
    for _ in range(2):
        if not _ENTITY.search(text) or _ENTITY.search(source):
            break
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", "".join(_kept(text, source)))
    return text if "  " in source else _one_spaced(text)


def _kept(text: str, source: str) -> Iterator[str]:
    for sign in text:
        if sign in "\n\r\t\v\f\x85\u2028\u2029":
            yield " "
        elif unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in source:
            yield sign


def _one_spaced(text: str) -> str:
    return _SPACES.sub(" ", text)


def core(text: str) -> tuple[str, str, str]:
    """The words of a text, between the signs and the white space at its ends."""
    words = _CORE.search(text)
    if words is None:
        return text, "", ""
    return text[: words.start()], words[0], text[words.end() :]
