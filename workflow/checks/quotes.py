"""Quotation marks and brackets: the right kind at every level, and none without its partner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflow.checks.pair import Finding, Pair

MARKS: Final = '„“”"«»‹›‚‘’'
_OURS: Final = frozenset('„“”"«»')
_BRACKETS: Final = (("(", ")"), ("[", "]"), ("{", "}"))
# Where the source is: German opens low, English high.
_OPENING: Final = {"de": "„«‚‹", "en": "“‘"}
_LEVELS: Final = {
    "ru": (("«", "»"), ("„", "“")),
    "kk": (("«", "»"), ("“", "”")),
    "en": (("“", "”"), ("‘", "’")),
}  # fmt: skip
_APOSTROPHE: Final = re.compile(
    r"(?<=\w)['’‘](?=\w)|(?<=s)’(?=\s)|(?<!\w)[’‘'](?=\d\d|(?:em|til|tis|cause|n)\b)"
)
_QUOTED: Final = re.compile('[„“«»"‚‘]([^„“”«»"‚‘’]+)[“”»«"‘’]')
_PAIR: Final = re.compile("“([^“”„]*)”")
_INCHES: Final = re.compile(r'(?<=\d)"')
_LIST_MARK: Final = re.compile(r"(?<!\w)(?:\d{1,2}|[a-zа-яё]{1,4})\)", re.IGNORECASE)
_SMILEY: Final = re.compile(r"[:;]-?[()]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the quotation marks of a text come to."""

    balance: int
    """Opened and not closed (negative: closed and not opened)."""
    pairs: int
    wrong: tuple[str, ...]
    """Marks of another language."""
    nested: bool
    """Whether marks of an inner quotation stand where an outer one should, or the reverse."""
    spans: tuple[str, ...] = ()


def quotes(pair: Pair) -> Iterator[Finding]:
    """Marks of another language, of the wrong level, without partner, or lost."""
    source, target = pair.source.prose, pair.target.prose
    levels = _LEVELS.get(pair.language)
    if levels is None or not (_any(source) or _any(target)):
        return
    ours, theirs = balance(source, pair.source_language), _read(target, levels, pair.depth)
    if theirs.wrong:
        signs = " ".join(dict.fromkeys(theirs.wrong))
        outer, inner = ("".join(level) for level in levels)
        fixed = pair.target.mended(lambda masked: mended(masked, levels))
        yield Finding(
            f"quotation marks of another language: {signs}", f"{outer}, within them {inner}", fixed
        )
    elif theirs.nested and not _inner_only(source):
        yield Finding(
            "quotation marks of the wrong level",
            "outer {}{}, within them {}{}".format(*levels[0], *levels[1]),
        )
    elif ours is not None and ours != theirs.balance and not _certainly_even(source, theirs):
        yield Finding("quotation marks: one is missing or too many")
    elif ours == 0 and _any(source) and not _any(target) and not _is_name(pair):
        yield Finding("the quotation marks of the source are missing")


def brackets(pair: Pair) -> Iterator[Finding]:
    """Brackets without partner, where the source has none such."""
    for opening, closing in _BRACKETS:
        if opening not in pair.target.prose and closing not in pair.target.prose and (
            opening not in pair.source.prose
        ):  # fmt: skip
            continue
        ours, theirs = (
            _even(text, opening, closing) for text in (pair.source.prose, pair.target.prose)
        )
        if theirs != ours:
            yield Finding(f"brackets: a {opening if theirs < ours else closing} is missing"
                          if abs(theirs - ours) == 1 else "brackets: not balanced")  # fmt: skip
        elif opening in pair.source.prose and opening not in pair.target.prose and opening == "(":
            lost = pair.source.prose.count("(") - pair.target.prose.count("(")
            if lost and not re.search(r"[—–,]", pair.target.prose):
                yield Finding("brackets: those of the source are missing")


def titles(text: str) -> tuple[str, ...]:
    """What stands in quotation marks."""
    return tuple(match[1].strip(".,!? ") for match in _QUOTED.finditer(text))


def balance(text: str, language: str) -> int | None:
    """How many quotations a text opens more than it closes; None if its marks do not tell.

    Args:
        text: its words.
        language: “ closes in German, and opens in English.
    """
    if _OURS.isdisjoint(text):
        return 0
    text = _APOSTROPHE.sub("", text)
    if '"' in text:
        return None
    if "»" in text and (found := re.search("[«»]", text)) and found[0] == "»" and (
        language == "de" and text.count("»") == text.count("«")
    ):  # fmt: skip
        return 0  # »Wort«
    opening, closing = ("„«", "“»") if language == "de" else ("“«", "”»")
    if language in ("ru", "kk"):
        opening, closing = "«„", "»“"
    if language == "de" and "”" in text:
        closing += "”"
    return sum((sign in opening) - (sign in closing) for sign in text)


def mended(masked: str, levels: tuple[tuple[str, str], ...]) -> str:
    """A text with the marks of a language in place of any others, where they come in pairs."""
    own = {sign for level in levels for sign in level}
    text = _APOSTROPHE.sub(lambda match: "\ue001" * len(match[0]), masked)
    kept = [match[0] for match in _APOSTROPHE.finditer(masked)]
    marks = [match for match in re.finditer(f"[{MARKS}]", text)]
    sides = [_side(text, match.start(), match[0], own) for match in marks]
    depth = 0
    result, last = [], 0
    for match, side in zip(marks, sides, strict=True):
        depth -= side < 0
        if side == 0 or depth < 0:
            return masked
        opening, closing = levels[min(depth, len(levels) - 1)]
        result += [text[last : match.start()], opening if side > 0 else closing]
        last = match.end()
        depth += side > 0
    if depth:
        return masked
    signs = iter(kept)
    return re.sub("\ue001", lambda _: next(signs), "".join([*result, text[last:]]))


def _side(text: str, at: int, sign: str, own: set[str]) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 if its neighbours do not tell."""
    if sign in "„‚«‹" and sign in own | {"„", "‚"}:
        return 1
    if sign in "»›" and sign in own:
        return -1
    before = text[at - 1] if at else " "
    behind = text[at + 1] if at + 1 < len(text) else " "
    opens = (before.isspace() or before in "([—–-\ue000" + MARKS) and not behind.isspace()
    closes = not before.isspace() and (behind.isspace() or behind in ".,;:!?…)]—–-\ue000" + MARKS)
    return 0 if opens == closes else 1 if opens else -1


def _read(text: str, levels: tuple[tuple[str, str], ...], depth: int) -> Quoted:
    """Walk through the marks of a text in a language."""
    text = _APOSTROPHE.sub("", _INCHES.sub("", text))
    (opening, closing), (inner, inner_closing) = levels
    if inner == "“":  # authorities on Kazakh differ: «…“…”…», «…„…“…»
        inner, inner_closing = "„", "“"
        text = _PAIR.sub("„\\1“", text)
    english = opening == "“"
    wrong: list[str] = []
    level = start = depth
    pairs, nested = 0, False
    for sign in text:
        if sign not in MARKS:
            continue
        if sign == opening:
            nested |= level > start
            level += 1
        elif sign == closing:
            level -= 1
            pairs += 1
        elif sign == inner:
            # ‘…’ may be the outer marks of British English.
            nested |= level <= 0 and not english
            level += not english
        elif sign == inner_closing:
            level -= not english
            pairs += not english
        elif not (english and sign in "‘’"):
            wrong.append(sign)
    return Quoted(level - start, pairs, tuple(wrong), nested)


def _any(text: str) -> bool:
    return any(sign in text for sign in '„“”"«»')


def _inner_only(source: str) -> bool:
    """Whether the source, within somebody's speech, has inner marks alone."""
    return "‚" in source and "„" not in source


def _certainly_even(source: str, theirs: Quoted) -> bool:
    """Whether a source of strange marks says nothing against a sound translation."""
    return theirs.balance == 0 and ("”" in source and "„" not in source)


def _is_name(pair: Pair) -> bool:
    """Whether what is quoted may be a name or a title, which other languages write otherwise."""
    if any(title in pair.target.prose for title in titles(pair.source.prose)):
        return True
    return "\ue000" in pair.target.masked and "\ue000" not in pair.source.masked


def _even(text: str, opening: str, closing: str) -> int:
    text = _SMILEY.sub("", text)
    if closing == ")":
        text = _LIST_MARK.sub(lambda match: match[0] if _opened(text, match) else "", text)
    return text.count(opening) - text.count(closing)


def _opened(text: str, match: re.Match[str]) -> bool:
    return text.count("(", 0, match.start()) > text.count(")", 0, match.start())
