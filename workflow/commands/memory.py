"""`auflage memory`: look a text up, export what is accepted, take in a memory that others made."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from workflow import plan, store
from workflow.catalogs import memory, tmx
from workflow.catalogs.memory import Match, Memory, Unit
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.commands.remember import Remembered
from workflow.errors import CatalogError, UsageError
from workflow.segments.inline import normalise
from workflow.store import Project

_BEST: Final = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for: one of the first three, or none."""

    text: str | None = None
    """Look it up."""
    exporting: Path | None = None
    importing: Path | None = None
    names: tuple[str, ...] = ()
    """Only these articles, and nothing from locale/memory/."""
    locales: tuple[str, ...] = ()
    force: bool = False
    """Write over a file that exists."""


def remembered(project: Project, request: Request) -> Report:
    """Do what was asked with the translation memory; without a wish, say what is in it.

    Raises:
        UsageError: several wishes at once, an article or a locale that does not exist, or a
            file that is already there.
        CatalogError: the file to import is no TMX, or has nothing for this project.
        StoreError: a file cannot be read or written.
    """
    wishes = (request.text, request.exporting, request.importing)
    if sum(wish is not None for wish in wishes) > 1:
        raise UsageError("one at a time: a text to look up, --export or --import")
    check_locales(project, request.locales)
    names = store.select(request.names, project.articles(), "article")
    report = Report(data=[])
    run = _Run(project, request, names, report, Remembered(project, report.fail))
    if request.exporting:
        _export(run, request.exporting)
    elif request.importing:
        _import(run, request.importing)
    elif request.text is not None:
        _look_up(run, normalise(request.text))
    else:
        _count(run)
    return report


@dataclass(frozen=True, slots=True)
class _Run:
    project: Project
    request: Request
    names: tuple[str, ...]
    report: Report
    known: Remembered

    def locales(self) -> tuple[str, ...]:
        """The locales that were asked for."""
        wanted = self.request.locales
        return tuple(
            locale for locale in self.project.locales if not wanted or plan.asked(locale, wanted)
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Source and target locales of the project's articles."""
        for source in self.known.sources():
            for target in plan.targets(self.project, source, self.request.locales):
                yield source, target

    def units(self, locale: str) -> Iterator[Unit]:
        """What is remembered in a locale, whatever it was translated from."""
        for source, target in self.pairs():
            if target == locale:
                yield from self.known.accepted(source, target, self.names)
                if not self.request.names:
                    yield from self.known.imported(source, target)


def _count(run: _Run) -> None:
    for locale in run.locales():
        counted = Counter(unit.origin for unit in run.units(locale))
        total = counted.total()
        run.report.lines.append(f"{locale}: {total} in the memory")
        run.report.lines += (f"  {number:>6}  {origin}" for origin, number in counted.items())
        run.report.data.append({"locale": locale, "units": total, "from": dict(counted)})
    if not any(datum["units"] for datum in run.report.data):
        run.report.lines.append("a sentence is remembered when it is accepted: no longer fuzzy")


def _look_up(run: _Run, text: str) -> None:
    if not text:
        raise UsageError("there is no text to look up")
    for locale in run.locales():
        found = _best(Memory(run.units(locale)), text)
        run.report.lines.append(f"{locale}:" if found else f"{locale}: no match")
        for match in found:
            context = f" ({match.unit.msgctxt})" if match.unit.msgctxt else ""
            run.report.lines += (
                f"  {match.score:>3} %  {match.unit.origin}{context}",
                f"         {_line(match.unit.msgid)}",
                f"         {_line(match.text)}",
            )
        run.report.data.append({"locale": locale, "matches": [_datum(match) for match in found]})


def _best(known: Memory, text: str) -> list[Match]:
    """The best matches in whatever context: a person who asks knows the place."""
    found = chain.from_iterable(known.matches(text, one, limit=_BEST) for one in known.contexts)
    return sorted(found, key=lambda match: -match.score)[:_BEST]


def _export(run: _Run, file: Path) -> None:
    found = list(_fit(run, _accepted(run)))
    if run.report.errors:
        run.report.fail(f"{file}: not written, because of that")
        return
    if not found:
        run.report.fail(f"{file}: not written: no sentence is accepted yet (drafts do not count)")
        return
    units = memory.exported(found)
    counted = Counter(variant.locale for unit in units for variant in unit.variants[1:])
    _write(run, file, str(file), tmx.serialise(units).encode("utf-8"), counted)


def _accepted(run: _Run) -> Iterator[tuple[str, str, Unit]]:
    for name in run.names:
        for locale in run.locales():
            source, units = run.known.of_article(name, locale)
            for unit in units:
                yield source, locale, unit


def _fit(run: _Run, found: Iterable[tuple[str, str, Unit]]) -> Iterator[tuple[str, str, Unit]]:
    """Leave out what XML cannot hold, and say so."""
    for source, locale, unit in found:
        letter = tmx.unfit(unit.msgid, unit.msgstr, unit.msgctxt or "", unit.origin)
        if letter is None:
            yield source, locale, unit
        else:
            run.report.warnings.append(
                f"{unit.origin} ({locale}): left out, because XML cannot "
                f"hold the character U+{ord(letter):04X} in it: “{_line(unit.msgid)}”"
            )


def _import(run: _Run, file: Path) -> None:
    shown = str(file)
    if file.resolve().is_relative_to((run.project.root / "locale/drafts").resolve()):
        raise UsageError(f"{shown} holds drafts; they become memory when people accept them")
    data = store.read(file, shown=shown)
    units = tmx.parse(tmx.decode(data, shown), shown)
    counted = Counter(
        target
        for source, target in run.pairs()
        for _ in memory.translated(units, source, target, shown)
    )
    if not counted:
        raise CatalogError(_nothing(run, units), path=shown)
    path = run.project.memory(_name(file))
    _write(run, run.project.root / path, path, data, counted)


def _nothing(run: _Run, units: tuple[tmx.Unit, ...]) -> str:
    spoken = {variant.locale for unit in units for variant in unit.variants}
    has = f"its languages are {', '.join(sorted(spoken))}" if spoken else "it is empty"
    sources, targets = ", ".join(run.known.sources()), ", ".join(run.locales()) or "none"
    return f"nothing in it is a translation from {sources} into {targets}; {has}"


def _name(file: Path) -> str:
    name = file.stem.lstrip(".")
    if not name or not name.isprintable():
        raise UsageError(f"“{file.name}” cannot be a memory's name; rename the file")
    return name


def _write(run: _Run, file: Path, shown: str, data: bytes, counted: Counter[str]) -> None:
    """Write a file; over another one only if the person insists.

    Raises:
        UsageError: there is another one.
    """
    if file.exists() and not file.is_file():
        raise UsageError(f"{shown} is no file; name another one")
    if file.exists() and not run.request.force and store.read(file, shown=shown) != data:
        raise UsageError(f"{shown} exists already; --force writes over it")
    changed = store.replace(file, data, shown=shown)
    listed = ", ".join(f"{counted[locale]} {locale}" for locale in run.locales() if counted[locale])
    note = "" if changed else "nothing to do, it is there already: "
    run.report.lines.append(f"{shown}: {note}{listed}")
    run.report.data = {"path": shown, "changed": changed, "units": dict(counted)}


def _line(text: str) -> str:
    return text.replace("\n", "\\n")


def _datum(match: Match) -> dict[str, Any]:
    unit = match.unit
    return {
        "score": match.score,
        "msgctxt": unit.msgctxt,
        "msgid": unit.msgid,
        "msgstr": match.text,
        "from": unit.origin,
        "date": unit.changed.date().isoformat() if unit.changed else None,
    }
