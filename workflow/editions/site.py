"""The site around the articles: indexes, feeds, the sitemap. Rows in, text out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from workflow.editions import addresses, heads, pages, wording
from workflow.editions.labels import Labels
from workflow.editions.listing import Language, Listed, Site, feed_entries, has_feed

# What readers can take away, with the words for it; the page itself is behind the title.
# Markdown is for people who go on working with the text.
_OFFERED: Final[Mapping[str, tuple[str, str]]] = {
    "pdf": ("PDF", "application/pdf"),
    "bilingual": ("Bilingual", "application/pdf"),
    "booklet": ("Booklet", "application/pdf"),
    "epub": ("EPUB", "application/epub+zip"),
}
_FRONT: Final = "index.html"
_LOST: Final = "404.html"
_NEWEST: Final = 3  # titles of each language on the front page
_LEAD: Final = 320  # characters in lists
# XML 1.0 cannot hold these at all; a catalog can.
_UNSPEAKABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def texts(site: Site, fonts: str) -> dict[str, str]:
    """Everything that `listing.texts` names, by path below build/.

    Args:
        site: all there is.
        fonts: `@font-face` rules with the fonts embedded.
    """
    made = {_FRONT: front_page(site, fonts), _LOST: lost_page(site, fonts)}
    made |= {group.index: language_page(site, group, fonts) for group in site.languages}
    if site.url:
        made |= {"sitemap.xml": sitemap(site), "robots.txt": robots(site)}
        fed = (group for group in site.languages if has_feed(site, group))
        made |= {group.feed: feed(site, group) for group in fed}
    return made


def front_page(site: Site, fonts: str) -> str:
    """`index.html`: the door to every language."""
    rows = [
        {
            "locale": group.locale,
            "name": wording.native_name(group.locale),
            "href": addresses.relative(group.index, _FRONT),
            "articles": [_row(row, _FRONT, group.locale) for row in group.editions[:_NEWEST]],
            "more": len(group.editions) > _NEWEST,
            "labels": Labels(group.locale),
        }
        for group in site.languages
    ]
    return _page("front.html", site, _FRONT, site.locale, fonts, {"languages": rows})


def language_page(site: Site, group: Language, fonts: str) -> str:
    """`ru/index.html`: all articles in one language, in that language's words."""
    here = group.index
    context = {
        "articles": [_row(row, here, group.locale) for row in group.editions],
        "labels": Labels(group.locale),
        "home": addresses.relative(_FRONT, here),
        "siblings": pages.menu(_indexes(site), here),
        "feed": addresses.relative(group.feed, here) if has_feed(site, group) else "",
    }
    return _page("index.html", site, here, group.locale, fonts, context)


def lost_page(site: Site, fonts: str) -> str:
    """`404.html`, in all languages. Servers show it in any folder: its links are whole, or none."""
    rows = [
        {
            "locale": group.locale,
            "labels": Labels(group.locale),
            "href": addresses.absolute(group.index, site.url) if site.url else "",
        }
        for group in site.languages
    ]
    frame = _frame(site, site.locale, fonts) | {"head": heads.Head(alternates=())}
    return pages.render("404.html", frame | {"languages": rows})


def feed(site: Site, group: Language) -> str:
    """`ru/feed.xml`: the articles of a language as Atom (RFC 4287)."""
    url = addresses.absolute(group.index, site.url)
    entries = [_entry(site, row) for row in feed_entries(site, group)]
    context = {
        "locale": group.locale,
        "title": f"{site.name} · {wording.native_name(group.locale)}",
        "name": site.name,
        "url": url,
        "address": addresses.absolute(group.feed, site.url),
        "updated": max(entry["updated"] for entry in entries),
        "entries": entries,
    }
    return _speakable(pages.render("feed.xml", context))


def sitemap(site: Site) -> str:
    """`sitemap.xml`: every page with its other languages (sitemaps.org, and Google's hreflang)."""
    groups = _indexes(site)
    indexes = (_FRONT, *(group.index for group in site.languages))
    rows = [_mapped(site, index, groups, _FRONT, "") for index in indexes]
    for group in site.languages:
        for row in group.editions:
            if row.page:
                found = _pages(site, row)
                original = next(iter(found.values()))
                rows.append(_mapped(site, row.page, found, original, site.updated(row)))
    return _speakable(pages.render("sitemap.xml", {"rows": rows}))


def robots(site: Site) -> str:
    """`robots.txt`: everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute('sitemap.xml', site.url)}\n"


def _indexes(site: Site) -> dict[str, str]:
    return {group.locale: group.index for group in site.languages}


def _page(
    template: str, site: Site, here: str, locale: str, fonts: str, context: dict[str, Any]
) -> str:
    groups = _indexes(site)
    url = addresses.absolute(here, site.url) if site.url else ""
    properties = [("og:type", "website"), ("og:title", site.name)]
    properties += [("og:url", url)] if url else []
    head = heads.Head(
        alternates=heads.alternates(groups, _FRONT, here, site.url) if groups else (),
        canonical=url,
        properties=(*properties, *heads.locales(locale, tuple(groups))),
    )
    return pages.render(template, _frame(site, locale, fonts) | {"head": head} | context)


def _frame(site: Site, locale: str, fonts: str) -> dict[str, Any]:
    return {
        "name": site.name,
        "name_lang": _lang(site.locale, locale),
        "locale": locale,
        "fonts": Markup(fonts),  # noqa: S704  (our own rules)
        "css": Markup(pages.stylesheet("base", "web")),  # noqa: S704
    }


def _row(edition: Listed, here: str, within: str) -> dict[str, Any]:
    summary = edition.summary
    labels = Labels(edition.locale)
    title_file = edition.page or edition.files[0][1]
    return {
        "title": summary.title,
        "title_lang": _lang(summary.title_locale, within),
        "href": addresses.relative(title_file, here),
        "lead_lang": _lang(summary.lead_locale, within),
        "lead": wording.shorten(summary.lead, _LEAD, summary.lead_locale),
        "day": summary.day,
        "date": summary.date,
        "status": summary.status,
        "files": [
            {"href": addresses.relative(path, here), "name": labels(name), "type": kind}
            for name, kind, path in _offered(edition)
        ],
    }


def _lang(locale: str, within: str) -> Markup | str:
    """The attribute for a text in another language than what is around it."""
    return "" if locale == within else Markup(' lang="{}"').format(locale)


def _offered(edition: Listed) -> Sequence[tuple[str, str, str]]:
    """Words, media type and path of what readers can take away."""
    return [(*_OFFERED[kind], path) for kind, path in edition.files if kind in _OFFERED]


def _entry(site: Site, edition: Listed) -> dict[str, Any]:
    summary = edition.summary
    links = {"text/html": edition.page or ""}
    for _, kind, path in _offered(edition):
        links.setdefault(kind, path)  # one for each media type, as RFC 4287 (4.1.1) wants it
    return {
        "title": summary.title,
        "title_locale": summary.title_locale,
        "locale": edition.locale,
        "url": addresses.absolute(edition.page or "", site.url),
        "links": [(kind, addresses.absolute(path, site.url)) for kind, path in links.items()],
        "updated": _midnight(site.updated(edition)),
        "published": _midnight(summary.date) if summary.date else "",
        "author": summary.author,
        "summary": " ".join(filter(None, (summary.lead, summary.status and f"[{summary.status}]"))),
    }


def _pages(site: Site, edition: Listed) -> dict[str, str]:
    found = site.of_article(edition.article)
    return {row.locale: row.page for row in found if row.page}


def _mapped(
    site: Site, path: str, siblings: Mapping[str, str], default: str, day: str
) -> dict[str, Any]:
    """A page in the sitemap, with its other languages."""
    others = heads.alternates(siblings, default, path, site.url)
    return {"url": addresses.absolute(path, site.url), "alternates": others, "day": day}


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)
