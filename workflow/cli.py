"""The command line: verbs, printing, progress, exit codes.

Exit 0 clean; 1 findings, bad input or failed work (the rest is done); 2 wrong use or
configuration; 3 partly done (run again).
"""

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from workflow import __version__
from workflow.commands import NOTHING_TO_UPDATE, Item, Report
from workflow.errors import AuflageError, UsageError
from workflow.store import Project, open_project

Handler = Callable[[argparse.Namespace], Report]
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; the exit code."""
    # A run lasts seconds and makes few cycles: looking for them takes a fifth of its time.
    gc.set_threshold(200_000, 20, 20)
    _accept_any_letter()
    options = _parser().parse_args(arguments)
    as_json = getattr(options, "json", False)
    try:
        report: Report = options.handler(options)
    except AuflageError as error:
        if as_json:
            _out(json.dumps({"errors": [str(error)]}, ensure_ascii=False))
        _err(f"auflage: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        _err("auflage: stopped; what was finished stays")
        return 130
    _print(report, as_json=as_json)
    return report.exit_code


def _accept_any_letter() -> None:
    """A terminal without Cyrillic gets escapes instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _project() -> Project:
    try:
        here = Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("this folder was deleted; change to another one") from error
    return open_project(here)


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        _out(json.dumps(report.data, ensure_ascii=False, indent=2))
    else:
        for line in report.lines:
            _out(line)
    for warning in report.warnings:
        _err(f"warning: {warning}")
    for error in report.errors:
        _err(f"error: {error}")


def _out(text: str) -> None:
    try:
        print(text, flush=True)  # noqa: T201
    except BrokenPipeError:  # auflage status | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _err(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _track(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Pass items on; with a terminal, and more than one of them, show a bar."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm  # noqa: PLC0415  (only for people who look)

    yield from tqdm(items, total=total, desc=what, unit="", leave=False)


def _build(options: argparse.Namespace) -> Report:
    from workflow.commands.build import build  # noqa: PLC0415  (each verb loads its own)

    return build(
        _project(),
        articles=options.article,
        locales=options.locale,
        formats=_formats(options.format),
        workers=options.jobs,
        explain=options.explain,
        track=_track,
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
    from workflow.commands.filling import Request  # noqa: PLC0415
    from workflow.commands.pretranslate import pretranslate  # noqa: PLC0415

    request = Request(
        names=options.article,
        locales=options.locale,
        engines=options.engine,
        redo=options.redo == "machine",
        dry_run=options.dry_run,
        allow=lambda notice, configured: _may_send(notice, options.yes or configured),
        track=_track,
    )
    return pretranslate(_project(), request, time=now(), environment=os.environ)


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


def _doctor(options: argparse.Namespace) -> Report:
    from workflow.commands.doctor import doctor  # noqa: PLC0415

    return doctor(install=options.install, quiet=options.quiet)


def _may_send(notice: str, agreed: bool) -> bool:
    """Say where text is to go, and ask unless the person has agreed already."""
    _err(notice)
    if agreed or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return agreed
    try:
        return input("send it? [y/N] ").strip().lower() in ("y", "yes", "j", "ja")
    except EOFError:
        return False


def _formats(asked: tuple[str, ...]) -> tuple[str, ...]:
    from workflow.config import FORMATS  # noqa: PLC0415

    for name in asked:
        if name not in FORMATS:
            raise UsageError(f"unknown format “{name}”; there is {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(asked))


_COMMON: Final = {
    "article": "only these articles (names in source/, separated by commas)",
    "locale": "only these locales (separated by commas)",
    "json": "print the result as JSON",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="auflage",
        description="From a German article to printed and web editions in other languages.",
        epilog="exit codes: 0 clean, 1 failed or findings (the rest is done), "
        "2 wrong use or configuration, 3 partly done (run again)",
    )
    parser.add_argument("--version", action="version", version=f"auflage {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    _begin(verbs)
    _translate(verbs)
    _make(verbs)
    return parser


def _begin(verbs: Verbs) -> None:
    new = _verb(verbs, "new", "make a project of your own in an empty folder", _new)
    new.add_argument("folder", type=Path, metavar="DIR")

    importer = _verb(verbs, "import", "turn a plain text into an article in source/", _import)
    importer.add_argument("file", type=Path, metavar="FILE")
    importer.add_argument("--name", help="the article's name (default: the file's)")
    importer.add_argument("--encoding", help="the text's encoding, if not UTF-8")
    importer.add_argument("--publisher", help="who published it")
    importer.add_argument("--original", metavar="URL", help="where it was published")
    importer.add_argument("--force", action="store_true", help="write over an existing article")
    importer.add_argument("--locale", help="the article's own locale, such as de-AT")
    _common(importer, "json")


def _translate(verbs: Verbs) -> None:
    extract = _verb(verbs, "extract", "bring the templates up to their articles", _extract)
    _common(extract, "article", "json")

    update = _verb(verbs, "update", "bring the catalogs up to their articles", _update)
    update.add_argument(
        "--merge", type=Path, metavar="FILE", help="take back a catalog that somebody worked on"
    )
    _common(update, "article", "locale", "json")

    filler = _verb(verbs, "pretranslate", "fill missing segments with drafts", _pretranslate)
    filler.add_argument(
        "--engine", type=_list, default=(), help="engines in order (default: the configured ones)"
    )
    filler.add_argument("--yes", action="store_true", help="let text leave this machine unasked")
    filler.add_argument(
        "--dry-run", action="store_true", help="say what would be sent; send nothing"
    )
    filler.add_argument(
        "--redo", choices=["machine"], help="also replace machine text that nobody has changed"
    )
    _common(filler, "article", "locale", "json")

    memory = _verb(verbs, "memory", "look a text up in what is accepted; TMX out and in", _memory)
    memory.add_argument("text", nargs="?", metavar="TEXT", help="(default: say what there is)")
    memory.add_argument(
        "--export", type=Path, metavar="FILE", dest="exporting", help="write what is accepted (TMX)"
    )
    memory.add_argument(
        "--import", type=Path, metavar="FILE", dest="importing", help="put a TMX in locale/memory/"
    )
    memory.add_argument("--force", action="store_true", help="write over an existing file")
    _common(memory, "article", "locale", "json")

    terms = _verb(verbs, "glossary", "look up a term, in any form and language", _glossary)
    terms.add_argument("term", nargs="?", metavar="TERM", help="without it: how many there are")
    terms.add_argument(
        "--export", type=Path, metavar="FILE", help="write the terms of a locale for OmegaT"
    )
    _common(terms, "locale", "json")

    status = _verb(verbs, "status", "words and segments per state", _status)
    status.add_argument(
        "--review", action="store_true", help="list what nobody has accepted yet, the worst first"
    )
    _common(status, "article", "locale", "json")


def _make(verbs: Verbs) -> None:
    build = _verb(verbs, "build", "build the editions that are stale", _build)
    build.add_argument(
        "--format",
        type=_list,
        default=(),
        help="html, pdf, md (default: “formats” of the configuration)",
    )
    build.add_argument("--jobs", type=_workers, default=1, help="processes to use (default: 1)")
    build.add_argument("--explain", action="store_true", help="say why each file is built")
    _common(build, "article", "locale", "json")

    doctor = _verb(verbs, "doctor", "say what is present and what is missing", _doctor)
    doctor.add_argument(
        "--install", action="store_true", help="install missing libraries (as root, with apt)"
    )
    doctor.add_argument("--quiet", action="store_true", help="say only what is done")
    _common(doctor, "json")


def _verb(
    verbs: Verbs,
    name: str,
    text: str,
    handler: Handler,
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    verb.set_defaults(handler=handler)
    return verb


def _common(verb: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        if name == "json":
            verb.add_argument("--json", action="store_true", help=_COMMON[name])
        else:
            verb.add_argument(f"--{name}", type=_list, default=(), help=_COMMON[name])


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _workers(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of processes, such as 2")
    return int(text)
