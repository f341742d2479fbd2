"""Whether anything has changed since an update left nothing to do.

Reading 50,000 sentences and their catalogs takes seconds; looking at the files that hold
them takes none. Without a build log nothing is known, and nothing fails.
"""

from hashlib import blake2b
from typing import Final

from workflow import plan
from workflow.buildlog import BuildLog
from workflow.errors import StoreError
from workflow.store import Project

_FACT: Final = "updated"


def since_update(project: Project) -> bool:
    """True if every file that an update reads is as the last update left it."""
    try:
        log = BuildLog(project.root)
    except StoreError:
        return False
    try:
        return log.fact(_FACT) == _state(project, log)
    finally:
        log.close()


def note_update(project: Project) -> None:
    """Remember that there is nothing to do for the files as they are."""
    try:
        log = BuildLog(project.root)
    except StoreError:
        return
    try:
        log.note(_FACT, _state(project, log))
    finally:
        log.close()


def _state(project: Project, log: BuildLog) -> str:
    state = blake2b(digest_size=12)
    state.update(repr(project.config).encode())
    state.update(plan.surroundings(project, log).tools["html"].encode())
    for path in (*map(project.source, project.articles()), *project.catalogs()):
        state.update(f"{path} {log.digest(path)}\n".encode())
    return state.hexdigest()
