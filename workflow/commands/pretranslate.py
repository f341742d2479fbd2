"""`auflage pretranslate`: fill what is missing, by the engines of each locale."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from workflow import plan, store, termbase
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.commands.filling import Run
from workflow.commands.remember import Remembered
from workflow.commands.turn import Request, Target
from workflow.errors import AuflageError
from workflow.pretranslate import engines
from workflow.store import Project


def pretranslate(
    project: Project, request: Request, *, time: str, environment: Mapping[str, str]
) -> Report:
    """Fill missing segments.

    Args:
        project: the project.
        request: what the person asked for.
        time: as gettext writes it, for PO-Revision-Date and marks.
        environment: where engines find their keys.

    Raises:
        UsageError: an article, a locale or an engine that does not exist.
        ConfigError: an engine is configured wrongly.
        StoreError, GlossaryError: the term base cannot be read.
    """
    check_locales(project, request.locales)
    chains = [request.engines or project.config.engines_for(locale) for locale in project.locales]
    for name in dict.fromkeys(chain(*chains, project.config.engine)):
        engines.check(name)
    report = Report(data=[])
    run = Run(
        project,
        request,
        time,
        environment,
        Remembered(project, lambda error: report.warnings.append(f"not remembered: {error}")),
        termbase.glossary(project),
    )
    done = []
    for target in _targets(project, request, report):
        try:
            run.fill(target)
        except AuflageError as error:
            if error.exit_code == 2:
                raise
            report.fail(error)
        else:
            done.append(target)
            report.data.append(_datum(target))
        for message in target.errors:
            report.fail(message)
    report.lines += _told(done, "would fill" if request.dry_run else "filled")
    report.partly = any(target.left for target in done)
    if report.partly and not report.errors:
        report.lines += _advice()
    return report


def _advice() -> Iterator[str]:
    known = ", ".join(engines.names())
    yield "left: translate it in an editor, put drafts under locale/drafts/, or choose an engine:"
    yield f"auflage pretranslate --engine NAME ({known}), or “engines” in the configuration"


def _targets(project: Project, request: Request, report: Report) -> Iterator[Target]:
    for name in store.select(request.names, project.articles(), "article"):
        try:
            source = plan.source_locale(project, name)
        except AuflageError as error:
            report.fail(error)
            continue
        for locale in plan.targets(project, source, request.locales):
            yield Target(name, locale, project.catalog(name, locale), source)


def _told(targets: Sequence[Target], verb: str) -> Iterator[str]:
    """A line for each catalog; one for all if nothing came of it."""
    yield from dict.fromkeys(notice for target in targets for notice in target.notices)
    if targets and not any(target.left or target.filled or target.errors for target in targets):
        yield "nothing to do: every segment has a text"
        return
    idle = len(targets) > 1 and all(target.left and not target.filled for target in targets)
    if idle:
        left = ", ".join(f"{target.path}: {target.left}" for target in targets)
        yield f"nothing filled; {sum(target.left for target in targets)} left ({left})"
        return
    for target in targets:
        yield f"{target.path}: {_summary(target, verb)}"


def _datum(target: Target) -> dict[str, Any]:
    return {
        "path": target.path,
        "locale": target.locale,
        "filled": dict(target.filled),
        "rungs": dict(target.rungs),
        "refused": dict(Counter(target.refused.values())),
        "left": target.left,
    }


def _summary(target: Target, verb: str) -> str:
    filled = ", ".join(f"{number} by {who}" for who, number in target.filled.items())
    rungs = ", ".join(
        f"{number} {rung}"
        for rung, number in target.rungs.items()
        if rung in ("projected", "pieces")
    )
    parts = [f"{verb} {filled}" if filled else "nothing filled"]
    parts[0] += f" ({rungs})" if rungs else ""
    if target.left:
        reasons = Counter(target.refused.values()).most_common()
        listed = ", ".join(f"{why}: {number}" for why, number in reasons)
        parts.append(f"{target.left} left" + (f" ({listed})" if listed else ""))
    return "; ".join(parts)
