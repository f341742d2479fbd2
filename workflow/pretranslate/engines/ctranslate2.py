"""Models on this machine, through CTranslate2: OPUS-MT, NLLB-200, M2M-100 and MADLAD-400.

A model is a folder that a person has downloaded or converted: model.bin, its vocabulary, and
the SentencePiece models that cut text into its pieces. Nothing is downloaded here, and no
text leaves the machine.
"""

import math
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from workflow.errors import ConfigError, EngineError
from workflow.locales import language
from workflow.pretranslate.engines import modelfolder
from workflow.pretranslate.engines.codes import KINDS
from workflow.pretranslate.engines.modelfolder import Model
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting

_OPTIONS: Final = (
    "model",
    "kind",
    "source_code",
    "target_code",
    "beam",
    "batch",
    "compute_type",
    "threads",
)
# Four hypotheses, as the makers of these models do. One (greedy search) is three times as
# fast and somewhat worse; a draft is made once and read by people.
_BEAM: Final = 4
# Eight texts at once take a seventh of the time per text (NLLB-600M, two cores).
_BATCH: Final = 8
# So many batches are sorted by length together: texts of like length waste no padding.
_WINDOW: Final = 4
# Tokens. NLLB's makers warn of longer texts, and OPUS-MT has no positions for them.
_LONGEST: Final = 512
# A text may grow threefold, and a very short one by more.
_GROWTH: Final = 3
_SPARE: Final = 24
_DECODING: Final = {
    "return_scores": True,
    "return_end_token": True,  # an answer without it was cut off
    "disable_unk": True,
    # Stops a model that repeats itself. A penalty on repeated pieces would do the same to
    # the brackets of masks, and lose them.
    "no_repeat_ngram_size": 5,
    "max_input_length": 0,  # never cut a text silently: see _LONGEST
}


class CTranslate2:
    """A model as an engine; it is loaded when the first text comes."""

    name = "ctranslate2"

    def __init__(self, setting: Setting):
        """Read the folder of the model, not its weights yet.

        Raises:
            ConfigError: an option is wrong.
            EngineError: a package or a file is missing or broken, or the model does not know
                the languages.
        """
        setting.only(self.name, *_OPTIONS)
        self._library = _library("ctranslate2")
        self._pieces = _library("sentencepiece")
        self._today = setting.today
        self._beam = setting.option(self.name, "beam", _count, _BEAM)
        self._batch = setting.option(self.name, "batch", _count, _BATCH)
        self._threads = setting.option(self.name, "threads", _count, _threads())
        self._compute_type = setting.option(self.name, "compute_type", _word, "default")
        self._model = _model(setting)
        self._prefix, self._target = _codes(self._model, setting)
        paths = (self._model.source_pieces, self._model.target_pieces)
        found = {path: self._load_pieces(path) for path in set(paths)}
        self._source_pieces, self._target_pieces = (found[path] for path in paths)
        parameters = (self._beam, self._compute_type, self._prefix, self._target, _DECODING)
        self.capabilities = Capabilities(
            batch=self._batch * _WINDOW, cheap=True, version=self._model.fingerprint(parameters)
        )

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Translate in batches of texts of like length.

        Raises:
            EngineError: the weights cannot be loaded.
        """
        step = self._batch * _WINDOW
        for start in range(0, len(queries), step):
            yield from self._window([query.text for query in queries[start : start + step]])

    def _window(self, texts: Sequence[str]) -> list[Draft | Refusal]:
        found = dict(enumerate(map(self._encode, texts)))
        tokens = {index: item for index, item in found.items() if isinstance(item, list)}
        order = sorted(tokens, key=lambda index: len(tokens[index]))
        answers = {index: item for index, item in found.items() if isinstance(item, Refusal)}
        drafts: dict[int, Draft | Refusal] = {**answers}
        for start in range(0, len(order), self._batch):
            batch = order[start : start + self._batch]
            drafts |= zip(batch, self._ask([tokens[index] for index in batch]), strict=True)
        return [drafts[index] for index in range(len(texts))]

    def _encode(self, text: str) -> list[str] | Refusal:
        """The tokens of a text, as the model wants them."""
        pieces: list[str] = self._source_pieces.encode(text, out_type=str)
        if not pieces:
            return Refusal("empty")
        if any(map(self._model.is_code, pieces)):
            return Refusal("language code")  # the text itself would choose the language
        if sum(piece in self._model.source for piece in pieces) * 2 <= len(pieces):
            return Refusal("unknown words")
        tokens = [*self._prefix, *pieces, *self._model.suffix]
        return tokens if len(tokens) < _LONGEST else Refusal("too long")

    def _ask(self, batch: list[list[str]]) -> list[Draft | Refusal]:
        translator = self._translator()
        try:
            results = translator.translate_batch(
                batch,
                target_prefix=[self._target] * len(batch) if self._target else None,
                beam_size=self._beam,
                max_decoding_length=max(map(_limit, batch)),
                **_DECODING,
            )
        except (RuntimeError, ValueError, MemoryError):
            if len(batch) > 1:  # one of them is to blame
                return [answer for tokens in batch for answer in self._ask([tokens])]
            return [Refusal("failed")]
        return [
            self._answer(result.hypotheses[0], result.scores[0], _limit(tokens))
            for tokens, result in zip(batch, results, strict=True)
        ]

    def _answer(self, tokens: list[str], score: float, limit: int) -> Draft | Refusal:
        tokens = tokens[len(self._target) :]
        # What one text may get does not depend on the longest of its batch.
        if len(tokens) > limit or not tokens or tokens.pop() != self._model.end:
            return Refusal("cut off")
        if any(map(self._model.is_code, tokens)):
            return Refusal("language code")
        # A shared vocabulary has pieces that the target's own model does not know.
        text = str(self._target_pieces.decode(tokens)).replace("▁", " ").strip()
        if not text:
            return Refusal("empty")
        # CTranslate2 divides the log-probability by the length: a mean per token.
        mean = min(1.0, math.exp(score)) if math.isfinite(score) else None
        return Draft(text, self.name, self._today, score=mean)

    def _translator(self) -> Any:
        model = self._model
        try:
            return _weights(str(model.folder), self._compute_type, self._threads)
        except ValueError as error:
            known = ", ".join(sorted(self._library.get_supported_compute_types("cpu")))
            raise EngineError(
                f"ctranslate2 refuses the compute_type “{self._compute_type}”: {error}; "
                f"this machine can: default, {known}"
            ) from error
        except (RuntimeError, MemoryError) as error:
            raise EngineError(
                f"ctranslate2 cannot load this model: {error}; download or convert it again",
                path=model.shown,
            ) from error

    def _load_pieces(self, path: Path) -> Any:
        try:
            return self._pieces.SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as error:
            raise EngineError(
                "this is no SentencePiece model; download it again",
                path=f"{self._model.shown}/{path.name}",
            ) from error


def make(setting: Setting) -> CTranslate2:
    """The factory."""
    return CTranslate2(setting)


@lru_cache(maxsize=1)
def _weights(folder: str, compute_type: str, threads: int) -> Any:
    """Loading takes seconds, and a run asks for each article and locale; one fits in memory."""
    library = _library("ctranslate2")
    return library.Translator(folder, compute_type=compute_type, intra_threads=threads)


def _threads() -> int:
    """As many as there are cores, up to the library's own four: more than that is far slower."""
    return min(4, os.cpu_count() or 1)


def _limit(tokens: list[str]) -> int:
    """How many tokens the translation of a text may have."""
    return min(_GROWTH * len(tokens) + _SPARE, _LONGEST)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise EngineError(
            f"the engine ctranslate2 needs the package {name}; "
            "install it: pip install 'auflage[local]'"
        ) from error


def _model(setting: Setting) -> Model:
    def for_target(value: Any) -> str:
        return _by_locale(value, setting.target)

    shown = setting.option("ctranslate2", "model", for_target, "")
    if not shown:
        raise EngineError(
            f"no model for {setting.target}; name its folder in the configuration, "
            'under [engine.ctranslate2]: model = "models/nllb"'
        )
    kind = setting.option("ctranslate2", "kind", _kind, None)
    # os.path, because pathlib raises where it knows no such person.
    model = modelfolder.read(setting.root / os.path.expanduser(shown), shown, kind)
    if model.single and not isinstance(setting.options["model"], dict):
        raise ConfigError(
            f"engine.ctranslate2.model: {shown} translates into one language only, and nothing "
            f'in it says which; write it down: model = {{{language(setting.target)} = "{shown}"}}'
        )
    return model


def _codes(model: Model, setting: Setting) -> tuple[list[str], list[str]]:
    """The tokens that stand before the text, and those the answer begins with."""

    def for_target(value: Any) -> str:
        if not isinstance(value, dict):
            raise ValueError('must be a table by locale, such as {kk = "kaz_Cyrl"}')
        return _by_locale(value, setting.target)

    def for_source(value: Any) -> str:
        return _by_locale(value, setting.source)

    if model.single:
        return [], []
    wanted = setting.option("ctranslate2", "target_code", for_target, "")
    target = model.code(setting.target, wanted, "target")
    if model.kind in ("opus", "madlad"):
        return [target], []
    wanted = setting.option("ctranslate2", "source_code", for_source, "")
    return [model.code(setting.source, wanted, "source")], [target]


def _by_locale(value: Any, locale: str) -> str:
    """A text, or the text for a locale in a table; empty if that has none."""
    if isinstance(value, dict):
        value = value.get(locale, value.get(language(locale), ""))
    return _word(value) if value != "" else ""


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a text in quotes")
    return value


def _kind(value: Any) -> str:
    if not isinstance(value, str) or value not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1024:
        raise ValueError("must be a number from 1 on")
    return value
