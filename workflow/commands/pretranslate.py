"""`auflage pretranslate`: fill what is missing, by the engines of each locale."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from workflow import articles, plan, store
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.errors import AuflageError, EngineError
from workflow.model import Entry
from workflow.pretranslate import engines, fill, ladder
from workflow.pretranslate.engines.protocol import Engine, Query, Setting
from workflow.store import Project

# An engine that costs money or time is saved after every so many answers.
_BATCH = 20


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for."""

    names: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    """In order; none means those of the configuration."""
    redo: bool = False
    """Replace machine text that nobody has changed."""
    dry_run: bool = False
    """Say what would be sent, and send nothing."""
    allow: Callable[[str, bool], bool] = field(default=lambda notice, configured: False)
    """Told where text is to go before any does, and whether the configuration names the
    engine; answers whether it may."""


@dataclass(slots=True)
class _Target:
    """One catalog, and what becomes of it."""

    name: str
    locale: str
    path: str
    source: str
    filled: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    drafted: set[fill.Key] = field(default_factory=set)
    """What a dry run would fill from this machine: nothing is written, nothing asked twice."""
    left: int = 0


def pretranslate(project: Project, request: Request, *, time: str) -> Report:
    """Fill missing segments.

    Raises:
        UsageError: an article, a locale or an engine that does not exist.
    """
    check_locales(project, request.locales)
    chains = [request.engines or project.config.engines_for(locale) for locale in project.locales]
    for name in dict.fromkeys(chain.from_iterable(chains)):
        engines.check(name)
    report = Report(data=[])
    for target in _targets(project, request, report):
        try:
            _fill(project, request, target, time, report)
        except AuflageError as error:
            if error.exit_code == 2:
                raise
            report.fail(error)
            continue
        _tell(target, report, "would fill" if request.dry_run else "filled")
    if report.partly and not report.errors:
        report.lines.append(
            "left: translate it in an editor, put drafts under locale/drafts/, or choose an engine:"
        )
        report.lines.append(
            f"auflage pretranslate --engine NAME ({', '.join(engines.names())}), "
            "or “engines” in the configuration"
        )
    return report


def _targets(project: Project, request: Request, report: Report) -> Iterator[_Target]:
    for name in store.select(request.names, project.articles(), "article"):
        try:
            source = plan.source_locale(project, name)
        except AuflageError as error:
            report.fail(error)
            continue
        for locale in plan.targets(project, source, request.locales):
            yield _Target(name, locale, project.catalog(name, locale), source)


def _fill(project: Project, request: Request, target: _Target, time: str, report: Report) -> None:
    entries = _wanted(project, target, redo=request.redo)
    for name in request.engines or project.config.engines_for(target.locale):
        if not entries:
            break
        try:
            engine = engines.load(name, _setting(project, target, time))
            if engine.capabilities.host and not _may_send(engine, entries, target, request, report):
                continue
            _run(project, engine, entries, target, request, time)
        except EngineError as error:
            report.fail(f"{target.locale}: {error}")
        entries = _wanted(project, target, redo=False)
    target.left = len(_wanted(project, target, redo=False))
    report.partly |= bool(target.left)


def _run(
    project: Project,
    engine: Engine,
    entries: Sequence[Entry],
    target: _Target,
    request: Request,
    time: str,
) -> None:
    """Ask in batches; each is saved before the next, over the catalog as it is then."""
    rest = iter(entries)
    size = _BATCH if engine.capabilities.host else len(entries)
    while batch := tuple(islice(rest, size)):
        answers: list[fill.Answer] = []
        try:
            queries = [Query("", entry.msgid, entry.msgctxt) for entry in batch]
            climbed = ladder.climb(engine, queries, target.locale, target.source)
            for entry, answer in zip(batch, climbed, strict=False):
                answers.append(fill.Answer(entry.key, answer.draft, answer.refusal))
        finally:
            _save(project, target, answers, request, time)


def _save(
    project: Project,
    target: _Target,
    answers: Sequence[fill.Answer],
    request: Request,
    time: str,
) -> None:
    catalog = articles.catalog(project, target.path)
    if catalog is None:
        raise EngineError("the catalog vanished while it was being filled", path=target.path)
    if request.dry_run:
        target.drafted |= {answer.key for answer in answers if answer.draft}
    else:
        filled = fill.apply(catalog, answers, now=time, redo=request.redo)
        articles.write_catalog(project, target.path, filled)
    for answer in answers:
        if answer.draft:
            target.filled[answer.draft.engine] += 1
        elif answer.reason:
            target.refused[answer.reason] += 1


def _may_send(
    engine: Engine, entries: Sequence[Entry], target: _Target, request: Request, report: Report
) -> bool:
    characters = sum(len(entry.msgid) for entry in entries)
    notice = (
        f"{engine.name}: {len(entries)} segments of {target.name}, {characters} characters, "
        f"go to {engine.capabilities.host} ({target.locale})"
    )
    if request.dry_run:
        report.lines.append(notice)
        return False
    if request.allow(notice, not request.engines):
        return True
    report.lines.append("nothing was sent; add --yes to send it")
    return False


def _wanted(project: Project, target: _Target, *, redo: bool) -> tuple[Entry, ...]:
    catalog = articles.catalog(project, target.path)
    if catalog is None:
        raise EngineError("there is no catalog yet; run: auflage update", path=target.path)
    entries = fill.wanted(catalog, redo=redo)
    return tuple(entry for entry in entries if entry.key not in target.drafted)


def _setting(project: Project, target: _Target, time: str) -> Setting:
    path = project.drafts(target.name, target.locale)
    drafts = (project.read_text(path), path) if project.exists(path) else None
    return Setting(target.source, target.locale, time[:10], drafts)


def _tell(target: _Target, report: Report, verb: str) -> None:
    filled = ", ".join(f"{number} by {engine}" for engine, number in target.filled.items())
    parts = [f"{verb} {filled}" if filled else "nothing filled"]
    if target.left:
        reasons = ", ".join(f"{why}: {number}" for why, number in target.refused.items())
        parts.append(f"{target.left} left" + (f" ({reasons})" if reasons else ""))
    report.lines.append(f"{target.path}: {'; '.join(parts)}")
    report.data.append(
        {
            "path": target.path,
            "locale": target.locale,
            "filled": dict(target.filled),
            "refused": dict(target.refused),
            "left": target.left,
        }
    )
