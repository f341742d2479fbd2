"""The repository's own article: its catalogs are sound, whatever people have done in them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workflow import articles
from workflow.catalogs import extract, own, writing
from workflow.store import open_project

CATALOGS = sorted((ROOT / "locale").rglob("*.po"))
PROJECT = open_project(ROOT)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_gettext_accepts_every_catalog(path: Path, judge: Callable[[str], str]) -> None:
    command = [judge("msgfmt"), "-c", "-o", "/dev/null", str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_no_catalog_is_behind_its_article(path: Path) -> None:
    article = articles.article(PROJECT, path.stem)
    template = own.offered(extract.extract(article, now=""), article.path)
    catalog = articles.catalog(PROJECT, path.relative_to(ROOT).as_posix())
    assert catalog is not None
    assert [entry.key for entry in catalog.live] == [entry.key for entry in template.live]
    assert writing.serialise(catalog) == path.read_text(encoding="utf-8")
