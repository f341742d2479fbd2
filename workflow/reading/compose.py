"""Blocks of a plain text to Markdown with front matter: the other half of `auflage import`."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from workflow.reading import dialect
from workflow.reading.plaintext import TextBlock

_URL: Final = re.compile(r"https?://[^\s<>()„“”»«\"]+(?<![.,:;!?'’])")
_INLINE_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w+;)|~(?=~)|!(?=\[)")
# In a definition the colon is escaped, so that the brackets stay a link or a footnote.
_LINE_START: Final = re.compile(
    r"(?P<before>\[(?:\\.|[^\[\]\\])+\](?=:)|\d{0,9})(?=[!-/:-@\[-`{-~])"
)
_CLOSING: Final = re.compile(r"(?<![^ \t])(?=#+\Z)")
_UNPRINTABLE: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # for YAML
_FRONT_KINDS: Final = ("title", "lead", "dateline", "byline")
_MARKERS: Final = {"bullet": "- ", "quotation": "> "}


def compose(
    blocks: Sequence[TextBlock],
    *,
    title: str,
    locale: str,
    publisher: str | None = None,
    original: str | None = None,
) -> str:
    """Write an article.

    Args:
        blocks: as `plaintext.parse` gives them.
        title: what to call the article when the text has no title.
        locale: its locale (BCP 47).
        publisher: its publisher, when known.
        original: the address it was published at, when known.
    """
    front = {block.kind: block for block in reversed(blocks) if block.kind in _FRONT_KINDS}
    dateline = front.get("dateline")
    values = {
        "title": escape(front["title"].text) if "title" in front else escape(title),
        "lead": escape(front["lead"].text) if "lead" in front else None,
        "date": dateline.date.isoformat() if dateline and dateline.date else None,
        "dateline": dateline.text if dateline else None,
        "place": escape(dateline.place) if dateline and dateline.place else None,
        "author": front["byline"].text if "byline" in front else None,
        "locale": locale,
        "publisher": publisher,
        "original": original,
    }
    header = "".join(f"{key}: {_yaml(key, value)}\n" for key, value in values.items() if value)
    body = "".join(_body([block for block in blocks if block.kind not in _FRONT_KINDS]))
    return f"---\n{header}---\n\n{body}"


def _yaml(key: str, value: str) -> str:
    if key in ("date", "locale"):
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """A text as YAML: double-quoted, a superset of JSON but for what YAML calls unprintable."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _body(blocks: Sequence[TextBlock]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        if index:
            before = blocks[index - 1].kind
            tight = block.kind == before == "bullet"
            yield "" if tight else "\n"
            if block.kind == before == "ordered" and block.number == 1:
                yield "<!-- -->\n\n"  # or the two lists would be one
        yield _markdown(block) + "\n"


def _markdown(block: TextBlock) -> str:
    if block.kind == "read-more":
        return f"{_label(block.label or '')} {_link(block.text, block.url)}"
    if block.kind == "heading":
        return "## " + escape_heading_end(escape(block.text))
    marker = f"{block.number}. " if block.kind == "ordered" else _MARKERS.get(block.kind, "")
    return marker + escape_line_start(escape(block.text))


def _label(text: str) -> str:
    return _reading_as(text, (f"[{inner}]{{.label}}" for inner in (text, _escape_all(text))))


def _link(text: str, url: str | None) -> str:
    if url is None:
        return escape(text)
    pairs = product((url, f"<{url}>"), (text, _escape_all(text)))
    return _reading_as(text, (f"[{inner}]({target})" for target, inner in pairs))


def escape(text: str) -> str:
    """Write plain text as inline Markdown that reads as that text.

    Only what Markdown would misread is escaped: `Arbeiter_innen` stays as it is. Bare
    addresses become links.
    """
    ways = (_escape_span, _escape_all)
    return _reading_as(text, (_linked(text, way) for way in ways))


def _reading_as(text: str, candidates: Iterable[str]) -> str:
    """The first candidate that reads as the text; the parser itself is the judge."""
    found = (line for line in candidates if dialect.plain(line) == text)
    return next(found, None) or _escape_all(text)


def _linked(text: str, escape_span: Callable[[str], str]) -> str:
    parts = []
    start = 0
    for match in _URL.finditer(text):
        parts += [escape_span(text[start : match.start()]), _address(match[0])]
        start = match.end()
    return "".join([*parts, escape_span(text[start:])])


def _address(url: str) -> str:
    # The parser shows `%C3%A4` in a bare address as the letter it stands for.
    return _reading_as(url, (f"<{url}>", f"[{_escape_all(url)}](<{url}>)"))


def _escape_span(text: str) -> str:
    return text if dialect.plain(text) == text else _escape_all(text)


def _escape_all(text: str) -> str:
    return _INLINE_SPECIAL.sub(lambda match: "\\" + match[0], text)


def escape_heading_end(line: str) -> str:
    """Write a heading so that number signs at its end are not taken for the heading's own."""
    return _CLOSING.sub(r"\\", line)


def escape_line_start(line: str) -> str:
    """Write a line of inline Markdown so that it begins no block, above all no list."""
    found = _LINE_START.match(line)
    if found is None or _is_paragraph(line):
        return line
    return f"{found['before']}\\{line[found.end() :]}"


def _is_paragraph(line: str) -> bool:
    # A definition is one only below a paragraph, an underline or a table only in it.
    apart, _ = dialect.parse_blocks(f"x\n\n{line}")
    within, _ = dialect.parse_blocks(f"x\n{line}")
    paragraph = ["paragraph_open", "inline", "paragraph_close"]
    return [[token.type for token in tokens] for tokens in (apart, within)] == [
        paragraph * 2,
        paragraph,
    ]
