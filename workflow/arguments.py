"""The verbs and their options, as `auflage --help` shows them."""

import argparse
from pathlib import Path
from typing import Final, TypeAlias

from workflow import __version__
from workflow.config import FORMATS, PAPERS
from workflow.verbs import HANDLERS

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_COMMON: Final = {
    "article": "only these articles (names in source/, separated by commas)",
    "locale": "only these locales (separated by commas)",
    "json": "print the result as JSON",
}


def parser() -> argparse.ArgumentParser:
    """Everything that the command understands."""
    whole = argparse.ArgumentParser(
        prog="auflage",
        description="From a German article to printed and web editions in other languages.",
        epilog="exit codes: 0 clean, 1 failed or findings (the rest is done), "
        "2 wrong use or configuration, 3 partly done (run again)",
    )
    whole.add_argument("--version", action="version", version=f"auflage {__version__}")
    known = whole.add_subparsers(metavar="VERB", required=True)
    _begin(known)
    _translate(known)
    _review(known)
    _make(known)
    return whole


def _begin(known: Verbs) -> None:
    new = _verb(known, "new", "make a project of your own in an empty folder")
    new.add_argument("folder", type=Path, metavar="DIR")

    importer = _verb(known, "import", "turn a plain text into an article in source/")
    importer.add_argument("file", type=Path, metavar="FILE")
    importer.add_argument("--name", help="the article's name (default: the file's)")
    importer.add_argument("--encoding", help="the text's encoding, if not UTF-8")
    importer.add_argument("--publisher", help="who published it")
    importer.add_argument("--original", metavar="URL", help="where it was published")
    importer.add_argument("--force", action="store_true", help="write over an existing article")
    importer.add_argument("--locale", help="the article's own locale, such as de-AT")
    _common(importer, "json")


def _translate(known: Verbs) -> None:
    extract = _verb(known, "extract", "bring the templates up to their articles")
    _common(extract, "article", "json")

    update = _verb(known, "update", "bring the catalogs up to their articles")
    update.add_argument(
        "--merge", type=Path, metavar="FILE", help="take back a catalog that somebody worked on"
    )
    _common(update, "article", "locale", "json")

    filler = _verb(known, "pretranslate", "fill missing segments with drafts")
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

    memory = _verb(known, "memory", "look a text up in what is accepted; TMX out and in")
    memory.add_argument("text", nargs="?", metavar="TEXT", help="(default: say what there is)")
    memory.add_argument(
        "--export", type=Path, metavar="FILE", dest="exporting", help="write what is accepted (TMX)"
    )
    memory.add_argument(
        "--import", type=Path, metavar="FILE", dest="importing", help="put a TMX in locale/memory/"
    )
    memory.add_argument("--force", action="store_true", help="write over an existing file")
    _common(memory, "article", "locale", "json")

    terms = _verb(known, "glossary", "look up a term, in any form and language")
    terms.add_argument("term", nargs="?", metavar="TERM", help="without it: how many there are")
    terms.add_argument(
        "--export", type=Path, metavar="FILE", help="write the terms of a locale for OmegaT"
    )
    _common(terms, "locale", "json")


def _review(known: Verbs) -> None:
    checker = _verb(known, "check", "find mistakes in translations; mend what is mechanical")
    checker.add_argument(
        "--severity",
        choices=["error", "warning", "hint"],
        default="warning",
        help="the lowest to show (default: warning; hint also looks at spelling)",
    )
    checker.add_argument(
        "--fix",
        action="store_true",
        help="mend what is mechanical: spaces, quotation marks, …",
    )
    checker.add_argument("--yes", action="store_true", help="write what --fix shows unasked")
    _common(checker, "article", "locale", "json")

    status = _verb(known, "status", "words and segments per state")
    status.add_argument(
        "--review", action="store_true", help="list what nobody has accepted yet, the worst first"
    )
    _common(status, "article", "locale", "json")

    _approval(known)


def _approval(known: Verbs) -> None:
    approve = _verb(known, "approve", "accept entries, as clearing “fuzzy” in an editor does")
    approve.add_argument(
        "entries",
        metavar="ENTRIES",
        help="their numbers, as “auflage status --review” shows them (3, 1-20, 1,4-6), or all",
    )
    approve.add_argument(
        "--name", default="", help="who it is, kept in the catalog (default: nobody is named)"
    )
    approve.add_argument(
        "--review", action="store_true", help="mark what others accepted as read a second time"
    )
    approve.add_argument("--dry-run", action="store_true", help="say what would be accepted")
    _common(approve, "article", "locale", "json")


def _make(known: Verbs) -> None:
    build = _verb(known, "build", "build the editions that are stale")
    build.add_argument(
        "--format",
        type=_list,
        default=(),
        help=f"{', '.join(FORMATS)} (default: “formats” of the configuration)",
    )
    build.add_argument(
        "--paper",
        choices=PAPERS,
        default="",
        help="what PDFs are set for (default: “paper” of the configuration, else a4)",
    )
    build.add_argument(
        "--jobs",
        type=_workers,
        help="processes to use (default: as many as there are processors, where it saves time)",
    )
    build.add_argument("--explain", action="store_true", help="say why each file is built")
    _common(build, "article", "locale", "json")

    release = _verb(known, "release", "editions without draft marks, of what is finished")
    release.add_argument(
        "--allow",
        type=_list,
        action="extend",
        default=[],
        metavar="CODE[:ENTRY]",
        help="let a finding pass, by name: it is told in the colophon and the manifest",
    )
    release.add_argument(
        "--verify", type=Path, metavar="PATH", help="a release, its zip: is it as it was released?"
    )
    _common(release, "article", "locale", "json")

    doctor = _verb(known, "doctor", "say what is present and what is missing")
    doctor.add_argument(
        "--install", action="store_true", help="install missing libraries (as root, with apt)"
    )
    doctor.add_argument("--quiet", action="store_true", help="say only what is done")
    _common(doctor, "json")


def _verb(known: Verbs, name: str, text: str) -> argparse.ArgumentParser:
    verb = known.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    verb.set_defaults(handler=HANDLERS[name])
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
