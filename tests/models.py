"""Tiny models that CTranslate2 loads like any other."""

from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec

WIDTH = 32


def build(
    folder: Path, pieces: bytes, special: tuple[str, ...], *, seed: int = 7, end: float = 4
) -> Path:
    """A Transformer of one layer with random weights, inclined to end its sentences."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    vocabulary = [processor.id_to_piece(number) for number in range(len(processor))]
    vocabulary += special
    random = np.random.default_rng(seed)

    def weights(*shape: int) -> Any:
        return random.normal(0, 0.35, shape).astype(np.float32)

    def linear(spec: Any, outputs: int, inputs: int = WIDTH) -> None:
        spec.weight, spec.bias = weights(outputs, inputs), weights(outputs)

    def norm(spec: Any) -> None:
        spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    spec = TransformerSpec.from_config(1, 2)
    for side in (spec.encoder, spec.decoder):
        (layer,) = side.layer
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights(len(vocabulary), WIDTH)
        side.position_encodings.encodings = weights(512, WIDTH)
        linear(layer.self_attention.linear[0], 3 * WIDTH)
        linear(layer.self_attention.linear[1], WIDTH)
        linear(layer.ffn.linear_0, 4 * WIDTH)
        linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
        for each in (side, layer.self_attention, layer.ffn):
            norm(each.layer_norm)
    attention = spec.decoder.layer[0].attention
    for part, size in zip(attention.linear, (WIDTH, 2 * WIDTH, WIDTH), strict=True):
        linear(part, size)
    norm(attention.layer_norm)
    linear(spec.decoder.projection, len(vocabulary))
    spec.decoder.projection.bias[vocabulary.index("</s>")] = end
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))
    (folder / "sentencepiece.bpe.model").write_bytes(pieces)
    return folder
