"""What a publisher decides about the look of its texts, where a language leaves the choice."""

from dataclasses import dataclass
from typing import Final

from workflow.locales import language

ENGLISH: Final = ("british", "american")
KAZAKH_NESTED: Final = ("“”", "„“", "«»")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The choices of `[tool.auflage.typography]`."""

    en: str = "british"
    """How `en` is set, one of `ENGLISH`; `en-GB` and `en-US` say so themselves."""
    kk_nested_quotes: str = "“”"
    """Quotes within quotes in Kazakh, one of `KAZAKH_NESTED`: its authorities differ."""
    off: tuple[str, ...] = ()
    """Locales, or whole languages, that are printed as they were written."""

    def leaves(self, locale: str) -> bool:
        """Whether texts of a locale are left as they were written."""
        return locale in self.off or language(locale) in self.off
