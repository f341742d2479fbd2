"""Dates, percentages and names as a language writes them; the notices of a draft."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from workflow.editions.labels import Labels
from workflow.locales import language
from workflow.model import Coverage, Edition, State
from workflow.segments import rules, split

# `en` is set as British English unless asked otherwise (`en-US`).
_REGIONAL: Final = {"en": "en-GB"}
_FALLBACK: Final = "en-GB"

# What a draft tells its readers, in the order of how much it matters to them.
_NOTICES: Final = (
    ((State.MACHINE,), "Machine translation that no person has reviewed: {percent} of the text."),
    (
        (State.MISSING,),
        "Not translated yet, shown in the original language: {percent} of the text.",
    ),
    ((State.STALE,), "Translated from an older version of the original: {percent} of the text."),
    ((State.FUZZY,), "Translation in progress: {percent} of the text."),
)


# What people have done of a translation; who reviews a sentence is another than who accepted it.
_LOOKED_AT: Final = (
    ((State.TRANSLATED, State.REVIEWED), "Checked by a person: {percent}"),
    ((State.REVIEWED,), "Reviewed by a second person: {percent}"),
)


def shorten(text: str, limit: int, locale: str) -> str:
    """A text of no more than so many characters: whole sentences, if they fill half of them."""
    if len(text) <= limit:
        return text
    ends = [start for start, _ in split.spans(text, rules.load(locale)) if start <= limit]
    if ends and ends[-1] >= limit / 2:
        return text[: ends[-1]]
    return text[: limit - 2].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"


def long_date(day: datetime.date, locale: str) -> str:
    """A date in words, such as `10 января 2022 г.`."""
    return str(format_date(day, "long", locale=_babel(locale)))


def percent(share: float, locale: str) -> str:
    """A share as whole percents; never rounded to 0 or 100 unless it is."""
    rounded = round(share * 100)
    if rounded == 0 and share > 0:
        rounded = 1
    if rounded == 100 and share < 1:
        rounded = 99
    return str(format_percent(rounded / 100, locale=_babel(locale)))


def number(value: int, locale: str) -> str:
    """A number as a language writes it: `1 110`."""
    return str(format_decimal(value, locale=_babel(locale)))


def native_name(locale: str) -> str:
    """A language's name in itself, as a menu writes it: `Русский`, `Қазақ тілі`."""
    known = _babel(locale)
    if known.language != language(locale):
        return locale
    name = str(Locale(known.language).get_display_name() or locale)
    return name[:1].upper() + name[1:]


def language_name(locale: str, within: str) -> str:
    """The name of a locale's language in another language: `немецкий`."""
    return str(_babel(within).languages.get(language(locale), locale))


def place(locale: str) -> str:
    """A locale with its country, as OpenGraph wants it: `de_AT`, `ru_RU`, `kk_KZ`, `en_GB`."""
    known = _babel(locale)
    likely = get_global("likely_subtags").get(known.language, "").split("_")[-1]
    territory = known.territory or likely
    return f"{known.language}_{territory}" if territory else known.language


def notices(edition: Edition) -> Iterator[str]:
    """What a draft says on its face; nothing for the original, or when all is accepted."""
    if edition.exceptions is None:
        yield from _unfinished(edition)


def exceptions(edition: Edition) -> Iterator[str]:
    """What a release lets pass by name, for its colophon."""
    if not edition.exceptions:
        return
    yield from _unfinished(edition)
    checks = Counter(code for code in edition.exceptions if code not in set(State))
    if checks:
        told = ", ".join(
            code if number == 1 else f"{code} ({number})" for code, number in checks.items()
        )
        labels = Labels(edition.locale)
        yield labels("Released in spite of these findings: {codes}.", codes=told)


def headline(edition: Edition) -> str:
    """The draft's notice in a few words, for its head and its running foot; or nothing."""
    released = edition.exceptions is not None
    if edition.original or released or accepted(edition.coverage):
        return ""
    labels = Labels(edition.locale)
    share = edition.coverage.share(State.MACHINE)
    if share:
        text = labels("Machine translation, not reviewed")
        return f"{text}\u00a0· {percent(share, edition.locale)}"
    done = percent(1 - edition.coverage.share(State.MISSING), edition.locale)
    return labels("Draft of a translation, {percent} translated", percent=done)


def status(edition: Edition) -> str:
    """How far a translation is, in a line: what machines wrote, what people have looked at."""
    return " · ".join(filter(None, (headline(edition), looked_at(edition))))


def looked_at(edition: Edition) -> str:
    """How much of a translation people have checked; nothing for the original."""
    if edition.original:
        return ""
    labels = Labels(edition.locale)
    shares = ((edition.coverage.share(*states), label) for states, label in _LOOKED_AT)
    told = (labels(label, percent=percent(part, edition.locale)) for part, label in shares if part)
    return " · ".join(told)


def accepted(coverage: Coverage) -> bool:
    """Whether people have accepted every segment."""
    done = (State.TRANSLATED, State.REVIEWED)
    return all(not number or state in done for state, number in coverage.segments.items())


def _unfinished(edition: Edition) -> Iterator[str]:
    if edition.original:
        return
    labels = Labels(edition.locale)
    for states, label in _NOTICES:
        share = edition.coverage.share(*states)
        if share:
            yield labels(label, percent=percent(share, edition.locale))


def _babel(locale: str) -> Locale:
    regional = _REGIONAL.get(locale, locale)
    for name in (regional, language(locale), _FALLBACK):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows British English")
