"""Spelling: hints only, for dictionaries know too few names and, of Kazakh, too few words."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from workflow.checks.pair import Text
from workflow.checks.run import ignored
from workflow.locales import language
from workflow.model import Catalog, Diagnostic, Severity
from workflow.terms.glossary import Glossary, uses

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SHORTEST: Final = 3  # letters


def spelling(
    catalog: Catalog, locale: str, glossary: Glossary, known: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """The words of a catalog that a dictionary does not know, each once.

    Names are left out (a capital within a sentence), and so is what the source has, and every
    word of a term of the term base.

    Args:
        catalog: with translations.
        locale: their language.
        glossary: the term base.
        known: whether a dictionary has a word.
    """
    seen: set[str] = set()
    for entry in catalog.live:
        if not entry.msgstr or "spelling" in ignored(entry):
            continue
        prose = Text(entry.msgstr, None, entry.msgid).prose
        terms = [use.span for use in uses(glossary, prose, locale)]
        for match in _WORD.finditer(prose):
            word = match[0]
            if (
                word in seen
                or len(word) < _SHORTEST
                or any(start <= match.start() < end for start, end in terms)
                or _is_name(match)
                or word in entry.msgid
            ):
                continue
            seen.add(word)
            if not _known(word, known, language(locale)):
                message = f"“{word}” is not in the dictionary"
                yield Diagnostic("spelling", Severity.HINT, message, entry.key, entry.line)


def _known(word: str, known: Callable[[str], bool], language: str) -> bool:
    if language == "ru":  # the dictionary writes ё as е
        word = word.replace("ё", "е").replace("Ё", "Е")
    word = word.replace("’", "'")
    return known(word) or known(word.lower()) or all(map(known, re.split("[-']", word)))


def _is_name(match: re.Match[str]) -> bool:
    """Whether it has a capital, and does not begin a sentence."""
    before = match.string[: match.start()].rstrip(" «“„‘(—–\u00a0")
    return not match[0].islower() and bool(before) and before[-1] not in ".!?…:"
