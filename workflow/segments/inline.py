"""Inline markup around and inside segments."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.token import Token

from workflow.model import Segment
from workflow.reading import dialect
from workflow.segments.split import TRANSPARENT

_HIDDEN: Final = re.compile(
    r"""
    (?P<word>
        (?P<ticks>(?<!`)`+(?!`))(?:.|\n)+?(?<!`)(?P=ticks)(?!`)    # code
      | <[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>             # autolink
      | https?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*(?<![.,:;!?"'”“»])   # bare URL
    )
  | (?P<silent>
        </?[A-Za-z][^<>]*>                             # HTML tag
      | <!--(?:(?!-->).|\n)*-->                        # HTML comment
      | (?<=\])\((?:[^()\s]|\([^()]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)   # link target
      | (?<=\])\[[^\]\[]*\]                            # link reference
      | (?<=\])\{[^{}]*\}                              # attributes
      | \[\^[^\]\s]+\]                                 # footnote reference
      | \\(?=[!-/:-@[-`{-~])                           # backslash escape
      | (?<![A-Za-zÀ-ɏЀ-ӿ*])\*{1,3}|\*{1,3}(?![A-Za-zÀ-ɏЀ-ӿ*])  # emphasis
      | (?<!\w)_{1,3}|_{1,3}(?!\w)
      | ~~
      | !?\[ | \]
    )
    """,
    re.VERBOSE,
)
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&~{}^]")
# Where white space is more than a gap between words, and where it is not.
_VERBATIM: Final = rf"""
    (?P<escape>\\[!-/:-@\[-`{{-~])                        # keeps a backtick from opening code
  | (?P<code>(?P<fence>(?<!`)`+(?!`))(?:.|\n)+?(?<!`)(?P=fence)(?!`))
  | (?P<tag>{HTML_TAG_RE.pattern})
  | (?P<target>\]\([^\S\xa0]*[^\s<)](?:[^\s()]|\xa0)*)
  | \]\((?P<broken>[^\S\xa0]*<[^<>\n]*\n[^<>]*>)         # a new line: not a target
"""
_FOLDED: Final = re.compile(
    rf"{_VERBATIM} | (?P<hard>(?:[^\S\n]*[ ]{{2}}|\s*\\)\n\s*) | (?P<space>\s+)", re.VERBOSE
)
_WRITTEN: Final = re.compile(rf"{_VERBATIM} | (?P<hard>\n)", re.VERBOSE)
_BREAK: Final = re.compile(r" {2,}\n")
_FIRST_BREAKS: Final = re.compile(r"(?:\\\n\s*)+")
_SPACES: Final = re.compile(r"\s+")
_LABEL: Final = re.compile(
    r"\[(?P<text>[^\]\[]+)\](?P<mark>\{[^{}]*\.label\b[^{}]*\})(?P<gap>(?:\s|\\\n)*)"
)


def mask(text: str) -> str:
    """Blank out inline markup: a text of the same length for the sentence rules.

    Code and addresses become words, other markup becomes `TRANSPARENT`.
    """

    def blank(match: re.Match[str]) -> str:
        return ("x" if match["word"] else TRANSPARENT) * len(match[0])

    return _HIDDEN.sub(blank, text) if _MARKUP.search(text) or "://" in text else text


def normalise(text: str) -> str:
    """The normal form of a msgid: NFC, white space folded, a newline for a hard break.

    It reads as the text does: in code every space counts, in a link target a no-break space.
    """
    text = unicodedata.normalize("NFC", text)
    if "\n" not in text and not _MARKUP.search(text):
        return " ".join(text.split())
    if not _MARKUP.search(text):
        return "\n".join(" ".join(line.split()) for line in _BREAK.split(text)).strip()

    def fold(match: re.Match[str]) -> str:
        if match["hard"]:
            return "\n"
        return " " if match["space"] else _verbatim(match)

    return _FOLDED.sub(fold, text).strip()


def to_markdown(msgstr: str) -> str:
    """The inverse for text that a person wrote: line breaks become hard breaks."""
    msgstr = msgstr.strip()
    if "\n" not in msgstr:
        return msgstr

    def write(match: re.Match[str]) -> str:
        if not match["hard"]:
            return _verbatim(match)
        # A backslash before ours would take its meaning away; before a space it takes that one.
        return "   \n" if match.string[: match.start()].endswith("\\") else "\\\n"

    return _WRITTEN.sub(write, msgstr)


def _verbatim(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0].replace("\n", " ")
    if match["tag"]:
        return _SPACES.sub(" ", match[0])
    if match["broken"]:
        # On one line it would be a target, unless its bracket is a mere sign.
        return _SPACES.sub(" ", match[0]).replace("<", "\\<", 1)
    return match[0]


def fold(text: str) -> str:
    """The normal form of a text without markup, such as the alt text of an image."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def asides(text: str, environment: Mapping[str, Any]) -> tuple[Segment, ...]:
    """The texts that stand in the markup of a block, each once; they are plain text."""
    if "[" not in text:
        return ()
    tokens = dialect.parse_inline(text, environment)
    found = {(role, fold(words)): words for token in tokens for role, words in spoken(token)}
    return tuple(Segment(key, words, role) for (role, key), words in found.items() if key)


def spoken(token: Token) -> tuple[tuple[str, str], ...]:
    """The texts in the markup of an image or a link: role, and the words as they stand."""
    if token.type not in ("image", "link_open"):
        return ()
    title = ("link title", str(token.attrGet("title") or ""))
    return (("alt", dialect.plain_tokens(token.children or ())), title)


def respoken(words: str, text: str) -> str:
    """Another text in the place of words in markup, with the white space around them."""
    return words.replace(words.strip(), text, 1)


def wordless(text: str, environment: Mapping[str, Any]) -> bool:
    """Whether a text is nothing but images, linked or not: their words are asides."""
    if "![" not in text:
        return False
    kinds = {
        token.type
        for token in dialect.parse_inline(text, environment)
        if token.type != "text" or token.content.strip()
    }
    breaks = {"softbreak", "hardbreak"}
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", *breaks}


def unwrap(text: str, environment: Mapping[str, Any]) -> tuple[str, str, str]:
    """Take off hard breaks before a text, and emphasis that wraps all of it, as often as it does.

    Returns:
        The breaks and opening marks, the text inside, and the closing marks.
    """
    breaks = _FIRST_BREAKS.match(text)
    opening, closing = breaks[0] if breaks else "", ""
    text = text[len(opening) :]
    while text[:1] in ("*", "_"):
        tokens = dialect.parse_inline(text, environment)
        marks = _outermost(tokens)
        if marks is None or not (text.startswith(marks) and text.endswith(marks)):
            break
        opening, closing = opening + marks, marks + closing
        text = text[len(marks) : -len(marks)]
    return opening, text, closing


def label(text: str) -> Segment | None:
    """The label at the start of a block's text, such as `[Weiterlesen]{.label}`."""
    found = _LABEL.match(text)
    if found is None:
        return None
    words = found["text"]
    return Segment(normalise(words), words, "label", found["gap"], "[", "]" + found["mark"])


def sound_cuts(
    text: str, cuts: Sequence[tuple[int, int]], environment: Mapping[str, Any]
) -> list[tuple[int, int]]:
    """Drop the boundaries that would cut through markup.

    A cut is sound when the parts, rendered one by one, give what the whole gives: the
    parser itself is the judge, so no construct can be missed.
    """
    if not cuts or not _MARKUP.search(text):
        return list(cuts)
    whole = dialect.render_inline(text, environment)
    if _render_parts(text, cuts, environment) == whole:
        return list(cuts)
    sound = [cut for cut in cuts if _render_parts(text, [cut], environment) == whole]
    return sound if _render_parts(text, sound, environment) == whole else []


def _render_parts(
    text: str, cuts: Sequence[tuple[int, int]], environment: Mapping[str, Any]
) -> str:
    parts = []
    start = 0
    for gap_start, gap_end in [*cuts, (len(text), len(text))]:
        parts.append((text[start:gap_start], text[gap_start:gap_end]))
        start = gap_end
    return dialect.render_parts(parts, environment)


def _outermost(tokens: Sequence[Any]) -> str | None:
    """The marks of the emphasis that opens with the first token and closes with the last."""
    # The parser leaves empty text tokens around delimiters.
    solid = [token for token in tokens if token.type != "text" or token.content]
    if len(solid) < 3 or solid[0].type not in ("em_open", "strong_open"):
        return None
    depth = 0
    for token in solid[:-1]:
        depth += token.nesting
        if depth == 0:
            return None
    return str(solid[0].markup)
