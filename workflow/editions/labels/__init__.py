"""What an edition says besides its article, as gettext catalogs, one per language.

A language without a catalog here gets the English labels, which are the msgids.
"""

from functools import cache
from importlib import resources

from workflow.catalogs import po
from workflow.locales import language, to_gettext


class Labels:
    """The labels of one locale."""

    def __init__(self, locale: str):
        """Load the labels of a locale, or of its language."""
        self.locale = locale
        self._texts = _load(to_gettext(locale)) or _load(language(locale))

    @property
    def own(self) -> bool:
        """Whether the labels are in this language, and not in English for want of it."""
        return bool(self._texts) or language(self.locale) == "en"

    def __call__(self, msgid: str, **values: str) -> str:
        """A label in this language, with its placeholders filled."""
        return (self._texts.get(msgid) or msgid).format(**values)


@cache
def _load(name: str) -> dict[str, str]:
    file = resources.files(__name__) / f"{name}.po"
    if not file.is_file():
        return {}
    catalog = po.parse(file.read_text(encoding="utf-8"), file.name)
    return {entry.msgid: entry.msgstr for entry in catalog.live if not entry.fuzzy}
