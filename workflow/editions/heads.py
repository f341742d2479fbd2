"""What the head of a page tells machines: languages, OpenGraph, linked data.

Google's guides to hreflang and article markup, ogp.me and schema.org say what belongs there.
Without the site's address, whatever needs one is left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from workflow.editions import addresses, html, listing, wording
from workflow.locales import folder
from workflow.model import Edition, Metadata
from workflow.reading import dialect

SIZE: Final = (1200, 630)
"""Width and height of pictures for link previews, in pixels: what all big services show whole."""
_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg"}
Property = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """The machine-readable part of a page."""

    alternates: tuple[tuple[str, str], ...]
    """Languages, and the addresses of this page in them; `x-default` for all others."""
    canonical: str = ""
    properties: tuple[Property, ...] = ()
    """OpenGraph, in order."""
    linked_data: Markup | None = None
    """JSON-LD, safe within a script element."""


def of_article(
    edition: Edition,
    siblings: Sequence[str],
    *,
    site_url: str,
    publisher: str,
    description: str,
    photo: bool,
) -> Head:
    """The head of an article's page.

    Args:
        edition: what the page shows.
        siblings: the locales of all editions of the article, its own included.
        site_url: where build/ will be; empty if nobody said.
        publisher: the site's name, and the publisher of articles that name none.
        description: a sentence or two.
        photo: whether the article has a picture of its own for previews.
    """
    article = edition.article
    data = _linked_data(edition, publisher, description)
    told = tuple(_of_text(edition, siblings, publisher, description))
    if not siblings:  # a release goes out by itself
        return Head((), properties=told, linked_data=_script(data))
    paths = {locale: f"{folder(locale, siblings)}/{article.name}.html" for locale in siblings}
    here = paths[edition.locale]
    original = article.metadata.locale
    url = addresses.absolute(here, site_url) if site_url else ""
    picture = listing.picture_path(folder(edition.locale, siblings), article.name, photo)
    image = addresses.absolute(picture, site_url) if site_url else ""
    if site_url:
        data |= {"url": url, "mainEntityOfPage": url, "image": [image]}
        whole = {locale: addresses.absolute(path, site_url) for locale, path in paths.items()}
        data |= _relatives(edition, whole)
    properties = (
        *told,
        *(_of_address(url, image, html.front_text(edition, "title")) if site_url else ()),
    )
    return Head(
        alternates=alternates(paths, paths[original], here, site_url),
        canonical=url,
        properties=tuple(properties),
        linked_data=_script(data),
    )


def alternates(
    paths: Mapping[str, str], default: str, here: str, site_url: str
) -> tuple[tuple[str, str], ...]:
    """Languages and addresses of a page that exists in several.

    Args:
        paths: by locale.
        default: the path for readers of all other languages.
        here: the path of the page itself.
        site_url: where build/ will be; empty if nobody said.
    """
    pairs = (*paths.items(), ("x-default", default))
    return tuple((locale, addresses.best(path, here, site_url)) for locale, path in pairs)


def locales(own: str, siblings: Sequence[str]) -> Iterator[Property]:
    """`og:locale`, and the other languages there are."""
    place = wording.place(own)
    yield "og:locale", place
    others = dict.fromkeys(wording.place(locale) for locale in siblings)
    yield from (("og:locale:alternate", other) for other in others if other != place)


def _of_text(
    edition: Edition, siblings: Sequence[str], publisher: str, description: str
) -> Iterator[Property]:
    yield "og:type", "article"
    yield "og:title", html.front_text(edition, "title")
    if description:
        yield "og:description", description
    if publisher:
        yield "og:site_name", publisher
    yield from locales(edition.locale, siblings)
    day = edition.article.metadata.date
    if day:
        yield "article:published_time", day.isoformat()


def _of_address(url: str, image: str, title: str) -> Iterator[Property]:
    yield "og:url", url
    yield "og:image", image
    yield "og:image:type", _TYPES[image.rsplit(".", 1)[1]]
    yield "og:image:width", str(SIZE[0])
    yield "og:image:height", str(SIZE[1])
    yield "og:image:alt", title


def _linked_data(edition: Edition, publisher: str, description: str) -> dict[str, Any]:
    metadata = edition.article.metadata
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": html.front_text(edition, "title"),
        "inLanguage": edition.locale,
    }
    if description:
        data["description"] = description
    if metadata.date:
        data["datePublished"] = metadata.date.isoformat()
    data |= _credits(metadata, publisher)
    if edition.credit:
        data["creditText"] = dialect.plain(edition.credit)
    if edition.original:
        return data | ({"sameAs": metadata.original} if metadata.original else {})
    return data | {"translationOfWork": _source(metadata)}


def _credits(metadata: Metadata, publisher: str) -> dict[str, Any]:
    """Who made it, as schema.org names the roles."""
    people = {"author": ("Person", metadata.author)}
    people["publisher"] = ("Organization", metadata.publisher or publisher)
    return {role: {"@type": kind, "name": name} for role, (kind, name) in people.items() if name}


def _source(metadata: Metadata) -> dict[str, Any]:
    source = {
        "@type": "NewsArticle",
        "headline": dialect.plain(metadata.title),
        "inLanguage": metadata.locale,
    }
    return source | ({"sameAs": metadata.original} if metadata.original else {})


def _relatives(edition: Edition, urls: Mapping[str, str]) -> dict[str, Any]:
    """Where the original is, or the translations are."""
    metadata = edition.article.metadata
    if not edition.original:
        url = urls[metadata.locale]
        return {"translationOfWork": _source(metadata) | {"@id": url, "url": url}}
    return {
        "workTranslation": [
            {"@type": "NewsArticle", "@id": url, "url": url, "inLanguage": locale}
            for locale, url in urls.items()
            if locale != metadata.locale
        ]
    }


def _script(data: dict[str, Any]) -> Markup:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704
