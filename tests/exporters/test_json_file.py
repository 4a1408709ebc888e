from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.exporters import json_file
from govextract.ledger import Ledger
from govextract.records import Meta, Source

MakeLedger = Callable[..., Ledger]


def test_json_is_the_contract_s_object_in_readable_chinese(sample: Ledger) -> None:
    data = json_file.render(sample)
    assert json.loads(data) == sample.to_dict()
    assert "市水利局".encode() in data
    assert data.endswith(b"}\n")


def test_json_integral_values_are_integers(sample: Ledger) -> None:
    assert '"value": 20000,' in json_file.dumps(sample)


def test_json_without_indent_is_one_line_for_every_line_reader(one_task: MakeLedger) -> None:
    text = "甲\n乙\r丙\x85丁\u2028戊\u2029己\x0b庚\x1c辛"
    line = json_file.dumps(one_task(text=text), indent=None)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == text


def test_json_not_a_number_is_refused(sample: Ledger) -> None:
    sample.entities[0].score = float("nan")
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_file.dumps(sample)


@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_json_of_any_text_is_utf_8_and_gives_the_text_back(text: str) -> None:
    ledger = Ledger(Source(None, "0" * 64, "txt"), Meta(), text)
    assert json.loads(json_file.render(ledger).decode("utf-8"))["text"] == text
