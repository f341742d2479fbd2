"""The typography of an edition: quotation marks, dashes and spaces as its language wants them.

Only texts that readers see are set, in the finished tokens: never catalogs, code, addresses
or the targets of links. Nothing but spaces, quotation marks, hyphens, dashes and three dots
is changed, and what is set stays as it is.

Most blocks are one text, and hold little that could be changed: they are told by a glance.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from markdown_it.token import Token

from workflow.editions import styles
from workflow.editions.patterns import NARROW, NBSP, SIGNS, Rule, Style
from workflow.editions.quotes import set_quotes
from workflow.house import HouseStyle
from workflow.reading import dialect

_OPAQUE: Final = "\ufffc"  # stands for what is not set
_BREAK: Final = "\u2028"
_MARKS: Final = "„“”«»‟‘’‚‛‹›–—―…\u2060"
_ADDRESS: Final = re.compile(
    rf"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)[^\s{_MARKS}]*[^\s.,;:!?)\"'{_MARKS}]"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w|\ufffc"
)
_DOT: Final = re.compile(r"\.(?=[^\W\d_]\.|[^\W\d_]{2}|\.)")
_ROUNDS: Final = 4
_CODE: Final = re.compile(r"<(?P<end>/?)(?:code|kbd|samp|pre|tt|var)\b", re.I)
_TEXTS: Final = ("text", "text_special")


def set_text(text: str, locale: str, house: HouseStyle) -> str:
    """Set a text that stands by itself.

    Args:
        text: without markup.
        locale: its language, a BCP 47 tag; one without a style leaves it as it is.
        house: what the publisher decides.
    """
    style = styles.style(locale, house)
    return _set(text, style, []) if style else text


def set_tokens(tokens: list[Token], locale: str, house: HouseStyle) -> None:
    """Set the inline tokens of one block, in place.

    A quotation may begin before an emphasis and end in it; a part in another language is
    set by itself, as that language wants it.
    """
    style = styles.style(locale, house)
    single = len(tokens) == 1 and tokens[0].type == "text"  # most blocks
    own = tokens if single else _without_foreign(tokens, house)
    if style is None:
        return
    if single:
        tokens[0].content = _set(tokens[0].content, style, [])
    else:
        _set_block(own, style)
        _set_attributes(own, style)
        tokens[:] = [_as_text(token) for token in tokens]
    if style.suffix:
        _hold(tokens, own, style.suffix)


def _without_foreign(tokens: list[Token], house: HouseStyle) -> list[Token]:
    """Set the parts that are marked as another language; the other tokens, in order."""
    own: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        own.append(token)
        language = token.nesting == 1 and token.attrGet("lang")
        if language:
            last = _end(tokens, index)
            part = tokens[index + 1 : last]
            set_tokens(part, str(language), house)
            tokens[index + 1 : last] = part
            index += len(part)
        index += 1
    return own


def _end(tokens: Sequence[Token], start: int) -> int:
    depths = accumulate(token.nesting for token in tokens[start:])
    return next((start + at for at, depth in enumerate(depths) if depth == 0), len(tokens) - 1)


def _set_block(tokens: Sequence[Token], style: Style) -> None:
    """Set the texts of several tokens as one, and give each its part of it."""
    texts = [_seen(token) for token in tokens]
    for index in _code(tokens):
        texts[index] = _OPAQUE * len(texts[index])
    before = "".join(texts)
    cuts = list(accumulate(map(len, texts), initial=0))
    after = _set(before, style, cuts)
    if _OPAQUE in after:  # code in HTML, which only the rules must not see
        own = "".join(map(_seen, tokens))
        hidden = iter([own[at] for at, sign in enumerate(before) if sign == _OPAQUE])
        after = "".join(next(hidden) if sign == _OPAQUE else sign for sign in after)
    for token, (start, end) in zip(tokens, pairwise(cuts), strict=True):
        if token.type in (*_TEXTS, "softbreak"):
            token.content = after[start:end]


def _seen(token: Token) -> str:
    """What the rules see of a token."""
    if token.type in _TEXTS:
        return token.content
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak" or token.content.lower().startswith("<br"):
        return _BREAK
    if token.type in ("code_inline", "image", "foreign_open", "span_open"):
        return _OPAQUE
    return ""


def _code(tokens: Sequence[Token]) -> Iterator[int]:
    """The tokens within code that is written in HTML, and in bare addresses."""
    depth = 0
    for index, token in enumerate(tokens):
        tag = _CODE.match(token.content) if token.type == "html_inline" else None
        depth = max(0, depth + (-1 if tag["end"] else 1)) if tag else depth
        before = tokens[index - 1] if index else token
        if depth or (before.type == "link_open" and before.markup == "autolink"):
            yield index


def _set_attributes(tokens: Sequence[Token], style: Style) -> None:
    """Set what images and links say beside their text, unless it is in another language."""
    for token in tokens:
        title = token.attrGet("title") if token.type in ("link_open", "image") else None
        if title and "title_locale" not in token.meta:
            token.attrSet("title", _set(str(title), style, []))
        if token.type == "image" and token.children and not token.attrGet("lang"):
            _set_block(token.children, style)


def _as_text(token: Token) -> Token:
    """A line break in the source that must not be one becomes a text."""
    if token.type == "softbreak" and token.content not in ("", "\n"):
        return dialect.text_token(token.content)
    return token


def _hold(tokens: list[Token], own: Sequence[Token], suffix: re.Pattern[str]) -> None:
    """Keep a suffix on the line of its word: a span, which adds nothing to what is copied.

    A no-break hyphen is missing in our serif, and is another sign for those who search; so
    is a word joiner, and PDF readers would copy it or not.
    """
    code = {id(own[index]) for index in _code(own)} if len(own) > 1 else set()
    mine = {id(token) for token in own if token.type == "text" and "-" in token.content} - code
    if mine:
        tokens[:] = [
            part
            for token in tokens
            for part in (_parts(token.content, suffix) if id(token) in mine else (token,))
        ]


def _parts(text: str, suffix: re.Pattern[str]) -> Iterator[Token]:
    done = 0
    for found in suffix.finditer(text):
        if found.start() > done:
            yield dialect.text_token(text[done : found.start()])
        opening = Token("nowrap_open", "span", 1)
        opening.attrSet("class", "nowrap")
        yield from (opening, dialect.text_token(found[0]), Token("nowrap_close", "span", -1))
        done = found.end()
    if done < len(text):
        yield dialect.text_token(text[done:])


def _set(text: str, style: Style, cuts: list[int]) -> str:
    """Set a text; `cuts`, places in it, move with what is set."""
    if "://" not in text and "www." not in text and "@" not in text and _OPAQUE not in text:
        return _joined(_settled(text, style, cuts), style)
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.extend(found[0])
        return _OPAQUE * len(found[0])

    text = _joined(_settled(_ADDRESS.sub(hide, text), style, cuts), style)
    signs = iter(hidden)
    return re.sub(_OPAQUE, lambda _: next(signs), text)


def _joined(text: str, style: Style) -> str:
    text = style.joins.sub(NBSP, text)
    return style.narrow.sub(NARROW, text) if style.narrow else text


def _settled(text: str, style: Style, cuts: list[int]) -> str:
    """Set until nothing changes any more; a heap of marks that never rests is left alone."""
    if not SIGNS.search(text) and "  " not in text and not _DOT.search(text):
        return text  # its spaces may have to be joined, but nothing else
    result, moved = text, cuts[:]
    for _ in range(_ROUNDS):
        before = result
        signs = {*SIGNS.findall(result), " " if "  " in result else ""}
        for rule in style.rules:
            if rule.needs and rule.needs.isdisjoint(signs):
                continue
            if moved:
                _move(moved, rule, result)
            result = rule.pattern.sub(rule.text, result)
        result = set_quotes(result, style.quotes)
        if result == before:
            cuts[:] = moved
            return result
    return text


def _move(cuts: list[int], rule: Rule, text: str) -> None:
    """Move places as a rule is going to move them."""
    shift = 0
    for found in rule.pattern.finditer(text):
        new = found.expand(rule.text)
        kept = _common(found[0], new)
        start, end = found.start() + kept + shift, found.end() + shift
        grown = len(new) - len(found[0])
        for index, cut in enumerate(cuts):
            if cut >= end:
                cuts[index] = cut + grown
            elif cut > start:
                cuts[index] = min(cut, end + grown)
        shift += grown


def _common(one: str, other: str) -> int:
    """The number of signs with which both begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
