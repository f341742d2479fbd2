"""The pages in a real browser: width, fonts, requests, links."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NAME = "kasachstan-2022"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser(judge: Callable[[str], str]) -> Iterator[Any]:
    executable = judge("chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


PAGES = [f"{locale}/{NAME}.html" for locale in ("de", "ru", "kk", "en")]


@pytest.fixture(params=[*PAGES, "index.html", "404.html", "kk/index.html"])
def address(request: pytest.FixtureRequest, built: Path) -> str:
    return (built / "build" / request.param).as_uri()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_and_is_silent(browser: Any, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lowest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main p, main li')]"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert lowest >= 13
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    page.close()


def test_every_letter_is_set_in_our_fonts(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})
    families = {
        (font["familyName"].startswith(("Source Serif 4", "Source Sans 3")), font["isCustomFont"])
        for node in found["nodeIds"]
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }
    assert families == {(True, True)}
    page.close()


def test_one_can_walk_through_the_languages(browser: Any, built: Path) -> None:
    page = browser.new_page()
    page.goto((built / "build" / "index.html").as_uri())
    page.click("main h2 a[hreflang='ru']")
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.click("main h2 a")
    assert page.inner_text("h1").startswith("Всеобщая забастовка")
    page.click("nav a[hreflang='kk']")
    assert page.evaluate("document.documentElement.lang") == "kk"
    assert page.inner_text("h1").startswith("Жалпы ереуіл")
    page.keyboard.press("Tab")  # the first stop is the way past the menu
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#text"
    page.close()
