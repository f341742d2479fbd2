"""The configuration: what is read, and what is refused by name and line."""

import pytest

from workflow import config
from workflow.config import Config
from workflow.errors import ConfigError

PYPROJECT = """\
[project]
name = "x"
locales = "not ours"

[tool.other]
formats = 7

[tool.auflage]
"""


def test_defaults() -> None:
    assert config.parse("", "auflage.toml") == Config()
    assert Config().formats == ("html", "pdf", "epub")


@pytest.mark.parametrize(
    "text",
    ["", "[project]\nname = 'x'\n", "tool = 3", "[tool.other]\nx = 1\n"],
)
def test_a_pyproject_without_our_table_is_none_of_ours(text: str) -> None:
    assert config.parse(text, "pyproject.toml") is None


def test_both_files_say_the_same() -> None:
    text = """\
source_locale = "de-AT"
locales = ["ru", "kk-Latn", "pt-BR", "es-419"]
publisher = "Linkswende"
contact = "mail@example.org"
formats = ["html"]
paper = "letter"
engines.default = ["tmx"]
engines.ru = ["tmx", "google"]
"""
    expected = Config(
        source_locale="de-AT",
        locales=("ru", "kk-Latn", "pt-BR", "es-419"),
        publisher="Linkswende",
        contact="mail@example.org",
        formats=("html",),
        paper="letter",
        engines={"default": ("tmx",), "ru": ("tmx", "google")},
    )
    assert config.parse(text, "auflage.toml") == expected
    assert config.parse(PYPROJECT + text, "pyproject.toml") == expected


@pytest.mark.parametrize(
    ("engines", "locale", "expected"),
    [
        ("", "ru", ("tmx",)),
        ("engines = ['google']", "ru", ("google",)),
        ("engines = {kk = ['google']}", "kk", ("google",)),
        ("engines = {kk = ['google']}", "ru", ("tmx",)),
        ("engines = {kk = [], default = ['google']}", "kk", ()),
        ("engines = {kk = [], default = ['google']}", "ru", ("google",)),
    ],
)
def test_engines_by_locale(engines: str, locale: str, expected: tuple[str, ...]) -> None:
    found = config.parse(f"locales = ['ru', 'kk']\n{engines}", "auflage.toml")
    assert found is not None
    assert found.engines_for(locale) == expected


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("locale = ['ru']", 1, ["locale:", "unknown key", "locales"]),
        ("publisher = ''\nsorce = 1", 2, ["sorce", "unknown key"]),
        ("\n[theme]\nx = 1", 2, ["theme", "unknown key"]),
        ("theme.x = 1", 1, ["theme", "unknown key"]),
        ("locales = 'ru'", 1, ["locales", "list of texts"]),
        ("locales = [1]", 1, ["locales", "list of texts"]),
        ("publisher = 3", 1, ["publisher", "quotes"]),
        ("site_url = 3", 1, ["site_url", "quotes"]),
        ("source_locale = ['de']", 1, ["source_locale", "quotes"]),
        ("formats = ['docx']", 1, ["formats", "docx", "html, pdf"]),
        ("formats = []", 1, ["formats", "html or pdf"]),
        ("formats = ['pdf', 'pdf']", 1, ["formats", "once"]),
        ("publisher = ''\npaper = 'A3'", 2, ["paper", "“A3”", "a4, a5, letter"]),
        ("paper = 4", 1, ["paper", "quotes"]),
        ("engines = 'tmx'", 1, ["engines", "list"]),
        ("[engines]\nkk = 'tmx'", 1, ["engines", "list of texts"]),
        ("locales = ['ru']\nengines.kk = ['tmx']", 2, ["engines", "“kk”", "locales"]),
        ("locales = ['ru', 'ru']", 1, ["locales", "“ru”", "twice"]),
        *((f"locales = ['{tag}']", 1, ["locales", f"“{tag}”"]) for tag in (
            "", "russian", "RU", "pt_BR", "pt-br", "../x",
        )),
        ("source_locale = 'deutsch'", 1, ["source_locale", "“deutsch”"]),
        ("x = ", 1, ["not valid TOML"]),
        ("locales = ['ru']\nlocales = ['kk']", 2, ["not valid TOML"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, line: int, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "auflage.toml")
    assert str(caught.value).startswith(f"auflage.toml:{line}: ")
    assert caught.value.exit_code == 2
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("locales = 3", 9, "locales"),
        ("publisher = ''\nname = 'y'", 10, "name"),
        ("[tool.auflage.engines]\ndefault = 'tmx'", 9, "engines"),
        ("[tool.auflage.theme]\nx = 1", 9, "theme"),
        ("[tool.other2]\n", 0, ""),
    ],
)
def test_the_line_is_in_our_table(text: str, line: int, key: str) -> None:
    if not line:
        assert config.parse(PYPROJECT + text, "pyproject.toml") == Config()
        return
    with pytest.raises(ConfigError) as caught:
        config.parse(PYPROJECT + text, "pyproject.toml")
    assert str(caught.value).startswith(f"pyproject.toml:{line}: tool.auflage.{key}: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("http://example.org:8080/a/b/", "http://example.org:8080/a/b"),
        ("https://xn--mgbh0fb.example/%D2%9B", "https://xn--mgbh0fb.example/%D2%9B"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://user.github.io/~x/a_b-c", "https://user.github.io/~x/a_b-c"),
    ],
)
def test_the_address_of_the_site(text: str, expected: str) -> None:
    found = config.parse(f"site_url = '{text}'", "auflage.toml")
    assert found is not None
    assert found.site_url == expected


@pytest.mark.parametrize(
    "text",
    ["example.org", "//example.org", "ftp://example.org", "file:///a", "https://", "https:///a",
     "https://example.org?a=b", "https://example.org/#a", "https://anna:x@example.org",
     "https://exa mple.org", "https://example.org/a b", "https://example.org/қ", "https://ä.org",
     "https://example.org//a", "https://example.org/a%2", "https://example.org:x", "javascript:a",
     "https://example.org\\a", " https://example.org", "https://example.org/<b>", "https://-a"],
)  # fmt: skip
def test_what_is_no_address_of_a_site(text: str) -> None:
    with pytest.raises(ConfigError, match=r"auflage.toml:1: site_url: .* is no address of a site"):
        config.parse(f"site_url = '{text}'", "auflage.toml")


def test_our_table_must_be_a_table() -> None:
    with pytest.raises(ConfigError, match="must be a table"):
        config.parse("[tool]\nauflage = 3", "pyproject.toml")


def test_every_field_can_be_set() -> None:
    assert set(config._READERS) == set(config.Config.__dataclass_fields__)
