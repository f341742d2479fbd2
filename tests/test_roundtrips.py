"""What gettext's tools, polib and Babel do to a catalog loses none of the work in it."""

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po

from tests.conftest import KASACHSTAN
from tests.rich import ARTICLE, NOTE, PATH, TEMPLATE, Auflage, read, rich
from tests.trees import NAME, write
from workflow.catalogs import marks, po, writing
from workflow.model import Catalog, Entry, State

Judge = Callable[[str], str]
Tool = Callable[[Path, Path, Judge], str]
"""A catalog and its template, to what the tool writes."""

REAL = f"locale/ru/LC_MESSAGES/{NAME}.po"


def gettext(tool: str, *options: str) -> Tool:
    def work(catalog: Path, template: Path, judge: Judge) -> str:
        files = [catalog, template] if tool == "msgmerge" else [catalog]
        done = subprocess.run([judge(tool), *options, *files], capture_output=True, check=True)
        return done.stdout.decode()

    return work


def by_polib(width: int) -> Tool:
    return lambda catalog, *_: str(polib.pofile(str(catalog), wrapwidth=width))


def by_babel(width: int) -> Tool:
    def work(catalog: Path, *_: object) -> str:
        written = io.BytesIO()
        with catalog.open("rb") as file:
            write_po(written, read_po(file, locale="ru"), width=width)
        return written.getvalue().decode()

    return work


GETTEXT: dict[str, Tool] = {
    "msgcat --no-wrap": gettext("msgcat", "--no-wrap"),
    "msgcat": gettext("msgcat"),
    "msgcat --width=30": gettext("msgcat", "--width=30"),
    "msgattrib": gettext("msgattrib"),
    "msgmerge --no-wrap": gettext("msgmerge", "--quiet", "--previous", "--no-wrap"),
    "msgmerge": gettext("msgmerge", "--quiet", "--previous"),
}
LIBRARIES: dict[str, Tool] = {
    "polib": by_polib(0),
    "polib, wrapped": by_polib(78),
    "babel": by_babel(0),
    "babel, wrapped": by_babel(76),
}
TOOLS = GETTEXT | LIBRARIES


def unlike(before: Catalog, after: Catalog) -> dict[tuple[str, str], tuple[object, object]]:
    """By msgid and field what a tool changed in an entry, as our reader sees it."""
    found = {(entry.key, entry.obsolete): entry for entry in after.entries}
    assert list(found) == [(entry.key, entry.obsolete) for entry in before.entries]
    pairs = [(entry, found[entry.key, entry.obsolete]) for entry in before.entries]
    return {
        (old.msgid, field.name): (getattr(old, field.name), getattr(new, field.name))
        for old, new in pairs
        for field in fields(Entry)
        if field.compare and getattr(old, field.name) != getattr(new, field.name)
    }


def words(comments: object) -> list[str]:
    assert isinstance(comments, tuple)
    return " ".join(comments).split()


@pytest.mark.parametrize("tool", GETTEXT.values(), ids=GETTEXT)
@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_gettext_leaves_the_real_catalogs_as_they_are(
    tool: Tool, locale: str, judge: Judge
) -> None:
    catalog = KASACHSTAN / REAL.replace("/ru/", f"/{locale}/")
    found = po.parse(tool(catalog, KASACHSTAN / f"locale/{NAME}.pot", judge), "a.po")
    assert found == read(catalog)


@pytest.mark.parametrize("tool", GETTEXT.values(), ids=GETTEXT)
def test_gettext_in_place(project: Path, auflage: Auflage, judge: Judge, tool: Tool) -> None:
    """What it writes is read as it was, and an update gives the very bytes back."""
    before = rich(project, auflage)
    ours = (project / PATH).read_bytes()
    written = tool(project / PATH, project / TEMPLATE, judge)
    assert po.parse(written, "a.po") == before
    write(project, PATH, written)
    assert auflage(project, "update")[0] == 0
    assert (project / PATH).read_bytes() == ours


@pytest.mark.parametrize("tool", LIBRARIES.values(), ids=LIBRARIES)
def test_libraries_in_place(project: Path, auflage: Auflage, judge: Judge, tool: Tool) -> None:
    """All live work stays; what the library itself forgets of obsolete entries is known."""
    before = rich(project, auflage)
    write(project, PATH, tool(project / PATH, project / TEMPLATE, judge))
    assert auflage(project, "update")[0] == 0
    after = read(project / PATH)
    changed = unlike(before, after)
    obsolete = {entry.msgid for entry in before.entries if entry.obsolete}
    rest = {place: pair for place, pair in changed.items() if place[0] not in obsolete}
    # An empty comment line, the indentation and the wrapping of a long one; never a word.
    assert set(rest) <= {("Angenommen ist dieser Satz.", "comments")}
    assert all(words(old) == words(new) for old, new in rest.values())
    # Neither library knows `#~|`, and Babel keeps no flag of an obsolete entry.
    assert {field for msgid, field in changed if msgid in obsolete} <= {
        "previous",
        "previous_context",
        "flags",
    }
    fields_before, fields_after = dict(before.header), dict(after.header)
    fields_after.pop("Generated-By", None)
    assert fields_after == fields_before
    assert after.comments == before.comments


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_taken_back_as_it_left(project: Path, auflage: Auflage, judge: Judge, tool: Tool) -> None:
    """By `--merge` even what a library forgets stays: there is nothing to take."""
    rich(project, auflage)
    ours = (project / PATH).read_bytes()
    write(project, "back.po", tool(project / PATH, project / TEMPLATE, judge))
    done = auflage(project, "update", "--merge", "back.po")
    assert done == (0, f"nothing to take: {PATH} has all of back.po\n", "")
    assert (project / PATH).read_bytes() == ours


@pytest.mark.parametrize("merged", [False, True], ids=["in place", "--merge"])
@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_a_persons_work_arrives(
    project: Path, auflage: Auflage, judge: Judge, tool: Tool, merged: bool
) -> None:
    """A draft accepted, another rewritten, a stale text mended, a missing one added."""
    before = rich(project, auflage)
    index = {entry.msgid: entry for entry in before.live}
    done = [
        replace(index["Der Vorspann."], flags=()),
        replace(index["Ein Bild"], msgstr="Рисунок", flags=(), comments=("от руки",)),
        replace(index["Der Titel"], msgstr="Заголовок", flags=(), previous=None),
        replace(index["Noch fehlt dieser."], msgstr="Теперь\u00a0есть."),
    ]
    made = {entry.key: entry for entry in done}
    person = replace(before, entries=tuple(made.get(e.key, e) for e in before.entries))
    path = write(project, "back.po", writing.serialise(person))
    written = tool(path, project / TEMPLATE, judge)
    write(project, "back.po" if merged else PATH, written)
    options = ("--merge", "back.po") if merged else ()
    code, _, err = auflage(project, "update", *options)
    assert (code, err) == (0, "")
    after = read(project / PATH).index()
    assert [after[entry.key] for entry in done] == done
    assert {marks.state(after[entry.key]) for entry in done} == {State.TRANSLATED}
    for entry in before.live:
        if entry.key not in made:
            found = after[entry.key]
            assert words(found.comments) == words(entry.comments)
            assert replace(found, comments=entry.comments) == entry


def test_msgmerge_with_an_edited_article(project: Path, auflage: Auflage, judge: Judge) -> None:
    """msgmerge takes the new template before we do: every text is there, live or obsolete."""
    before = rich(project, auflage)
    edited = ARTICLE.replace("Angenommen ist", "Angenommen war").replace("Erst so. Dann so.", "")
    write(project, "source/reich.md", edited.replace("Ein Titel", "Der neue Titel"))
    assert auflage(project, "extract")[0] == 0
    merge = gettext("msgmerge", "--quiet", "--previous")
    write(project, PATH, merge(project / PATH, project / TEMPLATE, judge))
    assert auflage(project, "update")[0] == 0
    after = read(project / PATH)
    assert {e.msgstr for e in after.entries} == {e.msgstr for e in before.entries}
    assert {c for e in after.entries for c in e.comments} == {
        c for e in before.entries for c in e.comments
    }
    accepted = {e.key for e in before.entries if e.msgstr and not e.fuzzy}
    assert {e.key for e in after.live if e.msgstr and not e.fuzzy} < accepted
    (stale,) = (e for e in after.live if e.msgid == "Angenommen war dieser Satz.")
    assert (marks.state(stale), stale.previous) == (State.STALE, "Angenommen ist dieser Satz.")
    assert NOTE in stale.comments


def test_the_tools_meet_what_they_are_said_to_meet(project: Path, auflage: Auflage) -> None:
    """The catalog under test holds every state, and each kind of comment and string."""
    catalog = rich(project, auflage)
    assert {marks.state(entry) for entry in catalog.live} == set(State)
    text = (project / PATH).read_text(encoding="utf-8")
    for pattern in (r"#\n# \S", r"#~\| msgid", r"#\| msgctxt", r"#\| msgid \"\"\n#\| ", r"\\t"):
        assert re.search(rf"^.*{pattern}", text, re.MULTILINE), pattern
