"""Automatic numbering: the lines that Word prints, gold written in front of each paragraph."""

from __future__ import annotations

import pytest
from reader_files import abstract, docx, instance, level, p

from govextract.readers import read


def _printed(body: str, numbering: str, styles: str = "") -> list[str]:
    return read(docx(body, numbering=numbering, styles=styles)).text.split("\n")


CHINESE = abstract(
    1,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
) + instance(1, 1)


def test_word_numbering_prints_chinese_levels_and_restarts_below_a_new_one() -> None:
    body = "".join(
        p(text, num=1, level=at)
        for at, text in [
            (0, "农业"), (1, "粮食"), (2, "播种"), (2, "收购"), (3, "夏粮"), (1, "水利"), (2, "渠道"), (0, "工业"), (1, "技改"), (2, "奖补"),
        ]
    )  # fmt: skip
    assert _printed(body, CHINESE) == [
        "一、农业", "（一）粮食", "1.播种", "2.收购", "①夏粮", "（二）水利", "1.渠道", "二、工业", "（一）技改", "1.奖补",
    ]  # fmt: skip


def test_word_numbering_goes_on_over_paragraphs_without_numbers() -> None:
    body = p("农业", num=1) + p("说明。") + p("工业", num=1)
    assert _printed(body, CHINESE) == ["一、农业", "说明。", "二、工业"]


def test_word_numbering_counts_empty_paragraphs_and_prints_their_number() -> None:
    body = p("农业", num=1) + p("", num=1) + p("工业", num=1)
    assert _printed(body, CHINESE) == ["一、农业", "二、", "三、工业"]


@pytest.mark.parametrize(
    ("suffix", "line"), [("nothing", "1.修路"), ("tab", "1. 修路"), ("space", "1. 修路")]
)
def test_word_numbering_prints_the_gap_that_follows(suffix: str, line: str) -> None:
    numbering = abstract(1, level(0, "decimal", "%1.", suffix=suffix)) + instance(1, 1)
    assert _printed(p("修路", num=1), numbering) == [line]


def test_word_numbering_begins_at_its_start() -> None:
    numbering = abstract(1, level(0, "decimal", "%1、", start=5)) + instance(1, 1)
    assert _printed(p("修路", num=1) + p("架桥", num=1), numbering) == ["5、修路", "6、架桥"]


def test_word_numbering_of_several_levels_prints_all_of_them() -> None:
    numbering = abstract(
        1,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "%1.%2.%3"),
    ) + instance(1, 1)
    body = (
        p("章", num=1) + p("节", num=1, level=1) + p("目", num=1, level=2) + p("目", num=1, level=2)
    )
    assert _printed(body, numbering) == ["1章", "1.1节", "1.1.a目", "1.1.b目"]


def test_word_numbering_legal_levels_print_decimal_numbers() -> None:
    numbering = abstract(
        1,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", extra="<w:isLgl/>"),
    ) + instance(1, 1)
    body = p("总则", num=1) + p("目的", num=1, level=1) + p("范围", num=1, level=1)
    assert _printed(body, numbering) == ["第一章总则", "1.1目的", "1.2范围"]


def test_word_numbering_a_skipped_level_counts_as_begun() -> None:
    numbering = abstract(
        1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")
    ) + instance(1, 1)
    body = p("甲", num=1) + p("乙", num=1, level=2) + p("丙", num=1, level=1) + p("丁", num=1)
    assert _printed(body, numbering) == ["1甲", "1.1.1乙", "1.2丙", "2丁"]


def test_word_numbering_a_text_that_names_a_lower_level_leaves_it_out() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.%2）")) + instance(1, 1)
    assert _printed(p("修路", num=1), numbering) == ["1.）修路"]


def test_word_numbering_without_restart_goes_on_below_a_new_level() -> None:
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>'),
    ) + instance(1, 1)
    body = (
        p("甲", num=1)
        + p("一", num=1, level=1)
        + p("二", num=1, level=1)
        + p("乙", num=1)
        + p("三", num=1, level=1)
    )
    assert _printed(body, numbering) == ["一、甲", "1.一", "2.二", "二、乙", "3.三"]


def test_word_numbering_restarts_only_after_the_level_named() -> None:
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3.", extra='<w:lvlRestart w:val="1"/>'),
    ) + instance(1, 1)
    levels = [0, 1, 2, 2, 1, 2, 0, 1, 2]
    body = "".join(p("x", num=1, level=at) for at in levels)
    assert _printed(body, numbering) == [
        "一、x", "（一）x", "1.x", "2.x", "（二）x", "3.x", "二、x", "（一）x", "1.x",
    ]  # fmt: skip


def test_word_numbering_instances_of_one_definition_count_together() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1) + instance(2, 1)
    assert _printed(p("甲", num=1) + p("乙", num=2) + p("丙", num=1), numbering) == [
        "1.甲",
        "2.乙",
        "3.丙",
    ]


def test_word_numbering_definitions_count_apart() -> None:
    numbering = (
        abstract(1, level(0, "decimal", "%1."))
        + abstract(2, level(0, "decimal", "%1."))
        + instance(1, 1)
        + instance(2, 2)
    )
    assert _printed(p("甲", num=1) + p("乙", num=2) + p("丙", num=1), numbering) == [
        "1.甲",
        "1.乙",
        "2.丙",
    ]


def test_word_numbering_a_start_override_begins_anew_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1) + instance(2, 1, override)
    body = p("甲", num=1) + p("乙", num=1) + p("丙", num=2) + p("丁", num=2)
    assert _printed(body, numbering) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_word_numbering_a_level_override_prints_in_its_own_form() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1) + instance(2, 1, override)
    assert _printed(p("甲", num=1) + p("乙", num=2), numbering) == ["1.甲", "II)乙"]


def test_word_numbering_comes_from_the_paragraph_s_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
    )
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="H2"/>'),
    ) + instance(1, 1)
    body = p("农业", style="H1") + p("粮食", style="H2") + p("工业", style="H1")
    assert _printed(body, numbering, styles) == ["一、农业", "（一）粮食", "二、工业"]


def test_word_numbering_of_a_style_takes_the_style_s_level() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="s"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert _printed(p("粮食", style="S"), CHINESE, styles) == ["（一）粮食"]


def test_word_numbering_of_the_default_style_reaches_unstyled_paragraphs() -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert _printed(p("农业") + p("工业"), CHINESE, styles) == ["一、农业", "二、工业"]


def test_word_numbering_instance_zero_takes_the_style_s_numbering_away() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="h"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = p("农业", style="H") + p("说明", style="H", num=0) + p("工业", style="H")
    assert _printed(body, CHINESE, styles) == ["一、农业", "说明", "二、工业"]


def test_word_numbering_follows_the_link_to_a_list_style() -> None:
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="list"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = (
        abstract(1, link='<w:numStyleLink w:val="L"/>')
        + abstract(2, level(0, "ideographTraditional", "%1."), link='<w:styleLink w:val="L"/>')
        + instance(1, 1)
        + instance(2, 2)
    )
    assert _printed(p("一", num=1) + p("二", num=1), numbering, styles) == ["甲.一", "乙.二"]


def test_word_numbering_a_circle_of_list_styles_ends() -> None:
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="list"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(1, link='<w:numStyleLink w:val="L"/>') + instance(1, 1)
    assert _printed(p("一", num=1), numbering, styles) == ["一"]


@pytest.mark.parametrize(
    ("character", "font", "line"),
    [("\uf0b7", "Symbol", "• 修路"), ("\uf06c", "Wingdings", "● 修路"), ("★", "宋体", "★ 修路"), ("\uf0ff", "Elsewhere", "• 修路")],
)  # fmt: skip
def test_word_numbering_prints_bullets_as_they_look(character: str, font: str, line: str) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{character}"/><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl></w:abstractNum>'
    ) + instance(1, 1)
    assert _printed(p("修路", num=1), numbering) == [line]


def test_word_numbering_of_the_format_none_prints_the_text_only() -> None:
    numbering = abstract(1, level(0, "none", "附件%1："), level(1, "none", "")) + instance(1, 1)
    assert _printed(p("甲", num=1) + p("乙", num=1, level=1), numbering) == ["附件：甲", "乙"]


def test_word_numbering_custom_formats_pad_with_zeros() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/>{custom}<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        + instance(1, 1)
    )
    assert _printed(p("甲", num=1) + p("乙", num=1), numbering) == ["009、甲", "010、乙"]


def test_word_numbering_unknown_formats_are_decimal_and_warned_of() -> None:
    numbering = abstract(1, level(0, "thaiLetters", "%1.")) + instance(1, 1)
    document = read(docx(p("甲", num=1), numbering=numbering))
    assert document.text == "1.甲"
    assert [(w.code, "thaiLetters" in w.message) for w in document.warnings] == [
        ("numbering-format-unknown", True)
    ]


@pytest.mark.parametrize("number", [7, -1])
def test_word_numbering_an_instance_that_is_not_defined_prints_nothing(number: int) -> None:
    assert _printed(p("甲", num=number), CHINESE) == ["甲"]


def test_word_numbering_without_definitions_prints_nothing() -> None:
    assert read(docx(p("甲", num=1))).text == "甲"


def test_word_numbering_counts_in_tables_and_goes_on_behind_them() -> None:
    body = (
        p("甲", num=1)
        + f"<w:tbl><w:tr><w:tc>{p('乙', num=1)}</w:tc><w:tc>{p('丙', num=1)}</w:tc></w:tr></w:tbl>"
        + p("丁", num=1)
    )
    assert _printed(body, CHINESE) == ["一、甲", "二、乙\t三、丙", "四、丁"]


def test_word_numbering_a_level_beyond_the_last_defined_looks_like_that() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1)
    assert _printed(p("甲", num=1) + p("乙", num=1, level=3), numbering) == ["1.甲", "1.乙"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("2024年完成", "1. 2024年完成"), ("５处泵站", "1. ５处泵站"), ("修路", "1.修路"), ("G205改线", "1.G205改线")],
)  # fmt: skip
def test_word_numbering_parts_its_number_from_a_figure(text: str, line: str) -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1)
    assert _printed(p(text, num=1), numbering) == [line]
