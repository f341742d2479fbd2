"""Where the constructs of inline Markdown stand in their text.

The parser says what it found, not where. Here its own rules are watched at work, so that
nobody needs a second grammar that would come to other results.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from workflow.reading import dialect

_DELIMITERS: Final = frozenset({"emphasis", "strikethrough"})


@dataclass(slots=True)
class Placed:
    """A token, and the stretch of the text that stands for it."""

    token: Token
    start: int
    end: int


def trace(text: str, environment: Mapping[str, Any]) -> list[Placed]:
    """Parse inline Markdown, and say where each construct stands.

    Args:
        text: inline Markdown.
        environment: the definitions that resolve.

    Returns:
        What `dialect.parse_inline` gives but for plain text, in order: the text is what
        stands between. Escapes and entities (`text_special`) are among them.
    """
    parser = _parser()
    state = _State(text, parser, dialect.own_copy(environment), [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    return [
        _whole(state.places[id(token)])
        for token in state.tokens
        if token.type != "text" and id(token) in state.places
    ]


class _State(StateInline):
    """A parser's state that remembers where tokens were pushed."""

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        self.places: dict[int, Placed] = {}
        self.pushed: list[list[Placed]] = []

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        place = Placed(token, self.pos, self.pos)
        self.places[id(token)] = place
        if self.pushed:
            self.pushed[-1].append(place)
        return token


@cache
def _parser() -> MarkdownIt:
    parser = dialect.make()
    for rule in parser.inline.ruler.__rules__:
        rule.fn = partial(_watch, rule.name, rule.fn)
    return parser


def _watch(
    name: str, rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool
) -> bool:
    if silent or not isinstance(state, _State):
        return rule(state, silent)
    start = state.pos
    state.pushed.append([])
    done = rule(state, silent)
    pushed = state.pushed.pop()
    if not done:
        return False
    _place(name, pushed, start, state.pos)
    return True


def _place(name: str, pushed: Sequence[Placed], start: int, end: int) -> None:
    """Say where the tokens stand that one rule has pushed for the text between two offsets."""
    if name in _DELIMITERS:
        for place in pushed:
            place.start, place.end = start, start + len(place.token.content)
            start = place.end
        return
    for place in pushed:
        if place.token.nesting == 1:
            place.start = start
        elif place.token.nesting == -1:
            place.end = end
        else:
            place.start, place.end = start, end
    if name == "autolink":
        # It is one thing: an address that is its own text.
        pushed[0].end, pushed[-1].start = start + 1, end - 1


def _whole(place: Placed) -> Placed:
    """Strong emphasis took one star of two tokens; the other one stands outside of it."""
    if place.token.type == "strong_open":
        return Placed(place.token, place.start - 1, place.end)
    if place.token.type == "strong_close":
        return Placed(place.token, place.start, place.end + 1)
    return place
