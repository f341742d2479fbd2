"""What a release holds, so that whoever has it can see that nobody changed it.

The manifest names every file with its SHA-256 digest, and what the release was made from. It
names no person but the one of the credit line, and no time: the same state gives the same bytes.
"""

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from workflow.errors import CatalogError, StoreError
from workflow.model import Entry

NAME: Final = "manifest.json"
TEXTS: Final = "texts.json"
CHANGES: Final = "CHANGES.txt"
_VERSION: Final = 1
_FILE_NAME: Final = re.compile(r"[^/\\]+\Z")
_KEPT: Final = ("states", "unmodified", "exceptions", "credit")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can hold
# What zipfile raises over bytes that are no archive.
_UNSOUND: Final = (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, OSError, struct.error)

Manifest = Mapping[str, Any]


def digest(data: bytes) -> str:
    """The SHA-256 digest of a file, as `sha256sum` prints it."""
    return sha256(data).hexdigest()


def compose(facts: Manifest, files: Mapping[str, bytes], previous: bytes | None) -> Manifest:
    """Make a manifest.

    Args:
        facts: what is said of the release besides its files; its `name` among them.
        files: the files by name.
        previous: the manifest of the release before, as it stands; None for the first.
    """
    return {
        "manifest": _VERSION,
        **facts,
        "previous": None if previous is None else digest(previous),
        "files": {name: digest(files[name]) for name in sorted(files)},
    }


def text(manifest: Manifest) -> bytes:
    """A manifest as it is written."""
    return _json(manifest)


def parse(data: bytes, path: str) -> Manifest:
    """Read a manifest.

    Raises:
        StoreError: it is none.
    """
    try:
        found = json.loads(data)
    except ValueError as error:
        raise StoreError(f"not a manifest: {error}", path=path) from error
    if not isinstance(found, dict) or found.get("manifest") != _VERSION:
        raise StoreError("not a manifest that this Auflage can read", path=path)
    files = found.get("files")
    names = [found.get("name"), *(files if isinstance(files, dict) else [None])]
    # They are printed, and a manifest may come from anyone.
    if not all(isinstance(n, str) and _FILE_NAME.match(n) and n.isprintable() for n in names):
        raise StoreError("not a manifest: it names no release, or no files", path=path)
    return found


def same(one: Manifest, other: Manifest) -> bool:
    """Whether two releases hold the same: the list of changes aside, which looks back."""
    files = [{**each["files"], CHANGES: ""} for each in (one, other)]
    return files[0] == files[1] and all(one.get(key) == other.get(key) for key in _KEPT)


def verify(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[str]:
    """What is not as it was released.

    Args:
        manifest: of the release.
        files: what there is, by name; the manifest itself left out.
    """
    listed: Mapping[str, str] = manifest["files"]
    for name, expected in sorted(listed.items()):
        if name not in files:
            yield f"{name} is missing"
        elif digest(files[name]) != expected:
            yield f"{name} was changed: SHA-256 {digest(files[name])}, released was {expected}"
    for name in sorted(files.keys() - listed.keys()):
        yield f"{name} is no part of the release"


def pack(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files as a zip archive, in a folder of their own; the same files, the same bytes.

    Nothing is compressed: editions are, and so the bytes depend on no version of a library.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            member.create_system = 3  # Unix, wherever this runs
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])
    return buffer.getvalue()


def unpack(data: bytes, path: str) -> dict[str, bytes]:
    """The files of such an archive.

    Raises:
        StoreError: it is none, or not one that `pack` made.
    """
    advice = "unpack it, and verify the folder"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            # What is stored as it is cannot unpack to more than there is.
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise StoreError(f"somebody packed it anew; {advice}", path=path)
            if len({member.filename.rpartition("/")[0] for member in members}) != 1:
                raise StoreError(f"not the one folder of a release; {advice}", path=path)
            names = [member.filename.rpartition("/")[2] for member in members]
            if len({*names}) != len(names):
                raise StoreError("it holds two files of the same name", path=path)
            return {name: archive.read(each) for name, each in zip(names, members, strict=True)}
    except _UNSOUND as error:
        raise StoreError(f"not a sound zip archive: {error}", path=path) from error


def write_texts(entries: Sequence[Entry]) -> bytes:
    """The texts of a release, with which the next one is compared."""
    return _json([[entry.msgctxt, entry.msgid, entry.msgstr] for entry in entries])


def read_texts(data: bytes, path: str) -> tuple[Entry, ...]:
    """What `write_texts` wrote.

    Raises:
        CatalogError: it is something else.
    """
    try:
        return tuple(Entry(msgid, text, context) for context, msgid, text in json.loads(data))
    except (ValueError, TypeError) as error:
        raise CatalogError("these are not the texts of a release", path=path) from error


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
