"""The translators' credit and note: offered everywhere, counted nowhere, printed when filled."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import KASACHSTAN
from tests.rich import read
from tests.test_extract import article as parsed
from tests.trees import NAME, article, shown, write
from workflow.catalogs import extract, memory, own, update
from workflow.catalogs.elsewhere import wanting
from workflow.editions import html
from workflow.editions.translate import translate
from workflow.model import Catalog, Entry
from workflow.pretranslate import fill

Call = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/x.po"
LINE = "Перевод: *Анна* Иванова"
NOTE = "Слово «область» оставлено\nкак есть. <b>Анна</b> [тут](https://example.org)"


def fill_in(project: Path, place: Entry, text: str, *, fuzzy: bool = False) -> None:
    """As a translator does in an editor."""
    path = project / PATH
    empty = f'msgctxt "{place.msgctxt}"\nmsgid "{place.msgid}"\nmsgstr ""\n'
    before = path.read_text(encoding="utf-8")
    assert empty in before
    filled = empty.replace('msgstr ""', f"msgstr {json.dumps(text, ensure_ascii=False)}")
    filled = ("#, fuzzy\n" if fuzzy else "") + filled
    path.write_text(before.replace(empty, filled), encoding="utf-8")


@pytest.fixture
def made(project: Path, auflage: Call) -> Path:
    article(project, "x", "Ein Satz.\n\nNoch einer.")
    assert auflage(project, "update")[0] == 0
    return project


def page(project: Path, auflage: Call, locale: str = "ru") -> str:
    code, _, err = auflage(project, "build", "--format", "html")
    assert code == 0, err
    return shown(project / f"build/{locale}/x.html")


def test_an_update_offers_both_and_changes_nothing_else(kasachstan: Path, auflage: Call) -> None:
    """Catalogs from before there was a place: every byte of them stays."""
    for path in kasachstan.glob(f"locale/**/{NAME}.po*"):
        text = path.read_text(encoding="utf-8")
        older, found, _ = text.partition("\n#. a line under the title")
        assert found
        path.write_text(older.replace("Last-Translator: ", "Last-Translator: Анна <a@b.c>"))
    assert auflage(kasachstan, "update")[0] == 0
    for path in kasachstan.glob(f"locale/**/{NAME}.po"):
        expected = (KASACHSTAN / path.relative_to(kasachstan)).read_text(encoding="utf-8")
        again = path.read_text(encoding="utf-8")
        assert again == expected.replace("Last-Translator: ", "Last-Translator: Анна <a@b.c>")
    assert auflage(kasachstan, "build", "--format", "html")[0] == 0
    assert "Анна" not in shown(kasachstan / f"build/ru/{NAME}.html")


def test_both_are_printed(made: Path, auflage: Call) -> None:
    before = page(made, auflage)
    assert 'class="credit"' not in before
    assert 'class="translators-note"' not in before
    fill_in(made, own.CREDIT, LINE)
    fill_in(made, own.NOTE, NOTE)
    after = page(made, auflage)
    assert '<p class="credit">Перевод: <em>Анна</em> Иванова</p>' in after
    note = after.partition('<p class="translators-note" role="note">')[2].partition("</p>")[0]
    assert note.startswith("<strong>От переводчика.</strong> Слово «область» оставлено<br />")
    assert "&lt;b&gt;Анна&lt;/b&gt; тут" in note  # neither HTML nor links
    assert "<a" not in note
    assert "Анна" not in page(made, auflage, "kk") + page(made, auflage, "de")


@pytest.mark.parametrize("text", ["[=]", own.CREDIT.msgid, "  "])
def test_what_prints_nothing(made: Path, auflage: Call, text: str) -> None:
    before = page(made, auflage)
    fill_in(made, own.CREDIT, text)
    assert page(made, auflage) == before


def test_nobody_is_named_by_a_guess(made: Path, auflage: Call) -> None:
    before = page(made, auflage)
    fill_in(made, own.CREDIT, LINE, fuzzy=True)
    assert page(made, auflage) == before


def test_they_are_not_counted_nor_missing(made: Path, auflage: Call) -> None:
    _, out, _ = auflage(made, "status", "--json", "--locale", "ru")
    assert sum(json.loads(out)[0]["segments"].values()) == 3
    _, out, _ = auflage(made, "update", "--json", "--locale", "ru")
    assert [sum(found["entries"].values()) for found in json.loads(out)] == [3]


def test_no_engine_gets_them_and_no_memory(made: Path, auflage: Call) -> None:
    catalog = read(made / PATH)
    assert {entry.msgctxt for entry in fill.wanted(catalog, redo=True)} == {"title", None}
    queries = fill.queries(catalog, fill.wanted(catalog))
    assert all(own.CREDIT.msgid not in (q.before, q.after) for q in queries)
    assert not any(entry.own for entry in wanting(None, catalog))
    assert auflage(made, "pretranslate", "--engine", "pseudo", "--locale", "ru")[0] == 0
    entries = {entry.msgctxt: entry.msgstr for entry in read(made / PATH).live}
    assert (entries["credit"], entries["note"]) == ("", "")
    assert entries["title"]
    fill_in(made, own.CREDIT, LINE)
    assert list(memory.accepted(read(made / PATH), "source/x.md")) == []


def test_they_are_no_match_for_a_new_sentence() -> None:
    """Nor is a sentence that resembles the place for the credit its old text."""
    template = Catalog((), (Entry("Translated by", msgctxt="heading"), own.CREDIT))
    old = Catalog((), (Entry("Translated bi", "Переведено", msgctxt="heading"),))
    header = (*extract_header(), *template.header)
    new = update.update(Catalog(header, (own.CREDIT,)), Catalog(header, old.entries), "ru", now="n")
    assert [entry.msgstr for entry in new.texts] == []
    assert next(entry for entry in new.live if entry.own).msgstr == ""


def extract_header() -> tuple[tuple[str, str], ...]:
    return extract.extract(parsed("# T"), now="n").header


def test_another_projects_catalog_has_nothing_in_common(made: Path, auflage: Call) -> None:
    theirs = read(made / PATH)
    write(made, "other.po", (made / PATH).read_bytes().replace(b"Satz", b"Saft"))
    alone = (made / PATH).read_text(encoding="utf-8")
    head, _, rest = alone.partition("\n\n")
    write(made, "other.po", head + "\n\n" + rest[rest.index("#. a line under") :])
    code, _, err = auflage(made, "update", "--merge", "other.po")
    assert code == 1
    assert "no catalog of the project has an entry of it" in err
    assert read(made / PATH) == theirs


def test_a_credit_comes_back_by_merge(made: Path, auflage: Call) -> None:
    before = (made / PATH).read_bytes()
    fill_in(made, own.CREDIT, LINE)
    fill_in(made, own.NOTE, own.NOTE.msgid)  # some programs copy it
    write(made, "back.po", (made / PATH).read_bytes())
    (made / PATH).write_bytes(before)
    code, out, err = auflage(made, "update", "--merge", "back.po")
    assert (code, err) == (0, "")
    assert "1 text taken" in out
    entries = {entry.msgctxt: entry.msgstr for entry in read(made / PATH).live}
    assert (entries["credit"], entries["note"]) == (LINE, "")


def test_words_of_their_own_are_safe() -> None:
    text = "![x](y.png) [^1] <script>a</script> [a](javascript:b) <https://e.org>"
    said = html.own_words(text, translate(parsed("# T"), None, "ru"))
    assert "<script" not in said
    assert "<img" not in said
    assert "<a" not in said
