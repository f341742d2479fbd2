"""Locale names in their three forms."""

import pytest

from workflow import locales


@pytest.mark.parametrize(
    "tag", ["de", "de-AT", "kk", "kk-Latn", "zh-Hant-TW", "es-419", "pt-BR", "yue"]
)
def test_tags(tag: str) -> None:
    assert locales.is_tag(tag)


@pytest.mark.parametrize(
    "text",
    ["", "d", "DE", "de-at", "de_AT", "de-", "german", "de-AT-x", "kk-latn", "de\n", " de", "../de",
     "es-41", "de-AT1"],
)  # fmt: skip
def test_other_texts_are_no_tags(text: str) -> None:
    assert not locales.is_tag(text)


@pytest.mark.parametrize(
    ("tag", "language", "gettext"),
    [
        ("ru", "ru", "ru"),
        ("de-AT", "de", "de_AT"),
        ("es-419", "es", "es_419"),
        ("kk-Cyrl", "kk", "kk@cyrillic"),
        ("kk-Latn", "kk", "kk@latin"),
        ("kk-Arab-CN", "kk", "kk_CN@arabic"),
        ("zh-Hant-TW", "zh", "zh_TW@hant"),
    ],
)
def test_forms(tag: str, language: str, gettext: str) -> None:
    assert (locales.language(tag), locales.to_gettext(tag)) == (language, gettext)


@pytest.mark.parametrize(
    ("locale", "among", "expected"),
    [
        ("de-AT", ["de-AT", "ru", "kk"], "de"),
        ("de-AT", [], "de"),
        ("ru", ["de-AT", "ru", "ru"], "ru"),
        ("pt-BR", ["pt-PT", "pt-BR"], "pt-BR"),
        ("pt-PT", ["pt-BR"], "pt-PT"),
        ("kk", ["kk", "kk-Latn"], "kk"),
        ("kk-Latn", ["kk", "kk-Latn"], "kk-Latn"),
    ],
)
def test_folder(locale: str, among: list[str], expected: str) -> None:
    assert locales.folder(locale, among) == expected


def test_no_two_locales_share_a_folder() -> None:
    tags = ["de", "de-AT", "kk", "kk-Latn", "kk-Cyrl", "pt-BR", "pt-PT", "ru", "es-419", "es"]
    assert len({locales.folder(tag, tags) for tag in tags}) == len(tags)
    assert len({locales.to_gettext(tag) for tag in tags}) == len(tags)
