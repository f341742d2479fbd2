"""Kazakh (Cyrillic): which words a form may be an inflection of.

A noun takes number, possession and case, in this order. Each suffix has a back and a front shape
after the stem's vowels, and a first consonant after the stem's last sound; final к қ п become
voiced before a vowel (билік: билігі). What is left of a form behind a stem must be such a chain:
“әскери” and “әкімдік” are derivations, no forms of “әскер” and “әкім”.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

SHORTEST: Final = 3  # letters; shorter terms are found in their own form only
_LONGEST: Final = 20  # letters of suffixes: -ларымыздағылардың has 17

# By a stem's last sound: V vowel, R glide or р, L л, N nasal, Z з or ж, T voiceless. Suffixes in
# their back shape; `E` is an е that never changes.
_FINAL: Final = (
    ("V", "аәеоөұүыіэяё"), ("R", "йуир" + "ю"), ("L", "л"), ("N", "мнң"), ("Z", "зж"),
    ("T", "птксқшщфхцчһбвгғд"),
)  # fmt: skip
_PLURAL: Final = {"V": "лар", "R": "лар", "L": "дар", "N": "дар", "Z": "дар", "T": "тар"}
_CASES: Final = {
    "V": "ның ға ны да дан мEн",
    "R": "дың ға ды да дан мEн",
    "L": "дың ға ды да дан мEн",
    "N": "ның ға ды да нан мEн",
    "Z": "дың ға ды да дан бEн",
    "T": "тың қа ты та тан пEн",
}
_AFTER_THIRD: Final = "ның на н нда нан мEн"  # behind “his, her, its, their”
_AFTER_FIRST: Final = "ның а ды да нан мEн"  # behind “my” and “your”
_FRONT: Final = str.maketrans("аығқ", "еігк")
_BACK_VOWELS: Final = "аоұыяё"
_FRONT_VOWELS: Final = "әөүіеэь"
_VOICED: Final = {"г": "к", "ғ": "қ", "б": "п"}
# Letters of loans, which take either shape: “Тоқаевтың”, “партиясы”, “митингіге”.
_LOAN: Final = re.compile(r"[вфцчщэюяёьъх]|и[нзмткл]")
# Loans that may put ы or і between themselves and any suffix: митингіге, танкілер.
_LINKED: Final = re.compile(r"[^аәеоөұүыіэяёиу][бвгдк]\Z")
# Stems that lose their last vowel before a vowel: халық, халқы.
_SHORTENED: Final = {
    short: full
    for full, short in (
        ("халық", "халқ"), ("орын", "орн"), ("ауыз", "ауз"), ("көңіл", "көңл"), ("құлық", "құлқ"),
        ("ғұрып", "ғұрп"), ("ерін", "ерн"), ("мойын", "мойн"), ("мұрын", "мұрн"), ("қарын", "қарн"),
        ("қойын", "қойн"), ("бөрік", "бөрк"), ("ырық", "ырқ"), ("көрік", "көрк"), ("ерік", "ерк"),
        ("дауыс", "даус"),
    )
}  # fmt: skip


def keys(word: str, *, alone: bool) -> Iterator[str]:
    """What a word of a term is found by, in small letters.

    Within a term of several words a possessive is part of the dictionary form, and comes behind
    the plural: үкімет ғимараты, үкімет ғимараттары.

    Args:
        word: in the form of dictionaries.
        alone: whether it is the whole term.
    """
    low = word.casefold()
    return iter((low,)) if alone else stems(low)


def stems(form: str) -> Iterator[str]:
    """The words, in small letters, that a form may be an inflection of; itself among them."""
    yield form
    for cut in range(max(SHORTEST - 1, len(form) - _LONGEST), len(form)):
        stem, rest = form[:cut], form[cut:]
        if not _ends(rest):
            continue
        if len(stem) >= SHORTEST and _follows(stem, rest):
            yield stem
        if rest[0] in "ыі":
            base = stem[:-1] + _VOICED.get(stem[-1], stem[-1])
            full = _SHORTENED.get(stem)
            yield from (
                word for word in {base, full} - {stem, None} if word and _follows(word, rest)
            )


def _follows(stem: str, rest: str) -> bool:
    """Whether a rest may stand behind a stem, in the shapes that its sounds ask for."""
    bare = stem.rstrip("ьъ")
    kinds = [kind for kind, letters in _FINAL if bare and bare[-1] in letters]
    if kinds == ["R"]:
        kinds.append("V")  # у and и are vowels in some words, glides in others
    for back in _harmonies(stem):
        if any(_chain(kind, back).fullmatch(rest) for kind in kinds):
            return True
        if stem[-1] in "ыі" and _third(back).fullmatch(rest):
            return True
        if _LINKED.search(stem) and rest[0] in "ыі" and _chain("V", back).fullmatch(rest[1:]):
            return True
    return False


def _harmonies(stem: str) -> tuple[bool, ...]:
    """The shapes a stem's suffixes may have: back (True), front (False)."""
    if _LOAN.search(stem):
        return (True, False)
    for letter in reversed(stem):
        if letter in _BACK_VOWELS:
            return (True,)
        if letter in _FRONT_VOWELS:
            return (False,)
    return (True, False)


@lru_cache(maxsize=65_536)
def _ends(rest: str) -> bool:
    """Whether a rest may be a chain of suffixes at all, whatever stands before it."""
    return any(
        pattern.fullmatch(rest) or (rest[0] in "ыі" and kind == "V" and pattern.fullmatch(rest[1:]))
        for back in (True, False)
        for kind, pattern in (("", _third(back)), *((kind, _chain(kind, back)) for kind in _CASES))
    )


@cache
def _chain(kind: str, back: bool) -> re.Pattern[str]:
    """The suffixes a noun may take behind a sound: number, possession, case."""
    single = f"(?:{_possession(kind)}|{_cases(kind)})"
    plural = f"{_PLURAL[kind]}(?:{_possession('R')}|{_cases('R')})?"
    return _compiled(f"(?:{plural}|{single})", back)


@cache
def _third(back: bool) -> re.Pattern[str]:
    """The cases behind a term that ends with a possessive itself: жұмысшы табы, табына."""
    return _compiled(_locative(_AFTER_THIRD), back)


def _possession(kind: str) -> str:
    link = "" if kind == "V" else "ы"
    third = "сы" if kind == "V" else "ы"
    first = f"{link}(?:м|ң)(?:{_locative(_AFTER_FIRST)})?"
    others = f"{link}(?:мыз|ңыз)(?:{_cases('Z')})?"
    return f"{third}(?:{_locative(_AFTER_THIRD)})?|{first}|{others}"


def _cases(kind: str) -> str:
    return _locative(_CASES[kind])


def _locative(cases: str) -> str:
    """Cases; behind the locative may come -ғы (“the one in …”) with number and case of its own."""
    place = _any(case for case in cases.split() if case[-2:] in ("да", "та"))
    own = f"лар{_any(_CASES['R'].split())}?|сы|{_any(_CASES['V'].split())}"
    return f"(?:{_any(cases.split())}|{place}ғы(?:{own})?)"


def _any(suffixes: Iterable[str]) -> str:
    return f"(?:{'|'.join(suffixes)})"


def _compiled(back_shape: str, back: bool) -> re.Pattern[str]:
    pattern = back_shape if back else back_shape.translate(_FRONT)
    return re.compile(pattern.replace("E", "е"))
