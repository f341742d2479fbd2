"""Dates, percentages and names as a language writes them; the notices of a draft."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from workflow.editions.labels import Labels
from workflow.locales import language
from workflow.model import Coverage, Edition, State

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
        return f"{text} · {percent(share, edition.locale)}"
    done = percent(1 - edition.coverage.share(State.MISSING), edition.locale)
    return labels("Draft of a translation, {percent} translated", percent=done)


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
