"""Whether a text without any of the letters that only Kazakh has is Kazakh all the same.

Many short sentences are: “Ол тойда болды.” And many Kazakh words are Russian ones, too: “он” is ten
and he, “алды” took and the crimson ones. So both sides need evidence, and Russian the greater one.
"""

import re
import tomllib
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Final

from workflow.terms import russian

# How nouns and verbs end that need no special letter. Only of words that Russian does not have.
_ENDING: Final = re.compile(
    r"[а-я]{2}(?:[лдт]ар(?:ы|да)?|[дтн]ан|[дт]а|[дтн]ы|[дтн]ай|[бп]ай|ып|мын)\Z"
)
_LEAST: Final = 3  # words: of fewer, one “и” says nothing


def is_russian(words: Set[str], frequent: Set[str]) -> bool:
    """Whether words without letters that only Kazakh has are Russian.

    Args:
        words: of a text, in small letters.
        frequent: words that every Russian text has.
    """
    listed = _listed()
    telling = words - frozenset(listed["both"].split())
    if not telling:
        return False
    ours = telling & frozenset(listed["plain"].split())
    ours |= {word for word in telling - frequent if _is_kazakh(word)}
    theirs = {word for word in telling - ours if word in frequent or russian.is_inflected(word)}
    if not ours and len(telling) >= _LEAST and telling & frequent:
        return True
    if all(len(word) == 1 for word in theirs):
        return False
    return len(theirs) > len(ours) and 2 * len(theirs) >= len(telling)


def _is_kazakh(word: str) -> bool:
    return _ENDING.search(word) is not None and not russian.is_known(word)


@cache
def _listed() -> Mapping[str, str]:
    text = files("workflow.checks").joinpath("words/kazakh.toml").read_text(encoding="utf-8")
    listed: Mapping[str, str] = tomllib.loads(text)
    return listed
