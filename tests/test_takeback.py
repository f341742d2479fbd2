"""Catalogs that come back: nothing is lost on either side."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_update import begin
from tests.trees import NAME, article, contents, write
from workflow.catalogs import marks, po, writing
from workflow.catalogs.takeback import Outcome, take
from workflow.model import COVERED, Catalog, Entry, State

Auflage = Callable[..., tuple[int, str, str]]
RU = f"locale/ru/LC_MESSAGES/{NAME}.po"

EMPTY = Entry("Satz.")
DRAFT = marks.with_machine(EMPTY, "робот", engine="llm", date="2026-11-22")
NEWER = marks.with_machine(EMPTY, "новый робот", engine="llm", date="2026-11-23")
STALE = Entry("Satz.", "старое", flags=("fuzzy",), previous="Satz!")
UNSURE = Entry("Satz.", "кажется", flags=("fuzzy",))
DONE = Entry("Satz.", "готово")


def catalog(*entries: Entry) -> Catalog:
    return replace(begin("# T"), entries=entries)


def both(ours: Entry, theirs: Entry) -> tuple[Entry, Outcome | None]:
    """What becomes of one entry; taking it twice changes nothing more."""
    mine = catalog(ours)
    taken = take(mine, catalog(theirs), now="now")
    (result,) = taken.catalog.entries
    again = take(taken.catalog, catalog(theirs), now="later")
    assert again.catalog == taken.catalog
    same = (result.msgstr, result.fuzzy) == (ours.msgstr, ours.fuzzy)
    assert taken.texts == (not same)
    assert (taken.catalog.field("PO-Revision-Date") == "now") == (not same)
    return result, taken.meetings[0].outcome if taken.meetings else None


@pytest.mark.parametrize("theirs", [DRAFT, STALE, UNSURE, DONE, replace(EMPTY, msgstr=COVERED)])
def test_what_is_missing_is_filled(theirs: Entry) -> None:
    assert both(EMPTY, theirs) == (theirs, None)


@pytest.mark.parametrize("ours", [EMPTY, DRAFT, STALE, UNSURE, DONE])
def test_an_empty_text_never_wins(ours: Entry) -> None:
    assert both(ours, EMPTY) == (ours, None)
    assert both(ours, replace(EMPTY, flags=("fuzzy",))) == (ours, None)


@pytest.mark.parametrize("ours", [EMPTY, DRAFT, STALE, UNSURE])
def test_what_they_accepted_is_accepted(ours: Entry) -> None:
    told = Outcome.REPLACED if ours == UNSURE else None
    assert both(ours, DONE) == (DONE, told)
    if ours.msgstr:
        same = replace(ours, flags=(), previous=None)
        assert both(ours, replace(DONE, msgstr=ours.msgstr)) == (same, None)


@pytest.mark.parametrize("theirs", [DRAFT, NEWER])
@pytest.mark.parametrize("ours", [STALE, UNSURE, DONE])
def test_a_draft_never_replaces_a_persons_text(ours: Entry, theirs: Entry) -> None:
    assert both(ours, theirs) == (ours, None)


def test_the_newer_of_two_drafts_stays() -> None:
    assert both(DRAFT, NEWER) == (NEWER, None)
    assert both(NEWER, DRAFT) == (NEWER, None)


@pytest.mark.parametrize(
    ("ours", "theirs", "text", "told"),
    [
        (DRAFT, UNSURE, "кажется", None),
        (STALE, UNSURE, "кажется", Outcome.REPLACED),
        (UNSURE, replace(UNSURE, msgstr="может быть"), "может быть", Outcome.REPLACED),
        (DONE, UNSURE, "готово", Outcome.KEPT),
        (DONE, replace(DONE, msgstr="иначе"), "готово", Outcome.CONFLICT),
        (DONE, replace(DONE, flags=("fuzzy",)), "готово", None),
    ],
)
def test_two_texts(ours: Entry, theirs: Entry, text: str, told: Outcome | None) -> None:
    result, outcome = both(ours, theirs)
    assert (result.msgstr, outcome) == (text, told)
    assert result.fuzzy == (text != "готово")


def test_comments_of_both_are_kept_and_marks_that_fit() -> None:
    hashes = f"s={marks.digest('Satz.')} t={marks.digest('готово')}"
    review = f"reviewed: Anna 2026-11-23 {hashes}"
    theirs = replace(DONE, comments=("von ihnen", "mt: x 2026-01-01 s=000000 t=000000", review))
    result, _ = both(replace(DRAFT, comments=("von uns", *DRAFT.comments)), theirs)
    assert result.comments == ("von uns", "von ihnen", review)
    assert marks.state(result) is State.REVIEWED
    result, _ = both(DONE, replace(EMPTY, comments=("unklar",)))
    assert result == replace(DONE, comments=("unklar",))


PARAGRAPH = Entry("Ein ganzer Absatz. Mit zwei Sätzen steht er hier.")
HALF = replace(PARAGRAPH, msgstr="Целый абзац. Mit zwei Sätzen steht er hier.")


@pytest.mark.parametrize("drafted", [False, True])
def test_a_text_of_which_half_is_the_source_is_not_accepted(drafted: bool) -> None:
    ours = PARAGRAPH
    if drafted:
        ours = marks.with_machine(ours, "Весь абзац.", engine="llm", date="2026-11-22")
    result, told = both(ours, HALF)
    assert (result, told) == (replace(HALF, flags=("fuzzy",)), Outcome.UNFINISHED)


@pytest.mark.parametrize(
    "ours",
    [
        replace(PARAGRAPH, msgstr="Весь абзац."),
        replace(PARAGRAPH, msgstr="Весь абзац.", flags=("fuzzy",)),
        replace(PARAGRAPH, msgstr="Абзац.", flags=("fuzzy",), previous="Ein Absatz."),
    ],
)
def test_such_a_text_replaces_nobodys(ours: Entry) -> None:
    assert both(ours, HALF) == (ours, Outcome.UNFINISHED)


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Karl Marx: Das Kapital. Berlin 1867.", "Карл Маркс: Das Kapital. Берлин 1867."),
        ("Siehe: https://example.org/ein/langer/weg", "См.: https://example.org/ein/langer/weg"),
        ("Ein Satz bleibt wie er ist. Noch einer.", "Ein Satz bleibt wie er ist. Noch einer."),
        ("Sie rief laut: Wir kommen wieder, bald!", "Она крикнула: Мы скоро вернемся!"),
    ],
)
def test_names_links_and_copies_are_finished(msgid: str, msgstr: str) -> None:
    assert both(Entry(msgid), Entry(msgid, msgstr)) == (Entry(msgid, msgstr), None)


def test_comments_that_a_program_wrapped_are_not_taken_twice() -> None:
    ours = ("eine lange Bemerkung, die zwei Zeilen braucht", "", "  eingerückt", "kurz")
    theirs = ("eine lange Bemerkung,", "die zwei Zeilen braucht", "eingerückt", "Neu:", "kurz")
    result, _ = both(replace(DONE, comments=ours), replace(EMPTY, comments=theirs))
    assert result.comments == (*ours, "Neu:")
    result, _ = both(replace(DONE, comments=ours), replace(EMPTY, comments=("lange Bemerkung",)))
    assert result.comments == (*ours, "lange Bemerkung")


def test_what_we_do_not_have_is_told() -> None:
    gone = Entry("Fort.", "прочь")
    draft = marks.with_machine(Entry("Neu."), "робот", engine="llm", date="2026-11-22")
    strange = (gone, Entry("Leer."), Entry("Ruht.", "покой"), draft)
    ours = catalog(DONE, Entry("Ruht.", "покой", obsolete=True))
    taken = take(ours, catalog(*strange), now="now")
    assert taken.catalog == ours
    assert [(m.outcome, m.theirs) for m in taken.meetings] == [(Outcome.UNKNOWN, gone)]
    other = take(ours, catalog(replace(DONE, msgctxt="heading")), now="now")
    assert [m.outcome for m in other.meetings] == [Outcome.UNKNOWN]


def test_a_text_for_the_sentence_as_it_was_stays_stale() -> None:
    taken = take(catalog(STALE), catalog(Entry("Satz!", "лучше")), now="now")
    assert taken.catalog.entries == (replace(STALE, msgstr="лучше"),)
    assert [m.outcome for m in taken.meetings] == [Outcome.REPLACED]
    same = take(catalog(STALE), catalog(Entry("Satz!", "старое")), now="now")
    assert (same.catalog.entries, same.meetings) == ((STALE,), ())


KINDS = st.sampled_from([EMPTY, DRAFT, NEWER, STALE, UNSURE, DONE, replace(DONE, msgstr="иначе")])


@settings(max_examples=200, deadline=None)
@given(st.lists(KINDS, max_size=6), st.lists(KINDS, max_size=6))
def test_accepted_texts_stay(ours: list[Entry], theirs: list[Entry]) -> None:
    mine, other = (
        catalog(*(replace(entry, msgid=f"{entry.msgid} {n}") for n, entry in enumerate(row)))
        for row in (ours, theirs)
    )
    taken = take(mine, other, now="now")
    for before, after in zip(mine.entries, taken.catalog.entries, strict=True):
        assert after.msgstr or not before.msgstr
        if before.msgstr and not before.fuzzy:
            assert (after.msgstr, after.fuzzy) == (before.msgstr, False)
    assert take(taken.catalog, other, now="later").catalog == taken.catalog


# The command, with files as programs write them.


def read(path: Path) -> Catalog:
    return po.parse(path.read_text(encoding="utf-8"), path.name)


def worked_on(project: Path, number: int) -> tuple[str, Entry, Entry]:
    """Our catalog's text with one entry translated by a person: text, before, after."""
    ours = read(project / RU)
    entry = ours.entries[number]
    done = replace(entry, msgstr="Человек сказал «так».", flags=(), comments=("Слово",))
    entries = (*ours.entries[:number], done, *ours.entries[number + 1 :])
    return writing.serialise(replace(ours, entries=entries)), entry, done


def omegat(text: str) -> str:
    """What OmegaT 3.6 makes of it: what was fuzzy is empty, and no longer fuzzy."""
    blocks = text.split("\n\n")
    emptied = (
        re.sub(r'\nmsgstr "(.+)"\Z', '\nmsgstr ""', block.replace("\n#, fuzzy", "").rstrip())
        if "\n#, fuzzy" in block
        else block
        for block in blocks
    )
    return "\n\n".join(emptied).replace('msgstr ""\n"Project-Id', 'msgstr "Project-Id', 1)


def weblate(text: str) -> str:
    file = polib.pofile(text, wrapwidth=77)
    file.metadata |= {"X-Generator": "Weblate 5.1", "Language-Team": "Russian <x@example.org>"}
    return str(file)


def poedit(text: str) -> str:
    """From Windows: another header, CRLF and a byte order mark."""
    changed = text.replace(
        '"Language: ru\\n"', '"Language: ru_RU\\n"\n"X-Generator: Poedit 3.2.2\\n"'
    )
    return "\ufeff" + changed.replace("\n", "\r\n")


@pytest.mark.parametrize("tool", [omegat, weblate, poedit, str])
def test_what_programs_send_back(
    kasachstan: Path, auflage: Auflage, tool: Callable[[str], str]
) -> None:
    before = read(kasachstan / RU)
    text, _, done = worked_on(kasachstan, 5)
    (kasachstan / "back.po").write_bytes(tool(text).encode())
    others = {path: d for path, d in contents(kasachstan).items() if path != RU}
    code, out, err = auflage(kasachstan, "update", "--merge", "back.po")
    assert (code, err) == (0, "")
    assert out == f"{RU}: 1 text taken from back.po\n"
    after = read(kasachstan / RU)
    assert [n for n, pair in enumerate(zip(before.entries, after.entries, strict=True))
        if pair[0] != pair[1]] == [5]  # fmt: skip
    assert after.entries[5] == done
    assert {path: d for path, d in contents(kasachstan).items() if path != RU} == others
    code, out, err = auflage(kasachstan, "update", "--merge", "back.po")
    assert (code, err) == (0, "")
    assert out == f"nothing to take: {RU} has all of back.po\n"
    assert "nothing to do" in auflage(kasachstan, "update")[1]


def test_two_accepted_texts_are_both_shown(kasachstan: Path, auflage: Auflage) -> None:
    text, entry, done = worked_on(kasachstan, 5)
    (kasachstan / "back.po").write_text(text, encoding="utf-8")
    ours = text.replace("Человек сказал", "Мы сказали")
    (kasachstan / RU).write_text(ours, encoding="utf-8")
    code, out, err = auflage(kasachstan, "update", "--merge", "back.po")
    assert code == 1
    line = read(kasachstan / "back.po").entries[5].line
    assert f"error: back.po:{line}: accepted here and in {RU}:{line}, " in err
    for shown in (entry.msgid, done.msgstr, done.msgstr.replace("Человек сказал", "Мы сказали")):
        assert f"“{shown}”" in err
    assert (kasachstan / RU).read_text(encoding="utf-8") == ours
    assert "nothing to take" in out
    code, out, _ = auflage(kasachstan, "update", "--merge", "back.po", "--json")
    (told,) = json.loads(out)["told"]
    assert (code, told["outcome"], told["theirs"]) == (1, "conflict", done.msgstr)


def test_a_comment_alone_is_taken(kasachstan: Path, auflage: Auflage) -> None:
    ours = read(kasachstan / RU)
    noted = replace(ours.entries[3], comments=(*ours.entries[3].comments, "was heißt das?"))
    entries = (*ours.entries[:3], noted, *ours.entries[4:])
    write(kasachstan, "back.po", writing.serialise(replace(ours, entries=entries)))
    _, out, _ = auflage(kasachstan, "update", "--merge", "back.po")
    assert out == f"{RU}: comments taken from back.po\n"
    assert read(kasachstan / RU) == replace(ours, entries=entries)


def test_an_unknown_sentence_is_told(kasachstan: Path, auflage: Auflage) -> None:
    text = worked_on(kasachstan, 5)[0] + '\nmsgid "Fremd."\nmsgstr "Чужое."\n'
    (kasachstan / "back.po").write_text(text, encoding="utf-8")
    code, _, err = auflage(kasachstan, "update", "--merge", "back.po")
    assert code == 0
    line = text.count("\n") - 1
    assert f"warning: back.po:{line}: unknown msgid" in err
    assert "“Чужое.”" in err


def test_the_catalog_is_found_by_its_sentences(project: Path, auflage: Auflage) -> None:
    article(project, "one", "Der erste Text. Gemeinsam.")
    article(project, "two", "Der zweite Text. Gemeinsam.")
    auflage(project, "update")
    folder = project / "locale/ru/LC_MESSAGES"
    text = (folder / "two.po").read_text(encoding="utf-8")
    text = text.replace('"Gemeinsam."\nmsgstr ""', '"Gemeinsam."\nmsgstr "Вместе."')
    write(project, "mail.po", text)
    assert auflage(project, "update", "--merge", "mail.po")[0] == 0
    assert "Вместе." in (folder / "two.po").read_text(encoding="utf-8")
    assert "Вместе." not in (folder / "one.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ('msgid "Gemeinsam."\nmsgstr "x"\n', "", 1, "say which with --article --locale"),
        ('msgid "Gemeinsam."\nmsgstr "x"\n', "--locale ru", 1, "say which with --article\n"),
        ('msgid "Gemeinsam."\nmsgstr "x"\n', "--locale ru --article one", 0, "1 text taken"),
        ('msgid "Fremd."\nmsgstr "x"\n', "", 1, "no catalog of the project has an entry of it"),
        ("Guten Tag\n", "", 1, "x.po:1: not valid gettext syntax"),
        ('msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Gemeinsam."\nmsgstr "x"\n', "", 1,
            "its header says “Language: fr”"),
        (None, "", 1, "x.po: cannot read: there is no such file"),
        ('msgid "Gemeinsam."\nmsgstr "x"\n', "--locale fr", 2, "unknown locale “fr”"),
    ],
)  # fmt: skip
def test_which_catalog(
    project: Path, auflage: Auflage, text: str | None, options: str, code: int, said: str
) -> None:
    article(project, "one", "Gemeinsam.")
    article(project, "two", "Gemeinsam.")
    auflage(project, "update")
    before = contents(project / "locale")
    if text is not None:
        write(project, "x.po", text)
    found, out, err = auflage(project, "update", "--merge", "x.po", *options.split())
    assert (found, said in out + err) == (code, True)
    if code:
        assert contents(project / "locale") == before


def test_a_broken_catalog_is_named_and_another_found(project: Path, auflage: Auflage) -> None:
    article(project, "one", "Eins.")
    article(project, "two", "Zwei.")
    auflage(project, "update")
    write(project, "locale/ru/LC_MESSAGES/one.po", "broken")
    write(project, "x.po", 'msgid "Zwei."\nmsgstr "Два."\n')
    code, out, err = auflage(project, "update", "--merge", "x.po", "--locale", "ru")
    assert (code, "1 text taken" in out) == (0, True)
    assert "warning: locale/ru/LC_MESSAGES/one.po:1" in err
