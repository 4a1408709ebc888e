"""How many units resolve, on data and on the shared reference texts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from govextract.data import parse_rows
from govextract.values.agencies.coverage import VERDICT_COLUMNS, main, measure, share_right
from govextract.values.agencies.names import restore

HANDCHECK = Path(__file__).parents[1] / "cases" / "agencies_handcheck.tsv"


def unit(name: str, role: str = "responsible") -> dict[str, str]:
    return {"surface": name, "name": name, "role": role}


def test_measure_counts_units_and_leaves_persons_out() -> None:
    units = [unit("市财政局"), unit("此件公开发布"), unit("李明", "leader")]
    coverage = measure([{"tasks": [{"responsibilities": units}]}])
    assert (coverage.total, coverage.share) == (2, 0.5)
    assert dict(coverage.unresolved) == {"此件公开发布": 1}


def test_measure_takes_place_and_year_from_the_ledger() -> None:
    ledger = {
        "meta": {"issuer": "宜兴市人民政府", "year": 2015},
        "tasks": [{"responsibilities": [unit("市财政局")]}],
    }
    assert measure([ledger]).found[0].id == "gov.finance@city/宜兴市"


def test_main_fails_below_the_least_share(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.json"
    units = [unit("市财政局"), unit("此件公开发布")]
    file.write_text(json.dumps({"tasks": [{"responsibilities": units}]}), encoding="utf-8")
    assert main([str(file), "--least", "0.97"]) == 1
    assert "without identifier: 此件公开发布 (1)" in capsys.readouterr().out
    assert main([str(file), "--sample", "2", "--verdicts", str(HANDCHECK)]) == 0
    assert "checked by hand: 200" in capsys.readouterr().out


def test_handchecked_units_stay_right() -> None:
    text = HANDCHECK.read_text(encoding="utf-8")
    rows = list(parse_rows(text, HANDCHECK.name, VERDICT_COLUMNS))
    assert len(rows) == 200
    assert share_right(rows) >= 0.98


def shared() -> Path:
    given = os.environ.get("GOVEXTRACT_SHARED")
    folder = Path(given) if given else Path(__file__).parents[2].parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the shared reference texts are not beside the repository")
    return folder


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_restore_gives_the_full_names_of_the_gold_circulars(name: str) -> None:
    gold = json.loads((shared() / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    pairs = [
        (found, unit["name"])
        for task in gold["tasks"]
        for units in [[u for u in task["responsibilities"] if u["role"] != "leader"]]
        for found, unit in zip(restore([u["surface"] for u in units]), units, strict=True)
    ]
    assert sum(found == name for found, name in pairs) >= 0.99 * len(pairs)


@pytest.mark.shared
def test_measure_resolves_the_units_of_the_gold_circulars() -> None:
    files = sorted((shared() / "gold").glob("*.gold.json"))
    assert measure(json.loads(f.read_text(encoding="utf-8")) for f in files).share >= 0.97
