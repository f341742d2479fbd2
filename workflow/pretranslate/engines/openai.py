"""Language models behind the chat interface that OpenAI introduced.

Ollama, llama-server, vLLM and most vendors speak it; how well they keep to it differs. So the
strictest form of an answer is asked for first, and what a server declines is not asked again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from workflow.errors import EngineError
from workflow.pretranslate.engines import address, chat, prompt
from workflow.pretranslate.engines.chat import Unusable
from workflow.pretranslate.engines.prompt import Form, Prompt
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting
from workflow.pretranslate.engines.transport import Declined, Transport

_NAME: Final = "openai"
_KEYS: Final = ("AUFLAGE_OPENAI_KEY", "OPENAI_API_KEY")
_OPTIONS: Final = ("url", "model", "batch", "temperature", "price", "timeout", "style")
_BATCH: Final = 12  # texts; with more, models begin to lose some
_TIMEOUT: Final = 300.0  # seconds: a large model on a small machine
# So a server says that it does not know a field; some break instead.
_UNKNOWN_FIELD: Final = frozenset({400, 422, 500})
_TOO_LONG: Final = ("context length", "context size", "context window", "too many tokens",
                    "maximum context", "context_length", "exceed_context")  # fmt: skip
_REFUSED: Final = ("content_filter", "content filter", "content management policy", "moderation")
# What a batch failed at, a smaller one may not.
_SPLIT: Final = frozenset({"truncated", "too long", "too large", "time-out", "refused"})
# After so many batches in a row without JSON, the model is taken not to know how to write it.
_PATIENCE: Final = 2
_SHORTEST_KEY: Final = 8  # a shorter one is a word to please a server that wants none


class OpenAI:
    """A chat server as an engine."""

    name = _NAME

    def __init__(self, setting: Setting):
        """Prepare the engine; nothing is sent yet.

        Raises:
            ConfigError: its table in the configuration is wrong.
            EngineError: there is no address, no model or no key, or a key must not be sent.
        """
        setting.only(_NAME, *_OPTIONS)
        url = address.configured(setting, _NAME) or setting.environment.get("OPENAI_BASE_URL", "")
        self._model = setting.option(_NAME, "model", _text, "")
        if not url or not self._model:
            raise EngineError(
                f"{_NAME}: there is no {'model' if url else 'server'}; write it into the "
                f'configuration, for Ollama [engine.{_NAME}] url = "http://localhost:11434/v1", '
                'model = "gemma3:12b"'
            )
        self._temperature: float | None = setting.option(_NAME, "temperature", _number(0, 2), 0.0)
        self._size = setting.option(_NAME, "batch", _whole, _BATCH)
        self._key = key = _key(setting.environment)
        self._transport = Transport(
            url,
            name=_NAME,
            headers={"Authorization": f"Bearer {key}"} if key else None,
            secrets=(key,),
            read_timeout=setting.option(_NAME, "timeout", _number(1, 3600), _TIMEOUT),
        )
        if self._transport.host and not key and url.strip().startswith("https:"):
            raise EngineError(f"{_NAME}: {self._transport.host} wants a key; set {_KEYS[0]}")
        style = setting.option(_NAME, "style", _text, "")
        self._prompt = Prompt(setting.source, setting.target, style, setting.terms)
        self._today = setting.today
        self._form = Form.SCHEMA
        self._proven = False
        """Whether the server has answered in this form."""
        self._spoilt = 0
        """Batches in a row that came back without JSON."""
        self.capabilities = Capabilities(
            host=self._transport.host,
            batch=self._size,
            version=f"{self._model} {self._temperature:g} {self._prompt.version}",
            price=setting.option(_NAME, "price", _number(0, 1e6), None),
        )

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Ask for several at once, and for what was not answered properly once more, alone.

        Raises:
            EngineError: the server refuses, or cannot be reached.
        """
        for batch in prompt.batches(queries, self._size):
            yield from self._batch(batch)

    def _batch(self, batch: Sequence[Query]) -> Iterator[Draft | Refusal]:
        if self._form is Form.TEXT:
            for query in batch:
                yield self._alone(query)
            return
        keyed = {f"s{number}": query for number, query in enumerate(batch, start=1)}
        try:
            texts = self._together(keyed)
        except _Anew:
            yield from self._batch(batch)
        except Unusable as error:
            if len(batch) == 1:
                yield Refusal(error.reason)
                return
            middle = len(batch) // 2
            yield from self._batch(batch[:middle])
            yield from self._batch(batch[middle:])
        else:
            yield from self._completed(keyed, texts)

    def _together(self, keyed: Mapping[str, Query]) -> dict[str, str]:
        """Translations by id, as far as the answer has them.

        Raises:
            Unusable: the server may manage fewer of them.
            _Anew: it has to be asked in another form.
        """
        try:
            text = self._ask(keyed, self._form)
            found = chat.items(text, {key: query.text for key, query in keyed.items()})
        except Declined as declined:
            reason = _reason(declined)
            if reason not in _SPLIT and self._gives_way(declined):
                raise _Anew from None
        except Unusable as error:
            reason = error.reason
            self._spoilt += reason == "no JSON"
            if self._spoilt >= _PATIENCE:
                self._form = Form.TEXT
        else:
            self._spoilt = 0
            return found
        if reason in _SPLIT:
            raise Unusable(reason)
        return {}

    def _completed(
        self, keyed: Mapping[str, Query], texts: Mapping[str, str]
    ) -> Iterator[Draft | Refusal]:
        """All answers in order; what is already paid for is not lost when the server fails."""
        trouble: EngineError | None = None
        for key, query in keyed.items():
            if key in texts:
                yield self._draft(texts[key])
            elif trouble:
                yield Refusal("not answered")
            else:
                try:
                    yield self._alone(query)
                except EngineError as error:
                    trouble = error
                    yield Refusal("not answered")
        if trouble:
            raise trouble

    def _alone(self, query: Query) -> Draft | Refusal:
        try:
            return self._draft(chat.single(self._ask({"s1": query}, Form.TEXT), "s1", query.text))
        except Declined as declined:
            return Refusal(_reason(declined))
        except Unusable as error:
            return Refusal(error.reason)

    def _ask(self, keyed: Mapping[str, Query], form: Form) -> str:
        """Send one request; the text of the answer."""
        if sum(len(query.text) for query in keyed.values()) > prompt.LIMIT:
            raise Unusable("too long")
        payload: dict[str, Any] = {"model": self._model, **self._prompt.request(keyed, form)}
        if self._temperature is not None:
            payload["temperature"] = self._temperature
        try:
            found = self._transport.post("/chat/completions", payload, read=chat.choice)
        except Declined as declined:
            if declined.status == 404:
                raise EngineError(
                    f"{_NAME}: {self._transport.shown} knows no model “{self._model}”, or no "
                    "chat at this address (HTTP 404); an address often ends in /v1"
                ) from None
            if payload.pop("temperature", None) is None or "temperature" not in declined.body:
                raise
            self._temperature = None  # some models have a fixed one
            return self._ask(keyed, form)
        self._proven |= form is self._form
        if len(self._key) >= _SHORTEST_KEY and self._key in found.text:
            raise Unusable("damaged")  # it would go into the catalog
        return chat.content(found)

    def _gives_way(self, declined: Declined) -> bool:
        """Go over to the next form, if this one never worked."""
        if self._proven or declined.status not in _UNKNOWN_FIELD:
            return False
        forms = list(Form)
        self._form = forms[forms.index(self._form) + 1]
        return True

    def _draft(self, text: str) -> Draft:
        return Draft(text, self.name, self._today)


class _Anew(Exception):
    """The same has to be asked in another form."""


def make(setting: Setting) -> OpenAI:
    """The factory."""
    return OpenAI(setting)


def _key(environment: Mapping[str, str]) -> str:
    """Our own variable decides, even if it is empty: the other may be for somebody else."""
    return next((environment[name].strip() for name in _KEYS if name in environment), "")


def _reason(declined: Declined) -> str:
    said = declined.body[:4000].casefold()
    if declined.status == 413 or any(words in said for words in _TOO_LONG):
        return "too long"
    if declined.status in (400, 403) and any(words in said for words in _REFUSED):
        return "refused"
    return declined.reason


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    return value.strip()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 100:
        raise ValueError("must be a whole number from 1 to 100")
    return value


def _number(least: float, most: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        known = isinstance(value, int | float) and not isinstance(value, bool)
        if not known or not least <= value <= most:
            raise ValueError(f"must be a number from {least:g} to {most:g}")
        return float(value)

    return read
