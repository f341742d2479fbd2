"""What a release holds besides its editions, and how it comes to stand on the shelf."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow import __version__, plan, shelf
from workflow.commands import Report
from workflow.editions import changes, html, manifest
from workflow.editions.gate import Reason
from workflow.editions.manifest import Manifest
from workflow.editions.standing import standing
from workflow.errors import StoreError
from workflow.model import Catalog, Edition, Entry
from workflow.store import Project
from workflow.work import Job


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article in a locale that is to be released."""

    job: Job
    edition: Edition
    catalog: Catalog | None
    reasons: tuple[Reason, ...]
    made_from: Mapping[str, str | None]
    """Digests of article, catalog and term base, from before they were read."""

    @property
    def folder(self) -> str:
        """Where its releases stand. By the whole tag: other locales may come, this one stays."""
        return f"release/{self.job.locale}/{self.job.article}"

    @property
    def stem(self) -> str:
        """What its files are called."""
        return f"{self.job.article}-{self.job.locale}"


@dataclass(frozen=True, slots=True)
class _Former:
    """The release before."""

    path: str
    data: bytes
    """Its manifest."""
    manifest: Manifest
    texts: tuple[Entry, ...]


def put(
    project: Project,
    candidate: Candidate,
    excused: list[Reason],
    editions: dict[str, bytes],
    workplace: str,
    report: Report,
) -> str:
    """Write what goes with the editions, and make their folder a release.

    Args:
        project: the project.
        candidate: what is released.
        excused: the exceptions.
        editions: the files that stand in the folder, by name.
        workplace: the folder.
        report: where to say what was written.

    Returns:
        The release's path; that of the last one where nothing has changed.

    Raises:
        StoreError, CatalogError: the last release is not as it was, what was judged is no longer
            what there is, or this cannot be written.
    """
    _check(project, candidate)
    former = _former(project, candidate.folder)
    texts = changes.texts(candidate.edition)
    files = editions | {manifest.TEXTS: manifest.write_texts(texts)}
    facts = _facts(project, candidate, excused, former.manifest["release"] + 1 if former else 1)
    if former and manifest.same(former.manifest, manifest.compose(facts, files, None)):
        report.lines.append(f"nothing has changed: {former.path} is the release")
        return former.path
    files[manifest.CHANGES] = changes.report(
        changes.compare(former.texts, texts) if former else None,
        title=facts["title"],
        locale=candidate.job.locale,
        number=facts["release"],
        language=project.config.source_locale,
    ).encode("utf-8")
    whole = manifest.compose(facts, files, former.data if former else None)
    files[manifest.NAME] = manifest.text(whole)
    files[f"{facts['name']}.zip"] = manifest.pack(files, facts["name"])
    for name, data in files.items():
        project.replace(f"{workplace}/{name}", data)
    path = shelf.put(project, workplace, candidate.folder, facts["release"])
    report.lines += [f"{path}/{name}" for name in sorted(files)]
    report.lines.append(f"SHA-256 of manifest.json: {manifest.digest(files[manifest.NAME])}")
    return path


def _check(project: Project, candidate: Candidate) -> None:
    """Make sure that the editions are made of what was judged."""
    if made_from(project, candidate.job) != candidate.made_from:
        raise StoreError(
            "article, catalog or term base was changed in the meantime; run again "
            f"({candidate.job.locale})",
            path=candidate.job.source,
        )


def made_from(project: Project, job: Job) -> dict[str, str | None]:
    """Digests of what a release is judged and made by; None for what there is not."""
    paths = {"source": job.source, "catalog": job.catalog, "glossary": project.glossary}
    found = {what: project.find(path) if path else None for what, path in paths.items()}
    return {what: None if data is None else manifest.digest(data) for what, data in found.items()}


def _former(project: Project, place: str) -> _Former | None:
    """The last release, if there is one."""
    numbers = shelf.numbers(project, place)
    if not numbers:
        return None
    path = f"{place}/{numbers[-1]}"
    data = project.read(f"{path}/{manifest.NAME}")
    known = manifest.parse(data, f"{path}/{manifest.NAME}")
    texts = f"{path}/{manifest.TEXTS}"
    stored = project.read(texts)
    if known.get("release") != numbers[-1] or manifest.digest(stored) != known["files"].get(
        manifest.TEXTS
    ):
        raise StoreError(
            "was changed since it was released, and the next release is compared with it; "
            f"bring it back, or move {path} away",
            path=texts,
        )
    return _Former(path, data, known, manifest.read_texts(stored, texts))


def _facts(
    project: Project, candidate: Candidate, excused: list[Reason], number: int
) -> dict[str, Any]:
    job, edition = candidate.job, candidate.edition
    found = standing(edition, candidate.catalog).data()
    kinds = [kind for kind, _ in job.outputs]
    return {
        "name": f"{candidate.stem}-{number}",
        "article": job.article,
        "locale": job.locale,
        "release": number,
        "title": html.front_text(edition, "title"),
        "source_locale": edition.article.metadata.locale,
        "credit": edition.credit or None,
        "states": {"segments": found["segments"], "words": found["words"]},
        "unmodified": found["unmodified"],
        "exceptions": [reason.data() for reason in excused],
        "made_from": dict(candidate.made_from),
        "versions": {"auflage": __version__, **plan.libraries(kinds)},
    }
