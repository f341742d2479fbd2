"""What only several entries of a catalog show: one text or one name in two ways."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from workflow.checks import german
from workflow.checks.pair import Pair
from workflow.model import Diagnostic, Severity
from workflow.terms import kazakh
from workflow.texts.words import folded

# A capital first: Python finds these fast.
_NAME: Final = re.compile(r"[A-ZÄÖÜ](?<=[\w,–—] .)[^\W\d_]{4,}")
_CAPITAL: Final = re.compile(r"[A-ZÄÖÜА-ЯЁӘҒҚҢӨҰҮҺІ][^\W\d_]{4,}")
_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONG: Final = 5  # words: below, two texts may well be translated alike
_VERY_LONG: Final = 8
_ENDING: Final = 3  # letters of a Russian case ending: Назарбаевым has two, Москвою one
_DOUBLED: Final = re.compile(r"(.)\1")
_ALIKE: Final = 0.55  # of two words in Latin letters
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщыэюяіәғқңөұүһ"
_SPOKEN: Final = str.maketrans(_CYRILLIC, "abvgdezzijklmnoprstufhzcssyeuaiagknouuh", "ьъ")
_SAMPLES: Final = 12  # entries of a name that are compared with each other


def inconsistent(pairs: Sequence[Pair]) -> Iterator[Diagnostic]:
    """The same source in two ways, and two long sources with the same translation."""
    first: dict[str, tuple[str, Pair]] = {}
    back: dict[str, tuple[str, Pair]] = {}
    for pair in pairs:
        source = _compared(pair.source.raw)
        target = _compared(pair.target.raw)
        said, other = first.setdefault(source, (target, pair))
        if said != target:
            message = f"line {other.entry.line} translates it otherwise"
            yield _diagnostic(pair, "inconsistent", message, f"“{other.target.raw}”")
        meant, same = back.setdefault(target, (source, pair))
        if meant != source and len(source.split()) >= _LONG:
            message = f"the same text as in line {same.entry.line}, whose source is another"
            yield _diagnostic(pair, "inconsistent", message)


def names(pairs: Sequence[Pair]) -> Iterator[Diagnostic]:
    """A name that is written in two ways."""
    for name, found in _by_name(pairs).items():
        seen: dict[str, Pair] = {}
        for pair in found[:_SAMPLES]:
            for word in dict.fromkeys(_CAPITAL.findall(pair.target.prose)):
                other = next((known for known in seen if _is_other(known, word, name, pair)), None)
                if other and not _both(seen[other], pair, word, other):
                    message = f"“{name}”: “{word}” here, “{other}” in line {seen[other].entry.line}"
                    yield _diagnostic(pair, "name", message)
                    break
            for word in _CAPITAL.findall(pair.target.prose):
                seen.setdefault(word, pair)


def _by_name(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """Entries by the names in their sources, of those that come more than once."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for name in dict.fromkeys(_NAME.findall(f"x {pair.source.prose}")):
            found[_stem(name)].append(pair)
    return {
        name: entries
        for name, entries in found.items()
        if len(entries) > 1 and not german.is_german(name)
    }


def _stem(name: str) -> str:
    """A name without a genitive's s."""
    return name[:-1] if name.endswith("s") and len(name) > _LONG else name


def _is_other(one: str, other: str, name: str, pair: Pair) -> bool:
    """Whether two words are one name of the source, spelled in two ways."""
    if _differ(one, other, pair.language):
        return True
    # A doubled letter, another first one: if both sound like the name, they are no other words.
    first, second = one.casefold(), other.casefold()
    if first == second:
        return False
    doubled = _DOUBLED.sub(r"\1", first) == _DOUBLED.sub(r"\1", second)
    return (doubled or first[1:] == second[1:]) and all(
        Levenshtein.normalized_similarity(_sound(word), _sound(name)) >= _ALIKE
        for word in (first, second)
    )


def _sound(word: str) -> str:
    """A word in plain Latin letters, roughly as it is spoken."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_SPOKEN))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def _differ(one: str, other: str, language: str) -> bool:
    """Whether two words are one name, spelled in two ways, and no forms of one word."""
    one, other = one.casefold(), other.casefold()
    if one != other and _stem(one.translate(_WRITTEN_OUT)) == _stem(other.translate(_WRITTEN_OUT)):
        return _stem(one) != _stem(other)  # Müller, Mueller
    if one[0] != other[0] or abs(len(one) - len(other)) > _ENDING + 1 or one == other:
        return False
    if language == "kk" and set(kazakh.stems(one)) & set(kazakh.stems(other)):
        return False
    common = _common(one, other)
    shorter = min(len(one), len(other))
    if common >= max(4, shorter - _ENDING) or common < 1:
        return False
    head = min(shorter, max(5, shorter - 1))
    distance = Levenshtein.distance(one[:head], other[:head])
    # Two letters that differ early are no ending: Шальмайер, Шалльмаер.
    early = shorter >= _VERY_LONG and 2 * common < shorter
    return shorter >= _LONG and (distance == 1 or (distance == 2 and early))


def _both(first: Pair, second: Pair, word: str, other: str) -> bool:
    """Whether both words are in one of the texts: then they are two names."""
    return any(word in pair.target.prose and other in pair.target.prose for pair in (first, second))


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _compared(text: str) -> str:
    return folded(text).rstrip(".:!? ")


def _diagnostic(pair: Pair, code: str, message: str, suggestion: str = "") -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, pair.entry.key, pair.entry.line, suggestion)
