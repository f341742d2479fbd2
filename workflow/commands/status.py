"""`auflage status`: words and segments per state, per article and locale."""

from collections.abc import Iterator
from typing import Any, Final

from workflow import articles, plan, store
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.editions import translate
from workflow.errors import AuflageError
from workflow.model import Coverage, State
from workflow.store import Project

_WIDTH: Final = 12


def status(project: Project, *, names: tuple[str, ...], locales: tuple[str, ...]) -> Report:
    """Tell how far the translations are.

    Raises:
        UsageError: an article or a locale that does not exist.
    """
    check_locales(project, locales)
    report = Report(data=[])
    for name in store.select(names, project.articles(), "article"):
        try:
            article = articles.article(project, name)
        except AuflageError as error:
            report.fail(error)
            continue
        rows = []
        source = article.metadata.locale
        for locale in plan.targets(project, source, locales):
            path = project.catalog(name, locale)
            try:
                catalog = articles.catalog(project, path)
            except AuflageError as error:
                report.fail(error)
                continue
            coverage = translate.translate(article, catalog, locale).coverage
            rows.append((locale, coverage))
            report.data.append(_datum(name, source, locale, path, coverage))
        if rows:
            report.lines += _table(name, source, rows)
    if not report.lines and not report.errors:
        report.lines.append(
            "nothing to translate: no article, or no “locales” in the configuration"
        )
    return report


def _table(name: str, source: str, rows: list[tuple[str, Coverage]]) -> Iterator[str]:
    first = rows[0][1]
    segments = sum(first.segments.values())
    yield f"{name} ({source}): {segments} segments, {first.total} words"
    yield "  locale    " + "".join(state.value.rjust(_WIDTH) for state in State)
    for locale, coverage in rows:
        cells = (_cell(coverage, state) for state in State)
        yield f"  {locale:<10}" + "".join(cell.rjust(_WIDTH) for cell in cells)
    yield "  (segments / words)"


def _cell(coverage: Coverage, state: State) -> str:
    segments = coverage.segments.get(state, 0)
    return f"{segments} / {coverage.words.get(state, 0)}" if segments else "–"


def _datum(name: str, source: str, locale: str, path: str, coverage: Coverage) -> dict[str, Any]:
    return {
        "article": name,
        "source": source,
        "locale": locale,
        "catalog": path,
        "segments": {state.value: coverage.segments.get(state, 0) for state in State},
        "words": {state.value: coverage.words.get(state, 0) for state in State},
    }
