"""Annexes in elements of their own beside the article, and what stands there of other texts."""

from __future__ import annotations

import pytest

from govextract.readers import SourceDocument, read

HEAD = "<h1>关于分解重点任务的通知</h1>"
LETTER = "<p>各镇：</p><p>现将今年重点任务分解下达，请对照清单逐项抓好落实，按季报送进展。</p>"
TASKS = "<p>1.改造农村公路12公里，打通断头路3条。</p><p>责任单位：市交通运输局</p>"
TABLE = "<table><tr><td>序号</td><td>任务</td><td>责任单位</td></tr><tr><td>1</td><td>清淤渠道30公里</td><td>市水利局</td></tr></table>"
TEASER = "<p>民政部门近日走访敬老院，了解冬季取暖情况，年底前完成设备更新12台。</p>"


def _read(page: str) -> SourceDocument:
    return read(f"<body>{HEAD}{page}</body>".encode(), name="x.html")


@pytest.mark.parametrize(
    ("annex", "last"),
    [
        (f"<div><p>附件</p><p>重点任务分工表</p>{TASKS}</div>", "责任单位：市交通运输局"),
        (f"<div><p>附件1</p>{TEASER}</div>", TEASER[3:-4]),
        (f"<div class=fj>{TASKS}</div>", "责任单位：市交通运输局"),
        (f"<div><div>{TABLE}</div></div>", "1\t清淤渠道30公里\t市水利局"),
        (f"{TASKS}<p>时间：9月底前</p>", "时间：9月底前"),
    ],
)
@pytest.mark.parametrize("foot", ["", "<div>主办：某市政府　某ICP备1号</div>", "<h3>相关解读</h3>"])
def test_html_annexes_beside_the_article_are_read(annex: str, last: str, foot: str) -> None:
    document = _read(f'<div class="TRS_Editor">{LETTER * 6}</div>{annex}{foot}')
    assert document.text.split("\n")[-1] == last
    assert document.warnings == []


def test_html_annexes_below_tools_are_read_where_they_call_themselves_so() -> None:
    tools = "<div>【打印】【关闭】</div>"
    named = _read(f"<div id=zoom>{LETTER * 3}</div>{tools}<div><p>附件</p>{TASKS}</div>")
    other = _read(f"<div id=zoom>{LETTER * 3}</div>{tools}<div>{TASKS}</div>")
    assert named.text.endswith("责任单位：市交通运输局")
    assert other.text.endswith("按季报送进展。")
    assert [w.code for w in other.warnings] == ["html-text-left-out"]


def test_html_annexes_between_two_pieces_of_the_article_are_read() -> None:
    editor = f'<div class="TRS_Editor">{LETTER * 3}</div>'
    lines = _read(f"<div>{editor}<div>{TASKS}</div>{editor}</div>").text.split("\n")
    assert lines[7:9] == ["1.改造农村公路12公里，打通断头路3条。", "责任单位：市交通运输局"]


@pytest.mark.parametrize(
    "beside",
    [
        f"<div>{TEASER}</div>",
        f"<div><p>报名须知</p><p>1.如何报名</p>{TEASER}</div>",
        f"<div>相关链接</div><div>{TASKS}</div>",
        f'<div class="sidebar">{TASKS}</div>',
        "<ul><li><a href=/1>1.改造农村公路12公里（市交通运输局）</a></li></ul>",
        "<div><table><tr><td>姓名</td><td>电话</td></tr><tr><td>李四</td><td>123</td></tr></table></div>",
    ],
)
def test_html_annexes_are_not_made_of_other_texts(beside: str) -> None:
    document = _read(f'<div class="TRS_Editor">{LETTER * 6}</div>{beside}')
    assert document.text.split("\n")[1:] == LETTER.replace("</p>", "").split("<p>")[1:] * 6


def test_html_text_outside_the_article_is_told_of_where_it_is_much() -> None:
    teasers = "<p>民政部门近日走访各镇敬老院，了解冬季取暖情况，要求年底前完成设备更新。</p>" * 4
    document = _read(f'<div class="TRS_Editor">{LETTER * 6}</div><div>{teasers}</div>')
    assert [w.code for w in document.warnings] == ["html-text-left-out"]


def test_html_tasks_are_read_in_an_element_called_like_related_articles() -> None:
    related = f'<div class="related-list">{TASKS}</div>'
    assert _read(f"<div>{LETTER * 3}{related}</div>").text.endswith("责任单位：市交通运输局")


@pytest.mark.parametrize(
    "end",
    [
        "<h3>相关解读</h3>",
        "<div>上一篇：无</div>",
        "<div>扫一扫在手机打开当前页</div>",
        "<div>【打印】【关闭】</div>",
    ],
)
def test_html_another_text_below_the_end_of_the_article_is_left_out(end: str) -> None:
    page = f"<div class=a>{LETTER * 3}{TASKS}</div><div>{end}<div>{TEASER}</div></div>"
    document = _read(page)
    assert document.text.split("\n")[-1] == "责任单位：市交通运输局"
    assert [w.code for w in document.warnings] == ["html-text-left-out"]


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{LETTER * 3}{TASKS}<p>政策解读</p>{TEASER}</div>",
        f"<div>{LETTER * 2}</div><div>分享到：微信</div><div>{TEASER * 3}</div>",
        f"<div>{LETTER * 4}</div><div>【打印】</div><div><p>附件</p>{TEASER}</div>",
    ],
)
def test_html_text_below_tools_is_kept_where_it_is_the_article_or_its_annex(page: str) -> None:
    assert TEASER[3:-4] in _read(page).text
