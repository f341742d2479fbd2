"""The run of `auflage pretranslate`: one catalog after the other, one engine after the other."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from workflow import articles
from workflow.catalogs import tmx
from workflow.commands.remember import Remembered
from workflow.commands.turn import Kept, Request, Target, Turn
from workflow.errors import EngineError, PairError, StoreError
from workflow.model import Catalog, Entry
from workflow.pretranslate import engines, fill
from workflow.pretranslate.engines.protocol import Engine, Setting
from workflow.store import Project
from workflow.terms.glossary import Glossary, terms_for

CACHE: Final = "build/.auflage/answers.sqlite"


@dataclass(slots=True)
class Run:
    """What catalogs have in common while they are filled."""

    project: Project
    request: Request
    time: str
    """As gettext writes it."""
    environment: Mapping[str, str]
    remembered: Remembered
    glossary: Glossary
    _engines: dict[Any, Engine] = field(default_factory=dict)
    _definitions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _left_alone: set[str] = field(default_factory=set)
    """Engines that refused: they are not asked again."""

    def fill(self, target: Target) -> None:
        """Fill a catalog.

        Raises:
            AuflageError: it cannot be read or written, or an engine is configured wrongly.
        """
        with closing(Kept(self.project.root / CACHE)) as kept:
            for name in ("memory", *self._chain(target.locale)):
                if name in self._left_alone:
                    continue
                catalog, entries = self._wanted(target, redo=self.request.redo)
                entries = tuple(entry for entry in entries if entry.key not in target.announced)
                if not entries:
                    break
                self._try(name, self._turn(target, kept, catalog, entries))
        _, left = self._wanted(target, redo=False)
        target.left = len(left)
        target.filled, target.rungs = +target.filled, +target.rungs  # what was taken back is 0
        target.refused = {e.key: target.refused[e.key] for e in left if e.key in target.refused}

    def _turn(self, target: Target, kept: Kept, catalog: Catalog, entries: Sequence[Entry]) -> Turn:
        return Turn(
            project=self.project,
            request=self.request,
            glossary=self.glossary,
            time=self.time,
            target=target,
            kept=kept,
            catalog=catalog,
            entries=entries,
            environment=self._environment_of(target.name),
        )

    def _environment_of(self, name: str) -> Mapping[str, Any]:
        if name not in self._definitions:
            self._definitions[name] = articles.article(self.project, name).environment
        return self._definitions[name]

    def _chain(self, locale: str) -> tuple[str, ...]:
        named = self.request.engines or self.project.config.engines_for(locale)
        return tuple(name for name in dict.fromkeys(named) if name != "memory")

    def _try(self, name: str, turn: Turn) -> None:
        target = turn.target
        try:
            setting = self._setting(name, target)
            engine = self._engine(name, setting)
        except EngineError as error:  # this pair of languages; others may do
            target.errors.append(f"{target.locale}: {error}")
            return
        try:
            turn.go(engine, setting)
        except EngineError as error:
            if not isinstance(error, PairError):
                self._left_alone.add(name)
            target.errors.append(f"{target.locale}: {error}")
        finally:
            notices = getattr(engine, "notices", [])
            target.notices += notices
            notices.clear()

    def _engine(self, name: str, setting: Setting) -> Engine:
        key = (name, setting.source, setting.target, setting.drafts)
        if key not in self._engines:
            self._engines[key] = engines.load(name, setting)
        return self._engines[key]

    def _setting(self, name: str, target: Target) -> Setting:
        path = self.project.drafts(target.name, target.locale)
        reads = name == "tmx" and self.project.exists(path)
        return Setting(
            source=target.source,
            target=target.locale,
            today=self.time[:10],
            root=self.project.root,
            drafts=(tmx.decode(self.project.read(path), path), path) if reads else None,
            options=self.project.config.engine.get(name, {}),
            environment=self.environment,
            terms=terms_for(self.glossary, target.source, target.locale),
            memory=self.remembered.memory(target.source, target.locale),
        )

    def _wanted(self, target: Target, *, redo: bool) -> tuple[Catalog, tuple[Entry, ...]]:
        catalog = articles.catalog(self.project, target.path)
        if catalog is None:
            raise StoreError("there is no catalog yet; run: auflage update", path=target.path)
        entries = fill.wanted(catalog, redo=redo)
        return catalog, tuple(entry for entry in entries if entry.key not in target.answered)
