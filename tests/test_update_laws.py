"""Laws of update over random lives of an article: what authors and translators do to it."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

import pytest

from tests.test_extract import template
from tests.test_update import BASE, merged
from workflow.catalogs import marks, po, writing
from workflow.catalogs.update import update
from workflow.model import COVERED, Catalog, Entry, State

SENTENCES = [entry.msgid for entry in template(BASE).entries if not entry.msgctxt][:60]
WORDS = "Streik Gas Öl Almaty Lohn nicht und die 300 Partei Kolleg*innen Arbeiter_innen".split()
TARGETS = ("https://a.at", "https://b.at/x_(y)", "#anker", "<c d>", "bild.png")
EMPHASIS = ("*", "**", "_", "***")


@dataclass
class Author:
    """Paragraphs of sentences, each paragraph perhaps kept whole, and whatever comes to mind."""

    seed: random.Random
    paragraphs: list[list[str]]
    whole: set[int]
    mode: str = "sentence"

    def text(self) -> str:
        parts = [f"---\ntitle: T\nsegmentation: {self.mode}\n---"]
        for number, sentences in enumerate(self.paragraphs):
            if number in self.whole:
                parts.append("<!-- segmentation: paragraph -->")
            parts.append(" ".join(sentences))
        return "\n\n".join(parts) + "\n"

    def edit(self) -> None:
        self.seed.choice(EDITS)(self)
        self.paragraphs = [sentences for sentences in self.paragraphs if sentences] or [["Ende."]]

    def some(self) -> list[str]:
        return self.seed.choice(self.paragraphs)

    def each(self, change: Callable[[str], str], sign: str = "") -> None:
        """Change one sentence, one that holds the sign if there is any."""
        places = [
            (sentences, number)
            for sentences in self.paragraphs
            for number, sentence in enumerate(sentences)
        ]
        signed = [place for place in places if sign in place[0][place[1]]]
        sentences, number = self.seed.choice(signed or places)
        sentences[number] = change(sentences[number]) or "Leer."

    def words(self, change: Callable[[list[str], int], None]) -> None:
        """Change the words of one sentence at some place."""

        def changed(sentence: str) -> str:
            words = sentence.split()
            change(words, self.seed.randrange(len(words)))
            return " ".join(words)

        self.each(changed)

    def other_word(self) -> None:
        self.words(lambda words, n: words.__setitem__(n, self.seed.choice(WORDS)))

    def more_words(self) -> None:
        self.words(lambda words, n: words.insert(n, self.seed.choice(WORDS)))

    def emphasise(self) -> None:
        mark = self.seed.choice(EMPHASIS)
        self.words(lambda words, n: words.__setitem__(n, f"{mark}{words[n]}{mark}"))

    def wrap(self) -> None:
        mark = self.seed.choice(EMPHASIS)
        self.each(lambda sentence: f"{mark}{sentence}{mark}")

    def calm(self) -> None:
        self.each(lambda sentence: re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", sentence), "*")

    def link(self) -> None:
        target = self.seed.choice(TARGETS)
        self.words(lambda words, n: words.__setitem__(n, f"[{words[n]}]({target})"))

    def retarget(self) -> None:
        target = self.seed.choice(TARGETS)
        self.each(lambda s: re.sub(r"\]\([^()]*(\([^()]*\))?\)", lambda _: f"]({target})", s), "](")

    def space(self) -> None:
        self.each(lambda sentence: sentence.replace(" ", self.seed.choice(["  ", "\u00a0"]), 3))

    def insert(self) -> None:
        sentences = self.some()
        sentences.insert(self.seed.randrange(len(sentences) + 1), self.seed.choice(SENTENCES))

    def delete(self) -> None:
        sentences = self.some()
        del sentences[self.seed.randrange(len(sentences))]

    def move(self) -> None:
        here = self.some()
        sentence = here.pop(self.seed.randrange(len(here)))
        there = self.some()
        there.insert(self.seed.randrange(len(there) + 1), sentence)

    def split_paragraph(self) -> None:
        number = self.seed.randrange(len(self.paragraphs))
        sentences = self.paragraphs[number]
        cut = self.seed.randrange(len(sentences))
        self.paragraphs[number : number + 1] = [sentences[:cut], sentences[cut:]]

    def join_paragraphs(self) -> None:
        number = self.seed.randrange(len(self.paragraphs))
        self.paragraphs[number : number + 2] = [list(chain(*self.paragraphs[number : number + 2]))]

    def split_sentence(self) -> None:
        self.each(
            lambda sentence: re.sub(r", (\w)", lambda m: ". " + m[1].upper(), sentence, count=1)
        )

    def merge_sentences(self) -> None:
        sentences = self.some()
        if len(sentences) > 1:
            first = sentences.pop(0)
            sentences[0] = f"{first.rstrip('.')}, und {sentences[0]}"

    def keep_whole(self) -> None:
        self.whole ^= {self.seed.randrange(len(self.paragraphs))}

    def other_granularity(self) -> None:
        self.mode = "paragraph" if self.mode == "sentence" else "sentence"


EDITS = [
    Author.other_word, Author.more_words, Author.emphasise, Author.wrap, Author.calm, Author.link,
    Author.retarget, Author.space, Author.insert, Author.delete, Author.move,
    Author.split_paragraph, Author.join_paragraphs, Author.split_sentence,
    Author.merge_sentences, Author.keep_whole, Author.other_granularity,
]  # fmt: skip


def worked_on(catalog: Catalog, seed: random.Random, number: int) -> Catalog:
    """What translators and engines do: fill, accept, doubt, cover a sentence by its neighbour."""

    def touched(place: int, entry: Entry) -> Entry:
        what = seed.randrange(8)
        if entry.obsolete or what > 4:
            return entry
        text = entry.msgstr or f"N{number}p{place}: {entry.msgid}"
        if what == 0 and not entry.msgstr:
            return marks.with_machine(entry, text, engine="llm", date="2026-11-23")
        if what == 1:
            return replace(entry, msgstr=text, flags=("fuzzy",))
        if what == 2 and not entry.msgstr:
            return replace(entry, msgstr=COVERED, flags=(), previous=None, previous_context=None)
        accepted = replace(entry, msgstr=text, flags=(), previous=None, previous_context=None)
        if what == 3 and accepted.msgstr:
            hashes = f"s={marks.digest(entry.msgid)} t={marks.digest(text)}"
            return replace(accepted, comments=(f"reviewed: Anna 2026-11-23 {hashes}",))
        return accepted

    entries = tuple(touched(place, entry) for place, entry in enumerate(catalog.entries))
    return replace(catalog, entries=entries)


def words(entries: Iterable[Entry]) -> Counter[str]:
    """The words of texts; targets are the article's own."""
    texts = (re.sub(r"\]\([^()]*(\([^()]*\))?\)", "]", entry.msgstr) for entry in entries)
    return Counter(word for text in texts for word in re.findall(r"[^\W_]+", text))


def check(text: str, before: Catalog, after: Catalog) -> None:
    made = template(text)
    assert [entry.key for entry in after.live] == [entry.key for entry in made.entries]
    assert len({entry.key for entry in after.entries}) == len(after.entries)
    assert not words(before.entries) - words(after.entries)
    assert update(made, after, "ru", now="later") == after
    assert po.parse(writing.serialise(after), "a.po") == after
    index = before.index()
    for entry in after.live:
        known = index.get(entry.key)
        if known and known.msgstr:
            same = replace(entry, references=known.references, extracted=known.extracted)
            assert same == known
    check_states(before, after)


def check_states(before: Catalog, after: Catalog) -> None:
    """Nobody is said to have accepted, written or reviewed what he has not."""

    def of(catalog: Catalog, *states: State) -> Counter[str]:
        return words(e for e in catalog.entries if marks.state(e) in states)

    accepted = of(before, State.TRANSLATED, State.REVIEWED)
    assert of(after, State.TRANSLATED, State.REVIEWED).keys() <= accepted.keys()
    # A sentence that becomes again what was drafted or reviewed has its mark again.
    for state, sign in ((State.REVIEWED, "reviewed:"), (State.MACHINE, "mt:")):
        marked = (e for e in before.entries if any(sign in line for line in e.comments))
        assert of(after, state).keys() <= words(marked).keys()
    # What an update makes fuzzy has its previous msgid.
    doubted = words(entry for entry in before.entries if entry.fuzzy)
    assert of(after, State.FUZZY).keys() <= doubted.keys()


def life(start: int, edits: int) -> None:
    seed = random.Random(start)
    sentences = seed.sample(SENTENCES, 24)
    author = Author(seed, [sentences[n : n + 4] for n in range(0, 24, 4)], {1})
    catalog = worked_on(update(template(author.text()), None, "ru", now="then"), seed, 0)
    for number in range(1, edits + 1):
        author.edit()
        text = author.text()
        after = merged(text, catalog)
        check(text, catalog, after)
        catalog = worked_on(after, seed, number) if seed.random() < 0.4 else after
        if number % 100 == 0:  # a long life leaves much behind; another one begins
            resting = tuple(entry for entry in catalog.entries if not entry.obsolete)
            catalog = replace(catalog, entries=resting)


@pytest.mark.parametrize("start", range(4))
def test_a_random_life_loses_nothing(start: int) -> None:
    life(start, 40)


@pytest.mark.judge
@pytest.mark.parametrize("start", range(100, 120))
def test_ten_thousand_edits_lose_nothing(start: int) -> None:
    life(start, 500)
