from __future__ import annotations

import pytest

from govextract.readers import SourceDocument, read

HEAD = "<h1>关于修路的通知</h1><div class=nav><a href=/>首页</a></div>"
TEXT = "<p>各镇：现将全年修路任务分解如下，请认真抓好落实，按月报送进展。</p>"


def _read(page: str) -> SourceDocument:
    return read(page.encode(), name="e.html")


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ('<div id=zoom><iframe src="/files/a.pdf"></iframe></div>', "/files/a.pdf"),
        ('<object data="b.pdf"></object>', "b.pdf"),
        ("<p><img src=1.png></p><p><img src=2.png></p>", "pictures (2)"),
        ("<div id=app></div><script>load()</script><p>版权所有：某市</p>", "script"),
    ],
)
def test_html_elsewhere_a_page_without_text_says_where_it_may_be(page: str, place: str) -> None:
    (warning,) = _read(HEAD + page).warnings
    assert warning.code == "html-text-elsewhere"
    assert place in warning.message


@pytest.mark.parametrize(
    "page",
    [
        f'{TEXT}<iframe src="map.html"></iframe><img src=1.png><script>load()</script>',
        "<p>修路</p>",
        "<p>修路</p><a href=/><img src=logo.png></a>",
        '<p>修路</p><iframe src="about:blank"></iframe>',
    ],
)
def test_html_elsewhere_is_not_said_of_other_pages(page: str) -> None:
    assert _read(HEAD + page).warnings == []
