"""`auflage build`: the editions that are stale, and the site around them.

What makes editions is imported when there is one to make: a build with nothing to do
must feel instant.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from workflow import plan, store
from workflow.buildlog import BuildLog, Built
from workflow.commands import Report, Track, site, statuspage
from workflow.store import Project
from workflow.work import Job, Result


def build(
    project: Project,
    *,
    articles: tuple[str, ...],
    locales: tuple[str, ...],
    formats: tuple[str, ...],
    workers: int | None,
    explain: bool,
    track: Track[Result],
) -> Report:
    """Build what is stale.

    Args:
        project: the project.
        articles: names; none means all.
        locales: tags or folder names; none means all.
        formats: of `config.FORMATS`; none means what the configuration says.
        workers: processes to use; None leaves it to `pool.run`.
        explain: say why each output is built.
        track: shows the progress.

    Raises:
        UsageError: an article or a locale that does not exist.
        StoreError: build/ cannot be written.
    """
    names = store.select(articles, project.articles(), "article")
    wanted = formats or project.config.formats
    planned = plan.make(project, articles=names, locales=locales, formats=wanted)
    log = BuildLog(project.root)
    report = Report()
    try:
        for error in planned.errors:
            report.fail(error)
        around = plan.surroundings()
        stale, inputs = _stale(project, planned.jobs, around, log, explain, report)
        for result in track(_run(project, stale, workers), len(stale), "editions"):
            _note(project, result, inputs, log, report)
        if not (articles or locales or formats):
            _prune(project, planned, log, report)
        site.refresh(project, log, around.tools["site"], report)
        statuspage.refresh(project, log, around.tools["html"], report)
        _summarise(planned.jobs, stale, report)
        report.data = _data(planned.jobs, log, report)
    finally:
        log.close()
    return report


def _stale(
    project: Project,
    planned: Iterable[Job],
    around: plan.Surroundings,
    log: BuildLog,
    explain: bool,
    report: Report,
) -> tuple[list[Job], dict[str, str]]:
    """The jobs with something to do, and the inputs of each of their outputs."""
    stale = []
    inputs: dict[str, str] = {}
    built = log.built()
    for job in planned:
        steps = [step for step in plan.steps(project, job, around, log, built) if step.reason]
        inputs |= {step.output: step.inputs for step in steps}
        if explain:
            report.lines += [f"{step.output}: {step.reason}" for step in steps]
        if steps:
            stale.append(plan.only(job, [step.output for step in steps]))
        fresh = [output for _, output in job.outputs if output not in inputs]
        for output in fresh[:1]:
            report.warnings += json.loads(built[output].note)["warnings"]
    return stale, inputs


def _run(project: Project, stale: Sequence[Job], workers: int | None) -> Iterable[Result]:
    if not stale:
        return ()
    from workflow import pool  # noqa: PLC0415

    return pool.run(project, stale, workers)


def _note(
    project: Project, result: Result, inputs: dict[str, str], log: BuildLog, report: Report
) -> None:
    for error in result.errors:
        report.fail(error)
    report.warnings += result.warnings
    statuspage.note(log, result)
    job = result.job
    note = {
        "article": job.article,
        "locale": job.locale,
        "rank": job.siblings.index(job.locale),
        "summary": asdict(result.summary),
        "warnings": result.warnings,
    }
    kinds = {path: kind for kind, path in job.outputs}
    for path, changed in result.made:
        log.forget(path)
        made_of = plan.with_images(inputs[path], result.images)
        known = json.dumps(note | {"format": kinds[path]})
        log.record(Built(path, made_of, log.digest(path), known))
        report.lines.append(path if changed else f"{path} (no change)")
    done = {path for path, _ in result.made}
    for _, path in job.outputs:
        if path not in done and project.exists(path):
            report.lines.append(f"{path} (left as it was)")


def _prune(project: Project, planned: plan.Plan, log: BuildLog, report: Report) -> None:
    for path in plan.vanished(planned, log.built()):
        site.remove(project, log, path, report)


def _summarise(planned: Sequence[Job], stale: Sequence[Job], report: Report) -> None:
    report.warnings = list(dict.fromkeys(report.warnings))
    if not planned and not report.errors:
        report.lines.append("no article yet: put one into source/, or run: auflage import FILE")
    elif not stale and not report.errors:
        kinds = Counter(kind for job in planned for kind, _ in job.outputs)
        counted = ", ".join(f"{number} {kind.upper()}" for kind, number in kinds.items())
        report.lines.append(f"nothing to do: {counted} up to date")


def _data(planned: Sequence[Job], log: BuildLog, report: Report) -> Any:
    built = log.built()
    return {
        "editions": [
            {"article": job.article, "locale": job.locale, "format": kind, "path": output}
            for job in planned
            for kind, output in job.outputs
            if output in built
        ],
        "written": [line for line in report.lines if line in built],
        "warnings": report.warnings,
        "errors": report.errors,
    }
