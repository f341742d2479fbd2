"""The project about itself: what may grow how far, what is loaded when, what is documented."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.trees import times
from workflow import arguments

SOURCES = sorted((ROOT / "workflow").rglob("*.py"))
HEAVY = (
    "weasyprint", "deep_translator", "fontTools", "jinja2", "babel", "markdown_it", "polib", "PIL",
)  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def definitions(tree: ast.AST, *, public: bool) -> Iterator[ast.AST]:
    """The functions, classes and methods of a module; with `public`, those others may call."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            continue
        if public and node.name.startswith("_"):
            continue
        yield node
        if isinstance(node, ast.ClassDef) or not public:
            yield from definitions(node, public=public)


def files() -> list[Path]:
    """All files that are, or would be, under version control."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in listed if path.is_file()]


def test_the_modules_are_found() -> None:
    assert {"workflow", "workflow.cli", "workflow.editions.pages"} <= set(map(module, SOURCES))


@pytest.mark.parametrize("name", [module(path) for path in SOURCES])
def test_every_module_imports_alone_and_in_silence(name: str) -> None:
    command = [sys.executable, "-W", "error", "-c", f"import {name}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [["build"], ["build", "--jobs", "2"], ["--version"]])
def test_a_command_with_nothing_to_do_loads_nothing_heavy(
    built: Path, arguments: list[str]
) -> None:
    code = (
        "import sys; from workflow.cli import main\n"
        f"try: main({arguments})\n"
        f"finally: print(*(name for name in {HEAVY} if name in sys.modules), sep=',')"
    )
    before = times(built)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=built, capture_output=True, text=True, check=True)
    said, loaded, end = done.stdout.split("\n")
    assert said.startswith(("nothing to do", "auflage "))
    assert (loaded, end) == ("", "")
    assert times(built) == before


def test_the_probe_for_heavy_modules_works(tmp_path: Path) -> None:
    """Each of these names is what the verbs that need it do load."""
    code = (
        "import sys, workflow.jobs, workflow.saving, workflow.pretranslate.engines.google\n"
        "import weasyprint, deep_translator, fontTools\n"
        f"print(*(name for name in {HEAVY} if name not in sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("path", SOURCES, ids=module)
def test_nothing_is_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 350
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, FUNCTIONS) and node.end_lineno
        if node.end_lineno - node.lineno >= 50
    }
    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=module)
def test_what_is_public_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    silent = [
        getattr(node, "name", "")
        for node in definitions(tree, public=True)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_drawer_for_odds_and_ends() -> None:
    names = {path.stem for path in SOURCES}
    assert not names & {"utils", "util", "helpers", "common", "misc", "manager"}


def verbs() -> list[str]:
    (choices,) = (
        action.choices for action in arguments.parser()._actions if isinstance(action.choices, dict)
    )
    return list(choices)


def targets(makefile: Path) -> list[str]:
    (line,) = re.findall(r"^\.PHONY: (.*)$", makefile.read_text(encoding="utf-8"), re.M)
    return str(line).split()


@pytest.mark.parametrize("verb", verbs())
def test_the_readme_names_every_verb(verb: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\bauflage {verb}\b", readme)


@pytest.mark.parametrize("target", targets(ROOT / "Makefile"))
def test_the_readme_names_every_target(target: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\bmake {target}\b" if target != "all" else r"`make`|\bmake all\b", readme)


@pytest.mark.parametrize("makefile", ["Makefile", "workflow/starter/Makefile"])
def test_every_target_is_one_of_a_makefile(makefile: str) -> None:
    text = (ROOT / makefile).read_text(encoding="utf-8")
    rules = {name for line in re.findall(r"^([a-z ]+):", text, re.M) for name in line.split()}
    assert set(targets(ROOT / makefile)) == rules
    called = set(re.findall(r"(?:BIN\)/auflage|\$\(AUFLAGE\)) ([a-z]+)", text))
    assert called <= set(verbs())
    assert {"build", "update", "extract", "pretranslate", "status"} <= called


def test_no_file_tells_where_it_was_written() -> None:
    places = re.compile(rb"/(?:home|root|Users)/[\w.]")
    telling = [str(path) for path in files() if places.search(path.read_bytes())]
    assert telling == []
