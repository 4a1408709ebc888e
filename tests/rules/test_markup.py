from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.readers import from_text
from govextract.readers.builder import DocumentBuilder, GridCell
from govextract.rules.markup import without_markup
from tests.support import check_leads_back, in_order

MARKED = [
    ("## 一、总则", "一、总则"),
    ("**1. 修渠**三条。", "1. 修渠三条。"),
    ("### **（一）** 农业", "（一） 农业"),
    ("**1\\. 修渠**", "1. 修渠"),
    ("__责任单位：__县水利局", "责任单位：县水利局"),
    ("# 标题\n> 摘自网页", "标题\n摘自网页"),
    ("# 标题\n- 1\\. 修渠", "标题\n- 1. 修渠"),
]
PLAIN = [
    "县教育局张**、李**。",
    "#1机组并网",
    "面积2**3",
    "第1页\\n",
    "*为重点项目",
    "一、总则",
    "",
]


@pytest.mark.parametrize(("text", "read"), MARKED)
def test_markup_is_left_out(text: str, read: str) -> None:
    found = without_markup(from_text(text))
    assert found is not None
    assert found.document.text == read


@pytest.mark.parametrize("text", PLAIN)
def test_markup_leaves_other_signs_alone(text: str) -> None:
    assert without_markup(from_text(text)) is None


def test_markup_spans_are_those_of_the_text_as_given() -> None:
    text = (
        "# 分工\n**1\\. 修渠。**（**县水利局**、县财政局）\n2\\. 架桥。（县交通局、**县住建局**）"
    )
    ledger = govextract.extract(text, mode="rules")
    assert ledger.text == text
    assert [(t.number, t.title, text[t.start : t.start + 2]) for t in ledger.tasks] == [
        ("1", "修渠", "1\\"),
        ("2", "架桥", "2\\"),
    ]
    units = [r for task in ledger.tasks for r in task.responsibilities]
    assert [text[r.start : r.end] for r in units] == [
        "县水利局",
        "县财政局",
        "县交通局",
        "县住建局",
    ]


def test_markup_moves_tables_with_the_text() -> None:
    builder = DocumentBuilder("html", b"")
    builder.paragraph("## 一、任务")
    builder.table(
        [
            GridCell(0, 0, "任务"),
            GridCell(0, 1, "单位"),
            GridCell(1, 0, "**甲**"),
            GridCell(1, 1, "乙"),
        ]
    )
    builder.paragraph("**完**")
    found = without_markup(builder.build())
    assert found is not None
    copy = found.document.text
    (block,) = [b for b in found.document.blocks if b.table is not None]
    assert block.table is not None
    assert [copy[c.start : c.end] for c in block.table.cells] == ["任务", "单位", "**甲**", "乙"]
    assert [copy[b.start : b.end] for b in found.document.blocks][-1] == "完"


@given(
    st.lists(
        st.sampled_from(
            ["# ", "**", "__", "\\.", "> ", "一、修渠", "县水利局", "\n", " ", "*", "#", "- "]
        ),
        max_size=24,
    )
)
def test_markup_leads_every_offset_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = without_markup(from_text(text))
    if found is not None:
        check_leads_back(text, found)
        assert in_order(found)
        assert all("\n" not in found.document.text[b.start : b.end] for b in found.document.blocks)


@given(st.text(alphabet="#*_>\\.-一、修渠（县水利局）\n ", max_size=60))
def test_markup_never_raises(text: str) -> None:
    ledger = govextract.extract(text, mode="rules")
    for task in ledger.tasks:
        assert all(text[r.start : r.end] == r.surface for r in task.responsibilities)
