"""The language of a translation: another one, its letters, gender forms."""

import re
from collections.abc import Iterator, Set
from typing import Final

from workflow.checks import kazakhs, names
from workflow.checks.pair import Finding, Pair
from workflow.checks.vocabularies import ASCII, FREQUENT, LATIN_WORD, LOANS, QUOTED, stands_in
from workflow.texts import script
from workflow.texts.words import GENDER, WORD, vocabulary

_GENDER_SIGNS: Final = frozenset("_*:/(·")
# What translators make of a gender sign; a slash between two whole words is none.
_IMITATED: Final = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{3,}[_*·:](?:[^\W\d_]*[a-zа-яёәғқңөұүһі])"
    r"|\b(?P<begin>[^\W\d_]{3})[^\W\d_]*/-?(?!(?i:(?P=begin)))[а-яёәғқңөұүһі]+"
    r"|(?<![^\W\d_])[^\W\d_]{2,}\(-?[а-яёәғқңөұүһі]{1,7}\)"
    r"|[а-яёәғқңөұүһі]{2}[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]"
)
# Letters that a text in Latin (False) or Cyrillic (True) letters has no use for, as a rule.
_STRANGE: Final = {
    False: frozenset(map(chr, range(0x400, 0x530))), True: ASCII | script.KAZAKH,
}  # fmt: skip
_KAZAKH_WORD: Final = re.compile(r"[^\W\d_]*[әғқңөұүһіӘҒҚҢӨҰҮҺІ][^\W\d_]*")
_NAME_PARTICLE: Final = re.compile(
    r"(?<=[a-zäöüß] )(?:von|zu|vom|zum|zur|der|den)(?= (?:[a-z]{2,3} )?[A-ZÄÖÜ])"
)


def another_language(pair: Pair) -> Iterator[Finding]:
    """A text in another language than the catalog’s."""
    text = _translated(pair)
    words = vocabulary(text)
    if not words:
        return
    if not _STRANGE[pair.cyrillic].isdisjoint(pair.target.signs) and (
        script.lacks_cyrillic(pair.target.prose, pair.locale)
        or (
            not _is_kazakh_without_letters(pair, text)
            and script.is_wrong(text, pair.source.prose, pair.locale)
        )
    ):
        yield Finding(f"this does not seem to be “{pair.locale}”: other letters")
        return
    guess = _guessed(words, pair)
    if guess:
        yield Finding(f"this seems to be “{guess}”, not “{pair.locale}”")
        return
    if pair.language == "kk" and pair.cyrillic:
        russian = kazakhs.russian_part(text, QUOTED, FREQUENT["ru"])
        if russian:
            yield Finding(f"“{russian}” seems to be “ru”, not “{pair.locale}”")


def foreign_words(pair: Pair) -> Iterator[Finding]:
    """Words in the letters of another language, which the source does not have."""
    if _STRANGE[pair.cyrillic].isdisjoint(pair.target.signs):
        return
    text = QUOTED.sub(" ", pair.target.prose)
    if pair.cyrillic:
        english = FREQUENT["en"]
        words = [match[0] for match in LATIN_WORD.finditer(text)]
        strange = [word for word in words if word.islower() and len(word) > 2
                   and word not in LOANS and not stands_in(word, pair.source.prose)]  # fmt: skip
        if len(strange) > 1 or any(word in english for word in strange):
            yield Finding("words in Latin letters: " + ", ".join(f"“{word}”" for word in strange))
        if pair.language == "ru":
            kazakh = [word for word in _KAZAKH_WORD.findall(text) if word.islower()]
            if kazakh:
                yield Finding("Kazakh words: " + ", ".join(f"“{word}”" for word in kazakh))
        return
    if not script.CYRILLIC.search(text) or script.is_wrong(text, pair.source.prose, pair.locale):
        return
    cyrillic = [word for word in WORD.findall(text)
                if len(word) > 1 and not re.search(r"[a-zA-Z]", word)
                and script.CYRILLIC.search(word)
                and not stands_in(word, pair.source.prose)]  # fmt: skip
    if cyrillic:
        yield Finding("words in Cyrillic letters: " + ", ".join(f"“{word}”" for word in cyrillic))


def gender(pair: Pair) -> Iterator[Finding]:
    """German gender signs, or signs made after them."""
    text = pair.target.prose
    if not any(
        "Innen" in one.raw or not _GENDER_SIGNS.isdisjoint(one.signs)
        for one in (pair.source, pair.target)
    ):
        return
    match = GENDER.search(text)
    if not match and GENDER.search(pair.source.prose):
        match = _IMITATED.search(text)
    if match:
        start = re.search(r"\w*\Z", text[: match.start()])
        word = (start[0] if start else "") + match[0]
        yield Finding(f"the gender form “{word}” is left", "write it as this language does")


def _translated(pair: Pair) -> str:
    """The translation without the Latin words that it shares with its source: names."""
    if not pair.cyrillic or ASCII.isdisjoint(pair.target.signs):
        return pair.target.prose
    ours = frozenset(LATIN_WORD.findall(pair.source.prose))
    return LATIN_WORD.sub(lambda match: " " if match[0] in ours else match[0], pair.target.prose)


def _is_kazakh_without_letters(pair: Pair, text: str) -> bool:
    """Whether it is in Cyrillic letters; whether these are Kazakh is another question."""
    return pair.language == "kk" and pair.cyrillic and len(script.CYRILLIC.findall(text)) * 2 > len(
        [sign for sign in text if sign.isalpha()]
    )  # fmt: skip


def _guessed(words: Set[str], pair: Pair) -> str | None:
    """Another language whose frequent words are there more often than the catalog's own."""
    if pair.language not in FREQUENT:
        return None
    own = len(words & FREQUENT[pair.language])
    if not pair.cyrillic:
        count = len(words & FREQUENT["de"])
        if count < 2 or count <= own or len(words) < 3:
            return None
        named = {word.casefold() for word in names.staying(pair)}
        named |= set(_NAME_PARTICLE.findall(pair.target.prose))
        count -= len(named & words & FREQUENT["de"])
        return "de" if count >= 2 and count > own else None
    kazakh = not script.KAZAKH.isdisjoint(pair.target.prose)
    if pair.language == "kk":
        if not kazakh:
            return "ru" if kazakhs.is_russian(words, FREQUENT["ru"]) else None
        count = len(words & FREQUENT["ru"])
        if count <= own or len(words) < 3:
            return None
        return "ru" if _marked(words) <= len(words) // 8 else None
    if own or not kazakh or len(words) < 3:
        return None
    marked = _marked(words)
    count = marked + len(words & FREQUENT["kk"])
    return "kk" if marked >= 2 and count > max(1, len(words) // 4) else None


def _marked(words: Set[str]) -> int:
    """Words with a letter that only Kazakh has."""
    return sum(not script.KAZAKH.isdisjoint(word) for word in words)
