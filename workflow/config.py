"""The configuration: `[tool.auflage]` in pyproject.toml, or auflage.toml.

Text in, values out; who reads the file is `store`. An unknown key is an error that names it.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from workflow.errors import ConfigError
from workflow.house import ENGLISH, KAZAKH_NESTED, HouseStyle
from workflow.locales import is_tag

FORMATS: Final[Mapping[str, str]] = {
    "html": ".html",
    "pdf": ".pdf",
    "booklet": "-booklet.pdf",
    "bilingual": "-bilingual.pdf",
    "epub": ".epub",
    "md": ".md",
}
"""The formats of editions, and what a file's name has behind the article's."""
FOR_READERS: Final = tuple(kind for kind in FORMATS if kind != "md")
"""The formats that lists offer; Markdown is for people who go on working with the text."""
TRANSLATED: Final = ("bilingual",)
"""The formats that an article's own language has no edition in."""
DEFAULT_FORMATS: Final = ("html", "pdf", "epub")
STALE: Final = ("mark", "source")
"""What an edition may show for a stale entry: its text with a mark, or the source's."""
PAPERS: Final = ("a4", "a5", "letter")
"""What a PDF can be printed on. A booklet has its own: A5 on sheets of A4."""

# RFC 3986: scheme, host (a name or a bracketed address), port, path; no user, query, fragment.
_SITE: Final = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?"
)


@dataclass(frozen=True, slots=True)
class Config:
    """What a project decides. Locales are BCP 47 tags."""

    source_locale: str = "de"
    """The locale of articles whose front matter names none."""
    locales: tuple[str, ...] = ()
    """The locales to translate into, in the order readers see them."""
    publisher: str = ""
    """The publisher of articles whose front matter names none; also the site's name."""
    site_url: str = ""
    """Where build/ will be on the web, without a slash at the end; empty if nobody said."""
    contact: str = ""
    """Where translators report an error in the source: an address or a link."""
    formats: tuple[str, ...] = DEFAULT_FORMATS
    """What a plain `auflage build` makes."""
    stale: str = "mark"
    """What drafts show for stale entries, one of `STALE`."""
    paper: str = PAPERS[0]
    """What PDFs are set for."""
    engines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Pre-translation engines in order, by locale; `default` for all others."""
    engine: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What engines are told, by name: `[tool.auflage.engine.openai]`. Never a key."""
    typography: HouseStyle = field(default_factory=HouseStyle)
    """How editions are set, where a language leaves the choice."""

    def engines_for(self, locale: str) -> tuple[str, ...]:
        """The engines to ask for a locale, in order."""
        return self.engines.get(locale, self.engines.get("default", ("tmx",)))


def parse(text: str, path: str) -> Config | None:
    """Read the configuration.

    Args:
        text: of a pyproject.toml or an auflage.toml.
        path: for messages; a file named pyproject.toml keeps it under `[tool.auflage]`.

    Returns:
        None for a pyproject.toml without such a table.

    Raises:
        ConfigError: not TOML, an unknown key, or a value of the wrong kind.
    """
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise ConfigError(f"not valid TOML: {error}", path=path, line=line) from error
    prefix = ""
    if path.endswith("pyproject.toml"):
        tool = data.get("tool")
        if not isinstance(tool, dict) or "auflage" not in tool:
            return None
        data = tool["auflage"]
        prefix = "tool.auflage."
        if not isinstance(data, dict):
            raise ConfigError("tool.auflage must be a table: [tool.auflage]", path=path)
    return _config(data, _Place(text, path, prefix))


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    path: str
    prefix: str

    def error(self, key: str, message: str) -> ConfigError:
        return ConfigError(f"{self.prefix}{key}: {message}", path=self.path, line=self._line(key))

    def _line(self, key: str) -> int | None:
        """The line of a key or of the table of that name, in our part of the file."""
        table = re.escape(self.prefix + key)
        pattern = re.compile(rf"\s*([\"']?{re.escape(key)}[\"']?\s*[=.]|\[{table}[.\]])")
        ours = not self.prefix
        for number, line in enumerate(self.text.splitlines(), start=1):
            if self.prefix and line.lstrip().startswith("["):
                ours = line.lstrip().startswith(f"[{self.prefix[:-1]}")
            if ours and pattern.match(line):
                return number
        return None


def _config(data: Mapping[str, Any], place: _Place) -> Config:
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _READERS:
            raise place.error(key, f"unknown key; known are {', '.join(_READERS)}")
        values[key] = _READERS[key](value, key, place)
    config = Config(**values)
    _check(config, place)
    return config


def _check(config: Config, place: _Place) -> None:
    _check_locale(config.source_locale, "source_locale", place)
    for locale in config.locales:
        _check_locale(locale, "locales", place)
        if config.locales.count(locale) > 1:
            raise place.error("locales", f"“{locale}” stands there twice")
    for name in config.formats:
        if name not in FORMATS:
            raise place.error("formats", f"“{name}” is no format; there are {', '.join(FORMATS)}")
    if len(set(config.formats)) != max(1, len(config.formats)):
        raise place.error("formats", f"must name {' or '.join(FORMATS)}, or each once")
    if config.stale not in STALE:
        raise place.error("stale", f"must be {' or '.join(f'“{name}”' for name in STALE)}")
    if config.paper not in PAPERS:
        raise place.error("paper", f"“{config.paper}” is no paper; there is {', '.join(PAPERS)}")
    for name in config.engines:
        if name != "default" and name not in config.locales:
            raise place.error("engines", f"“{name}” is not “default”, nor one of the locales")


def _check_locale(locale: str, key: str, place: _Place) -> None:
    if not is_tag(locale):
        raise place.error(
            key, f"“{locale}” is not a language tag; write it like ru, kk, pt-BR or kk-Latn"
        )


def _text(value: Any, key: str, place: _Place) -> str:
    if not isinstance(value, str):
        raise place.error(key, "must be a text in quotes")
    return value


def _site_url(value: Any, key: str, place: _Place) -> str:
    text = _text(value, key, place)
    if text and not _SITE.fullmatch(text):
        raise place.error(
            key,
            f"“{text}” is no address of a site; write it like https://example.org/texts, without "
            "spaces, user name, ? or #, and other letters than ASCII as browsers send them",
        )
    return text.rstrip("/")


def _texts(value: Any, key: str, place: _Place) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise place.error(key, 'must be a list of texts, such as ["ru", "kk"]')
    return tuple(value)


def _engines(value: Any, key: str, place: _Place) -> dict[str, tuple[str, ...]]:
    if isinstance(value, list):
        return {"default": _texts(value, key, place)}
    if not isinstance(value, dict):
        raise place.error(key, 'must be a list, or a table such as {kk = ["tmx", "google"]}')
    return {locale: _texts(names, key, place) for locale, names in value.items()}


def _tables(value: Any, key: str, place: _Place) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise place.error(key, "must be tables, one for each engine: [engine.openai]")
    for name, table in value.items():
        for option in table:
            if "key" in option.lower() or "token" in option.lower() or "secret" in option.lower():
                raise place.error(
                    key,
                    f"{name}.{option}: a file that others read is no place for a key; put it "
                    "into the environment",
                )
    return value


def _house(value: Any, key: str, place: _Place) -> HouseStyle:
    if not isinstance(value, dict):
        raise place.error(key, "must be a table: [typography]")
    known = {"en": ENGLISH, "kk_nested_quotes": KAZAKH_NESTED}
    for name, choice in value.items():
        if name == "off":
            for locale in _texts(choice, key, place):
                _check_locale(locale, key, place)
        elif name not in known:
            raise place.error(key, f"{name}: unknown key; known are {', '.join(known)}, off")
        elif choice not in known[name]:
            raise place.error(key, f"{name}: must be {' or '.join(known[name])}")
    return HouseStyle(**value | {"off": tuple(value.get("off", ()))})


# Every field of Config, and how its value is read.
_READERS: Final[Mapping[str, Callable[[Any, str, _Place], Any]]] = {
    "source_locale": _text,
    "locales": _texts,
    "publisher": _text,
    "site_url": _site_url,
    "contact": _text,
    "formats": _texts,
    "stale": _text,
    "paper": _text,
    "engines": _engines,
    "engine": _tables,
    "typography": _house,
}
