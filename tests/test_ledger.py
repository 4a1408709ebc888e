from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from govextract.exporters.rows import COLUMNS
from govextract.ledger import Ledger
from govextract.records import Measure


def test_ledger_to_json_is_to_dict_as_json(sample: Ledger) -> None:
    assert json.loads(sample.to_json()) == sample.to_dict()
    assert len(sample.to_json(indent=None).splitlines()) == 1


def test_ledger_to_csv_writes_a_row_a_task(sample: Ledger, tmp_path: Path) -> None:
    sample.to_csv(tmp_path / "ledger.csv")
    frame = pd.read_csv(tmp_path / "ledger.csv")
    assert frame["责任单位"].tolist()[1] == "市水利局、各镇"
    assert len(frame) == 3


def test_ledger_to_xlsx_writes_the_workbook(sample: Ledger, tmp_path: Path) -> None:
    sample.to_xlsx(tmp_path / "ledger.xlsx")
    assert openpyxl.load_workbook(tmp_path / "ledger.xlsx")["台账"].max_row == 4


def test_ledger_to_xlsx_warns_of_a_cell_that_is_cut(
    one_task: Callable[..., Ledger], tmp_path: Path
) -> None:
    ledger = one_task(measures=[Measure(0, 1, "疏" * 33_000)])
    with pytest.warns(UserWarning, match="is cut to the 32,767 characters"):
        ledger.to_xlsx(tmp_path / "ledger.xlsx")


def test_ledger_to_frame_has_a_row_for_each_unit_of_each_task(sample: Ledger) -> None:
    frame = sample.to_frame()
    assert frame[["number", "role", "unit", "surface"]].dropna().values.tolist() == [
        ["1", "lead", "市水利局", "市水利局"],
        ["1", "assist", "市财政局", "财政局"],
        ["2", "leader", "张三", "张三"],
        ["2", "responsible", "市水利局", "市水利局"],
        ["2", "responsible", "各镇", "各镇"],
    ]


def test_ledger_to_frame_keeps_a_task_without_units(sample: Ledger) -> None:
    last = sample.to_frame().iloc[-1]
    assert last["task"] == "巡查堤防"
    assert pd.isna(last["unit"])
    assert pd.isna(last["start"])


def test_ledger_to_frame_groups_by_agency(sample: Ledger) -> None:
    counts = sample.to_frame().groupby("agency")["task_id"].nunique()
    assert counts.to_dict() == {"水利": 2, "财政": 1}


def test_ledger_to_frame_offsets_are_integers_that_find_the_surface(sample: Ledger) -> None:
    frame = sample.to_frame().dropna(subset="unit")
    for start, end, surface in frame[["start", "end", "surface"]].itertuples(index=False):
        assert sample.text[start:end] == surface


def test_ledger_to_frame_by_task_has_the_columns_of_the_spreadsheet(sample: Ledger) -> None:
    frame = sample.to_frame(by="task", language="zh")
    assert list(frame.columns)[-len(COLUMNS) :] == [column.chinese for column in COLUMNS]
    assert len(frame) == 3
    assert frame["年份"].tolist() == [2015] * 3


@pytest.mark.parametrize("by", ["responsibility", "task"])
def test_ledger_to_frame_is_the_same_in_both_languages(sample: Ledger, by: Any) -> None:
    english, chinese = (sample.to_frame(by=by, language=name) for name in ("en", "zh"))
    assert all(name.isascii() for name in english.columns)
    assert not any(name.isascii() for name in chinese.columns)
    assert english.set_axis(chinese.columns, axis=1).equals(chinese)


@pytest.mark.parametrize("by", ["responsibility", "task"])
def test_ledger_to_frame_without_tasks_is_empty_but_has_its_columns(
    sample: Ledger, by: Any
) -> None:
    columns = list(sample.to_frame(by=by).columns)
    sample.tasks = []
    assert list(sample.to_frame(by=by).columns) == columns
    assert sample.to_frame(by=by).empty


def test_ledger_to_frame_with_an_unknown_year_keeps_other_years_integers(sample: Ledger) -> None:
    known = sample.to_frame()
    sample.meta.year = None
    both = pd.concat([known, sample.to_frame()])
    assert str(both["year"].dtype) == "Int64"


def test_ledger_to_frame_refuses_other_words(sample: Ledger) -> None:
    with pytest.raises(ValueError, match="by is 'unit'"):
        sample.to_frame(by="unit")  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="language is 'fr'"):
        sample.to_frame(language="fr")  # type: ignore[arg-type]


def test_ledger_to_frame_without_pandas_says_how_to_get_it(
    sample: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_pandas(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(ImportError, match=r'pip install "govextract\[pandas\]"'):
        sample.to_frame()


def test_ledger_repr_is_short(sample: Ledger) -> None:
    assert len(repr(sample)) < 200
    assert f"{len(sample.tasks)} tasks" in repr(sample)
