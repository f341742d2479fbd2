"""The numbers of a text, by value, and how else they may be said."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from workflow.texts import counting, numerals, phrases

_DIGIT: Final = re.compile(r"[\d¼½¾⅓⅔⅛]")
_SPACE: Final = r"[ \u00a0\u202f\u2009]?"
# 18:30, and with a point where the word behind says that it is a time.
_TIME: Final = re.compile(
    rf"(?<![\d.:,])(?P<hour>[01]?\d|2[0-4])(?:(?::(?P<minute>[0-5]\d)(?![\d:]))"
    rf"|(?:\.(?P<past>[0-5]\d))?(?={_SPACE}(?:Uhr|a\.?m\b|p\.?m\b|o[’']clock|час|ч\b|сағат)"
    rf"|(?=\.[0-5]\d{_SPACE}(?:und|bis|oder|[-–]){_SPACE}\d{{1,2}}(?:[.:]\d\d)?{_SPACE}Uhr)))"
    rf"(?P<half>{_SPACE}[ap]\.?m\b)?",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DECADE: Final = re.compile(
    r"(?<!\d)(?P<years>(?:1[5-9]|20)?\d0|\d\d(?=er\b))"
    r"(?:er\b|s\b|[’']s\b|[-\u2011](?:ы?[ехм]|ы?ми|шы|ші)\b|[- \u2011]жылдар| год(?:ов|ах|ы)\b)"
)
# 1848/49, 1848–1849
_YEARS: Final = re.compile(r"(?<!\d)(\d{4}) ?[-–/] ?(?:\d\d)?(?P<last>\d\d)(?!\d)")
# The 1. FC Köln and its like are called otherwise abroad.
_CLUB: Final = re.compile(r"\b1\. (?=[A-Z]{2,3}\b)")
_PARTS: Final = {"½": "2", "¼": "4", "¾": "4", "⅓": "3", "⅔": "3", "⅛": "8"}
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_MIXED: Final = re.compile(r"(\d+) ?([¼½¾⅓⅔⅛])")
_WRITTEN_OUT: Final = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/8": "⅛"}
_FRACTION: Final = re.compile(r"(?<![\d/.,])[1-3]/[2348](?![\d/])(?![.,]\d)")
_MONTH_OF_YEAR: Final = re.compile(r"(?<![\d./])(?:0?[1-9]|1[0-2])/(?=(?:19|20)\d\d(?![\d/]))")
# What is below nought may be written without a minus.
_BELOW: Final = re.compile(
    r"\bminus|unter null|below (?:zero|freezing)|мороз|ниже нуля|минус|аяз|нөлден төмен",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(rf"{_SPACE}(?P<word>[^\W\d_]+)")
_PERCENT: Final = re.compile(r"[\s-]*(?:%|pro[cz]ent|per ?cent|процент|пайыз)", re.IGNORECASE)
_ROMAN_KK: Final = re.compile(r"\b[ХІXIVVС]{2,}\b")
_CAPITALS: Final = re.compile(r"\b[IVXLCDMХІ]")
_CENTURY: Final = str.maketrans("ХІ", "XI")


@dataclass(slots=True)
class Amounts:
    """The numbers of a text."""

    digits: Counter[str] = field(default_factory=Counter)
    """Written with digits, as canonical decimals."""
    sure: Counter[str] = field(default_factory=Counter)
    """Written as words."""
    loose: set[str] = field(default_factory=set)
    """What words of the text may have to do with."""
    bare: Counter[str] = field(default_factory=Counter)
    """The digits without “Million” and the like behind them."""
    scales: set[int] = field(default_factory=set)
    others: dict[str, str] = field(default_factory=dict)
    """How else a number may be read or written: 49 in 1848/49, 3.10 where it may be a date."""
    scaled: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What a number was made of: 1.5 and a million."""
    percents: set[str] = field(default_factory=set)
    """The numbers that are percents."""
    text: str = ""

    def explains(self, scaled: tuple[str, int] | None) -> bool:
        """Whether words say the same: полтора миллиона."""
        return scaled is not None and scaled[0] in self.loose and str(scaled[1]) in self.loose

    def has(self, value: str) -> bool:
        """Whether a number is there, in whatever way."""
        return value in self.digits or value in self.sure or value in self.loose


@lru_cache(maxsize=64)
def amounts(text: str, language: str, decimal: str) -> Amounts:
    """The numbers of a text.

    Args:
        text: its words.
        language: de, en, …
        decimal: the sign before a fraction; empty if three digits behind any sign are thousands.
    """
    found = Amounts(text=text)
    if not _DIGIT.search(text):
        _count_words(text, language, found)
        _count_roman(text, found)
        return found
    rest = _CLUB.sub(" ", text.replace("\u2011", "-")) if "1. " in text else text
    if "/" in rest:
        rest = _MONTH_OF_YEAR.sub("", rest.replace("08/15", " "))
        rest = _FRACTION.sub(lambda match: _WRITTEN_OUT.get(match[0], match[0]), rest)
    for signs, pattern, note in _NOTED:
        if any(sign in rest for sign in signs):
            for match in pattern.finditer(rest):
                note(match, found)
            rest = pattern.sub(" ; ", rest)
    for match in _DECADE.finditer(rest):
        years = int(match["years"])
        other = str(years + 1900 if years < 100 else years - 1900)
        found.loose.add(other)
        found.others[str(years)] = other  # die 68er
    for match in _YEARS.finditer(rest) if any(sign in rest for sign in "-–/") else ():
        full = match[1][:2] + match["last"]
        found.loose.update((full, str(int(match["last"]))))
        found.others[str(int(match["last"]))] = full
    words = _note_numbers(rest, language, decimal, found)
    _count_words(words, language, found)
    _count_roman(rest, found)
    below = ((value, f"-{value}") for value in found.digits) if _BELOW.search(text) else ()
    for value, same in (*phrases.spans(text), *below):
        found.loose.add(same)
        found.others.setdefault(value, same)
    return found


def _count_words(text: str, language: str, found: Amounts) -> None:
    counted = counting.counted(text, language)
    found.sure.update(counted.sure)
    found.loose |= counted.loose
    found.loose.update(phrases.sayings(text.casefold()))


def _count_roman(text: str, found: Amounts) -> None:
    if not _CAPITALS.search(text):
        return
    text = _ROMAN_KK.sub(lambda match: match[0].translate(_CENTURY), text)
    for match in numerals.ROMAN.finditer(text):
        value = str(numerals.roman(match[0]))
        if len(match[0]) > 1 and set(match[0]) <= set("IVX"):
            found.digits[value] += 1
            found.bare[value] += 1
        else:
            found.loose.add(value)


def _note_iso(match: re.Match[str], found: Amounts) -> None:
    for digits in (match[1], match[3]):
        found.digits[str(int(digits))] += 1
        found.bare[str(int(digits))] += 1


def _note_time(match: re.Match[str], found: Amounts) -> None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["past"] or 0)
    half = (match["half"] or "").lower()
    if "p" in half and hour < 12:
        found.loose.add(str(hour))
        hour += 12
    elif "a" in half and hour == 12:
        hour = 0
    found.loose.update((str(hour - 12), str(hour + 12)) if not half else (str(hour % 12),))
    for value in (str(hour), str(minute) if minute else ""):
        if value:
            found.digits[value] += 1
            found.bare[value] += 1


def _note_mixed(match: re.Match[str], found: Amounts) -> None:
    value = _canonical(Decimal(match[1]) + _part(match[2]))
    found.digits[value] += 1
    found.bare[value] += 1


def _note_part(match: re.Match[str], found: Amounts) -> None:
    value = _part(match[0])
    found.digits[_canonical(value)] += 1
    found.bare[_canonical(value)] += 1
    found.others[_canonical(value)] = _canonical(value * 100)
    found.loose |= {_PARTS[match[0]], _canonical(value * 100), _canonical(value * 1000)}


def _part(sign: str) -> Decimal:
    return Decimal(str(round(unicodedata.numeric(sign), 2)))


def _note_numbers(text: str, language: str, decimal: str, found: Amounts) -> str:
    """Note what is written with digits; the text without it."""
    kept = []
    start = 0
    for match in numerals.written(text):
        kept.append(text[start : match.start()])
        start = match.end()
        if match["date"] and _is_date(match, decimal):
            values = [str(int(digits)) for digits in (match["day"], match["year"]) if digits]
            found.digits.update(values)
            found.bare.update(values)
            if len(match["year"] or "") == 2:
                year = int(match["year"])
                found.others[str(year)] = str(year + (2000 if year < 50 else 1900))
                found.loose.add(found.others[str(year)])
            if not match["year"]:  # or a version at the end of a sentence
                version = _canonical(Decimal(f"{match['day']}.{match['month']}"))
                found.others[values[0]] = version
                found.loose.add(version)
            continue
        bare = (
            f"{match['day']}.{match['month']}" if match["date"] else numerals.value(match, decimal)
        )
        factor, start = _scale(text, match, language)
        number = Decimal(bare.replace("±", ""))
        if decimal == "." and _CLOCK.fullmatch(bare):  # at 7.30
            hour, minute = (str(int(part)) for part in bare.split("."))
            found.others[_canonical(number)] = hour
            found.loose |= {hour, minute}
        if _PERCENT.match(text, match.end()):
            found.percents.add(_canonical(number))
        found.bare[_canonical(number)] += 1
        found.digits[_canonical(number * factor)] += 1
        if factor > 1:
            found.scales.add(factor)
            found.scaled[_canonical(number * factor)] = (_canonical(number), factor)
        kept.append(" ; ")
    kept.append(text[start:])
    return "".join(kept)


def _scale(text: str, match: re.Match[str], language: str) -> tuple[int, int]:
    """What the word behind a number multiplies it by, and where the text goes on."""
    behind = _BEHIND.match(text, match.end())
    if behind is None:
        return 1, match.end()
    if behind["word"] == "m" and text[: match.start()].endswith(("€", "$", "£")):
        return 10**6, behind.end()
    factor = counting.scale(behind["word"], language)
    return factor, behind.end() if factor > 1 else match.end()


def _is_date(match: re.Match[str], decimal: str) -> bool:
    """Whether “3.5.” is a date, and no sentence that ends with a number."""
    possible = int(match["day"]) <= 31 and int(match["month"]) <= 12
    return possible and bool(match["year"] or decimal != ".")


def _canonical(number: Decimal) -> str:
    return f"{number.normalize():f}"


# What is read before plain numbers are, and signs one of which it needs.
_NOTED: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[..., None]], ...]] = (
    (("-",), _ISO, _note_iso),
    ((":", "Uhr", "час", "ч", "сағат", "m", "clock"), _TIME, _note_time),
    (tuple(_PARTS), _MIXED, _note_mixed),
    (tuple(_PARTS), re.compile("[¼½¾⅓⅔⅛]"), _note_part),
)
