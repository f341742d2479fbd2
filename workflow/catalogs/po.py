"""Catalog text to Catalog and back; the only importer of polib.

polib parses. What it loses (the previous msgid of obsolete entries, `#~|`) is carried
around it in a comment. Writing follows `msgcat --no-wrap`, the one layout on which gettext,
polib, translate-toolkit and Poedit agree.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import polib

from workflow.errors import CatalogError
from workflow.model import Catalog, Entry

_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_OBSOLETE_PREVIOUS: Final = re.compile(r"^#~\| ?", re.M)
_CARRIED: Final = "\x01"
_ESCAPES: Final = str.maketrans(
    {
        "\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\n": "\\n",
        "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v",
    }
)  # fmt: skip


def decode(data: bytes, path: str) -> str:
    """Decode a catalog by the charset its header names, UTF-8 otherwise.

    Raises:
        CatalogError: the bytes are not what the header says, or nobody knows that charset.
    """
    named = _CHARSET.search(data[:4096])
    charset = named[1].decode("ascii") if named else "utf-8"
    try:
        return data.decode("utf-8-sig" if charset.lower() in ("charset", "utf-8") else charset)
    except LookupError as error:
        raise CatalogError(
            f"unknown charset “{charset}” in the header; save the catalog as UTF-8", path=path
        ) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(
            f"not {charset}, as its header says; save the catalog as UTF-8", path=path, line=line
        ) from error


def parse(text: str, path: str) -> Catalog:
    """Read a catalog or template, wrapped or not.

    Args:
        text: the file's text.
        path: for messages.

    Raises:
        CatalogError: with the line, if the text is not a catalog or has an entry twice.
    """
    text = text.replace("\r\n", "\n")
    carried = _OBSOLETE_PREVIOUS.sub(f"# {_CARRIED}", text)
    try:
        file = polib.pofile(carried + "\n", check_for_duplicates=False)
    except (OSError, ValueError, IndexError, AttributeError, UnicodeError) as error:
        raise _syntax_error(error, path) from error
    if not file and not file.metadata and text.strip():
        raise CatalogError("this is not a catalog: no entry found", path=path, line=1)
    entries = tuple(_entry(entry) for entry in file)
    _refuse_duplicates(entries, path)
    return Catalog(
        header=tuple((str(key), str(value)) for key, value in file.metadata.items()),
        entries=entries,
        comments=tuple(file.header.split("\n")) if file.header else (),
        fuzzy_header=bool(file.metadata_is_fuzzy),
    )


def serialise(catalog: Catalog) -> str:
    """Write a catalog as `msgcat --no-wrap` writes it: live entries, then obsolete ones."""
    parts = ["".join(_header_lines(catalog))]
    ordered = sorted(catalog.entries, key=lambda entry: entry.obsolete)
    parts += ("".join(_entry_lines(entry)) for entry in ordered)
    return "\n".join(parts)


def _syntax_error(error: Exception, path: str) -> CatalogError:
    found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
    line = int(found[1]) if found else None
    reason = found[2] if found and found[2] else "not valid gettext syntax"
    return CatalogError(
        f"{reason}; mend it in a text editor, or take the file's last version back",
        path=path,
        line=line,
    )


def _refuse_duplicates(entries: Iterable[Entry], path: str) -> None:
    seen: dict[tuple[str | None, str], int | None] = {}
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.key in seen:
            raise CatalogError(
                f"the same msgid stands here and in line {seen[entry.key]}; delete one of the two",
                path=path,
                line=entry.line,
            )
        seen[entry.key] = entry.line


def _entry(entry: Any) -> Entry:
    comments = entry.tcomment.split("\n") if entry.tcomment else []
    carried = [line[1:] for line in comments if line.startswith(_CARRIED)]
    previous = _unquote(carried, "msgid") if carried else entry.previous_msgid
    context = _unquote(carried, "msgctxt") if carried else entry.previous_msgctxt
    plural = None
    if entry.msgid_plural:
        plural = (
            entry.msgid_plural,
            tuple(text for _, text in sorted(entry.msgstr_plural.items())),
        )
    return Entry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        msgctxt=entry.msgctxt,
        flags=tuple(entry.flags),
        previous=previous,
        previous_context=context,
        references=tuple(f"{file}:{line}" if line else file for file, line in entry.occurrences),
        comments=tuple(line for line in comments if not line.startswith(_CARRIED)),
        extracted=tuple(entry.comment.split("\n")) if entry.comment else (),
        obsolete=bool(entry.obsolete),
        plural=plural,
        line=entry.linenum,
    )


def _unquote(lines: Iterable[str], keyword: str) -> str | None:
    """The text of `keyword "…"` and the quoted lines that go on with it."""
    parts: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        if not line.startswith('"'):
            current, _, line = line.partition(" ")
        parts.setdefault(current, []).append(str(polib.unescape(line.strip()[1:-1])))
    return "".join(parts[keyword]) if keyword in parts else None


def _header_lines(catalog: Catalog) -> Iterator[str]:
    yield from (f"# {line}".rstrip() + "\n" for line in catalog.comments)
    if catalog.fuzzy_header:
        yield "#, fuzzy\n"
    yield 'msgid ""\n'
    yield from _string("msgstr", "".join(f"{key}: {value}\n" for key, value in catalog.header))


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield from ("#" + (f" {line}" if line else "") + "\n" for line in entry.comments)
    if not entry.obsolete:
        yield from (f"#. {line}".rstrip() + "\n" for line in entry.extracted)
        if entry.references:
            yield f"#: {' '.join(entry.references)}\n"
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}\n"
    mark = "#~| " if entry.obsolete else "#| "
    if entry.previous_context is not None:
        yield from _string("msgctxt", entry.previous_context, mark)
    if entry.previous is not None:
        yield from _string("msgid", entry.previous, mark)
    prefix = "#~ " if entry.obsolete else ""
    if entry.msgctxt is not None:
        yield from _string("msgctxt", entry.msgctxt, prefix)
    yield from _string("msgid", entry.msgid, prefix)
    if entry.plural is None:
        yield from _string("msgstr", entry.msgstr, prefix)
        return
    yield from _string("msgid_plural", entry.plural[0], prefix)
    for number, text in enumerate(entry.plural[1]):
        yield from _string(f"msgstr[{number}]", text, prefix)


def _string(keyword: str, text: str, prefix: str = "") -> Iterator[str]:
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    if len(lines) <= 1:
        yield f'{prefix}{keyword} "{text.translate(_ESCAPES)}"\n'
        return
    yield f'{prefix}{keyword} ""\n'
    yield from (f'{prefix}"{line.translate(_ESCAPES)}"\n' for line in lines)
