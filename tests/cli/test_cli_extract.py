"""The extract command over a stub in place of the pipeline: one task for each line of a file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import govextract.cli.extract as command
from govextract.cli import app
from govextract.cli.engine import EngineError
from govextract.ledger import Ledger
from govextract.readers.errors import ReadError
from govextract.records import LedgerWarning, Measure, Meta, Source, Task

Run = Callable[..., Any]


class Stub:
    """Takes the place of `Engine`; importable, for other processes."""

    def __init__(self, *settings: object) -> None:
        self.settings = settings

    def prepare(self) -> None:
        if "model" in self.settings:
            raise EngineError("--mode needs a trained model")

    def __call__(self, source: Path | bytes) -> Ledger:
        path = None if isinstance(source, bytes) else source
        data = source if isinstance(source, bytes) else source.read_bytes()
        if data.startswith(b"damaged"):
            raise ReadError("is damaged", place="byte 7", remedy="Save it again", name=str(path))
        if data.startswith(b"bug"):
            raise KeyError("role")
        text = data.decode("utf-8")
        ledger = Ledger(
            Source(path and str(path), hashlib.sha256(data).hexdigest(), "txt"), Meta(), text
        )
        position = 0
        for line in text.splitlines(keepends=True):
            end = position + len(line.rstrip())
            measure = Measure(position, end, text[position:end])
            ledger.tasks.append(
                Task(f"t{position}", None, [], measure.text, position, end, [measure])
            )
            if "?" in line:
                ledger.warnings.append(LedgerWarning("unknown-unit", "单位不明", position, end))
            position += len(line)
        return ledger


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(command, "Engine", Stub)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: bytes | None = None) -> Any:
        return CliRunner().invoke(app, ["extract", *arguments], input=stdin)

    return call


@pytest.fixture
def circulars(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("清淤河道\n加固堤防\n", encoding="utf-8")
    (folder / "b.html").write_text("新建泵站?\n", encoding="utf-8")
    (folder / "sub" / "a.txt").write_text("改造灌区\n", encoding="utf-8")
    return folder


def test_extract_one_file_prints_json(run: Run, circulars: Path) -> None:
    result = run("in/a.txt")
    assert result.exit_code == 0
    plain = json.loads(result.stdout_bytes)
    assert plain["source"]["path"] == "in/a.txt"
    assert [task["title"] for task in plain["tasks"]] == ["清淤河道", "加固堤防"]
    assert result.stderr == "1 circular, 2 tasks, 0 warnings\n"


def test_extract_standard_input(run: Run) -> None:
    result = run("-", stdin="清淤河道\n".encode())
    plain = json.loads(result.stdout_bytes)
    assert plain["source"]["path"] is None
    assert plain["source"]["sha256"] == hashlib.sha256("清淤河道\n".encode()).hexdigest()


def test_extract_writes_to_standard_output_for_a_dash(run: Run, circulars: Path) -> None:
    result = run("in/a.txt", "-o", "-", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert [row[2] for row in rows] == ["任务", "清淤河道", "加固堤防"]
    assert not Path("-").exists()


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "xlsx"])
def test_extract_one_file_to_a_file_of_each_format(run: Run, circulars: Path, format: str) -> None:
    assert run("in/a.txt", "-o", f"out.{format}").exit_code == 0
    data = Path(f"out.{format}").read_bytes()
    if format == "xlsx":
        titles = [row[2] for row in openpyxl.load_workbook("out.xlsx").active.values][1:]
    elif format == "csv":
        titles = [row["任务"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]
    else:
        titles = [task["title"] for task in json.loads(data)["tasks"]]
    assert titles == ["清淤河道", "加固堤防"]


def test_extract_a_folder_gives_one_file_a_document(run: Run, circulars: Path) -> None:
    result = run("in", "-o", "out")
    assert result.exit_code == 0
    found = sorted(p.relative_to("out").as_posix() for p in Path("out").rglob("*.json"))
    assert found == ["a.json", "b.json", "sub/a.json"]
    assert json.loads(Path("out/sub/a.json").read_bytes())["tasks"][0]["title"] == "改造灌区"
    assert "3 circulars, 4 tasks, 1 warning" in result.stderr


def test_extract_a_folder_as_lines(run: Run, circulars: Path) -> None:
    run("in", "-o", "all.jsonl")
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [len(json.loads(line)["tasks"]) for line in lines] == [2, 1, 1]


def test_extract_several_files_to_standard_output_are_lines(run: Run, circulars: Path) -> None:
    lines = run("in/a.txt", "in/b.html").stdout_bytes.decode().splitlines()
    assert [len(json.loads(line)["tasks"]) for line in lines] == [2, 1]


def test_extract_with_several_jobs_gives_the_same(run: Run, circulars: Path) -> None:
    one = run("in")
    two = run("in", "--jobs", "2")
    assert two.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes


def test_extract_one_bad_file_does_not_stop_the_others(run: Run, circulars: Path) -> None:
    (circulars / "aa.txt").write_bytes(b"damaged")
    result = run("in", "-o", "out")
    assert result.exit_code == 1
    assert "error: in/aa.txt: byte 7: is damaged. Save it again.\n" in result.stderr
    assert "3 circulars, 4 tasks, 1 warning, 1 failed" in result.stderr
    assert len(list(Path("out").rglob("*.json"))) == 3


def test_extract_names_a_file_that_does_not_exist(run: Run, circulars: Path) -> None:
    result = run("in/a.txt", "in/missing.txt", "-o", "out")
    assert result.exit_code == 1
    assert "error: in/missing.txt: No such file or directory" in result.stderr


def test_extract_with_only_failures_has_processed_nothing(run: Run, circulars: Path) -> None:
    assert run("in/missing.txt").exit_code == 3


def test_extract_of_an_empty_folder_has_processed_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("empty", "-o", "out")
    assert result.exit_code == 3
    assert "nothing to do: no file of" in result.stderr
    assert not Path("out").exists()


def test_extract_a_document_without_tasks_is_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    result = run("a.txt")
    assert result.exit_code == 0
    assert "1 circular, 0 tasks" in result.stderr


def test_extract_tells_its_own_faults_from_those_of_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bug")
    brief, full = run("a.txt"), run("a.txt", "--verbose")
    assert "a.txt: unexpected KeyError: 'role'" in brief.stderr
    assert "fault of govextract" in brief.stderr
    assert "Traceback" not in brief.stderr
    assert "Traceback" in full.stderr


def test_extract_says_what_it_left_out_of_a_folder(run: Run, circulars: Path) -> None:
    (circulars / "scan.png").touch()
    assert "left out, because no reader reads them: 1 .png" in run("in").stderr


def test_extract_verbose_lists_warnings_with_their_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("清淤\n加固?\n", encoding="utf-8")
    assert "warning: a.txt:2: 单位不明 [unknown-unit]\n" in run("a.txt", "-v").stderr
    assert "单位不明" not in run("a.txt").stderr


def test_extract_counts_a_cut_cell_as_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("淤" * 40_000, encoding="utf-8")
    assert "2 warnings" in run("a.txt", "-o", "a.xlsx").stderr
    assert "0 warnings" in run("a.txt", "-o", "a.csv").stderr


def test_extract_a_result_that_cannot_be_written_is_a_failure(run: Run, circulars: Path) -> None:
    Path("out/a.json").mkdir(parents=True)
    (Path("out/a.json") / "x").touch()
    result = run("in/a.txt", "in/b.html", "-o", "out")
    assert result.exit_code == 1
    assert "error: in/a.txt: cannot write out/a.json:" in result.stderr
    assert Path("out/b.json").exists()


def test_extract_never_overwrites_an_input(run: Run, circulars: Path) -> None:
    before = (circulars / "a.txt").read_bytes()
    result = run("in/a.txt", "-o", "in/a.txt")
    assert result.exit_code == 2
    assert "would overwrite an input" in result.stderr
    assert (circulars / "a.txt").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no path"),
        pytest.param(["a.txt", "--format", "xls"], id="unknown format"),
        pytest.param(["a.txt", "--jobs", "0"], id="no job"),
        pytest.param(["a.txt", "--min-score", "1.5"], id="score over one"),
        pytest.param(["a.txt", "--mode", "magic"], id="unknown mode"),
        pytest.param(["a.txt", "--model", "nowhere"], id="model that is not there"),
        pytest.param(["a.txt", "--mode", "model"], id="setting that the engine refuses"),
        pytest.param(["a.txt", "--colour"], id="unknown option"),
        pytest.param(["a.txt", "b.txt", "-o", "all.csv"], id="several tables in one file"),
    ],
)
def test_extract_called_wrongly_ends_with_status_two(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "rror" in result.stderr


def test_extract_hands_the_settings_on(
    run: Run, circulars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def engine(*settings: object) -> Stub:
        seen.append(settings)
        return Stub()

    monkeypatch.setattr(command, "Engine", engine)
    run("in/a.txt", "--model", "in", "--mode", "rules", "--min-score", "0.5")
    run("in/a.txt")
    assert seen == [(Path("in"), "rules", 0.5), (None, None, None)]


def test_extract_shows_progress_only_to_a_terminal(run: Run, circulars: Path) -> None:
    result = run("in")
    assert "circulars ━" not in result.stderr
    assert "\x1b" not in result.stderr


def test_extract_says_how_far_it_was_when_interrupted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("修路")
    seen: list[object] = []
    call = Stub.__call__

    def interrupted(self: Stub, source: Path | bytes) -> Ledger:
        if seen:
            raise KeyboardInterrupt
        seen.append(source)
        return call(self, source)

    monkeypatch.setattr(Stub, "__call__", interrupted)
    result = run(str(tmp_path), "-o", str(tmp_path / "out"))
    assert result.exit_code == 130
    assert "interrupted: 1 of 2 circulars written" in result.stderr
