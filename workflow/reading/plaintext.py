"""Plain text to typed blocks: what `auflage import` understands.

One physical line is one block, unless the file is hard-wrapped. The rules are numbered as
in the project's notes: R1 blank lines separate, R2 read-more, R3 dateline, R4 bullets, R5
ordered items, R6 title, R7 headings, R8 lead, R9 quotations, R10 the rest, R11 hard-wrapped
files, R12 no-break spaces stay, R13 every guess ends in a file that its author can mend.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "Januar Jänner Jaenner Jan Jän,Februar Feber Feb,März Maerz Mär,April Apr,Mai,Juni Jun,"
        "Juli Jul,August Aug,September Sept Sep,Oktober Okt,November Nov,Dezember Dez".split(","),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag"
_READ_MORE: Final = re.compile(
    r"(?:>>|»)\s*(?P<label>[^<>«»\[\]]{1,40}?)\s*(?:<<|«)\s*(?P<text>.*?)"
    r"(?:\s*\((?P<url>https?://[^\s()\\]+)\)|\s*(?<!\S)(?P<bare>https?://[^\s<>\\]+))?\s*\Z"
)
_DATELINE: Final = re.compile(
    r"(?:(?P<place>[A-ZÄÖÜ][\w./’' -]{1,40}?),\s+)??"
    rf"(?:(?:am\s+)?(?:{_WEEKDAYS}),?\s+)?(?:(?:am|den|dem|der)\s+)?"
    r"(?P<printed>(?P<day>\d{1,2})\.\s*(?:(?P<month>[A-ZÄÖÜ][a-zäöü]+)\.?|(?P<number>\d{1,2})\.)"
    r"\s*(?P<year>\d{4}))"
    r"\s*(?:[|·•–—-]\s*(?P<tail>.{0,40}))?\Z"
)
_BULLET: Final = re.compile(r"[•‣◦▪●·∙■]\s+(?P<text>\S.*)\Z")
_DASH: Final = re.compile(r"[-*–—+]\s+(?P<text>\S.*)\Z")
_ORDERED: Final = re.compile(r"(?P<number>\d{1,3})(?P<mark>[.)])\s+(?P<text>\S.*)\Z")
# "wech-\nselte", but not "Haupt-\nund Nebenstadt".
_HYPHENATED: Final = re.compile(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|bis)\b)")
_BYLINE: Final = re.compile(
    r"(?:[Vv]on|Text:|Autor(?:in)?:|Ein Bericht von)\s+"
    r"(?P<author>[A-ZÄÖÜ][\w.’'-]+(?:\s+(?:und\s+|von\s+|de\s+)?[A-ZÄÖÜ][\w.’'-]*){1,4})\Z"
)
_QUOTES: Final = (("„", "“”"), ("»", "«"), ("“", "”"), ("«", "»"), ('"', '"'))
_CLOSERS: Final = "“”\"'»«’‘)]"
_TITLE_LIMIT: Final = 160  # characters
_HEADING_LIMIT: Final = 90
_QUESTION_LIMIT: Final = 60
_FRONT_BLOCKS: Final = 5  # where a dateline or byline may stand


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of a plain text."""

    kind: str
    """title, lead, dateline, byline, heading, paragraph, quotation, bullet, ordered, read-more"""
    text: str
    line: int
    """Its first line, counted from 1."""
    isolated: bool = False
    """Blank lines on both sides."""
    number: int | None = None
    label: str | None = None
    url: str | None = None
    date: datetime.date | None = None
    place: str | None = None
    doubt: str | None = None
    """Why a person should look at this block."""


def parse(text: str) -> list[TextBlock]:
    """Cut a plain text into typed blocks."""
    blocks = _lines(text)
    if _hard_wrapped(text):
        blocks = _unwrap(blocks)
    blocks = [_read_more(block) for block in blocks]
    blocks = _lists(blocks)
    return list(_prose(_front(blocks)))


def _lines(text: str) -> list[TextBlock]:
    lines = text.splitlines()
    filled = [bool(line.strip()) for line in lines]
    return [
        TextBlock(
            kind="",
            text=line.strip(),
            line=index + 1,
            isolated=not (index and filled[index - 1])
            and not (index + 1 < len(lines) and filled[index + 1]),
        )
        for index, line in enumerate(lines)
        if filled[index]
    ]


def _hard_wrapped(text: str) -> bool:
    """R11: lines of a typewriter's width, most of which end in the middle of a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    long = [line for line in lines if len(line) > 40]
    if len(long) < 4:
        return False
    open_ended = sum(line[-1] not in ".!?:…" + _CLOSERS for line in long)
    return 55 <= median(map(len, long)) <= 85 and max(map(len, lines)) <= 100 and (
        open_ended >= 0.6 * len(long)
    )  # fmt: skip


def _unwrap(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    joined: list[TextBlock] = []
    last_line = 0
    for block in blocks:
        marked = any(rule.match(block.text) for rule in (_BULLET, _DASH, _ORDERED, _READ_MORE))
        if joined and block.line == last_line + 1 and not marked:
            previous = joined[-1]
            text = _HYPHENATED.sub("", f"{previous.text}\n{block.text}").replace("\n", " ")
            joined[-1] = replace(previous, text=text, isolated=True)
        else:
            joined.append(replace(block, isolated=block.isolated or block.line > last_line + 1))
        last_line = block.line
    return joined


def _read_more(block: TextBlock) -> TextBlock:
    found = _READ_MORE.match(block.text)
    if found is None or not (found["text"] or found["url"] or found["bare"]):
        return block
    url = found["url"] or found["bare"]
    return replace(
        block, kind="read-more", label=found["label"], text=found["text"] or url or "", url=url
    )


def _lists(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    result: list[TextBlock] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        previous = result[-1] if result else None
        result.append(_bullet(block, previous, following) or _ordered(block, previous, following))
    return result


def _bullet(
    block: TextBlock, previous: TextBlock | None, following: TextBlock | None
) -> TextBlock | None:
    if block.kind:
        return None
    found = _BULLET.match(block.text)
    if found is None:
        # R4: one dash alone is dialogue, two in a row are a list.
        found = _DASH.match(block.text)
        beside = (
            previous is not None and previous.kind == "bullet" and previous.doubt is None
        ) or (following is not None and _DASH.match(following.text) is not None)
        if found is None:
            return None
        if not beside:
            return replace(block, doubt="a single dash: taken as text, not as a list")
    return replace(block, kind="bullet", text=found["text"])


def _ordered(
    block: TextBlock, previous: TextBlock | None, following: TextBlock | None
) -> TextBlock:
    found = None if block.kind else _ORDERED.match(block.text)
    if found is None:
        return block
    number, text = int(found["number"]), found["text"]
    month = text.split()[0].strip(".,") in MONTHS
    if month or (found["mark"] == "." and text[0].islower()):
        return block
    continues = (
        previous is not None and previous.kind == "ordered" and previous.number == number - 1
    )
    successor = _ORDERED.match(following.text) if following else None
    begins = number == 1 and successor is not None and successor["number"] == "2"
    if not (continues or begins):
        return replace(block, doubt=f"begins with “{number}{found['mark']}”: taken as text")
    return replace(block, kind="ordered", number=number, text=text)


def _front(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """R3, R6, R8: dateline, byline, title and lead stand first."""
    result = list(blocks)
    for index, block in enumerate(result[:_FRONT_BLOCKS]):
        if block.kind:
            continue
        dated = _dateline(block)
        byline = _BYLINE.match(block.text)
        if dated and not any(other.kind == "dateline" for other in result):
            result[index] = dated
        elif byline and index:
            result[index] = replace(block, kind="byline", text=byline["author"])
    untyped = [index for index, block in enumerate(result) if not block.kind]
    if untyped and untyped[0] <= 1 and _is_title(result[untyped[0]].text):
        result[untyped[0]] = replace(result[untyped[0]], kind="title")
        second = untyped[1] if len(untyped) > 1 else None
        if second is not None and _is_lead(result, second):
            result[second] = replace(result[second], kind="lead")
    return result


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE_LIMIT and text[-1] not in ".!"


def _is_lead(blocks: Sequence[TextBlock], index: int) -> bool:
    before = all(block.kind in ("title", "dateline", "byline") for block in blocks[:index])
    return before and index + 1 < len(blocks) and not _is_heading(blocks[index], last=False)


def _dateline(block: TextBlock) -> TextBlock | None:
    found = _DATELINE.match(block.text)
    if found is None:
        return None
    month = int(found["number"]) if found["number"] else MONTHS.get(found["month"], 0)
    try:
        day = datetime.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
    tail = found["tail"]
    doubt = f"“{tail}” behind the date is printed in German only" if tail else None
    printed = block.text if tail else block.text[: found.end("printed")]
    return replace(
        block, kind="dateline", text=printed, date=day, place=found["place"], doubt=doubt
    )


def _prose(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """R7, R9, R10: headings, quotations, and the rest."""
    spaced = any(block.isolated for block in blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind:
            yield block
        elif spaced and block.isolated and _is_heading(block, last=following is None):
            doubt = "a question: taken as a heading" if block.text.endswith("?") else block.doubt
            yield replace(block, kind="heading", doubt=doubt)
        elif not spaced and following and _is_heading_in_dense_text(block, following):
            yield replace(block, kind="heading", doubt="a short line: taken as a heading")
        elif _is_quotation(block.text):
            yield replace(block, kind="quotation")
        else:
            yield replace(block, kind="paragraph")


def _is_heading(block: TextBlock, *, last: bool) -> bool:
    text = block.text.rstrip(_CLOSERS)
    if last or not text or len(block.text) > _HEADING_LIMIT or block.doubt:
        return False
    if block.text.endswith("?"):
        return len(block.text) <= _QUESTION_LIMIT and block.isolated
    return text[-1] not in ".!?:;,…" and block.isolated


def _is_heading_in_dense_text(block: TextBlock, following: TextBlock) -> bool:
    """Without blank lines a heading shows only by being short among long lines."""
    short = _is_heading(replace(block, isolated=True), last=False)
    return short and len(block.text) <= _QUESTION_LIMIT and len(following.text) >= 80


def _is_quotation(text: str) -> bool:
    for opening, closings in _QUOTES:
        if len(text) > 2 and text[0] == opening and text[-1] in closings:
            inside = text[1:-1]
            return not any(mark in inside for mark in {opening, *closings})
    return False


def doubts(blocks: Iterable[TextBlock]) -> Iterator[tuple[int, str]]:
    """Line and reason of every guess that a person should look at."""
    return ((block.line, block.doubt) for block in blocks if block.doubt)
