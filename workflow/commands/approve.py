"""`auflage approve`: accept entries without an editor, and review what others accepted."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from workflow import articles, plan, saving, store
from workflow.catalogs import acceptance, po, writing
from workflow.catalogs.acceptance import Approval, Approved, Outcome
from workflow.commands import Report, quoted
from workflow.commands.catalogs import check_locales
from workflow.errors import CatalogError, UsageError
from workflow.model import Catalog
from workflow.store import Project

_RANGE: Final = re.compile(r"([1-9]\d*)(?:-([1-9]\d*))?\Z")
_SHOWN: Final = 60  # characters of a text
_LONGEST: Final = 60  # characters of a name: it stands in one line of a comment


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for."""

    entries: str
    """`all`, or numbers and ranges such as `1,4-20`."""
    names: tuple[str, ...]
    locales: tuple[str, ...]
    by: str = ""
    """Who it is; empty where that is nobody's business."""
    second: bool = False
    """Review what is accepted, instead of accepting."""
    dry: bool = False


def approve(project: Project, request: Request, *, time: str) -> Report:
    """Accept or review entries of a catalog.

    Args:
        project: the project.
        request: which, and by whom.
        time: as gettext writes it, for PO-Revision-Date and marks.

    Raises:
        UsageError: an article, a locale or a number that does not exist, or what may mean
            more than one thing.
    """
    check_locales(project, request.locales)
    chosen = numbers(request.entries)
    _check_name(request)
    names = store.select(request.names, project.articles(), "article")
    if len(names) > 1 and (chosen is not None or not request.names):
        raise UsageError(f"say which article is meant: --article {'|'.join(names)}")
    locale = _locale(project, request)
    report = Report(data=[])
    for name in names:
        if locale not in plan.targets(project, plan.source_locale(project, name)):
            raise UsageError(f"{name} is not translated into {locale}")
        _approve_one(project, project.catalog(name, locale), chosen, request, time, report)
    return report


def numbers(text: str) -> frozenset[int] | None:
    """The entries that a person names; None means all.

    Raises:
        UsageError: it is neither `all` nor numbers and ranges.
    """
    if text == "all":
        return None
    chosen: set[int] = set()
    for part in text.split(","):
        found = _RANGE.match(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if last < first:
            raise UsageError(
                f"“{part.strip()}” names no entries; write numbers from the first to the last, "
                "such as 3 or 1-20 or 1,4-6, or “all”"
            )
        if last > 1_000_000:
            raise UsageError(f"“{part.strip()}”: no catalog has so many entries")
        chosen.update(range(first, last + 1))
    return frozenset(chosen)


def _check_name(request: Request) -> None:
    by = request.by
    if request.second and not by:
        raise UsageError("a review needs a name: --review --name NAME (any that you like)")
    if by and (len(by) > _LONGEST or not by.isprintable() or by != by.strip()):
        raise UsageError(f"--name: one line of at most {_LONGEST} characters, please")


def _locale(project: Project, request: Request) -> str:
    """The one locale that is meant: who accepts a text has read it, in that language."""
    meant = [
        locale
        for locale in project.locales
        if not request.locales or plan.asked(locale, request.locales)
    ]
    if len(meant) != 1:
        raise UsageError(f"say which locale is meant: --locale {'|'.join(meant)}")
    return meant[0]


def _approve_one(
    project: Project,
    path: str,
    chosen: frozenset[int] | None,
    request: Request,
    time: str,
    report: Report,
) -> None:
    done: Approved

    def changed(old: Catalog | None) -> Catalog:
        nonlocal done
        done = _approved(old, chosen, request, path, time)
        return done.catalog

    if request.dry:
        changed(articles.catalog(project, path))
    else:
        saving.amend(project, path, changed)
    _tell(done, path, chosen, request, report)


def _approved(
    catalog: Catalog | None, chosen: frozenset[int] | None, request: Request, path: str, time: str
) -> Approved:
    if catalog is None:
        raise CatalogError("no catalog yet; run: auflage update (or make po)", path=path)
    count = sum(1 for _ in catalog.live)
    if chosen and max(chosen) > count:
        raise UsageError(f"{path} has {count} entries, there is no {max(chosen)}")
    act = acceptance.review if request.second else acceptance.accept
    return act(catalog, chosen, name=request.by, now=time)


def _tell(
    done: Approved, path: str, chosen: frozenset[int] | None, request: Request, report: Report
) -> None:
    # The catalog was written: its lines are counted anew.
    lines = [entry.line for entry in po.parse(writing.serialise(done.catalog), path).live]
    verb = "reviewed" if request.second else "accepted"
    counted = Counter(approval.outcome for approval in done.approvals)
    for approval in done.approvals:
        place = f"{path}:{lines[approval.number - 1]}: entry {approval.number}"
        if approval.outcome is Outcome.DONE:
            report.lines.append(f"{place} {verb}: {_shown(approval.entry.msgstr)}")
        elif chosen is not None and approval.outcome is not Outcome.ALREADY:
            report.fail(f"{place} {approval.outcome.value}")
        report.data.append(_datum(approval, path, lines[approval.number - 1]))
    would = ", nothing is written (--dry-run)" if request.dry else ""
    report.lines.append(f"{path}: {counted[Outcome.DONE]} {verb}{would}{_rest(counted)}")


def _rest(counted: Counter[Outcome]) -> str:
    left = {
        Outcome.ALREADY: "so already",
        Outcome.STALE: "stale",
        Outcome.MISSING: "missing",
        Outcome.UNACCEPTED: "not accepted yet",
        Outcome.SAME: "accepted by the same person",
    }
    told = ", ".join(f"{counted[kind]} {words}" for kind, words in left.items() if counted[kind])
    return f"; left as it is: {told}" if told else ""


def _shown(text: str) -> str:
    return quoted(text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…")


def _datum(approval: Approval, path: str, line: int | None) -> dict[str, Any]:
    entry = approval.entry
    return {
        "path": path,
        "line": line,
        "entry": approval.number,
        "outcome": approval.outcome.name.lower(),
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgstr": entry.msgstr,
    }
