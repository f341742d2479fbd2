"""How engines speak with servers, against servers that answer badly."""

import gzip
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests.servers import Asked, Reply, Server, nobody, running
from workflow.errors import ConfigError, EngineError
from workflow.pretranslate.engines import address, answer, transport
from workflow.pretranslate.engines.transport import Declined, Transport

KEY = "geheim-4711"
GOOD = Reply('{"a": 1}')


@pytest.fixture
def server() -> Iterator[Server]:
    with running(lambda asked: GOOD) as started:
        yield started


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> list[float]:
    monkeypatch.setattr(transport, "_CONNECT_TIMEOUT", 0.2)
    return pauses


def line(url: str, **options: Any) -> Transport:
    return Transport(url, **{"name": "probe", "read_timeout": 10.0, **options})


def one_after_the_other(*replies: Reply) -> Callable[[Asked], Reply]:
    """A list is used up, its last reply stays."""
    rest = list(replies)
    return lambda asked: rest.pop(0) if len(rest) > 1 else rest[0]


def raw(head: str, body: bytes = b"") -> Reply:
    return Reply(raw=head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body)


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        Reply(b'\xef\xbb\xbf{"a": 1}'),
        Reply('{"a": 1}', 201),
        Reply('{"a": 1}', headers={"Content-Type": "text/plain; charset=iso-8859-1"}),
        Reply('{"a": 1}', headers={"Set-Cookie": "a=b; Path=/", "Content-Encoding": "identity"}),
        raw("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 8", b'{"a": 1}'),
        raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b'3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n'),
        raw("HTTP/1.0 200 OK", b'{"a": 1}'),
    ],
)
def test_good_answers(server: Server, quick: list[float], reply: Reply) -> None:
    server.answer = lambda asked: reply
    probe = line(server.url)
    assert [probe.get("/x"), probe.post("/x", {"b": "ä"})] == [{"a": 1}, {"a": 1}]
    assert quick == []
    assert "Cookie" not in server.asked[-1].headers


def test_what_is_sent(server: Server) -> None:
    probe = line(server.url + "/base/", headers={"Authorization": f"Key {KEY}"}, secrets=(KEY,))
    probe.get("/x", {"q": "ä & [1]"})
    probe.post("/y", {"t": ["ä"]})
    probe.post("/z", {"t": "ä"}, form=True)
    get, json, form = server.asked
    assert (get.method, get.path, get.query) == ("GET", "/base/x", {"q": "ä & [1]"})
    assert (json.method, json.path, json.json) == ("POST", "/base/y", {"t": ["ä"]})
    assert (form.path, form.form) == ("/base/z", {"t": ["ä"]})
    assert {asked.headers["Authorization"] for asked in server.asked} == {f"Key {KEY}"}
    assert {asked.headers["Accept-Encoding"] for asked in server.asked} == {"identity"}


def test_a_text_that_is_no_json(server: Server) -> None:
    server.answer = lambda asked: Reply("<p>ä")
    assert line(server.url).get("/x", text=True) == "<p>ä"


DECLINED = {
    "HTTP 400": Reply("no", 400),
    "HTTP 404": Reply("", 404),
    "HTTP 413": Reply("", 413),
    "HTTP 414": Reply("", 414),
    "HTTP 422": Reply("{}", 422),
    "HTTP 103": raw("HTTP/1.1 103 Early Hints\nContent-Length: 0"),
    "no JSON": Reply("<html>"),
    "no JSON ": Reply(""),
    "no JSON  ": Reply("", 204),
    "no JSON: NaN": Reply('{"a": NaN}'),
    "no JSON: a key twice": Reply('{"a": 1, "a": 2}'),
    "no JSON: half a character": Reply('{"a": "\\ud800"}'),
    "no JSON: half a character in a key": Reply('{"\\udfff": 1}'),
    "no JSON: deep": Reply("[" * 100_000),
    "no JSON: deep tables": Reply('{"a":' * 50_000),
    "no JSON: a long number": Reply("9" * 5_000),
    "no JSON: bytes behind it": Reply('{"a": 1} {"a": 2}'),
    "no JSON: too short a length": Reply('{"a": 1}', headers={"Content-Length": "5"}),
    "no JSON: single quotes": Reply("{'a': 1}"),
    "no JSON: a control character": Reply('{"a": "\x01"}'),
    "encoding": Reply(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"}),
    "encoding ": Reply("x", headers={"Content-Encoding": "br, zstd"}),
    "charset": Reply('{"a": "ä"}'.encode("latin-1")),
    "charset ": Reply('{"a": "ä"}'.encode("utf-16")),
    "charset: half a character": Reply(b'{"a": "\xed\xa0\x80"}'),
    "charset: too long a form": Reply(b'{"a": "\xc0\xaf"}'),
    "too large": Reply("[" + " " * 9_000_000 + "]"),
    "wrong shape": Reply('{"b": 1}'),
    "wrong shape: null": Reply("null"),
    "wrong shape: list": Reply("[]"),
    "wrong shape: number": Reply("3"),
}


@pytest.mark.parametrize("reason", DECLINED)
def test_one_request_is_declined_and_the_next_is_not(
    server: Server, quick: list[float], reason: str
) -> None:
    server.answer = one_after_the_other(DECLINED[reason], GOOD)
    probe = line(server.url, secrets=(KEY,))
    with pytest.raises(Declined) as caught:
        probe.get("/x", read=lambda data: data["a"])
    assert caught.value.reason == reason.split(":")[0].strip()
    assert probe.get("/x") == {"a": 1}
    assert quick == []


AGAIN = {
    "HTTP 500": Reply("", 500),
    "HTTP 502": Reply("", 502),
    "HTTP 504": Reply("", 504),
    "HTTP 529": Reply("", 529),
    "HTTP 408": Reply("", 408),
    "broken off": Reply('{"a": 1}', cut=True),
    "broken off: reset": Reply('{"a": 1}', reset=True),
    "broken off: nothing": Reply(raw=b""),
    "broken off: garbage": raw("garbage"),
    "broken off: chunks": raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"zz\r\nfoo"),
    "broken off: continue": Reply(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "broken off: many headers": raw("HTTP/1.1 200 OK\n" + "\n".join(["A: b"] * 500)),
    "broken off: a long header": raw("HTTP/1.1 200 OK\nA: " + "b" * 100_000),
}


@pytest.mark.parametrize("reason", AGAIN)
def test_what_may_pass_is_tried_again(server: Server, quick: list[float], reason: str) -> None:
    server.answer = one_after_the_other(AGAIN[reason], AGAIN[reason], GOOD)
    probe = line(server.url)
    assert probe.get("/x") == {"a": 1}
    first, second = quick
    assert 0.77 <= first <= 1.23
    assert 0.77 * 1.6 <= second <= 1.23 * 1.6
    server.answer = one_after_the_other(*[AGAIN[reason]] * 5, GOOD)
    with pytest.raises(Declined, match=reason.split(":")[0]):
        probe.get("/x")
    assert len(quick) == 2 + 4
    assert probe.get("/x") == {"a": 1}


@pytest.mark.parametrize(
    "reply",
    [
        Reply("{}", delay=3600),
        Reply('{"a": "' + "b" * 5000 + '"}', trickle=0.1),
        Reply('{"a": 1}', headers={"Content-Length": "300"}),
    ],
    ids=["headers", "trickle", "too long a length"],
)
def test_silence_is_tried_once_more(server: Server, quick: list[float], reply: Reply) -> None:
    server.answer = one_after_the_other(reply, GOOD)
    probe = line(server.url, read_timeout=0.5)
    assert probe.get("/x") == {"a": 1}
    server.answer = one_after_the_other(reply, reply, GOOD)
    with pytest.raises(Declined, match="time-out"):
        probe.get("/x")
    assert probe.get("/x") == {"a": 1}
    assert len(quick) == 2


STOPPED = {
    "refuses (HTTP 401)": Reply("", 401),
    "refuses (HTTP 403)": Reply(KEY, 403),
    "has no allowance left (HTTP 402)": Reply("", 402),
    "has no allowance left (HTTP 456)": Reply("", 456),
    "leads elsewhere (HTTP 302)": Reply("", 302, {"Location": "https://consent.example/"}),
    "leads elsewhere (HTTP 304)": Reply("", 304),
    "leads elsewhere (HTTP 308)": Reply("", 308, {"Location": "//a"}),
    "asks to wait (HTTP 429); try again after 20": Reply("", 429, {"Retry-After": "601"}),
    "asks to wait (HTTP 503); try again after 20": Reply("", 503, {"Retry-After": "9" * 400}),
    "asks to wait (HTTP 429); try again after 2099-11-23 08:00 UTC": Reply(
        "", 429, {"Retry-After": "Mon, 23 Nov 2099 08:00:00 GMT"}
    ),
}


@pytest.mark.parametrize("message", STOPPED)
def test_a_refusal_stops_at_once(server: Server, quick: list[float], message: str) -> None:
    server.answer = one_after_the_other(STOPPED[message], GOOD)
    with pytest.raises(EngineError) as caught:
        line(server.url, secrets=(KEY,)).get("/x")
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"probe: 127.0.0.1:{server.server_port} ")
    assert KEY not in repr(caught.value)
    assert len(server.asked) == 1
    assert quick == []


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply("", 429), "asks to wait (HTTP 429); try again later"),
        (Reply("", 503), "cannot be reached (HTTP 503)"),
    ],
)
def test_patience_ends(server: Server, quick: list[float], reply: Reply, message: str) -> None:
    server.answer = lambda asked: reply
    with pytest.raises(EngineError) as caught:
        line(server.url).get("/x")
    assert message in str(caught.value)
    assert (len(server.asked), len(quick)) == (5, 4)


def test_nobody_listens(quick: list[float]) -> None:
    with pytest.raises(EngineError, match=r"cannot be reached \(no connection\)"):
        line(nobody()).get("/x")
    assert len(quick) == 4


def test_a_name_nobody_has(quick: list[float]) -> None:
    with pytest.raises(EngineError, match=r"nobody\.invalid cannot be reached"):
        line("https://nobody.invalid").get("/x")


def test_open_http_where_https_was_meant(server: Server, quick: list[float]) -> None:
    with pytest.raises(EngineError, match="no certificate that holds"):
        line(server.url.replace("http:", "https:")).get("/x")


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7", 7, 7),
        ("600", 600, 600),
        ("0", 0.77, 1.23),
        ("-3", 0.77, 1.23),
        ("²", 0.77, 1.23),
        ("soon", 0.77, 1.23),
        ("1e9", 0.77, 1.23),
        ("Mon, 23 Nov 2020 08:00:00 GMT", 0.77, 1.23),
        ("Mon, 99 Nov 99999 08:00:00 GMT", 0.77, 1.23),
        ("Mon, 99 Nov 2020 99:00:00 +9999999", 0.77, 1.23),
    ],
)
def test_retry_after(
    server: Server, quick: list[float], value: str, least: float, most: float
) -> None:
    reply = raw(f"HTTP/1.1 429 Slow\nContent-Length: 0\nRetry-After: {value}")
    server.answer = one_after_the_other(reply, GOOD)
    assert line(server.url).get("/x") == {"a": 1}
    assert least <= quick[0] <= most


def test_retry_after_as_a_date() -> None:
    date = datetime.now(UTC) + timedelta(seconds=100)
    for zone in (UTC, None):
        seconds = answer.retry_after({"Retry-After": format_datetime(date.replace(tzinfo=zone))})
        assert 90 < seconds <= 100


@pytest.mark.parametrize(
    ("reply", "sent"),
    [(Reply("<html>captcha"), 3), (Reply("", 404), 3), (Reply("", 500), 15), (Reply("", 413), 12)],
)
def test_a_broken_server_is_left_alone(
    server: Server, quick: list[float], reply: Reply, sent: int
) -> None:
    server.answer = lambda asked: reply
    probe = line(server.url)
    with pytest.raises(EngineError, match="gives no usable answers"):  # noqa: PT012
        for _ in range(100):
            with pytest.raises(Declined):
                probe.get("/x")
    assert len(server.asked) == sent


def test_single_bad_texts_do_not_end_the_run(server: Server) -> None:
    server.answer = lambda asked: Reply("") if "bad" in asked.path else GOOD
    probe = line(server.url)
    for _ in range(20):
        for path in ("/bad", "/bad"):
            with pytest.raises(Declined):
                probe.get(path)
        assert probe.get("/good") == {"a": 1}


def test_a_key_is_not_in_what_callers_see(server: Server) -> None:
    server.answer = lambda asked: Reply(f"your key {KEY} is fine, your text is not", 400)
    probe = line(server.url, headers={"Authorization": KEY}, secrets=(KEY,))
    with pytest.raises(Declined) as caught:
        probe.get("/x")
    assert caught.value.body == "your key … is fine, your text is not"
    assert KEY not in repr(caught.value) + repr(probe)


@pytest.mark.parametrize("key", ["a\nb", "a b", "ä", "a\r\nX-Evil: 1", "\x00", "a\x7f"])
def test_a_key_that_is_none(server: Server, key: str) -> None:
    with pytest.raises(EngineError, match="a character that no key has") as caught:
        line(server.url, headers={"Authorization": key}, secrets=(key,))
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "host", "shown"),
    [
        ("http://localhost:5000", None, "localhost:5000"),
        ("http://127.0.0.1", None, "127.0.0.1"),
        ("http://127.8.9.10:1/x/", None, "127.8.9.10:1"),
        ("http://[::1]:5000/x", None, "[::1]:5000"),
        ("https://API.example.org/v1", "api.example.org", "api.example.org"),
        ("http://localhost.example.org", "localhost.example.org", "localhost.example.org"),
        ("http://127.0.0.1.example.org", "127.0.0.1.example.org", "127.0.0.1.example.org"),
        ("http://[::2]", "::2", "[::2]"),
        ("http://0x7f.1", "0x7f.1", "0x7f.1"),
        ("http://192.168.0.2:5000", "192.168.0.2", "192.168.0.2:5000"),
    ],
)
def test_addresses(url: str, host: str | None, shown: str) -> None:
    probe = line(url)
    assert (probe.host, probe.shown) == (host, shown)


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:80/m", "http://[", "file:///etc/passwd", "http://", "http://a b", "ftp://a",
     "https://me:geheim@example.org", "http://127.0.0.1@example.org", "http://127.0.0.1\\@a.org",
     "https://a.org/?key=geheim", "https://a.org/#x", "https://a.org:0", "https://a.org:99999",
     "https://ä.org", "https://a.org\nX: y", "https://a.org/ü", "http://localhost:５０００"],
)  # fmt: skip
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(ConfigError, match="probe: its address must look like") as caught:
        line(url)
    assert "geheim" not in str(caught.value)


def test_a_key_does_not_go_over_an_open_line() -> None:
    with pytest.raises(EngineError, match="unencrypted; write its address with https"):
        line("http://192.168.0.2:5000", secrets=(KEY,))
    line("http://192.168.0.2:5000", secrets=("",))
    line("https://192.168.0.2:5000", secrets=(KEY,))


def test_what_stays_here_passes_no_proxy(
    server: Server, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    with running(lambda asked: Reply("", 403)) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert line(server.url).get("/x") == {"a": 1}
        assert proxy.asked == []
        # A stranger is asked through it.
        with pytest.raises(EngineError, match=r"somewhere\.invalid refuses"):
            line("http://somewhere.invalid").get("/x")
        assert len(proxy.asked) == 1


def test_a_password_file_does_not_replace_the_key(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", os.fspath(tmp_path / "netrc"))
    monkeypatch.setattr(address, "is_loopback", lambda host: False)
    line(server.url, headers={"Authorization": "Key k"}).get("/x")
    assert server.asked[0].headers["Authorization"] == "Key k"


def test_an_answer_that_breaks_off_does_not_become_the_next_one(
    server: Server, quick: list[float]
) -> None:
    smuggled = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 2}'
    server.answer = one_after_the_other(
        Reply(b'{"a": 1}' + smuggled, headers={"Content-Length": "8"}), Reply('{"a": 3}')
    )
    probe = line(server.url)
    assert [probe.get("/x")["a"], probe.get("/y")["a"]] == [1, 3]
