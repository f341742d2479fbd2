"""Numbers and dates: what is written in another way must have the same value."""

import re
from collections.abc import Iterator
from typing import Final

from workflow.checks.pair import ATOM, Finding, Pair
from workflow.texts import calendar, comparing, numerals
from workflow.texts.comparing import Difference

_POINT_FRACTION: Final = re.compile(r"(?<![\d.])\d+\.(?!\d{3}(?!\d))\d+(?![.\d])")
_COMMA_FRACTION: Final = re.compile(r"(?<![\d,])\d+,(?!\d{3}(?!\d))\d+(?![,\d])")
_POINT_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![.,]?\d)")


def numbers(pair: Pair) -> Iterator[Finding]:
    """Numbers written with digits: changed, lost, added; percents that became something else."""
    found = _difference(pair)
    if found.lost and found.added:
        yield Finding(f"number: {_listed(found.lost)} became {_listed(found.added)}")
    elif found.lost and found.words_added:
        yield Finding(f"number: {_listed(found.lost)} became {_listed(found.words_added)}")
    elif found.lost:
        yield Finding(f"number: {_listed(found.lost)} is missing")
    elif found.added:
        yield Finding(f"number: {_listed(found.added)} is not in the source")
    elif found.percent:
        yield Finding("number: per cent in only one of the two")


def words(pair: Pair) -> Iterator[Finding]:
    """Numbers written as words on both sides."""
    found = _difference(pair)
    if found.words_lost and found.words_added and not found.lost:
        yield Finding(
            f"number word: {_listed(found.words_lost)} became {_listed(found.words_added)}"
        )


def dates(pair: Pair) -> Iterator[Finding]:
    """Months, weekdays, and which day belongs to which month."""
    source, target = pair.source.prose, pair.target.prose
    said = calendar.changed(source, target, pair.source_language, pair.language)
    if said:
        yield Finding(f"date: {said}")


def separators(pair: Pair) -> Iterator[Finding]:
    """Decimal and thousands marks of another language."""
    text = _without_sections(pair.target.prose)
    if not any(sign.isdigit() for sign in text):
        return
    if pair.language in numerals.POINT:
        wrong, right = _COMMA_FRACTION.search(text), "."
    else:
        wrong, right = _POINT_FRACTION.search(text), ","
        grouped = _POINT_THOUSANDS.search(text)
        if grouped:
            spaced = grouped[0].replace(".", "\u00a0")
            yield Finding(
                f"“{grouped[0]}” groups digits as in German",
                f"“{spaced}”",
                pair.target.mended(lambda masked: masked.replace(grouped[0], spaced)),
            )
    if wrong and not _is_name(wrong[0], pair):
        better = re.sub("[.,]", right, wrong[0])
        yield Finding(
            f"“{wrong[0]}” has another language’s decimal mark",
            f"“{better}”",
            pair.target.mended(lambda masked: masked.replace(wrong[0], better)),
        )


def _is_name(number: str, pair: Pair) -> bool:
    """Whether it is a section or a version: it has a point in German, where numbers have none."""
    point = pair.source_language in numerals.POINT
    return "." in number and not point and number in pair.source.prose


def _without_sections(text: str) -> str:
    """The text without dates and times, whose points are no decimal marks."""
    text = re.sub(r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:\d{2,4})?", " ", text)
    return re.sub(r"\d{1,2}\.\d\d(?= ?(?:[ap]\.?m|час|ч\b|сағат))", " ", text)


def _difference(pair: Pair) -> Difference:
    if not pair.in_words and comparing.alike(pair.source.prose, pair.target.prose):
        return comparing.SAME
    # The two checks of numbers and words ask for the same pair, one after the other.
    return comparing.compare(
        pair.source.prose.replace(ATOM, " "),
        pair.target.prose.replace(ATOM, " "),
        pair.source_language,
        pair.language,
    )


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values)
