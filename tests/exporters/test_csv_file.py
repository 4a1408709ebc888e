from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.exporters import csv_file
from govextract.exporters.rows import COLUMNS
from govextract.ledger import Ledger
from govextract.records import Measure, Meta, Source, Task

MakeLedger = Callable[..., Ledger]


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_begins_with_a_byte_order_mark(sample: Ledger) -> None:
    assert csv_file.render(sample).startswith(b"\xef\xbb\xbf")


def test_csv_has_a_head_and_one_physical_line_a_task(sample: Ledger) -> None:
    sample.tasks[0].measures[0].text = "清淤。\r\n加固。"
    data = csv_file.render(sample)
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + len(sample.tasks)
    assert _rows(data)[0] == [column.chinese for column in COLUMNS]


def test_csv_every_field_is_quoted(sample: Ledger) -> None:
    for line in csv_file.render(sample).decode("utf-8-sig").splitlines():
        assert line.startswith('"')
        assert line.count('","') == len(COLUMNS) - 1


def test_csv_holds_the_cells_of_the_spreadsheet(sample: Ledger) -> None:
    second = _rows(csv_file.render(sample))[2]
    assert second[5] == "市水利局、各镇"
    assert second[7] == "张三"
    assert second[8] == "新增蓄水能力2万立方米以上"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", '=1","=2', "=1\n=2"])
def test_csv_no_field_begins_as_a_formula(one_task: MakeLedger, text: str) -> None:
    ledger = one_task(title=text, path=[text], measures=[Measure(0, 1, text)])
    row = _rows(csv_file.render(ledger))[1]
    assert [cell[0] for cell in row if cell and cell[0] in "=+-@＝＋－＠"] == []
    assert row[2] == "'" + text.replace("\n", " ")


def test_csv_harmless_text_is_kept_as_it_is(one_task: MakeLedger) -> None:
    row = _rows(csv_file.render(one_task(title='“清淤”,"加固"—至-年底')))[1]
    assert row[2] == '“清淤”,"加固"—至-年底'


@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_csv_of_any_text_has_two_lines_of_eleven_fields(text: str) -> None:
    task = Task("t", text, [text], text, 0, len(text), measures=[Measure(0, len(text), text)])
    ledger = Ledger(Source(None, "0" * 64, "txt"), Meta(), text, [task])
    rows = _rows(csv_file.render(ledger))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
