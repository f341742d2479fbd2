"""The term base: its table, what it says of a translation, and `auflage glossary`."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.trees import contents, run_without_privileges, write
from workflow import termbase
from workflow.errors import GlossaryError
from workflow.model import Term
from workflow.store import open_project
from workflow.terms import glossary
from workflow.terms.glossary import Glossary, Row
from workflow.terms.inflection import occurs
from workflow.terms.table import parse

Call = Callable[..., tuple[int, str, str]]
FILE = "locale/glossary.csv"
LOCALES = ("de-AT", "ru", "kk", "en")
HEADER = "de,ru,kk,en,pos,forbidden_ru,forbidden_kk,forbidden_en,note,source"
TABLE = f"""\
{HEADER}
OKVS|OVKS,ОДКБ,ҰҚШҰ,CSTO,organisation,,ОДКБ,OKVS,,official name
Streik,забастовка|стачка,ереуіл,strike,noun,,,,"short, and hard",
Generalstreik,всеобщая забастовка,жалпы ереуіл,general strike,noun,генеральная забастовка,,,,
Sowjet,совет,кеңес,soviet,noun,,,,,
Oberster Sowjet,Верховный Совет,Жоғарғы Кеңес,Supreme Soviet,,,,,,
Weißrussland,Беларусь,Беларусь,Belarus,place,Белоруссия,,Belorussia,,
Zusatz,,,,,,,,only German,
"""


def table(text: str = TABLE, locales: Sequence[str] = LOCALES) -> Glossary:
    return parse(text, FILE, locales)


def found(rows: Sequence[Row]) -> list[str]:
    return [row.terms["de"][0] for row in rows]


class TestReading:
    def test_a_row(self) -> None:
        known = table()
        first, second = known.rows[:2]
        assert known.locales == ("de", "ru", "kk", "en")
        assert first.terms == {
            "de": ("OKVS", "OVKS"), "ru": ("ОДКБ",), "kk": ("ҰҚШҰ",), "en": ("CSTO",)
        }  # fmt: skip
        assert first.forbidden == {"kk": ("ОДКБ",), "en": ("OKVS",)}
        assert (first.pos, first.note, first.source) == ("organisation", "", "official name")
        assert (second.note, second.line) == ("short, and hard", 3)

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_what_spreadsheets_write(
        self, project: Path, auflage: Call, delimiter: str, mark: str, end: str
    ) -> None:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
        writer.writerows(csv.reader(io.StringIO(TABLE)))
        writer.writerow([""] * 10)  # as Excel leaves them
        write(project, FILE, mark + text.getvalue())
        code, out, err = auflage(project, "glossary", "--json")
        assert (code, err) == (0, "")
        counts = {"de": 7, "ru": 6, "kk": 6, "en": 6}
        assert json.loads(out) == {"terms": 7, "locales": counts}

    def test_any_languages(self) -> None:
        known = table("note,fr,pt_BR,DE,gsw\nx,grève,greve,Streik,\n", ("de", "pt-BR", "fr", "gsw"))
        assert known.locales == ("fr", "pt-BR", "de", "gsw")
        assert known.rows[0].terms == {"fr": ("grève",), "pt-BR": ("greve",), "de": ("Streik",)}

    def test_the_column_of_a_locale(self) -> None:
        known = Glossary(("de", "kk", "pt-BR"))
        columns = {name: known.column(name) for name in ("de-AT", "kk-Latn", "pt-BR", "pt", "fr")}
        assert columns == {"de-AT": "de", "kk-Latn": None, "pt-BR": "pt-BR", "pt": None, "fr": None}

    def test_cells_are_tidied(self) -> None:
        (row,) = table('de,ru\n" a\nb |  | c|c","й "\n').rows
        assert row.terms == {"de": ("a b", "c"), "ru": ("й",)}

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("", 1, "the first row must name the columns, “de” among them"),
            ("\n\nStreik,забастовка\n", 3, "the first row must name the columns"),
            ("ru,en\n", 1, "“de” among them, such as de,ru,kk,en,pos,note,source"),
            ("de,ru,nte\n", 1, "unknown column “nte”"),
            ("de,ru,Anmerkung\n", 1, "unknown column “anmerkung”"),
            ("de,ru,\n", 1, "unknown column “”"),
            ("de,forbidden_ru\n", 1, "unknown column “forbidden_ru”; there may be locales"),
            ("de,ru,ru\n", 1, "the column “ru” stands there twice"),
            ("de,ru\na,b\nc\n", 3, "1 cells, but the header has 2 columns"),
            ("de,ru\na,b\nc,d,e\n", 3, "3 cells, but the header has 2 columns"),
            ("de,ru\na,b\n,d\n", 3, "no term in the column “de”"),
            ("de,ru\na,b\n|,d\n", 3, "no term in the column “de”"),
            ("de,ru\na,b\nc,\n\na,d\n", 5, "“a” stands in line 2 already"),
            ("de,ru\na|c,b\nd,\n c,d\n", 4, "“c” stands in line 2 already"),
            ("de,ru,forbidden_ru\na,b|c,c\n", 2, "“c” is accepted and forbidden in “ru”"),
            ('de,ru\na,b\n"c,d\ne,f\n', 3, "not a table"),
            ('de,ru\na,b\n"c" d,e\n', 3, "not a table"),
            ('de,ru\na,"b\nb"\nc\n', 4, "1 cells"),
            ("de,ru\na,b\x00\n", 2, "a control character (U+0000)"),
            ("de,ru\na,b\n\x1b[1m,c\n", 3, "a control character (U+001B)"),
            (f"de,ru\na,{'b' * 200_000}\n", 2, "not a table"),
        ],
    )
    def test_a_mistake_has_its_line(
        self, project: Path, auflage: Call, text: str, line: int, words: str
    ) -> None:
        write(project, FILE, text)
        before = contents(project)
        code, _, err = auflage(project, "glossary", "Streik")
        assert code == 1
        assert err.startswith(f"auflage: {FILE}:{line}: ")
        assert words in err
        assert err.count("\n") == 1
        assert contents(project) == before

    def test_other_encodings(self, project: Path, auflage: Call) -> None:
        write(project, FILE, TABLE.encode("utf-16"))
        assert "not UTF-8" in auflage(project, "glossary")[2]
        write(project, FILE, "de,ru\na,b\nStraße,ä\n".encode("cp1252"))
        assert auflage(project, "glossary") == (
            1, "", f"auflage: {FILE}:3: not UTF-8; save it as UTF-8\n"
        )  # fmt: skip

    def test_a_file_that_may_not_be_read(self, project: Path) -> None:
        write(project, FILE, TABLE).chmod(0)
        done = run_without_privileges(project, "glossary", "Streik")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"auflage: {FILE}: cannot read: no permission\n"


TERM = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Pd", "Po", "Sm"], exclude_characters="|\u0149"),
    min_size=1, max_size=12,
).map(lambda text: parse_cell(text))  # fmt: skip


def parse_cell(text: str) -> str:
    """What the reader makes of one cell, by its own account: NFC."""
    (row,) = parse(f'de\n"{text.replace(chr(34), chr(34) * 2)}"\n', FILE, ("de",)).rows
    return row.terms["de"][0]


@given(
    rows=st.lists(
        st.tuples(TERM, st.lists(TERM, unique=True, max_size=3), st.one_of(st.just(""), TERM)),
        unique_by=lambda row: row[0],
    ),
    delimiter=st.sampled_from(",;\t"),
)
def test_what_a_table_says_is_read(rows: list[tuple[str, list[str], str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["de", "ru", "note"])
    writer.writerows([term, "|".join(targets), note] for term, targets, note in rows)
    known = table(text.getvalue())
    assert [(row.terms["de"], list(row.terms.get("ru", ())), row.note) for row in known.rows] == [
        ((term,), targets, note) for term, targets, note in rows
    ]
    exported = glossary.omegat(known, "de", "ru").removeprefix("\ufeff")
    assert [line.split("\t") for line in exported.split("\n")[:-1]] == [
        [term, target, note] for term, targets, note in rows for target in targets
    ]


@given(text=st.text(max_size=80), header=st.sampled_from(["", "de,ru\n", "de;ru;note\n"]))
def test_any_file_is_a_term_base_or_an_error(text: str, header: str) -> None:
    text = header + text
    lines: list[int | None] = [1]
    try:
        rows = table(text).rows
        assert all(row.terms["de"] for row in rows)
        lines += [row.line for row in rows]
    except GlossaryError as error:
        lines.append(error.line)
    last = text.count("\n") + text.count("\r") + 1
    assert all(line is not None and 1 <= line <= last for line in lines)


class TestTranslations:
    @pytest.mark.parametrize(
        ("msgid", "msgstr", "locale", "rows"),
        [
            ("Der Streik", "О забастовках", "ru", []),
            ("Die Streiks", "Стачки", "ru", []),
            ("Die Streiks", "Протесты", "ru", ["Streik"]),
            ("Generalstreiks", "всеобщей забастовкой", "ru", []),
            ("Generalstreiks", "забастовкой", "ru", ["Generalstreik"]),
            ("Staaten der OVKS", "стран ОДКБ", "ru", []),
            ("Staaten der OVKS", "ҰҚШҰ-ның мемлекеттері", "kk", []),
            ("Staaten der OVKS", "ОДКБ мемлекеттері", "kk", ["OKVS"]),
            ("Staaten der OVKS", "CSTO states", "en", []),
            ("Staaten der OVKS", "csto states", "en", ["OKVS"]),
            ("Streik, Streik und OKVS", "x", "en", ["Streik", "OKVS"]),
            # The longer term covers the shorter one, in the source only.
            ("Der Oberste Sowjet", "Верховного Совета", "ru", []),
            ("Ein Sowjet", "Верховного Совета", "ru", []),
            ("Der Oberste Sowjet", "совет", "ru", ["Oberster Sowjet"]),
            ("Streikrecht", "право", "ru", []),
            ("Zusatz", "x", "ru", []),
            ("Streik", "x", "fr", []),
            ("[dort](https://x.org/Streik)", "[там](https://x.org/Streik)", "ru", []),
            ("Streik", "", "ru", ["Streik"]),
        ],
    )
    def test_missed(self, msgid: str, msgstr: str, locale: str, rows: list[str]) -> None:
        assert found(glossary.missed(msgid, msgstr, table(), "de-AT", locale)) == rows

    @pytest.mark.parametrize(
        ("msgid", "msgstr", "locale", "terms"),
        [
            ("Weißrussland", "в Белоруссии", "ru", ["Белоруссия"]),
            ("Dort", "в Белоруссии", "ru", ["Белоруссия"]),
            ("Weißrussland", "в Беларуси, белорусы", "ru", []),
            ("Generalstreik", "генеральную забастовку", "ru", ["генеральная забастовка"]),
            ("OKVS", "ОДКБ-ға", "kk", ["ОДКБ"]),
            ("OKVS", "ОДКБ", "ru", []),
            ("OKVS", "the OKVS", "en", ["OKVS"]),
            ("OKVS", "[x](https://x.org/OKVS)", "en", []),
        ],
    )
    def test_forbidden(self, msgid: str, msgstr: str, locale: str, terms: list[str]) -> None:
        uses = glossary.forbidden(msgid, msgstr, table(), "de-AT", locale)
        assert [use.term for use in uses] == terms
        assert all(occurs(use.term, msgstr[slice(*use.span)], locale) for use in uses)

    def test_what_another_row_accepts(self) -> None:
        known = table(
            "de,ru,forbidden_ru\nStreik,забастовка,стачка\nAusstand,стачка,\n"
            "Komitee,стачечный комитет|комитет стачки,\n"
        )
        say = glossary.forbidden
        assert [use.term for use in say("Streik", "стачка", known, "de", "ru")] == ["стачка"]
        assert say("Ausstand", "стачка", known, "de", "ru") == ()
        assert say("Komitee", "комитеты стачки", known, "de", "ru") == ()

    def test_terms_for_engines(self) -> None:
        terms = glossary.terms_for(table(), "de-AT", "ru")
        assert terms[:3] == (
            Term("OKVS", "ОДКБ"), Term("OVKS", "ОДКБ"), Term("Streik", "забастовка")
        )  # fmt: skip
        assert len(terms) == 7
        assert glossary.terms_for(table(), "de", "fr") == ()
        assert glossary.terms_for(table(), "ru", "de")[1] == Term("забастовка", "Streik")
        assert glossary.terms_for(Glossary(), "de", "ru") == ()


class TestCommand:
    @pytest.mark.parametrize(
        ("words", "line"),
        [
            ("Streiks", 3), ("streik", 3), ("забастовками", 3), ("СТАЧКА", 3), ("ереуілдің", 3),
            ("strikes", 3), ("okvs", 2), ("csto", 2), ("ҰҚШҰ-ға", 2), ("Белоруссии", 7),
            ("weißrussland", 7), ("Supreme", 6), ("всеобщую забастовку", 4),
        ],
    )  # fmt: skip
    def test_a_term_in_any_form(self, project: Path, auflage: Call, words: str, line: int) -> None:
        write(project, FILE, TABLE)
        code, out, err = auflage(project, "glossary", words)
        assert (code, err) == (0, "")
        assert f"{FILE}:{line}" in out.split()
        _, out, _ = auflage(project, "glossary", words, "--json")
        assert line in [row["line"] for row in json.loads(out)]

    def test_what_is_shown(self, project: Path, auflage: Call) -> None:
        write(project, FILE, TABLE)
        assert auflage(project, "glossary", "ОДКБ")[1].splitlines() == [
            f"{FILE}:2  organisation; official name",
            "  de    OKVS, OVKS",
            "  ru    ОДКБ",
            "  kk    ҰҚШҰ  (not: ОДКБ)",
            "  en    CSTO  (not: OKVS)",
        ]
        _, out, _ = auflage(project, "glossary", "Belorussia", "--json")
        assert json.loads(out) == [
            {
                "line": 7,
                "terms": {
                    "de": ["Weißrussland"], "ru": ["Беларусь"], "kk": ["Беларусь"],
                    "en": ["Belarus"],
                },
                "forbidden": {"ru": ["Белоруссия"], "en": ["Belorussia"]},
                "pos": "place", "note": "", "source": "",
            }
        ]  # fmt: skip

    @pytest.mark.parametrize("words", ["Streikrecht", "", " ", "x" * 10_000, "ы" * 10_000])
    def test_a_term_that_is_not_there(self, project: Path, auflage: Call, words: str) -> None:
        write(project, FILE, TABLE)
        code, out, err = auflage(project, "glossary", words)
        assert (code, out) == (1, "")
        assert err == f"error: “{words}” is not in {FILE}\n"

    def test_without_a_term_base(self, project: Path, auflage: Call) -> None:
        said = f"there is no term base; {FILE} would be it"
        assert auflage(project, "glossary") == (0, f"{said}\n", "")
        assert auflage(project, "glossary", "x") == (1, "", f"error: {said}\n")
        assert termbase.glossary(open_project(project)).rows == ()

    def test_export(self, project: Path, auflage: Call) -> None:
        write(project, FILE, TABLE)
        code, out, _ = auflage(project, "glossary", "--export", "omegat/ru.tsv", "--locale", "ru")
        assert (code, out) == (0, "omegat/ru.tsv: 7 terms from de-AT to ru\n")
        text = (project / "omegat/ru.tsv").read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), csv.excel_tab))
        assert rows[0] == ["OKVS", "ОДКБ", "organisation"]
        assert rows[2:5] == [
            ["Streik", "забастовка", "noun; short, and hard"],
            ["Streik", "стачка", "noun; short, and hard"],
            ["Generalstreik", "всеобщая забастовка", "noun; not: генеральная забастовка"],
        ]
        assert len(rows) == 8

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ("--export x.tsv", "--export needs one --locale"),
            ("--export x.tsv --locale ru,kk", "--export needs one --locale"),
            ("--export x.tsv --locale fr", "unknown locale “fr”"),
            ("--export locale/glossary.csv --locale ru", "must end with .tsv or .utf8"),
            ("--export notes.txt --locale ru", "must end with .tsv or .utf8"),
            ("--export x.tsv --locale ru Streik", "go without a TERM"),
            ("--locale ru", "--locale says what to --export"),
            ("a b", "unrecognized arguments: b"),
        ],
    )
    def test_wrong_use(self, project: Path, auflage: Call, arguments: str, words: str) -> None:
        write(project, FILE, TABLE)
        before = contents(project)
        code, out, err = auflage(project, "glossary", *arguments.split())
        assert (code, out) == (2, "")
        assert words in err
        assert contents(project) == before

    def test_an_export_of_nothing(self, project: Path, auflage: Call) -> None:
        write(project, FILE, "de,ru\nStreik,забастовка\n")
        code, _, err = auflage(project, "glossary", "--export", "x.tsv", "--locale", "kk")
        assert (code, err) == (2, f"auflage: {FILE} has no terms in kk\n")

    def test_a_folder_in_the_way(self, project: Path, auflage: Call) -> None:
        write(project, FILE, TABLE)
        (project / "x.tsv").mkdir()
        code, _, err = auflage(project, "glossary", "--export", "x.tsv", "--locale", "ru")
        assert (code, err) == (1, "auflage: x.tsv: cannot write: that is a folder\n")


class TestOurs:
    """The repository's own term base."""

    OURS = termbase.glossary(open_project(ROOT))

    def test_its_columns(self) -> None:
        header = (ROOT / FILE).read_text(encoding="utf-8").splitlines()[0]
        assert header == HEADER
        assert len(self.OURS.rows) >= 120
        assert all(row.pos and row.source for row in self.OURS.rows)
        assert sum("ru" in row.terms and "en" in row.terms for row in self.OURS.rows) == len(
            self.OURS.rows
        )

    @pytest.mark.parametrize("locale", ["de", "ru", "kk", "en"])
    def test_its_terms_are_found_in_their_own_form(self, locale: str) -> None:
        for row in self.OURS.rows:
            for term in row.terms.get(locale, ()):
                assert occurs(term, term, locale) == [(0, len(term))]

    @pytest.mark.parametrize("locale", ["ru", "kk", "en"])
    def test_nothing_accepted_is_forbidden(self, locale: str) -> None:
        for row in self.OURS.rows:
            source = row.terms["de"][0]
            for term in row.terms.get(locale, ()):
                assert glossary.missed(source, term, self.OURS, "de", locale) == ()
                assert glossary.forbidden(source, term, self.OURS, "de", locale) == ()

    @pytest.mark.parametrize(
        ("locale", "letters", "others"),
        [
            ("ru", "А-Яа-я", {"Linkswende"}),
            ("kk", "А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі", {"Linkswende"}),
            ("en", "A-Za-z", {"Zhangaözen"}),
        ],
    )
    def test_its_terms_are_in_their_script(
        self, locale: str, letters: str, others: set[str]
    ) -> None:
        strange = {
            term
            for row in self.OURS.rows
            for terms in (row.terms.get(locale, ()), row.forbidden.get(locale, ()))
            for term in terms
            if not re.fullmatch(f"[{letters}’ -]+", term)
        }
        assert strange == others
