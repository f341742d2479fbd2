"""The google engine against a server on this machine that plays translate.google.com/m."""

from collections.abc import Callable, Iterator
from html import escape

import pytest

from tests.servers import GooglePage, Reply, Server, Service, nobody, running
from workflow.errors import ConfigError, EngineError, PairError
from workflow.pretranslate import engines
from workflow.pretranslate.engines.google import Google
from workflow.pretranslate.engines.protocol import Draft, Query, Refusal, Setting

PAGE = '<html><body><div class="result-container">{}</div></body></html>'
CAPTCHA = "<html><body><form id='captcha-form'>unusual traffic</form></body></html>"


def setting(url: str, target: str = "ru", **options: object) -> Setting:
    return Setting("de-AT", target, "2026-11-23", options={"url": url, **options})


@pytest.fixture
def service() -> Service:
    made = GooglePage()
    made.change = lambda texts: ["Ответ."]
    return made


@pytest.fixture
def server(service: Service) -> Iterator[Server]:
    with running(service) as started:
        yield started


@pytest.fixture
def engine(server: Server, pauses: list[float]) -> Callable[..., Google]:
    def make(target: str = "ru") -> Google:
        return Google(setting(server.url + "/m", target, pause=0))

    return make


Make = Callable[..., Google]


def one(engine: Google, text: str = "Guten Tag.") -> Draft | Refusal:
    return next(iter(engine.translate([Query(text)])))


def draft(text: str) -> Draft:
    return Draft(text, "google", "2026-11-23")


@pytest.mark.parametrize(("target", "code"), [("ru", "ru"), ("kk", "kk"), ("en", "en"),
                                              ("zh-TW", "zh-TW"), ("pt-BR", "pt")])  # fmt: skip
def test_what_is_asked(server: Server, engine: Make, target: str, code: str) -> None:
    assert one(engine(target), "Zwei & drei [1]?") == draft("Ответ.")
    [asked] = server.asked
    assert asked.path == "/m"
    assert asked.query == {"tl": code, "sl": "de", "q": "Zwei & drei [1]?"}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (PAGE.format("Добрый день."), "Добрый день."),
        (PAGE.format("  Добрый день.\n").replace("result-container", "t0"), "Добрый день."),
        (PAGE.format("&quot;Да&quot; &#39;нет&#39; &amp; &laquo;&auml;&raquo;"),
         "\"Да\" 'нет' & «ä»"),
        (PAGE.format("и\u0306\u200bх\ufeff"), "йх"),
        (PAGE.format("1\u00a0000"), "1\u00a0000"),
        ("<!-- " * 10_000 + " -->" + PAGE.format("Да."), "Да."),
    ],
)  # fmt: skip
def test_good_answers(service: Service, engine: Make, body: str, text: str) -> None:
    service.change = lambda texts: Reply(body, headers={"Content-Type": "text/html"})
    assert one(engine()) == draft(text)


@pytest.mark.parametrize(
    ("reply", "query", "reason"),
    [
        (Reply(CAPTCHA), "Guten Tag.", "wrong shape"),
        (Reply(""), "Guten Tag.", "wrong shape"),
        (Reply('{"not": "html"}'), "Guten Tag.", "wrong shape"),
        (Reply(PAGE.format("")), "Guten Tag.", "empty"),
        (Reply(PAGE.format(" ")), "Guten Tag.", "empty"),
        (Reply(PAGE.format("— !")), "— !", "empty"),  # deep-translator gives None
        (Reply(PAGE.format("x")), "語" * 1400, "too long"),  # nine characters of address each
        (Reply(PAGE.format("x")), "a" * 1501, "too long"),
        (Reply("no", 400), "Guten Tag.", "HTTP 400"),
        (Reply("no", 413), "Guten Tag.", "HTTP 413"),
        (Reply("no", 414), "Guten Tag.", "HTTP 414"),
        (Reply(PAGE.format("Добрый").encode("koi8-r")), "Guten Tag.", "charset"),
    ],
)
def test_one_text_is_refused_and_the_next_is_not(
    service: Service, engine: Make, reply: Reply, query: str, reason: str
) -> None:
    service.change = lambda texts: reply if texts == [query] else ["Ответ."]
    got = list(engine().translate([Query(query), Query("Danke.")]))
    assert got == [Refusal(reason), draft("Ответ.")]


def test_two_engines_do_not_speak_through_each_other(service: Service, engine: Make) -> None:
    with running(GooglePage()) as other:
        first = engine()
        Google(setting(other.url))
        assert one(first) == draft("Ответ.")
        assert other.asked == []


@pytest.mark.parametrize("options", [{}, {"pause": 2.5}])
def test_a_pause_between_requests(
    server: Server, service: Service, options: dict[str, float]
) -> None:
    now = [100.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    slept: list[float] = []
    engine = Google(setting(server.url, **options), sleep=sleep, clock=lambda: now[0])
    list(engine.translate([Query("Eins."), Query("Zwei."), Query("Drei.")]))
    assert slept == [options.get("pause", 1.0)] * 2


@pytest.mark.parametrize("pause", [-1, "1", True, 1e9, float("nan")])
def test_a_pause_that_is_none(pause: object) -> None:
    with pytest.raises(ConfigError, match=r"engine\.google\.pause: must be a number of seconds"):
        Google(setting("http://localhost", pause=pause))


def test_nobody_listens(pauses: list[float]) -> None:
    with pytest.raises(EngineError, match=r"google: 127\.0\.0\.1:\d+ cannot be reached"):
        one(Google(setting(nobody(), pause=0)))
    assert len(pauses) == 4


def test_three_captchas_and_it_is_left_alone(
    service: Service, server: Server, engine: Make
) -> None:
    service.change = lambda texts: Reply(CAPTCHA)
    answers = engine().translate([Query(f"Satz {number}.") for number in range(9)])
    assert [next(answers), next(answers)] == [Refusal("wrong shape")] * 2
    with pytest.raises(EngineError, match="no usable answers"):
        next(answers)
    assert len(server.asked) == 3


def test_where_it_asks() -> None:
    assert engines.load("google", Setting("de", "ru", "")).capabilities.host == (
        "translate.google.com"
    )
    environment = {"AUFLAGE_GOOGLE_URL": "https://proxy.example/m"}
    found = engines.load("google", Setting("de", "ru", "", environment=environment))
    assert found.capabilities.host == "proxy.example"


def test_a_language_nobody_knows() -> None:
    with pytest.raises(PairError, match="from de into xx"):
        engines.load("google", Setting("de", "xx", ""))


def test_what_the_page_escapes_comes_back(service: Service, engine: Make) -> None:
    service.change = lambda texts: Reply(PAGE.format(escape('<b>"&amp;"</b>')))
    assert one(engine()) == draft('<b>"&amp;"</b>')
