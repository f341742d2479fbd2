"""What each verb does with its options; it loads its own commands, and no others."""

import argparse
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from workflow import terminal
from workflow.commands import NOTHING_TO_UPDATE, Report
from workflow.errors import UsageError
from workflow.store import Project, open_project

Handler = Callable[[argparse.Namespace], Report]


def _build(options: argparse.Namespace) -> Report:
    from workflow.commands.build import build  # noqa: PLC0415  (each verb loads its own)

    project = _project()
    if options.paper:
        project = replace(project, config=replace(project.config, paper=options.paper))
    return build(
        project,
        articles=options.article,
        locales=options.locale,
        formats=_formats(options.format),
        workers=options.jobs,
        explain=options.explain,
        track=terminal.track,
    )


def _extract(options: argparse.Namespace) -> Report:
    from workflow.commands import catalogs  # noqa: PLC0415

    project = _project()
    return catalogs.extract(project, names=options.article, time=catalogs.now())


def _update(options: argparse.Namespace) -> Report:
    from workflow.commands import unchanged  # noqa: PLC0415

    project = _project()
    whole = not (options.article or options.locale or options.json or options.merge)
    looked = unchanged.look(project) if whole else None
    if looked and looked.done:
        return Report(lines=[NOTHING_TO_UPDATE])
    from workflow.commands import catalogs, takeback  # noqa: PLC0415

    asked = {"names": options.article, "locales": options.locale, "time": catalogs.now()}
    if options.merge:
        return takeback.take_back(project, options.merge, **asked)
    report = catalogs.update(project, **asked)
    # What an editor saves while the update runs is none of the files that were looked at.
    if looked and not report.warnings and report.lines == [NOTHING_TO_UPDATE]:
        unchanged.note(project, looked)
    return report


def _pretranslate(options: argparse.Namespace) -> Report:
    from workflow.commands.catalogs import now  # noqa: PLC0415
    from workflow.commands.pretranslate import pretranslate  # noqa: PLC0415
    from workflow.commands.turn import Request  # noqa: PLC0415

    request = Request(
        names=options.article,
        locales=options.locale,
        engines=options.engine,
        redo=options.redo == "machine",
        dry_run=options.dry_run,
        allow=lambda notice, configured: terminal.agrees(
            notice, "send it?", options.yes or configured
        ),
        track=terminal.track,
    )
    return pretranslate(_project(), request, time=now(), environment=os.environ)


def _check(options: argparse.Namespace) -> Report:
    from workflow.commands.catalogs import now  # noqa: PLC0415
    from workflow.commands.check import Request, check  # noqa: PLC0415
    from workflow.model import Severity  # noqa: PLC0415

    request = Request(
        names=options.article,
        locales=options.locale,
        severity=Severity(options.severity),
        fix=options.fix,
        agree=lambda notice: terminal.agrees(notice, "write this?", options.yes),
    )
    return check(_project(), request, time=now())


def _memory(options: argparse.Namespace) -> Report:
    from workflow.commands import memory  # noqa: PLC0415

    request = memory.Request(
        text=options.text,
        exporting=options.exporting,
        importing=options.importing,
        names=options.article,
        locales=options.locale,
        force=options.force,
    )
    return memory.remembered(_project(), request)


def _status(options: argparse.Namespace) -> Report:
    from workflow.commands.review import review  # noqa: PLC0415
    from workflow.commands.status import status  # noqa: PLC0415

    project = _project()
    tell = review if options.review else status
    return tell(project, names=options.article, locales=options.locale)


def _approve(options: argparse.Namespace) -> Report:
    from workflow.commands.approve import Request, approve  # noqa: PLC0415
    from workflow.commands.catalogs import now  # noqa: PLC0415

    request = Request(
        entries=options.entries,
        names=options.article,
        locales=options.locale,
        by=options.name,
        second=options.review,
        dry=options.dry_run,
    )
    return approve(_project(), request, time=now())


def _glossary(options: argparse.Namespace) -> Report:
    from workflow.commands.glossary import glossary  # noqa: PLC0415

    project = _project()
    return glossary(project, options.term, export=options.export, locales=options.locale)


def _import(options: argparse.Namespace) -> Report:
    from workflow.commands import importing  # noqa: PLC0415

    request = importing.Request(
        file=options.file,
        name=options.name,
        encoding=options.encoding,
        locale=options.locale,
        publisher=options.publisher,
        original=options.original,
        force=options.force,
    )
    return importing.import_text(_project(), request)


def _new(options: argparse.Namespace) -> Report:
    from workflow.commands.scaffold import new  # noqa: PLC0415

    return new(options.folder)


def _release(options: argparse.Namespace) -> Report:
    from workflow.commands import check, release, verify  # noqa: PLC0415
    from workflow.editions.gate import allowance  # noqa: PLC0415

    if options.verify:
        return verify.verify(options.verify)
    request = release.Request(
        names=options.article,
        locales=options.locale,
        allowed=tuple(map(allowance, options.allow)),
    )
    return release.release(_project(), request, check=check.diagnose)


def _doctor(options: argparse.Namespace) -> Report:
    from workflow.commands.doctor import doctor  # noqa: PLC0415

    return doctor(install=options.install, quiet=options.quiet)


def _project() -> Project:
    try:
        here = Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("this folder was deleted; change to another one") from error
    return open_project(here)


def _formats(asked: tuple[str, ...]) -> tuple[str, ...]:
    from workflow.config import FORMATS  # noqa: PLC0415

    for name in asked:
        if name not in FORMATS:
            raise UsageError(f"unknown format “{name}”; there is {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(asked))


HANDLERS: Final[Mapping[str, Handler]] = {
    "build": _build,
    "release": _release,
    "extract": _extract,
    "update": _update,
    "pretranslate": _pretranslate,
    "check": _check,
    "memory": _memory,
    "status": _status,
    "approve": _approve,
    "glossary": _glossary,
    "import": _import,
    "new": _new,
    "doctor": _doctor,
}
