"""Edition to EPUB 3.3: one file with everything in it, the same bytes for the same inputs.

What a specification wants where: EPUB 3.3 (W3C Recommendation, 2023-05-25), EPUB
Accessibility 1.1, EPUB Structural Semantics Vocabulary 1.1, DPUB-ARIA 1.1.
"""

import io
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup, escape

from workflow.editions import cover, html, pages, softening, wording, xhtml
from workflow.editions.images import Picture
from workflow.editions.labels import Labels
from workflow.model import Edition

# Characters after which the next heading begins a file: old e-readers refuse 300 kB.
_CHAPTER: Final = 50_000
_DEFLATED: Final = re.compile(r"\.(?:xhtml|opf|xml|css|svg|ttf|txt)\Z")
_TYPES: Final = {
    ".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml",
    ".ttf": "font/ttf", ".txt": "text/plain", ".xhtml": "application/xhtml+xml",
}  # fmt: skip
_COVER: Final = "cover.png"
_COVER_FONTS: Final = ("Source-Sans-3-600-normal.ttf", "Source-Sans-3-400-normal.ttf")
_VARIABLE: Final = re.compile(r"var\((--[\w-]+)\)")
_DEFINITION: Final = re.compile(r"(--[\w-]+): ([^;]+);")
_ROOT: Final = re.compile(r":root \{[^}]*\}\n?")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    text: str
    href: str


def book(
    edition: Edition,
    pictures: Mapping[str, Picture],
    *,
    font_rules: str,
    font_files: Mapping[str, bytes],
    publisher: str,
) -> bytes:
    """An edition as an EPUB.

    Args:
        edition: what to show.
        pictures: its images, by the address that the article has.
        font_rules: `@font-face` rules that load from `fonts/`.
        font_files: by name what lies in `fonts/`: the fonts, and their licences.
        publisher: for articles that name none.
    """
    names = {
        address: f"images/{number:03}{picture.suffix}"
        for number, (address, picture) in enumerate(pictures.items(), start=1)
    }
    shown = {
        address: html.Shown(name, pictures[address].width, pictures[address].height)
        for address, name in names.items()
    }
    context = pages.context(edition, shown, publisher, softening.IN_PRINT)
    article = xhtml.parse(context["article"])
    _mark_notes(article)
    chapters = _chapters(article)
    headings = list(_headings(chapters, context["title_text"]))
    context |= _description(edition, context, article) | {"headings": _nested(headings)}
    files = {
        "style.css": _style(font_rules).encode("utf-8"),
        **{f"fonts/{name}": data for name, data in font_files.items()},
        **{names[address]: picture.data for address, picture in pictures.items()},
        **_cover(context, font_files),
        "cover.xhtml": _page("epub/cover.xhtml", context),
        "nav.xhtml": _page("epub/nav.xhtml", context),
    }
    for name, chapter in chapters.items():
        body = Markup(xhtml.write(chapter))  # noqa: S704  (our own tree)
        files[name] = _page("epub/chapter.xhtml", context | {"body": body})
    package = _page("epub/package.opf", context | _manifest(files, chapters))
    return _packed({"package.opf": package, **files}, context)


def _cover(context: Mapping[str, Any], font_files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The picture that libraries show, unless our fonts lack a letter of it."""
    language = [context["language_name"], escape(context["dateline"] or "").striptags()]
    words = cover.Words(
        publisher=context["publisher"],
        title=context["title_text"],
        author=context["author"] or "",
        facts=(" · ".join(filter(None, language)), context["headline"]),
    )
    bold, plain = (font_files[name] for name in _COVER_FONTS)
    picture = cover.draw(words, bold=bold, plain=plain, colours=_values("base"))
    return {_COVER: picture} if picture else {}


def _mark_notes(article: Element) -> None:
    """Tell reading systems which links lead to footnotes, which they show beside the text."""
    for reference in xhtml.with_class(article, "footnote-ref"):
        for link in reference.iter("a"):
            link.attrib |= {"epub:type": "noteref", "role": "doc-noteref"}
    for section in xhtml.with_class(article, "footnotes"):
        section.set("epub:type", "footnotes")
    for item in xhtml.with_class(article, "footnote-item"):
        # ARIA allows the role on no item of a list, so what the item holds has it.
        note = Element("div", {"epub:type": "footnote", "role": "doc-footnote"})
        note.set("id", item.attrib.pop("id", ""))
        note.text, item.text = item.text, None
        note.extend(list(item))
        for child in list(item):
            item.remove(child)
        item.append(note)
    for link in xhtml.with_class(article, "footnote-backref"):
        link.set("role", "doc-backlink")
    for colophon in xhtml.with_class(article, "colophon"):
        colophon.set("epub:type", "colophon")


def _chapters(body: Element) -> dict[str, Element]:
    """The text as files, by name: one, or several that begin with headings of level 2."""
    article = body[0]
    text = next(xhtml.with_class(article, "body"))
    parts: list[list[Element]] = [[]]
    size = 0
    for child in text:
        if child.tag == "h2" and size > _CHAPTER:
            parts.append([])
            size = 0
        parts[-1].append(child)
        size += sum(map(len, child.itertext()))
    if len(parts) == 1:
        return {"text.xhtml": article}
    files = {f"text-{number:03}.xhtml": part for number, part in enumerate(parts, start=1)}
    made = {name: _chapter(article, text, part) for name, part in files.items()}
    _begin_and_end(article, text, list(made.values()))
    _lead_across(made)
    return made


def _chapter(article: Element, text: Element, part: Sequence[Element]) -> Element:
    chapter = Element(article.tag, dict(article.attrib))
    chapter.text = article.text
    body = SubElement(chapter, text.tag, dict(text.attrib))
    body.text = "\n"
    body.extend(part)
    return chapter


def _begin_and_end(article: Element, text: Element, chapters: Sequence[Element]) -> None:
    """What stands above the text goes into the first chapter, what stands below into the last."""
    place = list(article).index(text)
    for index, child in enumerate(list(article)[:place]):
        chapters[0].insert(index, child)
    chapters[-1].extend(list(article)[place + 1 :])


def _lead_across(chapters: Mapping[str, Element]) -> None:
    """Links to another place of the text name the file that it is in now."""
    homes = {
        element.attrib["id"]: name
        for name, chapter in chapters.items()
        for element in chapter.iter()
        if "id" in element.attrib
    }
    for name, chapter in chapters.items():
        for link in chapter.iter("a"):
            target = link.get("href", "")
            if target.startswith("#") and homes[target[1:]] != name:
                link.set("href", homes[target[1:]] + target)


def _headings(chapters: Mapping[str, Element], title: str) -> Iterator[Heading]:
    yield Heading(1, title, next(iter(chapters)))
    for name, chapter in chapters.items():
        for element in chapter.iter():
            heading = re.fullmatch(r"h([2-6])", element.tag)
            if heading and "id" in element.attrib and xhtml.words(element):
                place = f"{name}#{element.attrib['id']}"
                yield Heading(int(heading[1]), xhtml.words(element), place)


def _nested(headings: Sequence[Heading]) -> list[dict[str, Any]]:
    """Headings as a tree: those of a deeper level are under the one before them."""
    top: list[dict[str, Any]] = []
    open_levels: list[tuple[int, list[dict[str, Any]]]] = [(0, top)]
    for heading in headings:
        level = max(heading.level, 2)  # the title is the first among the headings
        while open_levels[-1][0] >= level:
            open_levels.pop()
        entry: dict[str, Any] = {"text": heading.text, "href": heading.href, "under": []}
        open_levels[-1][1].append(entry)
        open_levels.append((level, entry["under"]))
    return top


def _description(edition: Edition, context: Mapping[str, Any], article: Element) -> dict[str, Any]:
    """What the package says of the book."""
    metadata = edition.article.metadata
    images = [image.get("alt", "").strip() for image in article.iter("img")]
    original = _identifier(context["publisher"], edition.article.name, metadata.locale)
    day = metadata.date
    return {
        "identifier": _identifier(context["publisher"], edition.article.name, edition.locale),
        # Where it is published, else the book that it is a translation of.
        "source_of": metadata.original or (None if edition.original else original),
        "lead_text": html.front_text(edition, "lead"),
        "date": day,
        "modified": day.isoformat() if day else "1980-01-01",
        "language_name": wording.native_name(edition.locale),
        "seen": bool(images),
        "described": bool(images) and all(images),
        "summary": _summary(edition.locale, images),
    }


def _summary(locale: str, images: Sequence[str]) -> str:
    labels = Labels(locale)
    told = [labels("A text with headings and a table of contents, in reading order.")]
    if images and all(images):
        told.append(labels("All images are described."))
    elif images:
        told.append(labels("Some images are not described."))
    return " ".join(told)


def _identifier(publisher: str, article: str, locale: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{publisher}/{article}/{locale}')}"


def _manifest(files: Mapping[str, bytes], chapters: Mapping[str, Element]) -> dict[str, Any]:
    items = [
        {
            "id": re.sub(r"[^\w-]", "-", name),
            "href": name,
            "type": _TYPES[name[name.rindex(".") :]],
            "properties": {"nav.xhtml": "nav", _COVER: "cover-image"}.get(name, ""),
        }
        for name in sorted(files)
    ]
    spine = [re.sub(r"[^\w-]", "-", name) for name in ("cover.xhtml", *chapters)]
    return {"items": items, "spine": spine, "cover": _COVER in files}


def _page(template: str, context: Mapping[str, Any]) -> bytes:
    return xhtml.clean(pages.render(template, context)).encode("utf-8")


def _style(font_rules: str) -> str:
    """The style sheets, with their variables put in: many e-readers know none."""
    values = _values("base", "epub")
    text = _ROOT.sub("", pages.stylesheet("base", "epub"))
    return f"{font_rules}\n{_VARIABLE.sub(lambda found: values[found[1]], text)}"


def _values(*names: str) -> dict[str, str]:
    """The variables of style sheets; a later sheet overrules those before it."""
    return dict(_DEFINITION.findall("".join(_ROOT.findall(pages.stylesheet(*names)))))


def _packed(files: Mapping[str, bytes], context: Mapping[str, Any]) -> bytes:
    container = _page("epub/container.xml", context)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(_entry("mimetype"), b"application/epub+zip")
        archive.writestr(_entry("META-INF/container.xml"), container)
        for name, data in sorted(files.items()):
            archive.writestr(_entry(f"EPUB/{name}"), data)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive, with the oldest date there is and no owner."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    deflated = _DEFLATED.search(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    return entry
