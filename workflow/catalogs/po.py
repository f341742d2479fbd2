"""Catalog text to Catalog and back.

The reader is ours, because each of the libraries loses something that people wrote: Babel
the previous msgid, polib the previous msgid of obsolete entries, empty comment lines, and
whatever a broken file had. polib proves what we write (`proof`). Writing follows
`msgcat --no-wrap`, the one layout on which gettext, polib, translate-toolkit and Poedit
agree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from workflow.errors import CatalogError
from workflow.model import Catalog, Entry

_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_MEND: Final = "mend it in a text editor, or take the file's last version back"
_COMMENT: Final = re.compile(r"#(?P<kind>[.:,]|~[ \t]*#|(?![|~])) ?(?P<text>.*)\Z", re.DOTALL)
_LITERAL: Final = re.compile(
    r"""(?P<mark>\#~\||\#\||\#~)?[ \t]*
    (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)[ \t]*)?
    "(?P<text>(?:[^"\\]|\\[\\"abfnrtv])*)"\Z""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(.)")
_LETTERS: Final = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip
_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"'} | {sign: f"\\{letter}" for letter, sign in _LETTERS.items()}
)


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
    if not text.strip():
        raise CatalogError("the file is empty; delete it, or take its last version back", path=path)
    entries = list(_entries(text.replace("\r\n", "\n"), path))
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


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    line: int
    comments: dict[str, list[str]] = field(default_factory=dict)
    """Lines by the sign behind `#`: none, `.`, `:` or `,`."""
    previous: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    """Parts of strings by keyword."""
    obsolete: bool = False

    @property
    def complete(self) -> bool:
        return "msgstr" in self.texts or "msgstr[0]" in self.texts

    def check(self, keyword: str, number: int, path: str) -> None:
        """Refuse a keyword that the entry cannot go on with."""
        if keyword.startswith("msgstr"):
            if keyword in self.texts or "msgid" not in self.texts:
                raise CatalogError(f"not valid gettext syntax; {_MEND}", path=path, line=number)
        elif keyword in self.texts or (keyword == "msgctxt" and "msgid" in self.texts):
            raise CatalogError(f"this entry has no msgstr; {_MEND}", path=path, line=self.line)

    def entry(self) -> Entry:
        """The finished entry."""
        texts, previous = _joined(self.texts), _joined(self.previous)
        plural = None
        if "msgid_plural" in texts:
            forms = sorted(key for key in texts if key.startswith("msgstr["))
            plural = (texts["msgid_plural"], tuple(texts[key] for key in forms))
        references = " ".join(self.comments.get(":", ())).split()
        flags = ",".join(self.comments.get(",", ())).split(",")
        return Entry(
            msgid=texts["msgid"],
            msgstr=texts.get("msgstr", ""),
            msgctxt=texts.get("msgctxt"),
            flags=tuple(flag.strip() for flag in flags if flag.strip()),
            previous=previous.get("msgid"),
            previous_context=previous.get("msgctxt"),
            previous_plural=previous.get("msgid_plural"),
            references=tuple(references),
            comments=tuple(self.comments.get("", ())),
            extracted=tuple(self.comments.get(".", ())),
            obsolete=self.obsolete,
            plural=plural,
            line=self.line,
        )


def _entries(text: str, path: str) -> Iterator[Entry]:
    draft = _Draft(1)
    into: list[str] | None = None  # where a line without a keyword goes on
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        comment = _COMMENT.match(line)
        literal = None if comment else _LITERAL.match(line.strip())
        if not (comment or literal):
            raise CatalogError(f"not valid gettext syntax; {_MEND}", path=path, line=number)
        if draft.complete and (comment or _begins(literal)):
            yield draft.entry()
            draft = _Draft(number)
        if comment:
            draft.comments.setdefault(comment["kind"][:1].strip("~"), []).append(comment["text"])
        elif literal:
            into = _place(draft, literal, into, number, path)
            into.append(literal["text"])
    if draft.complete:
        yield draft.entry()
    elif draft.texts:
        raise CatalogError(f"this entry has no msgstr; {_MEND}", path=path, line=draft.line)


def _begins(literal: re.Match[str] | None) -> bool:
    """Whether a line with a string can only be the first of an entry."""
    if literal is None:
        return False
    return literal["keyword"] in ("msgctxt", "msgid") or literal["mark"] in ("#|", "#~|")


def _place(
    draft: _Draft, literal: re.Match[str], into: list[str] | None, number: int, path: str
) -> list[str]:
    """The list of parts that a string belongs to."""
    keyword = literal["keyword"]
    if keyword is None:
        if into is None:
            raise CatalogError(f"a text without a keyword; {_MEND}", path=path, line=number)
        return into
    if literal["mark"] in ("#|", "#~|"):
        return draft.previous.setdefault(keyword, [])
    draft.check(keyword, number, path)
    if not draft.texts:
        draft.line = number
    draft.obsolete |= literal["mark"] == "#~"
    return draft.texts.setdefault(keyword, [])


def _joined(parts: dict[str, list[str]]) -> dict[str, str]:
    return {keyword: _unescape("".join(texts)) for keyword, texts in parts.items()}


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _LETTERS.get(match[1], match[1]), text)


def _is_header(entry: Entry) -> bool:
    return entry.key == (None, "") and not entry.obsolete


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a header; a line without a colon goes on with the field before."""
    current: tuple[str, str] | None = None
    for line in text.removesuffix("\n").split("\n"):
        key, colon, value = line.partition(":")
        if colon:
            if current:
                yield current
            current = (key, value.strip())
        elif current:
            current = (current[0], f"{current[1]}\n{line.strip()}")
    if current:
        yield current


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
    if entry.previous_plural is not None:
        yield from _string("msgid_plural", entry.previous_plural, mark)
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
