"""Tables that are wider than their page: what stands beyond its edge nobody can read."""

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

_BROKEN: Final = "th { hyphens: manual; }"
_CLOSE: Final = f"{_BROKEN} th, td {{ padding-left: 0.25em; padding-right: 0.25em; }}"
STEPS: Final = (
    _BROKEN,
    f"table {{ font-size: 0.84em; }} {_CLOSE}",
    f"table {{ font-size: 0.7em; }} {_CLOSE}",
    f"table {{ font-size: 0.7em; table-layout: fixed; overflow-wrap: anywhere; }} {_CLOSE}",
)
"""What makes them fit, one after the other: words of the head are broken, letters are smaller; at
last words break anywhere."""
_TOLERANCE: Final = 1  # CSS pixel


def too_wide(document: Any, root: Element) -> bool:
    """Whether a table goes beyond the right margin of its page.

    Args:
        document: a `weasyprint.Document`.
        root: the element `html` that it was made from.
    """
    if next(root.iter("table"), None) is None:
        return False
    for page in document.pages:
        body = page._page_box
        edge = body.content_box_x() + body.width + _TOLERANCE
        if any(table.position_x + table.margin_width() > edge for table in _tables(body)):
            return True
    return False


def _tables(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == "table":
            yield child
        else:
            yield from _tables(child)
