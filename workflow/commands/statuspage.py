"""build/status.html: what the jobs of a build learn of the translations, kept in the log.

A build with nothing to do reads what is kept, and imports nothing that makes pages.
"""

import json
from typing import Any, Final
from urllib.parse import quote

from workflow.buildlog import BuildLog
from workflow.commands import Report
from workflow.config import FORMATS
from workflow.errors import StoreError
from workflow.store import Project
from workflow.work import Result

PAGE: Final = "build/status.html"
_STANDING: Final = "standing "
_NAMELESS: Final = "Auflage"


def note(log: BuildLog, result: Result) -> None:
    """Keep what a job learned of its translation. Whoever builds any format learns it."""
    job = result.job
    if not result.made:
        return
    known = {
        "rank": job.siblings.index(job.locale),
        "title": result.summary.title,
        "standing": dict(result.standing),
    }
    log.note(f"{_STANDING}{job.article} {job.locale}", json.dumps(known))


def refresh(project: Project, log: BuildLog, tools: str, report: Report) -> None:
    """Write the page if what it tells has changed.

    Args:
        project: the project.
        log: what was built.
        tools: a digest of Auflage and its libraries.
        report: where to say that it was written.
    """
    articles = _articles(project, log)
    name, locale = project.config.publisher or _NAMELESS, project.config.source_locale
    inputs = json.dumps([articles, name, locale, tools])
    if log.fact(PAGE) == json.dumps([inputs, log.digest(PAGE)]):
        return
    from workflow.editions.statuspage import Row, status_page  # noqa: PLC0415
    from workflow.printing import fonts  # noqa: PLC0415

    rows = [[Row(**row) for row in editions] for editions in articles]
    page = status_page(rows, name=name, locale=locale, fonts=fonts.web_rules())
    try:
        if project.replace(PAGE, page.encode("utf-8")):
            report.lines.append(PAGE)
    except StoreError as error:
        report.fail(error)
        return
    log.forget(PAGE)
    log.note(PAGE, json.dumps([inputs, log.digest(PAGE)]))


def _articles(project: Project, log: BuildLog) -> list[list[dict[str, Any]]]:
    """What is known of each article that has a translation, its locales in their order."""
    files, names = _files(project, log), project.articles()
    found: dict[str, dict[tuple[int, str], dict[str, Any]]] = {}
    for key, value in sorted(log.facts(_STANDING).items()):
        article, locale = key.split(" ")
        if article not in names:
            continue
        known = json.loads(value)
        if known["standing"] and locale not in project.locales:
            continue
        found.setdefault(article, {})[known["rank"], locale] = {
            "locale": locale,
            "title": known["title"],
            "files": files.get((article, locale), ()),
            "standing": known["standing"],
        }
    articles = ([row for _, row in sorted(rows.items())] for _, rows in sorted(found.items()))
    return [rows for rows in articles if any(row["standing"] for row in rows)]


def _files(project: Project, log: BuildLog) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By article and locale the editions that exist, as formats and addresses."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path, built in sorted(log.built().items()):
        known = json.loads(built.note) if built.note else {}
        if "article" not in known or not project.exists(path):
            continue
        name = known["article"]
        kinds = (kind for kind, end in FORMATS.items() if path.endswith(f"/{name}{end}"))
        for kind in kinds:
            edition = (kind, quote(path.removeprefix("build/")))
            found.setdefault((name, known["locale"]), []).append(edition)
    return found
