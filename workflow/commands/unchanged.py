"""Whether anything has changed since an update found nothing to do.

Reading 50,000 sentences and their catalogs takes seconds; looking at the files that hold
them takes none. Without a build log nothing is known, and nothing fails.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from workflow import plan
from workflow.buildlog import BuildLog
from workflow.errors import StoreError
from workflow.store import Project

_FACT: Final = "updated"


@dataclass(frozen=True, slots=True)
class Look:
    """The state of every file that an update reads, and whether it is known to be done."""

    state: str
    done: bool


def look(project: Project) -> Look | None:
    """Look at the files, before an update reads them; None if nothing can be known."""
    try:
        log = BuildLog(project.root)
        try:
            state = _state(project, log)
            return Look(state, log.fact(_FACT) == state)
        finally:
            log.close()
    except StoreError:
        return None


def note(project: Project, looked: Look) -> None:
    """Remember that an update found nothing to do for the files as they were looked at."""
    try:
        log = BuildLog(project.root)
        try:
            log.note(_FACT, looked.state)
        finally:
            log.close()
    except StoreError:
        return


def _state(project: Project, log: BuildLog) -> str:
    state = blake2b(digest_size=12)
    state.update(repr(project.config).encode())
    state.update(plan.surroundings().tools["html"].encode())
    # Files of locale/memory/ are not among them: only new sentences look there.
    for path in (*map(project.source, project.articles()), *project.catalogs()):
        state.update(f"{path} {log.digest(path)}\n".encode())
    return state.hexdigest()
