"""How editions are made, one frozen job after the other."""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from workflow import articles, pictures
from workflow.editions import html, images, markdown, pages
from workflow.editions.images import Picture
from workflow.editions.labels import Labels
from workflow.editions.standing import standing
from workflow.editions.summary import is_photo, summary
from workflow.editions.translate import translate
from workflow.errors import AuflageError
from workflow.model import Article, Catalog, Edition
from workflow.printing import fonts, pdf
from workflow.store import Project
from workflow.work import Job, Result

Pictures = Mapping[str, Picture]
"""An article's images, by the addresses it has for them."""


def perform(project: Project, job: Job) -> Result:
    """Make one edition in the formats it is asked for.

    A failure is in the result, so that the other editions are still made.
    """
    try:
        return _perform(project, job)
    except AuflageError as error:
        return Result(job, errors=(str(error),))
    except Exception as error:  # here, and for each output, a bug becomes a message
        place = f"{job.source} ({job.locale})"
        return Result(job, errors=(f"{place}: {type(error).__name__}: {error}",))


def _perform(project: Project, job: Job) -> Result:
    article = articles.article(project, job.article)
    catalog = articles.catalog(project, job.catalog) if job.catalog else None
    edition = translate(article, catalog, job.locale, stale=job.stale)
    found = pictures.find(project, article, job.locale)
    lost = list(found.lost)
    edition = replace(edition, exceptions=job.exceptions)
    # However stale entries are shown, they are stale.
    whole = edition if job.stale == "mark" else translate(article, catalog, job.locale)
    made: list[tuple[str, bool]] = []
    errors: list[str] = []
    for kind, path in job.outputs:
        try:
            box = _BOXES.get(kind, images.PAPER)
            shown, refused = pictures.fit(project, found, box) if box else ({}, [])
            lost += [told for told in refused if told not in lost]
            data = _MAKERS[kind](project, job, edition, shown)
            made.append((path, project.replace(path, data)))
        except AuflageError as error:
            errors.append(str(error))
        except Exception as error:
            errors.append(f"{path}: {type(error).__name__}: {error}")
    return Result(
        job,
        made=tuple(made),
        summary=summary(_typeset(job, edition), catalog, _photo(project, job, found)),
        images=tuple(found.seen.items()),
        standing={} if edition.original else standing(whole, catalog).data(),
        warnings=(*lost, *_behind(job, article, catalog), *_wordless(job)),
        errors=tuple(errors),
    )


def _typeset(job: Job, edition: Edition) -> Edition:
    """As readers see it. Translated Markdown is for people who go on working with the text."""
    return replace(edition, house=job.house)


def _html(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    page = pages.web_page(
        _typeset(job, edition),
        _embedded(shown),
        job.siblings,
        fonts=fonts.web_rules(),
        publisher=job.publisher,
        site_url=job.site_url,
    )
    return page.encode("utf-8")


def _pdf(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    edition = _typeset(job, edition)
    page = pages.print_page(edition, _embedded(shown), publisher=job.publisher)
    return pdf.render(page, pages.print_style(edition, job.paper), project.root / "source")


def _booklet(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    edition = _typeset(job, edition)
    page = pages.print_page(edition, _embedded(shown), publisher=job.publisher)
    return pdf.fold(page, pages.print_style(edition, "booklet"), project.root / "source")


def _bilingual(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    article, edition = edition.article, _typeset(job, edition)
    original = _typeset(job, translate(article, None, article.metadata.locale))
    page = pages.bilingual_page(original, edition, _embedded(shown), publisher=job.publisher)
    return pdf.render(page, pages.bilingual_style(original, edition), project.root / "source")


def _epub(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    from workflow.editions import epub  # noqa: PLC0415  (loads libraries that others need not)

    rules, files = fonts.book_rules(), fonts.book_files()
    return epub.book(
        _typeset(job, edition),
        shown,
        font_rules=rules,
        font_files=files,
        publisher=job.publisher,
    )


def _markdown(project: Project, job: Job, edition: Edition, shown: Pictures) -> bytes:
    # Its line ends and byte order mark are bytes too, and stay.
    return markdown.splice(edition, project.read(job.source).decode("utf-8")).encode("utf-8")


def _embedded(shown: Pictures) -> dict[str, html.Shown]:
    """Images as a page has them that is one file: in their own addresses."""
    addresses = {}
    for address, picture in shown.items():
        data = base64.b64encode(picture.data).decode("ascii")
        url = f"data:{picture.media_type};base64,{data}"
        addresses[address] = html.Shown(url, picture.width, picture.height)
    return addresses


_MAKERS: Final[Mapping[str, Callable[[Project, Job, Edition, Pictures], bytes]]] = {
    "html": _html,
    "pdf": _pdf,
    "booklet": _booklet,
    "bilingual": _bilingual,
    "epub": _epub,
    "md": _markdown,
}
# What a format can show of an image, if it is not paper.
_BOXES: Final = {"html": images.SCREEN, "epub": images.SCREEN, "md": None}


def _photo(project: Project, job: Job, found: pictures.Found) -> str:
    """The path of the first image of the page that previews of links can show."""
    if not job.site_url:
        return ""
    shown, _ = pictures.fit(project, found, images.SCREEN)
    return next((found.files[address][0] for address in shown if is_photo(address)), "")


def _wordless(job: Job) -> Iterator[str]:
    """What to say of a language that the labels of editions do not know."""
    if not Labels(job.locale).own:
        yield f"{job.locale}: no labels in this language, the page says “Languages” in English"


def _behind(job: Job, article: Article, catalog: Catalog | None) -> Iterator[str]:
    """What to say of a catalog that does not hold the article as it is now."""
    if job.catalog is None:
        return
    if catalog is None:
        yield f"{job.catalog}: no catalog yet; run: auflage update (or make po)"
        return
    known = catalog.index()
    keys = {(part.msgctxt, part.msgid) for part in article.segments}
    missing = sum(key not in known for key in keys)
    if missing:
        yield (
            f"{job.catalog}: behind {job.source}, {missing} of {len(keys)} segments are not in "
            "it; run: auflage update (or make po)"
        )
