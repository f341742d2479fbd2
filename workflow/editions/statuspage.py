"""The status page: how far each translation is, at a glance and in numbers.

It names nobody. What a bar shows stands beside it in words.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from workflow.editions import wording
from workflow.editions.heads import Head
from workflow.editions.labels import Labels
from workflow.editions.pages import render, stylesheet
from workflow.model import State

# From the left of a bar to its right: what is done first. The words are for readers.
_STATES: Final = (
    (State.REVIEWED, "Reviewed by a second person"),
    (State.TRANSLATED, "Translated"),
    (State.FUZZY, "Translation in progress"),
    (State.MACHINE, "Machine translation"),
    (State.STALE, "The original has changed since"),
    (State.MISSING, "Not translated yet"),
)
_IN_WORDS: Final = ("bilingual", "booklet")  # formats that are no abbreviation
_ACCEPTED: Final = (State.REVIEWED, State.TRANSLATED)


@dataclass(frozen=True, slots=True)
class Row:
    """An article in one locale."""

    locale: str
    title: str
    files: tuple[tuple[str, str], ...]
    """Formats of its editions, and where they are, as seen from the page."""
    standing: Mapping[str, Any]
    """What `Standing.data` tells; empty for the original."""


def status_page(articles: Sequence[Sequence[Row]], *, name: str, locale: str, fonts: str) -> str:
    """The page.

    Args:
        articles: per article its original, if it was built, and its translations.
        name: what the site is called.
        locale: the site's own language.
        fonts: `@font-face` rules with the fonts embedded.
    """
    return render(
        "status.html",
        {
            "articles": [_article(rows, locale) for rows in articles],
            "name": name,
            "locale": locale,
            "labels": Labels(locale),
            "head": Head(()),
            "fonts": Markup(fonts),  # noqa: S704  (our own rules)
            "css": Markup(stylesheet("base", "web", "status")),  # noqa: S704
        },
    )


def _article(rows: Sequence[Row], locale: str) -> dict[str, Any]:
    first = rows[0]
    return {
        "title": first.title,
        "lang": first.locale if first.locale != locale else "",
        "href": "" if first.standing else _page(first),
        "translations": [_translation(row, locale) for row in rows if row.standing],
    }


def _translation(row: Row, locale: str) -> dict[str, Any]:
    words = row.standing["words"]
    total = sum(words.values()) or 1
    accepted = sum(words[state] for state in _ACCEPTED) / total
    return {
        "lang": row.locale,
        "language": wording.native_name(row.locale),
        "href": _page(row),
        "files": [(_shown(kind, locale), href) for kind, href in row.files if kind != "html"],
        "accepted": wording.percent(accepted, locale),
        "states": list(_states(row.standing, total, locale)),
        "remarks": list(_remarks(row.standing, total, locale)),
    }


def _states(standing: Mapping[str, Any], total: int, locale: str) -> Iterator[dict[str, Any]]:
    labels = Labels(locale)
    for state, label in _STATES:
        segments = standing["segments"][state]
        if segments:
            words = standing["words"][state]
            yield {
                "name": state.value,
                "label": labels(label),
                "width": words,
                "percent": wording.percent(words / total, locale),
                "segments": wording.number(segments, locale),
                "words": wording.number(words, locale),
            }


def _remarks(standing: Mapping[str, Any], total: int, locale: str) -> Iterator[str]:
    """Dates, and what a person should know besides."""
    labels = Labels(locale)
    unmodified = standing["unmodified"]["words"]
    if unmodified:
        share = wording.percent(unmodified / total, locale)
        yield labels("Word for word as a machine wrote it: {percent}", percent=share)
    if standing["overtaken"]:
        number = wording.number(standing["overtaken"], locale)
        yield labels("Changed since they were reviewed: {number}", number=number)
    since = standing["since"].get(State.MACHINE)
    if since:
        yield labels("Machine translation since {date}", date=_date(since, locale))
    behind = standing["segments"][State.STALE] + standing["segments"][State.MISSING]
    if behind and standing["source_changed"]:
        date = _date(standing["source_changed"], locale)
        yield labels("The original last changed on {date}", date=date)
    if standing["changed"]:
        yield labels("Translation last changed on {date}", date=_date(standing["changed"], locale))


def _shown(kind: str, locale: str) -> str:
    return Labels(locale)(kind.capitalize()) if kind in _IN_WORDS else kind.upper()


def _page(row: Row) -> str:
    return dict(row.files).get("html", "")


def _date(day: str, locale: str) -> str:
    try:
        long = wording.long_date(datetime.date.fromisoformat(day), locale)
        return long.replace(" ", "\u00a0")  # no line ends within a date
    except ValueError:  # 2026-13-45: catalogs hold what people write
        return day
