"""Folders as values: what is in them, and what a command changed."""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import run
from workflow.config import DEFAULT_FORMATS, FORMATS

NAME = "kasachstan-2022"
LAST = "Senkung der Lebensmittelpreise."


def contents(folder: Path) -> dict[str, str]:
    """Digest by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def times(folder: Path) -> dict[str, int]:
    """Modification time by path, the build log left out."""
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".auflage" not in path.parts
    }


def touched(folder: Path, before: dict[str, int]) -> set[str]:
    """What was written, made or removed since."""
    return {path for path, _ in times(folder).items() ^ before.items()}


def outputs(*locales: str, kinds: tuple[str, ...] = DEFAULT_FORMATS, name: str = NAME) -> set[str]:
    """The paths of editions."""
    return {f"build/{locale}/{name}{FORMATS[kind]}" for locale in locales for kind in kinds}


def indexes(*folders: str) -> set[str]:
    """The paths of the pages around the editions, without a site's address."""
    return {f"build/{name}" for name in ("index.html", "404.html", "status.html")} | {
        f"build/{folder}/index.html" for folder in folders
    }


def write(project: Path, path: str, text: str | bytes) -> Path:
    """Put a file into a project."""
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def article(project: Path, name: str, body: str = "Ein Satz.", title: str = "Titel") -> Path:
    """Put an article into a project."""
    return write(project, f"source/{name}.md", f"---\ntitle: {title}\n---\n\n{body}\n")


def empty_msgstr(catalog: Path, msgid: str) -> None:
    """Take a translation away, as a person does in a text editor."""
    text = catalog.read_text(encoding="utf-8")
    text, count = re.subn(f'(msgid "{re.escape(msgid)}"\nmsgstr ").*"', r'\1"', text)
    assert count == 1
    catalog.write_text(text, encoding="utf-8")


def shown(page: Path) -> str:
    """A page's text without its fonts, and as it was before typography touched it."""
    text = re.sub(r"<style>.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.S)
    return text.replace("\u00ad", "").replace("\u00a0", " ").replace("\u202f", " ")


def run_without_privileges(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command so that permissions count, even for root."""
    if os.geteuid() != 0:
        return run(folder, *arguments)
    if shutil.which("setpriv") is None:
        pytest.skip("root ignores permissions, and setpriv is not installed")
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    command = [*drop, sys.executable, "-m", "workflow", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
