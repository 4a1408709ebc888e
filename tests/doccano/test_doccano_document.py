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
        "push", "status", "pull", "export", "import",
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
        elif call[:2] == ["doccano", "import"]:
            assert CliRunner().invoke(app, call).exit_code == 0
    assert (tmp_path / "annotated.jsonl").stat().st_size > 1000
