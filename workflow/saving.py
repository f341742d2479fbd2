"""Templates and catalogs as files that change: nothing that others write meanwhile is lost."""

from collections.abc import Callable
from typing import Final

from workflow.catalogs import extract, po, proof, writing
from workflow.errors import StoreError
from workflow.model import Catalog
from workflow.store import Project

_PATIENCE: Final = 20  # saves of another program within one of ours


def write_template(project: Project, path: str, new: Catalog) -> tuple[Catalog, bool]:
    """Write a template if its bytes change; the template, and True if they did.

    Raises:
        StoreError: it cannot be written; the old file is untouched.
    """
    previous = (project.find(path) or b"").decode("utf-8", errors="replace")
    template, text = extract.dated(new, previous)
    return template, text != previous and project.replace(path, text.encode("utf-8"))


def amend(
    project: Project, path: str, change: Callable[[Catalog | None], Catalog]
) -> tuple[Catalog, bool]:
    """Change a catalog as it is now: what it holds then, and True if its bytes changed.

    Other programs write catalogs too. If one does while we work, the change is made anew, on
    what that program wrote.

    Args:
        project: the project.
        path: the catalog's.
        change: makes the new catalog of the present one, None if there is none yet.

    Raises:
        StoreError: it cannot be written, or never rests; the file is as others left it.
        CatalogError: it cannot be read, or a second reader does not find every translation in
            what would be written.
    """
    for _ in range(_PATIENCE):
        old = project.find(path)
        old_text = "" if old is None else po.decode(old, path)
        new = change(None if old is None else po.parse(old_text, path))
        text = writing.serialise(new)
        data = text.encode("utf-8")
        if data == old:
            return new, False
        proof.check(text, new, path, old=old_text)
        if project.swap(path, old, data):
            return new, True
    raise StoreError("another program keeps writing it; try again later", path=path)
