"""Where words may be broken: Kazakh against attested words, the others against pyphen."""

import re
import subprocess
import tarfile
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pyphen
import pytest

from tests import packages
from tests.conftest import KASACHSTAN, ROOT
from workflow.editions import hyphenation, softening
from workflow.reading import dialect

WORDS = ROOT / "tests" / "data" / "hyphenation-kk.txt"
SOFT = "\u00ad"


def table() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section += line.split()
    return sections


def broken(word: str, language: str) -> str:
    places = hyphenation.breaks(word, language)
    return "-".join(parts(word, set(places)))


@pytest.mark.parametrize(
    ("section", "least"),
    [("attested", 127), ("news", 300), ("held-out", 60), ("fresh", 150)],
)
def test_kazakh_words(section: str, least: int) -> None:
    words = table()[section]
    assert len(words) >= least
    assert [broken(word.replace("-", ""), "kk") for word in words] == words


def corpus() -> list[str]:
    """Every word of the article and its translations."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(KASACHSTAN.rglob("*.[mp][do]"))]
    return sorted(set(re.findall(r"[^\W\d_]+", " ".join(texts))))


@pytest.mark.parametrize(("locale", "dictionary"), [("de-AT", "de_AT"), ("ru", "ru"), ("en", "en")])
def test_patterns_are_read_as_pyphen_reads_them(
    locale: str, dictionary: str, tmp_path: Path
) -> None:
    """A judge with a reader of its own; what it breaks besides is less than a syllable."""
    head, _, levels = pyphen.LANGUAGES[dictionary].read_bytes().partition(b"\n")
    patterns = tmp_path / "patterns.dic"
    patterns.write_bytes(head + b"\n" + levels.rpartition(b"NEXTLEVEL")[2])
    judge = pyphen.Pyphen(filename=patterns, right=3 if locale == "en" else 2)
    words = corpus()
    assert len(words) > 2000
    for word in words:
        ours, theirs = set(hyphenation.breaks(word, locale)), set(judge.positions(word))
        assert ours <= theirs, word
        for dropped in theirs - ours:
            assert not all(map(is_syllable, parts(word, {*ours, dropped}))), word
        assert all(map(is_syllable, parts(word, ours))) or not ours, word
    assert sum(bool(hyphenation.breaks(word, locale)) for word in words) > 200


TEX = """
const {hyphenateSync} = require(process.argv[1]);
const words = require("fs").readFileSync(0, "utf8").split("\\n");
console.log(words.map((word) => hyphenateSync(word, {hyphenChar: "-"})).join("\\n"));
"""


@pytest.mark.judge
def test_german_against_the_patterns_of_tex(tmp_path: Path, judge: Callable[[str], str]) -> None:
    """Made by others, from other words: of 20 words one may differ (“Ka-sach-stan”)."""
    node, versions = judge("node"), {"hyphen": "1.14.1"}
    with tarfile.open(packages.fetch(judge("npm"), versions, tmp_path)["hyphen"]) as package:
        package.extractall(tmp_path, filter="data")
    article = (KASACHSTAN / "source" / "kasachstan-2022.md").read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"\b[^\W\d_]{5,}\b", article)))
    told = subprocess.run(
        [node, "-e", TEX, str(tmp_path / "package" / "de-1996")],
        input="\n".join(words), capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    assert len(words) > 400
    assert sum(
        broken(word, "de-AT") == theirs for word, theirs in zip(words, told, strict=True)
    ) >= (0.95 * len(words))


def parts(word: str, places: set[int]) -> list[str]:
    return [word[start:end] for start, end in pairwise((0, *sorted(places), len(word)))]


def is_syllable(part: str) -> bool:
    letters = unicodedata.normalize("NFD", part.lower().replace("й", ""))
    return len(part) > 1 and bool(re.search("[aeiouyæœøаеёиоуыэюя]", letters))


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        # By the rules of 2006. pyphen, which reads two levels as one, has “scha-r-fer”, and
        # “Po-si-ti-o-nen”, which is allowed and ugly.
        ("de-AT", "schar-fer Po-si-tio-nen Re-gio-nen Mil-lio-nen Ar-bei-ter Ge-werk-schaf-ten"),
        ("de-AT", "Gas-preis-er-hö-hung An-grif-fe Ge-ne-ral-streik Mas-sen-de-mons-tra-tio-nen"),
        (
            "de-AT",
            "Prä-si-dent wo-chen-lang auf-stän-di-schen Kir-gi-sis-tan Selbst-ver-tei-di-gung",
        ),
        ("ru", "за-ба-стов-ка ра-бо-чих пра-ви-тель-ство ре-во-лю-ция объ-ект подъ-езд чай-ник"),
        ("en", "po-si-tions gov-ern-ment work-ers demon-stra-tion in-de-pend-ent Kazakh-stan"),
    ],
)
def test_words_of_the_patterns(locale: str, words: str) -> None:
    assert [broken(word.replace("-", ""), locale) for word in words.split()] == words.split()


def test_which_languages_have_rules() -> None:
    locales = ("de", "de-AT", "ru", "kk", "kk-KZ", "en-GB", "fr", "ky")
    assert [hyphenation.knows(locale) for locale in locales] == [True] * 6 + [False] * 2


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Arbeiter_innen Demonstrant*innen Gewerkschafter:innen ArbeiterInnen Kolleg/innen"),
        ("de", "https://generalstreik.example.org/kasachstan generalstreik.pdf OVKS-Truppen"),
        ("de", "streik@arbeiter.example www.generalstreik.at Generalstreik2022 4-Zimmer-Wohnung"),
        ("ru", "ОДКБ-шников МинТруда забастовка2022 рабочий_ая"),
        ("kk", "АҚШ-тың ҰҚШҰ-ның ҚазҰУ-дың жұмысшы2022 сия қию аю Kazakhstan"),
        ("en", "don’t strikers@example.org CSTO-led NATO"),
        ("fr", "révolution"),  # a language without patterns of ours
        ("de", "Ge\u00adneral\u00adstreik"),  # the author has said where
    ],
)
def test_what_is_never_broken(locale: str, text: str) -> None:
    assert hyphenation.hyphenate(text, locale) == text


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("de-AT", "„Generalstreik“, und (Arbeiter)!", "„Ge-ne-ral-streik“, und (Ar-bei-ter)!"),
        ("ru", "«Забастовка» — рабочих.", "«За-ба-стов-ка» — ра-бо-чих."),
        ("kk", "Қоғамдық-саяси ұйым", "Қо-ғам-дық-са-яси ұйым"),
        ("en", "governments’ protest—workers", "gov-ern-ments’ protest—work-ers"),
    ],
)
def test_words_in_a_text(locale: str, text: str, expected: str) -> None:
    soft = hyphenation.hyphenate(text, locale)
    assert soft.replace(SOFT, "") == text
    assert soft.replace(SOFT, "-") == expected


def test_short_words_stay_whole_where_asked() -> None:
    text = "бостандық жұмысшылардың"
    assert hyphenation.hyphenate(text, "kk", shortest=12).replace(SOFT, "-") == (
        "бостандық жұ-мыс-шы-лар-дың"
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Das ist **Generalstreik**, ja.", "Das ist **Ge-ne-ral-streik**, ja."),
        (
            "`Generalstreik` [Arbeiter](https://arbeiter.example)!",
            "`Generalstreik` [Ar-beiter](x)!",
        ),
        ("Gewerkschafter\\*innen, Arbeiter_innen", None),
        ("**Arbeiter**_innen", None),  # a gender form behind a mark
        ("[Бостандық]{lang=kk} Arbeit", "[Бос-тан-дық]{lang=kk} Ar-beit"),
    ],
)
def test_text_between_marks(markdown: str, expected: str | None) -> None:
    tokens = dialect.parse_inline(markdown, {})
    before = dialect.plain_tokens(tokens)
    softening.inline(tokens, "de-AT", 0)
    after = dialect.plain_tokens(tokens)
    assert after.replace(SOFT, "") == before
    assert after.replace(SOFT, "-") == (before if expected is None else dialect.plain(expected))


def test_headings_stay_as_they_are() -> None:
    tokens = dialect.make().parse("# Generalstreik\n\nGeneralstreik\n")
    softening.blocks(tokens, "de-AT", 0)
    html = dialect.render(tokens, {})
    assert "<h1>Generalstreik</h1>" in html
    assert f"<p>Ge{SOFT}ne{SOFT}ral{SOFT}streik</p>" in html


def test_the_last_line_of_a_block_is_more_than_a_syllable() -> None:
    tokens = dialect.make().parse("Der Streik wird weitergehen, und er wird nicht vergessen.\n")
    softening.blocks(tokens, "de-AT", softening.IN_PRINT)
    text = dialect.render(tokens, {}).replace(SOFT, "-")
    assert "wei-ter-ge-hen" in text
    assert "ver-gessen.</p>" in text
