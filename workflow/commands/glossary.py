"""`auflage glossary`: look a term up in the term base, count it, or hand it to OmegaT."""

from pathlib import Path
from typing import Any, Final

from workflow import plan, store, termbase
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.errors import UsageError
from workflow.store import Project
from workflow.terms.glossary import Glossary, Row, omegat, search, terms_for

# What OmegaT reads, without what might be somebody's notes (.txt) or the term base itself (.csv).
_ENDINGS: Final = (".tsv", ".utf8")


def glossary(
    project: Project, term: str | None, *, export: Path | None, locales: tuple[str, ...]
) -> Report:
    """Look a term up; without one, say what there is or export it.

    Args:
        project: whose term base it is.
        term: in any language and form; None for the whole term base.
        export: a file to write for OmegaT.
        locales: the locale to export.

    Raises:
        UsageError: an export without its one locale, or into a file that is no such list.
        StoreError, GlossaryError: the term base cannot be read, or the export not written.
    """
    check_locales(project, locales)
    if term is not None and (export or locales):
        raise UsageError("--export and --locale go without a TERM")
    if locales and not export:
        raise UsageError("--locale says what to --export")
    known = termbase.glossary(project)
    if export:
        targets = plan.targets(project, project.config.source_locale, locales)
        return _export(project, known, export, targets)
    if not project.exists(project.glossary):
        return _absent(project, term)
    return _counts(project, known) if term is None else _look_up(project, known, term)


def _absent(project: Project, term: str | None) -> Report:
    said = f"there is no term base; {project.glossary} would be it"
    report = Report(lines=[] if term else [said], data=[] if term else {"terms": 0})
    if term:
        report.fail(said)
    return report


def _look_up(project: Project, known: Glossary, term: str) -> Report:
    found = search(known, term)
    report = Report(data=[_datum(row) for row in found])
    for row in found:
        report.lines += _shown(row, project.glossary)
    if not found:
        report.fail(f"“{term}” is not in {project.glossary}")
    return report


def _shown(row: Row, path: str) -> list[str]:
    remarks = "; ".join(filter(None, (row.pos, row.note, row.source)))
    lines = [f"{path}:{row.line}" + (f"  {remarks}" if remarks else "")]
    for locale, terms in row.terms.items():
        refused = ", ".join(row.forbidden.get(locale, ()))
        lines.append(
            f"  {locale:<6}{', '.join(terms)}" + (f"  (not: {refused})" if refused else "")
        )
    return lines


def _datum(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "terms": {locale: list(terms) for locale, terms in row.terms.items()},
        "forbidden": {locale: list(terms) for locale, terms in row.forbidden.items()},
        "pos": row.pos,
        "note": row.note,
        "source": row.source,
    }


def _counts(project: Project, known: Glossary) -> Report:
    counts = {locale: sum(locale in row.terms for row in known.rows) for locale in known.locales}
    listed = ", ".join(f"{locale} {count}" for locale, count in counts.items())
    return Report(
        lines=[f"{project.glossary}: {len(known.rows)} rows ({listed})"],
        data={"terms": len(known.rows), "locales": counts},
    )


def _export(project: Project, known: Glossary, file: Path, locales: tuple[str, ...]) -> Report:
    if len(locales) != 1:
        raise UsageError("--export needs one --locale, such as --locale ru")
    if file.suffix.lower() not in _ENDINGS:
        raise UsageError(f"“{file}” must end with {' or '.join(_ENDINGS)} for OmegaT to read it")
    source, (target,) = project.config.source_locale, locales
    count = len(terms_for(known, source, target))
    if not count:
        raise UsageError(f"{project.glossary} has no terms in {target}")
    store.replace(file, omegat(known, source, target).encode("utf-8"), shown=str(file))
    return Report(
        lines=[f"{file}: {count} terms from {source} to {target}"],
        data={"file": str(file), "terms": count, "source": source, "locale": target},
    )
