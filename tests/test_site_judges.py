"""What other people's judges say of every page: Nu HTML Checker, axe-core, the sitemap's schema.

They are fetched from the npm registry, and take a minute.
"""

import io
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests import packages, publishing
from tests.conftest import run
from tests.test_browser import FLAGS

pytestmark = pytest.mark.judge

VERSIONS = {"vnu-jar": "26.9.27", "axe-core": "4.14.1", "sitemap": "9.0.1"}
Judge = Callable[[str], str]


@pytest.fixture(scope="module")
def fetched(judge: Judge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return packages.fetch(judge("npm"), VERSIONS, tmp_path_factory.mktemp("fetched"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in four languages; the second article is pseudo-translated into one of them."""
    folder = publishing.project(tmp_path_factory.mktemp("site"), "formats = ['html']\n")
    for command in (
        ("update", "--article", "werkstatt"),
        ("pretranslate", "--engine", "pseudo", "--article", "werkstatt", "--locale", "kk"),
        ("build",),
    ):
        done = run(folder, *command)
        assert done.returncode == 0, done.stderr
    return folder / "build"


def file(archive: Path, ending: str) -> bytes:
    [(_, data)] = packages.files(archive, ending)
    return data


def test_the_html_is_valid(
    site: Path, fetched: dict[str, Path], judge: Judge, tmp_path: Path
) -> None:
    jar = tmp_path / "vnu.jar"
    jar.write_bytes(file(fetched["vnu-jar"], "/vnu.jar"))
    pages = list(map(str, publishing.pages_of(site)))
    command = [judge("java"), "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    broken = tmp_path / "broken.html"
    broken.write_text("<!doctype html><p><div id=a id=a></p>", encoding="utf-8")
    done = subprocess.run([*command, *pages, str(broken)], capture_output=True, check=True)
    errors = [
        (message["url"], message["message"])
        for message in json.loads(done.stderr or done.stdout)["messages"]
        if message["type"] != "info"
    ]
    assert {url for url, _ in errors} == {broken.as_uri().replace("///", "/")}, errors
    assert len(pages) == 15


@pytest.fixture(scope="module")
def browser(judge: Judge) -> Iterator[Any]:
    executable = judge("chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


def violations(browser: Any, address: str, axe: str, width: int, scheme: str) -> list[Any]:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        page.goto(address)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return [
            *((found["url"], "wider than the screen", width) for _ in range(wide)),
            *(
                (found["url"], v["id"], [n["html"] for n in v["nodes"]])
                for v in found["violations"]
            ),
        ]
    finally:
        page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(
    site: Path, fetched: dict[str, Path], browser: Any, width: int, scheme: str, tmp_path: Path
) -> None:
    axe = file(fetched["axe-core"], "package/axe.min.js").decode("utf-8")
    found = [
        violation
        for page in publishing.pages_of(site)
        for violation in violations(browser, page.as_uri(), axe, width, scheme)
    ]
    assert found == []
    bad = tmp_path / "bad.html"
    bad.write_text('<!doctype html><html><body><img src="data:"></body></html>', encoding="utf-8")
    assert violations(browser, bad.as_uri(), axe, width, scheme)


def test_the_sitemap_is_what_its_schema_wants(site: Path, fetched: dict[str, Path]) -> None:
    text = file(fetched["sitemap"], "schema/sitemap.xsd")
    # The schema of the links within is another's, and on another machine.
    schema = etree.XMLSchema(etree.parse(io.BytesIO(text.replace(b'"strict"', b'"skip"'))))
    tree = etree.parse(site / "sitemap.xml")
    schema.assertValid(tree)
    for day in tree.iter("{*}lastmod"):
        day.text = "yesterday"
    assert not schema.validate(tree)
