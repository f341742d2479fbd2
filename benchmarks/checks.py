"""The checks beside pofilter (translate-toolkit): time for 10,000 entries, planted errors found.

    python benchmarks/checks.py [ENTRIES] [RUNS]

Entries are those of the article, and the sound translations of tests/data (more numbers, links and
quotation marks than an article has), over and over, each with a msgctxt of its own and a comment
that says where it stands. Both commands read the file, ours the
term base too; ours with all checks but spelling, pofilter with all its tests but spellcheck. CPU
seconds of whole processes, medians. An error counts as found by pofilter if it says anything that
it does not say of the sound twin; by ours, only if the check that is meant says it.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path

from results import put

sys.path.insert(0, str(Path(__file__).parent.parent))

import polib

from tests.conftest import TOOLKIT
from tests.planted import LOCALES, Planted, clean, planted
from workflow import checks
from workflow.model import Catalog, Entry, Severity
from workflow.terms import table
from workflow.terms.glossary import Glossary

ROOT = Path(__file__).parent.parent
NAME = "kasachstan-2022"
FOLDER = ROOT / "build" / ".auflage" / "judges" / TOOLKIT
OURS = """
import gc, sys
gc.set_threshold(1_000_000, 50, 50)
from pathlib import Path
from workflow import checks
from workflow.catalogs import po
from workflow.terms import table
locale, catalog, glossary = sys.argv[1:]
terms = table.parse(Path(glossary).read_text("utf-8"), glossary, ("de-AT", "ru", "kk", "en"))
read = po.parse(Path(catalog).read_text("utf-8"), catalog)
print(sum(1 for _ in checks.check(None, read, locale, terms)))
"""


def cpu(command: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def written(entries: list[tuple[str, str, str]], path: Path, locale: str) -> Path:
    """A catalog of msgctxt, msgid and msgstr."""
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "Content-Type": "text/plain; charset=UTF-8", "Language": locale, "X-Source-Language": "de",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    for msgctxt, msgid, msgstr in entries:
        note = "paragraph"
        catalog.append(polib.POEntry(msgctxt=msgctxt, msgid=msgid, msgstr=msgstr, comment=note))
    catalog.save(str(path))
    return path


def texts(locale: str, kind: str) -> list[tuple[str, str]]:
    """Pairs of msgid and msgstr: the article's, or those of the table of sound translations."""
    if kind == "table":
        return [(msgid, msgstr) for where, msgid, msgstr in clean() if where == locale]
    article = polib.pofile(str(ROOT / f"locale/{locale}/LC_MESSAGES/{NAME}.po"))
    return [(entry.msgid, entry.msgstr) for entry in article if entry.msgstr]


def many(locale: str, kind: str, count: int) -> list[tuple[str, str, str]]:
    """As many entries as that, each with a msgctxt of its own."""
    pairs = texts(locale, kind)
    return [(f"p{number}", *pairs[number % len(pairs)]) for number in range(count)]


def pofilter(locale: str, folder: Path, catalog: Path) -> tuple[list[str], Path]:
    """The command, and what it writes."""
    out = folder / f"{catalog.stem}-filtered.po"
    code = "from translate.filters.pofilter import main; main()"
    options = ["--progress=none", f"--language={locale}", "--excludefilter=spellcheck"]
    return [sys.executable, "-c", code, *options, str(catalog), str(out)], out


def flags(locale: str, folder: Path, catalog: Path) -> dict[str, set[str]]:
    """What pofilter says of each entry, by its msgctxt."""
    command, out = pofilter(locale, folder, catalog)
    out.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(FOLDER)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    if not out.exists():
        return {}
    return {
        entry.msgctxt: set(re.findall(r"\(pofilter\) (\w+):", entry.tcomment))
        for entry in polib.pofile(str(out))
    }


def theirs(folder: Path, wrong: list[Planted]) -> tuple[set[int], int]:
    """The places of the errors that pofilter finds, and the sound texts that it flags."""
    found: set[int] = set()
    flagged = 0
    for locale in LOCALES:
        rows = [(at, one) for at, one in enumerate(wrong) if one.locale == locale]
        entries = [(f"w{at}", one.msgid, one.msgstr) for at, one in rows]
        twins = [(f"w{at}", one.msgid, one.sound) for at, one in rows if one.sound]
        sound = [(f"c{at}", *row[1:]) for at, row in enumerate(clean()) if row[0] == locale]
        of_wrong, of_twins, of_sound = (
            flags(locale, folder, written(listed, folder / f"{name}-{locale}.po", locale))
            for name, listed in (("wrong", entries), ("twins", twins), ("sound", sound))
        )
        found |= {
            at for at, _ in rows if of_wrong.get(f"w{at}", set()) - of_twins.get(f"w{at}", set())
        }
        flagged += len(of_sound)
    return found, flagged


def ours(glossary: Glossary, wrong: list[Planted]) -> tuple[set[int], int, int]:
    """The places of the errors that we find, and sound texts with an error, with a warning."""

    def said(locale: str, msgid: str, msgstr: str) -> list[tuple[str, Severity]]:
        found = checks.findings(Entry(msgid, msgstr), "de-AT", locale, glossary)
        return [(one.code, one.severity) for one in found]

    found = {
        at
        for at, one in enumerate(wrong)
        if one.codes & {code for code, _ in said(one.locale, one.msgid, one.msgstr)}
    }
    severities = [{severity for _, severity in said(*row)} for row in clean()]
    return found, *(sum(kind in row for row in severities)
                    for kind in (Severity.ERROR, Severity.WARNING))  # fmt: skip


def by_others(folder: Path, glossary: Glossary) -> list[str]:
    """The tables of people who had not seen the checks: errors found, sound texts called wrong.

    Pofilter is given more than us: whatever it says of a wrong entry counts as finding its error.
    """
    tables = tomllib.loads((ROOT / "tests/data/translations-by-others.toml").read_text("utf-8"))
    lines = []
    for locale in LOCALES:
        wrong = [row for row in tables["wrong"] if row[0] == locale]
        sound = [row for row in tables["sound"] if row[0] == locale]
        said = [worst(locale, row[2:], glossary) for row in wrong]
        found = sum(kind in (Severity.ERROR, row[1]) for kind, row in zip(said, wrong, strict=True))
        told = Counter(worst(locale, row[1:], glossary) for row in sound)
        pairs = [(f"w{at}", *row[2:4]) for at, row in enumerate(wrong)]
        clean_pairs = [(f"c{at}", *row[1:]) for at, row in enumerate(sound)]
        theirs = [
            len(
                flags(
                    locale, folder, written(entries, folder / f"others-{kind}-{locale}.po", locale)
                )
            )
            for kind, entries in (("wrong", pairs), ("sound", clean_pairs))
        ]
        lines.append(
            f"| {locale} | {len(wrong)} | {found} | {theirs[0]} | {len(sound)} "
            f"| {told[Severity.ERROR]} + {told[Severity.WARNING]} | {theirs[1]} |"
        )
    return lines


def worst(locale: str, texts: list[str], glossary: Glossary) -> str:
    """The worst severity that the checks have for one entry, or for two of a catalog."""
    entries = tuple(
        Entry(texts[at], texts[at + 1], msgctxt=str(at) if at else None)
        for at in range(0, len(texts), 2)
    )
    found = {one.severity for one in checks.check(None, Catalog((), entries), locale, glossary)}
    return next((kind for kind in (Severity.ERROR, Severity.WARNING) if kind in found), "")


def of_the_article(*locales: str) -> float:
    """Milliseconds that `auflage check` takes for the article's catalogs, without its start."""
    code = (
        "import json, time\nfrom pathlib import Path\nfrom workflow.store import open_project\n"
        "from workflow.commands.check import Request, check\nproject = open_project(Path('.'))\n"
        f"began = time.process_time()\ncheck(project, Request((), {locales}), time='')\n"
        "print(json.dumps(time.process_time() - began))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True,
                          capture_output=True, text=True)  # fmt: skip
    return 1000 * float(json.loads(done.stdout))


def speed(folder: Path, count: int, runs: int) -> list[str]:
    lines = ["| texts | locale | Auflage | pofilter | ratio | aim |", "|---|---|---|---|---|---|"]
    glossary = str(ROOT / "locale/glossary.csv")
    for kind, locale in product(("article", "table"), LOCALES):
        entries = many(locale, kind, count)
        catalog = written(entries, folder / f"{kind}-{locale}.po", locale)
        command, _ = pofilter(locale, folder, catalog)
        our = [sys.executable, "-c", OURS, locale, str(catalog), glossary]
        took = [
            (
                cpu(our, {**os.environ, "PYTHONPATH": str(ROOT)}),
                cpu(command, {**os.environ, "PYTHONPATH": str(FOLDER)}),
            )
            for _ in range(runs)
        ]
        mine, other = (statistics.median(values) for values in zip(*took, strict=True))
        lines.append(f"| {kind} | {locale} | {mine:.2f} | {other:.2f} | {mine / other:.2f} | 0.5 |")
    return lines


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    if not FOLDER.exists():
        raise SystemExit(f"{TOOLKIT} is not there; `make judge` fetches it")
    wrong, sound = list(planted()), list(clean())
    path = ROOT / "locale/glossary.csv"
    glossary = table.parse(path.read_text(encoding="utf-8"), path.name, ("de-AT", *LOCALES))
    with tempfile.TemporaryDirectory() as name:
        timed = speed(Path(name), count, runs)
        their, flagged = theirs(Path(name), wrong)
        others = by_others(Path(name), glossary)
    our, errors, warned = ours(glossary, wrong)
    alone = {
        locale: statistics.median(of_the_article(locale) for _ in range(runs)) for locale in LOCALES
    }
    kinds = Counter("|".join(sorted(one.codes)) for one in wrong)
    rows = [
        f"| {kind} | {number} | {_count(our, wrong, kind)} | {_count(their, wrong, kind)} |"
        for kind, number in sorted(kinds.items())
    ]
    put(
        "checks",
        [
            f"{count} entries, medians of {runs} runs.",
            "",
            *timed,
            "",
            "One catalog of the article and its edition, behind the start (aim 200 ms): "
            + ", ".join(f"{locale} {took:.0f} ms" for locale, took in alone.items())
            + ".",
            "",
            "| planted | errors | Auflage | pofilter |",
            "|---|---|---|---|",
            *rows,
            f"| all | {len(wrong)} | {len(our)} | {len(their)} |",
            f"| sound texts called wrong, of {len(sound)} | | {errors} errors, {warned} warnings "
            f"| {flagged} |",
            "",
            "| by others | errors | Auflage | pofilter | sound texts | Auflage: errors + warnings "
            "| pofilter |",
            "|---|---|---|---|---|---|---|",
            *others,
        ],
    )


def _count(found: set[int], wrong: list[Planted], kind: str) -> int:
    return sum("|".join(sorted(wrong[at].codes)) == kind for at in found)


if __name__ == "__main__":
    main()
