"""Sentence boundaries: tricky lines, the article, other languages, and the law of no loss."""

import csv
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ARTICLES, ROOT
from workflow.reading import plaintext
from workflow.segments import rules, split

TRICKY = (ROOT / "tests" / "data" / "tricky-de.txt").read_text(encoding="utf-8").splitlines()
LANGUAGES = ("de", "ru", "kk", "en")


def marked(text: str, language: str) -> str:
    """The text with a ¦ at every boundary, as the data file has it."""
    return "".join(
        s + ("¦" + gap if gap else "") for s, gap in split.split(text, rules.load(language))
    )


def test_tricky_lines() -> None:
    wrong = [line for line in TRICKY if marked(line.replace("¦", ""), "de") != line]
    assert len(TRICKY) == 60
    assert sum(line.count("¦") for line in TRICKY) > 70
    assert wrong in ([], ["Siehe Abb. 3, Tab. 4 und Kap. 5.¦ Nr. 6 fehlt."])


def test_the_boundaries_of_the_article() -> None:
    """The gold table counts sentences; what a boundary divides shows that it stands right."""
    folder = ARTICLES / "kasachstan"
    with (folder / "blocks.tsv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = plaintext.parse((folder / "input.txt").read_text(encoding="utf-8"))
    pieces = [split.split(block.text, rules.load("de-AT")) for block in texts]
    assert [len(found) for found in pieces] == [int(row["sentences"]) for row in gold]
    inner = [part for found in pieces for part in found[:-1]]
    assert len(inner) == 83 - 36 == 47
    following = [part for found in pieces for part, _ in found[1:]]
    assert [part for part, _ in inner if re.search(r"[.!?][“]?\Z", part) is None] == []
    assert [part for part, _ in inner if re.search(r"\b[A-Z\d]{1,2}\.\Z", part)] == []
    assert [part for part in following if not re.match(r"[„]?[A-ZÄÖÜ]\w", part)] == []
    assert all(gap.isspace() for _, gap in inner)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Er kam am Montag dem 3. Jänner.¦ Dann ging er."),
        ("de", "Vom 8. auf den 9. Feber war es still.¦ Es blieb so."),
        ("de", "„Sie reagierten.“¦ Laut Polizei war es anders."),
        ("de", "Ende.¦  Zwei Leerzeichen.¦\nNeue Zeile.¦\xa0Festes Leerzeichen."),
        ("de", "Was?!¦ Nein …¦ Doch!"),
        ("de", "Das steht in [12].¦ Mehr nicht."),
        ("de", "Er (sic!) kam.¦ Sie […] Ging."),
        ("de", "Wir kommen!¦ – Warum?¦ – Darum."),
        ("de", "Er ging. und kam wieder."),
        ("de", "Mehr in § 7.¦ § 8 fehlt."),
        ("de", "Das ist das Ende"),
        ("de", "Vgl. § 8 und gem. § 9.¦ § 10 gilt auch."),
        ("de", "Es kostet ca. € 50.¦ $ 60 wären zu viel."),
        ("de", "So geht’s.¦ Morgen wird's besser.¦ Sonne kommt."),
        ("de", "Sie blieb.¦ ``Nein'', sagte sie, ``niemals.''¦ Er ging."),
        ("de", "1. Der Strom fiel aus.¦ 2. Die Züge standen still."),
        ("de", "Zwei Gründe: 1. Der Preis.¦ 2. Die Miete."),
        ("de", "Die 35. Tagung begann.¦ Es kamen 35.¦ Das war wenig."),
        ("de", "Sie kam am 12. 5. 1980 zur Welt und ging am 3.4. 2001 fort.¦ Er blieb."),
        ("de", "Herr K. kam zu Herrn M.¦ Er blieb."),
        ("de", "Die Leute kauften Obst u. Ä.¦ Danach gingen sie.¦ Obst u. Ä. Vorräte gab es."),
        ("de", "Nudeln dieser Art.¦ Sie gelten nach Art. 5 GG, Art. Nr. 7."),
        ("de", "Das machen die USA.¦ Russland nicht."),
        ("ru", "Он родился в 1985 г. в Алматы.¦ Потом он переехал."),
        ("ru", "Это было в 2011 г.¦ Потом всё стихло."),
        ("ru", "Нефть, газ и т. д. дорожают.¦ Люди вышли на улицы!"),
        ("ru", "А. С. Пушкин написал это.¦ Он был поэт."),
        ("ru", "«Хватит!»¦ Они ушли."),
        ("ru", "— Вы пойдёте? — спросил он.¦ — Да."),
        ("ru", "Это т. е. всё.¦ Конец."),
        ("ru", "Погибли 225 чел. и ранены сотни.¦ Власти молчат."),
        ("ru", "См. рис. 3 и табл. 4.¦ Там всё есть."),
        ("ru", "Нефть, газ и т. д.¦ Люди вышли.¦ Были солдаты, полиция и др.¦ Власти молчат."),
        ("ru", "Рим основан в 753 г. до н. э.¦ Город рос."),
        ("ru", "До него 5 км.¦ Дорога трудная.¦ Цена 20 руб.¦ Билетов нет."),
        ("ru", "Вышла версия 3.0.¦ Люди довольны.¦ Их было 12.¦ Солдаты ушли."),
        ("ru", "1. Введение.¦ II. История вопроса."),
        ("ru", "Правил Николай II.¦ Война началась в 1914 г.¦ Летом."),
        ("ru", "На ул. Абая стреляли.¦ Что дальше?¦ Никто не знает…¦ Ждём."),
        ("kk", "Бұл 2022 ж. болды.¦ Ол үйіне қайтты."),
        ("kk", "«Жетеді!»¦ Олар көшеге шықты."),
        ("kk", "Мұнай, газ және т. б. қымбаттады.¦ Халық наразы."),
        ("kk", "Нан, су және т. б.¦ Халық наразы.¦ Олар 12.¦ Мектеп жабық."),
        ("kk", "1. Кіріспе.¦ 2. Тарих."),
        ("kk", "Бұл не?¦ Ешкім білмейді.¦ Күтеміз!"),
        ("kk", "А. Құнанбайұлы жазды.¦ Ол ақын еді."),
        ("en", "Dr. Smith met Mr. Jones.¦ They talked."),
        ("en", "It cost 3.5 million, i.e. too much.¦ He left at 5 p.m. on Monday."),
        ("en", "“Stop!”¦ She ran.¦ He didn’t."),
        ("en", "“Why?” he asked.¦ “Because,” she said."),
        ("en", "The U.S. Army came.¦ It left."),
        ("en", "See Fig. 3.¦ Then read on."),
        ("en", "J. R. Smith wrote it.¦ iPhones are dear."),
        ("en", "They didn't.¦ Today’s news doesn’t help.¦ Nor does it harm."),
        ("en", "Cats, dogs, etc.¦ There's more.¦ Cats, dogs, etc. Brown ones."),
        ("en", "No.¦ Nobody came to No. 5.¦ See no. IV, too."),
        ("en", "1. Boil the water.¦ 2. Add tea.¦ Do this: 3. Wait."),
        ("en", "He paid on Nov. 1.¦ Thanks to him."),
        ("en", "Choose plan B.¦ The rest is easy.¦ Ask A. A. Milne."),
        ("en", "She went to Ft. Worth, esp. the old town.¦ It rained."),
        ("en", "It costs more.¦ $80 is too much."),
        ("en", "i saw it.¦ it was red.¦ where is yours?¦ i think so... it may be."),
        ("en", "“Stop!” she said.¦ “Who?” he asked, etc. the usual."),
    ],
)
def test_lines(language: str, line: str) -> None:
    assert marked(line.replace("¦", ""), language) == line


@pytest.mark.parametrize(
    "text",
    [
        *("." * 10**6, "." * 10**6 + "x", ".)" * 10**6 + "x", "x" * 10**6, ". " + "a-" * 10**6),
        *("z. " * 10**5, "„" * 10**6 + ". A", "1. " * 10**5, "\u2060" * 10**6 + ". A"),
    ],
    ids=lambda text: repr(text[:3] + "…" + text[-3:]),
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_long_runs_take_no_long_time(text: str, language: str) -> None:
    start = time.process_time()
    assert "".join(map("".join, split.split(text, rules.load(language)))) == text
    assert time.process_time() - start < 5  # linear: some tenths of a second


def test_numbers_with_a_dot_end_english_sentences_but_not_german_ones() -> None:
    text = "Es waren 12. Kinder."
    assert [len(split.split(text, rules.load(name))) for name in ("de", "en")] == [1, 2]


@pytest.mark.parametrize(
    ("locale", "label"),
    [("de-AT", "de/2"), ("ru", "ru/2"), ("kk-Cyrl", "kk/2"), ("en-GB", "en/2"), ("xx", "en/2")],
)
def test_rules_are_named(locale: str, label: str) -> None:
    assert rules.load(locale).label == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_hold_words_without_dots_at_their_ends(language: str) -> None:
    data = rules.load(language)
    assert [w for w in data.never | data.maybe | data.starters if w.strip(".") != w] == []
    assert data.never
    assert data.starters


PIECES = [
    *"Er Sie Wort Dr. z. B. d. h. usw. 3. 10. 1985. Jänner II. A. U.S.A. … ... . ! ? ?! „ “ » « "
    "( ) [ ] – - ‚ ‘ ja, und: Он г. т. е. Бұл ж. Mr. e.g. 你好。 ١٢. \\ * § № iPhone".split(),
    " ", "  ", "\n", "\\\n", "\xa0", "\u2009", "\u2060", "",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join),
                  st.lists(st.sampled_from(PIECES)).map("".join))  # fmt: skip


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_nothing_is_lost(text: str, language: str) -> None:
    pieces = split.split(text, rules.load(language))
    assert "".join(sentence + gap for sentence, gap in pieces) == text
    assert pieces[-1][1] == ""
    assert all(sentence.strip() for sentence, _ in pieces[:-1])
    assert all(gap.replace("\\\n", "\n").isspace() for _, gap in pieces[:-1])


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_spans_are_in_order_and_of_white_space(text: str, language: str) -> None:
    end = 0
    for start, stop in split.spans(text, rules.load(language)):
        assert end < start < stop < len(text)
        end = stop
