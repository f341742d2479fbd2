"""What a run of pre-translation takes beside the engine's own time.

    python benchmarks/beside_the_engine.py [SEGMENTS] [RUNS]

A server on this machine answers each request after 20 ms. The whole command runs against it; then
the very same requests are sent bare, in the same order, over one connection. Medians of wall time.
Google's page takes one text a request, LibreTranslate sixteen. The table goes into RESULTS.md.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from results import put

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.servers import SERVICES, Asked, Reply, Service, running

LATENCY = 0.02  # seconds
COMMAND = [sys.executable, "-m", "workflow"]
CONFIG = """
source_locale = "de"
locales = ["ru"]
[engine.google]
url = "{url}"
pause = 0
[engine.libretranslate]
url = "{url}"
"""


class Patient:
    """Any service, 20 ms late."""

    def __init__(self, service: Service):
        self.service = service

    def __call__(self, asked: Asked) -> Reply:
        time.sleep(LATENCY)
        return self.service(asked)


def article(segments: int) -> str:
    """Sentences that all differ; one in ten has a link and emphasis."""
    lines = ["# Titel", ""]
    for number in range(segments - 1):
        words = f"Satz {number} spricht von vielen Dingen, die Leute lesen wollen"
        if number % 10 == 0:
            words = f"Satz {number} spricht **laut** von [Dingen](https://example.org/{number})"
        lines += [words + ".", ""]
    return "\n".join(lines)


def measure(engine: str, segments: int) -> tuple[float, float, int]:
    """Seconds of the command, seconds of its requests sent bare, and how many there were."""
    with running(Patient(SERVICES[engine]())) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "source").mkdir()
        (folder / "source/a.md").write_text(article(segments), encoding="utf-8")
        (folder / "auflage.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        options = {"cwd": folder, "env": environment, "check": True, "capture_output": True}
        subprocess.run([*COMMAND, "update"], **options)
        began = time.perf_counter()
        subprocess.run([*COMMAND, "pretranslate", "--engine", engine, "--yes"], **options)
        ours = time.perf_counter() - began
        asked = list(server.asked)
        began = time.perf_counter()
        with requests.Session() as session:
            for one in asked:
                headers = {"Content-Type": one.headers.get("Content-Type", "")}
                session.request(
                    one.method, server.url + one.path, params=one.query, data=one.body,
                    headers=headers,
                ).raise_for_status()  # fmt: skip
        return ours, time.perf_counter() - began, len(asked)


def main() -> None:
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    lines = [
        f"{segments} segments, medians of {runs} runs.",
        "",
        "| engine | requests | command | bare | over | aim |",
        "|---|---|---|---|---|---|",
    ]
    for engine in ("google", "libretranslate"):
        found = [measure(engine, segments) for _ in range(runs)]
        ours, bare, asked = (statistics.median(values) for values in zip(*found, strict=True))
        over = statistics.median(one[0] / one[1] - 1 for one in found)
        lines.append(f"| {engine} | {asked:.0f} | {ours:.2f} | {bare:.2f} | {over:.0%} | 15% |")
    put("engine", lines)


if __name__ == "__main__":
    main()
