"""Catalog to its text, as `msgcat --no-wrap` writes it.

It is the one layout on which gettext, polib, translate-toolkit and Poedit agree. polib
proves what stands in it before it replaces a file (`proof`).
"""

import re
from typing import Final

from workflow.model import Catalog, Entry

_ESCAPES: Final = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\a": r"\a", "\b": r"\b", "\f": r"\f"}
    | {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v"}
)


def serialise(catalog: Catalog) -> str:
    """Write a catalog: its header, live entries, then obsolete ones, a blank line between."""
    return "\n".join([_header(catalog), *map(_entry, ordered(catalog))])


def ordered(catalog: Catalog) -> list[Entry]:
    """The entries in the order of the file."""
    return sorted(catalog.entries, key=lambda entry: entry.obsolete)


def _header(catalog: Catalog) -> str:
    comments = "".join(_comment("#", line) for line in catalog.comments)
    flags = "#, fuzzy\n" if catalog.fuzzy_header else ""
    fields = "".join(f"{key}: {_in_utf8(value)}\n" for key, value in catalog.header)
    return f"{comments}{flags}{_string('msgid', '')}{_string('msgstr', fields)}"


def _in_utf8(value: str) -> str:
    """A header field that names another charset, told the truth: we write UTF-8."""
    found = re.match(r"text/plain; charset=(?!utf-?8\b)", value, re.IGNORECASE)
    return "text/plain; charset=UTF-8" if found else value


def _comment(mark: str, line: str) -> str:
    return f"{mark} {line}\n" if line else f"{mark}\n"


def _entry(entry: Entry) -> str:
    parts = [_comment("#", line) for line in entry.comments]
    parts += [_comment("#.", line) for line in entry.extracted]
    if entry.references:
        parts.append(f"#: {' '.join(entry.references)}\n")
    if entry.flags:
        parts.append(f"#, {', '.join(entry.flags)}\n")
    prefix = "#~ " if entry.obsolete else ""
    mark = "#~| " if entry.obsolete else "#| "
    if entry.previous_context is not None:
        parts.append(_string("msgctxt", entry.previous_context, mark))
    if entry.previous is not None:
        parts.append(_string("msgid", entry.previous, mark))
    if entry.previous_plural is not None:
        parts.append(_string("msgid_plural", entry.previous_plural, mark))
    if entry.msgctxt is not None:
        parts.append(_string("msgctxt", entry.msgctxt, prefix))
    parts.append(_string("msgid", entry.msgid, prefix))
    if entry.plural is None:
        parts.append(_string("msgstr", entry.msgstr, prefix))
    else:
        parts.append(_string("msgid_plural", entry.plural[0], prefix))
        forms = enumerate(entry.plural[1])
        parts += [_string(f"msgstr[{number}]", text, prefix) for number, text in forms]
    return "".join(parts)


def _string(keyword: str, text: str, prefix: str = "") -> str:
    # Three looks at the text in C are faster than one expression.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'{prefix}{keyword} "{text}"\n'
    lines = [line.translate(_ESCAPES) for line in re.split(r"(?<=\n)", text) if line]
    if len(lines) == 1:
        return f'{prefix}{keyword} "{lines[0]}"\n'
    rows = "".join(f'{prefix}"{line}"\n' for line in lines)
    return f'{prefix}{keyword} ""\n{rows}'
