"""Constructs and an engine's words put together again, verified or not at all.

What an engine says is data. Its words are spelled so that the build reads them as words,
and the text that comes of it must read, to the build's own parser, as exactly those words
and the constructs of the source.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from workflow.pretranslate.protect import MarkupLost, Protected, Said
from workflow.pretranslate.spacing import spaced
from workflow.segments import parts
from workflow.segments.parts import Item, Kind, Part

_WORDLY: Final = re.compile(r"\w")
_NOTHING: Final = re.compile(r"(?!)")
_BRACKETS: Final = re.compile(r"[\[\]]")
_SPECIAL: Final = re.compile(
    r"[\\`\[\]<>{}(]|(?<![^\W\d_])\*|\*(?![^\W\d_])|(?<!\w)_|_(?!\w)|(?<=_)_"
    r"|&(?=#?\w+;)|~(?=~)|(?<=~)~|!(?=\[)|\^|!\Z"
)


def restore(protected: Protected, said: Said) -> str:
    """Put constructs and words together again.

    Raises:
        MarkupLost: a construct is missing, doubled, empty or elsewhere; or what came of it
            reads otherwise.
    """
    if list(said) == list(protected.said):
        return protected.msgid
    _check_order(protected, said)
    before, after = protected.edges
    body = [before, *spaced(protected, said), after]
    order = [*range(protected.first), *body, *range(protected.last, len(protected.parts))]
    wanted = parts.joined(
        item
        for one in order
        for item in ((("text", one),) if isinstance(one, str) else protected.parts[one].items)
    )
    for special in (_NOTHING, _BRACKETS, _SPECIAL):
        text = "".join(
            _spell(one, special, protected.spelled)
            if isinstance(one, str)
            else protected.parts[one].source
            for one in order
        )
        found = parts.within(text, protected.environment, protected.msgid)
        if parts.stream(found) == wanted and _constructs(found) == _constructs(protected.parts):
            return text
    raise MarkupLost("the text would read otherwise than it is meant")


def verify(msgid: str, msgstr: str, environment: Mapping[str, Any] | None = None) -> None:
    """Check a translation with markup: it must hold exactly the constructs of its source.

    Raises:
        MarkupLost: it does not.
    """
    if _constructs(parts.within(msgid, environment)) != _constructs(
        parts.within(msgstr, environment)
    ):
        raise MarkupLost("links, emphasis, code or HTML differ from the source")


def _constructs(read: Sequence[Part]) -> Counter[Item]:
    return Counter(
        (*item, "empty" if _is_empty(read, index) else "", str(part.partner >= 0))
        for index, part in enumerate(read)
        if part.kind is not Kind.TEXT
        for item in part.items
    )


def _is_empty(read: Sequence[Part], index: int) -> bool:
    inside = read[index + 1 : read[index].partner] if read[index].kind is Kind.OPEN else ()
    return read[index].kind is Kind.OPEN and not any(
        part.text.strip() or part.kind is Kind.ATOM for part in inside
    )


def _check_order(protected: Protected, said: Said) -> None:
    numbers = [one for one in said if isinstance(one, int)]
    if sorted(numbers) != list(protected.numbers):
        raise MarkupLost("a construct was lost or doubled")
    outer = protected.parts[protected.first].parent if protected.numbers else -1
    stack = [outer]
    filled = [True]
    loose = [at for at in numbers if _is_loose(protected.parts[at])]
    if loose != sorted(loose):
        raise MarkupLost("HTML tags changed places")
    for one in said:
        if isinstance(one, str):
            filled[-1] |= bool(_WORDLY.search(one))
            continue
        part = protected.parts[one]
        if part.kind is Kind.CLOSE:
            if stack.pop() != part.partner:
                raise MarkupLost("pairs cross")
            if not filled.pop():
                raise MarkupLost("nothing is left in a pair")
            filled[-1] = True
        elif part.parent != stack[-1]:
            raise MarkupLost("a construct left its place in another one")
        elif part.kind is Kind.OPEN:
            stack.append(one)
            filled.append(not _has_words(protected, one))
        else:
            filled[-1] = True


def _is_loose(part: Part) -> bool:
    """Whether it is an HTML tag without its other half: its place among others matters."""
    return part.kind is Kind.ATOM and part.items[0][0] == "html_inline"


def _has_words(protected: Protected, opening: int) -> bool:
    inside = protected.parts[opening + 1 : protected.parts[opening].partner]
    return any(part.kind is Kind.ATOM or _WORDLY.search(part.text) for part in inside)


def _spell(words: str, special: re.Pattern[str], spelled: Mapping[str, str]) -> str:
    """Words as Markdown, with a backslash before each sign that could begin a construct."""
    start = 0
    result = []
    for found in special.finditer(words):
        result += [*_signs(words[start : found.start()], spelled), "\\", found[0]]
        start = found.end()
    return "".join([*result, *_signs(words[start:], spelled)])


def _signs(words: str, spelled: Mapping[str, str]) -> Iterator[str]:
    return (spelled.get(sign, sign) for sign in words)
