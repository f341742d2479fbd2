"""Editions to whole pages, by the templates of the theme."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workflow.editions import bilingual, html, hyphenation, softening, wording
from workflow.editions.labels import Labels
from workflow.locales import folder
from workflow.model import Edition
from workflow.reading import dialect

_DESCRIPTION = 200  # characters; search engines cut what is longer


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the index."""

    locale: str
    title: str
    headline: str
    html: str | None
    """Its address relative to the index; None if it does not exist."""
    pdf: str | None
    epub: str | None


def web_page(
    edition: Edition, images: html.Images, siblings: Sequence[str], *, fonts: str, publisher: str
) -> str:
    """The self-contained web page of an edition.

    Args:
        edition: what to show.
        images: see `html.body`.
        siblings: the locales of all editions of this article, its own included; none for a
            page that stands alone.
        fonts: `@font-face` rules with the fonts embedded.
        publisher: for articles that name none.
    """
    name = edition.article.name
    here = folder(edition.locale, siblings)

    def href(locale: str) -> str:
        there = folder(locale, siblings)
        return f"{name}.html" if there == here else f"../{there}/{name}.html"

    others = [
        {"locale": locale, "href": href(locale), "name": wording.native_name(locale)}
        for locale in siblings
    ]
    return render(
        "page.html",
        context(edition, images, publisher, softening.on_screen(edition.locale))
        | {
            "siblings": others,
            "default_href": href(edition.article.metadata.locale),
            "fonts": Markup(fonts),  # noqa: S704  (our own rules)
            "css": Markup(stylesheet("base", "web")),  # noqa: S704
        },
    )


def print_page(edition: Edition, images: html.Images, *, publisher: str) -> str:
    """The page that becomes a PDF; its style sheet is `print_style`."""
    return render("print.html", context(edition, images, publisher, softening.IN_PRINT))


def bilingual_page(
    original: Edition, edition: Edition, images: html.Images, *, publisher: str
) -> str:
    """Original and translation side by side; its style sheet is `bilingual_style`."""
    locales = (original.locale, edition.locale)

    def both(make: Callable[[Edition], str | None]) -> Markup:
        return bilingual.sides(make(original) or "", make(edition) or "", locales)

    titles = [html.front_text(one, "title") for one in (original, edition)]
    instead = {
        "title_text": " · ".join(titles),
        "title_label": " · ".join(titles),
        "title": both(lambda one: html.front(one, "title")),
        "lead": both(lambda one: html.front(one, "lead", softening.RAGGED)),
        "author": None,
        "dateline": both(_byline),
        "credit": both(lambda one: html.own_words(one.credit, one)),
        "body": Markup(bilingual.body(original, edition, images)),  # noqa: S704
    }
    return render("print.html", context(edition, images, publisher, softening.IN_PRINT, instead))


def bilingual_style(original: Edition, edition: Edition) -> str:
    """The style sheet for paper with both languages, their titles in its head."""
    left, right = (_css(html.front_text(one, "title")) for one in (original, edition))
    return _style(edition, "print-bilingual", f"--left: {left}; --right: {right};")


def print_style(edition: Edition, paper: str) -> str:
    """The style sheet for paper, with this edition's words in head and foot.

    Args:
        edition: what to show.
        paper: which: `theme/print-PAPER.css`.
    """
    return _style(edition, f"print-{paper}")


def _style(edition: Edition, sheet: str, more: str = "") -> str:
    labels = Labels(edition.locale)
    before, middle, after = re.split(
        r"\{page\}|\{pages\}", labels("Page {page} of {pages}", page="{page}", pages="{pages}")
    )
    counters = f"{_css(before)} counter(page) {_css(middle)} counter(pages) {_css(after)}"
    words = f"--headline: {_css(wording.headline(edition))}; --page: {counters}; {more}"
    # Lines of equal length tear holes in narrow columns, and where no word can be broken.
    narrow = sheet == "print-bilingual"
    align = "justify" if not narrow and hyphenation.knows(edition.locale) else "left"
    sheets = stylesheet("base", "print", sheet)
    return f"{sheets}\n@page {{ {words} }}\n.body {{ text-align: {align}; }}\n"


def index_page(articles: Sequence[Sequence[Listed]], *, name: str, locale: str, fonts: str) -> str:
    """The list of all editions that exist.

    Args:
        articles: per article its editions, the original first.
        name: what the site is called.
        locale: the site's own language.
        fonts: `@font-face` rules with the fonts embedded.
    """
    rows = [
        {
            "title": editions[0].title,
            "lang": editions[0].locale if editions[0].locale != locale else "",
            "editions": [
                {
                    "locale": edition.locale,
                    "language": wording.native_name(edition.locale),
                    "title": edition.title,
                    "headline": edition.headline,
                    "html": edition.html,
                    "pdf": edition.pdf,
                    "epub": edition.epub,
                }
                for edition in editions
            ],
        }
        for editions in articles
    ]
    return render(
        "index.html",
        {
            "articles": rows,
            "name": name,
            "locale": locale,
            "fonts": Markup(fonts),  # noqa: S704
            "css": Markup(stylesheet("base", "web")),  # noqa: S704
        },
    )


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
) -> dict[str, Any]:
    """What templates are filled with; `article` is the whole article as HTML.

    Args:
        edition: what to show.
        images: see `html.body`.
        publisher: for articles that name none.
        shortest: see `html.body`.
        instead: values that replace the edition's own, before the article is made of them.
    """
    metadata = edition.article.metadata
    source = metadata.locale
    labels = Labels(edition.locale)
    lead = html.front_text(edition, "lead")
    values: dict[str, Any] = {
        "locale": edition.locale,
        "original": edition.original,
        "source": source,
        "source_name": wording.language_name(source, edition.locale),
        "source_lang": "" if edition.original else Markup(' lang="{}"').format(source),
        "source_title": html.typeset(dialect.plain(metadata.title), source, edition),
        "source_date": _source_date(edition),
        "labels": labels,
        "publisher": metadata.publisher or publisher,
        "author": metadata.author,
        "title_text": html.front_text(edition, "title"),
        "title_label": "",
        "title": Markup(html.front(edition, "title")),  # noqa: S704  (rendered by the dialect)
        "lead": Markup(html.front(edition, "lead", _ragged(shortest))),  # noqa: S704
        "body": Markup(html.body(edition, images, shortest)),  # noqa: S704
        "dateline": _dateline(edition),
        "credit": Markup(html.own_words(edition.credit, edition)),  # noqa: S704
        "note": Markup(html.own_words(edition.note, edition)),  # noqa: S704
        "description": _shorten(lead),
        "marked": html.marked(edition),
        "notices": list(wording.notices(edition)),
        "headline": wording.headline(edition),
        "exceptions": list(wording.exceptions(edition)),
        "links": html.links(edition),
        "original_url": metadata.original,
    }
    values |= instead or {}
    return values | {"article": Markup(render("article.html", values))}  # noqa: S704


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
        return _source_date(edition)
    if metadata.date is None:
        if metadata.dateline is None:
            return None
        return Markup('<span lang="{}">{}</span>').format(metadata.locale, _source_date(edition))
    day = html.typeset(wording.long_date(metadata.date, edition.locale), edition.locale, edition)
    place = html.front(edition, "place")
    return Markup("{}, {}").format(Markup(place), day) if place else day  # noqa: S704


def _source_date(edition: Edition) -> str | None:
    metadata = edition.article.metadata
    text = metadata.dateline
    if not text and metadata.date is not None:
        text = wording.long_date(metadata.date, metadata.locale)
    return text and html.typeset(text, metadata.locale, edition)


def _shorten(text: str) -> str:
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"


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
