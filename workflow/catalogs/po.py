"""Catalog text to Catalog.

The reader is ours, because each of the libraries loses something that people wrote: Babel
the previous msgid, polib the previous msgid of obsolete entries, empty comment lines, and
whatever a broken file had. An entry in the layout that we write is read by one expression,
any other line by line: what is not wrapped is read five times as fast.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from workflow.catalogs import marks
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
_STRING: Final = r'"([^"\\\n]*(?:\\["\\abfnrtv][^"\\\n]*)*)"\n'
_CANONICAL: Final = re.compile(
    r"((?:#(?:\ (?!\|).*)?\n)*)((?:#\.\ .*\n)*)(?:#:\ (.*)\n)?(?:#,\ (.*)\n)?"
    rf"(?:#\|\ msgid\ {_STRING})?(?:msgctxt\ {_STRING})?msgid\ {_STRING}msgstr\ {_STRING}"
    r"(?:\n(?=[#m])|\Z)"  # a string that goes on is not for this expression
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
        comments = marks.unwrapped(self.comments.get("", ()))
        if not self.previous:
            comments = tuple(self._without_previous(comments))
        texts, previous = _joined(self.texts), _joined(self.previous)
        plural = None
        if "msgid_plural" in texts:
            forms = sorted(key for key in texts if key.startswith("msgstr["))
            plural = (texts["msgid_plural"], tuple(texts[key] for key in forms))
        references = " ".join(self.comments.get(":", ())).split()
        return Entry(
            msgid=texts["msgid"],
            msgstr=texts.get("msgstr", ""),
            msgctxt=texts.get("msgctxt"),
            flags=_flags(",".join(self.comments.get(",", ()))),
            previous=previous.get("msgid"),
            previous_context=previous.get("msgctxt"),
            previous_plural=previous.get("msgid_plural"),
            references=tuple(references),
            comments=comments,
            extracted=tuple(self.comments.get(".", ())),
            obsolete=self.obsolete,
            plural=plural,
            line=self.line,
        )

    def _without_previous(self, comments: Iterable[str]) -> Iterator[str]:
        """Comments without the previous msgid: Babel writes `#| msgid "…"` as `# | msgid "…"`."""
        into: list[str] | None = None
        for line in comments:
            literal = _LITERAL.match(line[2:]) if line.startswith("| ") else None
            if literal is None or literal["mark"]:
                into = None
            elif literal["keyword"]:
                into = self.previous.setdefault(literal["keyword"], [])
            if into is None or literal is None:
                yield line
            else:
                into.append(literal["text"])


def _entries(text: str, path: str) -> Iterator[Entry]:
    position, line = 0, 1
    while position < len(text):
        found = _CANONICAL.match(text, position)
        if found:
            yield _canonical(found, line)
            position, line = found.end(), line + found[0].count("\n")
        else:
            entry, position, line = _read(text, position, line, path)
            if entry:
                yield entry


def _canonical(found: re.Match[str], line: int) -> Entry:
    comments, extracted, references, flags, previous, msgctxt, msgid, msgstr = found.groups()
    above = [text for text in (references, flags, previous) if text is not None]
    return Entry(
        msgid=_unescape(msgid),
        msgstr=_unescape(msgstr),
        msgctxt=None if msgctxt is None else _unescape(msgctxt),
        flags=_flags(flags) if flags else (),
        previous=None if previous is None else _unescape(previous),
        references=tuple(references.split()) if references else (),
        comments=(
            marks.unwrapped([row[2:] for row in comments.split("\n")[:-1]]) if comments else ()
        ),
        extracted=tuple([row[3:] for row in extracted.split("\n")[:-1]]) if extracted else (),
        line=line + comments.count("\n") + extracted.count("\n") + len(above),
    )


def _read(text: str, position: int, line: int, path: str) -> tuple[Entry | None, int, int]:
    """Read one entry line by line.

    Returns:
        The entry, None at the end of the text, and where the next one begins: its offset and
        its line.
    """
    draft = _Draft(line)
    into: list[str] | None = None  # where a line without a keyword goes on
    while position < len(text):
        end = text.find("\n", position)
        row = text[position : end if end >= 0 else None]
        comment = _COMMENT.match(row)
        literal = None if comment else _LITERAL.match(row.strip())
        if not (comment or literal or not row.strip()):
            raise CatalogError(f"not valid gettext syntax; {_MEND}", path=path, line=line)
        if draft.complete and (comment or _begins(literal)):
            break
        if comment:
            draft.comments.setdefault(comment["kind"][:1].strip("~"), []).append(comment["text"])
        elif literal:
            into = _place(draft, literal, into, line, path)
            into.append(literal["text"])
        position += len(row) + 1
        line += 1
    if not draft.complete:
        if draft.texts:
            raise CatalogError(f"this entry has no msgstr; {_MEND}", path=path, line=draft.line)
        return None, position, line
    return draft.entry(), position, line


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


def _flags(text: str) -> tuple[str, ...]:
    return tuple([flag.strip() for flag in text.split(",") if flag.strip()])


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
