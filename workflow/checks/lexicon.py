"""What the words of a text tell at first sight: that there is a number, a date, a term in it.

Most words of most texts tell nothing. Which do is found out once for each word, so that a text
costs one look at the set of its words, and the checks that find nothing there are not asked.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from functools import lru_cache
from typing import Final

from workflow.checks import kazakhs
from workflow.locales import language
from workflow.terms import glossary
from workflow.terms.glossary import Glossary
from workflow.texts import calendar, comparing, counting, script
from workflow.texts.words import Telling

# Signs for what words tell; no text has them. Checks ask for them as for characters.
NUMBER: Final = "\ue010"
SCALE: Final = "\ue017"
"""“Million” and the like, or a Roman number: what digits alone do not say."""
DATE: Final = "\ue011"
TERM: Final = "\ue012"
FORBIDDEN: Final = "\ue013"
RUSSIFIED: Final = "\ue014"
LATIN: Final = "\ue015"
"""A translation in Latin letters, whatever it says."""
_LATER: Final = "\ue016"  # a word that goes on a term
_ALL: Final = frozenset((NUMBER, SCALE, DATE, TERM, FORBIDDEN, RUSSIFIED))


class Lexicon:
    """The words of a language, as the checks of a catalog see them."""

    __slots__ = ("_always", "_looks", "_telling", "_told")

    def __init__(self, looks: Mapping[str, Callable[[str], bool]], always: Iterable[str] = ()):
        """Nothing is known yet.

        Args:
            looks: for each sign, whether a word tells it.
            always: signs that every text gets.
        """
        self._looks = looks
        self._always = frozenset(always)
        self._told: dict[str, frozenset[str]] = {}
        self._telling = Telling(lambda word: bool(self._signs(word)))

    def read(self, words: Set[str] | None) -> tuple[Set[str] | None, frozenset[str]]:
        """The words that tell something, and what they tell.

        Args:
            words: of a text; None where they are not known, and may tell anything.
        """
        if words is None:
            return None, _ALL | self._always
        telling = self._telling.among(words)
        return telling, self._always.union(*[self._told[word] for word in telling])

    def _signs(self, word: str) -> frozenset[str]:
        signs = frozenset(sign for sign, look in self._looks.items() if look(word))
        if signs:
            self._told[word] = signs
        return signs


@lru_cache(maxsize=16)
def lexicon(terms: Glossary, locale: str, *, translated: bool) -> Lexicon:
    """What the words of a language tell.

    Args:
        terms: the term base.
        locale: of the texts.
        translated: whether they are translations.
    """
    known = language(locale)
    looks: dict[str, Callable[[str], bool]] = {
        NUMBER: lambda word: counting.tells(word, known),
        SCALE: lambda word: counting.multiplies(word, known) or comparing.tells(word),
        DATE: lambda word: calendar.tells(word, known),
        TERM: lambda word: glossary.tells(terms, word, locale, first=True),
        _LATER: lambda word: glossary.tells(terms, word, locale),
    }
    if not translated:
        return Lexicon(looks)
    looks[FORBIDDEN] = lambda word: glossary.tells(terms, word, locale, forbidden=True)
    if known == "kk":
        looks[RUSSIFIED] = lambda word: kazakhs.meant(word.casefold(), terms) is not None
    return Lexicon(looks, () if script.is_cyrillic(locale) else (LATIN,))
