"""What the reference circulars must give that have no gold: numbers of tasks, and none for texts that assign nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest

import govextract

ROOT = Path(__file__).parents[1]
Mode = Literal["rules", "hybrid"]


@pytest.fixture(scope="module")
def circulars() -> Path:
    """The folder with the reference texts."""
    given = os.environ.get("GOVEXTRACT_SHARED")
    folder = (Path(given) if given else ROOT.parent / "shared") / "circulars"
    if not folder.is_dir():
        pytest.skip("the shared reference texts are not beside the repository")
    return folder


def _read(circulars: Path, name: str, mode: Mode) -> tuple[int, int]:
    [path] = circulars.glob(f"{name}_*.txt")
    tasks = govextract.extract(path, mode=mode).tasks
    return len(tasks), sum(len(task.responsibilities) for task in tasks)


@pytest.mark.shared
@pytest.mark.parametrize("mode", ["rules", "hybrid"])
@pytest.mark.parametrize(("name", "tasks"), [("001", 70), ("004", 49)])
def test_reference_circulars_give_their_tasks(
    circulars: Path, name: str, tasks: int, mode: Mode
) -> None:
    assert _read(circulars, name, mode)[0] == tasks


@pytest.mark.shared
@pytest.mark.parametrize("mode", ["rules", "hybrid"])
@pytest.mark.parametrize("name", ["90", "92"])
def test_reference_circulars_that_assign_nothing_give_no_units(
    circulars: Path, name: str, mode: Mode
) -> None:
    assert _read(circulars, name, mode)[1] == 0
