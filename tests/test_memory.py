"""The translation memory: what counts, how it is found again, and the verb."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import KASACHSTAN, ROOT
from tests.test_elsewhere import LIKE, LONG, accept
from tests.trees import NAME, article, contents, write
from workflow.catalogs import marks, memory, po, tmx
from workflow.catalogs.memory import Memory, Unit
from workflow.model import COVERED, Catalog, Entry

Call = Callable[..., tuple[int, str, str]]
RU = "locale/ru/LC_MESSAGES"
ORIGIN = "source/o.md"
GERMAN = [
    line.split("\t")[-1]
    for line in (ROOT / "tests/data/tricky-de.txt").read_text(encoding="utf-8").splitlines()
]


def known(*texts: str, msgctxt: str | None = None) -> Memory:
    return Memory(Unit(text, f"ru: {text}", msgctxt, ORIGIN) for text in texts)


def told(found: Iterable[memory.Match]) -> list[tuple[int, str]]:
    return [(match.score, match.unit.msgid) for match in found]


class TestAccepted:
    """What counts as memory."""

    def test_neither_drafts_nor_what_is_covered(self) -> None:
        entries = (
            Entry("eins", "1"),
            Entry("zwei", COVERED),
            Entry("drei", "3"),
            Entry("vier", "4", "heading"),
            Entry("fünf", "5", flags=("fuzzy",)),
            Entry("sechs"),
            Entry("sieben", "7", obsolete=True),
            Entry("acht", plural=("achte", ("8", "8"))),
            Entry("neun", "9"),
        )
        assert list(memory.accepted(Catalog((), entries), ORIGIN)) == [
            Unit("vier", "4", "heading", ORIGIN),
            Unit("neun", "9", None, ORIGIN),
        ]

    @pytest.mark.parametrize(
        ("places", "left"),
        [
            (("sentence 1 of 2", "sentence 2 of 2", "sentence 1 of 3"), [2]),
            (("sentence 2 of 2", "sentence 1 of 2", "sentence 2 of 2"), [0]),
            (("sentence 1 of 3", "sentence 2 of 3", "sentence 3 of 3"), []),
            (("sentence 1 of 3", "list item · sentence 2 of 3", "sentence 3 of 3"), [0, 2]),
            (("sentence 1 of 2 · under “A”", "sentence 2 of 2 · under “A”", "paragraph"), [2]),
            (("sentence 1 of 2 · under “A”", "sentence 2 of 2 · under “B”", "paragraph"), [0, 2]),
            (("paragraph", "paragraph", "heading"), [0, 2]),
            (("", "sentence 1 of 2", "sentence 2 of 2"), []),
            (("label", "sentence 1 of 2", "paragraph"), [2]),
        ],
    )
    def test_a_neighbour_stands_in_the_same_block(
        self, places: tuple[str, ...], left: list[int]
    ) -> None:
        texts = ("0", COVERED, "2")
        entries = tuple(
            Entry(
                f"msgid {number}",
                text,
                "label" if place == "label" else None,
                extracted=(place,) if place else (),
            )
            for number, (place, text) in enumerate(zip(places, texts, strict=True))
        )
        found = memory.accepted(Catalog((), entries), ORIGIN)
        assert [int(unit.msgstr) for unit in found] == left

    def test_a_sentence_that_stands_in_two_blocks(self) -> None:
        twice = ("sentence 4 of 4", "sentence 1 of 3")
        entries = (
            Entry("eins", COVERED, extracted=twice),
            Entry("zwei", "2", extracted=("sentence 2 of 3",)),
        )
        assert list(memory.accepted(Catalog((), entries), ORIGIN)) == []

    def test_the_date_is_that_of_a_review(self) -> None:
        entry = Entry("eins", "1")
        mark = f"reviewed: Anna B 2026-11-22 s={marks.digest('eins')} t={marks.digest('1')}"
        entries = (
            replace(entry, comments=(mark,)),
            replace(entry, msgid="zwei", comments=(mark,)),  # a mark that was copied
            replace(entry, comments=(mark.replace("2026-11-22", "gestern"),)),
        )
        dates = [unit.changed for unit in memory.accepted(Catalog((), entries), ORIGIN)]
        assert dates == [datetime(2026, 11, 22, tzinfo=UTC), None, None]

    def test_the_drafts_of_the_article_are_none(self) -> None:
        """Its catalogs are full, and nobody has accepted anything."""
        for path in sorted((KASACHSTAN / "locale").rglob("*.po")):
            catalog = po.parse(path.read_text(encoding="utf-8"), path.name)
            assert sum(bool(entry.msgstr) for entry in catalog.live) == 83
            assert list(memory.accepted(catalog, ORIGIN)) == []


class TestMatches:
    """What is found, and in which order."""

    @pytest.mark.parametrize(
        ("text", "score"),
        [
            (LONG, 100),
            (LIKE, 90),  # one word of ten
            (LONG.replace("traten", "gingen").replace("Streik", "Ausstand"), 80),
            (f"**{LONG}**", 99),
            (LONG.replace(".", "!"), 99),
            (LONG.replace("Ölfelder", "[Ölfelder](https://a.at/?b=c)"), 99),
            (LONG.replace("im Jänner", "").replace("  ", " "), 80),
            (
                LONG.replace(" der ", " aller ")
                .replace("traten", "gingen")
                .replace("den", "einen"),
                None,
            ),
            (LONG.replace("traten", "sind").replace("Streik", "Ausstand getreten, alle"), None),
            (LONG.replace("traten im Jänner", "traten schon im letzten Jahr"), 75),
            (LONG + " Und sie hörten", 76),  # three words more
        ],
    )
    def test_by_words(self, text: str, score: int | None) -> None:
        assert memory.fuzz.ratio(LONG, text) > memory.CANDIDATE
        assert told(known(LONG).matches(text)) == ([(score, LONG)] if score else [])

    @pytest.mark.parametrize(
        ("one", "other", "score"),
        [
            ("Das ist sehr gut.", "Das ist sehr schlecht.", None),
            ("Der Streik geht also weiter.", "Der Streik geht auch weiter.", None),
            ("Der große Streik geht also weiter.", "Der große Streik geht auch weiter.", 83),
            ("Nein!", "Nein.", 99),
            ("Ja, genau.", "JA, GENAU.", 99),
            ("…", "–", None),
            ("…", "…", 100),
            ("https://a.at", "https://b.at", None),
            ("", "", 100),
        ],
    )
    def test_short_texts_are_easily_alike(self, one: str, other: str, score: int | None) -> None:
        expected = [] if score is None else [(score, one)]
        assert told(known(one).matches(other)) == expected

    def test_many_letters_in_common_are_not_enough(self) -> None:
        one = "Die Regierung hat den Ausnahmezustand verhängt und Truppen entsandt."
        other = "Der Regierung hätten Ausnahmezustände verhängter Truppe entsandter."
        assert memory.fuzz.ratio(one, other) > memory.CANDIDATE
        assert told(known(one).matches(other)) == []

    def test_a_context_of_its_own(self) -> None:
        heading = known(LONG, msgctxt="heading")
        assert heading.matches(LONG) == ()
        assert told(heading.matches(LONG, "heading")) == [(100, LONG)]
        assert heading.exact(LONG) == ()
        assert heading.contexts == ("heading",)

    def test_a_change_of_markup_is_applied(self) -> None:
        unit = Unit("Ein [Wort](https://a.at) hier.", "[Слово](https://a.at) тут.")
        (found,) = Memory([unit]).matches("Ein [Wort](https://b.at) hier.")
        assert (found.score, found.text) == (99, "[Слово](https://b.at) тут.")
        (found,) = Memory([unit]).matches("*Ein* [Wort](https://a.at) hier.")
        assert (found.score, found.text) == (99, unit.msgstr)

    def test_the_best_first_then_the_order_of_the_units(self) -> None:
        lines = (LIKE, LONG, LONG.replace("Jänner", "März"), LONG.replace("Jänner", "Mai"))
        found = known(*lines).matches(LONG)
        assert told(found)[0] == (100, LONG)
        assert [score for score, _ in told(found)] == [100, 90, 90, 90]
        twins = [Unit(LONG, "б", None, "source/b.md"), Unit(LONG, "а", None, "source/a.md")]
        assert [match.text for match in Memory(twins).matches(LONG)] == ["б", "а"]
        assert [match.text for match in Memory(twins).matches(LIKE)] == ["б", "а"]
        assert [match.text for match in Memory(twins).matches(LIKE, limit=1)] == ["б"]

    def test_equal_translations_count_once(self) -> None:
        twins = [Unit(LONG, "а", None, origin) for origin in ("source/a.md", "source/b.md")]
        for text in (LONG, LIKE):
            (found,) = Memory(twins).matches(text)
            assert found.unit.origin == "source/a.md"
            (found,) = Memory(twins).matches(text, without="source/a.md")
            assert found.unit.origin == "source/b.md"

    @given(
        st.lists(st.sampled_from(GERMAN), max_size=8), st.sampled_from(GERMAN), st.integers(1, 4)
    )
    def test_whatever_is_known(self, texts: list[str], text: str, limit: int) -> None:
        found = known(*texts).matches(text, limit=limit)
        assert len(found) <= limit
        scores = [match.score for match in found]
        assert scores == sorted(scores, reverse=True)
        assert all((match.score == 100) == (match.unit.msgid == text) for match in found)
        assert (text in texts) == (scores[:1] == [100])


class TestExported:
    """Units for a file."""

    RU = Unit("Ja.", "Да.", None, "source/a.md")

    def test_the_locales_of_a_sentence_together(self) -> None:
        kk = replace(self.RU, msgstr="Иә.", changed=datetime(2026, 1, 2, tzinfo=UTC))
        found = [("de-AT", "ru", self.RU), ("de-AT", "kk", kk)]
        (unit,) = memory.exported(found)
        assert (unit.msgctxt, unit.document) == (None, "source/a.md")
        assert unit.variants == (
            tmx.Variant("de-AT", "Ja."),
            tmx.Variant("ru", "Да."),
            tmx.Variant("kk", "Иә.", changed=kk.changed),
        )

    def test_equal_ones_once_and_different_ones_each(self) -> None:
        again = replace(self.RU, origin="source/b.md")
        other = replace(again, msgstr="Ага.")
        title = replace(self.RU, msgctxt="title")
        found = memory.exported(("de", "ru", unit) for unit in (self.RU, again, other, title))
        assert [(unit.document, unit.msgctxt, unit.variants[1].text) for unit in found] == [
            ("source/a.md", None, "Да."),
            ("source/b.md", None, "Ага."),
            ("source/a.md", "title", "Да."),
        ]


def memory_of(*units: tuple[str, str, str]) -> str:
    """A file with pairs of German and another language."""
    return tmx.serialise(
        [tmx.Unit((tmx.Variant("de", text), tmx.Variant(to, other))) for text, to, other in units]
    )


class TestTheVerb:
    """`auflage memory`."""

    @pytest.fixture
    def streik(self, project: Path, auflage: Call) -> Path:
        """Two articles: one accepted in Russian and Kazakh, one without a text."""
        article(project, "streik", f"{LONG} Ein *zweiter* Satz.")
        assert auflage(project, "update")[0] == 0
        accept(project / RU / "streik.po")
        accept(project / "locale/kk/LC_MESSAGES/streik.po")
        article(project, "neu", "Ein dritter Satz.", title="Neu")
        assert auflage(project, "update")[0] == 0
        return project

    def test_says_what_there_is(self, streik: Path, auflage: Call) -> None:
        write(
            streik, "locale/memory/a.tmx", memory_of(("Ja.", "ru-RU", "Да."), ("Ja.", "fr", "Oui."))
        )
        code, out, err = auflage(streik, "memory")
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "ru: 4 in the memory",
            "       3  source/streik.md",
            "       1  locale/memory/a.tmx",
            "kk: 3 in the memory",
            "       3  source/streik.md",
            "en: 0 in the memory",
        ]
        _, out, _ = auflage(streik, "memory", "--article", "neu,streik", "--locale", "ru", "--json")
        assert json.loads(out) == [{"locale": "ru", "units": 3, "from": {"source/streik.md": 3}}]
        assert auflage(streik, "memory", "--article", "neu", "--locale", "kk")[1].splitlines() == [
            "kk: 0 in the memory",
            "a sentence is remembered when it is accepted: no longer fuzzy",
        ]

    def test_drafts_are_not_remembered(self, kasachstan: Path, auflage: Call) -> None:
        before = contents(kasachstan)
        _, out, _ = auflage(kasachstan, "memory", "--json")
        assert [(datum["locale"], datum["units"]) for datum in json.loads(out)] == [
            ("ru", 0),
            ("kk", 0),
            ("en", 0),
        ]
        code, out, err = auflage(kasachstan, "memory", "--export", "m.tmx")
        assert (code, out) == (1, "")
        assert err == (
            "error: m.tmx: not written: no sentence is accepted yet (drafts do not count)\n"
        )
        assert contents(kasachstan) == before

    def test_looks_a_text_up(self, streik: Path, auflage: Call) -> None:
        write(streik, "locale/memory/a.tmx", memory_of((LONG, "ru", "Нефтяники начали.")))
        code, out, err = auflage(streik, "memory", f" {LIKE} ", "--locale", "ru,en")
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "ru:",
            "   90 %  source/streik.md",
            f"         {LONG}",
            f"         П: {LONG}",
            "   90 %  locale/memory/a.tmx",
            f"         {LONG}",
            "         Нефтяники начали.",
            "en: no match",
        ]
        _, out, _ = auflage(streik, "memory", "Titel", "--locale", "kk")
        assert out.splitlines()[1] == "  100 %  source/streik.md (title)"
        _, out, _ = auflage(streik, "memory", "Ein zweiter Satz.", "--locale", "kk", "--json")
        assert json.loads(out) == [
            {
                "locale": "kk",
                "matches": [
                    {
                        "score": 99,
                        "msgctxt": None,
                        "msgid": "Ein *zweiter* Satz.",
                        "msgstr": "П: Ein zweiter Satz.",
                        "from": "source/streik.md",
                        "date": None,
                    }
                ],
            }
        ]

    def test_export_and_import(self, streik: Path, tmp_path_factory: pytest.TempPathFactory,
                               auflage: Call) -> None:  # fmt: skip
        before = contents(streik)
        code, out, err = auflage(streik, "memory", "--export", "out/m.tmx")
        assert (code, out, err) == (0, "out/m.tmx: 3 ru, 3 kk\n", "")
        first = (streik / "out/m.tmx").read_bytes()
        assert auflage(streik, "memory", "--export", "out/m.tmx")[:2] == (
            0,
            "out/m.tmx: nothing to do, it is there already: 3 ru, 3 kk\n",
        )
        assert (streik / "out/m.tmx").read_bytes() == first
        other = tmp_path_factory.mktemp("other")
        write(other, "auflage.toml", 'locales = ["kk", "fr"]')
        article(other, "neu", LIKE)
        code, out, err = auflage(other, "memory", "--import", str(streik / "out/m.tmx"))
        assert (code, out, err) == (0, "locale/memory/m.tmx: 3 kk\n", "")
        assert (other / "locale/memory/m.tmx").read_bytes() == first
        assert auflage(other, "memory", "--import", str(streik / "out/m.tmx"), "--json")[0] == 0
        assert auflage(other, "update")[0] == 0
        catalog = (other / "locale/kk/LC_MESSAGES/neu.po").read_text(encoding="utf-8")
        assert "# tm: 90 % locale/memory/m.tmx\n" in catalog
        (streik / "out/m.tmx").unlink()
        (streik / "out").rmdir()
        assert contents(streik) == before

    def test_export_of_some(self, streik: Path, auflage: Call) -> None:
        auflage(streik, "memory", "--export", "m.tmx", "--locale", "kk", "--article", "streik")
        text = (streik / "m.tmx").read_text(encoding="utf-8")
        units = tmx.parse(text, "m.tmx")
        assert [unit.msgctxt for unit in units] == ["title", None, None]
        assert {unit.document for unit in units} == {"source/streik.md"}
        assert [variant.locale for variant in units[1].variants] == ["de-AT", "kk"]
        assert auflage(streik, "memory", "--export", "x.tmx", "--article", "neu")[0] == 1

    def test_what_xml_cannot_hold_is_left_out(self, streik: Path, auflage: Call) -> None:
        file = streik / RU / "streik.po"
        file.write_text(file.read_text("utf-8").replace('"П: Titel"', '"П:\\a Titel"'), "utf-8")
        code, out, err = auflage(streik, "memory", "--export", "m.tmx")
        assert (code, out) == (0, "m.tmx: 2 ru, 3 kk\n")
        assert err == (
            "warning: source/streik.md (ru): left out, because XML cannot hold the character "
            "U+0007 in it: “Titel”\n"
        )

    def test_a_broken_catalog_is_named(self, streik: Path, auflage: Call) -> None:
        write(streik, f"{RU}/streik.po", "broken")
        for arguments in ([], [LONG], ["--export", "m.tmx"]):
            code, _, err = auflage(streik, "memory", *arguments)
            assert code == 1
            assert f"error: {RU}/streik.po:1" in err
        assert not (streik / "m.tmx").exists()

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            ("memory Wort --export m.tmx", 2, "one at a time"),
            ("memory --export a.tmx --import b.tmx", 2, "one at a time"),
            ("memory Wort --locale fr", 2, "unknown locale “fr”"),
            ("memory --article none", 2, "unknown article “none”"),
            ("memory --export source", 2, "source is no file"),
            ("memory --export source/streik.md", 2, "source/streik.md exists already; --force"),
            ("memory --export auflage.toml/x.tmx", 1, "auflage.toml/x.tmx: cannot write"),
            ("memory --import none.tmx", 1, "none.tmx: cannot read: there is no such file"),
            ("memory --import source/streik.md", 1, "source/streik.md:1: not valid XML"),
            ("memory --import fr.tmx", 1,
             "fr.tmx: nothing in it is a translation from de-AT into ru, kk, en; its languages "
             "are de, fr"),
            ("memory --import empty.tmx", 1, "into ru, kk, en; it is empty"),
            ("memory --import locale/drafts/ru/streik.tmx", 2, "ru/streik.tmx holds drafts"),
            ("memory --import ru.tmx --locale kk", 1, "into kk; its languages are de, ru"),
            ("memory --import ru.tmx", 2, "locale/memory/ru.tmx exists already; --force"),
            ("memory --import ....tmx", 2, "“....tmx” cannot be a memory's name"),
        ],
    )  # fmt: skip
    def test_wrong_use(
        self, streik: Path, auflage: Call, arguments: str, code: int, message: str
    ) -> None:
        write(streik, "fr.tmx", memory_of(("Ja.", "fr", "Oui.")))
        write(streik, "ru.tmx", memory_of(("Ja.", "ru", "Да.")))
        shutil.copy(streik / "ru.tmx", streik / "....tmx")
        write(streik, "locale/drafts/ru/streik.tmx", memory_of(("Ja.", "ru", "Да.")))
        write(streik, "empty.tmx", memory_of())
        write(streik, "locale/memory/ru.tmx", memory_of(("Nein.", "ru", "Нет.")))
        before = contents(streik)
        got, out, err = auflage(streik, *arguments.split())
        assert (got, out) == (code, "")
        assert message in err
        assert len(err.splitlines()) == 1
        assert contents(streik) == before

    def test_an_empty_text_is_none(self, streik: Path, auflage: Call) -> None:
        assert auflage(streik, "memory", " ")[0] == 2

    def test_with_force(self, streik: Path, auflage: Call) -> None:
        write(streik, "ru.xml", memory_of(("Ja.", "ru", "Да.")))
        write(streik, "locale/memory/ru.tmx", memory_of(("Nein.", "ru", "Нет.")))
        code, out, _ = auflage(streik, "memory", "--import", "ru.xml", "--force")
        assert (code, out) == (0, "locale/memory/ru.tmx: 1 ru\n")
        assert "Да." in (streik / "locale/memory/ru.tmx").read_text(encoding="utf-8")

    def test_a_new_file_changes_nothing_without_a_new_sentence(
        self, streik: Path, auflage: Call
    ) -> None:
        assert "nothing to do" in auflage(streik, "update")[1]
        before = contents(streik / "locale")
        write(streik, "ru.tmx", memory_of(("Ein dritter Satz.", "ru", "Да.")))
        assert auflage(streik, "memory", "--import", "ru.tmx")[0] == 0
        assert "nothing to do" in auflage(streik, "update")[1]
        after = contents(streik / "locale")
        assert after.pop("memory/ru.tmx")
        assert after == before

    def test_articles_in_several_languages(self, streik: Path, auflage: Call) -> None:
        write(streik, "source/fr.md", "---\ntitle: Titre\nlocale: fr\n---\n\nOui.\n")
        auflage(streik, "update")
        accept(streik / RU / "fr.po")
        auflage(streik, "memory", "--export", "m.tmx")
        text = (streik / "m.tmx").read_text(encoding="utf-8")
        assert 'srclang="*all*"' in text
        assert '<tu srclang="fr">' in text
        assert '<tu srclang="de-AT">' in text
        units = [tmx.Unit((tmx.Variant("fr", "Titre"), tmx.Variant("ru", "Заглавие")), "title")]
        write(streik, "locale/memory/fr.tmx", tmx.serialise(units))
        _, out, _ = auflage(streik, "memory", "Titre", "--locale", "ru")
        assert out.splitlines()[1::3] == [
            "  100 %  source/fr.md (title)",
            "  100 %  locale/memory/fr.tmx (title)",
        ]


OMEGAT = """\
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>DE</source_lang><target_lang>KK</target_lang>
<sentence_seg>false</sentence_seg></project></omegat>
"""


@pytest.mark.judge
class TestJudges:
    """Other programs read what we write, and we read what they do."""

    @pytest.fixture
    def whole(self, kasachstan: Path, auflage: Call) -> Path:
        """The real article, as if people had accepted all of it, and its memory."""
        for path in (kasachstan / "locale").rglob("*.po"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("#, fuzzy\n", ""), encoding="utf-8")
        assert auflage(kasachstan, "memory", "--export", "m.tmx")[0] == 0
        return kasachstan

    def test_omegat(self, whole: Path, judge: Callable[[str], str], auflage: Call) -> None:
        """It translates the template from our file, and we read the three that it writes."""
        folder = whole / "omega"
        for part in ("source", "target", "omegat", "glossary", "dictionary"):
            (folder / part).mkdir(parents=True)
        write(folder, "omegat.project", OMEGAT)
        write(folder, "tm/auto/m.tmx", (whole / "m.tmx").read_bytes())
        template = (whole / f"locale/{NAME}.pot").read_bytes()
        write(folder, "source/x.po", template)
        command = [judge("omegat"), str(folder), "--mode=console-translate"]
        home = os.environ | {"HOME": str(folder), "JAVA_TOOL_OPTIONS": f"-Duser.home={folder}"}
        subprocess.run(command, env=home, check=True, capture_output=True)
        expected = po.parse((whole / f"locale/kk/LC_MESSAGES/{NAME}.po").read_text("utf-8"), "kk")
        found = po.parse((folder / "target/x.po").read_text("utf-8"), "x.po")
        texts = {entry.key: entry.msgstr for entry in expected.live}
        assert {entry.key: entry.msgstr for entry in found.live} == texts
        for kind in ("level1", "level2", "omegat"):
            file = folder / f"omega-{kind}.tmx"
            units = tmx.parse(tmx.decode(file.read_bytes(), kind), kind)
            pairs = {u.msgid: u.msgstr for u in memory.translated(units, "de-AT", "kk", kind)}
            assert pairs == {entry.msgid: entry.msgstr for entry in expected.texts}

    def test_translate_toolkit(self, whole: Path, toolkit: Path) -> None:
        catalog = whole / f"locale/kk/LC_MESSAGES/{NAME}.po"
        command = [sys.executable, "-m", "translate.convert.po2tmx", "-l", "kk"]
        options = ["--source-language=de-AT", "--progress=none"]
        subprocess.run(
            [*command, *options, str(catalog), str(whole / "t.tmx")],
            env=os.environ | {"PYTHONPATH": str(toolkit)},
            check=True,
        )
        ours, theirs = (
            {
                (unit.msgctxt, unit.msgid, unit.msgstr)
                for unit in memory.translated(
                    tmx.parse(tmx.decode((whole / name).read_bytes(), name), name),
                    "de-AT", "kk", name,
                )
            }
            for name in ("m.tmx", "t.tmx")
        )  # fmt: skip
        assert len(ours) == 83
        assert theirs == ours
