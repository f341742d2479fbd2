"""The term base: forbidden and missing terms, by their inflected forms."""

from collections.abc import Iterator

from workflow.checks import names
from workflow.checks.pair import Finding, Pair
from workflow.terms import glossary


def forbidden(pair: Pair) -> Iterator[Finding]:
    """Terms that the term base says must not be used."""
    target = pair.target
    if not glossary.rows(
        pair.glossary, target.raw, pair.locale, target.telling, forbidden=True, possible=True
    ):
        return
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
    if not _may_miss(pair, theirs):
        return
    for row in glossary.missed(*arguments):
        if _in_name(row, pair) or glossary.within_word(row, theirs, pair.target.raw):
            continue
        better = " or ".join(f"“{term}”" for term in row.terms[theirs])
        yield Finding(f"the term base’s word for “{row.terms[ours][0]}” is missing", better)


def _may_miss(pair: Pair, column: str) -> bool:
    """Whether a quick look at the words leaves a term of the source without translation."""
    source, target = pair.source, pair.target
    found = glossary.rows(
        pair.glossary, source.raw, pair.source_locale, source.telling, possible=True
    )
    needed = {row for row in found if row.terms.get(column)}
    return bool(needed) and not needed <= glossary.rows(
        pair.glossary, target.raw, pair.locale, target.telling
    )


def _in_name(row: glossary.Row, pair: Pair) -> bool:
    """Whether the term is part of a name that stays as it is: Die Linke."""
    return any(
        use.row is row
        for name in names.kept(pair, anywhere=True)
        for use in glossary.uses(pair.glossary, name, pair.source_locale)
    )
