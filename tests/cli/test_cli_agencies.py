from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from govextract.cli import app


def _lookup(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["agencies", "lookup", *arguments])


def test_lookup_tells_identifier_reason_and_source() -> None:
    result = _lookup("市农林局", "--year", "2015")
    assert result.exit_code == 0
    head, *lines = result.stdout.splitlines()
    assert head.startswith("市农林局 → gov.")
    assert any(line.startswith("why: ") for line in lines)
    assert any(line.startswith("source: ") for line in lines)


def test_lookup_uses_the_year() -> None:
    before, after = (
        json.loads(_lookup("市国税局", "--year", year, "--json").stdout)
        for year in ("2015", "2019")
    )
    assert (before["valid"], after["valid"]) == (True, False)


def test_lookup_uses_the_place() -> None:
    result = _lookup("市财政局", "--place", "宜兴市", "--level", "city", "--json")
    assert json.loads(result.stdout)["place"] == "宜兴市"


def test_lookup_prints_one_object_a_name() -> None:
    lines = _lookup("市财政局", "市水利局", "--json").stdout.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["市财政局", "市水利局"]


def test_lookup_separates_the_answers_for_several_names() -> None:
    answers = _lookup("市财政局", "市水利局").stdout.strip().split("\n\n")
    assert [answer.split()[0] for answer in answers] == ["市财政局", "市水利局"]


def test_lookup_of_what_is_no_unit_has_status_one() -> None:
    result = _lookup("此件公开发布")
    assert result.exit_code == 1
    assert "no identifier" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no name"),
        pytest.param(["市财政局", "--year", "20155"], id="no year"),
        pytest.param(["市财政局", "--level", "village"], id="no level"),
        pytest.param(["市财政局", "--register", "missing.tsv"], id="missing register"),
    ],
)
def test_lookup_called_wrongly_has_status_two(arguments: list[str]) -> None:
    result = _lookup(*arguments)
    assert result.exit_code == 2
    assert "rror" in result.stderr


def test_lookup_of_a_broken_register_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("name\tagency\n", encoding="utf-8")
    result = _lookup("市财政局", "--register", str(path))
    assert result.exit_code == 2
    assert "own.tsv" in result.stderr
