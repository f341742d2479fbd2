"""One answer to several texts: what a service says that does not translate at all.

A refusal in words that nobody foresaw, or one letter for whatever it is asked, looks like a
draft as long as each text is judged by itself.
"""

from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from workflow.texts.words import plain, spoken

LONG: Final = 20
"""Signs of a text from which on its translation is its own; “Ja.” and “Jawohl.” share one."""
_UNLIKE: Final = 60.0
"""Texts less alike than this (rapidfuzz, in per cent) have no translation in common. Among
3,160 pairs of sentences of one article the middle is 38, and one in twenty is over 46; two ways
of saying one thing are about 70 to 80."""
NOISE: Final = 3  # texts: two may have met by chance, and a person looks at them


@dataclass(frozen=True, slots=True)
class Echo:
    """The other texts that were given the same answer."""

    msgids: tuple[str, ...] = ()
    noise: bool = False
    """Whether they are so many that the answer is none."""


@dataclass(slots=True)
class _Heard:
    long: list[str] = field(default_factory=list)
    """No two of them alike."""
    short: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Echoes:
    """What was said to which texts."""

    _heard: dict[str, _Heard] = field(default_factory=dict)

    def hear(self, msgid: str, msgstr: str) -> Echo:
        """Note an answer, and find the texts unlike this one that were given the same.

        Args:
            msgid: the segment.
            msgstr: its translation; numbers, signs and case in it make no difference.
        """
        source = plain(msgid).casefold()
        heard = self._heard.setdefault(" ".join(spoken(msgstr)), _Heard())
        if len(source) < LONG:
            noise = len(heard.long) >= NOISE
            heard.short.append(msgid)
            return Echo(tuple(heard.long), noise) if noise else Echo()
        unlike = [text for text in heard.long if _differ(plain(text).casefold(), source)]
        if len(unlike) == len(heard.long) < NOISE:
            heard.long.append(msgid)
        if len(unlike) + 1 < NOISE:
            return Echo(tuple(unlike))
        return Echo((*unlike, *heard.short), noise=True)


def _differ(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) < _UNLIKE
