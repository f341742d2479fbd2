"""`auflage extract` and `auflage update`: source to template, template to catalogs."""

from dataclasses import dataclass
from datetime import UTC, datetime

from workflow import articles, plan, saving, store
from workflow.catalogs import elsewhere, marks, own
from workflow.catalogs import extract as extraction
from workflow.catalogs.update import update as merge
from workflow.commands import NOTHING_TO_UPDATE, Report
from workflow.commands.remember import Remembered
from workflow.errors import AuflageError, UsageError
from workflow.model import Catalog, State
from workflow.reading.lint import lint
from workflow.store import Project


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of `update`."""

    project: Project
    time: str
    report: Report
    known: Remembered


def now() -> str:
    """The time as gettext writes it, in UTC: no catalog tells where its editor lives."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")


def extract(project: Project, *, names: tuple[str, ...], time: str) -> Report:
    """Bring the templates up to their articles.

    Raises:
        UsageError: an article that does not exist.
    """
    report = Report(data=[])
    for name in store.select(names, project.articles(), "article"):
        try:
            template, changed = _template(project, name, time, report)
        except AuflageError as error:
            report.fail(error)
            continue
        path = project.template(name)
        report.data.append({"path": path, "entries": len(list(template.texts)), "changed": changed})
        if changed:
            report.lines.append(f"{path}: {len(list(template.texts))} entries")
    if not report.lines and not report.errors:
        report.lines.append("nothing to do: all templates are up to date")
    return report


def update(
    project: Project, *, names: tuple[str, ...], locales: tuple[str, ...], time: str
) -> Report:
    """Bring templates and catalogs up to their articles.

    Raises:
        UsageError: an article or a locale that does not exist.
    """
    check_locales(project, locales)
    report = Report(data=[])
    run = _Run(project, time, report, Remembered(project, lambda error: _unknown(report, error)))
    for name in store.select(names, project.articles(), "article"):
        try:
            template, changed = _template(project, name, time, report)
            if changed:
                report.lines.append(
                    f"{project.template(name)}: {len(list(template.texts))} entries"
                )
            source = plan.source_locale(project, name)
        except AuflageError as error:
            report.fail(error)
            continue
        for locale in plan.targets(project, source, locales):
            _update_one(run, name, locale, template)
    if not report.lines and not report.errors:
        report.lines.append(NOTHING_TO_UPDATE)
    return report


def check_locales(project: Project, locales: tuple[str, ...]) -> None:
    """Refuse a locale that the configuration does not name.

    Raises:
        UsageError: naming it.
    """
    for wanted in locales:
        if not any(plan.asked(locale, [wanted]) for locale in project.locales):
            listed = ", ".join(project.locales) or "none yet (set “locales” in the configuration)"
            raise UsageError(f"unknown locale “{wanted}” to translate into; there is {listed}")


def _template(project: Project, name: str, time: str, report: Report) -> tuple[Catalog, bool]:
    article = articles.article(project, name)
    report.warnings += lint(article, project.article_text(name))
    template = extraction.extract(article, now=time, contact=project.config.contact)
    template = own.offered(template, article.path)
    return saving.write_template(project, project.template(name), template)


def _update_one(run: _Run, name: str, locale: str, template: Catalog) -> None:
    path = run.project.catalog(name, locale)

    def updated(old: Catalog | None) -> Catalog:
        new = merge(template, old, locale, now=run.time)
        wanted = elsewhere.wanting(old, new)
        if not wanted:
            return new
        known = run.known.memory(template.field("X-Source-Language"), locale)
        own = run.project.source(name)
        return elsewhere.suggest(new, wanted, known, path=own, now=run.time)

    try:
        new, changed = saving.amend(run.project, path, updated)
    except AuflageError as error:
        run.report.fail(error)
        return
    counted = {state.value: 0 for state in State}
    for entry in new.texts:
        counted[marks.state(entry).value] += 1
    run.report.data.append({"path": path, "changed": changed, "entries": counted})
    if changed:
        told = ", ".join(f"{number} {state}" for state, number in counted.items() if number)
        run.report.lines.append(f"{path}: {told}")


def _unknown(report: Report, error: AuflageError) -> None:
    report.warnings.append(f"no near matches are taken from it: {error}")
