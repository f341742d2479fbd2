"""Ends of sentences, spaces, and words that stand there twice."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Final

from workflow.checks.pair import ATOM, EDGE, Finding, Pair
from workflow.texts import words

NOBREAK: Final = "\u00a0\u202f\u2007"
_DOUBLED: Final = re.compile(r"  +")
_DOUBLED_NOBREAK: Final = re.compile(rf"(?=[ {NOBREAK}]*[{NOBREAK}])[ {NOBREAK}]{{2,}}")
_BEFORE: Final = re.compile(
    rf"[ {NOBREAK}](?<=[^\s(\[{{,;:!?.].)[ {NOBREAK}]*(?=[,;:!?.](?:[\s»”“)\]{EDGE}]|\Z))"
)
_FRENCH: Final = frozenset({"fr"})
# “слово,слово”, “конец.Начало”: not in addresses, abbreviations (т.е., z.B.), numbers and names.
_BEHIND: Final = re.compile(r"[,;!?.:](?=[^\W\d_])")
_CROWDED: Final = re.compile(
    r"[^\W\d_]{2}(?:[,;!?]|\.(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^\W\d_])|:(?=[^\W\d_]{3}))"
)
_WORD_BEFORE: Final = re.compile(r"[\w.@/]*\Z")
_HOSTS: Final = re.compile(r"\w+\.(?:com|org|net|de|at|ru|kz|js|py|info|eu)\b", re.IGNORECASE)
_QUOTED: Final = frozenset("«»„()[]")
_PAIRED: Final = frozenset("()»”")
_DASHES: Final = frozenset("—–")
_BRACKET: Final = re.compile(r"[^\W\d_]{2}\((?=[^\W\d_]{4,}[\s)])(?![^\W\d_]{1,3}\))")
_BEHIND_BRACKET: Final = re.compile(r"[)»”](?=[^\W\d_]{2})")
_DASH: Final = re.compile(
    rf"(?<=[^\s{EDGE}«“„(\[])[—–](?=\s)(?!\s*\Z)|(?<=[^\W\d_]\s)[—–](?=[^\W\d_])"
)
_INSIDE: Final = re.compile(rf"[«(\[„][ {NOBREAK}]|(?<=[^\s—–])[ {NOBREAK}][»)\]](?!\w)")
_TWICE: Final = re.compile(r"(?<![\w-])([^\W\d_]+)[ \u00a0\u202f]+\1(?![\w-])", re.IGNORECASE)
# What languages do say twice.
_SAID_TWICE: Final = {
    "en": frozenset("had that blah ha no very bye really so".split()),
    "ru": frozenset("да нет очень еле чуть ха давно далеко много так все".split()),
    "kk": frozenset("бір екі үш он жүз мың түрлі тез жиі аз ия жоқ өз топ ұзақ".split()),
    "de": frozenset("die der das sie".split()),
}
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:usw|etc|bzw|inc|ltd|co|jr|sr|chr|jhs?|nr|др|пр|гг?|вв?|руб|коп|чел)|[\W_][^\W\d_])\.\W*\Z",
    re.IGNORECASE,
)
_SIGN_IN_QUOTES: Final = re.compile(r"[!…][“”»‘’\"]\Z")
_QUOTED_SIGN: Final = re.compile(r"[!…][“”»‘’\"]")
_SALUTATION: Final = 6  # words of “Liebe Kolleginnen und Kollegen!”, which others end with a comma
_QUESTION: Final = re.compile(r"\?(?!\w)")


def end(pair: Pair) -> Iterator[Finding]:
    """Another sign at the end."""
    source, target = _bare(pair.source.prose), _bare(pair.target.prose)
    ours, theirs = words.end(source), words.end(target)
    if ours == theirs or not target or _may_end_so(source, target, pair):
        return
    if {ours, theirs} <= {".", "!"} and "…" not in pair.source.prose:
        yield Finding(f"the sentence ends with {theirs}, its source with {ours}")
    elif ours and theirs:
        yield Finding(f"it ends with {theirs}, its source with {ours}")
    elif ours:
        yield Finding(f"the {ours} at the end is missing")
    else:
        yield Finding(f"it ends with {theirs}, its source does not")


def _may_end_so(source: str, target: str, pair: Pair) -> bool:
    """Whether there is a reason for two texts to end with different signs."""
    ours, theirs = words.end(source), words.end(target)
    return (
        words.ends_alike(source, target)
        or "?" in (ours, theirs)  # `question` says so
        or ({ours, theirs} <= {",", "!"} and len(source.split()) <= _SALUTATION)
        # “Комментариев: {count}”
        or (theirs == ":" and pair.target.prose.endswith(ATOM) and not source.endswith(ATOM))
        or (ours == "." and not theirs and _abbreviated(source))
        or (theirs == "." and not ours and _abbreviated(target))
        # „Nein!“ ends the one; «Нет!» stands within the other.
        or bool(theirs == "." and _SIGN_IN_QUOTES.search(source) and _QUOTED_SIGN.search(target))
    )


def question(pair: Pair) -> Iterator[Finding]:
    """Question marks: lost or added."""
    ours = bool(_QUESTION.search(pair.source.prose))
    theirs = bool(_QUESTION.search(pair.target.prose))
    if ours and not theirs:
        yield Finding("the question mark is missing")
    elif theirs and not ours:
        yield Finding("a question mark that the source does not have")


def doubled_word(pair: Pair) -> Iterator[Finding]:
    """A word behind itself."""
    said = words.tokens(pair.target.prose)
    if len(said) == len(words.vocabulary(pair.target.prose)):
        return
    for match in _TWICE.finditer(pair.target.prose):
        word = match[1].casefold()
        if word in _SAID_TWICE.get(pair.language, ()) or _repeated(
            word, pair.source.prose.casefold()
        ):
            continue
        if match[1][0].isupper() and match[1] in pair.source.prose:
            continue
        once = match[1]
        fixed = pair.target.mended(partial(_once, both=match[0], word=once))
        yield Finding(f"“{match[0]}”: the same word twice", f"“{once}”", fixed)


def spaces(pair: Pair) -> Iterator[Finding]:
    """Spaces: doubled, at the ends, or inside quotation marks and brackets."""
    masked = pair.target.masked
    if pair.target.raw != pair.target.raw.strip() and pair.source.raw == pair.source.raw.strip():
        yield Finding("white space at an end", "remove it", pair.target.raw.strip())
    if (
        "  " in masked
        and _DOUBLED.search(masked.strip())
        and not _DOUBLED.search(pair.source.masked)
    ):
        yield Finding("two spaces", "one", pair.target.mended(lambda text: _DOUBLED.sub(" ", text)))
    if (
        not _QUOTED.isdisjoint(pair.target.signs)
        and _INSIDE.search(masked)
        and not _INSIDE.search(pair.source.masked)
    ):
        fixed = pair.target.mended(
            lambda text: _INSIDE.sub(lambda match: match[0].strip(f" {NOBREAK}"), text)
        )
        yield Finding("a space inside quotation marks or brackets", "remove it", fixed)


def no_break(pair: Pair) -> Iterator[Finding]:
    """A no-break space beside another space."""
    if _DOUBLED_NOBREAK.search(pair.target.masked):
        fixed = pair.target.mended(lambda text: _DOUBLED_NOBREAK.sub("\u00a0", text))
        yield Finding("a no-break space beside another space", "one of them", fixed)


def space_before(pair: Pair) -> Iterator[Finding]:
    """A space before a comma, a full stop and their like."""
    match = _BEFORE.search(pair.target.masked)
    if match and pair.language not in _FRENCH and not _BEFORE.search(pair.source.masked):
        sign = pair.target.masked[match.end()]
        fixed = pair.target.mended(lambda text: _BEFORE.sub("", text))
        yield Finding(f"a space before “{sign}”", "remove it", fixed)


def space_missing(pair: Pair) -> Iterator[Finding]:
    """No space behind a comma, a full stop and their like, or on one side of a dash."""
    masked = pair.target.masked.replace(EDGE, "")
    found = next((word for word in _crowded(masked, pair.source.prose)), None)
    if found:
        fixed = pair.target.mended(partial(_spaced, source=pair.source.prose))
        yield Finding(f"no space behind “{found}”", f"“{found} ”", fixed)
    signs = pair.target.signs
    for pattern, what in ((_BRACKET, "before a bracket"), (_BEHIND_BRACKET, "behind a bracket")):
        if (
            not _PAIRED.isdisjoint(signs)
            and pattern.search(masked)
            and not pattern.search(pair.source.prose)
        ):
            yield Finding(f"no space {what} or mark")
    if (
        not _DASHES.isdisjoint(signs)
        and _DASH.search(masked)
        and not _DASH.search(pair.source.prose)
    ):
        yield Finding("a space on one side of the dash only")


def _once(text: str, both: str, word: str) -> str:
    return text.replace(both, word)


def _crowded(text: str, source: str) -> Iterator[str]:
    """Words with a sign that nothing separates from the next word."""
    for match in _BEHIND.finditer(text):
        word = _word_with(match)
        if not _belongs(match, word, source):
            yield word


def _word_with(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()])
    return (before[0] if before else "") + match[0]


def _belongs(match: re.Match[str], word: str, source: str) -> bool:
    """Whether the sign is one of a word: example.org, Arbeiter:innen, 2:1, std::vector."""
    if not _CROWDED.match(match.string, max(0, match.start() - 2)):
        return True
    following = match.string[match.end() : match.end() + 4]
    if match[0] == ":" and (following[0].islower() or following[0] == ":"):
        return True
    if word in source or "@" in word or "/" in word or "." in word[:-1]:
        return True
    return _HOSTS.match(word + following) is not None


def _spaced(text: str, source: str) -> str:
    def add(match: re.Match[str]) -> str:
        return match[0] if _belongs(match, _word_with(match), source) else match[0] + " "

    return _BEHIND.sub(add, text)


def _bare(text: str) -> str:
    """A text without the footnotes and the like behind its last sentence."""
    return text.rstrip(ATOM + " \n") if text.endswith(ATOM) and text.rstrip(ATOM) else text


def _abbreviated(text: str) -> bool:
    """Whether the last point belongs to a word: usw., т. д., Inc."""
    return _ABBREVIATION.search(text) is not None


def _repeated(word: str, source: str) -> bool:
    counts = Counter(words.WORD.findall(source))
    return counts[word] > 1
