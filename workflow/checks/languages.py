"""The language of a translation: words of the source left over, another language, gender forms."""

import re
from collections.abc import Iterator, Set
from string import ascii_letters
from typing import Final

from workflow.checks import german, kazakhs, names
from workflow.checks.pair import ATOM, Finding, Pair
from workflow.checks.quotes import titles
from workflow.terms import glossary
from workflow.texts import script
from workflow.texts.words import GENDER, WORD, folded, vocabulary

_LATIN_WORD: Final = re.compile(r"(?<![\w-])[A-Za-zÀ-ɏ]+(?:[-’'][A-Za-zÀ-ɏ]+)*(?![\w])")
# What translators make of a gender sign; a slash between two whole words is none.
_IMITATED: Final = re.compile(
    r"[^\W\d_]{3,}[_*·:](?:[^\W\d_]*[a-zа-яёәғқңөұүһі])"
    r"|\b(?P<begin>[^\W\d_]{3})[^\W\d_]*/-?(?!(?i:(?P=begin)))[а-яёәғқңөұүһі]+"
    r"|[^\W\d_]{2,}\(-?[а-яёәғқңөұүһі]{1,7}\)"
    r"|[а-яёәғқңөұүһі]{2}[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]"
)
ASCII: Final = frozenset(ascii_letters)
# Letters that a text in Latin (False) or Cyrillic (True) letters has no use for, as a rule.
_STRANGE: Final = {
    False: frozenset(map(chr, range(0x400, 0x530))), True: ASCII | script.KAZAKH,
}  # fmt: skip
_QUOTED: Final = re.compile(r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|\([^()]*\)|\"[^\"]*\"")
# Words that a language has often, and its neighbours never.
_FREQUENT: Final = {
    "de": frozenset(
        "der das und ist nicht mit von für auf sich ein eine einen einem dem den des im zu zum zur "
        "wird wurde wurden sind auch aus bei nach wie über oder aber wenn dass weil durch sie wir "
        "er es ich haben hatte werden kein keine noch nur schon sehr gegen unter vor als um".split()
    ),
    "en": frozenset(
        "the of and to is are was were that this with for from by not have has had they their it "
        "its be been which who will would on at as or but".split()
    ),
    "ru": frozenset(
        "и в на что с по это как из для от были был была было который которые которая его ее их "
        "они мы вы он она но или если за к у о об до при чтобы также уже только еще после".split()
    ),
    "kk": frozenset(
        "және бұл үшін мен бен пен осы сол туралы кейін деп болып бар жоқ еді екен бойынша арқылы "
        "қарсы өз оның олар ғана тағы сондай".split()
    ),
}  # fmt: skip
_KAZAKH_WORD: Final = re.compile(r"[^\W\d_]*[әғқңөұүһіӘҒҚҢӨҰҮҺІ][^\W\d_]*")
_LOANS: Final = frozenset("online offline live web app apps via per plus status de facto".split())
# A small word of the source and the noun behind it, both left: “claim back die Kaution”.
_PHRASE: Final = re.compile(
    r"(?<![\w-])(?P<small>[a-zäöüß]{3,}|[aiu]m|zu|ob) (?P<noun>[A-ZÄÖÜ][a-zäöüß]{2,})(?![\w-])"
)
_NAME_PARTICLE: Final = re.compile(
    r"(?<=[a-zäöüß] )(?:von|zu|vom|zum|zur|der|den)(?= (?:[a-z]{2,3} )?[A-ZÄÖÜ])"
)
_NAME_BEFORE: Final = re.compile(r"[A-ZÄÖÜ][\w.’'-]*(?: (?:von|van))? \Z")
# Small words that stand before names in English, too.
_BEFORE_NAMES: Final = frozenset(
    "via per pro plus minus versus live online post quasi super extra ex anti and von van vom zum "
    "zur der den des del della dos das los las les ter ten bin ibn abu mac san".split()
)


def left_over(pair: Pair) -> Iterator[Finding]:
    """Words of the source, or German ones, that nobody translated."""
    text = german.without_borrowed(pair.target.prose)
    said = vocabulary(text)
    phrase = None if pair.cyrillic else _phrase(text, pair)
    if phrase:
        yield Finding(f"not translated: “{phrase}”")
        return
    if (pair.cyrillic and ASCII.isdisjoint(pair.target.signs)) or (
        said.isdisjoint(vocabulary(pair.source.prose)) and said.isdisjoint(german.PARTICLES)
    ):  # fmt: skip
        return
    ours = frozenset(_LATIN_WORD.findall(pair.source.prose))
    quoted = "".join(match[0] for match in _QUOTED.finditer(text)) if pair.cyrillic else ""
    known = (match for match in _LATIN_WORD.finditer(text) if _is_known(match[0], ours))
    left = [match[0] for match in known if _is_left(match, ours, quoted, pair)]
    stays = _names(pair) if left else ()  # what they are is a longer story
    found = [word for word in left if word not in stays]
    if found:
        yield Finding("not translated: " + ", ".join(f"“{word}”" for word in found))


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
        russian = kazakhs.russian_part(_QUOTED.sub(" , ", text), _FREQUENT["ru"])
        if russian:
            yield Finding(f"“{russian}” seems to be “ru”, not “{pair.locale}”")


def foreign_words(pair: Pair) -> Iterator[Finding]:
    """Words in the letters of another language, which the source does not have."""
    if _STRANGE[pair.cyrillic].isdisjoint(pair.target.signs):
        return
    text = _QUOTED.sub(" ", pair.target.prose)
    if pair.cyrillic:
        english = _FREQUENT["en"]
        words = [match[0] for match in _LATIN_WORD.finditer(text)]
        strange = [word for word in words if word.islower() and len(word) > 2
                   and word not in _LOANS and not _in(word, pair.source.prose)]  # fmt: skip
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
                and script.CYRILLIC.search(word) and not _in(word, pair.source.prose)]  # fmt: skip
    if cyrillic:
        yield Finding("words in Cyrillic letters: " + ", ".join(f"“{word}”" for word in cyrillic))


def gender(pair: Pair) -> Iterator[Finding]:
    """German gender signs, or signs made after them."""
    text = pair.target.prose
    match = GENDER.search(text)
    if not match and GENDER.search(pair.source.prose):
        match = _IMITATED.search(text)
    if match:
        start = re.search(r"\w*\Z", text[: match.start()])
        word = (start[0] if start else "") + match[0]
        yield Finding(f"the gender form “{word}” is left", "write it as this language does")


def copied(pair: Pair) -> Iterator[Finding]:
    """The source itself, unless it is a name or a number, or the term base says the same."""
    if vocabulary(pair.source.prose) != vocabulary(pair.target.prose) or (
        folded(pair.source.prose) != folded(pair.target.prose)
    ):  # fmt: skip
        return
    source = pair.source.prose
    stays = _names(pair)
    words = [match[0] for match in _LATIN_WORD.finditer(source) if match[0] not in stays]
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


def _phrase(text: str, pair: Pair) -> str | None:
    """A small word and a noun that stand side by side in both texts, and are no name."""
    if pair.source_language != "de":
        return None
    for match in _PHRASE.finditer(text):
        if (
            match["small"] not in _BEFORE_NAMES
            and not (match["small"] == "zu" and _NAME_BEFORE.search(text, 0, match.start()))
            and not german.is_borrowed(match["noun"])
            and _in(match[0], pair.source.prose)
        ):
            return match[0]
    return None


def _is_known(word: str, ours: frozenset[str]) -> bool:
    """Whether a word is one of the source, or a German one that is no other language's."""
    return word in ours or word in german.PARTICLES or word in _FREQUENT["de"]


def _is_left(match: re.Match[str], ours: frozenset[str], quoted: str, pair: Pair) -> bool:
    """Whether a Latin word in a translation is one that should have been translated."""
    word = match[0]
    if len(word) < 3 or word.isupper() or word in _LOANS:
        return len(word) == 2 and pair.cyrillic and word in _FREQUENT["de"] and word in ours
    there = word in ours
    if pair.source_language != "de":
        return there and word.islower() and pair.cyrillic
    if pair.cyrillic:
        if word in quoted and not german.is_german(word):
            return False  # an agency, a product
        if word[0].islower():
            return word.islower() and (there or word in _FREQUENT["de"])
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
    first = before is not None and before[1].casefold() not in _FREQUENT["en"] | {"a", "an", "in"}
    return first or behind is not None


def _names(pair: Pair) -> frozenset[str]:
    """Words of what stays as it is: by the term base, in quotation marks, as a name."""
    column = pair.glossary.column(pair.locale) or ""
    ours = pair.glossary.column(pair.source_locale) or ""
    quoted = (title for title in titles(pair.source.prose) if title in pair.target.prose)
    whole = (*quoted, *names.kept(pair))
    found = frozenset(word for name in whole for word in WORD.findall(name))
    source = pair.source
    arguments = (pair.glossary, source.raw, pair.source_locale)
    kept = {
        row
        for row in glossary.rows(*arguments, source.telling, possible=True)
        if set(row.terms.get(column, ())) & set(row.terms.get(ours, ()))
    }
    return (
        found
        if not kept
        else found
        | frozenset(
            word
            for use in glossary.uses(*arguments)
            if use.row in kept
            for word in WORD.findall(pair.source.raw[slice(*use.span)])
        )
    )


def _translated(pair: Pair) -> str:
    """The translation without the Latin words that it shares with its source: names."""
    if not pair.cyrillic or ASCII.isdisjoint(pair.target.signs):
        return pair.target.prose
    ours = frozenset(_LATIN_WORD.findall(pair.source.prose))
    return _LATIN_WORD.sub(lambda match: " " if match[0] in ours else match[0], pair.target.prose)


def _is_kazakh_without_letters(pair: Pair, text: str) -> bool:
    """Whether it is in Cyrillic letters; whether these are Kazakh is another question."""
    return pair.language == "kk" and pair.cyrillic and len(script.CYRILLIC.findall(text)) * 2 > len(
        [sign for sign in text if sign.isalpha()]
    )  # fmt: skip


def _guessed(words: Set[str], pair: Pair) -> str | None:
    """Another language whose frequent words are there more often than the catalog's own."""
    if pair.language not in _FREQUENT:
        return None
    own = len(words & _FREQUENT[pair.language])
    if not pair.cyrillic:
        count = len(words & _FREQUENT["de"])
        if count < 2 or count <= own or len(words) < 3:
            return None
        named = {word.casefold() for word in _names(pair)}
        named |= {word for word in _NAME_PARTICLE.findall(pair.target.prose)}
        count -= len(named & words & _FREQUENT["de"])
        return "de" if count >= 2 and count > own else None
    kazakh = not script.KAZAKH.isdisjoint(pair.target.prose)
    if pair.language == "kk":
        if not kazakh:
            return "ru" if kazakhs.is_russian(words, _FREQUENT["ru"]) else None
        count = len(words & _FREQUENT["ru"])
        if count <= own or len(words) < 3:
            return None
        return "ru" if _marked(words) <= len(words) // 8 else None
    if own or not kazakh or len(words) < 3:
        return None
    marked = _marked(words)
    count = marked + len(words & _FREQUENT["kk"])
    return "kk" if marked >= 2 and count > max(1, len(words) // 4) else None


def _marked(words: Set[str]) -> int:
    """Words with a letter that only Kazakh has."""
    return sum(not script.KAZAKH.isdisjoint(word) for word in words)


def _in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
