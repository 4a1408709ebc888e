"""What the checks refuse: documents, records, collections."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govextract.corpus import Entry, to_record, without_text, write_records
from govextract.corpus.checks import check_marks, check_records
from govextract.corpus.standoff import Record
from govextract.corpus.validating import (
    check_collection,
    check_record,
    validate_records,
    validate_source,
)
from tests.corpus.sources import BODY, TABLE_BODY, document, entry, source, table_entry


def _write(folder: Path, text: str, name: str = "heping-2024-shuili.txt") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_validating_a_document_without_fault_has_none(tmp_path: Path) -> None:
    given, faults = validate_source(_write(tmp_path, source()))
    assert faults == []
    assert given is not None
    assert len(given.annotation.tasks) == 2


def test_validating_a_table_without_fault_has_none(tmp_path: Path) -> None:
    _, faults = validate_source(_write(tmp_path, source(TABLE_BODY, layouts="[table-html]")))
    assert faults == []


@pytest.mark.parametrize(
    ("body", "head", "line", "message"),
    [
        ("⟦T⟧1.清淤。(⟦A.lead 县水利局、⟧)⟦/T⟧", {}, 13, "AGENCY begins or ends with a blank or stop"),
        ("⟦T⟧1.清淤。(⟦A.lead  县水利局⟧)⟦/T⟧", {}, 13, "AGENCY begins or ends with a blank or stop"),
        ("⟦T⟧1.⟦M 清淤3公里;⟧(⟦A.lead 县水利局⟧)⟦/T⟧", {}, 13, "METRIC begins or ends with a blank"),
        ("⟦T⟧1.清淤。(⟦A.lead 县水利局⟧) ⟦/T⟧", {}, 13, "the task begins or ends with a blank"),
        ("⟦T⟧1.清淤。⟦A.lead (县水利局⟧)⟦/T⟧", {}, 13, "AGENCY cuts a pair ()"),
        ("⟦T⟧1.⟦M “清淤3公里⟧”(⟦A.lead 县水利局⟧)⟦/T⟧", {}, 13, "METRIC cuts a pair “”"),
        ("⟦T⟧1.⟦M 清淤\n3公里⟧(⟦A.lead 县水利局⟧)⟦/T⟧", {}, 13, "METRIC runs over the end of a line"),
        ("⟦T⟧1.清淤(⟦A.lead 县⟦A 水利局⟧⟧)⟦/T⟧", {}, 13, "'水利局' stands inside another"),
        ("⟦T⟧1.⟦M 清淤⟦M 3公里⟧⟧(⟦A.lead 县水利局⟧)⟦/T⟧", {}, 13, "'3公里' stands inside another"),
        ("⟦T⟧1.⟦M{value=3;indicator=清淤} 清淤⟧(⟦A.lead 县水利局⟧)⟦/T⟧", {}, 13, "without a numeral"),
        ("⟦T⟧1.清淤。⟦/T⟧\n⟦A.lead 县水利局⟧。\n", {}, 14, "is assigned outside every task"),
        ("⟦T⟧1.清淤。⟦/T⟧\n⟦P 何平⟧。\n", {}, 14, "is assigned outside every task"),
        ("报⟦A 县政府⟧。\n⟦T⟧1.清淤。⟦/T⟧\n", {}, 13, "before the first task or after the last"),
        ("⟦T⟧1.清淤。⟦/T⟧\n报⟦A 县政府⟧。\n", {}, 14, "before the first task or after the last"),
        ("报⟦A 县政府⟧。\n", {"layouts": "[no-units]"}, 13, "in a document without tasks"),
        ("⟦H2 （一）渠道⟧\n⟦T⟧1.清淤。⟦/T⟧\n", {}, 13, "level 2 under one of level 0"),
        ("⟦M ⟦T⟧1.清淤3公里⟦/T⟧⟧\n", {}, 13, "a task begins inside a METRIC"),
        ("⟦H1 一、⟦T⟧清淤3公里⟦/T⟧⟧\n", {}, 13, "a task begins inside a heading"),
        ("⟦T⟧1.⟦M ⟦H1 清淤⟧3公里⟧⟦/T⟧\n", {}, 13, "a heading stands inside a METRIC"),
        (TABLE_BODY, {}, 13, "neither layout table-html nor table-docx"),
        (BODY, {"layouts": "[table-docx]"}, 13, "has no ⟦TABLE⟧"),
        ("⟦T⟧1.清淤。⟦/T⟧\n", {"layouts": "[leaders]"}, 13, "no person is marked"),
        (BODY, {"layouts": "[no-units]"}, 13, "units are assigned"),
        ("甲\n", {}, 13, "has no task"),
        ("\n", {"layouts": "[no-units]"}, 13, "has no text"),
        ("⟦T⟧1.清\u200b淤。⟦/T⟧\n", {}, 13, "U+200B is not printed"),
        (BODY, {"width": "full"}, 13, "width is full"),
        ("⟦T⟧1.⟦/T⟧\n", {}, 13, "no title can be read off the task"),
        ("⟦T title=筑坝⟧1.清淤。⟦/T⟧\n", {}, 13, "the title given by hand is not of the text"),
        ("甲\n⟦D{date=2099-01-01} 年底前⟧\n", {"layouts": "[no-units]"}, 14, "is dated 2099-01-01"),
        ("甲\n⟦D 条件成熟时⟧\n", {"layouts": "[no-units]"}, 14, "no time can be read"),
    ],
)  # fmt: skip
def test_validating_a_fault_is_told_with_file_and_line(
    tmp_path: Path, body: str, head: dict[str, str], line: int, message: str
) -> None:
    path = _write(tmp_path, source(body, **head))
    _, faults = validate_source(path)
    told = [fault for fault in faults if message in fault.message]
    assert [(fault.path, fault.line) for fault in told] == [(str(path), line)], faults


def test_validating_a_range_that_ends_before_it_begins_is_told() -> None:
    body = "⟦M{comparison=range;value=9;value_max=3} 清淤3—9公里⟧\n"
    given = entry(body, layouts="[no-units]")
    [(_, message)] = check_records(given.document, given.annotation)
    assert "ends before it begins" in message


def test_validating_a_heading_may_hold_a_target() -> None:
    body = "⟦T⟧⟦H1 一、⟦M 清淤3公里⟧⟧(⟦A.lead 县水利局⟧)⟦/T⟧\n"
    assert check_marks(document(body)) == []


def test_validating_line_breaks_do_not_count_where_the_text_lost_them() -> None:
    body = "⟦T⟧1.⟦M 清淤\n3公里⟧(⟦A.lead 县水利局⟧)⟦/T⟧"
    assert check_marks(document(body, layouts="[flattened]")) == []


def test_validating_every_fault_is_told_and_the_file_left_alone(tmp_path: Path) -> None:
    text = source("⟦T⟧1.清淤,(⟦A.lead 县水利局、⟧)⟦/T⟧\n⟦A.lead 各镇⟧\n⟦D 条件成熟时⟧\n")
    path = _write(tmp_path, text)
    given, faults = validate_source(path)
    assert given is None
    assert [fault.line for fault in faults] == [13, 14, 15]
    assert path.read_text(encoding="utf-8") == text


def test_validating_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    _, [fault] = validate_source(_write(tmp_path, source(), "heping.txt"))
    assert "the file heping.txt" in fault.message


def test_validating_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    given, [fault] = validate_source(tmp_path / "x.txt")
    assert given is None
    assert "cannot be read" in fault.message


# Records


def _record(given: Entry | None = None) -> Record:
    record: Record = json.loads(json.dumps(to_record(given or entry())))
    return record


@pytest.mark.parametrize("given", [entry(), table_entry()], ids=["brackets", "table"])
def test_validating_a_record_without_fault_has_none(given: Entry) -> None:
    record = _record(given)
    assert check_record(record) == []
    assert check_record(_record(replace(given, split="real-test", origin="real"))) == []
    assert check_record(without_text(record)) == []


def _set(*path: str | int, to: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        place: Any = record
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.pop("spans"), "lacks spans"),
        (_set("note", to=1), "has note"),
        (_set("level", to="town"), "level is 'town'"),
        (_set("split", to="training"), "split is 'training'"),
        (_set("corpus_version", to="0.9"), "corpus_version is '0.9'"),
        (_set("spans", 0, "label", to="PROJECT"), "no such label: 'PROJECT'"),
        (_set("spans", 0, "end", to=10_000), "is outside the text"),
        (_set("spans", 0, "start", to=-1), "is outside the text"),
        (_set("spans", 2, "end", to=60), "overlaps another or is out of order"),
        (_set("tasks", 0, "end", to=70), "overlaps another or is outside the text"),
        (_set("tasks", 0, "responsibilities", 0, "role", to="helper"), "no such role: 'helper'"),
        (_set("tasks", 0, "responsibilities", 0, "start", to=0), "is no span"),
        (_set("tasks", 0, "metrics", 0, "start", to=0), "the record at 0-"),
        (_set("tasks", 0, "deadlines", 0, "end", to=90), "is no span"),
        (_set("tasks", to=[1]), "not of the form"),
        (_set("spans", to=None), "not of the form"),
    ],
)
@pytest.mark.parametrize("stripped", [False, True])
def test_validating_a_record_is_checked_with_and_without_its_text(
    change: Callable[[Record], None], message: str, stripped: bool
) -> None:
    record = without_text(_record()) if stripped else _record()
    record = copy.deepcopy(record)
    change(record)
    assert any(message in wrong for wrong in check_record(record)), check_record(record)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("text", to="另一个文本"), "the text's sha256"),
        (_set("length", to=10_000), "characters, not 10000"),
        (_set("tasks", 0, "title", to="筑坝"), "tasks are not what the marks amount to"),
        (_set("tasks", 0, "metrics", 0, "value", to=4), "['metrics'] at"),
        (_set("tasks", 0, "responsibilities", 1, "name", to="财政局"), "['responsibilities'] at"),
        (_set("other_deadlines", to=[]), "0 stored, 1 derived"),
        (_set("marks", 0, "mark", to="Z"), "no such mark"),
        (lambda r: r["marks"].pop(), "other_deadlines are not what"),
    ],
)
def test_validating_a_record_is_held_against_its_text(
    change: Callable[[Record], None], message: str
) -> None:
    record = _record()
    change(record)
    assert any(message in wrong for wrong in check_record(record)), check_record(record)


def test_validating_faults_of_records_name_their_line(tmp_path: Path) -> None:
    wrong = _record() | {"level": "town"}
    write_records(tmp_path / "x.jsonl", [_record(), wrong])
    records, [fault] = validate_records(tmp_path / "x.jsonl")
    assert (len(records), fault.line) == (2, 2)
    assert "heping-2024-shuili: level is 'town'" in fault.message


def test_validating_a_file_that_is_no_jsonl_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("[]\n", encoding="utf-8")
    records, [fault] = validate_records(tmp_path / "x.jsonl")
    assert (records, fault.line) == ([], 1)


# Collections


def test_validating_a_text_given_twice_is_told() -> None:
    faults, _ = check_collection({"a.txt": entry(), "b.txt": entry(id="other-2024-shuili")})
    assert any("has the text of a.txt" in fault.message for fault in faults)


def test_validating_an_id_given_twice_is_told() -> None:
    faults, _ = check_collection({"a.txt": entry(), "b.txt": table_entry()})
    assert [fault.message for fault in faults] == ["has the id of a.txt"]


def test_validating_a_document_written_over_is_told() -> None:
    body = BODY.replace("3座", "5座").replace("培训40名", "培训60名")
    faults, [pair] = check_collection(
        {"a.txt": entry(), "b.txt": entry(body, id="other-2024-shuili")}
    )
    assert any("of its passages with a.txt" in fault.message for fault in faults)
    assert pair.resemblance == 1


def test_validating_documents_of_their_own_are_left_in_peace() -> None:
    faults, pairs = check_collection({"a.txt": entry(), "b.txt": table_entry(id="b-2024-x")})
    assert (faults, pairs) == ([], [])
