"""Who wrote a text: marks, and the states that follow from them."""

from dataclasses import replace

import pytest

from workflow.catalogs import marks
from workflow.model import Entry, State

DRAFT = marks.with_machine(
    Entry("Guten Tag", comments=("Wort",), flags=("python-format",)),
    "Добрый день",
    engine="google",
    date="2026-11-22",
    reasons=("numbers", "length"),
)
S, T = marks.digest("Guten Tag"), marks.digest("Добрый день")
REVIEW = f"reviewed: Anna B. 2026-11-23 s={S} t={T}"
ACCEPTED = f"accepted: Bo 2026-11-22 s={S} t={T}"


def test_a_draft_is_fuzzy_and_marked() -> None:
    mark = f"mt: google 2026-11-22 s={S} t={T} why=numbers,length"
    assert DRAFT.comments == ("Wort", mark)
    assert DRAFT.flags == ("python-format", "fuzzy")
    assert marks.machine(DRAFT) == marks.Mark("google", "2026-11-22", S, T, ("numbers", "length"))


def test_a_new_draft_replaces_the_old_mark() -> None:
    stale = replace(DRAFT, previous="Tag", previous_context="title")
    second = marks.with_machine(stale, "Здравствуйте", engine="llm", date="2026-11-24")
    assert len([line for line in second.comments if line.startswith("mt:")]) == 1
    assert marks.machine(second).who == "llm"  # type: ignore[union-attr]
    assert (second.previous, second.previous_context, second.flags.count("fuzzy")) == (
        None,
        None,
        1,
    )


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (Entry("a"), State.MISSING),
        (Entry("a", flags=("fuzzy",), previous="b"), State.MISSING),
        (DRAFT, State.MACHINE),
        (replace(DRAFT, previous="Guten Abend"), State.STALE),
        (replace(DRAFT, msgstr="Добрый вечер"), State.FUZZY),  # a person was here
        (replace(DRAFT, msgid="Guten Abend"), State.FUZZY),  # a mark that msgmerge copied
        (replace(DRAFT, flags=()), State.TRANSLATED),
        (replace(DRAFT, flags=(), comments=(REVIEW,)), State.REVIEWED),
        (replace(DRAFT, flags=(), comments=(REVIEW,), msgstr="Привет"), State.TRANSLATED),
        (replace(DRAFT, comments=(REVIEW,)), State.FUZZY),
        (replace(DRAFT, flags=(), comments=(REVIEW, ACCEPTED)), State.REVIEWED),
        # Nobody is a second person to themselves, however the marks came there.
        (
            replace(DRAFT, flags=(), comments=(REVIEW, ACCEPTED.replace("Bo", "anna  b."))),
            State.TRANSLATED,
        ),
        (Entry("a", "a"), State.TRANSLATED),
        (Entry("a", "b", flags=("fuzzy",), previous=""), State.STALE),
    ],
)
def test_states(entry: Entry, state: State) -> None:
    assert marks.state(entry) is state


@pytest.mark.parametrize(
    "line",
    [
        f"mt: google 2026-11-22 s={S[:5]} t={T}",
        f"mt: google s={S} t={T}",
        f"mt: google 2026-11-22 s={S} t={T} and more",
        f"MT: google 2026-11-22 s={S} t={T}",
        f"see mt: google 2026-11-22 s={S} t={T}",
    ],
)
def test_what_only_looks_like_a_mark(line: str) -> None:
    assert marks.machine(replace(DRAFT, comments=(line,))) is None


def test_the_mark_that_fits_is_found_among_others() -> None:
    copied = f"mt: other 2020-01-01 s={S} t=000000"
    entry = replace(DRAFT, comments=(copied, *DRAFT.comments))
    assert marks.machine(entry).who == "google"  # type: ignore[union-attr]
