"""Editions to whole pages, by the templates of the theme."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workflow.editions import addresses, bilingual, heads, html, hyphenation, softening, wording
from workflow.editions.labels import Labels
from workflow.editions.summary import day_in_words, front_locale, is_photo, source_date
from workflow.locales import folder
from workflow.model import Edition
from workflow.reading import dialect

_DESCRIPTION = 200  # characters; search engines cut what is longer


def web_page(
    edition: Edition,
    images: html.Images,
    siblings: Sequence[str],
    *,
    fonts: str,
    publisher: str,
    site_url: str = "",
) -> str:
    """The self-contained web page of an edition.

    Args:
        edition: what to show.
        images: see `html.body`.
        siblings: the locales of all editions of this article, its own included; none for a
            page that stands alone.
        fonts: `@font-face` rules with the fonts embedded.
        publisher: for articles that name none.
        site_url: where build/ will be; empty if nobody said.
    """
    values = context(edition, images, publisher, softening.on_screen(edition.locale), named=True)
    head = heads.of_article(
        edition,
        siblings,
        site_url=site_url,
        publisher=publisher,
        description=values["description"],
        photo=any(map(is_photo, images)),
    )
    paths = {other: f"{folder(other, siblings)}/{edition.article.name}.html" for other in siblings}
    frame = {
        "siblings": menu(paths, paths.get(edition.locale, "")),
        "head": head,
        "home": "index.html",
        "fonts": Markup(fonts),  # noqa: S704  (our own rules)
        "css": Markup(stylesheet("base", "web")),  # noqa: S704
    }
    return render("page.html", values | frame)


def menu(paths: Mapping[str, str], here: str) -> list[dict[str, str]]:
    """The menu of languages.

    Args:
        paths: by locale the page's path below build/.
        here: the path of the page that shows the menu.
    """
    return [
        {
            "locale": locale,
            "name": wording.native_name(locale),
            "href": addresses.relative(path, here),
            "here": "yes" if path == here else "",
        }
        for locale, path in paths.items()
    ]


def print_page(edition: Edition, images: html.Images, *, publisher: str) -> str:
    """The page that becomes a PDF; its style sheets are `print_style`."""
    return render("print.html", context(edition, images, publisher, softening.IN_PRINT))


def bilingual_page(
    original: Edition, edition: Edition, images: html.Images, *, publisher: str
) -> str:
    """Original and translation side by side; its style sheets are `bilingual_style`."""
    locales = (original.locale, edition.locale)

    def both(make: Callable[[Edition], str | None]) -> Markup:
        return bilingual.sides(make(original) or "", make(edition) or "", locales)

    titles = [html.front_text(one, "title") for one in (original, edition)]
    instead = {
        "title_text": " · ".join(titles),
        "title_label": " · ".join(titles),
        "title": both(lambda one: html.front(one, "title", softening.HEADING)),
        "lead": both(lambda one: html.front(one, "lead", softening.RAGGED)),
        "author": None,
        "dateline": both(_byline),
        "credit": both(lambda one: html.own_words(one.credit, one)),
        "body": Markup(bilingual.body(original, edition, images)),  # noqa: S704
    }
    return render("print.html", context(edition, images, publisher, softening.IN_PRINT, instead))


def bilingual_style(original: Edition, edition: Edition) -> tuple[str, str]:
    """The style sheets for paper with both languages, their titles in its head."""
    left, right = (_css(html.front_text(one, "title")) for one in (original, edition))
    return _style(edition, "print-bilingual", f"--left: {left}; --right: {right};")


def print_style(edition: Edition, paper: str) -> tuple[str, str]:
    """The style sheets for paper: the theme, and this edition's words in head and foot.

    Args:
        edition: what to show.
        paper: which: `theme/print-PAPER.css`.
    """
    return _style(edition, f"print-{paper}")


def _style(edition: Edition, sheet: str, more: str = "") -> tuple[str, str]:
    labels = Labels(edition.locale)
    before, middle, after = re.split(
        r"\{page\}|\{pages\}", labels("Page {page} of {pages}", page="{page}", pages="{pages}")
    )
    counters = f"{_css(before)} counter(page) {_css(middle)} counter(pages) {_css(after)}"
    words = f"--headline: {_css(wording.headline(edition))}; --page: {counters}; {more}"
    # Lines of equal length tear holes in narrow columns, and where no word can be broken.
    narrow = sheet == "print-bilingual"
    align = "justify" if not narrow and hyphenation.knows(edition.locale) else "left"
    own = f"@page {{ {words} }}\n.body {{ text-align: {align}; }}\n"
    return stylesheet("base", "print", sheet), own


@cache
def stylesheet(*names: str) -> str:
    """Style sheets of the theme, one after the other."""
    theme = resources.files("workflow.editions") / "theme"
    return "\n".join((theme / f"{name}.css").read_text(encoding="utf-8") for name in names)


def context(
    edition: Edition,
    images: html.Images,
    publisher: str,
    shortest: int | None = None,
    instead: Mapping[str, Any] | None = None,
    *,
    named: bool = False,
) -> dict[str, Any]:
    """What templates are filled with; `article` is the whole article as HTML.

    Args:
        edition: what to show.
        images: see `html.body`.
        publisher: for articles that name none.
        shortest: see `html.body`.
        instead: values that replace the edition's own, before the article is made of them.
        named: give tables and footnotes names for screen readers, as a web page needs them.
    """
    labels = Labels(edition.locale)
    lead = html.front_text(edition, "lead")
    values = _of_source(edition, publisher) | {
        "locale": edition.locale,
        "original": edition.original,
        "labels": labels,
        "title_text": html.front_text(edition, "title"),
        "title_label": "",
        "title": Markup(html.front(edition, "title", _long_words(shortest))),  # noqa: S704
        "lead": Markup(html.front(edition, "lead", _ragged(shortest))),  # noqa: S704
        "body": Markup(html.body(edition, images, shortest, labels if named else None)),  # noqa: S704
        "dateline": _dateline(edition),
        "credit": Markup(html.own_words(edition.credit, edition)),  # noqa: S704
        "note": Markup(html.own_words(edition.note, edition)),  # noqa: S704
        "marked": html.marked(edition),
        "description": wording.shorten(lead, _DESCRIPTION, front_locale(edition, "lead")),
        "notices": list(wording.notices(edition)),
        "headline": wording.headline(edition),
        "exceptions": list(wording.exceptions(edition)),
        "looked_at": wording.looked_at(edition),
        "links": html.links(edition),
    }
    values |= instead or {}
    return values | {"article": Markup(render("article.html", values))}  # noqa: S704


def _of_source(edition: Edition, publisher: str) -> dict[str, Any]:
    """What templates are told of the article itself, whatever the edition's language."""
    metadata = edition.article.metadata
    source = metadata.locale
    return {
        "source": source,
        "source_name": wording.language_name(source, edition.locale),
        "source_lang": "" if edition.original else Markup(' lang="{}"').format(source),
        "source_title": html.typeset(dialect.plain(metadata.title), source, edition),
        "source_date": source_date(edition),
        "publisher": metadata.publisher or publisher,
        "author": metadata.author,
        "original_url": metadata.original,
    }


def _long_words(shortest: int | None) -> int | None:
    """What words of a title get soft hyphens: on paper those that may be too long for a line."""
    return softening.HEADING if shortest == softening.IN_PRINT else None


def _byline(edition: Edition) -> str:
    """Author and dateline as HTML."""
    parts = (edition.article.metadata.author, _dateline(edition))
    return Markup(" · ").join(part for part in parts if part)


def _ragged(shortest: int | None) -> int | None:
    return None if shortest is None else max(shortest, softening.RAGGED)


def _dateline(edition: Edition) -> Markup | str | None:
    """As the author printed it in the original; as the locale writes it in translations."""
    metadata = edition.article.metadata
    if edition.original:
        return source_date(edition)
    if metadata.date is None:
        if metadata.dateline is None:
            return None
        return Markup('<span lang="{}">{}</span>').format(metadata.locale, source_date(edition))
    day = day_in_words(edition)
    place = html.front(edition, "place")
    return Markup("{}, {}").format(Markup(place), day) if place else day  # noqa: S704


def _css(text: str) -> str:
    """A CSS string; `<` is escaped too, so that it can stand in a style element."""
    special = {'"': '\\"', "\\": "\\\\", "\n": "\\a ", "<": "\\3c "}
    return '"' + "".join(special.get(character, character) for character in text) + '"'


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("workflow.editions", "theme"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def render(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template of the theme."""
    return _environment().get_template(template).render(values)
