"""A project whose catalog holds everything that people and engines leave in one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.trees import write
from workflow.catalogs import marks, own, po, writing
from workflow.model import COVERED, Catalog, Entry

Auflage = Callable[..., tuple[int, str, str]]
PATH = "locale/ru/LC_MESSAGES/reich.po"
TEMPLATE = "locale/reich.pot"

ARTICLE = """\
---
title: Ein Titel
lead: "Der Vorspann. Zweiter „Satz“ im Vorspann."
---

Angenommen ist dieser Satz. Ein "gerades" Zitat und C:\\\\Ordner\\\\neu. Noch fehlt dieser.

Eine Zeile\\
und die nächste\\
und eine dritte.

## Der Titel

Siehe [Link](https://example.org/a_b "Der \\"Titel\\"") und `code\\n\ttab`.

Erst so. Dann so.

![Ein Bild](bild.png)

<!-- segmentation: paragraph -->
Ein ganzer Absatz. Mit zwei Sätzen, und er ist so lang, dass ihn gettext in mehrere Zeilen
umbricht, wenn man es nicht daran hindert, denn hundert Zeichen sind ihm zu viel.
"""

NOTE = (
    "Anna: „Oblast“ steht im Duden, und diese Bemerkung ist länger als die neunundsiebzig "
    "Zeichen, nach denen gettext umbricht."
)
PERSON = "Anna-Maria Österreicher <anna-maria.oesterreicher@example.org>"


def rich(project: Path, auflage: Auflage) -> Catalog:
    """Put the article into a project, and its catalog, to which an update has nothing to add."""
    write(project, "source/reich.md", ARTICLE)
    write(project, "source/bild.png", b"")
    assert auflage(project, "update")[0] == 0
    fresh = read(project / PATH)
    assert {entry.msgid for entry in fresh.entries} == set(_FILLED)
    entries = (*(_FILLED[entry.msgid](entry) for entry in fresh.entries), *_OBSOLETE)
    full = replace(fresh, entries=entries)
    write(project, PATH, writing.serialise(full))
    assert "nothing to do" in auflage(project, "update")[1]
    return read(project / PATH)


def read(path: Path) -> Catalog:
    """Read a catalog as the command does."""
    return po.parse(po.decode(path.read_bytes(), path.name), path.name)


def _accepted(text: str, *comments: str) -> Callable[[Entry], Entry]:
    return lambda entry: replace(entry, msgstr=text, comments=comments)


def _reviewed(text: str) -> Callable[[Entry], Entry]:
    def fill(entry: Entry) -> Entry:
        hashes = f"s={marks.digest(entry.msgid)} t={marks.digest(text)}"
        mark = f"reviewed: {PERSON} 2026-11-23 {hashes}"
        return replace(entry, msgstr=text, comments=("vor der Marke", mark))

    return fill


def _drafted(text: str, *reasons: str) -> Callable[[Entry], Entry]:
    return lambda entry: marks.with_machine(
        entry, text, engine="llm", date="2026-11-22", reasons=reasons
    )


def _stale(text: str, previous: str, context: str | None = None) -> Callable[[Entry], Entry]:
    return lambda entry: replace(
        entry, msgstr=text, flags=("fuzzy",), previous=previous, previous_context=context
    )


_FILLED: dict[str, Callable[[Entry], Entry]] = {
    "Ein Titel": _accepted("Заголовок"),
    "Der Vorspann.": _drafted("Вводная часть."),
    "Zweiter „Satz“ im Vorspann.": _reviewed("Второе «предложение» введения."),
    "Angenommen ist dieser Satz.": _accepted(
        "Это предложение\u00a0— принято.", "", "Erste Zeile", "", "  eingerückt", NOTE
    ),
    'Ein "gerades" Zitat und C:\\\\Ordner\\\\neu.': _stale(
        '"Прямая" цитата и C:\\\\каталог.', 'Ein "schiefes" Zitat,\tund C:\\\\Ordner.', "heading"
    ),
    "Noch fehlt dieser.": _accepted("", "check: ignore numbers"),
    "Eine Zeile\nund die nächste\nund eine dritte.": _accepted("Строка\nи другая\nи третья."),
    "Der Titel": _stale("Старый заголовок", "Der\nfrühere\nTitel"),
    'Siehe [Link](https://example.org/a_b "Der \\"Titel\\"") und `code\\n\ttab`.': _accepted(
        'См. [ссылку](https://example.org/a_b "\\"Заголовок\\"") и `code\\n\ttab`.'
    ),
    'Der "Titel"': lambda entry: replace(entry, msgstr="«Титул»?", flags=("fuzzy",)),
    "Erst so.": _accepted("Сначала так, потом так."),
    "Dann so.": _accepted(COVERED),
    "Ein Bild": _drafted("Картина", "numbers", "length"),
    "Ein ganzer Absatz. Mit zwei Sätzen, und er ist so lang, dass ihn gettext in mehrere Zeilen "
    "umbricht, wenn man es nicht daran hindert, denn hundert Zeichen sind ihm zu viel.": _accepted(
        "Целый абзац из двух предложений, и он так длинен, что gettext разбивает его на строки, "
        "если ему не помешать, потому что сто знаков для него слишком много."
    ),
    own.CREDIT.msgid: _accepted("Перевод: *Анна* Иванова", "von ihr selbst"),
    own.NOTE.msgid: _accepted("Слово «область» оставлено.\nАнна"),
}

_OBSOLETE = (
    Entry("Fort ist dieser Satz.", "Этого предложения нет.", comments=("schade", "um ihn")),
    _drafted("Черновик исчез.")(Entry("Ein Entwurf, der fort ist.")),
    _stale("Два\nстарых", "Eins\nzwei", "title")(Entry("Fort,\nzwei Zeilen.", msgctxt="heading")),
)
_OBSOLETE = tuple(replace(entry, obsolete=True) for entry in _OBSOLETE)
