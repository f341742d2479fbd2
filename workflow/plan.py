"""What there is to build, and what of it is stale."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib import metadata
from typing import Final

from workflow.buildlog import SITE, BuildLog, Built
from workflow.config import FORMATS, TRANSLATED
from workflow.errors import AuflageError, UsageError
from workflow.locales import folder, language
from workflow.reading import frontmatter
from workflow.store import PACKAGE, Project, read
from workflow.work import Job

# Libraries and fonts whose version shows in the bytes of an edition.
_COMMON: Final = (
    "babel", "fontpkg-source-code-pro", "fontpkg-source-sans-3", "fontpkg-source-serif-4",
    "fonttools", "jinja2", "markdown-it-py", "mdit-py-plugins", "pillow",
)  # fmt: skip
_PRINT: Final = (*_COMMON, "pydyf", "pyphen", "weasyprint")
_LIBRARIES: Final = {
    "html": _COMMON,
    "pdf": _PRINT,
    "booklet": _PRINT,
    "bilingual": _PRINT,
    "epub": (*_COMMON, "tinyhtml5"),
    "md": ("markdown-it-py", "mdit-py-plugins", "pyyaml"),
    "site": (*_COMMON, "pillow"),
}
# Which images an article shows, only its text tells. Whoever makes an edition notes what it
# looked for; while the text is the same, so is the list, and nobody reads the article for it.
_IMAGES: Final = "images"
# Files of Auflage's own that have a part in it.
_OWN: Final = (".css", ".html", ".opf", ".po", ".py", ".toml", ".xhtml", ".xml")


@dataclass(frozen=True, slots=True)
class Step:
    """One output of a job, with what it is made from."""

    output: str
    inputs: str
    """As JSON: digests by name."""
    reason: str | None
    """Why it must be built; None if it is up to date."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every output is made from; looked at once per build."""

    tools: Mapping[str, str]
    """By format, and for the site, a digest of Auflage itself and of the libraries behind it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of a build, and the articles that could not be planned."""

    jobs: tuple[Job, ...]
    errors: tuple[AuflageError, ...]


def make(
    project: Project, *, articles: Sequence[str], locales: Sequence[str], formats: Sequence[str]
) -> Plan:
    """Plan the editions of articles.

    Args:
        project: the project.
        articles: names; all are known.
        locales: tags or folder names as a person typed them; none means all.
        formats: of `config.FORMATS`.

    Raises:
        UsageError: a locale that no article has.
    """
    jobs: list[Job] = []
    errors: list[AuflageError] = []
    known: dict[str, None] = {}
    for name in articles:
        try:
            source = source_locale(project, name)
        except AuflageError as error:
            errors.append(error)
            known |= dict.fromkeys((*project.locales, project.config.source_locale))
            continue
        siblings = (source, *targets(project, source))
        known |= dict.fromkeys(siblings)
        for locale in siblings:
            if not locales or asked(locale, locales):
                jobs.append(_job(project, name, locale, siblings, formats))
    for wanted in locales:
        if known and not any(asked(locale, [wanted]) for locale in known):
            raise UsageError(f"unknown locale “{wanted}”; there is {', '.join(known)}")
    return Plan(tuple(jobs), tuple(errors))


def asked(locale: str, wanted: Sequence[str]) -> bool:
    """Whether a locale is meant by one of these names: its tag, or its language alone."""
    names = {name.lower() for name in wanted}
    return locale.lower() in names or language(locale) in names


def source_locale(project: Project, name: str) -> str:
    """The locale an article is written in.

    Raises:
        StoreError, SourceError: its front matter cannot be read.
    """
    path = project.source(name)
    header, _ = frontmatter.cut(project.article_text(name), path)
    values, lines = frontmatter.read(header, path)
    return frontmatter.locale(values, lines, path) or project.config.source_locale


def targets(project: Project, source: str, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """The locales an article is translated into: all but its own language.

    Args:
        project: the project.
        source: the article's own locale.
        wanted: only these, as a person typed them; none means all.
    """
    return tuple(
        locale
        for locale in project.locales
        if locale != source
        and (locale != language(locale) or locale != language(source))
        and (not wanted or asked(locale, wanted))
    )


def surroundings() -> Surroundings:
    """Look at what all outputs have in common."""
    own = _package()
    tools = {kind: _toolchain(own, libraries) for kind, libraries in _LIBRARIES.items()}
    return Surroundings(tools)


def steps(
    project: Project, job: Job, around: Surroundings, log: BuildLog, built: Mapping[str, Built]
) -> Iterator[Step]:
    """The outputs of a job, and whether and why each must be built."""
    for kind, output in job.outputs:
        inputs = _inputs(job, around.tools[kind], log)
        if kind == "pdf":
            inputs["paper"] = job.paper
        yield Step(output, json.dumps(inputs), _reason(project, output, inputs, log, built))


def with_images(inputs: str, images: Iterable[tuple[str, str]]) -> str:
    """The inputs of an output that is made now, with the images that it was found to show."""
    return json.dumps(json.loads(inputs) | {_IMAGES: dict(images)})


def libraries(formats: Sequence[str]) -> dict[str, str]:
    """The libraries whose version shows in the bytes of these formats, with their versions."""
    names = sorted({name for kind in formats for name in _LIBRARIES[kind]})
    return {name: metadata.version(name) for name in names}


def only(job: Job, outputs: Sequence[str]) -> Job:
    """The job reduced to some of its outputs."""
    return replace(job, outputs=tuple(pair for pair in job.outputs if pair[1] in outputs))


def vanished(plan: Plan, built: Mapping[str, Built]) -> tuple[str, ...]:
    """Outputs in the log whose article or locale is gone.

    Only a plan of everything can tell; one article that cannot be read keeps them all.
    """
    if plan.errors:
        return ()
    made = {
        output.removesuffix(FORMATS[kind]) + suffix
        for job in plan.jobs
        for kind, output in job.outputs
        for suffix in FORMATS.values()
    }
    return tuple(path for path, known in built.items() if known.note != SITE and path not in made)


def _job(
    project: Project, name: str, locale: str, siblings: Sequence[str], formats: Sequence[str]
) -> Job:
    place = folder(locale, siblings)
    original = locale == siblings[0]
    return Job(
        article=name,
        locale=locale,
        source=project.source(name),
        catalog=project.catalog(name, locale) if not original else None,
        outputs=tuple(
            (kind, f"build/{place}/{name}{FORMATS[kind]}")
            for kind in formats
            if not (original and kind in TRANSLATED)
        ),
        siblings=tuple(siblings),
        publisher=project.config.publisher,
        house=project.config.typography,
        stale=project.config.stale,
        paper=project.config.paper,
        site_url=project.config.site_url,
    )


def _package() -> bytes:
    """A digest of Auflage itself. It is not in the log, which must not tell where that lies."""
    state = blake2b(digest_size=12)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in _OWN:
            name = path.relative_to(PACKAGE).as_posix()
            state.update(name.encode() + read(path, shown=name))
    return state.digest()


def _toolchain(own: bytes, libraries: Sequence[str]) -> str:
    state = blake2b(own, digest_size=12)
    for name in libraries:
        state.update(metadata.version(name).encode())
    return state.hexdigest()


def _inputs(job: Job, tools: str, log: BuildLog) -> dict[str, str]:
    inputs = {job.source: log.digest(job.source)}
    if job.catalog:
        inputs[job.catalog] = log.digest(job.catalog)
    told = (job.publisher, *job.siblings, job.house, job.stale, job.site_url)
    inputs["configuration"] = " ".join(map(str, told))
    inputs["auflage"] = tools
    return inputs


def _reason(
    project: Project,
    output: str,
    inputs: Mapping[str, str],
    log: BuildLog,
    built: Mapping[str, Built],
) -> str | None:
    if not project.exists(output):
        return "it is not there"
    known = built.get(output)
    if known is None:
        return "nothing is known of it"
    before = json.loads(known.inputs)
    images = before.pop(_IMAGES, {})
    if not isinstance(images, dict):  # a log of an older version
        images = {}
    changed = [name for name, digest in inputs.items() if before.get(name) != digest]
    changed += [path for path, digest in images.items() if log.digest(path) != digest]
    if changed or before.keys() != inputs.keys():
        return f"changed: {', '.join(changed or before.keys() - inputs.keys())}"
    return None if log.digest(output) == known.digest else "it was changed by someone else"
