"""Names for files and anchors, made of words."""

import re
import unicodedata
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug(text: str, default: str) -> str:
    """Lower case, no spaces, no marks; umlauts as German spells them out.

    Args:
        text: a title or a file's name.
        default: the name where nothing is left of the text.
    """
    bare = "".join(map(_bare, text.lower().translate(_UMLAUTS)))
    return re.sub(r"[^\w]+", "-", bare).strip("-_") or default


def _bare(letter: str) -> str:
    """A Latin letter without its marks; й and ё are letters of their own."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else letter
