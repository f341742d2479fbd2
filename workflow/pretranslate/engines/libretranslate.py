"""LibreTranslate, a server that people run themselves."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from workflow.errors import EngineError, PairError
from workflow.locales import language
from workflow.pretranslate.engines import address, batches
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting
from workflow.pretranslate.engines.transport import Declined, Transport

_NAME: Final = "libretranslate"
_KEY: Final = "LIBRETRANSLATE_API_KEY"
_BATCH: Final = 16
_LONGEST: Final = 16_000  # bytes of text in a request; servers may allow less


class LibreTranslate:
    """A server's `/translate`, with masks for markup: its HTML mode unescapes what it must not."""

    name = _NAME

    def __init__(self, setting: Setting):
        """Prepare the engine; nothing is sent yet.

        Raises:
            ConfigError: the address is none.
            EngineError: there is no address.
        """
        setting.only(_NAME, "url")
        url = address.configured(setting, _NAME)
        if not url:
            raise EngineError(
                f"{_NAME}: there is no server; run one (pip install libretranslate) and write its "
                f'address into the configuration: [engine.{_NAME}] url = "http://localhost:5000"'
            )
        self._key = setting.environment.get(_KEY, "").strip()
        self._transport = Transport(url, name=_NAME, secrets=(self._key,))
        self.capabilities = Capabilities(
            host=self._transport.host,
            batch=_BATCH,
            cheap=self._transport.host is None,
            version=self._transport.shown,
        )
        self._setting = setting
        self._pair: dict[str, str] = {}

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Ask in batches; what comes back in disorder is asked for one by one.

        Raises:
            PairError: the server does not know the languages.
            EngineError: it refuses, or cannot be reached.
        """
        today = self._setting.today
        yield from batches.drafts(
            queries, self._send, most=_BATCH, longest=_LONGEST, engine=_NAME, today=today
        )

    def _send(self, queries: Sequence[Query]) -> list[str]:
        if not self._pair:
            self._pair = self._languages()
        payload: dict[str, Any] = {
            "q": [query.text for query in queries],
            "format": "text",
            **self._pair,
        }
        if self._key:
            payload["api_key"] = self._key
        return self._transport.post(
            "/translate",
            payload,
            read=lambda data: batches.texts(data["translatedText"], len(queries)),
        )

    def _languages(self) -> dict[str, str]:
        """The server's names of our languages."""
        source, target = self._setting.source, self._setting.target
        try:
            known = self._transport.get("/languages", read=_targets)
        except Declined as trouble:
            raise EngineError(
                f"{_NAME}: {self._transport.shown} does not say which languages it knows "
                f"({trouble.reason}); is it the right address?"
            ) from None
        for code in _names(source, known):
            for other in _names(target, known[code]):
                return {"source": code, "target": other}
        pairs = ", ".join(sorted(known.get(language(source), known)))
        raise PairError(
            f"{_NAME}: {self._transport.shown} does not translate from {source} into {target}; "
            f"it knows {pairs or 'no language'}"
        )


def make(setting: Setting) -> LibreTranslate:
    """The factory."""
    return LibreTranslate(setting)


def _targets(data: Any) -> dict[str, list[str]]:
    """Target languages by source language."""
    return {
        str(row["code"]): [str(target) for target in row.get("targets", _codes(data))]
        for row in data
    }


def _codes(data: Any) -> list[str]:
    """What a server of the time before 1.3 means when it names no targets: all."""
    return [str(row["code"]) for row in data]


def _names(locale: str, known: Sequence[str] | dict[str, list[str]]) -> Iterator[str]:
    """How a server may call a locale: the most exact name first."""
    codes = {code.lower(): code for code in known}
    parts = locale.lower().split("-")
    for length in range(len(parts), 0, -1):
        name = "-".join(parts[:length])
        if name in codes:
            yield codes[name]
