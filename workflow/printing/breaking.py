"""What WeasyPrint must be told to break lines well.

It does not know `text-wrap`, and where `overflow-wrap` holds, Pango leaves no room for the
hyphen, so that a line that ends in a soft hyphen is broken anew, far too early.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from workflow.editions import footnotes

# Longer than any line is sure to hold: half of the bilingual edition, inside of a list.
_LONG: Final = re.compile(r"[^\s\u00ad\u200b–—/-]{25,}")
_HEADINGS: Final = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LAST_WORDS: Final = re.compile(r"(?<=[^\s,:;.!?–—]) (\S{1,16}\s*)\Z")
_SHORT_BEFORE: Final = re.compile(r"(?<!\S)(\S{1,3}) (\S+\u00a0\S+\s*)\Z")  # “at the gates”
_SOFT: Final = "\u00ad"
_ENOUGH: Final = 40
"""Characters of a heading that may need a second line."""


def prepare(root: Any) -> None:
    """Mark words too long for a line, and let no heading end in a line of one word.

    Args:
        root: the page, an element of an `ElementTree`; it is changed.
    """
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if any(map(_LONG.search, _own_texts(element))):
            element.set("class", f"{element.get('class', '')} long".strip())
        if element.tag in _HEADINGS:
            _set_heading(element)


def _own_texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _set_heading(heading: Any) -> None:
    """Bookmarks and running heads say a heading as it was before it was made fit for its lines."""
    text = "".join(heading.itertext())
    if len(text) <= _ENOUGH and _SOFT not in text:
        return
    if heading.get("data-label") is None:
        heading.set("data-label", footnotes.label(heading))
    if len(text) > _ENOUGH:
        _keep_last_words(heading)


def _keep_last_words(heading: Any) -> None:
    """A no-break space between the last two words, where both are in the same text."""
    last = heading[-1] if len(heading) else None
    if last is None:
        heading.text = _held(heading.text or "")
    else:
        last.tail = _held(last.tail or "")


def _held(text: str) -> str:
    return _SHORT_BEFORE.sub("\\1\u00a0\\2", _LAST_WORDS.sub("\u00a0\\1", text))
