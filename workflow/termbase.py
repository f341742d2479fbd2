"""The term base as a file."""

from workflow.store import Project
from workflow.terms import table
from workflow.terms.glossary import Glossary


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
