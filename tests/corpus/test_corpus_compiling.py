"""Spans and tasks that the marks of a document amount to."""

from __future__ import annotations

from itertools import pairwise

import pytest

from govextract.corpus import EXAMPLE, Entry, compile_document, parse
from govextract.corpus.ledgers import ledger_of, source_document
from tests.corpus.sources import entry, table_entry


def test_compiling_spans_are_those_of_units_targets_and_limits() -> None:
    given = entry()
    spans = [(s.label, given.text[s.start : s.end]) for s in given.annotation.spans]
    assert spans == [
        ("DEADLINE", "6月底前"),
        ("METRIC", "新建泵站3座"),
        ("AGENCY", "县水利局"),
        ("AGENCY", "财政局"),
        ("METRIC", "培训40名以上"),
        ("AGENCY", "县政府督查室"),
        ("AGENCY", "各镇"),
        ("DEADLINE", "年底前"),
    ]


PATHS = """\
⟦H0 任务表⟧
⟦H1 一、渠道⟧
⟦T⟧⟦H2 （一）清淤⟧(⟦A.resp 县水利局⟧)⟦/T⟧
⟦T⟧1.清南渠。(⟦A.resp 南镇⟧)⟦/T⟧
⟦H2 （二）绿化⟧⟦T⟧植树。(⟦A.resp 县林业局⟧)⟦/T⟧
⟦H1 二、泵站⟧
⟦T⟧检修。(⟦A.resp 县水利局⟧)⟦/T⟧
⟦H0 附件2⟧
⟦T⟧验收。(⟦A.resp 县水利局⟧)⟦/T⟧
"""


def test_compiling_a_path_holds_the_headings_above_outermost_first() -> None:
    paths = [task.path for task in entry(PATHS).annotation.tasks]
    assert paths == [
        ("一、渠道",),
        ("一、渠道", "（一）清淤"),
        ("一、渠道", "（二）绿化"),
        ("二、泵站",),
        (),
    ]


@pytest.mark.parametrize("second", ["⟦T⟧⟦H2 （二）绿化⟧", "⟦T⟧（二）⟦H2 绿化⟧"])
def test_compiling_a_task_that_begins_with_its_heading_is_not_below_the_one_before(
    second: str,
) -> None:
    body = f"⟦H1 一、渠道⟧\n⟦T⟧⟦H2 （一）清淤⟧(⟦A.resp 各镇⟧)⟦/T⟧\n{second}(⟦A.resp 各镇⟧)⟦/T⟧\n"
    assert [task.path for task in entry(body).annotation.tasks] == [("一、渠道",)] * 2


def test_compiling_headings_are_given_as_one_line() -> None:
    body = "⟦H1 一、渠\n道⟧\n⟦T⟧清淤。⟦/T⟧\n"
    assert entry(body, layouts="[flattened]").annotation.tasks[0].path == ("一、渠道",)


def test_compiling_a_limit_in_a_heading_reaches_the_tasks_below_it() -> None:
    body = (
        "⟦H1 一、⟦D 6月底前⟧办结的事项⟧\n⟦T⟧清淤,⟦D 5月底前⟧开工。⟦/T⟧\n⟦T⟧绿化。⟦/T⟧\n"
        "⟦H1 二、⟦D 全年⟧坚持的事项⟧\n⟦T⟧巡查。⟦/T⟧\n"
    )
    annotation = entry(body).annotation
    assert [[(d.text, d.inherited) for d in task.deadlines] for task in annotation.tasks] == [
        [("6月底前", True), ("5月底前", False)],
        [("6月底前", True)],
        [("全年", True)],
    ]
    assert annotation.other_deadlines == ()
    assert [d.text for d in annotation.deadlines()] == ["6月底前", "5月底前", "全年"]


def test_compiling_every_record_lies_where_its_words_stand() -> None:
    given = table_entry()
    for task in given.annotation.tasks:
        for record in (*task.metrics, *task.deadlines):
            assert given.text[record.start : record.end] == record.text
        for unit in task.responsibilities:
            assert given.text[unit.start : unit.end] == unit.surface


def test_compiling_the_example_of_the_documentation_is_right() -> None:
    [task] = compile_document(parse(EXAMPLE)).tasks
    assert [m.indicator for m in task.metrics] == ["新建泵站"]
    assert [d.date for d in task.deadlines] == ["2024-06-30"]


def test_ledgers_a_ledger_has_the_records_of_the_document() -> None:
    ledger = ledger_of(entry())
    assert [task.title for task in ledger.tasks] == ["修缮渠道", "培训管护员"]
    assert ledger.meta.issuer == "和平县人民政府"
    assert all(ledger.text[e.start : e.end] == e.text for e in ledger.entities)


def test_ledgers_a_table_is_a_block_of_cells() -> None:
    given = table_entry()
    blocks = source_document(given).blocks
    assert [block.kind for block in blocks] == ["paragraph", "table", "paragraph"]
    table = blocks[1].table
    assert table is not None
    merged = [given.text[c.start : c.end] for c in table.cells if c.rowspan > 1]
    assert merged == ["渠道"]


@pytest.mark.parametrize("given", [table_entry(), entry()], ids=["table", "brackets"])
def test_ledgers_blocks_do_not_overlap(given: Entry) -> None:
    blocks = source_document(given).blocks
    assert all(a.end <= b.start for a, b in pairwise(blocks))
