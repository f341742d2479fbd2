"""The header of templates and catalogs."""

from collections.abc import Mapping
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from workflow.locales import to_gettext

Header = tuple[tuple[str, str], ...]

# What a template says where a catalog has a date: gettext's own placeholder.
NO_DATE: Final = "YEAR-MO-DA HO:MI+ZONE"
_LICENCE: Final = "This file is distributed under the same licence as the source text."


def language_name(locale: str) -> str:
    """The English name of a locale's language; the tag itself if Babel does not know it."""
    language, *rest = locale.split("-")
    english = Locale("en")
    if language not in english.languages:
        return locale
    # Not by Locale.parse: it takes kk-Latn, which it does not know, for kk-Cyrl.
    known = {**english.scripts, **english.territories}
    details = ", ".join(known.get(part, part) for part in rest)
    return str(english.languages[language]) + (f" ({details})" if details else "")


def plural_forms(locale: str) -> str:
    """The Plural-Forms field of a locale, from Babel's data."""
    try:
        return str(get_plural(to_gettext(locale).split("@")[0]).plural_forms)
    except (UnknownLocaleError, ValueError):
        return "nplurals=2; plural=(n != 1);"


def template_header(
    name: str, *, created: str, contact: str, source: str, segmenter: str
) -> Header:
    """The header of a template.

    Args:
        name: the article's name.
        created: when the source text last changed.
        contact: where translators report an error in the source, an address or a link.
        source: the article's locale.
        segmenter: the sentence rules, such as `de/1`.
    """
    return (
        ("Project-Id-Version", name),
        ("Report-Msgid-Bugs-To", contact),
        ("POT-Creation-Date", created),
        ("PO-Revision-Date", NO_DATE),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source-Language", source),
        ("X-Segmenter", segmenter),
    )


def catalog_header(template: Header, locale: str, existing: Header) -> Header:
    """The header of a catalog: what the template decides, then what the catalog has.

    Fields that people or their tools put there (`Last-Translator`, `X-Generator`, …) stay.
    """
    asked, had = dict(template), dict(existing)
    decided = {
        "Project-Id-Version": asked["Project-Id-Version"],
        "Report-Msgid-Bugs-To": asked["Report-Msgid-Bugs-To"],
        "POT-Creation-Date": asked["POT-Creation-Date"],
        "PO-Revision-Date": _or(had, "PO-Revision-Date", asked["POT-Creation-Date"]),
        "Last-Translator": had.get("Last-Translator", ""),
        "Language-Team": _or(had, "Language-Team", language_name(locale)),
        "Language": to_gettext(locale),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _or(had, "Plural-Forms", plural_forms(locale)),
        "X-Source-Language": asked["X-Source-Language"],
        "X-Segmenter": asked["X-Segmenter"],
    }
    foreign = tuple(item for item in existing if item[0] not in decided)
    return (*decided.items(), *foreign)


def comments(title: str, locale: str | None) -> tuple[str, ...]:
    """The comment lines above the header."""
    what = f"{language_name(locale)} translation" if locale else "Template"
    return (f"{what} of “{title}”.", _LICENCE)


def replaced(header: Header, name: str, value: str) -> Header:
    """The header with one field changed."""
    return tuple((key, value if key == name else old) for key, old in header)


def _or(fields: Mapping[str, str], name: str, default: str) -> str:
    value = fields.get(name, "")
    return value if value and value != NO_DATE else default
