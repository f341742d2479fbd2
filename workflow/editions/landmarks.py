"""What people who hear a page, or walk it with the keyboard, need besides its words.

A wide table scrolls in a box of its own, which the keyboard can reach; the footnotes have a
name, and the way back from each says where it leads (DPUB-ARIA 1.1).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from workflow.reading import dialect

Words = Callable[[str], str]
# The second character asks for a sign in the text's own style, not for a picture.
_BACK: Final = "\u21a9\ufe0e"


def mark(tokens: Sequence[Token], labels: Words) -> list[Token]:
    """Finished block tokens with boxes around tables, and with footnotes that have names.

    Args:
        tokens: of a body.
        labels: gives the words of the edition's language.
    """
    return [twin for token in tokens for twin in _marked(token, labels)]


def _marked(token: Token, labels: Words) -> Iterator[Token]:
    if token.type == "table_open":
        # A group, no region: a page may have many tables, and regions must differ in name.
        name = {"role": "group", "aria-label": labels("Table")}
        yield _opening("div", {"class": "table", "tabindex": "0"} | name)
        yield token
    elif token.type == "table_close":
        yield token
        yield _closing("div")
    elif token.type == "footnote_block_open":
        name = {"role": "doc-endnotes", "aria-label": labels("Notes")}
        yield _opening("section", {"class": "footnotes"} | name)
        yield _opening("ol", {})
    elif token.type == "footnote_block_close":
        yield _closing("ol")
        yield _closing("section")
    elif token.type == "footnote_anchor":
        yield from _way_back(token, labels)
    else:
        yield token


def _way_back(token: Token, labels: Words) -> Iterator[Token]:
    """The link from a footnote to the place that refers to it, which the plugin numbered."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    target = f"#fnref{number}:{again}" if again > 0 else f"#fnref{number}"
    name = {"role": "doc-backlink", "aria-label": labels("Back to the text")}
    yield dialect.text_token("\u00a0")
    yield _opening("a", {"href": target, "class": "footnote-backref"} | name)
    yield dialect.text_token(_BACK)
    yield _closing("a")


def _opening(name: str, attributes: Mapping[str, str]) -> Token:
    return Token("landmark_open", name, 1, dict(attributes), block=name != "a")


def _closing(name: str) -> Token:
    return Token("landmark_close", name, -1, block=name != "a")
