from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.numbering import chinese_value, match_numbering

NUMBERED = [
    ("第一章 总则", "chapter", 1, "第一章"),
    ("第十二条 建立台账", "article", 12, "第十二条"),
    ("一、农业", "cn_comma", 1, "一"),
    ("二十三、收尾", "cn_comma", 23, "二十三"),
    ("（一）工作", "cn_paren", 1, "（一）"),
    ("(三)加强", "cn_paren", 3, "(三)"),
    ("（三)混宽", "cn_paren", 3, "（三)"),
    ("1、建设", "ar_dot", 1, "1"),
    ("1. 建设", "ar_dot", 1, "1"),
    ("1．建设", "ar_dot", 1, "1"),
    ("1﹒建设", "ar_dot", 1, "1"),
    ("１２、建设", "ar_dot", 12, "１２"),
    ("1.2 建设", "ar_multi2", 2, "1.2"),
    ("（1）建设", "ar_paren", 1, "（1）"),
    ("(12)建设", "ar_paren", 12, "(12)"),
    ("⑴建设", "ar_paren", 1, "⑴"),
    ("3）建设", "ar_half", 3, "3）"),
    ("①建设", "circled", 1, "①"),
    ("一是建设", "ordinal", 1, "一是"),
    ("第一，建设", "ordinal", 1, "第一"),
    ("任务3：建设", "project", 3, "任务3"),
    ("——目标", "bullet", 0, "——"),
    ("1-2 排查隐患", "ar_multi2", 2, "1-2"),
    ("３－１、排查隐患", "ar_multi2", 1, "３－１"),
    ("❹ 排查隐患", "circled", 4, "❹"),
    ("㉓排查隐患", "circled", 23, "㉓"),
    ("06 排查隐患", "ar_dot", 6, "06"),
    ("16 排查隐患", "ar_dot", 16, "16"),
    ("任务二  排查隐患", "project", 2, "任务二"),
    ("B 排查隐患", "latin", 2, "B"),
    ("A3.排查隐患", "latin_a", 3, "A3"),
    ("D-2 排查隐患", "latin_d", 2, "D-2"),
    ("▶ 排查隐患", "bullet", 0, "▶"),
    ("- 排查隐患", "bullet", 0, "-"),
]
PLAIN = [
    "2015年3月底前完成",
    "1.5万亩",
    "12.6%以上",
    "一、二、三产业融合",
    "一、二线城市",
    "三年行动",
    "二〇二〇年",
    "十十、",
    "市教育局",
    "第三产业",
    "",
    "15 个乡镇参加",
    "12 月底前建成",
    "24 小时值守",
    "5-6 级偏北风",
    "1-2个示范点",
    "0797-8开头",
    "A 级景区",
    "B超检查",
    "DNA检测",
    "05年以来",
    "任务繁重",
    "-5度低温",
]


@pytest.mark.parametrize(("line", "kind", "value", "printed"), NUMBERED)
def test_numbering_reads_every_system(line: str, kind: str, value: int, printed: str) -> None:
    number = match_numbering(line, 0, len(line))
    assert number is not None
    assert (number.kind, number.value, number.printed) == (kind, value, printed)


@pytest.mark.parametrize("line", PLAIN)
def test_numbering_leaves_other_beginnings_alone(line: str) -> None:
    assert match_numbering(line, 0, len(line)) is None


@pytest.mark.parametrize(("line", "kind", "value", "printed"), NUMBERED)
def test_numbering_shifts_with_the_text(line: str, kind: str, value: int, printed: str) -> None:
    number = match_numbering("前文" + line, 2, 2 + len(line))
    assert number is not None
    assert (number.start, number.printed) == (2, printed)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("一百零三", 103), ("一〇二", 102), ("百十", None), ("", None)],
)
def test_numbering_values_of_chinese_ordinals(text: str, value: int | None) -> None:
    assert chinese_value(text) == value


@given(st.text(max_size=12))
def test_numbering_never_raises(text: str) -> None:
    number = match_numbering(text, 0, len(text))
    assert number is None or text[number.start :].startswith(number.printed)
