"""Google's keyless web page, through deep-translator; the only importer of it.

What deep-translator lacks is around it: time-outs and patience (`transport`), a limit to the
length of the address, a pause between requests, and None turned into a refusal.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote

import deep_translator.google
from deep_translator.exceptions import BaseError, LanguageNotSupportedException

from workflow.errors import PairError
from workflow.locales import language
from workflow.pretranslate.engines import address, answer, transport
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting
from workflow.pretranslate.engines.transport import Declined, Transport

_NAME: Final = "google"
_URL: Final = "https://translate.google.com/m"
# The text travels in the address: 4,999 umlauts make one of 30,000 characters, and servers
# refuse addresses from some 16,000 on.
_LONGEST: Final = 1_500  # characters of a text
_LONGEST_ADDRESS: Final = 12_000
_PAUSE: Final = 1.0  # seconds from one request to the next
# What deep-translator looks for: text without tags. It gets nothing else of the page: HTML takes
# time by the square of its length if somebody means ill (300,000 characters: a minute).
_RESULT: Final = re.compile(
    r"""<div[^<>]{0,200}\sclass=["']?(?:t0|result-container)["']?[^<>]{0,200}>"""
    r"(?:[^<]|<br\s?/?>){0,20000}</div>"
)


class Google:
    """deep-translator's GoogleTranslator, made safe."""

    name = _NAME

    def __init__(
        self,
        setting: Setting,
        *,
        sleep: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        """Prepare the engine; nothing is sent yet.

        Raises:
            ConfigError: the address or the pause is none.
            PairError: Google does not know one of the languages.
        """
        url = address.configured(setting, _NAME) or setting.environment.get("AUFLAGE_GOOGLE_URL")
        self._sleep = sleep or transport.SLEEP
        self._clock = clock
        setting.only(_NAME, "url", "pause")
        self._pause = setting.option(_NAME, "pause", _seconds, _PAUSE)
        self._next = clock()
        self._today = setting.today
        self._transport = Transport(url or _URL, name=_NAME, sleep=self._sleep)
        self.capabilities = Capabilities(host=self._transport.host)
        self._translator = _translator(setting)

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Ask for one query after the other.

        Raises:
            EngineError: Google refuses this machine, or cannot be reached.
        """
        for query in queries:
            if len(query.text) > _LONGEST or len(quote(query.text)) > _LONGEST_ADDRESS:
                yield Refusal("too long")
            else:
                self._wait()
                yield self._ask(query.text)

    def _ask(self, text: str) -> Draft | Refusal:
        # deep-translator calls requests.get without a time-out; this is its one door.
        vars(deep_translator.google)["requests"] = SimpleNamespace(get=self._get)
        try:
            said = self._translator.translate(text)
        except Declined as trouble:
            return Refusal(trouble.reason)
        except (BaseError, RecursionError) as error:
            return Refusal(type(error).__name__)
        if not isinstance(said, str) or not said.strip():
            return Refusal("empty")
        return Draft(answer.tidy(said), _NAME, self._today)

    def _get(self, url: str, params: Mapping[str, str], **_: Any) -> SimpleNamespace:
        """requests.get, as far as deep-translator uses it."""
        page = self._transport.get("", params, read=_result, text=True)
        return SimpleNamespace(status_code=200, text=page, close=lambda: None)

    def _wait(self) -> None:
        """Leave time between requests."""
        early = self._next - self._clock()
        if early > 0:
            self._sleep(early)
        self._next = self._clock() + self._pause


def make(setting: Setting) -> Google:
    """The factory. `AUFLAGE_GOOGLE_URL` names another address, such as a proxy's."""
    return Google(setting)


def _translator(setting: Setting) -> Any:
    for target in (setting.target, language(setting.target)):
        try:
            return deep_translator.google.GoogleTranslator(
                source=language(setting.source), target=target
            )
        except LanguageNotSupportedException:
            continue
    raise PairError(f"google does not translate from {setting.source} into {setting.target}")


def _result(page: str) -> str:
    """The part with the translation; other pages ask for consent, or whether we are a robot."""
    found = [match[0] for match in _RESULT.finditer(page)]
    # Of several, one in a comment or a script might be taken for the translation.
    if len(found) != 1:
        raise ValueError("not the page of a translation")
    return found[0]


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise ValueError("must be a number of seconds")
    return float(value)
