"""Kazakh without the letters that only Kazakh has: right, or typed on a Russian keyboard.

Many short sentences are: “Ол тойда болды.” And many Kazakh words are Russian ones, too: “он” is ten
and he, “алды” took and the crimson ones. So both sides need evidence, and Russian the greater one.
"""

import re
import tomllib
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from workflow.terms import kazakh, russian
from workflow.terms.glossary import Glossary
from workflow.texts.script import KAZAKH
from workflow.texts.words import WORD

# How nouns and verbs end that need no special letter. Only of words that Russian does not have.
_ENDING: Final = re.compile(
    r"[а-я]{2}(?:[лдт]ар(?:ы|да)?|[дтн]ан|[дт]а|[дтн]ы|[дтн]ай|[бп]ай|ып|мын)\Z"
)
_PART: Final = re.compile(r"(?<!\w)[а-яёА-ЯЁ]+(?:,? [а-яёА-ЯЁ]+){2,}(?!\w)")
_LEAST_PART: Final = 4
_RUSSIAN_ENDING: Final = re.compile(
    r"(?:[йи]те|т?ься|тесь|[ыи]х|[ое]го|[ое]му|[ыи]ми?|[ая]ми|[уюая]т|[уюая]тся|[еи]т|[еи]тся|[ео]й"
    r"|[ая]я|[ое]е|[ыи]е|[ое]в|[ое]м|[ую]ю)\Z"
)
_LEAST: Final = 3  # words: of fewer, one “и” says nothing
# Letters of Kazakh, and what they become on a Russian keyboard.
_RUSSIFIED: Final = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_STEM: Final = 5  # letters of a stem that a longer word may begin with


def is_russian(words: Set[str], frequent: Set[str]) -> bool:
    """Whether words without letters that only Kazakh has are Russian.

    Args:
        words: of a text, in small letters.
        frequent: words that every Russian text has.
    """
    telling = words - frozenset(_listed()["both"].split())
    if not telling:
        return False
    ours = telling & frozenset(_listed()["plain"].split())
    ours |= {word for word in telling - frequent if _is_kazakh(word)}
    theirs = {word for word in telling - ours if word in frequent or russian.is_inflected(word)}
    if not ours and len(telling) >= _LEAST and telling & frequent:
        return True
    if all(len(word) == 1 for word in theirs):
        return False
    return len(theirs) > len(ours) and 2 * len(theirs) >= len(telling)


def russian_part(text: str, quoted: re.Pattern[str], frequent: Set[str]) -> str | None:
    """The first part of a Kazakh text that is Russian.

    Args:
        text: words in Cyrillic letters.
        quoted: what may be in another language.
        frequent: words that every Russian text has.

    Returns:
        At least four words in a row without letters that only Kazakh has, one of them frequent;
        or three that cannot be anything else.
    """
    if not _PART.search(text):
        return None
    for match in _PART.finditer(quoted.sub(" ; ", text)):
        words = frozenset(match[0].casefold().replace(",", "").split())
        if words & frequent:
            is_part = len(words) >= _LEAST_PART and is_russian(words, frequent)
        else:
            endings = sum(_RUSSIAN_ENDING.search(word) is not None for word in words)
            is_part = (
                endings > 1  # a dictionary takes a tenth of a second to open
                and _kazakh().isdisjoint(words)
                and all(map(russian.is_inflected, words))
            )
        if is_part:
            return match[0].strip()
    return None


def meant(word: str, glossary: Glossary) -> str | None:
    """The Kazakh word that a word with too few Kazakh letters stands for."""
    known = _russified(glossary)
    bare = word.translate(_RUSSIFIED)
    meant = known.get(bare)
    if meant is None and len(word) > _STEM:
        # The stem of a longer word; its endings have Kazakh letters or not.
        ends = range(len(bare) - 1, _STEM - 1, -1)
        stem = next((bare[:end] for end in ends if bare[:end] in known), None)
        if stem is None or not _follows(known[stem], word[len(stem) :]):
            return None
        meant = known[stem]
        word = word[: len(stem)]
    return meant if meant and _lost(word, meant) else None


def _follows(stem: str, rest: str) -> bool:
    """Whether a word may go on like this, were its letters right."""
    return any(stem in kazakh.stems(stem + end) for end in (rest, rest.replace("и", "і")))


def _lost(word: str, meant: str) -> bool:
    """Whether a word has Russian letters, and only these, in place of Kazakh ones."""
    return word != meant and all(
        letter == right or letter == right.translate(_RUSSIFIED)
        for letter, right in zip(word, meant, strict=True)
    )


@lru_cache(maxsize=8)
def _russified(glossary: Glossary) -> Mapping[str, str]:
    """Kazakh words by what they are on a Russian keyboard: frequent ones, and the term base's."""
    words = _listed()["words"].split()
    column = glossary.column("kk") or ""
    terms = (term for row in glossary.rows for term in row.terms.get(column, ()))
    words += [word for term in terms for word in WORD.findall(term.casefold()) if len(word) > 4]
    return {word.translate(_RUSSIFIED): word for word in words if not KAZAKH.isdisjoint(word)}


def _is_kazakh(word: str) -> bool:
    return _ENDING.search(word) is not None and not russian.is_known(word)


@cache
def _kazakh() -> frozenset[str]:
    """Kazakh words without a letter of its own; some are Russian, too."""
    return frozenset((*_listed()["both"].split(), *_listed()["plain"].split()))


@cache
def _listed() -> Mapping[str, str]:
    text = files("workflow.checks").joinpath("words/kazakh.toml").read_text(encoding="utf-8")
    listed: Mapping[str, str] = tomllib.loads(text)
    return listed
