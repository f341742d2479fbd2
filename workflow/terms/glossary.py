"""The term base as values: what a term is in each language, and what it must not be."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from workflow.locales import language
from workflow.model import Term
from workflow.terms.inflection import Finder, Span, occurs, parts


# By identity, as the term base itself: sets of rows and finders for a term base are kept, and
# comparing whole rows would cost more than finding their terms.
@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of the term base: one concept."""

    terms: Mapping[str, tuple[str, ...]]
    """Accepted terms by locale, the preferred one first."""
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pos: str = ""
    """Part of speech, in the words of whoever keeps the table."""
    note: str = ""
    source: str = ""
    """Where the terms come from, such as “official name”."""
    line: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """A term base: the locales of its columns, and its rows in order."""

    locales: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    def column(self, locale: str) -> str | None:
        """The column for a locale: its own, or that of its language in the same script."""
        if locale in self.locales:
            return locale
        if any(len(part) == 4 for part in locale.split("-")[1:]):
            return None
        return language(locale) if language(locale) in self.locales else None


@dataclass(frozen=True, slots=True)
class Use:
    """A term in a text."""

    row: Row
    term: str
    """As the term base has it."""
    span: Span


def terms_for(glossary: Glossary, source: str, target: str) -> tuple[Term, ...]:
    """The term base of a pair of locales: every source term with its preferred target."""
    return tuple(
        Term(term, row.terms[column][0])
        for column in [glossary.column(target)]
        for row in glossary.rows
        if column and row.terms.get(column)
        for term in row.terms.get(glossary.column(source) or "", ())
    )


def uses(
    glossary: Glossary, text: str, locale: str, *, forbidden: bool = False, nested: bool = False
) -> Iterator[Use]:
    """The terms of a locale in a text, in order.

    Args:
        glossary: the term base.
        text: a text, or a msgid or msgstr.
        locale: its language.
        forbidden: look for the forbidden terms instead of the accepted ones.
        nested: also those within a longer one: in “Oberster Sowjet” a “Sowjet”.
    """
    column = _column(glossary, locale)
    if column:
        index = _index(glossary, column, forbidden)
        for hit in index.finder.find(text, nested=nested):
            row, term = index.terms[hit.term]
            yield Use(row, term, hit.span)


def tells(
    glossary: Glossary, word: str, locale: str, *, forbidden: bool = False, first: bool = False
) -> bool:
    """Whether a word of a text may be one of a term, or the first one of it."""
    column = _column(glossary, locale)
    return column is not None and _index(glossary, column, forbidden).finder.knows(
        word, first=first
    )


def rows(
    glossary: Glossary,
    text: str,
    locale: str,
    words: Set[str] | None = None,
    *,
    forbidden: bool = False,
    possible: bool = False,
) -> Set[Row]:
    """The rows with a term in a text: a quick look, whether a longer one pays.

    Args:
        glossary: the term base.
        text: a text, or a msgid or msgstr.
        locale: its language.
        words: of the text, where no sign joins words or parts them: that is faster. Those that
            are in no term (see `tells`) may be left out.
        forbidden: look for the forbidden terms instead of the accepted ones.
        possible: with all rows that may have one; without, only those that surely have.
    """
    column = _column(glossary, locale)
    if not column:
        return frozenset()
    index = _index(glossary, column, forbidden)
    if words is None:
        words = index.finder.words(text)
    found = index.finder.among(words, "" if possible else text)
    return {index.terms[number][0] for number in found}


def missed(
    msgid: str, msgstr: str, glossary: Glossary, source: str, target: str
) -> tuple[Row, ...]:
    """The rows whose term is in a source text, but none of its targets in the translation.

    Rows without a target in that language say nothing.

    Args:
        msgid: the source text.
        msgstr: its translation.
        glossary: the term base.
        source: locale of the source.
        target: locale of the translation.
    """
    column = glossary.column(target) or ""
    needed = dict.fromkeys(
        use.row for use in uses(glossary, msgid, source) if use.row.terms.get(column)
    )
    if not needed:
        return ()
    there = {use.row for use in uses(glossary, msgstr, target, nested=True)}
    return tuple(row for row in needed if row not in there)


def within_word(row: Row, column: str, text: str) -> bool:
    """Whether a term of a row is a part of a longer word: “цена” in «полцены».

    Args:
        row: of the term base.
        column: of the text's language.
        text: to be looked through.
    """
    low = text.casefold()
    return any(form in low for term in row.terms.get(column, ()) for form in parts(term, column))


def forbidden(
    msgid: str, msgstr: str, glossary: Glossary, source: str, target: str
) -> tuple[Use, ...]:
    """The forbidden terms in a translation.

    One that is part of a longer accepted term is fine, and so is one that another row accepts
    for a term of the source text.

    Args:
        msgid: the source text.
        msgstr: its translation.
        glossary: the term base.
        source: locale of the source.
        target: locale of the translation.
    """
    found = tuple(uses(glossary, msgstr, target, forbidden=True))
    if not found:
        return ()
    asked = {use.row for use in uses(glossary, msgid, source)}
    accepted = tuple(uses(glossary, msgstr, target))

    def fine(use: Use) -> bool:
        return any(
            good.row in asked if good.span == use.span else _holds(good.span, use.span)
            for good in accepted
            if good.row is not use.row or good.span != use.span
        )

    return tuple(use for use in found if not fine(use))


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def search(glossary: Glossary, words: str) -> tuple[Row, ...]:
    """The rows with a term that is in these words or holds them, in whatever language and form.

    Small letters are as good as capitals here.
    """
    spellings = dict.fromkeys((words, words.lower(), words.title(), words.upper()))
    found = {
        use.row
        for locale in glossary.locales
        for spelling in spellings
        for refused in (False, True)
        for use in uses(glossary, spelling, locale, forbidden=refused, nested=True)
    }
    return tuple(row for row in glossary.rows if row in found or _has(row, spellings))


def _has(row: Row, spellings: Iterable[str]) -> bool:
    return any(
        occurs(spelling, term, locale)
        for listed in (row.terms, row.forbidden)
        for locale, terms in listed.items()
        for term in terms
        for spelling in spellings
    )


def omegat(glossary: Glossary, source: str, target: str) -> str:
    """A glossary file for OmegaT: source, target, comment, separated by tabs.

    Each pair of alternatives has a line of its own, the preferred one first. The byte order mark
    tells OmegaT the encoding whatever the file is called.
    """
    column = glossary.column(target) or ""
    lines = (
        f"{term}\t{translation}\t{_comment(row, column)}\n"
        for row in glossary.rows
        for term in row.terms.get(glossary.column(source) or "", ())
        for translation in row.terms.get(column, ())
    )
    return "\ufeff" + "".join(lines)


def _comment(row: Row, column: str) -> str:
    refused = ", ".join(row.forbidden.get(column, ()))
    return "; ".join(filter(None, (row.pos, row.note, f"not: {refused}" if refused else "")))


@lru_cache(maxsize=64)
def _column(glossary: Glossary, locale: str) -> str | None:
    return glossary.column(locale)


@dataclass(frozen=True, slots=True)
class _Index:
    finder: Finder
    terms: tuple[tuple[Row, str], ...]


@lru_cache(maxsize=32)
def _index(glossary: Glossary, column: str, forbidden: bool) -> _Index:
    terms = tuple(
        (row, term)
        for row in glossary.rows
        for term in (row.forbidden if forbidden else row.terms).get(column, ())
    )
    return _Index(Finder([term for _, term in terms], column), terms)
