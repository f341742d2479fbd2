"""What there is, in which order: the rows behind indexes, feeds and the sitemap.

Light to import, because a build with nothing to do looks at it too; `site` makes pages of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.locales import language
from workflow.work import Summary


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition that exists, in all its formats."""

    article: str
    locale: str
    rank: int
    """Its place among the languages of its article; 0 is the original."""
    summary: Summary
    files: tuple[tuple[str, str], ...]
    """Formats and paths below build/, in the order of the formats."""

    @property
    def folder(self) -> str:
        """Its folder below build/."""
        return self.files[0][1].split("/")[0]

    @property
    def page(self) -> str | None:
        """The path of its web page below build/."""
        return dict(self.files).get("html")


@dataclass(frozen=True, slots=True)
class Language:
    """Everything there is in one language: a folder below build/, the newest first."""

    folder: str
    locale: str
    editions: tuple[Listed, ...]

    @property
    def index(self) -> str:
        """The path of its list below build/."""
        return f"{self.folder}/index.html"

    @property
    def feed(self) -> str:
        """The path of its feed below build/."""
        return f"{self.folder}/feed.xml"


@dataclass(frozen=True, slots=True)
class Site:
    """All that is published together."""

    name: str
    url: str
    """Where it will be on the web, without a slash at the end; empty if nobody said."""
    locale: str
    """The language of its name."""
    languages: tuple[Language, ...]

    def of_article(self, name: str) -> tuple[Listed, ...]:
        """An article's editions, the original first."""
        found = [
            edition
            for group in self.languages
            for edition in group.editions
            if edition.article == name
        ]
        return tuple(sorted(found, key=lambda edition: edition.rank))

    def updated(self, edition: Listed) -> str:
        """The day an edition was last changed, such as `2022-01-10`; empty if nobody knows.

        The clock is not asked: articles and catalogs have dates of their own. Catalogs know
        too when the source text was changed.
        """
        days = {edition.summary.date, edition.summary.changed}
        if edition.rank == 0:
            days |= {other.summary.source_changed for other in self.of_article(edition.article)}
        return max(days)


def languages(editions: Sequence[Listed], order: Sequence[str]) -> tuple[Language, ...]:
    """Editions by language.

    Args:
        editions: in any order.
        order: locales in the order readers see them; others come behind.
    """
    folders: dict[str, list[Listed]] = {}
    for edition in editions:
        folders.setdefault(edition.folder, []).append(edition)
    groups = [
        Language(folder, _common_locale(rows), _newest_first(rows))
        for folder, rows in folders.items()
    ]

    def place(group: Language) -> tuple[int, str]:
        places = [order.index(row.locale) for row in group.editions if row.locale in order]
        return min(places, default=len(order)), group.folder

    return tuple(sorted(groups, key=place))


def texts(site: Site) -> tuple[str, ...]:
    """The paths of all pages, feeds and maps around the articles, below build/."""
    indexes = [group.index for group in site.languages]
    if not site.url:
        return ("index.html", "404.html", *indexes)
    feeds = [group.feed for group in site.languages if has_feed(site, group)]
    return ("index.html", "404.html", "robots.txt", "sitemap.xml", *indexes, *feeds)


def has_feed(site: Site, group: Language) -> bool:
    """Whether there is a feed: it wants whole addresses, and something to tell."""
    return bool(site.url) and any(feed_entries(site, group))


def feed_entries(site: Site, group: Language) -> Iterator[Listed]:
    """What a feed can hold: pages with a date. A page without one was never news."""
    return (row for row in group.editions if row.page and site.updated(row))


def picture(edition: Listed) -> str:
    """The path of its picture for link previews, below build/."""
    return picture_path(edition.folder, edition.article, bool(edition.summary.photo))


def picture_path(folder: str, article: str, photo: bool) -> str:
    """The path of a picture for link previews, below build/: of a photo, or a drawn one."""
    return f"{folder}/{article}.{'jpg' if photo else 'png'}"


def _common_locale(rows: Sequence[Listed]) -> str:
    """`de-AT`, or `de` where articles from several German-speaking countries meet."""
    locales = {row.locale for row in rows}
    return rows[0].locale if len(locales) == 1 else language(rows[0].locale)


def _newest_first(rows: Sequence[Listed]) -> tuple[Listed, ...]:
    by_name = sorted(rows, key=lambda row: row.article)
    return tuple(sorted(by_name, key=lambda row: row.summary.date, reverse=True))
