"""Which entries are filled, and with what."""

from dataclasses import replace

import pytest

from workflow.catalogs import marks
from workflow.model import Catalog, Entry, State
from workflow.pretranslate import fill
from workflow.pretranslate.engines.protocol import Draft
from workflow.pretranslate.ladder import Answer

HEAD = (("POT-Creation-Date", "2026-01-02"), ("PO-Revision-Date", "2026-01-03"))
MACHINE = marks.with_machine(Entry("Maschine."), "Машина.", engine="x", date="2026-01-01")
CATALOG = Catalog(
    HEAD,
    (
        Entry("Leer."),
        Entry("Mensch.", "Человек."),
        Entry("Unsicher.", "Неясно.", flags=("fuzzy",)),
        Entry("Veraltet.", "Старое.", flags=("fuzzy",), previous="Alt."),
        MACHINE,
        replace(MACHINE, msgid="Verbessert.", msgstr="Лучше."),
        replace(MACHINE, msgid="Angenommen.", flags=()),
        Entry("Tag", plural=("Tage", ("", ""))),
        Entry("Weg.", obsolete=True),
    ),
)


def draft(text: str, changed: str | None = None) -> Draft:
    return Draft(text, "parrot", "2026-02-02", changed)


def answers(*pairs: tuple[str, str], changed: str | None = None) -> dict[fill.Key, Answer]:
    return {(None, msgid): Answer(draft(text, changed)) for msgid, text in pairs}


def test_wanted() -> None:
    assert [entry.msgid for entry in fill.wanted(CATALOG)] == ["Leer."]
    assert [entry.msgid for entry in fill.wanted(CATALOG, redo=True)] == ["Leer.", "Maschine."]


@pytest.mark.parametrize("redo", [False, True])
def test_a_persons_text_is_never_overwritten(redo: bool) -> None:
    offered = answers(*((entry.msgid, "Захват.") for entry in CATALOG.entries))
    after = fill.apply(CATALOG, offered, now="2026-03-03", redo=redo)
    changed = {b.msgid for a, b in zip(CATALOG.entries, after.entries, strict=True) if a != b}
    assert changed == {"Leer.", "Maschine."} if redo else {"Leer."}
    assert {marks.state(entry) for entry in after.entries if entry.msgid in changed} == {
        State.MACHINE
    }


def test_what_a_person_wrote_meanwhile_stays() -> None:
    meanwhile = replace(CATALOG, entries=(Entry("Leer.", "Пусто."), *CATALOG.entries[1:]))
    assert fill.apply(meanwhile, answers(("Leer.", "Захват.")), now="2026-03-03") is meanwhile


@pytest.mark.parametrize(
    ("had", "changed", "revised"),
    [
        ("2026-01-03", None, "2026-03-03"),
        ("2026-01-03", "2026-02-01", "2026-02-01"),
        ("2026-01-03", "2025-02-01", "2026-01-03"),
        ("YEAR-MO-DA HO:MI+ZONE", "2025-02-01", "2026-01-02"),
    ],
)
def test_the_revision_date(had: str, changed: str | None, revised: str) -> None:
    catalog = replace(CATALOG, header=(HEAD[0], ("PO-Revision-Date", had)))
    after = fill.apply(catalog, answers(("Leer.", "Пусто."), changed=changed), now="2026-03-03")
    assert after.field("PO-Revision-Date") == revised


def test_the_same_draft_changes_nothing() -> None:
    again = answers(("Maschine.", "Машина."))
    assert fill.apply(CATALOG, again, now="2026-03-03", redo=True) is CATALOG


def test_reasons_are_written_into_the_mark() -> None:
    catalog = Catalog(HEAD, (Entry("Am 3. Mai."),))
    answer = Answer(draft("В мае."), reasons=("numbers",), quality=0.5)
    after = fill.apply(catalog, {(None, "Am 3. Mai."): answer}, now="n").entries[0]
    mark = marks.machine(after)
    assert mark is not None
    assert (mark.reasons, mark.quality) == (("numbers",), 0.5)
    assert " q=0.50 why=numbers" in after.comments[-1]


def test_stale_machine_text_is_done_anew() -> None:
    stale = replace(MACHINE, msgid="Maschinen.", previous="Maschine.")
    edited = replace(stale, msgid="Viele.", msgstr="Машины.")
    catalog = Catalog(HEAD, (stale, edited))
    assert fill.wanted(catalog, redo=True) == (stale,)
    after = fill.apply(catalog, answers(("Maschinen.", "Машины.")), now="n", redo=True)
    assert marks.state(after.entries[0]) is State.MACHINE
    assert len(after.entries[0].comments) == 1


def test_what_the_memory_knows_is_nobodys_machine_text() -> None:
    known = Draft("Пусто.", "memory", "d", previous="Leer.", note="tm: 100 % source/b.md")
    after = fill.apply(CATALOG, {(None, "Leer."): Answer(known)}, now="2026-03-03").entries[0]
    assert after.comments == ("tm: 100 % source/b.md",)
    assert (after.fuzzy, after.previous, marks.machine(after)) == (True, "Leer.", None)


def test_queries_know_their_neighbours() -> None:
    catalog = Catalog(HEAD, (Entry("A", msgctxt="title"), Entry("B"), Entry("C")))
    first, last = fill.queries(catalog, (catalog.entries[0], catalog.entries[2]))
    assert (first.msgctxt, first.before, first.after) == ("title", "", "B")
    assert (last.text, last.msgid, last.before, last.after) == ("C", "C", "B", "")
