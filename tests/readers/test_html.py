"""Pages as content systems write them, and the text that is the circular in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers import ReadError, SourceDocument, read

ROAD = "新改建农村公路85公里，改造危桥12座，10月底前完工。（市交通运输局牵头，市财政局配合）"
WATER = "更新老旧供水管网36公里，漏损率控制在9%以内。（市住房城乡建设局、市水务集团）"
TITLE = "景川市人民政府关于办好民生实事的意见"
BODY = f"<p>各县区：</p><p>{ROAD}</p><p>{WATER}</p>"
LINES = ["各县区：", ROAD, WATER]
NAV = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/gk">政务公开</a></li></ul>'
FOOT = '<div class="footer"><p>主办：景川市人民政府　承办：市大数据中心</p><p>版权所有　某ICP备1号</p></div>'


def _read(page: str) -> SourceDocument:
    return read(page.encode(), name="page.html")


def _lines(page: str) -> list[str]:
    return _read(page).text.split("\n")


PAGES = {
    "TRS editor": (
        f"<html><head><title>{TITLE}-景川市人民政府</title></head><body>{NAV}"
        f'<div class="xl"><h2>{TITLE}</h2><div>发布时间：2024-03-02　来源：办公室　【字号：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】</div>'
        f'<div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style><div class="Custom_UnionStyle">{BODY}'
        '<p align=right>景川市人民政府</p><p align=right>2024年3月1日</p></div></div>'
        f'<div>【<a href="javascript:print()">打印</a>】【<a href=#>关闭</a>】</div></div>{FOOT}</body></html>',
        [TITLE, *LINES, "景川市人民政府", "2024年3月1日"],
    ),
    "article in a table cell of a table": (
        f"<table><tr><td><a href=/>首页</a></td><td><a href=/a>机构</a></td></tr></table><table><tr><td width=180><table><tr><td><a href=/x>市长信箱</a></td></tr></table></td>"
        f"<td><table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td>2009-2-3 来源：市府办 点击：33</td></tr><tr><td id=zoom>&nbsp;&nbsp;各县区：<br>　　{ROAD}<br><br>　　{WATER}<br></td></tr></table></td></tr></table>"
        "<table><tr><td>地址：人民路1号 技术支持：某某公司</td></tr></table>",
        [TITLE, *LINES],
    ),
    "UCAP content cell": (f'<tbody><tr><td class="b12c" id="UCAP-CONTENT"><p><b>{TITLE}</b></p>{BODY}</td></tr><tr><td></td></tr></tbody>', [TITLE, *LINES]),
    "unnamed elements only": (
        f'<body><div class="x1"><a href=/>首页</a> <a href=/b>公开</a></div><div class="x2"><div class="x3"><h1>{TITLE}</h1><div class="x4">{BODY}</div></div>'
        '<div class="x5"><h3>相关解读</h3><ul><li><a href=/c>一图读懂</a></li></ul></div></div><div class="x6">版权所有：景川市人民政府　网站标识码：0000000001</div></body>',
        [TITLE, *LINES],
    ),
    "issuer and date in elements of their own": (
        f'<body>{NAV}<div class="con"><h1>{TITLE}</h1><div class="txt">{BODY}</div><div class="sign"><p>景川市人民政府</p><p>2023年3月30日</p><p>（此件公开发布）</p></div></div>'
        f'<div class="xgwj"><h4>相关文件</h4><ul><li><a href=/d>另一份意见</a></li></ul></div>{FOOT}</body>',
        [TITLE, *LINES, "景川市人民政府", "2023年3月30日", "（此件公开发布）"],
    ),
    "WordPress": (
        f'<html><head><title>{TITLE} | 景川市</title></head><body><header><h1 class="site-name">景川市</h1><nav><a href=/>首页</a></nav></header><main><article>'
        f'<header class="entry-header"><h1 class="entry-title">{TITLE}</h1></header><div class="entry-content">{BODY}</div><footer class="entry-footer">分类：<a href=/>政务</a></footer></article>'
        '<div id="comments"><p>读者说：写得很好，希望以后多发布这样的内容，谢谢。</p></div></main><aside><h3>近期文章</h3><ul><li><a href=/e>别的</a></li></ul></aside></body></html>',
        [TITLE, *LINES],
    ),
    "document site": (
        f'<body><div><a href=/>登录</a><a href=/r>注册</a></div><h1>{TITLE}.docx</h1><div>上传人:b****4 文档编号:674 上传时间:2023-05-10 格式:DOCX 页数:6</div><div>下载 相关 举报</div>'
        f'<div>{TITLE}.docx_第1页</div><div>第1页 / 共6页</div><div><p>{TITLE}</p>{BODY}</div><div>展开阅读全文</div><div>猜你喜欢</div><ul><li><a href=/f>别的文档</a></li></ul><div>copyright@ 2008-2023 某文库 网站版权所有</div></body>',
        [TITLE, *LINES],
    ),
    "notice and plan in two elements": (
        f'<body>{NAV}<div class="c1"><p>{TITLE}</p><p>现将《方案》印发给你们，请结合实际抓好落实，按月报送工作进展。</p></div><div class="c2"><p>方案</p>{BODY}{BODY}</div><div class="links"><a href=/>友情链接</a></div></body>',
        [TITLE, "现将《方案》印发给你们，请结合实际抓好落实，按月报送工作进展。", "方案", *LINES, *LINES],
    ),
    "text right in the body": (f"<html><body>各县区：<br>{ROAD}<br/>{WATER}<p>景川市人民政府</p></body></html>", [*LINES, "景川市人民政府"]),
    "a menu's name around the whole page": (f'<body><div class="nav-page"><h1>{TITLE}</h1>{BODY}</div></body>', [TITLE, *LINES]),
    "breadcrumb, counters and share bar in the article": (
        f'<div id="content"><div>当前位置：<a href=/>首页</a> &gt; <a href=/z>政策</a></div><h1>{TITLE}</h1><p>浏览次数：215</p>{BODY}<p>分享到：<a href=#>微信</a> <a href=#>微博</a></p><p>扫一扫在手机打开当前页</p><p>上一篇：<a href=/g>另一条</a></p></div>',
        [TITLE, *LINES],
    ),
    "attachments behind the text": (
        f'<body>{NAV}<div id="zoom"><h1>{TITLE}</h1>{BODY}<p>附件：<a href=a.doc>1.任务分解表.doc</a></p></div>{FOOT}</body>',
        [TITLE, *LINES, "附件：1.任务分解表.doc"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_html_keeps_the_circular_and_leaves_the_site(name: str) -> None:
    page, lines = PAGES[name]
    assert _lines(page) == lines


@pytest.mark.parametrize(
    "identifier",
    ["zoom", "UCAP-CONTENT", "pages_content", "article-content", "vsb_content_2", "js_content"],
)
def test_html_named_containers_hold_the_circular(identifier: str) -> None:
    beside = "<div><p>本站提示：办事指南栏目已经调整，请从新的入口进入后继续办理业务。</p></div>"
    assert _lines(f'<body>{beside}<div id="{identifier}">{BODY}</div></body>') == LINES


def test_html_a_named_teaser_does_not_win_over_the_article() -> None:
    teaser = '<div class="article-content"><p>摘要：实事办理已经启动。</p></div>'
    lines = _lines(f"<body>{teaser}<div>{BODY}{BODY}{BODY}</div></body>")
    assert lines[-9:] == [*LINES, *LINES, *LINES]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f'<meta name="ArticleTitle" content="{TITLE}"><div id=zoom>{BODY}</div>', TITLE),
        (f"<h1>{TITLE}</h1><div id=zoom>{BODY}</div>", TITLE),
        (f'<div class="article-title">{TITLE}</div><div id=zoom>{BODY}</div>', TITLE),
        (f"<title>{TITLE}_政策文件_景川市政府网</title><div id=zoom>{BODY}</div>", TITLE),
        (f"<title>景川市政府网 - {TITLE}</title><div id=zoom>{BODY}</div>", TITLE),
        (f"<title>景川市政府网</title><div id=zoom>{BODY}</div>", None),
        (f"<div id=zoom>{BODY}</div>", None),
    ],
)
def test_html_title_is_the_most_explicit_statement(page: str, title: str | None) -> None:
    document = _read(f"<html>{page}</html>")
    assert document.title == title
    assert document.text.split("\n") == ([title] if title else []) + LINES


def test_html_title_is_not_repeated_where_the_article_begins_with_it() -> None:
    halves = f"<p>{TITLE[:9]}</p><p>{TITLE[9:]}</p>"
    assert _lines(f"<title>{TITLE}</title><div id=zoom>{halves}{BODY}</div>")[:3] == [
        TITLE[:9],
        TITLE[9:],
        "各县区：",
    ]


def test_html_title_cut_short_by_the_site_is_not_put_before_the_whole() -> None:
    assert (
        _lines(f"<title>{TITLE[:14]}…</title><div id=zoom><p>{TITLE}</p>{BODY}</div>")[0] == TITLE
    )


# What stands in an article, and the lines it becomes.
INLINE = [
    ("<p>修路<br>架桥<br/>植树</p>", ["修路", "架桥", "植树"]),
    ("<div>修路<p>架桥</p>植树</div>", ["修路", "架桥", "植树"]),
    ("<p>　　&nbsp; 修路 &nbsp;&nbsp;</p>", ["修路"]),
    ("<p>国务院&nbsp; &nbsp;办公厅</p>", ["国务院   办公厅"]),
    ("<p>加快推进\n    农村公路</p>", ["加快推进农村公路"]),
    ("<p>open\n  data</p>", ["open data"]),
    ("<p><span>（市</span><b>交通局</b>）</p>", ["（市交通局）"]),
    ("<p>修路</p><!-- 旧稿 --><p>架桥<!-- x -->工程</p>", ["修路", "架桥工程"]),
    ("<script>var a = '修路';</script><style>p{}</style><p>架桥</p>", ["架桥"]),
    ('<p style="display:none">隐藏</p><p hidden>隐藏</p><p>架桥</p>', ["架桥"]),
    ('<p>架<span style="mso-hide:all;display: none">旧</span>桥</p>', ["架桥"]),
    ('<div title="header"><p>页眉</p></div><p>架桥</p><div style="mso-element:footer"><p>页脚</p></div>', ["架桥"]),
    ("<p>原定<del>5</del><ins>6</ins>座</p>", ["原定6座"]),
    ("<pre>一、修路\n二、架桥</pre>", ["一、修路", "二、架桥"]),
    ("<ol><li>修路<li>架桥</ol>", ["1. 修路", "2. 架桥"]),
    ('<ol start="4" type="a"><li>修路</li><li value="9">架桥</li><li>植树</li></ol>', ["d. 修路", "i. 架桥", "j. 植树"]),
    ('<ol style="list-style-type: cjk-ideographic"><li>修路</li></ol>', ["一、修路"]),
    ('<ol style="list-style:none"><li>修路</li></ol>', ["修路"]),
    ("<ol><li>1、修路</li><li>（二）架桥</li></ol>", ["1、修路", "（二）架桥"]),
    ("<ol start=4><li>10.5公里河道治理</li><li>3,500亩造林</li><li>6.架桥</li></ol>", ["4. 10.5公里河道治理", "5. 3,500亩造林", "6.架桥"]),
    ('<ul style="list-style-type:decimal"><li>修路</li><li>架桥</li></ul>', ["1. 修路", "2. 架桥"]),
    ('<ul style="list-style-type:square"><li>修路</li></ul>', ["修路"]),
    ("<p>市林业局<sup>[1]</sup>、市水利局<sup><a href=#n2>〔2〕</a></sup></p>", ["市林业局、市水利局"]),
    ("<p>绿地5万m<sup>2</sup>（<sup>[a]</sup>）</p>", ["绿地5万m2（[a]）"]),
    ("<ol><li>修路<ol><li>勘测</li></ol></li><li>架桥</li></ol>", ["1. 修路", "1. 勘测", "2. 架桥"]),
    ("<ul><li>修路</li><li>架桥</li></ul>", ["修路", "架桥"]),
    ("<p>村<ruby>镇<rt>zhèn</rt></ruby></p>", ["村镇"]),
    ("<p>任务&lt;一&gt;&#8220;放管服&#8221;</p>", ["任务<一>“放管服”"]),
    ("<p>修\u200b路\u00ad</p>", ["修路"]),
    ("<p>漏<p>闭合<div>标签", ["漏", "闭合", "标签"]),
    ('<span style="display:block">修路</span><span style="display:block">架桥</span>', ["修路", "架桥"]),
    ("<select><option>年份</option></select><button>查询</button><p>修路</p>", ["修路"]),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "lines"), INLINE)
def test_html_markup_becomes_the_lines_a_browser_shows(markup: str, lines: list[str]) -> None:
    assert _lines(f"<div id=zoom>{markup}</div>") == lines


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<p>打印</p>", False),
        ("<p>【打印】【关闭】</p>", False),
        ("<p>字体：大 中 小</p>", False),
        ("<p>分享到：微信 微博</p>", False),
        ("<p>您现在的位置：首页 > 政策</p>", False),
        ("<p>下一篇：另一份文件</p>", False),
        ("<p>分享经验做法。</p>", True),
        ("<p>关闭小煤矿5座</p>", True),
        ("<p>打印设备采购</p>", True),
        ("<p>位置偏远的乡镇</p>", True),
        ("<p>来源：财政资金</p>", True),
        ("<p>责任编辑：张三</p>", True),
        ("<p>扫码关注公众号</p>", False),
        ("<p>用手机扫描二维码，打开当前页。</p>", False),
        ("<p>扫一扫在手机打开当前页　责任编辑：张三</p>", False),
        ("<p>2.推广扫码乘车全覆盖（市交通局）</p>", True),
        ("<p>推广扫码点餐服务</p>", True),
        ("<p>5.扫码查看办事指南全覆盖</p>", True),
        ("<p>当前位置：政策文件</p>", False),
        ("<p>位置：首页 &gt; 政策文件</p>", False),
        ("<p>位置：城东新区</p>", True),
        ("<p>目前位置：城东新区，责任单位市住建局</p>", True),
        ("<p>点击展开全文 ∨</p>", False),
    ],
)
def test_html_lines_of_the_site_are_left_out_between_paragraphs(markup: str, kept: bool) -> None:
    lines = _lines(f"<div id=zoom>{BODY}{markup}{BODY}</div>")
    assert (len(lines) == 2 * len(LINES) + 1) is kept


@pytest.mark.parametrize(
    "markup",
    [
        "<p>责任编辑：张三</p>",
        "<p>来源：市府办</p>",
        "<p>版权所有：景川市</p>",
        "<p><a href=/>政策解读</a></p>",
    ],
)
def test_html_lines_of_the_site_are_left_out_behind_the_text(markup: str) -> None:
    assert _lines(f"<div id=zoom>{BODY}{markup}</div>") == LINES


LABELS = [
    "<p>时间：6月底前</p>",
    "<p>时间：2024年6月30日</p>",
    "<p>主办单位：市体育局</p><p>承办单位：市文旅局、市体育中心</p>",
    "<p>主办单位：市体育局，承办单位：市体育中心</p>",
]


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("holder", ["<div>", "<div id=zoom>", "<body>"])
def test_html_labels_of_the_last_task_stay(labels: str, holder: str) -> None:
    lines = _lines(f"{holder}{BODY}{labels}")
    assert lines[3:] == labels.replace("</p>", "").split("<p>")[1:]


@pytest.mark.parametrize("labels", LABELS)
def test_html_labels_of_the_last_task_stay_in_elements_of_their_own(labels: str) -> None:
    markup = f"{BODY}{labels}".replace("<p>", "<section><section>")
    page = f"<div id=js_content>{markup.replace('</p>', '</section></section>')}</div>"
    assert _lines(page)[3:] == labels.replace("</p>", "").split("<p>")[1:]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>时间：2024-06-30 10:12</p>",
        "<p>主办：市政府办公室　承办：市大数据中心　电话：1234567</p>",
        "<p>主办：市政府办公室　承办：市大数据中心</p><p>网站标识码：1234 某ICP备1号</p>",
    ],
)
@pytest.mark.parametrize("holder", ["<div>", "<div id=zoom>", "<body>"])
def test_html_the_foot_of_the_page_is_left_out_beside_the_last_task(
    markup: str, holder: str
) -> None:
    assert _lines(f"{holder}{BODY}{markup}") == LINES


def test_html_the_foot_of_the_page_is_left_out_in_an_element_of_its_own() -> None:
    foot = "<div><p>主办：市政府办公室　承办：市大数据中心</p></div>"
    assert _lines(f"<body><div>{BODY}</div>{foot}</body>") == LINES


def test_html_a_label_that_tasks_before_have_is_the_last_task_s_own() -> None:
    label = "主办单位：市政府办公室　协办单位：市财政局、市公安局"
    body = BODY.replace("</p>", f"</p><p>{label}</p>")
    foot = "<p>【打印本页】【关闭窗口】</p><p>主办：市政府办公室　某ICP备1号</p>"
    assert _lines(f"<div>{body}{foot}</div>")[-1] == label


def test_html_labels_between_short_tasks_at_the_beginning_stay() -> None:
    tasks = "<p>1.修路5公里</p><p>时间：6月底前</p><p>2.架桥3座</p><p>时间：9月底前</p>"
    assert len(_lines(f"<div>{tasks}{BODY}</div>")) == 7


def test_html_text_that_only_a_script_would_show_is_read_all_the_same() -> None:
    assert _lines('<div id="zoom" style="display:none"><p>修路</p></div>') == ["修路"]


def test_html_without_text_says_how_to_save_the_page() -> None:
    with pytest.raises(ReadError, match="Open the page in a browser"):
        _read(
            '<html><head><title>x</title></head><body><div id="app"></div><script>load()</script></body></html>'
        )


ENCODED = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={{}}"></head><body><p>{ROAD}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "written"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8"), ("big5", "utf-8"), ("gb2312", "utf-8"), ("gb2312", "utf-8-sig"), ("utf-8", "utf-16"), ("hex", "utf-8")],
)  # fmt: skip
def test_html_encoding_is_what_the_bytes_are(declared: str, written: str) -> None:
    document = read(ENCODED.format(declared).encode(written), name="p.html")
    assert (document.text, document.warnings) == (ROAD, [])


def test_html_encoding_that_is_not_declared_is_guessed_and_warned_of() -> None:
    document = read(f"<p>{ROAD}</p>".encode("gb18030"), name="p.html")
    assert (document.text, [w.code for w in document.warnings]) == (ROAD, ["encoding-guessed"])


def test_html_encoding_declared_wrongly_is_guessed() -> None:
    document = read(ENCODED.format("iso-8859-1").encode("gb18030"), name="p.html")
    assert document.text == ROAD


def test_html_a_byte_broken_outside_the_circular_is_warned_of() -> None:
    page = f"<meta charset=gb2312><div class=nav><a href=/>首XX页</a></div><div id=zoom><p>{ROAD}</p></div>"
    document = read(page.encode("gb18030").replace(b"XX", b"\xff"), name="p.html")
    assert document.text == ROAD
    assert [w.code for w in document.warnings] == ["encoding-broken-bytes"]


def test_html_a_byte_broken_in_the_circular_is_refused() -> None:
    page = f"<meta charset=gb2312><div id=zoom><p>{ROAD}XX</p></div>"
    with pytest.raises(ReadError, match="byte"):
        read(page.encode("gb18030").replace(b"XX", b"\xff"), name="p.html")


def test_html_that_never_closes_its_elements_is_read() -> None:
    page = "".join(f"<font size=3><b>{n}、新改建农村公路{n}公里。<br>" for n in range(1, 400))
    assert _lines(f"<div id=zoom>{page}</div>")[-1] == "399、新改建农村公路399公里。"


@given(st.text(alphabet="<>/=\"'&;!- abpdivtr一二（）。\n", max_size=200))
def test_html_reads_or_refuses_any_text(text: str) -> None:
    try:
        document = read(text.encode(), format="html")
    except ReadError:
        return
    assert all(document.text[b.start : b.end].strip() for b in document.blocks)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("覆盖率达到\n    78%\n以上", "覆盖率达到78%以上"),
        ("修路\r\n5条", "修路5条"),
        ("修路 5条", "修路 5条"),
        ("2025\n2026", "2025 2026"),
        ("open\ndata", "open data"),
        ("使用\nGPS", "使用 GPS"),
    ],
)
def test_html_a_line_break_of_the_source_beside_a_number_is_no_blank(
    source: str, text: str
) -> None:
    assert read(f"<p>{source}</p>".encode(), name="a.html").text == text
