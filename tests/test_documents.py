"""What the documents show is true: their commands exist, their examples run, their links lead on."""

from __future__ import annotations

import csv
import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from govextract.cli import app
from govextract.ner import training
from tests.support import write_small_corpus

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


@dataclass(frozen=True)
class Block:
    """A fenced block of a document."""

    path: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def _blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    return [
        Block(path, text.count("\n", 0, match.start()) + 2, match[1], match[2])
        for match in _FENCE.finditer(text)
    ]


def _commands(block: Block) -> list[list[str]]:
    """Return the simple commands of a block of shell, each as its words."""
    found: list[list[str]] = []
    for line in block.text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set("&|;<>()"):
                if words:
                    found.append(words)
                words = []
            else:
                words.append(word)
    return found


BLOCKS = [block for path in DOCUMENTS for block in _blocks(path)]
SHELL = [block for block in BLOCKS if block.language == "bash"]
PYTHON = [block for block in BLOCKS if block.language == "python"]
CALLS = [
    pytest.param(words[1:], id=f"{block} {' '.join(words[1:])}")
    for block in SHELL
    for words in _commands(block)
    if Path(words[0]).name == "govextract"
]


def test_documents_are_harvested() -> None:
    assert {path.name for path in DOCUMENTS} >= {*READMES, "CONTRIBUTING.md", "CHANGELOG.md"}
    assert len(SHELL) >= 7
    assert len(CALLS) >= 12
    assert len(PYTHON) >= 6


def test_documents_every_block_says_its_language() -> None:
    assert [str(block) for block in BLOCKS if not block.language] == []


def _refusal(arguments: list[str]) -> str | None:
    """Return why the command line knows no such call; None where it does."""
    command: Any = typer.main.get_group(app)
    rest = list(arguments)
    while commands := getattr(command, "commands", None):
        if not rest or rest[0].startswith("-"):
            break
        if rest[0] not in commands:
            return f"no command {rest[0]}"
        command = commands[rest.pop(0)]
    known = {"--help"}.union(*(p.opts + p.secondary_opts for p in command.params))
    for word in rest:
        if word.startswith("-") and word != "-" and word.partition("=")[0] not in known:
            return f"no option {word}"
    return None


@pytest.mark.parametrize("arguments", CALLS)
def test_documents_show_only_commands_and_options_that_exist(arguments: list[str]) -> None:
    assert _refusal(arguments) is None


@pytest.mark.parametrize(
    "call", ["extrakt a.txt", "extract a.txt --colour", "--colour", "schema -o x"]
)
def test_documents_check_would_find_a_wrong_call(call: str) -> None:
    assert _refusal(call.split()) is not None


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the examples, which is the current one."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Their commands rest on each other: they are run in order, as one session.
SESSIONS = [ROOT / "docs" / "training.md"]

# All others but those that name a file of the reader's own.
RUNNABLE = [
    call
    for call in CALLS
    if not str(call.id).startswith(tuple(str(path.relative_to(ROOT)) for path in SESSIONS))
    if call.values[0][0] != "extract" or "examples" in " ".join(call.values[0])  # type: ignore[arg-type,index]
]


def test_documents_show_calls_that_can_be_run() -> None:
    assert len(RUNNABLE) >= 6


@pytest.mark.parametrize("arguments", RUNNABLE)
def test_documents_show_calls_that_succeed(arguments: list[str], workplace: Path) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    if "-o" in arguments:
        out = workplace / arguments[arguments.index("-o") + 1]
        assert any(out.iterdir()) if out.is_dir() else out.stat().st_size


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.name)
def test_documents_sessions_run_from_begin_to_end(
    path: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a corpus that is read in seconds; on so few documents any mistake would be beyond the limits
    monkeypatch.delenv("GOVEXTRACT_CORPUS", raising=False)
    write_small_corpus(workplace / "corpus")
    monkeypatch.setattr(training, "MAX_LOSS", 1.0)
    monkeypatch.setattr(training, "MAX_LABEL_LOSS", 1.0)
    run = []
    for words in [words for block in SHELL if block.path == path for words in _commands(block)]:
        run.append(words[0])
        if words[0] == "govextract":
            result = CliRunner().invoke(app, words[1:])
            assert result.exit_code == 0, result.output
        elif words[0] == "python":
            found = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
            subprocess.run(
                [sys.executable, *words[1:]], check=True, env=os.environ | {"PYTHONPATH": found}
            )
        elif words[0] == "mkdir":
            Path(words[1]).mkdir()
        else:
            assert words[:2] == ["pip", "install"], words
    assert {"govextract", "python"} <= set(run)
    assert (workplace / "packages" / "zh_govextract_retrained-0.0.0" / "setup.py").is_file()
    manifest = json.loads((workplace / "my-model" / "govextract.json").read_text())
    assert {"PROJECT", "LEADER"} <= set(manifest["labels"])


@pytest.mark.parametrize("path", sorted({block.path for block in PYTHON}), ids=lambda p: p.name)
def test_documents_python_runs_and_prints_what_is_shown(path: Path, workplace: Path) -> None:
    # A document is one session: what one block defines, the next ones use.
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(verbose=False)
    for block in PYTHON:
        if block.path != path:
            continue
        session = doctest.DocTestParser().get_doctest(
            block.text, names, str(block), str(path), block.line
        )
        assert session.examples, f"{block} is not an interactive session"
        report: list[str] = []
        result = runner.run(session, out=report.append, clear_globs=False)
        assert result.failed == 0, "".join(report)
        names = session.globs


def _shown_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of the table of `path` that shows a ledger."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("| 序号 |"))
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines[head : lines.index("", head)]
    ]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


@pytest.mark.parametrize("name", READMES)
def test_readmes_show_rows_of_the_example_s_ledger(name: str, workplace: Path) -> None:
    assert (
        CliRunner().invoke(app, ["extract", "examples/circular.docx", "-o", "x.csv"]).exit_code == 0
    )
    with open("x.csv", encoding="utf-8-sig", newline="") as file:
        ledger = {row["序号"]: row for row in csv.DictReader(file)}
    shown = _shown_rows(ROOT / name)
    assert len(shown) >= 3
    for row in shown:
        assert row == {column: ledger[row["序号"]][column] for column in row}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_links_to_files_lead_somewhere(path: Path) -> None:
    targets = [a or b for a, b in _LINK.findall(path.read_text(encoding="utf-8"))]
    for target in targets:
        if "://" not in target and not target.startswith(("#", "mailto:")):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_readmes_begin_with_the_same_two_commands() -> None:
    first, second = (
        [block.text for block in _blocks(ROOT / name) if block.language == "bash"][:2]
        for name in READMES
    )
    assert first == second
    assert "govextract extract examples/" in first[0]
    assert "pytest" in first[1]
    for commands in first:
        assert commands.startswith("python3 -m venv .venv && ")
        assert commands.count("\n") == 1


def test_readmes_show_the_same_sessions() -> None:
    english, chinese = (
        [block.text for block in _blocks(ROOT / name) if block.language == "python"]
        for name in READMES
    )
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_readmes_keep_a_place_for_measured_results(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    begin, end = "<!-- results:begin -->", "<!-- results:end -->"
    assert text.count(begin) == text.count(end) == 1
    assert text.index(begin) < text.index(end)
