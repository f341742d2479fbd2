"""The jobs: however they are run, the bytes are the same, and a failure is a result."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.trees import article, contents, outputs, write
from workflow import jobs, plan, pool
from workflow.store import Project, open_project
from workflow.work import Job, Result


def planned(project: Path, *locales: str, formats: tuple[str, ...] = ("html",)) -> tuple[Job, ...]:
    opened = open_project(project)
    names = opened.articles()
    return plan.make(opened, articles=names, locales=locales, formats=formats).jobs


def run(project: Path, work: tuple[Job, ...], workers: int) -> list[Result]:
    return list(pool.run(open_project(project), work, workers))


def test_serial_and_a_pool_give_the_same_bytes(kasachstan: Path, tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    shutil.copytree(kasachstan, pool, ignore=shutil.ignore_patterns("pool"))
    formats = ("html", "pdf", "epub", "booklet")
    serial_results = run(kasachstan, planned(kasachstan, "kk", "de", formats=formats), 1)
    pool_results = run(pool, planned(pool, "kk", "de", formats=formats), 2)
    built = contents(pool / "build")
    assert {f"build/{path}" for path in built} == outputs("de", "kk", kinds=formats)
    assert built == contents(kasachstan / "build")
    assert sorted(pool_results, key=lambda result: result.job.locale) == sorted(
        serial_results, key=lambda result: result.job.locale
    )


def test_a_result_tells_what_was_made(kasachstan: Path) -> None:
    (result,) = run(kasachstan, planned(kasachstan, "ru"), 1)
    assert result.made == ((f"{min(outputs('ru', kinds=('html',)))}", True),)
    assert result.summary.title.startswith("Всеобщая забастовка")
    assert (result.warnings, result.errors) == ((), ())
    (again,) = run(kasachstan, planned(kasachstan, "ru"), 1)
    assert again.made == ((result.made[0][0], False),)


def fail(*arguments: Any, **options: Any) -> Any:
    raise ZeroDivisionError("a bug")


def test_a_bug_in_one_format_leaves_the_other(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(project, "x")
    monkeypatch.setitem(jobs._MAKERS, "pdf", fail)
    (result,) = run(project, planned(project, "kk", formats=("pdf", "html")), 1)
    assert result.errors == ("build/kk/x.pdf: ZeroDivisionError: a bug",)
    assert result.made == (("build/kk/x.html", True),)


def test_a_bug_before_any_format(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(project, "x")
    monkeypatch.setattr(jobs, "translate", fail)
    results = run(project, planned(project, "kk", "ru"), 1)
    assert [result.errors for result in results] == [
        ("source/x.md (ru): ZeroDivisionError: a bug",),
        ("source/x.md (kk): ZeroDivisionError: a bug",),
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_input_is_a_result(project: Path, workers: int) -> None:
    article(project, "x")
    write(project, "locale/ru/LC_MESSAGES/x.po", 'msgid "a"\nmsgstr "b')
    results = {result.job.locale: result for result in run(project, planned(project), workers)}
    (error,) = results["ru"].errors
    assert error.startswith("locale/ru/LC_MESSAGES/x.po:2: ")
    assert results["ru"].made == ()
    assert all(not results[locale].errors for locale in ("de-AT", "kk", "en"))
    assert set(contents(project / "build")) == {"de/x.html", "kk/x.html", "en/x.html"}


class Deadly(Project):
    """Kills the process that receives it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_a_killed_worker_is_a_result(project: Path) -> None:
    article(project, "x")
    opened = open_project(project)
    work = planned(project, "ru", "kk")
    results = list(pool.run(Deadly(opened.root, opened.config), work, 2))
    assert {result.job.locale for result in results} == {"ru", "kk"}
    assert all("a worker was killed" in result.errors[0] for result in results)


def test_who_stops_listening_stops_the_pool(project: Path) -> None:
    for number in range(20):
        article(project, f"x{number}")
    work = planned(project)
    results = pool.run(open_project(project), work, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert 1 <= len(contents(project / "build")) < len(work)


def test_where_no_pool_can_be_the_editions_are_made_all_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no semaphores")

    article(project, "x")
    monkeypatch.setattr(pool, "ProcessPoolExecutor", refuse)
    results = run(project, planned(project, "ru", "kk"), 2)
    assert [result.errors for result in results] == [(), ()]


def test_a_few_pages_need_no_pool_and_several_pdfs_do(project: Path) -> None:
    article(project, "x")
    assert pool._sensible(planned(project, formats=("html",))) == 1
    assert pool._sensible(planned(project, "kk", formats=("pdf",))) == 1
    assert pool._sensible(planned(project, formats=("pdf",))) == min(pool._processors(), 8)
