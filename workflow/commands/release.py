"""`auflage release`: editions without draft marks, or every reason why there are none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from workflow import articles, jobs, pictures, plan, shelf, store, termbase
from workflow.commands import Report, handover, quoted
from workflow.commands.handover import Candidate
from workflow.config import FORMATS
from workflow.editions import gate
from workflow.editions.gate import Allowance, Finding, Reason
from workflow.editions.translate import translate
from workflow.errors import AuflageError, UsageError
from workflow.model import Article, Catalog
from workflow.store import Project
from workflow.terms.glossary import Glossary
from workflow.work import Job

Check = Callable[[Article, Catalog, str, Glossary], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for."""

    names: tuple[str, ...]
    locales: tuple[str, ...]
    allowed: tuple[Allowance, ...] = ()


def release(project: Project, request: Request, *, check: Check) -> Report:
    """Release what is finished; nothing under locale/ or build/ is written.

    Args:
        project: the project.
        request: which articles and locales, and which exceptions.
        check: the checks of translations.

    Raises:
        UsageError: an article or a locale that does not exist, or none named.
    """
    names = store.select(request.names, project.articles(), "article")
    planned = plan.make(
        project,
        articles=names,
        locales=_locales(project, request),
        formats=project.config.formats,
    )
    report = Report(data=[])
    for error in planned.errors:
        report.fail(error)
    used: set[Allowance] = set()
    for job in planned.jobs:
        try:
            candidate = _candidate(project, job, check)
            used |= {each for each in request.allowed if any(map(each.covers, candidate.reasons))}
            _release_one(project, candidate, request.allowed, report)
        except AuflageError as error:
            report.fail(error)
    for each in request.allowed:
        if each not in used and not planned.errors:
            report.warnings.append(f"--allow {each}: nothing needs this exception")
    return report


def _locales(project: Project, request: Request) -> tuple[str, ...]:
    """A release is no accident: its language is named, unless there is but one."""
    if not request.locales and len(project.locales) != 1:
        raise UsageError(f"say what to release: --locale {'|'.join(project.locales) or 'de'}")
    return request.locales or project.locales


def _candidate(project: Project, job: Job, check: Check) -> Candidate:
    made_from = handover.made_from(project, job)
    article = articles.article(project, job.article)
    catalog = articles.catalog(project, job.catalog) if job.catalog else None
    findings = check(article, catalog, job.locale, termbase.glossary(project)) if catalog else ()
    whole = translate(article, catalog, job.locale)
    absent = pictures.find(project, article, job.locale).absent
    found = (
        *gate.reasons(whole, catalog, findings, job.catalog or job.source),
        *(Reason("image", f"there is no image {path}", job.source) for path in absent),
    )
    edition = translate(article, catalog, job.locale, stale=job.stale)
    return Candidate(job, edition, catalog, found, made_from)


def _release_one(
    project: Project,
    candidate: Candidate,
    allowed: tuple[Allowance, ...],
    report: Report,
) -> None:
    job = candidate.job
    excused, refused = gate.sift(candidate.reasons, allowed)
    datum: dict[str, Any] = {
        "article": job.article,
        "locale": job.locale,
        "released": None,
        "reasons": [reason.data() for reason in refused],
        "exceptions": [reason.data() for reason in excused],
    }
    report.data.append(datum)
    if refused:
        for reason in refused:
            report.fail(_told(reason))
        count = "1 reason" if len(refused) == 1 else f"{len(refused)} reasons"
        report.fail(f"{job.article} ({job.locale}) is not released: {count}")
        return
    with shelf.begun(project, candidate.folder) as workplace:
        files = _editions(project, candidate, excused, workplace, report)
        if files is not None:
            datum["released"] = handover.put(project, candidate, excused, files, workplace, report)


def _told(reason: Reason) -> str:
    entry = f" (entry {reason.number})" if reason.number else ""
    text = f"\n    {quoted(reason.msgid)}" if reason.msgid else ""
    return f"{reason.place}: {reason.code}{entry}: {reason.message}{text}"


def _editions(
    project: Project,
    candidate: Candidate,
    excused: list[Reason],
    workplace: str,
    report: Report,
) -> dict[str, bytes] | None:
    """Make the editions in a folder; their bytes by name, None if one failed."""
    job = candidate.job
    result = jobs.perform(
        project,
        replace(
            job,
            outputs=tuple(
                (kind, f"{workplace}/{candidate.stem}{FORMATS[kind]}") for kind, _ in job.outputs
            ),
            siblings=(),
            exceptions=tuple(reason.code for reason in excused),
        ),
    )
    report.warnings += result.warnings
    for error in result.errors:
        report.fail(error.replace(f"{workplace}/", ""))
    if result.errors:
        report.fail(f"{job.article} ({job.locale}) is not released")
        return None
    return {path.rpartition("/")[2]: project.read(path) for path, _ in result.made}
