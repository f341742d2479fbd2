"""Articles, catalogs and the term base as files: the reading that every verb begins with."""

from workflow.catalogs import extract, po, proof, writing
from workflow.model import Article, Catalog
from workflow.reading import markdown
from workflow.segments import blocks
from workflow.store import Project
from workflow.terms import table
from workflow.terms.glossary import Glossary


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


def glossary(project: Project) -> Glossary:
    """Read the term base; an empty one if there is none.

    Raises:
        StoreError, GlossaryError: it cannot be read.
    """
    path = project.glossary
    if not project.exists(path):
        return Glossary()
    locales = (project.config.source_locale, *project.locales)
    return table.parse(project.read_text(path), path, locales)


def write_template(project: Project, path: str, new: Catalog) -> tuple[Catalog, bool]:
    """Write a template if its bytes change; the template, and True if they did.

    Raises:
        StoreError: it cannot be written; the old file is untouched.
    """
    previous = (project.find(path) or b"").decode("utf-8", errors="replace")
    template, text = extract.dated(new, previous)
    return template, text != previous and project.replace(path, text.encode("utf-8"))


def write_catalog(project: Project, path: str, new: Catalog) -> bool:
    """Write a catalog if its bytes change; True if they did.

    Raises:
        StoreError: it cannot be written; the old file is untouched.
        CatalogError: a second reader does not find every translation in it.
    """
    text = writing.serialise(new)
    data = text.encode("utf-8")
    old = project.find(path)
    if old == data:
        return False
    proof.check(text, new, path, old=(old or b"").decode("utf-8", errors="replace"))
    return project.replace(path, data)
