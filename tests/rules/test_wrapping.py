from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.readers import from_text, read
from govextract.readers.builder import DocumentBuilder, GridCell
from govextract.rules.wrapping import unwrap
from tests.support import check_leads_back, in_order

WORK = (
    "1．改造城区管网。更换老旧供水管线三十二公里，同步升级加压泵站六座，供水普及率达到98%以上，十月底前建成智慧水务平台并投入使用。",
    "责任单位：市水利局、市住房和城乡建设局、市发展和改革委员会、市财政局、市自然资源局，各县（市、区）人民政府（管委会）",
    "2．整治黑臭水体。对城区十五条河道逐段排查溯源，封堵直排口四十个，清淤疏浚二十八公里，水质优良比例不低于85%，沿河绿道贯通。",
    "牵头单位：市生态环境局",
    "责任单位：市水利局、市城市管理局、市农业农村局，沿河各镇人民政府和街道办事处，市水务集团、市城投公司",
    "3．发展设施农业。新建连栋温室十二万平方米，推广水肥一体化技术五万亩，蔬菜自给率提高3个百分点，带动农户两千家增收致富。",
    "责任单位：市农业农村局、市科技局、市供销合作社、市农业科学院、市气象局，各产粮大县人民政府，中国农业银行市分行",
)


def wrapped(
    texts: tuple[str, ...] = WORK,
    *,
    width: int = 30,
    indent: str = "\u3000\u3000",
    blank: str = "",
    ending: str = "\n",
) -> str:
    lines = []
    for text in texts:
        whole = indent + text
        lines += [whole[at : at + width] for at in range(0, len(whole), width)]
        if blank:
            lines.append("")
    return ending.join(lines) + ending


def tasks(text: str) -> list[tuple[object, ...]]:
    return [
        (
            task.number,
            task.title,
            [(r.name, r.role) for r in task.responsibilities],
            [(m.indicator, m.value, m.unit) for m in task.metrics],
            ["".join(d.text.split()) for d in task.deadlines],
        )
        for task in govextract.extract(text, mode="rules").tasks
    ]


def unwrapped(text: str) -> str:
    found = unwrap(from_text(text))
    return text if found is None else found.document.text


@pytest.mark.parametrize("width", [26, 30, 33, 38])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("indent", "blank"), [("\u3000\u3000", ""), ("    ", "yes"), ("", "yes")])
def test_wrapping_changes_no_task_of_a_text_broken_at_a_fixed_width(
    width: int, ending: str, indent: str, blank: str
) -> None:
    text = wrapped(width=width, ending=ending, indent=indent, blank=blank)
    assert tasks(text) == tasks("\n".join(WORK) + "\n")


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_wrapping_takes_off_the_margin_and_blank_lines_of_printed_pages(indent: str) -> None:
    lines = wrapped(indent=indent).splitlines()
    text = "\n\n".join(" " * 12 + line for line in lines) + "\n"
    assert tasks(text) == tasks("\n".join(WORK) + "\n")


def test_wrapping_is_not_misled_by_blanks_set_wide_inside_a_line() -> None:
    lines = wrapped(indent="  ").splitlines()
    wide = [
        line.replace("，", "，" + " " * 9, 1) if i % 4 == 1 else line
        for i, line in enumerate(lines)
    ]
    units = [task[2] for task in tasks("\n".join(wide) + "\n")]
    assert units == [task[2] for task in tasks("\n".join(WORK) + "\n")]


def test_wrapping_goes_on_behind_a_sentence_where_paragraphs_are_numbered() -> None:
    first = "1．整治河道，全年清淤三十公里，建成绿道十五公里，年底完成。"
    assert len(first) == 30
    text = wrapped((first + "水质逐月公布。（市水利局）", *WORK[1:]), indent="", width=30)
    assert unwrapped(text).startswith(first + "水质逐月公布。")


def test_wrapping_without_any_sign_of_paragraphs_keeps_units_and_targets() -> None:
    text = wrapped(indent="")
    assert [t[0] for t in tasks(text)] == ["1", "2", "3"]
    assert [t[2] for t in tasks(text)] == [t[2] for t in tasks("\n".join(WORK) + "\n")]


def test_wrapping_without_any_sign_parts_what_follows_a_list_of_units() -> None:
    list_line = "1．整治河道清淤三十公里【市水利局、市财政局、市生态环境局】"
    assert len(list_line) == 30
    text = wrapped((list_line, *WORK[2:]), indent="", width=30)
    assert unwrapped(text).startswith(list_line + "\n2．")
    labels = wrapped((WORK[0][:60], "完成时限 年底前", *WORK[2:]), indent="", width=30)
    assert "\n完成时限 年底前\n" in unwrapped(labels)


def test_wrapping_leaves_the_text_and_quotes_it_with_its_breaks() -> None:
    text = wrapped(width=30, ending="\r\n")
    ledger = govextract.extract(text, mode="rules")
    assert ledger.text == text
    assert any("\r\n" in unit.surface for t in ledger.tasks for unit in t.responsibilities)
    for task in ledger.tasks:
        for unit in task.responsibilities:
            assert text[unit.start : unit.end] == unit.surface
            assert "\n" not in unit.name
        for record in [*task.metrics, *task.deadlines, *task.measures]:
            assert text[record.start : record.end] == record.text


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("1、新建泵站。责任单\n位：市水利局", "1、新建泵站。责任单位：市水利局"),
        ("1、新建泵站。（牵头\r\n单位：市水利局）", "1、新建泵站。（牵头单位：市水利局）"),
        ("1、新建泵站。\n完成时\n限：年底", "1、新建泵站。\n完成时限：年底"),
        ("1、新建泵站。【责任单\n位】市水利局", "1、新建泵站。【责任单位】市水利局"),
        ("1、新建泵站。责任单位\n：市水利局\n、财政局", "1、新建泵站。责任单位：市水利局、财政局"),
    ],
)
def test_wrapping_joins_a_label_that_a_break_cuts(text: str, read_as: str) -> None:
    assert unwrapped(text) == read_as


@pytest.mark.parametrize(
    "text",
    [
        "1、新建泵站。\n责任单位：市水利局",
        "1、新建泵站，市水利局负责\n责任单位：市水利局",
        "1、加强督办，落实责任\n\n单位：万元",
        "牵头单位\n责任单位：市水利局",
        "新建泵站由市水利局牵头\n单位：万元",
    ],
)
def test_wrapping_leaves_lines_that_no_break_cuts(text: str) -> None:
    assert unwrap(from_text(text)) is None


@pytest.mark.parametrize(
    "lines",
    [
        # paragraphs of any length, one a line
        [f"{n}．{'推进重点项目建设' * (n % 5 + 1)}。（市发改委）" for n in range(1, 25)],
        # a form: many lines of one width, each a record of its own
        [f"责任单位：市第{n}小学、市第{n}中学、市财政局" for n in "一二三四五六七八九"] * 2,
        # numbered lines of one width without stops
        [f"{n}.新建改建农村公路里程达到一百二十公里" for n in range(10, 30)],
        # an agenda of short lines
        ["市水利局", "市财政局", "市教育局"] * 8,
    ],
)
def test_wrapping_leaves_texts_of_one_line_a_paragraph(lines: list[str]) -> None:
    assert unwrap(from_text("\n".join(lines))) is None


def test_wrapping_leaves_titles_and_signatures() -> None:
    head = (
        "       关于印发二〇二五年任务分工的通知\n各县（市、区）人民政府，市政府各部门：\n"
        + wrapped()
        + "               市人民政府办公室\n               2025年3月1日\n"
    )
    lines = unwrapped(head).split("\n")
    assert lines[0].strip() == "关于印发二〇二五年任务分工的通知"
    assert [line.strip() for line in lines[-3:-1]] == ["市人民政府办公室", "2025年3月1日"]


def test_wrapping_parts_a_full_title_from_those_whom_it_addresses() -> None:
    title = "云川市人民政府办公室关于印发云川市二〇二五年重点工作责任分工的通知"[-30:]
    salutation = (
        "各县（市、区）人民政府，高新区、经开区、旅游度假区管委会，市政府\n各部门、各直属单位："
    )
    lines = unwrapped(f"{title}\n{salutation}\n{wrapped()}").split("\n")
    assert lines[:2] == [title, salutation.replace("\n", "")]


def test_wrapping_reads_short_paragraphs_in_a_column_too() -> None:
    short = tuple(
        f"{n}．{'整治河道并清理两岸堆积物和违章建筑及养殖场，'[: 14 + n]}水质优良比例提高{n}个百分点。[市水利局、市财政局]"
        for n in range(1, 16)
    )
    assert tasks(wrapped(short, width=26)) == tasks("\n".join(short) + "\n")


def test_wrapping_skips_a_page_number_inside_a_paragraph() -> None:
    lines = wrapped().split("\n")
    text = "\n".join([*lines[:2], "— 3 —", *lines[2:]])
    assert unwrapped(text) == unwrapped("\n".join(lines))


def test_wrapping_keeps_a_blank_that_stands_at_a_break() -> None:
    lines = wrapped().split("\n")
    assert len(lines[1]) == 30
    cut = [*lines[:1], lines[1] + " ", *lines[2:]]
    assert lines[1] + " " + lines[2] in unwrapped("\n".join(cut))


def test_wrapping_drops_the_blanks_that_fill_lines_up() -> None:
    text = "\n".join(line.ljust(34) if line else "" for line in wrapped().split("\n"))
    assert tasks(text) == tasks(wrapped())


def test_wrapping_parts_latin_words() -> None:
    text = wrapped()
    first, second = text.split("\n")[:2]
    again = text.replace(f"{first}\n{second}", f"{first[:-4]}open\ndata{second[4:]}", 1)
    assert "open data" in unwrapped(again)


def test_wrapping_moves_tables_with_the_text() -> None:
    builder = DocumentBuilder("html", b"")
    for line in wrapped().split("\n"):
        builder.paragraph(line)
    builder.table(
        [GridCell(0, 0, "任务"), GridCell(0, 1, "单位"), GridCell(1, 0, "甲"), GridCell(1, 1, "乙")]
    )
    found = unwrap(builder.build())
    assert found is not None
    (block,) = [b for b in found.document.blocks if b.table is not None]
    assert block.table is not None
    copy = found.document.text
    assert [copy[c.start : c.end] for c in block.table.cells] == ["任务", "单位", "甲", "乙"]
    start, end = found.range(block.start, block.end)
    assert found.text[start:end] == copy[block.start : block.end]


def test_wrapping_is_the_same_for_a_file_and_a_text() -> None:
    text = wrapped()
    document = read(text.encode("gb18030"), name="a.txt")
    found, other = unwrap(document), unwrap(from_text(text))
    assert found is not None
    assert other is not None
    assert found.document.blocks == other.document.blocks
    assert replace(found, document=other.document) == other


@given(st.lists(st.sampled_from([*WORK, "责任单", "位：市水利局", "一、总则", "", "\u3000", "、"])))
def test_wrapping_leads_every_offset_back(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = unwrap(from_text(text))
    if found is not None:
        check_leads_back(text, found, added=" ")
        assert in_order(found)
        assert "".join(found.document.text.split()) == "".join(text.split())
