"""Blocks of a plain text to Markdown with front matter: the other half of `auflage import`."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from workflow.reading import dialect
from workflow.reading.plaintext import TextBlock

_URL: Final = re.compile(r"https?://[^\s<>()„“”»«\"]+(?<![.,:;!?'’])")
_INLINE_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w+;)|~(?=~)|!(?=\[)")
_LINE_START: Final = re.compile(r"(?P<digits>\d{1,9})(?P<dot>[.)])|[#>+=~:|-]|```")
_FRONT_KINDS: Final = ("title", "lead", "dateline", "byline")
_MARKERS: Final = {"heading": "## ", "bullet": "- ", "quotation": "> "}


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
        "title": escape(front["title"].text) if "title" in front else title,
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
    # Double-quoted YAML is a superset of JSON strings; a bare date is a date.
    return value if key in ("date", "locale") else json.dumps(value, ensure_ascii=False)


def _body(blocks: Sequence[TextBlock]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        if index:
            tight = block.kind == blocks[index - 1].kind == "bullet"
            yield "" if tight else "\n"
        yield _markdown(block) + "\n"


def _markdown(block: TextBlock) -> str:
    if block.kind == "read-more":
        text = _escape_all(block.text) if "[" in block.text else escape(block.text)
        link = f"[{text}]({block.url})" if block.url else text
        return f"[{block.label}]{{.label}} {link}"
    marker = f"{block.number}. " if block.kind == "ordered" else _MARKERS.get(block.kind, "")
    return marker + escape(block.text)


def escape(text: str) -> str:
    """Write plain text as a line of Markdown that reads as that text.

    Only what Markdown would misread is escaped: `Arbeiter_innen` stays as it is. Bare
    addresses become links.
    """
    parts = []
    start = 0
    for match in _URL.finditer(text):
        parts += [_escape_span(text[start : match.start()]), f"<{match[0]}>"]
        start = match.end()
    parts.append(_escape_span(text[start:]))
    line = "".join(parts)
    if not _is_paragraph(line):
        line = _escape_line_start(line)
    return line


def _escape_span(text: str) -> str:
    return text if dialect.plain(text) == text else _escape_all(text)


def _escape_all(text: str) -> str:
    return _INLINE_SPECIAL.sub(lambda match: "\\" + match[0], text)


def _is_paragraph(line: str) -> bool:
    tokens, _ = dialect.parse_blocks(line)
    return [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def _escape_line_start(line: str) -> str:
    found = _LINE_START.match(line)
    if found is None:
        return line
    digits = found["digits"] or ""
    return f"{digits}\\{line[len(digits) :]}"
