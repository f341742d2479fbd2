"""An update with nothing to do looks at the files and reads none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workflow.commands import Report, catalogs, unchanged
from workflow.store import open_project

Call = Callable[..., tuple[int, str, str]]
DONE = "nothing to do: all catalogs are up to date\n"


def test_the_second_update_reads_nothing(
    kasachstan: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert auflage(kasachstan, "update") == (0, DONE, "")
    assert (kasachstan / "build/.auflage/log.sqlite").exists()
    monkeypatch.setattr(catalogs, "update", lambda *_, **__: pytest.fail("it read everything"))
    assert auflage(kasachstan, "update") == (0, DONE, "")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("source/kasachstan-2022.md", "Eine Liste der", "Die Liste der"),
        ("locale/ru/LC_MESSAGES/kasachstan-2022.po", "#. title\n", ""),
        ("locale/kasachstan-2022.pot", "#. title\n", ""),
        ("auflage.toml", '"en"]', '"en", "tr"]'),
    ],
)
def test_whatever_changed_is_seen(
    kasachstan: Path, auflage: Call, path: str, old: str, new: str
) -> None:
    auflage(kasachstan, "update")
    text = (kasachstan / path).read_text(encoding="utf-8")
    assert old in text
    (kasachstan / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out, _ = auflage(kasachstan, "update")
    assert code == 0
    assert out != DONE


def test_a_new_or_lost_file_is_seen(kasachstan: Path, auflage: Call) -> None:
    auflage(kasachstan, "update")
    (kasachstan / "source/neu.md").write_text("# Neu\n\nText.\n", encoding="utf-8")
    assert "locale/neu.pot: 2 entries" in auflage(kasachstan, "update")[1]
    (kasachstan / "locale/kk/LC_MESSAGES/neu.po").unlink()
    assert auflage(kasachstan, "update")[1] == "locale/kk/LC_MESSAGES/neu.po: 2 missing\n"


def test_a_warning_is_said_again(project: Path, auflage: Call) -> None:
    (project / "source/x.md").write_text("# T\n\n10. Jänner war es.\n", encoding="utf-8")
    first = auflage(project, "update")
    assert "warning: source/x.md:3" in first[2]
    assert auflage(project, "update")[2] == first[2]


def test_wrong_use_stays_wrong(kasachstan: Path, auflage: Call) -> None:
    auflage(kasachstan, "update")
    assert auflage(kasachstan, "update", "--locale", "xx")[0] == 2


def test_without_a_log_nothing_fails(kasachstan: Path, auflage: Call) -> None:
    (kasachstan / "build").rmdir()
    (kasachstan / "build").write_text("a file stands here", encoding="utf-8")
    assert auflage(kasachstan, "update") == (0, DONE, "")
    assert unchanged.look(open_project(kasachstan)) is None


def test_what_is_saved_meanwhile_is_seen(
    kasachstan: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kasachstan / "source/kasachstan-2022.md"
    whole_update = catalogs.update

    def saving(*arguments: Any, **options: Any) -> Report:
        report = whole_update(*arguments, **options)
        source.write_text(source.read_text("utf-8") + "\nNoch ein Satz.\n", "utf-8")
        return report

    monkeypatch.setattr(catalogs, "update", saving)
    assert auflage(kasachstan, "update") == (0, DONE, "")
    monkeypatch.setattr(catalogs, "update", whole_update)
    assert "84 entries" in auflage(kasachstan, "update")[1]
