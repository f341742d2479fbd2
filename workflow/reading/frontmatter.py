"""The YAML front matter of an article."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import yaml

from workflow.errors import SourceError
from workflow.locales import is_tag
from workflow.model import Metadata
from workflow.reading.safety import safe_target

_FENCE: Final = re.compile(
    r"\A---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M
)
_TEXTS: Final = (
    "title", "lead", "dateline", "place", "author", "publisher", "original",
)  # fmt: skip
_MODES: Final = ("sentence", "paragraph")


class _Loader(yaml.SafeLoader):
    """YAML in which `no`, `1.10` and `12:30` are the texts that their author wrote."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (what PyYAML calls it, and how it is made)
        first: [(tag, pattern) for tag, pattern in rules if tag.endswith(":null")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def cut(text: str, path: str) -> tuple[str, str]:
    """Cut a source text into front matter (without its fences) and body.

    Raises:
        SourceError: the front matter is opened and never closed.
    """
    if not re.match(r"---[ \t]*\r?\n", text):
        return "", text
    found = _FENCE.match(text)
    if found is None:
        # A thematic break may open a text that has no front matter at all.
        if re.match(r"---[ \t]*\r?\n\s*\w+:", text):
            raise SourceError(
                "the front matter is not closed: end it with a line “---”", path=path, line=1
            )
        return "", text
    return found["yaml"], text[found.end() :]


def read(text: str, path: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Read front matter.

    Args:
        text: the YAML between the fences.
        path: for messages.

    Returns:
        The values by key, and for each key its line in the file.

    Raises:
        SourceError: not YAML, or not a list of `key: value`.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise SourceError("the front matter must be lines “key: value”", path=path, line=2)
        values = loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _yaml_error(error, path) from error
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    return {str(key): value for key, value in values.items()}, lines


def spans(text: str) -> dict[str, tuple[int, int]]:
    """Where the values of valid front matter stand: start and end of each, by key."""
    node = _Loader(text).get_single_node()
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = {}
    for key, value in pairs:
        start, end = value.start_mark.index, value.end_mark.index
        # A block text (“|”, “>”) takes the line breaks behind it along.
        end = start + len(text[start:end].rstrip())
        found[str(key.value)] = start, end
    return found


def locale(values: Mapping[str, Any], lines: Mapping[str, int], path: str) -> str | None:
    """The article's own locale (BCP 47), where the front matter names it.

    Raises:
        SourceError: it is not a language tag.
    """
    tag = _text(values, "locale", path, lines)
    if tag is not None and not is_tag(tag):
        raise SourceError(
            f"“locale: {tag}” is not a language tag; write it like de, de-AT or pt-BR",
            path=path,
            line=lines["locale"],
        )
    return tag


def metadata(
    values: Mapping[str, Any],
    lines: Mapping[str, int],
    *,
    path: str,
    default: str,
    title: str | None,
) -> Metadata:
    """Check front matter values and give them their types.

    Args:
        values: as `read` gives them; keys that Auflage does not know are left alone.
        lines: the line of each key, for messages.
        path: for messages.
        default: the article's locale where the front matter names none.
        title: the title where the front matter names none.

    Raises:
        SourceError: a value of the wrong kind, an unsafe address, or no title at all.
    """
    texts = {key: _text(values, key, path, lines) for key in _TEXTS}
    if not (texts["title"] or title):
        raise SourceError(
            "the article has no title: add “title: …” to the front matter, "
            "or begin with a line “# Title”",
            path=path,
            line=1,
        )
    return Metadata(
        title=texts["title"] or title or "",
        locale=locale(values, lines, path) or default,
        lead=texts["lead"],
        date=_date(values, path, lines),
        dateline=texts["dateline"],
        place=texts["place"],
        author=texts["author"],
        publisher=texts["publisher"],
        original=_address(texts["original"], path, lines),
        segmentation=_mode(values, path, lines),
    )


def _text(values: Mapping[str, Any], key: str, path: str, lines: Mapping[str, int]) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if isinstance(value, (dict, list)):
        raise SourceError(
            f"“{key}” must be a text; put it in quotes if it holds a colon",
            path=path,
            line=lines[key],
        )
    return str(value).strip() or None


def _address(address: str | None, path: str, lines: Mapping[str, int]) -> str | None:
    if address is None or safe_target(address):
        return address
    raise SourceError(
        f"“original: {address}” is no address to link to; begin it with https://",
        path=path,
        line=lines["original"],
    )


def _mode(values: Mapping[str, Any], path: str, lines: Mapping[str, int]) -> str:
    mode = values.get("segmentation") or "sentence"
    if mode in _MODES:
        return str(mode)
    raise SourceError(
        f"segmentation is “{mode}”; it can be “sentence” or “paragraph”",
        path=path,
        line=lines["segmentation"],
    )


def _date(values: Mapping[str, Any], path: str, lines: Mapping[str, int]) -> date | None:
    value = _text(values, "date", path, lines)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError as error:
        raise SourceError(
            f"“date: {value}” is not a date; write it like 2022-01-10",
            path=path,
            line=lines["date"],
        ) from error


def _yaml_error(error: Exception, path: str) -> SourceError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return SourceError(
        f"the front matter is not valid YAML ({problem}); "
        "a text with a colon or a quotation mark must stand in quotes",
        path=path,
        line=mark.line + 2 if mark else 1,
    )
