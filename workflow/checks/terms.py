"""The term base: forbidden and missing terms, by their inflected forms."""

from collections.abc import Iterator

from workflow.checks import names
from workflow.checks.pair import Finding, Pair
from workflow.terms import glossary


def forbidden(pair: Pair) -> Iterator[Finding]:
    """Terms that the term base says must not be used."""
    arguments = (pair.source.raw, pair.target.raw, pair.glossary, pair.source_locale, pair.locale)
    column = pair.glossary.column(pair.locale) or ""
    for use in glossary.forbidden(*arguments):
        said = pair.target.raw[slice(*use.span)]
        better = " or ".join(f"“{term}”" for term in use.row.terms.get(column, ()))
        yield Finding(f"the term base forbids “{said}”", better)


def missing(pair: Pair) -> Iterator[Finding]:
    """Terms of the source whose translation by the term base is not there."""
    arguments = (pair.source.raw, pair.target.raw, pair.glossary, pair.source_locale, pair.locale)
    ours = pair.glossary.column(pair.source_locale) or ""
    theirs = pair.glossary.column(pair.locale) or ""
    for row in glossary.missed(*arguments):
        if _in_name(row, pair) or glossary.within_word(row, theirs, pair.target.raw):
            continue
        better = " or ".join(f"“{term}”" for term in row.terms[theirs])
        yield Finding(f"the term base’s word for “{row.terms[ours][0]}” is missing", better)


def _in_name(row: glossary.Row, pair: Pair) -> bool:
    """Whether the term is part of a name that stays as it is: Die Linke."""
    return any(
        use.row is row
        for name in names.kept(pair, anywhere=True)
        for use in glossary.uses(pair.glossary, name, pair.source_locale)
    )
