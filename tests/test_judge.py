"""What to think of an engine's answer."""

import pytest

from tests.conftest import KASACHSTAN
from workflow.catalogs import po
from workflow.pretranslate import judge

GERMAN = "Die Proteste begannen am 3. Januar in Zhanaozen mit 3.000 Menschen."
RUSSIAN = "Протесты начались 3 января в Жанаозене, вышли 3 000 человек."
KAZAKH = "Наразылықтар 3 қаңтарда Жаңаөзенде 3 000 адаммен басталды."


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale", "word"),
    [
        (GERMAN, RUSSIAN, "ru", None),
        (GERMAN, KAZAKH, "kk", None),
        (GERMAN, RUSSIAN, "kk", "script"),
        (GERMAN, "The protests began on 3 January in Zhanaozen.", "ru", "script"),
        (GERMAN, "Narazylyqtar 3 qañtarda Jañaözende bastaldy, bäri.", "kk", "script"),
        (GERMAN, "The protests began on 3 January in Zhanaozen.", "en", None),
        (GERMAN, GERMAN, "en", "copy"),
        (GERMAN, f" {GERMAN}\n", "en", "copy"),
        ("Linkswende 2022", "Linkswende 2022", "ru", None),
        ("Almaty", "Almaty", "kk", None),
        (GERMAN, "", "ru", "empty"),
        (GERMAN, " \u00a0", "ru", "empty"),
        (GERMAN, "да " * 100, "ru", "length"),
        ("Ja.", "Да, конечно, так оно и есть.", "ru", None),
        (GERMAN, RUSSIAN, "en", "script"),
        (GERMAN, RUSSIAN, "kk-Latn", "script"),
        ("Er sagte „Привет, товарищи“.", "«Привет, товарищи»", "en", None),
        (GERMAN, "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS", "en", "warning"),
        (GERMAN, "I'm sorry, but I can't translate this text.", "en", "warning"),
        (GERMAN, "Too Many Requests", "en", "warning"),
        (GERMAN, "502 Bad Gateway nginx", "en", "warning"),
        (GERMAN, "Превышен лимит запросов. Попробуйте позже.", "ru", "warning"),
        (GERMAN, "Сұраулар шегінен асып кетті.", "kk", "warning"),
        (GERMAN, "Hier ist die Übersetzung:", "en", "warning"),
        (GERMAN, RUSSIAN + " HTTPS://E.VIL", "ru", "address"),
        ("„As an AI“ ist ein Buch über Maschinen.", "“As an AI” is a book.", "en", None),
        (GERMAN, r"\<html\>\<body\>Bad gateway\</body\>", "en", "html"),
        ("Der Tag <b> macht fett.", "The tag <b> makes it bold.", "en", None),
        (GERMAN, RUSSIAN + " https://e.vil", "ru", "address"),
        ("Siehe https://a.org.", "См. https://a.org.", "ru", None),
        (GERMAN, "Протесты протесты протесты протесты.", "ru", "salad"),
        ("Nein, nein, nein, nein!", "Нет, нет, нет, нет!", "ru", None),
        (GERMAN, RUSSIAN + "\u202e", "ru", "control"),
        (GERMAN, RUSSIAN + "\x07", "ru", "control"),
        (GERMAN, RUSSIAN + "\t", "ru", "control"),
        (GERMAN, RUSSIAN.replace(", ", ",\n"), "ru", None),
        (GERMAN, RUSSIAN, "ru-KZ", None),
        ("Auf nach vorn!", "Вперёд!", "kk", None),  # too short to tell
    ],
)
def test_rejected(msgid: str, msgstr: str, locale: str, word: str | None) -> None:
    assert judge.rejected(msgid, msgstr, locale) == word


@pytest.mark.parametrize(
    ("msgid", "msgstr", "found"),
    [
        (GERMAN, RUSSIAN, ()),
        (GERMAN, KAZAKH, ()),
        (GERMAN, RUSSIAN.replace("3 000", "3\u202f000"), ()),
        (GERMAN, RUSSIAN.replace("3 000", "300"), ("numbers",)),
        ("1,5 Prozent", "1.5 percent", ()),
        ("1,5 Prozent", "15 percent", ("numbers",)),
        ("von 8. auf 9.", "с 9 на 8", ()),
        ("Am 10. Jänner 2022 war es.", "Это было 10 января 2022 года.", ()),
        ("Am 3.1.2022 war es.", "Это было 3 января 2022 года.", ()),
        ("Am 3.1.2022 war es.", "Это было 4 января 2022 года.", ("numbers",)),
        ("Das 19. Jahrhundert war lang.", "XIX век был долгим.", ()),
        ("Es waren 1.234,50 Euro.", "It was 1,234.50 euros.", ()),
        ("Es waren 1.234,50 Euro.", "It was 1,234.05 euros.", ("numbers",)),
        ("Es kamen 3.000.", "It was 3.", ("numbers",)),
        ("Es kamen 3.000.", "Пришло 3.000.", ()),
        ("Es kamen 3.000.", "Пришло 3,000.", ("numbers",)),
        ("Es waren 0,125 Meter.", "Это было 0,125 метра.", ()),
        ("Es waren 0,125 Meter.", "Это было 125 метров.", ("numbers",)),
        ("Am 3.1.2022 war es.", "Это было 3.2.2022.", ("numbers",)),
        ("Es hatte -7 Grad.", "Было −7 градусов.", ()),
        ("Es hatte -7 Grad.", "Было минус 7 градусов.", ()),
        ("Es hatte -7 Grad.", "Было 7 градусов.", ("numbers",)),
        ("Es hatte -7 Grad.", "Было ±7 градусов.", ("numbers",)),
        ("Von 1990–1991 war es.", "Это было с 1990-1991.", ()),
        ("Es waren 50 % davon.", "Это было 50 процентов.", ()),
        ("Es waren 50 % davon.", "Это было 50 из них.", ("numbers",)),
        ("Es waren 50 % davon.", "Это было 50 ‰ из них.", ("numbers",)),
        ("Es war ½ davon.", "Это была ¼ из них.", ("numbers",)),
        ("Es waren 10² davon.", "Это было 10³ из них.", ("numbers",)),
        ("Im Jahr MCMXVII war es.", "Это было в 1917 году.", ()),
        ("Im Jahr MCMXVII war es.", "Это было в году MCMXVI.", ("numbers",)),
        ("Die CD kam.", "Пришёл диск.", ()),
        ("Er ging. Sie kam.", "Он ушёл, она пришла.", ("sentences",)),
        ("Kam sie?", "Она пришла.", ("end",)),
        ("„Kommt sie?“", "«Она придёт?»", ()),
        ("„Ja“, sagte er.", "Да, сказал он.", ("quotes",)),
        ("Die Polizei kam.", "Прибыла Polizei.", ("latin",)),
        ("Die Polizei kam.", "Прибылa полиция.", ("mixed",)),
        ("Die Polizei kam.", "Прибыла прибыла полиция.", ("repeats",)),
        ("Mit `git push` geht das.", "Это делает `git push`.", ()),
        ("Zwei", "2", ("numbers",)),
        (GERMAN, "Да: 3, 3000.", ("length",)),
        (GERMAN, RUSSIAN * 3, ("numbers", "length", "repeats")),
        ("Arbeiter_innen", "Arbeiter_innen", ("gender", "latin")),
        ("Arbeiter_innen", "рабочие_ницы", ("gender",)),
        ("Arbeiter_innen", "рабочие", ()),
    ],
)
def test_reasons(msgid: str, msgstr: str, found: tuple[str, ...]) -> None:
    assert judge.reasons(msgid, msgstr, "ru") == found


@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_good_translations_are_not_rejected(locale: str) -> None:
    text = (KASACHSTAN / f"locale/{locale}/LC_MESSAGES/kasachstan-2022.po").read_text("utf-8")
    entries = list(po.parse(text, "a.po").texts)
    assert [judge.rejected(e.msgid, e.msgstr, locale) for e in entries] == [None] * 83
    others = {"ru": "kk", "kk": "ru", "en": "ru"}[locale]
    long = [e for e in entries if len(e.msgstr) > 60]
    caught = [judge.rejected(e.msgid, e.msgstr, others) == "script" for e in long]
    # Kazakh passes for Russian: only the letters that Kazakh has and Russian has not tell.
    assert all(caught) if locale != "kk" else not any(caught)


@pytest.mark.parametrize(
    ("msgstr", "found"),
    [("It was 3,000 then.", ()), ("It was 3.000 then.", ("numbers",))],
)
def test_english_has_a_decimal_point(msgstr: str, found: tuple[str, ...]) -> None:
    assert judge.reasons("Es waren 3.000 damals.", msgstr, "en") == found


def test_good_translations_give_few_reasons() -> None:
    """What people accepted must not look doubtful: two entries of a hundred at most."""
    for locale in ("ru", "kk", "en"):
        text = (KASACHSTAN / f"locale/{locale}/LC_MESSAGES/kasachstan-2022.po").read_text("utf-8")
        entries = list(po.parse(text, "a.po").texts)
        doubted = [
            (entry.msgid, why)
            for entry in entries
            if (why := set(judge.reasons(entry.msgid, entry.msgstr, locale)) - {"gender"})
        ]
        assert len(doubted) <= 2, doubted


def test_quality_falls_with_every_reason() -> None:
    assert judge.quality(()) == 1
    assert judge.quality((), 0.8) == 0.8
    for reason in judge.PENALTIES:
        assert judge.quality((reason,), 0.8) <= 0.8
    assert judge.quality(("numbers",)) < judge.quality(("pieces",)) < judge.quality(("end",))
