"""Which rows there are in lists, in which order, and when they were changed."""

from dataclasses import replace

import pytest

from workflow.editions import addresses, listing
from workflow.editions.listing import Listed, Site
from workflow.work import Summary


def listed(article: str, path: str, locale: str, rank: int = 0, **summary: str) -> Listed:
    return Listed(article, locale, rank, Summary(article.title(), **summary), (("html", path),))


def test_languages_stand_in_the_order_of_the_configuration_articles_by_date() -> None:
    rows = [
        listed("b", "ru/b.html", "ru", 1, date="2022-01-01"),
        listed("a", "ru/a.html", "ru", 1),
        listed("c", "ru/c.html", "ru", 1, date="2023-01-01"),
        listed("b", "de/b.html", "de-AT", 0, date="2022-01-01"),
        listed("d", "eo/d.html", "eo", 0),
    ]
    groups = listing.languages(rows, ("de-AT", "ru"))
    assert [group.folder for group in groups] == ["de", "ru", "eo"]
    assert [row.article for row in groups[1].editions] == ["c", "b", "a"]


def test_a_folder_of_two_countries_speaks_their_language() -> None:
    rows = [listed("a", "de/a.html", "de-AT"), listed("b", "de/b.html", "de-CH")]
    assert [group.locale for group in listing.languages(rows, ("de-AT",))] == ["de"]


def site(*rows: Listed, url: str = "https://example.org") -> Site:
    return Site("S", url, "de", listing.languages(rows, ("de", "ru")))


def test_when_an_edition_was_changed() -> None:
    original = listed("a", "de/a.html", "de", date="2022-01-10")
    known = {"date": "2022-01-10", "changed": "2024-01-01", "source_changed": "2023-01-01"}
    translation = listed("a", "ru/a.html", "ru", 1, **known)
    both = site(original, translation)
    assert (both.updated(original), both.updated(translation)) == ("2023-01-01", "2024-01-01")
    undated = replace(original, summary=Summary("A"))
    assert site(undated).updated(undated) == ""


def test_a_feed_holds_pages_with_a_date() -> None:
    dated = listed("a", "de/a.html", "de", date="2022-01-10")
    printed = Listed("b", "de", 0, Summary("B", date="2022-01-10"), (("pdf", "de/b.pdf"),))
    undated = listed("c", "de/c.html", "de")
    whole = site(dated, printed, undated)
    (group,) = whole.languages
    assert [row.article for row in listing.feed_entries(whole, group)] == ["a"]
    assert "de/feed.xml" in listing.texts(whole)
    assert "de/feed.xml" not in listing.texts(site(undated))
    assert listing.texts(site(dated, url="")) == ("index.html", "404.html", "de/index.html")


@pytest.mark.parametrize(
    ("path", "here", "expected"),
    [
        ("ru/a.html", "index.html", "ru/a.html"),
        ("ru/a.html", "ru/index.html", "a.html"),
        ("index.html", "ru/a.html", "../index.html"),
        ("pt-BR/a#b.html", "ru/a.html", "../pt-BR/a%23b.html"),
    ],
)
def test_relative_addresses(path: str, here: str, expected: str) -> None:
    assert addresses.relative(path, here) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "https://x.at/a/"),
        ("ru/index.html", "https://x.at/a/ru/"),
        ("ru/myindex.html", "https://x.at/a/ru/myindex.html"),
        ("ru/қ.html", "https://x.at/a/ru/%D2%9B.html"),
    ],
)
def test_whole_addresses(path: str, expected: str) -> None:
    assert addresses.absolute(path, "https://x.at/a") == expected
