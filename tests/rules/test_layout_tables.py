from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.readers import from_text
from govextract.rules.layout_lines import layout_lines
from govextract.rules.layout_tables import lay_out
from tests.support import check_leads_back
from tests.timing import growth

HEADER = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    ("1", "改造供水管网三十二公里，同步升级加压泵站六座，漏损率降到9%以内。", "市水利局", "市住房和城乡建设局、市财政局", "9月底前"),
    ("2", "新建连栋温室十二万平方米。", "市农业农村局", "市供销社", "年底前"),
    ("3", "整治黑臭水体十五条，沿河绿道全部贯通，水质优良比例不低于85%。", "市生态环境局", "市城市管理局、沿河各镇人民政府", "11月20日前"),
)  # fmt: skip
WIDTHS = (4, 24, 12, 16, 10)


def width(sign: str, wide: int) -> int:
    return 1 if sign.isascii() else wide


def broken(cell: str, room: int, wide: int) -> list[str]:
    lines, line, used = [], "", 0
    for sign in cell:
        if used + width(sign, wide) > room:
            lines.append(line)
            line, used = "", 0
        line += sign
        used += width(sign, wide)
    return [*lines, line]


def printed(
    rows: Sequence[Sequence[str]],
    *,
    wide: int = 2,
    centred: bool = True,
    apart: bool = False,
    widths: Sequence[int] = WIDTHS,
) -> str:
    """Set rows as a program does that keeps their places on the page."""
    out = []
    for row in rows:
        cells = [broken(c, w, wide) if c else [] for c, w in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        tops = [(height - len(c)) // 2 if centred else 0 for c in cells]
        for i in range(height):
            line, used, left = "", 0, 0
            for cell, top, room in zip(cells, tops, widths, strict=True):
                if 0 <= i - top < len(cell):
                    line += " " * (left - used) + cell[i - top]
                    used = left + sum(width(sign, wide) for sign in cell[i - top])
                left += room + 3
            out.append(line)
        if apart:
            out.append("")
    return "\n".join(out) + "\n"


def tasks(text: str) -> list[tuple[object, ...]]:
    return [
        (
            task.number,
            task.title,
            [(r.name, r.role) for r in task.responsibilities],
            [(str(m.value), m.unit) for m in task.metrics],
            [d.date for d in task.deadlines],
        )
        for task in govextract.extract(text, mode="rules").tasks
    ]


TITLE = "某市2023年重点任务分解表\n"
AS_BARS = TITLE + "\n".join("|" + "|".join(row) + "|" for row in (HEADER, *ROWS)) + "\n"


@pytest.mark.parametrize("wide", [1, 2])
@pytest.mark.parametrize("centred", [True, False])
@pytest.mark.parametrize("apart", [True, False])
def test_layout_tables_reads_a_printed_table_as_one_with_bars(
    wide: int, centred: bool, apart: bool
) -> None:
    text = TITLE + printed((HEADER, *ROWS), wide=wide, centred=centred, apart=apart)
    assert tasks(text) == tasks(AS_BARS)
    assert len(tasks(text)) == 3


def test_layout_tables_joins_a_row_over_the_end_of_a_page() -> None:
    lines = printed((HEADER, *ROWS), apart=True).split("\n")
    cut = next(i for i, line in enumerate(lines) if "加压泵站" in line)
    text = TITLE + "\n".join(lines[:cut]) + "\n\n   - 1 -\n\n\f" + "\n".join(lines[cut:])
    assert tasks(text) == tasks(AS_BARS)


def test_layout_tables_skips_a_header_that_is_printed_again() -> None:
    first, second = printed((HEADER, *ROWS[:2])), printed((HEADER, *ROWS[2:]))
    assert tasks(TITLE + first + "\f" + second) == tasks(AS_BARS)


def test_layout_tables_reads_names_of_columns_over_several_lines() -> None:
    narrow = (2, 24, 6, 16, 4)
    text = TITLE + printed((HEADER, *ROWS), widths=narrow)
    assert tasks(text) == tasks(AS_BARS)


def test_layout_tables_reads_names_set_wide_and_a_note_over_two_lines() -> None:
    spaced = ("序号", "工  作  任  务", "牵头单位", "配合单位（各镇按职责）", "完成时限")
    assert tasks(TITLE + printed((spaced, *ROWS))) == tasks(AS_BARS)


def test_layout_tables_charges_nobody_who_only_watches() -> None:
    header = (*HEADER[:3], "督办单位", "完成时限")
    ledger = govextract.extract(TITLE + printed((header, *ROWS)), mode="rules")
    assert [[r.name for r in task.responsibilities] for task in ledger.tasks] == [
        [row[2]] for row in ROWS
    ]


def test_layout_tables_puts_the_second_line_of_a_header_below_its_first() -> None:
    upper = ("序号", "工作任务", "责任单位", "", "完成时限")
    lower = ("", "", "牵头单位", "配合单位", "")
    assert tasks(TITLE + printed((upper, lower, *ROWS))) == tasks(AS_BARS)


def test_layout_tables_carries_a_merged_column_to_its_rows() -> None:
    header = ("类别", "序号", *HEADER[1:])
    rows = [("", *ROWS[0]), ("城乡建设", *ROWS[1]), ("", *ROWS[2])]
    text = TITLE + printed((header, *rows), widths=(4, *WIDTHS))
    assert [task[:3] for task in tasks(text)] == [task[:3] for task in tasks(AS_BARS)]


def test_layout_tables_reads_the_headings_of_parts() -> None:
    table = printed((HEADER, *ROWS)).split("\n")
    second = next(i for i, line in enumerate(table) if line.startswith("2"))
    text = TITLE + "\n".join([*table[:second], "二、农业农村和生态环境方面", *table[second:]])
    ledger = govextract.extract(text, mode="rules")
    assert [task.number for task in ledger.tasks] == ["1", "2", "3"]
    assert [task.path[-1] for task in ledger.tasks[1:]] == ["二、农业农村和生态环境方面"] * 2


def test_layout_tables_leaves_what_stands_behind_the_table() -> None:
    after = "注：完成时限为常年推进的，按季度报送。\n市水利局要会同市财政局安排好资金。\n"
    ledger = govextract.extract(TITLE + printed((HEADER, *ROWS)) + after, mode="rules")
    table_end = ledger.text.index("注：")
    assert len(ledger.tasks) >= 3
    assert all(task.end <= table_end for task in ledger.tasks[:3])


def test_layout_tables_gives_a_task_the_whole_of_its_row() -> None:
    text = TITLE + printed((HEADER, *ROWS))
    first = govextract.extract(text, mode="rules").tasks[0]
    row = text[first.start : first.end]
    assert row.startswith("改造供水管网")
    assert "损率降到9%" in row
    assert "市财政局" in row


def test_layout_tables_keeps_the_words_that_spans_quote() -> None:
    text = TITLE + printed((HEADER, *ROWS))
    ledger = govextract.extract(text, mode="rules")
    assert {e.label for e in ledger.entities} == {"AGENCY", "METRIC", "DEADLINE"}
    assert all(text[e.start : e.end] == e.text for e in ledger.entities)


@pytest.mark.parametrize("wide", [1, 2])
def test_layout_tables_keeps_every_word(wide: int) -> None:
    header = ("类别", *HEADER)
    rows = [("城市建设", *ROWS[0]), ("", *ROWS[1]), ("生态环境", *ROWS[2])]
    text = TITLE + printed((header, *rows), wide=wide, widths=(4, *WIDTHS)) + "各单位要抓好落实。\n"
    found = lay_out(from_text(text))
    assert found is not None
    assert sorted("".join(found.document.text.split())) == sorted("".join(text.split()))


NO_TABLES = {
    "prose": "一、修路。由市交通运输局牵头，市财政局配合。\n二、架桥。\n",
    "names between blanks": "市水利局    市财政局    市教育局\n市公安局    市民政局    市司法局\n",
    "a header and nothing below": "序号    工作任务    责任单位\n",
    "a header above prose": "序号    工作任务    责任单位\n"
    + "各单位要高度重视，切实加强领导，" * 4
    + "\n",
    "no column of units": "序号    工作任务    完成时限\n 1      修路五公里，   6月底\n        年内通车。\n",
    "no column of contents": "序号    牵头单位    责任单位\n 1      市水利局    市财政局、\n                    市教育局\n",
    "rows of one line, not set in columns": (
        "序号    工作任务    责任单位\n1  新建改建农村公路五十公里    市交通局\n2   架桥   市水利局\n"
    ),
    "signature": "                    市水利局    市财政局\n                    2023年3月1日\n",
}


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES)
def test_layout_tables_finds_no_table_in(text: str) -> None:
    assert lay_out(from_text(text)) is None


def test_layout_tables_counts_the_places_of_wide_signs() -> None:
    [line] = layout_lines("1  修渠　县水利局", wide=2)
    assert [(word.left, word.right) for word in line.words] == [(0, 1), (3, 7), (9, 17)]


def test_layout_tables_finds_no_words_in_a_row_with_bars() -> None:
    assert [line.words for line in layout_lines("| 1 | 修渠 |\n1\t修渠\n")] == [[], []]


LINES = st.sampled_from(
    [
        *printed((HEADER, *ROWS)).split("\n"),
        *printed((HEADER, *ROWS), wide=1).split("\n"),
        "一、总体要求", "\f", "", "  二、任务分工", "注：略。", "   1    修路   市交通局", "—2—", "\t", "| a | b |",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=40))
def test_layout_tables_leads_every_character_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = lay_out(from_text(text))
    if found is not None:
        check_leads_back(text, found, added="\t\n")
        words = "".join(found.document.text.split())
        # names of columns that are printed again are left out
        assert all(words.count(sign) <= text.count(sign) for sign in set(words))


@given(st.lists(LINES, max_size=40))
def test_layout_tables_raises_on_no_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    ledger = govextract.extract(text, mode="rules")
    assert all(text[e.start : e.end] == e.text for e in ledger.entities)
    shifted = govextract.extract("\n" + text, mode="rules")
    assert [(t.start - 1, t.end - 1) for t in shifted.tasks] == [
        (t.start, t.end) for t in ledger.tasks
    ]


@pytest.mark.parametrize(
    "unit",
    [
        printed((HEADER, *ROWS)),
        printed(ROWS),
        "序号   工作任务   责任单位\n",
        "  1     修路，    市交通局\n        年内通车。\n",
        "序    责任\n",
    ],
)
def test_layout_tables_takes_linear_time(unit: str) -> None:
    text = "序号   工作任务   责任单位\n"
    assert growth(lambda n: lay_out(from_text(text + unit * n)), 250, 1000, limit=5.2) < 5.2
