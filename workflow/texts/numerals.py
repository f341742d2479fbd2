"""The numbers of a text, as values: languages write the same number in other ways."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

_SPACE: Final = r"[ \u00a0\u202f\u2009]"
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(
    rf"""(?P<date>(?<![\d.])(?P<day>\d{{1,2}})[./]{_SPACE}?(?P<month>\d{{1,2}})[./](?:{_SPACE}?(?P<year>\d{{4}}|\d\d(?!\d)))?)
      | (?P<whole>\d{{1,3}}(?:(?P<mark>[.,'’]|{_SPACE})\d{{3}})(?:(?P=mark)\d{{3}})*(?!\d)|\d+)
        (?:[.,](?P<part>\d+))?
    """,
    re.VERBOSE,
)
_SIGN: Final = re.compile(rf"(?<![\w.,)\]%])(?:[-−–±]|(?:minus|минус){_SPACE})\Z", re.IGNORECASE)
# Those with D or M, of four letters or more: CD, DM and MI are no numbers.
ROMAN: Final = re.compile(
    r"\b(?=[IVXLC]{2,}\b|[VX]\b|[IVXLCDM]{4,}\b)"
    r"M{0,3}(?:C[DM]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
PERCENT: Final = re.compile(
    r"%|pro[cz]ent|per ?cent|pour ?cent|por ?cien|процент|відсот|пайыз", re.IGNORECASE
)
POINT: Final = frozenset({"en", "he", "hi", "ja", "ko", "th", "zh"})


def differ(source: str, target: str, language: str = "") -> bool:
    """Whether a translation has other numbers than its source.

    Args:
        source: the text.
        target: its translation.
        language: what that is in; without, a point and a comma may mean either.
    """
    decimal = "" if not language else "." if language in POINT else ","
    said = numbers(target, decimal)
    if all(numbers(source, either) != said for either in ("", ",")):
        return True
    # A month may be a word in one of the two; only digits can be compared.
    wanted, found = _months(source), _months(target)
    return wanted.total() == found.total() and wanted != found


def numbers(text: str, decimal: str = "") -> Counter[str]:
    """The numbers of a text; of a date day and year, since its month may be a word.

    Three digits behind a point, a comma or a space are thousands, unless behind a nought or
    once behind the decimal sign; any other number of them is a fraction. Roman numerals count,
    because centuries are written so in Russian; so do percents, and signs such as ½ and ².

    Args:
        text: to be read.
        decimal: the language's decimal sign; without, three digits are thousands.
    """
    found: Counter[str] = Counter()
    for match in written(text):
        if match["date"]:
            found.update(str(int(digits)) for digits in (match["day"], match["year"]) if digits)
        else:
            found[value(match, decimal)] += 1
    found.update(str(roman(match[0])) for match in ROMAN.finditer(text))
    found.update("%" for _ in PERCENT.finditer(text))
    found.update(sign for sign in text if sign == "‰" or unicodedata.category(sign) in ("No", "Nl"))
    return found


def written(text: str) -> Iterator[re.Match[str]]:
    """What is written with digits: dates (with a group `date`) and numbers, in order."""
    at = 0
    # From digit to digit: the pattern itself would be tried at every letter.
    while first := _DIGIT.search(text, at):
        match = _NUMBER.match(text, first.start())
        if match is None:  # a digit of another script's, alone
            return
        yield match
        at = match.end()


def value(match: re.Match[str], decimal: str) -> str:
    """The value of a number, with a point before its fraction."""
    whole, part = match["whole"], match["part"]
    if part is None and match["mark"] in (".", ","):
        first, *groups = whole.split(match["mark"])
        if len(groups) == 1 and (first == "0" or match["mark"] == decimal):
            whole, part = first, groups[0]
    whole = re.sub(r"\D", "", whole).lstrip("0") or "0"
    before = _SIGN.search(match.string[max(0, match.start() - 8) : match.start()])
    sign = "" if not before else "±" if before[0] == "±" else "-"
    return f"{sign}{whole}.{part}" if part else sign + whole


def _months(text: str) -> Counter[int]:
    return Counter(int(match["month"]) for match in written(text) if match["month"])


def roman(numeral: str) -> int:
    """The value of a Roman numeral."""
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )
