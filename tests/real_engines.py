"""Two translators that run on this machine, as judges of the ladder: no engines of Auflage."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal

PAIRS = Path("/usr/share/apertium")


class Real:
    """An engine by a function from text to text; it is asked the same thing once."""

    capabilities = Capabilities(cheap=True, batch=32)

    def __init__(self, name: str, say: Callable[[str], str]):
        self.name = name
        self._say = say
        self._said: dict[str, str] = {}

    def say(self, text: str) -> str:
        """Its translation of a text."""
        if text not in self._said:
            self._said[text] = self._say(text)
        return self._said[text]

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        for query in queries:
            yield Draft(self.say(query.text), self.name, "2026-11-23")


@contextmanager
def apertium(program: str) -> Iterator[Callable[[str], str]]:
    """Apertium's own service on a free port, from English into Spanish."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([program, "-p", str(port), str(PAIRS)], **quiet)  # type: ignore[call-overload]

    def say(text: str) -> str:
        data = urllib.parse.urlencode({"langpair": "eng|spa", "q": text, "markUnknown": "no"})
        address = f"http://127.0.0.1:{port}/translate"
        with urllib.request.urlopen(address, data.encode(), timeout=60) as answer:
            return str(json.load(answer)["responseData"]["translatedText"])

    try:
        for _ in range(300):
            with suppress(urllib.error.URLError):
                say("house")
                break
            time.sleep(0.1)
        yield say
    finally:
        server.terminate()
        server.wait(10)


def chrf(answers: Sequence[str], references: Sequence[str]) -> float:
    """chrF2 of a text, from 0 to 100 (Popović 2015): F2 of n-grams of one to six letters."""
    scores = []
    for size in range(1, 7):
        common = given = wanted = 0
        for answer, reference in zip(answers, references, strict=True):
            ours, theirs = _grams(answer, size), _grams(reference, size)
            common += (ours & theirs).total()
            given += ours.total()
            wanted += theirs.total()
        scores.append((common / given, common / wanted))
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return 100 * 5 * precision * recall / (4 * precision + recall)


def _grams(text: str, size: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[at : at + size] for at in range(len(letters) - size + 1))
