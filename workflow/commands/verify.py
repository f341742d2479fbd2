"""`auflage release --verify`: is a release as it was released?"""

from pathlib import Path

from workflow import shelf
from workflow.commands import Report
from workflow.editions import manifest
from workflow.errors import StoreError
from workflow.store import read


def verify(path: Path) -> Report:
    """Compare a release with its manifest. No project is needed for it.

    Args:
        path: its folder, the manifest in it, or its zip archive.

    Raises:
        StoreError: it cannot be read, or is no release.
    """
    shown = str(path)
    packed = path.suffix == ".zip"
    files = manifest.unpack(read(path, shown=shown), shown) if packed else _folder(path)
    data = files.pop(manifest.NAME, None)
    if data is None:
        raise StoreError("no release: there is no manifest.json in it", path=path)
    known = manifest.parse(data, f"{shown}: {manifest.NAME}")
    archive = files.pop(f"{known['name']}.zip", None)
    report = Report()
    for what in manifest.verify(known, files):
        report.fail(f"{shown}: {what}")
    if archive is not None:
        _verify_archive(archive, known["name"], data, files, report)
    if not report.errors:
        report.lines.append(f"{known['name']}: {len(files)} files are as they were released")
        # Who can change files can change their manifest: this is what to ask the sender for.
        report.lines.append(f"SHA-256 of manifest.json: {manifest.digest(data)}")
    report.data = {
        "name": known["name"],
        "manifest": manifest.digest(data),
        "errors": report.errors,
    }
    return report


def _folder(path: Path) -> dict[str, bytes]:
    """The files of a release; of a folder that is none, not all is read before that is told."""
    folder = path.parent if path.name == manifest.NAME else path
    place = folder / manifest.NAME
    manifest.parse(read(place, shown=str(place)), str(place))
    return shelf.contents(folder)


def _verify_archive(
    archive: bytes, name: str, data: bytes, files: dict[str, bytes], report: Report
) -> None:
    """The archive beside the files holds the same."""
    try:
        packed = manifest.unpack(archive, f"{name}.zip")
    except StoreError as error:
        report.fail(error)
        return
    if packed != {**files, manifest.NAME: data}:
        report.fail(f"{name}.zip does not hold the files beside it")
