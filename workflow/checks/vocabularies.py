"""Words by which languages are told from each other, and how words are found in a text."""

import re
from string import ascii_letters
from typing import Final

LATIN_WORD: Final = re.compile(r"(?<![\w-])[A-Za-zÀ-ɏ]+(?:[-’'][A-Za-zÀ-ɏ]+)*(?![\w])")
ASCII: Final = frozenset(ascii_letters)
QUOTED: Final = re.compile(r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|\([^()]*\)|\"[^\"]*\"")
# Words that a language has often, and its neighbours never.
FREQUENT: Final = {
    "de": frozenset(
        "der das und ist nicht mit von für auf sich ein eine einen einem dem den des im zu zum zur "
        "wird wurde wurden sind auch aus bei nach wie über oder aber wenn dass weil durch sie wir "
        "er es ich haben hatte werden kein keine noch nur schon sehr gegen unter vor als um".split()
    ),
    "en": frozenset(
        "the of and to is are was were that this with for from by not have has had they their it "
        "its be been which who will would on at as or but".split()
    ),
    "ru": frozenset(
        "и в на что с по это как из для от были был была было который которые которая его ее их "
        "они мы вы он она но или если за к у о об до при чтобы также уже только еще после".split()
    ),
    "kk": frozenset(
        "және бұл үшін мен бен пен осы сол туралы кейін деп болып бар жоқ еді екен бойынша арқылы "
        "қарсы өз оның олар ғана тағы сондай".split()
    ),
}  # fmt: skip
LOANS: Final = frozenset("online offline live web app apps via per plus status de facto".split())


def stands_in(word: str, text: str) -> bool:
    """Whether a text has a word, and not only within a longer one."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
