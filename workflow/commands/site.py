"""The site around the editions: what of it is stale is written anew, what is no more is removed.

What makes pages is imported when there is one to make: a build with nothing to do must
feel instant.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from typing import Final

from workflow.buildlog import SITE, BuildLog, Built
from workflow.commands import Report
from workflow.config import FOR_READERS
from workflow.editions import listing
from workflow.editions.listing import Listed, Site
from workflow.errors import AuflageError, StoreError
from workflow.store import Project
from workflow.work import Summary

# The name of a site without a publisher. Its folder's name is nobody's business.
_NAMELESS: Final = "Auflage"
_BUILD: Final = "build/"


def refresh(project: Project, log: BuildLog, tools: str, report: Report) -> None:
    """Bring the site up to date with the editions that the log knows.

    Args:
        project: the project.
        log: what was built.
        tools: a digest of Auflage and its libraries.
        report: where to say what was written.
    """
    site = _site(project, log)
    texts = dict.fromkeys(listing.texts(site), _digest([asdict(site), tools]))
    pictures = _pictures(project, site, log, tools)
    stale = _stale(log, texts)
    if stale:
        from workflow.editions import site as maker  # noqa: PLC0415
        from workflow.printing import fonts  # noqa: PLC0415

        made = maker.texts(site, fonts.web_rules())
        for path in stale:
            _write(project, log, path, made[path].encode("utf-8"), texts[path], report)
    for path in _stale(log, {path: inputs for path, (_, inputs) in pictures.items()}):
        edition, inputs = pictures[path]
        try:
            data = _picture(project, site, edition, path)
        except AuflageError as error:
            report.fail(error)
            continue
        _write(project, log, path, data, inputs, report)
    for path, known in log.built().items():
        if known.note == SITE and path.removeprefix(_BUILD) not in {*texts, *pictures}:
            remove(project, log, path, report)


def remove(project: Project, log: BuildLog, path: str, report: Report) -> None:
    """Remove a file that nothing makes any more, unless someone else changed it."""
    try:
        if project.exists(path) and log.digest(path) == log.built()[path].digest:
            project.remove(path)
            report.lines.append(f"{path} (removed: nothing makes it any more)")
    except StoreError as error:
        report.fail(error)
        return
    log.drop(path)


def _site(project: Project, log: BuildLog) -> Site:
    config = project.config
    return Site(
        name=config.publisher or _NAMELESS,
        url=config.site_url,
        locale=config.source_locale,
        languages=listing.languages(
            tuple(_editions(project, log)), (config.source_locale, *project.locales)
        ),
    )


def _editions(project: Project, log: BuildLog) -> Iterator[Listed]:
    """The editions that exist."""
    files: dict[tuple[str, str], dict[str, str]] = {}
    notes = {}
    for path, built in sorted(log.built().items()):
        note = json.loads(built.note)
        if built.note == SITE or not project.exists(path):
            continue
        if note["format"] not in FOR_READERS:
            continue
        if note.get("summary", {}).keys() != Summary.__dataclass_fields__.keys():
            continue  # noted by another version of Auflage; the next whole build knows it again
        key = note["article"], note["locale"]
        notes[key] = note
        files.setdefault(key, {})[note["format"]] = path.removeprefix(_BUILD)
    for (article, locale), paths in files.items():
        note = notes[article, locale]
        yield Listed(
            article=article,
            locale=locale,
            rank=note["rank"],
            summary=Summary(**note["summary"]),
            files=tuple((kind, paths[kind]) for kind in FOR_READERS if kind in paths),
        )


def _pictures(
    project: Project, site: Site, log: BuildLog, tools: str
) -> dict[str, tuple[Listed, str]]:
    """For each picture for link previews its edition, and a digest of what it is made from."""
    if not site.url:
        return {}
    found = {}
    for group in site.languages:
        for edition in group.editions:
            words = (site.name, *_words(edition))
            photo = edition.summary.photo
            inputs = _digest([words, log.digest(photo) if photo else "", tools])
            if edition.page:
                found[listing.picture(edition)] = edition, inputs
    return found


def _picture(project: Project, site: Site, edition: Listed, path: str) -> bytes:
    from workflow.printing import previews  # noqa: PLC0415

    summary = edition.summary
    data = project.find(summary.photo) if summary.photo else None
    image = previews.photo(data) if data else None
    if image is None:
        title, foot = _words(edition)
        image = previews.drawn(previews.Words(title, site.name, foot))
    return previews.encoded(image, path.rsplit(".", 1)[1])


def _words(edition: Listed) -> tuple[str, str]:
    """The title, and what stands at the foot of a drawn picture."""
    summary = edition.summary
    return summary.title, " · ".join(filter(None, (summary.day, summary.status)))


def _stale(log: BuildLog, files: Mapping[str, str]) -> list[str]:
    """The files that are not what the log says, or were made from something else."""
    built = log.built()
    return [
        path
        for path, inputs in files.items()
        if (known := built.get(_BUILD + path)) is None
        or known.inputs != inputs
        or log.digest(_BUILD + path) != known.digest
    ]


def _write(
    project: Project, log: BuildLog, name: str, data: bytes, inputs: str, report: Report
) -> None:
    path = _BUILD + name
    try:
        if project.replace(path, data):
            report.lines.append(path)
    except StoreError as error:
        report.fail(error)
        return
    log.forget(path)
    log.record(Built(path, inputs, log.digest(path), SITE))


def _digest(value: object) -> str:
    return blake2b(json.dumps(value).encode(), digest_size=12).hexdigest()
