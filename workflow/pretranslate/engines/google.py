"""Google's keyless web page, through deep-translator; the only importer of it.

What deep-translator lacks is added around it: time-outs, retries with back-off, a limit by
the length of the address, and None turned into a refusal.
"""

import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote, urlsplit

import deep_translator.google
import requests
from deep_translator.exceptions import (
    BaseError,
    LanguageNotSupportedException,
    RequestError,
    TooManyRequests,
)

from workflow.errors import EngineError
from workflow.locales import language
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting

_URL: Final = "https://translate.google.com/m"
_TIMEOUT: Final = (10, 30)  # seconds to connect, to read
_TRIES: Final = 4
# Seconds; growth and limit as in DeepL's own client library.
_FIRST_PAUSE: Final = 1.0
_GROWTH: Final = 1.6
_LONGEST_PAUSE: Final = 120.0
# The text travels in the address, and servers refuse addresses beyond some 16,000 characters.
_ADDRESS_LIMIT: Final = 12_000
_RETRY_STATUS: Final = frozenset({429, 500, 502, 503, 504})
# These speak of one text, not of the whole run.
_REFUSED_STATUS: Final = frozenset({400, 413, 414})
_BROKEN: Final = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
)
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff]")


class Google:
    """deep-translator's GoogleTranslator, made safe."""

    name = "google"

    def __init__(
        self, setting: Setting, *, url: str = _URL, sleep: Callable[[float], None] = time.sleep
    ):
        """Prepare the engine; nothing is sent yet.

        Raises:
            EngineError: Google does not know one of the languages.
        """
        self.host = _host(url)
        self.capabilities = Capabilities(host=self.host)
        self._status = 0
        self._today = setting.today
        self._sleep = sleep
        self._session = requests.Session()
        # Its module calls requests.get without a time-out; this is its one door.
        vars(deep_translator.google)["requests"] = SimpleNamespace(get=self._get)
        self._translator = _translator(setting)
        self._translator._base_url = url

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Ask for one query after the other.

        Raises:
            EngineError: Google refuses this machine, or cannot be reached.
        """
        for query in queries:
            if len(quote(query.text)) > _ADDRESS_LIMIT:
                yield Refusal("too long")
                continue
            yield self._ask(query.text)

    def _ask(self, text: str) -> Draft | Refusal:
        try:
            answer = self._translator.translate(text)
        except TooManyRequests as error:
            raise EngineError(f"{self.host} asks to wait (429); try again later") from error
        except RequestError as error:
            if self._status in _REFUSED_STATUS:
                return Refusal(f"HTTP {self._status}")
            raise EngineError(f"{self.host} answers with an error (HTTP {self._status})") from error
        except requests.RequestException as error:
            raise EngineError(f"cannot reach {self.host}: {type(error).__name__}") from error
        except BaseError as error:
            return Refusal(type(error).__name__)
        if not isinstance(answer, str) or not answer.strip():
            return Refusal("empty")
        return Draft(_tidy(answer), self.name, self._today)

    def _get(self, url: str, **options: Any) -> requests.Response:
        """requests.get with time-outs and retries."""
        pause = _FIRST_PAUSE
        for attempt in range(1, _TRIES + 1):
            try:
                response = self._session.get(
                    url, timeout=_TIMEOUT, allow_redirects=False, **options
                )
            except _BROKEN:
                if attempt == _TRIES:
                    raise
            else:
                self._status = response.status_code
                if "charset" not in response.headers.get("Content-Type", ""):
                    response.encoding = "utf-8"  # requests would guess ISO-8859-1
                if response.status_code in (401, 403) or response.is_redirect:
                    raise EngineError(
                        f"{self.host} refuses (HTTP {response.status_code}); "
                        "choose another engine, or try again later"
                    )
                if response.status_code not in _RETRY_STATUS or attempt == _TRIES:
                    return response
                pause = max(pause, _retry_after(response))
            self._sleep(min(pause, _LONGEST_PAUSE))
            pause *= _GROWTH
        raise AssertionError("unreachable")


def make(setting: Setting) -> Google:
    """The factory. `AUFLAGE_GOOGLE_URL` names another address, such as a proxy's."""
    return Google(setting, url=os.environ.get("AUFLAGE_GOOGLE_URL", _URL))


def _translator(setting: Setting) -> Any:
    for target in (setting.target, language(setting.target)):
        try:
            return deep_translator.google.GoogleTranslator(
                source=language(setting.source), target=target
            )
        except LanguageNotSupportedException:
            continue
    raise EngineError(f"google does not translate from {setting.source} into {setting.target}")


def _retry_after(response: requests.Response) -> float:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else 0.0


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EngineError(f"AUFLAGE_GOOGLE_URL is not an address: “{url}”; write https://…")
    return parts.hostname


def _tidy(answer: str) -> str:
    """An answer without the traces of its way here: NFC, nothing invisible."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", answer))
