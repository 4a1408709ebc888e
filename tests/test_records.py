"""The contract: what `to_dict` gives, and the schema that describes it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from govextract import records
from govextract.exporters.json_file import schema
from govextract.ledger import Ledger
from govextract.readers import document

DEFINITIONS = {
    "source": records.Source,
    "meta": records.Meta,
    "task": records.Task,
    "measure": records.Measure,
    "responsibility": records.Responsibility,
    "metric": records.Metric,
    "deadline": records.Deadline,
    "entity": records.Entity,
    "warning": records.LedgerWarning,
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker())


def test_records_to_dict_keeps_the_contract_s_order_of_keys(sample: Ledger) -> None:
    plain = sample.to_dict()
    assert list(plain) == [
        "schema_version", "source", "meta", "text", "tasks", "entities", "warnings",
    ]  # fmt: skip
    assert list(plain["tasks"][0])[:6] == ["id", "number", "path", "title", "start", "end"]


def test_records_from_dict_gives_back_an_equal_ledger(sample: Ledger) -> None:
    assert Ledger.from_dict(json.loads(sample.to_json())) == sample


def test_records_from_dict_refuses_another_version(sample: Ledger) -> None:
    with pytest.raises(ValueError, match="schema_version '2', this library reads '1'"):
        Ledger.from_dict(sample.to_dict() | {"schema_version": "2"})


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_records_json_number_is_an_integer_only_where_the_value_is(value: Decimal) -> None:
    number = records.json_number(value)
    assert isinstance(number, int) == (value == value.to_integral_value())
    assert number == pytest.approx(float(value))


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(("name", "record"), DEFINITIONS.items())
def test_schema_names_every_field_of_the_records_and_no_other(name: str, record: type) -> None:
    assert set(schema()["$defs"][name]["properties"]) == {f.name for f in fields(record)}


@pytest.mark.parametrize(
    ("name", "key", "literal"),
    [
        ("responsibility", "role", records.Role),
        ("metric", "change", records.Change),
        ("metric", "comparison", records.Comparison),
        ("entity", "source", records.EntitySource),
        ("source", "format", document.Format),
    ],
)
def test_schema_allows_the_words_of_the_records(name: str, key: str, literal: Any) -> None:
    assert schema()["$defs"][name]["properties"][key]["enum"] == list(get_args(literal))


def test_schema_accepts_a_ledger(validator: Draft202012Validator, sample: Ledger) -> None:
    validator.validate(sample.to_dict())


def test_schema_accepts_a_ledger_without_tasks(validator: Draft202012Validator) -> None:
    empty = Ledger(records.Source(None, "0" * 64, "txt"), records.Meta(), "")
    validator.validate(empty.to_dict())


def test_schema_accepts_added_keys(validator: Draft202012Validator, sample: Ledger) -> None:
    plain = sample.to_dict() | {"language": "zh"}
    plain["tasks"][0]["priority"] = 1
    plain["tasks"][0]["metrics"][0]["baseline"] = 3
    validator.validate(plain)


@pytest.mark.parametrize("period", ["P6M", "P1Y", "P2W", "P1Y6M", "PT12H"])
def test_schema_accepts_iso_periods(
    validator: Draft202012Validator, sample: Ledger, period: str
) -> None:
    sample.tasks[1].deadlines[0].date = None
    sample.tasks[1].deadlines[0].recurrence = period
    validator.validate(sample.to_dict())


def _required(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all keys of the first object of each kind in `node`."""
    if isinstance(node, list):
        return _required(node[0], (*path, 0)) if node and isinstance(node[0], dict) else []
    found = []
    for key, value in node.items():
        if key in ("inherited", "reason", "pairs"):  # added to the contract, so not required
            continue
        found.append((*path, key))
        if isinstance(value, (dict, list)):
            found += _required(value, (*path, key))
    return found


def test_schema_rejects_a_ledger_that_lacks_any_key(
    validator: Draft202012Validator, sample: Ledger
) -> None:
    sample.tasks.reverse()  # the one with every kind of record first
    sample.tasks.sort(key=lambda task: -len(task.deadlines))
    plain = sample.to_dict()
    paths = _required(plain)
    assert len(paths) > 45
    for *above, key in paths:
        broken = copy.deepcopy(plain)
        node = broken
        for step in above:
            node = node[step]
        del node[key]
        assert not validator.is_valid(broken), f"{above} without {key} is accepted"


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(plain: dict[str, Any]) -> None:
        node: Any = plain
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_set("schema_version", to=1), id="version as a number"),
        pytest.param(_set("text", to=None), id="no text"),
        pytest.param(_set("source", "sha256", to="A" * 64), id="digest in capitals"),
        pytest.param(_set("source", "sha256", to="a" * 63), id="short digest"),
        pytest.param(_set("source", "format", to="wps"), id="format that is not read"),
        pytest.param(_set("meta", "year", to="2015"), id="year as a string"),
        pytest.param(_set("meta", "year", to=15), id="year of two digits"),
        pytest.param(_set("meta", "pairs", to={"索引号": 1}), id="metadata that is no text"),
        pytest.param(_set("meta", "issued_on", to="2015-3-2"), id="date without zeros"),
        pytest.param(_set("meta", "issued_on", to="2015-02-30"), id="day that does not exist"),
        pytest.param(_set("tasks", 0, "start", to=-1), id="negative offset"),
        pytest.param(_set("tasks", 0, "end", to=3.5), id="broken offset"),
        pytest.param(_set("tasks", 0, "path", to="一、农业"), id="path as one string"),
        pytest.param(_set("tasks", 0, "path", to=[""]), id="empty heading"),
        pytest.param(_set("tasks", 0, "id", to=1), id="task id as a number"),
        pytest.param(_set("tasks", 0, "number", to=1), id="printed number as a number"),
        pytest.param(
            _set("tasks", 0, "responsibilities", 0, "role", to="owner"), id="unknown role"
        ),
        pytest.param(
            _set("tasks", 0, "responsibilities", 0, "name", to=""), id="unit without a name"
        ),
        pytest.param(_set("tasks", 0, "metrics", 0, "value", to="12"), id="value as a string"),
        pytest.param(_set("tasks", 0, "metrics", 0, "value", to=None), id="no value"),
        pytest.param(_set("tasks", 0, "metrics", 0, "value_max", to=15), id="maximum of no range"),
        pytest.param(
            _set("tasks", 0, "metrics", 0, "comparison", to="range"), id="range without maximum"
        ),
        pytest.param(_set("tasks", 0, "metrics", 0, "change", to="grow"), id="unknown change"),
        pytest.param(
            _set("tasks", 1, "deadlines", 0, "date", to="6月底"), id="deadline in words"
        ),
        pytest.param(
            _set("tasks", 1, "deadlines", 0, "recurrence", to="P6M"), id="date and recurrence"
        ),
        pytest.param(
            _set(
                "tasks", 1, "deadlines", 0,
                to={"text": "每月", "date": None, "recurrence": "P", "start": 0, "end": 2},
            ),
            id="period without a length",
        ),
        pytest.param(_set("entities", 0, "label", to="agency"), id="label in small letters"),
        pytest.param(_set("entities", 0, "source", to="human"), id="unknown origin"),
        pytest.param(_set("entities", 0, "score", to=1.5), id="score over one"),
        pytest.param(_set("warnings", 0, "message", to=""), id="warning that says nothing"),
    ],
)  # fmt: skip
def test_schema_rejects_broken_ledgers(
    validator: Draft202012Validator, sample: Ledger, change: Callable[[dict[str, Any]], None]
) -> None:
    plain = sample.to_dict()
    assert validator.is_valid(plain)
    change(plain)
    assert not validator.is_valid(plain)


@pytest.mark.parametrize("at", ["source", "meta", "tasks", "entities"])
def test_records_from_dict_passes_over_keys_of_later_versions(sample: Ledger, at: str) -> None:
    data = sample.to_dict()
    part = data[at][0] if isinstance(data[at], list) else data[at]
    part["later"] = 1
    assert Ledger.from_dict(data) == sample


def test_records_from_dict_misses_a_key_of_this_version(sample: Ledger) -> None:
    data = sample.to_dict()
    del data["source"]["sha256"]
    with pytest.raises(TypeError, match="sha256"):
        Ledger.from_dict(data)
