"""`auflage status`: words and segments per state, per article and locale."""

from collections.abc import Iterator

from workflow import articles, plan, store
from workflow.commands import Report
from workflow.commands.catalogs import check_locales
from workflow.editions.standing import Standing, standing
from workflow.editions.translate import translate
from workflow.errors import AuflageError
from workflow.model import Coverage, State
from workflow.store import Project


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
            found = standing(translate(article, catalog, locale), catalog)
            rows.append((locale, found))
            place = {"article": name, "source": source, "locale": locale, "catalog": path}
            report.data.append(place | found.data())
        if rows:
            report.lines += _table(name, source, rows)
    if not report.lines and not report.errors:
        report.lines.append(
            "nothing to translate: no article, or no “locales” in the configuration"
        )
    return report


def _table(name: str, source: str, rows: list[tuple[str, Standing]]) -> Iterator[str]:
    coverage = rows[0][1].coverage
    segments = sum(coverage.segments.values())
    yield f"{name} ({source}): {segments} segments, {coverage.total} words"
    head = ["locale", *(state.value for state in State), "unmodified", "changed"]
    cells = [[locale, *_cells(found)] for locale, found in rows]
    columns = zip(head, *cells, strict=True)
    widths = [max(map(len, column)) for column in columns]
    for row in (head, *cells):
        first, *rest = zip(row, widths, strict=True)
        line = "".join(f"  {cell:>{width}}" for cell, width in rest)
        yield f"  {first[0]:<{first[1]}}{line}"
    yield "  (segments / words; unmodified: as an engine wrote it, accepted or not)"
    yield from _remarks(rows)


def _cells(found: Standing) -> Iterator[str]:
    for state in State:
        yield _cell(found.coverage, state)
    unmodified = sum(found.unmodified.segments.values())
    yield f"{unmodified} / {found.unmodified.total}" if unmodified else "–"
    yield found.changed or "–"


def _remarks(rows: list[tuple[str, Standing]]) -> Iterator[str]:
    dates: dict[str, list[str]] = {}
    for locale, found in rows:
        if State.MACHINE in found.since:
            dates.setdefault(found.since[State.MACHINE], []).append(locale)
    for date, locales in dates.items():
        yield f"  machine text since {date}: {', '.join(locales)}"
    for locale, found in rows:
        if found.overtaken:
            one = found.overtaken == 1
            what = "1 entry was" if one else f"{found.overtaken} entries were"
            have = "has" if one else "have"
            yield f"  {locale}: {what} reviewed and {have} changed since (auflage status --review)"


def _cell(coverage: Coverage, state: State) -> str:
    segments = coverage.segments.get(state, 0)
    return f"{segments} / {coverage.words.get(state, 0)}" if segments else "–"
