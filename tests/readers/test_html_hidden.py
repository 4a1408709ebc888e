"""Text that a page hides until a script or a click shows it."""

from __future__ import annotations

import pytest

from govextract.readers import SourceDocument, read

HEAD = "<h1>关于分解重点任务的通知</h1>"
LETTER = "各镇：\n现将今年重点任务分解下达，请对照清单逐项抓好落实，按季报送进展。"
ROAD = "1.改造农村公路12公里，打通断头路3条。\n责任单位：市交通运输局"
POOL = "2.清淤灌溉渠道30公里，维修泵站6座。\n责任单位：市水利局、市财政局"
HIDE = 'style="display: none"'


def _markup(*texts: str) -> str:
    return "".join(f"<p>{line}</p>" for text in texts for line in text.split("\n"))


ALL = _markup(LETTER, ROAD, POOL)
WHOLE = "\n".join(["关于分解重点任务的通知", LETTER, ROAD, POOL])


def _read(page: str) -> SourceDocument:
    return read(page.encode(), name="h.html")


@pytest.mark.parametrize(
    "page",
    [
        f'<div id="js_content" style="visibility: hidden; opacity: 0;">{ALL}</div>',
        f'<p>页面正在加载，请稍等片刻。</p><div id="zoom" {HIDE}>{ALL}</div>',
        f'<div hidden><div class="TRS_Editor">{ALL}</div></div>',
        f'<div class="a"><div class="b" {HIDE}>{ALL}</div></div>',
        f'<div>{_markup(LETTER, ROAD)}<div class="more" {HIDE}>{_markup(POOL)}</div><a href="#">展开全文</a></div>',
        f"<div>{_markup(LETTER, ROAD)}<section {HIDE}>{_markup(POOL)}</section><div><span>点击查看更多</span></div></div>",
    ],
)
def test_html_hidden_circular_is_read(page: str) -> None:
    document = _read(HEAD + page)
    assert document.text.replace("页面正在加载，请稍等片刻。", "").replace("\n\n", "\n") == WHOLE
    assert document.warnings == []


@pytest.mark.parametrize(
    "hidden",
    [
        f'<div id="mobile_content" {HIDE}>{ALL}</div>',
        f"<div {HIDE}>{_markup(ROAD, POOL)}</div><p>欢迎浏览本站内容。</p>",
        f'<div class="menu" {HIDE}><p>{ROAD}</p></div>',
        f'<div {HIDE}><p>登录后可以收藏本文，也可以订阅同类文件的更新。</p></div><a href="/">首页</a>',
        f"<p>以上请遵照执行。<span {HIDE}>市审计局牵头，一并落实。</span></p>",
        f'<div style="mso-element:footnote-list; display:none"><p>{POOL}</p></div><a>展开全文</a>',
    ],
)
def test_html_hidden_copies_and_tools_are_not_read(hidden: str) -> None:
    document = _read(f'{HEAD}<div class="c">{ALL}</div>{hidden}')
    assert document.text.count("市水利局") == 1
    assert "登录" not in document.text
    assert "市审计局" not in document.text
    assert document.warnings == []


@pytest.mark.parametrize(
    "hidden",
    [
        f"<div {HIDE}>{_markup(POOL)}</div>",
        f'<div class="tab" {HIDE}><div class="TRS_Editor"><p>解读：清淤渠道为何重要。</p></div></div>',
    ],
)
def test_html_hidden_text_that_is_left_out_is_told_of(hidden: str) -> None:
    document = _read(f"{HEAD}<div id=zoom>{_markup(LETTER, ROAD) * 3}{hidden}</div>")
    assert "渠道" not in document.text
    assert [w.code for w in document.warnings] == ["html-hidden-text"]
