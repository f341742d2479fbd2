"""A real OmegaT, from its command line: what it sends back is taken, and nothing is lost."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.rich import PATH, Auflage, read, rich
from tests.trees import NAME, article, write
from workflow.catalogs import marks
from workflow.model import State

pytestmark = pytest.mark.judge

Judge = Callable[[str], str]
REAL = f"locale/ru/LC_MESSAGES/{NAME}.po"

PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>de</source_lang><target_lang>ru</target_lang><sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
"""
MEMORY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
 creationtoolversion="3.6.0" segtype="sentence" srclang="de"/>
<body>{}</body></tmx>
"""
UNIT = """\
<tu><tuv lang="de"><seg>{}</seg></tuv>
<tuv lang="ru" changeid="anna" changedate="20261123T100000Z"><seg>{}</seg></tuv></tu>
"""


def omegat(judge: Judge, catalog: Path, folder: Path, work: dict[str, str]) -> bytes:
    """What OmegaT writes of a catalog in which a translator did some sentences."""
    write(folder, "omegat.project", PROJECT)
    for name in ("target", "tm", "glossary", "dictionary"):
        (folder / name).mkdir()
    write(folder, f"source/{catalog.name}", catalog.read_bytes())
    units = "".join(UNIT.format(escape(de), escape(ru)) for de, ru in work.items())
    write(folder, "omegat/project_save.tmx", MEMORY.format(units))
    done = subprocess.run(
        [judge("omegat"), str(folder), "--mode=console-translate", f"--config-dir={folder}/home"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    target = folder / "target" / catalog.name
    assert target.exists(), done.stdout + done.stderr
    return target.read_bytes()


def test_a_pass_without_work_takes_nothing_away(
    kasachstan: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The real catalog is all drafts: OmegaT empties every one of them."""
    auflage(kasachstan, "update")
    ours = (kasachstan / REAL).read_bytes()
    target = omegat(judge, kasachstan / REAL, tmp_path_factory.mktemp("omegat"), {})
    write(kasachstan, "target.po", target)
    emptied = [entry for entry in read(kasachstan / "target.po").texts if not entry.msgstr]
    assert len(emptied) == sum(entry.fuzzy for entry in read(kasachstan / REAL).live) > 80
    done = auflage(kasachstan, "update", "--merge", "target.po")
    assert done == (0, f"nothing to take: {REAL} has all of target.po\n", "")
    assert (kasachstan / REAL).read_bytes() == ours


def test_a_translator_at_work(
    project: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """New texts win over drafts and what is stale or missing; all the rest is as it was."""
    before = rich(project, auflage)
    work = {
        "Der Vorspann.": "Введение.",
        "Noch fehlt dieser.": "Теперь & <здесь>.",
        "Der Titel": "Новый заголовок",
        "Ein Bild": "Картина",  # the draft, as it was
        'Der "Titel"': "«Титул»",
    }
    target = omegat(judge, project / PATH, tmp_path_factory.mktemp("omegat"), work)
    write(project, "target.po", target)
    code, out, err = auflage(project, "update", "--merge", "target.po")
    assert code == 0
    assert out == f"{PATH}: {len(work)} texts taken from target.po\n"
    assert err.count("warning:") == 1
    assert "takes the place of unfinished work" in err
    assert "“«Титул»?”" in err

    after = read(project / PATH)
    expected = [
        replace(
            entry,
            msgstr=work[entry.msgid],
            flags=(),
            previous=None,
            previous_context=None,
            comments=tuple(
                line
                for line in entry.comments
                if not marks.is_mark(line) or work[entry.msgid] == entry.msgstr
            ),
        )
        if entry.msgid in work
        else entry
        for entry in before.entries
    ]
    assert list(after.entries) == expected
    assert {marks.state(entry) for entry in after.live if entry.msgid in work} == {State.TRANSLATED}
    written = (project / PATH).read_bytes()
    assert "nothing to take" in auflage(project, "update", "--merge", "target.po")[1]
    assert "nothing to do" in auflage(project, "update")[1]
    assert (project / PATH).read_bytes() == written


def test_another_text_for_what_was_accepted_is_shown(
    project: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rich(project, auflage)
    ours = (project / PATH).read_bytes()
    work = {"Ein Titel": "Другой заголовок"}
    target = omegat(judge, project / PATH, tmp_path_factory.mktemp("omegat"), work)
    write(project, "target.po", target)
    code, _, err = auflage(project, "update", "--merge", "target.po")
    assert code == 1
    assert "“Заголовок”" in err
    assert "“Другой заголовок”" in err
    assert (project / PATH).read_bytes() == ours


def test_a_paragraph_of_which_a_sentence_was_done_is_not_accepted(
    project: Path, auflage: Auflage, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """OmegaT cuts it into sentences, and writes German for the one that nobody did."""
    article(project, "kurz", "<!-- segmentation: paragraph -->\nEins ist da. Zwei fehlt hier noch.")
    assert auflage(project, "update")[0] == 0
    path = "locale/ru/LC_MESSAGES/kurz.po"
    work = {"Eins ist da.": "Раз есть."}
    target = omegat(judge, project / path, tmp_path_factory.mktemp("omegat"), work)
    write(project, "target.po", target)
    code, _, err = auflage(project, "update", "--merge", "target.po")
    assert (code, "still the source's words" in err) == (0, True)
    (_, entry) = read(project / path).texts
    assert (entry.msgstr, entry.fuzzy) == ("Раз есть. Zwei fehlt hier noch.", True)
