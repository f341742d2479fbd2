"""`auflage update --merge FILE`: a catalog comes back by mail, from OmegaT or from Weblate."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow import articles, plan, saving, store
from workflow.catalogs import po, takeback, writing
from workflow.catalogs.takeback import Meeting, Outcome, Taken
from workflow.commands import Report, quoted
from workflow.commands.catalogs import check_locales
from workflow.errors import AuflageError, CatalogError
from workflow.locales import language, to_gettext
from workflow.model import Catalog
from workflow.store import Project


@dataclass(frozen=True, slots=True)
class _Home:
    """A catalog of the project that a file may belong to."""

    name: str
    locale: str
    path: str
    catalog: Catalog
    common: int
    """How many entries it has in common with the file."""


def take_back(
    project: Project, file: Path, *, names: tuple[str, ...], locales: tuple[str, ...], time: str
) -> Report:
    """Merge a catalog that came back into the project's own.

    Args:
        project: the project.
        file: the catalog that came back.
        names: articles it may belong to; none means any.
        locales: locales it may be in; none means what its header says.
        time: the time to write if a text changed.

    Raises:
        UsageError: an article or a locale that does not exist.
        CatalogError, StoreError: the file cannot be read, or belongs nowhere.
    """
    check_locales(project, locales)
    shown = str(file)
    theirs = po.parse(po.decode(store.read(file, shown=shown), shown), shown)
    wanted = locales or _languages(project, theirs, shown)
    report = Report()
    home = _home(list(_homes(project, theirs, names, wanted, report)), shown)
    taken = Taken(home.catalog, 0, ())

    def merged(ours: Catalog | None) -> Catalog:
        nonlocal taken
        taken = takeback.take(ours or home.catalog, theirs, now=time)
        return taken.catalog

    _, changed = saving.amend(project, home.path, merged)
    if changed:
        what = {0: "comments", 1: "1 text"}.get(taken.texts, f"{taken.texts} texts")
        report.lines.append(f"{home.path}: {what} taken from {shown}")
    else:
        report.lines.append(f"nothing to take: {home.path} has all of {shown}")
    _tell(taken, shown, home.path, report)
    report.data = {
        "path": home.path,
        "file": shown,
        "changed": changed,
        "taken": taken.texts,
        "told": [_datum(meeting) for meeting in taken.meetings],
    }
    return report


def _languages(project: Project, theirs: Catalog, shown: str) -> tuple[str, ...]:
    """The locales that the file's header means; all of them if it says nothing."""
    said = theirs.field("Language").split(".")[0].replace("-", "_").lower()
    if not said:
        return project.locales
    same = tuple(locale for locale in project.locales if to_gettext(locale).lower() == said)
    spoken = said.split("_")[0].split("@")[0]
    found = same or tuple(locale for locale in project.locales if language(locale) == spoken)
    if not found:
        listed = ", ".join(project.locales) or "none"
        raise CatalogError(
            f"its header says “Language: {theirs.field('Language')}”, and the project's locales "
            f"are {listed}; if that is wrong, say --locale",
            path=shown,
        )
    return found


def _homes(
    project: Project,
    theirs: Catalog,
    names: tuple[str, ...],
    locales: tuple[str, ...],
    report: Report,
) -> Iterator[_Home]:
    for name in store.select(names, project.articles(), "article"):
        try:
            targets = plan.targets(project, plan.source_locale(project, name))
        except AuflageError as error:
            report.warnings.append(str(error))
            continue
        for locale in targets:
            path = project.catalog(name, locale)
            try:
                ours = articles.catalog(project, path) if plan.asked(locale, locales) else None
            except AuflageError as error:
                report.warnings.append(str(error))
                continue
            common = takeback.overlap(ours, theirs) if ours else 0
            if ours and common:
                yield _Home(name, locale, path, ours, common)


def _home(homes: list[_Home], shown: str) -> _Home:
    """The catalog that has most in common with the file.

    Raises:
        CatalogError: there is none, or more than one.
    """
    most = max((home.common for home in homes), default=0)
    best = [home for home in homes if home.common == most]
    if not best:
        raise CatalogError(
            "no catalog of the project has an entry of it; is it this project's, and is the "
            "catalog there (auflage update)?",
            path=shown,
        )
    if len(best) > 1:
        options = " --article" * (len({home.name for home in best}) > 1)
        options += " --locale" * (len({home.locale for home in best}) > 1)
        listed = ", ".join(home.path for home in best)
        raise CatalogError(f"it may belong to {listed}; say which with{options}", path=shown)
    return best[0]


def _tell(taken: Taken, shown: str, path: str, report: Report) -> None:
    # The catalog was written: its lines are counted anew.
    written = po.parse(writing.serialise(taken.catalog), path)
    lines = {entry.key: entry.line for entry in written.live}
    for meeting in taken.meetings:
        ours = meeting.ours
        text = f"{shown}:{meeting.theirs.line}: "
        if ours is None:
            text += "unknown msgid: the article has no such sentence (any more)"
        else:
            text += _WORDS[meeting.outcome].format(f"{path}:{lines[ours.key]}")
        text += f"\n    msgid   {quoted((ours or meeting.theirs).msgid)}"
        if ours:
            text += f"\n    ours    {quoted(ours.msgstr)}"
        text += f"\n    theirs  {quoted(meeting.theirs.msgstr)}"
        if meeting.outcome is Outcome.CONFLICT:
            report.fail(text)
        else:
            report.warnings.append(text)


_WORDS = {
    Outcome.CONFLICT: "accepted here and in {}, with different texts; ours stays, choose one",
    Outcome.KEPT: "fuzzy here, and accepted with another text in {}; ours stays",
    Outcome.UNFINISHED: "part of it is still the source's words, so that nothing is accepted in "
    "{}; finish it here (OmegaT: without sentence segmentation) or there",
    Outcome.REPLACED: "takes the place of unfinished work in {}",
}


def _datum(meeting: Meeting) -> dict[str, Any]:
    return {
        "outcome": meeting.outcome.value,
        "line": meeting.theirs.line,
        "msgctxt": meeting.theirs.msgctxt,
        "msgid": meeting.theirs.msgid,
        "ours": meeting.ours.msgstr if meeting.ours else None,
        "theirs": meeting.theirs.msgstr,
    }
