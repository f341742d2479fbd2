"""What a project remembers, read from its catalogs and from locale/memory/ when it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from workflow import articles, plan
from workflow.catalogs import memory, tmx
from workflow.catalogs.memory import Memory, Unit
from workflow.errors import AuflageError
from workflow.locales import language
from workflow.store import Project


@dataclass(frozen=True, slots=True)
class Remembered:
    """The translation memory of a project; every file is read once."""

    project: Project
    refuse: Callable[[AuflageError], None]
    """Told of each file that cannot be read; the others still count."""
    _catalogs: dict[str, tuple[str, tuple[Unit, ...]]] = field(default_factory=dict)
    """By path the source locale, and what is accepted."""
    _files: dict[str, tuple[tmx.Unit, ...]] = field(default_factory=dict)
    _memories: dict[tuple[str, str], Memory] = field(default_factory=dict)

    def memory(self, source: str, target: str) -> Memory:
        """Everything for a pair of locales, ready for looking up."""
        key = (language(source), target)
        if key not in self._memories:
            accepted = self.accepted(source, target, self.project.articles())
            units = (*accepted, *self.imported(source, target))
            self._memories[key] = Memory(units)
        return self._memories[key]

    def accepted(self, source: str, target: str, names: tuple[str, ...]) -> Iterator[Unit]:
        """What is accepted in the catalogs of these articles, if they are in that language."""
        for name in names:
            theirs, units = self.of_article(name, target)
            if language(theirs) == language(source):
                yield from units

    def imported(self, source: str, target: str) -> Iterator[Unit]:
        """What the files of locale/memory/ have."""
        for path in self.project.memories():
            yield from memory.translated(self._file(path), source, target, path)

    def of_article(self, name: str, locale: str) -> tuple[str, tuple[Unit, ...]]:
        """An article's source locale, and what is accepted in its catalog of a locale."""
        path = self.project.catalog(name, locale)
        if path not in self._catalogs:
            self._catalogs[path] = self._catalog(name, path)
        return self._catalogs[path]

    def sources(self) -> tuple[str, ...]:
        """The locales that articles are written in, one of each language."""
        found: dict[str, str] = {}
        for name in self.project.articles():
            try:
                source = plan.source_locale(self.project, name)
            except AuflageError as error:
                self.refuse(error)
                continue
            found.setdefault(language(source), source)
        return tuple(found.values()) or (self.project.config.source_locale,)

    def _catalog(self, name: str, path: str) -> tuple[str, tuple[Unit, ...]]:
        try:
            catalog = articles.catalog(self.project, path)
        except AuflageError as error:
            self.refuse(error)
            return "", ()
        if catalog is None:
            return "", ()
        source = catalog.field("X-Source-Language") or self.project.config.source_locale
        return source, tuple(memory.accepted(catalog, self.project.source(name)))

    def _file(self, path: str) -> tuple[tmx.Unit, ...]:
        if path not in self._files:
            try:
                text = tmx.decode(self.project.read(path), path)
                self._files[path] = tmx.parse(text, path)
            except AuflageError as error:
                self.refuse(error)
                self._files[path] = ()
        return self._files[path]
