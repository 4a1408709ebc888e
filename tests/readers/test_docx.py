from __future__ import annotations

import pytest
from reader_files import (
    abstract,
    docx,
    instance,
    level,
    p,
    r,
    relationships,
    tc,
    word_table,
    zipped,
)

from govextract.readers import ReadError, SourceDocument, read
from govextract.readers.document import Table


def _text(body: str, **parts: str) -> str:
    return read(docx(body, **parts)).text


def _table(document: SourceDocument) -> list[tuple[int, int, int, int, str]]:
    tables = [block.table for block in document.blocks if block.table is not None]
    assert len(tables) == 1
    return _cells(document, tables[0])


def _cells(document: SourceDocument, table: Table) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.col, c.rowspan, c.colspan, document.text[c.start : c.end]) for c in table.cells
    ]


# Content of a paragraph, and what is printed of it.
CONTENT = [
    (r("修路") + r("80公里"), "修路80公里"),
    ("<w:ins>" + r("新增") + "</w:ins>" + r("修路"), "新增修路"),
    ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>" + r("修路"), "修路"),
    ("<w:moveFrom>" + r("移走") + "</w:moveFrom><w:moveTo>" + r("移来") + "</w:moveTo>", "移来"),
    ('<w:hyperlink r:id="x">' + r("附件") + "</w:hyperlink>", "附件"),
    ("<w:smartTag>" + r("景川市") + "</w:smartTag>" + r("修路"), "景川市修路"),
    ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件"),
    (r("修路") + r("隐藏", "<w:vanish/>"), "修路"),
    (r("修路") + r("可见", '<w:vanish w:val="0"/>'), "修路可见"),
    ("<w:r><w:t>任务</w:t><w:tab/><w:t>单位</w:t></w:r>", "任务\t单位"),
    ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>", "上\n下"),
    ('<w:r><w:t>上</w:t><w:br w:type="page"/><w:t>下</w:t></w:r>', "上\n下"),
    ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>2025年</w:t></w:r>", "2024-2025年"),
    ("<w:r><w:t>项</w:t><w:softHyphen/><w:t>目</w:t></w:r>", "项目"),
    ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("已完成"), "☑已完成"),
    ('<w:r><w:sym w:font="Unknown" w:char="F0AA"/></w:r>' + r("项"), "□项"),
    ('<w:r><w:sym w:font="x" w:char="zz"/></w:r>' + r("项"), "项"),
    (r("修路") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + '<w:commentRangeStart w:id="1"/>', "修路"),
    ("<w:r><w:ruby><w:rt>" + r("pinyin") + "</w:rt><w:rubyBase>" + r("字") + "</w:rubyBase></w:ruby></w:r>", "字"),
    ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    (r("压减") + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>", "压减1/3"),
    ("<m:oMath><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "m²"),
    ("<m:oMath><m:d><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d></m:oMath>", "(a)"),
    (r("修路10") + r("1", '<w:vertAlign w:val="superscript"/>') + r("公里"), "修路10¹公里"),
    (r("10") + r("4", '<w:vertAlign w:val="superscript"/>') + r("平方米"), "10⁴平方米"),
    (r("10") + r("4", '<w:vertAlign w:val="subscript"/>') + r("号"), "104号"),
    (r("市教育局") + r("、市水利局", "<w:strike/>"), "市教育局"),
    (r("市教育局") + r("、市水利局", "<w:dstrike/>"), "市教育局"),
    (r("市教育局") + r("、市水利局", '<w:strike w:val="0"/>'), "市教育局、市水利局"),
    ("<w:proofErr/>" + r("“放管服”改革"), "“放管服”改革"),
    (r("国务院\u00a0\u200b办公厅"), "国务院 办公厅"),
    ('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>" + r("页"), "3页"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "printed"), CONTENT)
def test_docx_prints_of_a_paragraph_what_word_shows(content: str, printed: str) -> None:
    assert _text(f"<w:p>{content}</w:p>{p('末段')}") == f"{printed}\n末段"


def _field(instruction: str, result: str | None) -> str:
    middle = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (_field("REF a", r("第三条")), "第三条规定"),
        (_field("SET a b", None), "规定"),
        (_field(r"EQ \o\ac(○,3)", None), "③规定"),
        (_field(r"EQ \o\ac(○,21)", None), "21规定"),
        (_field(r"eq \o\ac(○,1)", None), "①规定"),
        (_field(r"eq \f(1,3)", None), "1/3规定"),
        (_field("IF " + "x", _field("REF b", r("甲"))), "甲规定"),
    ],
)
def test_docx_prints_of_a_field_its_result(content: str, printed: str) -> None:
    assert _text(f"<w:p>{content}{r('规定')}</w:p>") == printed


def test_docx_a_field_without_an_end_hides_nothing() -> None:
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{r("修路")}</w:p>{p("架桥")}'
    assert _text(body) == "修路\n架桥"


def test_docx_leaves_a_table_of_contents_out() -> None:
    gallery = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    in_control = f"{gallery}<w:sdtContent>{p('一、农业 3')}</w:sdtContent></w:sdt>"
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    in_field = (
        begin
        + r("一、农业 3")
        + "</w:p>"
        + p("二、工业 4")
        + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    for contents in (in_control, in_field, p("一、农业 3", style="T1")):
        assert _text(contents + p("一、农业"), styles=styles) == "一、农业"


def test_docx_joins_a_paragraph_whose_mark_is_deleted_to_the_next() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1)
    body = p("前半", num=1, extra=deleted) + p("后半", num=1) + p("另段", num=1)
    assert _text(body, numbering=numbering) == "1.前半后半\n2.另段"


def test_docx_a_deleted_paragraph_is_not_counted() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>'
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1)
    assert _text(p("甲", num=1) + gone + p("乙", num=1), numbering=numbering) == "1.甲\n2.乙"


def test_docx_keeps_the_last_words_where_the_last_mark_is_deleted() -> None:
    assert _text(p("甲") + p("乙", extra="<w:rPr><w:del/></w:rPr>")) == "甲\n乙"


def test_docx_a_hidden_style_hides_its_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="v"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="C"><w:name w:val="c"/><w:basedOn w:val="V"/></w:style>'
    body = (
        p("藏", style="V")
        + f"<w:p>{r('露')}{r('藏', '<w:rStyle w:val=' + chr(34) + 'C' + chr(34) + '/>')}</w:p>"
    )
    assert _text(body, styles=styles) == "露"


def test_docx_styles_based_on_each_other_end() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    assert _text(p("甲", style="A"), styles=styles) == "甲"


def _box(text: str) -> str:
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>"
        f"{p(text)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{p(text)}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip


def test_docx_prints_a_text_box_once_behind_its_paragraph() -> None:
    assert _text(f"<w:p>{r('正文')}{_box('文本框')}</w:p>{p('后文')}") == "正文\n文本框\n后文"


def test_docx_prints_an_old_text_box() -> None:
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('红头')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert _text(f"<w:p>{old}</w:p>{p('正文')}") == "红头\n正文"


def test_docx_a_text_box_counts_its_numbers_for_itself() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + instance(1, 1)
    box = (
        "<w:r><w:pict><v:textbox><w:txbxContent>"
        + p("框", num=1)
        + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    body = p("甲", num=1) + f"<w:p>{box}</w:p>" + p("乙", num=1)
    assert _text(body, numbering=numbering) == "1.甲\n1.框\n2.乙"


def test_docx_reads_content_controls_around_paragraphs_rows_and_cells() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    cells = f"<w:tc>{p('甲')}</w:tc>" + control(f"<w:tc>{p('乙')}</w:tc>")
    rows = f"<w:tr>{cells}</w:tr>" + control(
        f"<w:tr><w:tc>{p('丙')}</w:tc><w:tc>{p('丁')}</w:tc></w:tr>"
    )
    assert _text(control(p("控件")) + f"<w:tbl>{rows}</w:tbl>") == "控件\n甲\t乙\n丙\t丁"


def test_docx_a_table_stands_in_its_place_between_paragraphs() -> None:
    document = read(docx(p("前") + word_table(("任务", "单位"), ("修路", "市交通局")) + p("后")))
    assert document.text == "前\n任务\t单位\n修路\t市交通局\n后"
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert _table(document)[2] == (1, 0, 1, 1, "修路")


def test_docx_cells_merged_along_and_down_stand_once() -> None:
    table = word_table(
        (tc("重点任务", '<w:gridSpan w:val="2"/>'), "单位"),
        (tc("农业", '<w:vMerge w:val="restart"/>'), "播种", "市农业局"),
        (tc("", "<w:vMerge/>"), "收购", "市粮食局"),
        (tc("", '<w:vMerge w:val="continue"/>'), "储备", "市粮食局"),
    )
    document = read(docx(table))
    assert document.text == "重点任务\t单位\n农业\t播种\t市农业局\n收购\t市粮食局\n储备\t市粮食局"
    assert _table(document) == [
        (0, 0, 1, 2, "重点任务"), (0, 2, 1, 1, "单位"), (1, 0, 3, 1, "农业"), (1, 1, 1, 1, "播种"), (1, 2, 1, 1, "市农业局"),
        (2, 1, 1, 1, "收购"), (2, 2, 1, 1, "市粮食局"), (3, 1, 1, 1, "储备"), (3, 2, 1, 1, "市粮食局"),
    ]  # fmt: skip


def test_docx_two_merged_cells_above_each_other_stay_two() -> None:
    start = '<w:vMerge w:val="restart"/>'
    table = word_table(
        (tc("甲", start), "1"),
        (tc("", "<w:vMerge/>"), "2"),
        (tc("乙", start), "3"),
        (tc("", "<w:vMerge/>"), "4"),
    )
    assert [cell[:4] for cell in _table(read(docx(table))) if cell[1] == 0] == [
        (0, 0, 2, 1),
        (2, 0, 2, 1),
    ]


def test_docx_cells_merged_the_old_way_along_a_row_are_one() -> None:
    table = word_table(
        (tc("任务", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), "单位"),
        ("甲", "乙", "丙"),
    )
    assert _table(read(docx(table)))[:2] == [(0, 0, 1, 2, "任务"), (0, 2, 1, 1, "单位")]


def test_docx_a_row_that_begins_further_right_keeps_its_columns() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{p("丙")}</w:tc></w:tr>'
    table = word_table(("甲", "乙")).replace("</w:tbl>", late + "</w:tbl>")
    assert _table(read(docx(table)))[-1] == (1, 1, 1, 1, "丙")


def test_docx_deleted_rows_are_dropped() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('旧')}</w:tc><w:tc>{p('旧')}</w:tc></w:tr>"
    table = word_table(("甲", "乙"), ("丙", "丁")).replace("</w:tbl>", gone + "</w:tbl>")
    assert _text(table) == "甲\t乙\n丙\t丁"


def test_docx_rows_without_text_are_left_out() -> None:
    assert _text(word_table(("甲", "乙"), ("", ""), ("丙", "丁"))) == "甲\t乙\n丙\t丁"


def test_docx_paragraphs_of_a_cell_are_lines_of_it() -> None:
    cell = f"<w:tc>{p('市交通局')}{p('市财政局')}</w:tc>"
    document = read(docx(word_table(("修路", cell), ("架桥", "市水利局"))))
    assert _table(document)[1] == (0, 1, 1, 1, "市交通局\n市财政局")


def test_docx_a_tab_in_a_cell_is_a_blank() -> None:
    cell = "<w:tc><w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p></w:tc>"
    assert _text(word_table((cell, "丙"))) == "甲 乙\t丙"


def test_docx_a_table_in_a_cell_becomes_lines_of_it() -> None:
    inner = f"<w:tc>{word_table(('子任务', '分工'), ('勘测', '规划局'))}{p('')}</w:tc>"
    assert (
        _table(read(docx(word_table(("修路", inner), ("架桥", "市水利局")))))[1][4]
        == "子任务 分工\n勘测 规划局"
    )


def test_docx_a_table_around_one_text_is_a_frame() -> None:
    frame = f"<w:tbl><w:tr><w:tc>{p('一、目标')}{word_table(('任务', '单位'), ('修路', '市交通局'))}{p('二、措施')}</w:tc></w:tr></w:tbl>"
    document = read(docx(frame))
    assert document.text == "一、目标\n任务\t单位\n修路\t市交通局\n二、措施"
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_docx_headers_footers_and_notes_are_not_read() -> None:
    parts = {"word/header1.xml": "<x>页眉</x>", "word/footnotes.xml": "<x>脚注</x>"}
    assert read(docx(p("正文"), parts=parts)).text == "正文"


def test_docx_core_properties_are_metadata() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title> 修路通知 </dc:title><dc:creator>办公室</dc:creator><cp:revision>3</cp:revision><dc:subject/></cp:coreProperties>"
    )
    document = read(docx(p("正文"), parts={"docProps/core.xml": core}))
    assert document.metadata == {"title": "修路通知", "creator": "办公室"}


def test_docx_finds_its_main_part_by_relationship() -> None:
    data = docx(p("旧"), parts={
        "_rels/.rels": relationships(("officeDocument", "/word/document2.xml")),
        "word/document2.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + p("新") + "</w:body></w:document>",
    })  # fmt: skip
    assert read(data).text == "新"


def test_docx_of_the_strict_variant_is_read() -> None:
    body = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        + p("正文")
        + "</w:body></w:document>"
    )
    assert read(docx("", parts={"word/document.xml": body})).text == "正文"


def test_docx_an_embedded_file_is_warned_of() -> None:
    document = read(docx(p("正文") + '<w:altChunk r:id="r9"/>'))
    assert [warning.code for warning in document.warnings] == ["docx-embedded-part"]


def test_docx_without_text_says_that_its_pages_are_pictures() -> None:
    with pytest.raises(ReadError, match=r"holds no text.*OCR"):
        read(docx("<w:p/>"))


def test_docx_without_a_body_is_damaged() -> None:
    with pytest.raises(ReadError, match="no Word text"):
        read(docx("", parts={"word/document.xml": "<x/>"}))


def test_docx_with_a_missing_main_part_is_damaged() -> None:
    with pytest.raises(ReadError, match=r"word/document.xml: the part is missing"):
        read(zipped({"a.xml": ""}), format="docx")


def test_docx_blocks_hold_the_text_they_say() -> None:
    document = read(docx(p("　一、目标 ") + word_table(("甲", "乙"), ("", "丙")) + p("二、任务")))
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "一、目标",
        "甲\t乙\n\t丙",
        "二、任务",
    ]
    assert _table(document)[2] == (1, 0, 1, 1, "")


@pytest.mark.parametrize(
    ("before", "after", "times"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80),
        ("<w:tbl><w:tr><w:tc>", "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>", 80),
    ],
)
def test_docx_nested_to_the_parser_s_bound_is_read(before: str, after: str, times: int) -> None:
    assert _text(before * times + p("正文") + after * times) == "正文"


def test_docx_table_of_one_column_frames_what_it_holds() -> None:
    inner = word_table(("任务", "责任单位"), ("修路", "市交通局"))
    document = read(docx(word_table((f"<w:tc>{inner}{p('')}</w:tc>",), ("附件1",))))
    assert _table(document)[2:] == [(1, 0, 1, 1, "修路"), (1, 1, 1, 1, "市交通局")]
    assert document.text.endswith("\n附件1")


def test_docx_row_that_frames_text_is_no_row() -> None:
    text = "".join(p(line) for line in ("1.修路。", "责任单位：市交通局", "2.架桥。"))
    frame = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{text}</w:tc>'
    document = read(docx(word_table(("附件", "分工方案"), (frame,), ("印发", "存档"))))
    assert document.text == "附件\t分工方案\n1.修路。\n责任单位：市交通局\n2.架桥。\n印发\t存档"
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["table", "paragraph", "paragraph", "paragraph", "table"]


def test_docx_heading_over_a_whole_row_stays_in_its_table() -> None:
    heading = tc("一、交通", '<w:gridSpan w:val="2"/>')
    document = read(docx(word_table(("任务", "单位"), (heading,), ("修路", "市交通局"))))
    assert _table(document)[2] == (1, 0, 1, 2, "一、交通")


def test_docx_content_control_that_nobody_filled_in_holds_no_text() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = control.format("<w:showingPlcHdr/>", r("单击此处输入文字"))
    filled = control.format("", r("市水利局"))
    body = f"<w:p>{r('责任单位：')}{empty}{filled}</w:p>" + control.format(
        "<w:showingPlcHdr/>", p("单击此处输入日期")
    )
    assert _text(body) == "责任单位：市水利局"


def test_docx_tells_of_objects_that_it_does_not_read() -> None:
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed"/>'
    body = p("一、任务") + f"<w:p><w:r><w:object>{ole}</w:object></w:r></w:p>"
    found = read(docx(body)).warnings
    assert [warning.code for warning in found] == ["docx-embedded-part"]
    assert read(docx(p("一、任务"))).warnings == []


def test_docx_says_how_much_struck_text_was_left_out() -> None:
    document = read(docx(f"<w:p>{r('市教育局')}{r('、市水利局', '<w:strike/>')}</w:p>"))
    assert [w.code for w in document.warnings] == ["docx-struck-text"]
    assert "5 characters" in document.warnings[0].message


def _grid_row(*cells: tuple[str, int]) -> str:
    merged = (tc(text, f'<w:gridSpan w:val="{span}"/>') for text, span in cells)
    return "<w:tr>" + "".join(merged) + "</w:tr>"


def _grid(*widths: int) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


@pytest.mark.parametrize(
    ("width", "columns"),
    [(30, [[0, 1], [0, 1]]), (900, [[0, 2], [0, 1]])],
)
def test_docx_a_column_too_narrow_to_be_seen_shifts_no_cell(
    width: int, columns: list[list[int]]
) -> None:
    rows = _grid_row(("任务", 2), ("单位", 1)) + _grid_row(("修路", 1), ("市交通局", 2))
    cells = _table(read(docx(f"<w:tbl>{_grid(4000, width, 2000)}{rows}</w:tbl>")))
    assert [[c[1] for c in cells if c[0] == row] for row in (0, 1)] == columns


def test_docx_a_cell_in_a_narrow_column_alone_keeps_the_grid() -> None:
    rows = _grid_row(("任务", 1), ("甲", 1), ("单位", 1))
    cells = _table(read(docx(f"<w:tbl>{_grid(4000, 30, 2000)}{rows}{rows}</w:tbl>")))
    assert [c[1] for c in cells if c[0] == 0] == [0, 1, 2]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [("市财政局", "市财政局"), ("甲乙", "甲\n乙")],
)
def test_docx_a_name_set_upright_in_a_cell_is_one(lines: str, cell: str) -> None:
    upright = "<w:tc>" + "".join(p(sign) for sign in lines) + "</w:tc>"
    cells = _table(read(docx(word_table(["任务", "单位"], ["修路", upright]))))
    assert cells[3][4] == cell


def test_docx_a_part_that_nobody_reads_may_pack_well() -> None:
    picture = b"BM" + b"\xff" * 3_000_000
    assert read(docx(p("修路"), parts={"word/media/image1.bmp": picture})).text == "修路"
