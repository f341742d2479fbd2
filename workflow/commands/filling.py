"""The run of `auflage pretranslate`: one catalog after the other, one engine after the other."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from workflow import articles
from workflow.catalogs import tmx
from workflow.commands.remember import Remembered
from workflow.errors import EngineError, PairError, StoreError
from workflow.model import Catalog, Entry
from workflow.pretranslate import cache, engines, fill, judge, ladder
from workflow.pretranslate.cache import Cache
from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Setting
from workflow.pretranslate.ladder import Answer
from workflow.store import Project
from workflow.terms.glossary import Glossary, missed, terms_for

# Seconds between two saves: what a person who looks at the catalog has to wait for. A killed
# run loses nothing, its answers are in the cache.
_SAVE_EVERY: Final = 5.0
CACHE: Final = "build/.auflage/answers.sqlite"


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for."""

    names: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    """In order; none means those of the configuration."""
    redo: bool = False
    """Replace machine text that nobody has changed."""
    dry_run: bool = False
    """Say what would be sent, and send nothing."""
    allow: Callable[[str, bool], bool] = field(default=lambda notice, configured: False)
    """Told where text is to go before any does, and whether the configuration names the
    engine; answers whether it may."""
    track: Callable[[Iterator[Answer], int, str], Iterator[Answer]] = field(
        default=lambda answers, total, what: answers
    )
    """Shows how far it is."""


@dataclass(slots=True)
class Target:
    """One catalog, and what becomes of it."""

    name: str
    locale: str
    path: str
    source: str
    filled: Counter[str] = field(default_factory=Counter)
    """Entries by who filled them."""
    rungs: Counter[str] = field(default_factory=Counter)
    """Entries of engines by the rung of the ladder that their text was reached on."""
    refused: dict[fill.Key, str] = field(default_factory=dict)
    """Why the last engine had nothing that could be used."""
    notices: list[str] = field(default_factory=list)
    """What was not sent, or would be."""
    errors: list[str] = field(default_factory=list)
    answered: set[fill.Key] = field(default_factory=set)
    """What has an answer, or would have one if this were no dry run."""
    announced: set[fill.Key] = field(default_factory=set)
    """What a dry run would have asked an engine for."""
    left: int = 0


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
        with closing(_Kept(self.project.root / CACHE)) as kept:
            for name in ("memory", *self._chain(target.locale)):
                if name in self._left_alone:
                    continue
                catalog, entries = self._wanted(target, redo=self.request.redo)
                entries = tuple(entry for entry in entries if entry.key not in target.announced)
                if not entries:
                    break
                self._try(name, _Round(self, target, kept, catalog, entries))
        _, left = self._wanted(target, redo=False)
        target.left = len(left)
        target.refused = {e.key: target.refused[e.key] for e in left if e.key in target.refused}

    def environment_of(self, name: str) -> Mapping[str, Any]:
        """The definitions of an article: of link references and footnotes."""
        if name not in self._definitions:
            self._definitions[name] = articles.article(self.project, name).environment
        return self._definitions[name]

    def _chain(self, locale: str) -> tuple[str, ...]:
        named = self.request.engines or self.project.config.engines_for(locale)
        return tuple(name for name in dict.fromkeys(named) if name != "memory")

    def _try(self, name: str, attempt: "_Round") -> None:
        target = attempt.target
        try:
            setting = self._setting(name, target)
            engine = self._engine(name, setting)
        except EngineError as error:  # this pair of languages; others may do
            target.errors.append(f"{target.locale}: {error}")
            return
        try:
            attempt.go(engine, setting)
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


class _Kept:
    """The cache, opened when it is first needed; without it a run goes on."""

    def __init__(self, path: Path):
        self._path = path
        self._cache: Cache | None = None
        self._broken = False

    def find(self, scope: str, msgid: str) -> Answer | None:
        """The answer to a text."""
        cache = self._open() if self._path.exists() else None
        return cache.find(scope, msgid) if cache else None

    def keep(self, scope: str, msgid: str, answer: Answer) -> None:
        """Keep an answer."""
        cache = self._open()
        if cache:
            cache.keep(scope, msgid, answer)

    def close(self) -> None:
        """Close it, if it was opened."""
        if self._cache:
            self._cache.close()

    def _open(self) -> Cache | None:
        if self._cache is None and not self._broken:
            try:
                self._cache = Cache(self._path)
            except StoreError:
                self._broken = True
        return self._cache


@dataclass(slots=True)
class _Round:
    """One engine's turn at one catalog."""

    run: Run
    target: Target
    kept: _Kept
    catalog: Catalog
    entries: Sequence[Entry]
    _answers: dict[fill.Key, Answer] = field(default_factory=dict)
    """What is not saved yet."""

    def go(self, engine: Engine, setting: Setting) -> None:
        """Fill from the cache, then ask the engine for the rest.

        Raises:
            EngineError: it cannot go on; what it said before is saved.
        """
        groups = self._groups(engine)
        scope = cache.scope(engine, setting) if engine.capabilities.keep else ""
        if scope:
            groups = self._from_cache(scope, groups)
        queries = fill.queries(self.catalog, [group[0] for group in groups])
        if not queries or not self._may_ask(engine, queries):
            self._save()
            return
        what = f"{self.target.name} → {self.target.locale} ({engine.name})"
        climbed = ladder.climb(
            engine,
            queries,
            self.target.locale,
            environment=self.run.environment_of(self.target.name),
            today=setting.today,
        )
        saved = time.monotonic()
        try:
            answers = self.run.request.track(climbed, len(queries), what)
            for query, group, answer in zip(queries, groups, answers, strict=False):
                if scope and answer.draft:
                    self.kept.keep(scope, query.msgid, answer)
                self._take(group, answer, engine.name)
                if time.monotonic() - saved > _SAVE_EVERY:
                    self._save()
                    saved = time.monotonic()
        finally:
            self._save()

    def _groups(self, engine: Engine) -> list[list[Entry]]:
        """Entries that one question answers: the same text, unless the engine knows contexts."""
        raw = engine.capabilities.markup is Markup.RAW
        found: dict[object, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.key if raw else entry.msgid, []).append(entry)
        return list(found.values())

    def _from_cache(self, scope: str, groups: list[list[Entry]]) -> list[list[Entry]]:
        """Take what the cache has; what is left."""
        left = []
        for group in groups:
            known = self.kept.find(scope, group[0].msgid)
            if known:
                self._take(group, known, "cache")
            else:
                left.append(group)
        return left

    def _may_ask(self, engine: Engine, queries: Sequence[Query]) -> bool:
        """Whether the engine may be asked: a file may, a stranger only if the person agrees."""
        able, request = engine.capabilities, self.run.request
        if able.markup is Markup.RAW or not (able.host or request.dry_run):
            return True
        characters = sum(len(query.msgid) for query in queries)
        notice = (
            f"{engine.name}: {len(queries)} segments of {self.target.name}, {characters} "
            f"characters, go to {able.host or 'this machine'} ({self.target.locale})"
        )
        if able.price is not None:
            notice += f", about {characters * able.price / 1e6:.2f} {able.currency}"
        if request.dry_run:
            self.target.notices.append(notice)
            self.target.announced |= {entry.key for entry in self.entries}
            return False
        if request.allow(notice, not request.engines):
            return True
        self.target.notices.append("nothing was sent; add --yes to send it")
        return False

    def _take(self, group: Sequence[Entry], answer: Answer, who: str) -> None:
        for entry in group:
            if answer.draft is None:
                if who != "memory":  # nobody expects it to know every sentence
                    self.target.refused[entry.key] = answer.refusal or "no answer"
                continue
            self._answers[entry.key] = self._with_terms(entry, answer, answer.draft)
            self.target.answered.add(entry.key)
            if answer.draft.text != entry.msgstr:
                self.target.filled[who if who == "cache" else answer.draft.engine] += 1
            if answer.rung:
                self.target.rungs[answer.rung.value] += 1

    def _with_terms(self, entry: Entry, answer: Answer, draft: Draft) -> Answer:
        """The answer, with a reason to look at it if a term of the term base is not in it."""
        target = self.target
        glossary = self.run.glossary
        if not missed(entry.msgid, draft.text, glossary, target.source, target.locale):
            return answer
        quality = answer.quality * judge.PENALTIES["term"]
        return replace(answer, reasons=(*answer.reasons, "term"), quality=quality)

    def _save(self) -> None:
        """Write the answers into the catalog as it is now; a person's text wins."""
        answers, self._answers = self._answers, {}
        if not answers:
            return
        if self.run.request.dry_run:
            return

        def filled(catalog: Catalog | None) -> Catalog:
            if catalog is None:
                raise StoreError(
                    "the catalog vanished while it was being filled", path=self.target.path
                )
            return fill.apply(catalog, answers, now=self.run.time, redo=self.run.request.redo)

        articles.amend(self.run.project, self.target.path, filled)
