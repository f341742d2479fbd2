"""Inline markup goes through an engine as masks, and comes back verified.

No placeholder shape survives every engine, so nothing is believed: each mask must come
back once and in an order that nests, and the restored text must hold the same constructs
as the source, as the build's own parser sees them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from workflow.reading import dialect

_CONSTRUCT: Final = re.compile(
    r"""
    (?P<ticks>`+)(?:(?!`).|\n)+?(?P=ticks)(?!`)          # code
  | <[A-Za-z/!][^<>]*>                                   # autolink, HTML
  | https?://[^\s<>()]+(?<![.,:;!?'"’”“»])               # bare address
  | !\[[^\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)           # image
  | \[\^[^\]\s]+\]                                       # footnote reference
  | (?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\([^()]*(?:\([^()]*\)[^()]*)*\)  # end of link
  | \]\[[^\]]*\]|\]\{[^{}]*\}|\[|\]
  | \\[!-/:-@\[-`{-~]                                    # escape
  | \*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~
  | \n
    """,
    re.VERBOSE,
)
_TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_VOID: Final = frozenset({"br", "hr", "img", "wbr"})
_MASK: Final = re.compile(r"[\[［]\s*(\d{1,4})\s*[\]］]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text for an engine."""

    text: str
    opening: str
    """Markup at the very start, kept back."""
    closing: str
    constructs: tuple[str, ...]
    """What the masks `[1]`, `[2]`, … stand for."""


class MarkupLost(ValueError):
    """An answer does not hold the constructs of its source."""


def mask(msgid: str) -> Masked:
    """Mask the constructs of a segment; those at its edges are kept back."""
    pieces = _tokenise(msgid)
    first, last = 0, len(pieces)
    while first < last and pieces[first][1] and pieces[first][0] in ("[", "*", "**", "***", "_"):
        first += 1
    while last > first and pieces[last - 1][1] and pieces[last - 1][0].startswith(tuple("]*_")):
        last -= 1
    opening = "".join(text for text, _ in pieces[:first])
    closing = "".join(text for text, _ in pieces[last:])
    constructs: list[str] = []
    parts = []
    for text, is_construct in pieces[first:last]:
        if is_construct:
            constructs.append(text)
            text = f"[{len(constructs)}]"
        parts.append(text)
    return Masked("".join(parts), opening, closing, tuple(constructs))


def restore(masked: Masked, answer: str) -> str:
    """Put the constructs back into an engine's answer, by slicing.

    Raises:
        MarkupLost: a mask is missing, doubled or unknown.
    """
    # What stood at the edges of the text stands there again, whatever the engine made of it.
    inner = masked.text.strip()
    before, _, after = masked.text.partition(inner) if inner else ("", "", masked.text)
    answer = before + answer.strip() + after
    parts = []
    start = 0
    found = []
    for match in _MASK.finditer(answer):
        number = int(match[1])
        if not 1 <= number <= len(masked.constructs):
            if masked.constructs:
                raise MarkupLost(f"unknown mask {match[0]}")
            continue
        found.append(number)
        parts += [answer[start : match.start()], masked.constructs[number - 1]]
        start = match.end()
    if sorted(found) != list(range(1, len(masked.constructs) + 1)):
        raise MarkupLost("a mask was lost or doubled")
    parts.append(answer[start:])
    return masked.opening + "".join(parts) + masked.closing


def verify(msgid: str, msgstr: str) -> None:
    """Check that a translation holds exactly the constructs of its source.

    Raises:
        MarkupLost: it does not.
    """
    if constructs(msgid) != constructs(msgstr) or (_nests(msgid) and not _nests(msgstr)):
        raise MarkupLost("links, emphasis, code or HTML differ from the source")


def constructs(text: str) -> Counter[tuple[str, str]]:
    """The inline constructs of a text, as the build's parser sees them."""
    return Counter(_walk(_parse(text)))


def _parse(text: str) -> list[Token]:
    return dialect.parse_inline(text.replace("\n", "\\\n"), {})


def _nests(text: str) -> bool:
    """Whether every HTML tag of a text is closed, and in order."""
    stack: list[str] = []
    for token in _parse(text):
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag is None or tag["name"].lower() in _VOID or token.content.endswith("/>"):
            continue
        if not tag["close"]:
            stack.append(tag["name"].lower())
        elif not stack or stack.pop() != tag["name"].lower():
            return False
    return not stack


def _walk(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    result = []
    for index, token in enumerate(tokens):
        if token.type in ("text", "softbreak") or token.nesting == -1:
            continue
        detail = str(token.attrGet("href") or token.attrGet("src") or "")
        if token.type in ("code_inline", "html_inline"):
            detail = token.content
        if _opens(token) and _closes(_next(tokens, index)):
            detail += " (empty)"
        result.append((token.type, detail))
    return result


def _next(tokens: Sequence[Token], index: int) -> Token:
    """The token after this one that is not blank; this one at the end."""
    rest = tokens[index + 1 :]
    return next((t for t in rest if t.type != "text" or t.content.strip()), tokens[index])


def _opens(token: Token) -> bool:
    return token.nesting == 1 or (
        token.type == "html_inline" and not token.content.startswith("</")
    )


def _closes(token: Token) -> bool:
    return token.nesting == -1 or (token.type == "html_inline" and token.content.startswith("</"))


def _tokenise(msgid: str) -> list[tuple[str, bool]]:
    """Text runs and constructs in order; emphasis marks that are text count as text."""
    if not constructs(msgid):
        return [(msgid, False)]
    pieces = []
    start = 0
    for match in _CONSTRUCT.finditer(msgid):
        if match.start() > start:
            pieces.append((msgid[start : match.start()], False))
        pieces.append((match[0], True))
        start = match.end()
    if start < len(msgid):
        pieces.append((msgid[start:], False))
    return pieces
