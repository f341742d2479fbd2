"""Template and catalog to the updated catalog: nobody's work is lost."""

import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ARTICLES, KASACHSTAN
from tests.test_extract import article, template
from workflow.catalogs import marks, po, writing
from workflow.catalogs.carry import skeleton
from workflow.catalogs.update import update
from workflow.model import Catalog, Entry, State

UPDATES = ARTICLES / "updates"
BASE = (UPDATES / "base.md").read_text(encoding="utf-8")


def translated(catalog: Catalog, word: str = "T") -> Catalog:
    """Each missing entry gets a text of its own."""
    filled = (
        replace(entry, msgstr=f"{word} {number}: {entry.msgid}")
        if not entry.msgstr and not entry.obsolete
        else entry
        for number, entry in enumerate(catalog.entries)
    )
    return replace(catalog, entries=tuple(filled))


def begin(text: str) -> Catalog:
    return translated(update(template(text), None, "ru", now="then"))


def merged(text: str, catalog: Catalog) -> Catalog:
    return update(template(text), catalog, "ru", now="now")


def entry_of(catalog: Catalog, msgid: str) -> Entry:
    return next(entry for entry in catalog.live if entry.msgid == msgid)


def paragraphs(text: str, catalog: Catalog) -> tuple[int, int, int]:
    """Blocks of a text by the worst of their entries: kept, fuzzy with previous, new."""
    index = catalog.index()
    told: Counter[str] = Counter()
    for block in article(text).blocks:
        states = {marks.state(index[part.msgctxt, part.msgid]) for part in block.segments}
        worst = next(s for s in (State.MISSING, State.STALE, State.TRANSLATED) if s in states)
        told[worst] += 1
    return told[State.TRANSLATED], told[State.STALE], told[State.MISSING]


@pytest.mark.parametrize(
    ("case", "expected", "stale"),
    [
        ("1-word", (36, 1, 0), 1),
        ("2-move", (37, 0, 0), 0),
        ("3-insert", (37, 0, 1), 0),
        ("4-split", (38, 0, 0), 0),
        ("5-whitespace", (37, 0, 0), 0),
        ("6-url", (37, 0, 0), 0),
        ("7-emphasis", (36, 1, 0), 1),
        ("8-letter", (36, 1, 0), 1),
        ("9-all", (35, 3, 1), 3),
        ("10-near-twin", (37, 0, 1), 0),
    ],
)
def test_update_cases(case: str, expected: tuple[int, int, int], stale: int) -> None:
    text = (UPDATES / f"{case}.md").read_text(encoding="utf-8")
    before = begin(BASE)
    assert len(before.entries) == 84
    after = merged(text, before)
    assert paragraphs(text, after) == expected
    old = {entry.msgid: entry for entry in before.entries}
    for entry in after.live:
        if marks.state(entry) is State.STALE:
            stale -= 1
            assert entry.msgstr == old[str(entry.previous)].msgstr
        elif entry.msgstr:
            before_target = entry.msgid.replace("noblogs.org/archiv", "noblogs.org")
            text = entry.msgstr.replace("noblogs.org/archiv", "noblogs.org")
            assert text == old[before_target].msgstr
    assert stale == 0
    assert not any(entry.obsolete for entry in after.entries)
    assert not any(entry.fuzzy and entry.previous is None for entry in after.entries)


@pytest.mark.parametrize("case", ["6-url", "9-all"])
def test_a_new_target_is_in_the_translation(case: str) -> None:
    text = (UPDATES / f"{case}.md").read_text(encoding="utf-8")
    (found,) = (e for e in merged(text, begin(BASE)).live if "sunzibingfa" in e.msgid)
    assert not found.fuzzy
    assert found.msgstr.endswith('(https://sunzibingfa.noblogs.org/archiv "Sūnzǐ Bīngfǎ")')


DRAFT = marks.with_machine(
    Entry("Ein [Wort](a) mehr."), "Ещё [слово](a).", engine="llm", date="2026-11-23"
)


def after_edit(entry: Entry, body: str) -> Entry:
    """What becomes of the only sentence of an article."""
    catalog = replace(begin("# T"), entries=(entry,))
    return next(e for e in merged(f"# T\n\n{body}\n", catalog).live if e.msgctxt is None)


@pytest.mark.parametrize("body", ["Ein [Wort](b) mehr.", "Ein *[Wort](a)* mehr.", "*Ein* x."])
def test_a_mark_lives_while_its_text_is_the_engines(body: str) -> None:
    found = after_edit(DRAFT, body)
    alive = body == "Ein [Wort](b) mehr."
    assert (marks.machine(found) is not None) == alive
    assert marks.state(found) is (State.MACHINE if alive else State.STALE if found.msgstr else
        State.MISSING)  # fmt: skip
    if alive:
        assert marks.machine(found).date == "2026-11-23"  # type: ignore[union-attr]


def test_a_review_outlives_a_target_but_not_an_emphasis() -> None:
    before = Entry("Ein *[Wort](a)* mehr.", "Ещё *[слово](a)*.")
    hashes = f"s={marks.digest(before.msgid)} t={marks.digest(before.msgstr)}"
    reviewed = replace(before, comments=("Wort", f"reviewed: Anna B. 2026-11-23 {hashes}"))
    assert marks.state(reviewed) is State.REVIEWED
    target = after_edit(reviewed, "Ein *[Wort](b)* mehr.")
    assert (target.msgstr, marks.state(target)) == ("Ещё *[слово](b)*.", State.REVIEWED)
    plain = after_edit(reviewed, "Ein [Wort](a) mehr.")
    assert (plain.msgstr, marks.state(plain)) == ("Ещё [слово](a).", State.TRANSLATED)
    assert plain.comments[0] == "Wort"


def test_a_stale_text_gets_the_new_target_and_stays_stale() -> None:
    stale = Entry("Ein [Wort](a).", "[слово](a)", flags=("fuzzy",), previous="Kein [Wort](a).")
    found = after_edit(stale, "Ein [Wort](b).")
    assert (found.msgstr, found.fuzzy, found.previous) == ("[слово](b)", True, stale.previous)


def test_a_moved_sentence_with_a_new_target_is_found() -> None:
    one = "# T\n\nErster Satz hier. Ein [Wort](a).\n\nZweiter Satz dort.\n"
    two = "# T\n\nErster Satz hier.\n\nZweiter Satz dort. Ein [Wort](b).\n"
    found = entry_of(merged(two, begin(one)), "Ein [Wort](b).")
    assert (found.fuzzy, found.msgstr[-4:]) == (False, "(b).")


def test_headings_of_equal_words_are_one_entry_and_part_when_one_is_renamed() -> None:
    one = "# T\n\n## Forderungen\n\nEins.\n\n## Forderungen\n\nZwei.\n"
    first = begin(one)
    assert [e.msgid for e in first.live] == ["T", "Forderungen", "Eins.", "Zwei."]
    after = merged(one.replace("## Forderungen\n\nZwei", "## Die Forderungen\n\nZwei"), first)
    assert entry_of(after, "Forderungen") == replace(
        entry_of(first, "Forderungen"), extracted=entry_of(after, "Forderungen").extracted
    )
    assert entry_of(after, "Die Forderungen").msgstr == ""


TWINS = "# T\n\n## Preise\n\nEins.\n\n## Preise\n\nZwei."


def headings(text: str) -> list[tuple[str | None, str, str, bool]]:
    before = translated(begin(TWINS))
    found = [entry for entry in merged(text, before).entries if entry.role == "heading"]
    return [(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy) for entry in found]


def test_an_id_of_the_authors_makes_two_entries_of_equal_headings() -> None:
    text = translated(begin(TWINS)).index()["heading", "Preise"].msgstr
    named = TWINS.replace("## Preise\n\nZ", "## Preise {#zwei}\n\nZ")
    assert headings(named) == [
        ("heading", "Preise", text, False),
        ("heading #zwei", "Preise", text, False),
    ]
    alone = TWINS.replace("## Preise\n\nE", "## Preise {#a}\n\nE").replace(
        "## Preise\n\nZ", "## X\n\nZ"
    )
    assert headings(alone)[0] == ("heading #a", "Preise", text, False)
    assert not [
        entry for entry in merged(alone, translated(begin(TWINS))).entries if entry.obsolete
    ]


def test_halves_of_a_split_keep_their_own_text() -> None:
    text = (UPDATES / "9-all.md").read_text(encoding="utf-8")
    found = entry_of(merged(text, begin(BASE)), "Zwei Gründe sind hierfür zentral: Das Überlaufen "
        "von Polizei und Militär zu den Aufständischen in den ländlichen Regionen und die "
        "Kampfbereitschaft der Aufständischen in den Städten.")  # fmt: skip
    assert not found.fuzzy
    assert "hunderter Toter" not in found.msgstr


@pytest.mark.parametrize("case", sorted(path.stem for path in UPDATES.glob("[0-9]*.md")))
def test_what_msgmerge_calls_translated_is_translated(
    case: str, judge: Callable[[str], str], tmp_path: Path
) -> None:
    text = (UPDATES / f"{case}.md").read_text(encoding="utf-8")
    before = begin(BASE)
    (tmp_path / "old.po").write_text(writing.serialise(before), encoding="utf-8")
    (tmp_path / "new.pot").write_text(writing.serialise(template(text)), encoding="utf-8")
    done = subprocess.run(
        [judge("msgmerge"), "--quiet", "--previous", "--no-wrap", "old.po", "new.pot"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = po.parse(done.stdout, "their.po")
    ours = merged(text, before).index()
    kept = [entry for entry in theirs.live if entry.msgstr and not entry.fuzzy]
    assert len(kept) >= 78
    assert [entry.msgstr for entry in kept] == [ours[entry.key].msgstr for entry in kept]
    assert not any(ours[entry.key].fuzzy for entry in kept)
    assert [entry.key for entry in theirs.live] == list(ours)


def test_a_sentence_that_goes_rests_and_comes_back() -> None:
    long, short = "# T\n\nEins ist da. Zwei geht fort.\n", "# T\n\nEins ist da.\n"
    first = begin(long)
    resting = merged(short, first)
    gone = next(entry for entry in resting.entries if entry.obsolete)
    assert (gone.msgid, gone.msgstr, gone.references, gone.extracted) == (
        "Zwei geht fort.",
        entry_of(first, "Zwei geht fort.").msgstr,
        (),
        (),
    )
    for _ in range(3):
        resting = merged(short, resting)
    assert merged(long, resting).entries == first.entries


def test_what_has_no_text_does_not_rest() -> None:
    first = update(template("# T\n\nEins. Zwei."), None, "ru", now="")
    assert [entry.msgid for entry in merged("# T\n\nEins.", first).entries] == ["T", "Eins."]


def test_an_edit_of_an_edit_keeps_the_first_previous() -> None:
    one, two, three = (f"# T\n\nDer Streik dauert {n} Tage lang.\n" for n in ("drei", "elf", "13"))
    twice = merged(three, merged(two, begin(one)))
    found = entry_of(twice, "Der Streik dauert 13 Tage lang.")
    assert found.previous == "Der Streik dauert drei Tage lang."
    # A person accepts it: the next edit is compared with what was accepted.
    accepted = replace(found, flags=(), previous=None)
    catalog = replace(twice, entries=tuple(accepted if e == found else e for e in twice.entries))
    assert (
        entry_of(merged(two, catalog), "Der Streik dauert elf Tage lang.").previous == found.msgid
    )


def test_an_edit_that_is_taken_back_leaves_nothing_to_compare() -> None:
    one, two = "# T\n\nDer Streik dauert drei Tage.\n", "# T\n\nDer Streik dauert elf Tage.\n"
    first = begin(one)
    drafts = tuple(
        marks.with_machine(entry, entry.msgstr, engine="llm", date="2026-11-23")
        for entry in first.entries
    )
    back = merged(one, merged(two, replace(first, entries=drafts)))
    assert back.entries == drafts
    assert [marks.state(entry) for entry in back.live] == [State.MACHINE, State.MACHINE]


def test_a_heading_that_becomes_a_sentence_is_fuzzy_with_its_context() -> None:
    found = entry_of(
        merged("# T\n\nForderungen der Bewegung\n", begin("# T\n\n## Forderungen der Bewegung\n")),
        "Forderungen der Bewegung",
    )
    assert (found.msgctxt, found.previous_context, found.fuzzy) == (None, "heading", True)


def test_identical_text_is_a_translation() -> None:
    same = replace(begin("# T\n\nLinkswende.\n"), entries=(Entry("Linkswende.", "Linkswende."),))
    assert marks.state(entry_of(merged("# T\n\nLinkswende.\n", same), "Linkswende.")) is (
        State.TRANSLATED
    )


def test_an_entry_of_others_with_plurals_is_not_lost() -> None:
    plural = Entry("Tag", plural=("Tage", ("день", "дня")), flags=("c-format",))
    catalog = replace(begin("# T\n\nTag\n"), entries=(plural,))
    assert entry_of(merged("# T\n\nTag\n", catalog), "Tag").plural == plural.plural
    assert replace(plural, obsolete=True) in merged("# T\n\nAnders.\n", catalog).entries


def test_a_resting_entry_without_text_makes_no_twin() -> None:
    catalog = replace(begin("# T"), entries=(Entry("Eins.", obsolete=True),))
    after = merged("# T\n\nEins.\n", catalog)
    assert [entry.key for entry in after.entries] == [("title", "T"), (None, "Eins.")]


@pytest.mark.parametrize(
    ("after", "date"),
    [
        ("# T\n\nEins ist schon lange da. Zwei.", "then"),
        ("# T\n\nZwei.\n\nEins ist schon lange da.", "then"),
        ("# T\n\nEins ist schon sehr lange da. Zwei.", "now"),  # a fuzzy flag changed
        ("# T\n\nEins ist schon lange da. Zwei. Drei.", "then"),  # only something new
    ],
)
def test_the_revision_date_follows_texts_and_flags(after: str, date: str) -> None:
    first = update(
        template("# T\n\nEins ist schon lange da. Zwei.", now="then"), None, "ru", now=""
    )
    assert merged(after, translated(first)).field("PO-Revision-Date") == date


def test_comments_and_foreign_fields_stay() -> None:
    first = begin("# T\n\nEins.")
    noted = replace(
        first,
        comments=("Ours.",),
        header=(*first.header, ("X-Generator", "Poedit")),
        entries=tuple(replace(entry, comments=("Wort",)) for entry in first.entries),
    )
    after = merged("# T\n\nEins. Zwei.", noted)
    assert after.comments == ("Ours.",)
    assert after.field("X-Generator") == "Poedit"
    assert [entry.comments for entry in after.entries] == [("Wort",), ("Wort",), ()]


# Laws, by random edits of an article.

SENTENCES = [entry.msgid for entry in template(BASE).entries if not entry.msgctxt][:40]
WORDS = "Streik Gas Öl Almaty Lohn nicht und die 300 *Partei* `kk`".split()


def edited(sentences: list[str], seed: random.Random) -> list[str]:
    """One edit: delete, insert, move, swap, or change a word."""
    result = list(sentences)
    here, there = (seed.randrange(len(result)) for _ in range(2))
    match seed.randrange(6):
        case 0 if len(result) > 3:
            del result[here]
        case 1:
            result.insert(here, " ".join(seed.choices(WORDS, k=5)).capitalize() + ".")
        case 2:
            result.insert(there, result.pop(here))
        case 3:
            result[here], result[there] = result[there], result[here]
        case 4:  # something that was there before comes back
            result.insert(here, seed.choice(SENTENCES))
        case _:
            words = result[here].split()
            words[seed.randrange(len(words))] = seed.choice(WORDS)
            result[here] = " ".join(words)
    return result


def check_laws(text: str, before: Catalog, after: Catalog) -> None:
    made = template(text)
    assert [entry.key for entry in after.live] == [entry.key for entry in made.entries]
    assert update(made, after, "ru", now="later") == after
    keys = [entry.key for entry in after.entries]
    assert len(keys) == len(set(keys))
    old, new = (
        Counter(w for e in c.entries for w in re.findall(r"[^\W_]+", e.msgstr))
        for c in (before, after)
    )
    assert not old - new
    index = before.index()
    for entry in after.live:
        known = index.get(entry.key)
        if known and known.msgstr:
            assert (entry.msgstr, entry.flags) == (known.msgstr, known.flags)
        elif entry.msgstr and entry.previous is None:
            words = {(e.msgctxt, skeleton(e.msgid)) for e in before.entries}
            assert (entry.msgctxt, skeleton(entry.msgid)) in words or entry.fuzzy


@pytest.mark.parametrize("start", range(10))
def test_a_long_life_of_edits_loses_nothing(start: int) -> None:
    seed = random.Random(start)
    sentences = list(SENTENCES)
    catalog = begin("# T\n\n" + "\n\n".join(sentences))
    for number in range(60):
        for _ in range(seed.randrange(1, 4)):
            sentences = edited(sentences, seed)
        text = "# T\n\n" + "\n\n".join(sentences)
        after = merged(text, catalog)
        check_laws(text, catalog, after)
        assert po.parse(writing.serialise(after), "a.po") == after
        catalog = translated(after, f"R{number}") if seed.random() < 0.5 else after
    assert sum(entry.obsolete for entry in catalog.entries) > 5


LINES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES, LINES)
def test_any_text_to_any_other(first: list[str], second: list[str], third: list[str]) -> None:
    texts = ["# T\n\n" + "\n\n".join(lines) for lines in (first, second, third)]
    catalog = begin(texts[0])
    for text in (*texts[1:], texts[0]):
        after = merged(text, catalog)
        check_laws(text, catalog, after)
        catalog = translated(after, text)


def test_the_committed_catalogs_are_up_to_date() -> None:
    made = po.parse((KASACHSTAN / "locale/kasachstan-2022.pot").read_text("utf-8"), "a.pot")
    for locale in ("ru", "kk", "en"):
        text = (KASACHSTAN / f"locale/{locale}/LC_MESSAGES/kasachstan-2022.po").read_text("utf-8")
        assert writing.serialise(update(made, po.parse(text, "a.po"), locale, now="never")) == text
