"""Near matches from the other articles of a project."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_extract import template
from tests.test_update import begin, entry_of, merged
from tests.trees import article, contents, write
from workflow.catalogs import elsewhere, marks, po, tmx, writing
from workflow.catalogs.memory import Memory, Unit
from workflow.model import Catalog, State

Auflage = Callable[..., tuple[int, str, str]]
LONG = "Die Arbeiter_innen der Ölfelder traten im Jänner in den Streik."
LIKE = "Die Arbeiter_innen der Ölfelder traten im Februar in den Streik."
OTHER = Unit(LONG, "Нефтяники начали забастовку.", None, "source/other.md")


def suggested(text: str, *others: Unit, before: Catalog | None = None) -> Catalog:
    after = merged(text, before) if before else begin(text)
    if not before:
        after = replace(after, entries=tuple(replace(e, msgstr="") for e in after.entries))
    wanted = elsewhere.wanting(before, after)
    return elsewhere.suggest(after, wanted, Memory(others), path="source/x.md", now="now")


@pytest.mark.parametrize(("msgid", "score"), [(LONG, 100), (LIKE, 90)])
def test_a_match_is_fuzzy_and_says_where_it_comes_from(msgid: str, score: int) -> None:
    after = suggested(f"# T\n\n{msgid}\n", OTHER)
    found = entry_of(after, msgid)
    assert found.msgstr == OTHER.msgstr
    assert (found.flags, found.previous) == (("fuzzy",), LONG)
    assert found.comments == (f"tm: {score} % source/other.md",)
    assert after.field("PO-Revision-Date") == "now"
    assert merged(f"# T\n\n{msgid}\n", after) == after


@pytest.mark.parametrize(
    ("body", "other"),
    [
        ("Ganz etwas anderes, das niemand kennt.", OTHER),
        ("Ein kurzer Satz.", Unit("Ein kurzer Satz.", "х", None, "o")),
        (f"## {LONG}", OTHER),  # a heading
        (LONG, replace(OTHER, msgctxt="heading")),
        (LONG, replace(OTHER, origin="source/x.md")),  # what the update has looked at itself
    ],
)
def test_no_match(body: str, other: Unit) -> None:
    after = suggested(f"# T\n\n{body}\n", other)
    assert not any(entry.msgstr for entry in after.entries)
    assert after.field("PO-Revision-Date") != "now"


def test_the_best_is_taken_and_its_target_replaced() -> None:
    best = Unit(LONG + " [Mehr](https://a.at)", "Ещё [тут](https://a.at)", None, "source/b.md")
    msgid = LONG + " [Mehr](https://b.at)"
    after = suggested(f"# T\n\n<!-- segmentation: paragraph -->\n\n{msgid}\n", OTHER, best)
    assert entry_of(after, msgid).msgstr == "Ещё [тут](https://b.at)"


def test_what_the_article_knows_itself_comes_first() -> None:
    before = begin(f"# T\n\n{LIKE}\n")
    after = suggested(f"# T\n\n{LONG}\n", OTHER, before=before)
    assert entry_of(after, LONG).msgstr == before.entries[1].msgstr


def test_what_somebody_emptied_stays_empty() -> None:
    before = begin(f"# T\n\n{LONG}\n")
    emptied = replace(before, entries=tuple(replace(e, msgstr="") for e in before.entries))
    assert suggested(f"# T\n\n{LONG}\n", OTHER, before=emptied) == emptied


def accept(catalog: Path) -> None:
    """Give every entry a text."""
    found = po.parse(catalog.read_text(encoding="utf-8"), "a.po")
    entries = tuple(replace(entry, msgstr=f"П: {entry.msgid}") for entry in found.entries)
    catalog.write_text(writing.serialise(replace(found, entries=entries)), encoding="utf-8")


def state(catalog: Path) -> State:
    found = po.parse(catalog.read_text(encoding="utf-8"), "a.po")
    return marks.state(next(entry for entry in found.live if entry.msgctxt is None))


def test_from_article_to_article(project: Path, auflage: Auflage) -> None:
    article(project, "old", LONG)
    assert auflage(project, "update")[0] == 0
    folder = project / "locale/ru/LC_MESSAGES"
    accept(folder / "old.po")
    article(project, "new", LIKE)
    assert auflage(project, "update")[0] == 0
    text = (folder / "new.po").read_text(encoding="utf-8")
    assert "# tm: 90 % source/old.md\n" in text
    assert state(folder / "new.po") is State.STALE
    assert state(project / "locale/kk/LC_MESSAGES/new.po") is State.MISSING
    before = contents(project / "locale")
    assert "nothing to do" in auflage(project, "update")[1]
    assert contents(project / "locale") == before


def test_a_broken_catalog_elsewhere_breaks_nothing(project: Path, auflage: Auflage) -> None:
    article(project, "old", LONG)
    auflage(project, "update")
    (project / "locale/ru/LC_MESSAGES/old.po").write_text("broken", encoding="utf-8")
    article(project, "new", LIKE)
    code, out, err = auflage(project, "update", "--article", "new")
    assert code == 0
    assert "warning: no near matches are taken from it: locale/ru/LC_MESSAGES/old.po:1" in err
    assert "locale/ru/LC_MESSAGES/new.po" in out


def test_another_language_is_no_match(project: Path, auflage: Auflage) -> None:
    (project / "source/old.md").write_text(
        f"---\ntitle: T\nlocale: fr\n---\n\n{LONG}\n", encoding="utf-8"
    )
    auflage(project, "update")
    accept(project / "locale/ru/LC_MESSAGES/old.po")
    article(project, "new", LONG)
    auflage(project, "update")
    assert state(project / "locale/ru/LC_MESSAGES/new.po") is State.MISSING


def test_a_file_of_others_is_looked_at(project: Path, auflage: Auflage) -> None:
    unit = tmx.Unit((tmx.Variant("de", LONG), tmx.Variant("RU-ru", "Нефтяники начали.")))
    write(project, "locale/memory/von anderen.tmx", tmx.serialise([unit]))
    article(project, "new", LIKE)
    assert auflage(project, "update")[0] == 0
    text = (project / "locale/ru/LC_MESSAGES/new.po").read_text(encoding="utf-8")
    assert "# tm: 90 % locale/memory/von anderen.tmx\n" in text
    assert 'msgstr "Нефтяники начали."' in text


@pytest.mark.parametrize("name", ["a\nb.tmx", "a\u2028b.tmx", os.fsdecode(b"a\xffb.tmx")])
def test_a_strange_name_breaks_no_catalog(project: Path, auflage: Auflage, name: str) -> None:
    unit = tmx.Unit((tmx.Variant("de", LONG), tmx.Variant("ru", "Нефтяники начали.")))
    write(project, f"locale/memory/{name}", tmx.serialise([unit]))
    article(project, "new", LIKE)
    assert auflage(project, "update")[0] == 0
    text = (project / "locale/ru/LC_MESSAGES/new.po").read_text(encoding="utf-8")
    assert "# tm: 90 % locale/memory/a�b.tmx\n" in text
    assert "nothing to do" in auflage(project, "update")[1]
    assert auflage(project, "memory", "--json")[0] == 0


def test_a_broken_file_of_others_breaks_nothing(project: Path, auflage: Auflage) -> None:
    write(project, "locale/memory/x.tmx", "<tmx>\n<")
    article(project, "new", LIKE)
    code, _, err = auflage(project, "update")
    assert code == 0
    assert err.count("warning: no near matches are taken from it: locale/memory/x.tmx:2") == 1


def test_a_template_is_no_catalog() -> None:
    assert elsewhere.wanting(None, template("# T\n\nKurz.\n")) == ()
