"""What is mechanical, mended: spaces, letters of the wrong alphabet, kinds of quotation marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workflow.catalogs import header, marks
from workflow.checks.run import findings
from workflow.model import COVERED, OWN, Catalog, Entry
from workflow.terms.glossary import Glossary

_ROUNDS: Final = 30  # findings of one entry; each round mends one


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry before and after."""

    old: Entry
    msgstr: str
    codes: tuple[str, ...]
    """The checks that asked for it."""


def mend(
    catalog: Catalog,
    source: str,
    locale: str,
    glossary: Glossary,
    environment: Mapping[str, Any] | None = None,
) -> Iterator[Mended]:
    """The entries of a catalog whose findings can be mended without touching the meaning.

    Args:
        catalog: to be mended.
        source: locale of the msgids.
        locale: the catalog's.
        glossary: the term base.
        environment: the article's definitions, if they are known.
    """
    for entry in catalog.live:
        if not entry.msgstr or entry.msgstr == COVERED or entry.role in OWN:
            continue
        now, codes = entry, []
        for _ in range(_ROUNDS):
            found = findings(now, source, locale, glossary, environment)
            one = next((one for one in found if one.fix not in (None, "", now.msgstr)), None)
            if one is None:
                break
            now = replace(now, msgstr=one.fix or "")
            codes.append(one.code)
        if codes:
            yield Mended(entry, now.msgstr, tuple(dict.fromkeys(codes)))


def apply(catalog: Catalog, mended: Mapping[tuple[str | None, str], Mended], now: str) -> Catalog:
    """The catalog with the entries mended that still are as they were.

    What was accepted stays accepted, and marks that fitted the old text fit the new one.

    Args:
        catalog: as it is now.
        mended: by key.
        now: the time, as gettext writes it.
    """
    entries = tuple(_applied(entry, mended.get(entry.key)) for entry in catalog.entries)
    if entries == catalog.entries:
        return catalog
    dated = header.replaced(catalog.header, "PO-Revision-Date", now)
    return replace(catalog, entries=entries, header=dated)


def _applied(entry: Entry, mended: Mended | None) -> Entry:
    if mended is None or entry.obsolete or entry.msgstr != mended.old.msgstr:
        return entry
    return marks.rebound(replace(entry, msgstr=mended.msgstr), entry, reviewed=True)
