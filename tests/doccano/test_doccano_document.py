"""The walk-through: its calls exist, and those that need no server run as they stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from tests.doccano.running import PACKAGES
from tests.test_documents import _refusal

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "doccano.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
CALLS = [
    line.split()[1:]
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("govextract ")
]


def test_document_has_every_sub_command() -> None:
    assert {call[1] for call in CALLS if call[0] == "doccano"} == {
        "push", "status", "pull", "adjudicate", "export", "import",
    }  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_document_calls_exist(call: list[str]) -> None:
    assert _refusal(call) is None


def test_document_installs_the_server_that_is_tested() -> None:
    (line,) = (line for block in BLOCKS for line in block.splitlines() if "doccano==" in line)
    assert line.replace('"', "").split()[-3:] == list(PACKAGES)


def test_document_calls_without_a_server_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "circulars").mkdir()
    shutil.copy(ROOT / "examples" / "circular.docx", tmp_path / "circulars")
    for call in CALLS:
        if call[:2] == ["doccano", "export"]:
            assert CliRunner().invoke(app, call).exit_code == 0
            # what doccano writes of a file that nobody touched
            shutil.copy("doccano.jsonl", "admin.jsonl")
        elif call[:3] == ["doccano", "import", "admin.jsonl"]:
            assert CliRunner().invoke(app, call).exit_code == 0
    assert (tmp_path / "annotated.jsonl").stat().st_size > 1000


def test_document_calls_for_two_annotators_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    example = str(ROOT / "examples" / "circular.txt")
    assert CliRunner().invoke(app, ["doccano", "export", example]).exit_code == 0
    for name in ("li.jsonl", "wang.jsonl"):
        shutil.copy("doccano.jsonl", name)
    calls = [c for c in CALLS if c[1] == "adjudicate" or c[2] in ("li.jsonl", "wang.jsonl")]
    assert len(calls) == 3
    for call in sorted(calls, key=lambda c: c[1] == "adjudicate"):
        result = CliRunner().invoke(app, call)
        assert result.exit_code == 0, result.output
    assert Path("adjudicated", "adjudicated.jsonl").stat().st_size > 1000
    (draft,) = (call for call in CALLS if call[:2] == ["corpus", "draft"])
    draft = [
        "adjudicated/adjudicated.jsonl" if word == "pulled/all.jsonl" else word for word in draft
    ]
    result = CliRunner().invoke(app, draft)
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(app, ["corpus", "validate", "mine"]).exit_code == 0


def test_document_pictures_are_small_and_all_shown() -> None:
    shown = set(re.findall(r"\]\((screenshots/[^)]+)\)", TEXT))
    pictures = {p.relative_to(ROOT / "docs").as_posix() for p in ROOT.glob("docs/screenshots/*")}
    assert shown == pictures
    assert len(shown) >= 3
    assert all((ROOT / "docs" / name).stat().st_size < 200_000 for name in shown)
