"""Articles and catalogs as files: the reading that every verb begins with."""

from workflow.catalogs import po
from workflow.model import Article, Catalog
from workflow.reading import markdown
from workflow.segments import blocks
from workflow.store import Project


def article(project: Project, name: str) -> Article:
    """Read an article and cut it into segments.

    Raises:
        StoreError, SourceError: it cannot be read.
    """
    path = project.source(name)
    parsed = markdown.parse(project.article_text(name), path, locale=project.config.source_locale)
    return blocks.segment(parsed)


def catalog(project: Project, path: str) -> Catalog | None:
    """Read a catalog or template; None if there is none.

    Raises:
        StoreError, CatalogError: it cannot be read.
    """
    data = project.find(path)
    return None if data is None else po.parse(po.decode(data, path), path)
