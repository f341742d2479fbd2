"""Reading `locale/glossary.csv`, strictly: a mistake is an error with its line.

The header row decides. Its columns are locales, `forbidden_LOCALE`, `pos`, `note` and `source`, in
any order; several terms in a cell are separated by `|`. Spreadsheets may separate the cells by a
comma, a semicolon or a tab.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workflow.errors import GlossaryError
from workflow.locales import is_tag, language
from workflow.terms.glossary import Glossary, Row

_DELIMITERS: Final = (",", ";", "\t")
_TEXTS: Final = ("pos", "note", "source")
_FORBIDDEN: Final = "forbidden_"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _Header:
    names: tuple[str, ...]
    source: str
    """The column that every row must fill."""

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(
            name for name in self.names if name not in _TEXTS and not name.startswith(_FORBIDDEN)
        )


def parse(text: str, path: str, locales: Sequence[str]) -> Glossary:
    """Read a term base.

    Args:
        text: the file, without byte order mark.
        path: for messages.
        locales: those of the project, the source locale first: every row has a term in it.

    Raises:
        GlossaryError: naming the line: no or a wrong header, an unknown column, a wrong number
            of cells, an unclosed quote, a control character, a row without source term, a term
            that another row has or that is forbidden as well.
    """
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise GlossaryError(
            f"a control character (U+{ord(control[0]):04X}); remove it", path=path, line=line
        )
    records = _records(text, path)
    line, cells = next(records, (1, []))
    header = _header(cells, path, line, locales)
    rows = [_row(cells, header, path, line) for line, cells in records if any(cells)]
    _refuse_repeated(rows, header.source, path)
    return Glossary(header.locales, tuple(rows))


def _records(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty lines, each with the line it begins in."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, [_cleaned(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise GlossaryError(
            f"not a table ({error}); look for a quotation mark that is not closed, and double "
            'those within a cell (""like this"")',
            path=path,
            line=line,
        ) from error


def _cleaned(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _header(cells: Sequence[str], path: str, line: int, locales: Sequence[str]) -> _Header:
    names = tuple(_name(cell) for cell in cells)
    source = next((name for name in (locales[0], language(locales[0])) if name in names), None)
    if source is None:
        raise GlossaryError(
            f"the first row must name the columns, “{language(locales[0])}” among them, such as "
            f"{','.join(map(language, locales))},pos,note,source",
            path=path,
            line=line,
        )
    for name in names:
        if not _is_column(name, names, locales):
            raise GlossaryError(
                f"unknown column “{name}”; there may be locales, forbidden_LOCALE beside its "
                f"locale, and {', '.join(_TEXTS)}",
                path=path,
                line=line,
            )
        if names.count(name) > 1:
            raise GlossaryError(f"the column “{name}” stands there twice", path=path, line=line)
    return _Header(names, source)


def _name(cell: str) -> str:
    """A column's name; locales may be written as gettext does, and in any case."""
    low = cell.lower()
    prefix = _FORBIDDEN if low.startswith(_FORBIDDEN) else ""
    parts = low.removeprefix(prefix).replace("_", "-").split("-")
    if len(parts) == 1:
        return low
    tag = "-".join(
        [parts[0]] + [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    )
    return prefix + tag


def _is_column(name: str, names: Sequence[str], locales: Sequence[str]) -> bool:
    if name in _TEXTS:
        return True
    if name.startswith(_FORBIDDEN):
        return name.removeprefix(_FORBIDDEN) in set(names) - set(_TEXTS)
    # Three letters might be a language, but are rather a mistake, such as “nte” for “note”.
    known = {*locales, *map(language, locales)}
    return name in known or (is_tag(name) and len(language(name)) == 2)


def _row(cells: Sequence[str], header: _Header, path: str, line: int) -> Row:
    if len(cells) != len(header.names):
        raise GlossaryError(
            f"{len(cells)} cells, but the header has {len(header.names)} columns; a cell with a "
            "separator in it belongs in quotation marks",
            path=path,
            line=line,
        )
    row = dict(zip(header.names, cells, strict=True))
    terms = {name: _alternatives(row[name]) for name in header.locales if _alternatives(row[name])}
    forbidden = {
        name.removeprefix(_FORBIDDEN): _alternatives(cell)
        for name, cell in row.items()
        if name.startswith(_FORBIDDEN) and _alternatives(cell)
    }
    if header.source not in terms:
        raise GlossaryError(f"no term in the column “{header.source}”", path=path, line=line)
    for locale, refused in forbidden.items():
        both = next((term for term in refused if term in terms.get(locale, ())), None)
        if both:
            raise GlossaryError(
                f"“{both}” is accepted and forbidden in “{locale}”; choose one",
                path=path,
                line=line,
            )
    return Row(terms, forbidden, **{name: row.get(name, "") for name in _TEXTS}, line=line)


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.strip() for term in cell.split("|") if term.strip()))


def _refuse_repeated(rows: Sequence[Row], source: str, path: str) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        for term in row.terms[source]:
            if term in seen:
                raise GlossaryError(
                    f"“{term}” stands in line {seen[term].line} already; make one row of them",
                    path=path,
                    line=row.line,
                )
            seen[term] = row
