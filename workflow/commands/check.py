"""`auflage check`: what is wrong with the translations, and what somebody should look at."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from workflow import articles, checks, plan, saving, store, termbase
from workflow.checks import mending
from workflow.checks.mending import Mended
from workflow.checks.spelling import spelling
from workflow.checks.structure import structure
from workflow.commands import Report, quoted
from workflow.commands.catalogs import check_locales
from workflow.commands.dictionaries import MISSING, dictionary
from workflow.editions import html, translate
from workflow.errors import AuflageError
from workflow.model import Article, Catalog, Diagnostic, Entry, Severity
from workflow.store import Project
from workflow.terms.glossary import Glossary

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_LONGEST: Final = 100  # characters of a text in a line for people


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    names: tuple[str, ...]
    locales: tuple[str, ...]
    severity: Severity = Severity.WARNING
    """The lowest that is shown. Spelling is looked at for hints only."""
    fix: bool = False
    agree: Callable[[str], bool] = lambda _: False
    """Shows what would be mended, and asks."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A catalog, and what was found in it."""

    name: str
    locale: str
    path: str
    article: Article
    catalog: Catalog
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Mending:
    """What mending a catalog needs."""

    project: Project
    path: str
    article: Article
    locale: str
    glossary: Glossary
    agree: Callable[[str], bool]
    time: str


def check(project: Project, request: Request, *, time: str) -> Report:
    """Check catalogs, and mend what is mechanical where that is asked for.

    Raises:
        UsageError: an article or a locale that does not exist.
        GlossaryError: the term base cannot be read.
    """
    check_locales(project, request.locales)
    glossary = termbase.glossary(project)
    report = Report(data=[])
    hints = request.severity is Severity.HINT
    for name, article, locale, path, catalog in _catalogs(project, request, report):
        if request.fix:
            mending_run = _Mending(project, path, article, locale, glossary, request.agree, time)
            catalog = _mend(mending_run, catalog, report)
        found = (
            *diagnose(article, catalog, locale, glossary),
            *(_spelling(catalog, locale, glossary, report) if hints else ()),
        )
        _tell(_Checked(name, locale, path, article, catalog, found), request, report)
    if not report.lines and not report.errors:
        report.lines.append("nothing to check: no catalog yet")
    return report


def _catalogs(
    project: Project, request: Request, report: Report
) -> Iterator[tuple[str, Article, str, str, Catalog]]:
    for name in store.select(request.names, project.articles(), "article"):
        try:
            article = articles.article(project, name)
        except AuflageError as error:
            report.fail(error)
            continue
        for locale in plan.targets(project, article.metadata.locale, request.locales):
            path = project.catalog(name, locale)
            try:
                catalog = articles.catalog(project, path)
            except AuflageError as error:
                report.fail(error)
                continue
            if catalog:
                yield name, article, locale, path, catalog


def diagnose(
    article: Article, catalog: Catalog, locale: str, glossary: Glossary
) -> Iterator[Diagnostic]:
    """What the checks find in a catalog, then in the edition that is made of it."""
    yield from checks.check(article, catalog, locale, glossary)
    source = article.metadata.locale
    editions = (translate.translate(article, catalog, one) for one in (source, locale))
    yield from structure(*(html.body(edition, {}) for edition in editions))


def _spelling(
    catalog: Catalog, locale: str, glossary: Glossary, report: Report
) -> Iterator[Diagnostic]:
    try:
        known = dictionary(locale)
    except ModuleNotFoundError:
        if MISSING not in report.warnings:
            report.warnings.append(MISSING)
        return
    if known:
        yield from spelling(catalog, locale, glossary, known)


def _tell(checked: _Checked, request: Request, report: Report) -> None:
    shown = _ORDER[: _ORDER.index(request.severity) + 1]
    index = checked.catalog.index()
    for one in checked.found:
        if one.severity in shown:
            entry = index.get(one.reference) if one.reference else None
            report.lines += _lines(checked.path, one, entry)
    counts = Counter(one.severity for one in checked.found)
    report.found |= bool(counts[Severity.ERROR])
    report.lines.append(f"{checked.path}: {_counted(checked.found, counts)}")
    report.data.append(_datum(checked, counts, index))


def _lines(path: str, one: Diagnostic, entry: Entry | None) -> Iterator[str]:
    place = f"{path}:{one.line}" if one.line else path
    yield f"{place}: {one.severity} {one.code}: {one.message}"
    if entry and entry.msgstr:
        yield f"    {_short(entry.msgstr)}"
    if one.suggestion:
        yield f"    → {one.suggestion}"


def _counted(found: tuple[Diagnostic, ...], counts: Counter[Severity]) -> str:
    states = Counter(one.code for one in found if one.severity is Severity.STATE)
    said = [
        f"{counts[severity]} {severity}{'s' if counts[severity] != 1 else ''}"
        for severity in _ORDER
        if counts[severity]
    ]
    said += [f"{count} {state}" for state, count in states.items()]
    return ", ".join(said) or "nothing found"


def _short(text: str) -> str:
    said = quoted(text)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…”"


def _datum(
    checked: _Checked, counts: Counter[Severity], index: dict[tuple[str | None, str], Entry]
) -> dict[str, Any]:
    return {
        "article": checked.name,
        "locale": checked.locale,
        "catalog": checked.path,
        "counts": {severity.value: counts[severity] for severity in Severity},
        "findings": [
            {
                "line": one.line,
                "code": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "suggestion": one.suggestion,
                "fix": one.fix,
                "msgctxt": one.reference[0] if one.reference else None,
                "msgid": one.reference[1] if one.reference else None,
                "msgstr": index[one.reference].msgstr if one.reference in index else None,
            }
            for one in checked.found
        ],
    }


def _mend(run: _Mending, catalog: Catalog, report: Report) -> Catalog:
    """Show what can be mended, ask, and write it; the catalog as it is then."""
    source, environment = run.article.metadata.locale, run.article.environment
    mended = {
        one.old.key: one
        for one in mending.mend(catalog, source, run.locale, run.glossary, environment)
    }
    if not mended or not run.agree("\n".join(_difference(run.path, mended.values()))):
        return catalog

    def change(now: Catalog | None) -> Catalog:
        return mending.apply(now or catalog, mended, run.time)

    try:
        new, changed = saving.amend(run.project, run.path, change)
    except AuflageError as error:
        report.fail(error)
        return catalog
    if changed:
        said = "entry" if len(mended) == 1 else "entries"
        report.lines.append(f"{run.path}: {len(mended)} {said} mended")
    return new


def _difference(path: str, mended: Iterable[Mended]) -> Iterator[str]:
    for one in mended:
        yield f"{path}:{one.old.line}: {', '.join(one.codes)}"
        yield f"  - {_visible(one.old.msgstr)}"
        yield f"  + {_visible(one.msgstr)}"


def _visible(text: str) -> str:
    """A text with what nobody sees made visible."""
    return "".join(
        sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in text.replace("\n", "\\n")
    )
