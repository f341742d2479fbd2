"""The edition as readers get it: as many links, headings, list items, footnotes as its source."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from workflow.model import Diagnostic, Severity

_COUNTED: Final = {
    "h1": "headings", "h2": "headings", "h3": "headings", "h4": "headings", "h5": "headings",
    "h6": "headings", "li": "list items", "td": "table cells", "th": "table cells",
    "blockquote": "quotations", "pre": "code blocks", "code": "pieces of code", "img": "images",
}  # fmt: skip


class _Counter(HTMLParser):
    """Counts what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _COUNTED:
            self.found[_COUNTED[tag], ""] += 1
        attributes = dict(attrs)
        target = attributes.get("href")
        # Headings name themselves after their words: their anchors differ.
        if tag == "a" and target and not target.startswith("#"):
            self.found["links", target] += 1
        if tag == "sup" and "footnote" in (attributes.get("class") or ""):
            self.found["footnotes", ""] += 1


def structure(source: str, target: str) -> Iterator[Diagnostic]:
    """What two editions of an article differ in.

    Args:
        source: HTML of the article's body in its own language.
        target: the same in another one.
    """
    ours, theirs = _count(source), _count(target)
    for kind, which in sorted(ours.keys() | theirs.keys()):
        wanted, found = ours[kind, which], theirs[kind, which]
        if wanted != found:
            what = f"{kind} to {which}" if which else kind
            message = f"the edition has {found} {what}, the source {wanted}"
            yield Diagnostic("structure", Severity.ERROR, message)


def _count(html: str) -> Counter[tuple[str, str]]:
    counter = _Counter()
    counter.feed(html)
    counter.close()
    return counter.found
