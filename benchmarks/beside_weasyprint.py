"""What a PDF edition takes beside WeasyPrint alone.

    python benchmarks/beside_weasyprint.py [RUNS]

The whole edition, from the files of article and catalog to its bytes, and WeasyPrint's own
`write_pdf` on the very same HTML and style sheets, once as `pdf/ua-1` with its own tags and once
without any: in turns, in one warm process. Medians of CPU time. The table goes into RESULTS.md.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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


def bare(project: Project, job: Job, variant: str | None) -> Callable[[], object]:
    """WeasyPrint on the same HTML."""
    article = articles.article(project, job.article)
    catalog = articles.catalog(project, job.catalog) if job.catalog else None
    edition = translate(article, catalog, job.locale)
    embedded = jobs._embedded(shown(project, job, article))
    html = pages.print_page(edition, embedded, publisher=job.publisher)
    style = fonts.print_rules() + "\n" + pages.print_style(edition, job.paper)
    weasyprint = pdf._load()

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


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    lines = [
        f"Medians of {runs} runs.",
        "",
        "| edition | Auflage | WeasyPrint, tagged | without tags | ratio to the last | aim |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("kasachstan", "brotpreise"):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(PROJECTS / name / "project", folder, dirs_exist_ok=True)
            project = open_project(Path(folder))
            names = project.articles()
            planned = plan.make(project, articles=names, locales=(), formats=("pdf",)).jobs
            lines += [
                row(project, job, runs) for job in planned if not job.catalog or name[0] == "k"
            ]
    put("weasyprint", lines)


if __name__ == "__main__":
    main()
