"""One engine's turn at one catalog: from the cache, from the engine, into the file."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from workflow import saving
from workflow.errors import StoreError
from workflow.model import Catalog, Entry
from workflow.pretranslate import cache, fill, judge, ladder
from workflow.pretranslate.cache import Cache
from workflow.pretranslate.echoes import Echoes
from workflow.pretranslate.engines.protocol import Draft, Engine, Markup, Query, Setting
from workflow.pretranslate.ladder import Answer
from workflow.store import Project
from workflow.terms.glossary import Glossary, missed

# Seconds between two saves: what a person who looks at the catalog has to wait for. A killed
# run loses nothing, its answers are in the cache.
_SAVE_EVERY: Final = 5.0


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


class Kept:
    """The cache, opened when it is first needed; without it a run goes on."""

    def __init__(self, path: Path):
        """Remember where it is."""
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

    def forget(self, scope: str, msgid: str) -> None:
        """Keep an answer no longer."""
        cache = self._open() if self._path.exists() else None
        if cache:
            cache.forget(scope, msgid)

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
class Turn:
    """One engine's turn at one catalog."""

    project: Project
    request: Request
    glossary: Glossary
    time: str
    """As gettext writes it."""
    target: Target
    kept: Kept
    catalog: Catalog
    entries: Sequence[Entry]
    environment: Mapping[str, Any]
    """The article's definitions: of link references and footnotes."""
    _answers: dict[fill.Key, Answer] = field(default_factory=dict)
    """What is not saved yet."""
    _saved: set[fill.Key] = field(default_factory=set)
    _given: dict[str, tuple[Sequence[Entry], Answer, str]] = field(default_factory=dict)
    """Who answered what to which msgid."""
    _echoes: Echoes = field(default_factory=Echoes)
    _scope: str = ""
    """In the cache; empty for what is not kept."""

    def go(self, engine: Engine, setting: Setting) -> None:
        """Fill from the cache, then ask the engine for the rest.

        Raises:
            EngineError: it cannot go on; what it said before is saved.
        """
        groups = self._groups(engine)
        if engine.capabilities.keep:
            self._scope = cache.scope(engine, setting)
            groups = self._from_cache(groups)
        queries = fill.queries(self.catalog, [group[0] for group in groups])
        if not queries or not self._may_ask(engine, queries):
            self._save()
            return
        what = f"{self.target.name} → {self.target.locale} ({engine.name})"
        climbed = ladder.climb(
            engine,
            queries,
            self.target.locale,
            environment=self.environment,
            today=setting.today,
        )
        saved = time.monotonic()
        try:
            answers = self.request.track(climbed, len(queries), what)
            for group, answer in zip(groups, answers, strict=False):
                if self._scope and answer.draft:
                    self.kept.keep(self._scope, group[0].msgid, answer)
                self._hear(group, answer, engine.name)
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

    def _from_cache(self, groups: list[list[Entry]]) -> list[list[Entry]]:
        """Take what the cache has; what is left."""
        left = []
        for group in groups:
            known = self.kept.find(self._scope, group[0].msgid)
            if known:
                self._hear(group, known, "cache")
            else:
                left.append(group)
        return left

    def _may_ask(self, engine: Engine, queries: Sequence[Query]) -> bool:
        """Whether the engine may be asked: a file may, a stranger only if the person agrees."""
        able, request = engine.capabilities, self.request
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

    def _hear(self, group: Sequence[Entry], answer: Answer, who: str) -> None:
        """Take an answer, unless it is what the engine says to anything."""
        msgid = group[0].msgid
        if answer.draft and self._scope:
            echo = self._echoes.hear(msgid, answer.draft.text)
            for other in echo.msgids:
                self._doubt(other, noise=echo.noise)
            if echo.msgids:
                answer = self._doubted(msgid, answer, noise=echo.noise)
        self._given[msgid] = group, answer, who
        self._take(group, answer, who)

    def _doubt(self, msgid: str, *, noise: bool) -> None:
        """Think otherwise of an answer that was taken."""
        if msgid not in self._given:
            return
        group, answer, who = self._given[msgid]
        if answer.draft is None:
            return
        self._count(group, answer, who, -1)
        answer = self._doubted(msgid, answer, noise=noise)
        self._given[msgid] = group, answer, who
        for entry in group if noise else ():
            self.target.answered.discard(entry.key)
            self._answers.pop(entry.key, None)
            if entry.key in self._saved:
                self._answers[entry.key] = answer
        self._take(group, answer, who)

    def _doubted(self, msgid: str, answer: Answer, *, noise: bool) -> Answer:
        """An answer that another text was given too: a reason to look at it, or no answer."""
        if noise:
            self.kept.forget(self._scope, msgid)
            return Answer(None, refusal="same answer")
        if "same" in answer.reasons:
            return answer
        quality = answer.quality * judge.PENALTIES["same"]
        return replace(answer, reasons=(*answer.reasons, "same"), quality=quality)

    def _take(self, group: Sequence[Entry], answer: Answer, who: str) -> None:
        for entry in group:
            if answer.draft is None:
                if who != "memory":  # nobody expects it to know every sentence
                    self.target.refused[entry.key] = answer.refusal or "no answer"
                continue
            self._answers[entry.key] = self._with_terms(entry, answer, answer.draft)
            self.target.answered.add(entry.key)
        self._count(group, answer, who, 1)

    def _count(self, group: Sequence[Entry], answer: Answer, who: str, step: int) -> None:
        if answer.draft is None:
            return
        for entry in group:
            if answer.draft.text != entry.msgstr:
                self.target.filled[who if who == "cache" else answer.draft.engine] += step
            if answer.rung:
                self.target.rungs[answer.rung.value] += step

    def _with_terms(self, entry: Entry, answer: Answer, draft: Draft) -> Answer:
        """The answer, with a reason to look at it if a term of the term base is not in it."""
        target = self.target
        glossary = self.glossary
        if not missed(entry.msgid, draft.text, glossary, target.source, target.locale):
            return answer
        quality = answer.quality * judge.PENALTIES["term"]
        return replace(answer, reasons=(*answer.reasons, "term"), quality=quality)

    def _save(self) -> None:
        """Write the answers into the catalog as it is now; a person's text wins."""
        answers, self._answers = self._answers, {}
        if not answers:
            return
        if self.request.dry_run:
            return

        def filled(catalog: Catalog | None) -> Catalog:
            if catalog is None:
                raise StoreError(
                    "the catalog vanished while it was being filled", path=self.target.path
                )
            redo = self.request.redo
            return fill.apply(catalog, answers, now=self.time, redo=redo, again=self._saved)

        saving.amend(self.project, self.target.path, filled)
        self._saved |= answers.keys()
