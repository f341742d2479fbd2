"""What servers send, read strictly: whatever two readers could read differently is refused."""

import json as standard
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff]")


def tidy(translation: str) -> str:
    """A translation without the traces of its way here: NFC, nothing invisible."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", translation))


def text(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of an answer: UTF-8, with or without its mark.

    Raises:
        ValueError: `encoding` for a compressed answer, which nobody asked for, or `charset`.
    """
    if headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise ValueError("encoding")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("charset") from None


def json(written: str) -> Any:
    """Read JSON.

    Raises:
        ValueError: it is none, or holds NaN, a key twice, half a character, or is too deep.
    """
    try:
        data = standard.loads(written, parse_constant=_refuse, object_pairs_hook=_table)
        # An escape such as \ud800 is half a character, which no file can hold.
        standard.dumps(data, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("too deep") from None
    return data


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that the header Retry-After asks to wait, by number or date; 0 without one."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError, IndexError):
        return 0.0
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())


def when(seconds: float) -> str:
    """The time in so many seconds, for a message; `later` if no calendar reaches so far."""
    try:
        date = datetime.now(UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return "later"
    return f"after {date:%Y-%m-%d %H:%M} UTC"


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands there twice")
    return table
