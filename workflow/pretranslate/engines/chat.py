"""What a chat server answers, read strictly: a model writes what it likes."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from workflow.pretranslate.engines import answer

_LARGEST: Final = 100_000  # characters; requests have 6,000
_LONG: Final = 20  # characters: short sentences may well be translated alike
_BEGINNING: Final = 300  # characters
# Models that reason may do so aloud, before they answer.
_THOUGHT: Final = "</think>"
_OPEN, _CLOSE = "<translation>", "</translation>"
_JSON: Final = re.compile(r"\{|\[\s*\{")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FENCE: Final = re.compile(r"\A```\w*\n(.*)\n```\Z", re.DOTALL)
_LEAD: Final = re.compile(
    r"\W*(?:sure|certainly|of course|here (?:is|are)|here[’']s|(?:the |my )?translat\w+|"
    r"übersetzung|вот|перевод|конечно|міне|аударма\w*)\b[^:\n]{0,80}:",
    re.IGNORECASE,
)
# From the beginning of an answer; only what an article would hardly say of itself.
_REFUSAL: Final = re.compile(
    r"""\W*(?:.{0,60}?\b(?:sorry|apologi[sz]e|unfortunately)\b.{0,60}?)?
        \bI\ (?:can[’']?t|can\ ?not|am\ (?:unable|not\ able)\ to|won[’']t|must\ decline\ to)
        .{0,20}\b(?:assist|help|translate|comply|provide|fulfil|continue|do\ that)
    | \W*as\ an?\ (?:ai|artificial|large\ language|language\ model)\b
    | \W*(?:.{0,60}?\b(?:извин|прости|сожалени|сожалею).{0,60}?)?
        \bя\ не\ (?:могу|в\ состоянии|буду)\ .{0,20}
        (?:помочь|помогать|перевести|переводить|выполнить|предоставить)
    | \W*(?:я,?\ )?как\ (?:языковая\ модель|ии\b|искусственный\ интеллект)
    | .{0,90}\b(?:аудара|көмектесе|орындай)\ алмаймын
    | \W*(?:.{0,60}?\b(?:leid|entschuld).{0,60}?)?
        (?:\bich\ (?:kann|darf|werde)|\b(?:kann|darf|werde)\ ich)\ .{0,60}
        \bnicht\ .{0,20}?(?:helfen|übersetzen|ausführen|entsprechen)
    | \W*als\ (?:ki\b|sprachmodell)
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Unusable(Exception):
    """An answer that holds no translation; its text is the reason, a word or two."""

    @property
    def reason(self) -> str:
        """`refused`, `truncated`, `empty`, `no JSON`, `chatter`."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Choice:
    """What came back, in the shape of the protocol."""

    text: str
    ended: str
    """`finish_reason`: `stop`, `length`, `content_filter`."""
    refusal: str


def choice(response: Any) -> Choice:
    """Find the answer.

    Raises:
        LookupError, TypeError, AttributeError: this is no answer of a chat server.
    """
    first = response["choices"][0]
    message = first["message"]
    refusals, texts = [message.get("refusal")], [message.get("content")]
    if isinstance(texts[0], list):
        refusals += [part.get("refusal") for part in texts[0]]
        texts = [part.get("text") for part in texts[0] if part.get("type") == "text"]
    if not all(isinstance(text, str | None) for text in texts):
        raise TypeError("content")
    return Choice(
        "".join(text or "" for text in texts),
        str(first.get("finish_reason")),
        "".join(str(refusal or "") for refusal in refusals),
    )


def content(found: Choice) -> str:
    """The text of an answer that is complete, without thoughts.

    Raises:
        Unusable: it is not complete, or none.
    """
    if found.ended == "length":
        raise Unusable("truncated")
    if found.refusal or found.ended == "content_filter":
        raise Unusable("refused")
    text = found.text.rpartition(_THOUGHT)[2].strip()
    if not text:
        raise Unusable("empty")
    if len(text) > _LARGEST:
        raise Unusable("too long")
    return text


def items(text: str, sources: Mapping[str, str]) -> dict[str, str]:
    """The translations in an answer of JSON.

    Args:
        text: what the model wrote: one object, or a list of items, and maybe words around it.
        sources: the texts that were sent, by id.

    Returns:
        Translations by id. One is missing where the answer has none, several, or no clean one,
        and where it repeats a long one for different texts.

    Raises:
        Unusable: there is no JSON, or more than one.
    """
    try:
        value = _only_json(text)
    except Unusable:
        if _refuses(text, "\n".join(sources.values())):
            raise Unusable("refused") from None
        raise
    pairs = [pair for pair in _pairs(value) if pair[0] in sources]
    often = Counter(key for key, _ in pairs)
    found = {}
    for key, said in pairs:
        with suppress(Unusable):
            if often[key] == 1:
                found[key] = _clean(said, sources[key])
    return {key: said for key, said in found.items() if not _repeated(said, found, sources)}


def single(text: str, key: str, source: str) -> str:
    """The one translation in an answer.

    Args:
        text: what the model wrote: the translation in its tags, or alone.
        key: its id, should the model write JSON all the same.
        source: what was sent.

    Raises:
        Unusable: it cannot be told from other words.
    """
    if _refuses(text, source):
        raise Unusable("refused")
    if text.count(_OPEN) == 1 == text.count(_CLOSE):
        return _clean(text.partition(_OPEN)[2].partition(_CLOSE)[0], source)
    if _JSON.search(text) and not _JSON.search(source):
        found = items(text, {key: source})
        if key not in found:
            raise Unusable("wrong shape")
        return found[key]
    fenced = _FENCE.match(text)
    text = fenced[1].strip() if fenced else text
    if len(text.splitlines()) > len(source.splitlines()):
        raise Unusable("chatter")
    if _OPEN in text or _CLOSE in text or (_LEAD.match(text[:_BEGINNING]) and ":" not in source):
        raise Unusable("chatter")
    return _clean(text, source)


def _only_json(text: str) -> Any:
    start = _JSON.search(text)
    if start is None:
        raise Unusable("no JSON")
    try:
        _, end = json.JSONDecoder().raw_decode(text, start.start())
        value = answer.json(text[start.start() : end])
    except (ValueError, RecursionError):
        raise Unusable("no JSON") from None
    if _JSON.search(text, end):
        raise Unusable("no JSON")
    return value


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Ids and texts of items, wherever they stand in the answer."""
    listed = value.get("items", [value]) if isinstance(value, dict) else value
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], item.get("text")


def _repeated(said: str, found: Mapping[str, str], sources: Mapping[str, str]) -> bool:
    """Whether a long translation stands for different texts: one of them it cannot be."""
    texts = {sources[key] for key, other in found.items() if other == said}
    return len(said) >= _LONG and len(texts) > 1


def _clean(value: Any, source: str) -> str:
    """A translation that can be one.

    Raises:
        Unusable: it is none.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text or (_LETTER.search(source) and not _LETTER.search(text)):
        raise Unusable("empty")
    if _refuses(text, source):
        raise Unusable("refused")
    if (text.startswith("{") and not source.startswith("{")) or _OPEN in text or _CLOSE in text:
        raise Unusable("wrong shape")
    if "\ufffd" in text and "\ufffd" not in source:
        raise Unusable("damaged")
    return answer.tidy(text)


def _refuses(text: str, source: str) -> bool:
    """Whether a model speaks of itself, where the article does not speak like that."""
    return bool(_REFUSAL.match(text[:_BEGINNING])) and not any(
        _REFUSAL.match(line[:_BEGINNING]) for line in source.splitlines()
    )
