"""The words for numbers in four languages: what each surely is, and what it may have to do with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

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
_PARTS: Final = {
    "half": "2 0.5 50 30 6 500000 500", "third": "3 0.33 0.67 33 66 67",
    "quarter": "4 0.25 0.75 25 75 15 45 250 750",
}  # fmt: skip
# Like a number at their beginning, and so frequent that they would explain any.
_NO_NUMBERS: Final = frozenset(
    "үшін онда онымен оны онан ондай онша оның оған онсыз онымыз как также einander eine einen "
    "einem einer eines ein and as at are all also after about any again".split()
)
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


@dataclass(frozen=True, slots=True)
class _Words:
    sure: Mapping[str, int]
    loose: Mapping[str, tuple[str, ...]]
    """By beginnings of words."""


@lru_cache(maxsize=65_536)
def value(word: str, language: str) -> tuple[int | None, frozenset[str]]:
    """The number that a word is, and those that it may have to do with.

    Args:
        word: in small letters.
        language: one of those that are `known`.
    """
    known = _words(language)
    number = known.sure.get(word)
    if number is None and language == "kk":
        number = _kazakh(word)
    if number is None:
        number = _ordinal(word, language)
    multiplied = scales(language).get(word)
    if number is None and multiplied and multiplied > 1:
        number = multiplied
    beginnings = (known.loose.get(word[:end], ()) for end in range(1, len(word) + 1))
    loose = frozenset(number for numbers in beginnings for number in numbers)
    return number, frozenset() if word in _NO_NUMBERS else loose


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


def known(language: str) -> bool:
    """Whether the number words of a language are known."""
    return language in _MAKERS


@cache
def scales(language: str) -> Mapping[str, int]:
    """What words multiply a number by: “Millionen”, «тыс.», “bn”."""
    known: dict[str, int] = {}
    for number, words in _SCALES:
        for word in words.split():
            known.setdefault(word, number)
    if language == "de":
        known["billion"] = 10**12
    if language == "kk":  # бір миллионнан, екі мыңға
        known |= {f"{word}{end}": known[word] for word in ("мың", "миллион", "миллиард")
                   for end in "нан нен ға ге ды ның дай".split()}  # fmt: skip
    return known


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
        "|dutzend 12|hälft 2|vierzehn 2|paar 2|acht 7|jahrzehnt 10|jahrhundert 100|null 0"
        "|anderthalb 2|quartal 3|viertel 3|achtelfinal 16|viertelfinal 8|halbfinal 4|mittag 12"
        "|mitternacht 0|mitternacht 24|mitternacht 12|neujahr 1|silvester 31|heiligabend 24"
        "|tausend 1000|million 1000000|viertel 25|viertel 75|drittel 33|drittel 66|hälft 50"
    )
    more += "".join(f"|{word}er {1900 + ten}" for word, ten in (tens | {"dreissig": 30}).items())
    more += _parts(half=("halb", "hälft"), third=("drittel",), quarter=("viertel", "dreiviertel"))
    return _Words(sure, _beginnings(sure, f"{more}|achtel 0.12"))


def _english() -> _Words:
    sure = {word: value for value, word in enumerate(_UNITS_EN) if value > 1}
    sure |= {word: 10 * ten for ten, word in enumerate(_TENS_EN, start=2)}
    more = (
        "one 1|once 1|first 1|single 1|second 2|twice 2|both 2|double 2|doubling 2|pair 2"
        "|third 3|thrice 3|triple 3|fourth 4|quarter 4|fifth 5|eighth 8|ninth 9|twelfth 12"
        "|dozen 12|fortnight 14|decade 10|centur 100|hundred 100|thousand 1000|twentie 20"
        "|thirtie 30|fortie 40|fiftie 50|sixtie 60|seventie 70|eightie 80|ninetie 90|zero 0|nil 0"
        "|quadrupl 4|weekly 7|million 1000000|individual 1|alone 1|only 1|sole 1|quarter 3|noon 12"
        "|midday 12|midnight 0|midnight 24|midnight 12|nil 0|mayday 1"
    )
    tens = {word.removesuffix("y"): 10 * ten for ten, word in enumerate(_TENS_EN, start=2)}
    more += "".join(f"|{word}ie {1900 + ten}" for word, ten in tens.items())
    more += _parts(half=("half", "halv"), third=("third",), quarter=("quarter",))
    return _Words({**sure, "hundred": 100}, _beginnings(sure, f"{more}|eighth 0.12"))


def _russian() -> _Words:
    sure: dict[str, int] = {}
    more = [
        "пара 2",
        "удво 2",
        "утро 3",
        "тысяч 1000",
        "полтор 2",
        "полутор 2",
        "восьм 0.12",
        "полдень 12",
    ]
    more += ["полудн 12", "полноч 0", "полноч 24", "круглосуточн 24", "первома 1", "сочельник 24"]
    more += ["недел 7", "недел 14", "век 100", "столет 100", "десятилет 10", "миллион 1000000"]
    for value, listed in _RU.items():
        forms, _, beginnings = listed.partition("|")
        sure |= dict.fromkeys(forms.split(), value)
        more += [f"{beginning} {value}" for beginning in beginnings.split()]
        if value in range(20, 100):
            more += [f"{beginning} {1900 + value}" for beginning in beginnings.split()]
    listed = "|".join(more) + _parts(half=("пол",), third=("трет",), quarter=("четверт",))
    return _Words(sure, _beginnings({}, listed))


def _kazakhs() -> _Words:
    stems = {stem: value for value, stem in _KK.items() if value != 10}
    more = [f"{stem} {value}" for value, listed in _KK_LOOSE for stem in listed.split()]
    more += ["мың 1000", "ғасыр 100", "алғаш 1", "ширек 4", "жарт 2", "онжылд 10", "оныншы 10"]
    more += ["ондаған 10", "апта 7", "апта 14", "миллион 1000000", "сегіз 0.12", "талтүс 12"]
    more += [f"{stem} {1900 + value}" for value, stem in _KK.items() if value in range(20, 100)]
    listed = "|".join(more) + _parts(
        half=("жарт", "жарым"), third=("үштен", "үштің"), quarter=("төрттен", "төрттің", "ширек")
    )
    return _Words({}, _beginnings(stems, listed))


def _parts(**listed: tuple[str, ...]) -> str:
    """Words for parts: of one, of a hundred, of an hour, a year, a century, a million."""
    return "".join(
        f"|{word} {value}"
        for part, words in listed.items()
        for word in words
        for value in _PARTS[part].split()
    )


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
