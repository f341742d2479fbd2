"""HTTP for engines: patient with servers, and believing nothing of what they send.

Trouble has three sizes. What may pass is tried again, with pauses. What concerns one request
is `Declined`, and the next one is sent. What concerns the whole run is an `EngineError`: the
engine is then left alone.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final, TypeVar

import requests
import urllib3

from workflow.errors import EngineError
from workflow.pretranslate.engines import address, answer

Value = TypeVar("Value")

SLEEP: Callable[[float], None] = time.sleep

_CONNECT_TIMEOUT: Final = 10.0  # seconds
_LARGEST: Final = 8_000_000  # bytes of an answer
_CHUNK: Final = 65_536
# Seconds, growth, jitter and tries as in DeepL's own client library.
_FIRST_PAUSE: Final = 1.0
_GROWTH: Final = 1.6
_JITTER: Final = 0.23
_RETRIES: Final = 4
_LONGEST_WAIT: Final = 600.0  # seconds that a server may ask us to wait
_ABOUT_A_TEXT: Final = frozenset({400, 413, 414, 422})
# So many requests declined in a row end the run: 3, or 12 when each was about its text.
_TROUBLE: Final = 12
_BROKEN: Final = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    HTTPException,
    OSError,
    ValueError,
)
_UNREACHABLE: Final = (requests.ConnectTimeout, urllib3.exceptions.NewConnectionError)


class Declined(Exception):
    """There is no usable answer to this one request."""

    def __init__(self, reason: str, *, status: int = 0, body: str = ""):
        """Keep what a caller may want to know.

        Args:
            reason: a word or two: `HTTP 413`, `no JSON`, `wrong shape`.
            status: of HTTP; 0 when there was no answer.
            body: what the server wrote, without keys; not to be shown.
        """
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.body = body


class _Again(Exception):
    """Trouble that may pass."""

    def __init__(self, reason: str, *, status: int = 0, wait: float = 0.0, stops: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.wait = wait
        self.stops = stops
        """Whether it ends the run when it does not pass."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """One server, as an engine sees it.

    Attributes:
        host: where text goes; None if it stays on this machine.
        shown: the server in messages.
    """

    def __init__(
        self,
        url: str,
        *,
        name: str,
        headers: Mapping[str, str] | None = None,
        secrets: Sequence[str] = (),
        read_timeout: float = 30.0,
        sleep: Callable[[float], None] | None = None,
    ):
        """Prepare a session; nothing is sent yet.

        Args:
            url: the address that all paths are put behind.
            name: the engine's, for messages.
            headers: to send with every request, a key among them.
            secrets: what must never be shown.
            read_timeout: seconds between two bytes; a whole answer may take twice as long.
            sleep: waits for seconds; `time.sleep` unless given.

        Raises:
            ConfigError: the address is none.
            EngineError: a key would go over an open line, or is none.
        """
        place = address.parse(url, name)
        self._secrets = tuple(secret for secret in secrets if secret)
        if self._secrets:
            address.check_key(place, self._secrets, name)
        self.host = place.host
        self.shown = place.shown
        self._name = name
        self._base = place.url
        self._headers = dict(headers or {})
        self._read_timeout = read_timeout
        self._sleep = sleep or SLEEP
        self._trouble = 0
        self._session = self._fresh()

    def get(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        *,
        read: Callable[[Any], Value] = lambda data: data,
        text: bool = False,
    ) -> Value:
        """Ask by GET.

        Args:
            path: behind the address.
            parameters: of the query; no keys.
            read: makes the value of the answer; what it raises is a wrong shape.
            text: whether the answer is a text, not JSON.

        Raises:
            Declined: no usable answer to this request.
            EngineError: the engine cannot go on.
        """
        return self._ask(read, text, "GET", path, params=parameters)

    def post(
        self,
        path: str,
        payload: Mapping[str, Any],
        *,
        form: bool = False,
        read: Callable[[Any], Value] = lambda data: data,
    ) -> Value:
        """Ask by POST, with JSON or a form.

        Args:
            path: behind the address.
            payload: what to send.
            form: whether to send it as a form.
            read: makes the value of the answer; what it raises is a wrong shape.

        Raises:
            Declined: no usable answer to this request.
            EngineError: the engine cannot go on.
        """
        content = {"data": payload} if form else {"json": payload}
        return self._ask(read, False, "POST", path, **content)

    def _ask(
        self, read: Callable[[Any], Value], text: bool, method: str, path: str, **content: Any
    ) -> Value:
        reply = self._send(method, self._base + path, content)
        try:
            written = answer.text(reply.body, reply.headers)
        except ValueError as error:
            raise self._declined(str(error), reply.status) from None
        try:
            data = written if text else answer.json(written)
        except ValueError:
            raise self._declined("no JSON", reply.status, written) from None
        try:
            value = read(data)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise self._declined("wrong shape", reply.status, written) from None
        self._trouble = 0
        return value

    def _send(self, method: str, url: str, content: Mapping[str, Any]) -> _Reply:
        """Send until there is an answer, or no hope of one."""
        pauses = _pauses()
        while True:
            try:
                return self._accepted(self._within_time(method, url, content))
            except _Again as trouble:
                pause = next(pauses, None)
                if trouble.reason == "time-out":
                    pauses = iter(())  # waiting was long already: one more time, no more
                if pause is None:
                    raise self._given_up(trouble) from None
                self._sleep(max(pause, trouble.wait))

    def _accepted(self, reply: _Reply) -> _Reply:
        status = reply.status
        if 200 <= status < 300:
            return reply
        if 300 <= status < 400:
            raise self._stopped(f"leads elsewhere (HTTP {status}); nothing was sent there")
        if status in (401, 403):
            raise self._stopped(
                f"refuses (HTTP {status}); check the key, choose another engine, or try again later"
            )
        if status in (402, 456):
            raise self._stopped(f"has no allowance left (HTTP {status})")
        if status in (408, 425, 429) or status >= 500:
            wait = answer.retry_after(reply.headers)
            if wait > _LONGEST_WAIT:
                raise self._stopped(f"asks to wait (HTTP {status}); try again {answer.when(wait)}")
            raise _Again(f"HTTP {status}", status=status, wait=wait, stops=status in (429, 503))
        raise self._declined(f"HTTP {status}", status, reply.body.decode("utf-8", "replace"))

    def _given_up(self, trouble: _Again) -> Exception:
        if trouble.status == 429:
            return self._stopped("asks to wait (HTTP 429); try again later")
        if trouble.stops:
            return self._stopped(f"cannot be reached ({trouble.reason}); try again later")
        return self._declined(trouble.reason, trouble.status)

    def _declined(self, reason: str, status: int, body: str = "") -> Exception:
        """Count it; too many in a row, and it is the server that is broken."""
        for secret in self._secrets:
            body = body.replace(secret, "…")
        self._trouble += 1 if status in _ABOUT_A_TEXT else 4
        if self._trouble >= _TROUBLE:
            return self._stopped(f"gives no usable answers ({reason}); is it the right address?")
        return Declined(reason, status=status, body=body)

    def _stopped(self, message: str) -> EngineError:
        return EngineError(f"{self._name}: {self.shown} {message}")

    def _within_time(self, method: str, url: str, content: Mapping[str, Any]) -> _Reply:
        """Fetch in a thread that is left behind when it takes too long.

        The time-outs of a socket count from byte to byte: one byte every twenty seconds
        passes them all, in the headers too.
        """
        session = self._session
        done: queue.SimpleQueue[_Reply | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                done.put(self._fetch(session, method, url, content))
            except (*_BROKEN, Declined) as error:
                done.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            got = done.get(timeout=_CONNECT_TIMEOUT + 2 * self._read_timeout)
        except queue.Empty:
            got = requests.ReadTimeout()
        if isinstance(got, _Reply):
            return got
        self._session = self._fresh()
        raise self._trouble_of(got) from None

    def _trouble_of(self, error: Exception) -> Exception:
        if isinstance(error, Declined):
            return self._declined(error.reason, error.status)
        cause = next((part for part in error.args if isinstance(part, Exception)), error)
        reason = getattr(cause, "reason", cause)
        if isinstance(error, _UNREACHABLE) or isinstance(reason, _UNREACHABLE):
            return _Again("no connection", stops=True)
        if isinstance(error, requests.exceptions.SSLError):
            return self._stopped("has no certificate that holds; is it the right address?")
        if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)):
            return _Again("time-out")
        if isinstance(reason, urllib3.exceptions.TimeoutError):
            return _Again("time-out")
        return _Again("broken off")

    def _fetch(
        self, session: requests.Session, method: str, url: str, content: Mapping[str, Any]
    ) -> _Reply:
        with session.request(
            method,
            url,
            timeout=(_CONNECT_TIMEOUT, self._read_timeout),
            allow_redirects=False,
            stream=True,
            **content,
        ) as response:
            body = bytearray()
            for chunk in response.raw.stream(_CHUNK, decode_content=False):
                body += chunk
                if len(body) > _LARGEST:
                    raise Declined("too large", status=response.status_code)
            return _Reply(response.status_code, response.headers, bytes(body))

    def _fresh(self) -> requests.Session:
        session = requests.Session()
        # What is for this machine must not leave it by a proxy of the environment.
        session.trust_env = self.host is not None
        # Without this a password of ~/.netrc would take the place of the key.
        session.auth = lambda request: request
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        # Compressed answers could be bombs, and short texts gain nothing.
        session.headers.update({"Accept-Encoding": "identity", **self._headers})
        return session


def _pauses() -> Iterator[float]:
    for number in range(_RETRIES):
        # Chance keeps clients apart; nothing secret depends on it.
        chance = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311
        yield _FIRST_PAUSE * _GROWTH**number * chance
