"""The numbers of a text, as values: languages write the same number in other ways."""

import re
from collections import Counter
from typing import Final

_SPACE: Final = r"[ \u00a0\u202f\u2009]"
_NUMBER: Final = re.compile(
    rf"""(?P<date>(?<![\d.])(?P<day>\d{{1,2}})[./]{_SPACE}?\d{{1,2}}[./](?:{_SPACE}?(?P<year>\d{{4}}|\d\d(?!\d)))?)
      | (?P<whole>\d{{1,3}}(?:(?P<mark>[.,'’]|{_SPACE})\d{{3}})(?:(?P=mark)\d{{3}})*(?!\d)|\d+)
        (?:[.,](?P<part>\d+))?
    """,
    re.VERBOSE,
)
_ROMAN: Final = re.compile(
    r"\b(?=[IVXLC]{2,}\b|[VX]\b)(?:X[CL]|L?X{0,3}|C{1,3})(?:IX|IV|V?I{0,3})\b"
)
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def numbers(text: str) -> Counter[str]:
    """The numbers of a text; of a date day and year, since its month may be a word.

    Three digits behind a point, a comma or a space are thousands; any other number of them
    is a fraction. Roman numerals count, because centuries are written so in Russian.
    """
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        if match["date"]:
            found.update(str(int(digits)) for digits in (match["day"], match["year"]) if digits)
            continue
        whole = re.sub(r"\D", "", match["whole"]).lstrip("0") or "0"
        found[f"{whole}.{match['part']}" if match["part"] else whole] += 1
    found.update(str(_value(match[0])) for match in _ROMAN.finditer(text))
    return found


def _value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )
