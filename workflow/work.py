"""What there is to do, and what became of it: types that travel between processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.house import HouseStyle


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists, feeds and pictures say of an edition. Plain texts: the build log keeps it."""

    title: str
    lead: str = ""
    title_locale: str = ""
    lead_locale: str = ""
    """The languages of the two: the edition's, or the article's where they fall back."""
    status: str = ""
    """How much of it machines and people have translated, in the edition's language."""
    author: str = ""
    date: str = ""
    """When the article appeared, such as `2022-01-10`; empty if nobody said."""
    day: str = ""
    """The same in words, as the edition prints it."""
    changed: str = ""
    """The day the translation was last changed; empty for the original."""
    source_changed: str = ""
    """The day the source text was last changed, as the catalog knows it."""
    photo: str = ""
    """The path of the article's first picture, if it is one that link previews can show."""


@dataclass(frozen=True, slots=True)
class Job:
    """One edition to make: paths in, paths out, never an article or a catalog."""

    article: str
    locale: str
    source: str
    catalog: str | None
    outputs: tuple[tuple[str, str], ...]
    """Pairs of format (see `config.FORMATS`) and path."""
    siblings: tuple[str, ...]
    """The locales of all editions of this article, for the language switcher.

    Empty for an edition that stands alone.
    """
    publisher: str = ""
    """For articles that name none."""
    house: HouseStyle = field(default_factory=HouseStyle)
    """What the publisher decides of typography."""
    stale: str = "mark"
    """What to show for stale entries: their text with a mark, or the `source`."""
    exceptions: tuple[str, ...] | None = None
    """For a release what it lets pass by name, as codes; None for a draft."""
    paper: str = ""
    """What the PDF is set for."""
    site_url: str = ""
    """Where build/ will be on the web, without a slash at the end; empty if nobody said."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job."""

    job: Job
    made: tuple[tuple[str, bool], ...] = ()
    """Paths that now hold the edition, and whether their bytes changed."""
    summary: Summary = Summary("")
    images: tuple[tuple[str, str], ...] = ()
    """Paths where it looked for images, and the digest of each file; empty where there is none."""
    standing: Mapping[str, Any] = field(default_factory=dict)
    """What the status page says of a translation (`editions.standing`)."""
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
