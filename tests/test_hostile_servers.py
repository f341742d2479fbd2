"""The whole command against services that answer badly, in every way we could think of.

Whatever a service does: no traceback, no wrong or damaged text in a catalog, a reason for what is
missing, other sentences unaffected or the engine left alone, and no key in anything that is
shown or written. A service translates letter by letter (`servers.translate`), so that the one
right text of each entry is known.
"""

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.conftest import CONFIG
from tests.servers import KEYS, SERVICES, Reply, Server, Service, nobody, running, translate
from workflow.catalogs import marks, po
from workflow.model import Entry, State
from workflow.pretranslate.engines import transport

Auflage = Callable[..., tuple[int, str, str]]
Change = Callable[[list[str]], list[Any] | Reply]

ARTICLE = """\
# Ein Titel des Textes

Guten Tag, liebe Leute im ganzen Land. Hier ist ein **kurzes Wort** und [noch mehr davon]\
(https://a.org/x) für alle. Am 3. Mai kamen dann 1.234 Menschen auf die Straße.

- Das Zeichen `code` bleibt immer so stehen.

„Alles & nichts“ ist < als 'viel', sagen die Leute. Am Ende bleibt uns nichts mehr zu sagen.
"""
HIT = "Ende bleibt"
"""Stands in one plain sentence; bad answers hit that one, or all."""
MARKED = "kurzes Wort"
"""Stands in the sentence with a link and emphasis."""
TOKEN = re.compile(r"\[\d+\]|<[^<>]*>")


@dataclass
class Play:
    """A project, and a service on this machine that its engine asks."""

    engine: str
    folder: Path
    server: Server
    service: Service
    auflage: Auflage

    def configure(self, *, url: str = "") -> None:
        """Write the engine's table."""
        table = f'[engine.{self.engine}]\nurl = "{url or self.server.url}"\n'
        table += f"{self.service.options}\n"
        (self.folder / "auflage.toml").write_text(f"{CONFIG}\n{table}", encoding="utf-8")

    def run(self, locale: str = "ru") -> tuple[int, str, str]:
        arguments = ("pretranslate", "--engine", self.engine, "--yes", "--locale", locale)
        return self.auflage(self.folder, *arguments)

    def entries(self, locale: str = "ru") -> dict[str, Entry]:
        text = self.path(locale).read_text(encoding="utf-8")
        return {entry.msgid: entry for entry in po.parse(text, "x.po").texts}

    def path(self, locale: str = "ru") -> Path:
        return self.folder / f"locale/{locale}/LC_MESSAGES/x.po"


@pytest.fixture(params=SERVICES)
def play(
    request: pytest.FixtureRequest,
    project: Path,
    auflage: Auflage,
    monkeypatch: pytest.MonkeyPatch,
    pauses: list[float],
) -> Iterator[Play]:
    (project / "source/x.md").write_text(ARTICLE, encoding="utf-8")
    assert auflage(project, "update")[0] == 0
    for name, key in KEYS.items():
        monkeypatch.setenv(name, key)
    service = SERVICES[request.param]()
    with running(service) as server:
        made = Play(request.param, project, server, service, auflage)
        made.configure()
        yield made


def check(play: Play, *, hit: str | None, doubts: Sequence[str] = (), locale: str = "ru") -> None:
    """Run, and see that nothing is wrong whatever the service did.

    Args:
        play: what to run.
        hit: in which texts the service answers badly; None for all of them.
        doubts: a text that is not the right one is accepted if its mark gives one of these
            reasons to look at it.
        locale: to translate into.
    """
    code, out, err = play.run(locale)
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", play.path(locale)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    everything = out + err + play.path(locale).read_text(encoding="utf-8")
    for file in (play.folder / "build").rglob("*"):
        everything += file.read_bytes().decode("latin-1") if file.is_file() else ""
    assert not any(key.removesuffix(":fx") in everything for key in KEYS.values())
    entries = play.entries(locale)
    assert len(entries) == 7
    stopped = f"error: {locale}: {play.engine}" in err
    left = [msgid for msgid, entry in entries.items() if not entry.msgstr]
    for msgid, entry in entries.items():
        if entry.msgstr:
            assert marks.state(entry) is State.MACHINE
            mark = marks.machine(entry)
            assert mark is not None
            if entry.msgstr != translate(msgid):
                assert hit is None or hit in msgid
                assert harmless(entry), entry.msgstr
                assert "words" in doubts or set(mark.reasons) & set(doubts), entry.msgstr
        elif hit is not None and hit not in msgid:
            assert stopped, f"{msgid}\n{out}{err}"
    assert code == (1 if stopped else 3 if left else 0)
    if left:
        assert f"{len(left)} left" in out
        assert stopped or re.search(r"left \(\S.*: \d", out)


def harmless(entry: Entry) -> bool:
    """Whether a text brings in nothing but words: the same links, tags and code, in a reader
    that is not ours, and no sign that nobody sees."""
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in entry.msgstr):
        return False
    reader = MarkdownIt("commonmark", {"linkify": False})
    there, here = (
        sorted(re.findall(r"<[^<>]*>", reader.renderInline(text)))
        for text in (entry.msgid, entry.msgstr)
    )
    return there == here


def one(bad: Callable[[str], Any], hit: str = HIT) -> Change:
    """A change of the answer to one text."""
    return lambda texts: [bad(text) if hit in text else translate(text) for text in texts]


def every(bad: Callable[[str], Any]) -> Change:
    """A change of the answer to every text."""
    return lambda texts: [bad(text) for text in texts]


def instead(reply: Reply, hit: str | None = HIT) -> Change:
    """A reply instead of an answer, if a text is among those asked for."""

    def change(texts: list[str]) -> list[Any] | Reply:
        if hit is None or any(hit in text for text in texts):
            return reply
        return [translate(text) for text in texts]

    return change


def test_a_good_service_fills_everything(play: Play) -> None:
    for locale in ("ru", "kk"):
        check(play, hit="")
        assert play.run(locale)[0] == 0
        assert all(entry.msgstr for entry in play.entries(locale).values())


HTML = Reply("<html><body><form id=captcha>", headers={"Content-Type": "text/html"})
REPLIES = {
    "1 unsupported pair": Reply('{"message": "target_lang not supported"}', 400),
    "2 unauthorised": Reply("", 401),
    "3 forbidden": Reply("\n".join(KEYS.values()), 403),
    "4 not found": Reply("<h1>404</h1>", 404),
    "5 too large": Reply("", 413),
    "5 too long an address": Reply("", 414),
    "6 wait": Reply("", 429, {"Retry-After": "7"}),
    "7 wait until": Reply("", 429, {"Retry-After": "Mon, 23 Nov 2099 08:00:00 GMT"}),
    "7 wait for ever": Reply("", 503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359"}),
    "8 too many": Reply("", 429),
    "9 quota": Reply('{"message": "Quota exceeded"}', 456),
    "10 error": Reply("", 500),
    "11 unavailable": Reply("", 503),
    "13 cut": Reply('{"translations": [{"text": "абв"}]}', cut=True),
    "13 reset": Reply('{"translations": [{"text": "абв"}]}', reset=True),
    "16 redirect": Reply("", 302, {"Location": "https://consent.example/"}),
    "17 captcha": HTML,
    "18 no JSON": Reply("Internal error, sorry"),
    "18 nothing": Reply(""),
    "19 an object": Reply("{}"),
    "19 a list": Reply("[]"),
    "19 null": Reply("null"),
    "19 a text": Reply('"абв"'),
    "19 other types": Reply('{"translations": 7, "translatedText": {"a": 1}, "choices": "x"}'),
    "19 an error at 200": Reply('{"error": "no"}'),
    "20 charset": Reply('{"translatedText": ["ä"]}'.encode("latin-1")),
    "20 utf-16": Reply('{"translatedText": ["ä"]}'.encode("utf-16")),
    "huge": Reply("[" + " " * 9_000_000 + "]"),
    "deep": Reply("[" * 200_000),
    "deep HTML": Reply('<div class="result-container">' * 9_000),
    "two results": Reply('<!-- <div class="t0">а</div> --><div class="t0">б</div>'),
    "slow HTML": Reply('<div class="result-container">' + "<!--" * 60_000),
    "NaN": Reply('{"translatedText": [NaN], "translations": [{"text": Infinity}]}'),
    "keys twice": Reply('{"translatedText": ["а"], "translatedText": ["б"]}'),
    "bytes behind it": Reply('{"translatedText": ["а"]}{}'),
    "gzip": Reply(b"\x1f\x8b" + b"\0" * 100, headers={"Content-Encoding": "gzip"}),
    "chunked nonsense": Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"),
    "early hints": Reply(raw=b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "no HTTP": Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a status of its own": Reply("", 799),
    "headers within headers": Reply(
        raw=b"HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b=c\r\nContent-Length: 2\r\n\r\n{}"
    ),
}


@pytest.mark.parametrize("hit", [HIT, None], ids=["one", "all"])
@pytest.mark.parametrize("case", REPLIES)
def test_replies(play: Play, case: str, hit: str | None) -> None:
    play.service.change = instead(REPLIES[case], hit)
    check(play, hit=hit)
    assert len(play.server.asked) < 60
    assert not play.entries()["Am Ende bleibt uns nichts mehr zu sagen."].msgstr
    # When the service is well again, so is the catalog.
    play.service.change = every(translate)
    check(play, hit="")
    assert all(entry.msgstr for entry in play.entries().values())


@pytest.fixture
def impatient(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Servers have a fraction of a second."""
    if play.engine == "openai":
        pytest.skip("it sets its own time: test_openai plays slow servers")
    monkeypatch.setattr(transport, "_CONNECT_TIMEOUT", 0.5)
    monkeypatch.setitem(transport.Transport.__init__.__kwdefaults__, "read_timeout", 0.3)
    return play


@pytest.mark.parametrize(
    "reply",
    [Reply("{}", delay=60), Reply("{}" + " " * 5000, trickle=0.05)],
    ids=["slow headers", "a trickle"],
)
def test_slow_servers(impatient: Play, reply: Reply) -> None:
    impatient.service.change = instead(reply, HIT)
    check(impatient, hit=HIT)
    assert not impatient.entries()["Am Ende bleibt uns nichts mehr zu sagen."].msgstr


def test_trouble_that_passes(play: Play) -> None:
    bad = [Reply("", 500), Reply("", 503, {"Retry-After": "2"}), Reply("x", cut=True)]

    def change(texts: list[str]) -> list[Any] | Reply:
        return bad.pop() if bad else [translate(text) for text in texts]

    play.service.change = change
    check(play, hit="")
    assert all(entry.msgstr for entry in play.entries().values())


def test_nobody_listens(play: Play) -> None:
    play.configure(url=nobody())
    code, out, err = play.run()
    assert (code, err.count("cannot be reached")) == (1, 1)
    assert "7 left" in out
    assert not any(entry.msgstr for entry in play.entries().values())


def shifted(texts: list[str]) -> list[str]:
    return texts[1:] + texts[:1]


def blank(text: str) -> str:
    return TOKEN.sub("", text)


def grouped(text: str, shape: Callable[[list[str]], list[str]]) -> str:
    """The translation with its tokens changed."""
    said = translate(text)
    tokens = iter(shape(TOKEN.findall(said)))
    return TOKEN.sub(lambda match: next(tokens, ""), said)


def added(more: str) -> Callable[[str], str]:
    return lambda text: translate(text) + more


def wide(text: str) -> str:
    return translate(text).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


TEXTS: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
    "21 empty": (lambda text: "", ()),
    "21 null": (lambda text: None, ()),
    "21 blank": (lambda text: " \n\t\u00a0", ()),
    "22 echo": (lambda text: text, ("latin",)),
    "23 quota": (lambda text: "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS", ()),
    "27 a token lost": (lambda text: grouped(text, lambda tokens: tokens[1:]), ()),
    "27 all tokens lost": (lambda text: blank(translate(text)), ()),
    "28 a token twice": (lambda text: TOKEN.sub(r"\g<0>\g<0>", translate(text), count=1), ()),
    "28 everything twice": (lambda text: translate(text) * 2, ("words",)),
    "29 spaces inside": (lambda text: re.sub(r"\[(\d+)\]", r"[ \1 ]", translate(text)), ()),
    "30 reversed": (lambda text: grouped(text, lambda tokens: tokens[::-1]), ()),
    "30 crossed": (lambda text: grouped(text, shifted), ()),
    "31 all to the start": (
        lambda text: "".join(TOKEN.findall(text)) + blank(translate(text)),
        ("words",),
    ),
    "32 an empty span": (
        lambda text: grouped(text, lambda tokens: ["".join(tokens), *[""] * 9]),
        (),
    ),
    "33 entities twice": (lambda text: translate(text).replace("&", "&amp;"), ("entities",)),
    "34 white space at the edges": (lambda text: f"\n  {translate(text)} \n", ()),
    "35 other digits": (lambda text: re.sub(r"3|1\.234", "7", translate(text)), ("numbers",)),
    "36 English": (lambda text: "Nothing but English words are in this answer, my friend.", ()),
    "37 salad": (lambda text: "да " * 400, ("length", "repetition")),
    "38 truncated": (lambda text: translate(text)[:9], ("length", "end", "projected", "pieces")),
    "a number": (lambda text: 7, ("length",)),
    "a list": (lambda text: ["а", "б"], ("length",)),
    "a table": (lambda text: {"a": "б"}, ("length",)),
    "truth": (lambda text: True, ()),
    "script": (added("<script>alert(1)</script>"), ()),
    "script in entities": (added("&lt;script&gt;alert(1)&lt;/script&gt;"), ()),
    "script in numbers": (added("&#60;script&#62;"), ()),
    "a handler": (added('<img src=x onerror="alert(1)">'), ()),
    "a comment": (added("<!-- x -->"), ()),
    "another link": (added(" [да](https://evil.example)"), ()),
    "a bare address": (added(" https://evil.example/x"), ()),
    "a bare host": (added(" www.evil.example"), ("words",)),
    "a link by reference": (added(" [да][1]\n\n[1]: https://evil.example"), ()),
    "an image": (added(" ![да](https://evil.example/a.png)"), ()),
    "an autolink": (added(" <https://evil.example>"), ()),
    "javascript": (added(" [да](javascript:alert(1))"), ()),
    "a footnote": (added("[^1]"), ()),
    "code": (added(" `да`"), ()),
    "emphasis": (added(" **да**"), ("words",)),
    "an attribute": (added("{.label onclick=x}"), ("length",)),
    "masks that are not ours": (added("[8][9]"), ()),
    "wide digits": (wide, ("numbers",)),
    "ten thousand masks": (lambda text: "".join(f"[{n}]" for n in range(10_000)), ()),
    "a mask like no number": (added("[²] [１] [99999999999999999999]"), ("numbers",)),
    "right to left": (added("\u202eабв\u202c"), ("words",)),
    "isolates": (added("\u2067абв"), ("words",)),
    "control characters": (added("\x07\x1b[31m"), ("words",)),
    "C1 control characters": (added("\x85\x9b31m"), ("words",)),
    "a null": (added("\0"), ("words",)),
    "a carriage return": (added("\r\nабв"), ("words",)),
    "half a character": (added("\ud800"), ()),
    "no character": (added("\ufffe\uffff"), ()),
    "a replacement": (added("\ufffd"), ()),
    "a line separator": (added("\u2028абв"), ("words",)),
    "lines": (added("\n\n# абв\n\n- а\n"), ("words",)),
    "front matter": (lambda text: "---\ntitle: а\n---\n", ("words",)),
    "a mark of ours": (added("\n# mt: google 2026-01-01 s=000000 t=000000"), ("words",)),
    "gettext syntax": (added('"\nmsgid "а"\nmsgstr "б'), ("words",)),
    "our covered sign": (lambda text: "[=]", ()),
    "private use": (added("\ue000\U000f0000"), ()),
    "tags of language": (added("\U000e0041\U000e0042"), ("words",)),
    "combining marks": (lambda text: "а" + "\u0301" * 500, ("words",)),
    "very long": (lambda text: "абв где " * 100_000, ()),
    "backslashes": (added(" \\1 \\g<0> C:\\new"), ("latin", "length")),
    "percent": (added(" %s %(x)s {0}"), ("words",)),
}
LOCALISED = ("1.234", "1,234")


@pytest.mark.parametrize("hit", [HIT, MARKED, None], ids=["one", "marked", "all"])
@pytest.mark.parametrize("case", TEXTS)
def test_texts(play: Play, case: str, hit: str | None) -> None:
    bad, doubts = TEXTS[case]
    play.service.change = every(bad) if hit is None else one(bad, hit)
    check(play, hit=hit, doubts=doubts)
