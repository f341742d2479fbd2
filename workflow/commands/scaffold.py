"""`auflage new DIR`: a project of one's own."""

import shlex
import shutil
import sys
from importlib import resources
from pathlib import Path
from typing import Final

from workflow import store
from workflow.commands import Report
from workflow.errors import UsageError

# Names in the package, and in the project: a .gitignore in the package would hide its files.
_FILES: Final = {
    "auflage.toml": "auflage.toml",
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "build.gitignore": "build/.gitignore",
    "article.md": "source/willkommen.md",
    "drafts.md": "locale/drafts/README.md",
}


def new(folder: Path) -> Report:
    """Make a project in an empty or new folder; a git repository without files counts as empty.

    Raises:
        UsageError: the folder has something in it.
        StoreError: it cannot be written.
    """
    shown = str(folder)
    if not _is_empty(folder, shown):
        raise UsageError(f"{shown} is not an empty folder; choose another")
    starter = resources.files("workflow") / "starter"
    command = _command()
    for name, target in _FILES.items():
        data = (starter / name).read_bytes()
        if name == "Makefile":
            data = data.replace(b"AUFLAGE ?= auflage", f"AUFLAGE ?= {command}".encode())
        store.replace(folder / target, data, shown=f"{shown}/{target}")
    return Report(
        lines=[
            f"{shown}: a project with one article",
            f"next: cd {shlex.quote(shown)} && make po && make",
        ],
    )


def _is_empty(folder: Path, shown: str) -> bool:
    try:
        if not folder.exists():
            return True
        return folder.is_dir() and all(file.name == ".git" for file in folder.iterdir())
    except OSError as error:
        raise store.refused("read", shown, error) from error


def _command() -> str:
    """How the project's Makefile calls Auflage: by its name, where the shell finds it."""
    if shutil.which("auflage"):
        return "auflage"
    return f"{shlex.quote(sys.executable)} -m workflow"
