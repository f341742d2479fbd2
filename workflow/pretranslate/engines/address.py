"""Addresses of servers: what they may look like, and whether they lead off this machine."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from workflow.errors import ConfigError, EngineError
from workflow.pretranslate.engines.protocol import Setting

# Nothing that two readers could read differently: no user, no query, no backslash.
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d{1,5})?"
    r"(?P<path>(?:/[\w.~%+:,=-]*)*)",
    re.ASCII,
)
_KEY: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is."""

    url: str
    """Without a stroke at its end."""
    host: str | None
    """None if it is this machine."""
    shown: str
    """The host as messages name it."""
    encrypted: bool


def parse(url: str, name: str) -> Address:
    """Read an address.

    Args:
        url: `https://host`, `http://127.0.0.1:5000/path`.
        name: the engine's, for the message.

    Raises:
        ConfigError: it is none; it is not shown, as it may hold a password.
    """
    found = _ADDRESS.fullmatch(url.strip())
    if found is None or (found["port"] and not 0 < int(found["port"][1:]) < 65_536):
        raise ConfigError(
            f"{name}: its address must look like https://example.org or http://localhost:5000, "
            "without a user, a password or a question mark"
        )
    host = found["host"].strip("[]").lower()
    return Address(
        found[0].rstrip("/"),
        None if is_loopback(host) else host,
        found["host"].lower() + (found["port"] or ""),
        found["scheme"] == "https",
    )


def configured(setting: Setting, name: str) -> str | None:
    """The option `url` of an engine's table; None without one.

    Raises:
        ConfigError: it is not a text.
    """
    return setting.option(name, "url", _text, None)


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: `localhost`, 127.0.0.0/8, ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_key(place: Address, secrets: Sequence[str], name: str) -> None:
    """See that a key can be sent, and is not sent for everybody to read.

    Raises:
        EngineError: it cannot.
    """
    if place.host and not place.encrypted:
        raise EngineError(
            f"{name}: the key would go to {place.shown} unencrypted; write its address with https"
        )
    if not all(_KEY.fullmatch(secret) for secret in secrets):
        raise EngineError(f"{name}: its key holds a character that no key has; copy it again")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be an address in quotes")
    return value
