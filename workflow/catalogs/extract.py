"""Article to template."""

from typing import Final

from workflow.catalogs import header
from workflow.model import Article, Block, Catalog, Entry, Segment
from workflow.reading import dialect

_ASIDES: Final = {
    "alt": "what an image shows, for those who cannot see it",
    "link title": "shown when the pointer rests on a link or an image",
}


def extract(article: Article, previous: Catalog | None, *, now: str, contact: str = "") -> Catalog:
    """Make the template of an article.

    Args:
        article: with its segments.
        previous: the template as it was; while its entries are the same, its date stays.
        now: the time to write otherwise, as gettext writes it.
        contact: where translators report an error in the source.

    Returns:
        A template with one entry for each different segment, in document order.
    """
    entries: dict[tuple[str | None, str], Entry] = {}
    for block in article.blocks:
        for number, segment in enumerate((*block.segments, *block.asides), start=1):
            key = (segment.msgctxt, segment.msgid)
            note = comment(block, segment, number)
            known = entries.get(key)
            notes = (*known.extracted, note) if known else (note,)
            entries[key] = Entry(
                msgid=segment.msgid,
                msgctxt=segment.msgctxt,
                references=(article.path,),
                extracted=tuple(dict.fromkeys(notes)),
            )
    created = now
    if previous and [entry.key for entry in previous.live] == list(entries):
        created = previous.field("POT-Creation-Date") or now
    fields = header.template_header(
        article.name,
        created=created,
        contact=contact,
        source=article.metadata.locale,
        segmenter=article.segmenter,
    )
    title = dialect.plain(article.metadata.title)
    return Catalog(fields, tuple(entries.values()), header.comments(title, None))


def comment(block: Block, segment: Segment, number: int) -> str:
    """What a translator is told about a segment, such as `sentence 2 of 4 · under “Preise”`.

    It does not count blocks: an inserted paragraph would rewrite all that follow.
    """
    sentences = [part for part in block.segments if part.msgctxt != "label"]
    parts = [] if block.role == "paragraph" else [block.role]
    if segment.msgctxt in _ASIDES:
        parts = [_ASIDES[segment.msgctxt]]
    elif segment.msgctxt == "label":
        parts.append("label")
    elif len(sentences) > 1:
        place = number - (len(block.segments) - len(sentences))
        parts.append(f"sentence {place} of {len(sentences)}")
    elif not parts:
        parts.append("paragraph")
    if block.under:
        parts.append(f"under “{block.under}”")
    return " · ".join(parts)
