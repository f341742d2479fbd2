"""Files that judges read: packages of the npm registry, fetched once and kept for later runs."""

import os
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import platformdirs
import pytest


def fetch(npm: str, versions: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """The archive of each package; those that are not kept yet come into `folder` first."""
    cache = platformdirs.user_cache_path("auflage-judges")
    kept = {name: cache / _archive(name, version) for name, version in versions.items()}
    missing = [name for name, path in kept.items() if not path.exists()]
    if missing:
        wanted = [f"{name}@{versions[name]}" for name in missing]
        done = subprocess.run(
            [npm, "pack", *wanted, "--pack-destination", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            refuse = pytest.fail if os.environ.get("AUFLAGE_JUDGES") == "required" else pytest.skip
            refuse(f"npm cannot fetch {wanted}: {done.stderr.strip()[-200:]}")
        cache.mkdir(parents=True, exist_ok=True)
        for name in missing:
            _keep(folder / kept[name].name, kept[name])
    return kept


def files(archive: Path, *suffixes: str) -> Iterator[tuple[str, bytes]]:
    """The files with one of these suffixes (in small letters), in the order of their names."""
    with tarfile.open(archive) as package:
        members = [member for member in package.getmembers() if member.isfile()]
        for member in sorted(members, key=lambda member: member.name):
            if member.name.lower().endswith(suffixes):
                file = package.extractfile(member)
                assert file is not None
                yield member.name, file.read()


def _archive(name: str, version: str) -> str:
    return f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"


def _keep(fetched: Path, kept: Path) -> None:
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_bytes(fetched.read_bytes())
    beside.replace(kept)
