"""The Markdown that Auflage reads: CommonMark with tables, footnotes and a few extensions.

Differences from CommonMark, all deliberate:

- A single `*` between two letters is text, so that `Demonstrant*innen und Arbeiter*innen`
  does not become emphasis.
- `## Heading {#id}` gives a heading the id that links to it name.
- `[text]{.label}` marks a label, a short text that is translated by itself.
- Unsafe link targets and unsafe HTML are shown as text; HTML comments are dropped.

Parsing stops between block and inline: `parse_blocks` gives tokens whose inline content
is still text, `finish` puts in what an edition has to say and completes them.
"""

import copy
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize as tokenize_emphasis
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from workflow.reading.safety import safe_html, safe_target

Environment = dict[str, Any]
Fill = Callable[[int, Environment], list[Token]]
"""Gives the inline tokens of the block token with this index."""

_FILL: Final = "auflage:fill"
# A text without any of these is one text token.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&~{}^\n]")
_ID: Final = re.compile(r"\s+\{#(?P<id>[^\W\d][\w.:-]*)\}\s*\Z")
_COMMENTS: Final = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)+\s*\Z", re.S)


def parse_blocks(text: str) -> tuple[tuple[Token, ...], Environment]:
    """Parse the block structure alone.

    Returns:
        The block tokens, those of type `inline` still without children, and what the
        parser found out on the way (definitions of link references and footnotes).
    """
    environment: Environment = {}
    tokens = _block_parser().parse(text, environment)
    _take_ids(tokens)
    return tuple(tokens), environment


def _take_ids(tokens: Sequence[Token]) -> None:
    """Take the author's id off the text of a heading: `## Preise {#preise}`."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[index + 1]
            found = _ID.search(text.content)
            if found:
                token.attrSet("id", found["id"])
                text.content = text.content[: found.start()]


def parse_inline(text: str, environment: Mapping[str, Any]) -> list[Token]:
    """Parse inline Markdown; definitions found in `environment` resolve."""
    return number_inline(text, own_copy(environment))


def number_inline(
    text: str, environment: Environment, notes: Collection[str] | None = None
) -> list[Token]:
    """Parse inline Markdown as a part of a whole: `environment` counts the footnotes met.

    Args:
        text: the Markdown.
        environment: definitions, and the footnotes met so far.
        notes: the labels of the footnotes it may refer to; all that are defined by default.
    """
    if is_plain(text):
        return [text_token(text)]
    known = environment.get("footnotes", {}).get("refs", {})
    foreign = [] if notes is None else [key for key in known if key[1:] not in notes]
    hidden = {key: known.pop(key) for key in foreign}
    tokens: list[Token] = []
    parser = _finisher()
    parser.inline.parse(text, parser, environment, tokens)
    known.update(hidden)
    return tokens


def is_plain(text: str) -> bool:
    """Whether inline Markdown is nothing but text: most sentences need no parser."""
    return not _MARKUP.search(text)


def notes(tokens: Sequence[Token]) -> frozenset[str]:
    """The labels of the footnotes that inline tokens refer to."""
    return frozenset(token.meta["label"] for token in tokens if token.type == "footnote_ref")


def finish(tokens: Sequence[Token], environment: Mapping[str, Any], fill: Fill) -> list[Token]:
    """Complete block tokens: `fill` gives the children of each inline token.

    Neither `tokens` nor `environment` is changed.
    """
    own = own_copy(environment)
    own[_FILL] = fill
    parser = _finisher()
    state = StateCore("", parser, own, [_copy(token) for token in tokens])
    parser.core.process(state)
    return state.tokens


def render(tokens: Sequence[Token], environment: Mapping[str, Any]) -> str:
    """Render finished tokens as an HTML fragment."""
    parser = _finisher()
    return str(parser.renderer.render(tokens, parser.options, dict(environment)))


def render_inline(text: str, environment: Mapping[str, Any]) -> str:
    """Parse and render inline Markdown."""
    return render_parts([(text, "")], environment)


def render_parts(parts: Iterable[tuple[str, str]], environment: Mapping[str, Any]) -> str:
    """Parse pieces of inline Markdown and the white space behind each, render them as one."""
    own = own_copy(environment)
    tokens = [
        token for text, gap in parts for token in (*number_inline(text, own), *gap_tokens(gap))
    ]
    parser = _finisher()
    return _renderer(parser).renderInline(tokens, parser.options, own)


def gap_tokens(gap: str) -> list[Token]:
    """Tokens for the white space between two segments: spaces, soft and hard breaks."""
    *lines, last = gap.split("\n")
    if not lines:
        return [text_token(last)] if last else []
    tokens: list[Token] = []
    for line in lines:
        if line.endswith("\\"):  # the spaces before it stay, those of the next line do not
            spaces = "" if tokens else line[:-1]
            tokens += [text_token(spaces)] if spaces else []
        hard = line.endswith(("\\", "  "))
        tokens.append(Token("hardbreak", "br", 0) if hard else Token("softbreak", "br", 0))
    return tokens


def text_token(content: str) -> Token:
    """A token of plain text."""
    token = Token("text", "", 0)
    token.content = content
    return token


def plain(text: str, environment: Mapping[str, Any] | None = None) -> str:
    """The text of inline Markdown as a reader sees it, without markup."""
    return plain_tokens(parse_inline(text, environment or {}))


def plain_tokens(tokens: Sequence[Token]) -> str:
    """The text of inline tokens as a reader sees it, without markup."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(plain_tokens(token.children or ()))
    return "".join(parts)


def _renderer(parser: MarkdownIt) -> RendererHTML:
    assert isinstance(parser.renderer, RendererHTML)  # noqa: S101  (what MarkdownIt makes by default)
    return parser.renderer


def own_copy(environment: Mapping[str, Any]) -> Environment:
    """A copy to count footnotes in; the definitions of link references are shared."""
    own = dict(environment)
    if "footnotes" in own:
        own["footnotes"] = copy.deepcopy(own["footnotes"])
    return own


def _copy(token: Token) -> Token:
    twin = token.copy()
    twin.attrs = dict(token.attrs)
    return twin


@cache
def _block_parser() -> MarkdownIt:
    parser = make()
    rules = parser.core.ruler.get_active_rules()
    parser.core.ruler.enableOnly([rule for rule in rules if rule in ("normalize", "block")])
    return parser


@cache
def _finisher() -> MarkdownIt:
    parser = make()
    parser.core.ruler.disable(["normalize", "block"])
    parser.core.ruler.at("inline", _fill_inline)
    return parser


def make() -> MarkdownIt:
    """Make a parser of this dialect, for one who adds to it; others share those below."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(deflist_plugin)
    parser.use(attrs_plugin, after=(), spans=True, allowed=("class", "id", "lang"))
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.validateLink = safe_target  # type: ignore[method-assign, assignment]
    # Escaped signs and entities; a core rule makes text of them, but only in `finish`.
    parser.add_render_rule("text_special", RendererHTML.text)
    parser.add_render_rule("html_inline", _render_html)
    parser.add_render_rule("html_block", _render_html)
    parser.add_render_rule("footnote_caption", _render_call)
    return parser


def _fill_inline(state: StateCore) -> None:
    fill: Fill = state.env[_FILL]
    environment = cast(Environment, state.env)
    for index, token in enumerate(state.tokens):
        if token.type == "inline":
            token.children = fill(index, environment)


def _emphasis(state: StateInline, silent: bool) -> bool:
    here = state.pos
    lone_star = (
        state.src[here] == "*"
        and 0 < here < state.posMax - 1
        and state.src[here - 1].isalpha()
        and state.src[here + 1].isalpha()
    )
    if not lone_star:
        return tokenize_emphasis(state, silent)
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _render_call(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """A note called twice has the same number twice, as on paper; the plugin writes 1:1."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _render_html(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    content = tokens[index].content
    if _COMMENTS.match(content):
        return ""
    if safe_html(content):
        return content
    text = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if tokens[index].type == "html_inline" else f"<p>{text.strip()}</p>\n"
