from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from govextract.corpus import EXAMPLE
from govextract.pipeline import extract
from govextract.scoring.reading import GoldError, read_gold

run = CliRunner().invoke


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold" / "example.txt"
    path.parent.mkdir()
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_evaluate_prints_figures_and_writes_what_is_asked_for(gold: Path, tmp_path: Path) -> None:
    report, mistakes, out = (tmp_path / name for name in ("r.html", "m.jsonl", "f.json"))
    result = run(
        app,
        [
            "evaluate", str(gold), "--report", str(report), "--mistakes", str(mistakes),
            "-o", str(out),
        ],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "tasks found" in result.output
    assert "|seed:20240601|" in result.output
    (figures,) = json.loads(out.read_text(encoding="utf-8"))
    assert figures["documents"] == 1
    assert figures["figures"]["task/detected"]["gold"] == 1
    assert figures["figures"]["unit/agency"]["value"] is None
    page = report.read_text(encoding="utf-8")
    assert "推进灌区改造" in EXAMPLE
    for outside in ("http://", "https://", "src=", "@import", "url("):
        assert outside not in page
    for line in mistakes.read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["document"] == "example"


def test_evaluate_perfect_ledgers_have_no_mistakes(gold: Path, tmp_path: Path) -> None:
    (known,) = read_gold(gold)
    ledger = tmp_path / "x.json"
    ledger.write_text(json.dumps(known.gold.ledger.to_dict()), encoding="utf-8")
    mistakes = tmp_path / "m.jsonl"
    result = run(app, ["evaluate", str(gold), "--pred", str(ledger), "--mistakes", str(mistakes)])
    assert result.exit_code == 0, result.output
    assert mistakes.read_text(encoding="utf-8") == ""


def test_evaluate_a_document_without_ledger_counts_and_is_named(gold: Path, tmp_path: Path) -> None:
    other = extract("1、修桥。(县交通局)")
    ledger = tmp_path / "x.json"
    ledger.write_text(json.dumps(other.to_dict()), encoding="utf-8")
    out = tmp_path / "f.json"
    result = run(app, ["evaluate", str(gold), "--pred", str(ledger), "-o", str(out)])
    assert result.exit_code == 1
    assert "no ledger of this text or name" in result.output
    (figures,) = json.loads(out.read_text(encoding="utf-8"))
    assert figures["figures"]["task/detected"]["value"] == 0
    assert figures["figures"]["task/detected"]["precision"] is None


def test_evaluate_compares_two_systems(gold: Path, tmp_path: Path) -> None:
    (known,) = read_gold(gold)
    ledger = tmp_path / "x.json"
    ledger.write_text(json.dumps(known.gold.ledger.to_dict()), encoding="utf-8")
    result = run(app, ["evaluate", str(gold), "--compare", str(ledger)])
    assert result.exit_code == 0, result.output
    assert "x.json" in result.output
    assert "difference" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--compare", "nothing-of-that-name"], "neither a mode"),
        (["--pred", "{gold}", "--mode", "rules"], "leave out --model and --mode"),
    ],
)
def test_evaluate_wrong_calls_are_refused(gold: Path, arguments: list[str], message: str) -> None:
    result = run(app, ["evaluate", str(gold), *(a.format(gold=gold) for a in arguments)])
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "{}", "neither spans nor entities"),
        ("a.json", "{", "JSONDecodeError"),
        ("a.json", '{"doc": "b.txt", "spans": [], "tasks": []}', "b.txt was not found"),
        ("a.jsonl", "{}", "KeyError"),
        ("a.txt", "no head", "CorpusError"),
    ],
)
def test_evaluate_what_is_no_gold_is_named(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_gold(path)
    result = run(app, ["evaluate", str(path)])
    assert result.exit_code == 2
    assert name in result.output


def test_evaluate_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    assert run(app, ["evaluate", str(tmp_path)]).exit_code == 2
