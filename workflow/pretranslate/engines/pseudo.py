"""Pseudolocalisation: a text that nobody can read, and that shows what a layout does.

Letters become accented ones, or those of the locale's own script; words grow as translations
do; ⟦ and ⟧ stand around each segment, so that one that was cut off is seen. Digits, masks
and punctuation stay. The same text always gives the same answer, and nothing is sent.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

from workflow.locales import language
from workflow.pretranslate.engines.codes import script
from workflow.pretranslate.engines.protocol import Capabilities, Draft, Query, Refusal, Setting

# Translations of German and English texts of a sentence or more grow by up to some 30 %.
_EXPANSION: Final = 0.3
_LARGEST: Final = 2.0  # judge.rejected takes a text of more than four times the length for noise
_ENTITY: Final = re.compile(r"(&#?\w+;)")
_VOWELS: Final = frozenset("aeiouy")


def _table(plain: str, other: str) -> dict[str, str]:
    return dict(zip(plain, other, strict=True))


_LATIN: Final = _table("abcdefghijklmnopqrstuwyzäöü", "ábçđëfğħïĵķłmñôpqřšťŭŵýžåøů")
_CYRILLIC: Final = _table("abcdefghijklmnopqrstuvwxyzäöüß", "абцдефгхийклмнопкрстуввхызэёюш")
# With all the letters that Russian does not have: fonts, and the judge, look for them.
_KAZAKH: Final = _CYRILLIC | _table("aghiknouäöü", "әғһіқңөұәөү")


class Pseudo:
    """Pseudolocalisation as an engine."""

    name = "pseudo"
    capabilities = Capabilities(keep=False)

    def __init__(self, setting: Setting):
        """Choose the letters.

        Raises:
            ConfigError: an option is wrong.
        """
        setting.only(self.name, "expansion")
        self._today = setting.today
        self._expansion = setting.option(self.name, "expansion", _share, _EXPANSION)
        self._letters = _LATIN
        if script(setting.target) == "Cyrl":
            self._letters = _KAZAKH if language(setting.target) == "kk" else _CYRILLIC

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Disguise each text."""
        for query in queries:
            yield Draft(f"⟦{self._disguised(query.text.strip())}⟧", self.name, self._today)

    def _disguised(self, text: str) -> str:
        result = []
        owed = 0.0  # letters still to be added
        for part in _ENTITY.split(unicodedata.normalize("NFC", text)):
            if _ENTITY.fullmatch(part):
                result.append(part)
                continue
            for character in part:
                owed += self._expansion * character.isalpha()
                result.append(self._letter(character))
                if _base(character) in _VOWELS:
                    result.append(self._letter(character.lower()) * int(owed))
                    owed %= 1
        return "".join(result)

    def _letter(self, character: str) -> str:
        small = character.lower()
        letter = self._letters.get(small) or self._letters.get(_base(small), small)
        return letter.upper() if character != small else letter


def make(setting: Setting) -> Pseudo:
    """The factory."""
    return Pseudo(setting)


def _base(character: str) -> str:
    """Of É: e."""
    return unicodedata.normalize("NFD", character.lower())[0]


def _share(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise ValueError(f"must be a number from 0 to {_LARGEST:g}, such as 0.3 for 30 %")
    return float(value)
