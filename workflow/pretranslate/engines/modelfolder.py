"""The folder of a CTranslate2 model: which files it has, which kind it is, which languages.

CTranslate2 takes an unknown language code for an unknown word and translates into anything;
so codes are looked up in the vocabulary here.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from workflow.errors import EngineError
from workflow.pretranslate.engines import codes

_PIECES: Final = ("sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")
_SAMPLES: Final = 64
_SAMPLE: Final = 4096  # bytes


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be loaded, as far as its small files tell."""

    folder: Path
    shown: str
    """The folder as the configuration names it."""
    kind: str
    source: frozenset[str]
    """The vocabulary of texts."""
    target: frozenset[str]
    """The vocabulary of answers."""
    source_pieces: Path
    target_pieces: Path
    end: str
    """The token at the end of a text."""
    suffix: tuple[str, ...]
    """That token, if CTranslate2 does not add it to texts by itself."""

    @property
    def single(self) -> bool:
        """Whether it translates into one language only: then no code says which."""
        return self.kind == "opus" and not any(map(self.is_code, self.source))

    def is_code(self, token: str) -> bool:
        """Whether a token is a language code."""
        return codes.KINDS[self.kind].fullmatch(token) is not None

    def code(self, locale: str, wanted: str, side: str) -> str:
        """The language code of a locale.

        Args:
            locale: the locale.
            wanted: the code that the configuration names; empty for our own guess.
            side: `source` or `target`.

        Raises:
            EngineError: the model has no such code.
        """
        vocabulary = self.target if side == "target" and self._prefixed else self.source
        candidates = [wanted] if wanted else codes.candidates(self.kind, locale)
        for code in candidates:
            if code in vocabulary and self.is_code(code):
                return code
        known = sorted(filter(self.is_code, vocabulary))
        some = ", ".join(known[:8]) + (f" and {len(known) - 8} more" if len(known) > 8 else "")
        what = f"“{candidates[0]}”" if candidates else "a code"
        raise EngineError(
            f"this model does not know {what} for {locale}; it knows {some or 'no code at all'}; "
            f"choose another model, or write its code as {side}_code",
            path=self.shown,
        )

    @property
    def _prefixed(self) -> bool:
        return self.kind in ("nllb", "m2m100")

    def fingerprint(self, parameters: object) -> str:
        """What answers depend on: the files and the parameters.

        A model of gigabytes is sampled; two models differ all over.

        Raises:
            EngineError: a file cannot be read.
        """
        digest = blake2b(repr((self.kind, parameters)).encode("utf-8"), digest_size=8)
        for path in (self.folder / "model.bin", self.source_pieces, self.target_pieces):
            try:
                for part in _samples(path):
                    digest.update(part)
            except OSError as error:
                raise _unreadable(error, f"{self.shown}/{path.name}") from error
        return f"{self.kind}-{digest.hexdigest()}"


def read(folder: Path, shown: str, kind: str | None) -> Model:
    """Read the small files of a model.

    Args:
        folder: where it is.
        shown: what to call it in messages.
        kind: one of codes.KINDS; None to guess it from the vocabulary.

    Raises:
        EngineError: a file is missing or broken.
    """
    if not folder.is_dir():
        raise EngineError("there is no such folder; download a model into it", path=shown)
    if not (folder / "model.bin").is_file():
        raise EngineError(
            "there is no model.bin here: this is no CTranslate2 model; convert it "
            "(ct2-opus-mt-converter, ct2-transformers-converter), or download a converted one",
            path=shown,
        )
    source = _vocabulary(folder, shown, "source")
    target = _vocabulary(folder, shown, "target")
    settings = _settings(folder, shown)
    end = str(settings.get("eos_token", "</s>"))
    return Model(
        folder=folder,
        shown=shown,
        kind=kind or _guess(source | target),
        source=source,
        target=target,
        source_pieces=_pieces(folder, shown, "source"),
        target_pieces=_pieces(folder, shown, "target"),
        end=end,
        suffix=() if settings.get("add_source_eos") else (end,),
    )


def _guess(vocabulary: Iterable[str]) -> str:
    """The kind whose codes are there; OPUS-MT for one language has none."""
    for kind, pattern in codes.KINDS.items():
        if any(map(pattern.fullmatch, vocabulary)):
            return kind
    return "opus"


def _vocabulary(folder: Path, shown: str, side: str) -> frozenset[str]:
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        for file in (folder / f"{name}.json", folder / f"{name}.txt"):
            if not file.is_file():
                continue
            text = _text(file, shown)
            if file.suffix == ".txt":
                return frozenset(text.split("\n"))
            tokens = _json(text, f"{shown}/{file.name}")
            if isinstance(tokens, list) and all(isinstance(token, str) for token in tokens):
                return frozenset(tokens)
            raise _broken(f"{shown}/{file.name}")
    raise EngineError(
        "there is no shared_vocabulary.json (nor source_ and target_vocabulary.json) here; "
        "download the whole model",
        path=shown,
    )


def _settings(folder: Path, shown: str) -> dict[str, Any]:
    file = folder / "config.json"
    if not file.is_file():
        return {}
    settings = _json(_text(file, shown), f"{shown}/{file.name}")
    if not isinstance(settings, dict):
        raise _broken(f"{shown}/{file.name}")
    return settings


def _pieces(folder: Path, shown: str, side: str) -> Path:
    for name in (f"{side}.spm", *_PIECES):
        if (folder / name).is_file():
            return folder / name
    others = [*folder.glob("*.model"), *folder.glob("*.spm")]
    if len(others) == 1:
        return others[0]
    raise EngineError(
        "there is no SentencePiece model here (source.spm and target.spm, or "
        "sentencepiece.bpe.model); put the one of the original model beside model.bin",
        path=shown,
    )


def _text(file: Path, shown: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise _unreadable(error, f"{shown}/{file.name}") from error
    except UnicodeDecodeError as error:
        raise _broken(f"{shown}/{file.name}") from error


def _samples(path: Path) -> Iterator[bytes]:
    """The size of a file, and pieces of it from beginning to end."""
    size = path.stat().st_size
    yield f"{path.name} {size}".encode()
    with path.open("rb") as file:
        for start in range(0, size, max(_SAMPLE, size // _SAMPLES)):
            file.seek(start)
            yield file.read(_SAMPLE)


def _json(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(path) from error


def _unreadable(error: OSError, path: str) -> EngineError:
    return EngineError(f"cannot read it: {error.strerror or type(error).__name__}", path=path)


def _broken(path: str) -> EngineError:
    return EngineError("this file is broken; download the model again", path=path)
