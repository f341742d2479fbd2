"""Where the numbers go: tables in RESULTS.md, between marks, good or bad."""

import re
from pathlib import Path

_FILE = Path(__file__).with_name("RESULTS.md")


def put(name: str, lines: list[str]) -> None:
    """Print a table, and put it in the place of the one of that name."""
    table = "\n".join(lines)
    print(table)
    text = _FILE.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not place.search(text):
        raise SystemExit(f"{_FILE} has no place for “{name}”")
    _FILE.write_text(
        place.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text), encoding="utf-8"
    )
