"""All checks over a catalog."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from workflow.catalogs.extract import together
from workflow.checks import across, states
from workflow.checks.pair import Finding, Pair, Setting
from workflow.checks.quotes import balance
from workflow.checks.table import CHECKS, EXPLAINED, Look
from workflow.model import COVERED, OWN, Article, Catalog, Diagnostic, Entry, Severity
from workflow.terms.glossary import Glossary

_CHECKS: Final = [
    (code, severity, look, frozenset(signs)) for code, severity, look, signs in CHECKS
]
# Most texts have none of these signs, and need none of the checks that look for them.
_LOOKED_FOR: Final = frozenset().union(*(needed for *_, needed in _CHECKS))
_FOR_ANY_TEXT: Final = frozenset("unsafe-link control homoglyph nfc no-break space-before".split())
_IGNORE: Final = re.compile(r"check: ignore\s+(?P<codes>.+)")


def check(
    article: Article | None, catalog: Catalog, locale: str, glossary: Glossary
) -> Iterator[Diagnostic]:
    """Everything the checks find in a catalog, entry by entry.

    Args:
        article: what the catalog translates; without, its definitions of links and footnotes
            are guessed, and its language is what the catalog's header says.
        catalog: of that article.
        locale: the catalog's.
        glossary: the term base; it may be empty.
    """
    source = article.metadata.locale if article else catalog.field("X-Source-Language") or "de"
    setting = Setting(source, locale, glossary, article.environment if article else None)
    pairs: list[Pair] = []
    for group in _blocks(catalog):
        if group[0].role in OWN:
            yield from _own(group, setting)
            continue
        for entry in group:
            yield from _silenced((*states.states(entry), *states.unmodified(entry)), entry)
        yield from _silenced(states.covered(group), group[0])
        for pair in _pairs(group, setting):
            pairs.append(pair)
            yield from _findings(pair)
    entries = {pair.entry.key: pair.entry for pair in pairs}
    for whole in (across.inconsistent, across.names):
        for found in whole(pairs):
            yield from _silenced((found,), entries[found.reference or (None, "")])


def findings(
    entry: Entry,
    source: str,
    locale: str,
    glossary: Glossary,
    environment: Mapping[str, Any] | None = None,
) -> Iterator[Diagnostic]:
    """What the checks of one segment find.

    Args:
        entry: with a msgstr.
        source: locale of the msgid.
        locale: locale of the msgstr.
        glossary: the term base.
        environment: the article's definitions, if they are known.
    """
    setting = Setting(source, locale, glossary, environment)
    return _findings(Pair(entry, entry.msgid, entry.msgstr, setting))


def ignored(entry: Entry) -> frozenset[str]:
    """The checks that a comment of the entry silences: `# check: ignore number, quotes`."""
    if not entry.comments:
        return frozenset()
    found = (_IGNORE.match(line.strip()) for line in entry.comments)
    return frozenset(
        code for match in found if match for code in re.split(r"[\s,]+", match["codes"]) if code
    )


def _own(group: Sequence[Entry], setting: Setting) -> Iterator[Diagnostic]:
    """What translators say for themselves (`catalogs/own.py`) translates nothing."""
    for entry in group:
        if entry.msgstr and entry.msgstr != COVERED:
            found = _findings(Pair(entry, entry.msgid, entry.msgstr, setting))
            yield from (one for one in found if one.code in _FOR_ANY_TEXT)


def _pairs(group: Sequence[Entry], setting: Setting) -> Iterator[Pair]:
    """A block's segments with their translations.

    It is one segment where a sentence is covered by its neighbour (`[=]`). Of a quotation that
    began in a sentence before, the next ones know.
    """
    texts = [entry for entry in group if entry.msgstr and entry.msgstr != COVERED]
    if texts and any(entry.msgstr == COVERED for entry in group):
        msgid = " ".join(entry.msgid for entry in group if entry.msgstr)
        yield Pair(texts[0], msgid, " ".join(entry.msgstr for entry in texts), setting, joined=True)
        return
    depth = 0
    for entry in group:
        if entry.msgstr and entry.msgstr != COVERED:
            yield Pair(entry, entry.msgid, entry.msgstr, setting, depth=depth)
        if len(group) > 1:
            depth = max(0, depth + (balance(entry.msgid, setting.source_language) or 0))


def _findings(pair: Pair) -> Iterator[Diagnostic]:
    silent = ignored(pair.entry)
    signs = (pair.source.signs | pair.target.signs) & _LOOKED_FOR
    for code, severity, look in _needed(signs):
        if code in silent:
            continue
        for finding in look(pair):
            silent |= EXPLAINED.get(code, frozenset())
            yield _diagnostic(code, severity, finding, pair)


@lru_cache(maxsize=1024)
def _needed(signs: frozenset[str]) -> tuple[tuple[str, Severity, Look], ...]:
    """The checks of texts with these signs."""
    return tuple(
        (code, severity, look)
        for code, severity, look, needed in _CHECKS
        if not needed or not needed.isdisjoint(signs)
    )


def _diagnostic(code: str, severity: Severity, finding: Finding, pair: Pair) -> Diagnostic:
    entry = pair.entry
    fix = None if pair.joined else finding.fix
    return Diagnostic(
        code, severity, finding.message, entry.key, entry.line, finding.suggestion, fix
    )


def _silenced(found: Iterable[Diagnostic], entry: Entry) -> Iterator[Diagnostic]:
    silent = ignored(entry)
    return (one for one in found if one.code not in silent)


def _blocks(catalog: Catalog) -> Iterator[list[Entry]]:
    """The live entries, those of a block together."""
    group: list[Entry] = []
    for entry in catalog.live:
        if group and (not together(group[-1], entry) or entry.role in OWN):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group
