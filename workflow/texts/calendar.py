"""Days, months and weekdays of a text, as numbers: “3. Jänner”, «3 января», “3 қаңтар”."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from workflow.texts.words import Telling, vocabulary

# Twelve months, Monday to Sunday: as words begin, with what may follow.
_MONTHS: Final[Mapping[str, str]] = {
    "de": r"(?:januar|jänner|jän\.|jan\.)s? (?:februar|feber|feb\.)s? (?:märz|mrz\.)(?:es)? "
    r"(?:april|apr\.)s? mai(?:s|en)? juni?s? juli?s? (?:august|aug\.)s? (?:september|sept?\.)s? "
    r"(?:oktober|okt\.)s? (?:november|nov\.)s? (?:dezember|dez\.)s?",
    "ru": r"январ\w+ феврал\w+ март(?:а|у|ом|е|овск\w+)? апрел\w+ ма(?:й|я|ю|ем|е|йск\w+) июн\w+ "
    r"июл\w+ август(?:а|у|ом|е|овск\w+)? сентябр\w+ октябр\w+ ноябр\w+ декабр\w+",
    "kk": r"қаңтар\w* ақпан\w* наурыз\w* сәуір\w* мамыр\w* маусым\w* шілде\w* тамыз\w* "
    r"қыркүйек\w* қазан\w* қараша\w* желтоқсан\w*",
    "en": r"(?:january|jan\.?) (?:february|feb\.?) (?:march|mar\.) (?:april|apr\.?) may june? "
    r"july? (?:august|aug\.?) (?:september|sept?\.?) (?:october|oct\.?) (?:november|nov\.?) "
    r"(?:december|dec\.?)",
}
_DAYS: Final[Mapping[str, str]] = {
    "de": r"montags? dienstags? mittwochs? donnerstags? freitags? (?:samstag|sonnabend)s? "
    r"sonntags?",
    "ru": r"понедельник\w* вторник\w* среду четверг\w* пятниц\w+ суббот\w+ воскресень\w+",
    "kk": r"дүйсенбі\w* сейсенбі\w* сәрсенбі\w* бейсенбі\w* жұма(?:да|ны|ның|ға|сы)? сенбі\w* "
    r"жексенбі\w*",
    "en": r"mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays?",
}
# These words also mean something else: they are months only beside a number.
_DOUBTFUL: Final[Mapping[str, frozenset[int]]] = {
    "en": frozenset({3, 5}), "kk": frozenset({3, 6, 10, 11}), "ru": frozenset(), "de": frozenset(),
}  # fmt: skip
_GAP: Final = r"[ \u00a0\u202f]"
# “8.”, “8./9.”, “8. bis 10.”, “8–9”, “5th”
_ONE: Final = r"\d{1,2}(?:\.|st|nd|rd|th|-?го|-?е)?"
_CLUSTER: Final = (
    rf"(?<![\d.,:]){_ONE}(?:(?:{_GAP}?[-–—/,]{_GAP}?|{_GAP}(?:und|bis|and|to|по|и|мен|пен){_GAP})"
    rf"{_ONE}){{0,3}}"
)


# “in May”, “last March”
_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|until|by|of|last|next|early|late|mid|жылғы|жылы|жылдың) \Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a text."""

    months: frozenset[int] = frozenset()
    """Those that surely are months."""
    mentioned: frozenset[int] = frozenset()
    """Those and what may be one: “Mai” in “Maifeiertag”, “may”."""
    dated: frozenset[tuple[int, int]] = frozenset()
    """Day and month."""
    weekdays: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()
    """Those of “24.12.”, which may be no date."""


_NONE: Final = Dates()


def changed(source: str, target: str, source_language: str, language: str) -> str:
    """What of the dates is not the same in a translation, in words; nothing if all is well."""
    ours, theirs = dates(source, source_language), dates(target, language)
    if not (ours.mentioned or theirs.mentioned or ours.weekdays):
        return ""
    lost = ours.months - theirs.mentioned
    added = theirs.months - ours.mentioned
    if (ours.doubtful - theirs.mentioned) and added:
        return "another month"
    if lost and (added or any(month in lost for _, month in ours.dated)):
        return "another month" if added else "the month is missing"
    days, others = ours.weekdays - theirs.weekdays, theirs.weekdays - ours.weekdays
    if days and others:
        return "another day of the week"
    if len(ours.months) > 1 and ours.dated - theirs.dated and theirs.dated - ours.dated:
        return "days and months changed places"
    return ""


def dates(text: str, language: str) -> Dates:
    """The dates of a text.

    Args:
        text: its words.
        language: de, ru, kk or en; of others only what is written with digits is known.
    """
    telling = bool(_telling(language).among(vocabulary(text)))
    written = _DIGITS.search(text)
    found = _of_digits(text) if written else _NONE
    patterns = _patterns(language) if telling else None
    if patterns is None:
        return found
    named, weekdays, loose = patterns
    months, dated = set(found.months), set(found.dated)
    mentioned = {_which(match, "m") for match in loose.finditer(text)} | found.mentioned
    for match in named.finditer(text) if mentioned else ():
        month, cluster = _which(match, "m"), match["before"] or match["after"] or ""
        days = map(int, re.findall(r"\d+", cluster))
        dated.update((day, month) for day in days if 0 < day <= 31)
        mentioned.add(month)
        if cluster or month not in _DOUBTFUL[language] or _is_month(match):
            months.add(month)
    return Dates(
        frozenset(months),
        frozenset(mentioned | months),
        frozenset(dated),
        frozenset(_which(match, "w") for match in weekdays.finditer(text)),
        found.doubtful,
    )


def tells(word: str, language: str) -> bool:
    """Whether a word may be a month or a day of the week."""
    return bool(_telling(language).among({word.casefold().replace("ё", "е")}))


def _of_digits(text: str) -> Dates:
    """Dates such as 24.12.2021 and 2021-12-24; “24.12.” may be none."""
    months, dated, doubtful = set(), set(), set()
    for match in _NUMERIC.finditer(text):
        day, month = int(match["d"] or match["iso_d"]), int(match["m"] or match["iso_m"])
        if not (0 < month <= 12 and 0 < day <= 31):
            continue
        if match["y"] or match["iso_y"]:
            months.add(month)
            dated.add((day, month))
        else:
            doubtful.add(month)
    return Dates(
        frozenset(months), frozenset(months | doubtful), frozenset(dated),
        doubtful=frozenset(doubtful),
    )  # fmt: skip


def _is_month(match: re.Match[str]) -> bool:
    """Whether a word that also means something else is a month: “in May”, “March 2020”."""
    return bool(match["year"] or _PREPOSITION.search(match.string, 0, match.start()))


_DIGITS: Final = re.compile(r"\d[.-] ?\d")
_NUMERIC: Final = re.compile(
    r"(?<![\d.])(?:(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4}|\d\d)?(?!\d)"
    r"|(?P<iso_y>\d{4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d))"
)


@cache
def _telling(language: str) -> Telling:
    """Finds the words that are or begin with a month, or are a day of the week."""
    patterns = (_patterns(language) or ())[1:]
    listed = f" {_MONTHS.get(language, '')} {_DAYS.get(language, '')}"
    starts = frozenset(re.findall(r"(?<=[ |:])\w\w", listed))
    return Telling(
        lambda word: word[:2] in starts and any(pattern.match(f"{word}.") for pattern in patterns)
    )


def _which(match: re.Match[str], prefix: str) -> int:
    return next(
        int(name[1:]) for name, text in match.groupdict().items()
        if text and name[0] == prefix and name[1:].isdigit()
    )  # fmt: skip


@cache
def _patterns(
    language: str,
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    if language not in _MONTHS:
        return None
    words = _MONTHS[language].split()
    months = "|".join(f"(?P<m{number}>{word})" for number, word in enumerate(words, start=1))
    weekdays = "|".join(
        f"(?P<w{number}>{word})" for number, word in enumerate(_DAYS[language].split())
    )
    after = rf"{_GAP}{_CLUSTER}(?!\d)" if language == "en" else r"(?!)"
    year = rf"{_GAP}?,?{_GAP}?\d{{4}}|{_GAP}ай(?:ы|ын)"
    named = (
        rf"(?:(?P<before>{_CLUSTER}){_GAP}(?:of{_GAP})?)?(?<!\w)(?:{months})(?!\w)"
        rf"(?:(?P<after>{after})|(?P<year>{year}))?"
    )
    loose = r"(?<!\w)(?:" + "|".join(
        f"(?P<m{number}>{_stem(word)})" for number, word in enumerate(words, start=1)
    ) + ")"  # fmt: skip
    return (
        re.compile(named, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{weekdays})(?!\w)", re.IGNORECASE),
        re.compile(loose, re.IGNORECASE),
    )


def _stem(word: str) -> str:
    """How a month begins, in compounds too: Februarrevolution."""
    return re.sub(r"(?:\\w[*+]|s\?|\(\?:s\|en\)\?|\(\?:es\)\?)\Z", "", word)
