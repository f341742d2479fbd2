"""The plan: which editions there are, and which of them are stale and why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trees import article, write
from workflow import config, plan
from workflow.buildlog import SITE, BuildLog, Built
from workflow.errors import UsageError
from workflow.store import Project, open_project
from workflow.work import Job

FORMATS = ("html", "pdf")


def make(root: Path, *locales: str, articles: tuple[str, ...] = ()) -> plan.Plan:
    project = open_project(root)
    names = articles or project.articles()
    return plan.make(project, articles=names, locales=locales, formats=FORMATS)


def test_a_job_holds_paths_alone(project: Path) -> None:
    article(project, "x")
    german, russian, *_ = make(project).jobs
    assert german == Job(
        article="x",
        locale="de-AT",
        source="source/x.md",
        catalog=None,
        outputs=(("html", "build/de/x.html"), ("pdf", "build/de/x.pdf")),
        siblings=("de-AT", "ru", "kk", "en"),
        publisher="Linkswende",
        paper="a4",
    )
    assert russian.catalog == "locale/ru/LC_MESSAGES/x.po"
    assert russian.outputs[0] == ("html", "build/ru/x.html")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("de-AT", ["de-AT", "ru", "kk", "en"]),
        ("de", ["de", "ru", "kk", "en"]),
        ("en", ["en", "ru", "kk"]),
        ("en-GB", ["en-GB", "ru", "kk"]),  # no translation from English into English
        ("fr", ["fr", "ru", "kk", "en"]),
    ],
)
def test_an_article_is_translated_into_all_but_its_own_language(
    project: Path, own: str, expected: list[str]
) -> None:
    write(project, "source/x.md", f"---\ntitle: T\nlocale: {own}\n---\n")
    assert [job.locale for job in make(project).jobs] == expected


def test_two_locales_of_a_language_have_folders_of_their_own(project: Path) -> None:
    write(project, "auflage.toml", "locales = ['pt-BR', 'pt-PT', 'ru']\n")
    article(project, "x")
    folders = [job.outputs[0][1].split("/")[1] for job in make(project).jobs]
    assert folders == ["de", "pt-BR", "pt-PT", "ru"]
    assert [job.locale for job in make(project, "pt").jobs] == ["pt-BR", "pt-PT"]
    assert [job.locale for job in make(project, "pt-PT").jobs] == ["pt-PT"]


@pytest.mark.parametrize("asked", ["de", "de-AT"])
def test_the_language_alone_is_enough(project: Path, asked: str) -> None:
    article(project, "x")
    assert [job.locale for job in make(project, asked).jobs] == ["de-AT"]


@pytest.mark.parametrize("asked", ["fr", "de-CH", "../ru"])
def test_an_unknown_locale_is_refused(project: Path, asked: str) -> None:
    article(project, "x")
    with pytest.raises(UsageError, match=r"unknown locale.*there is de-AT, ru, kk, en"):
        make(project, "ru", asked)


def test_an_article_that_cannot_be_read_keeps_none_of_the_others(project: Path) -> None:
    article(project, "good")
    write(project, "source/bad.md", "---\ntitle: [\n---\n")
    planned = make(project)
    assert {job.article for job in planned.jobs} == {"good"}
    assert [str(error).split(":")[0] for error in planned.errors] == ["source/bad.md"]
    assert make(project, "kk", articles=("bad",)).jobs == ()


@pytest.fixture
def log(project: Path) -> Iterator[BuildLog]:
    opened = BuildLog(project)
    yield opened
    opened.close()


def record(project: Project, job: Job, log: BuildLog) -> None:
    """Pretend that a job was done."""
    around = plan.surroundings()
    for step in plan.steps(project, job, around, log, log.built()):
        write(project.root, step.output, step.output)
        log.forget(step.output)
        images = [(path, log.digest(path)) for path in SHOWN]
        made_of = plan.with_images(step.inputs, images)
        log.record(Built(step.output, made_of, log.digest(step.output), "{}"))


CATALOG = "locale/ru/LC_MESSAGES/x.po"
SHOWN = ("source/image.ru.png", "source/image.png")


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        (None, "", None),
        ("source/x.md", "# Else", "changed: source/x.md"),
        (CATALOG, "else", f"changed: {CATALOG}"),
        ("locale/kk/LC_MESSAGES/x.po", "else", None),
        ("source/y.md", "# Another article", None),
        ("source/image.png", "else", "changed: source/image.png"),
        ("source/image.ru.png", "new", "changed: source/image.ru.png"),
        ("source/image.kk.png", "new", None),
        ("source/other.png", "new", None),
        ("auflage.toml", "source_locale='de-AT'\nlocales=['ru']", "changed: configuration"),
        ("build/ru/x.html", "else", "it was changed by someone else"),
    ],
)
def test_reasons(
    project: Path, log: BuildLog, path: str | None, text: str, reason: str | None
) -> None:
    article(project, "x")
    write(project, "source/image.png", "image")
    write(project, CATALOG, "catalog")
    (job,) = make(project, "ru").jobs
    record(open_project(project), job, log)
    if path:
        write(project, path, text)
        log.forget(path)
    (job,) = make(project, "ru", articles=("x",)).jobs
    around = plan.surroundings()
    steps = plan.steps(open_project(project), job, around, log, log.built())
    pdf_too = path != "build/ru/x.html"
    assert [step.reason for step in steps] == [reason, reason if pdf_too else None]


def test_reasons_without_a_history(project: Path, log: BuildLog) -> None:
    article(project, "x")
    write(project, "build/ru/x.pdf", "from somewhere")
    opened = open_project(project)
    (job,) = make(project, "ru").jobs
    steps = plan.steps(opened, job, plan.surroundings(), log, {})
    assert [step.reason for step in steps] == ["it is not there", "nothing is known of it"]


def test_only(project: Path) -> None:
    article(project, "x")
    (job,) = make(project, "ru").jobs
    assert plan.only(job, ["build/ru/x.pdf"]).outputs == (("pdf", "build/ru/x.pdf"),)
    assert plan.only(job, [path for _, path in job.outputs]) == job


def test_vanished(project: Path) -> None:
    article(project, "x")
    known = ("build/ru/x.html", "build/ru/y.html", "build/fr/x.pdf")
    built = {path: Built(path, "", "", "{}") for path in known}
    built["build/index.html"] = Built("build/index.html", "", "", SITE)
    assert plan.vanished(make(project), built) == ("build/ru/y.html", "build/fr/x.pdf")
    write(project, "source/y.md", b"\xff")
    assert plan.vanished(make(project), built) == ()


def test_each_format_has_tools_of_its_own() -> None:
    tools = plan.surroundings().tools
    assert set(tools) == {*config.FORMATS, "site"}
    # The bilingual edition is made by what makes a PDF.
    assert len(set(tools.values())) == len(tools) - 2
