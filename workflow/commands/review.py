"""`auflage status --review`: what waits for a person, the worst first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from workflow import articles, plan, store
from workflow.catalogs import marks
from workflow.commands import Report, quoted
from workflow.commands.catalogs import check_locales
from workflow.errors import AuflageError
from workflow.model import Entry, State
from workflow.store import Project

# A text whose source has changed, or that a person called unfinished, is wrong as likely as not.
_DOUBTFUL: Final = 0.5
_WAITING: Final = (State.STALE, State.MACHINE, State.FUZZY)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry to be reviewed."""

    path: str
    number: int
    """Its place in the catalog, from 1: what `auflage approve` calls it."""
    entry: Entry
    state: State
    quality: float
    """From 0 to 1."""
    reasons: tuple[str, ...]


def review(project: Project, *, names: tuple[str, ...], locales: tuple[str, ...]) -> Report:
    """List the entries that wait for a person, the worst first.

    They have a text that nobody has accepted, or one that was changed since its review.

    Raises:
        UsageError: an article or a locale that does not exist.
    """
    check_locales(project, locales)
    report = Report(data=[])
    found = list(_all(project, names, locales, report))
    found.sort(key=lambda waiting: waiting.quality)  # equals stay in the order of the article
    for waiting in found:
        report.lines += _lines(waiting)
        report.data.append(_datum(waiting))
    if not found and not report.errors:
        report.lines.append("nothing waits for a review")
    return report


def waiting(path: str, entries: Iterable[Entry]) -> Iterator[Waiting]:
    """The entries of a catalog that wait for a person."""
    for number, entry in enumerate(entries, start=1):
        state = marks.state(entry)
        former = marks.overtaken(entry)
        if state not in _WAITING and not former:
            continue
        mark = marks.machine(entry) if entry.fuzzy else None
        quality = mark.quality if mark else _DOUBTFUL
        reasons = mark.reasons if mark else (state.value,)
        if former:
            reasons = (*reasons, f"reviewed by {former.who} on {former.date}, changed since")
        yield Waiting(path, number, entry, state, quality, reasons)


def _all(
    project: Project, names: tuple[str, ...], locales: tuple[str, ...], report: Report
) -> Iterator[Waiting]:
    for name in store.select(names, project.articles(), "article"):
        try:
            targets = plan.targets(project, plan.source_locale(project, name), locales)
        except AuflageError as error:
            report.fail(error)
            continue
        for locale in targets:
            path = project.catalog(name, locale)
            try:
                catalog = articles.catalog(project, path)
            except AuflageError as error:
                report.fail(error)
                continue
            if catalog:
                yield from waiting(path, catalog.live)


def _lines(waiting: Waiting) -> Iterator[str]:
    why = f" ({', '.join(waiting.reasons)})" if waiting.reasons else ""
    place = f"{waiting.path}:{waiting.entry.line}: entry {waiting.number}"
    yield f"{place}: {waiting.state} {waiting.quality:.2f}{why}"
    if waiting.entry.previous not in (None, waiting.entry.msgid):
        yield f"    before  {quoted(waiting.entry.previous or '')}"
    yield f"    msgid   {quoted(waiting.entry.msgid)}"
    yield f"    msgstr  {quoted(waiting.entry.msgstr)}"


def _datum(waiting: Waiting) -> dict[str, Any]:
    entry = waiting.entry
    return {
        "path": waiting.path,
        "line": entry.line,
        "entry": waiting.number,
        "state": waiting.state.value,
        "quality": waiting.quality,
        "reasons": list(waiting.reasons),
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgstr": entry.msgstr,
    }
