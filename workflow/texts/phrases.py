"""Numbers that several words say together: hours, halves, parts, weeks, what is below nought."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workflow.texts import numberwords

# Hours in words: each language counts from another one. „halb neun“ is “half past eight”.
_HOUR: Final[Mapping[str, re.Pattern[str]]] = {
    "de": re.compile(
        r"\b(?:(?:viertel|fünf|zehn|zwanzig)(?: minuten)? (?:vor|nach|über)|halb|(?:drei)?viertel)"
        r" (\w+)\b"
    ),
    "en": re.compile(
        r"\b(?:(?:half|quarter|five|ten|twenty)(?: minutes)? (?:past|to)|half) (\w+)\b"
        r"(?! [a-z]+s\b)"
    ),
    "ru": re.compile(
        r"\b(?:пол(?:овин\w+ )?|четверть |без (?:четверти|двух|трех|пяти|десяти|двадцати) )(\w+)\b"
    ),
    "kk": re.compile(
        r"\b(\w+) жарым(?:да|ға|дан|нан)\b"
        r"|\b(\w+?)(?:ге|ға|ке|қа)\b(?= .{0,12}(?:минут|ширек)\w* қал)"
        r"|\b(\w+?)(?:ден|дан|тен|тан)\b(?= .{0,12}(?:минут|ширек)\w* өт)"
    ),
}
# A number and a half of something; the groups are the number and the word behind it.
_HALF: Final[Mapping[str, re.Pattern[str]]] = {
    "de": re.compile(r"\b(\w+?)(?:und)?einhalb\w*(?: (\w+))?"),
    "en": re.compile(r"\b(\w+)(?: (?!and\b)[a-z]{4,})? and a half\b(?: (\w+))?"),
    "ru": re.compile(r"\b(\w+)(?: \w{3,})? с половиной\b(?: (\w+))?"),
    "kk": re.compile(r"\b(\w+) жарым\b(?: (\w+))?"),
}
# Parts of a whole: the number of them, and how many there are.
_PART: Final[Mapping[str, re.Pattern[str]]] = {
    "de": re.compile(r"\b(?P<of>\w+?) ?(?P<part>viertel|drittel|fünftel|achtel|zehntel)"),
    "en": re.compile(r"\b(?P<of>\w+)[ -](?P<part>quarters|thirds|fifths|eighths|tenths)\b"),
    "ru": re.compile(
        r"\b(?P<of>\w+) (?P<part>четверт|трет|пят|восьм|десят)(?:и|ых|ей|ым|ями|ьи|ями)\b"
    ),
    "kk": re.compile(r"\b(?P<part>төрт|үш|бес|сегіз|он)(?:тен|нан|тің|ның) (?P<of>\w+)"),
}
_PARTS: Final = {
    "viertel": 4, "drittel": 3, "fünftel": 5, "achtel": 8, "zehntel": 10, "quarters": 4,
    "thirds": 3, "fifths": 5, "eighths": 8, "tenths": 10, "четверт": 4, "трет": 3, "пят": 5,
    "восьм": 8, "десят": 10, "төрт": 4, "үш": 3, "бес": 5, "сегіз": 8, "он": 10,
}  # fmt: skip
# How many of the next smaller one a span of time has: two weeks are fourteen days.
_SPANS: Final = (
    (7, re.compile(r"(?<=\w )(?:wochen?\b|weeks?\b|недел|апта)")),
    (12, re.compile(r"(?<=\w )(?:jahre?n?\b|years?\b|лет\b|год|жыл)")),
    (24, re.compile(r"(?<=\w )(?:tage?n?\b|days?\b|дн|день|сутк|күн)")),
    (60, re.compile(r"(?<=\w )(?:stunden?\b|hours?\b|час|сағат|minuten?\b|minutes?\b|минут)")),
)
# Without any of these there are no hours, halves and parts.
_BEGINNINGS: Final = re.compile(
    r"halb|viertel|drittel|[fnt]tel|chtel|zehntel|(?:fünf|zehn|zwanzig) (?:min|vor|nach)"
    r"|half|quarter|thirds|fifths|eighths|tenths|past|five to|ten to|twenty to"
    r"|пол|четверт|трет|пят|восьм|десят|без |жарым|қал|өт|(?:тен|нан|тің|ның) "
)
_ONE_AND_A_HALF: Final = re.compile(r"\b(?:anderthalb|полу?тор)\w*(?: (\w+))?")
# What says a number without any.
_SAYINGS: Final = (
    (re.compile(r"rund um die uhr|around the clock|тәулік бойы"), "24"),
    (re.compile(r"\bmay day\b|new year[’']s day"), "1"),
    (re.compile(r"new year[’']s eve"), "31"), (re.compile(r"christmas eve"), "24"),
    (re.compile(r"түн ортасы"), "0"), (re.compile(r"\bround of (?=16)"), "8"),
)  # fmt: skip
# Hours that are counted anew behind noon.
_LATER: Final = re.compile(
    r"\b(?:p\.?m\b|afternoon|evening|tonight|nachmittag|abend|дня|вечер|кешк|түск|түстен кейін)"
)
_HOUR_OF_DAY: Final = re.compile(r"(?<![\d.,:])(?:0?[1-9]|1[0-2])(?!\d|[.,]\d{3})")
_HOUR_SAID: Final = re.compile(
    r"\b(\w+)(?: (?:o[’']clock|uhr|час\w*)\b)"
    r"|(?:кешкі|түскі|түстен кейін|сағат) (\w+?)(?:де|да|те|та)\b"
)
_TELLING: Final = re.compile(r"einhalb|anderthalb|полу?тор|\Ahalf\Z|половин|\Aжарым\Z")
_ONES: Final = frozenset("ein eine einer einem einen one a an один одна одно год час бір".split())
_MINUS: Final = re.compile(r"\b(?:minus|минус) (\w+)")
_LONGEST: Final = 30  # letters of a number
_HOURS: Final = 12
_MINUTES: Final = 60
_MONTHS: Final = 12
_CENT: Final = Decimal("0.01")


@dataclass(slots=True)
class Phrases:
    """What phrases of a text say."""

    sure: list[str] = field(default_factory=list)
    loose: set[str] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    """Where words begin that are no numbers by themselves."""


def phrases(low: str, language: str) -> Phrases:
    """Numbers that several words say together.

    Args:
        low: a text in small letters.
        language: whose number words are known.
    """
    found = Phrases()
    if _BEGINNINGS.search(low):
        _hours(low, language, found)
        _note_halves(low, language, found)
        _parts(low, language, found)
    if _LATER.search(low):
        for match in _HOUR_SAID.finditer(low):
            hour, _ = numberwords.value(match[1] or match[2], language)
            if hour and hour <= _HOURS:
                found.loose.add(str(hour + _HOURS))
    for match in _MINUS.finditer(low):
        number, _ = numberwords.value(match[1], language)
        if number:
            found.loose.add(f"-{number}")
    found.loose.update(str(times * number) for times, number in _spans(low, language))
    return found


def _note_halves(low: str, language: str, found: Phrases) -> None:
    for place, value, behind in _halves(low, language):
        found.places.add(place)
        found.sure.append(str(value))
        scale = numberwords.scales(language).get(behind or "", 1)
        times = (scale, _MINUTES, _MONTHS)
        found.loose.update(f"{(value * factor).normalize():f}" for factor in times)


def tells(word: str) -> bool:
    """Whether a word, in small letters, is one of a number and a half."""
    return _TELLING.search(word) is not None


def sayings(low: str) -> Iterator[str]:
    """Numbers that a text in small letters says without any number word: around the clock."""
    return (number for pattern, number in _SAYINGS if pattern.search(low))


def spans(text: str) -> Iterator[tuple[str, str]]:
    """Numbers written with digits, of weeks, hours and the like, and what else they may be."""
    if _LATER.search(text.casefold()):
        hours = (match for match in _HOUR_OF_DAY.finditer(text))
        yield from ((str(int(match[0])), str(int(match[0]) + _HOURS)) for match in hours)
    for times, word in _timed(text.casefold()):
        if word.isdecimal():
            yield word, str(times * int(word))


def _spans(low: str, language: str) -> Iterator[tuple[int, int]]:
    for times, word in _timed(low):
        number = 1 if word in _ONES else numberwords.value(word, language)[0]
        if number:
            yield times, number


def _timed(low: str) -> Iterator[tuple[int, str]]:
    """The words before weeks, years and the like, and the factor."""
    for times, pattern in _SPANS:
        for match in pattern.finditer(low):
            yield times, low[max(0, match.start() - _LONGEST) : match.start()].split()[-1]


def _parts(low: str, language: str, found: Phrases) -> None:
    for match in _PART[language].finditer(low):
        number = 1 if match["of"] in _ONES else numberwords.value(match["of"], language)[0]
        if number:
            share = Decimal(number) / _PARTS[match["part"]]
            found.places.add(match.start("of"))
            shown = (
                share.quantize(_CENT),
                (share * 100).quantize(_CENT),
                share.quantize(_CENT) * 100,
            )
            found.loose.update(f"{value.normalize():f}" for value in shown)


def _hours(low: str, language: str, found: Phrases) -> None:
    for match in _HOUR[language].finditer(low):
        place = match.lastindex or 0
        hour, loose = numberwords.value(match[place], language)
        values = {hour} if hour else {int(value) for value in loose if value.isdecimal()}
        for value in (value for value in values if 0 < value <= _HOURS):
            found.places.add(match.start(place))
            about = (value - 1 or _HOURS, value, value % _HOURS + 1)
            found.loose.update(map(str, (*about, *(near + _HOURS for near in about), 15, 30, 45)))


def _halves(low: str, language: str) -> Iterator[tuple[int, Decimal, str | None]]:
    """Where each begins, its value, and the word behind it."""
    half = Decimal("0.5")
    for match in _HALF[language].finditer(low):
        whole = 1 if match[1] in _ONES else numberwords.value(match[1], language)[0]
        if whole:
            yield match.start(), whole + half, match[2]
    for match in _ONE_AND_A_HALF.finditer(low):
        yield match.start(), 1 + half, match[1]
