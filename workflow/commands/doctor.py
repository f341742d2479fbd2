"""`auflage doctor`: what is there and what is missing."""

import os
import shutil
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from typing import Final

from workflow import __version__
from workflow.commands import Report
from workflow.printing import libraries

_PACKAGES: Final = (
    "babel",
    "polib",
    "pymorphy3",
    "markdown-it-py",
    "weasyprint",
    "deep-translator",
    "fonttools",
    "pillow",
)
# Tools that tests use as judges; nothing needs them to build.
_JUDGES: Final = {
    "msgfmt": "gettext",
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "qpdf": "qpdf",
    "chromium": "chromium",
    "npm": "npm",
    "java": "default-jre-headless",
    "poedit": "poedit",
    "omegat": "omegat",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "apertium-apy": "apertium-apy apertium-eng-spa",
    "faketime": "faketime",
    "setpriv": "util-linux",
}


def doctor(*, install: bool, quiet: bool) -> Report:
    """Look at the machine, and install what PDFs need if asked to.

    Args:
        install: install missing libraries, as root on a machine with apt.
        quiet: say only what is done.
    """
    report = Report()
    absent = libraries.missing()
    if absent and install and os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {', '.join(absent)} with apt-get …", file=sys.stderr, flush=True)  # noqa: T201
        _apt(report)
        absent = libraries.missing()
    if absent:
        report.fail(f"PDF: missing {', '.join(absent)}; run: {libraries.advice()}")
    if quiet:
        report.errors = []
        report.partly = bool(absent)
        return report
    report.data = {"missing": absent, "packages": _versions()}
    report.lines += [f"auflage {__version__}, Python {sys.version.split()[0]}"]
    report.lines += [f"  {name} {version or 'missing'}" for name, version in _versions().items()]
    if not absent:
        report.lines.append("PDF: Pango, HarfBuzz with its subset library and Fontconfig are there")
    missing = {tool: package for tool, package in _JUDGES.items() if not shutil.which(tool)}
    report.lines.append(
        "tests: all judges are there"
        if not missing
        else f"tests: skipped without {', '.join(missing)}; run: sudo apt-get install "
        + " ".join(dict.fromkeys(missing.values()))
    )
    if find_spec("pip") is None:
        report.lines.append("pip is missing from this environment")
    return report


def _apt(report: Report) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, *libraries.APT_PACKAGES]):
        done = subprocess.run(  # noqa: S603  (fixed words)
            command, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            report.warnings.append(f"{' '.join(command)}: {done.stderr.strip()[-300:]}")
            return


def _versions() -> dict[str, str | None]:
    versions: dict[str, str | None] = {}
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return versions
