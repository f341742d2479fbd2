"""Sentences that become one or several keep their translations."""

from dataclasses import replace

import pytest

from tests.conftest import KASACHSTAN
from tests.test_extract import template
from tests.test_update import begin, entry_of, merged
from workflow.catalogs import marks, po, regroup, writing
from workflow.catalogs.update import update
from workflow.model import COVERED, Catalog, Entry, State

SENTENCES = "# T\n\nEins ist da. Zwei kommt noch? Drei bleibt fort!\n"
WHOLE = (
    "# T\n\n<!-- segmentation: paragraph -->\n\nEins ist da. Zwei kommt noch? Drei bleibt fort!\n"
)
JOINED = "Eins ist da. Zwei kommt noch? Drei bleibt fort!"
TEXTS = {
    "T": "Т",
    "Eins ist da.": "Раз тут.",
    "Zwei kommt noch?": "Два ещё придёт?",
    "Drei bleibt fort!": "Трёх нет!",
    JOINED: "Раз тут. Два ещё придёт? Трёх нет!",
}


def filled(text: str, **changes: object) -> Catalog:
    """A catalog with the texts above; `changes` for those of the body."""
    first = update(template(text), None, "ru", now="then")
    entries = (
        replace(entry, msgstr=TEXTS[entry.msgid], **({} if entry.msgctxt else changes))
        for entry in first.entries
    )
    return replace(first, entries=tuple(entries))


def with_text(catalog: Catalog, msgid: str, msgstr: str, *flags: str) -> Catalog:
    entries = (
        replace(entry, msgstr=msgstr, flags=flags) if entry.msgid == msgid else entry
        for entry in catalog.entries
    )
    return replace(catalog, entries=tuple(entries))


def test_accepted_sentences_become_an_accepted_paragraph() -> None:
    after = merged(WHOLE, filled(SENTENCES, comments=("Wort",)))
    found = entry_of(after, JOINED)
    assert (found.msgstr, found.flags, found.previous) == (TEXTS[JOINED], (), None)
    assert found.comments == ("Wort",)
    assert len(after.entries) == 2


@pytest.mark.parametrize(
    ("text", "flags", "result"),
    [
        ("", (), "Раз тут. Трёх нет!"),
        ("Два?", ("fuzzy",), "Раз тут. Два? Трёх нет!"),
    ],
)
def test_a_paragraph_of_unfinished_sentences_is_fuzzy(
    text: str, flags: tuple[str, ...], result: str
) -> None:
    before = with_text(filled(SENTENCES), "Zwei kommt noch?", text, *flags)
    found = entry_of(merged(WHOLE, before), JOINED)
    assert (found.msgstr, found.fuzzy) == (result, True)
    assert found.previous == JOINED.replace("? ", "?\n").replace(". ", ".\n")


def test_a_covered_sentence_adds_nothing() -> None:
    found = entry_of(merged(WHOLE, with_text(filled(SENTENCES), "Eins ist da.", COVERED)), JOINED)
    assert (found.msgstr, found.flags) == ("Два ещё придёт? Трёх нет!", ())


def test_an_engines_sentences_are_an_engines_paragraph() -> None:
    before = filled(SENTENCES)
    drafts = tuple(
        marks.with_machine(e, e.msgstr, engine="llm", date=f"2026-11-2{number}", reasons=("term",))
        for number, e in enumerate(before.entries)
    )
    found = entry_of(merged(WHOLE, replace(before, entries=drafts)), JOINED)
    assert marks.state(found) is State.MACHINE
    assert marks.machine(found) == marks.Mark(
        "llm", "2026-11-23", marks.digest(JOINED), marks.digest(TEXTS[JOINED]), ("term",)
    )
    other = marks.with_machine(drafts[2], "Два.", engine="google", date="2026-11-24")
    mixed = replace(before, entries=(*drafts[:2], other, drafts[3]))
    found = entry_of(merged(WHOLE, mixed), JOINED)
    assert (marks.state(found), found.comments) == (State.STALE, ())


def test_accepted_machine_text_stays_marked() -> None:
    before = filled(SENTENCES)
    accepted = tuple(
        replace(marks.with_machine(e, e.msgstr, engine="llm", date="2026-11-23"), flags=())
        for e in before.entries
    )
    found = entry_of(merged(WHOLE, replace(before, entries=accepted)), JOINED)
    assert marks.state(found) is State.TRANSLATED
    assert marks.machine(found)


def test_a_paragraph_is_cut_at_the_sentences_of_its_translation() -> None:
    after = merged(SENTENCES, filled(WHOLE, comments=("Wort",)))
    for msgid in ("Eins ist da.", "Zwei kommt noch?", "Drei bleibt fort!"):
        found = entry_of(after, msgid)
        assert (found.msgstr, found.fuzzy, found.previous) == (TEXTS[msgid], True, JOINED)
    assert [entry.comments for entry in after.entries] == [(), ("Wort",), (), ()]
    assert not any(entry.obsolete for entry in after.entries)


def test_a_text_of_other_sentences_stays_whole() -> None:
    before = with_text(filled(WHOLE), JOINED, "Раз тут, два ещё придёт. А трёх нет!")
    after = merged(SENTENCES, before)
    texts = [entry.msgstr for entry in after.entries]
    assert texts == ["Т", "Раз тут, два ещё придёт. А трёх нет!", "", ""]
    assert after.entries[1].fuzzy
    assert after.entries[1].previous == JOINED


def test_markup_is_never_cut() -> None:
    before = with_text(filled(WHOLE), JOINED, "Раз тут. *Два ещё придёт? Трёх нет!*")
    assert entry_of(merged(SENTENCES, before), "Eins ist da.").msgstr == (
        "Раз тут. *Два ещё придёт? Трёх нет!*"
    )


def test_a_sentence_with_a_text_of_its_own_keeps_it() -> None:
    text = "# T\n\nZwei kommt noch?\n\n<!-- segmentation: paragraph -->\n\n" + JOINED + "\n"
    own = with_text(filled(text), "Zwei kommt noch?", "Два!")
    after = merged(SENTENCES, own)
    assert [entry.msgstr for entry in after.live] == ["Т", "Раз тут.", "Два!", "Трёх нет!"]
    # The part of “Zwei” found no place: the whole rests.
    assert [entry.msgid for entry in after.entries if entry.obsolete] == [JOINED]


def test_there_and_back_loses_nothing() -> None:
    first = filled(SENTENCES)
    there = merged(WHOLE, first)
    back = merged(SENTENCES, there)
    assert [e.msgstr for e in back.entries] == [e.msgstr for e in first.entries]
    again = entry_of(merged(WHOLE, back), JOINED)
    assert (again.msgstr, again.fuzzy, again.previous) == (TEXTS[JOINED], True, None)


def test_the_whole_article_changes_its_granularity() -> None:
    """The real article and its Russian text, to paragraphs and back."""
    sentences = (KASACHSTAN / "source/kasachstan-2022.md").read_text(encoding="utf-8")
    paragraphs = sentences.replace("---\n", "---\nsegmentation: paragraph\n", 1)
    drafts = (KASACHSTAN / "locale/ru/LC_MESSAGES/kasachstan-2022.po").read_text(encoding="utf-8")
    accepted = {entry.key: entry.msgstr for entry in po.parse(drafts, "ru.po").live}
    empty = update(template(sentences), None, "ru", now="then")
    first = replace(
        empty,
        entries=tuple(replace(entry, msgstr=accepted[entry.key]) for entry in empty.entries),
    )
    joined = merged(paragraphs, first)
    assert {marks.state(entry) for entry in joined.live} == {State.TRANSLATED}
    assert not any(entry.obsolete for entry in joined.entries)
    assert len(joined.entries) < 45
    assert po.parse(writing.serialise(joined), "a.po") == joined
    back = merged(sentences, joined)
    assert [entry.key for entry in back.live] == [entry.key for entry in first.live]
    assert [entry.msgstr for entry in back.live] == [entry.msgstr for entry in first.live]


def test_a_sentence_that_is_split_by_hand() -> None:
    one = "# T\n\nDie Regierung ist gestürzt, und der Präsident floh nach Dubai. Ende.\n"
    two = "# T\n\nDie Regierung ist gestürzt. Der Präsident floh nach Dubai. Ende.\n"
    before = with_text(
        begin(one),
        "Die Regierung ist gestürzt, und der Präsident floh nach Dubai.",
        "Правительство свергнуто. Президент бежал в Дубай.",
    )
    after = merged(two, before)
    left = entry_of(after, "Die Regierung ist gestürzt.")
    right = entry_of(after, "Der Präsident floh nach Dubai.")
    assert (left.msgstr, right.msgstr) == ("Правительство свергнуто.", "Президент бежал в Дубай.")
    assert left.fuzzy
    assert right.fuzzy
    assert left.previous == right.previous
    back = entry_of(merged(one, after), str(left.previous))
    assert (back.msgstr, back.fuzzy) == ("Правительство свергнуто. Президент бежал в Дубай.", True)


def test_two_sentences_that_are_merged_by_hand() -> None:
    two = "# T\n\nDie Regierung ist gestürzt. Der Präsident floh nach Dubai. Ende.\n"
    one = "# T\n\nDie Regierung ist gestürzt, und der Präsident floh nach Dubai. Ende.\n"
    before = begin(two)
    found = entry_of(
        merged(one, before), "Die Regierung ist gestürzt, und der Präsident floh nach Dubai."
    )
    assert found.fuzzy
    assert found.previous == "Die Regierung ist gestürzt.\nDer Präsident floh nach Dubai."
    assert found.msgstr == " ".join(
        entry_of(before, line).msgstr for line in str(found.previous).split("\n")
    )


def test_cells_are_not_the_sentences_of_a_text() -> None:
    before = begin("# T\n\n- Streik\n- Gas\n")
    found = entry_of(merged("# T\n\nStreik Gas\n", before), "Streik Gas")
    assert found.fuzzy


def test_a_change_of_the_rules() -> None:
    entries = (Entry("Er kam am Mi.", "В среду он пришёл."), Entry("Und ging.", "И ушёл."))
    before = replace(begin("# T"), entries=entries)
    whole = replace(template("# T"), entries=(Entry("Er kam am Mi. Und ging."),))
    after = update(whole, before, "ru", now="now")
    assert after.entries == (Entry("Er kam am Mi. Und ging.", "В среду он пришёл. И ушёл."),)
    back = update(
        replace(whole, entries=tuple(Entry(e.msgid) for e in entries)), after, "ru", now=""
    )
    assert [entry.msgstr for entry in back.entries] == [entry.msgstr for entry in entries]


def test_many_ways_to_be_the_sum_of_others_take_no_time() -> None:
    parts = tuple(Entry(("a " * size).strip(), "x") for size in range(1, 30))
    text = "a " * 400 + "b"
    assert list(regroup.wholes([Entry(text)], parts)) == []
