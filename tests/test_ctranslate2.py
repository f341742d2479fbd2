"""Models on this machine. Each is tiny, random and real: built here, loaded by CTranslate2."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import sentencepiece

from tests.conftest import KASACHSTAN, ROOT
from tests.models import build
from workflow.catalogs import marks, po
from workflow.errors import AuflageError, ConfigError, EngineError, PairError
from workflow.pretranslate import engines
from workflow.pretranslate.engines import codes
from workflow.pretranslate.engines import ctranslate2 as module
from workflow.pretranslate.engines.protocol import Draft, Query, Refusal, Setting

Auflage = Callable[..., tuple[int, str, str]]
NAME = "kasachstan-2022"
CODES = {
    "nllb": ("deu_Latn", "rus_Cyrl", "kaz_Cyrl", "eng_Latn"),
    "m2m100": ("__de__", "__ru__", "__kk__", "__en__"),
    "madlad": ("<2de>", "<2ru>", "<2kk>", "<2en>"),
    "opus": (">>rus<<", ">>kaz_Cyrl<<", ">>eng<<"),
}
SENTENCES = [
    line
    for line in (KASACHSTAN / f"source/{NAME}.md").read_text(encoding="utf-8").splitlines()
    if len(line.split()) > 3
]


@pytest.fixture(scope="session")
def pieces() -> bytes:
    """A SentencePiece model of the article and its Kazakh drafts."""
    kazakh = (KASACHSTAN / f"locale/kk/LC_MESSAGES/{NAME}.po").read_text(encoding="utf-8")
    texts = re.findall(r'^msg(?:id|str) "(.+)"$', kazakh, re.M)
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=written,
        vocab_size=600,
        character_coverage=1.0,
        minloglevel=2,
    )
    return written.getvalue()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, pieces: bytes) -> Path:
    """A folder with a model of each kind."""
    folder = tmp_path_factory.mktemp("models")
    for kind, special in CODES.items():
        build(folder / kind, pieces, special)
    single = build(folder / "single", pieces, ())
    for name in ("source.spm", "target.spm"):
        shutil.copy(single / "sentencepiece.bpe.model", single / name)
    (single / "sentencepiece.bpe.model").unlink()
    return folder


@pytest.fixture
def broken(models: Path, tmp_path: Path) -> Path:
    """A model to break."""
    return Path(shutil.copytree(models / "nllb", tmp_path / "model"))


def load(root: Path, target: str = "kk", **options: Any) -> module.CTranslate2:
    engine = engines.load(
        "ctranslate2",
        Setting("de-AT", target, "2026-01-02", root=root, options={"threads": 1} | options),
    )
    assert isinstance(engine, module.CTranslate2)
    return engine


def ask(engine: module.CTranslate2, *texts: str) -> list[Draft | Refusal]:
    return list(engine.translate([Query(text) for text in texts]))


def texts(answers: list[Draft | Refusal]) -> list[str]:
    return [answer.text if isinstance(answer, Draft) else answer.reason for answer in answers]


class Spy:
    """The real translator, and what went through it."""

    def __init__(self, real: Any):
        self._real = real
        self.sources: list[list[list[str]]] = []
        self.prefixes: list[Any] = []
        self.options: dict[str, Any] = {}
        self.results: list[Any] = []
        self.poison = ""

    def translate_batch(self, source: list[list[str]], **options: Any) -> Any:
        if any(self.poison in tokens for tokens in source):
            raise RuntimeError("a text that breaks its batch")
        self.sources.append(source)
        self.prefixes.append(options["target_prefix"])
        self.options = options
        self.results += (results := self._real.translate_batch(source, **options))
        return results


@pytest.fixture
def spies(monkeypatch: pytest.MonkeyPatch) -> list[Spy]:
    """Every translator that is loaded, as a spy."""
    made: list[Spy] = []
    real = module._weights.__wrapped__

    def weights(*arguments: Any) -> Spy:
        if not made:
            made.append(Spy(real(*arguments)))
        return made[0]

    monkeypatch.setattr(module, "_weights", weights)
    return made


@pytest.mark.parametrize(
    ("kind", "before", "prefix"),
    [
        ("nllb", ["deu_Latn"], ["kaz_Cyrl"]),
        ("m2m100", ["__de__"], ["__kk__"]),
        ("madlad", ["<2kk>"], None),
        ("opus", [">>kaz_Cyrl<<"], None),
        ("single", [], None),
    ],
)
def test_each_kind_gets_its_own_tokens(
    models: Path, spies: list[Spy], kind: str, before: list[str], prefix: list[str] | None
) -> None:
    engine = load(models, model={"kk": kind})
    ask(engine, "Ein Satz.")
    (tokens,) = spies[0].sources[0]
    assert tokens[: len(before)] == before
    assert "".join(tokens[len(before) : -1]).replace("▁", " ").strip() == "Ein Satz."
    assert tokens[-1] == "</s>"
    assert spies[0].prefixes[0] == (prefix and [prefix])
    assert engine.capabilities.version.startswith("opus" if kind == "single" else kind)
    if prefix:
        assert spies[0].results[0].hypotheses[0][:1] == prefix


def test_a_converter_that_adds_the_end_is_not_helped(broken: Path, spies: list[Spy]) -> None:
    settings = json.loads((broken / "config.json").read_text("utf-8"))
    (broken / "config.json").write_text(json.dumps(settings | {"add_source_eos": True}), "utf-8")
    ask(load(broken.parent, model="model"), "Ein Satz.")
    assert "</s>" not in spies[0].sources[0][0]


@pytest.mark.parametrize("kind", list(CODES))
def test_another_language_is_another_translation(models: Path, kind: str) -> None:
    said = {
        target: tuple(texts(ask(load(models, target, model=kind, beam=1), *SENTENCES[:6])))
        for target in ("ru", "kk", "en")
    }
    assert len(set(said.values())) == 3
    assert all(code not in text for each in said.values() for text in each for code in CODES[kind])


def test_batches_are_full_sorted_and_answered_in_order(models: Path, spies: list[Spy]) -> None:
    engine = load(models, model="nllb", beam=1, batch=3)
    assert engine.capabilities.batch == 12
    asked = (SENTENCES * 2)[:30]
    together = texts(ask(engine, *asked))
    lengths = [[len(tokens) for tokens in batch] for batch in spies[0].sources]
    windows = [lengths[:4], lengths[4:8], lengths[8:]]
    assert [[len(batch) for batch in window] for window in windows] == [[3] * 4, [3] * 4, [3, 3]]
    for window in windows:
        flat = [length for batch in window for length in batch]
        assert flat == sorted(flat)
    assert len(set(together)) > 5
    assert together == [texts(ask(engine, text))[0] for text in asked]


def test_scores_are_means_of_probabilities(models: Path, spies: list[Spy]) -> None:
    answers = ask(load(models, model="nllb"), *SENTENCES)
    drafts = [answer for answer in answers if isinstance(answer, Draft)]
    assert len(drafts) >= 5
    assert all(draft.score is not None and 0 < draft.score <= 1 for draft in drafts)
    assert {draft.engine for draft in drafts} == {"ctranslate2"}
    assert {draft.date for draft in drafts} == {"2026-01-02"}
    logs = {round(float(np.exp(result.scores[0])), 6) for result in spies[0].results}
    assert {round(draft.score or 0, 6) for draft in drafts} <= logs


def test_weights_that_are_no_numbers_have_no_score(models: Path) -> None:
    engine = load(models, model="nllb")
    assert engine._answer(["kaz_Cyrl", "▁а", "</s>"], float("nan"), 9) == Draft(
        "а", "ctranslate2", "2026-01-02"
    )


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("nllb", "Wort " * 600, "too long"),
        ("nllb", "", "empty"),
        ("nllb", "中文字符", "unknown words"),
    ],
)
def test_a_refusal_is_of_one_text(models: Path, kind: str, text: str, reason: str) -> None:
    engine = load(models, model=kind, beam=1)
    first, refused, last = texts(ask(engine, SENTENCES[0], text, SENTENCES[1]))
    assert refused == reason
    assert [first, last] == texts(ask(engine, SENTENCES[0], SENTENCES[1]))


def test_a_model_that_never_ends_is_stopped(
    tmp_path: Path, pieces: bytes, spies: list[Spy]
) -> None:
    build(tmp_path / "model", pieces, CODES["nllb"], end=-99)
    asked = ("Ein Satz.", SENTENCES[0], "Satz. " * 60)
    assert texts(ask(load(tmp_path, model="model"), *asked)) == ["cut off"] * 3
    assert all(len(result.hypotheses[0]) <= 513 for result in spies[0].results)


@pytest.mark.parametrize(
    ("tokens", "reason"),
    [
        (["kaz_Cyrl"], "cut off"),
        (["kaz_Cyrl", "▁а"], "cut off"),
        (["kaz_Cyrl", *["▁а"] * 40, "</s>"], "cut off"),
        (["kaz_Cyrl", "</s>"], "empty"),
        (["kaz_Cyrl", "▁а", "rus_Cyrl", "</s>"], "language code"),
    ],
)
def test_an_answer_that_is_none(models: Path, tokens: list[str], reason: str) -> None:
    assert load(models, model="nllb")._answer(tokens, -1.0, 24) == Refusal(reason)


def test_a_text_cannot_choose_the_language(tmp_path: Path, pieces: bytes) -> None:
    """MADLAD's SentencePiece model has the codes as pieces."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=written,
        vocab_size=200,
        user_defined_symbols=["<2ru>", "<2kk>"],
        minloglevel=2,
    )
    build(tmp_path / "model", written.getvalue(), ())
    engine = load(tmp_path, model="model")
    assert engine.capabilities.version.startswith("madlad")
    assert texts(ask(engine, "Ein <2ru> Satz."))[0] == "language code"


def test_a_text_that_breaks_its_batch(models: Path, spies: list[Spy]) -> None:
    engine = load(models, model="nllb", beam=1)
    whole = texts(ask(engine, "Ein Satz.", "2022 [1]", SENTENCES[0]))
    (tokens,) = (t for batch in spies[0].sources for t in batch if "2" in "".join(t))
    spies[0].poison = next(token for token in tokens if "2" in token)
    after = texts(ask(engine, "Ein Satz.", "2022 [1]", SENTENCES[0]))
    assert after == [whole[0], "failed", whole[2]]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("nllb", "fra_Latn"), ("m2m100", "__fr__"), ("madlad", "<2fr>"), ("opus", ">>fra_Latn<<")],
)
def test_an_unknown_language_is_an_error_of_ours(models: Path, kind: str, code: str) -> None:
    with pytest.raises(PairError) as caught:
        load(models, "fr", model=kind)
    message = str(caught.value)
    assert message.startswith(f"{kind}: this model does not know “{code}” for fr")
    assert all(known in message for known in CODES[kind])
    assert "target_code" in message


def test_an_unknown_source_a_locale_nobody_knows_and_a_code_of_ones_own(models: Path) -> None:
    with pytest.raises(PairError, match=r"“deu_Xxxx” for de-AT.*source_code"):
        load(models, model="nllb", source_code="deu_Xxxx")
    with pytest.raises(PairError, match="a code for eo; it knows deu_Latn"):
        load(models, "eo", model="nllb")
    with pytest.raises(PairError, match="“,” for kk"):  # a word of the model, but no code
        load(models, model="nllb", target_code={"kk": ","})
    engine = load(models, "kk-Latn", model="nllb", target_code={"kk": "eng_Latn"})
    assert engine._target == ["eng_Latn"]


@pytest.mark.parametrize(
    ("kind", "locale", "expected"),
    [
        ("nllb", "de-AT", ["deu_Latn"]),
        ("nllb", "kk-Latn", ["kaz_Latn"]),
        ("nllb", "zh-Hant-TW", ["zho_Hant"]),
        ("nllb", "eo", []),
        ("m2m100", "pt-BR", ["__pt__"]),
        ("m2m100", "kk-Latn", []),
        ("m2m100", "kk-Cyrl", ["__kk__"]),
        ("m2m100", "ilo", ["__ilo__"]),
        ("madlad", "kk", ["<2kk>"]),
        ("madlad", "kk-Latn", ["<2kk_Latn>"]),
        ("opus", "kk", [">>kaz_Cyrl<<", ">>kaz<<", ">>kk<<"]),
        ("opus", "sr-Latn", [">>srp_Latn<<"]),
        ("opus", "eo", [">>eo<<"]),
    ],
)
def test_codes(kind: str, locale: str, expected: list[str]) -> None:
    assert codes.candidates(kind, locale) == expected


def test_a_model_of_one_language_says_for_which_locale(models: Path) -> None:
    with pytest.raises(ConfigError, match=r'write it down: model = \{kk = "single"\}'):
        load(models, model="single")
    with pytest.raises(PairError, match="no model for ru"):
        load(models, "ru", model={"kk": "single"})


FILES = ("model.bin", "shared_vocabulary.json", "sentencepiece.bpe.model", "config.json")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["empty", "half", "noise", "missing", "folder"])
def test_broken_files(broken: Path, name: str, how: str) -> None:
    file = broken / name
    data = file.read_bytes()
    file.unlink()
    if how == "folder":
        file.mkdir()
    elif how != "missing":
        file.write_bytes({"empty": b"", "half": data[: len(data) // 2], "noise": b"\xd8" * 9}[how])
    with pytest.raises(EngineError) as caught:
        ask(load(broken.parent, model="model"), "Ein Satz.")
    assert str(caught.value).startswith("model")
    assert re.search(r"download|convert it|cannot read|put the one", str(caught.value))


@pytest.mark.parametrize("text", ["{}", "[1]", '"a"', "[" * 9999, "null"])
@pytest.mark.parametrize("name", ["shared_vocabulary.json", "config.json"])
def test_json_of_another_shape(broken: Path, name: str, text: str) -> None:
    (broken / name).write_text(text, "utf-8")
    with pytest.raises(EngineError, match="model"):
        ask(load(broken.parent, model="model"), "Ein Satz.")


def test_older_and_smaller_models(broken: Path) -> None:
    """One token a line, a vocabulary for each side, a SentencePiece model of any name."""
    before = texts(ask(load(broken.parent, model="model"), "Ein Satz."))
    tokens = json.loads((broken / "shared_vocabulary.json").read_text("utf-8"))
    (broken / "shared_vocabulary.json").unlink()
    for side in ("source", "target"):
        (broken / f"{side}_vocabulary.txt").write_text("\n".join(tokens), "utf-8")
    (broken / "sentencepiece.bpe.model").rename(broken / "flores.model")
    module._weights.cache_clear()
    assert texts(ask(load(broken.parent, model=str(broken)), "Ein Satz.")) == before


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({}, PairError, "no model for kk; name its folder"),
        ({"model": "nothing"}, EngineError, "nothing: there is no such folder"),
        ({"model": "~nobody-here/x"}, EngineError, "there is no such folder"),
        ({"model": "."}, EngineError, "no model.bin here"),
        ({"model": 1}, ConfigError, "engine.ctranslate2.model: must be a text"),
        ({"model": {"kk": 1}}, ConfigError, "engine.ctranslate2.model: must be a text"),
        ({"modell": "nllb"}, ConfigError, "ctranslate2.modell: unknown key; known are model, kind"),
        ({"model": "nllb", "kind": "bert"}, ConfigError, "must be one of nllb, m2m100"),
        ({"model": "nllb", "kind": []}, ConfigError, "must be one of nllb, m2m100"),
        ({"model": "nllb", "beam": 0}, ConfigError, "beam: must be a number from 1 on"),
        ({"model": "nllb", "batch": "8"}, ConfigError, "batch: must be a number"),
        ({"model": "nllb", "threads": True}, ConfigError, "threads: must be a number"),
        ({"model": "nllb", "target_code": "kaz_Cyrl"}, ConfigError, "must be a table by locale"),
        ({"model": "nllb", "compute_type": "int7"}, EngineError, "“int7”.*can: default, "),
    ],
)
def test_configuration(
    models: Path, options: dict[str, Any], kind: type[AuflageError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        ask(load(models, **options), "Ein Satz.")


@pytest.mark.parametrize("package", ["ctranslate2", "sentencepiece"])
def test_without_the_packages(models: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EngineError, match=rf"package {package}; .*pip install 'auflage\[local\]'"):
        load(models, model="nllb")


def test_the_packages_are_loaded_by_nobody_else() -> None:
    code = (
        "import sys, workflow.cli, workflow.pretranslate.engines.ctranslate2\n"
        "print(*(name for name in ('ctranslate2', 'sentencepiece') if name in sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_the_version_is_what_answers_depend_on(models: Path, broken: Path, pieces: bytes) -> None:
    def version(root: Path = models, target: str = "kk", model: str = "nllb", **more: Any) -> str:
        return load(root, target, model=model, **more).capabilities.version

    first = version()
    assert first == version(batch=1, threads=2) == version(broken.parent, model="model")
    others = [
        version(beam=1),
        version(compute_type="int8"),
        version(model="m2m100"),
        version(target="ru"),
    ]
    build(broken.parent / "other", pieces, CODES["nllb"], seed=8)
    others.append(version(broken.parent, model="other"))
    assert len({first, *others}) == 6


def test_how_long_and_how_thoroughly_it_searches(models: Path, spies: list[Spy]) -> None:
    ask(load(models, model="nllb", beam=3), "Ein Satz.", "Satz. " * 60)
    longest = max(map(len, spies[0].sources[0]))
    assert spies[0].options["beam_size"] == 3
    assert spies[0].options["max_decoding_length"] == 512 < 3 * longest
    ask(load(models, model="nllb"), "Ein Satz.")
    assert spies[0].options["beam_size"] == 4
    assert spies[0].options["max_decoding_length"] == 3 * len(spies[0].sources[-1][0]) + 24


def test_int8(models: Path) -> None:
    assert texts(ask(load(models, model="nllb", compute_type="int8"), SENTENCES[0]))


@pytest.fixture
def empty(kasachstan: Path, auflage: Auflage, models: Path) -> Path:
    """The article with empty catalogs, and a model in the project."""
    shutil.rmtree(kasachstan / "locale")
    assert auflage(kasachstan, "update")[0] == 0
    shutil.copytree(models / "nllb", kasachstan / "models/nllb")
    with (kasachstan / "auflage.toml").open("a", encoding="utf-8") as file:
        file.write('[engine.ctranslate2]\nmodel = "models/nllb"\nbeam = 1\nthreads = 1\n')
    return kasachstan


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """No socket is opened."""
    tried: list[str] = []
    monkeypatch.setattr("socket.socket.connect", lambda *arguments: tried.append(str(arguments)))
    yield tried
    assert tried == []


@pytest.mark.usefixtures("silence")
def test_a_run(empty: Path, auflage: Auflage, judge: Callable[[str], str]) -> None:
    code, out, err = auflage(empty, "pretranslate", "--engine", "ctranslate2", "--json")
    assert (code, err) == (3, "")
    for data in json.loads(out):
        filled, left = sum(data["filled"].values()), data["left"]
        assert filled + left == 83
        assert sum(data["refused"].values()) == left > 0
        assert "no answer" not in data["refused"]
        assert set(data["refused"]) & {"cut off", "script", "markup", "length"}
        file = empty / data["path"]
        entries = po.parse(file.read_text("utf-8"), str(file)).texts
        made = [entry for entry in entries if entry.msgstr]
        assert len(made) == filled > 0
        assert {mark.who for mark in map(marks.machine, made) if mark} == {"ctranslate2"}
        assert all(entry.fuzzy and marks.machine(entry) for entry in made)
        command = [judge("msgfmt"), "-c", "-o", "/dev/null", str(file)]
        assert subprocess.run(command, capture_output=True, check=False).stderr == b""


def test_a_run_for_a_language_that_the_model_lacks(empty: Path, auflage: Auflage) -> None:
    config = empty / "auflage.toml"
    config.write_text(config.read_text("utf-8").replace('"en"]', '"en", "fr"]'), "utf-8")
    assert auflage(empty, "update")[0] == 0
    code, out, err = auflage(empty, "pretranslate", "--engine", "ctranslate2")
    assert code == 1
    assert "fr: models/nllb: this model does not know “fra_Latn” for fr; it knows deu_Latn" in err
    assert "by ctranslate2" in out


def test_weights_are_loaded_when_there_is_something_to_translate(
    models: Path, spies: list[Spy]
) -> None:
    engine = load(models, model="nllb")
    ask(engine, "", "Wort " * 600)
    assert not spies
    ask(engine, "Ein Satz.")
    assert spies


def test_what_was_translated_once_comes_from_the_cache(empty: Path, auflage: Auflage) -> None:
    arguments = ("pretranslate", "--engine", "ctranslate2", "--locale", "kk")
    said = auflage(empty, *arguments)[1]
    path = empty / f"locale/kk/LC_MESSAGES/{NAME}.po"
    first = path.read_bytes()
    path.unlink()
    auflage(empty, "update")
    assert auflage(empty, *arguments)[1] == said.replace("by ctranslate2", "by cache")
    assert path.read_bytes() == first


def test_ctranslate2_itself_takes_any_code(models: Path) -> None:
    """Why we look codes up; should this fail, the library has learnt to."""
    translator = ctranslate2.Translator(str(models / "nllb"))
    (result,) = translator.translate_batch([["deu_Latn", "▁", "</s>"]], [["fra_Latn"]])
    assert result.hypotheses
