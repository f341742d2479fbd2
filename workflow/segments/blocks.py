"""Blocks to segments."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from workflow.model import Article, Block, Segment
from workflow.segments import inline, rules
from workflow.segments.split import spans

# Roles that msgctxt names, and whose text is one segment: "Forderungen" as a heading and
# "Forderungen" as a sentence may need different words.
_NAMED: Final = frozenset({"title", "heading", "place"})


def segment(article: Article) -> Article:
    """Cut the blocks of an article into segments, by the rules of its language."""
    language = rules.load(article.metadata.locale)
    blocks = (segment_block(block, language, article.environment) for block in article.blocks)
    return replace(article, blocks=tuple(blocks), segmenter=language.label)


def segment_block(block: Block, language: rules.Rules, environment: Mapping[str, Any]) -> Block:
    """Cut one block.

    Args:
        block: with its content, and no segments yet.
        language: the sentence rules.
        environment: definitions of link references and footnotes.
    """
    asides = inline.asides(block.content, environment)
    if inline.wordless(block.content, environment):
        return replace(block, asides=asides)
    opening, text, closing = inline.unwrap(block.content, environment)
    parts = []
    label = inline.label(text)
    if label is not None:
        parts.append(label)
        text = text[len(label.opening + label.source + label.closing + label.joiner) :]
    named = block.role in _NAMED
    cuts = [] if named or block.whole else list(spans(inline.mask(text), language))
    cuts = inline.sound_cuts(text, cuts, environment)
    context = f"{block.role} #{block.name}" if block.name else block.role
    parts += _sentences(text, cuts, context if named else None)
    return replace(block, segments=tuple(parts), opening=opening, closing=closing, asides=asides)


def _sentences(text: str, cuts: list[tuple[int, int]], msgctxt: str | None) -> list[Segment]:
    segments = []
    start = 0
    for gap_start, gap_end in [*cuts, (len(text), len(text))]:
        source = text[start:gap_start]
        if source.strip():
            joiner = text[gap_start:gap_end]
            segments.append(Segment(inline.normalise(source), source, msgctxt, joiner))
        start = gap_end
    return segments
