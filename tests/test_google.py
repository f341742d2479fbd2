"""The google engine against a server on this machine that plays translate.google.com/m."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from workflow.errors import EngineError
from workflow.pretranslate import ladder
from workflow.pretranslate.engines import google
from workflow.pretranslate.engines.protocol import Draft, Query, Refusal, Setting

PAGE = '<html><body><div class="result-container">{}</div></body></html>'
CAPTCHA = "<html><body><form id='captcha-form'>unusual traffic</form></body></html>"


@dataclass
class Reply:
    """What the server says once."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """Break off in the middle of the body."""
    charset: str = ""


class Server(ThreadingHTTPServer):
    """Answers by text: a list is used up, its last reply stays."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/m"

    def reply(self, text: str) -> Reply:
        known = self.replies.get(text) or self.replies.get("*") or [Reply(PAGE.format("Ответ."))]
        return known.pop(0) if len(known) > 1 else known[0]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        query = {key: value[0] for key, value in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(query)
        reply = self.server.reply(query.get("q", ""))
        body = reply.body.encode(reply.charset or "utf-8")
        self.send_response(reply.status)
        kind = "text/html" + (f"; charset={reply.charset}" if reply.charset else "")
        headers = {"Content-Type": kind, "Content-Length": str(len(body))} | reply.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.cut else body)
        if reply.cut:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def engine(server: Server, pauses: list[float]) -> Callable[[str], google.Google]:
    def make(target: str = "ru") -> google.Google:
        setting = Setting("de-AT", target, "2026-11-23")
        return google.Google(setting, url=server.url, sleep=pauses.append)

    return make


Make = Callable[..., google.Google]


def one(engine: google.Google, text: str = "Guten Tag.") -> Draft | Refusal:
    return next(iter(engine.translate([Query(text)])))


@pytest.mark.parametrize(("target", "code"), [("ru", "ru"), ("kk", "kk"), ("en", "en"),
                                              ("zh-TW", "zh-TW"), ("pt-BR", "pt")])  # fmt: skip
def test_what_is_asked(server: Server, engine: Make, target: str, code: str) -> None:
    assert one(engine(target), "Zwei & drei [1]?") == Draft("Ответ.", "google", "2026-11-23")
    assert server.asked == [{"tl": code, "sl": "de", "q": "Zwei & drei [1]?"}]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (PAGE.format("Добрый день."), "Добрый день."),
        (PAGE.format("  Добрый день.\n").replace("result-container", "t0"), "Добрый день."),
        (
            PAGE.format("&quot;Да&quot; &#39;нет&#39; &amp; &laquo;&auml;&raquo;"),
            "\"Да\" 'нет' & «ä»",
        ),
        (PAGE.format("и\u0306\u200bх\ufeff"), "йх"),
        (PAGE.format("1\u00a0000"), "1\u00a0000"),
    ],
)
def test_good_answers(server: Server, engine: Make, body: str, text: str) -> None:
    server.replies["*"] = [Reply(body)]
    assert one(engine()) == Draft(text, "google", "2026-11-23")


def test_a_charset_that_is_named_is_used(server: Server, engine: Make) -> None:
    server.replies["*"] = [Reply(PAGE.format("Добрый день."), charset="koi8-r")]
    assert one(engine()) == Draft("Добрый день.", "google", "2026-11-23")


@pytest.mark.parametrize(
    ("reply", "query", "reason"),
    [
        (Reply(CAPTCHA), "Guten Tag.", "TranslationNotFound"),
        (Reply(""), "Guten Tag.", "TranslationNotFound"),
        (Reply('{"not": "html"}'), "Guten Tag.", "TranslationNotFound"),
        (Reply(PAGE.format("")), "Guten Tag.", "empty"),
        (Reply(PAGE.format(" ")), "Guten Tag.", "empty"),
        (Reply(PAGE.format("— !")), "— !", "empty"),  # deep-translator gives None
        (Reply(PAGE.format("x")), "ä" * 2001, "too long"),
        (Reply(PAGE.format("x")), "a" * 5000, "NotValidLength"),
        (Reply("no", 400), "Guten Tag.", "HTTP 400"),
        (Reply("no", 413), "Guten Tag.", "HTTP 413"),
        (Reply("no", 414), "Guten Tag.", "HTTP 414"),
    ],
)
def test_one_text_is_refused_and_the_next_is_not(
    server: Server, engine: Make, pauses: list[float], reply: Reply, query: str, reason: str
) -> None:
    server.replies[query] = [reply]
    got = list(engine().translate([Query(query), Query("Danke.")]))
    assert got == [Refusal(reason), Draft("Ответ.", "google", "2026-11-23")]
    assert pauses == []


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ([Reply("", 500)], [1.0]),
        ([Reply("", 503)] * 3, [1.0, 1.6, 2.56]),
        ([Reply("", 429)], [1.0]),
        ([Reply("", 429, {"Retry-After": "7"})], [7.0]),
        ([Reply("", 503, {"Retry-After": "7"}), Reply("", 502)], [7.0, 11.2]),
        ([Reply("", 429, {"Retry-After": "99999"})], [120.0]),
        ([Reply("", 429, {"Retry-After": "Mon, 23 Nov 2026 08:00:00 GMT"})], [1.0]),
        ([Reply("", 429, {"Retry-After": "\u00b2"})], [1.0]),
        ([Reply("", 429, {"Retry-After": "-3"})], [1.0]),
        ([Reply(PAGE.format("halb"), cut=True)], [1.0]),
    ],
)
def test_it_tries_again(
    server: Server,
    engine: Make,
    pauses: list[float],
    replies: list[Reply],
    expected: list[float],
) -> None:
    server.replies["*"] = [*replies, Reply(PAGE.format("Добрый день."))]
    assert one(engine()) == Draft("Добрый день.", "google", "2026-11-23")
    assert pauses == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reply", "tries", "message"),
    [
        (Reply("", 429), 4, r"127\.0\.0\.1 asks to wait \(429\)"),
        (Reply("", 503), 4, r"HTTP 503"),
        (Reply("", 500), 4, r"HTTP 500"),
        (Reply("", 404), 1, r"HTTP 404"),
        (Reply("", 401), 1, r"refuses \(HTTP 401\)"),
        (Reply("", 403), 1, r"refuses \(HTTP 403\)"),
        (Reply("", 302, {"Location": "https://consent.example/"}), 1, r"refuses \(HTTP 302\)"),
        (Reply("", 302), 1, r"HTTP 302"),
        (Reply(PAGE.format("halb"), cut=True), 4, r"cannot reach 127\.0\.0\.1: Chunked"),
    ],
)
def test_it_gives_up(
    server: Server, engine: Make, pauses: list[float], reply: Reply, tries: int, message: str
) -> None:
    server.replies["Schlecht."] = [reply]
    answers = engine().translate([Query("Gut."), Query("Schlecht."), Query("Danach.")])
    assert next(answers) == Draft("Ответ.", "google", "2026-11-23")
    with pytest.raises(EngineError, match=message):
        next(answers)
    assert [query["q"] for query in server.asked] == ["Gut."] + ["Schlecht."] * tries
    assert len(pauses) == tries - 1


def test_nobody_listens(pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    setting = Setting("de", "ru", "2026-11-23")
    engine = google.Google(setting, url=f"http://127.0.0.1:{port}/m", sleep=pauses.append)
    with pytest.raises(EngineError, match=r"cannot reach 127\.0\.0\.1: ConnectionError"):
        one(engine)
    assert len(pauses) == 3


@pytest.mark.parametrize("url", ["", "127.0.0.1:80/m", "http://[", "file:///etc/passwd", "http://"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(EngineError, match="AUFLAGE_GOOGLE_URL"):
        google.Google(Setting("de", "ru", ""), url=url)


def test_a_language_nobody_knows() -> None:
    with pytest.raises(EngineError, match="from de into xx"):
        google.make(Setting("de", "xx", ""))


TEXT = "Alle Räder stehen still, wenn [dein Arm](https://a.org) es **will**."
SENT = "Alle Räder stehen still, wenn [1]dein Arm[2] es [3]will[4]."
RIGHT = "Все колёса замрут, если [твоя рука](https://a.org) того **захочет**."


@pytest.mark.parametrize(
    ("answer", "locale", "expected"),
    [
        ("Все колёса замрут, если [1]твоя рука[2] того [3]захочет[4].", "ru", RIGHT),
        ("Все колёса замрут, если [ 1 ]твоя рука[2 ] того [ 3]захочет［4］.", "ru", RIGHT),
        ("Все колёса замрут, если [1] твоя рука [2] того [3] захочет [4].", "ru", RIGHT),
        ("Все колёса замрут, если [1]твоя рука[2] того захочет.", "ru", "salad"),
        ("Все колёса замрут, если [1][1]твоя рука[2] того [3]захочет[4].", "ru", "salad"),
        ("Все колёса замрут, если [2]твоя рука[1] того [3]захочет[4].", "ru", "salad"),
        ("Все колёса замрут, если 1твоя рука2 того 3захочет4.", "ru", "salad"),
        ("[1][2][3][4] Все колёса замрут, если твоя рука того захочет.", "ru", "salad"),
        (SENT, "ru", "copy"),
        ("Все колёса замрут, если [1]твоя рука[2] того [3]захочет[4].", "kk", "script"),
        ("All wheels stand still if [1]your arm[2] wants [3]it[4].", "ru", "script"),
        ("да [1]да[2] [3]да[4] " * 1 + "да " * 200, "ru", "length"),
        ("&lt;script&gt;x&lt;/script&gt; [1]рука[2] [3]да[4]", "ru", "html"),
    ],
)
def test_what_becomes_of_marked_up_text(
    server: Server, engine: Make, answer: str, locale: str, expected: str
) -> None:
    server.replies[SENT] = [Reply(PAGE.format(answer))]
    queries = [Query("", TEXT), Query("", "Danke.")]
    first, second = ladder.climb(engine(locale), queries, locale, "de")
    text = first.draft.text if first.draft else first.refusal
    # Piece by piece it says “Ответ.” again and again.
    assert text == expected
    assert second.draft == Draft("Ответ.", "google", "2026-11-23")
