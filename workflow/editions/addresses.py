"""Addresses of the site's files. Paths are those below build/, such as `ru/name.html`."""

import posixpath

from jinja2.utils import url_quote


def relative(path: str, here: str) -> str:
    """How a page links to a file, wherever build/ may lie.

    Args:
        path: the file's.
        here: the page's own path.
    """
    return url_quote(posixpath.relpath(path, posixpath.dirname(here) or "."))


def absolute(path: str, site_url: str) -> str:
    """The address on the web; an index is known by its folder."""
    folder = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return f"{site_url}/{url_quote('' if folder == 'index.html' else folder)}"


def best(path: str, here: str, site_url: str) -> str:
    """The address on the web where it is known: search engines want whole addresses."""
    return absolute(path, site_url) if site_url else relative(path, here)
