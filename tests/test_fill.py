"""Which entries are filled, and with what."""

from dataclasses import replace

import pytest

from workflow.catalogs import marks
from workflow.model import Catalog, Entry, State
from workflow.pretranslate import fill
from workflow.pretranslate.engines.protocol import Draft

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


def answers(*pairs: tuple[str, str], changed: str | None = None) -> list[fill.Answer]:
    return [fill.Answer((None, msgid), draft(text, changed)) for msgid, text in pairs]


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
    after = fill.apply(catalog, answers(("Am 3. Mai.", "В мае.")), now="n").entries[0]
    assert marks.machine(after).reasons == ("numbers",)  # type: ignore[union-attr]
