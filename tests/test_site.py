"""The site around the articles: where its links lead, what it tells machines, what is left out."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from PIL import Image

from tests import pages, publishing
from tests.conftest import CONFIG, run
from tests.publishing import LOCALES, URL, addresses, pages_of, target
from tests.test_identity import article as parsed
from tests.trees import NAME, article, contents, shown, times, write
from workflow.config import DEFAULT_FORMATS
from workflow.editions import heads
from workflow.editions.translate import translate

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
UNLISTED = ("404.html", "status.html")  # for nobody who searches
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an address, built; read-only."""
    folder = publishing.project(tmp_path_factory.mktemp("site"))
    done = run(folder, "build")
    assert done.returncode == 0, done.stderr
    return folder / "build"


def published(build: Path) -> set[str]:
    """The files that readers see."""
    found = {path.relative_to(build).as_posix() for path in build.rglob("*.*") if path.is_file()}
    return {path for path in found if not path.startswith(".auflage/")}


def everything(*articles: str) -> set[str]:
    """What a site of articles consists of, pictures apart."""
    names = {f"{name}.{kind}" for name in articles for kind in DEFAULT_FORMATS}
    inside = {f"{folder}/{name}" for folder in LOCALES for name in names | {"index.html"}}
    return inside | {"index.html", *UNLISTED}


def test_what_a_site_consists_of(site: Path) -> None:
    found = published(site)
    around = {"robots.txt", "sitemap.xml"}
    for folder in LOCALES:
        around |= {f"{folder}/feed.xml", f"{folder}/{NAME}.png", f"{folder}/werkstatt.jpg"}
    assert found == everything(NAME, "werkstatt") | around


def test_every_link_leads_somewhere(site: Path) -> None:
    count = 0
    for page in pages_of(site):
        for address in addresses(page):
            found = target(site, page, address)
            if found:
                file, fragment = found
                count += 1
                assert file.is_file(), (page, address)
                ids = (
                    {element.get("id") for element in pages.parse(file).iter()} if fragment else {}
                )
                assert not fragment or fragment in ids, (page, address)
    assert count > 200


def alternates(page: Path) -> dict[str, str]:
    return {
        str(link.get("hreflang")): str(link.get("href"))
        for link in pages.all_of(pages.parse(page), "link")
        if link.get("hreflang")
    }


def canonical(page: Path) -> str | None:
    found = [
        link for link in pages.all_of(pages.parse(page), "link") if link.get("rel") == "canonical"
    ]
    return found[0].get("href") if found else None


def test_all_languages_of_a_page_name_each_other(site: Path) -> None:
    """Google ignores alternates that do not name each other, or are not whole addresses."""
    for page in pages_of(site):
        named = alternates(page)
        if page.name in UNLISTED:
            assert not named
            continue
        assert set(named) == {*LOCALES.values(), "x-default"}
        assert canonical(page) in named.values()
        for address in named.values():
            found = target(site, page, address)
            assert address.startswith(f"{URL}/")
            assert found
            assert alternates(found[0]) == named
            assert canonical(found[0]) == address


def properties(page: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in pages.all_of(pages.parse(page), "meta"):
        if meta.get("property"):
            found.setdefault(str(meta.get("property")), []).append(str(meta.get("content")))
    return found


def test_what_services_show_of_a_link(site: Path) -> None:
    page = site / "kk" / f"{NAME}.html"
    told = properties(page)
    assert told["og:type"] == ["article"]
    assert told["og:title"][0].startswith("Жалпы ереуіл")
    assert told["og:site_name"] == ["Linkswende"]
    assert told["og:locale"] == ["kk_KZ"]
    assert told["og:locale:alternate"] == ["de_AT", "ru_RU", "en_GB"]
    assert told["og:url"] == [canonical(page)]
    assert told["article:published_time"] == ["2022-01-10"]
    assert 100 <= len(told["og:description"][0]) <= 200


@pytest.mark.parametrize(("name", "kind"), [(NAME, "PNG"), ("werkstatt", "JPEG")])
def test_the_picture_is_what_the_page_says_of_it(site: Path, name: str, kind: str) -> None:
    for folder in LOCALES:
        page = site / folder / f"{name}.html"
        told = properties(page)
        found = target(site, page, told["og:image"][0])
        assert found
        with Image.open(found[0]) as image:
            assert image.format == kind
            assert told["og:image:type"] == [Image.MIME[kind]]
            assert [*map(str, image.size)] == told["og:image:width"] + told["og:image:height"]
            assert len(image.info) == 0 or kind == "JPEG"


def linked_data(page: Path) -> dict[str, Any]:
    found = pages.one(pages.parse(page), "script")
    data: dict[str, Any] = json.loads(found.text or "")
    return data


def test_linked_data_of_a_translation(site: Path) -> None:
    page = site / "ru" / "werkstatt.html"
    data = linked_data(page)
    assert data["@type"] == "NewsArticle"
    assert data["inLanguage"] == "ru"
    assert data["datePublished"] == "2023-05-04"
    assert data["author"] == {"@type": "Person", "name": "Anna Beispiel"}
    assert data["publisher"]["name"] == "Linkswende"
    assert data["url"] == canonical(page)
    work = data["translationOfWork"]
    assert work["inLanguage"] == "de-AT"
    assert work["url"] == canonical(site / "de" / "werkstatt.html")
    assert work["sameAs"] == "https://example.org/werkstatt"


def test_linked_data_of_the_original(site: Path) -> None:
    data = linked_data(site / "de" / f"{NAME}.html")
    assert "translationOfWork" not in data
    assert {work["inLanguage"] for work in data["workTranslation"]} == {"ru", "kk", "en"}


def test_linked_data_credits_the_translators() -> None:
    """A catalog holds the line as people want it read, not their names apart."""
    made = replace(translate(parsed("Text."), None, "ru"), credit="Перевод: *Анна*")
    head = heads.of_article(
        made, ("de", "ru"), site_url="", publisher="", description="", photo=False
    )
    assert json.loads(str(head.linked_data))["creditText"] == "Перевод: Анна"


@pytest.mark.parametrize(("folder", "locale"), LOCALES.items())
def test_the_feed(site: Path, folder: str, locale: str) -> None:
    path = site / folder / "feed.xml"
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.id == f"{URL}/{folder}/feed.xml"
    entries = {entry.id: entry for entry in read.entries}
    assert set(entries) == {f"{URL}/{folder}/{name}.html" for name in (NAME, "werkstatt")}
    entry = entries[f"{URL}/{folder}/{NAME}.html"]
    assert entry.published == "2022-01-10T00:00:00Z"
    assert (
        entry.title
        == pages.text(pages.one(pages.parse(site / folder / f"{NAME}.html"), "h1")).strip()
    )
    for address in [link.href for link in (*read.feed.links, *entry.links)]:
        found = target(site, path, address)
        assert found
        assert found[0].is_file()


@pytest.mark.parametrize(("folder", "locale"), LOCALES.items())
def test_the_feed_has_what_the_standard_demands(site: Path, folder: str, locale: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2."""
    root = ElementTree.parse(site / folder / "feed.xml").getroot()  # our own file
    assert root.tag == f"{ATOM}feed"
    assert root.get(LANGUAGE) == locale
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        for name in ("updated", "published"):
            for moment in element.findall(f"{ATOM}{name}"):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment.text or "")
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None  # of all entries without one
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in root.findall(f"{ATOM}entry")]
    assert root.findtext(f"{ATOM}updated") == max(days)


def test_the_sitemap_names_every_page_with_its_languages(site: Path) -> None:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    named = {}
    for url in root.findall(f"{SITEMAP}url"):
        others = {str(e.get("hreflang")): str(e.get("href")) for e in url if e.get("hreflang")}
        named[url.findtext(f"{SITEMAP}loc")] = others
        day = url.findtext(f"{SITEMAP}lastmod")
        assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    shown_to_people = [page for page in pages_of(site) if page.name not in UNLISTED]
    assert named == {canonical(page): alternates(page) for page in shown_to_people}
    assert f"Sitemap: {URL}/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_days_come_from_the_catalogs(kasachstan: Path, auflage: Call) -> None:
    """The original was last changed when its text was; a translation when somebody touched it."""
    write(kasachstan, "auflage.toml", f'{CONFIG}site_url = "{URL}"\nformats = ["html"]\n')
    for locale, revised in (("ru", "2024-03-05"), ("kk", "YEAR-MO-DA"), ("en", "2021-01-01")):
        path = kasachstan / f"locale/{locale}/LC_MESSAGES/{NAME}.po"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"PO-Revision-Date: [^\\]*", f"PO-Revision-Date: {revised} 12:34+0500", text)
        text = re.sub(
            r"POT-Creation-Date: [^\\]*", "POT-Creation-Date: 2023-02-01 09:00+0000", text
        )
        path.write_text(text, encoding="utf-8")
    assert auflage(kasachstan, "build")[0] == 0
    told = (kasachstan / "build/sitemap.xml").read_text(encoding="utf-8")
    days = dict(re.findall(rf"<loc>{URL}/(\w\w)/{NAME}.html</loc>\s*<lastmod>(.*?)<", told))
    assert days == {"de": "2023-02-01", "ru": "2024-03-05", "kk": "2022-01-10", "en": "2022-01-10"}
    feed = (kasachstan / "build/ru/feed.xml").read_text(encoding="utf-8")
    assert "<updated>2024-03-05T00:00:00Z</updated>" in feed
    assert "12:34" not in feed


class TestWithoutAnAddress:
    """What needs a whole address is left out, and goes when the address does."""

    def build(self, folder: Path, auflage: Call, config: str) -> tuple[str, set[str]]:
        write(folder, "auflage.toml", config)
        code, out, err = auflage(folder, "build", "--format", "html")
        assert code == 0, err
        found = (folder / "build").rglob("*.*")
        return out, {path.relative_to(folder / "build").as_posix() for path in found}

    def test_it_comes_and_goes(self, kasachstan: Path, auflage: Call) -> None:
        _, with_address = self.build(kasachstan, auflage, f'{CONFIG}site_url = "{URL}/"\n')
        out, without = self.build(kasachstan, auflage, CONFIG)
        assert with_address - without == {"robots.txt", "sitemap.xml"} | {
            f"{folder}/{name}" for folder in LOCALES for name in ("feed.xml", f"{NAME}.png")
        }
        assert "build/ru/feed.xml (removed: nothing makes it any more)" in out
        for page in pages_of(kasachstan / "build"):
            assert canonical(page) is None
            assert not {"og:url", "og:image"} & set(properties(page))
            outside = [a for a in addresses(page) if a.startswith("http") and "noblogs" not in a]
            assert outside == []
        again, _ = self.build(kasachstan, auflage, CONFIG)
        assert again.startswith("nothing to do")

    def test_the_page_for_wrong_addresses_has_no_relative_link(
        self, kasachstan: Path, auflage: Call
    ) -> None:
        self.build(kasachstan, auflage, CONFIG)
        assert addresses(kasachstan / "build/404.html") == []
        self.build(kasachstan, auflage, f'{CONFIG}site_url = "{URL}"\n')
        found = addresses(kasachstan / "build/404.html")
        assert found == [f"{URL}/{folder}/" for folder in LOCALES]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, site: Path) -> None:
    other = publishing.project(tmp_path / "elsewhere")
    assert run(other, "build", "--jobs", "2", env={"TZ": "Asia/Almaty"}).returncode == 0
    built, expected = contents(other / "build"), contents(site)
    assert built | {".auflage/log.sqlite": ""} == expected | {".auflage/log.sqlite": ""}


def test_a_site_at_rest_is_left_alone(tmp_path: Path, site: Path, auflage: Call) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site.parent, copy)
    before = times(copy)
    assert auflage(copy, "build")[1].startswith("nothing to do")
    assert times(copy) == before
    write(copy, "build/sitemap.xml", "spoiled")
    (copy / f"build/ru/{NAME}.png").unlink()
    out = auflage(copy, "build")[1].splitlines()
    assert out[:2] == ["build/sitemap.xml", f"build/ru/{NAME}.png"]
    assert contents(copy / "build") | {".auflage/log.sqlite": ""} == contents(site) | {
        ".auflage/log.sqlite": ""
    }


def test_the_site_follows_articles_and_languages(tmp_path: Path, auflage: Call) -> None:
    folder = publishing.project(tmp_path / "p", "formats = ['html']\n")
    auflage(folder, "build")
    (folder / "source/werkstatt.md").unlink()
    write(folder, "auflage.toml", f"locales = ['ru']\nformats = ['html']\nsite_url = '{URL}'\n")
    assert auflage(folder, "build")[0] == 0
    built = folder / "build"
    kept = {f"{place}/{name}" for place in ("de", "ru") for name in (
        "index.html", "feed.xml", f"{NAME}.html", f"{NAME}.png")}  # fmt: skip
    around = {"index.html", "robots.txt", "sitemap.xml", *UNLISTED}
    assert published(built) == kept | around
    assert "werkstatt" not in "".join(shown(page) for page in pages_of(built))


def test_what_is_not_translated_yet_is_marked_in_lists(site: Path) -> None:
    for page, href in (("index.html", "ru/werkstatt.html"), ("ru/index.html", "werkstatt.html")):
        found = pages.all_of(pages.parse(site / page), "a")
        assert [link.get("lang") for link in found if link.get("href") == href] == ["de-AT"]
    title = ElementTree.parse(site / "ru/feed.xml").getroot().find(f"{ATOM}entry/{ATOM}title")
    assert title is not None
    assert title.get(LANGUAGE) == "de-AT"
    assert "Черновик перевода, переведено 0 %" in shown(site / "ru/index.html")
    assert "Машинный перевод, не проверен человеком · 100 %" in shown(site / "ru/index.html")


def test_what_people_have_checked_is_said(kasachstan: Path, auflage: Call) -> None:
    path = kasachstan / f"locale/ru/LC_MESSAGES/{NAME}.po"
    accepted = path.read_text(encoding="utf-8").replace("#, fuzzy\n", "")
    path.write_text(accepted, encoding="utf-8")
    assert auflage(kasachstan, "build", "--format", "html")[0] == 0
    for page in ("index.html", f"{NAME}.html"):
        assert "Проверено человеком: 100 %" in shown(kasachstan / "build/ru" / page)
        assert "Машинный перевод" not in shown(kasachstan / "build/ru" / page)
        assert "Адам тексерген" not in shown(kasachstan / "build/kk" / page)


def test_what_another_version_noted_is_passed_over(kasachstan: Path, auflage: Call) -> None:
    assert auflage(kasachstan, "build", "--format", "html")[0] == 0
    with sqlite3.connect(kasachstan / "build/.auflage/log.sqlite") as log:
        log.execute("UPDATE outputs SET note = replace(note, '\"summary\"', '\"headline\"')")
    assert auflage(kasachstan, "build", "--format", "html", "--locale", "ru")[0] == 0
    (kasachstan / f"build/ru/{NAME}.html").unlink()
    assert auflage(kasachstan, "build", "--format", "html", "--locale", "ru")[0] == 0
    found = [path.parent.name for path in (kasachstan / "build").glob("*/index.html")]
    assert found == ["ru"]


def test_names_that_addresses_cannot_hold(project: Path, auflage: Call) -> None:
    write(project, "auflage.toml", f"{CONFIG}formats = ['html']\nsite_url = '{URL}'\n")
    for name in ("50%25", "a#b", "was?", "kazachstan-қазақ", "a:b"):
        article(project, name, title=f"<{name}> & \\x0b")
    assert auflage(project, "build")[0] == 0
    build = project / "build"
    for page in pages_of(build):
        for address in addresses(page):
            found = target(build, page, address)
            assert found
            assert found[0].is_file(), address
    ElementTree.parse(build / "sitemap.xml")


@pytest.mark.parametrize("name", ["index", "Index"])
def test_the_name_of_the_index_is_taken(project: Path, auflage: Call, name: str) -> None:
    article(project, name)
    article(project, "other")
    code, _, err = auflage(project, "build", "--format", "html")
    assert code == 1
    assert f"source/{name}.md: index.html is the list of all articles; rename the file" in err
    assert (project / "build/de/other.html").exists()


def test_no_date_no_feed(project: Path, auflage: Call) -> None:
    write(project, "auflage.toml", f"locales = []\nformats = ['html']\nsite_url = '{URL}'\n")
    article(project, "x")
    assert auflage(project, "build")[0] == 0
    assert not (project / "build/de/feed.xml").exists()
    assert "feed.xml" not in shown(project / "build/de/index.html")


def test_a_closing_tag_in_a_title_closes_nothing(project: Path, auflage: Call) -> None:
    write(project, "auflage.toml", f"locales = []\nformats = ['html']\nsite_url = '{URL}'\n")
    write(
        project, "source/x.md", '---\ntitle: "A `</script><b>` & \\"y\\""\ndate: 2022-01-01\n---\n'
    )
    assert auflage(project, "build")[0] == 0
    data = linked_data(project / "build/de/x.html")
    assert data["headline"] == "A </script><b> & „y“"
    read = feedparser.parse((project / "build/de/feed.xml").read_bytes())
    assert not read.bozo
    assert ElementTree.parse(project / "build/de/feed.xml").getroot().findtext(
        f"{ATOM}entry/{ATOM}title"
    ) == 'A </script><b> & „y“'  # fmt: skip


def test_a_picture_of_the_article_tells_nothing_but_itself(project: Path, auflage: Call) -> None:
    """Cameras write names and places into their files."""
    exif = Image.Exif()
    exif[0x013B] = "Anna Musterfrau"
    write(project, "auflage.toml", f"locales = []\nformats = ['html']\nsite_url = '{URL}'\n")
    write(project, "source/foto.jpg", publishing.picture(1400, 1000, "JPEG", exif=exif))
    article(project, "x", "![Ein Foto](foto.jpg)")
    assert b"Anna Musterfrau" in (project / "source/foto.jpg").read_bytes()
    assert auflage(project, "build")[0] == 0
    made = (project / "build/de/x.jpg").read_bytes()
    assert b"Anna" not in made
    with Image.open(BytesIO(made)) as image:
        assert (image.size, image.format) == ((1200, 630), "JPEG")
