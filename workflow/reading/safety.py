"""One safety rule for source and translation alike.

No script, no `javascript:`, `data:` or `file:` targets. Relative links, anchors,
http, https and mailto are fine. Nothing is loaded from another machine.
"""

import re
from html.parser import HTMLParser
from typing import Final

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})

# HTML that authors of articles write by hand; anything else is shown as text. Images are
# written in Markdown: those are embedded, and held to the project.
SAFE_TAGS: Final = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em "
    "figcaption figure hr i ins kbd li mark ol p pre q rp rt ruby s samp section small span "
    "strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
SAFE_ATTRIBUTES: Final = frozenset(
    "align alt cite class colspan datetime dir headers height href id lang open reversed rowspan "
    "scope start title type value width".split()
)

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# What browsers drop from an address before they look at it.
_INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2060\ufeff]")


def safe_target(target: str) -> bool:
    """Whether a link or image may point there.

    Control characters and white space are looked through, because browsers drop them.
    """
    scheme = _SCHEME.match(_INVISIBLE.sub("", target))
    return scheme is None or scheme[1].lower() in SAFE_SCHEMES


def is_remote(address: str) -> bool:
    """Whether an address leads to another machine, or out of the project in another way."""
    plain = _INVISIBLE.sub("", address).replace("\\", "/")
    return plain.startswith("//") or _SCHEME.match(plain) is not None


class _Inspector(HTMLParser):
    safe = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.safe &= tag in SAFE_TAGS and all(
            name in SAFE_ATTRIBUTES and (name not in ("href", "cite") or safe_target(value or ""))
            for name, value in attrs
        )

    def handle_endtag(self, tag: str) -> None:
        self.safe &= tag in SAFE_TAGS

    def handle_comment(self, data: str) -> None:
        # Browsers end a comment sooner than this parser does: at "<!-->", at "--!>".
        self.safe &= ">" not in data

    def handle_decl(self, decl: str) -> None:
        self.safe = False

    def handle_pi(self, data: str) -> None:
        self.safe = False

    def unknown_decl(self, data: str) -> None:
        self.safe = False


def safe_html(fragment: str) -> bool:
    """Whether a piece of raw HTML holds only tags and attributes that do no harm."""
    inspector = _Inspector(convert_charrefs=True)
    inspector.feed(fragment)
    # What the parser still waits for (an unfinished tag) would be finished by what follows.
    rest = inspector.rawdata
    inspector.close()
    return inspector.safe and "<" not in rest
