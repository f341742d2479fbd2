"""What a PDF edition takes beside WeasyPrint alone.

    python benchmarks/beside_weasyprint.py [RUNS]

The whole edition, from the files of article and catalog to its bytes, and WeasyPrint's own
`write_pdf` on the very same HTML and style sheets, once as `pdf/ua-1` with its own tags and once
without any: in turns, in one warm process. Medians of CPU time. Then all PDFs of a project by one
`auflage build`, against one WeasyPrint command line for each on the same HTML: wall time, cold. And
what a web page and an EPUB take when warm. The tables go into RESULTS.md.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from results import put

sys.path.insert(0, str(Path(__file__).parent.parent))

from workflow import articles, jobs, pictures, plan
from workflow.editions import images, pages
from workflow.editions.translate import translate
from workflow.model import Article
from workflow.printing import fonts, pdf
from workflow.store import Project, open_project
from workflow.work import Job

PROJECTS = Path(__file__).parent.parent / "tests" / "articles"


def shown(project: Project, job: Job, article: Article) -> jobs.Pictures:
    """The article's images as paper has them."""
    return pictures.fit(project, pictures.find(project, article, job.locale), images.PAPER)[0]


def whole(project: Project, job: Job) -> Callable[[], object]:
    """The edition as `auflage build` makes it."""

    def make() -> bytes:
        article = articles.article(project, job.article)
        catalog = articles.catalog(project, job.catalog) if job.catalog else None
        edition = translate(article, catalog, job.locale)
        return jobs._pdf(project, job, edition, shown(project, job, article))

    return make


def final(project: Project, job: Job) -> tuple[str, str]:
    """The HTML and the style sheet that a PDF is made of."""
    article = articles.article(project, job.article)
    catalog = articles.catalog(project, job.catalog) if job.catalog else None
    edition = jobs._typeset(job, translate(article, catalog, job.locale))
    embedded = jobs._embedded(shown(project, job, article))
    html = pages.print_page(edition, embedded, publisher=job.publisher)
    return html, "\n".join((fonts.print_rules(), *pages.print_style(edition, job.paper)))


def bare(project: Project, job: Job, variant: str | None) -> Callable[[], object]:
    """WeasyPrint on the same HTML."""
    html, style = final(project, job)
    weasyprint = pdf.load()

    def make() -> object:
        settings = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=style, font_config=settings)
        document = weasyprint.HTML(string=html)
        return document.write_pdf(stylesheets=[sheet], font_config=settings, pdf_variant=variant)

    return make


def cost(make: Callable[[], object]) -> float:
    began = time.process_time()
    make()
    return time.process_time() - began


def row(project: Project, job: Job, runs: int) -> str:
    makers = whole(project, job), bare(project, job, "pdf/ua-1"), bare(project, job, None)
    for make in makers:
        make()
    taken = [[cost(make) for make in makers] for _ in range(runs)]
    ours, tagged, plain = (statistics.median(values) for values in zip(*taken, strict=True))
    over = statistics.median(one[0] / one[2] for one in taken)
    name = f"{job.article} ({job.locale})"
    return f"| {name} | {ours:.2f} | {tagged:.2f} | {plain:.2f} | {over:.2f} | 1.15 |"


def timed(*commands: list[str], folder: Path) -> float:
    """Wall time of commands, one after the other."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def cold(project: Project, planned: tuple[Job, ...], runs: int) -> str:
    """All PDFs by one command of ours, and by a command line of WeasyPrint each."""
    python, root = sys.executable, project.root
    theirs = []
    for job in planned:
        html, style = final(project, job)
        (root / f"{job.locale}.html").write_text(html, encoding="utf-8")
        (root / f"{job.locale}.css").write_text(style, encoding="utf-8")
        names = f"{job.locale}.css", f"{job.locale}.html", f"{job.locale}.pdf"
        theirs.append([python, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", "-s", *names])
    build = [python, "-m", "workflow", "build", "--format", "pdf"]
    taken = []
    for _ in range(runs):
        shutil.rmtree(root / "build", ignore_errors=True)
        taken.append((timed(build, folder=root), timed(*theirs, folder=root)))
    ours, bare_ones = (statistics.median(values) for values in zip(*taken, strict=True))
    over = statistics.median(one[0] / one[1] for one in taken)
    return f"| {len(planned)} PDFs, cold | {ours:.2f} | {bare_ones:.2f} | {over:.2f} | 0.5 |"


def warm(project: Project, job: Job, runs: int) -> Iterator[str]:
    """A web page and an EPUB from files to bytes."""
    for kind in ("html", "epub"):

        def make(kind: str = kind) -> object:
            article = articles.article(project, job.article)
            catalog = articles.catalog(project, job.catalog) if job.catalog else None
            edition = translate(article, catalog, job.locale)
            return jobs._MAKERS[kind](project, job, edition, {})

        make()
        taken = statistics.median(cost(make) for _ in range(runs))
        yield f"| {kind} ({job.locale}), warm, CPU | {taken:.3f} | | | 0.15 |"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    lines = [
        f"Medians of {runs} runs.",
        "",
        "| edition | Auflage | WeasyPrint, tagged | without tags | ratio to the last | aim |",
        "|---|---|---|---|---|---|",
    ]
    others = ["| what | Auflage | WeasyPrint | ratio | aim |", "|---|---|---|---|---|"]
    for name in ("kasachstan", "brotpreise"):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(PROJECTS / name / "project", folder, dirs_exist_ok=True)
            project = open_project(Path(folder))
            names = project.articles()
            planned = plan.make(project, articles=names, locales=(), formats=("pdf",)).jobs
            lines += [
                row(project, job, runs) for job in planned if not job.catalog or name[0] == "k"
            ]
            if name == "kasachstan":
                others.append(cold(project, planned, min(runs, 5)))
                others += [text for job in planned for text in warm(project, job, runs)]
    put("weasyprint", [*lines, "", *others])


if __name__ == "__main__":
    main()
