from __future__ import annotations

import pytest

from govextract.readers import read
from govextract.readers.html_metadata import pairs_of_line, single_pair

BODY = "<p>各县区：</p><p>新改建农村公路85公里，10月底前完工。（市交通运输局）</p><p>更新老旧供水管网36公里，漏损率控制在9%以内。（市水务集团）</p>"
TEXT = "各县区：\n新改建农村公路85公里，10月底前完工。（市交通运输局）\n更新老旧供水管网36公里，漏损率控制在9%以内。（市水务集团）"
PAIRS = {"索引号": "00123/2024-11", "发布机构": "市政府办", "文号": "景政发〔2024〕5号"}

HEADS = {
    "table of keys and values": "<table><tr><th>索 引 号：</th><td>00123/2024-11</td><th>发布机构</th><td>市政府办</td></tr><tr><th>文　　号</th><td colspan=3>景政发〔2024〕5号</td></tr></table>",
    "table of key and value in one cell": "<table><tr><td>索引号：00123/2024-11</td><td>发布机构：市政府办</td></tr><tr><td colspan=2>文号：景政发〔2024〕5号</td></tr></table>",
    "list": "<ul><li>索引号：00123/2024-11</li><li>发布机构：<span>市政府办</span></li><li>文号：景政发〔2024〕5号</li></ul>",
    "list of bold labels": "<ul><li><b>索引号</b>00123/2024-11</li><li><b>发布机构</b>市政府办</li><li><b>文号</b>景政发〔2024〕5号</li></ul>",
    "definition list": "<dl><dt>索引号</dt><dd>00123/2024-11</dd><dt>发布机构</dt><dd>市政府办</dd><dt>文号</dt><dd>景政发〔2024〕5号</dd></dl>",
    "one line": "<div>索引号：00123/2024-11　发布机构：市政府办　文号：景政发〔2024〕5号</div>",
    "lines": "<p>索引号: 00123/2024-11</p><p>文 号: 景政发〔2024〕5号</p><p>发布机构 : 市政府办</p>",
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS.values(), ids=list(HEADS))
@pytest.mark.parametrize("inside", [True, False])
def test_html_metadata_at_the_head_is_kept_out_of_the_text(head: str, inside: bool) -> None:
    page = f"<div id=zoom>{head}{BODY}</div>" if inside else f"{head}<div id=zoom>{BODY}</div>"
    document = read(f"<body>{page}</body>".encode(), name="m.html")
    assert document.metadata == PAIRS
    assert document.text == TEXT


def test_html_metadata_comes_from_meta_elements_too() -> None:
    head = '<meta name="ArticleTitle" content="修路通知"><meta name="PubDate" content="2024-03-01 09:00"><meta name="viewport" content="x"><meta name="Author" content="">'
    document = read(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), name="m.html")
    assert document.metadata == {"ArticleTitle": "修路通知", "PubDate": "2024-03-01 09:00"}
    assert document.title == "修路通知"


def test_html_metadata_without_a_value_is_left_out() -> None:
    document = read(
        f"<table><tr><td>索引号</td><td></td><td>文号</td><td>景政发〔2024〕5号</td></tr><tr><td>有效性</td><td>有效</td></tr></table>{BODY}".encode(),
        name="m.html",
    )
    assert document.metadata == {"文号": "景政发〔2024〕5号", "有效性": "有效"}


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("索引号：1 主题分类：城建", {"索引号": "1", "主题分类": "城建"}),
        (
            "来源：市府办　发布时间：2015-05-04 15:27",
            {"来源": "市府办", "发布时间": "2015-05-04 15:27"},
        ),
        ("浏览次数：216　【字体：大 中 小】", {"浏览次数": "216"}),
        ("[索引号]：1", {"索引号": "1"}),
        (
            "文号 景政发[2015]62号 成文日期 2015-05-04",
            {"文号": "景政发[2015]62号", "成文日期": "2015-05-04"},
        ),
        ("来源：市财政拨款。", {}),
        ("时间：每周一次", {}),
        ("责任单位：市财政局；完成时限：6月底", {}),
        ("（三）拓宽来源：争取上级资金。", {}),
        ("各单位报送材料时注明文号：", {}),
        ("索引号：" + "长" * 200, {}),
        ("", {}),
    ],
)
def test_html_metadata_of_a_line(line: str, pairs: dict[str, str]) -> None:
    assert pairs_of_line(line) == pairs


@pytest.mark.parametrize(
    ("line", "pair"),
    [("来源：市府办", {"来源": "市府办"}), ("资金来源：市财政", {}), ("任务：修路", {})],
)
def test_html_metadata_single_pairs_begin_with_a_key(line: str, pair: dict[str, str]) -> None:
    assert single_pair(line) == pair


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>任务</td><td>来源</td></tr><tr><td>修路</td><td>市政府工作报告</td></tr></table>",
        "<table><tr><td>序号</td><td>名称</td><td>时间</td><td>单位</td></tr><tr><td>1</td><td>修路</td><td>6月</td><td>市交通局</td></tr></table>",
        "<table><tr><td>标题</td><td>作者</td></tr><tr><td>修路</td><td>张三</td></tr></table>",
    ],
)
def test_html_metadata_tables_of_tasks_stay_in_the_text(table: str) -> None:
    document = read(f"<div id=zoom>{table}{BODY}</div>".encode(), name="m.html")
    assert document.blocks[0].kind == "table"
    assert document.metadata == {}


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        (
            "<span>来源：市政府办公室</span><span>浏览次数：<b>132</b></span><span>字体：【大】</span>",
            {"来源": "市政府办公室", "浏览次数": "132"},
        ),
        (
            "<span>发布时间：2024-03-01 10:20</span><span>发布机构：市水利局</span>",
            {"发布时间": "2024-03-01 10:20", "发布机构": "市水利局"},
        ),
        ("<span>统计全年网页浏览次数：按月公布。</span>", {}),
        ("<span>请各单位提供来源：市水利局汇总。</span>", {}),
    ],
)
def test_html_metadata_of_inline_elements_without_blanks_is_parted(
    line: str, pairs: dict[str, str]
) -> None:
    body = "<p>各镇：现将全年水利重点任务分解如下，请认真抓好落实。</p>" * 3
    page = f"<h1>关于修渠的通知</h1><div>{line}</div><div id='zoom'>{body}</div>"
    metadata = read(page.encode(), name="a.html").metadata
    assert {key: metadata.get(key) for key in pairs} == pairs
    assert pairs or not metadata


TASK = "<p>1.改造泵站6座，疏浚渠道30公里。</p><p>责任单位：市水利局</p>"


@pytest.mark.parametrize(
    "line",
    [
        "<p><span>时间</span><span>节点：6月底前</span></p>",
        "<p><b>时间：</b>6月底前</p>",
        "<p><strong>名称</strong>规范工作由市民政局负责，年底前完成。</p>",
        "<p>公开时限：6月底前</p><p>公开主体：市水利局</p>",
        "<p>文件名称：泵站管理办法</p>",
        "<p>索引号：泵站台账编号</p>",
        "<dl><dt>时间</dt><dd>6月底前</dd><dt>名称</dt><dd>泵站改造</dd></dl>",
    ],
)
@pytest.mark.parametrize("body", [BODY + TASK, TASK], ids=["letter", "list"])
def test_html_metadata_keys_within_the_text_are_text(line: str, body: str) -> None:
    page = f"<h1>关于修渠的通知</h1><div>{body}{line}{TASK}</div>"
    document = read(page.encode(), name="m.html")
    assert document.metadata == {}
    assert document.text.count("市水利局") == 2 + line.count("市水利局")
    assert ("6月底前" in document.text) is ("6月底前" in line)
    assert ("泵站台账" in document.text) is ("泵站台账" in line)


def test_html_metadata_keys_that_tasks_use_need_another_beside_them() -> None:
    page = "<h1>关于修渠的通知</h1><p>文件名称：渠道管理办法</p><p>责任单位：市水利局</p>"
    document = read(page.encode(), name="m.html")
    assert document.text.split("\n")[1:] == ["文件名称：渠道管理办法", "责任单位：市水利局"]


@pytest.mark.parametrize(
    "head",
    [
        "<p>索引号：1</p><p><b>公开方式：</b>主动公开</p><p>文件名称：修渠</p>",
        "<p>索引号：1　公开方式：主动公开</p><p><b>文件名称</b>修渠</p>",
        "<p>关于修渠的通知</p><ul><li>公开方式：主动公开　索引号：1</li><li>文件名称：修渠</li></ul>",
    ],
)
def test_html_metadata_keys_that_tasks_use_are_metadata_beside_others(head: str) -> None:
    document = read(f"<div id=zoom>{head}{BODY}</div>".encode(), name="m.html")
    assert document.metadata == {"索引号": "1", "公开方式": "主动公开", "文件名称": "修渠"}
    assert "主动公开" not in document.text


def test_html_metadata_tables_that_name_who_answers_stay_in_the_text() -> None:
    card = "<table><tr><td>文件名称</td><td>修渠办法</td></tr><tr><td>公开时限</td><td>6月底前</td></tr><tr><td>成文日期</td><td>5月</td></tr><tr><td>责任单位</td><td>市水利局</td></tr></table>"
    document = read(f"<div id=zoom>{card}{BODY}</div>".encode(), name="m.html")
    assert document.metadata == {}
    assert document.blocks[0].kind == "table"
