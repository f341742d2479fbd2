"""Article to template."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from workflow.catalogs import header, own, writing
from workflow.model import Article, Block, Catalog, Entry, Segment
from workflow.reading import dialect

_CREATED: Final = re.compile(r'^"POT-Creation-Date: (.*?)\\n"$', re.MULTILINE)
_STRINGS: Final = re.compile(r'^(?:msg|").*', re.MULTILINE)
_ASIDES: Final = {
    "alt": "what an image shows, for those who cannot see it",
    "link title": "shown when the pointer rests on a link or an image",
}
_PLACE: Final = re.compile(r"(?P<before>.*?)\bsentence (?P<place>\d+) of (?P<after>\d+.*)", re.S)


def extract(article: Article, *, now: str, contact: str = "") -> Catalog:
    """Make the template of an article.

    Args:
        article: with its segments.
        now: the time to write, as gettext writes it.
        contact: where translators report an error in the source.

    Returns:
        A template with one entry for each different segment, in document order.
    """
    entries: dict[tuple[str | None, str], Entry] = {}
    references = (article.path,)
    for block in article.blocks:
        for segment, note in _notes(block):
            key = (segment.msgctxt, segment.msgid)
            known = entries.get(key)
            entries[key] = Entry(
                msgid=segment.msgid,
                msgctxt=segment.msgctxt,
                references=references,
                extracted=tuple(dict.fromkeys((*known.extracted, note))) if known else (note,),
            )
    fields = header.template_header(
        article.name,
        created=now,
        contact=contact,
        source=article.metadata.locale,
        segmenter=article.segmenter,
    )
    title = dialect.plain(article.metadata.title)
    return Catalog(fields, tuple(entries.values()), header.comments(title, None))


def dated(template: Catalog, previous: str) -> tuple[Catalog, str]:
    """A template and its text, with the date of the previous text while the msgids are its own.

    The previous text is not read as a catalog: nobody works in a template, so nothing in it
    can be lost, and one that git left with conflicts in it is made anew.
    """
    text = writing.serialise(template)
    found = _CREATED.search(previous)
    if found is None or _strings(text) != _strings(previous):
        return template, text
    fields = header.replaced(template.header, "POT-Creation-Date", found[1])
    return replace(template, header=fields), _CREATED.sub(lambda _: found[0], text, count=1)


def _strings(text: str) -> list[str]:
    """The lines of the article's entries that hold their msgctxt and msgid."""
    theirs = text.rfind(f'\nmsgctxt "{own.CREDIT.msgctxt}"\n')  # the last ones
    return _STRINGS.findall(text, text.find("\n\n"), theirs if theirs > 0 else len(text))


def _notes(block: Block) -> Iterator[tuple[Segment, str]]:
    """A block's segments, and what a translator is told about each of them.

    Such as `sentence 2 of 4 · under “Preise”`. It does not count blocks: an inserted
    paragraph would rewrite all that follow.
    """
    role = "" if block.role == "paragraph" else f"{block.role} · "
    under = f" · under “{block.under}”" if block.under else ""
    sentences = sum(segment.msgctxt != "label" for segment in block.segments)
    place = 0
    for segment in block.segments:
        if segment.msgctxt == "label":
            yield segment, f"{role}label{under}"
        elif sentences > 1:
            place += 1
            yield segment, f"{role}sentence {place} of {sentences}{under}"
        else:
            yield segment, f"{block.role}{under}"
    for segment in block.asides:
        yield segment, f"{_ASIDES[segment.msgctxt or '']}{under}"


def together(entry: Entry, following: Entry) -> bool:
    """Whether two entries, one behind the other, may be of the same block.

    False only where their comments say that they are not (see `_notes`).
    """
    if not (entry.extracted and following.extracted) or entry.msgctxt == "label":
        return True
    ends = {(before, place + 1, after) for before, place, after in _places(entry)}
    return not ends.isdisjoint(_places(following))


def _places(entry: Entry) -> Iterator[tuple[str, int, str]]:
    for note in entry.extracted:
        found = _PLACE.fullmatch(note)
        if found:
            yield found["before"], int(found["place"]), found["after"]
