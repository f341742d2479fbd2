"""Terms by their inflected forms: tables of forms and near misses, in four languages."""

import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.terms.inflection import Finder, occurs

DATA = Path(__file__).parent / "data"
LETTERS = {
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһшыіэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdefghijklmnopqrstuvwxyzéèêàç",
}
RUSSIAN = "import sys; from workflow.terms.inflection import occurs; occurs('{}', 'x', '{}')"


@dataclass(frozen=True)
class Case:
    language: str
    term: str
    form: str
    expected: bool

    def __str__(self) -> str:
        return f"{self.language}: {self.term} {'+' if self.expected else '-'} {self.form}"


def table(name: str) -> Iterator[Case]:
    language = term = ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark in ("+", "-"):
            yield from (Case(language, term, form, mark == "+") for form in rest.split(", "))
        elif mark != "#":
            language, term = mark.removesuffix(":"), rest


TUNED = list(table("inflections.txt"))
HELD_OUT = list(table("inflections-held-out.txt"))


@pytest.mark.parametrize("case", TUNED + HELD_OUT, ids=str)
def test_a_form(case: Case) -> None:
    sentence = f"({case.form}), 1"
    assert bool(occurs(case.term, case.form, case.language)) is case.expected
    assert bool(occurs(case.term, sentence, case.language)) is case.expected


def test_the_tables_are_large_enough() -> None:
    tuned = Counter((case.language, case.expected) for case in TUNED)
    held_out = Counter(case.language for case in HELD_OUT if case.expected)
    for language in ("de", "ru", "kk", "en"):
        assert tuned[language, True] >= 40
        assert tuned[language, False] >= 25
        assert held_out[language] >= 30


@pytest.mark.parametrize(
    ("term", "text", "language", "found"),
    [
        ("Streik", "Der Streik, die Streiks.", "de", ["Streik", "Streiks"]),
        ("Demonstrant", r"viele Demonstrant\*innen gehen", "de", [r"Demonstrant\*innen"]),
        ("Öl", "Öl- und Gaspreise; Öl und Gas", "de", ["Öl"]),
        ("Minenarbeiter", "Öl- und Minenarbeiter_innen", "de", ["Minenarbeiter_innen"]),
        ("Nasarbajew", "[dort](https://x.org/Nasarbajew) `Nasarbajew`", "de", []),
        ("Nasarbajew", "das **Nasarbajew**-Regime", "de", ["Nasarbajew"]),
        ("Präsident", "Prä\u00adsidenten", "de", ["Prä\u00adsidenten"]),
        ("Arbeiter", "Arbeiter_innen- und Soldatenräte", "de", []),
        ("рабочий класс", "*рабочего* класса", "ru", ["рабочего* класса"]),
        ("рабочий класс", "рабочего\u00a0класса", "ru", ["рабочего\u00a0класса"]),
        ("рабочий класс", "рабочего, класса", "ru", []),
        ("рабочий класс", "рабочего — класса", "ru", []),
        ("Алматы", unicodedata.normalize("NFD", "Й Алматы"), "ru", ["Алматы"]),
        ("российский", unicodedata.normalize("NFD", "российский"), "ru",
         [unicodedata.normalize("NFD", "российский")]),
        ("замок", "за́мка", "ru", ["за́мка"]),
        ("үкімет ғимараты", "үкімет ғимараттарына", "kk", ["үкімет ғимараттарына"]),
        ("АҚШ", "АҚШ-тың күші", "kk", ["АҚШ"]),
        ("Putin", "PUTIN’S GAME", "en", ["PUTIN"]),
        ("strike", "Strike!", "en", ["Strike"]),
        ("grève", "Les grèves", "fr", ["grèves"]),
        ("страйк", "страйку", "uk", ["страйку"]),
        ("страйк", "страйковий", "uk", []),
        ("loi", "lois", "fr", []),
        ("", "text", "en", []),
        ("–", "a – b", "en", []),
    ],
)  # fmt: skip
def test_where_it_stands(term: str, text: str, language: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in occurs(term, text, language)] == found


def test_the_longest_term_counts() -> None:
    terms = ["Sowjet", "Oberster Sowjet", "Land"]
    finder = Finder(terms, "de-AT")
    text = "Der Oberste Sowjet und ein Sowjet des Landes"
    assert [terms[hit.term] for hit in finder.find(text)] == ["Oberster Sowjet", "Sowjet", "Land"]
    nested = [terms[hit.term] for hit in finder.find(text, nested=True)]
    assert sorted(nested) == ["Land", "Oberster Sowjet", "Sowjet", "Sowjet"]


def test_equal_terms_are_all_found() -> None:
    assert [hit.term for hit in Finder(["strike", "strike", "struck"], "en").find("strikes")] == [
        0,
        1,
    ]


@pytest.mark.parametrize("language", LETTERS)
@given(data=st.data())
def test_a_term_is_found_in_its_own_form(language: str, data: st.DataObject) -> None:
    word = st.text(st.sampled_from(LETTERS[language]), min_size=1, max_size=12)
    spelt = st.one_of(word, word.map(str.title), word.map(str.upper))
    term = " ".join(data.draw(st.lists(spelt, min_size=1, max_size=3)))
    before, after = data.draw(word), data.draw(word)
    text = f"{before}, {term}. {after}"
    assert (len(before) + 2, len(before) + 2 + len(term)) in occurs(term, text, language)


@pytest.mark.parametrize("language", LETTERS)
@given(term=st.text(max_size=20), text=st.text(max_size=60))
def test_any_text_is_read(language: str, term: str, text: str) -> None:
    spans = occurs(term, text, language)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("language", "loaded"), [("de", "False"), ("kk", "False"), ("en", "False"), ("ru", "True")]
)
def test_the_russian_dictionary_is_loaded_for_russian_only(language: str, loaded: str) -> None:
    code = RUSSIAN.format("Рада", language) + "; print('pymorphy3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{loaded}\n"
