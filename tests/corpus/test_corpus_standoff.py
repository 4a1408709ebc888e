"""Standoff records, with and without the text, and back."""

from __future__ import annotations

import json

import pytest

from govextract.corpus import (
    Entry,
    compile_document,
    from_record,
    render,
    to_record,
    with_text,
    without_text,
)
from govextract.corpus.standoff import Record, find_spaced
from tests.corpus.sources import BODY, TABLE_BODY, document, entry, source, table_entry

SPACED = """\
和平县水利
任务分解表
⟦H1 一、工程⟧
⟦T number=7 title=渠 道⟧1.修缮渠道。⟦M{indicator=另一种说法} 新建泵站3座⟧,⟦M 泵站供水率
达到90%⟧。(⟦A.lead=县水利局 水利局⟧)⟦/T⟧
"""


def _entries() -> list[Entry]:
    return [
        entry(),
        table_entry(),
        entry(SPACED, layouts="[flattened]"),
        entry("", layouts="[no-units]", issued_on="null"),
    ]


def _as_stored(record: Record) -> Record:
    stored: Record = json.loads(json.dumps(record))
    return stored


@pytest.mark.parametrize("given", _entries(), ids=["brackets", "table", "spaced", "empty"])
def test_standoff_a_document_comes_back_from_its_record(given: Entry) -> None:
    record = _as_stored(to_record(given))
    again = from_record(record)
    assert again == given
    assert render(again.document) == render(given.document)


@pytest.mark.parametrize("given", _entries(), ids=["brackets", "table", "spaced", "empty"])
def test_stripping_a_record_comes_back_with_its_text(given: Entry) -> None:
    record = _as_stored(to_record(given))
    assert with_text(without_text(record), given.text) == record


def test_standoff_offsets_lead_to_the_words() -> None:
    record = to_record(entry())
    text = record["text"]
    [first, _] = record["tasks"]
    assert [text[r["start"] : r["end"]] for r in first["responsibilities"]] == [
        "县水利局",
        "财政局",
    ]
    at = first["title_range"]
    assert text[at["start"] : at["end"]] == first["title"] == "修缮渠道"
    [at] = first["metrics"][0]["indicator_ranges"]
    assert text[at["start"] : at["end"]] == first["metrics"][0]["indicator"] == "新建泵站"


def test_stripping_leaves_no_words_of_the_document() -> None:
    stripped = json.dumps(without_text(to_record(entry(BODY))), ensure_ascii=False)
    for words in (
        "修缮渠道",
        "新建泵站",
        "6月底前",
        "一、工程",
        "和平县水利任务分解表",
        "县政府督查室",
    ):
        assert words not in stripped


def test_stripping_keeps_a_name_that_the_document_does_not_spell_out() -> None:
    stripped = without_text(to_record(entry(BODY)))
    assert [r["name"] for r in stripped["tasks"][0]["responsibilities"]] == [None, "县财政局"]


def test_stripping_keeps_an_indicator_that_the_document_does_not_spell_out() -> None:
    stripped = without_text(to_record(entry(SPACED, layouts="[flattened]")))
    metrics = stripped["tasks"][0]["metrics"]
    assert [m["indicator"] for m in metrics] == ["另一种说法", None]
    assert [len(m["indicator_ranges"]) for m in metrics] == [0, 1]


def test_standoff_an_indicator_may_be_put_together_from_pieces() -> None:
    body = "⟦M 新建公厕5座⟧、⟦M{indicator=新建垃圾站} 垃圾站3座⟧\n"
    first, second = to_record(entry(body, layouts="[no-units]"))["other_metrics"]
    assert len(first["indicator_ranges"]) == 1
    pieces = [
        entry(body, layouts="[no-units]").text[p["start"] : p["end"]]
        for p in second["indicator_ranges"]
    ]
    assert pieces == ["新建", "垃圾站"]


@pytest.mark.parametrize("end", ["", "。\n\n", "。\r\n", "。 "])
def test_stripping_another_text_is_refused(end: str) -> None:
    given = entry()
    assert given.text.endswith("。\n")
    with pytest.raises(ValueError, match="sha256"):
        with_text(without_text(to_record(given)), given.text[:-2] + end)


def test_standoff_a_record_without_text_is_no_document() -> None:
    with pytest.raises(ValueError, match="hydrate"):
        from_record(without_text(to_record(entry())))


def test_standoff_values_are_all_of_one_json_type() -> None:
    record = to_record(entry("⟦M 增长2.5%⟧⟦M{value=300} 修300公里⟧\n", layouts="[no-units]"))
    values = [m["value"] for m in record["other_metrics"]]
    assert values == [2.5, 300]
    assert [type(v) for v in values] == [float, float]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("甲乙丙", "乙丙", (1, 3)),
        ("甲 乙\n丙", "甲乙", (0, 3)),
        ("甲乙", "乙甲", None),
        ("甲乙", "", None),
        ("", "甲", None),
    ],
)
def test_standoff_words_are_found_over_blanks(
    text: str, words: str, expected: tuple[int, int] | None
) -> None:
    assert find_spaced(text, words, 0, len(text)) == expected


def test_standoff_recompiling_gives_the_same_record() -> None:
    given = document(TABLE_BODY, layouts="[table-html]")
    one = to_record(Entry(given, compile_document(given)))
    assert one == to_record(from_record(_as_stored(one)))
    assert source(TABLE_BODY, layouts="[table-html]") == render(given)
