"""`auflage pretranslate`: fill what is missing, by the engines of each locale."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from workflow import articles, plan, store
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.commands.filling import Request, Run, Target
from workflow.commands.remember import Remembered
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
        articles.glossary(project),
    )
    for target in _targets(project, request, report):
        try:
            run.fill(target)
        except AuflageError as error:
            if error.exit_code == 2:
                raise
            report.fail(error)
        else:
            _tell(target, report, "would fill" if request.dry_run else "filled")
        for message in target.errors:
            report.fail(message)
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


def _tell(target: Target, report: Report, verb: str) -> None:
    reasons = Counter(target.refused.values())
    report.lines += target.notices
    report.lines.append(f"{target.path}: {_summary(target, reasons, verb)}")
    report.partly |= bool(target.left)
    report.data.append(
        {
            "path": target.path,
            "locale": target.locale,
            "filled": dict(target.filled),
            "rungs": dict(target.rungs),
            "refused": dict(reasons),
            "left": target.left,
        }
    )


def _summary(target: Target, reasons: Counter[str], verb: str) -> str:
    filled = ", ".join(f"{number} by {who}" for who, number in target.filled.items())
    rungs = ", ".join(
        f"{number} {rung}"
        for rung, number in target.rungs.items()
        if rung in ("projected", "pieces")
    )
    parts = [f"{verb} {filled}" if filled else "nothing filled"]
    parts[0] += f" ({rungs})" if rungs else ""
    if target.left:
        listed = ", ".join(f"{why}: {number}" for why, number in reasons.most_common())
        parts.append(f"{target.left} left" + (f" ({listed})" if listed else ""))
    return "; ".join(parts)
