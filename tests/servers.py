"""A server on this machine that plays a translation service, well or badly.

A `Server` asks a function for its `Reply` to each request. `Service` plays a whole service:
it translates by replacing Latin letters with Cyrillic ones (`translate`), so that every part of
a text is translated alike, and what a text must become is known without asking anybody.
"""

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """What the server says once."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Break off in the middle of the body."""
    reset: bool = False
    """Reset the connection in the middle of the body."""
    delay: float = 0.0
    """Seconds before the headers."""
    trickle: float = 0.0
    """Seconds before each byte of the body."""
    raw: bytes | None = None
    """All that is sent, status line and headers included; nothing else is."""


@dataclass(frozen=True)
class Asked:
    """A request as the server got it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> Mapping[str, Sequence[str]]:
        return parse_qs(self.body.decode("utf-8"))


class Server(ThreadingHTTPServer):
    """Answers by `answer`, and remembers what it was asked."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone, which is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: value[0] for key, value in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, parts.path, query, dict(self.headers), body)
        self.server.asked.append(asked)
        try:
            self._send(self.server.answer(asked))
        except OSError:  # who asked has gone
            self.close_connection = True

    do_POST = do_GET

    def _send(self, reply: Reply) -> None:
        self.server.closing.wait(reply.delay)
        if reply.raw is not None:
            self.wfile.write(reply.raw)
            self._end(reset=reply.reset)
            return
        body = reply.body.encode("utf-8") if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        for name, value in (headers | dict(reply.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        if reply.trickle:
            for byte in body:
                if self.server.closing.wait(reply.trickle):
                    break
                self.wfile.write(bytes([byte]))
        else:
            self.wfile.write(body[: len(body) // 2] if reply.cut or reply.reset else body)
        if reply.cut or reply.reset:
            self._end(reset=reply.reset)

    def _end(self, *, reset: bool) -> None:
        self.wfile.flush()
        self.close_connection = True
        if reset:  # SO_LINGER of no time: closing sends RST
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running(answer: Callable[[Asked], Reply]) -> Iterator[Server]:
    """A server in a thread of its own."""
    with Server(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


_LATIN = "abcdefghijklmnopqrstuvwxyzäöüß"
_CYRILLIC = "әбцдефгһижклмнопкрстувшхыззёюс"
_LETTERS = str.maketrans(_LATIN + _LATIN[:-1].upper(), _CYRILLIC + _CYRILLIC[:-1].upper())
# What a service must leave alone: tags, entities, and the addresses of Markdown.
_KEPT = re.compile(r"(<[^<>]*>|&\w+;|\]\([^()]*\)|https?://\S+|`[^`]*`)")


def translate(text: str) -> str:
    """Cyrillic letters for Latin ones: passes for Russian and for Kazakh."""
    parts = _KEPT.split(text)
    return "".join(p if n % 2 else p.translate(_LETTERS) for n, p in enumerate(parts))


class Service:
    """A translation service: subclasses know its addresses and shapes.

    Attributes:
        change: gets the texts of a request, and gives their translations, or a reply to send
            instead of any.
        options: what its engine must be told, in TOML.
    """

    options = ""

    def __init__(self) -> None:
        self.change: Callable[[list[str]], list[Any] | Reply] = lambda texts: [
            translate(text) for text in texts
        ]

    def __call__(self, asked: Asked) -> Reply:
        texts = self.texts(asked)
        if texts is None:
            return self.other(asked)
        said = self.change(texts)
        return said if isinstance(said, Reply) else self.reply(said)

    def texts(self, asked: Asked) -> list[str] | None:
        """The texts that a request wants translated; None if it wants something else."""
        raise NotImplementedError

    def reply(self, texts: list[Any]) -> Reply:
        """The answer with these translations."""
        raise NotImplementedError

    def other(self, asked: Asked) -> Reply:
        """The answer to a request that is not for a translation."""
        return Reply("{}", 404)


class GooglePage(Service):
    """translate.google.com/m."""

    def texts(self, asked: Asked) -> list[str] | None:
        return [asked.query["q"]] if "q" in asked.query else None

    def reply(self, texts: list[Any]) -> Reply:
        page = '<html><body><div class="result-container">{}</div></body></html>'
        text = escape(texts[0]) if texts and texts[0] else ""
        return Reply(page.format(text), headers={"Content-Type": "text/html"})


class LibreTranslate(Service):
    """LibreTranslate 1.6: POST /translate, GET /languages."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: Any = [
            {"code": "de", "name": "German", "targets": ["en", "ru", "kk"]},
            {"code": "en", "name": "English", "targets": ["de"]},
        ]

    def texts(self, asked: Asked) -> list[str] | None:
        return list(asked.json["q"]) if asked.path == "/translate" else None

    def reply(self, texts: list[Any]) -> Reply:
        return Reply(json.dumps({"translatedText": texts}))

    def other(self, asked: Asked) -> Reply:
        return Reply(json.dumps(self.languages)) if asked.path == "/languages" else Reply("", 404)


class DeepL(Service):
    """DeepL's API: POST /v2/translate, GET /v3/languages, /v3/glossaries."""

    def __init__(self) -> None:
        super().__init__()
        self.codes = ["en", "en-GB", "en-US", "ru", "kk", "pt-BR"]
        self.glossaries: list[dict[str, Any]] = []

    def texts(self, asked: Asked) -> list[str] | None:
        return list(asked.json["text"]) if asked.path == "/v2/translate" else None

    def reply(self, texts: list[Any]) -> Reply:
        said = [{"detected_source_language": "DE", "text": text} for text in texts]
        return Reply(json.dumps({"translations": said}))

    def other(self, asked: Asked) -> Reply:
        if asked.path == "/v3/languages":
            rows = [{"lang": code, "usable_as_target": True} for code in self.codes]
            return Reply(json.dumps(rows))
        if asked.path == "/v3/glossaries" and asked.method == "GET":
            return Reply(json.dumps({"glossaries": self.glossaries}))
        if asked.path == "/v3/glossaries":
            made = {"glossary_id": f"id-{len(self.glossaries)}", **asked.json}
            self.glossaries.append(made)
            return Reply(json.dumps(made), 201)
        return Reply("", 404)


class ChatServer(Service):
    """A language model behind POST /chat/completions, which answers as it is asked to."""

    options = 'model = "tiny:1b"'

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.form = ""

    def texts(self, asked: Asked) -> list[str] | None:
        if asked.path != "/chat/completions":
            return None
        items, self.form = chat_items(asked)
        self.keys = list(items)
        return list(items.values())

    def reply(self, texts: list[Any]) -> Reply:
        if self.form == "text":
            tagged = f"<translation>{texts[0]}</translation>"
            return chat_reply(tagged if isinstance(texts[0], str) else texts[0])
        items = [{"id": key, "text": text} for key, text in zip(self.keys, texts, strict=True)]
        return chat_reply(json.dumps({"items": items}))


def chat_items(asked: Asked) -> tuple[dict[str, str], str]:
    """The texts that a language model is asked for, by id, and the form of answer."""
    form = asked.json.get("response_format", {"type": "text"})["type"]
    user = json.loads(asked.json["messages"][1]["content"])
    return {item["id"]: item["text"] for item in user["items"]}, form


def chat_reply(content: Any, ended: Any = "stop", **message: Any) -> Reply:
    """A chat server's reply with this content."""
    message = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": message, "finish_reason": ended}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice]}))


SERVICES: Mapping[str, type[Service]] = {
    "google": GooglePage,
    "libretranslate": LibreTranslate,
    "deepl": DeepL,
    "openai": ChatServer,
}
"""By the name of the engine that asks them."""
KEYS = {
    "LIBRETRANSLATE_API_KEY": "libre-5ecret-key",
    "DEEPL_API_KEY": "deepl-5ecret-key:fx",
    "OPENAI_API_KEY": "openai-5ecret-key",
}
"""Where engines look for keys, and keys."""
