"""The tables of sound and of wrong translations: tests and benchmarks read them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
LOCALES = ("ru", "kk", "en")


@dataclass(frozen=True)
class Planted:
    """A translation with an error."""

    codes: frozenset[str]
    """The checks of which one must find it."""
    locale: str
    msgid: str
    msgstr: str
    sound: str = ""
    """The same without the error, if there is one."""


def clean() -> Iterator[tuple[str, str, str]]:
    """Sound translations: locale, source, text."""
    tables = _read("clean-translations.toml")
    yield from map(tuple, tables["single"])
    for text in tables["text"]:
        yield from ((locale, text["de"], text[locale]) for locale in LOCALES)


def planted() -> Iterator[Planted]:
    """Wrong translations."""
    texts = _read("clean-translations.toml")["text"]
    tables = _read("planted-errors.toml")
    for codes, locale, begins, old, new in tables["planted"]:
        (text,) = (text for text in texts if text["de"].startswith(begins))
        sound = text[locale]
        assert old == "*" or old in sound, (begins, old)
        wrong = new if old == "*" else sound.replace(old, new, 1)
        yield Planted(frozenset(codes.split("|")), locale, text["de"], wrong, sound)
    for codes, locale, source, wrong in tables["whole"]:
        yield Planted(frozenset(codes.split("|")), locale, source, wrong)


def _read(name: str) -> dict[str, list]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
