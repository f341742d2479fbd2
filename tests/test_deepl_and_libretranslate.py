"""What DeepL and LibreTranslate are asked, and what becomes of lists of answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers import KEYS, DeepL, LibreTranslate, Reply, Server, Service, running, translate
from workflow.errors import ConfigError, EngineError, PairError
from workflow.pretranslate import engines
from workflow.pretranslate.engines import deepl
from workflow.pretranslate.engines.protocol import (
    Draft,
    Engine,
    Markup,
    Query,
    Refusal,
    Setting,
    Term,
)

QUERIES = [
    Query('Ein <x id="1"/>Satz.', "Ein *Satz.", before="Davor."),
    Query("Es waren 3 Leute auf der Straße.", "Es waren 3 Leute auf der Straße."),
    Query("Ein Satz ohne alles, der lang ist.", "Ein Satz.", after="Danach."),
]
TERMS = (
    Term("Gewerkschaft", "кәсіподақ"),
    Term("Gewerkschaft", "doppelt"),
    Term("Öl\tgas", "мұнай"),
)


@pytest.fixture(params=["deepl", "libretranslate"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(name: str) -> Service:
    return {"deepl": DeepL, "libretranslate": LibreTranslate}[name]()


@pytest.fixture
def server(service: Service, pauses: list[float]) -> Iterator[Server]:
    with running(service) as started:
        yield started


def load(name: str, url: str, target: str = "kk", **more: Any) -> Engine:
    options = {"url": url, **more.pop("options", {})}
    return engines.load(
        name, Setting("de-AT", target, "2026-11-23", options=options, environment=KEYS, **more)
    )


def texts(engine: Engine, queries: list[Query] = QUERIES) -> list[str]:
    return [said.text if isinstance(said, Draft) else said.reason
            for said in engine.translate(queries)]  # fmt: skip


RIGHT = [translate(query.text) for query in QUERIES]


def asked(server: Server) -> list[Any]:
    return [one.json for one in server.asked if one.path.endswith("/translate")]


def test_one_request_for_many_texts(name: str, server: Server) -> None:
    assert texts(load(name, server.url)) == RIGHT
    assert len(asked(server)) == 1


@pytest.mark.parametrize(
    "disorder",
    [
        lambda said: said[:-1],
        lambda said: [*said, said[0]],
        lambda said: said[::-1],
        lambda said: said[1:] + said[:1],
        lambda said: [said[2], said[1], said[2]],
        lambda said: [None, *said[1:]],
        lambda said: [["a"], *said[1:]],
        lambda said: [],
    ],
    ids=["fewer", "more", "reversed", "rotated", "repeated", "null", "list", "none"],
)
def test_a_list_in_disorder_is_asked_for_one_by_one(
    name: str, server: Server, service: Service, disorder: Any
) -> None:
    def change(sent: list[str]) -> list[Any]:
        said = [translate(text) for text in sent]
        return disorder(said) if len(said) > 1 else said

    service.change = change
    queries = [QUERIES[0], QUERIES[1], Query("Noch ein ganz anderer Satz ohne Zahl.")]
    assert texts(load(name, server.url), queries) == [translate(q.text) for q in queries]
    assert len(asked(server)) == 4


def test_one_text_too_many_for_the_server(name: str, server: Server, service: Service) -> None:
    def change(sent: list[str]) -> list[Any] | Reply:
        return Reply("", 413) if any("3" in t for t in sent) else [translate(t) for t in sent]

    service.change = change
    assert texts(load(name, server.url)) == [RIGHT[0], "HTTP 413", RIGHT[2]]


def test_texts_that_are_too_long(name: str, server: Server) -> None:
    queries = [Query("a" * 40_000), *QUERIES, Query("ä" * 7_000), Query("b" * 9_000)]
    said = list(load(name, server.url).translate(queries))
    assert said[0] == Refusal("too long")
    assert [type(one) for one in said[1:]] == [Draft] * 5
    assert all(len(json.dumps(one)) < 128 * 1024 for one in asked(server))


def test_a_language_it_does_not_know(name: str, server: Server) -> None:
    with pytest.raises(PairError, match=r"does not translate .*into fr; it knows .*ru"):
        texts(load(name, server.url, "fr"))
    assert asked(server) == []


def test_libretranslate_is_asked_for_text() -> None:
    with running(LibreTranslate()) as server:
        engine = load("libretranslate", server.url)
        assert (engine.capabilities.markup, engine.capabilities.cheap) == (Markup.MASKS, True)
        texts(engine)
        assert asked(server) == [
            {
                "q": [query.text for query in QUERIES],
                "source": "de",
                "target": "kk",
                "format": "text",
                "api_key": KEYS["LIBRETRANSLATE_API_KEY"],
            }
        ]


def test_deepl_is_asked_with_tags_and_context() -> None:
    with running(DeepL()) as server:
        engine = load("deepl", server.url, "en", options={"formality": "prefer_less"})
        assert engine.capabilities.markup is Markup.XML
        texts(engine)
        [sent] = asked(server)
        assert sent["context"] == "Davor.\nEin *Satz.\nEs waren 3 Leute auf der Straße.\n" + (
            "Ein Satz.\nDanach."
        )
        assert (sent["source_lang"], sent["target_lang"]) == ("DE", "EN-GB")
        assert (sent["tag_handling"], sent["tag_handling_version"]) == ("xml", "v2")
        assert (sent["split_sentences"], sent["formality"]) == ("0", "prefer_less")
        assert "glossary_id" not in sent
        key = f"DeepL-Auth-Key {KEYS['DEEPL_API_KEY']}"
        assert {one.headers["Authorization"] for one in server.asked} == {key}


def test_deepl_gets_the_term_base_once() -> None:
    service = DeepL()
    with running(service) as server:
        for _ in range(2):
            texts(load("deepl", server.url, terms=TERMS))
        [made] = service.glossaries
        [rows] = made["dictionaries"]
        assert rows["entries"] == "Gewerkschaft\tкәсіподақ\nÖl gas\tмұнай"
        assert (rows["source_lang"], rows["target_lang"]) == ("de", "kk")
        assert {sent["glossary_id"] for sent in asked(server)} == {"id-0"}
        texts(load("deepl", server.url, terms=TERMS[:1]))
        assert len(service.glossaries) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 456, 500])
def test_deepl_without_glossaries_goes_on_and_says_so(status: int, pauses: list[float]) -> None:
    service = DeepL()
    with running(
        lambda one: Reply("", status) if "glossaries" in one.path else service(one)
    ) as server:
        engine = load("deepl", server.url, terms=TERMS)
        assert texts(engine) == RIGHT
        [notice] = engine.notices  # type: ignore[attr-defined]
        assert "without the term base" in notice
        assert f"HTTP {status}" in notice


@pytest.mark.parametrize(
    ("locale", "code"),
    [("en", "EN-GB"), ("en-US", "EN-US"), ("en-IE", "EN-GB"), ("pt", "PT-PT"), ("pt-BR", "PT-BR"),
     ("zh", "ZH-HANS"), ("zh-TW", "ZH-HANT"), ("zh-Hant", "ZH-HANT"), ("es-419", "ES-419"),
     ("kk-Cyrl", "KK"), ("ru", "RU"), ("no", "NB")],
)  # fmt: skip
def test_what_deepl_calls_a_locale(locale: str, code: str) -> None:
    assert deepl.target_code(locale) == code


@pytest.mark.parametrize(("key", "host"), [("a:fx", "api-free.deepl.com"), ("a", "api.deepl.com")])
def test_which_deepl(key: str, host: str) -> None:
    found = engines.load("deepl", Setting("de", "ru", "", environment={"AUFLAGE_DEEPL_KEY": key}))
    assert (found.capabilities.host, found.capabilities.price) == (host, 20.0)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(EngineError, match="DEEPL_API_KEY"):
        engines.load("deepl", Setting("de", "ru", ""))
    with pytest.raises(EngineError, match=r"\[engine\.libretranslate\] url"):
        engines.load("libretranslate", Setting("de", "ru", ""))


@pytest.mark.parametrize(
    ("name_", "options", "message"),
    [
        ("deepl", {"formality": "rude"}, r"engine\.deepl\.formality: must be one of default"),
        ("deepl", {"model_type": ["a"]}, r"engine\.deepl\.model_type: must be one of"),
        ("libretranslate", {"url": 7}, r"engine\.libretranslate\.url: must be an address"),
        ("deepl", {"url": "deepl.com"}, "deepl: its address must look like"),
    ],
)
def test_wrong_options(name_: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        engines.load(name_, Setting("de", "ru", "", options=options, environment=KEYS))


def test_a_server_that_hides_its_languages(pauses: list[float]) -> None:
    with (
        running(lambda one: Reply("<html>")) as server,
        pytest.raises(EngineError, match="does not say which languages it knows"),
    ):
        texts(load("libretranslate", server.url))
