"""Whole commands on a large document, as ratios to po4a on the same document in the same run.

    python benchmarks/against_po4a.py [RUNS]

With 10,000 paragraphs, and with 1,000 to see how the time grows. The table goes into RESULTS.md.
Medians of wall time; the two tools take turns, so that a busy machine slows both. po4a has one
entry per paragraph, Auflage one per sentence: about five times as many. The catalogs of both are
translated, every msgstr in Cyrillic letters.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polib
from document import document
from results import put

AUFLAGE = [sys.executable, "-m", "workflow"]
PO4A = ["-f", "text", "-o", "markdown", "-o", "neverwrap", "-M", "UTF-8", "-m", "source/big.md"]
CONFIG = 'source_locale = "de"\nlocales = ["ru"]\n'


LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ",
    "абцдефгхийклмнопярстужвхызэёюсАБЦДЕФГХИЙКЛМНОПЯРСТУЖВХЫЗЭЁЮ",
)


def translate(path: Path, *, wrap: int) -> None:
    catalog = polib.pofile(str(path), wrapwidth=wrap)
    for entry in catalog:
        entry.msgstr = entry.msgid.translate(LETTERS)
        entry.flags = []
    catalog.save()


def run(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


class Bench:
    """A project with the document, and a place for po4a's files."""

    def __init__(self, folder: Path, paragraphs: int):
        self.folder = folder
        self.paragraphs = paragraphs
        (folder / "auflage.toml").write_text(CONFIG)
        (folder / "source").mkdir()
        self.write(0.0)
        run([*AUFLAGE, "update"], folder)
        run(["po4a-updatepo", *PO4A, "-p", "kept.po"], folder)
        translate(folder / "locale/ru/LC_MESSAGES/big.po", wrap=0)
        translate(folder / "kept.po", wrap=78)
        run([*AUFLAGE, "update"], folder)
        shutil.copytree(folder / "locale", folder / "kept")

    def write(self, changed: float) -> None:
        text = document(self.paragraphs, changed=changed)
        (self.folder / "source/big.md").write_text(text, encoding="utf-8")

    def restore(self) -> None:
        """The catalogs of the unchanged document, without what a build log knows."""
        for name in ("locale", "build"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "kept", self.folder / "locale")
        shutil.copy(self.folder / "kept.po", self.folder / "ru.po")

    def extract(self) -> tuple[float, float]:
        self.restore()
        shutil.rmtree(self.folder / "locale")
        (self.folder / "x.pot").unlink(missing_ok=True)
        ours = run([*AUFLAGE, "extract"], self.folder)
        return ours, run(["po4a-updatepo", *PO4A, "-p", "x.pot"], self.folder)

    def no_op_update(self) -> tuple[float, float]:
        self.restore()
        run([*AUFLAGE, "update"], self.folder)
        ours = run([*AUFLAGE, "update"], self.folder)
        return ours, run(["po4a-updatepo", *PO4A, "-p", "ru.po"], self.folder)

    def update(self) -> tuple[float, float]:
        self.restore()
        self.write(0.01)
        ours = run([*AUFLAGE, "update"], self.folder)
        theirs = run(["po4a-updatepo", *PO4A, "-p", "ru.po"], self.folder)
        self.write(0.0)
        return ours, theirs

    def build(self) -> tuple[float, float]:
        self.restore()
        ours = run([*AUFLAGE, "build", "--format", "html", "--locale", "ru"], self.folder)
        command = ["po4a-translate", *PO4A, "-p", "ru.po", "-l", "out.md", "-k", "0"]
        return ours, run([*command, "-L", "UTF-8"], self.folder)


AIMS = {"extract": 1.0, "no_op_update": 0.1, "update": 0.5, "build": 1.5}
NAMES = {
    "extract": "extract",
    "no_op_update": "no-op update",
    "update": "update, 1 % of paragraphs changed",
    "build": "HTML build",
}
Times = dict[str, list[tuple[float, float]]]


def measure(paragraphs: int, runs: int) -> Times:
    """Seconds of ours and of po4a's, by command."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), paragraphs)
        steps: list[Callable[[], tuple[float, float]]] = [
            bench.extract, bench.no_op_update, bench.update, bench.build,
        ]  # fmt: skip
        return {step.__name__: [step() for _ in range(runs)] for step in steps}


def table(large: Times, small: Times) -> list[str]:
    lines = [
        "| command | Auflage | po4a | ratio | aim | 1,000 paragraphs | growth | aim |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for step, pairs in large.items():
        ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
        before = statistics.median(pair[0] for pair in small[step])
        lines.append(
            f"| {NAMES[step]} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} | {AIMS[step]} "
            f"| {before:.2f} | {ours / before:.1f} | 11 |"
        )
    return lines


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if shutil.which("po4a-updatepo") is None:
        sys.exit("po4a is not installed; run: sudo apt-get install po4a")
    small = measure(1_000, runs)
    put("po4a", [f"Medians of {runs} runs.", "", *table(measure(10_000, runs), small)])


if __name__ == "__main__":
    main()
