"""What each language wants of quotation marks, dashes and spaces: data, with its sources.

Sources, by the names that the comments use: Duden (Rechtschreibung und Typografie), DIN 5008
(Schreib- und Gestaltungsregeln), Мильчин (Справочник издателя и автора), Емле (Қазақ тілінің
орфографиялық ережелері), Hart (New Hart's Rules), Chicago (The Chicago Manual of Style), SI
(the SI Brochure, 5.4.3), CLDR (as Babel tells it).

Spaces are of several kinds, and rules make no difference between them. So `rules` may be
applied until nothing changes, and `joins` after them once: they only change a space's kind.
Every pattern begins with the sign that is changed, as `re` finds signs fast, and looks behind
only then.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from workflow.editions.patterns import (
    CLOSED_INITIALS,
    DASHES,
    INITIALS,
    LOWER,
    UPPER,
    Place,
    Rule,
    Style,
    after,
    before,
    joined,
    pairs,
    parted,
    rule,
    suffixes,
)
from workflow.house import HouseStyle
from workflow.locales import language

_TIDY: Final = (
    rule(r" +(?=[\n\u00a0\u202f])", "", "\n\u00a0\u202f"),
    rule(r"(_)_+", r"\1", " \n\u00a0\u202f"),
    rule(r"\.\.\.(?:(?<![.\w]...)(?!\.)|(?<=\w...)(?![.\w]))", "…"),
    rule(r"([§№])(?=\d)", r"\1 ", "§№"),
)
_RANGES: Final = (
    # From–to: an en dash without spaces. Chains (dates, telephone numbers) are none.
    rule(
        r"(\d(?<![\w\-–.,].)\d{0,3}(?:[.,]\d+)?)-(?=\d{1,4}(?:[.,]\d+)?%?(?![\w\-–]|[.,]\d))",
        r"\1–",
        "-",
    ),
    rule(r"([IVX](?<![\w\-].)[IVX]*)-(?=[IVX]+(?![\w\-]))", r"\1–", "-"),
)
_COMMON: Final = (
    # Groups of three digits: SI, DIN 5008, Мильчин.
    Place(r"\d", r"(?=\d{3}(?!\d))(?<!\d\d\d\d.)(?<![.,]\d.)(?<![.,]\d\d.)(?<![.,]\d\d\d.)"),
    # SI: a space between the number and the unit, which do not part. Signs: DIN 5008, Мильчин.
    before(r"[kcmMG]?m[²³]?|[km]?g|[cm]?l|[kMG]?Wh?|[kM]?Hz|°[CF]|[kKMGT]B|h|min|s|ha|t"),
    Place(r"\d", r"(?=[%‰€$£₸₽])"),
    Place("[§№€$£]", r"(?=\d)"),
)

_CLOSED_DASH: Final = r"(?:—(?<=[\w)\]’”»\"'].)|--(?<=[\w)\]’”»\"']..)-?)"
_SPACED_DASH: Final = r"(?<=\S.)(?:-{2,3}|[–—―]|-(?=_\D)|(?<=\D.)-)"
"""Behind a space. A single hyphen between two numbers is a minus."""


def _dash(sign: str) -> Rule:
    """A dash with spaces: a hyphen, or any dash, between spaces is one."""
    return rule(rf"(_){_SPACED_DASH}(?=_\S)", rf"\1{sign}", DASHES)


# DIN 5008: abbreviations of several words have (narrow) spaces that do not break.
_ABBREVIATIONS_DE: Final = (
    "z B, d h, u a, o ä, o Ä, u ä, u Ä, i d, d R, z T, u U, s o, s u, m E, o g, i e, "
    "e V, n Chr, v Chr, z Z, a D, i S, G m, a M, m b, b H, u v, v m, v a, a m"
)
_MONTHS_DE: Final = (
    r"Jänner|Januar|Feber|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|"
    r"Dezember|Jän\.|Jan\.|Feb\.|Apr\.|Aug\.|Sept?\.|Okt\.|Nov\.|Dez\."
)
_GERMAN: Final = Style(
    # Duden: „ “ and ‚ ‘; Gedankenstrich, a dash of half an em with spaces.
    "„“‚‘",
    (*_TIDY, *_RANGES, _dash("–"), parted(_ABBREVIATIONS_DE)),
    joined(
        *_COMMON,
        Place(r"\.", rf"(?<=\d\..)(?=(?:{_MONTHS_DE}|Jahrhunderts?|Jh\.)(?!\w))"),
        before(
            r"Mio\.|Mrd\.|Tsd\.|Millionen?|Milliarden?|Prozent|Euro|Cent|Dollar|Tenge|Rubel|Uhr|"
            r"Std\.|[Mm]in\.|Sek\.|ff?\."
        ),
        *after("Nr. Abs. Art. Kap. Abb. Bd. Tab. Jg. S. Seite vgl. ca. Ziff. Rz. Rn. Z Art", r"\d"),
        *after("Dr. Prof. Mag. Ing. Hr. Fr. St. Dipl.", rf"[{UPPER}]"),
        INITIALS,
    ),
    joined(pairs(_ABBREVIATIONS_DE)),
    # DIN 5008: `6-jährig`, `i-Punkt`, `D-Zug`; longer ones may part, or lines would gape.
    re.compile(rf"(?<![\w\-])(?:\d+|[{UPPER}{LOWER}])-[{UPPER}{LOWER}]{{1,9}}(?!\w)"),
)

_ABBREVIATIONS_RU: Final = "т е, т д, т п, т к, т н, т о, н э, и о, с г, ж д"
_MONTHS_RU: Final = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
# Мильчин: in dialogue a dash begins the paragraph, or the line.
_DIALOGUE: Final = rule(r"[\-–—―](?<![^\u2028].)(?=_\S)", "—", DASHES)
_JOINED_DASHES: Final = (
    # Мильчин: a dash with spaces, never at the beginning of a line.
    Place("", "(?=—)"),
    Place("—", r"(?<![^\u2028]—.)"),
)
_RUSSIAN: Final = Style(
    "«»„“",  # Мильчин
    (*_TIDY, *_RANGES, _dash("—"), _DIALOGUE, parted(_ABBREVIATIONS_RU), CLOSED_INITIALS),
    joined(
        *_COMMON,
        *_JOINED_DASHES,
        # Мильчин: no line ends with a preposition or conjunction of one letter.
        Place("[аивкосуяАИВКОСУЯ]", r"(?<![\w\-]..)(?=\S)"),
        Place(r"\w", r"(?=(?:ли|ль|же?|бы?)(?!\w))"),
        before(
            r"(?:гг?|вв?|р|руб|коп|тыс|млн|млрд|трлн|чел|км|м|см|мм|кг|г|т|га|ч(?!\.)|мин|сек|л)(?!\w)|"
            rf"{_MONTHS_RU}|год[ауе]?|годов|годам?и?|годах|лет|век[ае]?|процент\w*|рубл\w+|тенге|"
            r"доллар\w*|евро"
        ),
        Place(
            r"\w",
            rf"(?=гг?\.|год|вв?\.|век)(?:(?<=\d-[{LOWER}].)|(?<=\d-[{LOWER}][{LOWER}].))",
        ),
        *after("тыс. млн млрд трлн", r"чел\.|руб|долл|тенге|евро|[$€₽₸]"),
        Place(r"\w", r"(?=вв?\.|век)(?<=[IVX].)"),
        *after("с. стр. рис. табл. гл. ст. п. т. вып. см. д. кв. ч.", r"\d"),
        *after("см.", r"(?:с|рис|табл|гл)\."),
        *after("до", r"н\."),
        *after("г. ул. пр. пл. им. обл. тов. проф. акад. гр. д-р", rf"[{UPPER}]"),
        pairs(_ABBREVIATIONS_RU),
        INITIALS,
    ),
    suffix=suffixes(3),
)

_ABBREVIATIONS_KK: Final = "т б, т с, ж б, т т, б з, з д, с с"
_MONTHS_KK: Final = (
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
)
_KAZAKH: Final = Style(
    "«»“”",  # Емле; nested ones differ by authority: see HouseStyle
    (*_TIDY, *_RANGES, _dash("—"), _DIALOGUE, parted(_ABBREVIATIONS_KK), CLOSED_INITIALS),
    joined(
        *_COMMON,
        *_JOINED_DASHES,
        # Емле: a number does not part from its unit, a year not from `ж.`, initials not from
        # a name.
        before(
            r"(?:жж?|ғғ?|км|м|см|мм|кг|г|т|га|л|тг)(?!\w)|(?:мың|млн|млрд|трлн"
            rf"|{_MONTHS_KK}|жыл|ғасыр|пайыз|теңге|доллар|рубль|еуро|миллион|миллиард)\w*"
        ),
        *after("мың млн млрд трлн миллион миллиард", "теңге|тг|доллар|рубль|еуро|[$€₽₸]"),
        Place(r"\w", r"(?=ғасыр|ғғ?\.)(?<=[IVXІХ].)"),
        *after("және", r"т\."),
        *after("қ. көш. обл. проф. акад.", rf"[{UPPER}]"),
        *after("б. бет. сур. кесте.", r"\d"),
        pairs(_ABBREVIATIONS_KK),
        INITIALS,
    ),
    suffix=suffixes(8),
)

_MONTHS_EN: Final = (
    "January February March April May June July August September October November December"
)
_ENGLISH: Final = joined(
    *_COMMON,
    before(
        "|".join(_MONTHS_EN.split())
        + r"|per_cent|percent|million|billion|trillion|thousand|[ap]\.m\.|[ap]m|BC|AD|CE|BCE"
    ),
    *after(_MONTHS_EN, r"\d{1,2}(?!\d)"),
    *after(
        "No. Nos. p. pp. vol. vols. Vol. ch. chs. Ch. fig. figs. Fig. Figs. Art. art. c. AD "
        "chapter Figure Table page",
        r"\d",
    ),
    *after("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof Prof. St St.", rf"[{UPPER}]"),
    INITIALS,
)
_BRITISH: Final = Style(
    "‘’“”",
    # Hart: an en rule with spaces, where others close up an em rule.
    (*_TIDY, *_RANGES, _dash("–"), rule(rf"{_CLOSED_DASH}(?=[\w(\[‘“„«])", " – ", DASHES)),
    _ENGLISH,
)
_AMERICAN: Final = Style(
    "“”‘’",
    # Chicago: an em dash without spaces.
    (
        *_TIDY,
        *_RANGES,
        rule(rf"_{_SPACED_DASH}_(?=\S)", "—", DASHES),
        rule(r"--(?<=[^\s\d\-]..)-?(?=[^\s\-])", "—", DASHES),
    ),
    _ENGLISH,
)

_STYLES: Final = {
    "de": _GERMAN,
    "ru": _RUSSIAN,
    "kk": _KAZAKH,
    "en-GB": _BRITISH,
    "en-US": _AMERICAN,
}


@cache
def style(locale: str, house: HouseStyle) -> Style | None:
    """The style of a locale; None if the house leaves it alone or nobody has written one."""
    if house.leaves(locale) or "Latn" in locale or "Arab" in locale:
        return None
    name = language(locale)
    if name == "en":
        american = house.en == "american" if locale == "en" else locale == "en-US"
        name = "en-US" if american else "en-GB"
    found = _STYLES.get(name)
    if found and name == "kk":
        return replace(found, quotes=found.quotes[:2] + house.kk_nested_quotes)
    return found
