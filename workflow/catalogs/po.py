"""Catalog text to Catalog and back; the only importer of polib.

polib parses. What it loses (the previous msgid of obsolete entries, `#~|`, empty comment
lines, comments above a missing header) is carried around it in marked comments, and what it
accepts in silence (strings without an end, a msgid without a msgstr) is refused before.
Writing follows `msgcat --no-wrap`, the one layout on which gettext, polib,
translate-toolkit and Poedit agree.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import polib

from workflow.errors import CatalogError
from workflow.model import Catalog, Entry

_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_COMMENT: Final = re.compile(r"\A#(?P<kind>\.|~\||(?![,:|~])) ?(?P<text>.*)\Z")
_OTHER_COMMENT: Final = re.compile(r"#[,:]|#~\s*#")
_LITERAL: Final = re.compile(
    r"""(?P<mark>\#~\|?|\#\|)?\s*
    (?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?
    "(?:[^"\\]|\\[\\"abfnrtv])*"\Z""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(.)")
# Marks of carried lines by the kind of comment; nobody can type them.
_MARKS: Final = {"": "\x01", ".": "\x02", "~|": "\x03"}
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
    except UnicodeError as error:
        line = None
        if isinstance(error, UnicodeDecodeError):
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
    if not text.strip():
        raise CatalogError("the file is empty; delete it, or take its last version back", path=path)
    try:
        file = polib.pofile(_carried(text, path), klass=_File, encoding="utf-8")
    except (OSError, ValueError, IndexError, AttributeError) as error:
        raise _syntax_error(error, path) from error
    entries = [_entry(entry) for entry in file]
    if not entries:
        raise CatalogError("this is not a catalog: no entry found", path=path, line=1)
    _refuse_duplicates(entries, path)
    head = next((found for found in entries if _is_header(found)), None)
    if head:
        entries.remove(head)
    return Catalog(
        header=tuple(_fields(head.msgstr)) if head else (),
        entries=tuple(entries),
        comments=head.comments if head else (),
        fuzzy_header=bool(head and head.fuzzy),
    )


def serialise(catalog: Catalog) -> str:
    """Write a catalog as `msgcat --no-wrap` writes it: live entries, then obsolete ones."""
    parts = ["".join(_header_lines(catalog))]
    ordered = sorted(catalog.entries, key=lambda entry: entry.obsolete)
    parts += ("".join(_entry_lines(entry)) for entry in ordered)
    return "\n".join(parts)


def _is_header(entry: Entry) -> bool:
    return entry.key == (None, "") and not entry.obsolete


class _Lines(str):
    """A text that ends its lines at newlines alone: U+2028 and the like stand inside strings."""

    def splitlines(self, keepends: bool = False) -> list[str]:
        """The lines, as polib asks for them."""
        return self.split("\n")


class _File(polib.POFile):
    """polib's file, with the header left among the entries, where its comments are kept."""

    def find(self, *_arguments: Any, **_options: Any) -> None:
        """Find nothing: polib asks only for the header, to take it apart."""


def _carried(text: str, path: str) -> _Lines:
    """The text as polib understands it.

    Raises:
        CatalogError: a line that is no catalog's, or a msgid without its msgstr.
    """
    lines = []
    unfinished: tuple[int, str] | None = None  # line and keyword before a msgstr
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip() if not line.startswith("#") else line
        literal = _literal(line, number, path)
        if literal and literal["keyword"] and literal["mark"] in (None, "#~"):
            keyword = literal["keyword"]
            if unfinished and _begins_anew(unfinished[1], keyword):
                raise _no_msgstr(unfinished[0], path)
            unfinished = None if keyword.startswith("msgstr") else (number, keyword)
        lines.append(_COMMENT.sub(_marked, _ESCAPE.sub(_bell, line) if literal else line))
    if unfinished:
        raise _no_msgstr(unfinished[0], path)
    return _Lines("\n".join(lines))


def _literal(line: str, number: int, path: str) -> re.Match[str] | None:
    """A line with a string, taken apart; None for comments and empty lines."""
    comment = _COMMENT.match(line)
    if not line.strip() or _OTHER_COMMENT.match(line) or (comment and comment["kind"] != "~|"):
        return None
    found = _LITERAL.match(line.rstrip())
    if found is None:
        raise CatalogError(
            "not valid gettext syntax; mend it in a text editor, or take the file's last "
            "version back",
            path=path,
            line=number,
        )
    return found


def _begins_anew(before: str, keyword: str) -> bool:
    """Whether a keyword begins an entry although the one before has no msgstr yet."""
    return keyword == "msgctxt" or (keyword == "msgid" and before != "msgctxt")


def _no_msgstr(line: int, path: str) -> CatalogError:
    return CatalogError(
        "this entry has no msgstr; mend it in a text editor, or take the file's last version back",
        path=path,
        line=line,
    )


def _bell(match: re.Match[str]) -> str:
    """The one escape that polib does not know."""
    return "\a" if match[1] == "a" else match[0]


def _marked(match: re.Match[str]) -> str:
    mark = _MARKS[match["kind"]]
    return f"#. {mark}{match['text']}{mark}"


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a header; a line without a colon goes on with the field before."""
    field: tuple[str, str] | None = None
    for line in text.removesuffix("\n").split("\n"):
        key, colon, value = line.partition(":")
        if colon:
            if field:
                yield field
            field = (key, value.strip())
        elif field:
            field = (field[0], f"{field[1]}\n{line.strip()}")
    if field:
        yield field


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
        if entry.key in seen:
            raise CatalogError(
                f"the same msgid stands here and in line {seen[entry.key]}; delete one of the two",
                path=path,
                line=entry.line,
            )
        seen[entry.key] = entry.line


def _entry(entry: Any) -> Entry:
    lines = entry.comment.split("\n") if entry.comment else []
    kinds = {kind: [line[1:-1] for line in lines if line[0] == _MARKS[kind]] for kind in _MARKS}
    carried = kinds["~|"]
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
        flags=tuple(flag for flag in entry.flags if flag),
        previous=previous,
        previous_context=context,
        references=tuple(f"{file}:{line}" if line else file for file, line in entry.occurrences),
        comments=tuple(kinds[""]),
        extracted=tuple(kinds["."]),
        obsolete=bool(entry.obsolete),
        plural=plural,
        line=entry.linenum or 1,
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
    yield from (_comment("#", line) for line in catalog.comments)
    if catalog.fuzzy_header:
        yield "#, fuzzy\n"
    yield 'msgid ""\n'
    fields = (f"{key}: {_in_utf8(value)}\n" for key, value in catalog.header)
    yield from _string("msgstr", "".join(fields))


def _in_utf8(value: str) -> str:
    """A header field that names another charset, told the truth: we write UTF-8."""
    found = re.match(r"text/plain; charset=(?!utf-?8\b)", value, re.IGNORECASE)
    return "text/plain; charset=UTF-8" if found else value


def _comment(mark: str, line: str) -> str:
    return f"{mark} {line}\n" if line else f"{mark}\n"


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield from (_comment("#", line) for line in entry.comments)
    yield from (_comment("#.", line) for line in entry.extracted)
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
