"""The checks: what they find, and what they let pass."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.conftest import KASACHSTAN, ROOT
from tests.planted import LOCALES, Planted, clean, planted
from workflow import articles, checks
from workflow.catalogs import marks, own, po
from workflow.checks.lexicon import lexicon
from workflow.checks.pair import Pair, Setting, Text
from workflow.checks.structure import structure
from workflow.checks.table import CHECKS
from workflow.editions import html, translate
from workflow.model import Catalog, Diagnostic, Entry, Severity
from workflow.store import open_project
from workflow.terms import table
from workflow.terms.glossary import Glossary, rows, uses

GLOSSARY = table.parse(
    (ROOT / "locale/glossary.csv").read_text(encoding="utf-8"),
    "glossary.csv",
    ("de-AT", *LOCALES),
)
CLEAN = list(clean())
PLANTED = list(planted())


def found(msgid: str, msgstr: str, locale: str, source: str = "de-AT") -> list[Diagnostic]:
    return list(checks.findings(Entry(msgid, msgstr), source, locale, GLOSSARY))


def codes(msgid: str, msgstr: str, locale: str, source: str = "de-AT") -> set[str]:
    return {one.code for one in found(msgid, msgstr, locale, source)}


@pytest.mark.parametrize(("locale", "msgid", "msgstr"), CLEAN)
def test_a_sound_translation_has_no_error(locale: str, msgid: str, msgstr: str) -> None:
    assert [one for one in found(msgid, msgstr, locale) if one.severity is Severity.ERROR] == []


def test_sound_translations_have_few_warnings() -> None:
    warned = [row for row in CLEAN if found(row[1], row[2], row[0])]
    assert len(CLEAN) >= 150
    assert len(warned) / len(CLEAN) < 0.05, warned


@pytest.mark.parametrize(
    "one", PLANTED, ids=lambda one: f"{'|'.join(sorted(one.codes))}-{one.locale}"
)
def test_a_planted_error_is_found(one: Planted) -> None:
    assert one.codes & codes(one.msgid, one.msgstr, one.locale)


def test_errors_of_all_kinds_are_planted() -> None:
    kinds = {code for one in PLANTED for code in one.codes}
    assert kinds >= {code for code, *_ in CHECKS}
    assert len(kinds) >= 25
    assert min(Counter(one.locale for one in PLANTED).values()) >= 40


@pytest.mark.parametrize("locale", LOCALES)
def test_the_article_has_no_errors(locale: str) -> None:
    project = open_project(ROOT)
    name = "kasachstan-2022"
    article = articles.article(project, name)
    catalog = articles.catalog(project, project.catalog(name, locale))
    assert catalog
    found = list(checks.check(article, catalog, locale, GLOSSARY))
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert len([one for one in found if one.severity is Severity.WARNING]) <= 1


def catalog(*entries: Entry) -> Catalog:
    return Catalog((("X-Source-Language", "de-AT"),), entries)


def over(*entries: Entry, locale: str = "ru") -> list[tuple[str, str]]:
    return [
        (one.code, one.severity.value)
        for one in checks.check(None, catalog(*entries), locale, Glossary())
    ]


def test_states_come_apart_from_errors_of_the_text() -> None:
    machine = marks.with_machine(Entry("Ja."), "Да.", engine="x", date="2026-01-01")
    assert over(Entry("Ja.")) == [("missing", "error")]
    assert over(machine) == [("machine", "state")]
    assert over(Entry("Ja.", "Да.", flags=("fuzzy",))) == [("fuzzy", "state")]
    assert over(Entry("Ja.", "Да.", flags=("fuzzy",), previous="Nein.")) == [("stale", "error")]
    assert over(replace(machine, flags=())) == [("unmodified", "hint")]
    assert over(Entry("Ja.", "Да.")) == []
    assert over(Entry("Ja.", "Да", obsolete=True)) == []


def test_a_finding_names_its_entry() -> None:
    entry = Entry("Drei Tage, 5 Uhr.", "Три дня, 6 часов.", "alt", line=17)
    (one,) = checks.check(None, catalog(entry), "ru", Glossary())
    assert (one.code, one.line, one.reference) == ("number", 17, ("alt", "Drei Tage, 5 Uhr."))
    assert "5" in one.message
    assert "6" in one.message


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("check: ignore number", {"end"}),
        ("check: ignore number, end", set()),
        ("check: ignore end number", set()),
        ("check: ignore quotes", {"number", "end"}),
        ("check: number", {"number", "end"}),
    ],
)
def test_a_comment_silences_a_check(comment: str, left: set[str]) -> None:
    entry = Entry("Um 5 Uhr.", "В 6 часов", comments=("a note", comment))
    assert {code for code, _ in over(entry)} == left


def test_a_missing_text_can_be_left_out_on_purpose() -> None:
    assert over(Entry("Ja.", comments=("check: ignore missing",))) == []


def test_what_translators_say_for_themselves_translates_nothing() -> None:
    assert over(own.CREDIT, own.NOTE) == []
    said = replace(own.CREDIT, msgstr="Перевод: Анна Müller, 2022")
    assert over(said, replace(own.NOTE, msgstr="Ja.", flags=("fuzzy",))) == []
    assert over(replace(said, msgstr="Анна\u200b")) == [("control", "error")]


def test_what_a_neighbour_covers_is_checked_with_it() -> None:
    whole = "Am 3. Mai kamen 20 Leute. Am 4. Mai kamen 30."
    first, second = "Am 3. Mai kamen 20 Leute.", "Am 4. Mai kamen 30."
    notes = [f"#. sentence {n} of 2 · under “X”\n" for n in (1, 2)]
    text = 'msgid ""\nmsgstr "X-Source-Language: de\\n"\n\n' + "\n".join(
        f'{note}msgid "{msgid}"\nmsgstr "{msgstr}"\n'
        for note, msgid, msgstr in zip(
            notes,
            (first, second),
            ("3 мая пришло 20 человек, а 4 мая — 30.", "[=]"),
            strict=True,
        )
    )
    assert whole == f"{first} {second}"
    assert list(checks.check(None, po.parse(text, "x.po"), "ru", Glossary())) == []
    wrong = po.parse(text.replace("— 30", "— 40"), "x.po")
    (one,) = checks.check(None, wrong, "ru", Glossary())
    assert (one.code, one.reference, one.fix) == ("number", (None, first), None)


def test_something_must_cover_what_is_covered() -> None:
    assert over(Entry("Ja.", "[=]")) == [("covered", "error")]
    assert over(Entry("Ja.", "[=]"), Entry("Nein.", "Нет.")) == []


def test_quotations_may_go_over_several_sentences() -> None:
    entries = (
        Entry("Sie sagte: „Wir kommen.", "Она сказала: «Мы придем."),
        Entry("Wir bleiben nicht ‚lange‘.", "Мы „ненадолго“."),
        Entry("Dann gehen wir.“", "Потом уйдем»."),
    )
    assert over(*entries) == []
    broken = (entries[0], entries[1], replace(entries[2], msgstr="Потом уйдем."))
    assert over(*broken) == [("quotes", "warning")]


def test_one_source_has_one_translation() -> None:
    assert over(
        Entry("Mehr lesen", "Читать дальше", "label"), Entry("Mehr lesen", "Подробнее", "heading")
    ) == [("inconsistent", "warning")]
    assert over(
        Entry("Mehr lesen", "Читать дальше", "label"), Entry("Mehr lesen", "Читать дальше.")
    ) == [("end", "warning")]


@pytest.mark.parametrize(
    ("first", "second", "locale", "same"),
    [
        ("Вчера Токаев ушел.", "Сегодня Такаев пришел.", "ru", False),
        ("Вчера Токаев ушел.", "Сегодня видели Токаева.", "ru", True),
        ("Вчера ушел Назарбаев.", "Сегодня говорили с Назарбаевым.", "ru", True),
        ("Вчера ушел Назарбаев.", "Сегодня пришел Нозарбаев.", "ru", False),
        ("Кеше Тоқаев кетті.", "Бүгін Тоқаевты көрді.", "kk", True),
        ("Yesterday Tokayev left.", "Today Tokaev came.", "en", False),
        ("Yesterday Tokayev left.", "Today Tokayev’s car came.", "en", True),
        ("Yesterday Müllner left.", "Today Muellner came.", "en", False),
        ("Yesterday Müllner left.", "Today Müllners came.", "en", True),
    ],
)
def test_a_name_is_spelled_in_one_way(first: str, second: str, locale: str, same: bool) -> None:
    pair = (
        Entry("Gestern ging Tokajew.", first),
        Entry("Heute kam aber Tokajew wieder.", second),
    )
    assert (("name", "warning") not in over(*pair, locale=locale)) is same


def test_the_edition_is_made_like_its_source() -> None:
    project = open_project(KASACHSTAN)
    (name,) = project.articles()
    article = articles.article(project, name)
    editions = [
        html.body(translate.translate(article, None, locale), {})
        for locale in (article.metadata.locale, "ru")
    ]
    assert list(structure(*editions)) == []
    broken = editions[1].replace("<li>", "<p>", 1).replace("<h2", "<p", 1)
    messages = [one.message for one in structure(editions[0], broken)]
    assert len(messages) == 2
    assert any("list items" in message for message in messages)
    link = structure('<a href="https://a.org">x</a>', '<a href="https://b.org">x</a>')
    assert [one.code for one in link] == ["structure", "structure"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale", "code"),
    [
        ("On 3 May, 2,500 people came.", "3 мая пришло 2500 человек.", "ru", ""),
        ("On 3 May, 2,500 people came.", "3 мая пришло 2,5 человека.", "ru", "number"),
        ("It rose to 3.5.", "Показатель вырос до 3,5.", "ru", ""),
        ("On 3 May they came.", "Они пришли 3 марта.", "ru", "date"),
        ("The workers went home.", "Рабочие went домой.", "ru", "left-over"),
        ("The workers went home.", "The workers went home.", "kk", "untranslated"),
        ("“No,” she said.", "«Нет», — сказала она.", "ru", ""),
        ("“No,” she said.", "„Nein“, sagte sie.", "de", ""),
    ],
)
def test_an_english_source(msgid: str, msgstr: str, locale: str, code: str) -> None:
    assert codes(msgid, msgstr, locale, "en") >= ({code} if code else set())
    assert code or codes(msgid, msgstr, locale, "en") == set()


def test_other_languages_are_checked_as_far_as_they_are_known() -> None:
    assert codes("Drei Tage, 5 Uhr.", "Trois jours, 5 heures.", "fr") == set()
    assert codes("Um 5 Uhr.", "À 6 heures.", "fr") == {"number"}
    assert codes("Ja, 3.000 Leute.", "Так, 3000 людей.", "uk") == set()


@pytest.mark.parametrize(
    ("locale", "text"),
    [row for locale, msgid, text in CLEAN for row in ((locale, text), ("de-AT", msgid))],
)
def test_a_quick_look_for_terms_claims_neither_too_much_nor_too_little(
    locale: str, text: str
) -> None:
    words = Text(text, None, None, lexicon=lexicon(GLOSSARY, locale, translated=False)).telling
    there = {use.row for use in uses(GLOSSARY, text, locale, nested=True)}
    for said in (words, None):
        assert rows(GLOSSARY, text, locale, said) <= there
        assert there <= rows(GLOSSARY, text, locale, said, possible=True)


@pytest.mark.parametrize(
    "text", ["Öl- und Minenarbeiter", "Arbeiter*innen", "ArbeiterInnen", "die G20", "[a](b)"]
)
def test_signs_may_join_or_part_words(text: str) -> None:
    known = lexicon(GLOSSARY, "de-AT", translated=False)
    assert Text(text, None, None, lexicon=known).telling is None
    assert Text("Am 3. Mai „kam“ Ina.", None, None, lexicon=known).telling == {"Mai"}


@pytest.mark.parametrize(
    ("locale", "msgid", "msgstr"),
    [*CLEAN, *((one.locale, one.msgid, one.msgstr) for one in PLANTED)],
)
def test_no_check_is_passed_over_that_has_something_to_say(
    locale: str, msgid: str, msgstr: str
) -> None:
    setting = Setting("de-AT", locale, GLOSSARY)
    pair = Pair(Entry(msgid, msgstr), msgid, msgstr, setting)
    signs = pair.source.signs | pair.target.signs
    for code, _, look, needed in CHECKS:
        if needed and signs.isdisjoint(needed):
            assert list(look(pair)) == [], code


ODD = (
    "", " ", "[=]", "]( [](x) ](", "**", "`", "<", "\ufffd", "\u0000", "„“”«»‚‘’\"'", "½¼ 1/2 ½",
    "1" * 60, "1.000.000,00", "((((", "IIII MMMM", "&#x0;", "\\", "[^1]", "![](x)", "3.99.9999",
    "99:99", "\n\n", "\ue000\ufffc", "{", "%s%(a)s{}",
)  # fmt: skip


@pytest.mark.parametrize("locale", ["ru", "kk", "en", "fr", "zh"])
def test_nothing_that_a_catalog_may_hold_ends_in_a_traceback(locale: str) -> None:
    for msgid in ODD:
        for msgstr in ODD:
            list(checks.check(None, catalog(Entry(msgid or "x", msgstr)), locale, GLOSSARY))
