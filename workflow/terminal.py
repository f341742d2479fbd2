"""The terminal: what is printed, how far a run is, what a person is asked."""

import io
import os
import sys
from collections.abc import Iterable, Iterator

from workflow.commands import Item


def accept_any_letter() -> None:
    """A terminal without Cyrillic gets escapes instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """Print a line; a reader who has gone is no error."""
    try:
        print(text, flush=True)  # noqa: T201
    except BrokenPipeError:  # auflage status | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def err(text: str) -> None:
    """Print a line for people, beside the output."""
    print(text, file=sys.stderr)  # noqa: T201


def track(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Pass items on; with a terminal, and more than one of them, show a bar."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm  # noqa: PLC0415  (only for people who look)

    yield from tqdm(items, total=total, desc=what, unit="", leave=False)


def agrees(notice: str, question: str, agreed: bool) -> bool:
    """Say what is to be done, and ask unless the person has agreed already."""
    err(notice)
    if agreed or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return agreed
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "j", "ja")
    except EOFError:
        return False
