"""Words of the source that nobody translated, and whole copies of it."""

import re
from collections.abc import Iterator
from typing import Final

from workflow.checks import german, names
from workflow.checks.pair import ATOM, EDGE, Finding, Pair
from workflow.checks.quotes import titles
from workflow.checks.vocabularies import ASCII, FREQUENT, LATIN_WORD, LOANS, QUOTED, stands_in
from workflow.texts.words import folded, vocabulary

_EMPHASISED: Final = re.compile(r"(?<![\w*_])[*_]{1,2}([^\W_]+)[*_]{1,2}(?![\w*_])")
# A small word of the source and the noun behind it, both left: “claim back die Kaution”.
_NOUN: Final = re.compile(r"[A-ZÄÖÜ](?<=[a-zäöüß] .)[a-zäöüß]{2,}(?![\w-])")
_SMALL: Final = re.compile(r"(?<![\w-])(?:[a-zäöüß]{3,}|[aiu]m|zu|ob) \Z")
_LONGEST: Final = 30  # letters of a small word
_NAME_BEFORE: Final = re.compile(r"[A-ZÄÖÜ][\w.’'-]*(?: (?:von|van))? \Z")
# Small words that stand before names in English, too.
_BEFORE_NAMES: Final = frozenset(
    "via per pro plus minus versus live online post quasi super extra ex anti and von van vom zum "
    "zur der den des del della dos das los las les ter ten bin ibn abu mac san".split()
)


def left_over(pair: Pair) -> Iterator[Finding]:
    """Words of the source, or German ones, that nobody translated."""
    text = german.without_borrowed(_without_examples(pair))
    said = vocabulary(text)
    phrase = None if pair.cyrillic else _phrase(text, pair)
    if phrase:
        yield Finding(f"not translated: “{phrase}”")
        return
    if (pair.cyrillic and ASCII.isdisjoint(pair.target.signs)) or (
        said.isdisjoint(vocabulary(pair.source.prose)) and said.isdisjoint(german.PARTICLES)
    ):  # fmt: skip
        return
    ours = frozenset(LATIN_WORD.findall(pair.source.prose))
    quoted = "".join(match[0] for match in QUOTED.finditer(text)) if pair.cyrillic else ""
    known = (match for match in LATIN_WORD.finditer(text) if _is_known(match[0], ours))
    left = [match[0] for match in known if _is_left(match, ours, quoted, pair)]
    stays = names.staying(pair) if left else ()  # what they are is a longer story
    found = [word for word in left if word not in stays]
    if found:
        yield Finding("not translated: " + ", ".join(f"“{word}”" for word in found))


def copied(pair: Pair) -> Iterator[Finding]:
    """The source itself, unless it is a name or a number, or the term base says the same."""
    if vocabulary(pair.source.prose) != vocabulary(pair.target.prose) or (
        folded(pair.source.prose) != folded(pair.target.prose)
    ):  # fmt: skip
        return
    source = pair.source.prose
    stays = names.staying(pair)
    words = [match[0] for match in LATIN_WORD.finditer(source) if match[0] not in stays]
    if pair.source.raw.strip(ATOM) and _needs_translation(words, pair):
        yield Finding("the same as the source: not translated")


def _needs_translation(words: list[str], pair: Pair) -> bool:
    if not words:
        return False
    if pair.source_language != "de":
        return len(words) > 3 or any(word.islower() and len(word) > 2 for word in words)
    if len(words) > 3 and any(word.islower() for word in words):
        return True
    return any(
        german.is_german(word, english=not pair.cyrillic)
        or (pair.cyrillic and german.is_long(word))
        for word in words
    )


def _without_examples(pair: Pair) -> str:
    """The translation without words that both texts emphasise, if they are several: examples."""
    text = pair.target.prose
    if EDGE not in pair.target.masked:
        return text
    both = set(_EMPHASISED.findall(pair.source.raw)) & set(_EMPHASISED.findall(pair.target.raw))
    for word in both if len(both) > 1 else ():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text)
    return text


def _phrase(text: str, pair: Pair) -> str | None:
    """A small word and a noun that stand side by side in both texts, and are no name."""
    if pair.source_language != "de":
        return None
    source = pair.source.prose
    for match in _NOUN.finditer(text):
        small = _SMALL.search(text, max(0, match.start() - _LONGEST), match.start())
        phrase = small[0] + match[0] if small else ""
        if (
            small
            and phrase in source
            and stands_in(phrase, source)
            and small[0].strip() not in _BEFORE_NAMES
            and not (small[0] == "zu " and _NAME_BEFORE.search(text, 0, small.start()))
            and not german.is_borrowed(match[0])
            and not any(phrase in title for title in titles(source) if title in text)
        ):
            return phrase
    return None


def _is_known(word: str, ours: frozenset[str]) -> bool:
    """Whether a word is one of the source, or a German one that is no other language's."""
    return word in ours or word in german.PARTICLES or word in FREQUENT["de"]


def _is_left(match: re.Match[str], ours: frozenset[str], quoted: str, pair: Pair) -> bool:
    """Whether a Latin word in a translation is one that should have been translated."""
    word = match[0]
    if len(word) < 3 or word.isupper() or word in LOANS:
        return len(word) == 2 and pair.cyrillic and word in FREQUENT["de"] and word in ours
    there = word in ours
    if pair.source_language != "de":
        return there and word.islower() and pair.cyrillic
    if pair.cyrillic:
        if word in quoted and not german.is_german(word):
            return False  # an agency, a product
        if word[0].islower():
            return word.islower() and (there or word in FREQUENT["de"])
        return word not in quoted and not _in_name(match) and _is_noun(word, pair)
    if german.is_borrowed(word) or (word in _BEFORE_NAMES and _is_particle(match)):
        return False
    if word[0].isupper():
        inside = re.search(r"[\w,;] \Z", match.string[: match.start()]) is not None
        return there and not _in_name(match) and _is_noun(word, pair, inside=inside)
    return (there or word in german.PARTICLES) and german.is_german(word, english=True)


def _is_noun(word: str, pair: Pair, *, inside: bool = True) -> bool:
    """Whether a word with a capital is a German noun, and not a name.

    Args:
        word: as it stands in the translation.
        pair: where it stands.
        inside: whether it stands within a sentence. At its beginning the word may be English.
    """
    there = inside and german.is_noun_there(word, pair.source.prose)
    return there or german.is_german(word, english=not pair.cyrillic)


def _is_particle(match: re.Match[str]) -> bool:
    """Whether a small word stands within a name: Charlotte von Stein."""
    return (
        _NAME_BEFORE.search(match.string, 0, match.start()) is not None
        and re.match(r" (?:[a-z]{2,3} )?[A-ZÄÖÜ]", match.string[match.end() :]) is not None
    )


def _in_name(match: re.Match[str]) -> bool:
    """Whether a word stands beside another Latin one with a capital: Süddeutsche Zeitung."""
    before = re.search(r"([A-ZÄÖÜ][\wÀ-ɏ]*)[ -]\Z", match.string[: match.start()])
    behind = re.match(r"[ -][A-ZÄÖÜ][a-zÀ-ɏ]", match.string[match.end() :])
    first = before is not None and before[1].casefold() not in FREQUENT["en"] | {"a", "an", "in"}
    return first or behind is not None
