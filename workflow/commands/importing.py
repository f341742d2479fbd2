"""`auflage import`: a plain text to an article in source/."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workflow import store
from workflow.commands import Report
from workflow.errors import SourceError, UsageError
from workflow.locales import is_tag
from workflow.reading import compose, markdown, plaintext
from workflow.reading.safety import safe_target
from workflow.slugs import slug
from workflow.store import Project

# What people have instead of a plain text, by its first bytes.
_OTHER_FILES: Final = {
    b"PK\x03\x04": "a Word or OpenDocument file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"%PDF": "a PDF",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for."""

    file: Path
    name: str | None = None
    encoding: str | None = None
    locale: str | None = None
    publisher: str | None = None
    original: str | None = None
    force: bool = False
    """Write over an article that exists."""


def import_text(project: Project, request: Request) -> Report:
    """Turn a plain text into an article.

    Raises:
        UsageError: no such encoding or locale, no name for a file, or an article that
            exists already.
        SourceError: the file cannot be decoded, or holds no text.
        StoreError: it cannot be read, or the article cannot be written.
    """
    shown = str(request.file)
    text = decode(store.read(request.file, shown=shown), request.encoding, shown)
    blocks = plaintext.parse(text)
    if not blocks:
        raise SourceError("there is no text in it", path=shown)
    locale = request.locale or project.config.source_locale
    if not is_tag(locale):
        raise UsageError(f"“{locale}” is not a language tag; write it like de, de-AT or pt-BR")
    if not safe_target(request.original or ""):
        raise UsageError(f"“{request.original}” is no address to link to; begin it with https://")
    name = _name(request.name) if request.name else slug(request.file.stem, "article")
    path = project.source(name)
    if project.exists(path) and not request.force:
        raise UsageError(
            f"{path} exists already; an import is made once. --force writes over it, "
            "--name gives another name"
        )
    article = compose.compose(
        blocks,
        title=name,
        locale=locale,
        publisher=request.publisher or project.config.publisher or None,
        original=request.original,
    )
    markdown.parse(article, path, locale=locale)  # what we write, we can read
    project.replace(path, article.encode("utf-8"))
    return _report(path, shown, blocks)


def decode(data: bytes, encoding: str | None, shown: str) -> str:
    """UTF-8 first (or UTF-16 with its mark), another encoding only when asked for.

    Raises:
        UsageError: no such encoding.
        SourceError: the bytes are something else; with the line.
    """
    for magic, what in _OTHER_FILES.items():
        if data.startswith(magic):
            raise SourceError(f"this is {what}; save it as plain text (UTF-8)", path=shown)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    chosen = encoding or ("utf-16" if marked else "utf-8-sig")
    try:
        text = data.decode(chosen)
    except LookupError as error:
        raise UsageError(f"unknown encoding “{encoding}”") from error
    except UnicodeError as error:
        if not isinstance(error, UnicodeDecodeError):
            raise UsageError(f"“{encoding}” is no encoding of a text") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"not {'UTF-8' if encoding is None else encoding} "
            f"(byte 0x{data[error.start]:02x}); name its encoding, such as --encoding cp1252",
            path=shown,
            line=line,
        ) from error
    if "\x00" in text:
        raise SourceError("this is not a text file", path=shown)
    return text


def _name(text: str) -> str:
    if re.fullmatch(r"\w[\w.+-]*", text) is None:
        raise UsageError(
            f"“{text}” cannot be an article's name: letters, digits and -_. only, no spaces"
        )
    return text.removesuffix(".md")


def _report(path: str, shown: str, blocks: list[plaintext.TextBlock]) -> Report:
    report = Report(lines=[f"{path}: {len(blocks)} blocks"])
    if not any(block.kind == "title" for block in blocks):
        report.warnings.append(f"{shown}:{blocks[0].line}: no title found: write one into {path}")
    report.warnings += [f"{shown}:{line}: {doubt}" for line, doubt in plaintext.doubts(blocks)]
    report.data = {
        "path": path,
        "blocks": [
            {"kind": block.kind, "line": block.line, "doubt": block.doubt} for block in blocks
        ],
    }
    return report
