"""Locale names. Inside Auflage a locale is a BCP 47 tag; folders and addresses differ."""

import re
from collections.abc import Sequence
from typing import Final

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?\Z")

# GNU gettext manual, section 2.3.1: scripts are modifiers of a locale name.
_MODIFIERS: Final = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic"}


def is_tag(text: str) -> bool:
    """Whether a text is a language tag as Auflage writes them: language, script, region."""
    return _TAG.match(text) is not None


def language(locale: str) -> str:
    """The language subtag: `de` of `de-AT`."""
    return locale.split("-")[0].lower()


def truncations(locale: str) -> tuple[str, ...]:
    """A tag and what is left of it from the right (RFC 4647, 3.4): `pt-BR`, `pt`."""
    parts = locale.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def to_gettext(locale: str) -> str:
    """A locale as gettext writes it: `pt-BR` becomes `pt_BR`, `kk-Cyrl` `kk@cyrillic`."""
    parts = locale.split("-")
    script = next((part.title() for part in parts[1:] if len(part) == 4), None)
    region = next((part.upper() for part in parts[1:] if len(part) in (2, 3)), None)
    modifier = _MODIFIERS.get(script, script.lower()) if script else None
    return (
        language(locale) + (f"_{region}" if region else "") + (f"@{modifier}" if modifier else "")
    )


def folder(locale: str, locales: Sequence[str]) -> str:
    """The folder of a locale's editions: the language alone, unless two locales share it."""
    shared = sum(language(other) == language(locale) for other in set(locales) | {locale})
    return language(locale) if shared == 1 else locale
