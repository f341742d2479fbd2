"""Markdown files of public projects: repeated, marked, and with hostile beginnings.

They are read for the run and not kept in the repository. Each is read as the article that it
would be; where it has no title, or front matter of its own that Auflage refuses, it gets
another head: what is judged is the body.
"""

import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import pytest

from tests import packages
from tests.round_trip import BEGINNINGS, HEAD, edition, faults, read, repeated
from tests.test_identity import skeleton
from workflow.editions import markdown as markdown_edition
from workflow.errors import SourceError

# It fetches the files, so it is no part of `make test`.
pytestmark = pytest.mark.judge

# What they are good for: READMEs and changelogs of many hands, reference manuals with tables and
# front matter, German and Russian texts, what makes other Markdown tools stumble.
VERSIONS = {
    "@bem/sdk.naming.entity": "0.2.11",
    "@diplodoc/transform": "4.78.9",
    "@intlayer/docs": "8.9.6",
    "@snack-uikit/button": "1.0.1",
    "avsc": "5.7.9",
    "bem-components": "6.0.1",
    "bem-core": "4.3.1",
    "bem-xjst": "8.10.0",
    "codemirror": "5.65.16",
    "commander": "14.0.3",
    "csso": "5.0.5",
    "doctoc": "1.4.0",
    "enb": "1.5.1",
    "eslint": "4.19.1",
    "eslint-plugin-import": "2.32.0",
    "eslint-plugin-jest": "29.17.0",
    "eslint-plugin-jsx-a11y": "6.10.2",
    "eyo-kernel": "4.0.1",
    "fastify": "5.12.8",
    "feathers": "2.2.4",
    "gitbook": "3.2.3",
    "iobroker.feiertage": "1.3.0",
    "iobroker.fritzdect": "2.6.2",
    "karma": "6.4.4",
    "knockout": "3.5.3",
    "log4js": "6.9.1",
    "markdown-pdf": "11.0.0",
    "markdownlint": "0.40.0",
    "mdpdf": "3.1.0",
    "mobx": "3.6.2",
    "nodemon": "3.1.14",
    "npm": "11.21.2",
    "pino": "10.4.0",
    "primus": "8.0.9",
    "redux-saga": "0.16.2",
    "reveal.js": "3.9.2",
    "showdown": "1.9.1",
    "standard": "17.1.2",
    "stylelint": "13.13.1",
    "textlint": "15.8.0",
    "undici": "7.30.2",
    "webpack": "3.12.0",
}
FILES, PROJECTS = 600, 40  # at least
EACH = 60  # at most, spread over all that a package has
LONGEST = 100_000  # bytes: longer ones, changelogs all, take long and show nothing new
REFUSED = 0.02  # at most
FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)


@dataclass(frozen=True)
class Verdict:
    name: str
    package: str
    text: str
    faults: tuple[str, ...]
    refusal: str = ""


@pytest.fixture(scope="module")
def verdicts(
    judge: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Verdict, ...]:
    archives = packages.fetch(judge("npm"), VERSIONS, tmp_path_factory.mktemp("judge"))
    return tuple(
        verdict(package, name, text)
        for package, archive in archives.items()
        for name, text in texts(list(packages.files(archive, ".md", ".markdown")))
    )


def texts(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Some of the files, as articles."""
    short = [(name, data) for name, data in files if len(data) < LONGEST]
    for name, data in islice(short, 0, None, max(1, -(-len(short) // EACH))):
        text = data.decode("utf-8")
        try:
            read(text)
        except SourceError:
            text = HEAD + FRONT.sub("", text.removeprefix("\ufeff"))
        yield name, text


def verdict(package: str, name: str, text: str) -> Verdict:
    try:
        return Verdict(name, package, text, tuple(faults(read(text), text)))
    except SourceError as error:
        return Verdict(name, package, text, (), str(error))
    except Exception:
        return Verdict(name, package, text, (traceback.format_exc(limit=-3),))


def test_the_files_are_many_and_different(verdicts: tuple[Verdict, ...]) -> None:
    assert len({found.text for found in verdicts}) >= FILES
    assert len({found.package for found in verdicts}) >= PROJECTS
    everything = "".join(found.text for found in verdicts)
    assert all(sign in everything for sign in ("ß", "ы", "\r\n", "\t", "[^1]:", "<table", "|--"))


def test_nothing_changes_that_should_not(verdicts: tuple[Verdict, ...]) -> None:
    found = {f"{found.package}: {found.name}": found.faults for found in verdicts if found.faults}
    assert found == {}


def test_few_are_refused(verdicts: tuple[Verdict, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Better no Markdown edition than a wrong one; but each refusal is somebody's work."""
    refused = [found for found in verdicts if found.refusal]
    projects = len({found.package for found in verdicts})
    with capsys.disabled():
        print(f"\n{len(verdicts)} files of {projects} projects, {len(refused)} refused")
        for found in refused:
            print(f"  {found.package}: {found.name}: {found.refusal}")
    assert len(refused) <= REFUSED * len(verdicts)


@pytest.mark.parametrize("pattern", BEGINNINGS)
def test_hostile_beginnings_stay_text(verdicts: tuple[Verdict, ...], pattern: str) -> None:
    for found in verdicts[::10]:
        article = read(found.text)
        hostile = edition(article, lambda msgid: pattern.replace("{}", msgid))
        assert skeleton(hostile) == skeleton(repeated(article)), found.name
        assert markdown_edition.splice(hostile, found.text) != found.text
