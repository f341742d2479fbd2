"""Terms by their inflected forms: tables of forms and near misses, in four languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workflow.terms.inflection import occurs

DATA = Path(__file__).parent / "data"
LANGUAGES = ("de", "ru", "kk", "en")


@dataclass(frozen=True)
class Case:
    language: str
    term: str
    form: str
    expected: bool

    def __str__(self) -> str:
        return f"{self.language}: {self.term} {'+' if self.expected else '-'} {self.form}"

    @property
    def found(self) -> bool:
        return bool(occurs(self.term, self.form, self.language))


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


@pytest.mark.parametrize("case", TUNED, ids=str)
def test_a_form(case: Case) -> None:
    assert case.found is case.expected
