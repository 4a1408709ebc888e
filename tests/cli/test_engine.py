"""The engine and the command over the pipeline itself."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

import govextract.pipeline
from govextract.cli import app, engine
from govextract.cli.engine import Engine, EngineError
from govextract.exporters.json_file import schema
from govextract.ledger import Ledger

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FORMATS = ("txt", "html", "docx", "pdf")
VALIDATOR = Draft202012Validator(schema(), format_checker=FormatChecker())


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget pipelines that another test had loaded."""
    engine._pipeline.cache_clear()
    yield
    engine._pipeline.cache_clear()


def test_engine_makes_ledgers_of_paths_and_of_bytes() -> None:
    path = EXAMPLES / "circular.txt"
    by_path, by_content = Engine()(path), Engine()(path.read_bytes())
    assert by_path.tasks == by_content.tasks
    assert (by_path.source.path, by_content.source.path) == (str(path), None)


def test_engine_loads_the_pipeline_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []
    real = govextract.pipeline.load

    def load() -> Any:
        calls.append({})
        return real()

    monkeypatch.setattr(govextract.pipeline, "load", load)
    Engine().prepare()
    Engine()(b"\xe6\xb8\x85\xe6\xb7\xa4")
    assert len(calls) == 1


def test_engine_hands_to_the_pipeline_only_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def load(*, model: Path | None = None, mode: str = "rules", min_score: float = 0) -> None:
        calls.append((model, mode, min_score))

    monkeypatch.setattr(govextract.pipeline, "load", load)
    Engine(mode="hybrid").prepare()
    Engine(min_score=0.0).prepare()
    assert calls == [(None, "hybrid", 0), (None, "rules", 0.0)]


@pytest.mark.parametrize("error", [OSError("no config.cfg"), ValueError("made by version 9")])
def test_engine_says_why_a_model_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def load(*, model: Path) -> None:
        raise error

    monkeypatch.setattr(govextract.pipeline, "load", load)
    with pytest.raises(EngineError, match=f"cannot be loaded: {error}"):
        Engine(model=Path("m")).prepare()


def test_engine_can_be_sent_to_other_processes() -> None:
    settings = Engine(Path("m"), "hybrid", 0.5)
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.fixture
def results(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return a function that extracts the example in every format, as JSON."""

    def extract(*options: str) -> dict[str, Any]:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for format in FORMATS:
            shutil.copy(EXAMPLES / f"circular.{format}", folder)
        out = tmp_path / "out"
        result = CliRunner().invoke(app, ["extract", str(folder), "-o", str(out), *options])
        assert result.exit_code == 0, result.stderr
        return {path.name: json.loads(path.read_bytes()) for path in sorted(out.iterdir())}

    return extract


def test_pipeline_results_fit_the_schema_in_every_format(
    results: Callable[..., dict[str, Any]],
) -> None:
    found = results()
    assert list(found) == [f"circular.{format}.json" for format in sorted(FORMATS)]
    for ledger in found.values():
        VALIDATOR.validate(ledger)
        assert len(ledger["tasks"]) == 14
        assert ledger["meta"]["doc_number"] == "景政办发〔2025〕6号"


def test_pipeline_spans_are_their_text(results: Callable[..., dict[str, Any]]) -> None:
    for ledger in results().values():
        text = ledger["text"]
        said = [(entity, "text") for entity in ledger["entities"]]
        for task in ledger["tasks"]:
            for kind, key in (
                ("measures", "text"),
                ("responsibilities", "surface"),
                ("metrics", "text"),
                ("deadlines", "text"),
            ):
                said += [(record, key) for record in task[kind]]
        assert len(said) > 100
        for record, key in said:
            assert text[record["start"] : record["end"]] == record[key]


def test_pipeline_gives_the_same_in_one_process_and_in_two(
    results: Callable[..., dict[str, Any]],
) -> None:
    assert results() == results("--jobs", "2")


def test_pipeline_result_without_tasks_fits_the_schema(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("关于清明节放假的通知\n4月4日至6日放假。\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt")])
    assert result.exit_code == 0
    ledger = json.loads(result.stdout_bytes)
    VALIDATOR.validate(ledger)
    assert ledger["tasks"] == []


def test_pipeline_ledger_survives_the_way_through_json() -> None:
    ledger = Engine()(EXAMPLES / "circular.docx")
    assert Ledger.from_dict(json.loads(ledger.to_json())) == ledger


def test_pipeline_refusal_names_the_file_once(tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(bytes.fromhex("89504e470d0a1a0a"))
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "scan.png")])
    assert result.exit_code == 3
    assert result.stderr.count("scan.png") == 1
    assert "OCR" in result.stderr


def test_command_reads_what_another_program_pipes_into_it() -> None:
    code = "from govextract.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "extract", "-", "--format", "csv"],
        input=(EXAMPLES / "circular.html").read_bytes(),
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode("utf-8-sig").count("\r\n") == 15
    assert b"1 circular, 14 tasks" in result.stderr
