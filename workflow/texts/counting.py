"""Numbers as words: “zweiundzwanzig”, «двадцать два», “жиырма екі”, “twenty-two”.

What surely is a number counts as one. What may be one (ordinals, fractions, the first part of a
compound, “both”) is only taken as an explanation for a number on the other side.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from workflow.texts.words import WORD, Telling, vocabulary

_UNITS_DE: Final = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()  # fmt: skip  # noqa: E501
_TENS_DE: Final = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_UNITS_EN: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip  # noqa: E501
_TENS_EN: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# Russian: the forms of a number, then the beginning that it has in compounds and ordinals.
_RU: Final = {
    2: "два две двух двум двумя двое|дву вдво втор дважды оба обе обо",
    3: "три трех трем тремя трое|трех троих трет трижды втро трой",
    4: "четыре четырех четырем четырьмя четверо|четырех четвер четырежды вчетвер",
    5: "пять пяти пятью|пяти пят", 6: "шесть шести шестью|шести шест",
    7: "семь семи|семи седьм", 8: "восемь восьми восемью|восьм",
    9: "девять девяти девятью|девяти девят", 10: "десять десяти десятью|десят",
    11: "одиннадцать одиннадцати|одиннадцат", 12: "двенадцать двенадцати|двенадцат дюжин",
    13: "тринадцать тринадцати|тринадцат", 14: "четырнадцать четырнадцати|четырнадцат",
    15: "пятнадцать пятнадцати|пятнадцат", 16: "шестнадцать шестнадцати|шестнадцат",
    17: "семнадцать семнадцати|семнадцат", 18: "восемнадцать восемнадцати|восемнадцат",
    19: "девятнадцать девятнадцати|девятнадцат", 20: "двадцать двадцати|двадцат",
    30: "тридцать тридцати|тридцат", 40: "сорок сорока|сорок", 50: "пятьдесят пятидесяти|пятидесят",
    60: "шестьдесят шестидесяти|шестидесят", 70: "семьдесят семидесяти|семидесят",
    80: "восемьдесят восьмидесяти|восьмидесят", 90: "девяносто девяноста|девяност",
    100: "сто ста|сто сот", 200: "двести двухсот двумстам|двухсот", 300: "триста трехсот|трехсот",
    400: "четыреста четырехсот|четырехсот", 500: "пятьсот пятисот|пятисот",
    600: "шестьсот шестисот|шестисот", 700: "семьсот семисот|семисот",
    800: "восемьсот восьмисот|восьмисот", 900: "девятьсот девятисот|девятисот",
    1: "|один одн перв однажды раз", 0: "|нол нул",
}  # fmt: skip
_KK: Final = {
    2: "екі", 3: "үш", 4: "төрт", 5: "бес", 6: "алты", 7: "жеті", 8: "сегіз", 9: "тоғыз", 10: "он",
    20: "жиырма", 30: "отыз", 40: "қырық", 50: "елу", 60: "алпыс", 70: "жетпіс", 80: "сексен",
    90: "тоқсан", 100: "жүз",
}  # fmt: skip
_KK_LOOSE: Final = (
    (1, "бір жалғыз"), (2, "еке қос егіз"), (6, "алтау"), (7, "жете"), (20, "жиырм"), (0, "нөл"),
    (12, "ондық"),
)  # fmt: skip
_KK_ENDINGS: Final = re.compile(
    r"(?:(?:[дт]е|[дт]а)[ну]?|(?:[дт]ің|[дт]ың|нің|ның)|(?:[дт]і|[дт]ы|ні|ны)|ге|ке|ға|қа|не|мен"
    r"|бен|пен|сі|сы|інің|еуі|ауы|еу|ау)?"
)
_SCALES: Final = (
    (10**3, "tausend tsd thousand тысяча тысячи тысяч тысячу тысячам тысячами тысячах тыс мың"),
    (10**6, "million millionen mio millions миллион миллиона миллионов миллионы миллионам млн"),
    (10**9, "milliarde milliarden mrd billion billions bn миллиард миллиарда миллиардов миллиарды "
            "млрд"),
    (10**12, "billion billionen bio trillion trillions триллион триллиона триллионов трлн"),
)  # fmt: skip
# Like a number at their beginning, and so frequent that they would explain any.
_NO_NUMBERS: Final = frozenset(
    "үшін онда онымен оны онан ондай онша оның оған онсыз онымыз как также einander eine einen "
    "einem einer eines ein and as at are all also after about any again".split()
)
# One by itself says little; behind a larger number it belongs to it.
_ONE: Final = frozenset("один одна одно одного одной одну одним одному one бір eins".split())
_ORDINALS: Final = {
    "de": re.compile(r"(?P<stem>\w+?)s?te[nrms]?"),
    "en": re.compile(r"(?P<stem>\w+?)th"),
    "ru": re.compile(
        r"(?P<stem>\w+?)(?:[ыои]й|ого|ому|[ыи]м|ом|ая|ую|ое|ые|ых|ыми|ьего|ьему|ьем|ья|ью|ьей|ье|ьи|ьих|ьими)"
    ),
    "kk": re.compile(r"(?P<stem>\w+?)[ыі]?нш[ыі]\w*"),
}
_IRREGULAR: Final = {
    "de": {"drit": 3, "dri": 3, "vier": 4, "sieb": 7, "ach": 8},
    "en": {"fif": 5, "eigh": 8, "nin": 9, "twelf": 12, "twentie": 20, "thirtie": 30},
    "ru": {"втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8,
           "девят": 9, "десят": 10, "одиннадцат": 11, "двенадцат": 12, "двадцат": 20,
           "тридцат": 30},
    "kk": {"жет": 7, "алт": 6, "жиырма": 20},
}  # fmt: skip
_GAPS: Final = frozenset((" ", "-", "\u00a0", "\u2011"))
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
_HOURS: Final = 12


@dataclass(slots=True)
class Counted:
    """The number words of a text."""

    sure: Counter[str] = field(default_factory=Counter)
    loose: set[str] = field(default_factory=set)
    scales: bool = False
    """Whether “million” and the like are among them."""


_NOTHING: Final = Counted()


@dataclass(frozen=True, slots=True)
class _Words:
    sure: Mapping[str, int]
    loose: Mapping[str, tuple[str, ...]]
    """By beginnings of words."""


def counted(text: str, language: str) -> Counted:
    """The number words of a text.

    Args:
        text: the words, without digits that matter.
        language: de, ru, kk or en; of others nothing is known.
    """
    said = _telling(language).among(vocabulary(text)) if language in _MAKERS else ()
    if not said:
        return _NOTHING
    found = Counted()
    values = [_value(word, language) for word in said]
    scales = _scales(language)
    found.scales = any(word in scales for word in said)
    found.loose.update(*(loose for _, loose in values))
    if all(value is None for value, _ in values):
        return found
    run: list[int] = []
    last = 0
    low = text.casefold().replace("ё", "е")
    hours = _hours(low, language, found)
    for match in WORD.finditer(low):
        word = match[0]
        value = None if match.start() in hours else _value(word, language)[0]
        if run:
            gap = low[last : match.start()]
            if word == "and" and gap == " ":  # a hundred and one
                last = match.end()
                continue
            if value is None and word in _ONE:
                value = 1
            if value is None or gap not in _GAPS or not _composes(run, value):
                _close(run, found)
                run = []
        if value is not None:
            run.append(value)
            last = match.end()
    _close(run, found)
    return found


def _hours(low: str, language: str, found: Counted) -> set[int]:
    """Where the words for hours are, which may be another hour in another language."""
    places = set()
    for match in _HOUR[language].finditer(low):
        place = match.lastindex or 0
        hour, loose = _value(match[place], language)
        values = {hour} if hour else {int(value) for value in loose if value.isdecimal()}
        for value in (value for value in values if 0 < value <= _HOURS):
            places.add(match.start(place))
            about = (value - 1 or _HOURS, value, value % _HOURS + 1)
            found.loose.update(map(str, (*about, *(near + _HOURS for near in about), 15, 30, 45)))
    return places


@cache
def _telling(language: str) -> Telling:
    return Telling(lambda word: _value(word, language) != (None, frozenset()))


def tells(word: str, language: str) -> bool:
    """Whether a word surely is a number or a part of one."""
    low = word.casefold().replace("ё", "е")
    return language in _MAKERS and (
        _value(low, language)[0] is not None or low in _scales(language)
    )


def scale(word: str, language: str) -> int:
    """What a word multiplies a number by: “Millionen”, «тыс.», “bn”; 1 for other words."""
    return _scales(language).get(word.casefold().rstrip("."), 1)


def _composes(run: list[int], value: int) -> bool:
    """Whether a number goes on a larger one: twenty-two, сто двадцать; but not пять-шесть."""
    last = run[-1]
    if value >= 1000:
        return last < value
    if value == 100:
        return 0 < last < 10
    return (last >= 20 and last < 100 and last % 10 == 0 and 0 < value < 10) or (
        last >= 100 and last % 100 == 0 and 0 < value < 100
    ) or (last >= 1000 and value < 1000)  # fmt: skip


def _close(run: list[int], found: Counted) -> None:
    if not run:
        return
    total = part = 0
    for value in run:
        if value >= 1000:
            total += max(part, 1) * value
            part = 0
        elif value == 100 and 0 < part < 10:
            part *= 100
        else:
            part += value
    # “Tausende”, “hundreds”, “один из ста” say no number; those that were joined do.
    total += part
    if len(run) == 1 and (total >= 100 or total == 1):
        found.loose.add(str(total))
    else:
        found.sure[str(total)] += 1
        found.loose.update(map(str, run))


@lru_cache(maxsize=65_536)
def _value(word: str, language: str) -> tuple[int | None, frozenset[str]]:
    """The number that a word is, and those that it may have to do with."""
    known = _words(language)
    value = known.sure.get(word)
    if value is None and language == "kk":
        value = _kazakh(word)
    if value is None:
        value = _ordinal(word, language)
    multiplied = _scales(language).get(word)
    if value is None and multiplied and multiplied > 1:
        value = multiplied
    beginnings = (known.loose.get(word[:end], ()) for end in range(1, len(word) + 1))
    loose = frozenset(number for numbers in beginnings for number in numbers)
    return value, frozenset() if word in _NO_NUMBERS else loose


def _ordinal(word: str, language: str) -> int | None:
    if language == "en" and word == "third":
        return 3
    match = _ORDINALS[language].fullmatch(word)
    if match is None:
        return None
    known = _words(language)
    stem = match["stem"]
    value = _IRREGULAR[language].get(stem) or known.sure.get(stem)
    if value is None and language == "kk":
        value = next((number for number, listed in _KK.items() if listed == stem), None)
    return value


def _kazakh(word: str) -> int | None:
    for value, stem in _KK.items():
        if word.startswith(stem) and (value != 10 or word in ("он", "онға", "оннан")):
            rest = word[len(stem) :]
            if _KK_ENDINGS.fullmatch(rest):
                return value
    return None


@cache
def _scales(language: str) -> dict[str, int]:
    scales: dict[str, int] = {}
    for value, words in _SCALES:
        for word in words.split():
            scales.setdefault(word, value)
    if language == "de":
        scales["billion"] = 10**12
    if language == "kk":  # бір миллионнан, екі мыңға
        scales |= {f"{word}{end}": scales[word] for word in ("мың", "миллион", "миллиард")
                   for end in "нан нен ға ге ды ның дай".split()}  # fmt: skip
    return scales


@cache
def _words(language: str) -> _Words:
    return _MAKERS[language]()


def _german() -> _Words:
    units = {word: value for value, word in enumerate(_UNITS_DE) if value}
    tens = {word: 10 * ten for ten, word in enumerate(_TENS_DE, start=2)}
    small = units | tens | {"dreissig": 30}
    small |= {
        f"{unit}und{word}": ten + value
        for word, ten in tens.items()
        for unit, value in units.items()
        if value < 10
    }
    hundreds = {
        f"{unit}hundert{word}": 100 * value + rest
        for unit, value in units.items()
        for word, rest in {"": 0, **small, "eins": 1}.items()
    }
    hundreds |= {f"hundert{word}": 100 + rest for word, rest in small.items()}
    sure = {**small, **hundreds, "zwo": 2, "hundert": 100}
    sure |= {f"{unit}tausend": 1000 * value for unit, value in small.items()}
    del sure["ein"]
    more = (
        "ein 1|erst 1|einzig 1|dritt 3|siebt 7|beid 2|doppel 2|verdoppel 2|verdrei 3|vervier 4"
        "|dutzend 12|halb 2|hälft 2|vierzehn 2|paar 2|acht 7|jahrzehnt 10|jahrhundert 100|null 0"
        "|anderthalb 1.5|anderthalb 90|eineinhalb 1.5|eineinhalb 90|zweieinhalb 2.5|dreiviertel 45"
        "|tausend 1000|million 1000000|viertel 25|viertel 75|drittel 33|drittel 66|hälft 50"
    )
    return _Words(sure, _beginnings(sure, more))


def _english() -> _Words:
    sure = {word: value for value, word in enumerate(_UNITS_EN) if value > 1}
    sure |= {word: 10 * ten for ten, word in enumerate(_TENS_EN, start=2)}
    more = (
        "one 1|once 1|first 1|single 1|second 2|twice 2|both 2|double 2|doubling 2|pair 2|half 2"
        "|third 3|thrice 3|triple 3|fourth 4|quarter 4|fifth 5|eighth 8|ninth 9|twelfth 12"
        "|dozen 12|fortnight 14|decade 10|centur 100|hundred 100|thousand 1000|twentie 20"
        "|thirtie 30|fortie 40|fiftie 50|sixtie 60|seventie 70|eightie 80|ninetie 90|zero 0|nil 0"
        "|quadrupl 4|weekly 7|million 1000000|individual 1|alone 1|only 1|sole 1"
    )
    return _Words({**sure, "hundred": 100}, _beginnings(sure, more))


def _russian() -> _Words:
    sure: dict[str, int] = {}
    more = ["полов 2", "пара 2", "удво 2", "утро 3", "тысяч 1000", "полтор 1.5", "полтор 90"]
    more += ["недел 7", "недел 14", "век 100", "столет 100", "десятилет 10", "миллион 1000000"]
    for value, listed in _RU.items():
        forms, _, beginnings = listed.partition("|")
        sure |= dict.fromkeys(forms.split(), value)
        more += [f"{beginning} {value}" for beginning in beginnings.split()]
    return _Words(sure, _beginnings({}, "|".join(more)))


def _kazakhs() -> _Words:
    stems = {stem: value for value, stem in _KK.items() if value != 10}
    more = [f"{stem} {value}" for value, listed in _KK_LOOSE for stem in listed.split()]
    more += ["мың 1000", "ғасыр 100", "алғаш 1", "ширек 4", "жарт 2", "онжылд 10", "оныншы 10"]
    more += ["ондаған 10", "апта 7", "апта 14", "миллион 1000000"]
    return _Words({}, _beginnings(stems, "|".join(more)))


def _beginnings(sure: Mapping[str, int], more: str) -> Mapping[str, tuple[str, ...]]:
    """Words that may begin others, and what these may have to do with."""
    pairs = [(word, str(value)) for word, value in sure.items()]
    pairs += [(word, value) for word, value in (item.split() for item in more.split("|"))]
    found: dict[str, tuple[str, ...]] = {}
    for word, value in pairs:
        found[word] = (*found.get(word, ()), value)
    return found


_MAKERS: Final[Mapping[str, Callable[[], _Words]]] = {
    "de": _german, "en": _english, "ru": _russian, "kk": _kazakhs,
}  # fmt: skip
