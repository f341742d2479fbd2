"""What each language wants of quotation marks, dashes and spaces: data, with its sources.

Sources, by the names that the comments use: Duden (Rechtschreibung und Typografie), DIN 5008
(Schreib- und Gestaltungsregeln), Мильчин (Справочник издателя и автора), Емле (Қазақ тілінің
орфографиялық ережелері), Hart (New Hart's Rules), Chicago (The Chicago Manual of Style), SI
(the SI Brochure, 5.4.3), CLDR (as Babel tells it).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workflow.house import HouseStyle
from workflow.locales import language

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"
JOINER: Final = "\u2060"
"""Keeps a hyphen and what follows together. Our serif has no U+2011."""

_SPACE: Final = r"[ \n\u00a0\u202f]"
_UPPER: Final = "A-ZÄÖÜА-ЯЁӘҒҚҢӨҰҮҺІ"
_LOWER: Final = "a-zäöüßа-яёәғқңөұүһі"


@dataclass(frozen=True, slots=True)
class Rule:
    """Each group of the pattern is replaced by the text in its place."""

    pattern: re.Pattern[str]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How one language is set."""

    quotes: str
    """Opening, closing; and the same within quotations."""
    rules: tuple[Rule, ...]
    """In this order."""


def _rule(pattern: str, *texts: str) -> Rule:
    """A rule; `_` in its pattern is a space or a line break, breakable or not."""
    return Rule(re.compile(pattern.replace("_", _SPACE)), texts)


def _after(words: str, follows: str, space: str = NBSP) -> Rule:
    """No break between one of these words and what follows it."""
    return _rule(rf"(?<![^\W_])(?:{words})(_)(?={follows})".replace(r"\W_", r"\W"), space)


def _before(words: str, leads: str = r"\d") -> Rule:
    """No break between a number (or what `leads`) and one of these words."""
    return _rule(rf"(?<={leads})(_)(?=(?:{words})(?!\w))", NBSP)


def _abbreviations(texts: str, space: str) -> tuple[Rule, ...]:
    """`z. B.`, also written without a space."""
    return tuple(
        _rule(rf"(?<![\w.]){re.escape(first)}\.(_?)(?={re.escape(second)}\.)", space)
        for first, second in (text.split() for text in texts.split(", "))
    )


_COMMON: Final = (
    _rule(r"((?: {2,}))", " "),
    _rule(r"(?= *[\u00a0\u202f])([ \u00a0\u202f]{2,})", NBSP),
    _rule(r"(?<![.\w])(\.{3})(?!\.)", "…"),
    _rule(r"(?<=\w)(\.{3})(?![.\w])", "…"),
    # From–to: an en dash without spaces. Chains (dates, telephone numbers) are none.
    _rule(r"(?<![\w\-–.,])\d{1,4}(?:[.,]\d+)?(-)(?=\d{1,4}(?:[.,]\d+)?%?(?![\w\-–]|[.,]\d))", "–"),
    _rule(r"[IVX]+(-)(?=[IVX]+\b(?!-))", "–"),
    # SI: a space between the number and the unit, which do not part. Signs: DIN 5008, Мильчин.
    _before(r"[kcmMG]?m[²³]?|[km]?g|[cm]?l|[kMG]?W|[kMG]?Wh|[kM]?Hz|°[CF]|[kKMGT]B|h|min|s|ha|t"),
    _rule(r"(?<=\d)(_)(?=[%‰€$£₸₽])", NBSP),
    _rule(r"[§№](_?)(?=\d)", NBSP),
    # Groups of three digits: SI, DIN 5008, Мильчин.
    _rule(r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d{1,3}(_)(?=\d{3}(?!\d))", NBSP),
    _rule(r"(?<![\d.,])\d{1,3}_\d{3}(_)(?=\d{3}(?!\d))", NBSP),
)
# Initials and a surname stay together (Duden, Мильчин, Емле, Hart).
_INITIALS: Final = _rule(
    rf"(?<![\w.])(?:[{_UPPER}]\.)*[{_UPPER}]\.(_)(?=[{_UPPER}](?:\.|[{_LOWER}]))", NBSP
)
# So they do where no space was written, which Russian and Kazakh want.
_CLOSED_INITIALS: Final = (
    _rule(
        rf"(?<!\w)[{_UPPER}]\.()(?=[{_UPPER}]\.{_SPACE}?[{_UPPER}][{_LOWER}]|[{_UPPER}][{_LOWER}])",
        NBSP,
    ),
    _INITIALS,
)

_MONTHS_DE: Final = (
    "Jänner|Januar|Feber|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|"
    "Dezember|Jän\\.|Jan\\.|Feb\\.|Apr\\.|Aug\\.|Sept?\\.|Okt\\.|Nov\\.|Dez\\."
)
_MONTHS_RU: Final = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_MONTHS_KK: Final = (
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
)
_MONTHS_EN: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)


def _dashes(before: str, dash: str, after: str) -> tuple[Rule, ...]:
    """A dash between words: hyphens with spaces around are one, except between numbers."""
    return (
        _rule(r"(?<=\S)(_+)(-|--|---|–|—|―)(_+)(?=[^\s\d])", before, dash, after),
        _rule(r"(?<=[^\s\d])(_+)(-|--|---|–|—|―)(_+)(?=\d)", before, dash, after),
        _rule(r"(?<=\d)(_+)(--|---|–|—|―)(_+)(?=\d)", before, dash, after),
    )


_GERMAN: Final = (
    # Duden: Gedankenstrich, a dash of half an em with spaces.
    *_dashes(" ", "–", " "),
    # DIN 5008: abbreviations of several words have (narrow) spaces that do not break.
    *_abbreviations(
        "z B, d h, u a, o ä, o Ä, u ä, u Ä, i d, d R, v a, z T, u U, s o, s u, m E, o g, i e, "
        "e V, n Chr, v Chr, z Z, a D, i S, G m",
        NARROW,
    ),
    _rule(rf"\d\.(_)(?=(?:{_MONTHS_DE})(?!\w))", NBSP),
    _rule(r"\d\.(_)(?=(?:Jahrhunderts?|Jh\.)(?!\w))", NBSP),
    _before(
        r"Mio\.|Mrd\.|Tsd\.|Millionen|Milliarden|Prozent|Euro|Dollar|Tenge|Rubel|Uhr|Std\.|ff?\."
    ),
    _after(r"Nr\.|Abs\.|Art\.|Kap\.|Abb\.|Bd\.|Tab\.|Jg\.|S\.|Seite|vgl\.|ca\.|Ziff\.", r"\d"),
    _after(r"Dr\.|Prof\.|Mag\.|Ing\.|Hr\.|Fr\.|St\.|Dipl\.", rf"[{_UPPER}]"),
)
_RUSSIAN: Final = (
    # Мильчин: a dash with spaces, never at the beginning of a line; in dialogue it begins one.
    *_dashes(NBSP, "—", " "),
    _rule(r"\A(-|–|—|―)(_)(?=\S)", "—", NBSP),
    # Мильчин: no line ends with a preposition or conjunction of one letter.
    _rule(r"(?<![\w\-])[аивкосуяАИВКОСУЯ](_)(?=\S)", NBSP),
    _rule(r"(?<=\w)(_)(?=(?:ли|ль|же|ж|бы|б)(?!\w))", NBSP),
    *_abbreviations("т е, т д, т п, т к, т н, т о, н э, и о", NBSP),
    _rule(r"(?<!\w)до(_)(?=н\.)", NBSP),
    _rule(
        r"(?<=\d)(_)(?=(?:г|гг|в|вв|р|руб|коп|тыс|млн|млрд|чел|км|м|см|кг|г|т|га|ч|мин)\b)", NBSP
    ),
    _rule(rf"\d-{JOINER}?[{_LOWER}]{{1,2}}(_)(?=гг?\.|год)", NBSP),
    _rule(r"(?<!\w)(?:тыс\.|млн|млрд)(_)(?=руб|долл|тенге|евро|[$€₽₸])", NBSP),
    _rule(r"(?<=[IVX])(_)(?=вв?\.|век)", NBSP),
    _before(rf"{_MONTHS_RU}|год[ауе]?|году|годов|лет|век[ае]?|процент\w*|рубл\w+|тенге|доллар\w*"),
    _rule(rf"(?<=\d)(_)(?=(?:{_MONTHS_RU})(?!\w))", NBSP),
    _rule(r"(?<!\w)(?:с|стр|рис|табл|гл|ст|п|т|вып|см|д|кв)\.(_)(?=\d|с\.|рис\.)", NBSP),
    _rule(rf"(?<!\w)(?:г|ул|пр|пл|им|обл|тов|проф|акад|д-р)\.?(?<=[.р])(_)(?=[{_UPPER}])", NBSP),
    # A suffix does not part from an abbreviation or a number.
    _rule(rf"[{_UPPER}\d](-{JOINER}?)(?=[{_LOWER}]{{1,3}}(?!\w))", f"-{JOINER}"),
)
_KAZAKH: Final = (
    *_dashes(NBSP, "—", " "),
    _rule(r"\A(-|–|—|―)(_)(?=\S)", "—", NBSP),
    # Емле: a number does not part from its unit, a year not from `ж.`, initials not from a name.
    _rule(r"(?<=\d)(_)(?=(?:ж|жж|ғ|км|м|см|кг|г|т|га|мың|млн|млрд|тг)\b)", NBSP),
    _rule(
        rf"(?<=\d)(_)(?=(?:{_MONTHS_KK}|жыл|ғасыр|пайыз|теңге|доллар|рубль|миллион|миллиард))", NBSP
    ),
    _rule(r"(?<=\d)(_)(?=мың|млн|млрд)", NBSP),
    _rule(r"(?<!\w)(?:мың|млн|млрд|миллион|миллиард)(_)(?=теңге|тг|доллар|рубль|[$€₽₸])", NBSP),
    _rule(r"(?<=[IVXІХ])(_)(?=ғасыр|ғ\.)", NBSP),
    *_abbreviations("т б, т с, ж б, т т, б з, з д", NBSP),
    _rule(r"(?<!\w)және(_)(?=т\.)", NBSP),
    _rule(rf"(?<!\w)(?:қ|көш|обл)\.(_)(?=[{_UPPER}])", NBSP),
    _rule(r"(?<!\w)(?:б|бет|сур|кесте)\.(_)(?=\d)", NBSP),
    _rule(rf"[{_UPPER}\d](-{JOINER}?)(?=[{_LOWER}]{{1,6}}(?!\w))", f"-{JOINER}"),
)
_ENGLISH: Final = (
    _rule(rf"(?<=\d)(_)(?=(?:{_MONTHS_EN})(?!\w))", NBSP),
    _after(_MONTHS_EN, r"\d{1,2}(?!\d)"),
    _before(r"per_cent|percent|million|billion|thousand|[ap]\.m\.|[ap]m|BC|AD|CE|BCE"),
    _after(r"Nos?\.|pp?\.|vols?\.|chs?\.|figs?\.|chapter|Figure|Table|page|c\.", r"\d"),
    _after(r"Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|St\.?", rf"[{_UPPER}]"),
)
# Hart: an en rule with spaces, where others close up an em rule.
_BRITISH: Final = (
    *_dashes(" ", "–", " "),
    _rule(r"(?<=[\w)\]’”»\"'])(—|--|---)(?=[\w(\[‘“„«])", " – "),
    *_ENGLISH,
)
# Chicago: an em dash without spaces.
_AMERICAN: Final = (
    _rule(r"(?<=[^\s\d])(_+(?:-|--|---|–|—|―)_+|--|---)(?=[^\s\-])", "—"),
    _rule(r"(?<=\d)(_+(?:-|--|---|–|—|―)_+)(?=[^\s\d])", "—"),
    *_ENGLISH,
)

# Quotation marks: Duden; Мильчин; Емле (nested ones differ by authority: see HouseStyle);
# Hart and Chicago for the two Englishes.
_STYLES: Final[Mapping[str, Style]] = {
    "de": Style("„“‚‘", (*_COMMON, *_GERMAN, _INITIALS)),
    "ru": Style("«»„“", (*_COMMON, *_RUSSIAN, *_CLOSED_INITIALS)),
    "kk": Style("«»“”", (*_COMMON, *_KAZAKH, *_CLOSED_INITIALS)),
    "en-GB": Style("‘’“”", (*_COMMON, *_BRITISH, _INITIALS)),
    "en-US": Style("“”‘’", (*_COMMON, *_AMERICAN, _INITIALS)),
}


def style(locale: str, house: HouseStyle) -> Style | None:
    """The style of a locale; None if the house leaves it alone or nobody has written one."""
    if house.leaves(locale):
        return None
    name = language(locale)
    if name == "en":
        american = house.en == "american" if locale == "en" else locale == "en-US"
        name = "en-US" if american else "en-GB"
    found = _STYLES.get(name) if "Latn" not in locale and "Arab" not in locale else None
    if found and name == "kk":
        return Style("«»" + house.kk_nested_quotes, found.rules)
    return found
