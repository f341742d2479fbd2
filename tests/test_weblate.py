"""Weblate's storage, which is translate-toolkit: what it writes of a catalog."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rich import PATH, Auflage, read, rich
from tests.trees import write
from workflow.catalogs import writing

# It fetches translate-toolkit (GPL, so it is run and never imported): no part of `make test`.
pytestmark = pytest.mark.judge

# As Weblate's PO format does: gettext's width or none, its name in the header, one text set.
SCRIPT = """\
import sys
from translate.storage import pypo
path, width, source, target = sys.argv[1:]
store = pypo.pofile.parsefile(path)
store.wrapper.width = int(width)
if source:
    unit = next(unit for unit in store.units if unit.source == source)
    unit.target = target
    unit.markfuzzy(False)
store.updateheader(add=True, X_Generator="Weblate 5.14")
store.save()
"""


def weblate(toolkit: Path, catalog: Path, width: int, source: str = "", target: str = "") -> None:
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(catalog), str(width), source, target],
        env=os.environ | {"PYTHONPATH": str(toolkit)},
        check=True,
    )


@pytest.mark.parametrize("width", [-1, 77])
def test_a_save_adds_its_name_and_nothing_else(
    project: Path, auflage: Auflage, toolkit: Path, width: int
) -> None:
    before = rich(project, auflage)
    ours = (project / PATH).read_text(encoding="utf-8")
    weblate(toolkit, project / PATH, width)
    after = read(project / PATH)
    assert after == replace(before, header=(*before.header, ("X-Generator", "Weblate 5.14")))
    auflage(project, "update")
    text = (project / PATH).read_text(encoding="utf-8")
    assert text.replace('"X-Generator: Weblate 5.14\\n"\n', "") == ours


@pytest.mark.parametrize("merged", [False, True], ids=["in place", "--merge"])
@pytest.mark.parametrize("width", [-1, 77])
def test_a_translation_arrives(
    project: Path, auflage: Auflage, toolkit: Path, width: int, merged: bool
) -> None:
    before = rich(project, auflage)
    back = write(project, "back.po", (project / PATH).read_bytes()) if merged else project / PATH
    weblate(toolkit, back, width, "Ein Bild", "Рисунок")
    code, _, err = auflage(project, "update", *(("--merge", "back.po") if merged else ()))
    assert (code, err) == (0, "")
    entries = [
        replace(entry, msgstr="Рисунок", flags=(), comments=() if merged else entry.comments)
        if entry.msgid == "Ein Bild"
        else entry
        for entry in before.entries
    ]
    assert list(read(project / PATH).entries) == entries
    assert writing.serialise(read(project / PATH)) == (project / PATH).read_text(encoding="utf-8")
